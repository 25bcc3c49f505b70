//! `fonds mapping save`: keeps what the user said about the names of a file, for files with the same names.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{MappingCommand, MappingSaveArgs, ReadArgs};
use super::engine;
use super::exit_code::{Outcome, has_errors};
use super::{output, read_options};
use crate::files::{self, FileError, FileErrorKind, IfExists, Privacy};
use crate::formats::read::{
    MAPPING_ENDING, NameMapping, PageStart, RecordPart, SavedMapping, Sink,
};
use crate::load::read_file::{self, ReadMonitor};
use crate::record::{Problem, Record};
use crate::userdata::mappings_folder::mappings_folder;

/// Runs the command.
pub(super) fn run(command: MappingCommand) -> anyhow::Result<Outcome> {
    match command {
        MappingCommand::Save(arguments) => save(&arguments),
    }
}

/// Reads the names of a file, and writes the mapping.
fn save(arguments: &MappingSaveArgs) -> anyhow::Result<Outcome> {
    let MappingSaveArgs { file, user, force, records, input_columns } = arguments;
    engine::refuse("mapping save", [file])?;
    if records.is_none() && input_columns.is_empty() {
        anyhow::bail!(
            "there is nothing to save: say which list holds the records with --records, or which names hold \
             which fields with --input-columns, as in `fonds mapping save letters.json --input-columns \
             title=kop,date=wanneer`"
        );
    }
    let read_args = ReadArgs {
        records: records.clone(),
        input_columns: input_columns.clone(),
        ..ReadArgs::default()
    };
    let options = read_options::from_args(&read_args)?;
    let target = target(file, *user)?;
    files::check_writable(&target, IfExists::from_force(*force))
        .map_err(|error| refusal(&error, *user))?;
    let mut collector = NameCollector::default();
    read_file::read_path(file, &options, &ReadMonitor::default(), &mut collector);
    if has_errors(&collector.problems) {
        output::eprint_problems(&collector.problems);
        return Ok(Outcome::Failure);
    }
    let Some(names) = collector.names else {
        anyhow::bail!(
            "{}: this format has its own names, which no mapping changes: a mapping is for tables, and for \
             JSON and XML that fonds does not know by name",
            files::display_name(file)
        );
    };
    let mapping = SavedMapping {
        keys: names.names.into_iter().map(|name| name.name).collect(),
        records: options.records,
        columns: options.columns,
        ..SavedMapping::default()
    };
    let text = mapping.to_toml();
    files::write_atomically(
        &target,
        IfExists::from_force(*force),
        Privacy::Shared,
        |out: &mut dyn Write| out.write_all(text.as_bytes()),
    )
    .map_err(|error| refusal(&error, *user))?;
    output::write_stdout(|out| {
        writeln!(out, "saved in {}: files with the same names open with it", target.display())
    })?;
    Ok(Outcome::Success)
}

/// Returns why the mapping was not written, with the way out.
fn refusal(error: &FileError, is_for_user: bool) -> anyhow::Error {
    let way_out = match &error.kind {
        FileErrorKind::FolderReadOnly(folder) if !is_for_user => {
            format!(
                "the folder {} may not be written to: save it with your settings, with --user",
                folder.display()
            )
        }
        kind => kind.to_string(),
    };
    anyhow::anyhow!("the mapping was not saved: {}: {way_out}", error.file)
}

/// Returns the file to write: beside the data, or in the folder of the settings.
fn target(file: &Path, is_for_user: bool) -> anyhow::Result<PathBuf> {
    let stem = file.file_stem().filter(|_| !files::is_standard(file));
    let name = stem.map_or("input".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let name = format!("{name}{MAPPING_ENDING}");
    if is_for_user {
        let folder = mappings_folder()
            .ok_or_else(|| anyhow::anyhow!("there is no home folder to save the mapping in"))?;
        std::fs::create_dir_all(&folder)
            .map_err(|error| anyhow::anyhow!("{}: {error}", folder.display()))?;
        return Ok(folder.join(name));
    }
    if files::is_standard(file) {
        anyhow::bail!("standard input is in no folder: save the mapping for all files with --user");
    }
    Ok(file.with_file_name(name))
}

/// A sink that keeps the names and the problems of a file.
#[derive(Default)]
struct NameCollector {
    names: Option<NameMapping>,
    problems: Vec<Problem>,
}

impl Sink for NameCollector {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, _: Record) {}

    fn add_part(&mut self, _: RecordPart) {}

    fn report(&mut self, problem: Problem) {
        // Doubts about single records have nothing to do with the names.
        if problem.is_error() {
            self.problems.push(problem);
        }
    }

    fn describe_names(&mut self, names: NameMapping) {
        self.names.get_or_insert(names);
    }
}
