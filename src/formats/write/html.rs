//! One page with everything in it: no scripts, no pictures, nothing from elsewhere.

use std::io::{self, Write};

use super::Set;
use super::text::{lines_of, paragraphs};
use crate::record::{Archive, Record};

/// How the page looks: the colours of the reader's own system, light or dark.
const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1rem/1.5 serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid;padding:1rem 0}
h2{font-size:1.15rem;margin:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.5rem 0}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}";

/// Writes the page.
pub(super) fn write(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    let title = title(set.archives);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\">")?;
    writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>")?;
    writeln!(out, "<body>\n<h1>{title}</h1>")?;
    for placed in set.records {
        article(out, &placed.record)?;
    }
    writeln!(out, "</body>\n</html>")
}

/// What the page is called: as the archives are.
fn title(archives: &[Archive]) -> String {
    let names = archives.iter().filter_map(|archive| archive.title.clone());
    let names: Vec<String> = names.collect();
    if names.is_empty() { "Records".to_owned() } else { escaped(&names.join(", ")) }
}

/// Writes one record.
fn article(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    writeln!(out, "<article>\n<h2>{}</h2>\n<dl>", escaped(&record.marked_heading()))?;
    for (name, values) in lines_of(record) {
        let shown = if name == "url" { linked(&values) } else { escaped(&values) };
        writeln!(out, "<dt>{}</dt><dd>{shown}</dd>", escaped(name))?;
    }
    writeln!(out, "</dl>")?;
    for paragraph in paragraphs(record) {
        writeln!(out, "<p>{}</p>", escaped(paragraph))?;
    }
    writeln!(out, "</article>")
}

/// Addresses as links; only those of the web, since others may be made to run.
fn linked(addresses: &str) -> String {
    let links = addresses.split("; ").map(|address| {
        let shown = escaped(address);
        let lower = address.to_ascii_lowercase();
        if lower.starts_with("https://") || lower.starts_with("http://") {
            format!("<a href=\"{shown}\">{shown}</a>")
        } else {
            shown
        }
    });
    links.collect::<Vec<_>>().join("; ")
}

/// A text that no browser takes for markup.
fn escaped(text: &str) -> String {
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
