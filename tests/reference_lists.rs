//! What reference managers and fonds itself find in RIS and CSL-JSON: where a record lies, names, dates.

use fonds::formats::cite::Style;
use fonds::formats::read;
use fonds::formats::write::{Format, RecordStream};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{ArchiveId, Field, Record, SourcedRecord, StatedKind};

/// Reads a file from memory.
fn read_file(name: &str, text: &str) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read(name, None, &mut text.as_bytes(), &mut merger).unwrap();
    merger.finish()
}

/// The only record of a file.
fn only_record(name: &str, text: &str) -> Record {
    let mut merged = read_file(name, text);
    assert_eq!(merged.records.len(), 1, "{name}: {:?}", merged.problems);
    merged.records.remove(0).record
}

/// Writes a record and reads it again.
fn write_and_read(format: Format, record: &Record) -> Record {
    let sourced = SourcedRecord { archive: ArchiveId::default(), record: record.clone() };
    let mut bytes = Vec::new();
    let stream = RecordStream { archives: &[], records: &mut std::iter::once(sourced) };
    format.write(&mut bytes, stream).unwrap();
    only_record(&format!("again.{}", format.endings()[0]), &String::from_utf8(bytes).unwrap())
}

/// A record, its lines `AN`, `CN` and notes in RIS, and its location and call number in CSL-JSON.
const SHELF_LOCATIONS: [(&str, &str, &str); 7] = [
    (
        r#"{"title": "A", "box": "3", "folder": "2", "reference_code": "MS 12/3"}"#,
        "AN=box 3, folder 2 CN=MS 12/3",
        "box 3, folder 2 + MS 12/3",
    ),
    (
        r#"{"title": "A", "container": "Reel 4", "reference_code": "MF 9", "collection": "Roth papers"}"#,
        "AN=Reel 4, Roth papers CN=MF 9 N1=[fonds] collection: Roth papers",
        "Reel 4 + MF 9",
    ),
    (r#"{"title": "A", "reference_code": "MS 12/3"}"#, "AN=MS 12/3", "MS 12/3"),
    (r#"{"title": "A", "box": "3"}"#, "AN=box 3", "box 3"),
    (
        r#"{"title": "A", "box": "1", "reference_code": ["FC/2", "FC/3"]}"#,
        "AN=box 1 CN=FC/2 CN=FC/3",
        "box 1 + FC/2",
    ),
    (
        r#"{"title": "A", "box": "Lower shelf, left", "reference_code": "MS 1"}"#,
        "AN=Lower shelf, left CN=MS 1 N1=[fonds] box: Lower shelf, left N1=[fonds] reference_code: MS 1",
        "Lower shelf, left + MS 1",
    ),
    (
        r#"{"title": "A", "box": "2", "reference_code": "box 3"}"#,
        "AN=box 2 CN=box 3",
        "box 2 + box 3",
    ),
];

#[test]
fn reference_code_beside_containers_is_the_call_number() {
    for (line, ris, csl) in SHELF_LOCATIONS {
        let record = only_record("a.jsonl", line);
        let text = Style::Ris.cite(&record, None);
        let lines = text.lines().filter_map(|line| line.split_once("  - "));
        let lines = lines.filter(|(tag, value)| {
            ["AN", "CN", "N1"].contains(tag) && !value.starts_with("[fonds] title_form")
        });
        let lines: Vec<String> = lines.map(|(tag, value)| format!("{tag}={value}")).collect();
        assert_eq!(lines.join(" "), ris, "{line}");
        let items: serde_json::Value =
            serde_json::from_str(&Style::CslJson.cite(&record, None)).unwrap();
        let values = ["archive_location", "call-number"];
        let values: Vec<&str> = values.iter().filter_map(|key| items[0][key].as_str()).collect();
        assert_eq!(values.join(" + "), csl, "{line}");
        for format in [Format::Ris, Format::CslJson, Format::BibLatex] {
            let again = write_and_read(format, &record);
            for field in [Field::Box, Field::Folder, Field::Container, Field::ReferenceCode] {
                assert!(
                    record.all(field).eq(again.all(field)),
                    "{} of {line} in {}: {again:?}",
                    field.key(),
                    format.name()
                );
            }
        }
    }
}

/// A name, what the file states about it, and its form in `AU`.
const WHOLE_NAMES: [(&str, Option<StatedKind>, &str); 9] = [
    ("Hussein ibn Talal", Some(StatedKind::Forename), "Hussein ibn Talal"),
    (
        "Hussein ibn Talal, King of Jordan, 1935-1999",
        Some(StatedKind::Forename),
        "Hussein ibn Talal King of Jordan",
    ),
    ("Hussein, Sharif", Some(StatedKind::Forename), "Hussein Sharif"),
    ("Alfred, Lord Tennyson", Some(StatedKind::Forename), "Alfred Lord Tennyson"),
    ("John Paul II, Pope, 1920-2005", Some(StatedKind::Forename), "John Paul II Pope"),
    ("Hussein, Sharif", None, "Hussein, Sharif"),
    ("Roth, Ida, 1900-1970", None, "Roth, Ida"),
    ("King, Martin Luther, Jr.", None, "King, Martin Luther, Jr."),
    ("Ferry Company, Orla", Some(StatedKind::Body), "Ferry Company, Orla"),
];

#[test]
fn name_in_its_usual_order_has_no_comma_in_ris() {
    for (name, kind, expected) in WHOLE_NAMES {
        let mut record = Record::default();
        record.push(Field::Title, "Letter");
        record.push(Field::Creator, name);
        if let Some(kind) = kind {
            record.set_name_kind(name, kind);
        }
        let text = Style::Ris.cite(&record, None);
        let author = text.lines().find_map(|line| line.strip_prefix("AU  - "));
        assert_eq!(author, Some(expected), "{text}");
        for format in [Format::Ris, Format::CslJson, Format::BibLatex, Format::Csv, Format::Html] {
            let again = write_and_read(format, &record);
            assert!(again.all(Field::Creator).eq([name]), "{name} in {}", format.name());
            assert_eq!(again.name_kind(name), kind, "{name} in {}", format.name());
        }
    }
}

/// References with several dates, and the warnings about those that differ.
const DATES: [(&str, &str, &[&str]); 8] = [
    ("a.ris", "TY  - MANSCPT\nTI  - A\nDA  - 1945/07/12/\nPY  - 1945\nER  - \n", &[]),
    (
        "b.ris",
        "TY  - MANSCPT\nTI  - A\nDA  - 1945/07/12/\nPY  - 1956\nER  - \n",
        &["“1945-07-12” and “1956” in PY"],
    ),
    (
        "c.ris",
        "TY  - MANSCPT\nTI  - A\nDA  - 1945\nPY  - 1945\nY1  - 1946/02//\nER  - \n",
        &["“1945” and “1946/02//” in Y1"],
    ),
    ("d.ris", "TY  - MANSCPT\nTI  - A\nDA  - 1945-1947\nPY  - 1946\nER  - \n", &[]),
    ("e.ris", "TY  - MANSCPT\nTI  - A\nDA  - July 12\nPY  - 1945\nER  - \n", &[]),
    (
        "f.ris",
        "TY  - MANSCPT\nTI  - A\nPY  - 1946\nPY  - 1947\nER  - \n",
        &["“1946” and “1947” in PY"],
    ),
    (
        "g.bib",
        "@misc{a, title = {A}, date = {1945-07-12}, year = {1956}}\n",
        &["“1945-07-12” and “1956” in year"],
    ),
    ("h.bib", "@misc{a, title = {A}, date = {1945-07}, year = {1945}, origdate = {1910}}\n", &[]),
];

#[test]
fn dates_of_a_reference_that_differ_are_reported() {
    for (name, text, expected) in DATES {
        let problems = read_file(name, text).problems;
        let start = "this record has two dates that differ, ";
        let end = ": the first one counts, the other is kept as a field";
        let expected: Vec<String> =
            expected.iter().map(|dates| format!("{start}{dates}{end}")).collect();
        let messages: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, expected, "{name}");
        assert!(problems.iter().all(|problem| problem.line == Some(1)), "{name}");
    }
}

#[test]
fn place_with_a_control_character_is_no_subject() {
    let mut record = Record::default();
    record.push(Field::Title, "Map");
    record.push(Field::Places, "Orla\0");
    record.push(Field::Places, "Valley; lower");
    let again = write_and_read(Format::Ris, &record);
    assert!(again.all(Field::Places).eq(["Orla\0", "Valley; lower"]), "{again:?}");
    assert_eq!(again.first(Field::Subjects), None);
}

#[test]
fn page_without_records_is_no_damaged_page() {
    let mut page = Vec::new();
    Format::Html
        .write(&mut page, RecordStream { archives: &[], records: &mut std::iter::empty() })
        .unwrap();
    let merged = read_file("a.html", &String::from_utf8(page).unwrap());
    let messages: Vec<&str> = merged.problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["this page has no records: fonds wrote it when there were none to write"]
    );
    assert!(merged.records.is_empty() && !merged.problems[0].is_error());
}
