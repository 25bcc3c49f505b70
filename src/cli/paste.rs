//! `fonds paste`: opens what was copied in the browser, or adds it to an archive file.

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use anyhow::bail;

use super::archive_names::ArchiveNames;
use super::args::{MarksArgs, PasteArgs, QueryArgs, RecordArgs};
use super::convert::{ConvertJob, resolve_format, run_job};
use super::exit_code::Outcome;
use super::output::{eprint_line, standard_error, standard_output};
use super::{list, read_options};
use crate::files;
use crate::formats::read::Format;
use crate::load::Input;
use crate::tui::runtime::clipboard;
use crate::tui::runtime::{launch, terminal_kind};

/// The name of what was copied, in messages.
const CLIPBOARD: &str = "clipboard";

/// The number of bytes by which an archive file is recognised.
const DETECTION_BYTES: u64 = 16 * 1024;

/// Reads the clipboard, and opens it or adds it to a file.
pub(super) fn run(arguments: PasteArgs) -> anyhow::Result<Outcome> {
    let PasteArgs { add, read_args, archive_args, screen } = arguments;
    if let Some(file) = &add {
        check_is_archive_file(file)?;
    }
    let pasted = Input::Text { name: CLIPBOARD.to_owned(), text: clipboard::read_page()?.into() };
    if let Some(file) = add {
        let options = read_options::from_args(&read_args)?;
        return add_to_file(&file, pasted, options, ArchiveNames::load(&archive_args));
    }
    let query = QueryArgs { pasted: Some(pasted), read_args, archive_args, ..QueryArgs::default() };
    if io::stdout().is_terminal() && terminal_kind::shows_screens() {
        return launch::open(&query, &screen);
    }
    let marks_args = MarksArgs { marks: screen.marks, ..MarksArgs::default() };
    list::run(&RecordArgs { query, start_at: None, limit: None, marks_args }, &[], false)
}

/// Adds the records of the clipboard to an archive file. The file is replaced as a whole, once everything
/// could be read.
fn add_to_file(
    file: &Path,
    pasted: Input,
    options: crate::formats::read::ReadOptions,
    archive_names: ArchiveNames,
) -> anyhow::Result<Outcome> {
    let job = ConvertJob {
        inputs: if file.exists() { vec![file.to_owned()] } else { Vec::new() },
        pasted: Some(pasted),
        options,
        format: resolve_format(Some("toml"), None)?,
        output: Some(file.to_owned()),
        archive_names,
        ..ConvertJob::default()
    };
    let outcome = run_job(&job, &mut standard_output(), &mut standard_error())?;
    if matches!(outcome, Outcome::Success) {
        eprint_line(&format!("{} has the records of the clipboard now", files::display_name(file)));
    }
    Ok(outcome)
}

/// Checks that records can be added to a file: it is an archive file of fonds, or does not exist.
fn check_is_archive_file(path: &Path) -> anyhow::Result<()> {
    let name = files::display_name(path);
    if !path.exists() {
        if Format::from_file_name(&name) == Some(Format::Toml) {
            return Ok(());
        }
        bail!("{name}: records are added to an archive file, whose name ends in .toml");
    }
    let mut start = Vec::new();
    let is_archive = path.is_file() && {
        files::open(path)?.take(DETECTION_BYTES).read_to_end(&mut start)?;
        Format::detect(&start) == Some(Format::Toml)
    };
    if !is_archive {
        bail!(
            "{name} is not an archive file of fonds, so nothing is added to it: name a new file such as letters.toml, or \
             make an archive file with fonds convert"
        );
    }
    Ok(())
}
