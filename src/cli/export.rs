//! `fonds export`: writes the records that match a filter in another format.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{OutputArgs, RecordArgs};
use super::exit_code::Outcome;
use super::nearest::did_you_mean;
use super::output::{eprint_line, write_stdout};
use super::progress_line::ProgressLine;
use super::requested_rows::{RequestedRows, with_requested_rows};
use crate::files::cancel;
use crate::files::cancel::CancelToken;
use crate::files::{self, IfExists};
use crate::formats::write::{Format, RecordStream, has_controls};
use crate::record::Archive;

/// Writes the requested records in another format.
pub(super) fn run(
    records: &RecordArgs,
    format: Option<&str>,
    output: OutputArgs,
) -> anyhow::Result<Outcome> {
    let OutputArgs { output, force } = output;
    let format = resolve_format(format, output.as_deref())?;
    let job = ExportJob { format, output, force };
    job.check()?;
    let is_address_given = records.query.archive_args.archive_url.is_some();
    let into_file = job.writes_file();
    // A signal may come as soon as it can be handled.
    let unfinished = job.file().map_or_else(cancel::begin_standard_output, cancel::begin_file);
    let cancel_token = if into_file {
        CancelToken::from_signals(eprint_line)?
    } else {
        CancelToken::reporting_signals(eprint_line)?
    };
    with_requested_rows(records, |rows| {
        let mut progress = ProgressLine::new(rows.remaining(), into_file);
        let with_signs = job.run(rows, &cancel_token, &mut |count| progress.update(count))?;
        drop((progress, unfinished));
        if let Some(message) = signs_message(with_signs) {
            eprint_line(&format!("fonds: {message}"));
        }
        if is_address_given
            && format != Format::Toml
            && let Some(message) = rows.named_archives().lost_address_message(format.name())
        {
            eprint_line(&format!("fonds: {message}"));
        }
        Ok(())
    })
}

/// The format of an export and its output file.
#[derive(Clone, Debug)]
pub struct ExportJob {
    /// The format.
    pub format: Format,
    /// The file to write; none or `-` for standard output.
    pub output: Option<PathBuf>,
    /// Whether an existing file may be replaced.
    pub force: bool,
}

/// Returns the format with this name; without a name, the format that the name of the output file
/// implies.
///
/// # Errors
/// There is no such format, or neither a name nor the output file decides the format.
pub fn resolve_format(named: Option<&str>, output: Option<&Path>) -> anyhow::Result<Format> {
    let known = || Format::all().map(Format::name).collect::<Vec<_>>().join(", ");
    if let Some(name) = named {
        return Format::from_name(name).ok_or_else(|| {
            let meant = did_you_mean(name, Format::all().map(Format::name));
            anyhow::anyhow!("there is no format {name:?} to write{meant}: take one of {}", known())
        });
    }
    let file = output.map(files::display_name).unwrap_or_default();
    Format::from_file_name(&file)
        .ok_or_else(|| anyhow::anyhow!("no format is given: --format takes one of {}", known()))
}

impl ExportJob {
    /// Checks the output file before anything is read, so that a mistake is reported early.
    ///
    /// # Errors
    /// The file exists and may not be replaced, or its folder does not exist.
    pub fn check(&self) -> anyhow::Result<()> {
        match self.file() {
            Some(path) => Ok(files::check_writable(path, IfExists::from_force(self.force))?),
            None => Ok(()),
        }
    }

    /// Returns the output file, or nothing for standard output.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !files::is_standard(path))
    }

    /// Whether the output is a file, not standard output.
    pub fn writes_file(&self) -> bool {
        self.file().is_some()
    }

    /// Writes the records. Before each record, `on_progress` receives the number written so far. Returns
    /// how many records have signs for control characters: see [`signs_message`].
    ///
    /// No file is written if there are no records, or if the export is cancelled.
    ///
    /// # Errors
    /// The records come from more archives than the format can hold, the export is cancelled, or
    /// the output cannot be written.
    pub fn run(
        &self,
        rows: &mut RequestedRows<'_>,
        cancel_token: &CancelToken,
        on_progress: &mut dyn FnMut(usize),
    ) -> anyhow::Result<usize> {
        let named = rows.named_archives();
        let archives = &*named.archives;
        check_archive_count(self.format, archives)?;
        if rows.remaining() == 0 && self.writes_file() {
            return Ok(0);
        }
        let holds_archive_names = holds_archive_names(self.format);
        let mut with_signs = 0;
        let write = |out: &mut dyn Write| {
            let records = &mut (0..).zip(&mut *rows).map(|(written, record)| {
                on_progress(written);
                if !self.format.holds_controls() && has_controls(&record.record) {
                    with_signs += 1;
                }
                if holds_archive_names { record } else { named.with_archive_data(record) }
            });
            self.format.write(out, RecordStream { archives, records })?;
            rows.check_complete()
        };
        match self.file() {
            Some(path) => {
                cancel::write_file(path, IfExists::from_force(self.force), cancel_token, write)?;
            }
            None => write_stdout(write)?,
        }
        Ok(with_signs)
    }
}

/// Whether a format names archives itself. In others each record names the one that the user gave.
pub(crate) fn holds_archive_names(format: Format) -> bool {
    !matches!(
        format,
        Format::JsonLines | Format::Csv | Format::Markdown | Format::Text | Format::Html
    )
}

/// Returns what the user should know about an export with signs for control characters; `None` if there are
/// none.
pub fn signs_message(records: usize) -> Option<String> {
    let records = match records {
        0 => return None,
        1 => "1 record has".to_owned(),
        count => format!("{count} records have"),
    };
    let advice = "signs such as ␀ stand for them, jsonl and toml keep them";
    Some(format!("{records} control characters, which this format cannot hold: {advice}"))
}

/// Checks whether a format can hold the records of these archives.
///
/// # Errors
/// There are several archives, and the format holds one.
pub fn check_archive_count(format: Format, archives: &[Archive]) -> anyhow::Result<()> {
    if format.holds_one_archive() && archives.len() > 1 {
        anyhow::bail!(
            "these files come from {} archives, and {} holds one: export each on its own",
            archives.len(),
            format.name()
        );
    }
    Ok(())
}
