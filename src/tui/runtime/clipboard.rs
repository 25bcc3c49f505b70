//! The clipboard: the system's where there is a display, tmux's buffer, or the terminal's (OSC 52).

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::event_loop::Copied;

/// The longest sequence that terminals are known to take: xterm and tmux drop longer ones.
const LONGEST: usize = 74_994;

/// Where copies go.
#[derive(Default)]
pub struct Clipboard {
    /// The system's clipboard, once it was used: some systems ask its owner for the text later.
    system: Option<arboard::Clipboard>,
}

/// Whether an environment variable is there and not empty.
fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether there is a display whose clipboard and browser are the reader's own.
pub fn has_display() -> bool {
    let away = is_set("SSH_CONNECTION") || is_set("SSH_TTY");
    !away
        && (cfg!(any(target_os = "macos", windows))
            || is_set("DISPLAY")
            || is_set("WAYLAND_DISPLAY"))
}

impl Clipboard {
    /// Copies a text; `what` is what the reader calls it.
    pub fn copy(&mut self, text: &str, what: &str) -> Copied {
        let done = |to: &str| Copied { bytes: Vec::new(), said: format!("copied {what} to {to}") };
        if has_display() && self.system_takes(text) {
            return done("the clipboard");
        }
        if is_set("TMUX") && tmux_takes(text) {
            return done("tmux's buffer");
        }
        match osc_52(text, is_set("TMUX")) {
            Some(bytes) => Copied { bytes, said: format!("sent {what} to the terminal to copy") },
            None => Copied {
                bytes: Vec::new(),
                said: format!(
                    "{what}: {} bytes are more than a terminal takes, nothing is copied",
                    text.len()
                ),
            },
        }
    }

    /// Whether the system's clipboard took the text.
    fn system_takes(&mut self, text: &str) -> bool {
        if self.system.is_none() {
            self.system = arboard::Clipboard::new().ok();
        }
        self.system.as_mut().is_some_and(|system| system.set_text(text).is_ok())
    }
}

/// Whether tmux took the text into a buffer; it passes it on to its own terminal where it can.
fn tmux_takes(text: &str) -> bool {
    let mut command = Command::new("tmux");
    command.args(["load-buffer", "-w", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let written = child.stdin.take().is_some_and(|mut to| to.write_all(text.as_bytes()).is_ok());
    child.wait().is_ok_and(|status| status.success()) && written
}

/// The sequence that has the terminal copy a text (xterm's control sequences, OSC 52), wrapped so
/// that tmux passes it on; nothing where it is too long.
pub fn osc_52(text: &str, in_tmux: bool) -> Option<Vec<u8>> {
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    if plain.len() > LONGEST {
        return None;
    }
    Some(if in_tmux {
        format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")).into_bytes()
    } else {
        plain.into_bytes()
    })
}
