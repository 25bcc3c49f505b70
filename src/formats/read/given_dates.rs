//! The dates that a file gives for a record, as texts and in normalized forms, before one of them is
//! chosen.

use std::hash::{Hash, Hasher};

use super::date_calendars;
use crate::record::date::{edtf, machine};
use crate::record::{Date, DateSpan, Doubt, ParsedDate};

/// Dates as texts and in normalized forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GivenDates {
    /// The dates as text, as the file shows them.
    pub(super) texts: TextList,
    /// Texts of structured dates, which count only if there is no other text.
    pub(super) structured_texts: TextList,
    /// The dates in a normalized form.
    pub(super) codes: TextList,
    /// What each code is.
    pub(super) code_kinds: Vec<CodeKind>,
}

/// What the normalized dates say together.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodedDate {
    pub(super) parsed: ParsedDate,
    /// Whether a range ends before it begins.
    pub(super) is_reversed: bool,
}

/// What a normalized date is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CodeKind {
    /// Which end of a range it is.
    pub(super) point: Point,
    /// Whether the file declares it to be EDTF. Other codes are read by [`machine::parse`].
    pub(super) is_edtf: bool,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Point {
    /// The code is a whole date, or has both ends.
    #[default]
    Whole,
    /// The code is the start.
    Start,
    /// The code is the end.
    End,
}

/// The texts and codes differ in most records, so their hash is enough.
impl Hash for GivenDates {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.texts.hash(state);
        self.codes.hash(state);
    }
}

impl GivenDates {
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.structured_texts.clear();
        self.codes.clear();
        self.code_kinds.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.structured_texts.is_empty() && self.codes.is_empty()
    }

    /// Whether there is a text.
    pub(super) fn has_text(&self) -> bool {
        !self.texts.is_empty() || !self.structured_texts.is_empty()
    }

    /// The texts, or those of structured dates if there are no others.
    pub(super) fn text(&self) -> String {
        let texts = if self.texts.is_empty() { &self.structured_texts } else { &self.texts };
        texts.joined(", ")
    }

    /// The texts, or the codes if there are none.
    pub(super) fn any_text(&self) -> String {
        if self.has_text() { self.text() } else { self.codes.joined(", ") }
    }

    /// The codes with their kinds.
    pub(super) fn codes(&self) -> impl Iterator<Item = (&str, CodeKind)> {
        self.codes.iter().zip(self.code_kinds.iter().copied())
    }

    /// Returns what all codes say together. Those that are no codes are skipped.
    pub(super) fn coded(&self, before_christ: bool) -> CodedDate {
        let mut all: Option<DateSpan> = None;
        let mut is_undated = false;
        let mut is_reversed = false;
        for (parsed, doubts) in self.parsed_codes() {
            is_reversed |= doubts.iter().any(|doubt| matches!(doubt, Doubt::Reversed { .. }));
            match parsed {
                ParsedDate::Span(span) => {
                    all = Some(all.map_or(span, |other| other.union(span)));
                }
                ParsedDate::Undated => is_undated = true,
                ParsedDate::Unreadable => {}
            }
        }
        let parsed = match all {
            Some(span) if before_christ => {
                // Years before Christ are in their order if the first number is the larger one.
                let doubtful = span.doubtful && !is_reversed;
                let span = date_calendars::counted_before_christ(span);
                return CodedDate {
                    parsed: ParsedDate::Span(DateSpan { doubtful, ..span }),
                    is_reversed: false,
                };
            }
            Some(span) => ParsedDate::Span(span),
            None if is_undated => ParsedDate::Undated,
            None => ParsedDate::Unreadable,
        };
        CodedDate { parsed, is_reversed }
    }

    /// Parses all codes, each pair of a start and an end as one range.
    fn parsed_codes(&self) -> Vec<(ParsedDate, Vec<Doubt>)> {
        let mut all = Vec::new();
        let mut start: Option<(&str, CodeKind)> = None;
        for (code, kind) in self.codes() {
            match kind.point {
                Point::Whole => all.extend(parse_code(code, kind)),
                Point::Start => {
                    let previous = start.replace((code, kind));
                    all.extend(previous.and_then(|previous| parse_range(previous, "..")));
                }
                Point::End => {
                    let first = start.take().unwrap_or(("..", kind));
                    all.extend(parse_range(first, code).or_else(|| parse_code(code, kind)));
                }
            }
        }
        all.extend(start.and_then(|start| parse_range(start, "..")));
        all
    }

    /// Returns the date of codes without a text.
    pub(super) fn date_without_text(&self, coded: ParsedDate) -> Date {
        match coded {
            ParsedDate::Span(span) if !span.doubtful => {
                let edtf = span.to_edtf();
                let text = self.only_edtf().filter(|text| *text != edtf).unwrap_or(&edtf);
                Date::with_span(text, span)
            }
            ParsedDate::Unreadable => Date::parse(&self.codes.joined(", ")),
            ParsedDate::Undated => Date::default(),
            parsed @ ParsedDate::Span(_) => Date { text: self.codes.joined("/"), parsed },
        }
    }

    /// Returns the only code, if it is declared to be EDTF. It may be a set, which a span cannot express.
    fn only_edtf(&self) -> Option<&str> {
        let is_edtf = self.code_kinds.iter().all(|kind| kind.is_edtf && kind.point == Point::Whole);
        let mut codes = self.codes.iter().filter(|_| is_edtf);
        codes.next().filter(|_| codes.next().is_none())
    }

    /// Returns the codes if all of them say that the date is not known.
    pub(super) fn unknown_codes(&self, coded: ParsedDate) -> Option<(Kept, String)> {
        let is_undated = coded == ParsedDate::Undated && self.codes.iter().any(|it| it != "..");
        is_undated.then(|| (Kept::Code, self.codes.joined("/")))
    }

    /// Returns the codes that the date does not cover: those that are no codes or say other days.
    pub(super) fn uncovered_codes(
        &self,
        date: ParsedDate,
        is_contradicted: bool,
        text: &str,
    ) -> Vec<(Kept, String)> {
        let is_uncovered = |(code, kind): &(&str, CodeKind)| match parse_code(code, *kind) {
            Some((_, doubts)) if !doubts.is_empty() => true,
            None | Some((ParsedDate::Unreadable, _)) => *code != text,
            Some((ParsedDate::Undated, _)) => false,
            Some((ParsedDate::Span(days), _)) => {
                // A day that stands for the year it begins is kept.
                let is_uncovered = |span: DateSpan| {
                    let is_beginning = days.earliest == span.earliest && days.latest < span.latest;
                    !span.overlaps(&days) || (kind.point == Point::Whole && is_beginning)
                };
                is_contradicted || date.span().is_some_and(is_uncovered)
            }
        };
        let codes = self.codes().filter(is_uncovered);
        codes.map(|(code, _)| (Kept::Code, code.to_owned())).collect()
    }
}

/// Parses one code as a date of its own.
fn parse_code(code: &str, kind: CodeKind) -> Option<(ParsedDate, Vec<Doubt>)> {
    if kind.is_edtf { edtf::parse_field(code) } else { machine::parse(code) }
}

/// Parses the start and the end of a range.
fn parse_range(start: (&str, CodeKind), end: &str) -> Option<(ParsedDate, Vec<Doubt>)> {
    if start.1.is_edtf {
        edtf::parse_field(&format!("{}/{end}", start.0))
    } else {
        machine::parse_range(start.0, end)
    }
}

/// What is kept of a date beside its text and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// A normalized date, or a qualifier.
    Code,
    /// The dates of most documents.
    Bulk,
    /// The dates of other events.
    Other,
    /// The calendar.
    Calendar,
    /// The era.
    Era,
}

/// The most texts with which a further one is compared: comparing any number takes quadratic time.
const MAX_COMPARED_TEXTS: usize = 1_000;

/// A list of texts in one string, whose memory is reused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextList {
    text: String,
    /// The end of each text in `text`.
    ends: Vec<usize>,
}

/// Where the texts end seldom makes a difference.
impl Hash for TextList {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl TextList {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Adds a text, unless it is empty or in the list. In a very long list it is not looked for.
    pub(super) fn push_once(&mut self, text: &str) {
        let is_known =
            self.ends.len() < MAX_COMPARED_TEXTS && self.iter().any(|other| other == text);
        if !text.is_empty() && !is_known {
            self.push(text);
        }
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.text.get(start..*end).unwrap_or("");
            start = *end;
            text
        })
    }

    /// All texts, joined with a separator.
    pub(super) fn joined(&self, separator: &str) -> String {
        self.iter().collect::<Vec<_>>().join(separator)
    }
}
