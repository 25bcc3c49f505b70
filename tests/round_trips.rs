//! Exported records are parsed again: the fields that a format promises to keep are unchanged.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use fonds::formats::read;
use fonds::formats::write::{Format, RecordStream};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{Archive, Field, Record, SourcedRecord};

use crate::samples;

/// Records with values in many fields and forms.
const RECORDS: &str = r#"{"title": "Letter -- a draft", "date": "circa July 1945", "people": ["Soong, T.V.", "Stalin"]}
{"title": ["One", "Two"], "id": ["a b", "c"], "summary": ["First.", "Second | with {braces} || & 50 %."], "date": "summer 1950"}
{"subjects": ["War, cold", "Trade--Africa"], "places": ["Paris (France)", "Oslo"], "language": ["English", "fr"], "date": "1950s"}
{"title": "Rights", "rights": ["Open", "Free: of all"], "collection": ["A", "B, C"], "url": ["https://a.example/1", "https://a.example/2"]}
{"title": "Dates", "date": "[1945-1950]", "people": ["Ministry of War", "Fleischer, Max, 1861-1930"], "id": "x-1", "own field": "note"}
{"title": "Open", "date": "after 12 July 1945", "position": 7, "source": "Box 3", "note": "mine; yours"}
{"title": "Formula", "date": "not examined", "own": {"title": "-2004", "other": "=1+1"}}
"#;

/// Parses a file from memory.
fn read(name: &str, bytes: &mut dyn std::io::BufRead) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read(name, None, bytes, &mut merger).unwrap();
    merger.finish()
}

/// The values of a field in a comparable form: white space is one space, and the parts of names are
/// sorted, because formats write "Soong, T.V." and "T.V. Soong".
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
        // A value that contains the separator between values comes back as two.
        return values
            .flat_map(|value| value.split('|'))
            .map(|value| words(value.trim()))
            .collect();
    }
    values.map(words).collect()
}

/// Whether a record has any value.
fn has_any_value(record: &Record) -> bool {
    !record.values.is_empty()
        || !record.date.text.is_empty()
        || record.own.iter().any(|(_, value)| !value.trim().is_empty())
}

/// Describes the first promised field that changed, if there is one.
fn changed_field(format: Format, record: &Record, parsed: &Record) -> Option<String> {
    for field in format.preserved_fields() {
        let (before, after) = (values(format, record, *field), values(format, parsed, *field));
        // The format may generate an id or a title for a record that has none.
        let is_generated = before.is_empty() && [Field::Id, Field::Title].contains(field);
        // An own field may have the same column name as a field of fonds.
        let has_extra_values = format == Format::Csv && after.starts_with(&before);
        if before != after && !is_generated && !has_extra_values {
            return Some(format!("{}: {before:?} is {after:?}", field.key()));
        }
    }
    let has_edtf_alongside = record.date.edtf_unless_implied().is_some();
    let days = |record: &Record| record.date.span().map(|span| (span.earliest, span.latest));
    (days(record) != days(parsed) && !has_edtf_alongside)
        .then(|| format!("the days of {:?} are those of {:?}", record.date.text, parsed.date.text))
}

/// Writes records in every format that can also be read, parses them, and describes the differences.
fn round_trip_differences(
    name: &str,
    archives: &[Archive],
    records: &[SourcedRecord],
) -> Vec<String> {
    let mut differences = Vec::new();
    for format in Format::all().filter(|format| !format.preserved_fields().is_empty()) {
        if format.holds_one_archive() && archives.len() > 1 {
            continue;
        }
        let mut bytes = Vec::new();
        let stream = RecordStream { archives, records: &mut records.iter().cloned() };
        format.write(&mut bytes, stream).unwrap();
        let parsed = read("again", &mut bytes.as_slice());
        let label = format!("{name} as {}", format.name());
        assert_eq!(parsed.records.len(), records.len(), "{label}: {:?}", parsed.problems.first());
        for (SourcedRecord { record, .. }, parsed) in records.iter().zip(&parsed.records) {
            let change = changed_field(format, record, &parsed.record);
            differences.extend(change.map(|change| format!("{label}: {change}")));
        }
    }
    differences
}

#[test]
fn promised_fields_survive_a_round_trip() {
    let MergedPages { archives: sources, records, .. } =
        read("full.jsonl", &mut RECORDS.as_bytes());
    assert_eq!(records.len(), 7);
    assert_eq!(round_trip_differences("full.jsonl", &sources, &records), [""; 0]);
}

#[test]
fn promised_fields_of_samples_survive_a_round_trip() {
    let Some(folder) = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from) else {
        println!("skipped: FONDS_SAMPLES names no folder of sample files");
        return;
    };
    let mut differences = Vec::new();
    for (name, path) in samples::files(&folder) {
        let mut bytes = BufReader::new(File::open(&path).unwrap());
        let MergedPages { archives: sources, mut records, .. } = read(&name, &mut bytes);
        // A record without values is an empty row of a table, which is not exported.
        records.retain(|sourced| has_any_value(&sourced.record));
        differences.extend(round_trip_differences(&name, &sources, &records));
    }
    assert!(differences.is_empty(), "{} of all:\n{}", differences.len(), differences.join("\n"));
}
