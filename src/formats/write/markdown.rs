//! Writes Markdown: each record as a heading, a list of fields, and its summary.

use std::io::{self, Write};

use super::RecordStream;
use super::text::{FieldLines, paragraphs};
use crate::record::Field;

/// Writes each record under a heading.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let mut separator = "";
    for sourced in stream.records {
        let record = &sourced.record;
        writeln!(out, "{separator}## {}\n", escape_markdown(&record.list_heading()))?;
        let lines = FieldLines::new(record);
        for (name, values) in lines.plain.iter().chain(&lines.technical) {
            let is_url = name == Field::Url.label();
            let value = if is_url { link_urls(values) } else { escape_markdown(values) };
            writeln!(out, "- {}: {value}", escape_markdown(name))?;
        }
        for paragraph in paragraphs(record) {
            writeln!(out, "\n{}", escape_markdown(paragraph))?;
        }
        separator = "\n";
    }
    Ok(())
}

/// Puts URLs in angle brackets, which make them links. Only `http` and `https` become links, since other
/// schemes may run code; anything else is code, in which nothing is special.
fn link_urls(urls: &str) -> String {
    let links = urls.split("; ").map(|url| {
        let url = url.split_whitespace().collect::<Vec<_>>().join("%20");
        let lower = url.to_ascii_lowercase();
        let is_web = lower.starts_with("https://") || lower.starts_with("http://");
        if is_web && !url.contains(|letter: char| letter.is_control()) {
            return format!("<{}>", url.replace('<', "%3C").replace('>', "%3E"));
        }
        code_span(&url)
    });
    links.collect::<Vec<_>>().join("; ")
}

/// Returns a text as code, between more backticks than follow each other in it.
fn code_span(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{space}{text}{space}{fence}") }
}

/// Returns a text on one line with Markdown's special characters escaped.
fn escape_markdown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        // An ampersand begins an entity only before letters.
        let is_plain_ampersand =
            letter == '&' && letters.peek().is_none_or(|next| next.is_whitespace());
        if "\\`*_[]<>#|~&".contains(letter) && !is_plain_ampersand {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    // At the beginning of a line these characters make a list, a rule or a heading.
    match escaped.chars().next() {
        Some('-' | '+' | '=') => format!("\\{escaped}"),
        Some(digit) if digit.is_ascii_digit() => escape_list_number(&escaped),
        _ => escaped,
    }
}

/// Escapes a number at the beginning of a line that Markdown would read as a list item.
fn escape_list_number(text: &str) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text.split_at_checked(digits) {
        Some((number, rest)) if rest.starts_with(['.', ')']) => format!("{number}\\{rest}"),
        _ => text.to_owned(),
    }
}
