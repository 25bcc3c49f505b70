//! The outside: terminal, events, threads, files, arguments.

pub mod args;
pub mod browser;
pub mod clipboard;
pub mod commands;
mod copying;
pub mod events;
pub mod files;
pub mod keeper;
pub mod ledger;
pub mod load;
pub mod run;
pub mod search;
pub mod terminal;

mod feed;
mod outside;
mod pipeline;
mod screen;
mod session;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use args::{Arguments, Command, Conversion, OrderName, Selection};
use commands::Outcome;

use crate::query::{self, Order, OrderBy};
use crate::record::Problem;

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    match carry_out(args::parse()) {
        Ok(outcome) => outcome.code().into(),
        Err(error) if is_closed_pipe(&error) => Outcome::Done.code().into(),
        Err(error) => {
            tell(&format!("fonds: {error:#}"));
            Outcome::Faulty.code().into()
        }
    }
}

fn carry_out(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.command {
        Some(Command::List(selection)) => list(&selection),
        Some(Command::Pick { selection, screen }) => screen::pick(&selection, &screen),
        Some(Command::Convert(conversion)) => convert(conversion),
        Some(Command::Dates { edtf }) => {
            let mut output = io::BufWriter::new(io::stdout().lock());
            let shown = io::stdout().is_terminal();
            commands::dates::run(&mut io::stdin().lock(), &mut output, edtf, shown)?;
            output.flush()?;
            Ok(Outcome::Done)
        }
        None if io::stdout().is_terminal() => screen::open(&arguments.selection, &arguments.screen),
        None => list(&arguments.selection),
    }
}

/// Writes what was read as an archive file.
fn convert(conversion: Conversion) -> anyhow::Result<Outcome> {
    let Conversion { files, output, force, format } = conversion;
    let inputs = if files.is_empty() { vec!["-".into()] } else { files };
    let format = load::format(format.as_deref())?;
    let convert = commands::convert::Convert { inputs, format, output, force };
    let mut output = io::BufWriter::new(io::stdout().lock());
    commands::convert::run(&convert, &mut output, &mut io::stderr().lock())
}

/// Prints the records that fit.
fn list(selection: &Selection) -> anyhow::Result<Outcome> {
    let format = load::format(selection.format.as_deref())?;
    let (store, problems) = load::read_all(&load::inputs(&selection.files), format);
    let form = if io::stdout().is_terminal() {
        commands::list::Form::Aligned
    } else {
        commands::list::Form::Tabs
    };
    // Before the list: who reads it may stop in the middle.
    tell_problems(&problems);
    let mut output = io::BufWriter::new(io::stdout().lock());
    let order = order(selection, store.own_names());
    let (found, said) = commands::list::run(&store, &selection.filter, order, form, &mut output)?;
    output.flush()?;
    for sentence in said {
        tell(&format!("fonds: {sentence}"));
    }
    Ok(match found {
        _ if has_faults(&problems) => Outcome::Faulty,
        0 => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// The order that the arguments ask for, where records have fields of these own names. An order that
/// is turned round and not named is the one that would be in force: relevance where there are words.
fn order(selection: &Selection, own_names: &[String]) -> Option<Order> {
    let by = match selection.order {
        Some(OrderName::Relevance) => OrderBy::Relevance,
        Some(OrderName::Date) => OrderBy::Date,
        Some(OrderName::Title) => OrderBy::Title,
        None if !selection.reverse => return None,
        None if query::parse(&selection.filter, own_names).has_words() => OrderBy::Relevance,
        Some(OrderName::Archive) | None => OrderBy::Archive,
    };
    Some(Order { by, reversed: selection.reverse })
}

/// Whether anything was lost while reading.
fn has_faults(problems: &[Problem]) -> bool {
    problems.iter().any(Problem::is_fault)
}

/// Says each problem in a line on standard error.
fn tell_problems(problems: &[Problem]) {
    for problem in problems {
        tell(&problem.to_string());
    }
}

/// Says a line on standard error, fit to be shown; nobody can be told that this failed.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{}", crate::app::shown::clean(line));
}

/// Whether the reader of the output has gone, as with `| head`: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
