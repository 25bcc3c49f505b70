//! Dates that a file gives twice: as they are shown, and for machines.

use std::collections::HashMap;

use crate::record::{Date, DateSpan, Reading, date_text, edtf};

/// How many different dates are remembered; what comes after starts anew.
const REMEMBERED: usize = 1 << 13;

/// The dates of a record as they are found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Dated {
    shown: Vec<String>,
    machine: Vec<String>,
    unsure: bool,
    near: bool,
}

impl Dated {
    /// A date as it is shown, where it says anything new.
    pub(super) fn show(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && !self.shown.iter().any(|shown| shown == text) {
            self.shown.push(text.to_owned());
        }
    }

    /// A date as machines read it: EDTF, `1945/1946`, `19450712`, or a year.
    pub(super) fn machine(&mut self, text: &str) {
        if !text.is_empty() {
            self.machine.push(text.to_owned());
        }
    }

    /// What the file says of how sure the date is: `approximate`, `inferred`, `questionable`.
    pub(super) fn qualify(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let word = word.to_lowercase();
        self.near |= ["approx", "circa", "ca"].iter().any(|start| word.starts_with(start));
        self.unsure |= word.starts_with("question");
    }

    /// Whether nothing is shown yet.
    pub(super) fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The date: the text that is shown, and the days it may be. The machine's days count where the
    /// text cannot be read, may mean something else, or leaves more open.
    pub(super) fn date(&self) -> Date {
        let text = self.shown.join(", ");
        let read = Date::read(&text);
        let machine = self.machine.iter().filter_map(|text| span(text)).reduce(DateSpan::with);
        let Some(mut machine) = machine else { return read };
        machine.approximate |= self.near;
        machine.uncertain |= self.unsure;
        if text.is_empty() {
            return Date::with_span(&machine.edtf(), machine);
        }
        let Reading::Span(span) = read.reading else { return Date::with_span(&text, machine) };
        let inside = span.earliest <= machine.earliest && machine.latest <= span.latest;
        let narrower = inside && (span.earliest, span.latest) != (machine.earliest, machine.latest);
        if narrower || date_text::note(&text).is_some() {
            let flags = DateSpan {
                approximate: machine.approximate || span.approximate,
                uncertain: machine.uncertain || span.uncertain,
                inferred: machine.inferred || span.inferred,
                ..machine
            };
            return Date::with_span(&text, flags);
        }
        read
    }
}

/// What dates were read as, since the parts of a finding aid repeat theirs.
#[derive(Debug, Default)]
pub(super) struct KnownDates(HashMap<Dated, Date>);

impl KnownDates {
    /// The date, as [`Dated::date`] reads it.
    pub(super) fn read(&mut self, dated: Dated) -> Date {
        if let Some(known) = self.0.get(&dated) {
            return known.clone();
        }
        let date = dated.date();
        if self.0.len() == REMEMBERED {
            self.0.clear();
        }
        self.0.insert(dated, date.clone());
        date
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
