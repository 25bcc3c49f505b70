//! Who did what, and where a record lies: found by the filter, shown on the screen and in files.

use fonds::record::shown::{is_technical, role_in_words};
use fonds::record::{Field, Record};

use crate::harness::Harness;
use crate::program::TestFolder;

/// Records about the same people in different roles.
const RECORDS: &str = r#"{"position": 1, "title": "Letter about the ferry", "date": "1951", "creator": "Brandt, Ida", "recipient": "Welin, Arkadi", "contributor": ["Roth, Emil", "Orla Museum", "Keller, Jan"], "contributor_role": ["trl", "dnr", ""], "people": "Nowak, Zofia", "collection": "Orla papers", "series": "II", "box": "3", "folder": "12", "repository": "Town Archive", "archive_place": "Orla", "reference_code": "TA 5/2", "preferred_citation": "Orla papers, Town Archive.", "physdesc.extent": "2 leaves", "persname.authfilenumber": ["n79", "n80"], "name_kind.body": "Orla Museum"}
{"position": 2, "title": "Reply", "creator": "Welin, Arkadi", "recipient": "Brandt, Ida", "container.box": "30", "sender": "clerk"}
{"position": 3, "title": "Minutes", "creator": "Nowak, Zofia", "box": "Carton 4", "people": "Roth, Emil"}
{"position": 4, "title": "Map", "people": "Brandt, Ida", "box": ["7", "8"], "folder": ["1", "2"], "series": "Maps and plans"}
{"position": 5, "title": "Diary", "contributor": "Brandt, Ida", "contributor_role": "edt"}
"#;

/// Filters, and the positions of the records that they find.
const FILTERS: [(&str, &[u64]); 25] = [
    ("brandt", &[1, 2, 4, 5]),
    ("name:brandt", &[1, 2, 4, 5]),
    ("people:brandt", &[1, 2, 4, 5]),
    ("p:welin", &[1, 2]),
    ("creator:brandt", &[1]),
    ("author:brandt", &[1]),
    ("cr:welin", &[2]),
    ("sender:welin", &[2]),
    ("sender:clerk", &[2]),
    ("recipient:brandt", &[2]),
    ("rec:welin", &[1]),
    ("contributor:brandt", &[5]),
    ("contributor:roth role:trl", &[1]),
    ("mentioned:brandt", &[4]),
    ("-creator:brandt brandt", &[2, 4, 5]),
    ("box:3", &[1]),
    ("box:3*", &[1, 2]),
    ("box:'3", &[1]),
    ("box:4", &[3]),
    ("folder:2", &[4]),
    ("folder:3", &[]),
    ("series:ii", &[1]),
    ("repository:town archive_place:orla", &[1]),
    ("reference_code:\"ta 5\"", &[1]),
    ("creator:brandt | creator:nowak", &[1, 3]),
];

/// A folder with the records.
fn folder() -> TestFolder {
    TestFolder::with_files(&[("letters.jsonl", RECORDS.as_bytes())])
}

#[test]
fn filters_find_names_by_role_and_records_by_location() {
    let folder = folder();
    for (filter, positions) in FILTERS {
        let result =
            folder.run(&["list", "letters.jsonl", "--order", "archive", "--filter", filter]);
        let found: Vec<u64> = result
            .stdout
            .lines()
            .filter_map(|line| line.split('\t').next().and_then(|position| position.parse().ok()))
            .collect();
        assert_eq!(found, *positions, "{filter}: {}", result.stderr);
    }
}

#[test]
fn beginning_of_several_new_names_is_not_guessed() {
    let result = folder().run(&["list", "letters.jsonl", "--filter", "re:brandt diary"]);
    assert!(
        result.stderr.contains(
            "“re:” begins recipient, repository and reference_code: type more of the name"
        ),
        "{}",
        result.stderr
    );
    assert_eq!((result.stdout.as_str(), result.exit_code), ("", Some(2)));
}

/// The first record as `fonds show` prints it.
const SHOWN: &str = "\
Letter about the ferry
Date: 1951
Position: 1
From: Brandt, Ida
To: Welin, Arkadi
Location: Box 3, folder 12, TA 5/2 · Series II · Orla papers · Town Archive, Orla
Translator: Roth, Emil
Donor: Orla Museum
Contributor: Keller, Jan
People: Nowak, Zofia
Preferred citation: Orla papers, Town Archive.
Extent: 2 leaves
";

#[test]
fn show_folds_technical_fields_away_until_asked() {
    let folder = folder();
    let show = ["show", "letters.jsonl", "--filter", "ferry"];
    let short = folder.run(&show).stdout;
    assert_eq!(short, format!("{SHOWN}(3 technical fields: --all-fields shows them)\n"));
    let all = folder.run(&[&show[..], &["--all-fields"]].concat()).stdout;
    let technical = "Persname: authfilenumber: n79; n80\nName kind: body: Orla Museum\n";
    assert_eq!(all, format!("{SHOWN}{technical}"));
}

/// Positions, and the lines about people and location.
const LINES: [(&str, &str); 4] = [
    ("2", "From: Welin, Arkadi / To: Brandt, Ida / Box: 30 / Sender: clerk"),
    ("3", "Creator: Nowak, Zofia / Location: Carton 4 / People: Roth, Emil"),
    ("4", "Location: Box 7, folder 1, box 8, folder 2 · Maps and plans / People: Brandt, Ida"),
    ("5", "Editor: Brandt, Ida"),
];

#[test]
fn roles_and_locations_are_shown_in_words() {
    let folder = folder();
    for (position, expected) in LINES {
        let shown =
            folder.run(&["show", "letters.jsonl", "--start-at", position, "-n", "1"]).stdout;
        let lines: Vec<&str> = shown.lines().skip(3).collect();
        assert_eq!(lines.join(" / "), expected);
    }
}

#[test]
fn exported_pages_keep_technical_fields() {
    let folder = folder();
    let export = |format| {
        folder.run(&["export", "letters.jsonl", "--filter", "ferry", "--format", format]).stdout
    };
    let html = export("html");
    assert!(html.contains("<dt>From</dt><dd>Brandt, Ida</dd>"), "{html}");
    let details = "<details>\n<summary>3 technical fields</summary>\n<dl>\n\
                   <dt>Persname: authfilenumber</dt><dd>n79; n80</dd>\n";
    assert!(html.contains(details), "{html}");
    let markdown = export("markdown");
    assert!(markdown.contains("- Translator: Roth, Emil\n"), "{markdown}");
    assert!(markdown.contains("- Name kind: body: Orla Museum\n"), "{markdown}");
    assert!(export("text").contains("\nName kind: body: Orla Museum\n"));
}

#[test]
fn screen_shows_technical_fields_after_a_key() {
    let files = folder();
    let path = files.path().join("letters.jsonl");
    let harness = Harness::open(&[fonds::load::Input::Path(path)], 120, 40);
    for focus in ["", "<tab>", "<enter>"] {
        let screen = harness.press(focus).text();
        for line in ["Translator  Roth, Emil", "Box 3, folder 12", "Extent      2 leaves"] {
            assert!(screen.contains(line), "{line}: {screen}");
        }
        assert!(screen.contains("3 technical fields: a shows them"), "{screen}");
        assert!(!screen.contains("n79"), "{screen}");
        let shown = harness.press(&format!("{focus}a")).text();
        assert!(shown.contains("n79") && shown.contains("Name kind: body"), "{shown}");
        assert!(!shown.contains("technical fields: a"), "{shown}");
        assert!(!harness.press(&format!("{focus}aa")).text().contains("n79"));
    }
    let help = harness.press("?technical").text();
    assert!(help.contains("show or hide technical fields"), "{help}");
    let help = harness.press("?recipient").text();
    assert!(help.contains("whom it is addressed to"), "{help}");
}

/// Roles as files write them, and in words.
const ROLES: [(&str, &str); 14] = [
    ("trl", "Translator"),
    ("TRL", "Translator"),
    (" edt. ", "Editor"),
    ("http://id.loc.gov/vocabulary/relators/fmo", "Former owner"),
    ("https://id.loc.gov/vocabulary/relators/isb/", "Issuing body"),
    ("translator", "Translator"),
    ("Übersetzer", "Übersetzer"),
    ("übersetzer,", "Übersetzer"),
    ("editor-in-chief", "Editor-in-chief"),
    ("xyz", "Xyz"),
    ("", ""),
    (".", ""),
    ("Dr. phil.", "Dr. phil."),
    ("n/a", "N/a"),
];

#[test]
fn roles_have_words() {
    for (role, words) in ROLES {
        assert_eq!(role_in_words(role), words, "{role}");
    }
}

/// Names of own fields, and whether they are for machines.
const OWN_NAMES: [(&str, bool); 20] = [
    ("persname.authfilenumber", true),
    ("controlaccess.persname.source", true),
    ("name.authorityURI", true),
    ("name_kind.whole", true),
    ("name_kind.other", false),
    ("title.altrender", true),
    ("008", true),
    ("245.ind1", true),
    ("650.2", true),
    ("040.c", true),
    ("245.c", false),
    ("300.a", false),
    ("source", false),
    ("letter.source", false),
    ("id", false),
    ("normal", false),
    ("container.box", false),
    ("Signatur", false),
    ("", false),
    (".", false),
];

#[test]
fn only_fields_for_machines_are_technical() {
    for (name, expected) in OWN_NAMES {
        assert_eq!(is_technical(name), expected, "{name}");
    }
}

/// Fields of a record, and its location.
const LOCATIONS: &[(&[(Field, &str)], &str)] = &[
    (&[(Field::Collection, "Keller papers")], "Collection: Keller papers"),
    (&[(Field::Folder, "12")], "Location: Folder 12"),
    (&[(Field::Box, "box 3"), (Field::Folder, "f. 7")], "Location: box 3, folder f. 7"),
    (&[(Field::Box, "AB12"), (Field::Box, "13")], "Location: Box AB12, box 13"),
    (&[(Field::Box, "Reel 2")], "Location: Reel 2"),
    (&[(Field::Box, "Karton 3-4"), (Field::Folder, "Mappe 1")], "Location: Karton 3-4, Mappe 1"),
    (&[(Field::Series, "Series II")], "Location: Series II"),
    (&[(Field::Series, "IV.2"), (Field::Series, "B")], "Location: Series IV.2 · Series B"),
    (&[(Field::Series, "Maps")], "Location: Maps"),
    (&[(Field::Series, "USSR")], "Location: USSR"),
    (
        &[(Field::Repository, "Town Archive"), (Field::Collection, "K")],
        "Location: K · Town Archive",
    ),
];

#[test]
fn location_is_one_line() {
    for (values, expected) in LOCATIONS {
        let mut record = Record::default();
        values.iter().for_each(|(field, value)| record.push(*field, value));
        let shown = record.shown_fields();
        let lines: Vec<String> = shown
            .iter()
            .map(|field| format!("{}: {}", field.label, field.texts().collect::<String>()))
            .collect();
        assert_eq!(lines.join(" / "), *expected);
    }
}
