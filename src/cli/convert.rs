//! `fonds convert`: reads any files and writes what they hold as one: TOML, JSON Lines or CSV.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::exit_code::Outcome;
use super::requested_rows::{Asked, Chosen};
use crate::files;
use crate::files::cancel;
use crate::files::cancel::Stop;
use crate::formats::read::Options;
use crate::formats::write;
use crate::formats::write::Set;
use crate::load::Input;
use crate::load::folders;
use crate::load::folders::Opened;
use crate::load::pipeline;
use crate::load::{Arrival, Progress};
use crate::record::{Archive, Field, Placed, Problem};
use crate::store::Store;
use crate::text::clean::clean;

/// The formats that whole archives are kept in.
const KEPT_IN: [write::Format; 3] =
    [write::Format::Toml, write::Format::JsonLines, write::Format::Csv];

/// The format to write: an archive file, where nothing else is said.
#[derive(Clone, Copy, Debug)]
pub struct Target(write::Format);

impl Default for Target {
    fn default() -> Target {
        Target(write::Format::Toml)
    }
}

/// The format that was named, else the one that the name of the output says, else an archive file.
///
/// # Errors
/// It is none that archives are kept in.
pub fn target(named: Option<&str>, output: Option<&Path>) -> anyhow::Result<Target> {
    let by_name = || output.and_then(|path| write::Format::of_file(&files::name(path)));
    let format = match named {
        Some(name) => write::Format::from_name(name),
        None => Some(by_name().unwrap_or(write::Format::Toml)),
    };
    match format.filter(|format| KEPT_IN.contains(format)) {
        Some(format) => Ok(Target(format)),
        None => anyhow::bail!(
            "fonds convert writes toml, jsonl and csv, not {}: other formats are for fonds export",
            named.or(format.map(write::Format::name)).unwrap_or("this")
        ),
    }
}

/// What to convert.
#[derive(Clone, Debug, Default)]
pub struct Convert {
    /// The files to read, `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// How they are to be read.
    pub options: Options,
    /// The format to write.
    pub to: Target,
    /// The file to write; none or `-` for standard output.
    pub output: Option<PathBuf>,
    /// Whether a file may be replaced that is not among the inputs.
    pub force: bool,
    /// Whether a record that stands in several files is written as often; else it is written once.
    pub apart: bool,
    /// Whether to say how far the reading is, and the writing of a file.
    pub progress: bool,
}

/// Reads all inputs, writes one file, and says on `errors` what is to be said.
///
/// A file that is read as well as written grows; it is left alone if anything could not be read,
/// since that would be lost.
///
/// # Errors
/// `out` or `errors` failed, or the output cannot be written.
pub fn run(
    convert: &Convert,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let inputs: Vec<Input> = convert.inputs.iter().cloned().map(Input::File).collect();
    let opened = folders::opened(&inputs, &convert.options);
    let output = convert.output.as_deref().filter(|path| !files::is_standard(path));
    let grows = output.is_some_and(|path| opened.inputs.iter().any(|input| input.is_file_at(path)));
    let overwrite = convert.force || grows;
    if let Some(path) = output {
        files::may_write(path, overwrite)?;
    }
    let (store, problems) = read(opened, convert, errors);
    for problem in &problems {
        tell(errors, &problem.to_string())?;
    }
    let faulty = problems.iter().any(Problem::is_fault);
    if store.sources().is_empty() {
        // Why each file holds nothing has been said.
        return Ok(Outcome::Faulty);
    }
    let asked = Asked { apart: convert.apart, ..Asked::default() };
    let mut chosen = Chosen::new(&store, &asked)?;
    let archives = chosen.archives();
    match output {
        Some(path) if faulty && grows => {
            let name = files::name(path);
            tell(errors, &format!("{name}: left as it is, since not everything could be read"))?;
        }
        Some(path) => {
            let stop = Stop::on_signals()?;
            let (total, mut written) = (chosen.left(), 0);
            let mut records = chosen.inspect(|_| {
                written += 1;
                if convert.progress {
                    // What cannot be shown is no reason to stop.
                    let _ = say_written(errors, written, total);
                }
            });
            let written = cancel::write(path, overwrite, &stop, |out| {
                write(out, convert.to, archives, &mut records)
            });
            if convert.progress {
                let _ = write!(errors, "\r\x1b[K");
            }
            written?;
        }
        None => write(out, convert.to, archives, &mut chosen)?,
    }
    if let Some(lost) = lost(store.sources(), convert.to) {
        tell(errors, &format!("fonds convert: {lost}"))?;
    }
    Ok(if faulty { Outcome::Faulty } else { Outcome::Done })
}

/// Reads all files into one reading room.
fn read(opened: Opened, convert: &Convert, errors: &mut dyn Write) -> (Store, Vec<Problem>) {
    let Opened { inputs, mut problems } = opened;
    let mut store = Store::default();
    pipeline::run(&inputs, &convert.options, &mut |arrival| {
        let Arrival { store: so_far, problems: more, progress } = arrival;
        if convert.progress {
            // What cannot be shown is no reason to stop.
            let _ = say_progress(errors, &so_far, progress);
        }
        store = so_far;
        problems.extend(more);
        true
    });
    (store, problems)
}

/// Says how far the reading is in a line that gives way to the next, and in the end to nothing.
fn say_progress(
    errors: &mut dyn Write,
    store: &Store,
    progress: Option<Progress>,
) -> io::Result<()> {
    write!(errors, "\r\x1b[K")?;
    if let Some(progress) = progress {
        write!(errors, "{} records", store.len())?;
        if let Some(per_mille) = progress.per_mille() {
            write!(errors, ", {} % read", per_mille / 10)?;
        }
    }
    errors.flush()
}

/// How many records are written between two lines that say so.
const STEP: usize = 4096;

/// Says how far the writing is, in the same line.
fn say_written(errors: &mut dyn Write, written: usize, total: usize) -> io::Result<()> {
    if written.is_multiple_of(STEP) {
        write!(errors, "\r\x1b[K{written} of {total} records written")?;
    }
    errors.flush()
}

/// What is said of the archives themselves and finds no place in the file.
fn lost(archives: &[Archive], to: Target) -> Option<String> {
    let said = archives.iter().any(|archive| archive != &Archive::default());
    let format = to.0.name();
    match archives.len() {
        _ if !said => None,
        1 if to.0.holds_one_archive() => None,
        1 => Some(format!("{format} has no place for what is said of the archive itself")),
        many => Some(format!(
            "{format} has no place for what is said of {many} archives: the title of each is kept \
             as the collection of its records where they name none"
        )),
    }
}

/// Says a line, fit to be shown.
fn tell(errors: &mut dyn Write, line: &str) -> io::Result<()> {
    writeln!(errors, "{}", clean(line))
}

/// Writes the records: those of one archive below what it says of itself, those of several each with
/// the title of its archive.
fn write(
    out: &mut dyn Write,
    to: Target,
    archives: &[Archive],
    records: &mut dyn Iterator<Item = Placed>,
) -> io::Result<()> {
    if archives.len() == 1 {
        to.0.write(out, Set { archives, records })?;
    } else {
        let records = &mut records.map(|placed| collected(archives, placed));
        to.0.write(out, Set { archives: &[], records })?;
    }
    out.flush()
}

/// A record with the title of its archive as its collection, where it names none.
fn collected(archives: &[Archive], mut placed: Placed) -> Placed {
    let archive = archives.get(usize::from(placed.source));
    if let Some(title) = archive.and_then(|archive| archive.title.as_deref())
        && placed.record.first(Field::Collection).is_none()
    {
        placed.record.push(Field::Collection, title);
    }
    placed
}
