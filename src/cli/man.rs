//! `fonds man`: the manual page on standard output, or a page for each command in a folder.

use std::io::{self, Write};
use std::path::Path;

use super::args;
use super::exit_code::Outcome;
use super::output;
use crate::files::{self, IfExists, Privacy};

/// Prints the manual page of the program, or writes all pages into a folder.
///
/// Existing pages in the folder are replaced.
///
/// # Errors
/// A page cannot be written.
pub fn run(folder: Option<&Path>) -> anyhow::Result<Outcome> {
    let pages = args::manual_pages()?;
    let Some(folder) = folder else {
        let page = pages.first().map(|(_, page)| page.as_slice()).unwrap_or_default();
        output::write_stdout(|out| out.write_all(page))?;
        return Ok(Outcome::Success);
    };
    for (name, page) in &pages {
        let write = |out: &mut dyn Write| -> io::Result<()> { out.write_all(page) };
        files::write_atomically(&folder.join(name), IfExists::Replace, Privacy::Shared, write)?;
    }
    Ok(Outcome::Success)
}
