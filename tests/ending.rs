//! The program ends at a signal and at Ctrl-C, whatever it waits for, and the terminal comes back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::{Pid, Signal, kill_process};

use crate::program::EXAMPLE_MESSAGE;
use crate::pty::{FONDS_PROGRAM, Setup, TestTerminal, read_pid, wait_for_process_end};

/// How long the program may take to end. The promise is a second; the machine may be busy.
const END_LIMIT: Duration = Duration::from_secs(10);

/// Makes a named pipe that nobody reads.
fn make_pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a named pipe");
}

/// Writes a program that never ends.
fn write_silent_program(path: &Path) {
    fs::write(path, "#!/bin/sh\nexec sleep 60\n").expect("a program");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("its mode");
}

/// Something that the program waits for, or in which the user is.
struct Wait {
    name: &'static str,
    /// Prepares the folder and the environment.
    prepare: fn(Setup) -> Setup,
    /// Brings the program there.
    enter: fn(&mut TestTerminal),
    /// What is printed at the end.
    message: &'static str,
    /// The exit code after Ctrl-C.
    quit_code: u32,
}

const WAITS: [Wait; 6] = [
    Wait {
        name: "an export to a pipe that nobody reads",
        prepare: |setup| {
            make_pipe(&setup.path().join("letters.csv"));
            setup
        },
        enter: |pty| {
            pty.send("e");
            pty.wait_for_text("jsonl");
            pty.send("csv\r");
            pty.wait_for_text("the file to write");
            pty.send("\x15letters.csv\r");
            pty.wait_for_text("writing letters.csv");
        },
        message: "fonds: stopped before letters.csv was written",
        quit_code: 2,
    },
    Wait {
        name: "a clipboard that does not answer",
        prepare: |setup| {
            let folder = setup.path().join("bin");
            fs::create_dir(&folder).expect("a folder");
            write_silent_program(&folder.join("tmux"));
            let path = format!("{}:{}", folder.display(), std::env::var("PATH").expect("a PATH"));
            setup.env("PATH", &path).env("TMUX", "/nowhere,1,0")
        },
        enter: |pty| {
            pty.send("yy");
            pty.send("j");
            pty.wait_for_text("▌ 202");
        },
        message: "",
        quit_code: 0,
    },
    Wait {
        name: "the editor",
        prepare: |setup| {
            write_silent_program(&setup.path().join("editor"));
            let editor = setup.path().join("editor").display().to_string();
            setup.env("EDITOR", &editor)
        },
        enter: |pty| {
            pty.send("N");
            pty.wait_for_text("a note on this record");
            pty.send("kept\x1be");
            pty.wait_for_main_screen();
        },
        message: "",
        quit_code: 0,
    },
    Wait {
        name: "a question",
        prepare: |setup| setup.file("letters.csv", "old"),
        enter: |pty| {
            pty.send("e");
            pty.wait_for_text("jsonl");
            pty.send("csv\r");
            pty.wait_for_text("the file to write");
            pty.send("\x15letters.csv\r");
            pty.wait_for_text("y replaces it");
        },
        message: "",
        quit_code: 0,
    },
    Wait {
        name: "the help",
        prepare: |setup| setup,
        enter: |pty| {
            pty.send("?");
            pty.wait_for_text("╭ keys ");
        },
        message: "",
        quit_code: 0,
    },
    Wait { name: "nothing", prepare: |setup| setup, enter: |_| {}, message: "", quit_code: 0 },
];

#[test]
fn signals_and_ctrl_c_end_every_wait() {
    for wait in &WAITS {
        let signals = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)];
        let signals = signals.map(|(signal, code)| (Some(signal), code));
        let ends = signals.into_iter().chain([(None, wait.quit_code)]);
        for (signal, code) in ends {
            let setup = (wait.prepare)(Setup::program_between_stty("", ""));
            let mut pty = setup.start();
            pty.wait_for_ten_records();
            (wait.enter)(&mut pty);
            let began = Instant::now();
            match signal {
                Some(signal) => pty.signal(signal),
                // An editor gets the key itself.
                None if wait.name == "the editor" => continue,
                None => pty.send("\x03"),
            }
            pty.wait_for_text(&format!("ended with {code}."));
            let elapsed = began.elapsed();
            assert!(elapsed < END_LIMIT, "{}: {signal:?}: {elapsed:?}", wait.name);
            pty.assert_exits_and_restores(code);
            pty.wait_for_text(wait.message);
        }
    }
}

#[test]
fn every_signal_that_can_be_handled_restores_the_terminal() {
    let signals = [
        Signal::ABORT,
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::TRAP,
        Signal::BUS,
        Signal::SYS,
        Signal::VTALARM,
        Signal::PROF,
        Signal::XCPU,
        Signal::XFSZ,
        Signal::IO,
    ];
    for signal in signals {
        let mut pty = Setup::program_between_stty("", "").start();
        pty.wait_for_ten_records();
        pty.signal(signal);
        let code = 128 + u32::try_from(signal.as_raw()).expect("a number");
        pty.assert_exits_and_restores(code);
    }
}

#[test]
fn a_terminal_that_reads_nothing_does_not_keep_the_program() {
    for signal in [Signal::TERM, Signal::HUP] {
        let mut pty = Setup::program(&[]).start();
        pty.wait_for_ten_records();
        pty.pause_reading(true);
        for _ in 0..40 {
            pty.send("jG/soong\r\x1bgg");
        }
        pty.signal(signal);
        let (elapsed, code) = pty.wait_for_end();
        assert!(elapsed < END_LIMIT, "{elapsed:?}");
        assert_eq!(code, 128 + u32::try_from(signal.as_raw()).expect("a number"));
        pty.pause_reading(false);
    }
}

#[test]
fn a_terminal_that_reads_again_shows_the_newest_screen() {
    let mut pty = Setup::program(&[]).start();
    pty.wait_for_ten_records();
    pty.pause_reading(true);
    for _ in 0..300 {
        pty.send("jGgg");
    }
    pty.send("/soong");
    pty.pause_reading(false);
    pty.wait_for_text("4 of 10");
}

#[test]
fn place_filter_and_order_are_kept_at_a_signal() {
    for signal in [Signal::TERM, Signal::HUP] {
        let script = "$FONDS; echo it ended; read line; clear; exec $FONDS";
        let mut pty = Setup::script(script).start();
        pty.wait_for_ten_records();
        pty.send("/soong\r");
        pty.wait_for_text("4 of 10 shown");
        pty.send("jj");
        pty.wait_for_text("▌ 209");
        signal_program(&pty, signal);
        pty.wait_for_text("it ended");
        pty.send("\r");
        pty.wait_for_text("4 of 10 shown");
        pty.wait_for_text("▌ 209");
    }
}

/// Sends a signal to the only child of the shell in a terminal.
fn signal_program(pty: &TestTerminal, signal: Signal) {
    let shell = pty.pid().as_raw_nonzero();
    let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
    let child = children.expect("the children").trim().parse().expect("one child");
    kill_process(Pid::from_raw(child).expect("a process"), signal).expect("a signal");
}

#[test]
fn a_note_that_is_being_written_is_kept_at_a_signal() {
    let mut pty = Setup::program(&["--marks", "marks.toml"]).start();
    pty.wait_for_ten_records();
    pty.send("Nhalf a thought");
    pty.wait_for_text("half a thought");
    pty.signal(Signal::HUP);
    assert_eq!(pty.wait_for_exit(), 129);
    let kept = fs::read_dir(pty.folder.path()).expect("a folder").flatten().any(|file| {
        fs::read_to_string(file.path()).is_ok_and(|text| text.contains("half a thought"))
    });
    assert!(kept, "the note is in the marks file or its journal");
}

/// An editor that saves a text, starts a program, and waits for it.
const WAITING_EDITOR: &str =
    "#!/bin/sh\necho 'what it saved' > \"$1\"\nsleep 60 &\necho $! > started.pid\nwait\n";

#[test]
fn an_editor_ends_with_the_program_and_what_it_saved_is_kept() {
    // Some ignore what asks them to end.
    let stubborn = WAITING_EDITOR.replacen('\n', "\ntrap '' TERM HUP INT\n", 1);
    for (signal, code, editor) in [
        (Signal::INT, 130, WAITING_EDITOR),
        (Signal::TERM, 143, WAITING_EDITOR),
        (Signal::HUP, 129, WAITING_EDITOR),
        (Signal::TERM, 143, &stubborn),
    ] {
        let setup = Setup::program(&["--marks", "marks.toml"]).file("editor", editor).folder("tmp");
        let folder = setup.path().to_owned();
        let mut pty = setup.env("EDITOR", "sh ./editor").env("TMPDIR", "tmp").start();
        pty.wait_for_ten_records();
        pty.send("N");
        pty.wait_for_text("a note on this record");
        pty.send("\x1be");
        let started = folder.join("started.pid");
        pty.wait_until("the editor runs", || read_pid(&started).is_some());
        let started = read_pid(&started).expect("a process");
        pty.signal(signal);
        assert_eq!(pty.wait_for_exit(), code, "{signal:?}");
        wait_for_process_end(started);
        assert_eq!(fs::read_dir(folder.join("tmp")).expect("a folder").count(), 0, "{signal:?}");
        let kept = fs::read_dir(&folder).expect("a folder").flatten().any(|file| {
            fs::read_to_string(file.path()).is_ok_and(|text| text.contains("what it saved\""))
        });
        assert!(kept, "{signal:?}: the note is in the marks file or its journal");
    }
}

#[test]
fn esc_leaves_an_export_that_nobody_reads() {
    let wait = &WAITS[0];
    let mut pty = (wait.prepare)(Setup::program(&[])).start();
    pty.wait_for_ten_records();
    (wait.enter)(&mut pty);
    pty.send("\x1b");
    pty.wait_for_text("nothing is exported: it is stopped");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
}

#[test]
fn export_command_to_a_pipe_ends_at_a_signal() {
    let signals = [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)];
    for (signal, code) in signals.into_iter().filter(|(signal, _)| !is_ignored_here(*signal)) {
        let folder = tempfile::tempdir().expect("a folder");
        make_pipe(&folder.path().join("letters.csv"));
        let mut command = Command::new(FONDS_PROGRAM);
        command.args(["export", "-o", "letters.csv"]).current_dir(folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.spawn().expect("a process");
        let pid = Pid::from_raw(i32::try_from(child.id()).expect("a number")).expect("a process");
        wait_until_it_opens_the_pipe(pid);
        kill_process(pid, signal).expect("a signal");
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(code));
        let message = String::from_utf8_lossy(&output.stderr);
        // The signal may come before the program has said what it reads.
        let message = message.replace(EXAMPLE_MESSAGE, "");
        assert_eq!(message, "fonds: stopped before letters.csv was written\n");
    }
}

/// As for `nohup`, and for what a shell starts in the background.
#[test]
fn a_signal_that_was_ignored_at_the_start_stays_ignored() {
    for (name, signal) in [("HUP", Signal::HUP), ("INT", Signal::INT), ("QUIT", Signal::QUIT)] {
        for command in ["export", "convert"] {
            let folder = tempfile::tempdir().expect("a folder");
            let pipe = folder.path().join("letters.csv");
            make_pipe(&pipe);
            fs::write(folder.path().join("in.csv"), "title,date\nThe mill,1945\n").expect("a file");
            let script = format!(
                "trap '' {name}; exec \"$FONDS\" {command} --force --format csv -o letters.csv in.csv"
            );
            let mut shell = Command::new("sh");
            shell.args(["-c", &script]).env("FONDS", FONDS_PROGRAM).current_dir(folder.path());
            shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            let child = shell.spawn().expect("a shell");
            let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process");
            wait_until_it_opens_the_pipe(pid);
            kill_process(pid, signal).expect("a signal");
            std::thread::sleep(Duration::from_millis(1500));
            let table = fs::read_to_string(&pipe).expect("a writer");
            let output = child.wait_with_output().expect("an end");
            assert_eq!(output.status.code(), Some(0), "{command} {name}: {output:?}");
            assert!(table.contains("The mill"), "{command} {name}");
        }
    }
}

#[test]
fn a_command_that_is_reading_says_what_it_did_not_write() {
    for arguments in [
        ["export", "--format=csv", "-o", "out.csv", "in.csv"],
        ["convert", "--format=csv", "-o", "out.csv", "in.csv"],
        ["export", "--force", "-o", "out.csv", "-"],
    ] {
        let signals = [(Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143)];
        for (signal, code) in signals.into_iter().filter(|(signal, _)| !is_ignored_here(*signal)) {
            let folder = tempfile::tempdir().expect("a folder");
            make_pipe(&folder.path().join("in.csv"));
            let mut command = Command::new(FONDS_PROGRAM);
            command.args(arguments).current_dir(folder.path());
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
            let mut child = command.spawn().expect("a process");
            let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process");
            wait_until_it_opens_the_pipe(pid);
            kill_process(pid, signal).expect("a signal");
            let input = child.stdin.take();
            let output = child.wait_with_output().expect("an end");
            drop(input);
            assert_eq!(output.status.code(), Some(code), "{arguments:?}");
            let message = String::from_utf8_lossy(&output.stderr);
            assert_eq!(message, "fonds: stopped before out.csv was written\n", "{arguments:?}");
            assert!(!folder.path().join("out.csv").exists());
        }
    }
}

#[test]
fn a_command_whose_output_nobody_reads_says_what_it_did_not_write() {
    let rows = "A letter from the mill,1945\n".repeat(20_000);
    for arguments in [["export", "--format=csv", "in.csv"], ["convert", "--format=jsonl", "in.csv"]]
    {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("in.csv"), format!("title,date\n{rows}")).expect("a file");
        let mut command = Command::new(FONDS_PROGRAM);
        command.args(arguments).current_dir(folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a process");
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process");
        wait_until_it_opens_the_pipe(pid);
        kill_process(pid, Signal::TERM).expect("a signal");
        let unread = child.stdout.take();
        let output = child.wait_with_output().expect("an end");
        drop(unread);
        assert_eq!(output.status.signal(), Some(Signal::TERM.as_raw()), "{arguments:?}");
        let message = String::from_utf8_lossy(&output.stderr);
        let expected = "fonds: stopped before everything was written to standard output\n";
        assert!(message.ends_with(expected), "{arguments:?}: {message}");
    }
}

/// Another program may hold the lock of the marks for long.
#[test]
fn quitting_says_that_marks_wait_for_a_lock_and_ends_at_a_second_key() {
    for (key, codes) in [("q", [2, 2]), ("\x03", [2, 130])] {
        let mut pty = Setup::program(&["--marks", "marks.toml"]).start();
        pty.wait_for_ten_records();
        let path = pty.folder.path().join("marks.toml.lock");
        let lock = fs::File::create(path).expect("a lock");
        lock.lock().expect("the lock");
        pty.send(" ");
        pty.wait_for_text("●");
        pty.send("q");
        pty.wait_for_text("marks are being saved");
        let began = Instant::now();
        pty.send(key);
        let code = pty.wait_for_exit();
        assert!(codes.contains(&code), "{key:?}: {code}");
        assert!(began.elapsed() < Duration::from_secs(2), "{key:?}: {:?}", began.elapsed());
        drop(lock);
    }
}

/// Waits until a process handles TERM itself, which it does after it has noted its output and before it opens it.
fn wait_until_it_opens_the_pipe(pid: Pid) {
    while !has_signal(&pid.as_raw_nonzero().to_string(), "SigCgt:", Signal::TERM) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a signal is ignored in this process, as under `nohup`: then the program ignores it too.
fn is_ignored_here(signal: Signal) -> bool {
    has_signal("self", "SigIgn:", signal)
}

/// Whether a mask in the status of a process has a signal (proc(5)).
fn has_signal(process: &str, mask: &str, signal: Signal) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("a running process");
    let bits = status.lines().find_map(|line| line.strip_prefix(mask));
    let bits = u64::from_str_radix(bits.unwrap_or("0").trim(), 16).expect("a number");
    bits & 1 << (signal.as_raw() - 1) != 0
}

#[test]
fn a_worker_that_panics_is_told_and_changes_the_exit_code() {
    let mut pty = Setup::program_between_stty("", "--force-panic=worker").start();
    pty.wait_for_text("part of fonds has stopped");
    pty.send("/soong\r");
    pty.wait_for_text("4 of 10 shown");
    pty.send("q");
    pty.assert_exits_and_restores(2);
    pty.wait_for_text("panic requested by --force-panic");
}
