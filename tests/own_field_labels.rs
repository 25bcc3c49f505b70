//! Own fields are shown with their names in words; their keys stay as written.

use fonds::record::shown::own_label;

use crate::program::TestFolder;

/// Names of own fields and their labels.
const LABELS: &[(&str, &str)] = &[
    ("medium", "Medium"),
    ("physical notes", "Physical notes"),
    ("Archivplan-Kontext", "Archivplan-Kontext"),
    ("Date_Added", "Date Added"),
    ("catalogueLevel", "Catalogue level"),
    ("NumberOfLeaves", "Number of leaves"),
    ("personGNDNumber", "Person GND number"),
    ("IDNO", "IDNO"),
    ("PHYSICAL_IMG_NR", "Physical img nr"),
    ("container-title", "Container title"),
    ("prop_12_ss", "Prop 12"),
    ("genre_facet", "Genre"),
    ("creators.nameType", "Creators: name type"),
    ("dcterms:isPartOf", "Is part of"),
    ("dc.date.accessioned", "Date: accessioned"),
    ("o:item_set.o:id", "Item set: id"),
    ("@type", "Type"),
    ("http://purl.org/dc/terms/isPartOf", "Is part of"),
    ("a.very.deepName.endDate", "Deep name: end date"),
    ("processinfo.head", "Processing: head"),
    ("bioghist", "Biography or history"),
    ("245.a", "245.a"),
    ("column 4", "Column 4"),
    ("資料形態", "資料形態"),
    ("Физическое_состояние", "Физическое состояние"),
];

#[test]
fn names_of_own_fields_are_shown_in_words() {
    for (name, label) in LABELS {
        assert_eq!(own_label(name), *label, "{name}");
    }
}

#[test]
fn keys_stay_as_written_in_filters_and_exports() {
    let json =
        br#"[{"title": "Letter", "date": "1945", "creators": [{"name": "Keller, Anna", "nameType": "Personal"}]},
        {"title": "Map", "date": "1946"}]"#;
    let folder = TestFolder::with_files(&[("letters.json", json)]);
    let shown = folder.run(&["show", "1", "letters.json"]).stdout;
    assert!(shown.contains("Creators: name type: Personal"), "{shown}");
    let found = folder.run(&["count", "--filter", "creators.nameType:personal", "letters.json"]);
    assert_eq!(found.stdout, "1\n", "{}", found.stderr);
    let exported = folder.run(&["export", "--format", "jsonl", "letters.json"]).stdout;
    assert!(exported.contains(r#""creators.nameType":"Personal""#), "{exported}");
}

#[test]
fn names_with_the_same_words_are_shown_apart() {
    let json = br#"[{"title": "Letter", "date": "1945", "paper": {"a": {"size": {"unit": "cm"}}},
        "frame": {"b": {"size": {"unit": "in"}}}}, {"title": "Map", "date": "1946"}]"#;
    let folder = TestFolder::with_files(&[("letters.json", json)]);
    let shown = folder.run(&["show", "1", "letters.json"]).stdout;
    let units: Vec<&str> = shown.lines().filter(|line| line.contains("unit")).collect();
    assert_eq!(units, ["Size: unit: cm", "Size: unit: in"], "{shown}");
}
