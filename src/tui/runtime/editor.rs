//! Opens a note in the user's editor.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use encoding_rs::WINDOWS_1252;
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use tempfile::TempPath;

use super::job_control::{self, Borrower};
use super::terminal;
use crate::files::waiting::{self, NoResult, Unfinished};
use crate::tui::action::EditedNote;

/// The editor if neither `$VISUAL` nor `$EDITOR` is set. Every system has it.
const DEFAULT_EDITOR: &str = "vi";

/// The exit code of a shell that does not find a command.
const COMMAND_NOT_FOUND: i32 = 127;

/// Undoes what an editor that was killed has asked of the terminal: scroll region, colours, keys of applications,
/// reports of the focus. What the screen asks for itself is undone at its end.
const RESET_MODES: &[u8] = b"\x1b[r\x1b[0m\x1b[?1l\x1b>\x1b[?1004l";

/// How long an editor and what it has started may take to end when the program is asked to end.
const EDITOR_END: Duration = Duration::from_millis(200);

/// How often it is looked whether they have ended.
const LOOK_INTERVAL: Duration = Duration::from_millis(5);

/// The file of a note whose editor was ended, until the note is saved elsewhere.
static INTERRUPTED_NOTE: Mutex<Option<(TempPath, Unfinished)>> = Mutex::new(None);

/// Opens a text in `$VISUAL` or `$EDITOR`, waits for the editor to end, and returns the edited
/// text.
///
/// The terminal must have been restored, because the editor uses it. What an editor saved is kept, also if it
/// ends with an error.
///
/// # Errors
/// The text could not be edited; the message explains why.
pub(super) fn edit(text: &str) -> Result<EditedNote, String> {
    let variables = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
    let mut editors = variables.map(|editor| editor.trim().to_owned());
    let editor = editors.find(|editor| !editor.is_empty());
    let editor = editor.unwrap_or_else(|| DEFAULT_EDITOR.to_owned());
    let unchanged = |why: &dyn std::fmt::Display| format!("the note is unchanged: {why}");
    if shlex::split(&editor).is_none_or(|words| words.is_empty()) {
        return Err(unchanged(&format!("the editor command {editor:?} cannot be parsed")));
    }
    let file = tempfile::Builder::new().prefix("fonds-note-").suffix(".txt").tempfile();
    let mut file = file.map_err(|error| unchanged(&error))?;
    let before = format!("{text}\n");
    file.write_all(before.as_bytes()).map_err(|error| unchanged(&error))?;
    // Some editors replace the file, so it is read again by its path.
    let path = file.into_temp_path();
    let status = match run_editor(&editor, &path) {
        Ok(Ok(status)) => status,
        Ok(Err(error)) => {
            return Err(unchanged(&format!("{editor} cannot be started: {error}")));
        }
        Err(_) => return take_interrupted(path, &before),
    };
    if status.code() == Some(COMMAND_NOT_FOUND) {
        return Err(format!("there is no editor {editor}: set VISUAL or EDITOR to another one"));
    }
    let after = fs::read(&path).map_err(|error| unchanged(&error))?;
    let failed = match signal_of(status) {
        Some(signal) => format!("{editor} was killed by signal {signal}"),
        None => format!("{editor} ended with an error"),
    };
    match status.success() {
        false if after == before.as_bytes() => Err(unchanged(&failed)),
        false => Ok(EditedNote {
            text: decode(&after),
            warning: Some(format!("{failed}: what it saved is kept")),
        }),
        true => Ok(EditedNote { text: decode(&after), warning: None }),
    }
}

/// Returns what an editor saved before it was ended, because the program is about to end. The file stays until
/// [`forget_interrupted_note`].
///
/// # Errors
/// It saved nothing.
fn take_interrupted(mut path: TempPath, before: &str) -> Result<EditedNote, String> {
    let after = fs::read(&path);
    // If the program must be ended by force, the file stays and is named.
    path.disable_cleanup(true);
    let unsaved = Unfinished::begin(format!("the note was saved, which is in {}", path.display()));
    *INTERRUPTED_NOTE.lock().unwrap_or_else(PoisonError::into_inner) = Some((path, unsaved));
    match after {
        Ok(after) if after != before.as_bytes() => {
            Ok(EditedNote { text: decode(&after), warning: None })
        }
        _ => Err("the note is unchanged: the program was asked to end".to_owned()),
    }
}

/// Removes the file of a note whose editor was ended, because the note is saved elsewhere.
pub(super) fn forget_interrupted_note() {
    let note = INTERRUPTED_NOTE.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((mut path, _unsaved)) = note {
        path.disable_cleanup(false);
    }
}

/// Returns the number of the signal that killed an editor, or that its shell says has killed it.
fn signal_of(status: ExitStatus) -> Option<i32> {
    let of_shell = status.code().map(|code| code - 128).filter(|signal| (1..=64).contains(signal));
    status.signal().or(of_shell)
}

/// Runs an editor until it ends or a signal asks the program to end. A shell starts it, as other programs do, so
/// that the command may have variables before it and `~` in it.
fn run_editor(editor: &str, path: &Path) -> Result<io::Result<ExitStatus>, NoResult> {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{editor} \"$@\""), editor]).arg(path).process_group(0);
    // An editor that is killed restores nothing.
    let modes = terminal::input().and_then(|input| Ok(tcgetattr(input)?));
    let child = match attach_to_terminal(&mut command).and_then(Command::spawn) {
        Ok(child) => child,
        Err(error) => return Ok(Err(error)),
    };
    let group = Pid::from_child(&child);
    let lent = match terminal::input() {
        Ok(input) => Borrower::lend(input, group),
        Err(error) => return Ok(Err(error)),
    };
    let result = waiting::run_until_ending(move || lent.wait());
    if let Ok(input) = terminal::input() {
        job_control::take_back(&input);
        if let Ok(modes) = &modes {
            // Without a terminal there is nothing to restore.
            let _ = tcsetattr(input, OptionalActions::Now, modes);
        }
    }
    if matches!(&result, Ok(Ok(status)) if signal_of(*status).is_some())
        && let Ok(writer) = terminal::writer()
    {
        writer.send(RESET_MODES);
    }
    if result.is_err() {
        end_group(group);
    }
    result
}

/// Ends an editor and what it has started: first it is asked to end, then it is killed.
fn end_group(group: Pid) {
    let deadline = Instant::now() + EDITOR_END;
    // It may have ended by itself, or be stopped.
    let _ = kill_process_group(group, Signal::TERM);
    let _ = kill_process_group(group, Signal::CONT);
    while test_kill_process_group(group).is_ok() {
        if Instant::now() >= deadline {
            let _ = kill_process_group(group, Signal::KILL);
            return;
        }
        thread::sleep(LOOK_INTERVAL);
    }
}

/// Returns the text that an editor saved: UTF-8, else Windows-1252, which includes Latin-1. A byte-order mark and
/// carriage returns are left out.
pub fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Connects a command to the terminal, even if the program's own input and output are redirected.
fn attach_to_terminal(command: &mut Command) -> io::Result<&mut Command> {
    let output = || terminal::output()?.try_clone();
    command.stdin(Stdio::from(terminal::input()?));
    Ok(command.stdout(Stdio::from(output()?)).stderr(Stdio::from(output()?)))
}
