//! How a command ended, and its exit code.

use std::io;

use super::output::eprint_line;
use crate::files::cancel::Cancelled;
use crate::record::Problem;

/// How a command ended. Each variant has an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The command did its work, and found records if it searched for some: 0.
    Success,
    /// The answer is negative: no record matches, or a check found problems: 1.
    Negative,
    /// Something could not be read or written: 2.
    Failure,
    /// A signal with this number ended the command: 128 plus the number.
    Signal(u8),
}

impl Outcome {
    /// Returns the exit code.
    pub const fn code(self) -> u8 {
        match self {
            Outcome::Success => 0,
            Outcome::Negative => 1,
            Outcome::Failure => 2,
            Outcome::Signal(number) => 128_u8.saturating_add(number),
        }
    }
}

/// Prints why a command failed, and returns its outcome.
///
/// A closed output, as with `| head`, is a success, and nothing is printed.
pub(super) fn report_error(error: anyhow::Error) -> Outcome {
    if is_closed_pipe(&error) {
        return Outcome::Success;
    }
    eprint_line(&format!("fonds: {error:#}"));
    match error.downcast::<Cancelled>() {
        Ok(cancelled) => Outcome::Signal(cancelled.0),
        Err(_) => Outcome::Failure,
    }
}

/// Whether the process that reads the output has closed it.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Whether one of the problems is an error: something was lost while reading.
pub(crate) fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(Problem::is_error)
}
