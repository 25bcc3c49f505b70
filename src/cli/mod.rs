//! The outside: terminal, events, threads, files, arguments.

pub mod args;
pub mod check;
pub mod convert;
pub mod dates;
pub mod exit_code;
pub mod export;
pub mod formats;
pub mod list;
pub mod man;
pub mod output;
pub mod progress_line;
pub(crate) mod read_options;
pub mod requested_rows;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use args::{Arguments, Command, Conversion, Extract, Marking, Reading, Selection, Target};
use exit_code::Outcome;
use list::Form;
use progress_line::Telling;
use requested_rows::{Asked, Chosen};

use crate::files::cancel::{Stop, Stopped};
use crate::userdata::marks_file::Shelf;
use crate::userdata::settings::Settings;

use crate::formats::cite::Style;
use crate::formats::write;
use crate::query;
use crate::query::{Order, OrderBy};
use crate::record::Problem;
use crate::store::{Marked, Store};

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    match carry_out(args::parse()) {
        Ok(outcome) => outcome.code().into(),
        Err(error) if is_closed_pipe(&error) => Outcome::Done.code().into(),
        Err(error) if error.is::<Stopped>() => {
            tell(&format!("fonds: {error}"));
            error
                .downcast::<Stopped>()
                .map_or(Outcome::Faulty, |it| Outcome::Signal(it.0))
                .code()
                .into()
        }
        Err(error) => {
            tell(&format!("fonds: {error:#}"));
            Outcome::Faulty.code().into()
        }
    }
}

fn carry_out(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.command {
        Some(Command::Pick { selection, format, screen }) => {
            crate::tui::runtime::launch::pick(&selection, &screen, format.as_deref())
        }
        Some(Command::List { extract, json }) => list(&extract, json),
        Some(Command::Show { extract, json }) => show(&extract, json),
        Some(Command::Export { extract, format, target }) => {
            export(&extract, format.as_deref(), target)
        }
        Some(Command::Cite { extract, style }) => {
            let style = cited_in(style.as_deref())?;
            with_chosen(&extract, |chosen| crate::cli::export::cite(style, chosen))
        }
        Some(Command::Count { extract, json }) => count(&extract, json),
        Some(Command::Check { files, reading }) => check(files, &reading),
        Some(Command::Convert(conversion)) => convert(conversion),
        Some(Command::Formats { json: true }) => done(output::standard(crate::cli::formats::json)),
        Some(Command::Formats { json: false }) => done(output::standard(crate::cli::formats::run)),
        Some(Command::Dates { edtf }) => dates(edtf),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            args::write_completions(shell, &mut script);
            done(output::standard(|out| out.write_all(&script)))
        }
        Some(Command::Man { output }) => done(man::run(output.as_deref())),
        None if io::stdout().is_terminal() => {
            crate::tui::runtime::launch::open(&arguments.selection, &arguments.screen)
        }
        None => {
            let Arguments { selection, screen, .. } = arguments;
            let marking = Marking { marks: screen.marks, ..Marking::default() };
            list(&Extract { selection, from_position: None, limit: None, marking }, false)
        }
    }
}

/// What was asked for is done, unless it failed.
fn done(outcome: anyhow::Result<()>) -> anyhow::Result<Outcome> {
    outcome.map(|()| Outcome::Done)
}

/// Reads everything, says what is to be said of it, and gives what fits to a command.
fn with_chosen(
    extract: &Extract,
    command: impl FnOnce(&mut Chosen<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let selection = &extract.selection;
    let options = read_options::options(&selection.reading)?;
    let (store, problems) = crate::load::read_all(&crate::load::inputs(&selection.files), &options);
    // Before the records: who reads them may stop in the middle.
    tell_problems(&problems);
    let filter = filter(&selection.filter, &extract.marking);
    let mut chosen = Chosen::new(
        &store,
        &Asked {
            marked: marked(&store, &filter, extract.marking.marks.as_deref())?,
            filter,
            order: order(selection, store.own_names()),
            from_position: extract.from_position,
            limit: extract.limit,
            apart: selection.apart,
        },
    )?;
    let found = chosen.left();
    command(&mut chosen)?;
    for sentence in chosen.said() {
        tell(&format!("fonds: {sentence}"));
    }
    Ok(match found {
        _ if has_faults(&problems) => Outcome::Faulty,
        0 => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// The filter, with what is asked of the reader's marks and notes.
fn filter(text: &str, marking: &Marking) -> String {
    let asked = [("is:marked ", marking.marked), ("is:noted ", marking.noted)];
    let asked: String = asked.into_iter().filter(|(_, is)| *is).map(|(term, _)| term).collect();
    // A sign that means `or` joins what stands before it: nothing does here.
    let rest = if asked.is_empty() { text } else { text.trim_start_matches(['|', ' ']) };
    asked + rest
}

/// What the reader marked and noted, where a filter asks for it.
fn marked(store: &Store, filter: &str, file: Option<&Path>) -> anyhow::Result<Arc<Marked>> {
    if !query::parse(filter, store.own_names()).asks_marks() {
        return Ok(Arc::default());
    }
    Ok(Arc::new(crate::tui::runtime::marks_worker::kept(&Shelf::of(file), store)?))
}

/// Prints the records that fit, a line each.
fn list(extract: &Extract, json: bool) -> anyhow::Result<Outcome> {
    let form = if io::stdout().is_terminal() { Form::Aligned } else { Form::Tabs };
    with_chosen(extract, |chosen| {
        output::standard(|out| {
            if json {
                crate::cli::list::json(chosen, out)
            } else {
                crate::cli::list::run(chosen, form, out)
            }
        })
    })
}

/// Prints the records that fit in full.
fn show(extract: &Extract, json: bool) -> anyhow::Result<Outcome> {
    with_chosen(extract, |chosen| {
        let archives = chosen.archives();
        output::standard(|out| {
            if json {
                crate::cli::list::json(chosen, out)
            } else {
                write::Format::Text.write(out, write::Set { archives, records: chosen })
            }
        })
    })
}

/// Writes the records that fit in another format.
fn export(extract: &Extract, format: Option<&str>, target: Target) -> anyhow::Result<Outcome> {
    let Target { output, force } = target;
    let format = crate::cli::export::format(format, output.as_deref())?;
    let export = crate::cli::export::Export { format, output, force };
    export.check()?;
    with_chosen(extract, |chosen| {
        let into_file = export.is_into_file();
        // Into a pipe a signal ends it as it ends any program: there is nothing to be tidied up.
        let stop = if into_file { Stop::on_signals()? } else { Stop::default() };
        let mut telling = Telling::of(chosen.left(), into_file);
        export.run(chosen, &stop, &mut |count| telling.written(count))
    })
}

/// The style that was named, else the one in the settings.
fn cited_in(named: Option<&str>) -> anyhow::Result<Style> {
    if let Some(name) = named {
        return crate::cli::export::style(name);
    }
    let (settings, problems) = Settings::read();
    tell_problems(&problems);
    Ok(settings.style.unwrap_or_default())
}

/// Prints how many records fit.
fn count(extract: &Extract, json: bool) -> anyhow::Result<Outcome> {
    with_chosen(extract, |chosen| {
        let (fit, total, undated) = (chosen.left(), chosen.total(), chosen.undated_left_out());
        let said = json!({ "records": fit, "total": total, "undated_left_out": undated });
        output::standard(|out| if json { writeln!(out, "{said}") } else { writeln!(out, "{fit}") })
    })
}

/// Prints what is wrong with files.
fn check(files: Vec<PathBuf>, reading: &Reading) -> anyhow::Result<Outcome> {
    let files = if files.is_empty() { vec!["-".into()] } else { files };
    let (inputs, options) = (crate::load::inputs(&files), read_options::options(reading)?);
    let mut outcome = Outcome::Done;
    output::standard(|out| {
        outcome = crate::cli::check::run(&inputs, &options, out)?;
        Ok(())
    })?;
    let is_missing = |file: &PathBuf| file.as_os_str() != "-" && !file.exists();
    Ok(if files.iter().any(is_missing) { Outcome::Faulty } else { outcome })
}

/// Writes what was read as one file.
fn convert(conversion: Conversion) -> anyhow::Result<Outcome> {
    let Conversion { files, target, to, apart, reading } = conversion;
    let Target { output, force } = target;
    let inputs = if files.is_empty() { vec!["-".into()] } else { files };
    let options = read_options::options(&reading)?;
    let to = crate::cli::convert::target(to.as_deref(), output.as_deref())?;
    let progress = io::stderr().is_terminal();
    let convert =
        crate::cli::convert::Convert { inputs, options, to, output, force, apart, progress };
    let mut output = io::BufWriter::new(io::stdout().lock());
    crate::cli::convert::run(&convert, &mut output, &mut io::stderr().lock())
}

/// Shows how dates are understood.
fn dates(edtf: bool) -> anyhow::Result<Outcome> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    let shown = io::stdout().is_terminal();
    crate::cli::dates::run(&mut io::stdin().lock(), &mut output, edtf, shown)?;
    output.flush()?;
    Ok(Outcome::Done)
}

/// The order that the arguments ask for, where records have fields of these own names. An order that
/// is turned round and not named is the one that would be in force: relevance where there are words.
pub(crate) fn order(selection: &Selection, own_names: &[String]) -> Option<Order> {
    let by = match selection.order {
        Some(order) => order.into(),
        None if !selection.reverse => return None,
        None if query::parse(&selection.filter, own_names).has_words() => OrderBy::Relevance,
        None => OrderBy::Archive,
    };
    Some(Order { by, reversed: selection.reverse })
}

/// Whether anything was lost while reading.
pub(crate) fn has_faults(problems: &[Problem]) -> bool {
    problems.iter().any(Problem::is_fault)
}

/// Says each problem in a line on standard error.
pub(crate) fn tell_problems(problems: &[Problem]) {
    for problem in problems {
        tell(&problem.to_string());
    }
}

/// Says a line on standard error, fit to be shown; nobody can be told that this failed.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{}", crate::text::clean::clean(line));
}

/// Whether the reader of the output has gone, as with `| head`: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
