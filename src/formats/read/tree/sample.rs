//! The beginning of a file, which decides how it is read.

use std::io::{self, BufRead, Read};

use crate::formats::read::json::{self, Value};
use crate::formats::read::pause;
use serde_json::Deserializer;

/// The number of bytes at the beginning of a file that decide how it is read.
const SAMPLE_BYTES: usize = 1 << 20;

/// The number of bytes that decide whether a file has the keys of fonds.
const OWN_KEYS_BYTES: usize = 1 << 16;

/// The bytes of a file again, after its beginning was looked at.
pub(super) struct Rewound<'b> {
    beginning: Vec<u8>,
    position: usize,
    /// Why the beginning ends before the sample is full.
    error: Option<io::Error>,
    rest: &'b mut dyn BufRead,
}

impl<'b> Rewound<'b> {
    /// Reads a small part of the beginning of a file, which tells whether it is one of fonds. An error is
    /// kept, and returned where it happened.
    pub(super) fn new(rest: &'b mut dyn BufRead) -> Rewound<'b> {
        let mut rewound = Rewound { beginning: Vec::new(), position: 0, error: None, rest };
        rewound.read_to(OWN_KEYS_BYTES);
        rewound
    }

    /// Reads the whole beginning of a file.
    pub(super) fn extend(&mut self) {
        self.read_to(SAMPLE_BYTES);
    }

    /// Reads until the beginning has this length, or is all that had come when the stream paused.
    fn read_to(&mut self, length: usize) {
        let length = pause::arrived().map_or(length, |arrived| arrived.min(length));
        if self.error.is_none() {
            let missing = length.saturating_sub(self.beginning.len()) as u64;
            self.error = (&mut *self.rest).take(missing).read_to_end(&mut self.beginning).err();
        }
    }

    /// Whether the beginning is the whole file.
    pub(super) fn is_whole(&self) -> bool {
        self.beginning.len() < SAMPLE_BYTES && self.error.is_none() && pause::arrived().is_none()
    }

    /// The beginning.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.beginning
    }
}

impl Read for Rewound<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Rewound<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.position < self.beginning.len() {
            return Ok(self.beginning.get(self.position..).unwrap_or_default());
        }
        self.beginning = Vec::new();
        self.position = 0;
        self.error.take().map_or(Ok(()), Err)?;
        self.rest.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if self.beginning.is_empty() {
            self.rest.consume(count);
        } else {
            self.position += count;
        }
    }
}

/// Parses the lines at the beginning of a file, each a value. What is broken or cut off is left out.
pub(super) fn parse_lines(beginning: &str) -> Vec<Value> {
    let lines = beginning.trim_start_matches('\u{feff}').split_inclusive('\n');
    let values = lines.filter_map(|line| {
        let rest = || parse_cut(line).filter(|_| !line.ends_with('\n'));
        json::parse_text(line).ok().or_else(rest)
    });
    values.collect()
}

/// Parses the values at the beginning of a file. What is cut off is left out.
pub(crate) fn parse(beginning: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut stream = Deserializer::from_str(beginning).into_iter();
    let mut end = 0;
    while let Some(Ok(value)) = stream.next() {
        values.push(value);
        end = stream.byte_offset();
    }
    values.extend(parse_cut(beginning.get(end..).unwrap_or("")));
    values
}

/// How often a value is cut off before what is broken in it.
const MAX_CUTS: usize = 4;

/// Parses a value that is cut off, or broken somewhere.
fn parse_cut(text: &str) -> Option<Value> {
    let mut text = text;
    for _ in 0..MAX_CUTS {
        let closed = close(text)?;
        let error = match json::parse_text(&closed) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let above = closed.split_inclusive('\n').take(error.line().saturating_sub(1));
        let end = above.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let mut end = end.min(text.len().saturating_sub(1));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text = text.get(..end)?;
    }
    None
}

/// Closes the lists and objects that are open at the end of a text, behind the last whole value.
fn close(text: &str) -> Option<String> {
    let (mut open, mut in_string, mut is_escaped) = (Vec::new(), false, false);
    // The end of the last whole value in a list or object, and what was open there.
    let mut last_end: Option<(usize, Vec<char>)> = None;
    for (at, letter) in text.char_indices() {
        if in_string {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match letter {
            '"' => in_string = true,
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => {
                open.pop();
                last_end = Some((at + 1, open.clone()));
            }
            ',' => last_end = Some((at, open.clone())),
            _ => {}
        }
    }
    let (end, open) = last_end?;
    let closing: String = open.iter().rev().collect();
    Some(format!("{}{closing}", text.get(..end)?))
}
