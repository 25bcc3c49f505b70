//! Splits a mailbox into its messages, one at a time.

use std::io::{self, BufRead, Read};

/// The largest message that is read, in bytes.
const MAX_MESSAGE_BYTES: usize = 256 << 20;

/// The longest line that is read at once, in bytes.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// A message as it stands in its file.
pub(super) struct RawMessage {
    /// The number of its first line, counted from 1.
    pub(super) line: usize,
    /// Its bytes, without the line that separates it from others.
    pub(super) bytes: Vec<u8>,
    /// Whether it was too large.
    pub(super) is_cut: bool,
}

/// A mailbox, or a file with one message.
pub(super) struct Mailbox<'r> {
    reader: &'r mut dyn BufRead,
    /// The number of lines so far.
    lines: usize,
    /// Whether the file has separators, which is decided by its first line.
    has_separators: Option<bool>,
    /// Whether the file is of Apple Mail: its first line is the length of the message.
    has_length: bool,
    at_end: bool,
}

impl<'r> Mailbox<'r> {
    /// A mailbox that stands before its first message.
    pub(super) fn new(reader: &'r mut dyn BufRead) -> Mailbox<'r> {
        Mailbox { reader, lines: 0, has_separators: None, has_length: false, at_end: false }
    }

    /// Reads the next message; `None` at the end of the file.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(super) fn next(&mut self) -> io::Result<Option<RawMessage>> {
        if self.at_end {
            return Ok(None);
        }
        let mut message = RawMessage { line: self.lines + 1, bytes: Vec::new(), is_cut: false };
        let mut is_after_blank = true;
        let mut line = Vec::new();
        loop {
            line.clear();
            let count = (&mut *self.reader).take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
            self.at_end = count == 0;
            if self.at_end {
                if self.has_length {
                    cut_property_list(&mut message.bytes);
                }
                return Ok(Some(message).filter(|it| !it.bytes.is_empty()));
            }
            self.lines += usize::from(line.ends_with(b"\n"));
            let bare = line.trim_ascii();
            if self.has_separators.is_none() && !bare.is_empty() {
                let is_separator = is_separator(bare);
                self.has_separators = Some(is_separator);
                self.has_length = bare.iter().all(u8::is_ascii_digit);
                if is_separator || self.has_length {
                    message.line = self.lines + 1;
                    continue;
                }
            } else if self.has_separators == Some(true) && is_after_blank && is_separator(bare) {
                return Ok(Some(message));
            }
            is_after_blank = bare.is_empty();
            if message.bytes.len() + line.len() > MAX_MESSAGE_BYTES {
                message.is_cut = true;
                continue;
            }
            let quotes = line.iter().take_while(|byte| **byte == b'>').count();
            let is_quoted = quotes > 0
                && self.has_separators == Some(true)
                && line.get(quotes..).is_some_and(|rest| rest.starts_with(b"From "));
            message.bytes.extend_from_slice(line.get(usize::from(is_quoted)..).unwrap_or(&line));
        }
    }
}

/// Cuts off the property list that Apple Mail writes behind a message. The message itself may hold others.
fn cut_property_list(bytes: &mut Vec<u8>) {
    const START: &[u8] = b"<?xml";
    if bytes.trim_ascii_end().ends_with(b"</plist>")
        && let Some(start) = bytes.windows(START.len()).rposition(|window| window == START)
    {
        bytes.truncate(start);
    }
}

/// Whether a line stands before a message: `From anna@a.example Thu Jul 12 10:00:00 2019`.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let Ok(rest) = std::str::from_utf8(rest) else { return false };
    let has_time = rest.split_whitespace().any(|word| {
        let numbers: Vec<&str> = word.split(':').collect();
        let is_number =
            |text: &&str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        numbers.len() >= 2 && numbers.iter().all(is_number)
    });
    let has_year = rest.split_whitespace().any(|word| {
        word.len() == 4 && word.parse().is_ok_and(|year: u32| (1970..2200).contains(&year))
    });
    has_time && has_year
}
