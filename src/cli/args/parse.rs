//! Parses the command line.

use std::ffi::OsString;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use super::{Arguments, definition};
use crate::cli::nearest::nearest;
use crate::cli::output::eprint_lines;

/// Parses the arguments of the process.
///
/// Help and version end the process with exit code 0, wrong arguments with exit code 2.
pub fn parse() -> Arguments {
    let matches = definition().try_get_matches().unwrap_or_else(|error| exit_with(&error));
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| exit_with(&error));
    match mistyped_command(&arguments) {
        Some(error) => exit_with(&error),
        None => arguments,
    }
}

/// Returns what to say if the first file does not exist and its name is nearly that of a subcommand: `fonds lst FILE`.
fn mistyped_command(arguments: &Arguments) -> Option<clap::Error> {
    let file = arguments.query.files.first().filter(|_| arguments.command.is_none())?;
    let typed = file.to_str().filter(|_| file.symlink_metadata().is_err())?;
    let mut definition = definition();
    let command = nearest(typed, definition.get_subcommands().map(clap::Command::get_name))?;
    let message =
        format!("there is neither a command nor a file {typed:?}: did you mean “fonds {command}”?");
    Some(definition.error(ErrorKind::InvalidSubcommand, message))
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
