//! Pauses of a stream: what has come through a pipe is shown although more may come.
//!
//! The beginning of a file decides how it is read. While it is being read, a reader of a pipe may fail with
//! [`io::ErrorKind::WouldBlock`] if nothing comes for a while, or nothing is there after some time, and can be read on
//! later. At all other times it waits.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use super::json::Value;
use super::marc::RECORD_TERMINATOR;
use super::{Format, bibtex, mail, tree};

thread_local! {
    /// Whether a reader on this thread may fail because of a pause.
    static MAY_PAUSE: Cell<bool> = const { Cell::new(false) };
    /// Whether the file that is read on this thread is a stream, which may pause.
    static IS_STREAM: Cell<bool> = const { Cell::new(false) };
    /// How much of that file had come when it paused, while its beginning was read.
    static ARRIVED: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Reads a stream with this function: what has come when it pauses decides how the rest is read.
pub(crate) fn reading_stream<T>(read: impl FnOnce() -> T) -> T {
    let before = IS_STREAM.replace(true);
    let result = read();
    IS_STREAM.set(before);
    ARRIVED.set(None);
    result
}

/// The number of bytes that had come when the stream paused, if its beginning ended with a pause. Of lines, only whole
/// ones count.
pub(super) fn arrived() -> Option<usize> {
    ARRIVED.get()
}

/// Whether a reader may fail because of a pause now.
pub(crate) fn may_pause() -> bool {
    MAY_PAUSE.get()
}

/// Whether the file that is read is a stream.
pub(super) fn is_stream() -> bool {
    IS_STREAM.get()
}

/// Whether a reader failed because of a pause.
pub(super) fn is_pause(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}

/// Reads with this function, which a pause may end.
pub(super) fn with_pauses<T>(read: impl FnOnce() -> T) -> T {
    let before = MAY_PAUSE.replace(true);
    let result = read();
    MAY_PAUSE.set(before);
    result
}

/// Reads with this function, which cannot go on after a pause and waits instead.
pub(super) fn without_pauses<T>(read: impl FnOnce() -> T) -> T {
    let before = MAY_PAUSE.replace(false);
    let result = read();
    MAY_PAUSE.set(before);
    result
}

/// The first bytes of a file.
pub(super) struct Beginning {
    pub(super) bytes: Vec<u8>,
    /// Whether a pause ended them.
    pub(super) is_paused: bool,
}

/// Whether these bytes are UTF-8 as they are: without a byte-order mark or zero bytes.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let valid = match str::from_utf8(bytes) {
        Ok(_) => bytes,
        // A pause may be in the middle of a letter.
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.starts_with("\u{feff}".as_bytes()) && !valid.contains(&0)
}

/// Reads the first bytes of a file, at most `limit`, and more of a stream whose format is decided from more. A pause
/// ends them once they are whole records of a format that is read record by record.
pub(super) fn read_beginning(bytes: &mut dyn BufRead, limit: u64) -> io::Result<Beginning> {
    ARRIVED.set(None);
    let mut beginning = Vec::new();
    let mut limit = limit;
    loop {
        let missing = limit.saturating_sub(beginning.len() as u64);
        let result = with_pauses(|| (&mut *bytes).take(missing).read_to_end(&mut beginning));
        match result {
            Err(error) if is_pause(&error) => {
                if let Some(length) = deciding_length(&beginning) {
                    ARRIVED.set(Some(length).filter(|_| is_plain(&beginning)));
                    return Ok(Beginning { bytes: beginning, is_paused: true });
                }
            }
            Err(error) if beginning.is_empty() => return Err(error),
            Ok(_)
                if beginning.len() as u64 == limit
                    && limit < TREE_BYTES
                    && (is_long_line(&beginning)
                        || (IS_STREAM.get() && is_tree(Format::detect(&beginning)))) =>
            {
                limit = TREE_BYTES;
            }
            Err(_) | Ok(_) => return Ok(Beginning { bytes: beginning, is_paused: false }),
        }
    }
}

/// The number of bytes that decide how a tree is read.
const TREE_BYTES: u64 = 1 << 20;

/// Whether an object in JSON begins a line that is longer than this: it may be the first of several lines.
fn is_long_line(beginning: &[u8]) -> bool {
    beginning.trim_ascii_start().starts_with(b"{") && !beginning.contains(&b'\n')
}

/// Whether the list of records in a file of a format is looked for.
fn is_tree(format: Option<Format>) -> bool {
    matches!(format, Some(Format::Json | Format::Xml))
}

/// The number of bytes that are enough to know how to read the rest: whole lines with a record, or whole records of
/// another format.
fn deciding_length(beginning: &[u8]) -> Option<usize> {
    whole_lines(beginning).or_else(|| whole_records(beginning))
}

/// The length of the whole lines, if they have a record of a format that is read line by line.
fn whole_lines(beginning: &[u8]) -> Option<usize> {
    let length = memchr::memrchr(b'\n', beginning)? + 1;
    let (lines, rest) = beginning.split_at(length);
    // The encoding cannot be told from a part of a letter.
    if str::from_utf8(rest).is_err_and(|error| error.error_len().is_none()) {
        return None;
    }
    let min_lines = match Format::detect(lines)? {
        Format::JsonLines | Format::Ris => 1,
        // A row below the names of the columns.
        Format::Csv => 2,
        _ => return None,
    };
    (memchr::memchr_iter(b'\n', lines).count() >= min_lines).then_some(length)
}

/// The length of the whole records of a tree, or of another format whose records may have several lines.
fn whole_records(beginning: &[u8]) -> Option<usize> {
    let all_if = |is_enough: bool| is_enough.then_some(beginning.len());
    match Format::detect(beginning)? {
        Format::Json | Format::CslJson | Format::Dpla => whole_objects(beginning),
        Format::OaiPmh
        | Format::MarcXml
        | Format::Mods
        | Format::Ead
        | Format::DublinCore
        | Format::Tei => all_if(has_element(beginning)),
        Format::Xml => {
            let is_behind_record =
                || repeats_last_element(beginning) || tree::ends_behind_record(beginning);
            all_if(has_element(beginning) && is_behind_record())
        }
        Format::Marc => all_if(beginning.trim_ascii_end().ends_with(&[RECORD_TERMINATOR])),
        Format::BibTex => all_if(bibtex::has_whole_entry(&String::from_utf8_lossy(beginning))),
        Format::Mail => all_if(mail::has_whole_header(beginning)),
        _ => None,
    }
}

/// The length of JSON up to the last whole object of its list, if that has one with a title, a date or the like.
fn whole_objects(beginning: &[u8]) -> Option<usize> {
    let length = end_of_last_object(beginning)?;
    let text = String::from_utf8_lossy(beginning.get(..length)?);
    let values = tree::parse_beginning(&text);
    values.iter().any(|value| holds_object(value, 0)).then_some(length)
}

/// The end of the last whole object in the outermost list of objects that is still open. What stands behind a list that
/// is closed may be the list of records.
fn end_of_last_object(json: &[u8]) -> Option<usize> {
    /// A list or an object that is open.
    struct Open {
        is_list: bool,
        has_objects: bool,
        last_end: Option<usize>,
    }
    let mut open: Vec<Open> = Vec::new();
    let (mut is_text, mut is_escaped) = (false, false);
    for (at, byte) in json.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            _ if is_text => {}
            b'[' | b'{' => {
                let is_list = *byte == b'[';
                if let Some(outer) = open.last_mut() {
                    outer.has_objects |= !is_list;
                }
                open.push(Open { is_list, has_objects: false, last_end: None });
            }
            b']' | b'}' => {
                open.pop();
                if let Some(outer) = open.last_mut() {
                    outer.last_end = Some(at + 1).filter(|_| *byte == b'}');
                }
            }
            _ => {}
        }
    }
    open.iter().find(|it| it.is_list && it.has_objects)?.last_end
}

/// The deepest list in which an object shows that there are records.
const MAX_DEPTH: usize = 4;

/// Whether there is an object in a list at or below a value.
fn holds_object(value: &Value, depth: usize) -> bool {
    match value {
        _ if depth > MAX_DEPTH => false,
        Value::Array(values) => {
            values.iter().any(|it| it.is_object() || holds_object(it, depth + 1))
        }
        Value::Object(object) => object.values().any(|it| holds_object(it, depth + 1)),
        _ => false,
    }
}

/// Whether the beginning of XML ends behind an element with others in it.
fn has_element(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_end();
    let last = text.rsplit_once("</").map(|(before, _)| before.trim_end());
    text.ends_with('>') && last.is_some_and(|before| before.ends_with('>') && before.contains("</"))
}

/// Whether the element at the end of XML is not the first of its name, or one of a list that has its name in the plural:
/// `<letters><letter>`. What was asked for, and other things before the records, are there once.
fn repeats_last_element(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let last = text.rsplit_once("</").and_then(|(_, last)| last.split(['>', ' ']).next());
    let Some(name) = last.map(str::trim).filter(|name| !name.is_empty()) else { return false };
    text.matches(&format!("</{name}>")).count() > 1 || text.contains(&format!("<{name}s"))
}
