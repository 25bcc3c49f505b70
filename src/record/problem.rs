//! Problems in a file: errors and warnings.

use std::fmt;

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something is doubtful; nothing is lost.
    Warning,
    /// Something was lost or could not be read.
    Error,
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
}

impl Problem {
    /// Creates an error without a column: something was lost or could not be read.
    pub fn error(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        let message = message.into();
        Problem { severity: Severity::Error, file: file.to_owned(), line, column: None, message }
    }

    /// Creates a warning without a column: something is doubtful, and nothing is lost.
    pub fn warning(file: &str, line: Option<usize>, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::error(file, line, message) }
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
