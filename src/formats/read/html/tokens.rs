//! The tokenizer of HTML. Nothing is an error: everything that is not a tag is text.

use crate::formats::entities::decode_entities;

/// The longest tag that is searched for its end. Tags may hold images as text.
const MAX_TAG_BYTES: usize = 1 << 16;

/// A token of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A start tag.
    StartTag(Tag),
    /// The end tag of an element with this name.
    EndTag(String),
    /// Text between tags, with entities resolved.
    Text(String),
    /// A comment or declaration.
    Comment(&'t str),
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The name of the element, in lower case.
    pub(super) name: String,
    /// The names and values of the attributes.
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; the first one with this name counts.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Splits a page into tokens.
pub(super) struct Tokenizer<'t> {
    /// The text that was not read yet.
    pub(super) rest: &'t str,
    /// The number of bytes after the last `>` of the page, in which no tag can end.
    bytes_after_last_tag: usize,
    /// Names of elements without an end tag in the rest of the page, so that each is searched once.
    unclosed_elements: Vec<String>,
}

impl<'t> Tokenizer<'t> {
    /// Creates a tokenizer for a page.
    pub(super) fn new(page: &'t str) -> Tokenizer<'t> {
        let bytes_after_last_tag = page.rsplit('>').next().unwrap_or(page).len();
        Tokenizer { rest: page, bytes_after_last_tag, unclosed_elements: Vec::new() }
    }

    /// Returns the next token; `None` at the end of the page.
    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        let page = self.rest;
        if page.is_empty() {
            return None;
        }
        let (token, rest) = self.parse_first(page);
        self.rest = rest;
        Some(token)
    }

    /// Splits the first token off a text that is not empty. Returns the token and the rest.
    fn parse_first(&self, page: &'t str) -> (Token<'t>, &'t str) {
        if let Some(inside) = page.strip_prefix("<!--") {
            let (comment, rest) = inside.split_once("-->").unwrap_or((inside, ""));
            return (Token::Comment(comment), rest);
        }
        if page.starts_with("<!") || page.starts_with("<?") {
            let (declaration, rest) = page.split_once('>').unwrap_or((page, ""));
            return (Token::Comment(declaration), rest);
        }
        let inside = page.strip_prefix('<').unwrap_or("");
        let has_name =
            inside.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        if has_name
            && page.len() > self.bytes_after_last_tag
            && let Some(found) = parse_tag(inside)
        {
            return found;
        }
        let end = page.char_indices().skip(1).find(|(_, c)| *c == '<');
        let (text, rest) = page.split_at(end.map_or(page.len(), |(at, _)| at));
        (Token::Text(decode_entities(text)), rest)
    }

    /// Skips to the text after the end tag of an element; does nothing if there is no end tag.
    pub(super) fn skip_element(&mut self, name: &str) {
        if self.unclosed_elements.iter().any(|endless| endless == name) {
            return;
        }
        match text_after_end(self.rest, name) {
            Some(rest) => self.rest = rest,
            None => self.unclosed_elements.push(name.to_owned()),
        }
    }
}

/// The text after the first end tag with this name; `None` if there is no such tag.
fn text_after_end<'t>(page: &'t str, name: &str) -> Option<&'t str> {
    let ends = page.match_indices("</").map(|(at, _)| at + 2);
    let mut rests = ends.filter_map(|at| page.get(at..)).filter(|rest| {
        let found = rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        let after = rest.get(name.len()..).unwrap_or("");
        found && !after.starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    rests.next().map(|rest| rest.split_once('>').map_or("", |(_, after)| after))
}

/// Parses a tag from the text after its `<`. Returns the tag and the rest.
fn parse_tag(inside: &str) -> Option<(Token<'_>, &str)> {
    let end = find_tag_end(inside)?;
    let (tag, rest) = inside.split_at_checked(end)?;
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    let (is_end_tag, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(end);
    let name = name.to_ascii_lowercase();
    let token = if is_end_tag {
        Token::EndTag(name)
    } else {
        Token::StartTag(Tag { name, attributes: parse_attributes(attributes) })
    };
    Some((token, rest))
}

/// The offset of the end of a tag: the first `>` that is not in quotes.
fn find_tag_end(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in inside.char_indices().take_while(|(at, _)| *at < MAX_TAG_BYTES) {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
            None if c == '>' => return Some(at),
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    // Without this, an unclosed quotation mark would turn the whole page into one tag.
    inside.find('>')
}

/// Parses the attributes of a tag: `name="value"`, with double, single or no quotes.
fn parse_attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || "=/".contains(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('=').map(str::trim_start) {
            Some(value) => parse_value(value),
            None => ("", after.trim_start_matches('/')),
        };
        if !name.is_empty() {
            attributes.push((name.to_ascii_lowercase(), decode_entities(value)));
        }
        rest = after.trim_start();
    }
    attributes
}

/// Splits an attribute value off a text. Returns the value and the rest.
fn parse_value(text: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(mark) {
            return inside.split_once(mark).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}
