//! The program on a real pseudo-terminal: what it draws, and the keys and texts it takes.

use std::thread;
use std::time::Duration;

use crate::pty::{Setup, TestTerminal, open_ten_records, process_stat};

const RESULTS_PAGE: &str = include_str!("import/results-page.txt");

#[test]
fn ten_records_open_at_80_by_24() {
    let pty = open_ten_records();
    let text = pty.screen_text();
    for position in 201..=210 {
        assert!(text.contains(&format!("{position}  19")), "{position}\n{text}");
    }
    pty.wait_for_selection("201  1945-07-12");
    pty.wait_for_text("July 12, 1945");
    assert!(pty.with_screen(vt100::Screen::alternate_screen));
}

#[test]
fn typing_after_a_slash_filters() {
    let mut pty = open_ten_records();
    pty.send("/soong");
    pty.wait_for_no_text("Korean Political");
    pty.wait_for_text("/ soong");
    pty.wait_for_text("208  1945-07-11");
    pty.send("\r");
    pty.send("\x1b");
    pty.wait_for_ten_records();
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    pty.assert_restored();
}

#[test]
fn filter_option_applies_at_start() {
    let pty = Setup::program(&["--filter", "soong"]).start();
    pty.wait_for_text("208  1945-07-11");
    pty.wait_for_no_text("Korean Political");
}

#[test]
fn file_argument_is_opened() {
    let pty = Setup::program(&["page.txt"]).file("page.txt", RESULTS_PAGE).start();
    pty.wait_for_ten_records();
    pty.wait_for_text("page.txt");
}

#[test]
fn terminal_may_have_any_size() {
    let mut pty = open_ten_records();
    pty.resize(120, 40);
    // The detail is next to the list if the screen is wide enough.
    pty.wait_until_screen("side by side", |screen| {
        screen.rows(0, 120).nth(1).is_some_and(|row| row.contains("201  ") && row.contains("July"))
    });
    pty.resize(40, 10);
    pty.wait_until_screen("narrow", |screen| {
        screen.rows(0, 40).nth(9).is_some_and(|row| row.contains("page 1 of 2"))
    });
    pty.resize(1, 1);
    pty.send("/soong\r");
    pty.resize(80, 24);
    pty.wait_for_text("208  1945-07-11");
    pty.wait_for_text("4 of 10");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
}

#[test]
fn paste_into_the_list_filters_and_runs_no_command() {
    let mut pty = open_ten_records();
    pty.send("\x1b[200~q\nq\x1b[201~");
    pty.wait_for_text("/ q q");
    pty.send("\x15\x1b[200~soong\n\x1b[201~");
    pty.wait_for_text("/ soong");
    pty.wait_for_text("4 of 10");
}

#[test]
fn long_input_is_processed_and_then_the_program_is_idle() {
    for (before, after) in [("/", ""), ("\x1b[200~", "\x1b[201~")] {
        let mut pty = open_ten_records();
        pty.send(&format!("{before}{}end of it{after}", "many words ".repeat(150)));
        pty.wait_for_text("words end of it");
        pty.send("\x15soong");
        pty.wait_for_text("4 of 10");
        assert_becomes_idle(&pty);
    }
}

#[test]
fn overlong_paste_is_truncated() {
    let mut pty = open_ten_records();
    pty.send(&format!("\x1b[200~{}\x1b[201~", "many words\n".repeat(10_000)));
    pty.wait_for_text("only the first 4096 letters were pasted");
    pty.send("\x15soong");
    pty.wait_for_text("4 of 10");
}

#[test]
fn mouse_wheel_and_click_select_records() {
    let mut pty = open_ten_records();
    pty.send("\x1b[<65;10;6M");
    pty.wait_for_selection("204");
    pty.send("\x1b[<64;10;6M");
    pty.wait_for_selection("201");
    pty.send("\x1b[<0;10;7M\x1b[<0;10;7m");
    pty.wait_for_selection("206");
    // Some terminals report cells that do not exist.
    pty.send("\x1b[<0;65535;65535M\x1b[<65;0;0Mj");
    pty.wait_for_selection("207");
}

#[test]
fn no_mouse_option_disables_mouse_reports() {
    let pty = Setup::program(&["--no-mouse"]).start();
    pty.wait_for_ten_records();
    assert!(pty.with_screen(vt100::Screen::mouse_protocol_mode) == vt100::MouseProtocolMode::None);
}

#[test]
fn no_color_reverses_the_selected_row() {
    let pty = Setup::program(&[]).env("NO_COLOR", "1").start();
    pty.wait_for_ten_records();
    pty.wait_for_selection("201");
    pty.with_screen(|screen| {
        let cell = screen.cell(1, 5).expect("a cell");
        assert!(cell.inverse(), "{cell:?}");
        let cell = screen.cell(2, 5).expect("a cell");
        assert!(!cell.inverse(), "{cell:?}");
    });
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    for sequence in text.split("\x1b[").skip(1) {
        let Some((codes, _)) = sequence.split_once('m') else { continue };
        if codes.chars().all(|c| c.is_ascii_digit() || c == ';') {
            for code in codes.split(';') {
                let number: u8 = code.parse().unwrap_or(0);
                assert!(!matches!(number, 30..=38 | 40..=48 | 90..=107), "colour in ESC[{codes}m");
            }
        }
    }
}

/// Waits for two seconds in which the program uses no processor time. Earlier keys may still be
/// processed, so this is tried several times.
fn assert_becomes_idle(pty: &TestTerminal) {
    let ticks = || -> Option<u64> {
        let fields = process_stat(pty.pid())?;
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    };
    let Some(mut before) = ticks() else { return };
    for _ in 0..5 {
        thread::sleep(Duration::from_secs(2));
        let after = ticks().expect("a process");
        if after - before <= 1 {
            return;
        }
        before = after;
    }
    panic!("the program never becomes idle");
}

#[test]
fn idle_program_uses_no_processor_time() {
    let mut pty = open_ten_records();
    pty.send("/soong");
    pty.wait_for_text("4 of 10");
    assert_becomes_idle(&pty);
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let mut pty = open_ten_records();
    pty.send("jjj/soong\r");
    pty.wait_for_text("4 of 10");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let (_, frames) = text.split_once("\x1b[?2026h").expect("a frame");
    let (frames, _) = frames.rsplit_once("\x1b[?2026l\x1b[?1006l").expect("an end");
    for between in frames.split("\x1b[?2026l").skip(1) {
        assert!(between.is_empty() || between.starts_with("\x1b[?2026h"), "{between:?}");
    }
}

#[test]
fn unbound_keys_redraw_nothing() {
    let mut pty = open_ten_records();
    let frames =
        |pty: &TestTerminal| String::from_utf8_lossy(&pty.bytes()).matches("\x1b[?2026h").count();
    let before = frames(&pty);
    for _ in 0..50 {
        // No command is bound to this key. The pause makes the keys arrive one by one.
        pty.send("Z");
        thread::sleep(Duration::from_millis(5));
    }
    pty.send("j");
    pty.wait_for_selection("202");
    let frames = frames(&pty) - before;
    // The last change before, at most one frame without a change, and the bound key.
    assert!(frames <= 3, "{frames} frames");
}

#[test]
fn marks_and_session_are_restored_at_the_next_start() {
    let script = "$FONDS; echo first has ended; read line; clear; \
                  $FONDS; echo second has ended; read line; clear; \
                  $FONDS --no-restore; cat data/fonds/marks/*.toml";
    let mut pty = Setup::script(script).start();
    pty.wait_for_ten_records();
    pty.send("jj j  /is:marked\r");
    pty.wait_for_text("3 marked");
    pty.wait_for_text("3 of 10 shown");
    pty.send("Gq");
    pty.wait_for_text("first has ended");
    pty.send("\r");
    pty.wait_for_text("3 of 10 shown");
    pty.wait_for_text("3 marked");
    pty.wait_for_selection("206  1949");
    pty.send("Na note\rq");
    pty.wait_for_text("second has ended");
    pty.send("\r");
    pty.wait_for_text("10 of 10 shown");
    pty.wait_for_selection("201  1945");
    pty.send("q");
    pty.wait_for_text("note = \"a note\"");
}

#[test]
fn copy_falls_back_to_the_terminal_escape_sequence() {
    let mut pty = open_ten_records();
    pty.send("yy");
    pty.wait_for_text("sent the title and date to the terminal to copy");
}
