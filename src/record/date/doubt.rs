//! Doubts about a date: parts of its text that were not understood, and meanings that are uncertain.

use super::span::{Date, ParsedDate};
use super::{edtf, machine, reversed};

/// The most characters of a text that a sentence quotes.
const MAX_QUOTED_CHARS: usize = 80;

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
    /// A range ends before it begins: `1945/1943`. The date covers both ends.
    Reversed {
        /// The range, as it is written.
        part: String,
    },
    /// The day of the week is not that of the day: `Monday, July 12, 1945`.
    OtherWeekday {
        /// The day of the week, as it is written.
        part: String,
        /// The English name of the day of the week that the day is.
        name: &'static str,
    },
    /// The text seems to be of a calendar that it does not name: `14 Shawwal 1352`.
    OtherCalendar,
    /// The file gives the date twice, and differently; the span is of the machine form.
    Contradicted {
        /// The machine form.
        other: String,
    },
    /// The text is understood, but the machine form beside it is impossible or ends before it begins.
    DoubtfulMachineForm,
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
    /// See [`Doubt::Impossible`] and [`Doubt::Reversed`].
    Impossible,
    /// See [`Doubt::Contradicted`] and [`Doubt::DoubtfulMachineForm`].
    Contradicted,
}

impl DoubtKind {
    /// Describes many dates of the kind, for a list: `not understood`.
    pub fn description(self) -> &'static str {
        match self {
            DoubtKind::NotUnderstood => "not understood",
            DoubtKind::PartlyUnderstood => "only partly understood",
            DoubtKind::Ambiguous => "may mean another date",
            DoubtKind::Misspelt => "with a misspelt month",
            DoubtKind::Impossible => "impossible",
            DoubtKind::Contradicted => "given twice and differently",
        }
    }
}

impl Doubt {
    /// Returns the kind of the doubt.
    pub fn kind(&self) -> DoubtKind {
        match self {
            Doubt::NotUnderstood | Doubt::OtherCalendar => DoubtKind::NotUnderstood,
            Doubt::PartlyUnderstood { .. } => DoubtKind::PartlyUnderstood,
            Doubt::Ambiguous { .. } | Doubt::OtherWeekday { .. } => DoubtKind::Ambiguous,
            Doubt::Misspelt { .. } => DoubtKind::Misspelt,
            Doubt::Impossible { .. } | Doubt::Reversed { .. } => DoubtKind::Impossible,
            Doubt::Contradicted { .. } | Doubt::DoubtfulMachineForm => DoubtKind::Contradicted,
        }
    }

    /// Describes the doubt in one sentence without a location or final full stop.
    ///
    /// `text` is the whole text of the date and `parsed` what it was read as.
    pub fn describe(&self, text: &str, parsed: ParsedDate) -> String {
        Doubt::describe_all(std::slice::from_ref(self), text, parsed)
    }

    /// Describes all doubts about a date in one sentence without a location or final full stop.
    ///
    /// `text` is the whole text of the date and `parsed` what it was read as.
    pub fn describe_all(doubts: &[Doubt], text: &str, parsed: ParsedDate) -> String {
        let text = text.trim();
        let mut unknown_parts = doubts.iter().filter_map(|doubt| match doubt {
            Doubt::PartlyUnderstood { part } => Some(quoted(part)),
            _ => None,
        });
        let partly = unknown_parts.next().map(|first| {
            let others: Vec<String> = unknown_parts.collect();
            let parts = [vec![first], others].concat();
            let verb = if parts.len() == 1 { "is" } else { "are" };
            format!("{} in {} {verb} not understood", parts.join(" and "), quoted(text))
        });
        let others = doubts.iter().filter_map(|doubt| doubt.clause(text));
        let clauses: Vec<String> = partly.into_iter().chain(others).collect();
        let sentence = clauses.join("; ");
        match parsed {
            ParsedDate::Span(span) => format!("{sentence}: read as {}", span.long()),
            ParsedDate::Undated => format!("{sentence}: read as undated"),
            // A text that is not understood counts as undated, which the words say already.
            ParsedDate::Unreadable => sentence,
        }
    }

    /// Describes the doubt without what the date was read as. Parts that were not understood are
    /// described together elsewhere.
    fn clause(&self, text: &str) -> Option<String> {
        let subject = |part: &str| {
            if part.trim() == text {
                format!("the date {}", quoted(text))
            } else {
                format!("{} in {}", quoted(part), quoted(text))
            }
        };
        Some(match self {
            Doubt::PartlyUnderstood { .. } => return None,
            Doubt::NotUnderstood => format!("the date {} is not understood", quoted(text)),
            Doubt::OtherCalendar => {
                format!("the date {} seems to be of a calendar that it does not name", quoted(text))
            }
            Doubt::Ambiguous { part, other } => format!("{} is ambiguous ({other})", subject(part)),
            Doubt::Misspelt { part, name } => {
                format!("{} is taken for {}", subject(part), quoted(name))
            }
            Doubt::Impossible { part } => format!("{} is impossible", subject(part)),
            Doubt::Reversed { part } => format!("{} ends before it begins", subject(part)),
            Doubt::OtherWeekday { part, name } => {
                format!("{} does not fit, since the day was a {name}", subject(part))
            }
            Doubt::Contradicted { other } => {
                format!(
                    "the date {} differs from the machine-readable {}",
                    quoted(text),
                    quoted(other)
                )
            }
            Doubt::DoubtfulMachineForm => {
                format!(
                    "the machine-readable form of the date {} is not a possible date",
                    quoted(text)
                )
            }
        })
    }
}

impl Date {
    /// Returns what is doubtful about the date: nothing for most dates.
    ///
    /// If the file gives the days apart from the text, a doubtful date is one whose text says
    /// something else.
    pub fn doubts(&self) -> Vec<Doubt> {
        if !self.parsed.is_doubtful() {
            return Vec::new();
        }
        let days = |parsed: ParsedDate| parsed.span().map(|span| (span.earliest, span.latest));
        let (implied, doubts) = reversed::parse_with_doubts(&self.text);
        let is_same = days(self.parsed) == days(implied);
        if is_same && !doubts.is_empty() {
            return doubts;
        }
        // A code that prose does not know, with an impossible part: `19451345`.
        let as_code = [machine::parse(&self.text), edtf::parse_field(&self.text)];
        let mut as_code = as_code.into_iter().flatten();
        let found =
            as_code.find(|(code, doubts)| !doubts.is_empty() && days(*code) == days(self.parsed));
        if let Some((_, doubts)) = found {
            return doubts;
        }
        if implied == ParsedDate::Unreadable && !doubts.is_empty() {
            return doubts;
        }
        vec![match self.span() {
            Some(_) if is_same => Doubt::DoubtfulMachineForm,
            Some(span) => Doubt::Contradicted { other: span.to_edtf() },
            None => Doubt::NotUnderstood,
        }]
    }

    /// Returns one sentence about what is doubtful, without a final full stop. `None` for most
    /// dates.
    pub fn doubt_sentence(&self) -> Option<String> {
        let doubts = self.doubts();
        (!doubts.is_empty()).then(|| Doubt::describe_all(&doubts, &self.text, self.parsed))
    }
}

/// Returns a text in quotation marks. A long text is cut.
fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(MAX_QUOTED_CHARS) {
        Some((end, _)) => format!("“{}…”", text.get(..end).unwrap_or("").trim_end()),
        None => format!("“{text}”"),
    }
}
