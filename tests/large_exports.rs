//! Exports that take long: how far they are, and how they are stopped without a trace.

use std::fmt::Write as _;
use std::path::Path;

use fonds::tui::runtime::event_loop::Ending;

use crate::pty::{Pty, Setup};
use crate::stage::Stage;

/// So many records that they are not written at once.
const MANY: usize = 60_000;

/// That many records.
fn many() -> String {
    (1..=MANY).fold(String::new(), |mut lines, number| {
        let people = "[\"Stalin, J.V.\", \"T.V. Soong\"]";
        let _ = writeln!(
            lines,
            "{{\"title\": \"Record {number}\", \"date\": \"July 1945\", \"people\": {people}}}"
        );
        lines
    })
}

/// What stands in a folder, but for what the program keeps.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter(|name| !["data", "state", "config"].contains(&name.as_str())).collect();
    names.sort();
    names
}

#[test]
fn a_writing_is_told_of_and_stopped() {
    let mut stage = Stage::of_ten(80, 24);
    stage.opening.formats = vec![fonds::tui::overlays::picker::state::Offer {
        name: "ris".to_owned(),
        ending: "ris".to_owned(),
        ..Default::default()
    }];
    let begin = "e<enter><ctrl-u>large.ris<enter>";
    let leaving =
        "fonds quits when the file is written   q again leaves it unwritten   Esc stops it";
    for (script, said, writing) in [
        ("", "writing large.ris ...   Esc stops it", true),
        ("<esc>", "stopped", false),
        ("e", "a file is being written still   Esc stops it", true),
        ("<esc>e<enter><ctrl-u>x<enter>", "export “” as ris to x, replace: false", false),
        ("q", leaving, true),
        (":q<enter>", leaving, true),
        ("q<esc>", "stopped", false),
        ("/soong<enter><esc>", "stopped", false),
    ] {
        let played = stage.play(&format!("{begin}{script}"));
        assert_eq!(played.app.message.as_deref(), Some(said), "{script:?}");
        assert_eq!(played.text().contains("writing 7 of 9 records"), writing, "{script:?}");
        assert_eq!(played.ending, Ending::Quit, "{script:?}");
    }
    assert_eq!(stage.play(&format!("{begin}/soong<enter><esc>")).app.bar.text(), "soong");
    for (script, selected) in [("qjj", 203), ("qqjj", 201), ("<ctrl-c>jj", 201), ("q<esc>qjj", 201)]
    {
        let played = stage.play(&format!("{begin}{script}"));
        assert_eq!(played.selected(), Some(selected), "{script:?}: whether it has quit");
    }
}

/// Opens many records.
fn open() -> Pty {
    let pty = Setup::program(&["many.jsonl"]).file("many.jsonl", many()).start();
    pty.shows(&format!("{MANY} of {MANY} shown"));
    pty
}

#[test]
fn a_large_export_is_watched_and_stopped_on_the_screen() {
    let mut pty = open();
    pty.send("e\r\x15out.ris\r");
    pty.shows(&format!(" of {MANY} records"));
    pty.send("jj");
    pty.shows("▌ 1945-07  Record 3");
    pty.send("\x1b");
    pty.shows("nothing is exported: it is stopped");
    assert_eq!(names(pty.folder.path()), ["many.jsonl"]);
    pty.send("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn who_quits_waits_for_the_file_or_leaves_it() {
    let mut pty = open();
    pty.send("e\r\x15out.ris\r");
    pty.shows(&format!(" of {MANY} records"));
    pty.send("q");
    assert_eq!(pty.ends(), 0);
    assert_eq!(names(pty.folder.path()), ["many.jsonl", "out.ris"]);
    let written = std::fs::read_to_string(pty.folder.path().join("out.ris")).expect("a file");
    assert_eq!(written.matches("ER  -").count(), MANY);
    let mut pty = open();
    pty.send("e\r\x15out.ris\r");
    pty.shows(&format!(" of {MANY} records"));
    pty.send("qq");
    assert_eq!(pty.ends(), 0);
    assert_eq!(names(pty.folder.path()), ["many.jsonl"]);
}

#[test]
fn a_large_export_outside_is_watched_and_stopped() {
    let export = "\"$FONDS\" export many.jsonl -o out.ris";
    for (script, key, code) in [
        (format!("exec {export}"), "\x03", 130),
        (format!("exec {export} --force"), "", 0),
        ("exec \"$FONDS\" export many.jsonl --format ris > out.ris".to_owned(), "", 0),
    ] {
        let mut pty = Setup::script(&script).file("many.jsonl", many()).start();
        pty.shows(&format!(" of {MANY} records written"));
        pty.send(key);
        assert_eq!(pty.ends(), code, "{script}");
        let there = names(pty.folder.path());
        let expected: &[&str] =
            if code == 0 { &["many.jsonl", "out.ris"] } else { &["many.jsonl"] };
        assert_eq!(there, expected, "{script}");
        let said = if code == 0 { "" } else { "fonds: stopped: nothing is written" };
        // The interrupt is echoed by the terminal.
        assert_eq!(pty.text().replace("^C", "").trim(), said, "the line has given way: {script}");
    }
}
