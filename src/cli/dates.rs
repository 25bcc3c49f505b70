//! `fonds dates`: shows how dates are understood, for archivists who clean their data.

use std::io::{self, BufRead, Write};

use crate::record::Date;
use crate::record::date::edtf;
use crate::record::date::span::Reading;
use crate::text::clean::clean;

/// Reads one date a line and writes a line for each: the text, the earliest and the latest day,
/// the EDTF form and the short form, separated by tabs. Days are ISO 8601, and empty where the
/// span is open there or there is none. With `edtf_only` the text must be EDTF to the letter; what
/// is not has empty columns.
///
/// Letters that are not UTF-8 are replaced, and a tab in a text becomes a space. `shown` is whether
/// the lines go to a terminal: then what a terminal would obey is taken out of them.
///
/// # Errors
///
/// Whatever reading or writing fails with.
pub fn run(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    edtf_only: bool,
    shown: bool,
) -> io::Result<()> {
    let column =
        |text: &str| if shown { clean(text).into_owned() } else { text.replace('\t', " ") };
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let date = if edtf_only { strict(text) } else { Some(Date::read(text)) };
        let short = date.as_ref().map(Date::short).unwrap_or_default();
        writeln!(output, "{}\t{}\t{}", column(text), days(date.as_ref()), column(&short))?;
        line.clear();
    }
    Ok(())
}

/// A text that is valid EDTF.
fn strict(text: &str) -> Option<Date> {
    edtf::read(text).map(|span| Date::with_span(text, span))
}

/// The columns between the text and the short form.
fn days(date: Option<&Date>) -> String {
    match date.map(|date| &date.reading) {
        Some(Reading::Span(span)) => {
            format!("{}\t{}\t{}", span.earliest, span.latest, span.edtf())
        }
        Some(Reading::Undated | Reading::Unreadable) | None => "\t\t".to_owned(),
    }
}
