//! Exported records are parsed again: the fields that a format promises to keep are unchanged.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use fonds::formats::read;
use fonds::formats::write::{Format, RecordStream};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{
    Archive, ArchiveId, Date, Field, Problem, Record, RecordKey, SourcedRecord, StatedKind,
};

use crate::samples;

/// Records with values in many fields and forms.
const RECORDS: &str = r#"{"title": "Letter -- a draft", "date": "circa July 1945", "people": ["Soong, T.V.", "Stalin"]}
{"title": ["One", "Two"], "id": ["a b", "c"], "summary": ["First.", "Second | with {braces} || & 50 %."], "date": "summer 1950"}
{"subjects": ["War, cold", "Trade--Africa"], "places": ["Paris (France)", "Oslo"], "language": ["English", "fr"], "date": "1950s"}
{"title": "Rights", "rights": ["Open", "Free: of all"], "collection": ["A", "B, C"], "url": ["https://a.example/1", "https://a.example/2"]}
{"title": "Dates", "date": "[1945-1950]", "people": ["Ministry of War", "Fleischer, Max, 1861-1930"], "id": "x-1", "own field": "note"}
{"title": "Open", "date": "after 12 July 1945", "position": 7, "source": "Box 3", "note": "mine; yours"}
{"title": "Formula", "date": "not examined", "own": {"title": "-2004", "other": "=1+1"}}
{"title": "Letter", "creator": ["Roth, Ida, 1900-1970", "Stadtamt = Town Office"], "recipient": "T.V. Kern", "contributor": ["Lind, Eva", "Aa, Jan"], "contributor_role": ["trl", ""], "people": ["Brandt"], "repository": "Town Archive", "archive_place": "Orla", "series": "Letters", "box": ["3", "Karton 4"], "folder": "2", "collection": "Roth papers", "places": ["Orla"], "subjects": ["Orla"], "preferred_citation": "Cite | so"}
{"title": "Memo", "creator": "Roth", "contributor": "Lind, Eva", "contributor_role": "translator", "reference_code": ["MS 4", "B 7"], "source": "x", "collection": ["Roth papers", "Kern papers"], "date": "um 1950 [?]", "date_edtf": "1951"}
{"title": "Only where", "collection": "Roth papers"}
"#;

/// Parses a file from memory.
fn read(name: &str, bytes: &mut dyn std::io::BufRead) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read(name, None, bytes, &mut merger).unwrap();
    merger.finish()
}

/// The values of a field, with single spaces for white space.
fn values(record: &Record, field: Field) -> Vec<String> {
    let words = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    record.all(field).map(words).collect()
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
        let (before, after) = (values(record, *field), values(parsed, *field));
        // The format may generate an id or a title for a record that has none, and name the archive.
        let is_generated =
            before.is_empty() && [Field::Id, Field::Title, Field::Repository].contains(field);
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
    assert_eq!(records.len(), 10);
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

/// Values that a table, a TOML file or a JSON file has to quote or to escape.
const HARD_VALUES: [&str; 40] = [
    "+49 30 1",
    "📬 🏴\u{e0067}\u{e007f}",
    "\u{202b}ابن خلدون\u{202c}, עמנואל",
    "ER  - ",
    "TY  - BOOK",
    "\u{feff}=1",
    "(a; b [c] {d",
    "%0A=1",
    "\\em a \\enquote{b} ``c''",
    "a\\rm",
    "a\n=1\n- b\n-1\n'=2",
    "a\n\r;\t=1;-",
    "a;=1",
    "a;'=1;''@x",
    "＝1",
    "[fonds] title: x",
    "<i>x</i> &amp; y",
    "a < b <br/> &lt;i&gt;",
    "x: y: z | | w |",
    "a\u{2028}b",
    "Roth, Ida",
    "a|b",
    "|",
    "a\\|b\\",
    "\\\\",
    "\\NULL",
    "NULL",
    "null",
    "=1+1",
    "'=1",
    "''@x",
    "-",
    "a; b, c\td",
    "two\nlines\n\nand a third",
    "a\r\nb",
    "[x] {y} (z)",
    "\"q\" 'r' “s”",
    "\"",
    "name_kind.body = \"x\"",
    "własność 東京 \u{7f}",
];

/// A record with all these values in each field but title and summary, and roles of some
/// contributors.
fn record_of_hard_values(shift: usize) -> Record {
    let mut values = HARD_VALUES.to_vec();
    values.rotate_left(shift);
    let mut record = Record::default();
    record.push(Field::Title, "Letter");
    for field in Field::ALL {
        let is_list = ![Field::Title, Field::Summary, Field::Contributor, Field::ContributorRole]
            .contains(&field);
        values.iter().filter(|_| is_list).for_each(|value| record.push(field, value));
    }
    for (index, name) in values.iter().enumerate() {
        record.push_contributor(name, if index % 3 == 0 { values[index / 2] } else { "" });
        record.set_name_kind(name, StatedKind::ALL[index % StatedKind::ALL.len()]);
    }
    record
}

#[test]
fn own_formats_keep_every_field() {
    let records: Vec<Record> = (0..HARD_VALUES.len()).map(record_of_hard_values).collect();
    for format in [Format::JsonLines, Format::Toml, Format::Csv] {
        for shown in [&records[..1], &records[3..4], &records[..]] {
            let sourced = |record: &Record| SourcedRecord {
                archive: ArchiveId::default(),
                record: record.clone(),
            };
            let mut bytes = Vec::new();
            let stream = RecordStream { archives: &[], records: &mut shown.iter().map(sourced) };
            format.write(&mut bytes, stream).unwrap();
            let parsed = read(format.endings()[0], &mut bytes.as_slice());
            // Control characters are kept, and told.
            let is_other = |problem: &&Problem| !problem.message.starts_with("control characters");
            let others: Vec<_> = parsed.problems.iter().filter(is_other).collect();
            assert_eq!(others, [] as [&Problem; 0], "{}", format.name());
            assert_eq!(parsed.records.len(), shown.len(), "{}", format.name());
            for (record, parsed) in shown.iter().zip(&parsed.records) {
                for field in Field::ALL {
                    let (before, after) = (record.all(field), parsed.record.all(field));
                    let (before, after): (Vec<_>, Vec<_>) = (before.collect(), after.collect());
                    assert_eq!(before, after, "{} of {}", field.key(), format.name());
                }
                for name in HARD_VALUES {
                    let kinds = [record.name_kind(name), parsed.record.name_kind(name)];
                    assert_eq!(kinds[0], kinds[1], "{name} in {}", format.name());
                }
                assert_eq!(parsed.record.own.len(), HARD_VALUES.len());
            }
        }
    }
}

#[test]
fn reference_lists_keep_every_field() {
    let records: Vec<Record> = (0..HARD_VALUES.len()).map(record_of_hard_values).collect();
    let sourced =
        |record: &Record| SourcedRecord { archive: ArchiveId::default(), record: record.clone() };
    let records: Vec<SourcedRecord> = records.iter().map(sourced).collect();
    assert_eq!(round_trip_differences("hard values", &[], &records), [""; 0]);
}

/// Files of our own formats, and the contributors, own fields and problems that they give.
const ROLES: [(&str, &str, &str); 9] = [
    (
        "a.jsonl",
        r#"{"contributor": ["A", "B", "C"], "contributor_role": ["trl", "", "edt"]}"#,
        "A trl, B, C edt",
    ),
    ("b.jsonl", r#"{"contributor_role": [null, "edt"], "contributor": ["A", "B"]}"#, "A, B edt"),
    ("c.jsonl", r#"{"contributor": "A", "box": 3}"#, "A"),
    (
        "d.jsonl",
        r#"{"contributor": "A", "contributor_role": ["trl", "", "edt"]}"#,
        "A trl + contributor_role=edt + d.jsonl:1: contributor_role has more values than contributor: the others are kept as text",
    ),
    (
        "e.toml",
        "[[record]]\ncontributor = [\"A\", \"B\"]\ncontributor_role = [\"\", \"edt\"]\n",
        "A, B edt",
    ),
    (
        "f.toml",
        "[[record]]\ntitle = \"x\"\ncontributor_role = \"trl\"\n",
        " + contributor_role=trl + f.toml:1:1: contributor_role has more values than contributor: the others are kept as text",
    ),
    ("g.csv", "title,contributor,contributor_role\nx,A|B|C|D,|trl||NULL\n", "A, B trl, C, D"),
    ("h.csv", "title,contributor_role,contributor\nx,trl,A|B\n", "A trl, B trl"),
    ("i.csv", "title,contributor_role\nx,trl\n", " + contributor_role=trl"),
];

#[test]
fn roles_stay_parallel_to_contributors() {
    for (name, text, expected) in ROLES {
        let parsed = read(name, &mut text.as_bytes());
        let record = &parsed.records[0].record;
        let people = record.contributors().map(|(name, role)| format!("{name} {role}"));
        let people: Vec<String> = people.map(|name| name.trim().to_owned()).collect();
        let own = record.own.iter().map(|(name, value)| format!("{name}={value}"));
        let problems = parsed.problems.iter().map(ToString::to_string);
        let all: Vec<String> =
            std::iter::once(people.join(", ")).chain(own).chain(problems).collect();
        assert_eq!(all.join(" + "), expected, "{name}");
        assert_eq!(
            record.all(Field::Contributor).count(),
            record.all(Field::ContributorRole).count(),
            "{name}"
        );
    }
}

/// Contributors of two descriptions of one document, and those of both together.
const MERGED: [(&str, &str, &str); 6] = [
    ("A trl", "A trl", "A trl"),
    ("A", "A trl, B", "A trl, B"),
    ("A trl", "A, B edt", "A trl, B edt"),
    ("A trl, B", "A edt, B", "A trl, B, A edt"),
    ("", "A, B trl", "A, B trl"),
    ("A, B, C", "C edt, A", "A, B, C edt"),
];

#[test]
fn merged_records_keep_contributors_and_roles_together() {
    let record = |text: &str| {
        let mut record = Record::default();
        record.push(Field::Title, "Letter");
        for contributor in text.split(", ").filter(|text| !text.is_empty()) {
            let (name, role) = contributor.split_once(' ').unwrap_or((contributor, ""));
            record.push_contributor(name, role);
            record.set_name_kind(name, StatedKind::Person);
        }
        record
    };
    for (one, other, expected) in MERGED {
        let mut merged = record(one);
        let mut second = record(other);
        second.set_name_kind("A", StatedKind::Body);
        merged.merge(second);
        let people = merged.contributors().map(|(name, role)| format!("{name} {role}"));
        let people: Vec<String> = people.map(|name| name.trim().to_owned()).collect();
        assert_eq!(people.join(", "), expected);
        let kinds = merged.own.iter().filter(|(_, name)| name == "A").count();
        assert_eq!(kinds, 1, "{expected}");
    }
}

#[test]
fn contents_of_old_fields_keep_their_hash() {
    let mut record = Record { date: Date::parse("1945"), ..Record::default() };
    for field in &Field::ALL[..11] {
        if *field != Field::Id {
            record.push(*field, field.key());
        }
    }
    record.own.push(("level".into(), "file".to_owned()));
    assert_eq!(RecordKey::from_record(&record).to_string(), "#e5286bc9d49e7cd4");
}
