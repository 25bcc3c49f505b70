//! The tokenizer of XML files: tags and the texts between them.
//!
//! Most of a file is tags and texts, so these are borrowed from the decoded text without a copy.
//! Everything else is read by quick-xml, one token at a time; its error types are used here too.

mod markup_ends;
mod recovery;

use std::io::{self, BufRead as _};

use memchr::{memchr, memchr2};
use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::Event;

use super::decoder::DecodedReader;
use markup_ends::{FoundTagEnd, KnownMarkupEnds, TagEnd, TagEndSearch};

/// The kind of the token that was read.
#[derive(Debug)]
pub(super) enum Token {
    /// Text up to the next tag or reference.
    Text,
    /// The tag that begins an element.
    StartTag,
    /// The tag of an empty element: `<lb/>`.
    EmptyTag,
    /// The tag that ends the element that is open.
    EndTag,
    /// Any other markup, which [`Tokenizer::read_other`] reads.
    Other,
    /// The end of the file.
    EndOfFile,
    /// Something that is not well-formed XML. The error is boxed to keep the other variants small.
    Malformed(Box<Error>),
}

/// The name at the start of a tag.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Name {
    /// The length in bytes, including the prefix.
    pub(super) length: usize,
    /// The offset in bytes of the local name, behind the prefix.
    pub(super) local: usize,
}

impl Name {
    /// Parses the name at the start of the content of a tag.
    fn parse(tag: &str) -> Name {
        let length = tag.bytes().position(is_space).unwrap_or(tag.len());
        let colon = tag.bytes().take(length).position(|byte| byte == b':');
        Name { length, local: colon.map_or(0, |colon| colon + 1) }
    }

    /// Parses a start tag that holds only a name, as most do, in one pass over its bytes.
    ///
    /// Returns `None` where the tag has attributes, is empty, or is not complete yet.
    #[inline]
    fn parse_simple_start(rest: &[u8]) -> Option<Name> {
        let bytes = rest.get(1..)?;
        let (mut length, mut local) = (0, 0);
        loop {
            let ends = |byte: &u8| ENDS_NAME.get(usize::from(*byte)).is_none_or(|ends| *ends);
            length += bytes.get(length..)?.iter().position(ends)?;
            match bytes.get(length)? {
                b'>' => return Some(Name { length, local }),
                b':' if local == 0 => local = length + 1,
                b':' => {}
                _ => return None,
            }
            length += 1;
        }
    }
}

/// For each byte, whether it can end a name or its prefix.
const ENDS_NAME: [bool; 256] = {
    let mut ends = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        ends[byte as usize] = byte == b':' || !is_name_byte(byte);
        byte += 1;
    }
    ends
};

/// Splits a file into tokens and checks that end tags match start tags.
pub(super) struct Tokenizer<'a> {
    input: DecodedReader<'a>,
    /// The start and end of the last token, in bytes before the current position.
    last_token: (usize, usize),
    /// The name in the last tag.
    tag_name: Name,
    /// The names of the open elements, concatenated.
    open_names: String,
    /// The offset of each name in `open_names`.
    open_name_starts: Vec<usize>,
    /// The number of elements that ended with the last end tag and whose end was not returned yet.
    pending_ends: usize,
    /// What was wrong with the last token, if reading goes on behind it.
    fault: Option<String>,
    /// The quotation mark that the last tag lacks at its end.
    missing_quote: Option<char>,
    /// Whether no tag was read behind the start tag of the innermost open element.
    is_innermost_without_tags: bool,
    /// Where the ends of comments and other markup lie.
    markup_ends: KnownMarkupEnds,
}

impl<'a> Tokenizer<'a> {
    /// Creates a tokenizer; a byte-order mark at the start is skipped.
    pub(super) fn new(mut decoded: DecodedReader<'a>) -> io::Result<Tokenizer<'a>> {
        // Some programs write the byte-order mark of UTF-8 twice.
        if decoded.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
            decoded.consume('\u{feff}'.len_utf8());
        }
        Ok(Tokenizer {
            input: decoded,
            last_token: (0, 0),
            tag_name: Name::default(),
            open_names: String::new(),
            open_name_starts: Vec::new(),
            pending_ends: 0,
            fault: None,
            missing_quote: None,
            is_innermost_without_tags: false,
            markup_ends: KnownMarkupEnds::default(),
        })
    }

    /// The decoded text that is tokenized.
    pub(super) fn input(&self) -> &DecodedReader<'a> {
        &self.input
    }

    /// The line on which the last token starts.
    pub(super) fn line_of_last(&mut self) -> usize {
        self.input.count_lines_before(self.last_token.0)
    }

    /// The last token: a text, or the content of a tag between its brackets.
    #[inline]
    pub(super) fn last_content(&self) -> &str {
        self.input.consumed_text(self.last_token.0, self.last_token.1)
    }

    /// The name in the last tag.
    pub(super) fn last_name(&self) -> Name {
        self.tag_name
    }

    /// What was wrong with the last token, if reading goes on behind it. It is returned once.
    #[inline]
    pub(super) fn take_fault(&mut self) -> Option<String> {
        self.fault.take()
    }

    /// The quotation mark that the last tag lacks at its end. It is returned once.
    #[inline]
    pub(super) fn take_missing_quote(&mut self) -> Option<char> {
        self.missing_quote.take()
    }

    /// Whether the element that ended last has no end tag of its own.
    pub(super) fn ended_without_tag(&self) -> bool {
        self.pending_ends > 0
    }

    /// Reads the next token and returns its kind.
    pub(super) fn next(&mut self) -> io::Result<Token> {
        if self.pending_ends > 0 {
            self.pending_ends -= 1;
            return Ok(Token::EndTag);
        }
        while self.input.rest().len() < 2 && self.input.decode_more()? {}
        match self.input.rest() {
            [] => Ok(Token::EndOfFile),
            [b'&', ..] => self.read_ampersand(),
            [b'<', b'!' | b'?', ..] => self.check_markup(),
            [b'<', b'/', ..] => self.read_end_tag(),
            [b'<', first, ..] if !is_name_start(*first) => self.read_sign("<", "&lt;"),
            [b'<', ..] => self.read_start_tag(),
            _ => self.read_text(),
        }
    }

    /// Reads a reference, or an ampersand that begins none and is kept as text.
    fn read_ampersand(&mut self) -> io::Result<Token> {
        self.decode_lookahead()?;
        if begins_reference(self.input.rest()) {
            return Ok(Token::Other);
        }
        self.read_sign("&", "&amp;")
    }

    /// Reads a text that begins with a sign that XML writes in another way.
    fn read_sign(&mut self, sign: &str, reference: &str) -> io::Result<Token> {
        self.fault = Some(format!(
            "“{sign}” stands here as in plain text: it was kept; XML writes “{reference}”, correct the file here"
        ));
        let mut from = sign.len();
        self.consume_until(|rest| {
            let start = std::mem::take(&mut from);
            memchr2(b'<', b'&', rest.get(start..)?).map(|at| at + start)
        })?;
        Ok(Token::Text)
    }

    /// Decodes enough text to see what follows.
    fn decode_lookahead(&mut self) -> io::Result<()> {
        while self.input.rest().len() < LOOKAHEAD_BYTES && self.input.decode_more()? {}
        Ok(())
    }

    /// Reads markup that is neither a tag nor a text, after [`Token::Other`].
    pub(super) fn read_other<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, Error> {
        Reader::from_reader(&mut self.input).read_event_into(buffer)
    }

    /// Reads a text.
    fn read_text(&mut self) -> io::Result<Token> {
        self.consume_until(|rest| memchr2(b'<', b'&', rest))?;
        Ok(Token::Text)
    }

    /// Reads a start tag or the tag of an empty element.
    fn read_start_tag(&mut self) -> io::Result<Token> {
        if let Some(name) = Name::parse_simple_start(self.input.rest()) {
            self.tag_name = name;
            self.consume_tag(1, name.length);
        } else {
            let FoundTagEnd { length, end } = match self.find_tag_end(1)? {
                Ok(found) => found,
                Err(unclosed) => return Ok(malformed(unclosed)),
            };
            let tag = self.input.rest_text(1, length);
            let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let name = Name::parse(tag);
            if !is_name(tag.get(..name.length).unwrap_or(tag)) {
                return self.read_sign("<", "&lt;");
            }
            if end == TagEnd::NextTag {
                return self.read_tag_without_end(name, length);
            }
            if let TagEnd::UnclosedValue(quote) = end {
                let name = tag.get(..name.length).unwrap_or(tag);
                self.fault = Some(format!(
                    "a value in <{name}> has no closing quotation mark: it was taken to end before “>”, correct the file here"
                ));
                self.missing_quote = Some(char::from(quote));
            }
            self.tag_name = name;
            self.consume_tag(1, length - 1);
            if is_empty {
                self.last_token.1 += 1;
                self.is_innermost_without_tags = false;
                return Ok(Token::EmptyTag);
            }
        }
        self.open_element();
        Ok(Token::StartTag)
    }

    /// Stores the name of the element whose start tag was read.
    fn open_element(&mut self) {
        let tag = self.input.consumed_text(self.last_token.0, self.last_token.1);
        self.open_name_starts.push(self.open_names.len());
        self.open_names.push_str(tag.get(..self.tag_name.length).unwrap_or(tag));
        self.is_innermost_without_tags = true;
    }

    /// Reads an end tag, which must match the innermost open element.
    fn read_end_tag(&mut self) -> io::Result<Token> {
        let is_text_only = std::mem::take(&mut self.is_innermost_without_tags);
        if let Some(length) = self.expected_end() {
            self.consume_tag(2, length);
            self.open_names.truncate(self.open_name_starts.pop().unwrap_or(0));
            return Ok(Token::EndTag);
        }
        // Quotation marks mean nothing in end tags.
        let mut from = 2;
        let has_end = self.consume_until(|rest| {
            let start = std::mem::take(&mut from);
            memchr2(b'<', b'>', rest.get(start..)?).map(|at| at + start)
        })?;
        if !has_end {
            return Ok(malformed(SyntaxError::UnclosedTag));
        }
        self.last_token.0 -= 2;
        let found = end_tag_name(self.last_content()).to_owned();
        if self.input.rest().starts_with(b">") {
            self.input.consume(1);
            self.last_token = (self.last_token.0 + 1, 1);
        } else {
            self.fault = Some(format!("</{found} has no “>” at its end: correct the file here"));
        }
        let innermost = self.open_name_starts.last().copied();
        if innermost.is_some_and(|start| self.open_names.get(start..) == Some(&found)) {
            self.open_names.truncate(self.open_name_starts.pop().unwrap_or(0));
            return Ok(Token::EndTag);
        }
        self.recover_from_end_tag(&found, is_text_only)
    }

    /// Reads the next token, and keeps what was wrong before it.
    fn next_after_fault(&mut self) -> Token {
        // An empty text carries the fault, so that a file of wrong tags needs no deep stack.
        self.last_token = (0, 0);
        Token::Text
    }

    /// The length of the name, if the end tag of the innermost open element follows without spaces.
    fn expected_end(&self) -> Option<usize> {
        let name = self.open_names.get(*self.open_name_starts.last()?..)?;
        let rest = self.input.rest().get(2..)?.strip_prefix(name.as_bytes())?;
        rest.starts_with(b">").then_some(name.len())
    }

    /// Consumes a tag with an opening bracket of `bracket` bytes and a content of `length` bytes.
    fn consume_tag(&mut self, bracket: usize, length: usize) {
        self.input.consume(bracket + length + 1);
        self.last_token = (length + 1, 1);
    }

    /// Finds the end of the tag at the current position, with an opening bracket of `bracket` bytes.
    fn find_tag_end(&mut self, bracket: usize) -> io::Result<Result<FoundTagEnd, SyntaxError>> {
        let mut search = TagEndSearch::new(bracket);
        loop {
            if let Some(found) = search.find(self.input.rest()) {
                return Ok(Ok(found));
            }
            if !self.input.decode_more()? {
                return Ok(Err(search.error_at_end()));
            }
        }
    }

    /// Consumes text up to the offset that `find_end` returns; without one, all that is left.
    ///
    /// Returns whether an end was found. `find_end` sees every byte once.
    #[inline]
    fn consume_until(
        &mut self,
        mut find_end: impl FnMut(&[u8]) -> Option<usize>,
    ) -> io::Result<bool> {
        let mut seen = 0;
        loop {
            let rest = self.input.rest();
            let end = find_end(rest.get(seen..).unwrap_or(&[]));
            let length = end.map_or(rest.len(), |end| seen + end);
            if end.is_some() || !self.input.decode_more()? {
                self.input.consume(length);
                self.last_token = (length, 0);
                return Ok(end.is_some());
            }
            seen = length;
        }
    }
}

/// The number of bytes that are looked at to decide what follows. No reference is longer.
const LOOKAHEAD_BYTES: usize = 128;

/// Whether a text begins with a reference to a character or an entity: `&amp;`, `&#233;`.
fn begins_reference(rest: &[u8]) -> bool {
    let rest = rest.get(..LOOKAHEAD_BYTES).unwrap_or(rest);
    let Some([b'&', name @ ..]) = memchr(b';', rest).and_then(|end| rest.get(..end)) else {
        return false;
    };
    let is_name =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"#_:.-".contains(byte) || !byte.is_ascii();
    name.first().is_some_and(|first| *first == b'#' || is_name_start(*first))
        && name.iter().all(is_name)
}

/// Whether a text is the name of an element.
fn is_name(text: &str) -> bool {
    text.bytes().next().is_some_and(is_name_start) && text.bytes().all(is_name_byte)
}

/// Whether a byte may stand in a name.
const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || !byte.is_ascii()
}

/// Whether a name may begin with this byte.
fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || !byte.is_ascii()
}

/// A token for malformed XML with this error.
#[cold]
fn malformed(error: impl Into<Error>) -> Token {
    Token::Malformed(Box::new(error.into()))
}

/// The name in an end tag, without the white space behind it. White space alone is a name.
fn end_tag_name(tag: &str) -> &str {
    let end = tag.bytes().rposition(|byte| !is_space(byte));
    end.and_then(|end| tag.get(..=end)).unwrap_or(tag)
}

/// Whether a byte is white space in XML.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\r' | b'\n' | b'\t')
}
