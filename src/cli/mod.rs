//! The command line: `main` runs the subcommand that the arguments name, or opens the screen.
//!
//! [`args`] defines the arguments, and each subcommand has a file of its own. The subcommands share
//! [`requested_rows`] (loads files, searches them and returns the matching records),
//! `read_options` (how files are read), [`output`] (standard output and standard error) and
//! [`exit_code`]. This folder puts the program together and may use every other folder. To follow a
//! command, start at [`main`].

pub mod archive_names;
pub mod args;
pub mod check;
mod check_names;
mod check_summary;
pub(crate) mod cite;
mod completions;
pub mod convert;
mod count;
pub mod dates;
pub(crate) mod engine;
pub mod exit_code;
pub mod export;
mod facets;
pub mod formats;
pub mod list;
pub mod man;
mod mapping;
mod marks;
mod nearest;
pub mod output;
mod paste;
pub(crate) mod pick;
pub mod progress_line;
pub(crate) mod read_options;
pub mod requested_rows;
mod show;
mod timeline;

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use args::{Arguments, Command, MarksArgs, RecordArgs};
use exit_code::Outcome;

use crate::tui::runtime::{launch, terminal_kind};
use crate::userdata;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = args::parse();
    userdata::remove_abandoned_temporary_files(named_marks_file(&arguments));
    let outcome = run_command(arguments).unwrap_or_else(exit_code::report_error);
    outcome.code().into()
}

/// The marks file that the arguments name.
fn named_marks_file(arguments: &Arguments) -> Option<&Path> {
    let marks = match &arguments.command {
        None => &arguments.screen.marks,
        Some(Command::Pick { screen, .. }) => &screen.marks,
        Some(
            Command::List { records, .. }
            | Command::Show { records, .. }
            | Command::Export { records, .. }
            | Command::Cite { records, .. }
            | Command::Count { records, .. },
        ) => &records.marks_args.marks,
        Some(Command::Facets(arguments)) => &arguments.records.marks_args.marks,
        Some(Command::Timeline(arguments)) => &arguments.records.marks_args.marks,
        Some(_) => return None,
    };
    marks.as_deref()
}

/// Runs the subcommand; without one, opens the screen, or prints the list if standard output is not
/// a terminal.
fn run_command(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.command {
        Some(Command::Pick { query, format, screen }) => {
            pick::run(&query, &screen, format.as_deref())
        }
        Some(Command::List { records, columns, json, .. }) => list::run(&records, &columns, json),
        Some(Command::Show { records, json, all_fields, .. }) => {
            show::run(&records, show::ShowFormat::new(json, all_fields))
        }
        Some(Command::Export { records, format, output }) => {
            export::run(&records, format.as_deref(), output)
        }
        Some(Command::Cite { records, style }) => cite::run(&records, style.as_deref()),
        Some(Command::Count { records, json, .. }) => count::run(&records, json),
        Some(Command::Facets(arguments)) => facets::run(&arguments),
        Some(Command::Timeline(arguments)) => timeline::run(&arguments),
        Some(Command::Check { files, all, mapping, read_args }) => {
            let detail = check::CheckDetail::from_flags(all, mapping);
            check::run(files, detail, &read_args)
        }
        Some(Command::Convert(arguments)) => convert::run(arguments),
        Some(Command::Paste(arguments)) => paste::run(arguments),
        Some(Command::Mapping { command }) => mapping::run(command),
        Some(Command::Marks(arguments)) => marks::run(&arguments),
        Some(Command::Formats { json }) => formats::run(json),
        Some(Command::Dates { edtf }) => dates::run(edtf),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man { output }) => man::run(output.as_deref()),
        None if io::stdout().is_terminal() && terminal_kind::shows_screens() => {
            launch::open(&arguments.query, &arguments.screen)
        }
        None => {
            let Arguments { query, screen, .. } = arguments;
            let marks_args = MarksArgs { marks: screen.marks, ..MarksArgs::default() };
            list::run(&RecordArgs { query, start_at: None, limit: None, marks_args }, &[], false)
        }
    }
}
