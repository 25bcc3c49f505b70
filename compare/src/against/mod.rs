//! Compares the program of the working tree with the program of another revision of this repository.
//!
//! The library interface differs between revisions, so both are measured as whole programs: each command
//! starts a process, loads the archive and prints. Loading hides the time of a query there, so that the builds of this
//! package in both revisions measure the standard queries, too. Both run alternately, so that other load
//! on the machine affects both. Start reading at [`run`].

mod build;
mod commands;
mod process;
mod queries;
mod report;
mod spread;

use crate::archives;
use commands::{COMMANDS, Comparison};

/// The number of times that each program runs each command.
const REPETITIONS: usize = 9;

/// Builds both programs, measures all commands over an archive of `records` records, and prints the report.
/// A command that one of the programs does not support is reported as missing.
///
/// # Errors
/// A program cannot be built, or the archive cannot be generated.
pub fn run(revision: &str, records: usize) -> anyhow::Result<()> {
    let other = build::revision(revision)?;
    let this = build::working_tree()?;
    let archive = archives::archive(records)?;
    let machine = crate::machine::description();
    let home = build::empty_home()?;
    let mut comparisons = Vec::new();
    for command in &COMMANDS {
        eprintln!("{} ...", command.name());
        let processes = process::Environment { archive: &archive, home: &home };
        comparisons.push(Comparison::measure(command, &this, &other, &processes, REPETITIONS));
    }
    eprintln!("queries ...");
    let queries = queries::measure(&this, &other, &archive);
    report::print(&other, records, &machine, &comparisons, &queries);
    Ok(())
}
