//! Opens addresses in the user's browser, without a shell.

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

/// Starts a program with an address or a path, without a shell. Returns whether the program exists.
pub(super) fn spawn(words: &[String], address: &str) -> bool {
    let Some((program, rest)) = words.split_first() else { return false };
    let mut command = Command::new(program);
    let has_placeholder = rest.iter().any(|word| word.contains("%s"));
    command.args(rest.iter().map(|word| word.replace("%s", address)));
    if !has_placeholder {
        command.arg(address);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // A child that nobody waits for stays a zombie process.
    thread::spawn(move || child.wait());
    true
}
