//! A limit on the length of one value, so that one cell of a small compressed file cannot fill the memory.
//!
//! [`LimitedReader`] stands before the parsers that stream. It watches the bytes between the signs that end
//! a value, and leaves out what is beyond the limit; the signs stay, so that the values behind are read.
//! [`ValueLimitSink`] stands behind all parsers, for formats that are read as a whole.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use memchr::{memchr, memchr_iter, memchr2, memchr3, memrchr, memrchr2, memrchr3};

use super::fine_text::FineTextReader;
use super::memory_budget::{MemoryBudget, memory_of_part, memory_of_problem, memory_of_record};
use super::text_budget::TextBudget;
use super::{Format, InputFile, NameMapping, PageStart, ReadOptions, RecordPart, Sink};
use crate::record::{Problem, Record};
use crate::text::counts::count_of;

/// The longest value, in bytes, unless the user says so.
pub(super) const DEFAULT_MAX_VALUE_BYTES: u64 = 64 << 20;

/// The number of bytes that are looked at together: what a file gives at once, so that parsers get parts as large
/// as without a limit. A value may exceed the limit by as many.
const STEP_BYTES: usize = 1 << 18;

/// How many times the longest value a line of JSON may be long.
const MAX_VALUES_OF_LINE: usize = 4;

/// Signs that end a cell without quotation marks.
const DELIMITERS: [u8; 5] = [b',', b';', b'\n', b'\t', b'|'];

/// Calls a parser within the limit of a value.
pub(super) fn read(
    format: Format,
    bytes: impl BufRead,
    (name, options): (&str, &ReadOptions),
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let max_bytes = options.value_limit();
    let bytes_read = Cell::new(0);
    let memory = MemoryBudget::new(options, sink.memory_used());
    let bytes = CountingReader { inner: bytes, count: &bytes_read, memory: &memory };
    let mut sink = ValueLimitSink {
        sink,
        name,
        max_bytes,
        budget: TextBudget::new(options),
        bytes_read: &bytes_read,
        memory: &memory,
        left_out: 0,
    };
    let Some(end) = ValueEnd::of(format) else {
        let mut bytes = FineTextReader::new(bytes, format, &memory);
        let result = format.read(&mut InputFile { name, bytes: &mut bytes, options }, &mut sink);
        sink.report_left_out();
        return result;
    };
    // The reader has cut what it could, and it has said so.
    sink.max_bytes = max_bytes.saturating_add(2 * STEP_BYTES);
    let mut limited = LimitedReader::new(bytes, end, max_bytes);
    let result = if format == Format::JsonLines {
        // A line has many values, but it is in memory as a whole.
        let line_bytes = max_bytes.saturating_mul(MAX_VALUES_OF_LINE);
        let mut lines = LimitedReader::new(&mut limited, ValueEnd::Line, line_bytes);
        let result = format.read(&mut InputFile { name, bytes: &mut lines, options }, &mut sink);
        let cut = std::mem::take(&mut lines.cut_lines);
        limited.cut_lines.extend(cut);
        result
    } else {
        format.read(&mut InputFile { name, bytes: &mut limited, options }, &mut sink)
    };
    for line in &limited.cut_lines {
        let message = cut_message(max_bytes);
        sink.report(Problem::error(name, Some(*line), message));
    }
    sink.report_left_out();
    result
}

/// Counts the bytes that are read, and fails once their records have no room in memory.
struct CountingReader<'c, R> {
    inner: R,
    count: &'c Cell<u64>,
    memory: &'c MemoryBudget,
}

impl<R: BufRead> BufRead for CountingReader<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.memory.check()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count.set(self.count.get() + count as u64);
        self.inner.consume(count);
    }
}

impl<R: BufRead> Read for CountingReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.memory.check()?;
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

/// What ends a value in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ValueEnd {
    /// The end of a line.
    Line,
    /// A tag.
    Tag,
    /// The closing quotation mark.
    JsonString,
    /// The end of a cell.
    Cell,
}

impl ValueEnd {
    /// What ends a value in a format that is streamed; `None` for others.
    fn of(format: Format) -> Option<ValueEnd> {
        match format {
            Format::Csv => Some(ValueEnd::Cell),
            Format::Ris => Some(ValueEnd::Line),
            Format::JsonLines | Format::Json | Format::Dpla | Format::CslJson => {
                Some(ValueEnd::JsonString)
            }
            Format::Ead
            | Format::OaiPmh
            | Format::Mods
            | Format::MarcXml
            | Format::DublinCore
            | Format::Tei
            | Format::Xml => Some(ValueEnd::Tag),
            _ => None,
        }
    }
}

/// Where a reader is.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The number of bytes of the value so far.
    length: usize,
    /// Whether the position is in quotation marks, in formats that have them.
    is_quoted: bool,
    /// Whether the last quotation mark closed a cell.
    has_closed: bool,
    /// The last byte that was looked at.
    last_byte: u8,
    /// The last of them that is no white space.
    last_sign: u8,
    /// The number of backslashes at the end of them.
    backslashes: usize,
}

/// Passes on bytes without what is beyond the limit of a value.
struct LimitedReader<R> {
    inner: R,
    value_end: ValueEnd,
    max_bytes: usize,
    state: State,
    /// The number of bytes that were looked at and can be passed on.
    ready: usize,
    /// Whether bytes are left out up to the end of the value.
    is_leaving_out: bool,
    /// Whether the current value was cut.
    is_cut: bool,
    /// The number of line ends so far.
    lines: usize,
    /// The lines, counted from 1, where values were cut.
    cut_lines: Vec<usize>,
}

impl<R: BufRead> LimitedReader<R> {
    /// Starts at the beginning of a file.
    fn new(inner: R, value_end: ValueEnd, max_bytes: usize) -> LimitedReader<R> {
        LimitedReader {
            inner,
            value_end,
            max_bytes,
            state: State { last_byte: b'\n', last_sign: b'\n', ..State::default() },
            ready: 0,
            is_leaving_out: false,
            is_cut: false,
            lines: 0,
            cut_lines: Vec::new(),
        }
    }

    /// Looks at the next bytes, until some can be passed on or the file ends.
    fn advance(&mut self) -> io::Result<()> {
        while self.ready == 0 {
            let bytes = self.inner.fill_buf()?;
            let bytes = bytes.get(..STEP_BYTES).unwrap_or(bytes);
            if bytes.is_empty() {
                return Ok(());
            }
            if !self.is_leaving_out {
                let before = self.state;
                self.state.look_at(bytes, self.value_end);
                self.ready = bytes.len();
                let is_beyond = self.state.length > self.max_bytes;
                if is_beyond && !self.state.can_end(self.value_end) && bytes.len() > 1 {
                    // An escape begins with the last byte, which is looked at with the next ones.
                    self.ready -= 1;
                    self.state = before;
                    let bytes = bytes.get(..self.ready).unwrap_or(bytes);
                    self.state.look_at(bytes, self.value_end);
                }
                let bytes = bytes.get(..self.ready).unwrap_or(bytes);
                self.lines += memchr_iter(b'\n', bytes).count();
                self.is_cut &= self.state.length > self.max_bytes;
                if self.state.length > self.max_bytes && self.state.can_end(self.value_end) {
                    self.is_leaving_out = true;
                    if !std::mem::replace(&mut self.is_cut, true) {
                        self.cut_lines.push(self.lines + 1);
                    }
                }
                return Ok(());
            }
            let (length, is_end) = self.state.left_out(bytes, self.value_end);
            let left_out = bytes.get(..length).unwrap_or_default();
            self.lines += memchr_iter(b'\n', left_out).count();
            self.inner.consume(length);
            self.is_leaving_out = !is_end;
        }
        Ok(())
    }
}

impl State {
    /// Takes in bytes that are passed on.
    fn look_at(&mut self, bytes: &[u8], value_end: ValueEnd) {
        let end = match value_end {
            ValueEnd::Line => memrchr(b'\n', bytes),
            ValueEnd::Tag => memrchr2(b'<', b'>', bytes),
            ValueEnd::JsonString => self.last_quote(bytes),
            ValueEnd::Cell => self.last_cell_end(bytes),
        };
        self.length = match end {
            Some(at) => bytes.len() - at - 1,
            None => self.length.saturating_add(bytes.len()),
        };
        if value_end == ValueEnd::JsonString && !self.is_quoted {
            self.length = 0;
        }
        let backslashes = bytes.iter().rev().take_while(|byte| **byte == b'\\').count();
        self.backslashes =
            if backslashes == bytes.len() { self.backslashes + backslashes } else { backslashes };
        self.last_byte = bytes.last().copied().unwrap_or(self.last_byte);
        let sign = bytes.iter().rev().find(|byte| !byte.is_ascii_whitespace());
        self.last_sign = sign.copied().unwrap_or(self.last_sign);
    }

    /// Returns the last quotation mark of JSON that is not escaped, and notes whether it opens a string.
    fn last_quote(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut end = bytes.len();
        while let Some(at) = memrchr(b'"', bytes.get(..end).unwrap_or_default()) {
            let before = bytes.get(..at).unwrap_or_default();
            let escapes = before.iter().rev().take_while(|byte| **byte == b'\\').count();
            let escapes = if escapes == at { escapes + self.backslashes } else { escapes };
            if escapes.is_multiple_of(2) {
                let sign = before.iter().rev().find(|byte| !byte.is_ascii_whitespace());
                let sign = sign.copied().unwrap_or(self.last_sign);
                self.is_quoted = b":,[{\n".contains(&sign);
                return Some(at);
            }
            end = at;
        }
        None
    }

    /// Returns the last end of a cell, and notes whether a quoted cell is open.
    fn last_cell_end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut start = None;
        let mut behind = 0;
        for at in memchr_iter(b'"', bytes) {
            let before = match at.checked_sub(1) {
                Some(before) => bytes.get(before).copied().unwrap_or(b' '),
                None => self.last_byte,
            };
            let follows_quote = before == b'"' && self.has_closed;
            self.has_closed = false;
            if self.is_quoted {
                (self.is_quoted, self.has_closed) = (false, true);
                behind = at + 1;
            } else if follows_quote {
                // Two of them are a quotation mark in the cell.
                self.is_quoted = true;
            } else if DELIMITERS.contains(&before) || before == b'\r' {
                self.is_quoted = true;
                start = Some(at);
            }
        }
        if self.is_quoted {
            return start;
        }
        let rest = bytes.get(behind..).unwrap_or_default();
        let last = memrchr3(b',', b';', b'\n', rest).max(memrchr2(b'\t', b'|', rest));
        last.map(|at| behind + at).or(start)
    }

    /// Whether a value may be cut behind the last byte: not inside an escape.
    fn can_end(&self, value_end: ValueEnd) -> bool {
        match value_end {
            ValueEnd::JsonString => self.backslashes.is_multiple_of(2),
            // It may be the first one of two, which are one in the cell.
            ValueEnd::Cell => !(self.has_closed && self.last_byte == b'"'),
            ValueEnd::Line | ValueEnd::Tag => true,
        }
    }

    /// Returns how many of the next bytes are left out, and whether the value ends there.
    fn left_out(&mut self, bytes: &[u8], value_end: ValueEnd) -> (usize, bool) {
        let end = match value_end {
            ValueEnd::Line => memchr(b'\n', bytes),
            // A CDATA section ends with brackets.
            ValueEnd::Tag => memchr3(b'<', b'>', b']', bytes),
            ValueEnd::JsonString => self.closing_quote(bytes),
            ValueEnd::Cell if self.is_quoted => closing_cell_quote(bytes),
            ValueEnd::Cell => bytes.iter().position(|byte| DELIMITERS.contains(byte)),
        };
        (end.unwrap_or(bytes.len()), end.is_some())
    }

    /// Returns the first quotation mark of JSON that is not escaped.
    fn closing_quote(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        if !self.backslashes.is_multiple_of(2) {
            // The first byte is escaped.
            at = 1;
        }
        self.backslashes = 0;
        while let Some(found) = memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            at += found;
            if bytes.get(at) == Some(&b'"') {
                return Some(at);
            }
            at += 2;
        }
        self.backslashes = usize::from(at > bytes.len());
        None
    }
}

/// Returns the quotation mark that closes a cell. Two of them are one in the cell.
fn closing_cell_quote(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = memchr(b'"', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
    None
}

impl<R: BufRead> BufRead for LimitedReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.advance()?;
        let bytes = self.inner.fill_buf()?;
        Ok(bytes.get(..self.ready).unwrap_or(bytes))
    }

    fn consume(&mut self, count: usize) {
        self.ready = self.ready.saturating_sub(count);
        self.inner.consume(count);
    }
}

impl<R: BufRead> Read for LimitedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

/// Passes on records without what is beyond the limit of a value, and as many as their file has room for.
struct ValueLimitSink<'s> {
    sink: &'s mut dyn Sink,
    /// The name of the file as the user gave it.
    name: &'s str,
    max_bytes: usize,
    /// For the text of all records.
    budget: TextBudget,
    /// The number of bytes of the file that were read.
    bytes_read: &'s Cell<u64>,
    /// For the memory of all records.
    memory: &'s MemoryBudget,
    /// The number of records that were left out.
    left_out: usize,
}

impl ValueLimitSink<'_> {
    /// Says how many records were left out.
    fn report_left_out(&mut self) {
        if let Some(message) = self.memory.unreported() {
            self.sink.report(Problem::error(self.name, None, message));
        }
        if self.left_out > 0 {
            let message = format!(
                "its records repeat text until they are far larger than the file, as files made to fill the memory \
                 do: {} left out; if you trust it, --max-unpacked SIZE reads it",
                were(self.left_out)
            );
            self.sink.report(Problem::error(self.name, None, message));
        }
    }
}

/// Returns a number of records with its verb.
fn were(records: usize) -> String {
    format!("{} {}", count_of(records, "record"), if records == 1 { "was" } else { "were" })
}

impl Sink for ValueLimitSink<'_> {
    fn start_page(&mut self, page: PageStart) {
        self.sink.start_page(page);
    }

    fn add_record(&mut self, mut record: Record) {
        let mut cut = 0;
        let values = record.values.iter_mut().map(|(_, value)| value);
        let own = record.own.iter_mut().map(|(_, value)| value);
        for value in values.chain(own).filter(|value| value.len() > self.max_bytes) {
            let end = (0..=self.max_bytes).rev().find(|end| value.is_char_boundary(*end));
            value.truncate(end.unwrap_or(0));
            value.shrink_to_fit();
            cut += 1;
        }
        if cut > 0 {
            let title: String =
                record.title().unwrap_or("without a title").chars().take(60).collect();
            let message = format!("in the record “{title}”: {}", cut_message(self.max_bytes));
            self.sink.report(Problem::error(self.name, None, message));
        }
        let values = record.values.iter().map(|(_, value)| value.len());
        let own = record.own.iter().map(|(_, value)| value.len());
        let size = values.chain(own).sum::<usize>() as u64;
        if !self.budget.take(size, self.bytes_read.get()) {
            self.left_out += 1;
        } else if self.memory.take(memory_of_record(&record)) {
            self.sink.add_record(record);
        }
    }

    fn add_part(&mut self, part: RecordPart) {
        if self.memory.take(memory_of_part(&part)) {
            self.sink.add_part(part);
        }
    }

    fn memory_used(&self) -> u64 {
        self.sink.memory_used()
    }

    fn report(&mut self, problem: Problem) {
        // A table may have as many problems as rows.
        if self.memory.take(memory_of_problem(&problem)) {
            self.sink.report(problem);
        }
    }

    fn describe_names(&mut self, names: NameMapping) {
        self.sink.describe_names(names);
    }
}

/// Returns the sentence about a value that was cut.
fn cut_message(max_bytes: usize) -> String {
    let size = super::decompress::size_in_words(max_bytes as u64);
    format!(
        "a value here is longer than {size}: its beginning was read and the rest left out; --max-value SIZE allows more"
    )
}
