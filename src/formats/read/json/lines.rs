//! Parses JSON Lines: one record per line (<https://jsonlines.org>). The file is cut into parts
//! that can be parsed in parallel. A line that is not a record is an error; the others are still
//! read.

use std::io;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::{Deserializer, Error};

use super::{Draft, ObjectSeed, warnings_to_problems};
use crate::formats::read::date_cache::DateCache;
use crate::formats::read::doubtful_dates;
use crate::formats::read::{InputFile, PageStart, ParserCache, RecordPart, Sink, encoding};
use crate::record::Problem;

/// Whether a file begins with an object that ends with its line, or that is longer than
/// `beginning`. A single object with a list of records is a JSON document instead.
pub(crate) fn looks_like(beginning: &str) -> bool {
    let text = beginning.trim_start();
    let (line, others) =
        text.split_once('\n').map_or((text, None), |(line, others)| (line, Some(others)));
    let is_object = || serde_json::from_str::<IgnoredAny>(line).is_ok();
    match others {
        _ if !line.starts_with('{') => false,
        Some(others) if !others.trim().is_empty() => is_object(),
        _ => !super::has_list(line) && (is_object() || others.is_none() && line.contains('"')),
    }
}

/// Cuts a file into parts at line ends while reading it.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name: Arc<str> = file.name.into();
    sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
    let mut line = 1;
    let mut pending: Vec<u8> = Vec::new();
    let mut send_part = |bytes: Vec<u8>, sink: &mut dyn Sink| {
        let lines = memchr_iter(b'\n', &bytes).count();
        sink.add_part(RecordPart { file: Arc::clone(&name), line, bytes, parser: read_part });
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
        let (complete, rest) = bytes.split_at(end);
        pending.extend_from_slice(complete);
        if end > 0 {
            send_part(std::mem::take(&mut pending), sink);
        }
        pending.extend_from_slice(rest);
        file.bytes.consume(length);
    }
    if !pending.is_empty() {
        send_part(pending, sink);
    }
    Ok(())
}

/// Parses the lines of a part.
fn read_part(part: &RecordPart, cache: &mut ParserCache, sink: &mut dyn Sink) {
    let mut rest = part.bytes.as_slice();
    let mut line_number = part.line;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, others) = rest.split_at(end);
        read_line(&part.file, line_number, line, &mut cache.date_cache, sink);
        rest = others;
        line_number += 1;
    }
}

/// Parses one line.
fn read_line(
    file: &str,
    line_number: usize,
    line: &[u8],
    dates: &mut DateCache,
    sink: &mut dyn Sink,
) {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return;
    }
    // Valid UTF-8 is checked once for the whole line, not again for each string.
    let draft = if let Ok(line) = std::str::from_utf8(line) {
        parse_draft(line)
    } else {
        let (text, warning) = encoding::decode(line);
        if let Some((_, message)) = warning {
            sink.report(Problem::warning(file, Some(line_number), message));
        }
        parse_draft(&text)
    };
    match draft {
        Ok(draft) => send_record(file, line_number, draft, dates, sink),
        Err(error) => sink.report(line_error(file, line_number, &error)),
    }
}

/// Parses one object that fills the line.
fn parse_draft(line: &str) -> Result<Draft, Error> {
    let mut json = Deserializer::from_str(line);
    let draft = ObjectSeed.deserialize(&mut json)?;
    json.end()?;
    Ok(draft)
}

/// Sends a record after its warnings.
fn send_record(file: &str, line: usize, draft: Draft, dates: &mut DateCache, sink: &mut dyn Sink) {
    let (record, warnings) = draft.finish(dates);
    warnings_to_problems(file, Some(line), warnings).for_each(|problem| sink.report(problem));
    if let Some(record) = record {
        doubtful_dates::send_record(sink, file, Some(line), record);
    } else {
        let message = "this record was left out: it has no field";
        sink.report(Problem::error(file, Some(line), message));
    }
}

/// Returns the error for a line that is not a record.
fn line_error(file: &str, line: usize, error: &Error) -> Problem {
    let reason = super::error_reason(error);
    let message = format!(
        "this line is not a JSON record: {reason}; it was left out, the other lines were read"
    );
    Problem { column: Some(error.column().max(1)), ..Problem::error(file, Some(line), message) }
}
