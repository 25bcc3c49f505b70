//! Parses the command line.

use std::ffi::OsString;

use clap::FromArgMatches;

use super::{Arguments, definition};
use crate::cli::output::eprint_lines;

/// Parses the arguments of the process.
///
/// Help and version end the process with exit code 0, wrong arguments with exit code 2.
pub fn parse() -> Arguments {
    let matches = definition().try_get_matches().unwrap_or_else(|error| exit_with(&error));
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| exit_with(&error))
}

/// Prints the message of the argument parser, and exits. An argument may contain control characters, which
/// the message would pass on to the terminal.
fn exit_with(error: &clap::Error) -> ! {
    let has_controls = |argument: OsString| argument.to_string_lossy().contains(char::is_control);
    if !error.use_stderr() || !std::env::args_os().any(has_controls) {
        error.exit();
    }
    eprint_lines(&error.render().to_string());
    std::process::exit(error.exit_code());
}
