//! fonds beside its peers: the same records, the same queries, one machine, one run.
//!
//! Prints Markdown. The archive is generated, so that everyone measures the same; each loading is a
//! process of its own, so that each has its own peak of memory. Peers that are programs are taken as
//! they are found on the machine, and one that is not there is said to be missing:
//!
//! - fzf, from the system's packages: `apt-get install fzf`
//! - skim: `cargo install skim`
//!
//! The others are crates, in the versions that this package locks.

mod archives;
mod child;
mod comparison;
mod document;
mod engines;
mod finders;
mod judgement;
mod machine;
mod programs;
mod reading_room;
mod report;
mod standard;
mod table;
mod targets;
mod timing;

use clap::Parser;

use child::Task;
use comparison::Comparison;

/// fonds beside its peers.
#[derive(Debug, Parser)]
#[command(about, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// A hundred thousand records instead of a million
    #[arg(long, conflicts_with = "large")]
    quick: bool,
    /// Five million records too, in the table of growth
    #[arg(long)]
    large: bool,
    /// What this process measures, where it was started to measure one thing.
    #[command(subcommand)]
    task: Option<Task>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some(task) = arguments.task {
        return task.carry_out();
    }
    let (compared, others): (usize, &[usize]) = match arguments {
        Arguments { quick: true, .. } => (100_000, &[10_000]),
        Arguments { large: true, .. } => (1_000_000, &[10_000, 100_000, 5_000_000]),
        _ => (1_000_000, &[10_000, 100_000]),
    };
    let machine = machine::machine();
    report::print(&Comparison::run(compared, others)?, &machine);
    Ok(())
}
