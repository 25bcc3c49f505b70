//! Export formats: an example of each, and round trips through the formats that can be parsed again.

use std::path::PathBuf;

use fonds::formats::read;
use fonds::formats::write::{Format, RecordStream};
use fonds::load::page_merger::PageMerger;
use fonds::record::{Archive, ArchiveId, Date, Field, Problem, Record, SourcedRecord};
use proptest::prelude::*;

use crate::write_archive_toml::{CollectingSink, grouped, hard_to_quote, own_fields};

/// The records in a format.
fn export(format: Format, archives: &[Archive], records: &[Record]) -> String {
    let mut out = Vec::new();
    let mut sourced = records
        .iter()
        .cloned()
        .map(|record| SourcedRecord { archive: ArchiveId::default(), record });
    format
        .write(&mut out, RecordStream { archives, records: &mut sourced })
        .expect("memory to write to");
    String::from_utf8(out).expect("UTF-8")
}

/// An archive and two records, one of which has a value in every field.
fn example() -> (Vec<Archive>, Vec<Record>) {
    let archive = Archive {
        title: Some("Digital Archive".to_owned()),
        source: Some("Wilson Center".to_owned()),
        ..Archive::default()
    };
    let mut letter = Record {
        position: Some(203),
        date: Date::parse("circa May 1943"),
        own: vec![
            ("container.box".to_owned(), "3".to_owned()),
            ("title".to_owned(), "=SUM(A1)".to_owned()),
        ],
        ..Record::default()
    };
    for (field, value) in [
        (Field::Id, "doc 203"),
        (Field::Title, "Letter to Stalin & others"),
        (Field::Summary, "One {brace}.\n\nER  - is no tag here, <b>nor</b> this."),
        (Field::People, "Soong, T.V., 1894-1971"),
        (Field::People, "Ministry of Foreign Affairs"),
        (Field::Places, "Peking"),
        (Field::Subjects, "War; peace"),
        (Field::Source, "PRC FMA 111"),
        (Field::Collection, "Cold War"),
        (Field::Language, "Russian"),
        (Field::Rights, "Free to read"),
        (Field::Url, "https://example.org/?a=1&b={2}"),
    ] {
        letter.push(field, value);
    }
    let mut bare = Record::default();
    bare.push(Field::Title, "-1 day");
    (vec![archive], vec![letter, bare])
}

/// The example in a format.
fn example_as(format: Format) -> String {
    let (archives, records) = example();
    export(format, &archives, &records)
}

#[test]
fn ris() {
    insta::assert_snapshot!(example_as(Format::Ris), @r##"
TY  - PCOMM
ID  - doc 203
TI  - Letter to Stalin & others
AU  - Soong, T.V.
AU  - Ministry of Foreign Affairs
DA  - 1943/05//circa
PY  - 1943
N1  - Date: circa May 1943
AB  - One {brace}.
 ER  - is no tag here, <b>nor</b> this.
LA  - Russian
DB  - Digital Archive
AN  - PRC FMA 111, box 3
DP  - Wilson Center
KW  - War, peace
KW  - Peking
UR  - https://example.org/?a=1&b={2}
N1  - collection: Cold War
N1  - rights: Free to read
N1  - people: Soong, T.V., 1894-1971
N1  - people: Ministry of Foreign Affairs
N1  - container.box: 3
N1  - own.title: =SUM(A1)
N1  - position: 203
ER  - 

TY  - MANSCPT
TI  - -1 day
N1  - Date: undated
DB  - Digital Archive
DP  - Wilson Center
ER  -
"##);
}

#[test]
fn biblatex() {
    insta::assert_snapshot!(example_as(Format::BibLatex), @r##"
@letter{doc-203,
  author = {Soong, T.V. and {Ministry of Foreign Affairs}},
  title = {Letter to Stalin \& others},
  date = {1943-05~},
  howpublished = {PRC FMA 111, box 3},
  library = {Digital Archive},
  location = {Peking},
  keywords = {War; peace},
  langid = {russian},
  url = {https://example.org/?a=1&b=%7B2%7D},
  abstract = {One \textbraceleft{}brace\textbraceright{}.

ER  - is no tag here, <b>nor</b> this.},
  note = {people: Soong, T.V., 1894-1971 | people: Ministry of Foreign Affairs | subjects: War; peace | id: doc 203 | collection: Cold War | language: Russian | rights: Free to read | repository: Wilson Center | position: 203 | container.box: 3 | own.title: =SUM(A1)},
}

@unpublished{-1-day,
  title = {-1 day},
  library = {Digital Archive},
  note = {repository: Wilson Center | date: undated},
}
"##);
}

#[test]
fn csl_json() {
    insta::assert_snapshot!(example_as(Format::CslJson), @r##"
[
{"id":"doc-203","type":"personal_communication","title":"Letter to Stalin & others","author":[{"family":"Soong","given":"T.V."},{"literal":"Ministry of Foreign Affairs"}],"issued":{"date-parts":[[1943,5]],"circa":true},"abstract":"One {brace}.\n\nER  - is no tag here, <b>nor</b> this.","archive":"Digital Archive","archive_location":"PRC FMA 111, box 3","archive_collection":"Cold War","language":"Russian","keyword":"War; peace","URL":"https://example.org/?a=1&b={2}","note":"repository: Wilson Center\nposition: 203\npeople: Soong, T.V., 1894-1971\npeople: Ministry of Foreign Affairs\nplaces: Peking\nsubjects: War; peace\nid: doc 203\nrights: Free to read\ncontainer.box: 3\nown.title: =SUM(A1)"},
{"id":"-1-day","type":"manuscript","title":"-1 day","archive":"Digital Archive","note":"date: undated\nrepository: Wilson Center"}
]
"##);
}

#[test]
fn csv_table() {
    insta::assert_snapshot!(example_as(Format::Csv), @r##"
position,date,title,summary,people,places,subjects,source,id,collection,language,rights,url,container.box,own.title
203,circa May 1943,Letter to Stalin & others,"One {brace}.

ER  - is no tag here, <b>nor</b> this.","Soong, T.V., 1894-1971|Ministry of Foreign Affairs",Peking,War; peace,PRC FMA 111,doc 203,Cold War,Russian,Free to read,https://example.org/?a=1&b={2},3,'=SUM(A1)
,,'-1 day,,,,,,,,,,,,
"##);
}

#[test]
fn json_lines() {
    insta::assert_snapshot!(example_as(Format::JsonLines), @r##"
{"position":203,"id":"doc 203","date":"circa May 1943","title":"Letter to Stalin & others","people":["Soong, T.V., 1894-1971","Ministry of Foreign Affairs"],"places":"Peking","subjects":"War; peace","collection":"Cold War","source":"PRC FMA 111","language":"Russian","rights":"Free to read","url":"https://example.org/?a=1&b={2}","summary":"One {brace}.\n\nER  - is no tag here, <b>nor</b> this.","container.box":"3","own":{"title":"=SUM(A1)"}}
{"title":"-1 day"}
"##);
}

#[test]
fn toml() {
    insta::assert_snapshot!(example_as(Format::Toml), @r##"
[archive]
title = "Digital Archive"
source = "Wilson Center"

[[record]]
position = 203
id = "doc 203"
date = "circa May 1943"
title = "Letter to Stalin & others"
people = ["Soong, T.V., 1894-1971", "Ministry of Foreign Affairs"]
places = "Peking"
subjects = "War; peace"
collection = "Cold War"
source = "PRC FMA 111"
language = "Russian"
rights = "Free to read"
url = "https://example.org/?a=1&b={2}"
summary = """
One {brace}.

ER  - is no tag here, <b>nor</b> this."""
"container.box" = "3"
own.title = "=SUM(A1)"

[[record]]
title = "-1 day"
"##);
}

#[test]
fn markdown() {
    insta::assert_snapshot!(example_as(Format::Markdown), @r##"
## Letter to Stalin & others

- Date: circa May 1943
- Position: 203
- People: Soong, T.V., 1894-1971; Ministry of Foreign Affairs
- Places: Peking
- Subjects: War; peace
- Source: PRC FMA 111
- Collection: Cold War
- Language: Russian
- Rights: Free to read
- URL: <https://example.org/?a=1&b={2}>
- Id: doc 203
- Box: 3
- title: \=SUM(A1)

One {brace}.

ER - is no tag here, \<b\>nor\</b\> this.

## \-1 day

- Date: undated
"##);
}

#[test]
fn plain_text() {
    insta::assert_snapshot!(example_as(Format::Text), @r##"
Letter to Stalin & others
Date: circa May 1943
Position: 203
People: Soong, T.V., 1894-1971; Ministry of Foreign Affairs
Places: Peking
Subjects: War; peace
Source: PRC FMA 111
Collection: Cold War
Language: Russian
Rights: Free to read
URL: https://example.org/?a=1&b={2}
Id: doc 203
Box: 3
title: =SUM(A1)

One {brace}.

ER - is no tag here, <b>nor</b> this.

* * *

-1 day
Date: undated
"##);
}

#[test]
fn dublin_core() {
    insta::assert_snapshot!(example_as(Format::DublinCore), @r##"
<?xml version="1.0" encoding="UTF-8"?>
<records xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <oai_dc:dc>
    <dc:identifier>doc 203</dc:identifier>
    <dc:title>Letter to Stalin &amp; others</dc:title>
    <dc:creator>Soong, T.V., 1894-1971</dc:creator>
    <dc:creator>Ministry of Foreign Affairs</dc:creator>
    <dc:subject>War; peace</dc:subject>
    <dc:coverage>Peking</dc:coverage>
    <dc:description>One {brace}.

ER  - is no tag here, &lt;b&gt;nor&lt;/b&gt; this.</dc:description>
    <dc:source>PRC FMA 111</dc:source>
    <dc:relation>Cold War</dc:relation>
    <dc:language>Russian</dc:language>
    <dc:rights>Free to read</dc:rights>
    <dc:identifier>https://example.org/?a=1&amp;b={2}</dc:identifier>
    <dc:date>circa May 1943</dc:date>
    <dc:publisher>Digital Archive</dc:publisher>
    <dc:description>container.box: 3</dc:description>
    <dc:description>title: =SUM(A1)</dc:description>
    <dc:description>position: 203</dc:description>
  </oai_dc:dc>
  <oai_dc:dc>
    <dc:title>-1 day</dc:title>
    <dc:publisher>Digital Archive</dc:publisher>
  </oai_dc:dc>
</records>
"##);
}

#[test]
fn html_page_is_complete_and_runs_no_script() {
    let (archives, mut records) = example();
    records[1].push(Field::Url, "javascript:alert(1)");
    records[1].push(Field::Summary, "<script>alert('x')</script>");
    let page = export(Format::Html, &archives, &records);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"), "{page}");
    assert!(page.contains("<a href=\"https://example.org/?a=1&amp;b={2}\">"), "{page}");
    assert!(!page.contains("<script") && !page.contains("href=\"javascript"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"), "{page}");
    assert!(!page.contains("src="), "nothing is loaded from elsewhere: {page}");
}

#[test]
fn csv_cells_are_never_formulas() {
    for first_character in ["=", "+", "-", "@", "\t", "\r"] {
        let mut record = Record::default();
        record.values.push((Field::Title, format!("{first_character}1+1")));
        record.own.push((format!("{first_character}own"), format!("{first_character}2")));
        let table = export(Format::Csv, &[], &[record]);
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        for cell in rows
            .records()
            .flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
        {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
    }
}

/// The fields of Zotero's manuscripts and letters, by tag (its translator for RIS).
const ZOTERO_TAGS: [(&str, &str); 14] = [
    ("AB", "abstractNote"),
    ("AN", "archiveLocation"),
    ("AU", "creators"),
    ("DA", "date"),
    ("DB", "archive"),
    ("DP", "libraryCatalog"),
    ("ER", ""),
    ("ID", ""),
    ("KW", "tags"),
    ("LA", "language"),
    ("N1", "notes"),
    ("PY", "date"),
    ("TI", "title"),
    ("UR", "url"),
];

/// Parses RIS as Zotero does: a tag, one or two spaces, a dash. Other lines continue the value.
fn read_ris(text: &str) -> Vec<Vec<(String, String)>> {
    let mut entries: Vec<Vec<(String, String)>> = Vec::new();
    for line in text.lines() {
        let bytes = line.as_bytes();
        let is_tag = bytes.len() >= 5
            && bytes[..2].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && line[2..].trim_start_matches(' ').starts_with('-')
            && bytes[2] == b' ';
        if is_tag {
            let (tag, value) = line.split_once('-').expect("a dash");
            if tag.trim() == "TY" {
                entries.push(Vec::new());
            }
            let entry = entries.last_mut().expect("TY comes first");
            entry.push((tag.trim().to_owned(), value.trim().to_owned()));
        } else if let Some((_, value)) = entries.last_mut().and_then(|entry| entry.last_mut())
            && !line.trim().is_empty()
        {
            value.push('\n');
            value.push_str(line.trim_end());
        }
    }
    entries
}

#[test]
fn ris_uses_only_tags_that_zotero_knows() {
    let (archives, records) = example();
    let entries = read_ris(&export(Format::Ris, &archives, &records));
    let types: Vec<_> = entries.iter().map(|entry| entry[0].1.as_str()).collect();
    assert_eq!(types, ["PCOMM", "MANSCPT"]);
    for entry in &entries {
        assert_eq!(entry.last(), Some(&("ER".to_owned(), String::new())));
        for (tag, value) in &entry[1..] {
            assert!(
                ZOTERO_TAGS.iter().any(|(known, _)| known == tag),
                "Zotero keeps {tag} only as a note"
            );
            let single = ["TI", "DA", "PY", "DB", "AN", "DP", "AB", "LA"].contains(&tag.as_str());
            let count = entry.iter().filter(|(other, _)| other == tag).count();
            assert!(!single || count == 1, "{tag} is repeated {count} times");
            assert!(tag != "KW" || !value.contains(';'), "Zotero splits keywords at semicolons");
            assert!(tag != "AU" || value.split(", ").count() <= 3);
        }
    }
}

#[test]
fn ris_parser_of_this_test_agrees_with_zotero() {
    let Some(folder) = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from) else {
        println!("skipped: FONDS_SAMPLES names no folder");
        return;
    };
    // Otherwise `ris_uses_only_tags_that_zotero_knows` would prove nothing.
    for number in 1..=6 {
        let at = |ending| folder.join(format!("ris/zotero-0{number}.{ending}"));
        let text = std::fs::read_to_string(at("ris")).expect("a sample");
        let expected = std::fs::read_to_string(at("expected.json")).expect("what it is");
        let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
        let items = expected["items"].as_array().expect("items");
        let entries = read_ris(&text);
        assert_eq!(entries.len(), items.len(), "{number}");
        for (entry, item) in entries.iter().zip(items) {
            let count =
                entry.iter().filter(|(tag, _)| ["AU", "A1"].contains(&tag.as_str())).count();
            let creators = item["creators"].as_array().map_or(0, Vec::len);
            assert!(count <= creators, "{number}: {count} of {creators} in {entry:?}");
        }
    }
}

/// Every record of the samples.
fn samples() -> Option<Vec<Record>> {
    let Some(folder) = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from) else {
        println!("skipped: FONDS_SAMPLES names no folder");
        return None;
    };
    let mut paths = vec![folder];
    let mut merger = PageMerger::new();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder");
            paths.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|it| it != "md") {
            let bytes = std::fs::read(&path).expect("a file");
            let name = path.display().to_string();
            read::read(&name, None, &mut bytes.as_slice(), &mut merger).expect("bytes");
        }
    }
    Some(merger.finish().records.into_iter().map(|sourced| sourced.record).collect())
}

/// The formats that can be written and parsed again without loss.
fn lossless_formats() -> Vec<(Format, read::Format)> {
    Format::all()
        .filter(|format| format.is_lossless())
        .filter_map(|format| Some((format, read::Format::from_name(format.name())?)))
        .collect()
}

/// Checks that exported records parse to the same records and are exported the same way again.
fn assert_round_trips(records: &[Record]) {
    let records: Vec<_> = records.iter().filter(|it| **it != Record::default()).cloned().collect();
    if records.is_empty() {
        return;
    }
    for (format, read_format) in lossless_formats() {
        let text = export(format, &[], &records);
        let mut collected = CollectingSink::default();
        read::read("a", Some(read_format), &mut text.as_bytes(), &mut collected).expect("bytes");
        assert!(
            !collected.problems.iter().any(Problem::is_error),
            "{:?}\n{text}",
            collected.problems
        );
        let grouped = |records: &[Record]| records.iter().cloned().map(grouped).collect::<Vec<_>>();
        // The first record that differs is easier to read than all of them.
        for (read, written) in grouped(&collected.records).iter().zip(&grouped(&records)) {
            assert_eq!(read, written, "{}", format.name());
        }
        assert_eq!(collected.records.len(), records.len(), "{}\n{text}", format.name());
        assert_eq!(export(format, &[], &collected.records), text, "{}", format.name());
    }
}

#[test]
fn toml_and_json_lines_round_trip() {
    let names: Vec<_> = lossless_formats().iter().map(|(format, _)| format.name()).collect();
    assert!(names.contains(&"toml") && names.contains(&"jsonl"), "{names:?}");
    let (_, records) = example();
    assert_round_trips(&records);
}

#[test]
fn sample_records_round_trip() {
    if let Some(records) = samples() {
        assert!(records.len() > 100, "{} records", records.len());
        assert_round_trips(&records);
        let ris = read_ris(&export(Format::Ris, &[], &records));
        assert_eq!(ris.len(), records.len());
        assert!(ris.iter().all(|entry| entry.last().is_some_and(|(tag, _)| tag == "ER")));
        let titles =
            |entry: &[(String, String)]| entry.iter().filter(|(tag, _)| tag == "TI").count();
        assert!(ris.iter().all(|entry| titles(entry) == 1));
        let json = export(Format::CslJson, &[], &records);
        let json: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json.len(), records.len());
    }
}

/// Any record, with values trimmed as parsers trim them.
fn record() -> impl Strategy<Value = Record> {
    let value = (prop::sample::select(Field::ALL.to_vec()), hard_to_quote());
    let values = prop::collection::vec(value, 0..8);
    (prop::option::of(1u64..), hard_to_quote(), values, own_fields()).prop_map(
        |(position, date, values, own)| {
            let mut record =
                Record { position, date: Date::parse(date.trim()), own, ..Record::default() };
            for (field, value) in &values {
                record.push(*field, value);
            }
            record.align_contributor_roles();
            record
        },
    )
}

proptest! {
    #[test]
    fn any_records_round_trip(records in prop::collection::vec(record(), 0..4)) {
        assert_round_trips(&records);
    }

    #[test]
    fn any_records_give_well_formed_output(records in prop::collection::vec(record(), 0..4)) {
        let ris = read_ris(&export(Format::Ris, &[], &records));
        prop_assert_eq!(ris.len(), records.len());
        let json = export(Format::CslJson, &[], &records);
        let json: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
        prop_assert_eq!(json.len(), records.len());
        let xml = export(Format::DublinCore, &[], &records);
        let mut xml = quick_xml::Reader::from_str(&xml);
        while xml.read_event().expect("XML") != quick_xml::events::Event::Eof {}
        let bib = export(Format::BibLatex, &[], &records);
        let bib = biblatex::Bibliography::parse(&bib);
        prop_assert!(bib.is_ok(), "{:?}", bib);
        prop_assert_eq!(bib.expect("BibLaTeX").len(), records.len());
        let table = export(Format::Csv, &[], &records);
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let rows = rows.records().collect::<Result<Vec<_>, _>>().expect("rows of one length");
        prop_assert_eq!(rows.len(), records.len());
        for format in Format::all() {
            export(format, &[], &records);
        }
    }
}
