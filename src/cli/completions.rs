//! `fonds completions`: the completion script for a shell.

use clap_complete::Shell;

use super::args;
use super::exit_code::Outcome;
use super::output;

/// Prints the completion script for a shell.
pub(super) fn run(shell: Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    args::write_completions(shell, &mut script);
    output::write_stdout(|out| out.write_all(&script))?;
    Ok(Outcome::Success)
}
