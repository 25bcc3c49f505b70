//! A record is recognised by what its file says, however a parser reads it.

use std::fs;
use std::path::PathBuf;

use fonds::formats::read::ReadOptions;
use fonds::load::{self, Input};
use fonds::query::RecordHandle;
use fonds::record::Record;
use fonds::store::Store;
use fonds::tui::runtime::saved_marks::{Extent, SavedEntry, SavedMarks, new_entries};
use fonds::userdata::mark_entry::MarkEntry;

/// Writes a file into a new folder and opens it.
fn open(name: &str, text: &str) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let store = load::read_all(&[Input::Path(path)], &ReadOptions::default()).0;
    (folder, store)
}

fn records(name: &str, text: &str) -> Vec<Record> {
    let (_folder, store) = open(name, text);
    (0..u32::try_from(store.len()).unwrap())
        .map(|it| store.record(RecordHandle(it)).unwrap())
        .collect()
}

/// An EAD file whose collection has these components.
fn finding_aid(header: &str, components: &str) -> String {
    format!(
        "<ead><eadheader><eadid>K1</eadid>{header}</eadheader><archdesc level=\"fonds\"><did>\
         <unittitle>Papers of the ferry office</unittitle></did><dsc>{components}</dsc></archdesc></ead>"
    )
}

/// The same texts in other fields: what a parser that knows more would make of a file.
#[test]
fn same_texts_in_other_fields_have_the_same_hash() {
    let dublin_core = |name: &str| {
        format!(
            "<records xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><record><dc:title>Ferry log</dc:title>\
             <dc:{name}>1951</dc:{name}></record></records>"
        )
    };
    let mods = |name: &str| {
        format!(
            "<mods xmlns=\"http://www.loc.gov/mods/v3\"><titleInfo><title>Ferry log</title></titleInfo>\
             <originInfo><{name}>1951</{name}></originInfo></mods>"
        )
    };
    let component = |kind: &str| {
        finding_aid(
            "",
            &format!(
                "<c level=\"file\"><did><unittitle>Logs</unittitle><{kind}>1900-1950</{kind}>\
             <{kind}>1920-1930</{kind}></did></c>"
            ),
        )
    };
    let cases = [
        ("a.csv", "title,Datum\nFerry log,1951\n".to_owned(), "title,Remark\nFerry log,1951\n".to_owned()),
        ("a.tsv", "title\tdate\nFerry log\t1951\n".to_owned(), "Remark\ttitle\n1951\tFerry log\n".to_owned()),
        ("a.jsonl", "{\"title\":\"Ferry log\",\"date\":1951}\n".to_owned(), "{\"box\": \"1951\",\"heading\":\"Ferry log\"}\n".to_owned()),
        ("a.json", "[{\"title\":\"Ferry log\",\"date\":\"1951\"}]".to_owned(), "[\n {\"name\":\" Ferry log\",\"when\":{\"first\":1951}}]".to_owned()),
        ("archive.toml", "[[record]]\ntitle = 'Ferry log'\ndate = 1951\n".to_owned(), "[[record]]\nname = ['Ferry log']\nwhen = '1951'\n".to_owned()),
        ("a.ris", "TY  - MANSCPT\nTI  - Ferry log\nDA  - 1951\nER  - \n".to_owned(), "TY  - MANSCPT\nC3  - Ferry log\nM1  - 1951\nER  - \n".to_owned()),
        ("a.xml", dublin_core("date"), dublin_core("coverage")),
        ("a.xml", mods("dateCreated"), mods("edition")),
        ("a.xml", component("unitdate"), component("physdesc")),
        ("a.txt", "1 - 2 of 2\n\nMarch 2, 1951\nFerry log\nA long note about the ferry.\n\nMarch 3, 1951\nMap\n".to_owned(),
         "1 - 2 of 2\n\nMarch 2, 1951\nFerry log A long\nnote about the ferry.\n\nMarch 3, 1951\nMap\n".to_owned()),
    ];
    for (name, one, other) in cases {
        let (one, other) = (records(name, &one), records(name, &other));
        let at = one.len() - 1;
        assert_eq!(one.len(), other.len(), "{name}");
        let pair = if name == "a.txt" { (&one[0], &other[0]) } else { (&one[at], &other[at]) };
        assert_ne!(pair.0, pair.1, "{name}: the parser reads both alike");
        assert!(pair.0.source_hash.get().is_some(), "{name}");
        assert_eq!(pair.0.source_hash, pair.1.source_hash, "{name}");
    }
}

#[test]
fn hash_is_of_the_record_alone() {
    let child = "<c level=\"item\"><did><unittitle>Log of June</unittitle></did></c>";
    let parent = |child: &str| {
        format!(
            "<c id=\"p\" level=\"file\"><did><unittitle>Logs</unittitle></did>{child}<odd><p>Wet.</p></odd></c>"
        )
    };
    let hash_of = |records: &[Record], title: &str| {
        records.iter().find(|it| it.title() == Some(title)).unwrap().source_hash
    };
    let alone = records("a.xml", &finding_aid("", child));
    let nested = records(
        "a.xml",
        &finding_aid("<profiledesc><creation>1999</creation></profiledesc>", &parent(child)),
    );
    let other = child.replace("June", "July");
    let changed = records("a.xml", &finding_aid("", &parent(&other)));
    assert_eq!(hash_of(&alone, "Log of June"), hash_of(&nested, "Log of June"));
    assert_eq!(hash_of(&nested, "Logs"), hash_of(&changed, "Logs"));
    assert_ne!(hash_of(&nested, "Log of June"), hash_of(&changed, "Log of July"));
    let collection = "Papers of the ferry office";
    assert_eq!(hash_of(&alone, collection), hash_of(&changed, collection));
    let page = |date: &str| {
        format!(
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>{date}</responseDate><ListRecords><record><header><identifier>1</identifier></header><metadata><dc xmlns=\"http://purl.org/dc/elements/1.1/\"><title>Ferry log</title></dc></metadata></record></ListRecords></OAI-PMH>"
        )
    };
    let (one, other) =
        (records("a.xml", &page("2001-01-01")), records("a.xml", &page("2002-02-02")));
    assert_eq!(one[0].source_hash, other[0].source_hash);
}

/// What an older or a newer parser may have made of the record that was marked.
fn read_differently(entry: &MarkEntry) -> Vec<MarkEntry> {
    let content = entry.content.map(|hash| hash ^ 1);
    let date = "1900-1950, 1920-1930".to_owned();
    vec![
        MarkEntry { date: date.clone(), ..entry.clone() },
        MarkEntry { title: "Logs. 1900-1950".to_owned(), ..entry.clone() },
        MarkEntry { id: Some("did-7".to_owned()), ..entry.clone() },
        MarkEntry { title: String::new(), date, content, id: None, ..entry.clone() },
    ]
}

fn found(store: &Store, entry: MarkEntry) -> Vec<u32> {
    let entry = MarkEntry { marked: true, ..entry };
    let mut saved = SavedMarks::default();
    saved.entries.push(SavedEntry { path: PathBuf::new(), entry });
    saved.find_records(store, Extent::All).user_marks.marked.iter().map(|it| it.0).collect()
}

#[test]
fn mark_is_found_however_the_record_was_read() {
    let text = finding_aid(
        "",
        "<c level=\"file\"><did><unittitle>Logs</unittitle>\
        <unitdate type=\"inclusive\">1900-1950</unitdate><unitdate type=\"bulk\">1920-1930</unitdate></did></c>\
        <c level=\"file\"><did><unittitle>Maps</unittitle><unitdate>1910</unitdate></did></c>",
    );
    let (folder, store) = open("a.xml", &text);
    let entry = new_entries(&store, &[RecordHandle(1)]).remove(0);
    assert!(entry.source.is_some());
    for entry in read_differently(&entry) {
        assert_eq!(found(&store, entry.clone()), [1], "{entry:?}");
        let (title, date) = ("Map".to_owned(), "1800".to_owned());
        let other = MarkEntry { source: None, title, date, ..entry };
        assert_eq!(found(&store, other), [0_u32; 0]);
    }
    // When its file is renamed, too.
    fs::rename(folder.path().join("a.xml"), folder.path().join("b.xml")).unwrap();
    let path = Input::Path(folder.path().join("b.xml"));
    let renamed = load::read_all(&[path], &ReadOptions::default()).0;
    for entry in read_differently(&entry).into_iter().take(3) {
        assert_eq!(found(&renamed, entry.clone()), [1], "{entry:?}");
    }
}

#[test]
fn same_text_of_two_records_proves_nothing() {
    let component = |title: &str, child: &str| {
        format!("<c level=\"series\"><did><unittitle>{title}</unittitle></did>{child}</c>")
    };
    let twin =
        "<c level=\"item\"><did><unittitle>Letter</unittitle><unitdate>1951</unitdate></did></c>";
    let series = [component("Ferries", twin), component("Harbours", twin)];
    let (_folder, store) = open("a.xml", &finding_aid("", &series.concat()));
    let letters: Vec<u32> = (0..u32::try_from(store.len()).unwrap())
        .filter(|it| store.record(RecordHandle(*it)).unwrap().title() == Some("Letter"))
        .collect();
    assert_eq!(letters.len(), 2);
    for number in letters {
        let entry = new_entries(&store, &[RecordHandle(number)]).remove(0);
        assert_eq!(entry.source, None);
        assert_eq!(found(&store, entry), [number]);
    }
}
