//! What fonds writes and reads again is the same: boxes with their folders, names of own fields, control
//! characters. And what tables of others say in columns that belong together.

use fonds::formats::read;
use fonds::formats::write::{Format, RecordStream, has_controls};
use fonds::load::page_merger::{MergedPages, PageMerger};
use fonds::record::{ArchiveId, Date, Field, OwnName, Record, SourcedRecord};
use proptest::prelude::*;

use crate::write_archive_toml::hard_to_quote;

/// Parses a file from memory.
fn read_file(name: &str, bytes: &[u8]) -> MergedPages {
    let mut merger = PageMerger::new();
    read::read(name, None, &mut &*bytes, &mut merger).unwrap();
    merger.finish()
}

/// Writes records.
fn write(format: Format, records: &[Record]) -> Vec<u8> {
    let sourced =
        |record: &Record| SourcedRecord { archive: ArchiveId::default(), record: record.clone() };
    let mut bytes = Vec::new();
    let stream = RecordStream { archives: &[], records: &mut records.iter().map(sourced) };
    format.write(&mut bytes, stream).unwrap();
    bytes
}

/// Writes records and reads them again.
fn write_and_read(format: Format, records: &[Record]) -> Vec<Record> {
    let bytes = write(format, records);
    let merged = read_file(&format!("again.{}", format.endings()[0]), &bytes);
    let text = String::from_utf8_lossy(&bytes);
    assert_eq!(merged.records.len(), records.len(), "{}: {text}", format.name());
    merged.records.into_iter().map(|sourced| sourced.record).collect()
}

/// The formats that keep boxes and folders.
fn keeping_formats() -> impl Iterator<Item = Format> {
    Format::all().filter(|format| format.preserved_fields().contains(&Field::Box))
}

/// A record with containers: `b1 / f2 / cReel 3` is box 1, folder 2, reel 3.
fn record_of_containers(text: &str) -> Record {
    let mut record = Record::default();
    record.push(Field::Title, "Letter");
    for container in text.split(" / ").filter(|text| !text.is_empty()) {
        let (field, value) = container.split_at(1);
        let fields = [("b", Field::Box), ("f", Field::Folder), ("c", Field::Container)];
        record.push(fields.iter().find(|(key, _)| *key == field).unwrap().1, value);
    }
    record
}

/// A text with single spaces for white space, which reference lists do not keep.
fn with_single_spaces(text: &str) -> String {
    let words = text
        .split(|letter: char| letter.is_whitespace() || ('\u{1c}'..='\u{1e}').contains(&letter));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The boxes and folders of a record.
fn containers(record: &Record) -> Vec<(Field, String)> {
    record.containers().map(|(field, value)| (field, with_single_spaces(value))).collect()
}

/// Boxes and folders in the order of a file.
const CONTAINERS: [&str; 22] = [
    "cReel 1 / cFrame 2",
    "cShelf 4 / b3 / f2",
    "b3 / f2 / cItem 9",
    "b1 / cReel 4 / b2 / f9 / cReel 5",
    "cMap case 3 / cDrawer 4 / f1",
    "cOversize / b1 / f2 / b3 / f4",
    "b1 / f2 / b3 / f4",
    "b1 / f2 / f3 / b4 / f5",
    "b1 / f2 / b3",
    "b1 / b2 / f3",
    "b1 / b2 / f3 / f4",
    "b1 / f2 / f3",
    "f2 / b1",
    "f1 / b2 / f3 / b4",
    "f1 / f2",
    "b1 / b2",
    "b1 / f2 / b1 / f3",
    "bKarton 1 / fMappe 2 / bSchachtel 3 / fMappe 4",
    "bOversize / fLetters A-B, C / b2 / fx|y",
    "bBox 1 / ffolder 2 / bbox 3 / fFolder 4",
    "bMap 1 / fTS 2 / b|| / fNULL",
    "ba, box 2 / fb\nfolder 3 / bc; box 4 / f\\|",
];

#[test]
fn folders_stay_in_their_boxes() {
    let records: Vec<Record> = CONTAINERS.iter().map(|text| record_of_containers(text)).collect();
    for format in keeping_formats() {
        for (record, read) in records.iter().zip(write_and_read(format, &records)) {
            assert_eq!(containers(record), containers(&read), "{}", format.name());
        }
    }
}

/// What tables and files of others say about boxes and folders, and how it is read.
const LISTED: [(&str, &str, &str); 8] = [
    ("a.csv", "title,box,folder\nA,1|3,2|4\n", "box 1, folder 2, box 3, folder 4"),
    ("b.csv", "title,folder,box\nA,2|4,1|3\n", "box 1, folder 2, box 3, folder 4"),
    ("c.csv", "title,box,folder\nA,1|3,4\n", "box 1, box 3, folder 4"),
    ("d.csv", "title,box,folder\nA,|3,2|4\n", "box 3, folder 2, folder 4"),
    (
        "e.csv",
        "title,box_1,folder_1,box_2,folder_2\nA,1,2,3,4\n",
        "box 1, folder 2, box 3, folder 4",
    ),
    (
        "f.csv",
        "title,date,creator,summary,type_1,indicator_1,type_2,indicator_2,type_3,indicator_3\nA,1950,B,C,Box,1,Folder,2,Folder,3\n",
        "box 1, folder 2, folder 3",
    ),
    ("g.jsonl", r#"{"title": "A", "box": "", "folder": "2"}"#, "folder 2"),
    (
        "h.toml",
        "[[record]]\ntitle = 'A'\nbox = ['1', '', '3']\nfolder = ['', '2', '4']\n",
        "box 1, folder 2, box 3, folder 4",
    ),
];

#[test]
fn listed_folders_belong_to_the_boxes_beside_them() {
    for (name, text, expected) in LISTED {
        let merged = read_file(name, text.as_bytes());
        let record = &merged.records[0].record;
        let found: Vec<String> =
            record.containers().map(|(field, value)| format!("{} {value}", field.key())).collect();
        assert_eq!(found.join(", "), expected, "{name}");
        assert!(record.values.iter().all(|(_, value)| !value.is_empty()), "{name}");
        assert_eq!(merged.problems, [], "{name}");
    }
}

/// Names of own fields that tables, notes or archive files could take for something else.
const OWN_NAMES: [&str; 60] = [
    "genre",
    "author",
    "sender",
    "editor",
    "translator",
    "abstract",
    "date",
    "position",
    "title",
    "Title",
    "TITLE ",
    " lead",
    "name",
    "names",
    "creator",
    "creator_role",
    "person_1",
    "person_1_role",
    "role",
    "Box",
    "box number",
    "Karton",
    "Mappe",
    "topic",
    "subject_type",
    "type",
    "indicator",
    "container_type",
    "top_container_indicator",
    "physicalObjectName",
    "physicalObjectType",
    "legacyId",
    "parentId",
    "levelOfDescription",
    "unitid",
    "refid",
    "own",
    "own.",
    "own.own",
    "own.title",
    "own.a",
    "begin",
    "date_2_end",
    "date_edtf",
    "Date type",
    "people_agent_header_1",
    "people_agent_role_1",
    "eventActors",
    "eventTypes",
    "ArchivesSpace field code",
    "Field name",
    "name_kind.other",
    "column 3",
    "NULL",
    "=1+1",
    "'=1",
    "a|b;c",
    "編",
    "[fonds] x",
    "source.url",
];

/// Whether an own field is one that the format itself adds: the type of a reference, the year.
fn is_added(name: &str) -> bool {
    ["TY", "PY", "title_form"].contains(&name)
}

/// The own fields of a record that the format did not add, sorted.
fn own_fields(record: &Record) -> Vec<(OwnName, String)> {
    let mut own = record.own.clone();
    own.retain(|(name, _)| !is_added(name));
    // Reference lists have single spaces between words.
    for (_, value) in &mut own {
        *value = with_single_spaces(value);
    }
    own.sort();
    own
}

#[test]
fn own_fields_keep_their_names() {
    let mut all = Record { date: Date::parse("1950"), ..Record::default() };
    all.push(Field::Title, "Letter");
    all.push(Field::Creator, "Roth, Ida");
    all.push(Field::People, "Kern, Max");
    all.push(Field::Subjects, "Ferries");
    all.own = OWN_NAMES.iter().map(|name| ((*name).into(), format!("of {name}"))).collect();
    let mut records = vec![all.clone()];
    records.extend(OWN_NAMES.iter().map(|name| {
        let mut record = Record::default();
        record.push(Field::Title, "Letter");
        record.own.push(((*name).into(), "geographic".to_owned()));
        record
    }));
    for format in keeping_formats() {
        let added: &[&str] = match format {
            Format::BibLatex | Format::CslJson => &["type"],
            _ => &[],
        };
        for (record, read) in records.iter().zip(write_and_read(format, &records)) {
            let mut read_own = own_fields(&read);
            let has = |name: &str| record.own.iter().any(|(own, _)| own == name);
            read_own.retain(|(name, _)| has(name) || !added.contains(&name.as_str()));
            assert_eq!(own_fields(record), read_own, "{}", format.name());
            for field in
                [Field::Title, Field::Creator, Field::People, Field::Subjects, Field::Places]
            {
                assert!(
                    record.all(field).eq(read.all(field)),
                    "{} in {}",
                    field.key(),
                    format.name()
                );
            }
        }
    }
}

#[test]
fn tables_of_others_keep_their_columns() {
    let text = "title,own.title,own.note,sender\nA,B,C,Roth\n";
    let record = &read_file("a.csv", text.as_bytes()).records[0].record;
    let own = [("own.title", "B"), ("own.note", "C")];
    assert_eq!(record.own, own.map(|(name, value)| (name.into(), value.to_owned())));
    assert!(record.all(Field::Creator).eq(["Roth"]));
}

/// Texts with control characters.
const CONTROLS: [&str; 8] = [
    "a\0b",
    "\0",
    "x\u{1}y\u{2}z",
    "tab\tline\nend",
    "\u{1b}[31mred",
    "a\u{b}b\u{c}c\u{1c}d\u{1d}e\u{1e}f\u{1f}",
    "\u{8}\u{7f}\u{85}",
    "ER  - \0",
];

/// Records with these texts in their fields.
fn records_of_controls() -> Vec<Record> {
    let record = |(at, text): (usize, &&str)| {
        let mut record = Record { date: Date::parse("1950"), ..Record::default() };
        for field in
            [Field::Title, Field::Creator, Field::Box, Field::Subjects, Field::Url, Field::Summary]
        {
            record.push(field, &format!("t{text}t"));
        }
        record.own.push(("note".into(), format!("n{text}n")));
        record.own.push((format!("k{}k", CONTROLS[at]).into(), "v".to_owned()));
        record
    };
    CONTROLS.iter().enumerate().map(record).collect()
}

#[test]
fn control_characters_break_nothing_and_are_not_lost() {
    let records = records_of_controls();
    assert_eq!(records.iter().filter(|record| has_controls(record)).count(), 7);
    for format in Format::all() {
        let bytes = write(format, &records);
        let is_raw = |byte: &u8| *byte < b' ' && !b"\t\n\r".contains(byte);
        assert!(!bytes.iter().any(is_raw), "{}", format.name());
        if !format.holds_controls() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(text.contains('␀') && text.contains('␁'), "{}: {text}", format.name());
        }
    }
    for format in keeping_formats() {
        let is_table = format == Format::Csv;
        for (record, read) in records.iter().zip(write_and_read(format, &records)) {
            for field in [Field::Title, Field::Creator, Field::Box, Field::Subjects] {
                let words = |text: &str| {
                    let text = if is_table { with_signs(text) } else { text.to_owned() };
                    with_single_spaces(&text)
                };
                let before: Vec<String> = record.all(field).map(words).collect();
                let after: Vec<String> = read.all(field).map(words).collect();
                assert_eq!(before, after, "{} of {}", field.key(), format.name());
            }
        }
    }
}

/// A text as tables keep it: with signs for control characters.
fn with_signs(text: &str) -> String {
    let sign = |letter: char| match u32::from(letter) {
        9 | 10 | 13 => letter,
        code @ 0..32 => char::from_u32(0x2400 + code).unwrap(),
        _ => letter,
    };
    text.chars().map(sign).collect()
}

#[test]
fn one_control_character_makes_no_text_unreadable() {
    for (name, text) in [
        ("a.ris", "TY  - PCOMM\nTI  - A letter\0\nAU  - Roth, Ida\nER  - \n"),
        ("b.csv", "title,date,creator\nA letter\0,1950,\"Roth, Ida\"\n"),
        ("c.bib", "@letter{a,\n  title = {A letter\0},\n  author = {Roth, Ida},\n}\n"),
    ] {
        let merged = read_file(name, text.as_bytes());
        assert_eq!(merged.records.len(), 1, "{name}: {:?}", merged.problems);
        assert!(merged.records[0].record.all(Field::Creator).eq(["Roth, Ida"]), "{name}");
    }
    let binary: Vec<u8> = (0..2000_u32).map(|at| u8::try_from(at * 7 % 256).unwrap()).collect();
    assert_eq!(read_file("d.csv", &binary).records.len(), 0);
}

/// Columns that belong together, and the fields of their row.
const LINKED: [(&str, &str); 10] = [
    ("person,person_role\nRoth|Kern,author", "creator=Roth creator=Kern"),
    (
        "person,person_role\nRoth|Kern,translator",
        "contributor=Roth/translator contributor=Kern/translator",
    ),
    ("person,person_role\nRoth,author|translator", "creator=Roth (person_role)=translator"),
    (
        "person,person_role\nRoth||Kern,author|editor|addressee",
        "creator=Roth recipient=Kern (person_role)=editor",
    ),
    (
        "person,person_role\nRoth|Kern|Lind,author|addressee",
        "people=Lind creator=Roth recipient=Kern",
    ),
    (
        "person,person_role\nRoth,sender and translator",
        "creator=Roth (person_role)=sender and translator",
    ),
    ("person,person_role\nRoth,subject", "people=Roth"),
    ("person,person_role\nRoth|Kern,Absender|Mittente", "creator=Roth creator=Kern"),
    ("person,person_role\n,author", "(person_role)=author"),
    ("indicator_1,type_1\n3,Box|Shelf", "box=3 (type_1)=Shelf"),
];

#[test]
fn linked_columns_lose_nothing() {
    for (text, expected) in LINKED {
        let (header, row) = text.split_once('\n').unwrap();
        let merged = read_file("a.csv", format!("title,{header}\nA,{row}\n").as_bytes());
        let record = &merged.records[0].record;
        let mut found = Vec::new();
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Title) {
            match field {
                Field::Contributor => found.extend(
                    record.contributors().map(|(name, role)| format!("contributor={name}/{role}")),
                ),
                Field::ContributorRole => {}
                _ => found.extend(record.all(field).map(|it| format!("{}={it}", field.key()))),
            }
        }
        found.extend(record.own.iter().map(|(name, value)| format!("({name})={value}")));
        assert_eq!(found.join(" "), expected, "{text}");
    }
}

/// Any boxes and folders.
fn any_containers() -> impl Strategy<Value = Record> {
    let value = prop_oneof![
        hard_to_quote(),
        prop::sample::select(vec![
            "1", "2", "Box 3", "folder 4", "Karton 5", "Map", "", "|", "NULL", "x, box 1"
        ])
        .prop_map(str::to_owned),
    ];
    let other = prop_oneof![
        hard_to_quote(),
        prop::sample::select(vec!["Reel 4", "Shelf A", "Oversize", "12", "", "|", "NULL"])
            .prop_map(str::to_owned),
    ];
    let container = prop_oneof![
        (prop::sample::select(vec![Field::Box, Field::Folder]), value),
        (Just(Field::Container), other),
    ];
    prop::collection::vec(container, 0..9).prop_map(|containers| {
        let mut record = Record::default();
        record.push(Field::Title, "Letter");
        for (field, value) in containers {
            record.push(field, &value);
        }
        record
    })
}

/// Any own fields of different names.
fn any_own_fields() -> impl Strategy<Value = Record> {
    let name = prop_oneof![
        hard_to_quote(),
        prop::sample::select(OWN_NAMES.to_vec()).prop_map(str::to_owned)
    ];
    prop::collection::hash_set(name, 0..12).prop_map(|names| {
        let mut record = Record::default();
        record.push(Field::Title, "Letter");
        record.own = names.into_iter().map(|name| (name.into(), "v".to_owned())).collect();
        record
    })
}

#[test]
fn merged_descriptions_keep_folders_in_their_boxes() {
    for (one, other, expected) in [
        ("b1 / f2", "b3 / f4", "b1 / f2 / b3 / f4"),
        ("b1 / f2", "b1 / f2", "b1 / f2"),
        ("b1", "b1 / f2", "b1 / f2"),
        ("b1 / f2", "b1", "b1 / f2"),
        ("b1 / f2", "b1 / f4", "b1 / f2 / b1 / f4"),
        ("f2", "", "f2"),
        ("", "cReel 4 / b1", "cReel 4 / b1"),
    ] {
        let mut merged = record_of_containers(one);
        merged.merge(record_of_containers(other));
        let expected = record_of_containers(expected);
        assert_eq!(containers(&merged), containers(&expected), "{one} with {other}");
    }
}

#[test]
fn pages_that_fonds_wrote_are_read_with_all_fields() {
    let mut records: Vec<Record> =
        CONTAINERS.iter().map(|text| record_of_containers(text)).collect();
    for (at, record) in records.iter_mut().enumerate() {
        record.date = Date::parse("12 July 1945");
        record.push(Field::Summary, "1 May 1950\n\n</template><p>201 - 210 of 552</p> & \u{0}");
        record.push_contributor("Roth, Ida", "trl");
        record.own.push(("title_form".into(), format!("<b>{at}")));
    }
    let read = write_and_read(Format::Html, &records);
    let values = |record: &Record| {
        let mut values = record.values.clone();
        values.sort();
        (values, record.own.clone(), record.date.clone(), containers(record))
    };
    for (record, read) in records.iter().zip(&read) {
        assert_eq!(values(record), values(read));
    }
    // A page whose records were removed says so.
    let bytes = String::from_utf8(write(Format::Html, &records)).unwrap();
    let merged = read_file("again.html", bytes.replace("fonds-record", "other").as_bytes());
    assert!(merged.records.is_empty());
    assert!(merged.problems[0].to_string().contains("open the file that it was made from"));
}

proptest! {
    #[test]
    fn any_folders_stay_in_their_boxes(record in any_containers()) {
        for format in [Format::JsonLines, Format::Toml, Format::Csv, Format::Ris, Format::BibLatex, Format::CslJson] {
            let read = write_and_read(format, std::slice::from_ref(&record));
            let kept = |record: &Record| {
                let signs =
                    |text: &str| if format == Format::Csv { with_signs(text) } else { text.to_owned() };
                let values = record.containers();
                let values = values.map(|(field, value)| (field, with_single_spaces(&signs(value))));
                values.collect::<Vec<_>>()
            };
            prop_assert_eq!(kept(&record), kept(&read[0]), "{}", format.name());
        }
    }

    #[test]
    fn any_own_fields_keep_their_names_in_tables(record in any_own_fields()) {
        let read = write_and_read(Format::Csv, std::slice::from_ref(&record));
        let mut names: Vec<String> = record.own.iter().map(|(name, _)| with_signs(name)).collect();
        let mut again: Vec<String> = read[0].own.iter().map(|(name, _)| name.to_string()).collect();
        names.sort();
        again.sort();
        prop_assert_eq!(names, again);
    }
}
