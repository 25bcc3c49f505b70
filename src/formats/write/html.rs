//! Writes one self-contained HTML page, without scripts and images.
//!
//! Each record is in it twice: as text to read, and in an element that browsers do not show, from which fonds
//! reads it again.

use std::io::{self, Write};

use super::RecordStream;
use super::json_lines::write_object;
use super::text::{FieldLines, paragraphs};
use crate::formats::html_records::{ARTICLE_START, GENERATOR, RECORD_END, RECORD_START};
use crate::record::{Archive, Field, Record};

/// The style sheet. Colours follow the user's system, light or dark.
const STYLESHEET: &str = "\
:root{color-scheme:light dark}
body{font:1rem/1.5 serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid;padding:1rem 0}
h2{font-size:1.15rem;margin:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.5rem 0}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}";

/// Writes the page.
pub(super) fn write(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let title = page_title(stream.archives);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "{GENERATOR}\n<meta name=\"viewport\" content=\"width=device-width\">")?;
    writeln!(out, "<title>{title}</title>\n<style>\n{STYLESHEET}\n</style>\n</head>")?;
    writeln!(out, "<body>\n<h1>{title}</h1>")?;
    for sourced in stream.records {
        write_article(out, &sourced.record)?;
    }
    writeln!(out, "</body>\n</html>")
}

/// Returns the page's title: the titles of the archives.
fn page_title(archives: &[Archive]) -> String {
    let names = archives.iter().filter_map(|archive| archive.title.clone());
    let names: Vec<String> = names.collect();
    if names.is_empty() { "Records".to_owned() } else { escape_html(&names.join(", ")) }
}

/// Writes one record.
fn write_article(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    writeln!(out, "{ARTICLE_START}\n<h2>{}</h2>\n<dl>", escape_html(&record.list_heading()))?;
    let lines = FieldLines::new(record);
    write_lines(out, &lines.plain)?;
    writeln!(out, "</dl>")?;
    if let Some(count) = &lines.technical_count {
        writeln!(out, "<details>\n<summary>{count}</summary>\n<dl>")?;
        write_lines(out, &lines.technical)?;
        writeln!(out, "</dl>\n</details>")?;
    }
    for paragraph in paragraphs(record) {
        writeln!(out, "<p>{}</p>", escape_html(paragraph))?;
    }
    let mut object = Vec::new();
    write_object(&mut object, record)?;
    let object = escape_html(&String::from_utf8_lossy(&object));
    writeln!(out, "{RECORD_START}{object}{RECORD_END}")?;
    writeln!(out, "</article>")
}

/// Writes labels and values as items of a description list.
fn write_lines(out: &mut dyn Write, lines: &[(String, String)]) -> io::Result<()> {
    for (name, values) in lines {
        let is_url = name == Field::Url.label();
        let value = if is_url { link_urls(values) } else { escape_html(values) };
        writeln!(out, "<dt>{}</dt><dd>{value}</dd>", escape_html(name))?;
    }
    Ok(())
}

/// Turns URLs into links. Only `http` and `https` become links, since other schemes may run code.
fn link_urls(urls: &str) -> String {
    let links = urls.split("; ").map(|url| {
        let shown = escape_html(url);
        let lower = url.to_ascii_lowercase();
        if lower.starts_with("https://") || lower.starts_with("http://") {
            format!("<a href=\"{shown}\">{shown}</a>")
        } else {
            shown
        }
    });
    links.collect::<Vec<_>>().join("; ")
}

/// Escapes the characters that are special in HTML.
fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
