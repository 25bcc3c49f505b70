//! Reloading the files: filter, order, selection and marks stay with their records.

use std::path::Path;

use fonds::formats::read::ReadOptions;
use fonds::load;
use fonds::load::Input;
use fonds::query::{MarksChange, RecordHandle, RemappedRecords, SharedBackend, UserMarks};
use fonds::store::{Store, StoreBackend};
use fonds::tui::runtime::reload;

use crate::harness::Harness;
use crate::pty::Setup;

/// Writes a file of records with these titles.
fn write(file: &Path, titles: &[&str]) {
    let line = |title: &&str| format!("{{\"title\": \"{title}\", \"date\": \"1945\"}}");
    let lines = titles.iter().map(line).collect::<Vec<_>>().join("\n");
    std::fs::write(file, lines).unwrap();
}

/// The in-memory store behind a backend.
fn store_of(backend: &SharedBackend) -> &Store {
    StoreBackend::from_backend(&**backend).expect("files are read into it").store()
}

fn titles(store: &Store) -> Vec<String> {
    let records = (0..).map_while(|at| store.record(RecordHandle(at)));
    records.map(|record| record.title().unwrap_or_default().to_owned()).collect()
}

/// Titles before, keys pressed, titles after the reload, the message, and the selected title.
type Case =
    (&'static [&'static str], &'static str, &'static [&'static str], &'static str, &'static str);

const CASES: &[Case] = &[
    (&["a", "b", "c"], "j", &["a", "b", "c"], "reloaded: the same records", "b"),
    (&["a", "b", "c"], "jj", &["x", "a", "b", "y", "c"], "reloaded: 2 records more", "c"),
    (&["a", "b", "c"], "jj", &["c"], "reloaded: 2 records fewer", "c"),
    (&["a", "b", "c"], "j", &["c", "a", "d", "e"], "reloaded: 2 records more, 1 fewer", "a"),
    (&["a", "a", "a"], "jj", &["b", "a", "a", "a"], "reloaded: 1 record more", "a"),
    (&["ab", "b", "bc"], "/b<enter>S", &["bc", "ab", "z", "b"], "reloaded: 1 record more", "b"),
];

#[test]
fn selection_follows_its_record_through_a_reload() {
    for (before, keys, after, message, selected) in CASES {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        write(&file, before);
        let mut harness = Harness::open(&[Input::Path(file.clone())], 80, 24);
        write(&file, after);
        harness.options.files = vec![file.to_string_lossy().into_owned()];
        let outcome = harness.press(&format!("{keys}R"));
        assert_eq!(outcome.message().as_deref(), Some(*message), "{before:?} {after:?}");
        assert_eq!(titles(store_of(&outcome.app.workspace.records.backend)), *after);
        let row = outcome.app.workspace.panes.list.selected().unwrap();
        assert_eq!(row.record.title(), Some(*selected), "{before:?} {after:?}");
    }
}

#[test]
fn failed_reload_is_reported_and_keeps_the_records() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    write(&file, &["a", "b"]);
    let mut harness = Harness::open(&[Input::Path(file.clone())], 80, 24);
    harness.options.files = vec![file.to_string_lossy().into_owned()];
    std::fs::remove_file(&file).unwrap();
    let outcome = harness.press("jR");
    let message = outcome.message().unwrap();
    assert!(message.contains("there is no such file; the old records stay"), "{message}");
    assert_eq!(titles(store_of(&outcome.app.workspace.records.backend)), ["a", "b"]);
    harness.options.files = vec!["-".to_owned()];
    let message = harness.press("R").message().unwrap();
    assert_eq!(message, "piped input cannot be read again: save it as a file");
}

#[test]
fn marks_and_notes_follow_their_records() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let inputs = [Input::Path(file.clone())];
    write(&file, &["a", "b", "b", "c", "d"]);
    let (before, _) = load::read_all(&inputs, &ReadOptions::default());
    let mut marks = UserMarks::default();
    marks.apply(&MarksChange::mark(&[1, 2, 4].map(RecordHandle).into_iter().collect()));
    marks.apply(&MarksChange::set_note(RecordHandle(3), "see this"));
    write(&file, &["c", "x", "b", "a", "b"]);
    let reloaded =
        reload::reload(&inputs, &ReadOptions::default(), &StoreBackend::new(before.clone()))
            .unwrap();
    assert_eq!((reloaded.added, reloaded.removed), (1, 1));
    let before = StoreBackend::new(before);
    let selected = Some(RecordHandle(4));
    let remapped = RemappedRecords::find(&*reloaded.backend, &before, selected, &marks);
    assert_eq!(remapped.selected, None);
    let numbers: Vec<u32> = remapped.marks.marked.iter().map(|number| number.0).collect();
    assert_eq!(numbers, [2, 4]);
    assert_eq!(remapped.marks.note(RecordHandle(0)), Some("see this"));
    assert_eq!(remapped.marks.notes.len(), 1);
}

#[test]
fn watched_file_reloads_by_itself_and_others_on_request() {
    for (arguments, keys) in [(["a.jsonl", "--watch"], ""), (["a.jsonl", "--no-restore"], "R")] {
        let before = "{\"title\": \"Cable one\"}\n{\"title\": \"Cable two\"}\n";
        let mut pty = Setup::program(&arguments).file("a.jsonl", before).start();
        pty.wait_for_text("Cable two");
        pty.send("j ");
        pty.wait_for_text("1 marked");
        let after = format!("{{\"title\": \"Cable nought\"}}\n{before}");
        std::fs::write(pty.folder.path().join("a.jsonl"), after).unwrap();
        pty.send(keys);
        pty.wait_for_text("reloaded: 1 record more");
        pty.wait_until_screen("the selection stays", |screen| {
            screen
                .contents()
                .lines()
                .any(|line| line.starts_with('▌') && line.contains("Cable two"))
        });
        pty.wait_for_text("1 marked");
        pty.send("q");
        assert_eq!(pty.wait_for_exit(), 0);
    }
}
