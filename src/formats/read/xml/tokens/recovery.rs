//! Goes on behind tags and other markup that are not well-formed. Each time the fault is said once.

use std::io::{self, BufRead as _};

use memchr::{memchr, memmem};

use super::markup_ends::{Markup, find_beginning};
use super::{LOOKAHEAD_BYTES, Name, Token, Tokenizer, is_name_byte};

/// The longest comment, CDATA section or instruction whose end is looked for, in bytes.
const MAX_MARKUP_BYTES: usize = 1 << 24;

impl Tokenizer<'_> {
    /// Reads a start tag without its `>`: the next tag follows after `length` bytes.
    ///
    /// If that is its own end tag, its text begins behind its name. Otherwise its bracket is a sign of a text.
    pub(super) fn read_tag_without_end(&mut self, name: Name, length: usize) -> io::Result<Token> {
        while self.input.rest().len() < length + LOOKAHEAD_BYTES && self.input.decode_more()? {}
        let tag_name = self.input.rest_text(1, name.length + 1).to_owned();
        let next = self.input.rest().get(length..).unwrap_or_default();
        let is_own_end = next
            .strip_prefix(format!("</{tag_name}").as_bytes())
            .is_some_and(|behind| behind.trim_ascii_start().starts_with(b">"));
        if !is_own_end {
            return self.read_sign("<", "&lt;");
        }
        self.fault = Some(format!("<{tag_name} has no “>” at its end: correct the file here"));
        self.tag_name = name;
        self.input.consume(1 + name.length);
        self.last_token = (name.length, 0);
        self.open_element();
        Ok(Token::StartTag)
    }

    /// Goes on behind an end tag that does not fit the innermost open element.
    ///
    /// If it fits an outer one, all elements within that end here too. Otherwise it is a misspelt tag of the
    /// innermost one, or is passed over.
    pub(super) fn recover_from_end_tag(
        &mut self,
        found: &str,
        is_text_only: bool,
    ) -> io::Result<Token> {
        let mut end = self.open_names.len();
        let mut fitting = None;
        for (at, start) in self.open_name_starts.iter().enumerate().rev() {
            if self.open_names.get(*start..end) == Some(found) {
                fitting = Some(at);
                break;
            }
            end = *start;
        }
        let Some(innermost) = self.open_name_starts.last().copied() else {
            self.fault = Some(format!(
                "</{found}> ends no element: it was passed over, correct the file here"
            ));
            return Ok(self.next_after_fault());
        };
        let open = self.open_names.get(innermost..).unwrap_or("").to_owned();
        if let Some(at) = fitting {
            self.fault = Some(format!(
                "<{open}> does not end before </{found}>: it was taken to end here, correct the file"
            ));
            self.pending_ends = self.open_name_starts.len() - at - 1;
            self.open_names.truncate(self.open_name_starts.get(at).copied().unwrap_or(0));
            self.open_name_starts.truncate(at);
            return Ok(Token::EndTag);
        }
        self.fault = Some(format!(
            "</{found}> stands here where </{open}> was expected: correct the file here"
        ));
        self.decode_lookahead()?;
        if self.is_misspelt_end(&open, is_text_only) {
            self.open_name_starts.pop();
            self.open_names.truncate(innermost);
            return Ok(Token::EndTag);
        }
        Ok(self.next_after_fault())
    }

    /// Whether an end tag with a wrong name is meant for the innermost element, by what follows: behind a
    /// text another tag, behind an element with others in it the next of its name.
    fn is_misspelt_end(&self, open: &str, is_text_only: bool) -> bool {
        let following = self.input.rest().trim_ascii_start();
        let is_tag_of = |bracket: &str| {
            let behind = following.strip_prefix(format!("{bracket}{open}").as_bytes());
            behind.is_some_and(|behind| behind.first().is_none_or(|byte| !is_name_byte(*byte)))
        };
        if is_text_only { following.starts_with(b"<") && !is_tag_of("</") } else { is_tag_of("<") }
    }

    /// Checks that a comment or another markup has its end, before [`Tokenizer::read_other`] reads it.
    pub(super) fn check_markup(&mut self) -> io::Result<Token> {
        self.decode_lookahead()?;
        let Some(kind) = Markup::at_beginning(self.input.rest()) else { return Ok(Token::Other) };
        let (begin, _) = kind.signs();
        let length = self.find_markup_end(kind)?;
        let content = self.input.rest().get(begin.len()..length.unwrap_or(begin.len()));
        let inner = find_beginning(kind, content.unwrap_or_default());
        let name = kind.name();
        match (kind, length, inner) {
            (Markup::CData, Some(_), Some(inner)) => {
                let end = self.end_of_innermost();
                if end.is_some_and(|end| end < begin.len() + inner) {
                    return Ok(self.read_unended_cdata(end));
                }
            }
            (Markup::Comment, Some(_), Some(_)) => self.fault = Some(
                "this comment has the beginning of another one in it: nothing before its end was read, correct the file \
                 here if its end is missing"
                    .to_owned(),
            ),
            (_, Some(_), _) => {}
            (Markup::CData, None, _) => {
                let end = self.end_of_innermost();
                return Ok(self.read_unended_cdata(end));
            }
            (_, None, _) => {
                self.fault = Some(format!(
                    "this {name} does not end: it was passed over up to the next tag, correct the file here"
                ));
                let rest = self.input.rest().get(begin.len()..).unwrap_or_default();
                let length = begin.len() + memchr(b'<', rest).unwrap_or(rest.len());
                self.input.consume(length);
                return Ok(self.next_after_fault());
            }
        }
        Ok(Token::Other)
    }

    /// Finds the end of the markup of this kind at the current position; `None` if it has none.
    fn find_markup_end(&mut self, kind: Markup) -> io::Result<Option<usize>> {
        let (begin, end) = kind.signs();
        let position = self.input.position();
        let known = self.markup_ends.none_before(kind).saturating_sub(position);
        let mut seen = begin.len().max(usize::try_from(known).unwrap_or(usize::MAX));
        let found = loop {
            let rest = self.input.rest();
            if let Some(at) = memmem::find(rest.get(seen..).unwrap_or_default(), end.as_bytes()) {
                seen += at;
                break Some(seen);
            }
            seen = seen.max((rest.len() + 1).saturating_sub(end.len()));
            if rest.len() > MAX_MARKUP_BYTES || !self.input.decode_more()? {
                break None;
            }
        };
        self.markup_ends.set_none_before(kind, position + seen as u64);
        Ok(found)
    }

    /// The number of bytes before the end tag of the innermost element, in the text that is decoded.
    fn end_of_innermost(&self) -> Option<usize> {
        let name = self.open_names.get(*self.open_name_starts.last()?..)?;
        memmem::find(self.input.rest(), format!("</{name}").as_bytes())
    }

    /// Reads a CDATA section without end as a text of `length` bytes, with the sign at its beginning.
    fn read_unended_cdata(&mut self, length: Option<usize>) -> Token {
        let (begin, _) = Markup::CData.signs();
        let length = length.unwrap_or(self.input.rest().len());
        self.fault = Some(
            "this CDATA section does not end: it was taken to end with its element, correct the file here".to_owned(),
        );
        self.input.consume(length);
        self.last_token = (length.saturating_sub(begin.len()), 0);
        Token::Text
    }
}
