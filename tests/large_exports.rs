//! Exports that take long: their progress is shown, and stopping one leaves no file behind.

use std::fmt::Write as _;
use std::path::Path;

use fonds::tui::runtime::event_loop::ExitReason;

use crate::harness::Harness;
use crate::pty::{Setup, TestTerminal};

/// Enough records that an export takes a while.
const RECORD_COUNT: usize = 60_000;

/// The records as JSON Lines.
fn many_records() -> String {
    (1..=RECORD_COUNT).fold(String::new(), |mut lines, number| {
        let people = "[\"Stalin, J.V.\", \"T.V. Soong\"]";
        let _ = writeln!(
            lines,
            "{{\"title\": \"Record {number}\", \"date\": \"July 1945\", \"people\": {people}}}"
        );
        lines
    })
}

/// The file names in a folder, without the folders in which the program keeps its own data.
fn file_names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter(|name| !["data", "state", "config"].contains(&name.as_str())).collect();
    names.sort();
    names
}

#[test]
fn running_export_shows_progress_and_can_be_stopped() {
    let mut harness = Harness::with_ten_records(80, 24);
    harness.options.formats = vec![fonds::tui::overlays::picker::state::PickerItem {
        name: "ris".to_owned(),
        extension: "ris".to_owned(),
        ..Default::default()
    }];
    let start_export = "e<enter><ctrl-u>large.ris<enter>";
    let quit_message =
        "fonds quits when the file is written   q again quits without it   Esc stops it";
    for (script, message, is_writing) in [
        ("", "writing large.ris ...   Esc stops it", true),
        ("<esc>", "stopped", false),
        ("e", "a file is still being written   Esc stops it", true),
        ("<esc>e<enter><ctrl-u>x<enter>", "export “” as ris to x, replace: false", false),
        ("q", quit_message, true),
        (":q<enter>", quit_message, true),
        ("q<esc>", "stopped", false),
        ("/soong<enter><esc>", "stopped", false),
    ] {
        let outcome = harness.press(&format!("{start_export}{script}"));
        assert_eq!(outcome.message().as_deref(), Some(message), "{script:?}");
        assert_eq!(outcome.text().contains("writing 7 of 9 records"), is_writing, "{script:?}");
        assert_eq!(outcome.exit_reason, ExitReason::Quit, "{script:?}");
    }
    assert_eq!(
        harness
            .press(&format!("{start_export}/soong<enter><esc>"))
            .app
            .workspace
            .panes
            .filter_bar
            .text(),
        "soong"
    );
    for (script, selected) in [("qjj", 203), ("qqjj", 201), ("<ctrl-c>jj", 201), ("q<esc>qjj", 201)]
    {
        let outcome = harness.press(&format!("{start_export}{script}"));
        assert_eq!(outcome.selected(), Some(selected), "{script:?}: whether the program has quit");
    }
}

/// Opens the records in a terminal.
fn open() -> TestTerminal {
    let pty = Setup::program(&["many.jsonl"]).file("many.jsonl", many_records()).start();
    pty.wait_for_text(&format!("{RECORD_COUNT} of {RECORD_COUNT} shown"));
    pty
}

#[test]
fn large_export_can_be_stopped_in_a_terminal() {
    let mut pty = open();
    pty.send("e\r\x15out.ris\r");
    pty.wait_for_text(&format!(" of {RECORD_COUNT} records"));
    pty.send("jj");
    pty.wait_for_text("▌ 1945-07  Record 3");
    pty.send("\x1b");
    pty.wait_for_text("nothing is exported: it is stopped");
    assert_eq!(file_names(pty.folder.path()), ["many.jsonl"]);
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
}

#[test]
fn quitting_waits_for_the_export_and_quitting_twice_abandons_it() {
    let mut pty = open();
    pty.send("e\r\x15out.ris\r");
    pty.wait_for_text(&format!(" of {RECORD_COUNT} records"));
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    assert_eq!(file_names(pty.folder.path()), ["many.jsonl", "out.ris"]);
    let written = std::fs::read_to_string(pty.folder.path().join("out.ris")).expect("a file");
    assert_eq!(written.matches("ER  -").count(), RECORD_COUNT);
    let mut pty = open();
    pty.send("e\r\x15out.ris\r");
    pty.wait_for_text(&format!(" of {RECORD_COUNT} records"));
    pty.send("qq");
    assert_eq!(pty.wait_for_exit(), 2, "the file is not written");
    assert_eq!(file_names(pty.folder.path()), ["many.jsonl"]);
}

#[test]
fn export_command_shows_progress_and_can_be_interrupted() {
    let export = "\"$FONDS\" export many.jsonl -o out.ris";
    for (script, key, code) in [
        (format!("exec {export}"), "\x03", 130),
        (format!("exec {export} --force"), "", 0),
        ("exec \"$FONDS\" export many.jsonl --format ris > out.ris".to_owned(), "", 0),
    ] {
        let mut pty = Setup::script(&script).file("many.jsonl", many_records()).start();
        pty.wait_for_text(&format!(" of {RECORD_COUNT} records written"));
        pty.send(key);
        assert_eq!(pty.wait_for_exit(), code, "{script}");
        let files = file_names(pty.folder.path());
        let expected: &[&str] =
            if code == 0 { &["many.jsonl", "out.ris"] } else { &["many.jsonl"] };
        assert_eq!(files, expected, "{script}");
        let message = if code == 0 { "" } else { "fonds: stopped: nothing is written" };
        // The terminal echoes the interrupt key.
        assert_eq!(
            pty.screen_text().replace("^C", "").trim(),
            message,
            "the progress line is erased: {script}"
        );
    }
}
