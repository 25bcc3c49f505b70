//! The clipboard of Wayland, through the programs `wl-copy` and `wl-paste` of wl-clipboard.
//!
//! A program without a window gets the clipboard only by a protocol that not every desktop has. These
//! programs know the ways of each desktop.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait for one of the programs.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The pause between two looks whether a program ended.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Copies a text. Returns whether that worked.
pub(super) fn copy(text: &str) -> bool {
    let mut command = Command::new("wl-copy");
    command.args(["--type", "text/plain"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let (sender, written) = mpsc::channel();
    if let Some(mut stdin) = child.stdin.take() {
        let text = text.to_owned();
        thread::spawn(move || sender.send(stdin.write_all(text.as_bytes()).is_ok()));
    }
    let has_ended = wait(&mut child);
    has_ended && written.recv_timeout(TIMEOUT).unwrap_or(false)
}

/// Returns whether the program that reads the clipboard is installed.
pub(super) fn can_paste() -> bool {
    let mut command = Command::new("wl-paste");
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok_and(|mut child| wait(&mut child))
}

/// Returns what was copied as HTML, else as text; `None` if there is neither, or no such program.
pub(super) fn paste() -> Option<String> {
    let kinds: [&[&str]; 2] = [&["--type", "text/html"], &[]];
    kinds.into_iter().find_map(paste_as)
}

/// Returns what was copied, in the form that the arguments name.
fn paste_as(arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("wl-paste");
    command.arg("--no-newline").args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let mut output = child.stdout.take()?;
    let (sender, read) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let result = output.read_to_end(&mut bytes).map(|_| bytes);
        sender.send(result)
    });
    let bytes = read.recv_timeout(TIMEOUT);
    let has_ended = wait(&mut child);
    let text = String::from_utf8_lossy(&bytes.ok()?.ok()?).into_owned();
    (has_ended && !text.trim().is_empty()).then_some(text)
}

/// Waits until a program ends, and ends it after a while. Returns whether it ended well.
fn wait(child: &mut Child) -> bool {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < TIMEOUT => thread::sleep(POLL_INTERVAL),
            Ok(None) | Err(_) => {
                // It may have ended in the meantime.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}
