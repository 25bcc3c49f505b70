//! The outside: terminal, events, threads, files, arguments.

use std::process::ExitCode;

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
