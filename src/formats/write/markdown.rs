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
            let shown = if name == "url" { linked(&values) } else { escaped(&values) };
            writeln!(out, "- {}: {shown}", escaped(name))?;
        }
        for paragraph in paragraphs(record) {
            writeln!(out, "\n{}", escaped(paragraph))?;
        }
        between = "\n";
    }
    Ok(())
}

/// Addresses in the angle brackets that make links of them.
fn linked(addresses: &str) -> String {
    let links = addresses.split("; ").map(|address| {
        if address.contains(['<', '>']) || !address.contains("://") {
            return escaped(address);
        }
        format!("<{}>", address.split_whitespace().collect::<Vec<_>>().join("%20"))
    });
    links.collect::<Vec<_>>().join("; ")
}

/// A text on one line with what Markdown would take for its own made plain.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        // An ampersand begins an entity only where letters follow.
        let plain_and = letter == '&' && letters.peek().is_none_or(|it| it.is_whitespace());
        if "\\`*_[]<>#|~&".contains(letter) && !plain_and {
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
