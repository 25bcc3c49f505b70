//! One measurement, one process: so that each has its own peak of memory, and no other's remains.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::{Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::finders::{FINDERS, Search};
use crate::reading_room::{self, Asked};
use crate::standard::SET;
use crate::timing::timed;
use crate::{archives, engines};

/// What a process of its own measures. It prints the outcome as JSON.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Loads a file.
    #[command(hide = true)]
    Load {
        /// Who loads it.
        who: Who,
        /// The file.
        file: PathBuf,
    },
    /// Loads a file with fonds and asks the standard set, then the finders on its titles.
    #[command(hide = true)]
    Ask {
        /// The file.
        file: PathBuf,
        /// How often each query is asked.
        repeats: usize,
        /// The titles for the finders.
        titles: Option<PathBuf>,
    },
}

/// Who loads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Who {
    /// fonds.
    Fonds,
    /// `SQLite` with FTS5.
    Sqlite,
    /// tantivy.
    Tantivy,
}

/// A file that was loaded until all of it could be found.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Loaded {
    /// How many records.
    pub records: usize,
    /// How long it took.
    pub time: Duration,
    /// The most memory the process had until then, in bytes, where the system says so.
    pub peak: Option<u64>,
}

/// What fonds and the finders needed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answers {
    /// The loading before it.
    pub loaded: Loaded,
    /// The standard set.
    pub asked: Vec<Asked>,
    /// The finders, each with the queries that are words; none where there were no titles.
    pub finders: Vec<Vec<Search>>,
}

/// Loads a file in a process of its own.
///
/// # Errors
/// The process fails.
pub fn load(who: Who, file: &Path) -> anyhow::Result<Loaded> {
    let name = who.to_possible_value().context("who loads has a name")?;
    start(Command::new(env::current_exe()?).args(["load", name.get_name()]).arg(file))
}

/// Asks the standard set in a process of its own.
///
/// # Errors
/// The process fails.
pub fn ask(file: &Path, repeats: usize, titles: Option<&Path>) -> anyhow::Result<Answers> {
    let mut call = Command::new(env::current_exe()?);
    start(call.arg("ask").arg(file).arg(repeats.to_string()).args(titles))
}

/// Runs a process and takes what it prints.
fn start<T: for<'de> Deserialize<'de>>(call: &mut Command) -> anyhow::Result<T> {
    let output = call.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{call:?} failed: {}", output.status);
    Ok(serde_json::from_slice(&output.stdout)?)
}

impl Task {
    /// Carries it out in this process, and prints the outcome.
    ///
    /// # Errors
    /// The file cannot be loaded.
    pub fn carry_out(&self) -> anyhow::Result<()> {
        let outcome = match self {
            Task::Load { who, file } => serde_json::to_string(&load_here(*who, file)?),
            Task::Ask { file, repeats, titles } => {
                serde_json::to_string(&ask_here(file, *repeats, titles.as_deref())?)
            }
        };
        println!("{}", outcome?);
        Ok(())
    }
}

fn load_here(who: Who, file: &Path) -> anyhow::Result<Loaded> {
    let (records, time) = match who {
        Who::Fonds => {
            let (store, time) = timed(|| reading_room::load(file));
            (store?.len(), time)
        }
        Who::Sqlite => engines::sqlite(file)?,
        Who::Tantivy => engines::tantivy(file)?,
    };
    Ok(Loaded { records, time, peak: peak() })
}

fn ask_here(file: &Path, repeats: usize, titles: Option<&Path>) -> anyhow::Result<Answers> {
    let (store, time) = timed(|| reading_room::load(file));
    let store = store?;
    let loaded = Loaded { records: store.len(), time, peak: peak() };
    let titles = titles.map(archives::lines).transpose()?;
    let mut asked = Vec::new();
    let mut finders: Vec<Vec<Search>> = Vec::new();
    finders.resize_with(titles.as_ref().map_or(0, |_| FINDERS.len()), Vec::new);
    // Each query of all, one after the other, so that a machine that is slow for a while is slow for all.
    for typed in &SET {
        asked.push(reading_room::ask(&store, typed.text, repeats)?);
        if let Some(titles) = titles.as_ref().filter(|_| typed.words) {
            for (finder, searches) in FINDERS.iter().zip(&mut finders) {
                searches.push(finder.ask(typed, titles)?);
            }
        }
    }
    Ok(Answers { loaded, asked, finders })
}

/// The most memory that this process has had, in bytes (`VmHWM` of proc(5)).
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
