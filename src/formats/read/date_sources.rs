//! Dates that a file gives twice: as text and in a normalized form, such as ISO 8601.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use foldhash::fast::RandomState;

use super::date_calendars::{self, Calendar};
use super::given_dates::{CodeKind, CodedDate, GivenDates, Kept, Point};
use super::xml::push_own_field;
use crate::record::date::comparison::{self, Settled};
use crate::record::date::{machine, reversed, text};
use crate::record::{Date, DateSpan, ParsedDate, Record};

/// The number of dates in the cache. When it is full it is cleared.
const MAX_CACHED_DATES: usize = 1 << 13;

/// All dates that a file gives for one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DateSources {
    /// The dates of all documents.
    inclusive: GivenDates,
    /// The dates of most documents, which count only if there are no inclusive ones.
    bulk: GivenDates,
    /// The dates of other events than creation, which count only if there are no others.
    other: GivenDates,
    /// The dates of copies, scans and descriptions, which never count.
    unrelated: GivenDates,
    /// The qualifiers that a [`DateSpan`] has a flag for.
    flags: Flags,
    /// Qualifiers that a [`DateSpan`] has no flag for, or that are kept as well.
    qualifiers: Vec<String>,
    /// The calendar of the texts, if the file names one; empty for the Gregorian.
    calendar: String,
    /// The era of the dates, if the file names one: `bce`.
    era: String,
    /// Whether the text has dates of other kinds too, so that it may contradict the normalized ones.
    allows_other_dates: bool,
}

/// The dates of all documents differ in most records, so their hash is enough.
impl Hash for DateSources {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inclusive.hash(state);
    }
}

/// Qualifiers of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Flags {
    uncertain: bool,
    approximate: bool,
    inferred: bool,
}

/// Whether dates are those of all documents or of most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Coverage {
    /// Of all documents.
    #[default]
    Inclusive,
    /// Of most documents.
    Bulk,
    /// Of another event than the creation of the documents.
    Other,
    /// Of a copy, a scan or a description.
    Unrelated,
}

/// Returns a day as it is normalized: `1902-12-31` for `31/12/1902`. `None` if the text is no certain day.
pub(super) fn day_code(text: &str) -> Option<Cow<'_, str>> {
    if machine::parse(text).is_some() {
        return Some(Cow::Borrowed(text));
    }
    let span = Date::parse(text).span().filter(|span| !span.doubtful && !span.approximate)?;
    let is_day = span.earliest == span.latest;
    is_day.then(|| Cow::Owned(span.earliest.to_string()))
}

/// What the end of a date is that has no begin, beside the text of the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LoneEnd {
    /// The end, with the text as its begin.
    OfText,
    /// The text says more, and decides.
    Outranked,
    /// The end is the only date, because the text cannot be read as one.
    Alone,
}

impl LoneEnd {
    /// Compares the text of a date with an end that has no begin.
    pub(super) fn new(text: &str, end: &str) -> LoneEnd {
        let Some(span) = Date::parse(text).span() else { return LoneEnd::Alone };
        let is_plain = machine::parse(text).is_some() || day_code(text).is_some();
        let is_before = || {
            Date::parse(end)
                .span()
                .is_some_and(|last| span.latest < last.latest && span.earliest < last.earliest)
        };
        // A range says more than its end, in whatever form it is written.
        let years = [span.earliest, span.latest].map(|day| day.to_ymd().0);
        let is_range = text.contains('/') || years[0] != years[1];
        if is_plain && !is_range && is_before() { LoneEnd::OfText } else { LoneEnd::Outranked }
    }
}

impl DateSources {
    /// Adds a date as text; one that was added before is ignored.
    pub(super) fn add_text(&mut self, text: &str) {
        self.add_text_of(Coverage::Inclusive, text);
    }

    /// Adds a date as text, of all documents or of most.
    pub(super) fn add_text_of(&mut self, coverage: Coverage, text: &str) {
        self.dates_mut(coverage).texts.push_once(text.trim());
    }

    /// Adds the text of a structured date, which counts only if there is no other text.
    pub(super) fn add_structured_text(&mut self, coverage: Coverage, text: &str) {
        self.dates_mut(coverage).structured_texts.push_once(text.trim());
    }

    /// Adds a normalized date, as [`machine::parse`] reads it: `1945/1946`, `19450712`.
    pub(super) fn add_normalized(&mut self, text: &str) {
        self.add_code(Coverage::Inclusive, CodeKind::default(), text);
    }

    /// Adds a normalized date of a kind.
    pub(super) fn add_code(&mut self, coverage: Coverage, kind: CodeKind, text: &str) {
        let dates = self.dates_mut(coverage);
        if !text.trim().is_empty() {
            dates.codes.push(text.trim());
            dates.code_kinds.push(kind);
        }
    }

    /// Adds normalized dates for the first and the last day of a date. Both alike are the whole date.
    pub(super) fn add_begin_and_end(
        &mut self,
        coverage: Coverage,
        begin: Option<&str>,
        end: Option<&str>,
    ) {
        let mut add = |point, code: &str| {
            self.add_code(coverage, CodeKind { point, is_edtf: false }, code);
        };
        match (begin, end) {
            (Some(begin), Some(end)) if begin != end => {
                add(Point::Start, begin);
                add(Point::End, end);
            }
            (Some(begin), _) => add(Point::Whole, begin),
            (None, Some(end)) => add(Point::End, end),
            (None, None) => {}
        }
    }

    /// Adds a qualifier of the date: `approximate`, `inferred`, `questionable`.
    pub(super) fn add_qualifier(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let lower = word.to_lowercase();
        let starts_with = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
        if starts_with(&["approx", "circa", "ca", "about", "estimat"]) {
            self.flags.approximate = true;
        } else if starts_with(&["question", "uncertain", "probabl", "possibl", "perhaps", "?"]) {
            self.flags.uncertain = true;
        } else if !starts_with(&["certain", "exact"]) {
            // No normalized form can express that a date was inferred, so the word is kept as well.
            self.flags.inferred |= starts_with(&["infer", "suppl"]);
            self.qualifiers.push(word.to_owned());
        }
    }

    /// Sets the calendar and the era of the texts, if the file names them.
    pub(super) fn set_calendar_and_era(&mut self, calendar: &str, era: &str) {
        if !calendar.is_empty() {
            calendar.clone_into(&mut self.calendar);
        }
        if !era.is_empty() {
            era.clone_into(&mut self.era);
        }
    }

    /// Removes everything, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.inclusive.clear();
        self.bulk.clear();
        self.other.clear();
        self.unrelated.clear();
        self.flags = Flags::default();
        self.qualifiers.clear();
        self.calendar.clear();
        self.era.clear();
        self.allows_other_dates = false;
    }

    /// Makes the normalized dates count, because the text has other dates too.
    pub(super) fn allow_other_dates(&mut self) {
        self.allows_other_dates = true;
    }

    /// Whether nothing was added.
    pub(super) fn is_blank(&self) -> bool {
        self.is_empty()
            && self.unrelated.is_empty()
            && self.flags == Flags::default()
            && [&self.calendar, &self.era].into_iter().all(String::is_empty)
            && self.qualifiers.is_empty()
            && !self.allows_other_dates
    }

    /// Whether no date was added that may count.
    pub(super) fn is_empty(&self) -> bool {
        self.inclusive.is_empty() && self.bulk.is_empty() && self.other.is_empty()
    }

    /// The texts that were added, joined with commas.
    pub(super) fn text(&self) -> String {
        self.counted().text()
    }

    /// Sets the date of a record. What the date does not cover is kept in own fields: normalized
    /// forms in `name`, and the rest beside it.
    pub(super) fn apply_to(&self, record: &mut Record, name: &str) {
        self.resolve().apply_to(record, name);
    }

    /// The dates of all documents or of most.
    fn dates_mut(&mut self, coverage: Coverage) -> &mut GivenDates {
        match coverage {
            Coverage::Inclusive => &mut self.inclusive,
            Coverage::Bulk => &mut self.bulk,
            Coverage::Other => &mut self.other,
            Coverage::Unrelated => &mut self.unrelated,
        }
    }

    /// The dates that count.
    fn counted(&self) -> &GivenDates {
        let all = [&self.inclusive, &self.bulk, &self.other];
        all.into_iter().find(|dates| !dates.is_empty()).unwrap_or(&self.inclusive)
    }

    /// Returns the date, and what it does not cover.
    fn resolve(&self) -> Resolved {
        let dates = self.counted();
        let is_before_christ = date_calendars::is_before_christ(&self.era);
        let CodedDate { parsed: coded, is_reversed } = dates.coded(is_before_christ);
        let mut rest = Vec::new();
        let mut date = if dates.has_text() {
            let text = dates.text();
            let (parsed, is_contradicted) = self.settle(&text, coded);
            // The years of the codes are counted backwards, so they would seem to be others.
            let covered = if is_before_christ { ParsedDate::Undated } else { parsed };
            rest.extend(dates.uncovered_codes(covered, is_contradicted || is_reversed, &text));
            Date { text: date_calendars::with_calendar(text, &self.calendar), parsed }
        } else {
            rest.extend(dates.unknown_codes(coded));
            dates.date_without_text(coded)
        };
        if let ParsedDate::Span(span) = date.parsed {
            let doubtful = span.doubtful || is_reversed;
            date.parsed = ParsedDate::Span(DateSpan { doubtful, ..self.with_flags(span) });
        }
        rest.extend(self.qualifiers.iter().map(|word| (Kept::Code, word.clone())));
        if !self.inclusive.is_empty() && !self.bulk.is_empty() {
            date.text = self.with_bulk(&date.text, &mut rest);
            // The text is longer now, and a copy of the record is read with it.
            let again = date.span().and_then(|span| Date::with_edtf(&date.text, &span.to_edtf()));
            if let (ParsedDate::Span(span), Some(again)) = (&mut date.parsed, again) {
                span.doubtful = is_reversed || again.parsed.is_doubtful();
            }
        }
        let has_counted = !self.inclusive.is_empty() || !self.bulk.is_empty();
        rest.extend(has_counted.then(|| (Kept::Other, self.other.any_text())));
        rest.push((Kept::Other, self.unrelated.any_text()));
        self.keep_calendar_and_era(&mut rest);
        rest.retain(|(_, text)| !text.trim().is_empty());
        Resolved { date, rest }
    }

    /// Decides between the text and what the codes say. Returns also whether they contradict each
    /// other.
    fn settle(&self, text: &str, coded: ParsedDate) -> (ParsedDate, bool) {
        let (written, is_understood) = self.read_text(text);
        let ParsedDate::Span(coded) = coded else { return (written, false) };
        if self.allows_other_dates {
            return (ParsedDate::Span(coded), false);
        }
        let coded = self.to_gregorian_if_same(coded, text);
        let settled = comparison::settle(text, written, is_understood, coded);
        let Settled { span, is_contradicted } = settled;
        (ParsedDate::Span(span), is_contradicted)
    }

    /// Parses the text in its calendar and era. Returns also whether it was understood whole.
    fn read_text(&self, text: &str) -> (ParsedDate, bool) {
        let (parsed, doubts) = if date_calendars::is_before_christ(&self.era) {
            date_calendars::parse_before_christ(text)
        } else {
            reversed::parse_with_doubts(text)
        };
        let is_understood = comparison::is_understood(&doubts);
        if let Some(named) = date_calendars::parse_in_calendar(text, &self.calendar) {
            return (ParsedDate::Span(named.span), true);
        }
        match (Calendar::from_name(&self.calendar), parsed) {
            (Calendar::Gregorian, _) | (_, ParsedDate::Undated) => (parsed, is_understood),
            (Calendar::Julian, ParsedDate::Span(span)) => {
                (ParsedDate::Span(date_calendars::julian_to_gregorian(span)), is_understood)
            }
            // Its numbers are not those of the years that fonds counts.
            (Calendar::Julian | Calendar::Named(_) | Calendar::Other, _) => {
                (ParsedDate::Unreadable, false)
            }
        }
    }

    /// Converts a normalized date that repeats a text of the Julian calendar without converting it.
    fn to_gregorian_if_same(&self, coded: DateSpan, text: &str) -> DateSpan {
        let is_same =
            |span: DateSpan| (span.earliest, span.latest) == (coded.earliest, coded.latest);
        if Calendar::from_name(&self.calendar) == Calendar::Julian
            && text::parse(text).span().is_some_and(is_same)
        {
            date_calendars::julian_to_gregorian(coded)
        } else {
            coded
        }
    }

    /// Adds the flags of the qualifiers.
    fn with_flags(&self, span: DateSpan) -> DateSpan {
        DateSpan {
            approximate: span.approximate || self.flags.approximate,
            uncertain: span.uncertain || self.flags.uncertain,
            inferred: span.inferred || self.flags.inferred,
            ..span
        }
    }

    /// Adds the dates of most documents to the text, and keeps them in an own field.
    fn with_bulk(&self, text: &str, rest: &mut Vec<(Kept, String)>) -> String {
        let mut bulk = self.bulk.text();
        if bulk.is_empty() {
            bulk = self.bulk.codes.joined("/");
        }
        rest.push((Kept::Bulk, bulk.clone()));
        let names_bulk = bulk.to_lowercase().contains("bulk");
        format!("{text}, {}{bulk}", if names_bulk { "" } else { "bulk " })
    }

    /// Keeps the calendar and the era, unless they are those of every date.
    fn keep_calendar_and_era(&self, rest: &mut Vec<(Kept, String)>) {
        match Calendar::from_name(&self.calendar) {
            Calendar::Gregorian => {}
            Calendar::Julian | Calendar::Named(_) => {
                rest.push((Kept::Calendar, format!("{}, shown in Gregorian days", self.calendar)));
            }
            Calendar::Other => rest.push((Kept::Calendar, self.calendar.clone())),
        }
        if date_calendars::is_before_christ(&self.era) {
            rest.push((Kept::Era, self.era.clone()));
        }
    }
}

/// A date with all that it does not cover.
#[derive(Debug)]
struct Resolved {
    date: Date,
    rest: Vec<(Kept, String)>,
}

impl Resolved {
    /// Sets the date of a record, and adds the rest to its own fields.
    fn apply_to(&self, record: &mut Record, name: &str) {
        record.date.clone_from(&self.date);
        let base = name.strip_suffix(".normal").unwrap_or(name);
        for (kept, text) in &self.rest {
            let name = match kept {
                Kept::Code => name.to_owned(),
                Kept::Bulk => format!("{base}.bulk"),
                Kept::Other => format!("{base}.other"),
                Kept::Calendar => format!("{base}.calendar"),
                Kept::Era => format!("{base}.era"),
            };
            push_own_field(record, &name, text);
        }
    }
}

/// A cache of resolved dates, since the components of a finding aid repeat theirs.
#[derive(Debug, Default)]
pub(super) struct DateSourcesCache(HashMap<DateSources, Resolved, RandomState>);

impl DateSourcesCache {
    /// Sets the date of a record, as [`DateSources::apply_to`] does.
    pub(super) fn apply(&mut self, sources: &DateSources, record: &mut Record, name: &str) {
        if let Some(resolved) = self.0.get(sources) {
            return resolved.apply_to(record, name);
        }
        let resolved = sources.resolve();
        resolved.apply_to(record, name);
        if self.0.len() == MAX_CACHED_DATES {
            self.0.clear();
        }
        self.0.insert(sources.clone(), resolved);
    }
}
