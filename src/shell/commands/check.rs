//! `fonds check`: what is wrong with files, and what is doubtful.

use std::io::{self, Write};

use super::Outcome;
use crate::app::shown::clean;
use crate::record::Problem;

/// Prints each problem on a line, fit to be shown.
///
/// # Errors
/// The output cannot be written.
pub fn run(problems: &[Problem], output: &mut dyn Write) -> io::Result<Outcome> {
    for problem in problems {
        writeln!(output, "{}", clean(&problem.to_string()))?;
    }
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::Nothing })
}
