//! What is written is read again: which fields of a record come back as they were.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use fonds::formats::read;
use fonds::formats::write::{Format, Set};
use fonds::load::page_merger::{Gathered, Gathering};
use fonds::record::{Archive, Field, Placed, Record};

use crate::outside;

/// Records that have much of everything.
const FULL: &str = r#"{"title": "Letter -- a draft", "date": "circa July 1945", "people": ["Soong, T.V.", "Stalin"]}
{"title": ["One", "Two"], "id": ["a b", "c"], "summary": ["First.", "Second | with {braces} || & 50 %."], "date": "summer 1950"}
{"subjects": ["War, cold", "Trade--Africa"], "places": ["Paris (France)", "Oslo"], "language": ["English", "fr"], "date": "1950s"}
{"title": "Rights", "rights": ["Open", "Free: of all"], "collection": ["A", "B, C"], "url": ["https://a.example/1", "https://a.example/2"]}
{"title": "Dates", "date": "[1945-1950]", "people": ["Ministry of War", "Fleischer, Max, 1861-1930"], "id": "x-1", "own field": "note"}
{"title": "Open", "date": "after 12 July 1945", "position": 7, "source": "Box 3", "note": "mine; yours"}
{"title": "Formula", "date": "not examined", "own": {"title": "-2004", "other": "=1+1"}}
"#;

/// Reads what is in some bytes.
fn read(name: &str, bytes: &mut dyn std::io::BufRead) -> Gathered {
    let mut gathering = Gathering::new();
    read::read(name, None, bytes, &mut gathering).unwrap();
    gathering.finish()
}

/// The values of a field as they come back: white space is one space, and in a name what stands
/// before a comma may stand last.
fn values(format: Format, record: &Record, field: Field) -> Vec<String> {
    let words = |value: &str| {
        let mut words: Vec<&str> = value.split_whitespace().collect();
        if field == Field::People && format != Format::Csv && format != Format::DublinCore {
            words = value.split([' ', ',']).filter(|word| !word.is_empty()).collect();
            words.sort_unstable();
        }
        words.join(" ")
    };
    let values = record.all(field);
    if format == Format::Csv {
        // What has the sign in it that stands between two values comes back as two.
        return values
            .flat_map(|value| value.split('|'))
            .map(|value| words(value.trim()))
            .collect();
    }
    values.map(words).collect()
}

/// Whether a record has a value anywhere.
fn says_something(record: &Record) -> bool {
    !record.values.is_empty()
        || !record.date.text.is_empty()
        || record.own.iter().any(|(_, value)| !value.trim().is_empty())
}

/// What of a record does not come back in a format as it promises.
fn missing(format: Format, record: &Record, again: &Record) -> Option<String> {
    for field in format.returns() {
        let (before, after) = (values(format, record, *field), values(format, again, *field));
        // A record without an id or a title may get one.
        let given = before.is_empty() && [Field::Id, Field::Title].contains(field);
        // A column of the file's own may be called as a field is.
        let more = format == Format::Csv && after.starts_with(&before);
        if before != after && !given && !more {
            return Some(format!("{}: {before:?} is {after:?}", field.key()));
        }
    }
    let beside = record.date.edtf_beside().is_some();
    let days = |record: &Record| record.date.span().map(|span| (span.earliest, span.latest));
    (days(record) != days(again) && !beside)
        .then(|| format!("the days of {:?} are those of {:?}", record.date.text, again.date.text))
}

/// Writes records in every format that is read too, reads them again, and says what is missing.
fn go_round(name: &str, archives: &[Archive], records: &[Placed]) -> Vec<String> {
    let mut said = Vec::new();
    for format in Format::all().filter(|format| !format.returns().is_empty()) {
        if format.holds_one_archive() && archives.len() > 1 {
            continue;
        }
        let mut bytes = Vec::new();
        let set = Set { archives, records: &mut records.iter().cloned() };
        format.write(&mut bytes, set).unwrap();
        let again = read("again", &mut bytes.as_slice());
        let of = format!("{name} as {}", format.name());
        assert_eq!(again.records.len(), records.len(), "{of}: {:?}", again.problems.first());
        for (Placed { record, .. }, again) in records.iter().zip(&again.records) {
            let missing = missing(format, record, &again.record);
            said.extend(missing.map(|missing| format!("{of}: {missing}")));
        }
    }
    said
}

#[test]
fn what_is_promised_comes_back() {
    let Gathered { sources, records, .. } = read("full.jsonl", &mut FULL.as_bytes());
    assert_eq!(records.len(), 7);
    assert_eq!(go_round("full.jsonl", &sources, &records), [""; 0]);
}

#[test]
fn of_records_from_outside_too() {
    let Some(folder) = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from) else {
        println!("skipped: FONDS_SAMPLES names no folder with files from outside");
        return;
    };
    let mut said = Vec::new();
    for (name, path) in outside::files(&folder) {
        let mut bytes = BufReader::new(File::open(&path).unwrap());
        let Gathered { sources, mut records, .. } = read(&name, &mut bytes);
        // A record that says nothing is an empty row of a table, which is none.
        records.retain(|placed| says_something(&placed.record));
        said.extend(go_round(&name, &sources, &records));
    }
    assert!(said.is_empty(), "{} of all:\n{}", said.len(), said.join("\n"));
}
