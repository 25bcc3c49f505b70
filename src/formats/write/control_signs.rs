//! Visible signs for control characters, which text formats cannot hold: `␀` for NUL.

use std::io::{self, Write};

use crate::record::Record;

/// Whether a character is a control character that most programs neither show nor read: NUL, escape ... Tabs and
/// line ends are none.
pub(super) fn is_control(letter: char) -> bool {
    letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')
}

/// Whether a record has a value or a name of a field with a control character.
pub fn has_controls(record: &Record) -> bool {
    let known = record.values.iter().map(|(_, value)| value.as_str());
    let own = record.own.iter().flat_map(|(name, value)| [name.as_str(), value]);
    let mut texts = known.chain(own).chain([record.date.text.as_str()]);
    texts.any(|text| text.bytes().any(|byte| is_control(char::from(byte))))
}

/// Writes text with a sign in place of each control character (Unicode, block Control Pictures).
pub(super) struct ControlSigns<'w>(pub(super) &'w mut dyn Write);

impl Write for ControlSigns<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        // These bytes are never part of a longer character in UTF-8.
        while let Some(at) = rest.iter().position(|byte| is_control(char::from(*byte))) {
            let (before, after) = rest.split_at(at);
            self.0.write_all(before)?;
            if let Some((control, after)) = after.split_first() {
                let sign = char::from_u32(0x2400 + u32::from(*control)).unwrap_or('\u{fffd}');
                self.0.write_all(sign.encode_utf8(&mut [0; 4]).as_bytes())?;
                rest = after;
            }
        }
        self.0.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
