//! Opens a note in the user's editor.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use encoding_rs::WINDOWS_1252;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

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

/// How long an editor may take to end when the program is asked to end.
const EDITOR_END: Duration = Duration::from_millis(200);

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
        Err(_) => {
            // The program is about to end. The file stays, and is named after the screen is closed.
            let kept = path.keep().map_err(|error| unchanged(&error))?;
            let unsaved =
                Unfinished::begin(format!("the note was saved, which is in {}", kept.display()));
            std::mem::forget(unsaved);
            return Err(unchanged(&"the program was asked to end"));
        }
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

/// Returns the number of the signal that killed an editor, or that its shell says has killed it.
fn signal_of(status: ExitStatus) -> Option<i32> {
    let of_shell = status.code().map(|code| code - 128).filter(|signal| (1..=64).contains(signal));
    status.signal().or(of_shell)
}

/// Runs an editor until it ends or a signal asks the program to end. A shell starts it, as other programs do, so
/// that the command may have variables before it and `~` in it.
fn run_editor(editor: &str, path: &Path) -> Result<io::Result<ExitStatus>, NoResult> {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{editor} \"$@\""), editor]).arg(path);
    // An editor that is killed restores nothing.
    let modes = terminal::input().and_then(|input| Ok(tcgetattr(input)?));
    let mut child = match attach_to_terminal(&mut command).and_then(Command::spawn) {
        Ok(child) => child,
        Err(error) => return Ok(Err(error)),
    };
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let result = waiting::run_until_ending(move || child.wait());
    if let (Ok(modes), Ok(input)) = (&modes, terminal::input()) {
        // Without a terminal there is nothing to restore.
        let _ = tcsetattr(input, OptionalActions::Now, modes);
    }
    if matches!(&result, Ok(Ok(status)) if signal_of(*status).is_some())
        && let Ok(writer) = terminal::writer()
    {
        writer.send(RESET_MODES);
    }
    if let (Err(_), Some(pid)) = (&result, pid) {
        // It may have ended by itself.
        let _ = kill_process(pid, Signal::TERM);
        std::thread::sleep(EDITOR_END);
    }
    result
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
