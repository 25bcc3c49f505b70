//! Parses JSON Lines: one record per line (<https://jsonlines.org>). The file is cut into parts
//! that can be parsed in parallel. A line that is not a record is an error; the others are still
//! read.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::{Deserializer, Error};

use super::{Counts, Draft, ObjectSeed, Tally, warnings_to_problems, with_exact_numbers};
use crate::formats::read::doubtful_dates;
use crate::formats::read::{
    InputFile, PageStart, ParserCache, PartParser, RecordPart, Sink, encoding,
};
use crate::record::{Problem, Record};

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

/// Reads records with the keys of an archive file.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    read_with(file, sink, &Arc::default(), |line, cache| {
        let draft = parse_draft(line)?;
        Ok(ParsedLine::from_draft(draft.finish(&mut cache.date_cache)))
    })
}

/// Parses an object as a draft. Its numbers are exact.
fn parse_draft(line: &str) -> Result<Draft, Error> {
    let parse = |json: &[u8]| {
        let mut json = Deserializer::from_slice(json);
        let draft = ObjectSeed.deserialize(&mut json)?;
        json.end()?;
        Ok(draft)
    };
    let draft = parse(line.as_bytes());
    if draft.as_ref().is_ok_and(|draft| !draft.has_fraction) {
        return draft;
    }
    match with_exact_numbers(line.as_bytes()) {
        Cow::Owned(json) => parse(&json).or(draft),
        Cow::Borrowed(_) => draft,
    }
}

/// Cuts a file into parts at line ends while reading it. `parse_line` parses one object that fills its
/// line. The records are counted in `tally`.
pub(crate) fn read_with<P>(
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
    tally: &Arc<Tally>,
    parse_line: P,
) -> io::Result<()>
where
    P: Fn(&str, &mut ParserCache) -> Result<ParsedLine, Error> + Send + Sync + 'static,
{
    let name: Arc<str> = file.name.into();
    sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
    let mut line = 1;
    let mut pending: Vec<u8> = Vec::new();
    let of_parts = Arc::clone(tally);
    let parser: PartParser = Arc::new(move |part, cache, sink| {
        of_parts.count_part(|| read_part(part, cache, sink, &parse_line));
    });
    let mut send_part = |bytes: Vec<u8>, sink: &mut dyn Sink| {
        let lines = memchr_iter(b'\n', &bytes).count();
        let (file, parser) = (Arc::clone(&name), Arc::clone(&parser));
        tally.start_part();
        sink.add_part(RecordPart { file, line, bytes, parser });
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

/// What a line was parsed to.
pub(crate) enum ParsedLine {
    /// A record with warnings.
    Record(Record, Vec<String>),
    /// A record that has no field, with warnings.
    Empty(Vec<String>),
    /// What is said of the file, in a line with none of the fields of the records.
    AboutFile,
    /// The names of columns, in a file whose lines are rows.
    Header,
}

impl ParsedLine {
    /// Wraps a record, unless it has no field.
    pub(crate) fn from_draft((record, warnings): (Option<Record>, Vec<String>)) -> ParsedLine {
        match record {
            Some(record) => ParsedLine::Record(record, warnings),
            None => ParsedLine::Empty(warnings),
        }
    }
}

/// Parses the lines of a part.
fn read_part(
    part: &RecordPart,
    cache: &mut ParserCache,
    sink: &mut dyn Sink,
    parse_line: impl Fn(&str, &mut ParserCache) -> Result<ParsedLine, Error>,
) -> Counts {
    let mut counts = Counts::default();
    let mut rest = part.bytes.as_slice();
    let mut line_number = part.line;
    while !rest.is_empty() {
        let end = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, others) = rest.split_at(end);
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
        if !line.is_empty() {
            let text = decode_line(&part.file, line_number, line, sink);
            let (file, line) = (&part.file, line_number);
            match parse_line(&text, cache) {
                Ok(ParsedLine::Record(record, warnings)) => {
                    counts.kept += 1;
                    warnings_to_problems(file, Some(line), warnings).for_each(|it| sink.report(it));
                    doubtful_dates::send_record(sink, file, Some(line), record);
                }
                Ok(ParsedLine::Empty(warnings)) => {
                    counts.left_out += 1;
                    warnings_to_problems(file, Some(line), warnings).for_each(|it| sink.report(it));
                    let message = "this record was left out: it has no field";
                    sink.report(Problem::error(file, Some(line), message));
                }
                Ok(ParsedLine::AboutFile) => {
                    counts.left_out += 1;
                    sink.report(Problem::warning(file, Some(line), ABOUT_FILE));
                }
                Ok(ParsedLine::Header) => {}
                Err(error) => {
                    counts.left_out += 1;
                    sink.report(line_error(file, line, &error));
                }
            }
        }
        rest = others;
        line_number += 1;
    }
    counts
}

/// What is said of a line about the file.
const ABOUT_FILE: &str = "this line has none of the fields of the records, and says something of the file: it was left out";

/// Decodes a line. Valid UTF-8 is checked once for the whole line, not again for each string.
fn decode_line<'l>(
    file: &str,
    line_number: usize,
    line: &'l [u8],
    sink: &mut dyn Sink,
) -> Cow<'l, str> {
    if let Ok(line) = std::str::from_utf8(line) {
        return Cow::Borrowed(line);
    }
    let (text, warning) = encoding::decode(line);
    if let Some((_, message)) = warning {
        sink.report(Problem::warning(file, Some(line_number), message));
    }
    Cow::Owned(text)
}

/// Returns the error for a line that is not a record.
fn line_error(file: &str, line: usize, error: &Error) -> Problem {
    let reason = super::error_reason(error);
    let message = format!("this line is not a JSON record: {reason}; it was left out");
    Problem { column: Some(error.column().max(1)), ..Problem::error(file, Some(line), message) }
}
