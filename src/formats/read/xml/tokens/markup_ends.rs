//! Where tags, comments and other markup end, also where the sign that ends them is missing.

use memchr::{memchr, memchr2, memmem};
use quick_xml::errors::SyntaxError;

/// How a tag ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagEnd {
    /// With its `>`.
    Closed,
    /// With its `>`, before which this quotation mark is missing.
    UnclosedValue(u8),
    /// Before the next tag: its `>` is missing.
    NextTag,
}

/// The end of a tag that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundTagEnd {
    /// The number of bytes before the `>`, or before the next tag.
    pub(super) length: usize,
    /// How it ends.
    pub(super) end: TagEnd,
}

/// Finds the end of a tag whose text comes in pieces. Brackets in quotes belong to a value.
#[derive(Debug)]
pub(super) struct TagEndSearch {
    /// The number of bytes that were looked at.
    seen: usize,
    /// The quotation mark of the value that is open.
    quote: Option<u8>,
    /// The offset of the value that is open.
    value_start: usize,
    /// Whether that value has a bracket that begins no tag behind a missing quotation mark.
    has_bracket: bool,
}

impl TagEndSearch {
    /// Starts behind the opening bracket, which has this number of bytes.
    pub(super) fn new(bracket: usize) -> TagEndSearch {
        TagEndSearch { seen: bracket, quote: None, value_start: 0, has_bracket: false }
    }

    /// Returns the end of the tag at the beginning of `rest`; `None` if more text is needed.
    ///
    /// Each time `rest` begins at the same place, and may be longer.
    #[inline]
    pub(super) fn find(&mut self, rest: &[u8]) -> Option<FoundTagEnd> {
        loop {
            let bytes = rest.get(self.seen..)?;
            let found = match self.quote {
                Some(quote) => memchr2(quote, b'<', bytes),
                None => bytes.iter().position(|byte| matches!(byte, b'>' | b'<' | b'"' | b'\'')),
            };
            let Some(at) = found.map(|at| self.seen + at) else {
                self.seen = rest.len();
                return None;
            };
            self.seen = at + 1;
            match (self.quote, rest.get(at)) {
                (Some(quote), Some(b'<')) => {
                    let end = self.end_of_unclosed_value(rest, at);
                    if let Some(length) = end {
                        return Some(FoundTagEnd { length, end: TagEnd::UnclosedValue(quote) });
                    }
                    self.has_bracket = true;
                }
                (Some(_), _) => self.quote = None,
                (None, Some(b'>')) => return Some(FoundTagEnd { length: at, end: TagEnd::Closed }),
                (None, Some(b'<')) => {
                    return Some(FoundTagEnd { length: at, end: TagEnd::NextTag });
                }
                (None, mark) if follows_equals_sign(rest, at) => {
                    self.quote = mark.copied();
                    (self.value_start, self.has_bracket) = (at + 1, false);
                }
                (None, _) => {}
            }
        }
    }

    /// Returns the offset of the `>` that ends the tag, if the `<` at `at` begins the next one: the value
    /// that is open lacks its end.
    fn end_of_unclosed_value(&self, rest: &[u8], at: usize) -> Option<usize> {
        let begins_tag =
            rest.get(at + 1).is_none_or(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
        let value = rest.get(self.value_start..at).filter(|_| begins_tag && !self.has_bracket)?;
        memchr(b'>', value).map(|end| self.value_start + end)
    }

    /// Returns the error for a file that ends inside the tag.
    pub(super) fn error_at_end(&self) -> SyntaxError {
        match self.quote {
            None => SyntaxError::UnclosedTag,
            Some(b'"') => SyntaxError::UnclosedDoubleQuotedAttributeValue,
            Some(_) => SyntaxError::UnclosedSingleQuotedAttributeValue,
        }
    }
}

/// Whether the byte before an offset is an equals sign, apart from white space.
fn follows_equals_sign(rest: &[u8], at: usize) -> bool {
    rest.get(..at).is_some_and(|before| before.trim_ascii_end().ends_with(b"="))
}

/// Markup that has an end of its own, other than tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// `<![CDATA[…]]>`.
    CData,
    /// `<!--…-->`.
    Comment,
    /// `<?…?>`.
    Instruction,
}

impl Markup {
    /// The kind of the markup at the beginning of a text.
    pub(super) fn at_beginning(rest: &[u8]) -> Option<Markup> {
        let kinds = [Markup::CData, Markup::Comment, Markup::Instruction];
        kinds.into_iter().find(|kind| rest.starts_with(kind.signs().0.as_bytes()))
    }

    /// The signs at its beginning and at its end.
    pub(super) fn signs(self) -> (&'static str, &'static str) {
        match self {
            Markup::CData => ("<![CDATA[", "]]>"),
            Markup::Comment => ("<!--", "-->"),
            Markup::Instruction => ("<?", "?>"),
        }
    }

    /// The words for it in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Markup::CData => "CDATA section",
            Markup::Comment => "comment",
            Markup::Instruction => "processing instruction",
        }
    }
}

/// Where the ends of markup lie that were looked for, so that none is looked for twice: a file may have any number of
/// beginnings without an end.
#[derive(Debug, Default)]
pub(super) struct KnownMarkupEnds {
    /// For each kind, the position in the file before which no end of it is left.
    none_before: [u64; 3],
}

impl KnownMarkupEnds {
    /// The position before which no end of this kind lies, as far as is known.
    pub(super) fn none_before(&self, kind: Markup) -> u64 {
        self.none_before.get(kind as usize).copied().unwrap_or(0)
    }

    /// Notes that no end of this kind lies between the current position and `position`.
    pub(super) fn set_none_before(&mut self, kind: Markup, position: u64) {
        if let Some(known) = self.none_before.get_mut(kind as usize) {
            *known = position;
        }
    }
}

/// Whether a text holds the beginning of another markup of the kind that it is in.
pub(super) fn find_beginning(kind: Markup, content: &[u8]) -> Option<usize> {
    memmem::find(content, kind.signs().0.as_bytes())
}
