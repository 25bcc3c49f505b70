//! `fonds convert`: converts files into one archive file in TOML, JSON Lines or CSV.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::archive_names::{ArchiveNames, with_archive_data};
use super::args::{ConvertArgs, OutputArgs};
use super::exit_code::{Outcome, has_errors};
use super::output::problem_lines;
use super::read_options;
use super::requested_rows::{RequestedRows, RowsRequest, sourced_records};
use crate::files::cancel;
use crate::files::cancel::CancelToken;
use crate::files::{self, IfExists};
use crate::formats::cite;
use crate::formats::read::ReadOptions;
use crate::formats::write;
use crate::formats::write::RecordStream;
use crate::load::Input;
use crate::load::LoadProgress;
use crate::load::folders;
use crate::load::folders::ExpandedInputs;
use crate::load::pipeline;
use crate::record::{Archive, Field, Problem, SourcedRecord};
use crate::store::{RecordNumber, Store};
use crate::text::clean::clean;
use crate::userdata::archive_names::ArchiveName;

/// The formats that can hold whole archives.
const ARCHIVE_FORMATS: [write::Format; 3] =
    [write::Format::Toml, write::Format::JsonLines, write::Format::Csv];

/// One of `ARCHIVE_FORMATS`; TOML by default.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveFormat(write::Format);

impl Default for ArchiveFormat {
    fn default() -> ArchiveFormat {
        ArchiveFormat(write::Format::Toml)
    }
}

/// Converts the files, or standard input if there are none.
pub(super) fn run(arguments: ConvertArgs) -> anyhow::Result<Outcome> {
    let ConvertArgs { files, output, format, keep_duplicates, archive_args, read_args } = arguments;
    let OutputArgs { output, force } = output;
    let job = ConvertJob {
        inputs: if files.is_empty() { vec!["-".into()] } else { files },
        options: read_options::from_args(&read_args)?,
        format: resolve_format(format.as_deref(), output.as_deref())?,
        output,
        force,
        keep_duplicates,
        archive_names: ArchiveNames::load(&archive_args),
        progress: io::stderr().is_terminal(),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    run_job(&job, &mut out, &mut io::stderr().lock())
}

/// Returns the format with this name; without a name, the format that the name of the output file
/// implies, else TOML.
///
/// # Errors
/// The format cannot hold whole archives.
pub fn resolve_format(named: Option<&str>, output: Option<&Path>) -> anyhow::Result<ArchiveFormat> {
    let by_name =
        || output.and_then(|path| write::Format::from_file_name(&files::display_name(path)));
    let format = match named {
        Some(name) => write::Format::from_name(name),
        None => Some(by_name().unwrap_or(write::Format::Toml)),
    };
    match format.filter(|format| ARCHIVE_FORMATS.contains(format)) {
        Some(format) => Ok(ArchiveFormat(format)),
        None => anyhow::bail!(
            "fonds convert writes toml, jsonl and csv, not {}: other formats are for fonds export",
            named.or(format.map(write::Format::name)).unwrap_or("this")
        ),
    }
}

/// The files to convert, and where and how their records are written.
#[derive(Clone, Debug, Default)]
pub struct ConvertJob {
    /// The files to read, `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// How the files are read.
    pub options: ReadOptions,
    /// The format to write.
    pub format: ArchiveFormat,
    /// The file to write; none or `-` for standard output.
    pub output: Option<PathBuf>,
    /// Whether an existing output file may be replaced that is not one of the inputs.
    pub force: bool,
    /// Whether every copy of a record that is in several files is written, instead of one.
    pub keep_duplicates: bool,
    /// The names that the user gives to archives.
    pub archive_names: ArchiveNames,
    /// Whether the progress of reading and writing is shown on standard error.
    pub progress: bool,
}

/// Reads all inputs, writes one file, and prints problems and progress to `errors`.
///
/// The output file may be one of the inputs: records are added to it then. It is left unchanged if
/// an input has errors, because the records that could not be read would be lost.
///
/// # Errors
/// `out`, `errors` or the output file cannot be written.
pub fn run_job(
    job: &ConvertJob,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let inputs: Vec<Input> = job.inputs.iter().cloned().map(Input::Path).collect();
    let inputs = folders::expand_folders(&inputs, &job.options);
    let output = job.output.as_deref().filter(|path| !files::is_standard(path));
    let is_input = output.is_some_and(|path| inputs.inputs.iter().any(|it| it.is_file_at(path)));
    let if_exists = IfExists::from_force(job.force || is_input);
    if let Some(path) = output {
        files::check_writable(path, if_exists)?;
    }
    let (store, problems) = read_all(inputs, job, errors);
    for line in problem_lines(&problems) {
        write_clean_line(errors, &line)?;
    }
    let has_errors = has_errors(&problems);
    if store.archives().is_empty() {
        // The problems explain why each file has no records.
        return Ok(Outcome::Failure);
    }
    let mut archive_names = job.archive_names.clone();
    if archive_names.requested.is_empty() {
        archive_names.requested = ask_for_archive(&store, &archive_names, errors)?;
    }
    let request = RowsRequest {
        keep_duplicates: job.keep_duplicates,
        archive_names,
        ..RowsRequest::default()
    };
    let mut rows = RequestedRows::new(&store, &request)?;
    let archives = &*rows.archives();
    match output {
        Some(path) if has_errors && is_input => {
            let name = files::display_name(path);
            let message = format!("{name}: left unchanged, because not everything could be read");
            write_clean_line(errors, &message)?;
        }
        Some(path) => {
            let cancel_token = CancelToken::from_signals()?;
            let (total, mut written) = (rows.remaining(), 0);
            let mut records = rows.inspect(|_| {
                written += 1;
                if job.progress {
                    // A progress line that cannot be printed is no reason to stop.
                    let _ = show_write_progress(errors, written, total);
                }
            });
            let result = cancel::write_file(path, if_exists, &cancel_token, |out| {
                write(out, job.format, (store.archives(), archives), &mut records)
            });
            if job.progress {
                let _ = write!(errors, "\r\x1b[K");
            }
            result?;
        }
        None => write(out, job.format, (store.archives(), archives), &mut rows)?,
    }
    if let Some(message) = lost_archive_data(store.archives(), job.format) {
        write_clean_line(errors, &format!("fonds convert: {message}"))?;
    }
    Ok(if has_errors { Outcome::Failure } else { Outcome::Success })
}

/// Asks for the name and address of the archive of results pages that do not name it, if a person can
/// answer. An empty answer leaves them out.
fn ask_for_archive(
    store: &Store,
    names: &ArchiveNames,
    errors: &mut dyn Write,
) -> io::Result<ArchiveName> {
    let archives = names.name_archives(store);
    let is_unnamed = |archive: &Archive| *archive.identity() == *"" && archive.source.is_none();
    let is_asked = archives.iter().any(is_unnamed) && names_no_archive(store, &archives);
    if !is_asked || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(ArchiveName::default());
    }
    let title = ask("Which archive are these records from? (Enter leaves it out) ", errors)?;
    let url = title.as_ref().map(|_| ask("Its web address? (Enter leaves it out) ", errors));
    Ok(ArchiveName { title, url: url.transpose()?.flatten() })
}

/// Whether there are records, and no citation of the first ones would name their archive.
fn names_no_archive(store: &Store, archives: &[Archive]) -> bool {
    let numbers = (0..u32::try_from(store.len()).unwrap_or(u32::MAX)).map(RecordNumber);
    let mut first = sourced_records(store, numbers.take(MAX_RECORDS_LOOKED_AT)).peekable();
    first.peek().is_some()
        && first.all(|record| !cite::names_archive(archives, &record, cite::Style::default()))
}

/// Asks a question on the terminal. Returns the answer without white space around it; `None` if it is empty.
fn ask(question: &str, errors: &mut dyn Write) -> io::Result<Option<String>> {
    write!(errors, "{question}")?;
    errors.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
}

/// Reads all inputs into one store.
fn read_all(
    inputs: ExpandedInputs,
    job: &ConvertJob,
    errors: &mut dyn Write,
) -> (Store, Vec<Problem>) {
    let ExpandedInputs { inputs, mut problems } = inputs;
    let mut store = Store::default();
    pipeline::run(&inputs, &job.options, &mut |update| {
        if job.progress {
            // A progress line that cannot be printed is no reason to stop.
            let _ = show_read_progress(errors, &update.store, update.progress);
        }
        store = update.store;
        problems.extend(update.problems);
        true
    });
    (store, problems)
}

/// Prints how much is read over the previous progress line. At the end the line is erased.
fn show_read_progress(
    errors: &mut dyn Write,
    store: &Store,
    progress: Option<LoadProgress>,
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

/// The number of records that are looked at to see whether they name their archive.
const MAX_RECORDS_LOOKED_AT: usize = 4096;

/// The number of records between two progress lines.
const RECORDS_BETWEEN_UPDATES: usize = 4096;

/// Prints how many records are written over the previous progress line.
fn show_write_progress(errors: &mut dyn Write, written: usize, total: usize) -> io::Result<()> {
    if written.is_multiple_of(RECORDS_BETWEEN_UPDATES) {
        write!(errors, "\r\x1b[K{written} of {total} records written")?;
    }
    errors.flush()
}

/// Returns a message if the archives have descriptions that the format cannot hold.
fn lost_archive_data(archives: &[Archive], format: ArchiveFormat) -> Option<String> {
    let has_descriptions = !archives.iter().all(Archive::is_undescribed);
    let name = format.0.name();
    match archives.len() {
        _ if !has_descriptions => None,
        1 if format.0.holds_one_archive() => None,
        1 => Some(format!("{name} cannot hold the description of the archive")),
        many => Some(format!(
            "{name} has no place for the descriptions of {many} archives: the title of each is \
             kept as the collection of its records where they name none"
        )),
    }
}

/// Writes a line without control characters.
fn write_clean_line(errors: &mut dyn Write, line: &str) -> io::Result<()> {
    writeln!(errors, "{}", clean(line))
}

/// Writes the records. In TOML, those of one archive follow its description. Otherwise, a record gets the title
/// of its archive as its collection if there are several, and the name that the user gave as its repository.
///
/// The archives are those of the files, and the same with the names that the user gave.
fn write(
    out: &mut dyn Write,
    format: ArchiveFormat,
    (of_files, named): (&[Archive], &[Archive]),
    records: &mut dyn Iterator<Item = SourcedRecord>,
) -> io::Result<()> {
    let is_one = named.len() == 1;
    if is_one && format.0.holds_one_archive() {
        format.0.write(out, RecordStream { archives: named, records })?;
    } else {
        let records = &mut records.map(|record| {
            let record = with_archive_data(of_files, named, record);
            if is_one { record } else { with_archive_as_collection(of_files, record) }
        });
        let archives = if is_one { named } else { &[] };
        format.0.write(out, RecordStream { archives, records })?;
    }
    out.flush()
}

/// Gives a record without a collection the title of its archive as its collection.
fn with_archive_as_collection(archives: &[Archive], mut sourced: SourcedRecord) -> SourcedRecord {
    let archive = archives.get(sourced.archive.index());
    if let Some(title) = archive.and_then(|archive| archive.title.as_deref())
        && sourced.record.first(Field::Collection).is_none()
    {
        sourced.record.push(Field::Collection, title);
    }
    sourced
}
