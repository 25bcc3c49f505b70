//! Export formats: an example of each, and round trips through the formats that can be parsed again.

use std::fmt::Write as _;
use std::path::PathBuf;

use fonds::formats::read;
use fonds::formats::write::{Format, RecordStream};
use fonds::load::page_merger::PageMerger;
use fonds::record::{Archive, ArchiveId, Date, Field, Problem, Record, SourcedRecord};
use proptest::prelude::*;

use crate::program::TestFolder;
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
            ("container.box".into(), "3".to_owned()),
            ("title".into(), "=SUM(A1)".to_owned()),
        ],
        ..Record::default()
    };
    for (field, value) in [
        (Field::Id, "doc 203"),
        (Field::Title, "Letter to Stalin & others"),
        (Field::Summary, "One {brace}.\n\nER  - is no tag here, <b>nor</b> this."),
        (Field::Creator, "Soong, T.V., 1894-1971"),
        (Field::Creator, "Ministry of Foreign Affairs"),
        (Field::Recipient, "Stalin, Joseph"),
        (Field::People, "Chiang Kai-shek"),
        (Field::Repository, "Foreign Office Archive"),
        (Field::Box, "3"),
        (Field::Folder, "Mappe 2"),
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
    letter.push_contributor("Garnett, Constance", "trl");
    letter.push_contributor("Poe, Ed", "former owner");
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
A2  - Stalin, Joseph
A4  - Garnett, Constance
DA  - 1943/05//circa
PY  - 1943
AB  - One {brace}. ER - is no tag here, <b>nor</b> this.
LA  - Russian
DB  - Foreign Office Archive
AN  - box 3, Mappe 2, Cold War
KW  - War, peace
KW  - Peking
UR  - https://example.org/?a=1&b={2}
N1  - [fonds] people: Chiang Kai-shek
N1  - [fonds] places: Peking
N1  - [fonds] subjects: War; peace
N1  - [fonds] source: PRC FMA 111
N1  - [fonds] collection: Cold War
N1  - [fonds] rights: Free to read
N1  - [fonds] creator: Soong, T.V., 1894-1971
N1  - [fonds] creator: Ministry of Foreign Affairs
N1  - [fonds] contributor: Garnett, Constance
N1  - [fonds] contributor: Poe, Ed
N1  - [fonds] contributor_role: trl
N1  - [fonds] contributor_role: former owner
N1  - [fonds] box: 3
N1  - [fonds] folder: Mappe 2
N1  - [fonds] container.box: 3
N1  - [fonds] own.title: =SUM(A1)
N1  - [fonds] position: 203
ER  - 

TY  - MANSCPT
TI  - -1 day
DB  - Wilson Center
N1  - [fonds] title_form: description
ER  -
"##);
}

#[test]
fn biblatex() {
    insta::assert_snapshot!(example_as(Format::BibLatex), @r##"
@letter{doc-203,
  author = {Soong, T.V. and {Ministry of Foreign Affairs}},
  translator = {Garnett, Constance},
  title = {Letter to Stalin \& others},
  date = {1943-05~},
  howpublished = {box 3, Mappe 2, Cold War},
  library = {Foreign Office Archive},
  location = {Peking},
  keywords = {War; peace},
  langid = {russian},
  url = {https://example.org/?a=1&b=%7B2%7D},
  abstract = {One \textbraceleft{}brace\textbraceright{}.

ER  - is no tag here, <b>nor</b> this.},
  note = {[fonds] container.box: 3 | [fonds] own.title: =SUM(A1) | [fonds] position: 203 | [fonds] people: Chiang Kai-shek | [fonds] subjects: War; peace | [fonds] source: PRC FMA 111 | [fonds] id: doc 203 | [fonds] collection: Cold War | [fonds] language: Russian | [fonds] rights: Free to read | [fonds] url: https://example.org/?a=1\&b=\textbraceleft{}2\textbraceright{} | [fonds] creator: Soong, T.V., 1894-1971 | [fonds] creator: Ministry of Foreign Affairs | [fonds] recipient: Stalin, Joseph | [fonds] contributor: Garnett, Constance | [fonds] contributor: Poe, Ed | [fonds] contributor\_role: trl | [fonds] contributor\_role: former owner | [fonds] box: 3 | [fonds] folder: Mappe 2},
}

@unpublished{-1-day,
  title = {-1 day},
  library = {Wilson Center},
  note = {[fonds] title\_form: description},
}
"##);
}

#[test]
fn csl_json() {
    insta::assert_snapshot!(example_as(Format::CslJson), @r##"
[
{"id":"doc-203","type":"personal_communication","title":"Letter to Stalin & others","author":[{"family":"Soong","given":"T.V."},{"literal":"Ministry of Foreign Affairs"}],"recipient":[{"family":"Stalin","given":"Joseph"}],"translator":[{"family":"Garnett","given":"Constance"}],"issued":{"date-parts":[[1943,5]],"circa":true},"abstract":"One {brace}.\n\nER  - is no tag here, <b>nor</b> this.","archive":"Foreign Office Archive","archive_location":"box 3, Mappe 2","archive_collection":"Cold War","language":"Russian","keyword":"War; peace","URL":"https://example.org/?a=1&b={2}","note":"[fonds] people: Chiang Kai-shek\n[fonds] places: Peking\n[fonds] subjects: War; peace\n[fonds] source: PRC FMA 111\n[fonds] id: doc 203\n[fonds] rights: Free to read\n[fonds] creator: Soong, T.V., 1894-1971\n[fonds] creator: Ministry of Foreign Affairs\n[fonds] contributor: Garnett, Constance\n[fonds] contributor: Poe, Ed\n[fonds] contributor_role: trl\n[fonds] contributor_role: former owner\n[fonds] box: 3\n[fonds] folder: Mappe 2\n[fonds] container.box: 3\n[fonds] own.title: =SUM(A1)\n[fonds] position: 203"},
{"id":"-1-day","type":"manuscript","title":"-1 day","archive":"Wilson Center","note":"[fonds] title_form: description"}
]
"##);
}

#[test]
fn csv_table() {
    insta::assert_snapshot!(example_as(Format::Csv), @r##"
position,date,title,summary,people,places,subjects,source,id,collection,language,rights,url,creator,recipient,contributor,contributor_role,repository,box,folder,own.container.box,own.title
203,circa May 1943,Letter to Stalin & others,"One {brace}.

ER  - is no tag here, <b>nor</b> this.",Chiang Kai-shek,Peking,War; peace,PRC FMA 111,doc 203,Cold War,Russian,Free to read,https://example.org/?a=1&b={2},"Soong, T.V., 1894-1971|Ministry of Foreign Affairs","Stalin, Joseph","Garnett, Constance|Poe, Ed",trl|former owner,Foreign Office Archive,3,Mappe 2,3,'=SUM(A1)
,,'-1 day,,,,,,,,,,,,,,,,,,,
"##);
}

#[test]
fn json_lines() {
    insta::assert_snapshot!(example_as(Format::JsonLines), @r##"
{"position":203,"id":"doc 203","date":"circa May 1943","title":"Letter to Stalin & others","creator":["Soong, T.V., 1894-1971","Ministry of Foreign Affairs"],"recipient":"Stalin, Joseph","contributor":["Garnett, Constance","Poe, Ed"],"contributor_role":["trl","former owner"],"people":"Chiang Kai-shek","places":"Peking","subjects":"War; peace","collection":"Cold War","box":"3","folder":"Mappe 2","repository":"Foreign Office Archive","source":"PRC FMA 111","language":"Russian","rights":"Free to read","url":"https://example.org/?a=1&b={2}","summary":"One {brace}.\n\nER  - is no tag here, <b>nor</b> this.","own":{"container.box":"3","title":"=SUM(A1)"}}
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
creator = ["Soong, T.V., 1894-1971", "Ministry of Foreign Affairs"]
recipient = "Stalin, Joseph"
contributor = ["Garnett, Constance", "Poe, Ed"]
contributor_role = ["trl", "former owner"]
people = "Chiang Kai-shek"
places = "Peking"
subjects = "War; peace"
collection = "Cold War"
box = "3"
folder = "Mappe 2"
repository = "Foreign Office Archive"
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
- From: Soong, T.V., 1894-1971; Ministry of Foreign Affairs
- To: Stalin, Joseph
- Location: Box 3, Mappe 2 · Cold War · Foreign Office Archive
- Translator: Garnett, Constance
- Former owner: Poe, Ed
- People: Chiang Kai-shek
- Places: Peking
- Subjects: War; peace
- Source: PRC FMA 111
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
From: Soong, T.V., 1894-1971; Ministry of Foreign Affairs
To: Stalin, Joseph
Location: Box 3, Mappe 2 · Cold War · Foreign Office Archive
Translator: Garnett, Constance
Former owner: Poe, Ed
People: Chiang Kai-shek
Places: Peking
Subjects: War; peace
Source: PRC FMA 111
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
    <dc:contributor>Stalin, Joseph</dc:contributor>
    <dc:contributor>Garnett, Constance</dc:contributor>
    <dc:contributor>Poe, Ed</dc:contributor>
    <dc:subject>War; peace</dc:subject>
    <dc:coverage>Peking</dc:coverage>
    <dc:description>One {brace}.

ER  - is no tag here, &lt;b&gt;nor&lt;/b&gt; this.</dc:description>
    <dc:source>PRC FMA 111</dc:source>
    <dc:relation>Cold War</dc:relation>
    <dc:language>Russian</dc:language>
    <dc:rights>Free to read</dc:rights>
    <dc:identifier>https://example.org/?a=1&amp;b={2}</dc:identifier>
    <dc:source>Foreign Office Archive</dc:source>
    <dc:date>circa May 1943</dc:date>
    <dc:publisher>Digital Archive</dc:publisher>
    <dc:description>people: Chiang Kai-shek</dc:description>
    <dc:description>contributor_role: trl</dc:description>
    <dc:description>contributor_role: former owner</dc:description>
    <dc:description>box: 3</dc:description>
    <dc:description>folder: Mappe 2</dc:description>
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
    for first_character in [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
        "a;=",
        "a\t@",
        " =",
        "\u{a0}＝",
        "\u{3000}+",
        "\u{feff}@",
        "'=",
        "\n=",
    ] {
        let mut record = Record::default();
        record.values.push((Field::Title, format!("{first_character}1+1")));
        record.own.push((format!("{first_character}own").into(), format!("{first_character}2")));
        let table = export(Format::Csv, &[], &[record]);
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        for cell in rows
            .records()
            .flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
        {
            for part in cell.split([';', '\t']) {
                let formula = ['=', '+', '-', '@', '\r', '\n', '＝', '＋', '－', '＠'];
                let part = part.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}']);
                assert!(!part.starts_with(formula), "{cell:?}");
            }
        }
    }
}

/// Values that must not leave their field or become markup.
const HOSTILE_VALUES: [&str; 12] = [
    "a\rER  - \rTY  - BOOK",
    "a\u{2028}ER  - \u{2028}TY  - BOOK",
    "a\u{b}TI  - b\u{c}TI  - c\u{85}TI  - d",
    "a\nTI  - b",
    "[fonds] title: not the title",
    "title: not the title",
    "a | [fonds] title: not the title | b",
    "},\n  title = {not the title",
    "a and b = c and others",
    "[click](javascript:alert(1))://x",
    "a;=1;\t@b",
    "<script>x</script> &amp; `code` **b**",
];

#[test]
fn no_value_leaves_its_field() {
    for value in HOSTILE_VALUES {
        let mut record = Record::default();
        record.push(Field::Title, "The title");
        let one_value = |field: &Field| {
            ![Field::Title, Field::Contributor, Field::ContributorRole].contains(field)
        };
        for field in Field::ALL.iter().filter(|field| one_value(field)) {
            record.push(*field, value);
        }
        record.push_contributor(value, value);
        record.own.push(("N1".into(), value.to_owned()));
        record.own.push(("note".into(), value.to_owned()));
        record.own.push((value.into(), "b".to_owned()));
        for format in Format::all().filter(|format| !format.preserved_fields().is_empty()) {
            let text = export(format, &[], &[record.clone()]);
            let mut collected = CollectingSink::default();
            let read_format = read::Format::from_name(format.name());
            read::read("a", read_format, &mut text.as_bytes(), &mut collected).expect("bytes");
            let titles: Vec<_> = collected.records.iter().map(Record::title).collect();
            assert_eq!(titles, [Some("The title")], "{value:?} as {}:\n{text}", format.name());
        }
        let ris = export(Format::Ris, &[], &[record.clone()]);
        let ends = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
        assert!(!ris.contains(ends), "{ris}");
        let mut lines = ris.lines().filter(|line| !line.is_empty());
        assert!(lines.all(|line| line.get(2..6) == Some("  - ")), "{ris}");
    }
}

#[test]
fn markdown_links_only_web_addresses() {
    for (url, expected) in [
        ("https://a.example/x", "<https://a.example/x>"),
        ("HTTP://a.example/x y", "<HTTP://a.example/x%20y>"),
        ("https://a.example/>b<c", "<https://a.example/%3Eb%3Cc>"),
        ("javascript:alert(1)", "`javascript:alert(1)`"),
        ("[click](javascript:alert(1))://x", "`[click](javascript:alert(1))://x`"),
        ("ftp://a.example/x", "`ftp://a.example/x`"),
        ("data:text/html,<b>", "`data:text/html,<b>`"),
        ("`x`", "`` `x` ``"),
        ("a``b", "```a``b```"),
    ] {
        let mut record = Record::default();
        record.push(Field::Url, url);
        let text = export(Format::Markdown, &[], &[record]);
        assert!(text.contains(&format!("- URL: {expected}\n")), "{text}");
    }
}

/// The fields of Zotero's manuscripts and letters, by tag (its translator for RIS).
const ZOTERO_TAGS: [(&str, &str); 16] = [
    ("A2", "creators"),
    ("A4", "creators"),
    ("AB", "abstractNote"),
    ("AN", "archiveLocation"),
    ("AU", "creators"),
    ("CN", "callNumber"),
    ("DA", "date"),
    ("DB", "archive"),
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
            let single = ["TI", "DA", "PY", "DB", "AN", "AB", "LA"].contains(&tag.as_str());
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
        for (read, written) in collected.records.iter().zip(&records) {
            assert!(read.containers().eq(written.containers()), "{}: {written:?}", format.name());
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

#[test]
fn record_with_many_own_fields_is_written_in_linear_time() {
    let own: String = (0..40_000).fold(String::new(), |mut text, number| {
        let _ = write!(text, ", \"f{number}\": \"v{number}\"");
        text
    });
    let folder =
        TestFolder::with_files(&[("a.jsonl", format!("{{\"title\": \"A\"{own}}}\n").as_bytes())]);
    let start = std::time::Instant::now();
    for format in ["jsonl", "csv"] {
        let result = folder.run(&["export", "a.jsonl", "--format", format]);
        assert!(result.stdout.contains("v39999"), "{format}: {}", result.stderr);
    }
    // With a search for each name among all, it takes minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
