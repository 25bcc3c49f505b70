//! `fonds convert`: converts files into one archive file in TOML, JSON Lines or CSV.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::archive_names::{ArchiveNames, NamedArchives, is_same_title};
use super::args::{ConvertArgs, OutputArgs};
use super::engine;
use super::exit_code::{Outcome, has_errors};
use super::output::{eprint_line, problem_lines, standard_error, standard_output};
use super::progress_line;
use super::read_options;
use super::requested_rows::{RequestedRows, RowsRequest};
use crate::files::cancel;
use crate::files::cancel::CancelToken;
use crate::files::waiting::Unfinished;
use crate::files::{self, IfExists};
use crate::formats::cite;
use crate::formats::read::ReadOptions;
use crate::formats::write;
use crate::formats::write::RecordStream;
use crate::load::Input;
use crate::load::folders;
use crate::load::folders::ExpandedInputs;
use crate::load::pipeline;
use crate::query::{Backend, LoadProgress, Query, SearchRequest, Target};
use crate::record::{Archive, ArchiveId, ArchiveName, Field, Problem, Provenance, SourcedRecord};
use crate::store::{Store, StoreBackend};
use crate::text::clean::clean;

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
    engine::refuse("convert", &files)?;
    let OutputArgs { output, force } = output;
    let job = ConvertJob {
        inputs: if files.is_empty() { vec!["-".into()] } else { files },
        pasted: None,
        options: read_options::from_args(&read_args)?,
        format: resolve_format(format.as_deref(), output.as_deref())?,
        output,
        force,
        keep_duplicates,
        archive_names: ArchiveNames::load(&archive_args),
        progress: progress_line::can_show(),
    };
    let mut out = standard_output();
    let outcome = run_job(&job, &mut out, &mut standard_error())?;
    out.flush()?;
    Ok(outcome)
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
    /// The copied text. It is read after the files.
    pub pasted: Option<Input>,
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
    let files = job.inputs.iter().cloned().map(Input::Path);
    let inputs: Vec<Input> = files.chain(job.pasted.clone()).collect();
    let inputs = folders::expand_folders(&inputs, &job.options);
    let output = job.output.as_deref().filter(|path| !files::is_standard(path));
    let is_input = output.is_some_and(|path| inputs.inputs.iter().any(|it| it.is_file_at(path)));
    let if_exists = IfExists::from_force(job.force || is_input);
    if let Some(path) = output {
        files::check_writable(path, if_exists)?;
    }
    let (cancel_token, unfinished) = begin_output(output)?;
    let (store, problems) = read_all(inputs, job, errors);
    for line in problem_lines(&problems) {
        write_clean_line(errors, &line)?;
    }
    let has_errors = has_errors(&problems);
    if store.archives().is_empty() {
        // The problems explain why each file has no records.
        return Ok(Outcome::Failure);
    }
    let backend = StoreBackend::new(store);
    let mut archive_names = job.archive_names.clone();
    if archive_names.requested.is_empty() {
        ask_for_archives(&backend, job.format, &mut archive_names, errors)?;
    }
    let all = SearchRequest {
        keep_duplicates: job.keep_duplicates,
        ..SearchRequest::for_rows(Query::default())
    };
    let request = RowsRequest { selection: all.into(), archive_names, ..RowsRequest::default() };
    let mut rows = RequestedRows::new(&backend, &request)?;
    let named = &*rows.named_archives();
    match output {
        Some(path) if has_errors && is_input => {
            let name = files::display_name(path);
            let message = format!("{name}: left unchanged, because not everything could be read");
            write_clean_line(errors, &message)?;
        }
        Some(path) => {
            let (total, mut written) = (rows.remaining(), 0);
            let mut records = rows.inspect(|_| {
                written += 1;
                if job.progress {
                    // A progress line that cannot be printed is no reason to stop.
                    let _ = show_write_progress(errors, written, total);
                }
            });
            let result = cancel::write_file(path, if_exists, &cancel_token, |out| {
                write(out, job.format, named, &mut records)
            });
            if job.progress {
                let _ = write!(errors, "\r\x1b[K");
            }
            drop(unfinished);
            result?;
        }
        None => write(out, job.format, named, &mut rows)?,
    }
    if !(has_errors && is_input) {
        report_losses(named, job.format, errors)?;
    }
    Ok(if has_errors { Outcome::Failure } else { Outcome::Success })
}

/// Returns a token that signals cancel if a file is written, and notes that the output is not written yet. When writing
/// to standard output, a signal ends the program: no file is left over.
fn begin_output(output: Option<&Path>) -> io::Result<(CancelToken, Unfinished)> {
    // A signal may come as soon as it can be handled.
    let unfinished = output.map_or_else(cancel::begin_standard_output, cancel::begin_file);
    let cancel_token = if output.is_some() {
        CancelToken::from_signals(eprint_line)?
    } else {
        CancelToken::reporting_signals(eprint_line)?
    };
    Ok((cancel_token, unfinished))
}

/// Prints what the format does not keep of the archives, and what the user should know about their names.
fn report_losses(
    named: &NamedArchives,
    format: ArchiveFormat,
    errors: &mut dyn Write,
) -> io::Result<()> {
    let is_address_lost = !format.0.holds_one_archive() || only_described(named).is_none();
    let lost_address = named.lost_address_message(format.0.name()).filter(|_| is_address_lost);
    let lost = lost_archive_data(named, format).into_iter().chain(lost_address);
    for message in lost.chain(named.messages.iter().cloned()) {
        write_clean_line(errors, &format!("fonds convert: {message}"))?;
    }
    Ok(())
}

/// Asks for the name of each archive that neither its files nor its records name, if a person can answer,
/// and for its address if the format keeps that. An empty answer leaves them out.
fn ask_for_archives(
    backend: &dyn Backend,
    format: ArchiveFormat,
    archive_names: &mut ArchiveNames,
    errors: &mut dyn Write,
) -> io::Result<()> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(());
    }
    let named = archive_names.name_archives(backend);
    let keeps_address = format.0.holds_one_archive() && named.archives.len() == 1;
    for files in unnamed_files(backend, &named)? {
        let question = match (named.archives.len(), files.as_slice()) {
            (1, _) | (_, []) => "Which archive are these records from?".to_owned(),
            (_, [file]) => format!("Which archive is {file} from?"),
            (_, [first, rest @ ..]) => {
                format!("Which archive are {first} and {} more files from?", rest.len())
            }
        };
        let title = ask(&format!("{} (an empty line leaves it out) ", clean(&question)), errors)?;
        if title.is_none() {
            continue;
        }
        let url = if keeps_address { ask_for_address(errors)? } else { None };
        for file in files {
            archive_names
                .given
                .insert(file, ArchiveName { title: title.clone(), url: url.clone() });
        }
    }
    Ok(())
}

/// Asks for a web address, again until it is one. Returns `None` if the answer is empty.
fn ask_for_address(errors: &mut dyn Write) -> io::Result<Option<String>> {
    loop {
        let Some(answer) = ask("Its web address? (an empty line leaves it out) ", errors)? else {
            return Ok(None);
        };
        match ArchiveName::parse_address(&answer) {
            Ok(address) => return Ok(Some(address)),
            Err(error) => writeln!(errors, "{error}")?,
        }
    }
}

/// Returns the files of each archive without a name. An archive has one if it describes itself, or if the
/// citation of one of the first records names who keeps it.
fn unnamed_files(backend: &dyn Backend, named: &NamedArchives) -> io::Result<Vec<Vec<String>>> {
    let request = SearchRequest::new(Query::default(), Target::Row(0), MAX_RECORDS_LOOKED_AT);
    let rows = backend.search(&request, &|| false).map_err(io::Error::other)?.rows;
    let mut first: BTreeMap<ArchiveId, Provenance> = BTreeMap::new();
    let mut with_name: BTreeSet<ArchiveId> = BTreeSet::new();
    for row in rows {
        let provenance = row.provenance;
        let record = named.with_archive(row);
        first.entry(record.archive).or_insert(provenance);
        if cite::names_archive(&named.archives, &record, cite::Style::default()) {
            with_name.insert(record.archive);
        }
    }
    let is_unnamed = |id: &ArchiveId| {
        let archive = named.archives.get(id.index());
        archive.is_some_and(|it| it.identity().is_empty() && it.source.is_none())
            && !with_name.contains(id)
    };
    let unnamed = first.iter().filter(|(id, _)| is_unnamed(id));
    Ok(unnamed.map(|(_, provenance)| named.name_and_files(backend, *provenance).1).collect())
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
    let ExpandedInputs { inputs, mut problems, options } = inputs;
    let mut store = Store::default();
    pipeline::run(&inputs, &options, &mut |update| {
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

/// Returns the archive to describe in a format that holds one: the only one, or the only one with a name.
/// Pages that name no archive are added to it, and pages that the user gave its name. `None` if there are
/// several.
fn only_described(named: &NamedArchives) -> Option<usize> {
    if named.archives.len() == 1 {
        return Some(0);
    }
    let is_named = |archive: &Archive| !archive.identity().is_empty() || archive.source.is_some();
    let described = || (0..).zip(named.archives.iter()).filter(|(_, it)| is_named(it));
    let names_itself =
        |id: usize| named.of_files.get(id).is_some_and(|archive| !archive.identity().is_empty());
    let mut in_order = described().filter(|(id, _)| names_itself(*id)).chain(described());
    let (only, archive) = in_order.next()?;
    let has_its_name = |id: usize, other: &Archive| {
        id == only
            || !names_itself(id)
                && names_itself(only)
                && matches!((&archive.title, &other.title), (Some(one), Some(other)) if is_same_title(one, other))
    };
    described().all(|(id, other)| has_its_name(id, other)).then_some(only)
}

/// Returns a message if the archives have descriptions that the format cannot hold.
fn lost_archive_data(named: &NamedArchives, format: ArchiveFormat) -> Option<String> {
    let archives = &*named.of_files;
    let holds_one = format.0.holds_one_archive();
    if holds_one && only_described(named).is_some() {
        return None;
    }
    let has_descriptions = !archives.iter().all(Archive::is_undescribed);
    let name = format.0.name();
    match archives.len() {
        _ if !has_descriptions => None,
        1 => Some(format!("{name} cannot hold the description of the archive")),
        many if archives.iter().all(|it| it.identity().is_empty()) => Some(format!(
            "{name} has no place for what the files say of {many} archives, such as how many records they have"
        )),
        many => {
            let has_address = archives.iter().any(|archive| archive.url.is_some());
            let addresses = if has_address { "; their addresses are left out" } else { "" };
            Some(format!(
                "{name} has no place for the descriptions of {many} archives: the title of each is \
                 kept as the repository of its records, or as the collection of those that name theirs{addresses}"
            ))
        }
    }
}

/// Writes a line without control characters.
fn write_clean_line(errors: &mut dyn Write, line: &str) -> io::Result<()> {
    writeln!(errors, "{}", clean(line))
}

/// Writes the records. In TOML, those of one archive follow its description. Otherwise, a record gets the title
/// of its archive if there are several, and the name that the user gave as its repository.
fn write(
    out: &mut dyn Write,
    format: ArchiveFormat,
    named: &NamedArchives,
    records: &mut dyn Iterator<Item = SourcedRecord>,
) -> io::Result<()> {
    let described = only_described(named).filter(|_| format.0.holds_one_archive());
    if let Some(archive) = described.and_then(|only| named.archives.get(only)) {
        format.0.write(out, RecordStream { archives: std::slice::from_ref(archive), records })?;
    } else {
        let is_one = named.archives.len() == 1;
        let records = &mut records.map(|record| {
            let record = named.with_archive_data(record);
            if is_one { record } else { with_title_of_archive(&named.of_files, record) }
        });
        let archives = if is_one { &*named.archives } else { &[] };
        format.0.write(out, RecordStream { archives, records })?;
    }
    out.flush()
}

/// Gives a record the names of its archive, so that it is cited as before: as its repository the institution that
/// the archive is from, else the title, and the title of a finding aid as its collection. What the record names
/// itself stays.
fn with_title_of_archive(archives: &[Archive], mut sourced: SourcedRecord) -> SourcedRecord {
    let Some(archive) = archives.get(sourced.archive.index()) else { return sourced };
    let record = &mut sourced.record;
    let source = archive.source.as_deref().filter(|source| !source.contains("://"));
    if let Some(source) = source.filter(|_| record.first(Field::Repository).is_none()) {
        record.push(Field::Repository, source);
    }
    let Some(title) = archive.title.as_deref() else { return sourced };
    let is_collection = archive.ead_id().is_some()
        || record.first(Field::Repository).is_some()
        || record.all(Field::Collection).any(|name| name == title);
    if !is_collection {
        record.push(Field::Repository, title);
    } else if record.first(Field::Collection).is_none() {
        record.push(Field::Collection, title);
    }
    sourced
}
