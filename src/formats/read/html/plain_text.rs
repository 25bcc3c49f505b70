//! Texts of databases that hold markup: `<p>On the <em>harvest</em>.</p>`.

use std::borrow::Cow;

use memchr::memchr;

use super::tokens::{Token, Tokenizer};

/// Elements that browsers do not show.
const HIDDEN: [&str; 3] = ["script", "style", "template"];

/// Elements of a text that begin a new line.
const BLOCKS: [&str; 12] =
    ["p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote"];

/// Elements of a row, which stand side by side.
const CELLS: [&str; 2] = ["td", "th"];

/// Returns a text without tags and entities. A text without an end tag is returned as it is: in
/// `a < b` and `<Anna>` nothing is markup.
pub(in crate::formats::read) fn plain_text(text: &str) -> Cow<'_, str> {
    let has_tag = || text.contains("</") || text.contains("/>") || text.contains("<br>");
    let is_markup = memchr(b'<', text.as_bytes()).is_some() && has_tag();
    if !is_markup {
        return Cow::Borrowed(text);
    }
    let mut tokens = Tokenizer::new(text);
    let mut plain = String::with_capacity(text.len());
    // The end tag of what browsers do not show.
    let mut hidden: Option<String> = None;
    while let Some(token) = tokens.next() {
        if let Some(name) = &hidden {
            if matches!(&token, Token::EndTag(end) if end == name) {
                hidden = None;
            }
            continue;
        }
        match token {
            Token::StartTag(tag) if HIDDEN.contains(&tag.name.as_str()) => hidden = Some(tag.name),
            Token::Text(text) => plain.push_str(&text),
            Token::StartTag(tag) if BLOCKS.contains(&tag.name.as_str()) => plain.push('\n'),
            Token::EndTag(name) if BLOCKS.contains(&name.as_str()) => plain.push('\n'),
            Token::EndTag(name) if CELLS.contains(&name.as_str()) => plain.push(' '),
            Token::StartTag(_) | Token::EndTag(_) | Token::Comment(_) => {}
        }
    }
    if hidden.is_some() {
        return Cow::Borrowed(text);
    }
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    Cow::Owned(lines.join("\n"))
}
