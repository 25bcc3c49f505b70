//! Compares fonds with similar programs, or with another revision of itself: the same records, the same
//! queries, one machine, one run.
//!
//! The report is Markdown. The archive is generated, so that everyone measures the same records. Each
//! loading runs in its own process, so that each has its own peak memory. Peers that are programs must be
//! installed; the report names those that are missing:
//!
//! - fzf, from the system's packages: `apt-get install fzf`
//! - skim: `cargo install skim`
//!
//! The other peers are crates, in the versions of the lock file.
//!
//! With `--against REVISION` the program is compared with an older build of itself; see [`against`].

mod against;
mod archives;
mod child;
mod comparison;
mod document;
mod engines;
mod finders;
mod machine;
mod memory;
mod programs;
mod report;
mod session;
mod standard_queries;
mod table;
mod target_checks;
mod targets;
mod timing;

use clap::Parser;

use child::Task;
use comparison::Comparison;

/// Compares fonds with similar programs, or with another revision of itself.
#[derive(Debug, Parser)]
#[command(about, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Measure a hundred thousand records instead of a million
    #[arg(long, conflicts_with = "large")]
    quick: bool,
    /// Measure five million records too, in the table of growth
    #[arg(long, conflicts_with = "against")]
    large: bool,
    /// Compare with another revision of this repository (a branch, tag or commit), or with an executable of fonds,
    /// instead of with peers
    ///
    /// Builds the programs of the revision once, in target/against, and that of the working tree. Both run
    /// count, list, check, facets and timeline alternately, nine times each, and the standard queries apart from
    /// loading. Prints medians, ranges and ratios of time and peak memory, and which figures are worse. Queries are
    /// compared with an executable only if that of this package stands beside it.
    #[arg(long, value_name = "REVISION")]
    against: Option<String>,
    /// The task of a child process.
    #[command(subcommand)]
    task: Option<Task>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some(task) = arguments.task {
        return task.run();
    }
    if let Some(revision) = &arguments.against {
        return against::run(revision, if arguments.quick { 100_000 } else { 1_000_000 });
    }
    let (compared, others): (usize, &[usize]) = match arguments {
        Arguments { quick: true, .. } => (100_000, &[10_000]),
        Arguments { large: true, .. } => (1_000_000, &[10_000, 100_000, 5_000_000]),
        _ => (1_000_000, &[10_000, 100_000]),
    };
    let machine = machine::description();
    report::print(&Comparison::run(compared, others)?, &machine);
    Ok(())
}
