//! The program on a real pseudo-terminal: what it shows, what it is told, how it leaves.

use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::pty::{Pty, Setup, is_gone_soon, pid_in, stat};

const PAGE: &str = include_str!("import/results-page.txt");

/// Opens the ten records.
fn open() -> Pty {
    let pty = Setup::program(&[]).start();
    pty.opens();
    pty
}

/// Opens the ten records where the terminal is looked at before and after.
fn open_between(arguments: &str) -> Pty {
    let pty = Setup::between("", arguments).start();
    pty.opens();
    pty
}

/// The rows of the list on which the selection marker stands.
fn selected(screen: &vt100::Screen) -> Vec<String> {
    let (_, width) = screen.size();
    screen.rows(0, width.into()).filter(|row| row.starts_with('▌')).collect()
}

/// Waits until the record with this position is selected.
fn selects(pty: &Pty, position: &str) {
    pty.until(
        &format!("selects {position}"),
        |screen| matches!(selected(screen).as_slice(), [row] if row.contains(position)),
    );
}

#[test]
fn ten_records_open_at_80_by_24() {
    let pty = open();
    let text = pty.text();
    for position in 201..=210 {
        assert!(text.contains(&format!("{position}  19")), "{position}\n{text}");
    }
    selects(&pty, "201  1945-07-12");
    pty.shows("July 12, 1945");
    assert!(pty.look(vt100::Screen::alternate_screen));
}

#[test]
fn typing_after_a_slash_filters() {
    let mut pty = open();
    pty.send("/soong");
    pty.hides("Korean Political");
    pty.shows("/ soong");
    pty.shows("208  1945-07-11");
    pty.send("\r");
    pty.send("\x1b");
    pty.opens();
    pty.send("q");
    assert_eq!(pty.ends(), 0);
    pty.is_given_back();
}

#[test]
fn the_program_begins_with_a_filter() {
    let pty = Setup::program(&["--filter", "soong"]).start();
    pty.shows("208  1945-07-11");
    pty.hides("Korean Political");
}

#[test]
fn a_file_named_here_is_opened() {
    let pty = Setup::program(&["page.txt"]).file("page.txt", PAGE).start();
    pty.opens();
    pty.shows("page.txt");
}

#[test]
fn any_size_is_drawn() {
    let mut pty = open();
    pty.resize(120, 40);
    // The detail stands beside the list where there is room.
    pty.until("beside each other", |screen| {
        screen.rows(0, 120).nth(1).is_some_and(|row| row.contains("201  ") && row.contains("July"))
    });
    pty.resize(40, 10);
    pty.until("narrow", |screen| {
        screen.rows(0, 40).nth(9).is_some_and(|row| row.contains("page 1 of 2"))
    });
    pty.resize(1, 1);
    pty.send("/soong\r");
    pty.resize(80, 24);
    pty.shows("208  1945-07-11");
    pty.shows("4 of 10");
    pty.send("q");
    assert_eq!(pty.ends(), 0);
}

#[test]
fn a_paste_into_the_list_opens_the_filter_and_runs_nothing() {
    let mut pty = open();
    pty.send("\x1b[200~q\nq\x1b[201~");
    pty.shows("/ q q");
    pty.send("\x15\x1b[200~soong\n\x1b[201~");
    pty.shows("/ soong");
    pty.shows("4 of 10");
}

#[test]
fn much_text_at_once_is_taken_in_and_then_the_program_rests() {
    for (before, after) in [("/", ""), ("\x1b[200~", "\x1b[201~")] {
        let mut pty = open();
        pty.send(&format!("{before}{}end of it{after}", "many words ".repeat(300)));
        pty.shows("words end of it");
        pty.send("\x15soong");
        pty.shows("4 of 10");
        rests(&pty);
    }
}

#[test]
fn a_paste_that_is_no_filter_is_cut() {
    let mut pty = open();
    pty.send(&format!("\x1b[200~{}\x1b[201~", "many words\n".repeat(10_000)));
    pty.shows("only the first 4096 letters were pasted");
    pty.send("\x15soong");
    pty.shows("4 of 10");
}

#[test]
fn wheel_and_click_select() {
    let mut pty = open();
    pty.send("\x1b[<65;10;6M");
    selects(&pty, "204");
    pty.send("\x1b[<64;10;6M");
    selects(&pty, "201");
    pty.send("\x1b[<0;10;7M\x1b[<0;10;7m");
    selects(&pty, "206");
    // Some terminals report cells that do not exist.
    pty.send("\x1b[<0;65535;65535M\x1b[<65;0;0Mj");
    selects(&pty, "207");
}

#[test]
fn the_mouse_can_be_left_to_the_terminal() {
    let pty = Setup::program(&["--no-mouse"]).start();
    pty.opens();
    assert!(pty.look(vt100::Screen::mouse_protocol_mode) == vt100::MouseProtocolMode::None);
}

#[test]
fn every_way_to_leave_leaves_the_terminal_as_it_was() {
    for keys in ["q", "\x03", ":q\r"] {
        let mut pty = open_between("");
        pty.send(keys);
        pty.leaves_all_as_it_was(0);
    }
}

#[test]
fn ctrl_c_quits_from_everywhere() {
    // Keys that go there, and what the screen shows then.
    let places = [
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
    for (keys, shown) in places {
        let mut pty = open_between("");
        pty.send(keys);
        pty.shows(shown);
        pty.send("\x03");
        pty.leaves_all_as_it_was(0);
    }
}

#[test]
fn a_signal_ends_it_and_leaves_the_terminal_as_it_was() {
    let signals =
        [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, code) in signals {
        let mut pty = open_between("");
        pty.send("/soong");
        pty.shows("4 of 10");
        pty.signal(signal);
        pty.leaves_all_as_it_was(code);
    }
}

#[test]
fn a_panic_is_told_on_a_terminal_that_is_usable() {
    let mut pty = Setup::between("", "--force-panic").start();
    pty.leaves_all_as_it_was(101);
    pty.shows("asked to break down");
}

#[test]
fn what_cannot_be_opened_is_told_without_a_screen() {
    let cases = [
        ("missing.txt", "missing.txt: there is no such file"),
        ("empty.txt", "empty.txt"),
        ("--format nonsense page.txt", "there is no format"),
        ("-", "standard input is this terminal"),
    ];
    for (arguments, says) in cases {
        let setup = Setup::between("", arguments).file("empty.txt", "").file("page.txt", PAGE);
        let mut pty = setup.start();
        pty.leaves_all_as_it_was(2);
        pty.shows(says);
        assert!(!pty.bytes().windows(8).any(|bytes| bytes == b"\x1b[?1049h"), "{arguments}");
    }
}

#[test]
fn a_fault_beside_a_good_file_is_on_the_screen() {
    let setup = Setup::program(&["missing.txt", "page.txt"]).file("page.txt", PAGE);
    let mut pty = setup.start();
    pty.opens();
    pty.shows("1 fault (!)");
    pty.send("!");
    pty.shows("missing.txt: there is no such file");
}

#[test]
fn ctrl_z_suspends_and_fg_brings_it_back() {
    let mut pty = Setup::shell().start();
    pty.shows("shell> ");
    pty.send("stty -a > before\r\"$FONDS\"\r");
    pty.opens();
    for size in [(80, 24), (100, 30)] {
        pty.send("/soong\r");
        pty.shows("4 of 10");
        let before = pty.bytes().len();
        pty.send("\x1a");
        pty.is_left();
        pty.is_given_back();
        // What is typed before the shell asks for it may be for the program, which is not stopped yet.
        pty.hears("the shell's word on it, and its prompt", || {
            let bytes = pty.bytes();
            let said = String::from_utf8_lossy(&bytes[before..]);
            said.rsplit_once("Stopped").is_some_and(|(_, after)| after.contains("shell> "))
        });
        pty.send("echo $((6 * 7)) is usable; stty -a > during\r");
        pty.shows("42 is usable");
        pty.resize(size.0, size.1);
        pty.send("fg\r");
        pty.until("the program's screen, as large as it is now", |screen| {
            let last = screen.rows(0, size.0).nth(usize::from(size.1) - 1);
            screen.alternate_screen() && last.is_some_and(|row| row.contains("page 1 of 1"))
        });
        pty.shows("4 of 10");
        pty.shows("208  1945-07-11");
        pty.until("its modes", |screen| {
            screen.bracketed_paste()
                && screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
        });
        pty.send("\x1b");
        pty.opens();
    }
    pty.send("q");
    pty.is_left();
    pty.send("stty -a > after; echo $((2 * 21)) again\r");
    pty.shows("42 again");
    // The first was at another size.
    let modes = |name: &str| {
        let said = std::fs::read_to_string(pty.folder.path().join(name)).expect("what stty said");
        said.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(modes("before"), modes("during"));
    assert_eq!(modes("before"), modes("after"));
}

#[test]
fn a_stop_from_outside_is_survived() {
    let mut pty = Setup::shell().start();
    pty.shows("shell> ");
    pty.send("sh -c 'echo $$ > pid; exec \"$FONDS\"'\r");
    pty.opens();
    pty.signal(Signal::STOP);
    pty.shows("shell> ");
    // Not every shell takes the terminal out of raw mode: a line end is one in either.
    pty.send(
        "stty sane; printf '\\033[?1049l\\033[?2004l\\033[2J\\033[H'; echo $((6 * 7)) is usable\n",
    );
    pty.shows("42 is usable");
    pty.send("fg\n");
    pty.opens();
    pty.until("its modes", |screen| screen.alternate_screen() && screen.bracketed_paste());
    // Raw again: the key counts without Enter.
    pty.send("j");
    selects(&pty, "202");
    pty.send("q");
    pty.is_left();
}

#[test]
fn without_a_shell_there_is_nothing_to_suspend_to() {
    // The leader of the session, and a script's child, which nobody could bring back either.
    for mut pty in [open(), open_between("")] {
        pty.send("\x1aj");
        selects(&pty, "202");
        pty.send("\x1aj");
        selects(&pty, "203");
        pty.send("q");
        assert_eq!(pty.ends(), 0);
        pty.is_given_back();
    }
}

/// Not a test by itself: holds a terminal with the program in it until it is killed.
#[test]
#[ignore = "started by the tests of the hang-up"]
fn holds_a_terminal() {
    let (Ok(script), Ok(pid)) = (std::env::var("HOLD_SCRIPT"), std::env::var("HOLD_PID")) else {
        return;
    };
    let pty = Setup::script(&script).env("PID", &pid).start();
    pty.opens();
    std::fs::write(format!("{pid}.open"), "").expect("a sign");
    loop {
        thread::park();
    }
}

/// Ends a terminal as a closed window does: whoever held it is gone.
fn hang_up_on(script: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pid = folder.path().join("pid");
    let open = folder.path().join("pid.open");
    let mut holder = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "terminal::holds_a_terminal"])
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
    is_gone_soon(pid_in(&pid).expect("a process"));
}

#[test]
fn a_hang_up_ends_it() {
    hang_up_on("echo $$ > \"$PID\"; exec \"$FONDS\"");
}

#[test]
fn a_hang_up_that_no_signal_tells_of_ends_it() {
    // The system signals the leader of the session only, and this one carries on.
    hang_up_on("trap '' HUP; sh -c 'echo $$ > \"$PID\"; exec \"$FONDS\"'; sleep 1");
}

#[test]
fn without_colours_the_selected_row_is_reversed() {
    let pty = Setup::program(&[]).env("NO_COLOR", "1").start();
    pty.opens();
    selects(&pty, "201");
    pty.look(|screen| {
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
fn standard_output_stays_empty() {
    let other = Setup::script("tty > name; sleep 60").start();
    let name = other.folder.path().join("name");
    while std::fs::read_to_string(&name).map_or(0, |name| name.len()) == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let name = std::fs::read_to_string(name).expect("its name");
    let mut pty = Setup::script(&format!("\"$FONDS\" > {}", name.trim())).start();
    pty.opens();
    pty.send("/soong\r");
    pty.shows("4 of 10");
    pty.send("q");
    assert_eq!(pty.ends(), 0);
    pty.is_given_back();
    assert_eq!(String::from_utf8_lossy(&other.bytes()), "");
}

#[test]
fn the_screen_is_the_terminal_where_errors_go_to_a_file() {
    let mut pty = Setup::script("\"$FONDS\" 2> errors; echo \"ended with $?.\"").start();
    pty.opens();
    pty.send("/soong\r");
    pty.shows("4 of 10");
    pty.send("q");
    pty.shows("ended with 0.");
    pty.is_given_back();
    let errors = std::fs::read_to_string(pty.folder.path().join("errors"));
    assert_eq!(errors.expect("a file"), "");
}

#[test]
fn where_output_is_a_file_the_list_is_printed() {
    let mut pty = Setup::script("\"$FONDS\" > list; echo \"ended with $?.\"").start();
    pty.shows("ended with 0.");
    assert_eq!(pty.ends(), 0);
    let list = std::fs::read_to_string(pty.folder.path().join("list")).expect("a list");
    assert_eq!(list.lines().count(), 10);
    assert!(!pty.text().contains("Soong"));
}

#[test]
fn a_page_is_piped_in_and_keys_come_from_the_terminal() {
    for how in ["cat page.txt |", "< page.txt"] {
        let script = match how.strip_prefix('<') {
            Some(_) => "\"$FONDS\" < page.txt".to_owned(),
            None => format!("{how} \"$FONDS\""),
        };
        let mut pty = Setup::script(&script).file("page.txt", PAGE).start();
        pty.opens();
        pty.shows("standard input");
        pty.send("/soong");
        pty.shows("4 of 10");
        pty.send("\x03");
        assert_eq!(pty.ends(), 0);
        pty.is_given_back();
    }
}

#[test]
fn an_aligned_list_is_printed_on_a_terminal_fit_to_be_shown() {
    let archive =
        "[[record]]\nposition = 1\ndate = \"1945\"\ntitle = \"Red \\u001b[31mcable\\u202e\"\n";
    let setup = Setup::program(&["list", "bad.toml"]).file("bad.toml", archive);
    let mut pty = setup.start();
    assert_eq!(pty.ends(), 0);
    pty.shows("1  1945  Red cable");
    assert_eq!(String::from_utf8_lossy(&pty.bytes()), "1  1945  Red cable\r\n");
}

/// Waits for two seconds in which the program takes no processor time: what came before may still
/// be on its way, but it does come to rest.
fn rests(pty: &Pty) {
    let ticks = || -> Option<u64> {
        let fields = stat(pty.pid())?;
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
    panic!("it takes processor time without an end");
}

#[test]
fn idle_it_takes_no_processor_time() {
    let mut pty = open();
    pty.send("/soong");
    pty.shows("4 of 10");
    rests(&pty);
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let mut pty = open();
    pty.send("jjj/soong\r");
    pty.shows("4 of 10");
    pty.send("q");
    assert_eq!(pty.ends(), 0);
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let (_, frames) = text.split_once("\x1b[?2026h").expect("a frame");
    let (frames, _) = frames.rsplit_once("\x1b[?2026l\x1b[?1006l").expect("an end");
    for between in frames.split("\x1b[?2026l").skip(1) {
        assert!(between.is_empty() || between.starts_with("\x1b[?2026h"), "{between:?}");
    }
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let mut pty = open();
    let frames = |pty: &Pty| String::from_utf8_lossy(&pty.bytes()).matches("\x1b[?2026h").count();
    let before = frames(&pty);
    for _ in 0..50 {
        // A key that nothing is bound to. The pause keeps the keys apart.
        pty.send("Z");
        thread::sleep(Duration::from_millis(5));
    }
    pty.send("j");
    selects(&pty, "202");
    let frames = frames(&pty) - before;
    // The last change, at most one that says that nothing more changed, and the key that counts.
    assert!(frames <= 3, "{frames} frames");
}

#[test]
fn marks_and_the_place_are_there_again_the_next_time() {
    let script = "$FONDS; clear; $FONDS; clear; $FONDS --fresh; cat data/fonds/marks/*.toml";
    let mut pty = Setup::script(script).start();
    pty.opens();
    pty.send("jj j  /is:marked\r");
    pty.shows("3 marked");
    pty.shows("3 of 10 shown");
    pty.send("Gq");
    pty.shows("3 of 10 shown");
    pty.shows("3 marked");
    selects(&pty, "206  1949");
    pty.send("Na note\rq");
    pty.shows("10 of 10 shown");
    selects(&pty, "201  1945");
    pty.send("q");
    pty.shows("note = \"a note\"");
}

#[test]
fn a_copy_goes_through_the_terminal_where_there_is_nothing_else() {
    let mut pty = open();
    pty.send("yy");
    pty.shows("sent the title and date to the terminal to copy");
}

#[test]
fn records_are_picked_for_another_program() {
    let script = "found=$($FONDS pick --filter soong); echo \"[$found] $?\"; \
                  none=$($FONDS pick --fresh); echo \"[$none] $?\"; sleep 1";
    let mut pty = Setup::script(script).start();
    pty.shows("4 of 10 shown");
    pty.send("j  \r");
    pty.shows("10 of 10 shown");
    pty.send("q");
    pty.shows("[] 130");
    let text = pty.text();
    assert!(text.contains("[208\t") || text.contains("[208 "), "{text}");
    assert!(text.contains("209 "), "{text}");
}
