//! What a person sees of dates that were not understood, or not with certainty: on the screen, in
//! `fonds show`, in citations, and in exports that are read again.

use std::io::BufReader;

use fonds::formats::cite::Style;
use fonds::formats::read;
use fonds::formats::write::{Format, RecordStream};
use fonds::load::Input;
use fonds::load::page_merger::PageMerger;
use fonds::record::{Archive, ArchiveId, Date, DateSpan, Field, ParsedDate, Record, SourcedRecord};

use crate::harness::Harness;

/// Titles and dates, of which some are doubtful.
const DATES: &[(&str, &str)] = &[
    ("Letter from Ilse Brandt", "2 March 1951"),
    ("A note of the ferryman", "7/12/1945"),
    ("Drawings of boats", "19th-20th century"),
    ("Accounts of the company", "July 12, 1945 - August 1, 1946"),
    ("Box of papers", "ask the archivist of the company"),
    ("Letters", "circa July 12, 1945?"),
    ("Map", "n.d."),
    ("مكاتيب", "ثلاثة مكاتيب قديمة"),
    ("Photographs", "[1943-1945?]"),
];

/// Opens these dates on a screen of this size.
fn harness(width: u16, height: u16) -> Harness {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dates.jsonl");
    let line = |(title, date): &(&str, &str)| {
        let record = serde_json::json!({"title": title, "date": date});
        format!("{record}\n")
    };
    std::fs::write(&path, DATES.iter().map(line).collect::<String>()).unwrap();
    let mut harness = Harness::open(&[Input::Path(path)], width, height);
    for problem in &mut harness.loaded.1 {
        "dates.jsonl".clone_into(&mut problem.file);
    }
    harness
}

#[test]
fn screens_with_doubtful_dates_match_their_snapshots() {
    for (width, height) in [(80, 24), (120, 36)] {
        for (name, script) in [
            ("start", "j"),
            ("understood", "jjj"),
            ("not_understood", "jjjj"),
            ("problems", "!"),
            ("filtered", "/is:doubtful"),
            ("signs", "?doubtful"),
        ] {
            let text = harness(width, height).press(script).text();
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), text);
        }
    }
}

#[test]
fn hints_name_the_properties() {
    for (typed, message) in [
        ("/is:", "“is:” needs a word"),
        ("/is:x", "“is:x” is ignored: try is:marked, is:noted or is:doubtful"),
        ("/is:doubtful brandt", "leave out"),
    ] {
        let text = harness(120, 36).press(typed).text();
        assert!(text.contains(message), "{typed}\n{text}");
    }
    let sound = Harness::with_ten_records(120, 36).press("/is:d").text();
    assert!(sound.contains("no record has a doubtful date"), "{sound}");
    let all = Harness::with_ten_records(120, 36).press("/-is:d");
    assert_eq!(all.positions().len(), 10);
}

/// A record with a doubtful date: a year that was understood of more words.
fn record(text: &str, year: i64) -> Record {
    let span = DateSpan { doubtful: true, ..DateSpan::year(year) };
    let date = Date { text: text.to_owned(), parsed: ParsedDate::Span(span) };
    let values = vec![(Field::Title, "The ferry".to_owned())];
    Record { date, values, ..Record::default() }
}

/// Writes a record in a format.
fn written(format: Format, record: &Record) -> String {
    let mut records =
        std::iter::once(SourcedRecord { archive: ArchiveId::default(), record: record.clone() });
    let mut out = Vec::new();
    format
        .write(&mut out, RecordStream { archives: &[Archive::default()], records: &mut records })
        .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn text_of_a_doubtful_date_goes_along_and_is_read_again() {
    let record = Record { date: Date::parse("7/12/1945"), ..record("", 1945) };
    for (format, name, parts) in [
        (Format::Ris, "a.ris", &["DA  - 1945///", "N1  - [fonds] date: 7/12/1945"][..]),
        (Format::BibLatex, "a.bib", &["date = {1945?}", "[fonds] date: 7/12/1945"]),
        (Format::CslJson, "a.json", &["\"date-parts\":[[1945]]", "[fonds] date: 7/12/1945"]),
        (Format::Csv, "a.csv", &["7/12/1945"]),
        (Format::JsonLines, "a.jsonl", &["\"date\":\"7/12/1945\""]),
        (Format::Toml, "a.toml", &["date = \"7/12/1945\""]),
        (Format::DublinCore, "a.xml", &["<dc:date>7/12/1945</dc:date>"]),
        (Format::Text, "", &["Date: 1945?\nAs written: 7/12/1945\nDoubtful: "]),
        (Format::Markdown, "", &["7/12/1945", "Doubtful"]),
        (Format::Html, "", &["7/12/1945", "Doubtful"]),
    ] {
        let text = written(format, &record);
        for part in parts {
            assert!(text.contains(part), "{}: {part}\n{text}", format.name());
        }
        if name.is_empty() {
            continue;
        }
        let mut merger = PageMerger::new();
        read::read(name, None, &mut BufReader::new(text.as_bytes()), &mut merger).unwrap();
        let pages = merger.finish();
        let outcome = &pages.records.first().unwrap().record;
        assert_eq!(outcome.date.text, "7/12/1945", "{}\n{text}", format.name());
        assert!(outcome.date.parsed.is_doubtful(), "{}\n{text}", format.name());
        let days = outcome.date.span().map(|span| (span.earliest, span.latest));
        let expected = record.date.span().map(|span| (span.earliest, span.latest));
        assert_eq!(days, expected, "{}\n{text}", format.name());
    }
}

#[test]
fn days_of_a_citation_format_are_kept_beside_a_doubtful_text() {
    let list = "TY  - GEN\nTI  - A\nDA  - 1945/07/12/\nN1  - [fonds] date: 7/12/1945\nER  -\n";
    let mut merger = PageMerger::new();
    read::read("a.ris", None, &mut BufReader::new(list.as_bytes()), &mut merger).unwrap();
    let pages = merger.finish();
    let date = &pages.records.first().unwrap().record.date;
    let edtf = date.span().map(|span| span.to_edtf());
    assert_eq!((date.text.as_str(), edtf.as_deref()), ("7/12/1945", Some("1945-07-12")));
    assert!(!date.parsed.is_doubtful());
}

#[test]
fn citations_have_the_text_of_a_doubtful_date() {
    let record = record("the summer after\nthe war, 1945", 1945);
    for style in Style::all() {
        let citation = style.cite(&record, None);
        let is_export = matches!(style, Style::Ris | Style::BibLatex | Style::CslJson);
        let text = if is_export { "1945" } else { "he summer after the war, 1945" };
        assert!(citation.contains(text), "{}: {citation}", style.name());
    }
    let sound = Record { date: Date::parse("12 July 1945"), ..record };
    assert!(Style::ChicagoNote.cite(&sound, None).contains("12 July 1945"));
}

#[test]
fn machine_dates_that_contradict_the_text_are_described() {
    let contradicted = record("July 1946", 1945);
    let sentence = contradicted.date.doubt_sentence().unwrap();
    assert_eq!(
        sentence,
        "the date “July 1946” differs from the machine-readable “1945”: read as 1945"
    );
    assert_eq!(Date::parse("12 July 1945").doubt_sentence(), None);
    assert_eq!(Date::parse("").doubt_sentence(), None);
}

#[test]
fn text_is_shown_where_it_says_more_than_the_words() {
    for (text, says_more) in [
        ("July 12, 1945", false),
        ("12 July 1945", false),
        ("1945-07-12", false),
        ("1945", false),
        ("ca. 1945", false),
        ("C1945", true),
        ("[1945]", false),
        ("1945?", false),
        ("1943 - 1945", false),
        ("", false),
        ("n.d.", true),
        ("July 12, 1945, in the evening", true),
        ("1943, 1945", true),
        ("July 12, 1945 - August 1, 1946", false),
        ("7/12/1945", true),
    ] {
        assert_eq!(Date::parse(text).text_if_more().is_some(), says_more, "{text}");
    }
}
