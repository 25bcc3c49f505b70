//! Markdown: a heading a record, its fields as a list, its summary as text.

use std::io::{self, Write};

use super::Set;
use super::text::{lines_of, paragraphs};

/// Writes each record below a heading.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    let mut between = "";
    for placed in set.records {
        let record = &placed.record;
        writeln!(out, "{between}## {}\n", escaped(&record.marked_heading()))?;
        for (name, values) in lines_of(record) {
            writeln!(out, "- {}: {}", escaped(name), escaped(&values))?;
        }
        for paragraph in paragraphs(record) {
            writeln!(out, "\n{}", escaped(paragraph))?;
        }
        between = "\n";
    }
    Ok(())
}

/// A text on one line with what Markdown would take for its own made plain. An address in angle
/// brackets stays one.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_{}[]<>#|~&".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    // At the beginning of a line these make a list, a rule or a heading.
    match escaped.chars().next() {
        Some('-' | '+' | '=') => format!("\\{escaped}"),
        Some(digit) if digit.is_ascii_digit() => numbered(&escaped),
        _ => escaped,
    }
}

/// A line that begins with a number, which would be the first of a list.
fn numbered(text: &str) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text.split_at_checked(digits) {
        Some((number, rest)) if rest.starts_with(['.', ')']) => format!("{number}\\{rest}"),
        _ => text.to_owned(),
    }
}
