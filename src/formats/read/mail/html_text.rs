//! The text of messages in HTML.

use mail_parser::decoders::html::html_to_text;

/// Elements that begin a new line, in lower case.
const BLOCKS: [&str; 17] = [
    "p",
    "div",
    "tr",
    "li",
    "table",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];

/// A sign before each cell. White space is lost at the ends of elements.
const CELL: char = '\u{1f}';

/// The longest name of such an element, in bytes.
const MAX_NAME_BYTES: usize = 10;

/// Returns the text of a message in HTML: a line for each block, with blanks between the cells of a row.
pub(super) fn text_of_html(html: &str) -> String {
    let mut parted = String::with_capacity(html.len());
    // Whether a text stands on the line.
    let mut has_text = false;
    for (at, piece) in html.split('<').enumerate() {
        if at == 0 {
            parted.push_str(piece);
            has_text = !piece.trim().is_empty();
            continue;
        }
        let is_end = piece.starts_with('/');
        let name: String = piece
            .trim_start_matches('/')
            .bytes()
            .take(MAX_NAME_BYTES + 1)
            .take_while(u8::is_ascii_alphanumeric)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
        if ["td", "th"].contains(&name.as_str()) && !is_end {
            parted.push(CELL);
        } else if BLOCKS.contains(&name.as_str()) && has_text {
            // The end of a paragraph breaks the line anyway.
            if name != "p" || !is_end {
                parted.push_str("<br>");
            }
            has_text = false;
        }
        if name == "br" {
            has_text = false;
        }
        parted.push('<');
        parted.push_str(piece);
        has_text |= piece.split_once('>').is_some_and(|(_, text)| !text.trim().is_empty());
    }
    let text = html_to_text(&parted).replace(&format!("\n{CELL}"), "\n");
    text.trim_start_matches(CELL).replace(CELL, " ")
}
