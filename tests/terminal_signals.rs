//! How the program leaves a real terminal: by keys, by signals, by Ctrl+Z, and by a closed window.

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::pty::{Setup, TestTerminal, open_ten_records, read_pid, wait_for_process_end};

/// Opens the ten records, with the modes of the terminal saved before and after.
fn open_between_stty(arguments: &str) -> TestTerminal {
    let pty = Setup::program_between_stty("", arguments).start();
    pty.wait_for_ten_records();
    pty
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
    pty.wait_for_selection("202");
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
    pty.wait_for_selection("202");
    pty.send("q");
    pty.wait_for_main_screen();
}

#[test]
fn ctrl_z_does_nothing_without_job_control() {
    // As the leader of the session, and as the child of a script, nobody could resume the program.
    for mut pty in [open_ten_records(), open_between_stty("")] {
        pty.send("\x1aj");
        pty.wait_for_selection("202");
        pty.send("\x1aj");
        pty.wait_for_selection("203");
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
    pty.wait_for_selection("202");
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
        .args(["--ignored", "--exact", "terminal_signals::helper_process_holds_a_terminal"])
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
