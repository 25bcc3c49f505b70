//! Marks that are made on the screen are kept, whatever happens to the program.

use std::fmt::Write as _;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use fonds::userdata::marks_file;
use rustix::process::Signal;

use crate::program::TestFolder;
use crate::pty::{Setup, TestTerminal, wait_for_process_end};

/// The number of records of the opened file.
const RECORDS: usize = 120;
/// How often the program is killed.
const KILLS: usize = 5;
/// The number of records that are marked each time.
const MARKS_PER_START: usize = 20;

/// A file with records.
fn records() -> String {
    (0..RECORDS).fold(String::new(), |mut text, number| {
        let _ = writeln!(
            text,
            "{{\"id\":\"rec-{number}\",\"date\":\"1951\",\"title\":\"Letter {number}\"}}"
        );
        text
    })
}

/// The ids of the marked records, in the order in which they were marked.
fn marked(file: &Path) -> Vec<String> {
    let loaded = marks_file::load(file).expect("a marks file");
    assert_eq!(loaded.problems, []);
    let entries = loaded.entries.into_iter();
    entries.filter(|entry| entry.marked).filter_map(|entry| entry.id).collect()
}

/// The notes of a marks file.
fn notes(file: &Path) -> Vec<String> {
    let loaded = marks_file::load(file).expect("a marks file");
    loaded.entries.into_iter().filter_map(|entry| entry.note).collect()
}

/// Opens the records.
fn open(setup: Setup) -> TestTerminal {
    let pty = setup.file("letters.jsonl", records()).start();
    pty.wait_for_text("Letter 9");
    pty
}

#[test]
fn killed_program_keeps_the_marks_that_are_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let letters = folder.path().join("letters.jsonl");
    std::fs::write(&letters, records()).expect("written");
    let marks = folder.path().join("marks.toml");
    let arguments = [letters.to_str(), Some("--marks"), marks.to_str(), Some("--no-restore")];
    let arguments: Vec<&str> = arguments.into_iter().flatten().collect();
    let mut kept = 0;
    for round in 0..KILLS {
        let mut pty = open(Setup::program(&arguments));
        if kept > 0 {
            pty.wait_for_text(&format!("{kept} marked"));
        }
        pty.send(&format!("{}{}", "j".repeat(kept), " ".repeat(MARKS_PER_START)));
        // The later ones are still being written.
        let on_disk = kept + 1 + 3 * round;
        pty.wait_until("some marks are on disk", || marked(&marks).len() >= on_disk);
        pty.signal(Signal::KILL);
        wait_for_process_end(pty.pid());
        let found = marked(&marks);
        let in_order: Vec<String> =
            (0..found.len()).map(|number| format!("rec-{number}")).collect();
        assert_eq!(found, in_order);
        assert!(found.len() >= on_disk);
        kept = found.len();
    }
    let mut pty = open(Setup::program(&arguments));
    pty.wait_for_text(&format!("{kept} marked"));
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    assert_eq!(marked(&marks).len(), kept);
    assert!(marks.exists(), "the journal was merged");
}

/// Opens the same file in two programs. Returns the folder, the marks file and the programs.
fn two_programs() -> (tempfile::TempDir, PathBuf, [TestTerminal; 2]) {
    let folder = tempfile::tempdir().expect("a folder");
    let letters = folder.path().join("letters.jsonl");
    std::fs::write(&letters, records()).expect("written");
    let marks = folder.path().join("marks.toml");
    let arguments = [letters.to_str(), Some("--marks"), marks.to_str(), Some("--no-restore")];
    let arguments: Vec<&str> = arguments.into_iter().flatten().collect();
    let programs = [(); 2].map(|()| open(Setup::program(&arguments)));
    (folder, marks, programs)
}

#[test]
fn two_programs_at_once_keep_the_marks_of_both() {
    let (_folder, marks, [mut one, mut other]) = two_programs();
    other.send("jj   ");
    other.wait_for_text("3 marked");
    other.wait_until("its marks are on disk", || marked(&marks).len() == 3);
    // Not the third record: a program that knows by then that it is marked would unmark it.
    one.send("  jNfirst note\r");
    one.wait_until("all marks are on disk", || marked(&marks).len() == 5);
    one.wait_until("the note is on disk", || !notes(&marks).is_empty());
    // Both write a note on the same record.
    other.send("kkNsecond note\r");
    other.wait_for_text("both notes are kept");
    other.send("q");
    assert_eq!(other.wait_for_exit(), 0);
    one.send("q");
    assert_eq!(one.wait_for_exit(), 0);
    assert_eq!(marked(&marks).len(), 5);
    assert_eq!(notes(&marks), ["first note\n\nsecond note"]);
}

#[test]
fn marks_of_another_program_appear_after_the_next_change() {
    let (_folder, marks, [mut one, mut other]) = two_programs();
    other.send("jj ");
    other.wait_until("the mark is on disk", || marked(&marks).len() == 1);
    one.send(" ");
    one.wait_for_text("2 marked");
    other.send("q");
    assert_eq!(other.wait_for_exit(), 0);
    // The screen does not show what is no longer kept.
    std::fs::remove_file(&marks).expect("removed");
    one.send("jj ");
    one.wait_for_text("1 marked");
}

#[test]
fn marks_are_not_kept_in_standard_input() {
    for command in [&["list"][..], &["marks"], &[]] {
        let result = TestFolder::new().run(&[command, &["--marks", "-"]].concat());
        assert_eq!(result.exit_code, Some(2));
        assert!(result.stderr.contains("marks are kept in a file"), "{}", result.stderr);
    }
}

#[test]
fn reason_why_a_mark_is_not_kept_is_shown_at_any_width() {
    for width in [40, 80, 200] {
        let name = format!("{}.toml", "marks-of-a-long-winter".repeat(6));
        let setup = Setup::program(&["letters.jsonl", "--marks", &name]).size(width, 24);
        let file = setup.path().join(&name);
        std::fs::write(&file, "").expect("written");
        std::fs::set_permissions(&file, Permissions::from_mode(0o444)).expect("a mode");
        let mut pty = open(setup);
        pty.send(" ");
        pty.wait_for_text("not kept yet: this file is read");
        pty.send("q");
        assert_eq!(pty.wait_for_exit(), 2);
        assert_eq!(marked(Path::new(&format!("{}.rescue.toml", file.display()))), ["rec-0"]);
    }
}
