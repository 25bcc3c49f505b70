//! Reading the files again: filter, order, selection and marks stay with the records they are about.

use std::path::Path;

use fonds::formats::read::Options;
use fonds::load;
use fonds::load::Input;
use fonds::store::{Change, Marked, RecordNumber, Store};
use fonds::tui::runtime::reload;

use crate::pty::Setup;
use crate::stage::Stage;

/// A file of records with these titles.
fn write(file: &Path, titles: &[&str]) {
    let line = |title: &&str| format!("{{\"title\": \"{title}\", \"date\": \"1945\"}}");
    let lines = titles.iter().map(line).collect::<Vec<_>>().join("\n");
    std::fs::write(file, lines).unwrap();
}

fn titles(store: &Store) -> Vec<String> {
    let records = (0..).map_while(|at| store.record(RecordNumber(at)));
    records.map(|record| record.title().unwrap_or_default().to_owned()).collect()
}

/// The titles before, what is done, the titles after, what is said, and the selected one.
type Case =
    (&'static [&'static str], &'static str, &'static [&'static str], &'static str, &'static str);

const CASES: &[Case] = &[
    (&["a", "b", "c"], "j", &["a", "b", "c"], "read again: the same records", "b"),
    (&["a", "b", "c"], "jj", &["x", "a", "b", "y", "c"], "read again: 2 records more", "c"),
    (&["a", "b", "c"], "jj", &["c"], "read again: 2 records fewer", "c"),
    (&["a", "b", "c"], "j", &["c", "a", "d", "e"], "read again: 2 records more, 1 fewer", "a"),
    (&["a", "a", "a"], "jj", &["b", "a", "a", "a"], "read again: 1 record more", "a"),
    (&["ab", "b", "bc"], "/b<enter>S", &["bc", "ab", "z", "b"], "read again: 1 record more", "b"),
];

#[test]
fn what_is_selected_stays_selected() {
    for (before, keys, after, said, selected) in CASES {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        write(&file, before);
        let mut stage = Stage::of(&[Input::File(file.clone())], 80, 24);
        write(&file, after);
        stage.opening.files = vec![file.to_string_lossy().into_owned()];
        let played = stage.play(&format!("{keys}R"));
        assert_eq!(played.app.message.as_deref(), Some(*said), "{before:?} {after:?}");
        assert_eq!(titles(&played.app.store), *after);
        let row = played.app.list.selected().unwrap();
        assert_eq!(row.record.title(), Some(*selected), "{before:?} {after:?}");
    }
}

#[test]
fn what_cannot_be_read_again_is_said_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    write(&file, &["a", "b"]);
    let mut stage = Stage::of(&[Input::File(file.clone())], 80, 24);
    stage.opening.files = vec![file.to_string_lossy().into_owned()];
    std::fs::remove_file(&file).unwrap();
    let played = stage.play("jR");
    let said = played.app.message.clone().unwrap();
    assert!(said.contains("there is no such file; what was read before stays"), "{said}");
    assert_eq!(titles(&played.app.store), ["a", "b"]);
    stage.opening.files = vec!["-".to_owned()];
    let said = stage.play("R").app.message.unwrap();
    assert_eq!(said, "what was piped in cannot be read again: save it as a file");
}

#[test]
fn marks_and_notes_go_with_their_records() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let inputs = [Input::File(file.clone())];
    write(&file, &["a", "b", "b", "c", "d"]);
    let (before, _) = load::read_all(&inputs, &Options::default());
    let mut marked = Marked::default();
    marked.apply(&Change::marking(&[1, 2, 4].map(RecordNumber).into_iter().collect()));
    marked.apply(&Change::noting(RecordNumber(3), "see this"));
    write(&file, &["c", "x", "b", "a", "b"]);
    let again = reload::read(&inputs, &Options::default(), &before).unwrap();
    assert_eq!((again.more, again.fewer), (1, 1));
    let recalled = again.store.recall(&before, Some(RecordNumber(4)), &marked);
    assert_eq!(recalled.selected, None);
    let numbers: Vec<u32> = recalled.marked.records.iter().map(|number| number.0).collect();
    assert_eq!(numbers, [2, 4]);
    assert_eq!(recalled.marked.note(RecordNumber(0)), Some("see this"));
    assert_eq!(recalled.marked.notes.len(), 1);
}

#[test]
fn a_watched_file_is_read_again_and_one_that_is_not_when_it_is_asked_for() {
    for (arguments, keys) in [(["a.jsonl", "--watch"], ""), (["a.jsonl", "--fresh"], "R")] {
        let before = "{\"title\": \"Cable one\"}\n{\"title\": \"Cable two\"}\n";
        let mut pty = Setup::program(&arguments).file("a.jsonl", before).start();
        pty.shows("Cable two");
        pty.send("j ");
        pty.shows("1 marked");
        let after = format!("{{\"title\": \"Cable nought\"}}\n{before}");
        std::fs::write(pty.folder.path().join("a.jsonl"), after).unwrap();
        pty.send(keys);
        pty.shows("read again: 1 record more");
        pty.until("the selection stays", |screen| {
            screen
                .contents()
                .lines()
                .any(|line| line.starts_with('▌') && line.contains("Cable two"))
        });
        pty.shows("1 marked");
        pty.send("q");
        assert_eq!(pty.ends(), 0);
    }
}
