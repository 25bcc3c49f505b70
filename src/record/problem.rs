//! Problems in a file: errors and warnings.

use std::fmt;

use super::date::{Date, Doubt, DoubtKind};
use crate::text::shorten::shorten;

/// The longest message, in bytes. A file may have a value of any length where a message quotes it.
const MAX_MESSAGE_BYTES: usize = 2_000;

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was lost or could not be read.
    Error,
    /// Something is doubtful; nothing is lost.
    Warning,
}

/// What problems have in common that are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A date is doubtful in this way.
    Date(DoubtKind),
    /// It says what the names in a file were taken for.
    NamesTaken,
    /// Any other problem: its message, without what differs from place to place. These are numbers
    /// and quoted texts.
    Message(String),
}

/// An error or a warning about a file, with its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// The file, as the user named it; `standard input` for a pipe.
    pub file: String,
    /// The line, counted from 1, if known.
    pub line: Option<usize>,
    /// The column in characters, counted from 1, if known.
    pub column: Option<usize>,
    /// What was found, what was expected, and what to do: one sentence, without the location.
    pub message: String,
    /// The doubtful date, if the problem is one.
    pub date: Option<DoubtfulDate>,
    /// Whether it says what the names in a file were taken for, in other words for each file.
    pub names_taken: bool,
    /// How many further problems of its kind in its file it stands for, which are not kept.
    pub more: u32,
}

/// A date that was not understood, or not with certainty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtfulDate {
    /// The kind of its first doubt.
    pub kind: DoubtKind,
    /// The text as written.
    pub text: String,
}

impl Problem {
    /// Creates an error without a column: something was lost or could not be read. A message of more than 2,000 bytes is
    /// shortened in its middle.
    pub fn error(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        Problem {
            severity: Severity::Error,
            file: file.to_owned(),
            line,
            column: None,
            message: shorten(message.into(), MAX_MESSAGE_BYTES).into_owned(),
            date: None,
            names_taken: false,
            more: 0,
        }
    }

    /// Creates a warning without a column: something is doubtful, and nothing is lost.
    pub fn warning(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::error(file, line, message) }
    }

    /// Creates the warning that says what the names in a file were taken for.
    pub fn names_taken(file: &str, message: impl Into<String>) -> Problem {
        Problem { names_taken: true, ..Problem::warning(file, None, message) }
    }

    /// Creates the warning about a date, or returns `None` if nothing is doubtful about it.
    pub fn doubtful_date(file: &str, line: Option<usize>, date: &Date) -> Option<Problem> {
        let doubts = date.doubts();
        let kind = doubts.first().map(Doubt::kind)?;
        let message = Doubt::describe_all(&doubts, &date.text, date.parsed);
        let date = Some(DoubtfulDate { kind, text: date.text.trim().to_owned() });
        Some(Problem { date, ..Problem::warning(file, line, message) })
    }

    /// Returns the kind by which the problem is counted together with others.
    pub fn kind(&self) -> ProblemKind {
        match &self.date {
            Some(date) => ProblemKind::Date(date.kind),
            None if self.names_taken => ProblemKind::NamesTaken,
            None => ProblemKind::Message(without_details(&self.message)),
        }
    }

    /// Returns how many problems it stands for: itself, and those that are not kept.
    pub fn count(&self) -> usize {
        1 + self.more as usize
    }

    /// Whether this is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    /// Writes `file:line:column: message`, the form that editors and compilers share.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Returns a message with `…` in place of each number and each quoted text.
fn without_details(message: &str) -> String {
    let mut kept = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or("");
        let closing = match letter {
            '“' => Some('”'),
            '"' | '`' => Some(letter),
            _ => None,
        };
        let quoted = closing.and_then(|quote| after.split_once(quote));
        if let Some((_, after_quote)) = quoted {
            kept.push('…');
            rest = after_quote;
        } else if letter.is_ascii_digit() {
            kept.push('…');
            rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
        } else {
            kept.push(letter);
            rest = after;
        }
    }
    kept
}
