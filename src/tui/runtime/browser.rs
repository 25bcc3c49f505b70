//! Opens addresses in the user's browser, without a shell.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::clipboard::has_display;
pub use crate::text::urls::is_web_address;

/// Why an address could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// It is not an http or https address.
    NotWebAddress,
    /// No browser was found.
    NoBrowser,
}

/// Opens an address in a browser, and returns the name of the browser program.
///
/// # Errors
/// It is not a web address, or no browser was found.
pub fn open(address: &str) -> Result<String, OpenError> {
    if !is_web_address(address) {
        return Err(OpenError::NotWebAddress);
    }
    let found = browsers().into_iter().find(|command| spawn(command, address));
    found.and_then(|mut words| words.drain(..).next()).ok_or(OpenError::NoBrowser)
}

/// Returns the browsers to try, each as a program and its arguments: first those of `$BROWSER`,
/// then that of the system.
fn browsers() -> Vec<Vec<String>> {
    let variable = std::env::var("BROWSER").unwrap_or_default();
    let mut browsers: Vec<Vec<String>> = variable.split(':').filter_map(shlex::split).collect();
    if cfg!(target_os = "macos") {
        browsers.push(vec!["open".to_owned()]);
    } else if has_display() {
        // Without a display, xdg-open would start a browser in this terminal.
        browsers.push(vec!["xdg-open".to_owned()]);
    }
    browsers.retain(|words| !words.is_empty());
    browsers
}

/// Starts a program with an address, without a shell. Returns whether the program exists.
fn spawn(words: &[String], address: &str) -> bool {
    let Some((program, arguments)) = browser_command(words, address) else { return false };
    start(Command::new(program).args(arguments))
}

/// Starts a command that goes on by itself. Returns whether its program exists.
pub(super) fn start(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // A child that nobody waits for stays a zombie process.
    thread::spawn(move || child.wait());
    true
}

/// Returns the program and its arguments. The address takes the place of `%s`, or is the last argument.
///
/// The address is always one argument or the end of one, and never part of a command that a shell reads: in
/// `sh -c 'firefox %s'` the script gets it as its first parameter. Returns `None` for any other command
/// that has `%s` in the middle of a text, because what its program makes of the text is not known.
pub fn browser_command(words: &[String], address: &str) -> Option<(String, Vec<String>)> {
    let (program, rest) = words.split_first()?;
    let mut arguments = Vec::new();
    let mut is_placed = false;
    for (at, word) in rest.iter().enumerate() {
        if !word.contains("%s") {
            arguments.push(word.clone());
        } else if is_shell_script(words, at + 1) {
            let script = word.replace("'%s'", "%s").replace("\"%s\"", "%s");
            if is_in_quotes(&script) {
                return None;
            }
            arguments.push(script.replace("%s", "\"$1\""));
            arguments.extend([program.clone(), address.to_owned()]);
            is_placed = true;
        } else if is_plain_option(word) {
            arguments.push(word.replace("%s", address));
            is_placed = true;
        } else {
            return None;
        }
    }
    if !is_placed {
        arguments.push(address.to_owned());
    }
    Some((program.clone(), arguments))
}

/// Whether a `%s` of a script is inside of quotation marks.
fn is_in_quotes(script: &str) -> bool {
    let mut before = script;
    while let Some((shorter, _)) = before.rsplit_once("%s") {
        before = shorter;
        let is_open = |quote| before.matches(quote).count() % 2 == 1;
        if is_open('\'') || is_open('"') {
            return true;
        }
    }
    false
}

/// Whether a word of a command is `%s`, or an option that ends with it: `--url=%s`.
fn is_plain_option(word: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_=".contains(letter);
    word.strip_suffix("%s").is_some_and(|before| before.chars().all(is_plain))
}

/// The shells whose option `-c` runs a script.
const SHELLS: [&str; 8] = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "yash"];

/// Whether a word of a command is a script for a shell: it follows `sh -c`, `env bash -lc` and the like.
fn is_shell_script(words: &[String], at: usize) -> bool {
    let before = words.get(..at).unwrap_or(&[]);
    let is_shell = |word: &String| {
        let name = Path::new(word).file_name();
        SHELLS.iter().any(|shell| name == Some(shell.as_ref()))
    };
    let Some(shell) = before.iter().rposition(is_shell) else { return false };
    let options = before.get(shell + 1..).unwrap_or(&[]);
    let is_option = |word: &String| word.starts_with('-') && !word.starts_with("--");
    options.iter().all(is_option) && options.last().is_some_and(|last| last.ends_with('c'))
}
