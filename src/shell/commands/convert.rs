//! `fonds convert`: reads any files and writes what they hold as one: TOML, JSON Lines or CSV.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Outcome;
use crate::app::shown::clean;
use crate::export::{self, Set};
use crate::import::gather::{Gathered, Gathering};
use crate::import::{Options, Sink};
use crate::record::{Archive, Problem};
use crate::shell::files::{self, Watch};
use crate::shell::folders::{self, Opened};
use crate::shell::load::Input;

/// The formats that whole archives are kept in.
const KEPT_IN: [export::Format; 3] =
    [export::Format::Toml, export::Format::JsonLines, export::Format::Csv];

/// The format to write: an archive file, where nothing else is said.
#[derive(Clone, Copy, Debug)]
pub struct Target(export::Format);

impl Default for Target {
    fn default() -> Target {
        Target(export::Format::Toml)
    }
}

/// The format that was named, else the one that the name of the output says, else an archive file.
///
/// # Errors
/// It is none that archives are kept in.
pub fn target(named: Option<&str>, output: Option<&Path>) -> anyhow::Result<Target> {
    let by_name = || output.and_then(|path| export::Format::of_file(&files::name(path)));
    let format = match named {
        Some(name) => export::Format::from_name(name),
        None => Some(by_name().unwrap_or(export::Format::Toml)),
    };
    match format.filter(|format| KEPT_IN.contains(format)) {
        Some(format) => Ok(Target(format)),
        None => anyhow::bail!(
            "fonds convert writes toml, jsonl and csv, not {}: other formats are for fonds export",
            named.or(format.map(export::Format::name)).unwrap_or("this")
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
}

/// Reads all inputs, writes one archive file, and says on `errors` what is to be said.
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
    let gathered = gather(opened, &convert.options);
    for problem in &gathered.problems {
        tell(errors, &problem.to_string())?;
    }
    let faulty = gathered.problems.iter().any(Problem::is_fault);
    let Some(archive) = the_one(&gathered.sources, errors)? else {
        return Ok(Outcome::Faulty);
    };
    match output {
        Some(path) if faulty && grows => {
            let name = files::name(path);
            tell(errors, &format!("{name}: left as it is, since not everything could be read"))?;
        }
        Some(path) => {
            files::write_atomically(path, overwrite, |out| write(out, convert.to, &gathered))?;
        }
        None => write(out, convert.to, &gathered)?,
    }
    let said = archive != &Archive::default();
    if said && !convert.to.0.holds_one_archive() {
        let format = convert.to.0.name();
        tell(
            errors,
            &format!("fonds convert: {format} has no place for what is said of the archive itself"),
        )?;
    }
    Ok(if faulty { Outcome::Faulty } else { Outcome::Done })
}

/// Reads all files into one reading room.
fn gather(opened: Opened, options: &Options) -> Gathered {
    let mut gathering = Gathering::new();
    for problem in opened.problems {
        gathering.problem(problem);
    }
    for input in &opened.inputs {
        input.read(options, &Watch::default(), &mut gathering);
    }
    gathering.finish()
}

/// The archive that is written: one file holds one.
fn the_one<'g>(sources: &'g [Archive], errors: &mut dyn Write) -> io::Result<Option<&'g Archive>> {
    match sources {
        [one] => return Ok(Some(one)),
        // Why each file holds nothing has been said.
        [] => {}
        many => {
            let name = |source: &Archive| match source.id() {
                "" => "one without a name".to_owned(),
                id => format!("“{id}”"),
            };
            let names: Vec<_> = many.iter().map(name).collect();
            let names = names.join(", ");
            let archives = many.len();
            tell(
                errors,
                &format!(
                    "fonds convert: these files come from {archives} archives, {names}: \
                     convert each on its own"
                ),
            )?;
        }
    }
    Ok(None)
}

/// Says a line, fit to be shown.
fn tell(errors: &mut dyn Write, line: &str) -> io::Result<()> {
    writeln!(errors, "{}", clean(line))
}

fn write(out: &mut dyn Write, to: Target, gathered: &Gathered) -> io::Result<()> {
    let records = &mut gathered.records.iter().cloned();
    to.0.write(out, Set { archives: &gathered.sources, records })?;
    out.flush()
}
