//! A note in the reader's own editor.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::terminal;

/// The editor that every system has, for who names none.
const EDITOR: &str = "vi";

/// Has the reader edit a text in `$VISUAL` or `$EDITOR`, and waits for it. The terminal must have been
/// given back.
///
/// # Errors
/// Why the text is as it was, as a sentence.
pub(super) fn edit(text: &str) -> Result<String, String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
    let named = named.map(|editor| editor.trim().to_owned()).find(|editor| !editor.is_empty());
    let editor = named.unwrap_or_else(|| EDITOR.to_owned());
    let left = |why: &dyn std::fmt::Display| format!("the note is as it was: {why}");
    let words = shlex::split(&editor).filter(|words| !words.is_empty());
    let Some((program, arguments)) = words.as_deref().and_then(<[String]>::split_first) else {
        return Err(left(&format!("the editor {editor:?} cannot be understood")));
    };
    let beside = tempfile::Builder::new().prefix("fonds-note-").suffix(".txt").tempfile();
    let mut file = beside.map_err(|error| left(&error))?;
    writeln!(file, "{text}").map_err(|error| left(&error))?;
    // An editor may put another file in its place.
    let path = file.into_temp_path();
    let mut command = Command::new(program);
    command.args(arguments).arg(&path);
    match at_terminal(&mut command).and_then(Command::status) {
        Ok(status) if status.success() => fs::read_to_string(&path).map_err(|error| left(&error)),
        Ok(_) => Err(left(&format!("{program} ended with an error"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(format!("there is no editor {program}: VISUAL or EDITOR names one"))
        }
        Err(error) => Err(left(&format!("{program} cannot be started: {error}"))),
    }
}

/// Has a command read from the terminal and write to it, whatever the program's own input and output
/// are.
fn at_terminal(command: &mut Command) -> io::Result<&mut Command> {
    let output = || terminal::output()?.try_clone();
    command.stdin(Stdio::from(terminal::input()?));
    Ok(command.stdout(Stdio::from(output()?)).stderr(Stdio::from(output()?)))
}
