//! `fonds pick`: the user picks records on the screen, and they are printed.

use std::io::Write;

use super::archive_names::ArchiveNames;
use super::args::{QueryArgs, ScreenArgs};
use super::exit_code::Outcome;
use super::export;
use super::list;
use super::output::{eprint_line, standard_output};
use crate::formats::write::{Format, RecordStream};
use crate::query::{Backend, Row};
use crate::tui::runtime::{launch, terminal_kind};

/// How picked records are printed.
#[derive(Clone, Copy)]
pub(crate) struct PickOutput {
    /// The format; without one, one line per record.
    format: Option<Format>,
}

impl PickOutput {
    /// Prints the records of these rows in this order. Without any, says so.
    pub(crate) fn print(
        self,
        backend: &dyn Backend,
        rows: Vec<Row>,
        archive_names: &ArchiveNames,
    ) -> anyhow::Result<Outcome> {
        if rows.is_empty() {
            eprint_line("fonds: nothing is taken: no record was shown and none selected");
            return Ok(Outcome::Negative);
        }
        let mut output = standard_output();
        match self.format {
            Some(format) => {
                let named = archive_names.name_archives(backend);
                let archives = &*named.archives;
                export::check_archive_count(format, archives)?;
                let holds_archive_names = export::holds_archive_names(format);
                let records = &mut rows.into_iter().map(|row| {
                    let record = named.with_archive(row);
                    if holds_archive_names { record } else { named.with_archive_data(record) }
                });
                format.write(&mut output, RecordStream { archives, records })?;
            }
            None => list::write_tabs(&rows, &mut output)?,
        }
        output.flush()?;
        Ok(Outcome::Success)
    }
}

/// Opens the screen and prints the records that the user picks.
pub(super) fn run(
    query: &QueryArgs,
    screen: &ScreenArgs,
    format: Option<&str>,
) -> anyhow::Result<Outcome> {
    if !terminal_kind::shows_screens() {
        anyhow::bail!(
            "records cannot be picked here: this terminal (TERM) only shows lines; fonds list prints them"
        );
    }
    let format = format.map(|name| export::resolve_format(Some(name), None)).transpose()?;
    launch::pick(query, screen, PickOutput { format })
}
