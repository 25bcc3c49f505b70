//! Files whose names are not UTF-8: every command and the screen read, name and find them.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use fonds::files::{name_of_path, path_of_name, shell_word};
use fonds::text::clean::clean_for_clipboard;

use crate::command_line::last_copied_text;
use crate::program::{RunResult, TestFolder};
use crate::pty::{FONDS_PROGRAM, Setup};

/// Two names that have the same letters where they are UTF-8.
const NAMES: [&[u8]; 2] = [b"Br\xfcder $1 'a'.csv", b"Br\xe4der $1 'a'.csv"];
/// The names as text.
const SHOWN: [&str; 2] = [r"Br\xFCder $1 'a'.csv", r"Br\xE4der $1 'a'.csv"];
/// A table with a date that is doubtful.
const TABLE: &str = "title,date\nEin Brief,1901\nNoch einer,1945-13-45\n";

/// Whether the file system has such names: that of macOS refuses them.
fn has_odd_names(folder: &Path) -> bool {
    fs::write(folder.join(OsStr::from_bytes(b"\xff")), "").is_ok()
        && fs::remove_file(folder.join(OsStr::from_bytes(b"\xff"))).is_ok()
}

/// A folder with both files.
fn folder() -> Option<TestFolder> {
    let folder = TestFolder::new();
    if !has_odd_names(folder.path()) {
        return None;
    }
    for name in NAMES {
        fs::write(folder.path().join(OsStr::from_bytes(name)), TABLE).expect("a file");
    }
    Some(folder)
}

/// Runs the program on the first file.
fn run(folder: &TestFolder, arguments: &[&str]) -> RunResult {
    let mut command = folder.command(arguments);
    command.arg(OsStr::from_bytes(NAMES[0]));
    RunResult::of(command.spawn().expect("the program"))
}

#[test]
fn every_command_reads_a_file_whose_name_is_not_utf_8() {
    let Some(folder) = folder() else { return };
    for command in [
        &["list"][..],
        &["show"],
        &["count"],
        &["cite"],
        &["check"],
        &["export", "--format", "ris"],
        &["convert"],
    ] {
        let result = run(&folder, command);
        assert!(matches!(result.exit_code, Some(0 | 1)), "{command:?}: {}", result.stderr);
        assert!(!result.stdout.is_empty(), "{command:?}: {}", result.stderr);
        assert!(!result.stdout.contains('\u{fffd}') && !result.stderr.contains('\u{fffd}'));
    }
    let result = run(&folder, &["check"]);
    let place = format!("{}:3", SHOWN[0]);
    assert!((result.stdout + &result.stderr).contains(&place), "{place}");
    let result = folder.run(&["check", "."]);
    for name in SHOWN {
        assert!(
            format!("{}{}", result.stdout, result.stderr).contains(name),
            "{name}: {}",
            result.stdout
        );
    }
    let mut command = folder.command(&["export", "--format", "csv", "--output"]);
    let output = OsStr::from_bytes(b"\xe9.csv");
    command.arg(output).arg(OsStr::from_bytes(NAMES[0]));
    assert_eq!(RunResult::of(command.spawn().expect("the program")).exit_code, Some(0));
    assert!(folder.path().join(output).exists());
}

#[test]
fn marks_of_two_files_whose_names_differ_in_a_byte_stay_apart() {
    let Some(folder) = folder() else { return };
    for (name, count) in NAMES.into_iter().zip(["1", "0"]) {
        if count == "1" {
            let script = format!(
                "exec \"$FONDS\" --no-restore --marks {}/m.toml {}/{}",
                folder.path().display(),
                folder.path().display(),
                shell_word(Path::new(OsStr::from_bytes(name)))
            );
            let mut pty = Setup::script(&script).start();
            pty.wait_for_text("Ein Brief");
            pty.send(" ");
            pty.wait_for_text("1 marked");
            pty.send("q");
            assert_eq!(pty.wait_for_exit(), 0);
        }
        let mut command = folder.command(&["count", "--marks", "m.toml", "--filter", "is:marked"]);
        command.arg(OsStr::from_bytes(name));
        let result = RunResult::of(command.spawn().expect("the program"));
        assert_eq!(result.stdout.trim(), count, "{name:?}: {}", result.stderr);
    }
}

#[test]
fn screen_shows_the_place_of_a_problem_and_copies_a_command_that_works() {
    let Some(folder) = folder() else { return };
    let file = folder.path().join(OsStr::from_bytes(NAMES[0]));
    let mut pty =
        Setup::script(&format!("exec \"$FONDS\" --no-restore {}", shell_word(&file))).start();
    pty.wait_for_text("Ein Brief");
    pty.send("Y");
    pty.wait_until("a copy", || last_copied_text(&pty).is_some());
    let copy = last_copied_text(&pty).expect("a copy");
    let script = copy.replacen("fonds --no-restore", "\"$FONDS\" list", 1);
    for shell in ["sh", "bash"] {
        let mut command = Command::new(shell);
        command.args(["-c", &script]).env("FONDS", FONDS_PROGRAM);
        let Ok(output) = command.output() else { continue };
        assert!(String::from_utf8_lossy(&output.stdout).contains("Ein Brief"), "{shell}: {script}");
    }
    pty.send("!");
    pty.wait_for_text("1945-13-45");
    pty.send("\r");
    pty.wait_for_text("Noch einer,1945-13-45");
}

#[test]
fn a_name_leads_back_to_its_file() {
    let Some(folder) = folder() else { return };
    for (name, shown) in NAMES.into_iter().zip(SHOWN) {
        let path = folder.path().join(OsStr::from_bytes(name));
        let text = name_of_path(&path);
        assert!(text.ends_with(shown), "{text}");
        assert_eq!(path_of_name(&text), path);
    }
    // A name that has the escape as it stands.
    let literal = folder.path().join(r"a\xFCb.csv");
    fs::write(&literal, "").expect("a file");
    assert_eq!(path_of_name(&name_of_path(&literal)), literal);
    for name in [r"a\xZZ", r"a\x41", r"\x", "é"] {
        assert_eq!(path_of_name(name), Path::new(name));
    }
    assert_eq!(shell_word(Path::new("a b")), "'a b'");
    let word = shell_word(Path::new(&OsString::from(OsStr::from_bytes(b"a%\\\xfc'"))));
    let output =
        Command::new("sh").args(["-c", &format!("printf %s {word}")]).output().expect("sh");
    assert_eq!(output.stdout, b"a%\\\xfc'");
}

#[test]
fn names_with_control_characters_are_words_that_can_be_copied() {
    let names: [&[u8]; 5] = [
        b"a\x1b[31m.csv",
        b"\xe2\x80\xae.csv",
        b"a\tb\x07c",
        b"two\nlines\x7f\n\n",
        "Größe\u{85}".as_bytes(),
    ];
    for name in names {
        let word = shell_word(Path::new(OsStr::from_bytes(name)));
        assert_eq!(clean_for_clipboard(&word), word, "{word:?}");
        let output =
            Command::new("sh").args(["-c", &format!("printf %s {word}")]).output().expect("sh");
        assert_eq!(output.stdout, name, "{word:?}");
    }
}
