//! `fonds dates`: shows how dates are understood, for archivists who clean their data.

use std::io::{self, BufRead, IsTerminal, Write};

use super::exit_code::Outcome;
use crate::files;
use crate::record::Date;
use crate::record::date::edtf;
use crate::record::date::span::ParsedDate;
use crate::text::clean::clean;

/// Describes the dates on standard input.
pub(super) fn run(edtf_only: bool) -> anyhow::Result<Outcome> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    let to_terminal = io::stdout().is_terminal();
    describe_dates(&mut files::StandardInput::lock(), &mut output, edtf_only, to_terminal)?;
    output.flush()?;
    Ok(Outcome::Success)
}

/// Reads one date per line and writes a line for each, with columns separated by tabs: the text, the
/// earliest day, the latest day, the EDTF form and the short form. A doubtful date has a sixth
/// column, with a sentence about what is doubtful.
///
/// Days are ISO 8601. A day is empty if the span is open at that end or there is no date. With
/// `edtf_only`, a text that is not valid EDTF has empty columns and a doubt.
///
/// Bytes that are not UTF-8 are replaced, and a tab in a text becomes a space. With `to_terminal`,
/// control characters are removed, so that the terminal does not execute them.
///
/// # Errors
/// `input` cannot be read, or `output` cannot be written.
pub fn describe_dates(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    edtf_only: bool,
    to_terminal: bool,
) -> io::Result<()> {
    let cell =
        |text: &str| if to_terminal { clean(text).into_owned() } else { text.replace('\t', " ") };
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let date = if edtf_only { parse_edtf(text) } else { Some(Date::parse(text)) };
        let short = date.as_ref().map(Date::short).unwrap_or_default();
        write!(output, "{}\t{}\t{}", cell(text), date_columns(date.as_ref()), cell(&short))?;
        match doubt_sentence(text, date.as_ref()) {
            Some(doubt) => writeln!(output, "\t{}", cell(&doubt))?,
            None => writeln!(output)?,
        }
        line.clear();
    }
    Ok(())
}

/// Returns a sentence about what is doubtful in a date; `None` for most dates. `date` is missing if `text` had to
/// be EDTF and is something else.
fn doubt_sentence(text: &str, date: Option<&Date>) -> Option<String> {
    match date {
        Some(date) => date.doubt_sentence(),
        None if text.trim().is_empty() => None,
        None => Some(format!("“{}” is not EDTF", text.trim())),
    }
}

/// Parses a text that must be valid EDTF.
fn parse_edtf(text: &str) -> Option<Date> {
    edtf::parse(text).map(|span| Date::with_span(text, span))
}

/// Returns the columns between the text and the short form: two days and the EDTF form.
fn date_columns(date: Option<&Date>) -> String {
    match date.map(|date| &date.parsed) {
        Some(ParsedDate::Span(span)) => {
            format!("{}\t{}\t{}", span.earliest, span.latest, span.to_edtf())
        }
        Some(ParsedDate::Undated | ParsedDate::Unreadable) | None => "\t\t".to_owned(),
    }
}
