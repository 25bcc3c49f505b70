//! Dates that a file gives twice: as they are shown, and for machines.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::xml::push_own;
use crate::record::date::{edtf, text};
use crate::record::{Date, DateSpan, Reading, Record};

/// How many different dates are remembered; what comes after starts anew.
const REMEMBERED: usize = 1 << 13;

/// The dates of a record as they are found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Dated {
    shown: Texts,
    machine: Texts,
    unsure: bool,
    near: bool,
    inferred: bool,
    /// What is said of it in other words.
    words: Vec<String>,
}

impl Dated {
    /// A date as it is shown, where it says anything new.
    pub(super) fn show(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && !self.shown.iter().any(|shown| shown == text) {
            self.shown.push(text);
        }
    }

    /// A date as machines read it: EDTF, `1945/1946`, `19450712`, or a year.
    pub(super) fn machine(&mut self, text: &str) {
        if !text.is_empty() {
            self.machine.push(text);
        }
    }

    /// What the file says of how sure the date is: `approximate`, `inferred`, `questionable`.
    pub(super) fn qualify(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let small = word.to_lowercase();
        let begins = |starts: &[&str]| starts.iter().any(|start| small.starts_with(start));
        if begins(&["approx", "circa", "ca"]) {
            self.near = true;
        } else if begins(&["question", "uncertain"]) {
            self.unsure = true;
        } else {
            // No machine's date says that one was inferred.
            self.inferred |= begins(&["infer"]);
            self.words.push(word.to_owned());
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.shown.clear();
        self.machine.clear();
        (self.unsure, self.near, self.inferred) = (false, false, false);
        self.words.clear();
    }

    /// Whether nothing is shown yet.
    pub(super) fn is_empty(&self) -> bool {
        self.shown.ends.is_empty()
    }

    /// The date: the text that is shown, and the days it may be. The machine's days count where the
    /// text cannot be read, may mean something else, or leaves more open.
    pub(super) fn date(&self) -> Date {
        let text = self.shown.list();
        let read = Date::read(&text);
        let machine = self.machine.iter().filter_map(span).reduce(DateSpan::with);
        let flagged = |days: DateSpan, of: DateSpan| DateSpan {
            approximate: self.near || of.approximate,
            uncertain: self.unsure || of.uncertain,
            inferred: self.inferred || of.inferred,
            ..days
        };
        let (span, machine) = match (read.reading, machine) {
            (Reading::Span(span), None) => return with_flags(read, span, flagged(span, span)),
            (_, None) => return read,
            (_, Some(days)) if text.is_empty() => {
                let days = flagged(days, days);
                return Date::with_span(&days.edtf(), days);
            }
            (Reading::Span(span), Some(days)) => (span, days),
            (_, Some(days)) => return Date::with_span(&text, flagged(days, days)),
        };
        let inside = span.earliest <= machine.earliest && machine.latest <= span.latest;
        let narrower = inside && (span.earliest, span.latest) != (machine.earliest, machine.latest);
        if narrower || text::note(&text).is_some() {
            return Date::with_span(&text, flagged(flagged(machine, machine), span));
        }
        with_flags(read, span, flagged(span, span))
    }

    /// The date, and what a machine's date or a word about it says that is not in it: such a date that
    /// cannot be read, or one that is apart from the text.
    fn settled(&self) -> (Date, Vec<String>) {
        let mut date = self.date();
        if date.text.is_empty() {
            date = Date::read(&self.machine.list());
            return (date, self.words.clone());
        }
        let apart = |text: &&str| match (span(text), date.span()) {
            (None, _) => *text != date.text,
            (Some(days), Some(span)) => days.latest < span.earliest || span.latest < days.earliest,
            (Some(_), None) => false,
        };
        let rest = self.machine.iter().filter(apart).map(str::to_owned);
        let rest = rest.chain(self.words.iter().cloned()).collect();
        (date, rest)
    }

    /// Gives a record its date. What is not in it is kept under a name.
    pub(super) fn put_in(&self, record: &mut Record, name: &str) {
        let (date, rest) = self.settled();
        record.date = date;
        for text in &rest {
            push_own(record, name, text);
        }
    }
}

/// Texts one behind the other, whose place in memory is used again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Texts {
    letters: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.letters.push_str(text);
        self.ends.push(self.letters.len());
    }

    fn clear(&mut self) {
        self.letters.clear();
        self.ends.clear();
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.letters.get(start..*end).unwrap_or("");
            start = *end;
            text
        })
    }

    /// All of them, with commas.
    fn list(&self) -> String {
        self.iter().collect::<Vec<_>>().join(", ")
    }
}

/// The date as it was read, with other flags where they differ.
fn with_flags(read: Date, span: DateSpan, flagged: DateSpan) -> Date {
    if span == flagged { read } else { Date::with_span(&read.text, flagged) }
}

/// What dates were read as, since the parts of a finding aid repeat theirs.
#[derive(Debug, Default)]
pub(super) struct KnownDates(HashMap<Dated, (Date, Vec<String>), RandomState>);

impl KnownDates {
    /// Gives a record its date, as [`Dated::put_in`] does.
    pub(super) fn put_in(&mut self, dated: &Dated, record: &mut Record, name: &str) {
        if !self.0.contains_key(dated) {
            if self.0.len() == REMEMBERED {
                self.0.clear();
            }
            self.0.insert(dated.clone(), dated.settled());
        }
        let Some((date, rest)) = self.0.get(dated) else { return };
        record.date.clone_from(date);
        for text in rest {
            push_own(record, name, text);
        }
    }
}

/// The days of a machine's date.
fn span(text: &str) -> Option<DateSpan> {
    let text = text.trim();
    let text = text.split('T').next().unwrap_or(text);
    edtf::read(text).or_else(|| {
        let mut ends = text.split('/').map(end);
        let first = ends.next()??;
        ends.try_fold(first, |sum, end| Some(sum.with(end?)))
    })
}

/// One end of it, which may be written without hyphens.
fn end(text: &str) -> Option<DateSpan> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, text.get(..4), text.get(4..6), text.get(6..)) {
        (true, Some(year), Some(month), Some(day)) => edtf::read(&format!("{year}-{month}-{day}")),
        _ => edtf::read(text),
    }
}
