//! Copies text to the first of these that works: the system's clipboard, tmux's buffer, or the
//! terminal's clipboard (OSC 52).
//!
//! A display or a tmux server that does not answer is waited for only for `ANSWER_LIMIT`.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::bail;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::event_loop::CopyOutcome;
use super::wayland;
use crate::files::waiting;
use crate::text::clean::clean_for_clipboard;

/// The longest escape sequence that is sent, in bytes. xterm and tmux drop longer ones.
const MAX_OSC_52_BYTES: usize = 74_994;

/// How long a clipboard may take to answer.
const ANSWER_LIMIT: Duration = Duration::from_millis(300);

/// How long `fonds paste` waits for the clipboard, which may have much to send.
const PASTE_LIMIT: Duration = Duration::from_secs(10);

/// The clipboards that text can be copied to.
#[derive(Default)]
pub struct Clipboard {
    system: SystemClipboard,
}

/// The clipboard of the system.
#[derive(Default)]
enum SystemClipboard {
    /// It was not used yet.
    #[default]
    Unused,
    /// It is open on a thread. It stays open, because some systems ask the program for the text only when it
    /// is pasted.
    Open { texts: Sender<String>, results: Receiver<bool> },
    /// It did not answer, and is not asked again.
    Silent,
}

/// Whether an environment variable is set and not empty.
fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether the program runs on the user's own display, so that its clipboard and browser can be
/// used.
pub fn has_display() -> bool {
    let is_remote = is_set("SSH_CONNECTION") || is_set("SSH_TTY");
    !is_remote
        && (cfg!(any(target_os = "macos", windows))
            || is_set("DISPLAY")
            || is_set("WAYLAND_DISPLAY"))
}

impl Clipboard {
    /// Copies a text without its control characters. `description` is its name in the message, such as
    /// "the title".
    pub fn copy(&mut self, text: &str, description: &str) -> CopyOutcome {
        let text = &*clean_for_clipboard(text);
        let mut silent = Vec::new();
        if has_display() {
            match self.system.copy(text) {
                Ok(true) => {
                    return CopyOutcome::from_message(format!(
                        "copied {description} to the clipboard"
                    ));
                }
                Ok(false) => {}
                Err(Silence) => silent.push("the clipboard of the display"),
            }
        }
        if is_set("TMUX") {
            let tmux_text = text.to_owned();
            match waiting::run_within(ANSWER_LIMIT, move || copy_to_tmux(&tmux_text)) {
                Ok(true) => {
                    return CopyOutcome::from_message(format!(
                        "copied {description} to tmux's buffer"
                    ));
                }
                Ok(false) => {}
                Err(_) => silent.push("tmux"),
            }
        }
        let why = match silent.as_slice() {
            [] => String::new(),
            names => format!(": no answer from {}", names.join(" and ")),
        };
        match osc_52(text, is_set("TMUX")) {
            Some(terminal_bytes) => {
                let message = format!("sent {description} to the terminal to copy{why}");
                CopyOutcome { terminal_bytes, message }
            }
            None => CopyOutcome::from_message(format!(
                "{description}: {} bytes are more than a terminal accepts, nothing is copied{why}",
                text.len()
            )),
        }
    }
}

/// A clipboard did not answer in time.
struct Silence;

impl SystemClipboard {
    /// Copies a text. Returns whether that worked.
    fn copy(&mut self, text: &str) -> Result<bool, Silence> {
        if matches!(self, SystemClipboard::Unused) {
            let (texts, text_receiver) = channel();
            let (result_sender, results) = channel();
            thread::spawn(move || hold_system_clipboard(&text_receiver, &result_sender));
            *self = SystemClipboard::Open { texts, results };
        }
        let SystemClipboard::Open { texts, results } = self else { return Err(Silence) };
        // The thread ends if there is no clipboard.
        if texts.send(text.to_owned()).is_err() {
            return Ok(false);
        }
        match results.recv_timeout(ANSWER_LIMIT) {
            Ok(is_copied) => Ok(is_copied),
            Err(RecvTimeoutError::Disconnected) => Ok(false),
            Err(RecvTimeoutError::Timeout) => {
                *self = SystemClipboard::Silent;
                Err(Silence)
            }
        }
    }
}

/// Copies texts to the system's clipboard until there are no more.
fn hold_system_clipboard(texts: &Receiver<String>, results: &Sender<bool>) {
    let mut clipboard = None;
    for text in texts {
        if results.send(copy_to_system(&mut clipboard, text)).is_err() {
            return;
        }
    }
}

/// Copies a text to the system's clipboard, which is opened when it is needed. Returns whether that worked.
fn copy_to_system(clipboard: &mut Option<arboard::Clipboard>, text: String) -> bool {
    // The clipboard of X11 does not reach the other programs on every Wayland desktop.
    if is_set("WAYLAND_DISPLAY") && wayland::copy(&text) {
        return true;
    }
    if clipboard.is_none() {
        *clipboard = arboard::Clipboard::new().ok();
    }
    clipboard.as_mut().is_some_and(|clipboard| clipboard.set_text(text).is_ok())
}

/// Returns what was copied: its HTML, else its text.
///
/// # Errors
/// There is no clipboard, or nothing in it that can be read: a sentence with what to do.
pub(crate) fn read_page() -> anyhow::Result<String> {
    if !has_display() {
        bail!(
            "there is no clipboard here, because this is a remote session or has no display: save the page in the browser \
             and open the file, or pipe the text in (fonds < page.txt)"
        );
    }
    match waiting::run_within(PASTE_LIMIT, read_system_clipboard) {
        Ok(page) => page,
        Err(_) => bail!(
            "the clipboard does not answer: save the page in the browser and open the file, or pipe the text in"
        ),
    }
}

/// Reads the HTML or the text of the system's clipboard.
fn read_system_clipboard() -> anyhow::Result<String> {
    if is_set("WAYLAND_DISPLAY")
        && let Some(page) = wayland::paste()
    {
        return Ok(page);
    }
    let empty = "there is no text in the clipboard: copy the list in the browser first, then run this again";
    let mut clipboard = match arboard::Clipboard::new() {
        Ok(clipboard) => clipboard,
        Err(_) if is_set("WAYLAND_DISPLAY") && !is_set("DISPLAY") && wayland::can_paste() => {
            bail!(empty)
        }
        Err(_) if is_set("WAYLAND_DISPLAY") && !is_set("DISPLAY") => bail!(
            "the clipboard of Wayland cannot be read: install wl-clipboard and copy the list in the browser again, or save \
             the page and open the file"
        ),
        Err(error) => bail!(
            "the clipboard cannot be opened ({error}): save the page in the browser and open the file, or pipe the text in"
        ),
    };
    let is_filled = |text: &String| !text.trim().is_empty();
    let html = clipboard.get().html().ok().filter(is_filled);
    match html.or_else(|| clipboard.get_text().ok().filter(is_filled)) {
        Some(page) => Ok(page),
        None => bail!(empty),
    }
}

/// Copies a text to a buffer of tmux, which passes it on to its own terminal if it can. Returns
/// whether that worked.
fn copy_to_tmux(text: &str) -> bool {
    let mut command = Command::new("tmux");
    command.args(["load-buffer", "-w", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let stdin = child.stdin.take();
    let written = stdin.is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    child.wait().is_ok_and(|status| status.success()) && written
}

/// Returns the escape sequence that makes the terminal copy a text (xterm's control sequences,
/// OSC 52), or nothing if it is too long. With `in_tmux`, it is wrapped so that tmux passes it on.
pub fn osc_52(text: &str, in_tmux: bool) -> Option<Vec<u8>> {
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    if plain.len() > MAX_OSC_52_BYTES {
        return None;
    }
    Some(if in_tmux {
        format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")).into_bytes()
    } else {
        plain.into_bytes()
    })
}
