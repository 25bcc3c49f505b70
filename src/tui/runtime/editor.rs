//! Opens a note in the user's editor.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::terminal;

/// The editor if neither `$VISUAL` nor `$EDITOR` is set. Every system has it.
const DEFAULT_EDITOR: &str = "vi";

/// Opens a text in `$VISUAL` or `$EDITOR`, waits for the editor to end, and returns the edited
/// text.
///
/// The terminal must have been restored, because the editor uses it.
///
/// # Errors
/// The text could not be edited; the message explains why.
pub(super) fn edit(text: &str) -> Result<String, String> {
    let variables = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
    let mut editors = variables.map(|editor| editor.trim().to_owned());
    let editor = editors.find(|editor| !editor.is_empty());
    let editor = editor.unwrap_or_else(|| DEFAULT_EDITOR.to_owned());
    let unchanged = |why: &dyn std::fmt::Display| format!("the note is unchanged: {why}");
    let words = shlex::split(&editor).filter(|words| !words.is_empty());
    let Some((program, arguments)) = words.as_deref().and_then(<[String]>::split_first) else {
        return Err(unchanged(&format!("the editor command {editor:?} cannot be parsed")));
    };
    let file = tempfile::Builder::new().prefix("fonds-note-").suffix(".txt").tempfile();
    let mut file = file.map_err(|error| unchanged(&error))?;
    writeln!(file, "{text}").map_err(|error| unchanged(&error))?;
    // Some editors replace the file, so it is read again by its path.
    let path = file.into_temp_path();
    let mut command = Command::new(program);
    command.args(arguments).arg(&path);
    match attach_to_terminal(&mut command).and_then(Command::status) {
        Ok(status) if status.success() => {
            fs::read_to_string(&path).map_err(|error| unchanged(&error))
        }
        Ok(_) => Err(unchanged(&format!("{program} ended with an error"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(format!("there is no editor {program}: set VISUAL or EDITOR to another one"))
        }
        Err(error) => Err(unchanged(&format!("{program} cannot be started: {error}"))),
    }
}

/// Connects a command to the terminal, even if the program's own input and output are redirected.
fn attach_to_terminal(command: &mut Command) -> io::Result<&mut Command> {
    let output = || terminal::output()?.try_clone();
    command.stdin(Stdio::from(terminal::input()?));
    Ok(command.stdout(Stdio::from(output()?)).stderr(Stdio::from(output()?)))
}
