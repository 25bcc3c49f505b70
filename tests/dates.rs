//! Dates: how texts are parsed and shown, EDTF round trips, and accuracy on dates of real finding aids.

use std::fmt::Write as _;

use fonds::cli::dates;
use fonds::record::date::span::ParsedDate;
use fonds::record::date::{edtf, text};
use fonds::record::{Date, DateSpan, Day, Precision};
use proptest::prelude::*;

/// Text, earliest, latest, EDTF, short, long. Days are as [`first_day`] and [`last_day`] take them.
const DATE_TEXTS: &[[&str; 6]] = &[
    // Results pages.
    ["July 12, 1945", "1945-07-12", "1945-07-12", "1945-07-12", "1945-07-12", "July 12, 1945"],
    ["July 07, 1945", "1945-07-07", "1945-07-07", "1945-07-07", "1945-07-07", "July 7, 1945"],
    ["July, 1945", "1945-07", "1945-07", "1945-07", "1945-07", "July 1945"],
    ["October 1976", "1976-10", "1976-10", "1976-10", "1976-10", "October 1976"],
    ["1956", "1956", "1956", "1956", "1956", "1956"],
    ["Date unknown", "-", "-", "", "undated", "undated"],
    // Finding aids.
    ["", "-", "-", "", "undated", "undated"],
    ["undated", "-", "-", "", "undated", "undated"],
    ["[n.d.]", "-", "-", "", "undated", "undated"],
    ["[n. d.]", "-", "-", "", "undated", "undated"],
    ["no date", "-", "-", "", "undated", "undated"],
    ["1960-1961", "1960", "1961", "1960/1961", "1960–1961", "1960–1961"],
    ["Oct 31, 1981", "1981-10-31", "1981-10-31", "1981-10-31", "1981-10-31", "October 31, 1981"],
    ["circa 1970s", "1970", "1979", "197X~", "c. 1970s", "circa 1970s"],
    ["c. 1950s-1970s", "1950", "1979", "195X~/197X~", "c. 1950s–1970s", "circa 1950s – 1970s"],
    ["Circa 1860 -1890", "1860", "1890", "1860~/1890~", "c. 1860–1890", "circa 1860–1890"],
    [
        "May 2014-August 2015",
        "2014-05",
        "2015-08",
        "2014-05/2015-08",
        "2014-05–2015-08",
        "May 2014 – August 2015",
    ],
    ["May 2022-ongoing", "2022-05", "..", "2022-05/..", "2022-05–", "May 2022 onward"],
    ["1978, undated", "1978", "1978", "1978", "1978", "1978"],
    ["1986, 1988", "1986", "1988", "1986/1988", "1986–1988", "1986–1988"],
    ["1809, July 4", "1809-07-04", "1809-07-04", "1809-07-04", "1809-07-04", "July 4, 1809"],
    ["1865 Jan.", "1865-01", "1865-01", "1865-01", "1865-01", "January 1865"],
    ["1942 May 11", "1942-05-11", "1942-05-11", "1942-05-11", "1942-05-11", "May 11, 1942"],
    ["[1994]", "1994", "1994", "1994", "[1994]", "[1994]"],
    ["[1950s?]", "1950", "1959", "195X?", "[1950s?]", "[1950s?]"],
    ["6 Mar 2008", "2008-03-06", "2008-03-06", "2008-03-06", "2008-03-06", "March 6, 2008"],
    ["1894?", "1894", "1894", "1894?", "1894?", "1894?"],
    ["before 1984", "..", "1983", "../1983", "until 1983", "until 1983"],
    ["after 1957", "1958", "..", "1958/..", "1958–", "1958 onward"],
    ["since 1957?", "1957", "..", "1957?/..", "1957?–", "1957? onward"],
    ["not before 1950", "1950", "..", "1950/..", "1950–", "1950 onward"],
    ["no later than 1950", "..", "1950", "../1950", "until 1950", "until 1950"],
    ["after 1943 and before 1950", "1944", "1949", "1944/1949", "1944–1949", "1944–1949"],
    ["1996-97", "1996", "1997", "1996/1997", "1996–1997", "1996–1997"],
    ["1996-07", "1996-07", "1996-07", "1996-07", "1996-07", "July 1996"],
    ["1901-24", "1901", "1924", "1901/1924", "1901–1924", "1901–1924"],
    ["1984-5", "1984", "1985", "1984/1985", "1984–1985", "1984–1985"],
    ["bulk 1920-1930", "1920", "1930", "1920/1930", "1920–1930", "1920–1930"],
    ["1871-1955 (bulk 1886-1953)", "1871", "1955", "1871/1955", "1871–1955", "1871–1955"],
    ["19th century", "1800", "1899", "18XX", "19th c.", "19th century"],
    ["early 19th century", "1800", "1899", "18XX~", "c. 19th c.", "circa 19th century"],
    ["late 1950s", "1950", "1959", "195X~", "c. 1950s", "circa 1950s"],
    ["mid-1980s", "1980", "1989", "198X~", "c. 1980s", "circa 1980s"],
    ["first half of 1945", "1945", "1945", "1945~", "c. 1945", "circa 1945"],
    ["Spring 1945", "1945-03", "1945-05", "1945-21", "spring 1945", "spring 1945"],
    ["Winter 1945", "1945-12", "1946-02", "1945-24", "winter 1945", "winter 1945"],
    ["1945 Q2", "1945-04", "1945-06", "1945-34", "1945 Q2", "1945 Q2"],
    ["1895/04/00", "1895-04", "1895-04", "1895-04", "1895-04", "April 1895"],
    ["1680/1 Mar. 19", "1681-03-19", "1681-03-19", "1681-03-19", "1681-03-19", "March 19, 1681"],
    ["19[--]-2000", "1900", "2000", "19XX/2000", "20th c.–2000", "20th century – 2000"],
    ["[194-?]", "1940", "1949", "194X?", "[1940s?]", "[1940s?]"],
    ["1800s", "1800", "1899", "18XX", "19th c.", "19th century"],
    ["1880s-1900s", "1880", "1909", "188X/190X", "1880s–1900s", "1880s – 1900s"],
    ["11/30/1980", "1980-11-30", "1980-11-30", "1980-11-30", "1980-11-30", "November 30, 1980"],
    ["7/12/1945", "1945", "1945", "1945?", "1945?", "1945?"],
    ["07/1945", "1945-07", "1945-07", "1945-07", "1945-07", "July 1945"],
    ["12.07.1945", "1945-07-12", "1945-07-12", "1945-07-12", "1945-07-12", "July 12, 1945"],
    ["1945.07.12", "1945-07-12", "1945-07-12", "1945-07-12", "1945-07-12", "July 12, 1945"],
    ["1945:07:12", "1945-07-12", "1945-07-12", "1945-07-12", "1945-07-12", "July 12, 1945"],
    [
        "1945:07:12 10:00:00",
        "1945-07-12",
        "1945-07-12",
        "1945-07-12",
        "1945-07-12",
        "July 12, 1945",
    ],
    ["12 July '45", "1945-07-12", "1945-07-12", "1945-07-12?", "1945-07-12?", "July 12, 1945?"],
    ["4 July 1945, 10:30", "1945-07-04", "1945-07-04", "1945-07-04", "1945-07-04", "July 4, 1945"],
    ["7-Nov-78", "1978-11-07", "1978-11-07", "1978-11-07", "1978-11-07", "November 7, 1978"],
    ["19450712", "1945-07-12", "1945-07-12", "1945-07-12", "1945-07-12", "July 12, 1945"],
    // What one date lacks another gives.
    [
        "1992 October-December",
        "1992-10",
        "1992-12",
        "1992-10/1992-12",
        "1992-10–1992-12",
        "October 1992 – December 1992",
    ],
    [
        "February 15-March 14, 2013",
        "2013-02-15",
        "2013-03-14",
        "2013-02-15/2013-03-14",
        "2013-02-15–2013-03-14",
        "February 15, 2013 – March 14, 2013",
    ],
    [
        "5 - 26 February 1990",
        "1990-02-05",
        "1990-02-26",
        "1990-02-05/1990-02-26",
        "1990-02-05–1990-02-26",
        "February 5, 1990 – February 26, 1990",
    ],
    [
        "20 November-3 January, 2004",
        "2003-11-20",
        "2004-01-03",
        "2003-11-20/2004-01-03",
        "2003-11-20–2004-01-03",
        "November 20, 2003 – January 3, 2004",
    ],
    [
        "1962 March 28, April 4, 11",
        "1962-03-28",
        "1962-04-11",
        "1962-03-28/1962-04-11",
        "1962-03-28–1962-04-11",
        "March 28, 1962 – April 11, 1962",
    ],
    // Long ago.
    ["44 BC", "-0043", "-0043", "-0043", "44 BC", "44 BC"],
    [
        "March 15, 44 BC",
        "-0043-03-15",
        "-0043-03-15",
        "-0043-03-15",
        "15 Mar 44 BC",
        "March 15, 44 BC",
    ],
    ["300-200 BCE", "-0299", "-0199", "-0299/-0199", "300 BC–200 BC", "300 BC–200 BC"],
    ["2nd century BC", "-0199", "-0100", "-01XX", "2nd c. BC", "2nd century BC"],
    ["10,000 BC", "-9999", "-9999", "-9999", "10000 BC", "10000 BC"],
    ["AD 79", "0079", "0079", "0079", "AD 79", "AD 79"],
    ["732", "0732", "0732", "0732", "AD 732", "AD 732"],
    // Other languages.
    ["12. März 1945", "1945-03-12", "1945-03-12", "1945-03-12", "1945-03-12", "March 12, 1945"],
    ["1er août 1914", "1914-08-01", "1914-08-01", "1914-08-01", "1914-08-01", "August 1, 1914"],
    // EDTF.
    [
        "1945-07~-12",
        "1945-07-12",
        "1945-07-12",
        "1945-07-12~",
        "c. 1945-07-12",
        "circa July 12, 1945",
    ],
    ["1945%", "1945", "1945", "1945%", "c. 1945?", "circa 1945?"],
    ["194X", "1940", "1949", "194X", "1940s", "1940s"],
    ["1945-XX", "1945", "1945", "1945", "1945", "1945"],
    ["../1945", "..", "1945", "../1945", "until 1945", "until 1945"],
    ["1943/", "1943", "..", "1943/..", "1943–", "1943 onward"],
    ["{1943,1945}", "1943", "1945", "1943/1945", "1943–1945", "1943–1945"],
    ["Y17000", "17000", "17000", "Y17000", "17000", "17000"],
    // No dates.
    ["23rd Dynasty", "-", "-", "", "23rd Dynasty", "23rd Dynasty"],
    ["May 4", "-", "-", "", "May 4", "May 4"],
    ["Box 12", "-", "-", "", "Box 12", "Box 12"],
];

/// The first day of a date as precise as it is written: `1945`, `1945-07`, `-0043-03-15`.
fn first_day(text: &str) -> String {
    let dashes = text.trim_start_matches('-').matches('-').count();
    match (text, dashes) {
        ("-" | "..", _) => String::new(),
        (_, 0) => format!("{text}-01-01"),
        (_, 1) => format!("{text}-01"),
        _ => text.to_owned(),
    }
}

/// The last day of such a date.
fn last_day(text: &str) -> String {
    let dashes = text.trim_start_matches('-').matches('-').count();
    let year: i64 = text.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    match (text, dashes) {
        ("-" | "..", _) => String::new(),
        (_, 0) => format!("{text}-12-31"),
        (_, 1) => {
            let days = match &text[text.len() - 2..] {
                "02" if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
                "02" => 28,
                "04" | "06" | "09" | "11" => 30,
                _ => 31,
            };
            format!("{text}-{days}")
        }
        _ => text.to_owned(),
    }
}

/// The days of a date as ISO 8601, empty where it is open or there is none.
fn days(date: &Date) -> (String, String) {
    date.span()
        .map_or_else(Default::default, |span| (span.earliest.to_string(), span.latest.to_string()))
}

#[test]
fn date_texts_are_parsed_and_displayed() {
    let mut wrong = String::new();
    for [text, earliest, latest, edtf, short, long] in DATE_TEXTS {
        let date = Date::parse(text);
        let (from, to) = days(&date);
        let shown = date.span().map(|span| span.to_edtf()).unwrap_or_default();
        let is = [from, to, shown, date.short(), date.long()];
        let wanted = [&first_day(earliest), &last_day(latest), *edtf, *short, *long];
        if is != wanted {
            writeln!(wrong, "{text:?}\n  is     {is:?}\n  wanted {wanted:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn finding_aid_dates_are_parsed_to_the_right_span() {
    let table = include_str!("dates/finding-aids.tsv");
    let (mut texts, mut all, mut wrong_texts, mut wrong_all) = (0, 0, 0, 0);
    let mut wrong = String::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [count, text, earliest, latest, flags] = columns[..] else { panic!("{line}") };
        let count: usize = count.parse().unwrap();
        (texts, all) = (texts + 1, all + count);
        let date = Date::parse(text);
        let wanted = (first_day(earliest), last_day(latest));
        if days(&date) != wanted {
            (wrong_texts, wrong_all) = (wrong_texts + 1, wrong_all + count);
            writeln!(wrong, "{text:?} is {:?}, wanted {wanted:?}", days(&date)).unwrap();
        }
        let flag_if = |flag, set| if set { flag } else { "" };
        let is = date.span().map(|span| {
            flag_if("~", span.approximate).to_owned()
                + flag_if("?", span.uncertain)
                + flag_if("[", span.inferred)
        });
        let same = |flag: char| is.iter().any(|is| is.contains(flag)) == flags.contains(flag);
        assert!("~?[".chars().all(same), "{text:?}: flags {is:?}, wanted {flags:?}");
    }
    assert_eq!(texts, 300);
    // One is known to be wrong: in `19671-1974` a typing error hides the first year.
    assert!(wrong_texts * 100 <= texts * 3, "{wrong_texts} of {texts} texts:\n{wrong}");
    assert!(wrong_all * 100 <= all, "{wrong_all} of {all} dates:\n{wrong}");
}

/// A sample file with dates, if the environment names the folder of samples.
fn sample(name: &str) -> Option<String> {
    let Ok(folder) = std::env::var("FONDS_SAMPLES") else {
        println!("skipped: FONDS_SAMPLES is not set");
        return None;
    };
    Some(std::fs::read_to_string(format!("{folder}/dates/{name}")).unwrap())
}

/// The value of a text in a line of JSON.
fn json_text(line: &str, name: &str) -> String {
    let start = line.find(&format!("\"{name}\":\"")).unwrap() + name.len() + 4;
    let mut letters = line[start..].chars();
    let mut text = String::new();
    while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
        text.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    text
}

/// Every expression whose label in the samples differs from the specification, and whether it is valid.
fn edtf_departures() -> Vec<(&'static str, bool)> {
    let table = include_str!("dates/edtf-departures.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.flat_map(|row| {
        let mut columns = row.split('\t').skip(2);
        let valid = columns.next() == Some("valid");
        columns.map(move |expression| (expression, valid))
    })
    .collect()
}

#[test]
fn edtf_validity_follows_the_specification() {
    for (expression, valid) in edtf_departures() {
        assert_eq!(edtf::parse(expression).is_some(), valid, "{expression}");
    }
}

#[test]
fn edtf_samples_match_their_labels_or_the_listed_departures() {
    let Some(samples) = sample("edtf-cases.jsonl") else { return };
    let listed = edtf_departures();
    let mut seen = Vec::new();
    for line in samples.lines() {
        let (text, label) = (json_text(line, "edtf"), json_text(line, "verdict") == "valid");
        let valid = edtf::parse(&text).is_some();
        match listed.iter().find(|(expression, _)| *expression == text) {
            Some((_, verdict)) => {
                assert_ne!(*verdict, label, "{text:?} is listed as a departure, but is none");
                assert_eq!(valid, *verdict, "{text:?}");
                seen.push(text);
            }
            None => assert_eq!(valid, label, "{text:?}"),
        }
    }
    for (expression, _) in listed {
        assert!(seen.iter().any(|text| text == expression), "{expression} is in no sample");
    }
}

#[test]
fn edtf_covers_the_right_days() {
    for (text, earliest, latest) in [
        ("1945", "1945", "1945"),
        ("2004-06-XX/2004-07-03", "2004-06", "2004-07-03"),
        ("1950S2", "1900", "1999"),
        ("Y3388E2S3", "338000", "338999"),
        ("Y-17E7", "-170000000", "-170000000"),
        ("[..1760-12-03]", "..", "1760-12-03"),
        ("{1667,1668,1670..1672}", "1667", "1672"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("-15XX-12-25", "-1599-12-25", "-1500-12-25"),
        ("-20XX/-2060", "-2099", "-2060"),
        ("-1985-04-12T23:20:30", "-1985-04-12", "-1985-04-12"),
        ("2001-29", "2001-09", "2001-11"),
        ("2001-37", "2001-01", "2001-04"),
        ("2001-41", "2001-07", "2001-12"),
        ("1984-06-02?/", "1984-06-02", ".."),
    ] {
        let span = edtf::parse(text).unwrap();
        let is = (span.earliest.to_string(), span.latest.to_string());
        assert_eq!(is, (first_day(earliest), last_day(latest)), "{text}");
    }
}

#[test]
fn date_only_line_is_distinguished_from_prose() {
    for text in ["July 12, 1945", "July, 1945", "1956", "Date unknown", "October 1976", "undated"] {
        assert!(text::parse_whole_line(text).is_some(), "{text}");
    }
    for text in ["", "Meeting on 7 January 1947", "Cable No. 3355", "May 4", "23rd Dynasty"] {
        assert!(text::parse_whole_line(text).is_none(), "{text}");
    }
}

#[test]
fn doubtful_dates_give_a_warning() {
    for (text, note) in [
        ("23rd Dynasty", "the date “23rd Dynasty” is not understood"),
        ("1906-07", "the date “1906-07” is ambiguous (it may mean two years): read as July 1906"),
        (
            "7/12/1945",
            "the date “7/12/1945” is ambiguous (either number may be the month): read as 1945?",
        ),
        (
            "Apr-05",
            "the date “Apr-05” is ambiguous (the number may be a year or a day): read as April 2005?",
        ),
        ("12 Mehefin 1945", "“Mehefin” in “12 Mehefin 1945” is not understood: read as 1945"),
        ("1945-13-45", "the date “1945-13-45” is impossible: read as 1945"),
        ("31 June 1944", "the date “31 June 1944” is impossible: read as June 1944"),
        (
            "14 Shawwal 1352",
            "the date “14 Shawwal 1352” seems to be of a calendar that it does not name",
        ),
    ] {
        assert_eq!(text::warning(text).as_deref(), Some(note));
    }
    let long = format!("1945 {}end of it", "  ".repeat(1000));
    assert!(text::warning(&long).is_some_and(|warning| warning.starts_with("“end of it” in")));
    for text in ["", "undated", "1996-07", "1901-24", "1945-07-12", "July 1945", "11/30/1980"] {
        assert_eq!(text::warning(text), None, "{text}");
    }
}

/// Returns what is wrong about the dates of a table: kind, text, earliest, latest, flags.
fn wrong_dates(table: &str) -> String {
    let mut wrong = String::new();
    for line in table.lines().filter(|line| !line.starts_with("# ")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, text, earliest, latest, flags] = columns[..] else { panic!("{line}") };
        let (parsed, doubts) = text::parse_with_doubts(text);
        let date = Date { text: text.to_owned(), parsed };
        let span = date.span();
        let is = (
            days(&date),
            span.is_some_and(|span| span.approximate),
            span.is_some_and(|span| span.uncertain),
            !doubts.is_empty(),
            parsed == ParsedDate::Undated,
        );
        let wanted = (
            (first_day(earliest), last_day(latest)),
            flags.contains('~'),
            flags.contains('?'),
            flags.contains('!'),
            flags == "undated",
        );
        if is != wanted {
            writeln!(wrong, "{line}\n  is     {is:?} {doubts:?}\n  wanted {wanted:?}").unwrap();
        }
    }
    wrong
}

#[test]
fn dates_of_every_kind_and_language_are_right_or_doubtful() {
    let wrong = wrong_dates(include_str!("dates/kinds.tsv"));
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A folder of right values, if the environment names it.
fn truth(name: &str) -> Option<String> {
    let Ok(folder) = std::env::var("FONDS_TRUTH") else {
        println!("skipped: FONDS_TRUTH is not set");
        return None;
    };
    Some(std::fs::read_to_string(format!("{folder}/{name}")).unwrap())
}

/// Returns the rows of a table of right values that are not read right.
fn wrong_truths(table: &str) -> (usize, Vec<String>) {
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap().trim_start_matches("# ").split('\t').collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with("#\t")) {
        count += 1;
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            names
                .iter()
                .position(|other| *other == name)
                .and_then(|at| cells.get(at))
                .copied()
                .unwrap_or("")
        };
        let date = Date::parse(cell("text"));
        let (earliest, latest) = days(&date);
        let edtf = date.span().map(|span| span.to_edtf()).unwrap_or_default();
        let has_flags = cell("flags").chars().all(|flag| edtf.contains(flag) || edtf.contains('%'));
        let is_none = earliest.is_empty() && latest.is_empty();
        let is_right = match cell("state") {
            "none" => is_none,
            "undated" => date.parsed == ParsedDate::Undated,
            "unread" => is_none && date.parsed == ParsedDate::Unreadable,
            _ => (&*earliest, &*latest) == (cell("earliest"), cell("latest")) && has_flags,
        };
        let also = format!("{earliest}/{latest}");
        if !is_right && !cell("also").split(' ').any(|pair| pair == also) {
            wrong.push(format!("{line}: {earliest} {latest} {edtf}"));
        }
    }
    (count, wrong)
}

#[test]
fn a_receipt_in_brackets_does_not_make_the_date_a_supplied_one() {
    for (text, is_inferred) in [
        ("November 9, 1923—8 p.m. [Received November 10—1:05 a.m.]", false),
        ("May 9, 1923 [bulk 1924]", false),
        ("[May 9, 1923]", true),
        ("May 9, [1923]", true),
        ("[Received May 9, 1923]", true),
    ] {
        let span = Date::parse(text).span().unwrap();
        assert_eq!(span.inferred, is_inferred, "{text}");
    }
}

#[test]
fn dates_of_the_right_values_are_right() {
    for (name, most_wrong_in_thousand) in [("shared-dates.tsv", 20), ("frus-timed-shared.tsv", 5)] {
        let Some(table) = truth(name) else { return };
        let (count, wrong) = wrong_truths(&table);
        assert!(wrong.len() * 1000 <= count * most_wrong_in_thousand, "{name}: {wrong:#?}");
    }
}

#[test]
fn spans_are_sorted_by_start_then_end() {
    let texts = [
        "before 1900",
        "1944",
        "May 1945",
        "1945-05/1946",
        "1945-05/..",
        "May 10, 1945",
        "June 1945",
    ];
    let spans: Vec<DateSpan> = texts.iter().map(|text| Date::parse(text).span().unwrap()).collect();
    let order = |span: &DateSpan| (span.earliest, span.latest);
    assert!(spans.is_sorted_by(|one, next| order(one) < order(next)), "{spans:?}");
}

#[test]
fn spans_overlap_and_contain() {
    let span = |text| Date::parse(text).span().unwrap();
    for (one, other, overlaps, within) in [
        ("1945-07-12", "1945", true, true),
        ("1945", "1945-07", true, false),
        ("1944", "1945", false, false),
        ("1943-1945", "1945-1950", true, false),
        ("December 31, 1944", "1944-12-31/1945", true, true),
        ("1944-12-31", "1943-1944", true, true),
        ("1944-12-31", "1945", false, false),
        ("after 1943", "1944", true, false),
        ("1944", "after 1943", true, true),
        ("1943", "after 1943", false, false),
        ("44 BC", "before 1900", true, true),
    ] {
        let (one, other) = (span(one), span(other));
        assert_eq!(
            (one.overlaps(&other), one.is_within(&other)),
            (overlaps, within),
            "{one:?} {other:?}"
        );
        assert_eq!(other.overlaps(&one), overlaps);
    }
}

#[test]
fn dates_command_writes_columns_and_doubts() {
    let run = |input: &[u8], edtf_only| {
        let mut output = Vec::new();
        dates::describe_dates(&mut &input[..], &mut output, edtf_only, false).unwrap();
        String::from_utf8(output).unwrap()
    };
    let input = b"July 12, 1945\r\nundated\nafter 1957\n44\tBC\n\xff 1945\nwhat";
    insta::assert_snapshot!(run(input, false).replace('\t', "|"), @r"
    July 12, 1945|1945-07-12|1945-07-12|1945-07-12|1945-07-12
    undated||||undated
    after 1957|1958-01-01||1958/..|1958–
    44 BC|-0043-01-01|-0043-12-31|-0043|44 BC
    � 1945|1945-01-01|1945-12-31|1945|1945|“�” in “� 1945” is not understood: read as 1945
    what||||what|the date “what” is not understood
    ");
    insta::assert_snapshot!(run(b"1945-07~\nJuly 1945\n", true).replace('\t', "|"), @r"
    1945-07~|1945-07-01|1945-07-31|1945-07~|c. 1945-07
    July 1945|||||“July 1945” is not EDTF
    ");
}

#[test]
fn days_convert_to_and_from_calendar_dates() {
    for (year, month, day, number) in [
        (1970, 1, 1, 0),
        (2000, 3, 1, 11_017),
        (1969, 12, 31, -1),
        (0, 1, 1, -719_528),
        (-1, 12, 31, -719_529),
    ] {
        assert_eq!(Day::from_ymd(year, month, day), Day(number));
        assert_eq!(Day(number).to_ymd(), (year, month, day));
    }
    assert_eq!(Day::from_ymd(i64::MAX, 1, 1), Day::LATEST_REAL);
    assert_eq!(Day::from_ymd(i64::MIN, 1, 1), Day::EARLIEST_REAL);
    assert_eq!(Day::from_ymd(1900, 2, 29).to_string(), "1900-02-28");
}

/// Spans like those in texts: one unit, a range of two units, or open at one end.
fn spans() -> impl Strategy<Value = DateSpan> {
    let unit = (-9_999_i64..=12_000, 1..=12_u8, 1..=28_u8, 0..7_u8, 21..=24_u8).prop_map(
        |(year, month, day, kind, season)| {
            let aligned = |length: i64| {
                if year < 0 { year / length * length - length + 1 } else { year / length * length }
            };
            match (kind, year) {
                (4, -9_999..=9_999) => DateSpan::decade(aligned(10)),
                (5, -9_999..=9_999) => DateSpan::century(aligned(100)),
                (6, 0..=9_999) => {
                    DateSpan::years(aligned(1000), aligned(1000) + 999, Precision::Millennium)
                }
                (0, -9_999..=9_999) => DateSpan::day(year, month, day),
                (1, -9_999..=9_999) => DateSpan::month(year, month),
                (2, -9_999..=9_999) => DateSpan::season(year, season),
                _ => DateSpan::year(year),
            }
        },
    );
    let flags = (any::<bool>(), any::<bool>());
    (unit.clone(), unit, 0..5_u8, flags).prop_map(|(one, other, kind, (approximate, uncertain))| {
        let span = match kind {
            0 => one.without_start(),
            1 => one.without_end(),
            2 => one.union(other),
            _ => one,
        };
        DateSpan { approximate, uncertain, ..span }
    })
}

/// The words of all tables, each with a space or a sign behind it at times, mixed with numbers and
/// times of day.
fn date_parts() -> impl Strategy<Value = Vec<String>> {
    let words: Vec<String> = date_words();
    let word = proptest::sample::select(words);
    let number = prop_oneof![
        (1..=31_u32).prop_map(|day| day.to_string()),
        (1500..=2050_u32).prop_map(|year| year.to_string()),
        (0..10_000_u32).prop_map(|number| number.to_string()),
        (0..24_u32, 0..60_u32).prop_map(|(hour, minute)| format!("{hour}:{minute:02}")),
        any::<u64>().prop_map(|number| number.to_string()),
    ];
    let sign = proptest::sample::select(vec![
        " ", ", ", ".", "-", "–", "/", " - ", "[", "]", "(", ")", "?", "~", "年", "月", "日",
        "XIV", "IV.", "'", "½", "†",
    ]);
    let part = prop_oneof![
        3 => word.prop_map(|word| format!("{word} ")),
        3 => number,
        4 => sign.prop_map(str::to_owned),
        1 => "\\PC".prop_map(|letter| letter),
    ];
    prop::collection::vec(part, 0..24)
}

/// All words in the tables of dates.
fn date_words() -> Vec<String> {
    fn add(value: &toml::Value, words: &mut Vec<String>) {
        match value {
            toml::Value::String(word) => words.push(word.clone()),
            toml::Value::Array(list) => list.iter().for_each(|value| add(value, words)),
            toml::Value::Table(table) => table.values().for_each(|value| add(value, words)),
            _ => {}
        }
    }
    let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/assets");
    let languages = std::fs::read_dir(format!("{assets}/languages")).unwrap();
    let files = languages.map(|entry| entry.unwrap().path());
    let mut words = Vec::new();
    for path in files
        .chain([format!("{assets}/calendars.toml").into(), format!("{assets}/eras.toml").into()])
    {
        let table: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        add(&toml::Value::Table(table), &mut words);
    }
    words
}

proptest! {
    #[test]
    fn edtf_output_parses_to_the_same_span(span in spans()) {
        prop_assert_eq!(edtf::parse(&span.to_edtf()), Some(span), "{}", span.to_edtf());
    }

    #[test]
    fn edtf_in_free_text_is_parsed_as_edtf(span in spans()) {
        let text = span.to_edtf();
        let short_range = text.len() == 7 && text.as_bytes()[5] == b'2';
        // `1905-06` may also mean two years, which is told.
        let may_be_years = text.len() == 7 && text.get(5..) > text.get(2..4);
        // In prose, `-1938` has an unknown start, `0000` stands for no date, and years have four digits.
        let is_year = |day: Day| day.is_open() || (1000..=2099).contains(&day.to_ymd().0);
        if !short_range && !may_be_years && is_year(span.earliest) && is_year(span.latest) {
            prop_assert_eq!(text::parse(&text), ParsedDate::Span(span), "{}", text);
        }
    }

    #[test]
    fn day_numbers_round_trip(number in any::<i64>()) {
        let (year, month, day) = Day(number).to_ymd();
        prop_assert_eq!(Day::from_ymd(year, month, day).0, number.clamp(Day::EARLIEST_REAL.0, Day::LATEST_REAL.0));
    }

    #[test]
    fn any_text_is_accepted(text in ".*") {
        let date = Date::parse(&text);
        let _ = (date.short(), date.long(), text::parse_whole_line(&text), text::parse_plain(&text));
        let _ = edtf::parse(&text);
    }

    #[test]
    fn any_mix_of_date_words_gives_a_valid_span(parts in date_parts()) {
        let text = parts.concat();
        let (parsed, doubts) = text::parse_with_doubts(&text);
        let date = Date { text, parsed };
        let _ = (date.short(), date.long(), text::parse_whole_line(&date.text), text::parse_plain(&date.text));
        let _: Vec<String> = doubts.iter().map(|doubt| doubt.describe(&date.text, parsed)).collect();
        if let Some(span) = date.span() {
            prop_assert!(span.earliest <= span.latest);
            prop_assert_eq!(span.doubtful, !doubts.is_empty());
        }
    }

    #[test]
    fn any_text_like_a_date_gives_a_valid_span(
        text in "([0-9]{1,9}|[-/–,;.?~%\\[\\]() ]|May|c|ca|XX|X|s|BC|to|or|later|not|before|century|Q|of|T|Y|E|S|bulk|undated){0,12}"
    ) {
        if let Some(span) = Date::parse(&text).span() {
            prop_assert!(span.earliest <= span.latest);
            let _ = (span.short(), span.long());
            let ends = [span.earliest, span.latest];
            let long_year = |day: &Day| !day.is_open() && !(-9999..=9999).contains(&day.to_ymd().0);
            let is_unbounded = span.has_open_start() && span.has_open_end();
            if !is_unbounded && !ends.iter().any(long_year) {
                let same = edtf::parse(&span.to_edtf());
                prop_assert_eq!(
                    same.map(|span| (span.earliest, span.latest)), Some((span.earliest, span.latest)),
                    "{}", span.to_edtf()
                );
            }
        }
    }
}

/// Dates in the most frequent forms are read without the rules. Capitals are left to the rules, which have to
/// give the same.
#[test]
fn frequent_forms_are_read_as_the_rules_read_them() {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    for year in [1699, 1752, 1760, 1799, 1900, 1945, 1999, 2000, 2024, 2100, 9999] {
        for month in MONTHS {
            let mut forms = vec![format!("{month} {year}")];
            for day in 0..=32 {
                forms.push(format!("{month} {day}, {year}"));
                forms.push(format!("{month} {day:02}, {year}"));
                forms.push(format!("{day} {month} {year}"));
            }
            for form in forms {
                assert_eq!(text::parse(&form), text::parse(&form.to_uppercase()), "{form}");
            }
        }
        for season in ["Spring", "Summer", "Autumn", "Fall", "Winter"] {
            let form = format!("{season} {year}");
            let by_rules = text::parse_with_doubts(&form.to_uppercase());
            assert_eq!(text::parse_with_doubts(&form), by_rules, "{form}");
        }
    }
}

/// The same for the most frequent forms of years that are not certain. A blank without width behind a
/// text changes nothing and makes it one of the rules.
#[test]
fn frequent_years_are_read_as_the_rules_read_them() {
    let plain =
        ["999", "1699", "1759", "1760", "1800", "1899", "1917", "1921", "1950", "2000", "2100"];
    let mut ends: Vec<String> = plain.map(str::to_owned).to_vec();
    for year in plain {
        ends.extend([
            format!("{year}s"),
            format!("{year}?"),
            format!("[{year}]"),
            format!("[{year}?]"),
        ]);
    }
    let mut forms = ends.clone();
    for first in &ends {
        forms.extend(ends.iter().map(|last| format!("{first}-{last}")));
    }
    for form in forms {
        for before in ["", "circa ", "ca. ", "c", "[", "circa [", "circa", "ca."] {
            let form = format!("{before}{form}");
            if form.starts_with(['c', '[']) {
                let by_rules = text::parse_with_doubts(&format!("{form}\u{200b}"));
                assert_eq!(text::parse_with_doubts(&form), by_rules, "{form}");
            }
        }
    }
}
