//! HTML as tags and texts, as they come. Nothing is an error: what is no tag is text.

use quick_xml::escape::resolve_html5_entity;

/// The longest name of a character, `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 32;

/// The longest tag that is looked for; pictures may stand in one as text.
const LONGEST_TAG: usize = 1 << 16;

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// An element begins.
    Open(Tag),
    /// An element of this name ends.
    Close(String),
    /// What a page says.
    Text(String),
    /// A note in the page.
    Comment(&'t str),
}

/// The beginning of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// What it is, in small letters.
    pub(super) name: String,
    /// What else is said of it.
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }
}

/// A page piece by piece.
pub(super) struct Tokens<'t> {
    /// What was not read yet.
    pub(super) rest: &'t str,
    /// How many bytes stand below the last `>`: no tag ends in them, and none is looked for.
    tail: usize,
    /// The elements of which no end is below: it is looked for once.
    endless: Vec<String>,
}

impl<'t> Tokens<'t> {
    /// From the beginning of a page.
    pub(super) fn of(page: &'t str) -> Tokens<'t> {
        let tail = page.rsplit('>').next().unwrap_or(page).len();
        Tokens { rest: page, tail, endless: Vec::new() }
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        let page = self.rest;
        if page.is_empty() {
            return None;
        }
        let (token, rest) = self.first(page);
        self.rest = rest;
        Some(token)
    }

    /// The first piece of what is left, and what stands below it.
    fn first(&self, page: &'t str) -> (Token<'t>, &'t str) {
        if let Some(inside) = page.strip_prefix("<!--") {
            let (comment, rest) = inside.split_once("-->").unwrap_or((inside, ""));
            return (Token::Comment(comment), rest);
        }
        if page.starts_with("<!") || page.starts_with("<?") {
            let (declaration, rest) = page.split_once('>').unwrap_or((page, ""));
            return (Token::Comment(declaration), rest);
        }
        let inside = page.strip_prefix('<').unwrap_or("");
        let letter = inside.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        if letter
            && page.len() > self.tail
            && let Some(found) = tag(inside)
        {
            return found;
        }
        let end = page.char_indices().skip(1).find(|(_, c)| *c == '<');
        let (text, rest) = page.split_at(end.map_or(page.len(), |(at, _)| at));
        (Token::Text(decoded(text)), rest)
    }

    /// Goes on after the end of an element of this name; nowhere, where it never ends.
    pub(super) fn skip(&mut self, name: &str) {
        if self.endless.iter().any(|endless| endless == name) {
            return;
        }
        match after_end(self.rest, name) {
            Some(rest) => self.rest = rest,
            None => self.endless.push(name.to_owned()),
        }
    }
}

/// What stands after the end of an element of this name, where it ends.
fn after_end<'t>(page: &'t str, name: &str) -> Option<&'t str> {
    let ends = page.match_indices("</").map(|(at, _)| at + 2);
    let mut rests = ends.filter_map(|at| page.get(at..)).filter(|rest| {
        let found = rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        let below = rest.get(name.len()..).unwrap_or("");
        found && !below.starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    rests.next().map(|rest| rest.split_once('>').map_or("", |(_, below)| below))
}

/// A tag, from what stands after its `<`.
fn tag(inside: &str) -> Option<(Token<'_>, &str)> {
    let end = tag_end(inside)?;
    let (tag, rest) = inside.split_at_checked(end)?;
    let rest = rest.strip_prefix('>').unwrap_or(rest);
    let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    let (name, said) = tag.split_at(end);
    let name = name.to_ascii_lowercase();
    let token = if closes {
        Token::Close(name)
    } else {
        Token::Open(Tag { name, attributes: attributes(said) })
    };
    Some((token, rest))
}

/// Where a tag ends: the first `>` that is not in quotes.
fn tag_end(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in inside.char_indices().take_while(|(at, _)| *at < LONGEST_TAG) {
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
    // A quotation mark that nothing closes would take the whole page.
    inside.find('>')
}

/// The attributes of a tag: `name="value"`, with quotes of either kind or none.
fn attributes(said: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = said.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || "=/".contains(c)).unwrap_or(rest.len());
        let (name, below) = rest.split_at(end);
        let below = below.trim_start();
        let (value, below) = match below.strip_prefix('=').map(str::trim_start) {
            Some(value) => value_of(value),
            None => ("", below.trim_start_matches('/')),
        };
        if !name.is_empty() {
            attributes.push((name.to_ascii_lowercase(), decoded(value)));
        }
        rest = below.trim_start();
    }
    attributes
}

/// The value that a text begins with, and what stands below it.
fn value_of(text: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(mark) {
            return inside.split_once(mark).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// A text with the characters that are written by name or number.
fn decoded(text: &str) -> String {
    let mut parts = text.split('&');
    let mut letters = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let name = part.split_once(';').filter(|(name, _)| name.len() <= LONGEST_ENTITY);
        if let Some((letter, rest)) = name.and_then(|(name, rest)| Some((character(name)?, rest))) {
            letters.push_str(&letter);
            letters.push_str(rest);
        } else {
            letters.push('&');
            letters.push_str(part);
        }
    }
    letters
}

/// The character of a name or number.
fn character(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code =
        hexadecimal.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
    code.and_then(char::from_u32).map(String::from)
}
