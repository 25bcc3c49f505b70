//! The narrow form of dates in lists: at most 12 columns, with as much of the date as fits.

use fonds::record::date::column::DATE_COLUMN_WIDTH;
use fonds::record::{Date, ParsedDate};
use fonds::text::width::display_width;
use proptest::prelude::*;

/// EDTF and the narrow form.
const NARROW: &[(&str, &str)] = &[
    // What fits stays as it is.
    ("1945", "1945"),
    ("1945-07-12", "1945-07-12"),
    ("1945-07%", "c. 1945-07?"),
    ("1943/1945", "1943–1945"),
    ("1943~/1945~", "c. 1943–1945"),
    ("1801/2000", "1801–2000"),
    ("195X/197X", "1950s–1970s"),
    ("1945-21", "spring 1945"),
    ("1945-07-12/..", "1945-07-12–"),
    ("-0043/0014", "44 BC–AD 14"),
    // Flags are shortened before days are left out.
    ("1945-07-12~", "c1945-07-12"),
    ("1945-07-12%", "c1945-07-12?"),
    ("1943%/1945%", "c1943–1945?"),
    ("195X~/197X~", "c1950s–1970s"),
    ("1945-24~", "c. 1945–1946"),
    // Ranges of days and months.
    ("1945-07-12/1945-07-15", "12–15Jul1945"),
    ("1945-07-01/1945-07-10", "1–10Jul1945"),
    ("1945-07-03/1945-07-05", "3–5 Jul 1945"),
    ("1945-12-21/1945-12-31", "21–31Dec1945"),
    ("1945-07-12~/1945-07-15~", "c. Jul 1945"),
    ("1945-07-12/1945-08-01", "Jul–Aug 1945"),
    ("1945-07/1945-12", "Jul–Dec 1945"),
    ("1945-07/1946-08", "1945-07–1946"),
    ("1945-07-12/1946-08-01", "1945-07–1946"),
    ("1945-07-12~/1946-08-01~", "c. 1945–1946"),
    ("1945-07-12/1950", "1945–1950"),
    // Whole years and centuries that are given as days.
    ("1801-01-01/2000-12-31", "19th–20th c."),
    ("1801-01-01/1900-12-31", "19th c."),
    ("1900-01-01/1999-12-31", "1900–1999"),
    ("1945-01-01/1946-12-31", "1945–1946"),
    // Centuries, and years before Christ and before 1000.
    ("18XX/19XX", "19th–20th c."),
    ("18XX~/19XX~", "c19–20th c."),
    ("0732/0745", "AD 732–745"),
    ("-0299/-0199", "300–200 BC"),
    // Open ends.
    ("../1945-07-12", "–1945-07-12"),
    ("../1945-07-12~", "–c1945-07-12"),
    ("1945-07-12~/..", "c1945-07-12–"),
    ("Y170000002", "170000002"),
    ("Y-170000002", "170000003 BC"),
    ("Y-1700000020", "1700000021 …"),
];

#[test]
fn dates_fit_into_the_column() {
    let mut wrong = Vec::new();
    for (edtf, narrow) in NARROW {
        let Some(date) = Date::with_edtf("", edtf) else {
            wrong.push(format!("{edtf} is not EDTF"));
            continue;
        };
        let column = date.column();
        if column != *narrow {
            wrong.push(format!("{edtf}: {column} ({}), not {narrow}", date.short()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn doubtful_dates_have_a_sign() {
    let doubtful = |edtf: &str| {
        let mut date = Date::with_edtf("", edtf).unwrap();
        if let ParsedDate::Span(span) = &mut date.parsed {
            span.doubtful = true;
        }
        date.column()
    };
    for (edtf, narrow) in [
        ("1945", "1945!"),
        ("1945?", "1945?!"),
        ("1945-07-12", "1945-07-12!"),
        ("1945-07-12~", "c1945-07-12!"),
        ("1945-07/1945-12", "Jul 1945–…!"),
        ("1801-01-01/2000-12-31", "1801–2000!"),
    ] {
        assert_eq!(doubtful(edtf), narrow, "{edtf}");
    }
    for (text, narrow) in [
        ("ask the archivist", "ask the ar…!"),
        ("一九四五年夏天的一個下午和晚上", "一九四五年…!"),
        ("ثلاثة مكاتيب قديمة", "ثلاثة مكات…!"),
        ("a\tb\u{1b}[2J", "a b!"),
    ] {
        let date = Date { text: text.to_owned(), parsed: ParsedDate::Unreadable };
        assert_eq!(date.column(), narrow, "{text}");
    }
    assert_eq!(Date::default().column(), "undated");
}

proptest! {
    #[test]
    fn no_date_is_wider_than_the_column(text in "\\PC{0,40}|[0-9 ./–?~\\[\\]-]{0,20}|(c\\. )?[0-9]{1,4}(-[0-9]{2}){0,2}( ?[–-] ?[0-9]{1,4}(-[0-9]{2}){0,2})?( BC)?") {
        let column = Date::parse(&text).column();
        prop_assert!(display_width(&column) <= DATE_COLUMN_WIDTH, "{text}: {column}");
    }
}
