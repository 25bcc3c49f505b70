//! Copies text to the first of these that works: the system's clipboard, tmux's buffer, or the
//! terminal's clipboard (OSC 52).

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::bail;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::event_loop::CopyOutcome;
use super::wayland;

/// The longest escape sequence that is sent, in bytes. xterm and tmux drop longer ones.
const MAX_OSC_52_BYTES: usize = 74_994;

/// The clipboards that text can be copied to.
#[derive(Default)]
pub struct Clipboard {
    /// The system's clipboard after its first use. It stays open, because some systems ask the
    /// program for the text only when it is pasted.
    system: Option<arboard::Clipboard>,
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
    /// Copies a text. `description` is its name in the message, such as "the title".
    pub fn copy(&mut self, text: &str, description: &str) -> CopyOutcome {
        if has_display() && self.copy_to_system(text) {
            return CopyOutcome::from_message(format!("copied {description} to the clipboard"));
        }
        if is_set("TMUX") && copy_to_tmux(text) {
            return CopyOutcome::from_message(format!("copied {description} to tmux's buffer"));
        }
        match osc_52(text, is_set("TMUX")) {
            Some(terminal_bytes) => {
                let message = format!("sent {description} to the terminal to copy");
                CopyOutcome { terminal_bytes, message }
            }
            None => CopyOutcome::from_message(format!(
                "{description}: {} bytes are more than a terminal accepts, nothing is copied",
                text.len()
            )),
        }
    }

    /// Copies a text to the system's clipboard. Returns whether that worked.
    fn copy_to_system(&mut self, text: &str) -> bool {
        // The clipboard of X11 does not reach the other programs on every Wayland desktop.
        if is_set("WAYLAND_DISPLAY") && wayland::copy(text) {
            return true;
        }
        if self.system.is_none() {
            self.system = arboard::Clipboard::new().ok();
        }
        self.system.as_mut().is_some_and(|system| system.set_text(text).is_ok())
    }
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
    if is_set("WAYLAND_DISPLAY")
        && let Some(page) = wayland::paste()
    {
        return Ok(page);
    }
    let mut clipboard = match arboard::Clipboard::new() {
        Ok(clipboard) => clipboard,
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
        None => bail!(
            "there is no text in the clipboard: copy the list in the browser first, then run this again"
        ),
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
