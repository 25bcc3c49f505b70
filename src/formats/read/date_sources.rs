//! Dates that a file gives twice: as text and in a normalized form, such as EDTF.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::xml::push_own_field;
use crate::record::date::{edtf, text};
use crate::record::{Date, DateSpan, ParsedDate, Record};

/// The number of dates in the cache. When it is full it is cleared.
const MAX_CACHED_DATES: usize = 1 << 13;

/// All dates that a file gives for one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct DateSources {
    /// The dates as text, as the file shows them.
    texts: TextList,
    /// The dates in a normalized form.
    normalized: TextList,
    uncertain: bool,
    approximate: bool,
    inferred: bool,
    /// Qualifiers that a [`DateSpan`] has no flag for, or that are kept as well.
    qualifiers: Vec<String>,
}

impl DateSources {
    /// Adds a date as text; one that was added before is ignored.
    pub(super) fn add_text(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && !self.texts.iter().any(|other| other == text) {
            self.texts.push(text);
        }
    }

    /// Adds a normalized date: EDTF, `1945/1946`, `19450712`, or a year.
    pub(super) fn add_normalized(&mut self, text: &str) {
        if !text.is_empty() {
            self.normalized.push(text);
        }
    }

    /// Adds a qualifier of the date: `approximate`, `inferred`, `questionable`.
    pub(super) fn add_qualifier(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let lower = word.to_lowercase();
        let starts_with = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
        if starts_with(&["approx", "circa", "ca"]) {
            self.approximate = true;
        } else if starts_with(&["question", "uncertain"]) {
            self.uncertain = true;
        } else {
            // No normalized form can express that a date was inferred, so the word is kept as well.
            self.inferred |= starts_with(&["infer"]);
            self.qualifiers.push(word.to_owned());
        }
    }

    /// Removes everything, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.normalized.clear();
        (self.uncertain, self.approximate, self.inferred) = (false, false, false);
        self.qualifiers.clear();
    }

    /// Whether no date was added as text.
    pub(super) fn lacks_text(&self) -> bool {
        self.texts.ends.is_empty()
    }

    /// Returns the date: its text, and the span of days.
    ///
    /// The normalized span is used if the text cannot be parsed, is ambiguous, or is less precise.
    pub(super) fn to_date(&self) -> Date {
        let text = self.texts.joined();
        let date = Date::parse(&text);
        let normalized =
            self.normalized.iter().filter_map(parse_normalized).reduce(DateSpan::union);
        let flagged = |days: DateSpan, flags: DateSpan| DateSpan {
            approximate: self.approximate || flags.approximate,
            uncertain: self.uncertain || flags.uncertain,
            inferred: self.inferred || flags.inferred,
            ..days
        };
        let (span, normalized) = match (date.parsed, normalized) {
            (ParsedDate::Span(span), None) => return with_flags(date, span, flagged(span, span)),
            (_, None) => return date,
            (_, Some(days)) if text.is_empty() => {
                let days = flagged(days, days);
                return Date::with_span(&days.to_edtf(), days);
            }
            (ParsedDate::Span(span), Some(days)) => (span, days),
            (_, Some(days)) => return Date::with_span(&text, flagged(days, days)),
        };
        let is_inside = span.earliest <= normalized.earliest && normalized.latest <= span.latest;
        let is_equal = (span.earliest, span.latest) == (normalized.earliest, normalized.latest);
        if (is_inside && !is_equal) || text::warning(&text).is_some() {
            return Date::with_span(&text, flagged(flagged(normalized, normalized), span));
        }
        with_flags(date, span, flagged(span, span))
    }

    /// Returns the date, and the texts it does not cover.
    ///
    /// These are the qualifiers, and normalized dates that cannot be parsed or contradict the date.
    fn resolve(&self) -> (Date, Vec<String>) {
        let mut date = self.to_date();
        if date.text.is_empty() {
            date = Date::parse(&self.normalized.joined());
            return (date, self.qualifiers.clone());
        }
        let is_uncovered = |text: &&str| match (parse_normalized(text), date.span()) {
            (None, _) => *text != date.text,
            (Some(days), Some(span)) => days.latest < span.earliest || span.latest < days.earliest,
            (Some(_), None) => false,
        };
        let rest = self.normalized.iter().filter(is_uncovered).map(str::to_owned);
        let rest = rest.chain(self.qualifiers.iter().cloned()).collect();
        (date, rest)
    }

    /// Sets the date of a record. What the date does not cover is kept in the own field `name`.
    pub(super) fn apply_to(&self, record: &mut Record, name: &str) {
        let (date, rest) = self.resolve();
        record.date = date;
        for text in &rest {
            push_own_field(record, name, text);
        }
    }
}

/// A list of texts in one string, whose memory is reused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct TextList {
    text: String,
    /// The end of each text in `text`.
    ends: Vec<usize>,
}

impl TextList {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.text.get(start..*end).unwrap_or("");
            start = *end;
            text
        })
    }

    /// All texts, joined with commas.
    fn joined(&self) -> String {
        self.iter().collect::<Vec<_>>().join(", ")
    }
}

/// The parsed date, with the span `flagged` if its flags differ.
fn with_flags(date: Date, span: DateSpan, flagged: DateSpan) -> Date {
    if span == flagged { date } else { Date::with_span(&date.text, flagged) }
}

/// A cache of resolved dates, since the components of a finding aid repeat theirs.
#[derive(Debug, Default)]
pub(super) struct DateSourcesCache(HashMap<DateSources, (Date, Vec<String>), RandomState>);

impl DateSourcesCache {
    /// Sets the date of a record, as [`DateSources::apply_to`] does.
    pub(super) fn apply(&mut self, sources: &DateSources, record: &mut Record, name: &str) {
        if !self.0.contains_key(sources) {
            if self.0.len() == MAX_CACHED_DATES {
                self.0.clear();
            }
            self.0.insert(sources.clone(), sources.resolve());
        }
        let Some((date, rest)) = self.0.get(sources) else { return };
        record.date.clone_from(date);
        for text in rest {
            push_own_field(record, name, text);
        }
    }
}

/// Parses a normalized date: EDTF, or two dates with a slash.
fn parse_normalized(text: &str) -> Option<DateSpan> {
    let text = text.trim();
    let text = text.split('T').next().unwrap_or(text);
    edtf::parse(text).or_else(|| {
        let mut ends = text.split('/').map(parse_normalized_end);
        let first = ends.next()??;
        ends.try_fold(first, |span, end| Some(span.union(end?)))
    })
}

/// Parses one date of a normalized range, which may be written without hyphens.
fn parse_normalized_end(text: &str) -> Option<DateSpan> {
    let is_compact = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    match (is_compact, text.get(..4), text.get(4..6), text.get(6..)) {
        (true, Some(year), Some(month), Some(day)) => edtf::parse(&format!("{year}-{month}-{day}")),
        _ => edtf::parse(text),
    }
}
