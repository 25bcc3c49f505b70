//! The program on a real pseudo-terminal: screen, keys, signals, and the terminal after it ends.

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::pty::{Setup, TestTerminal, process_stat, read_pid, wait_for_process_end};

const RESULTS_PAGE: &str = include_str!("import/results-page.txt");

/// Opens the ten records.
fn open() -> TestTerminal {
    let pty = Setup::program(&[]).start();
    pty.wait_for_ten_records();
    pty
}

/// Opens the ten records, with the modes of the terminal saved before and after.
fn open_between_stty(arguments: &str) -> TestTerminal {
    let pty = Setup::program_between_stty("", arguments).start();
    pty.wait_for_ten_records();
    pty
}

/// The rows of the list with the selection marker.
fn selected(screen: &vt100::Screen) -> Vec<String> {
    let (_, width) = screen.size();
    screen.rows(0, width.into()).filter(|row| row.starts_with('▌')).collect()
}

/// Waits until the record with this position is selected.
fn wait_for_selection(pty: &TestTerminal, position: &str) {
    pty.wait_until_screen(
        &format!("selects {position}"),
        |screen| matches!(selected(screen).as_slice(), [row] if row.contains(position)),
    );
}

#[test]
fn ten_records_open_at_80_by_24() {
    let pty = open();
    let text = pty.screen_text();
    for position in 201..=210 {
        assert!(text.contains(&format!("{position}  19")), "{position}\n{text}");
    }
    wait_for_selection(&pty, "201  1945-07-12");
    pty.wait_for_text("July 12, 1945");
    assert!(pty.with_screen(vt100::Screen::alternate_screen));
}

#[test]
fn typing_after_a_slash_filters() {
    let mut pty = open();
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
    let mut pty = open();
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
    let mut pty = open();
    pty.send("\x1b[200~q\nq\x1b[201~");
    pty.wait_for_text("/ q q");
    pty.send("\x15\x1b[200~soong\n\x1b[201~");
    pty.wait_for_text("/ soong");
    pty.wait_for_text("4 of 10");
}

#[test]
fn long_input_is_processed_and_then_the_program_is_idle() {
    for (before, after) in [("/", ""), ("\x1b[200~", "\x1b[201~")] {
        let mut pty = open();
        pty.send(&format!("{before}{}end of it{after}", "many words ".repeat(300)));
        pty.wait_for_text("words end of it");
        pty.send("\x15soong");
        pty.wait_for_text("4 of 10");
        assert_becomes_idle(&pty);
    }
}

#[test]
fn overlong_paste_is_truncated() {
    let mut pty = open();
    pty.send(&format!("\x1b[200~{}\x1b[201~", "many words\n".repeat(10_000)));
    pty.wait_for_text("only the first 4096 letters were pasted");
    pty.send("\x15soong");
    pty.wait_for_text("4 of 10");
}

#[test]
fn mouse_wheel_and_click_select_records() {
    let mut pty = open();
    pty.send("\x1b[<65;10;6M");
    wait_for_selection(&pty, "204");
    pty.send("\x1b[<64;10;6M");
    wait_for_selection(&pty, "201");
    pty.send("\x1b[<0;10;7M\x1b[<0;10;7m");
    wait_for_selection(&pty, "206");
    // Some terminals report cells that do not exist.
    pty.send("\x1b[<0;65535;65535M\x1b[<65;0;0Mj");
    wait_for_selection(&pty, "207");
}

#[test]
fn no_mouse_option_disables_mouse_reports() {
    let pty = Setup::program(&["--no-mouse"]).start();
    pty.wait_for_ten_records();
    assert!(pty.with_screen(vt100::Screen::mouse_protocol_mode) == vt100::MouseProtocolMode::None);
}

#[test]
fn every_quit_key_restores_the_terminal() {
    for keys in ["q", "\x03", ":q\r"] {
        let mut pty = open_between_stty("");
        pty.send(keys);
        pty.assert_exits_and_restores(0);
    }
}

#[test]
fn ctrl_c_quits_from_everywhere() {
    // Keys that move the focus, and what the screen shows then.
    let focus_keys = [
        ("/", "Enter keep"),
        ("\t", "Tab list"),
        ("\r", "Esc back"),
        (":", ":p3 a page"),
        ("g", "first record"),
        ("?", "╭ keys "),
        ("!", "╭ no problems"),
        ("/soong\r12", "12"),
        ("\x1b[200~q\x1b[201~", "/ q"),
    ];
    for (keys, shown) in focus_keys {
        let mut pty = open_between_stty("");
        pty.send(keys);
        pty.wait_for_text(shown);
        pty.send("\x03");
        pty.assert_exits_and_restores(0);
    }
}

#[test]
fn signals_end_the_program_and_restore_the_terminal() {
    let signals =
        [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, code) in signals {
        let mut pty = open_between_stty("");
        pty.send("/soong");
        pty.wait_for_text("4 of 10");
        pty.signal(signal);
        pty.assert_exits_and_restores(code);
    }
}

#[test]
fn panic_restores_the_terminal_before_its_message() {
    let mut pty = Setup::program_between_stty("", "--force-panic").start();
    pty.assert_exits_and_restores(101);
    pty.wait_for_text("panic requested by --force-panic");
}

#[test]
fn unreadable_file_is_reported_without_opening_the_screen() {
    let cases = [
        ("missing.txt", "missing.txt: there is no such file"),
        ("empty.txt", "empty.txt"),
        ("--input-format nonsense page.txt", "there is no format"),
        ("-", "standard input is this terminal"),
    ];
    for (arguments, message) in cases {
        let setup = Setup::program_between_stty("", arguments)
            .file("empty.txt", "")
            .file("page.txt", RESULTS_PAGE);
        let mut pty = setup.start();
        pty.assert_exits_and_restores(2);
        pty.wait_for_text(message);
        assert!(!pty.bytes().windows(8).any(|bytes| bytes == b"\x1b[?1049h"), "{arguments}");
    }
}

#[test]
fn error_in_one_file_is_shown_on_the_screen() {
    let setup = Setup::program(&["missing.txt", "page.txt"]).file("page.txt", RESULTS_PAGE);
    let mut pty = setup.start();
    pty.wait_for_ten_records();
    pty.wait_for_text("1 error (!)");
    pty.send("!");
    pty.wait_for_text("missing.txt: there is no such file");
}

#[test]
fn ctrl_z_suspends_and_fg_resumes() {
    let mut pty = Setup::shell().start();
    pty.wait_for_text("shell> ");
    pty.send("stty -a > before\r\"$FONDS\"\r");
    pty.wait_for_ten_records();
    for size in [(80, 24), (100, 30)] {
        pty.send("/soong\r");
        pty.wait_for_text("4 of 10");
        let before = pty.bytes().len();
        pty.send("\x1a");
        pty.wait_for_main_screen();
        pty.assert_restored();
        // Before the shell prompts, keys could still go to the program, which is not stopped yet.
        pty.wait_until("the shell's report and prompt", || {
            let bytes = pty.bytes();
            let shown = String::from_utf8_lossy(&bytes[before..]);
            shown.rsplit_once("Stopped").is_some_and(|(_, after)| after.contains("shell> "))
        });
        pty.send("echo $((6 * 7)) is usable; stty -a > during\r");
        pty.wait_for_text("42 is usable");
        pty.resize(size.0, size.1);
        pty.send("fg\r");
        pty.wait_until_screen("the program's screen at its new size", |screen| {
            let last = screen.rows(0, size.0).nth(usize::from(size.1) - 1);
            screen.alternate_screen() && last.is_some_and(|row| row.contains("page 1 of 1"))
        });
        pty.wait_for_text("4 of 10");
        pty.wait_for_text("208  1945-07-11");
        pty.wait_until_screen("its modes", |screen| {
            screen.bracketed_paste()
                && screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
        });
        pty.send("\x1b");
        pty.wait_for_ten_records();
    }
    pty.send("q");
    pty.wait_for_main_screen();
    pty.send("stty -a > after; echo $((2 * 21)) again\r");
    pty.wait_for_text("42 again");
    // The first line has the size, which was different before.
    let modes = |name: &str| {
        let modes =
            std::fs::read_to_string(pty.folder.path().join(name)).expect("the output of stty");
        modes.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(modes("before"), modes("during"));
    assert_eq!(modes("before"), modes("after"));
}

#[test]
fn stop_request_of_another_program_restores_the_terminal() {
    let mut pty = Setup::shell().start();
    pty.wait_for_text("shell> ");
    pty.send("sh -c 'echo $$ > pid; exec \"$FONDS\"'\r");
    pty.wait_for_ten_records();
    pty.signal(Signal::TSTP);
    pty.wait_for_main_screen();
    pty.assert_restored();
    pty.wait_for_text("Stopped");
    pty.send("fg\r");
    pty.wait_until_screen("its modes", |screen| {
        screen.alternate_screen() && screen.bracketed_paste()
    });
    pty.send("j");
    wait_for_selection(&pty, "202");
    pty.send("q");
    pty.wait_for_main_screen();
}

#[test]
fn external_stop_signal_is_survived() {
    let mut pty = Setup::shell().start();
    pty.wait_for_text("shell> ");
    pty.send("sh -c 'echo $$ > pid; exec \"$FONDS\"'\r");
    pty.wait_for_ten_records();
    pty.signal(Signal::STOP);
    pty.wait_for_text("shell> ");
    // Not every shell takes the terminal out of raw mode: a line end is one in either.
    pty.send(
        "stty sane; printf '\\033[?1049l\\033[?2004l\\033[2J\\033[H'; echo $((6 * 7)) is usable\n",
    );
    pty.wait_for_text("42 is usable");
    pty.send("fg\n");
    pty.wait_for_ten_records();
    pty.wait_until_screen("its modes", |screen| {
        screen.alternate_screen() && screen.bracketed_paste()
    });
    // In raw mode again: the key takes effect without Enter.
    pty.send("j");
    wait_for_selection(&pty, "202");
    pty.send("q");
    pty.wait_for_main_screen();
}

#[test]
fn ctrl_z_does_nothing_without_job_control() {
    // As the leader of the session, and as the child of a script, nobody could resume the program.
    for mut pty in [open(), open_between_stty("")] {
        pty.send("\x1aj");
        wait_for_selection(&pty, "202");
        pty.send("\x1aj");
        wait_for_selection(&pty, "203");
        pty.send("q");
        assert_eq!(pty.wait_for_exit(), 0);
        pty.assert_restored();
    }
}

#[test]
fn ctrl_z_does_nothing_where_the_session_began_outside_of_the_container() {
    let enter = "unshare --user --map-root-user --pid --fork --mount-proc";
    let can_enter =
        std::process::Command::new("sh").args(["-c", &format!("{enter} true")]).output();
    if !can_enter.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: `{enter}` does not work here");
        return;
    }
    let mut pty = Setup::program_between_stty(enter, "").start();
    pty.wait_for_ten_records();
    pty.send("\x1aj");
    wait_for_selection(&pty, "202");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    pty.assert_restored();
}

/// Not a test: runs the program in a terminal until this process is killed.
#[test]
#[ignore = "started by the hang-up tests"]
fn helper_process_holds_a_terminal() {
    let (Ok(script), Ok(pid)) = (std::env::var("HOLD_SCRIPT"), std::env::var("HOLD_PID")) else {
        return;
    };
    let pty = Setup::script(&script).env("PID", &pid).start();
    pty.wait_for_ten_records();
    std::fs::write(format!("{pid}.open"), "").expect("a written file");
    loop {
        thread::park();
    }
}

/// Closes a terminal as a closed window does: kills the process that holds it.
fn hang_up(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pid = folder.path().join("pid");
    let open = folder.path().join("pid.open");
    let mut holder = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "terminal::helper_process_holds_a_terminal"])
        .env("HOLD_SCRIPT", script)
        .env("HOLD_PID", &pid)
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("a holder");
    while !open.exists() {
        assert!(holder.try_wait().expect("a holder").is_none(), "the screen did not open");
        thread::sleep(Duration::from_millis(5));
    }
    holder.kill().expect("a holder");
    holder.wait().expect("a holder");
    wait_for_process_end(read_pid(&pid).expect("a process"));
    folder
}

#[test]
fn hang_up_signal_ends_the_program() {
    hang_up("echo $$ > \"$PID\"; exec \"$FONDS\"");
}

#[test]
fn hang_up_without_a_signal_ends_the_program() {
    // The system signals the leader of the session only, and this one carries on.
    let script =
        "trap '' HUP; sh -c 'echo $$ > \"$PID\"; exec \"$FONDS\"'; echo $? > \"$PID.code\"";
    let folder = hang_up(script);
    let end = Instant::now() + Duration::from_secs(60);
    let code = loop {
        let code = std::fs::read_to_string(folder.path().join("pid.code")).unwrap_or_default();
        if code.ends_with('\n') {
            break code;
        }
        assert!(Instant::now() < end, "no exit code");
        thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(code.trim(), "129");
}

#[test]
fn no_color_reverses_the_selected_row() {
    let pty = Setup::program(&[]).env("NO_COLOR", "1").start();
    pty.wait_for_ten_records();
    wait_for_selection(&pty, "201");
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

#[test]
fn screen_writes_nothing_to_standard_output() {
    let other = Setup::script("tty > name; sleep 60").start();
    let name = other.folder.path().join("name");
    while std::fs::read_to_string(&name).map_or(0, |name| name.len()) == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let name = std::fs::read_to_string(name).expect("its name");
    let mut pty = Setup::script(&format!("\"$FONDS\" > {}", name.trim())).start();
    pty.wait_for_ten_records();
    pty.send("/soong\r");
    pty.wait_for_text("4 of 10");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    pty.assert_restored();
    assert_eq!(String::from_utf8_lossy(&other.bytes()), "");
}

#[test]
fn screen_works_with_redirected_standard_error() {
    let mut pty = Setup::script("\"$FONDS\" 2> errors; echo \"ended with $?.\"").start();
    pty.wait_for_ten_records();
    pty.send("/soong\r");
    pty.wait_for_text("4 of 10");
    pty.send("q");
    pty.wait_for_text("ended with 0.");
    pty.assert_restored();
    let errors = std::fs::read_to_string(pty.folder.path().join("errors"));
    assert_eq!(errors.expect("a file"), "");
}

#[test]
fn redirected_standard_output_prints_the_list() {
    let mut pty = Setup::script("\"$FONDS\" > list; echo \"ended with $?.\"").start();
    pty.wait_for_text("ended with 0.");
    assert_eq!(pty.wait_for_exit(), 0);
    let list = std::fs::read_to_string(pty.folder.path().join("list")).expect("a list");
    assert_eq!(list.lines().count(), 10);
    assert!(!pty.screen_text().contains("Soong"));
}

#[test]
fn keys_come_from_the_terminal_while_records_are_piped_in() {
    for source in ["cat page.txt |", "< page.txt"] {
        let script = match source.strip_prefix('<') {
            Some(_) => "\"$FONDS\" < page.txt".to_owned(),
            None => format!("{source} \"$FONDS\""),
        };
        let mut pty = Setup::script(&script).file("page.txt", RESULTS_PAGE).start();
        pty.wait_for_ten_records();
        pty.wait_for_text("standard input");
        pty.send("/soong");
        pty.wait_for_text("4 of 10");
        pty.send("\x03");
        assert_eq!(pty.wait_for_exit(), 0);
        pty.assert_restored();
    }
}

#[test]
fn list_on_a_terminal_is_aligned_without_control_characters() {
    let archive =
        "[[record]]\nposition = 1\ndate = \"1945\"\ntitle = \"Red \\u001b[31mcable\\u202e\"\n";
    let setup = Setup::program(&["list", "bad.toml"]).file("bad.toml", archive);
    let mut pty = setup.start();
    assert_eq!(pty.wait_for_exit(), 0);
    pty.wait_for_text("1  1945  Red cable");
    assert_eq!(String::from_utf8_lossy(&pty.bytes()), "1  1945  Red cable\r\n");
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
    let mut pty = open();
    pty.send("/soong");
    pty.wait_for_text("4 of 10");
    assert_becomes_idle(&pty);
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let mut pty = open();
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
    let mut pty = open();
    let frames =
        |pty: &TestTerminal| String::from_utf8_lossy(&pty.bytes()).matches("\x1b[?2026h").count();
    let before = frames(&pty);
    for _ in 0..50 {
        // No command is bound to this key. The pause makes the keys arrive one by one.
        pty.send("Z");
        thread::sleep(Duration::from_millis(5));
    }
    pty.send("j");
    wait_for_selection(&pty, "202");
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
    wait_for_selection(&pty, "206  1949");
    pty.send("Na note\rq");
    pty.wait_for_text("second has ended");
    pty.send("\r");
    pty.wait_for_text("10 of 10 shown");
    wait_for_selection(&pty, "201  1945");
    pty.send("q");
    pty.wait_for_text("note = \"a note\"");
}

#[test]
fn copy_falls_back_to_the_terminal_escape_sequence() {
    let mut pty = open();
    pty.send("yy");
    pty.wait_for_text("sent the title and date to the terminal to copy");
}

#[test]
fn pick_prints_the_chosen_records() {
    let script = "found=$($FONDS pick --filter soong); echo \"[$found] $?\"; \
                  none=$($FONDS pick --no-restore); echo \"[$none] $?\"; sleep 1";
    let mut pty = Setup::script(script).start();
    pty.wait_for_text("4 of 10 shown");
    pty.send("j  \r");
    pty.wait_for_text("10 of 10 shown");
    pty.send("q");
    pty.wait_for_text("[] 130");
    let text = pty.screen_text();
    assert!(text.contains("[208\t") || text.contains("[208 "), "{text}");
    assert!(text.contains("209 "), "{text}");
}
