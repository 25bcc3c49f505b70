//! Counts control characters in a text. Programs write them by mistake, and no reader sees them.

use super::findings::Findings;

/// Counts control characters, with the line of the first one.
#[derive(Debug, Default)]
pub(super) struct ControlCounter {
    /// The number of line breaks so far.
    newlines: usize,
}

impl ControlCounter {
    /// Counts the control characters in the next part of the text.
    pub(super) fn count(&mut self, text: &[u8], findings: &Findings) {
        if has_controls(text) {
            let count = text.iter().filter(|byte| is_control(**byte)).count();
            let first = text.iter().position(|byte| is_control(*byte)).unwrap_or(0);
            let before = text.get(..first).unwrap_or(text);
            let line = self.newlines + memchr::memchr_iter(b'\n', before).count() + 1;
            findings.count_controls(line, count);
        }
        self.newlines += memchr::memchr_iter(b'\n', text).count();
    }
}

/// Whether a text has control characters. Nearly no text has any, so that each byte is looked at without a branch.
fn has_controls(text: &[u8]) -> bool {
    text.iter().fold(false, |found, byte| found | is_control(*byte))
}

/// Whether a byte is a control character that has no use in a text. White space, escapes, the separators of fields and the
/// mark of the end of a file have.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x01..=0x08 | 0x0e..=0x19 | 0x7f)
}
