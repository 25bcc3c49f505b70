//! Picking records for another program: what is selected, shown and taken.

use std::path::Path;

use fonds::tui::runtime::event_loop::ExitReason;

use crate::harness::{Harness, Outcome};
use crate::pty::Setup;

/// Opens the ten records to pick some of them.
fn harness(width: u16, height: u16) -> Harness {
    let mut harness = Harness::with_ten_records(width, height);
    harness.options.picking = true;
    harness
}

/// The numbers of the picked records; `None` if the program did not end with a pick.
fn picked(outcome: &Outcome) -> Option<Vec<u32>> {
    match &outcome.exit_reason {
        ExitReason::Picked(records) => Some(records.iter().map(|number| number.0).collect()),
        _ => None,
    }
}

/// What is typed, and the numbers of the records that are taken; `None` while the pick goes on.
const SCRIPTS: &[(&str, Option<&[u32]>)] = &[
    ("<enter>", Some(&[0])),
    ("jj<enter>", Some(&[2])),
    (" <enter>", Some(&[0])),
    (" j <enter>", Some(&[0, 2])),
    ("  kk <enter>", Some(&[1])),
    ("jVj <enter>", Some(&[1, 2])),
    ("*<enter>", Some(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
    (" i<enter>", Some(&[1, 2, 3, 4, 5, 6, 7, 8, 9])),
    ("/soong<enter>*<enter>", Some(&[0, 7, 8, 9])),
    ("/soong<enter>*<esc><enter>", Some(&[0, 7, 8, 9])),
    ("/zzzz<enter><enter>", Some(&[])),
    // Some of what is selected is not shown: the screen asks.
    ("jj /soong<enter><enter>", None),
    ("jj /soong<enter><enter><enter>", Some(&[2])),
    ("jj /soong<enter>j<enter>j<enter>", Some(&[7])),
    ("  /soong<enter>j<enter><enter>", Some(&[0, 1])),
    ("  /soong<enter>j<enter>j<enter>", Some(&[0])),
    ("  /soong<enter>j<enter>jj<enter>", Some(&[7])),
    ("  /soong<enter><enter><esc>", None),
    ("  /zzzz<enter><enter>", None),
    ("  /zzzz<enter><enter><enter>", Some(&[0, 1])),
    // A range looks selected, but is not yet.
    ("jVj<enter>", None),
    ("jVj<enter> <enter>", Some(&[1, 2])),
    ("q", None),
    ("N", None),
    ("<tab><enter>", None),
];

#[test]
fn enter_takes_what_is_selected_or_the_record_under_the_cursor() {
    for (width, height) in [(80, 24), (40, 8)] {
        let harness = harness(width, height);
        for (script, numbers) in SCRIPTS {
            for outcome in [harness.press(script), harness.press_before_responses(script)] {
                let expected = numbers.map(<[u32]>::to_vec);
                assert_eq!(picked(&outcome), expected, "{script:?} at {width}x{height}");
            }
        }
    }
}

#[test]
fn screen_says_what_enter_takes() {
    for (width, height) in [(60, 20), (80, 24), (120, 36)] {
        let harness = harness(width, height);
        for (script, texts) in [
            ("", &["Enter take it", "/ filter"][..]),
            ("/soong<enter>", &["Enter take it", "Esc clear the filter"]),
            ("/zzzz<enter>", &["No record matches"]),
            (" ", &["Enter take the selected one", "1 selected"]),
            ("  ", &["Enter take the 2 selected", "2 selected"]),
            (
                "  j /soong<enter>",
                &["Enter take 3 selected, 2 of them not shown", "3 selected (1 shown)"],
            ),
            ("jj /soong<enter>", &["Enter take 1 selected, not shown", "1 selected (0 shown)"]),
            (
                "  j /soong<enter><enter>",
                &[
                    "not all are shown: take what?",
                    "selected            3 records, 2 of them not shown",
                    "selected and shown  1 record",
                    "under the cursor    1 record",
                ],
            ),
            ("  /zzzz<enter><enter>", &["selected  2 records, not shown"]),
            ("  /soong<enter>yc", &["not all are shown: copy what?", "1 of them not shown"]),
            ("N", &["notes are not kept while you pick"]),
            ("/is:marked<enter>", &["no record is marked"]),
            ("/is:noted<enter>", &["no record has a note"]),
            ("V", &["Space select the range"]),
            ("Vj<enter>", &["a range is open: Space selects it"]),
            ("?", &["Enter", "take the selected records,"]),
            ("?notes", &["N", "nothing: marks and notes"]),
        ] {
            let text = harness.press(script).text();
            for part in texts {
                assert!(
                    text.contains(part),
                    "{script:?} at {width}x{height} shows {part:?}\n{text}"
                );
            }
            for wrong in ["marks one", "writes one", "Enter read"] {
                assert!(!text.contains(wrong), "{script:?} at {width}x{height}: {wrong:?}\n{text}");
            }
        }
    }
}

#[test]
fn enter_waits_while_files_are_read() {
    let outcome = harness(80, 24).press_while_loading("<enter>", 100, &[], &[]);
    assert_eq!(picked(&outcome), None);
    let text = outcome.text();
    assert!(text.contains("10 of 10 shown"), "{text}");
}

#[test]
fn selection_outlasts_a_reload() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("some.toml");
    let archive =
        "[[record]]\ntitle = \"a\"\n[[record]]\ntitle = \"b\"\n[[record]]\ntitle = \"c\"\n";
    std::fs::write(&file, archive).expect("written");
    let mut harness = Harness::open(&[fonds::load::Input::Path(file.clone())], 80, 24);
    harness.options.picking = true;
    harness.options.files = vec![file.display().to_string()];
    std::fs::write(&file, format!("[[record]]\ntitle = \"new\"\n{archive}")).expect("written");
    let outcome = harness.press("jj R");
    assert!(outcome.text().contains("reloaded: 1 record more"), "{}", outcome.text());
    assert!(outcome.app.workspace.records.is_loaded());
    assert_eq!(picked(&harness.press("jj R<enter>")), Some(vec![3]));
    assert_eq!(picked(&harness.press("jj R/b<enter><enter>j<enter>")), Some(vec![2]));
}

/// An archive of three records, and marks and a note on two of them.
fn marked_archive(script: &str) -> Setup {
    let record = |id: u8| format!("[[record]]\nid = \"{id}\"\ntitle = \"Cable {id}\"\n");
    let archive = (1..=3).map(record).collect::<String>();
    let marks = "[[record]]\narchive = \"https://a.org/\"\nid = \"2\"\nmarked = true\n\n\
                 [[record]]\narchive = \"https://a.org/\"\nid = \"3\"\nmarked = true\n\
                 note = \"see the diary\"\n";
    Setup::script(script)
        .file("archive.toml", format!("[archive]\nurl = \"https://a.org/\"\n\n{archive}"))
        .file("marks.toml", marks)
}

/// Runs `fonds pick` with arguments and keys, and checks the exit code and the ids it prints.
#[track_caller]
fn assert_picks(arguments: &str, shown: &str, keys: &str, code: i32, titles: &[&str]) {
    let script = format!(
        "$FONDS pick archive.toml --marks marks.toml {arguments} > out; echo \"ended with $?.\""
    );
    let mut pty = marked_archive(&script).start();
    let read =
        |folder: &Path, name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
    let marks = read(pty.folder.path(), "marks.toml");
    pty.wait_for_text(shown);
    pty.send(keys);
    pty.wait_for_text(&format!("ended with {code}."));
    let out = read(pty.folder.path(), "out");
    let found: Vec<&str> = out.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    assert_eq!(found, titles, "{arguments} {keys:?}");
    assert_eq!(read(pty.folder.path(), "marks.toml"), marks, "{arguments} {keys:?}");
    for name in ["data", "state"] {
        assert!(!pty.folder.path().join(name).exists(), "{name} after {arguments} {keys:?}");
    }
}

#[test]
fn pick_begins_with_nothing_selected_and_keeps_nothing() {
    assert_picks("", "3 of 3 shown", "\r", 0, &["Cable 1"]);
    assert_picks("--no-restore", "3 of 3 shown", "j\r", 0, &["Cable 2"]);
    assert_picks("", "3 of 3 shown", "  \r", 0, &["Cable 1", "Cable 2"]);
    assert_picks("", "3 of 3 shown", "Nq", 130, &[]);
}

#[test]
fn filter_of_a_pick_finds_saved_marks_and_notes() {
    assert_picks("--filter is:marked", "2 of 3 shown", "\r", 0, &["Cable 2"]);
    assert_picks("--filter is:marked", "2 of 3 shown", "*\r", 0, &["Cable 2", "Cable 3"]);
    assert_picks("--filter is:marked", "2 of 3 shown", " \r", 0, &["Cable 2"]);
    assert_picks("--filter note:diary", "1 of 3 shown", "\r", 0, &["Cable 3"]);
}

#[test]
fn pick_that_takes_nothing_says_so() {
    assert_picks("--filter zzzz", "0 of 3 shown", "\r", 1, &[]);
    assert_picks("", "3 of 3 shown", "q", 130, &[]);
    assert_picks("", "3 of 3 shown", "  q", 130, &[]);
    assert_picks("--filter zzzz", "0 of 3 shown", "q", 130, &[]);
    let script = "$FONDS pick archive.toml --filter zzzz > out 2> said; cat said";
    let mut pty = marked_archive(script).start();
    pty.wait_for_text("0 of 3 shown");
    pty.send("\r");
    pty.wait_for_text("nothing is taken");
}

#[test]
fn pick_neither_restores_nor_saves_a_session() {
    let script = "$FONDS archive.toml; $FONDS pick archive.toml > out; echo \"ended with $?.\"; \
                  $FONDS archive.toml";
    let mut pty = marked_archive(script).start();
    pty.wait_for_text("3 of 3 shown");
    pty.send("/cable 2\r");
    pty.wait_for_text("1 of 3 shown");
    pty.send("q");
    pty.wait_for_text("Enter take it");
    pty.wait_for_text("3 of 3 shown");
    pty.send("/cable 3\r");
    pty.wait_for_text("1 of 3 shown");
    pty.send("\r");
    pty.wait_for_text("/ cable 2");
    pty.wait_for_text("1 of 3 shown");
}
