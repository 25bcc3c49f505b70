//! JSON Lines: a record a line (<https://jsonlines.org>). Lines are read in parts, apart from each
//! other; one that is no record is a problem with its line, and the others are read.

use std::io;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::{Deserializer, Error};

use super::{Draft, Object, said};
use crate::formats::read::date_cache::DateReader;
use crate::formats::read::{Accession, Memory, Page, Part, Sink, encoding};
use crate::record::Problem;

/// Whether a file begins with an object that ends with its line, or that is longer than what is
/// looked at. One object alone that has a list of records is a document.
pub(crate) fn looks_like(beginning: &str) -> bool {
    let text = beginning.trim_start();
    let (line, others) = text.split_once('\n').map_or((text, None), |(line, it)| (line, Some(it)));
    let is_object = || serde_json::from_str::<IgnoredAny>(line).is_ok();
    match others {
        _ if !line.starts_with('{') => false,
        Some(others) if !others.trim().is_empty() => is_object(),
        _ => !super::has_list(line) && (is_object() || others.is_none() && line.contains('"')),
    }
}

/// Cuts a file into parts at the ends of lines, as its bytes come in.
pub(crate) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name: Arc<str> = file.name.into();
    sink.page(Page { file: file.name.to_owned(), ..Page::default() });
    let mut line = 1;
    let mut begun: Vec<u8> = Vec::new();
    let mut part = |bytes: Vec<u8>, sink: &mut dyn Sink| {
        let lines = memchr_iter(b'\n', &bytes).count();
        sink.part(Part { file: Arc::clone(&name), line, bytes, read: read_part });
        line += lines;
    };
    loop {
        let bytes = match file.bytes.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let length = bytes.len();
        if length == 0 {
            break;
        }
        let end = memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        let (whole, rest) = bytes.split_at(end);
        begun.extend_from_slice(whole);
        if end > 0 {
            part(std::mem::take(&mut begun), sink);
        }
        begun.extend_from_slice(rest);
        file.bytes.consume(length);
    }
    if !begun.is_empty() {
        part(begun, sink);
    }
    Ok(())
}

/// Reads the lines of a part.
fn read_part(part: &Part, memory: &mut Memory, sink: &mut dyn Sink) {
    let mut rest = part.bytes.as_slice();
    let mut number = part.line;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, others) = rest.split_at(end);
        read_line(&part.file, number, line, &mut memory.dates, sink);
        rest = others;
        number += 1;
    }
}

/// Reads one line.
fn read_line(file: &str, number: usize, line: &[u8], dates: &mut DateReader, sink: &mut dyn Sink) {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return;
    }
    // A text that is known to be one is read without looking at each of its strings again.
    let draft = if let Ok(line) = std::str::from_utf8(line) {
        draft(line)
    } else {
        let (text, doubt) = encoding::decode(line);
        if let Some((_, message)) = doubt {
            sink.problem(Problem::note(file, Some(number), message));
        }
        draft(&text)
    };
    match draft {
        Ok(draft) => hand_over(file, number, draft, dates, sink),
        Err(error) => sink.problem(broken(file, number, &error)),
    }
}

/// An object, and nothing after it.
fn draft(line: &str) -> Result<Draft, Error> {
    let mut json = Deserializer::from_str(line);
    let draft = Object.deserialize(&mut json)?;
    json.end()?;
    Ok(draft)
}

/// Hands over a record, after what is to be said of it.
fn hand_over(file: &str, line: usize, draft: Draft, dates: &mut DateReader, sink: &mut dyn Sink) {
    let (record, doubts) = draft.finish(dates);
    said(file, Some(line), doubts).for_each(|problem| sink.problem(problem));
    if let Some(record) = record {
        sink.record(record);
    } else {
        let message = "this record was left out: it has no field";
        sink.problem(Problem::fault(file, Some(line), message));
    }
}

/// A line that is no record.
fn broken(file: &str, line: usize, error: &Error) -> Problem {
    let what = super::reason(error);
    let message = format!("this line is no JSON record: {what}; it was left out, the others stand");
    Problem { column: Some(error.column().max(1)), ..Problem::fault(file, Some(line), message) }
}
