//! `fonds export` and `fonds cite`: the records that fit a filter, in another format.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::output;
use super::requested_rows::Chosen;
use crate::files;
use crate::files::cancel;
use crate::files::cancel::Stop;
use crate::formats::cite::Style;
use crate::formats::write::{Format, Set};
use crate::record::Archive;

/// What to write, and where.
#[derive(Clone, Debug)]
pub struct Export {
    /// The format.
    pub format: Format,
    /// The file; none or `-` for standard output.
    pub output: Option<PathBuf>,
    /// Whether a file may be replaced.
    pub force: bool,
}

/// The format that was named, else the one that the name of the output says.
///
/// # Errors
/// There is no such format, or nothing says which.
pub fn format(named: Option<&str>, output: Option<&Path>) -> anyhow::Result<Format> {
    let known = || Format::all().map(Format::name).collect::<Vec<_>>().join(", ");
    if let Some(name) = named {
        return Format::from_name(name).ok_or_else(|| {
            anyhow::anyhow!("there is no format {name:?} to write: take one of {}", known())
        });
    }
    let file = output.map(files::name).unwrap_or_default();
    Format::of_file(&file).ok_or_else(|| {
        anyhow::anyhow!("which format is to be written? --format takes one of {}", known())
    })
}

/// The style with a name.
///
/// # Errors
/// There is no such style.
pub fn style(name: &str) -> anyhow::Result<Style> {
    let known = || Style::all().map(Style::name).collect::<Vec<_>>().join(", ");
    Style::from_name(name).ok_or_else(|| {
        anyhow::anyhow!("there is no style {name:?}: --style takes one of {}", known())
    })
}

impl Export {
    /// Refuses before anything is read what would be refused afterwards.
    ///
    /// # Errors
    /// The output exists and may not be replaced, or there is no folder for it.
    pub fn check(&self) -> anyhow::Result<()> {
        match self.file() {
            Some(path) => Ok(files::may_write(path, self.force)?),
            None => Ok(()),
        }
    }

    /// The file that is written, unless it is standard output.
    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !files::is_standard(path))
    }

    /// Whether it is a file that is written.
    pub fn is_into_file(&self) -> bool {
        self.file().is_some()
    }

    /// Writes the records, and tells how many before each next one. No file is written where there is
    /// none of them, nor where it is stopped.
    ///
    /// # Errors
    /// The records come from more archives than the format holds, it is stopped, or the output cannot
    /// be written.
    pub fn run(
        &self,
        chosen: &mut Chosen<'_>,
        stop: &Stop,
        told: &mut dyn FnMut(usize),
    ) -> anyhow::Result<()> {
        let archives = chosen.archives();
        fits(self.format, archives)?;
        if chosen.left() == 0 && self.is_into_file() {
            return Ok(());
        }
        let records = &mut (0..).zip(chosen).map(|(written, placed)| {
            told(written);
            placed
        });
        let write = |out: &mut dyn Write| self.format.write(out, Set { archives, records });
        match self.file() {
            Some(path) => cancel::write(path, self.force, stop, write),
            None => output::standard(write),
        }
    }
}

/// Refuses records of more archives than a format holds.
///
/// # Errors
/// These are more.
pub fn fits(format: Format, archives: &[Archive]) -> anyhow::Result<()> {
    if format.holds_one_archive() && archives.len() > 1 {
        anyhow::bail!(
            "these files come from {} archives, and {} holds one: export each on its own",
            archives.len(),
            format.name()
        );
    }
    Ok(())
}

/// Prints a citation for each record.
///
/// # Errors
/// The output cannot be written.
pub fn cite(style: Style, chosen: &mut Chosen<'_>) -> anyhow::Result<()> {
    let archives = chosen.archives();
    output::standard(|out| style.write(out, Set { archives, records: chosen }))
}
