//! What is generated from the definition of the command line: completions and manual pages.

use std::io::{self, Write};

use clap_complete::Shell;

use super::definition;

/// Writes the completion script for a shell.
pub fn write_completions(shell: Shell, out: &mut dyn Write) {
    clap_complete::generate(shell, &mut definition(), "fonds", &mut &mut *out);
}

/// Returns the manual pages, each with its file name: the program's first, then one per subcommand.
///
/// # Errors
/// A page could not be rendered.
pub fn manual_pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut program = definition();
    program.build();
    let subcommands = program.get_subcommands().filter(|command| command.get_name() != "help");
    let subcommands = subcommands.cloned().map(|command| {
        let name = format!("fonds-{}", command.get_name());
        (format!("{name}.1"), command.display_name(&name).bin_name(name.replace('-', " ")))
    });
    let pages = std::iter::once(("fonds.1".to_owned(), program.clone())).chain(subcommands);
    pages
        .map(|(name, command)| {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            Ok((name, page))
        })
        .collect()
}
