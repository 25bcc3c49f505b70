//! JSON, XML and TEI of shapes that are not known by name: which records are found, and what their names
//! mean. The structures are those of real services and programs, the contents are invented.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use fonds::formats::read::{self, ReadOptions};
use fonds::formats::write;
use fonds::load::page_merger::{MergedPages, PageMerger};
use proptest::prelude::*;

/// Parses bytes as a file of this name.
fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read_with(name, options, &mut &bytes[..], &mut merger).unwrap();
    merger.finish()
}

/// The records as JSON Lines, then the problems.
fn render(merged: &MergedPages) -> String {
    let mut text = Vec::new();
    for sourced in &merged.records {
        write::write_object(&mut text, &sourced.record).unwrap();
        text.push(b'\n');
    }
    let mut text = String::from_utf8(text).unwrap();
    for problem in &merged.problems {
        writeln!(text, "! {problem}").unwrap();
    }
    text
}

/// The files of this test, in the order of their names.
fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_trees");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn trees_of_any_shape_give_their_records() {
    let mut all = String::new();
    for file in fixtures() {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&file).unwrap();
        let merged = read_bytes(&name, &bytes, &ReadOptions::default());
        write!(all, "== {name}\n{}", render(&merged)).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn user_names_the_list_and_the_fields() {
    let json =
        br#"{"things": [{"a": "Letter", "b": "12 July 1945"}], "others": [{"title": "No"}]}"#;
    let mut options = ReadOptions { records: Some("things".to_owned()), ..ReadOptions::default() };
    options.add_columns("title=a,date=b").unwrap();
    let merged = read_bytes("things.json", json, &options);
    assert_eq!(merged.records.len(), 1);
    assert_eq!(merged.records[0].record.title(), Some("Letter"));
    assert_eq!(merged.records[0].record.date.short(), "1945-07-12");

    // A list of persons in a record is none of records, unless the user says so.
    let nested = br#"[{"title": "Letter", "date": "1945", "authors": [{"name": "Keller"}, {"name": "Weidl"}]}]"#;
    let of_authors =
        ReadOptions { records: Some("[].authors".to_owned()), ..ReadOptions::default() };
    assert_eq!(read_bytes("a.json", nested, &of_authors).records.len(), 2);

    options.columns = vec![("title".to_owned(), "c".to_owned())];
    let merged = read_bytes("things.json", json, &options);
    assert!(merged.records.is_empty());
    assert!(merged.problems[0].message.contains("“a”, “b”"), "{}", merged.problems[0]);

    let options = ReadOptions { records: Some("nothing".to_owned()), ..ReadOptions::default() };
    let merged = read_bytes("things.json", json, &options);
    assert!(merged.records.is_empty());
    assert!(merged.problems[0].message.contains("“things”"), "{}", merged.problems[0]);
}

#[test]
fn names_that_user_gave_find_the_list() {
    let mut options = ReadOptions::default();
    options.add_columns("title=kop").unwrap();
    let list = r#"[{"kop": "Brief"}, {"kop": "Haven"}]"#;
    for (name, text) in [
        ("a.json", list.to_owned()),
        ("a.json", format!(r#"{{"a": {list}, "b": [{{"title": "No", "date": "1945"}}]}}"#)),
        ("a.jsonl", "{\"kop\": \"Brief\"}\n{\"kop\": \"Haven\"}\n".to_owned()),
    ] {
        let merged = read_bytes(name, text.as_bytes(), &options);
        let titles: Vec<_> = merged.records.iter().map(|it| it.record.title()).collect();
        assert_eq!(titles, [Some("Brief"), Some("Haven")], "{text}");
    }
}

#[test]
fn days_in_another_form_are_compared_with_the_text() {
    for (begin, end, differs) in [
        ("31/12/1902", "31.12.1904", false),
        ("31/12/1912", "31.12.1914", true),
        // Either number may be the month.
        ("12/07/1912", "12/08/1914", false),
    ] {
        let texts = format!("1902-1904,{begin},{end}");
        let table = format!("Title,Date,Start date,End date\nLetter,{texts}\n");
        let json = format!(
            r#"[{{"title": "Letter", "date": "1902-1904", "startDate": "{begin}", "endDate": "{end}", "x": 1}}]"#
        );
        for (name, text) in [("a.csv", table), ("a.json", json)] {
            let merged = read_bytes(name, text.as_bytes(), &ReadOptions::default());
            let record = &merged.records[0].record;
            let is_said = merged.problems.iter().any(|it| it.message.contains("differs"));
            assert_eq!(is_said, differs, "{name}: {texts}: {:?}", merged.problems);
            let kept: Vec<&str> = record.own.iter().map(|(_, text)| text.as_str()).collect();
            assert!(kept.contains(&begin) && kept.contains(&end), "{kept:?}");
        }
    }
}

#[test]
fn markup_in_values_is_shown_as_text() {
    for (html, text) in [
        (
            "<p>Dear <b>Jonas</b>,<br>the harvest</p><script>x()</script>",
            "Dear Jonas,\nthe harvest",
        ),
        ("<style>p {}</style><p>On mills</p>", "On mills"),
        ("<script>never closed</p>", "<script>never closed</p>"),
    ] {
        let json = serde_json::json!([{"name": "Letter", "created": "1945", "body": html}]);
        let merged = read_bytes("a.json", json.to_string().as_bytes(), &ReadOptions::default());
        let record = &merged.records[0].record;
        assert_eq!(record.first(fonds::record::Field::Summary), Some(text));
    }
}

#[test]
fn finding_aids_in_sgml_are_read() {
    let sgml = r#"<!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd//EN" [<!ENTITY x "y">]>
<EAD><EADHEADER AUDIENCE=internal><EADID>k</EADID></EADHEADER>
<ARCHDESC LEVEL=collection LANGMATERIAL='eng'><DID><UNITTITLE>Keller<LB>papers</UNITTITLE></DID>
<DSC TYPE="combined"><!-- <C01> --><C01 LEVEL=item><DID><UNITTITLE>Letter</UNITTITLE>
<UNITDATE NORMAL="19450712">12 July 1945</UNITDATE></DID></C01></DSC></ARCHDESC></EAD>"#;
    let merged = read_bytes("a.sgm", sgml.as_bytes(), &ReadOptions::default());
    let records: Vec<_> = merged.records.iter().map(|it| &it.record).collect();
    assert_eq!(records.len(), 2, "{:?}", merged.problems);
    assert_eq!(records[1].title(), Some("Letter"));
    assert_eq!(records[1].date.short(), "1945-07-12");
    let level =
        |at: usize| records[at].own.iter().find(|(name, _)| name == "level").unwrap().1.clone();
    assert_eq!([level(0), level(1)], ["collection", "item"]);
    assert_eq!(merged.problems.len(), 1, "{:?}", merged.problems);
    assert!(merged.problems[0].message.contains("SGML"));
}

#[test]
fn records_behind_the_sample_are_read_too() {
    let filler = "x".repeat(2_000);
    let items: Vec<String> = (0..2_000)
        .map(|at| {
            format!(r#"{{"name": "Letter {at}", "created": "1945-07-12", "text": "{filler}"}}"#)
        })
        .collect();
    let json = format!(r#"{{"total": 2000, "response": {{"docs": [{}]}}}}"#, items.join(",\n"));
    let merged = read_bytes("many.json", json.as_bytes(), &ReadOptions::default());
    assert_eq!(merged.records.len(), 2_000);
    assert_eq!(merged.records[1_999].record.title(), Some("Letter 1999"));
    let lines = items.join("\n");
    let merged = read_bytes("many.jsonl", lines.as_bytes(), &ReadOptions::default());
    assert_eq!(merged.records.len(), 2_000);
}

/// Any JSON value, with keys that programs use.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[ -~]{0,12}|1945-07-12|Keller, Anna|https://a\\.example/1".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 48, 5, |inner| {
        let key = "title|date|id|name|data|records|en|value|@value|label|role|year|month|count|[a-z]{1,5}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::Array),
            prop::collection::vec((key, inner), 0..5)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_text_of_a_record_is_kept(items in prop::collection::vec(any_json(), 1..4)) {
        let mut records = Vec::new();
        for item in items {
            records.push(serde_json::json!({"title": "Letter", "date": "1945-07-12", "extra": item}));
        }
        let json = serde_json::json!({"list": records}).to_string();
        let merged = read_bytes("list.json", json.as_bytes(), &ReadOptions::default());
        prop_assert_eq!(merged.records.len(), records.len());
        for (sourced, item) in merged.records.iter().zip(&records) {
            let record = &sourced.record;
            let mut kept: Vec<&str> = record.values.iter().map(|(_, text)| text.as_str()).collect();
            kept.extend(record.own.iter().map(|(_, text)| text.as_str()));
            kept.push(&record.date.text);
            for text in texts(item) {
                // Names are parted at semicolons.
                let is_kept = |part: &str| kept.iter().any(|kept| kept.contains(part.trim()));
                let found = text.split(';').all(is_kept);
                prop_assert!(found, "{text:?} of {item} is not in {record:?}");
            }
        }
    }

    #[test]
    fn no_json_panics(json in any_json(), cut in 0_usize..200) {
        let text = json.to_string();
        read_bytes("any.json", text.as_bytes(), &ReadOptions::default());
        let cut = text.floor_char_boundary(cut.min(text.len()));
        read_bytes("any.json", &text.as_bytes()[..cut], &ReadOptions::default());
    }
}

/// The texts in a value, without numbers, which may be parts of a date.
fn texts(value: &serde_json::Value) -> Vec<&str> {
    match value {
        serde_json::Value::String(text) if !text.trim().is_empty() => vec![text],
        serde_json::Value::Array(values) => values.iter().flat_map(texts).collect(),
        // The label of a value is a name.
        serde_json::Value::Object(object) => {
            let is_label = |key: &str| {
                ["label", "name", "role"].contains(&key) && object.contains_key("value")
            };
            let parts = object.iter().filter(|(key, _)| !is_label(key));
            parts.flat_map(|(_, value)| texts(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// Files with items that are no records, and the line about the file.
const COUNTED: &[(&str, &str, &str)] = &[
    (
        "graph.json",
        r#"{"@graph": [{"@type": "WebSite", "name": "Archive"}, {"name": "A", "dateCreated": "1945"},
            {"name": "B", "dateCreated": "1946"}]}"#,
        "2 records under “@graph”",
    ),
    (
        "empty.json",
        r#"{"letters": [{"title": "A", "date": "1945"}, {}, {"title": "B", "date": "1946"}]}"#,
        "2 records under “letters”",
    ),
    (
        "broken.json",
        r#"{"letters": [{"title": "A", "date": "1945"}, {"title": nothing}, {"title": "B", "date": "1946"}]}"#,
        "2 records under “letters”",
    ),
    (
        "broken.jsonl",
        "{\"name\": \"A\", \"dated\": \"1945\"}\n{\"name\": \n{\"name\": \"B\", \"dated\": \"1946\"}\n",
        "2 records",
    ),
    (
        "empty.xml",
        "<letters><letter><title>A</title><date>1945</date></letter><letter/><letter><title>B</title>\
         <date>1946</date></letter></letters>",
        "2 records under “letter”",
    ),
];

#[test]
fn records_are_counted_without_what_was_left_out() {
    for (name, text, expected) in COUNTED {
        let merged = read_bytes(name, text.as_bytes(), &ReadOptions::default());
        assert_eq!(merged.records.len(), 2, "{name}");
        let is_said = |problem: &fonds::record::Problem| {
            problem.message.starts_with(expected)
                && problem.message.contains("1 item that is no record was left out")
        };
        assert!(merged.problems.iter().any(is_said), "{name}: {:#?}", merged.problems);
    }
}

#[test]
fn long_value_round_the_records_is_passed_over_and_named() {
    let others = r#"{"a": [1, 2, {"b": "x"}]},"#.repeat(60_000);
    let json = format!(
        r#"{{"letters": [{{"title": "A", "date": "1945"}}, {{"title": "B", "date": "1946"}}], "register": [{others} 0]}}"#
    );
    let merged = read_bytes("a.json", json.as_bytes(), &ReadOptions::default());
    assert_eq!(merged.records.len(), 2);
    let line = merged.problems.last().map(|problem| problem.message.clone()).unwrap_or_default();
    assert!(line.ends_with("; in no record: “register”"), "{line}");
}
