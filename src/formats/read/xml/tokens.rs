//! The tags of an XML file and the texts between them, one after the other, where they stand.
//!
//! A file mostly consists of these, so they are taken out of the decoded text without a copy. All else
//! is left to quick-xml, a piece at a time, and what is wrong is said in its words.

use std::io::{self, BufRead as _};

use memchr::{memchr, memchr2};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;

use super::decoder::Decoded;

/// What comes next in a file.
#[derive(Debug)]
pub(super) enum Piece {
    /// Text up to the next tag or reference.
    Text,
    /// The tag that begins an element.
    Start,
    /// The tag of an element that is empty.
    Empty,
    /// The tag that ends the element that is open.
    End,
    /// Something else, which [`Markup::other`] reads.
    Other,
    /// Nothing.
    Eof,
    /// What is no XML. The error has a place of its own, so that what is no error is small.
    Broken(Box<Error>),
}

/// The name that a tag begins with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Name {
    /// Its length in bytes.
    pub(super) length: usize,
    /// Where it begins without its prefix.
    pub(super) local: usize,
}

impl Name {
    /// The name of a tag.
    fn of(tag: &str) -> Name {
        let length = tag.bytes().position(is_space).unwrap_or(tag.len());
        let colon = tag.bytes().take(length).position(|byte| byte == b':');
        Name { length, local: colon.map_or(0, |colon| colon + 1) }
    }

    /// The name in a tag with nothing else in it, as most are, by looking at every byte once.
    #[inline]
    fn alone(rest: &[u8]) -> Option<Name> {
        let bytes = rest.get(1..)?;
        let (mut length, mut local) = (0, 0);
        loop {
            let ends = |byte: &u8| ENDS.get(usize::from(*byte)).is_none_or(|ends| *ends);
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

/// The bytes that a name may end at, or its prefix.
const ENDS: [bool; 256] = {
    let bytes = *b">\"'/: \r\n\t";
    let mut ends = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        ends[bytes[at] as usize] = true;
        at += 1;
    }
    ends
};

/// The pieces of a file.
pub(super) struct Markup<'a> {
    decoded: Decoded<'a>,
    /// Where the piece that came last begins and ends, in bytes before what comes next.
    last: (usize, usize),
    /// The name that the tag begins with which came last.
    name: Name,
    /// The names of the elements that are open, one behind the other, and where each begins.
    names: String,
    open: Vec<usize>,
}

impl<'a> Markup<'a> {
    /// The pieces of a file.
    pub(super) fn new(mut decoded: Decoded<'a>) -> io::Result<Markup<'a>> {
        // Some programs write the mark of UTF-8 twice.
        if decoded.fill_buf()?.starts_with("\u{feff}".as_bytes()) {
            decoded.consume('\u{feff}'.len_utf8());
        }
        Ok(Markup {
            decoded,
            last: (0, 0),
            name: Name::default(),
            names: String::new(),
            open: Vec::new(),
        })
    }

    /// The text that the pieces stand in.
    pub(super) fn decoded(&self) -> &Decoded<'a> {
        &self.decoded
    }

    /// The line that the piece that came last begins on.
    pub(super) fn line_of_last(&mut self) -> usize {
        self.decoded.count_lines_before(self.last.0)
    }

    /// The piece that came last: a text, or what stands between the brackets of a tag.
    #[inline]
    pub(super) fn last(&self) -> &str {
        self.decoded.taken(self.last.0, self.last.1)
    }

    /// The name that the tag begins with which came last.
    pub(super) fn name(&self) -> Name {
        self.name
    }

    /// Goes on to the next piece, and says of which kind it is.
    pub(super) fn next(&mut self) -> io::Result<Piece> {
        while self.decoded.rest().len() < 2 && self.decoded.more()? {}
        match self.decoded.rest() {
            [] => Ok(Piece::Eof),
            [b'&', ..] | [b'<', b'!' | b'?', ..] => Ok(Piece::Other),
            [b'<', b'/', ..] => self.end(),
            [b'<', ..] => self.start(),
            _ => self.text(),
        }
    }

    /// Reads what is neither a tag nor a text.
    pub(super) fn other<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, Error> {
        Reader::from_reader(&mut self.decoded).read_event_into(buffer)
    }

    /// A text.
    fn text(&mut self) -> io::Result<Piece> {
        self.take(|rest| memchr2(b'<', b'&', rest))?;
        Ok(Piece::Text)
    }

    /// The tag that an element begins with.
    fn start(&mut self) -> io::Result<Piece> {
        if let Some(name) = Name::alone(self.decoded.rest()) {
            self.name = name;
            self.consume(1, name.length);
        } else if let Some(unclosed) = self.tag(1)? {
            return Ok(broken(unclosed));
        } else {
            let tag = self.last();
            let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            self.name = Name::of(tag);
            if is_empty {
                self.last.1 += 1;
                return Ok(Piece::Empty);
            }
        }
        let tag = self.decoded.taken(self.last.0, self.last.1);
        self.open.push(self.names.len());
        self.names.push_str(tag.get(..self.name.length).unwrap_or(tag));
        Ok(Piece::Start)
    }

    /// The tag that an element ends with, which has to be the one that began last.
    fn end(&mut self) -> io::Result<Piece> {
        if let Some(length) = self.expected_end() {
            self.consume(2, length);
            self.names.truncate(self.open.pop().unwrap_or(0));
            return Ok(Piece::End);
        }
        if let Some(unclosed) = self.tag(2)? {
            return Ok(broken(unclosed));
        }
        let found = name(self.decoded.taken(self.last.0, self.last.1));
        let Some(start) = self.open.pop() else {
            return Ok(broken(IllFormedError::UnmatchedEndTag(found.to_owned())));
        };
        let expected = self.names.get(start..).unwrap_or("");
        if found != expected {
            let (expected, found) = (expected.to_owned(), found.to_owned());
            return Ok(broken(IllFormedError::MismatchedEndTag { expected, found }));
        }
        self.names.truncate(start);
        Ok(Piece::End)
    }

    /// How long the name is in a tag that ends the element that began last and has nothing else in it.
    fn expected_end(&self) -> Option<usize> {
        let name = self.names.get(*self.open.last()?..)?;
        let rest = self.decoded.rest().get(2..)?.strip_prefix(name.as_bytes())?;
        rest.starts_with(b">").then_some(name.len())
    }

    /// Takes a tag whose content is so long, and stands between a bracket of this length and another.
    fn consume(&mut self, bracket: usize, length: usize) {
        self.decoded.consume(bracket + length + 1);
        self.last = (length + 1, 1);
    }

    /// Takes a tag, whose content stands behind a bracket of this length. What is missing at its end.
    fn tag(&mut self, bracket: usize) -> io::Result<Option<SyntaxError>> {
        let mut quote = None;
        if !self.take(|rest| tag_end(rest, &mut quote))? {
            return Ok(Some(match quote {
                None => SyntaxError::UnclosedTag,
                Some(b'"') => SyntaxError::UnclosedDoubleQuotedAttributeValue,
                Some(_) => SyntaxError::UnclosedSingleQuotedAttributeValue,
            }));
        }
        self.last.0 -= bracket;
        self.last.1 += 1;
        Ok(None)
    }

    /// Takes what comes up to the end that is found in it, by looking at every byte once; without an
    /// end, all there is. Whether there is an end.
    #[inline]
    fn take(&mut self, mut end: impl FnMut(&[u8]) -> Option<usize>) -> io::Result<bool> {
        let mut seen = 0;
        loop {
            let rest = self.decoded.rest();
            let end = end(rest.get(seen..).unwrap_or(&[]));
            let length = end.map_or(rest.len(), |end| seen + end);
            if end.is_some() || !self.decoded.more()? {
                self.decoded.consume(length);
                self.last = (length, 0);
                return Ok(end.is_some());
            }
            seen = length;
        }
    }
}

/// What is no XML, for this reason.
#[cold]
fn broken(error: impl Into<Error>) -> Piece {
    Piece::Broken(Box::new(error.into()))
}

/// Where a tag ends, which may begin between quotation marks: a bracket there is part of a value.
#[inline]
fn tag_end(rest: &[u8], quote: &mut Option<u8>) -> Option<usize> {
    let mut end = 0;
    loop {
        let bytes = rest.get(end..)?;
        let at = match *quote {
            Some(quote) => memchr(quote, bytes)?,
            None => bytes.iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''))?,
        };
        end += at + 1;
        match (*quote, bytes.get(at)) {
            (Some(_), _) => *quote = None,
            (None, Some(b'>')) => return Some(end),
            (None, mark) => *quote = mark.copied(),
        }
    }
}

/// The name in a tag that ends an element; white space alone is one.
fn name(tag: &str) -> &str {
    let end = tag.bytes().rposition(|byte| !is_space(byte));
    end.and_then(|end| tag.get(..=end)).unwrap_or(tag)
}

/// What XML takes for white space.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\r' | b'\n' | b'\t')
}
