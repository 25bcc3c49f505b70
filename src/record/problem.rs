//! What went wrong with a file, or is doubtful in it.

use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Everything was read; the reader should know about it all the same.
    Note,
    /// Something could not be read.
    Fault,
}

/// Something in a file that could not be read, or that the reader should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether anything was lost by it.
    pub severity: Severity,
    /// The file as the reader named it, `standard input` for a pipe.
    pub file: String,
    /// The line, counted from 1, where one is known.
    pub line: Option<usize>,
    /// The column in letters, counted from 1, where one is known.
    pub column: Option<usize>,
    /// What was found, what was expected, what to do: one sentence, without the place.
    pub message: String,
}

impl Problem {
    /// Something could not be read.
    pub fn fault(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        let message = message.into();
        Problem { severity: Severity::Fault, file: file.to_owned(), line, column: None, message }
    }

    /// Everything was read, and something is to be said all the same.
    pub fn note(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Note, ..Problem::fault(file, line, message) }
    }

    /// Whether anything was lost by it.
    pub fn is_fault(&self) -> bool {
        self.severity == Severity::Fault
    }
}

impl fmt::Display for Problem {
    /// `file:line:column: message`, the form that editors and compilers share.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        write!(f, ": {}", self.message)
    }
}
