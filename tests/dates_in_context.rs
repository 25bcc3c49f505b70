//! Dates in the forms of each language and beside other words: right, or said to be doubtful.

use std::fmt::Write as _;

use fonds::record::date::text::parse;
use fonds::record::{DateSpan, ParsedDate};
use toml::Table;

/// How a language writes a day (`D`), its month (`M`) and the year (`Y`).
const FORMS: [(&str, &[&str]); 26] = [
    ("ar", &["D M Y", "M Y"]),
    ("bg", &["D M Y г.", "M Y г."]),
    ("cs", &["D. M Y", "M Y"]),
    ("da", &["D. M Y", "den D. M Y", "M Y"]),
    ("de", &["D. M Y", "den D. M Y", "M Y"]),
    ("el", &["D M Y", "M Y"]),
    ("en", &["D M Y", "M D, Y", "M Y"]),
    ("es", &["D de M de Y", "a D de M de Y", "M de Y"]),
    ("fi", &["D. M Y", "M Y"]),
    ("fr", &["D M Y", "le D M Y", "M Y"]),
    ("he", &["D M Y"]),
    ("hr", &["D. M Y.", "M Y."]),
    ("hu", &["Y. M D.", "Y. M"]),
    ("it", &["D M Y", "M Y"]),
    ("la", &["D M Y", "die D M Y", "M Y"]),
    ("nl", &["D M Y", "M Y"]),
    ("no", &["D. M Y", "M Y"]),
    ("pl", &["D M Y", "D M Y r.", "M Y"]),
    ("pt", &["D de M de Y", "M de Y"]),
    ("ro", &["D M Y", "M Y"]),
    ("ru", &["D M Y г.", "M Y г."]),
    ("sk", &["D. M Y", "M Y"]),
    ("sr", &["D. M Y.", "M Y"]),
    ("sv", &["D M Y", "den D M Y", "M Y"]),
    ("tr", &["D M Y", "M Y"]),
    ("uk", &["D M Y р.", "M Y р."]),
];

/// What may stand in front of a date and behind it.
const NEIGHBOURS: [(&str, &str); 20] = [
    ("Letter of ", ""),
    ("Dr. Keller, ", ""),
    ("No. 12, ", ""),
    ("Box 3, ", ""),
    ("10 Harbour Street, ", ""),
    ("Telegram 1812, ", ""),
    ("12 letters, ", ""),
    ("Keller (1802-1899), ", ""),
    ("Weidl, Bruno. ", ""),
    ("dated ", ""),
    ("(", ")"),
    ("“", "”"),
    ("", " (copy)"),
    ("", " [copy]"),
    ("", " - copy"),
    ("", " (2 pages)"),
    ("", ", 8.30 a.m."),
    ("", "; received 14 Nov. 1950"),
    ("", " / Berlin"),
    ("", " [sic]"),
];

/// The names of the months of a language.
fn months(code: &str) -> Vec<Vec<String>> {
    let path = format!("{}/assets/languages/{code}.toml", env!("CARGO_MANIFEST_DIR"));
    let table: Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    table["months"].clone().try_into().unwrap()
}

/// A word with a capital letter.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a text is read as this span, without a doubt.
fn is_exact(text: &str, wanted: DateSpan) -> bool {
    parse(text).span().is_some_and(|span| {
        !span.doubtful && (span.earliest, span.latest) == (wanted.earliest, wanted.latest)
    })
}

/// Whether a text is read as this span, or said to be doubtful or not read.
fn is_right_or_told(text: &str, wanted: DateSpan) -> bool {
    match parse(text) {
        ParsedDate::Span(span) => {
            span.doubtful || (span.earliest, span.latest) == (wanted.earliest, wanted.latest)
        }
        ParsedDate::Unreadable => true,
        ParsedDate::Undated => false,
    }
}

#[test]
fn every_name_of_a_month_is_read_in_the_forms_of_its_language() {
    let (year, day) = (1871, 16);
    let mut wrong = String::new();
    let (mut texts, mut exact) = (0, 0);
    for (code, forms) in FORMS {
        for (names, month) in months(code).iter().zip(1..) {
            for form in forms {
                let wanted = if form.contains('D') {
                    DateSpan::day(year, month, day)
                } else {
                    DateSpan::month(year, month)
                };
                for name in names.iter().flat_map(|name| [name.clone(), capitalized(name)]) {
                    // In Hebrew the letter in front of a month is "from".
                    let text = form.replace('M', "\0").replace('D', "16").replace('Y', "1871");
                    let text = text.replace('\0', &name);
                    texts += 1;
                    exact += usize::from(is_exact(&text, wanted));
                    if !is_right_or_told(&text, wanted) {
                        writeln!(wrong, "{code}: {text}: {:?}", parse(&text)).unwrap();
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    // Few are told: names that several languages have for different months.
    assert!(exact * 100 > texts * 98, "{exact} of {texts} are read exactly");
}

#[test]
fn what_stands_beside_a_date_does_not_change_it_in_silence() {
    let table = include_str!("dates/kinds.tsv");
    let mut wrong = String::new();
    let (mut texts, mut exact) = (0, 0);
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, text, earliest, latest, ""] = columns[..] else { continue };
        // A day that is right alone, and is no receipt itself.
        let is_receipt = parse(&format!("9 May 1701; {text}")) == parse("9 May 1701");
        if is_receipt || earliest.len() != 10 || earliest != latest || text.len() > 40 {
            continue;
        }
        let ParsedDate::Span(wanted) = parse(text) else { continue };
        if wanted.doubtful {
            continue;
        }
        for (front, behind) in NEIGHBOURS {
            texts += 1;
            let text = format!("{front}{text}{behind}");
            exact += usize::from(is_exact(&text, wanted));
            if !is_right_or_told(&text, wanted) {
                writeln!(wrong, "{text}: {:?}", parse(&text)).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{texts} texts\n{wrong}");
    assert!(exact * 100 > texts * 90, "{exact} of {texts} are read exactly");
}

/// Texts with numbers of rows and pages beside their date, the date in EDTF, and whether the number is told.
const NUMBERS_BESIDE_DATES: &[(&str, &str, bool)] = &[
    ("3. 12 July 1945", "1945-07-12", true),
    ("3 12.7.1945", "1945-07-12", true),
    ("12 July 1945, 2", "1945-07-12", true),
    ("12 July 1945 3", "1945-07-12", true),
    ("12.7.1945, S. 1", "1945-07-12", true),
    ("12.7.1945, 1", "1945-07-12", true),
    ("12 July 1945, p. 3", "1945-07-12", false),
    // Days of one month.
    ("July 12, 14, 1945", "1945-07-12/1945-07-14", false),
    ("3., 12. Juli 1945", "1945-07-03/1945-07-12", false),
    ("3. und 12. Juli 1945", "1945-07-03/1945-07-12", false),
    ("1945 July 12, 14", "1945-07-12/1945-07-14", false),
    ("1945-07-12, 14", "1945-07-12/1945-07-14", false),
    ("12 July 1945, 14 and 16 August", "1945-07-12/1945-08-16", false),
];

#[test]
fn numbers_of_rows_and_pages_are_no_days() {
    for (text, edtf, is_told) in NUMBERS_BESIDE_DATES {
        let parsed = parse(text);
        assert_eq!(parsed.span().unwrap().to_edtf(), *edtf, "{text}");
        assert_eq!(parsed.is_doubtful(), *is_told, "{text}");
    }
}
