//! Dates in filters: what is typed, also half-typed, and the days that it asks for.

use std::fmt::Write as _;

use fonds::query::date_filter::{DateFilter, parse_bare, parse_named};
use fonds::record::Date;
use proptest::prelude::*;

/// The text after `date:`, its meaning, and the rest that is not part of the date. An ignored date is `-`.
const NAMED_DATES: &[[&str; 3]] = &[
    // Dates.
    ["1945", "1945-01-01..1945-12-31", ""],
    ["1945-07", "1945-07-01..1945-07-31", ""],
    ["1945-07-12", "1945-07-12..1945-07-12", ""],
    ["July 1945", "1945-07-01..1945-07-31", ""],
    ["july 1945", "1945-07-01..1945-07-31", ""],
    ["12 July 1945", "1945-07-12..1945-07-12", ""],
    ["July 12, 1945", "1945-07-12..1945-07-12", ""],
    ["1940s", "1940-01-01..1949-12-31", ""],
    ["194X", "1940-01-01..1949-12-31", ""],
    ["19th century", "1800-01-01..1899-12-31", ""],
    ["18XX", "1800-01-01..1899-12-31", ""],
    ["19th c", "1800-01-01..1899-12-31", ""],
    ["19th C.", "1800-01-01..1899-12-31", ""],
    ["19th ce", "1800-01-01..1899-12-31", ""],
    ["19th cent", "1800-01-01..1899-12-31", ""],
    ["19th cent.", "1800-01-01..1899-12-31", ""],
    ["2nd centur", "0100-01-01..0199-12-31", ""],
    ["19th century soong", "1800-01-01..1899-12-31", " soong"],
    ["19th", "-", ""],
    ["19th soong", "-", " soong"],
    ["19th city", "-", " city"],
    ["19th 1945", "-", " 1945"],
    ["c1945", "1945-01-01..1945-12-31", ""],
    ["circa 1945", "1945-01-01..1945-12-31", ""],
    ["ca. July 1945", "1945-07-01..1945-07-31", ""],
    ["1945~", "1945-01-01..1945-12-31", ""],
    ["1945?", "1945-01-01..1945-12-31", ""],
    ["44 BC", "-0043-01-01..-0043-12-31", ""],
    ["AD 79", "0079-01-01..0079-12-31", ""],
    ["12.07.1945", "1945-07-12..1945-07-12", ""],
    ["0732", "0732-01-01..0732-12-31", ""],
    ["1996-97", "1996-01-01..1997-12-31", ""],
    ["undated", "undated", ""],
    // In quotation marks, and in other languages.
    ["\"juillet 1945\"", "1945-07-01..1945-07-31", ""],
    ["\"juillet 1945", "1945-07-01..1945-07-31", ""],
    ["\"12 lipca 1945\" soong", "1945-07-12..1945-07-12", " soong"],
    ["\"vor 1946\"", "..1945-12-31", ""],
    ["\"nonsense\" soong", "-", " soong"],
    ["1945年8月", "1945-08-01..1945-08-31", ""],
    ["12 lipca 1945 soong", "1945-07-12..1945-07-12", " soong"],
    // Ranges.
    ["1943..1945", "1943-01-01..1945-12-31", ""],
    ["1943-1945", "1943-01-01..1945-12-31", ""],
    ["1943/1945", "1943-01-01..1945-12-31", ""],
    ["1943 to 1945", "1943-01-01..1945-12-31", ""],
    ["1943 - 1945", "1943-01-01..1945-12-31", ""],
    ["July 1943..May 1945", "1943-07-01..1945-05-31", ""],
    ["July 1943 to May 1945", "1943-07-01..1945-05-31", ""],
    ["1943 .. 1945", "1943-01-01..1945-12-31", ""],
    ["1943 ..1945", "1943-01-01..1945-12-31", ""],
    ["July 1943 .. May 1945", "1943-07-01..1945-05-31", ""],
    ["1943..45", "1943-01-01..1945-12-31", ""],
    ["1943 .. 45", "1943-01-01..1945-12-31", ""],
    ["1943/45", "1943-01-01..1945-12-31", ""],
    ["1943 to 45", "1943-01-01..1945-12-31", ""],
    ["1901..12", "1901-01-01..1912-12-31", ""],
    ["1940s..1960s", "1940-01-01..1969-12-31", ""],
    ["1945..1943", "1943-01-01..1945-12-31", ""],
    // Open.
    ["1943..", "1943-01-01..", ""],
    ["1943 ..", "1943-01-01..", ""],
    [".. 1945", "..1945-12-31", ""],
    ["after 1943", "1944-01-01..", ""],
    ["after July 12, 1945", "1945-07-13..", ""],
    ["since 1943", "1943-01-01..", ""],
    [">=1943", "1943-01-01..", ""],
    [">1943", "1944-01-01..", ""],
    ["..1945", "..1945-12-31", ""],
    ["before 1950", "..1949-12-31", ""],
    ["until 1950", "..1950-12-31", ""],
    ["<1950", "..1949-12-31", ""],
    ["<=1950", "..1950-12-31", ""],
    ["BEFORE 1950", "..1949-12-31", ""],
    // Containment instead of overlap.
    ["=1945-07", "=1945-07-01..1945-07-31", ""],
    ["=1943..1945", "=1943-01-01..1945-12-31", ""],
    // Half-typed dates, as wide as they may become.
    ["194", "1940-01-01..1949-12-31", ""],
    ["19X", "1900-01-01..1999-12-31", ""],
    ["1945-", "1945-01-01..1945-12-31", ""],
    ["1945-0", "1945-01-01..1945-12-31", ""],
    ["1945-1", "1945-01-01..1999-12-31", ""],
    ["1945-19", "1945-01-01..1999-12-31", ""],
    ["1943-194", "1943-01-01..1949-12-31", ""],
    ["1945-07-", "1945-07-01..1945-07-31", ""],
    ["1945-07-1", "1945-07-01..1945-07-31", ""],
    ["1943..1", "1943-01-01..1999-12-31", ""],
    ["1943..19", "1943-01-01..1999-12-31", ""],
    ["1943..194", "1943-01-01..1949-12-31", ""],
    ["1943..4", "1943-01-01..1949-12-31", ""],
    ["1919..2", "1919-01-01..2999-12-31", ""],
    ["1945..193", "1930-01-01..1945-12-31", ""],
    ["1945-00", "1945-01-01..1945-12-31", ""],
    ["1943..1945-", "1943-01-01..1945-12-31", ""],
    ["July 1943..M", "1943-07-01..", ""],
    ["July 1943-", "1943-07-01..1943-07-31", ""],
    ["1943 to", "1943-01-01..1943-12-31", ""],
    ["1943 to 19", "1943-01-01..1999-12-31", ""],
    ["1943 -", "1943-01-01..1943-12-31", ""],
    ["after 194", "1941-01-01..", ""],
    ["before 194", "..1948-12-31", ""],
    ["until 194", "..1949-12-31", ""],
    [">=194", "1940-01-01..", ""],
    ["=194", "=1940-01-01..1949-12-31", ""],
    ["circa 194", "1940-01-01..1949-12-31", ""],
    // Ignored.
    ["", "-", ""],
    ["1", "-", ""],
    ["19", "-", ""],
    ["after 19", "-", ""],
    ["J", "-", ""],
    ["July", "-", ""],
    ["July 1", "-", ""],
    ["July 12, 19", "-", ""],
    ["July 194", "-", ""],
    ["July 45", "-", ""],
    ["12.07.19", "-", ""],
    ["12/07/19", "-", ""],
    ["7-Nov-19", "-", ""],
    ["12", "-", ""],
    ["12 Ju", "-", ""],
    ["19 Ju", "-", ""],
    ["12 July 19", "-", ""],
    ["after", "-", ""],
    ["after July", "-", ""],
    ["after Ju", "-", ""],
    ["circa", "-", ""],
    ["und", "-", ""],
    ["nonsense", "-", ""],
    ["1945-13", "-", ""],
    ["1945-07-32", "-", ""],
    ["1945-07-321", "-", ""],
    ["1943..32", "-", ""],
    ["after 1945-13", "-", " 1945-13"],
    ["1945-13 soong", "-", " soong"],
    ["19456", "-", ""],
    ["..", "-", ""],
    [">=", "-", ""],
    // Words after the date are words.
    ["1945 soong", "1945-01-01..1945-12-31", " soong"],
    ["1945, soong", "1945-01-01..1945-12-31", " soong"],
    ["July 1945 soong", "1945-07-01..1945-07-31", " soong"],
    ["before 1950 soong", "..1949-12-31", " soong"],
    ["1943.. soong", "1943-01-01..", " soong"],
    ["1945 to soong", "1945-01-01..1945-12-31", " to soong"],
    ["1945 -1950", "1945-01-01..1945-12-31", " -1950"],
    ["1945 | 1950", "1945-01-01..1945-12-31", " | 1950"],
    ["1945 1950", "1945-01-01..1945-12-31", " 1950"],
    ["1945 place:bonn", "1945-01-01..1945-12-31", " place:bonn"],
    ["1945 near bonn", "1945-01-01..1945-12-31", " near bonn"],
    ["July soong", "-", " soong"],
    ["July 12 soong", "-", " soong"],
    ["after soong", "-", " soong"],
    ["nonsense 1945", "-", " 1945"],
];

/// A filter without a field name, its meaning, and the rest. Text that is only words is `-`.
const BARE_DATES: &[[&str; 3]] = &[
    ["1945", "1945-01-01..1945-12-31", ""],
    ["1000", "1000-01-01..1000-12-31", ""],
    ["2099", "2099-01-01..2099-12-31", ""],
    ["1945-07-12", "1945-07-12..1945-07-12", ""],
    ["July 1945", "1945-07-01..1945-07-31", ""],
    ["12 July 1945", "1945-07-12..1945-07-12", ""],
    ["July 12, 1945", "1945-07-12..1945-07-12", ""],
    ["1943..1945", "1943-01-01..1945-12-31", ""],
    ["July 1943..May 1945", "1943-07-01..1945-05-31", ""],
    ["1943..19", "1943-01-01..1999-12-31", ""],
    ["1943..45", "1943-01-01..1945-12-31", ""],
    ["1943 .. 1945", "1943-01-01..1945-12-31", ""],
    ["1943 ..1945", "1943-01-01..1945-12-31", ""],
    ["1943 .. soong", "1943-01-01..", " soong"],
    ["1945-", "1945-01-01..1945-12-31", ""],
    ["1943 to 1945", "1943-01-01..1945-12-31", ""],
    ["1943 - 1945", "1943-01-01..1945-12-31", ""],
    ["after 1943", "1944-01-01..", ""],
    ["before 1950", "..1949-12-31", ""],
    ["since July 1945", "1945-07-01..", ""],
    ["until 1950", "..1950-12-31", ""],
    [">=1943", "1943-01-01..", ""],
    ["<1950", "..1949-12-31", ""],
    ["..1945", "..1945-12-31", ""],
    ["circa 1945", "1945-01-01..1945-12-31", ""],
    ["1940s", "1940-01-01..1949-12-31", ""],
    ["undated", "undated", ""],
    ["Undated soong", "undated", " soong"],
    ["=1945-07", "=1945-07-01..1945-07-31", ""],
    ["1945 soong", "1945-01-01..1945-12-31", " soong"],
    ["1945 march", "1945-01-01..1945-12-31", " march"],
    ["before 1950 soong", "..1949-12-31", " soong"],
    ["July 1945 soong", "1945-07-01..1945-07-31", " soong"],
    ["12.7.1945", "1945-07-12..1945-07-12", ""],
    ["07/1945 soong", "1945-07-01..1945-07-31", " soong"],
    ["juillet 1945", "1945-07-01..1945-07-31", ""],
    ["from 1861 to 1863", "1861-01-01..1863-12-31", ""],
    ["between 1943 and 1945 soong", "1943-01-01..1945-12-31", " soong"],
    ["from Berlin", "-", "from Berlin"],
    ["from 1943", "-", "from 1943"],
    ["from 1943 to", "1943-01-01..", ""],
    ["from 1943 to 194", "1943-01-01..1949-12-31", ""],
    ["from 1943 soong", "-", "from 1943 soong"],
    ["between 1943", "1943-01-01..", ""],
    ["between 1943 a", "1943-01-01..", ""],
    ["between 1943 and", "1943-01-01..", ""],
    ["between 1943 and 19", "1943-01-01..1999-12-31", ""],
    ["from October 1943 to 194", "1943-10-01..1949-12-31", ""],
    ["between 1943 soong", "-", "between 1943 soong"],
    ["between July 1943 and Ma", "1943-07-01..", ""],
    ["entre 1943 et 194", "1943-01-01..1949-12-31", ""],
    ["zwischen 1943 und", "1943-01-01..", ""],
    ["von 1861 bis 1863", "1861-01-01..1863-12-31", ""],
    ["von 1861 bis 1863 soong", "1861-01-01..1863-12-31", " soong"],
    ["von 1943 bis", "1943-01-01..", ""],
    ["von 1943 bis 194", "1943-01-01..1949-12-31", ""],
    ["von Juli 1943 bis August 1945", "1943-07-01..1945-08-31", ""],
    ["vom 9. Juli 1945 bis 10. Juli 1945", "1945-07-09..1945-07-10", ""],
    ["de 1861 à 1863", "1861-01-01..1863-12-31", ""],
    ["de 1943 à", "1943-01-01..", ""],
    ["du 9 juillet 1945 au 10 juillet 1945", "1945-07-09..1945-07-10", ""],
    ["van 1943 tot 1945", "1943-01-01..1945-12-31", ""],
    ["entre 1943 y 1945", "1943-01-01..1945-12-31", ""],
    ["Sept. 1943", "1943-09-01..1943-09-30", ""],
    ["März 1943", "1943-03-01..1943-03-31", ""],
    ["12 lipca 1943", "1943-07-12..1943-07-12", ""],
    // Bounds in other languages.
    ["bis 1863", "..1863-12-31", ""],
    ["vor 1900", "..1899-12-31", ""],
    ["vor dem 1. Juli 1943 soong", "..1943-06-30", " soong"],
    ["nach 1970", "1971-01-01..", ""],
    ["seit 1970", "1970-01-01..", ""],
    ["ab Juli 1943", "1943-07-01..", ""],
    ["ab 1943 bis 1945", "1943-01-01..1945-12-31", ""],
    ["1861 bis 1863 soong", "1861-01-01..1863-12-31", " soong"],
    ["avant 1900", "..1899-12-31", ""],
    ["avant le 14 juillet 1943", "..1943-07-13", ""],
    ["Après 1970", "1971-01-01..", ""],
    ["depuis 1970", "1970-01-01..", ""],
    ["jusqu'en 1900", "..1900-12-31", ""],
    ["jusqu’au 14 juillet 1943", "..1943-07-14", ""],
    ["à partir de 1943", "1943-01-01..", ""],
    ["antes de 1900", "..1899-12-31", ""],
    ["desde 1943 soong", "1943-01-01..", " soong"],
    ["desde 1943 hasta 1945", "1943-01-01..1945-12-31", ""],
    ["dal 1943 al 1945", "1943-01-01..1945-12-31", ""],
    ["tra il 1944 e il 1946", "1944-01-01..1946-12-31", ""],
    ["entre el 1944 y el 1946", "1944-01-01..1946-12-31", ""],
    ["до 1900", "..1900-12-31", ""],
    ["после 1900", "1901-01-01..", ""],
    ["с 1943 по 1945", "1943-01-01..1945-12-31", ""],
    ["vor Berlin", "-", "vor Berlin"],
    ["nach 3355", "-", "nach 3355"],
    // Words before a date that change nothing.
    ["im Juli 1943", "1943-07-01..1943-07-31", ""],
    ["im Jahr 1862", "1862-01-01..1862-12-31", ""],
    ["am 14. Juli 1943 soong", "1943-07-14..1943-07-14", " soong"],
    ["vom 14. Juli 1943", "1943-07-14..1943-07-14", ""],
    ["in July 1943", "1943-07-01..1943-07-31", ""],
    ["in 1943", "1943-01-01..1943-12-31", ""],
    ["en juillet 1943", "1943-07-01..1943-07-31", ""],
    ["en 1943", "1943-01-01..1943-12-31", ""],
    ["le 14 juillet 1943", "1943-07-14..1943-07-14", ""],
    ["el 14 de julio de 1943", "1943-07-14..1943-07-14", ""],
    ["nell'agosto 1943", "1943-08-01..1943-08-31", ""],
    ["в июле 1943", "1943-07-01..1943-07-31", ""],
    ["в июле 1943 года", "1943-07-01..1943-07-31", ""],
    ["в 1943 году soong", "1943-01-01..1943-12-31", " soong"],
    ["w lipcu 1943", "1943-07-01..1943-07-31", ""],
    ["le 1943", "-", "le 1943"],
    // Year first, as archives write dates.
    ["1958 July 14", "1958-07-14..1958-07-14", ""],
    ["1958, July 14", "1958-07-14..1958-07-14", ""],
    ["2007 August 31 soong", "2007-08-31..2007-08-31", " soong"],
    ["2007 Aug. 3", "2007-08-03..2007-08-03", ""],
    ["1912 März 5", "1912-03-05..1912-03-05", ""],
    ["1912 avril 30", "1912-04-30..1912-04-30", ""],
    ["1958 July 14-1958 July 20", "1958-07-14..1958-07-20", ""],
    ["1958 July 14 - 1958 July 20", "1958-07-14..1958-07-20", ""],
    ["before 1958 July 14", "..1958-07-13", ""],
    ["1958 July", "1958-01-01..1958-12-31", " July"],
    ["1958 July 32", "1958-01-01..1958-12-31", " July 32"],
    ["1958 July soong", "1958-01-01..1958-12-31", " July soong"],
    ["1960 list 12", "1960-01-01..1960-12-31", " list 12"],
    ["1958 soong 14", "1958-01-01..1958-12-31", " soong 14"],
    ["1958-7", "1958-07-01..1958-07-31", ""],
    ["1958-8", "1958-08-01..1958-08-31", ""],
    // Decades, and words before them.
    ["in the 1960s", "1960-01-01..1969-12-31", ""],
    ["the 1960s soong", "1960-01-01..1969-12-31", " soong"],
    ["from the 1960s", "1960-01-01..1969-12-31", ""],
    ["during the 1960s", "1960-01-01..1969-12-31", ""],
    ["since the 1950s", "1950-01-01..", ""],
    ["before the 1970s", "..1969-12-31", ""],
    ["after the 1970s", "1980-01-01..", ""],
    ["1960er Jahre", "1960-01-01..1969-12-31", ""],
    ["in den 1950er Jahren soong", "1950-01-01..1959-12-31", " soong"],
    ["aus den 1950er Jahren", "1950-01-01..1959-12-31", ""],
    ["années 1960", "1960-01-01..1969-12-31", ""],
    ["dans les années 1960", "1960-01-01..1969-12-31", ""],
    ["anni 1960", "1960-01-01..1969-12-31", ""],
    ["los años 1960", "1960-01-01..1969-12-31", ""],
    ["in the house 1960", "-", "in the house 1960"],
    ["Jahre 1960er", "-", "Jahre 1960er"],
    // Approximate dates and bounds.
    ["um 1910", "1910-01-01..1910-12-31", ""],
    ["vers 1810", "1810-01-01..1810-12-31", ""],
    ["около 1910", "1910-01-01..1910-12-31", ""],
    ["around 1910", "1910-01-01..1910-12-31", ""],
    ["prior to 1900", "..1899-12-31", ""],
    ["not before 1970", "1970-01-01..", ""],
    ["no later than 1970", "..1970-12-31", ""],
    ["na 1970", "1971-01-01..", ""],
    ["po 1970", "1971-01-01..", ""],
    ["na 7300", "-", "na 7300"],
    ["um Berlin", "-", "um Berlin"],
    ["im Garten 1943", "-", "im Garten 1943"],
    ["in Berlin", "-", "in Berlin"],
    // Names and words that are also written for months.
    ["Martin 1960", "-", "Martin 1960"],
    ["fever 1793", "-", "fever 1793"],
    ["list 1960", "-", "list 1960"],
    ["Sept. 1960", "1960-09-01..1960-09-30", ""],
    ["1958-9", "1958-01-01..1959-12-31", ""],
    ["1958/9", "1958-01-01..1959-12-31", ""],
    ["1958-10", "1958-10-01..1958-10-31", ""],
    ["von 1943", "-", "von 1943"],
    ["de 1943", "-", "de 1943"],
    ["von Braun 1943 bis 1945", "-", "von Braun 1943 bis 1945"],
    ["von 1943 bis Berlin", "-", "von 1943 bis Berlin"],
    ["von 1943 to 1945", "-", "von 1943 to 1945"],
    ["7-1945", "-", "7-1945"],
    ["732", "-", "732"],
    ["3355", "-", "3355"],
    ["0945", "-", "0945"],
    ["2100", "-", "2100"],
    ["194", "-", "194"],
    ["12", "-", "12"],
    ["19456", "-", "19456"],
    ["1945th", "-", "1945th"],
    ["1945-13", "-", "1945-13"],
    ["1945-07-32", "-", "1945-07-32"],
    ["19th c", "-", "19th c"],
    ["44 BC", "-", "44 BC"],
    ["19th century", "-", "19th century"],
    ["c1945", "-", "c1945"],
    ["c. 1945", "1945-01-01..1945-12-31", ""],
    ["194X", "-", "194X"],
    ["July", "-", "July"],
    ["May soong", "-", "May soong"],
    ["May 19", "-", "May 19"],
    ["before", "-", "before"],
    ["before dawn", "-", "before dawn"],
    ["after 3355", "-", "after 3355"],
    ["no. 1945", "-", "no. 1945"],
    ["Auguste 1945", "-", "Auguste 1945"],
    ["undatedness", "-", "undatedness"],
    ["1943..xyz", "-", "1943..xyz"],
    ["-1945", "-", "-1945"],
    ["", "-", ""],
];

/// A date filter in short notation.
fn shown(filter: DateFilter) -> String {
    match filter {
        DateFilter::Undated => "undated".to_owned(),
        DateFilter::Overlaps(span) => format!("{}..{}", span.earliest, span.latest),
        DateFilter::Within(span) => format!("={}..{}", span.earliest, span.latest),
    }
}

/// Checks that every text of a table is parsed as expected.
fn check(table: &[[&str; 3]], read: impl Fn(&str) -> (usize, String)) {
    let mut wrong = String::new();
    for [text, meaning, left] in table {
        let (length, is) = read(text);
        let rest = text.get(length..);
        if is != *meaning || rest != Some(left) {
            writeln!(wrong, "{text:?} is {is}, leaves {rest:?}; wanted {meaning}, {left:?}")
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn date_after_its_field_name_is_parsed_as_far_as_possible() {
    check(NAMED_DATES, |text| {
        let (length, read) = parse_named(text);
        (length, read.map_or("-".to_owned(), shown))
    });
}

#[test]
fn bare_date_is_distinguished_from_words() {
    check(BARE_DATES, |text| {
        parse_bare(text).map_or((0, "-".to_owned()), |(length, filter)| (length, shown(filter)))
    });
}

#[test]
fn ignored_date_is_explained() {
    for (text, hint) in [
        ("", "date: needs a date, such as 1945, July 1945, 1943..1945, before 1950 or undated"),
        ("July", "“July” needs a year, such as July 1945"),
        ("19", "“19” needs a year, such as 1945 or 12 July 1945"),
        ("12 Ju", "“12 Ju” needs a year, such as 1945 or 12 July 1945"),
        ("19th", "“19th” needs a month or “century”"),
        (
            "1945-13",
            "“1945-13” is not a date: try 1945, July 1945, 1943..1945, 1940s, before 1950 or undated",
        ),
        ("after", "“after” needs a date, such as after 1945"),
        (
            "soong",
            "“soong” is not a date: try 1945, July 1945, 1943..1945, 1940s, before 1950 or undated",
        ),
    ] {
        assert_eq!(parse_named(text).1.map_err(|error| error.to_string()), Err(hint.to_owned()));
    }
}

#[test]
fn approximate_and_uncertain_flags_are_kept() {
    let Ok(DateFilter::Overlaps(span)) = parse_named("circa 1945").1 else { panic!() };
    assert!(span.approximate && !span.uncertain);
    let Ok(DateFilter::Overlaps(span)) = parse_named("1945?").1 else { panic!() };
    assert!(span.uncertain && !span.approximate);
}

#[test]
fn dates_match_by_overlap_unless_containment_is_required() {
    for (typed, date, fits) in [
        ("1945-07", "1945", true),
        ("=1945-07", "1945", false),
        ("=1945-07", "July 12, 1945", true),
        ("before 1950", "1950", false),
        ("until 1950", "1950", true),
        ("before 1950", "1949-1951", true),
        ("1945", "undated", false),
        ("1945", "23rd Dynasty", false),
        ("undated", "23rd Dynasty", true),
        ("undated", "", true),
        ("undated", "1945", false),
    ] {
        let (_, filter) = parse_named(typed);
        assert_eq!(filter.unwrap().matches(Date::parse(date).parsed), fits, "{typed} {date}");
    }
}

proptest! {
    #[test]
    fn any_text_is_accepted(text in ".*") {
        let (length, _) = parse_named(&text);
        prop_assert!(text.get(..length).is_some());
        prop_assert!(parse_bare(&text).is_none_or(|(length, _)| length > 0 && text.get(..length).is_some()));
    }

    /// While a date is typed, the days it asks for include those of the finished date. A full year is a
    /// complete date, so comparisons end there.
    #[test]
    fn partly_typed_date_covers_the_finished_date(
        date in "((=|circa |)(1[5-9][0-9]{2}|20[0-2][0-9])(-0[1-9]|-1[0-2]|)|(after |before |since |until |>=|<)(1[5-9][0-9]{2}|20[0-2][0-9]))"
    ) {
        let (_, meant) = parse_named(&date);
        let (DateFilter::Overlaps(meant) | DateFilter::Within(meant)) = meant.unwrap() else { panic!() };
        let typed = date.char_indices().map(|(at, _)| &date[..at]);
        for typed in typed {
            if let (_, Ok(DateFilter::Overlaps(span) | DateFilter::Within(span))) = parse_named(typed) {
                prop_assert!(meant.is_within(&span), "{typed:?} is narrower than {date:?}");
            }
        }
    }

    /// The same for dates that end with the year.
    #[test]
    fn partly_typed_day_in_words_covers_the_finished_date(
        lead in "(after |circa |)", day in 1..=28_u8, year in 1500..=2029_i64, first in any::<bool>()
    ) {
        let date = if first { format!("{lead}{day} July {year}") } else { format!("{lead}July {day}, {year}") };
        let Ok(DateFilter::Overlaps(meant)) = parse_named(&date).1 else { panic!("{date}") };
        for typed in (1..date.len()).map(|length| &date[..length]) {
            let (length, read) = parse_named(typed);
            prop_assert_eq!(typed[length..].trim(), "", "{:?} leaves a word", typed);
            if let Ok(DateFilter::Overlaps(span)) = read {
                prop_assert!(meant.is_within(&span), "{typed:?} is narrower than {date:?}");
            }
        }
    }

    #[test]
    fn partly_typed_range_overlaps_the_finished_range(
        range in "(1[5-9][0-9]{2}|20[0-2][0-9])(\\.\\.| \\.\\. |-|/| to | - )(1[5-9][0-9]{2}|20[0-2][0-9])"
    ) {
        let (_, meant) = parse_named(&range);
        let Ok(DateFilter::Overlaps(meant)) = meant else { panic!("{range}") };
        for typed in (1..range.len()).map(|length| &range[..length]) {
            if let (_, Ok(DateFilter::Overlaps(span))) = parse_named(typed) {
                prop_assert!(span.overlaps(&meant) && span.earliest <= span.latest, "{typed:?}");
            }
        }
    }

    #[test]
    fn date_filter_is_never_empty(
        text in "([0-9]{1,5}|[-/.,?~=<> ]|\\.\\.|July|Ju|May|after|before|to|c|X|s|BC|undated){0,8}"
    ) {
        if let (_, Ok(DateFilter::Overlaps(span) | DateFilter::Within(span))) = parse_named(&text) {
            prop_assert!(span.earliest <= span.latest, "{text:?}");
        }
    }
}
