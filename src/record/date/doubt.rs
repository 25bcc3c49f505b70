//! What is doubtful about a date: words that were not understood, and readings that are not certain.

use super::span::ParsedDate;

/// Something in the text of a date that was not understood, or not with certainty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// Nothing in the text was understood as a date.
    NotUnderstood,
    /// Some words, numbers or signs were not understood; the date is what the others say.
    PartlyUnderstood {
        /// The part that was not understood, as it is written.
        part: String,
    },
    /// The text may also mean another date: `9/11/1989`.
    Ambiguous {
        /// The part that has two meanings, as it is written.
        part: String,
        /// The other meaning, as words for a sentence: "it may mean two years".
        other: String,
    },
    /// A word is taken for a month that it misspells.
    Misspelt {
        /// The word, as it is written.
        part: String,
        /// The name for which it is taken.
        name: &'static str,
    },
    /// A part is no date of the calendar: `1945-13-45`, `31 June`. The date is what is possible.
    Impossible {
        /// The impossible part, as it is written.
        part: String,
    },
    /// The text seems to be of a calendar that it does not name: `14 Shawwal 1352`.
    OtherCalendar,
    /// The file gives the date twice, and differently; the span is of the machine form.
    Contradicted {
        /// The text and the other form, as words for a sentence.
        other: String,
    },
}

/// The kinds of doubt, by which warnings are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoubtKind {
    /// See [`Doubt::NotUnderstood`] and [`Doubt::OtherCalendar`].
    NotUnderstood,
    /// See [`Doubt::PartlyUnderstood`].
    PartlyUnderstood,
    /// See [`Doubt::Ambiguous`].
    Ambiguous,
    /// See [`Doubt::Misspelt`].
    Misspelt,
    /// See [`Doubt::Impossible`].
    Impossible,
    /// See [`Doubt::Contradicted`].
    Contradicted,
}

impl Doubt {
    /// Returns the kind of the doubt.
    pub fn kind(&self) -> DoubtKind {
        match self {
            Doubt::NotUnderstood | Doubt::OtherCalendar => DoubtKind::NotUnderstood,
            Doubt::PartlyUnderstood { .. } => DoubtKind::PartlyUnderstood,
            Doubt::Ambiguous { .. } => DoubtKind::Ambiguous,
            Doubt::Misspelt { .. } => DoubtKind::Misspelt,
            Doubt::Impossible { .. } => DoubtKind::Impossible,
            Doubt::Contradicted { .. } => DoubtKind::Contradicted,
        }
    }

    /// Describes the doubt in one sentence without a location or final full stop.
    ///
    /// `text` is the whole text of the date and `parsed` what it was read as.
    pub fn describe(&self, text: &str, parsed: ParsedDate) -> String {
        let read_as = match parsed {
            ParsedDate::Span(span) => format!("read as {}", span.long()),
            ParsedDate::Undated => "read as undated".to_owned(),
            ParsedDate::Unreadable => "the record counts as undated".to_owned(),
        };
        match self {
            Doubt::NotUnderstood => format!("the date “{text}” is not understood"),
            Doubt::OtherCalendar => {
                format!("the date “{text}” seems to be of a calendar that it does not name")
            }
            Doubt::PartlyUnderstood { part } => {
                format!("“{part}” in “{text}” is not understood: {read_as}")
            }
            Doubt::Ambiguous { part, other } if part == text => {
                format!("the date “{text}” is ambiguous, {other}: {read_as}")
            }
            Doubt::Ambiguous { part, other } => {
                format!("“{part}” in “{text}” is ambiguous, {other}: {read_as}")
            }
            Doubt::Misspelt { part, name } => {
                format!("“{part}” in “{text}” is taken for “{name}”: {read_as}")
            }
            Doubt::Impossible { part } if part == text => {
                format!("the date “{text}” is impossible: {read_as}")
            }
            Doubt::Impossible { part } => format!("“{part}” in “{text}” is impossible: {read_as}"),
            Doubt::Contradicted { other } => {
                format!("the date “{text}” differs from “{other}”: {read_as}")
            }
        }
    }
}
