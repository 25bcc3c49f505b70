//! Opening an address in the reader's browser, never through a shell.

use std::process::{Command, Stdio};
use std::thread;

use super::clipboard::has_display;

/// Why an address is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no address of the web.
    NoAddress,
    /// There is no browser.
    NoBrowser,
}

/// Opens an address; says what it was given to.
///
/// # Errors
/// It is no web address, or there is no browser.
pub fn open(address: &str) -> Result<String, Refusal> {
    if !is_web_address(address) {
        return Err(Refusal::NoAddress);
    }
    let found = browsers().into_iter().find(|command| start(command, address));
    found.and_then(|mut words| words.drain(..).next()).ok_or(Refusal::NoBrowser)
}

/// Whether it is an http or https address in one piece.
pub fn is_web_address(address: &str) -> bool {
    let begins = |with: &str| {
        address.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with))
    };
    (begins("http://") || begins("https://"))
        && !address.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

/// The browsers to try, each as its words: those of `$BROWSER`, then the system's own.
fn browsers() -> Vec<Vec<String>> {
    let named = std::env::var("BROWSER").unwrap_or_default();
    let mut browsers: Vec<Vec<String>> = named.split(':').filter_map(shlex::split).collect();
    if cfg!(target_os = "macos") {
        browsers.push(vec!["open".to_owned()]);
    } else if has_display() {
        // Without a display it would start a browser on this very terminal.
        browsers.push(vec!["xdg-open".to_owned()]);
    }
    browsers.retain(|words| !words.is_empty());
    browsers
}

/// Starts a browser on an address; whether there is such a program.
fn start(words: &[String], address: &str) -> bool {
    let Some((program, rest)) = words.split_first() else { return false };
    let mut command = Command::new(program);
    let named = rest.iter().any(|word| word.contains("%s"));
    command.args(rest.iter().map(|word| word.replace("%s", address)));
    if !named {
        command.arg(address);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // Somebody has to take note of its end.
    thread::spawn(move || child.wait());
    true
}
