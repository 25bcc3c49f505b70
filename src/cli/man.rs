//! `fonds man`: the manual page on standard output, or a page a command in a folder.

use std::io::{self, Write};
use std::path::Path;

use super::args;
use super::output;
use crate::files;

/// Writes the pages. Older ones of the same names are replaced.
///
/// # Errors
/// A page cannot be written.
pub fn run(folder: Option<&Path>) -> anyhow::Result<()> {
    let pages = args::manual()?;
    let Some(folder) = folder else {
        let page = pages.first().map(|(_, page)| page.as_slice()).unwrap_or_default();
        return output::standard(|out| out.write_all(page));
    };
    for (name, page) in &pages {
        let write = |out: &mut dyn Write| -> io::Result<()> { out.write_all(page) };
        files::write_atomically(&folder.join(name), true, write)?;
    }
    Ok(())
}
