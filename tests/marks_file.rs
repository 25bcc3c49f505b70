//! Marks files: the text, the journal, and what is left of them when programs are killed or disagree.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fonds::files::{FileError, FileErrorKind};
use fonds::record::RecordKey;
use fonds::userdata::mark_entry::{MarkChange, MarkEntry, MarkOperation};
use fonds::userdata::marks_file::{self, MarksError, MarksLocation};
use proptest::prelude::*;
use tempfile::TempDir;

/// How long writers in tests wait for each other.
const LOCK_TIMEOUT: Duration = Duration::from_secs(60);

/// An entry of the record with this id.
fn entry(id: &str) -> MarkEntry {
    MarkEntry {
        archive: "https://example.org/".to_owned(),
        file: "/letters/export.jsonl".to_owned(),
        id: Some(id.to_owned()),
        title: format!("Letter {id}"),
        date: "May 1951".to_owned(),
        position: Some(7),
        content: Some(0x00ff),
        ..MarkEntry::default()
    }
}

/// A change of the record with this id.
fn change(id: &str, change: MarkChange) -> MarkOperation {
    MarkOperation { entry: entry(id), change }
}

/// Marks a record, however long that takes.
fn mark(file: &Path, id: &str) {
    marks_file::append_within(file, &[change(id, MarkChange::Mark)], LOCK_TIMEOUT).expect("saved");
}

/// What is wrong with a file.
fn kind(error: &MarksError) -> Option<&FileErrorKind> {
    match error {
        MarksError::File(error) => Some(&error.kind),
        _ => None,
    }
}

/// The ids of the marked records.
fn marked(file: &Path) -> BTreeSet<String> {
    let loaded = marks_file::load(file).expect("a marks file");
    assert_eq!(loaded.problems, []);
    let entries = loaded.entries.into_iter();
    entries.filter(|entry| entry.marked).filter_map(|entry| entry.id).collect()
}

/// A folder, and the path of a marks file in it with this text.
fn with_text(text: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("marks.toml");
    fs::write(&file, text).expect("written");
    (folder, file)
}

/// A folder, and the path of a marks file in it that does not exist.
fn without_file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("marks.toml");
    (folder, file)
}

/// The path of a file beside a marks file.
fn beside(file: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", file.display()))
}

/// The notes of a file, by id.
fn notes(file: &Path) -> Vec<(String, String)> {
    let entries = marks_file::load(file).expect("a marks file").entries.into_iter();
    entries.filter_map(|entry| Some((entry.id?, entry.note?))).collect()
}

/// Any text that a record or a person may contain.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "\n[[record]]\n",
            "\"\"\"",
            "'''",
            "\"",
            "\\",
            "\0",
            "\u{7f}",
            "\u{1b}[2J",
            "\r\n",
            "\r",
            "# no",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            " = ",
            "[record",
            "é",
            "\t",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

/// Any entry with a mark or a note.
fn any_entry() -> impl Strategy<Value = MarkEntry> {
    let texts = (any_text(), any_text(), any_text(), any_text());
    let numbers = (prop::option::of(0..1_u64 << 62), any::<u32>(), prop::option::of(any::<u64>()));
    let own = (prop::option::of(any_text()), any::<bool>(), any_text());
    (texts, numbers, own).prop_map(|(texts, numbers, (id, marked, note))| {
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        MarkEntry {
            archive: texts.0,
            file: texts.1,
            title: texts.2,
            date: texts.3,
            position: numbers.0,
            repetition: numbers.1,
            lookalike: numbers.1 % 2 == 1,
            content: numbers.2,
            source: numbers.2.map(u64::reverse_bits),
            id,
            marked: marked || note.is_none(),
            note,
            legacy: None,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn entries_come_back_as_they_were(entries in prop::collection::vec(any_entry(), 1..4)) {
        let (_folder, file) = without_file();
        for entry in &entries {
            let mut operations = Vec::new();
            if entry.marked {
                operations.push(MarkOperation { entry: entry.clone(), change: MarkChange::Mark });
            }
            if let Some(note) = &entry.note {
                let change = MarkChange::SetNote(note.clone());
                operations.push(MarkOperation { entry: entry.clone(), change });
            }
            marks_file::append(&file, &operations).expect("saved");
        }
        let before = marks_file::load(&file).expect("loaded");
        prop_assert_eq!(&before.problems, &[]);
        prop_assert_eq!(&before.entries, &entries);
        marks_file::merge(&file).expect("merged");
        prop_assert!(!beside(&file, ".journal").exists());
        let after = marks_file::load(&file).expect("loaded");
        prop_assert_eq!(&after.problems, &[]);
        prop_assert_eq!(&after.entries, &entries);
        // Each entry is edited, and comes back too.
        for entry in &entries {
            let change = MarkChange::SetNote(format!("new\n{}", entry.title));
            let operation = MarkOperation { entry: entry.clone(), change };
            marks_file::append(&file, &[operation]).expect("saved");
        }
        let before = marks_file::load(&file).expect("loaded");
        marks_file::merge(&file).expect("merged");
        let after = marks_file::load(&file).expect("loaded");
        prop_assert_eq!(&after.problems, &[]);
        prop_assert_eq!(&after.entries, &before.entries);
        prop_assert_eq!(after.entries.len(), entries.len());
    }

    #[test]
    fn any_text_stays_when_a_mark_is_added(text in any_text(), tail in any_text()) {
        let text = format!("{text}\n[[record]]\nid = \"1\"\nmarked = true\n{tail}");
        let (_folder, file) = with_text(text.as_bytes());
        mark(&file, "new");
        marks_file::merge(&file).expect("merged");
        let written = fs::read_to_string(&file).expect("text");
        prop_assert!(written.starts_with(&text), "{written:?}");
        let loaded = marks_file::load(&file).expect("loaded");
        let is_new = |entry: &MarkEntry| entry.id.as_deref() == Some("new") && entry.marked;
        prop_assert!(loaded.entries.iter().any(is_new), "{written:?}");
    }
}

#[test]
fn concurrent_writers_lose_no_marks_while_the_journal_is_folded() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("new/folder/marks.toml");
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..10)
            .map(|writer| {
                let file = &file;
                scope.spawn(move || {
                    for number in 0..20 {
                        let id = format!("{writer}-{number}");
                        mark(file, &id);
                        assert!(marked(file).contains(&id), "{id} is not there once it is saved");
                    }
                })
            })
            .collect();
        while writers.iter().any(|writer| !writer.is_finished()) {
            marks_file::merge(&file).expect("merged");
        }
    });
    assert_eq!(marked(&file).len(), 200);
}

/// The environment variable that names the folder in which the helper process writes.
const HELPER_FOLDER_VARIABLE: &str = "FONDS_TEST_WRITES_TO";
/// The environment variable with the name of the helper process.
const HELPER_NAME_VARIABLE: &str = "FONDS_TEST_WRITES_AS";
/// The number of marks that a helper process writes at most.
const HELPER_MARKS: usize = 30;

#[test]
fn helper_process_writes_marks() {
    let Some(folder) = std::env::var_os(HELPER_FOLDER_VARIABLE) else { return };
    let name = std::env::var(HELPER_NAME_VARIABLE).expect("a name");
    let file = Path::new(&folder).join("marks.toml");
    let mut log = File::options();
    let mut log =
        log.create(true).append(true).open(Path::new(&folder).join("log")).expect("a log");
    for number in 0..HELPER_MARKS {
        let id = format!("{name}-{number}");
        mark(&file, &id);
        // One write call: an id without its line break would join the next one.
        log.write_all(format!("{id}\n").as_bytes()).expect("logged");
        if number % 4 == 3 {
            marks_file::merge(&file).expect("merged");
        }
    }
}

/// Starts a process that writes marks into the folder.
fn start_helper(folder: &Path, name: &str) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["marks_file::helper_process_writes_marks", "--exact"])
        .env(HELPER_FOLDER_VARIABLE, folder)
        .env(HELPER_NAME_VARIABLE, name)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a writer")
}

#[test]
fn ten_processes_at_once_lose_no_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = |number: usize| start_helper(folder.path(), &number.to_string());
    let mut helpers: Vec<Child> = (0..10).map(start).collect();
    for helper in &mut helpers {
        assert!(helper.wait().expect("an end").success());
    }
    assert_eq!(marked(&folder.path().join("marks.toml")).len(), 10 * HELPER_MARKS);
}

#[test]
fn killed_writer_loses_no_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("marks.toml");
    let mut saved_count = 0;
    for attempt in 0..100 {
        let mut helper = start_helper(folder.path(), &attempt.to_string());
        std::thread::sleep(Duration::from_millis(15 + attempt * 7 % 60));
        helper.kill().expect("killed");
        helper.wait().expect("gone");
        let marked = marked(&file);
        let log = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        for id in log.lines() {
            assert!(marked.contains(id), "{id} is lost at kill {attempt}");
        }
        assert!(marked.len() >= saved_count, "fewer than before at kill {attempt}");
        saved_count = marked.len();
    }
    assert!(saved_count > 20, "only {saved_count} were ever written");
}

#[test]
fn journal_cut_at_any_byte_keeps_the_complete_changes() {
    let (_folder, file) = without_file();
    for id in ["a", "b", "c"] {
        let note = MarkChange::SetNote(format!("note on {id}\nwith two lines"));
        marks_file::append(&file, &[change(id, MarkChange::Mark), change(id, note)])
            .expect("saved");
    }
    let journal = beside(&file, ".journal");
    let bytes = fs::read(&journal).expect("a journal");
    for end in 0..=bytes.len() {
        fs::write(&journal, &bytes[..end]).expect("written");
        let changes = bytes[..end].split(|byte| *byte == b'\n').count() - 1;
        let count = |file: &Path| marked(file).len() + notes(file).len();
        assert_eq!(count(&file), changes, "cut at {end}");
        mark(&file, "next");
        assert_eq!(count(&file), changes + 1, "appended after a cut at {end}");
        let text = fs::read_to_string(&journal).expect("text");
        assert!(text.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{text}");
    }
}

#[test]
fn journal_cut_within_a_long_line_is_cut_at_its_start() {
    let (_folder, file) = without_file();
    mark(&file, "a");
    let length = fs::metadata(beside(&file, ".journal")).expect("a journal").len();
    let note = MarkChange::SetNote("x".repeat(20_000));
    marks_file::append(&file, &[change("b", note)]).expect("saved");
    let journal = File::options().write(true).open(beside(&file, ".journal")).expect("a journal");
    for size in [length + 1, length + 4096, length + 12_000, length + 20_000] {
        journal.set_len(size).expect("cut");
        mark(&file, "c");
        assert_eq!(marked(&file).len(), 2);
    }
}

#[test]
fn killed_between_any_two_steps_of_merging_nothing_is_lost() {
    let setup = || {
        let (folder, file) = with_text(b"# mine\n\n[[record]]\nid = \"old\"\nmarked = true\n");
        mark(&file, "a");
        marks_file::append(&file, &[change("b", MarkChange::SetNote("a note".to_owned()))])
            .expect("saved");
        (folder, file)
    };
    let (journal, merging) = (".journal", ".journal.merging");
    let check = |file: &Path, step: &str, more: &[&str]| {
        for attempt in 0..2 {
            let ids = [&["a", "old"], more].concat().into_iter().map(str::to_owned).collect();
            assert_eq!(marked(file), ids, "{step}, {attempt}");
            assert_eq!(notes(file), [("b".to_owned(), "a note".to_owned())], "{step}, {attempt}");
            marks_file::merge(file).expect("merged");
            assert!(!beside(file, journal).exists() && !beside(file, merging).exists(), "{step}");
        }
        let text = fs::read_to_string(file).expect("text");
        assert!(text.starts_with("# mine\n\n[[record]]\nid = \"old\"\n"), "{text}");
    };
    // After the journal was renamed; then with changes that others appended.
    let (_folder, file) = setup();
    fs::rename(beside(&file, journal), beside(&file, merging)).expect("renamed");
    check(&file, "renamed", &[]);
    let (_folder, file) = setup();
    fs::rename(beside(&file, journal), beside(&file, merging)).expect("renamed");
    mark(&file, "c");
    check(&file, "renamed and appended", &["c"]);
    // After the file was replaced, before the journal was removed.
    let (_folder, file) = setup();
    let bytes = fs::read(beside(&file, journal)).expect("a journal");
    marks_file::merge(&file).expect("merged");
    fs::write(beside(&file, merging), bytes).expect("written");
    mark(&file, "c");
    check(&file, "replaced", &["c"]);
    // A temporary file that was not completed.
    fs::write(file.with_file_name(".fonds-half"), "[[rec").expect("written");
    check(&file, "half a temporary file", &["c"]);
}

#[test]
fn changes_of_the_older_journal_come_first() {
    let (_folder, file) = without_file();
    mark(&file, "a");
    marks_file::append(&file, &[change("a", MarkChange::SetNote("one".to_owned()))])
        .expect("saved");
    fs::rename(beside(&file, ".journal"), beside(&file, ".journal.merging")).expect("renamed");
    let later =
        [change("a", MarkChange::Unmark), change("a", MarkChange::SetNote("two".to_owned()))];
    marks_file::append(&file, &later).expect("saved");
    for _ in 0..2 {
        assert_eq!(marked(&file).len(), 0);
        assert_eq!(notes(&file), [("a".to_owned(), "two".to_owned())]);
        marks_file::merge(&file).expect("merged");
    }
}

/// A file that a person wrote in.
const EDITED_FILE: &str = "# my marks
mine = 1

# the first
[[record]] # a letter
marked = true # yes
colour = \"red\"
id = \"1\"
file = '/a'
note = '''
old''' # to be checked

[[record]]
file = \"/a\"
id = \"2\"
marked = true

[record.mine]
shelf = 3

[[record]]
id = \"3\"
file = \"/a\"
marked = true
[settings]
x = 1
";

#[test]
fn comments_order_and_unknown_keys_stay() {
    let (_folder, file) = with_text(EDITED_FILE.as_bytes());
    let of = |id: &str| MarkEntry {
        file: "/a".to_owned(),
        id: Some(id.to_owned()),
        ..MarkEntry::default()
    };
    let change = |id: &str, change| MarkOperation { entry: of(id), change };
    let mut expected = EDITED_FILE.to_owned();
    for (operation, before, after) in [
        (change("1", MarkChange::Unmark), "marked = true # yes", "marked = false # yes"),
        (change("1", MarkChange::SetNote("new".to_owned())), "'''\nold'''", "\"new\""),
        (change("1", MarkChange::SetNote(String::new())), "\"new\"", "\"\""),
        (change("1", MarkChange::Mark), "marked = false # yes", "marked = true # yes"),
        (change("2", MarkChange::Unmark), "id = \"2\"\nmarked = true\n", "id = \"2\"\n"),
        (change("2", MarkChange::Mark), "id = \"2\"\n", "id = \"2\"\nmarked = true\n"),
        // Without comments and unknown keys, an entry goes with its mark.
        (
            change("3", MarkChange::SetNote("n".to_owned())),
            "marked = true\n[set",
            "marked = true\nnote = \"n\"\n[set",
        ),
    ] {
        marks_file::append(&file, &[operation]).expect("saved");
        marks_file::merge(&file).expect("merged");
        assert!(expected.contains(before), "{before}");
        expected = expected.replacen(before, after, 1);
        assert_eq!(fs::read_to_string(&file).expect("text"), expected);
    }
}

#[test]
fn entry_goes_with_its_mark_and_note_unless_a_person_added_something() {
    for (more, stays) in
        [("", false), ("# why\n", true), ("colour = 1\n", true), ("[record.own]\na = 1\n", true)]
    {
        let text =
            format!("# mine\n\n[[record]]\nid = \"1\"\nfile = \"/a\"\nmarked = true\n{more}");
        let (_folder, file) = with_text(text.as_bytes());
        let id = Some("1".to_owned());
        let entry = MarkEntry { file: "/a".to_owned(), id, ..MarkEntry::default() };
        let operation = MarkOperation { entry, change: MarkChange::Unmark };
        marks_file::append(&file, &[operation]).expect("saved");
        marks_file::merge(&file).expect("merged");
        let written = fs::read_to_string(&file).expect("text");
        assert!(written.starts_with("# mine\n\n"), "{written}");
        assert_eq!(written.contains("id = \"1\""), stays, "{written}");
        assert!(written.contains(more), "{written}");
        assert_eq!(marks_file::load(&file).expect("loaded").entries, []);
    }
}

/// Texts of which a part is damaged: the line of the problem, and the ids of the good entries.
const DAMAGED_FILES: &[(&[u8], usize, &[&str])] = &[
    (b"[[record]\nhalf", 1, &[]),
    (b"half\n[[record]]\nid = \"1\"\nmarked = true\n", 1, &["1"]),
    (b"[[record]]\nid = \"1\"\nmarked = tru\n[[record]]\nid = \"2\"\nmarked = true\n", 3, &["2"]),
    (b"[[record]]\nid = \"1\"\nmarked = \"yes\"\n[[record]]\nid = \"2\"\nmarked = true\n", 3, &["2"]),
    (b"[[record]]\nid = \"1\"\nnote = \"\"\"open\n[[record]]\nid = \"2\"\nmarked = true\n", 3, &["2"]),
    (b"[[record]]\nid = \"1\"\nnote = '''open\n[[record]]\nid = \"2\"\nmarked = true\n", 3, &["2"]),
    (b"[[record]]\nid = \"1\"\nnote = \"open\n[[record]]\nid = \"2\"\nmarked = true\n", 3, &["2"]),
    (b"[[record]]\nid = \"1\"\nx = [1,\n[[record]]\nid = \"2\"\nmarked = true\n", 3, &["2"]),
    (b"[[record]]\nid = \"1\"\nmarked = true\n[[record]\nid = \"2\"\n[[record]]\nid = \"3\"\nmarked = true\n", 4, &["1", "3"]),
    (b"[[record]]\nid = \"1\"\nmarked = true\nmarked = true\n[[record]]\nid = \"2\"\nmarked = true\n", 4, &["2"]),
    (b"[[record]]\nid = \"1\"\nnote = \"\xff\"\n\n[[record]]\nid = \"\xc3\xa9\"\nmarked = true\n", 3, &["\u{e9}"]),
    (b"[[record]]\nnote = \"of nothing\"\n[[record]]\nid = \"2\"\nmarked = true\n", 1, &["2"]),
    (b"[[record]]\ncontent = \"xyz\"\nmarked = true\n[[record]]\nid = \"2\"\nmarked = true\n", 1, &["2"]),
    (b"[[record]]\r\nid = \"1\"\r\nmarked = tru\r\n[[record]]\r\nid = \"2\"\r\nmarked = true\r\n", 3, &["2"]),
];

#[test]
fn damaged_part_is_reported_and_stays_as_it_is() {
    for (text, line, ids) in DAMAGED_FILES {
        let shown = String::from_utf8_lossy(text);
        let (_folder, file) = with_text(text);
        let check = |ids: &BTreeSet<String>| {
            let loaded = marks_file::load(&file).expect("loaded");
            let [problem] = &loaded.problems[..] else { panic!("{shown}: {:?}", loaded.problems) };
            assert!(problem.is_error() && problem.file == file.display().to_string(), "{shown}");
            assert_eq!(problem.line, Some(*line), "{shown}\n{problem}");
            assert_eq!(problem.to_string().lines().count(), 1, "{problem}");
            let entries = loaded.entries.into_iter().filter(|entry| entry.marked);
            assert_eq!(
                &entries.filter_map(|entry| entry.id).collect::<BTreeSet<_>>(),
                ids,
                "{shown}"
            );
        };
        let mut ids: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        check(&ids);
        mark(&file, "new");
        marks_file::merge(&file).expect("merged");
        assert!(fs::read(&file).expect("bytes").starts_with(text), "{shown}");
        ids.insert("new".to_owned());
        check(&ids);
    }
}

#[test]
fn headers_are_found_in_every_form_and_nowhere_else() {
    let text = "\u{feff}# first\r\n[[record]]\r\nid = \"1\"\r\nmarked = true\r\n\t[[ record ]] # two\nid='2'\nmarked=true\n\
                [[\"record\"]]\nid = \"3\"\nmarked = true\nnote = \"\"\"\n[[record]]\nid = \"no\"\n\"\"\"\n\
                ['record'.own]\n'x' = '''\n[[record]]\n'''\n# [[record]]\n[[record]]\nid = \"4\"\nmarked = true";
    let (_folder, file) = with_text(text.as_bytes());
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(marked(&file), ids(&["1", "2", "3", "4"]));
    mark(&file, "5");
    marks_file::merge(&file).expect("merged");
    assert_eq!(marked(&file), ids(&["1", "2", "3", "4", "5"]));
}

#[test]
fn entries_in_an_array_are_read_and_others_added() {
    let text = "mine = 1\nrecord = [{ id = \"1\", marked = true, colour = \"red\" }, { id = \"2\", note = \"n\" }]\n";
    let (_folder, file) = with_text(text.as_bytes());
    assert_eq!(marked(&file).len(), 1);
    mark(&file, "3");
    marks_file::merge(&file).expect("merged");
    assert_eq!(marked(&file).len(), 2);
    assert_eq!(notes(&file).len(), 1);
    let written = fs::read_to_string(&file).expect("text");
    assert!(written.contains("mine = 1") && written.contains("colour = \"red\""), "{written}");
}

#[test]
fn damaged_line_of_the_journal_is_reported_and_kept() {
    let (_folder, file) = without_file();
    mark(&file, "a");
    let journal = beside(&file, ".journal");
    let damaged = [
        "{\"op\":\"mark\",\"id\":",
        "{\"op\":\"paint\",\"id\":\"x\"}",
        "\u{0}\u{0}",
        "{\"op\":\"mark\"}",
    ];
    let mut options = File::options();
    let mut out = options.append(true).open(&journal).expect("a journal");
    out.write_all(format!("{}\n", damaged.join("\n")).as_bytes()).expect("written");
    mark(&file, "b");
    let check = |path: &Path, first: usize| {
        let loaded = marks_file::load(&file).expect("loaded");
        assert_eq!(loaded.entries.len(), 2);
        let lines: Vec<_> = loaded.problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, (first..first + 4).map(Some).collect::<Vec<_>>());
        assert!(loaded.problems.iter().all(|it| it.file == path.display().to_string()));
    };
    check(&journal, 2);
    marks_file::merge(&file).expect("merged");
    check(&beside(&file, ".journal.damaged"), 1);
    mark(&file, "b");
    marks_file::merge(&file).expect("merged");
    let kept = fs::read_to_string(beside(&file, ".journal.damaged")).expect("text");
    assert_eq!(kept.lines().collect::<Vec<_>>(), damaged);
}

#[test]
fn entries_of_one_record_are_merged() {
    let entry = "[[record]]\nfile = \"/a\"\nid = \"1\"\n";
    let text = format!(
        "{entry}note = \"one\"\ncolour = \"red\"\n{entry}marked = true\nnote = \"two\"\nshelf = 4\n{entry}note = \"one\"\n"
    );
    let (_folder, file) = with_text(text.as_bytes());
    let loaded = marks_file::load(&file).expect("loaded").entries;
    let [merged] = &loaded[..] else { panic!("{loaded:?}") };
    assert_eq!((merged.marked, merged.note.as_deref()), (true, Some("one\n\ntwo")));
    let change = |change| MarkOperation { entry: merged.clone(), change };
    marks_file::append(&file, &[change(MarkChange::SetNote("three".to_owned()))]).expect("saved");
    for _ in 0..2 {
        let loaded = marks_file::load(&file).expect("loaded").entries;
        assert_eq!(loaded, [MarkEntry { note: Some("three".to_owned()), ..merged.clone() }]);
        marks_file::merge(&file).expect("merged");
    }
    marks_file::append(&file, &[change(MarkChange::Unmark)]).expect("saved");
    marks_file::merge(&file).expect("merged");
    let loaded = marks_file::load(&file).expect("loaded").entries;
    assert!(!loaded[0].marked, "{loaded:?}");
    let written = fs::read_to_string(&file).expect("text");
    assert!(written.contains("colour = \"red\"") && written.contains("shelf = 4"), "{written}");
}

/// A file of the first version.
const FIRST_VERSION: &str = "# Marks and notes of a user of fonds, by the identity of the records.

[[record]]
archive = \"https://example.org/\"
id = \"1\"
title = \"Letter\"
marked = true
colour = \"red\" # mine

[[record]]
archive = \"https://example.org/\"
content = \"00000000000000ff\"
repeat = 2
note = \"no id\"
";

#[test]
fn entries_of_the_first_version_are_read_and_carried_over() {
    let (_folder, file) = with_text(FIRST_VERSION.as_bytes());
    let old = marks_file::load(&file).expect("loaded").entries;
    assert_eq!(old[0].legacy, Some(RecordKey::Id("1".to_owned())));
    assert_eq!(old[1].legacy, Some(RecordKey::Content(255)));
    assert_eq!(old[1].repetition, 2);
    // Changes of an entry that is not carried over yet.
    let change = MarkChange::SetNote("changed".to_owned());
    let operation = MarkOperation { entry: old[1].clone(), change };
    marks_file::append(&file, &[operation]).expect("saved");
    marks_file::carry_over(&file, &[(old[0].clone(), entry("1"))]).expect("carried over");
    let loaded = marks_file::load(&file).expect("loaded").entries;
    assert_eq!(loaded[0], MarkEntry { marked: true, ..entry("1") });
    assert_eq!(loaded[1], MarkEntry { note: Some("changed".to_owned()), ..old[1].clone() });
    let new = MarkEntry { id: None, content: None, ..entry("") };
    marks_file::carry_over(&file, &[(old[1].clone(), new.clone())]).expect("carried over");
    let loaded = marks_file::load(&file).expect("loaded").entries;
    assert_eq!(loaded[1], MarkEntry { note: Some("changed".to_owned()), ..new });
    let written = fs::read_to_string(&file).expect("text");
    assert!(
        written.contains("colour = \"red\" # mine") && !written.contains("content ="),
        "{written}"
    );
    let copy = fs::read_to_string(beside(&file, ".v1")).expect("a copy");
    assert!(copy.starts_with(FIRST_VERSION.split("note").next().expect("a start")), "{copy}");
    assert!(!copy.contains("hash"), "{copy}");
}

#[test]
fn hash_of_another_version_stays() {
    let text = "[[record]]\nfile = \"/a\"\nid = \"1\"\nhash = \"9:00\"\nmarked = true\n";
    let (_folder, file) = with_text(text.as_bytes());
    let found = marks_file::load(&file).expect("loaded").entries.remove(0);
    assert_eq!((found.content, &found.legacy), (None, &None));
    let change = MarkChange::SetNote("n".to_owned());
    marks_file::append(&file, &[MarkOperation { entry: found, change }]).expect("saved");
    marks_file::merge(&file).expect("merged");
    assert_eq!(fs::read_to_string(&file).expect("text"), format!("{text}note = \"n\"\n"));
}

#[test]
fn names_of_one_file_share_its_lock_and_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    let (real, links) = (folder.path().join("real"), folder.path().join("links"));
    fs::create_dir(&real).expect("a folder");
    symlink(&real, &links).expect("a link");
    let file = real.join("marks.toml");
    // The link leads to a file that does not exist yet.
    symlink("real/marks.toml", folder.path().join("link.toml")).expect("a link");
    let names = [file.clone(), links.join("marks.toml"), folder.path().join("link.toml")];
    std::thread::scope(|scope| {
        for (at, name) in names.iter().enumerate() {
            scope.spawn(move || {
                for number in 0..20 {
                    mark(name, &format!("{at}-{number}"));
                    marks_file::merge(name).expect("merged");
                }
            });
        }
    });
    for name in &names {
        assert_eq!(marked(name).len(), 60);
    }
    assert!(fs::symlink_metadata(&names[2]).expect("a link").is_symlink());
    assert!(!beside(&names[2], ".lock").exists());
}

#[test]
fn links_and_pipes_at_the_names_beside_are_not_followed() {
    for suffix in [".lock", ".journal"] {
        let (folder, file) = without_file();
        let target = folder.path().join("target");
        symlink(&target, beside(&file, suffix)).expect("a link");
        let error =
            marks_file::append(&file, &[change("a", MarkChange::Mark)]).expect_err("a link");
        assert!(matches!(kind(&error), Some(FileErrorKind::IsLink)), "{error}");
        assert!(!target.exists());
        fs::remove_file(beside(&file, suffix)).expect("removed");
        let made = Command::new("mkfifo").arg(beside(&file, suffix)).status().expect("mkfifo");
        assert!(made.success());
        let error =
            marks_file::append(&file, &[change("a", MarkChange::Mark)]).expect_err("a pipe");
        assert!(matches!(kind(&error), Some(FileErrorKind::NotRegular)), "{error}");
    }
}

#[test]
fn write_errors_say_why() {
    let save = |file: &Path| marks_file::append(file, &[change("a", MarkChange::Mark)]);
    // Locked by another program.
    let (_folder, file) = without_file();
    mark(&file, "x");
    let lock = File::open(beside(&file, ".lock")).expect("a lock");
    lock.lock().expect("locked");
    let began = Instant::now();
    let error = save(&file).expect_err("locked");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert!(matches!(error, MarksError::Locked(_)), "{error}");
    assert!(error.to_string().starts_with("another program is using "), "{error}");
    drop(lock);
    save(&file).expect("saved");
    // Read-only: neither the file nor a journal is written.
    let (_folder, file) = with_text(b"");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("read-only");
    let error = save(&file).expect_err("read-only");
    let expected = "this file is read-only: make it writable or name another file (marks.toml)";
    assert_eq!(error.to_string(), expected);
    assert!(!beside(&file, ".journal").exists());
    // A folder, a pipe, a loop of links, a file where a folder should be.
    let (folder, file) = without_file();
    for error in [
        save(folder.path()).expect_err("a folder"),
        marks_file::load(folder.path()).expect_err("a folder"),
    ] {
        assert!(matches!(kind(&error), Some(FileErrorKind::IsFolder)), "{error}");
    }
    for error in [
        save(Path::new("/dev/full")).expect_err("a device"),
        marks_file::load(Path::new("/dev/zero")).expect_err("a device"),
    ] {
        assert!(matches!(kind(&error), Some(FileErrorKind::NotRegular)), "{error}");
    }
    symlink(&file, folder.path().join("two.toml")).expect("a link");
    symlink(folder.path().join("two.toml"), &file).expect("a link");
    save(&file).expect_err("a loop");
    marks_file::load(&file).expect_err("a loop");
    let (_folder, file) = with_text(b"");
    let error = save(&file.join("marks.toml")).expect_err("not a folder").to_string();
    assert!(error.contains("marks.toml"), "{error}");
}

#[test]
fn files_are_private_and_keep_their_mode() {
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("new/marks/a.toml");
    mark(&file, "a");
    marks_file::merge(&file).expect("merged");
    mark(&file, "b");
    for suffix in ["", ".lock", ".merge.lock", ".journal"] {
        assert_eq!(mode(&beside(&file, suffix)), 0o600, "{suffix}");
    }
    assert_eq!(mode(&folder.path().join("new")), 0o700);
    assert_eq!(mode(&folder.path().join("new/marks")), 0o700);
    // A file that a group shares.
    let (_folder, file) = with_text(FIRST_VERSION.as_bytes());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o660)).expect("shared");
    let owner = fs::metadata(&file).expect("a file").uid();
    mark(&file, "a");
    assert_eq!(mode(&beside(&file, ".journal")), 0o660);
    marks_file::merge(&file).expect("merged");
    let old = marks_file::load(&file).expect("loaded").entries.remove(0);
    marks_file::carry_over(&file, &[(old, entry("1"))]).expect("carried over");
    for suffix in ["", ".v1", ".lock", ".merge.lock"] {
        assert_eq!(mode(&beside(&file, suffix)), 0o660, "{suffix}");
        assert_eq!(fs::metadata(beside(&file, suffix)).expect("a file").uid(), owner);
    }
    // Who may only read the marks reads the journal too, but holds no lock.
    for (existing, lock) in [(0o640, 0o600), (0o644, 0o600), (0o664, 0o660), (0o620, 0o600)] {
        let (_folder, file) = with_text(b"");
        fs::set_permissions(&file, fs::Permissions::from_mode(existing)).expect("shared");
        mark(&file, "a");
        assert_eq!(mode(&beside(&file, ".journal")), existing);
        assert_eq!(mode(&beside(&file, ".lock")), lock, "{existing:o}");
    }
}

#[test]
fn journal_of_a_shared_file_gets_its_group() {
    if !rustix::process::geteuid().is_root() {
        println!("skipped: only the administrator can give files away");
        return;
    }
    let (_folder, file) = with_text(b"");
    std::os::unix::fs::chown(&file, Some(1234), Some(5678)).expect("given away");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o660)).expect("shared");
    mark(&file, "a");
    for suffix in [".lock", ".journal"] {
        let found = fs::metadata(beside(&file, suffix)).expect("a file");
        assert_eq!((found.uid(), found.gid(), found.mode() & 0o777), (1234, 5678, 0o660));
    }
}

#[test]
fn reasons_fit_into_the_status_line() {
    let denied = || std::io::Error::from(rustix::io::Errno::ACCESS);
    for kind in [
        FileErrorKind::IsFolder,
        FileErrorKind::FolderNotCreated(denied()),
        FileErrorKind::IsLink,
        FileErrorKind::LinkLoop,
        FileErrorKind::ForeignLink,
        FileErrorKind::NotRegular,
        FileErrorKind::Unlockable(denied()),
        FileErrorKind::Unreadable(denied()),
        FileErrorKind::ReadOnly,
        FileErrorKind::OwnerNotKept,
        FileErrorKind::LeadsOut,
        FileErrorKind::DiskFull,
        FileErrorKind::DiskReadOnly,
        FileErrorKind::NotPermitted,
        FileErrorKind::Unwritable(denied()),
    ] {
        let file = "/home/somebody/.local/share/fonds/marks/a.toml".to_owned();
        let reason = kind.to_string();
        let message = MarksError::File(FileError { file, kind }).to_string();
        assert_eq!(message, format!("{reason} (a.toml)"));
        assert!(" not kept yet: ".len() + reason.len() <= 80, "{reason}");
    }
}

#[test]
fn journal_is_merged_once_it_is_large_compared_to_the_file() {
    let (_folder, file) = without_file();
    mark(&file, "a");
    marks_file::merge_if_large(&file).expect("merged");
    assert!(fs::read_to_string(&file).expect("text").contains("id = \"a\""));
    let mut text = fs::read_to_string(&file).expect("text");
    text.push_str(&"# a comment\n".repeat(100_000));
    fs::write(&file, &text).expect("written");
    mark(&file, "b");
    marks_file::merge_if_large(&file).expect("merged");
    assert_eq!(fs::read_to_string(&file).expect("text"), text);
    let note = MarkChange::SetNote("x".repeat(100_000));
    marks_file::append_within(&file, &[change("b", note)], LOCK_TIMEOUT).expect("saved");
    marks_file::merge_if_large(&file).expect("merged");
    assert!(!beside(&file, ".journal").exists());
    assert_eq!(marked(&file).len(), 2);
}

#[test]
fn journal_with_many_changes_of_the_same_marks_is_merged_while_it_is_used() {
    let (_folder, file) = without_file();
    let note = || change("a", MarkChange::SetNote("x".repeat(1 << 20)));
    for (count, is_merged) in [(15, false), (2, true)] {
        for _ in 0..count {
            marks_file::append_within(&file, &[note()], LOCK_TIMEOUT).expect("saved");
        }
        marks_file::merge_if_oversized(&file).expect("merged");
        assert_eq!(!beside(&file, ".journal").exists(), is_merged, "{count}");
    }
    assert!(fs::metadata(&file).expect("a file").len() < 2 << 20);
}

#[test]
fn old_temporary_files_are_removed() {
    let (folder, file) = with_text(b"");
    let (old, new) = (folder.path().join(".fonds-old"), folder.path().join(".fonds-new"));
    for path in [&old, &new] {
        fs::write(path, "").expect("written");
    }
    let two_days = Duration::from_secs(2 * 24 * 60 * 60);
    let time = std::time::SystemTime::now() - two_days;
    File::options().write(true).open(&old).expect("a file").set_modified(time).expect("old");
    marks_file::merge_if_large(&file).expect("tidied");
    assert!(!old.exists() && new.exists() && file.exists());
}

#[test]
fn rescue_file_is_a_marks_file_and_replaces_none() {
    let (_folder, file) = without_file();
    let operations = [
        change("a", MarkChange::Mark),
        change("b", MarkChange::Mark),
        change("b", MarkChange::Unmark),
        change("c", MarkChange::SetNote("one\n[[record]]\n\"\"\"two\"".to_owned())),
        change("c", MarkChange::Mark),
        change("d", MarkChange::SetNote(String::new())),
    ];
    for name in [".rescue.toml", ".rescue-2.toml", ".rescue-3.toml"] {
        let rescue = marks_file::write_rescue(&file, &operations).expect("rescued");
        assert_eq!(rescue, beside(&file.canonicalize().unwrap_or(file.clone()), name));
        let loaded = marks_file::load(&rescue).expect("loaded");
        assert_eq!(loaded.problems, []);
        let note = Some("one\n[[record]]\n\"\"\"two\"".to_owned());
        let expected = [
            MarkEntry { marked: true, ..entry("a") },
            MarkEntry { marked: true, note, ..entry("c") },
        ];
        assert_eq!(loaded.entries, expected);
        let text = fs::read_to_string(&rescue).expect("text");
        assert!(text.contains("marked = false\n") && text.contains("note = \"\"\n"), "{text}");
    }
}

#[test]
fn all_marks_files_of_a_folder_are_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let location = MarksLocation::Folder(folder.path().join("marks"));
    assert!(location.paths().expect("no folder").is_empty());
    let (one, two) =
        (location.path_for("one").expect("a path"), location.path_for("two").expect("a path"));
    for path in [&one, &two] {
        mark(path, "a");
    }
    marks_file::merge(&one).expect("merged");
    marks_file::write_rescue(&one, &[change("a", MarkChange::Mark)]).expect("rescued");
    fs::write(beside(&one, ".v1"), "").expect("written");
    assert_eq!(location.paths().expect("paths"), [one, two]);
    let named = MarksLocation::SingleFile("marks.toml".into());
    assert_eq!(named.paths().expect("paths"), [PathBuf::from("marks.toml")]);
    assert!(MarksLocation::Unavailable.paths().is_err());
}

#[test]
fn each_archive_has_its_own_marks_file() {
    let location = MarksLocation::Folder("marks".into());
    let name = |archive: &str| {
        let file = location.path_for(archive).expect("a file");
        file.file_name().expect("a name").to_string_lossy().into_owned()
    };
    assert!(name("https://Example.org/a?b").starts_with("https-example-org-a-b-"));
    assert_ne!(name("a/b"), name("a?b"));
    assert!(name(&"é/..".repeat(99)).len() < 80);
}

#[test]
#[ignore = "measures; run by hand with --nocapture"]
fn measure_two_hundred_thousand_entries() {
    let (_folder, file) = without_file();
    let ids: Vec<String> =
        (0..200_000).map(|number| format!("https://example.org/{number}")).collect();
    let timed = |what: &str, run: &mut dyn FnMut()| {
        let began = Instant::now();
        run();
        println!("{what}: {:?}", began.elapsed());
    };
    let operations: Vec<_> = ids.iter().map(|id| change(id, MarkChange::Mark)).collect();
    timed("append 200,000 changes", &mut || {
        marks_file::append(&file, &operations).expect("saved");
    });
    timed("load 200,000 changes", &mut || assert_eq!(marked(&file).len(), ids.len()));
    timed("merge 200,000 changes", &mut || marks_file::merge(&file).expect("merged"));
    timed("load 200,000 entries", &mut || assert_eq!(marked(&file).len(), ids.len()));
    let mut durations: Vec<Duration> = (0..100)
        .map(|number| {
            let began = Instant::now();
            mark(&file, &format!("new {number}"));
            began.elapsed()
        })
        .collect();
    durations.sort();
    println!("a change: median {:?}, slowest {:?}", durations[50], durations[99]);
    timed("merge 100 changes", &mut || marks_file::merge(&file).expect("merged"));
    println!("{} bytes", fs::metadata(&file).expect("a file").len());
}
