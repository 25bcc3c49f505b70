//! Measurements in child processes, so that each has its own peak memory and starts without leftovers.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::{Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::finders::{FINDERS, SearchMeasurement};
use crate::session::{self, CountsMeasurement, QueryMeasurement};
use crate::standard_queries::STANDARD_QUERIES;
use crate::timing::{Timing, timed};
use crate::{archives, engines, memory};

/// What a child process measures. It prints the result as JSON.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Loads a file with an engine.
    #[command(hide = true)]
    Load {
        /// The engine.
        engine: Engine,
        /// The file.
        file: PathBuf,
    },
    /// Loads a file with fonds and runs the standard queries, in fonds and in the fuzzy finders.
    #[command(hide = true)]
    Ask {
        /// The file.
        file: PathBuf,
        /// The number of times that each query is run.
        repeats: usize,
        /// The file of titles for the fuzzy finders.
        titles: Option<PathBuf>,
    },
}

/// An engine that loads whole records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// fonds.
    Fonds,
    /// `SQLite` with FTS5.
    Sqlite,
    /// tantivy.
    Tantivy,
}

/// The cost of loading a file until all its records can be found.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct LoadMeasurement {
    /// The number of records.
    pub records: usize,
    /// The time it took.
    pub time: Duration,
    /// The peak memory of the process after loading, in bytes, if the system reports it.
    pub peak: Option<u64>,
}

/// The cost of loading and of the standard queries.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measurements {
    /// The cost of loading.
    pub loaded: LoadMeasurement,
    /// The standard queries in fonds.
    pub queries: Vec<QueryMeasurement>,
    /// Facets of people and a histogram by years.
    pub counts: CountsMeasurement,
    /// A search for marked records. Older builds do not measure it.
    pub marked: Option<Timing>,
    /// The queries of plain words in each fuzzy finder; empty without a file of titles.
    pub finders: Vec<Vec<SearchMeasurement>>,
}

/// Loads a file with an engine in a child process.
///
/// # Errors
/// The process fails.
pub fn load(engine: Engine, file: &Path) -> anyhow::Result<LoadMeasurement> {
    let name = engine.to_possible_value().context("the engine has no name")?;
    run_child(Command::new(env::current_exe()?).args(["load", name.get_name()]).arg(file))
}

/// Runs the standard queries in a child process.
///
/// # Errors
/// The process fails.
pub fn run_queries(
    file: &Path,
    repeats: usize,
    titles: Option<&Path>,
) -> anyhow::Result<Measurements> {
    let mut command = Command::new(env::current_exe()?);
    run_child(command.arg("ask").arg(file).arg(repeats.to_string()).args(titles))
}

/// Runs the standard queries in a child process of another build of this program.
///
/// # Errors
/// The process fails, or that build prints other measurements.
pub fn run_queries_of(program: &Path, file: &Path, repeats: usize) -> anyhow::Result<Measurements> {
    run_child(Command::new(program).arg("ask").arg(file).arg(repeats.to_string()))
}

/// Runs a child process and parses its output.
fn run_child<T: for<'de> Deserialize<'de>>(command: &mut Command) -> anyhow::Result<T> {
    let output = command.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{command:?} failed: {}", output.status);
    Ok(serde_json::from_slice(&output.stdout)?)
}

impl Task {
    /// Runs the task in this process, and prints the result.
    ///
    /// # Errors
    /// The file cannot be loaded.
    pub fn run(&self) -> anyhow::Result<()> {
        let result = match self {
            Task::Load { engine, file } => serde_json::to_string(&load_in_process(*engine, file)?),
            Task::Ask { file, repeats, titles } => {
                serde_json::to_string(&query_in_process(file, *repeats, titles.as_deref())?)
            }
        };
        println!("{}", result?);
        Ok(())
    }
}

fn load_in_process(engine: Engine, file: &Path) -> anyhow::Result<LoadMeasurement> {
    let (records, time) = match engine {
        Engine::Fonds => {
            let (store, time) = timed(|| session::load(file));
            (store?.len(), time)
        }
        Engine::Sqlite => engines::sqlite(file)?,
        Engine::Tantivy => engines::tantivy(file)?,
    };
    Ok(LoadMeasurement { records, time, peak: memory::peak("self") })
}

fn query_in_process(
    file: &Path,
    repeats: usize,
    titles: Option<&Path>,
) -> anyhow::Result<Measurements> {
    let (store, time) = timed(|| session::load(file));
    let store = store?;
    let loaded = LoadMeasurement { records: store.len(), time, peak: memory::peak("self") };
    let titles = titles.map(archives::lines).transpose()?;
    let mut queries = Vec::new();
    let mut finders: Vec<Vec<SearchMeasurement>> = Vec::new();
    finders.resize_with(titles.as_ref().map_or(0, |_| FINDERS.len()), Vec::new);
    // Each query runs in all programs before the next one, so that a slow phase of the machine affects all.
    for query in &STANDARD_QUERIES {
        queries.push(session::measure_query(&store, query.text, repeats)?);
        if let Some(titles) = titles.as_ref().filter(|_| query.is_words) {
            for (finder, searches) in FINDERS.iter().zip(&mut finders) {
                searches.push(finder.measure(query, titles)?);
            }
        }
    }
    let counts = session::measure_counts(&store, repeats)?;
    let marked = Some(session::measure_marked(&store, repeats)?);
    Ok(Measurements { loaded, queries, counts, marked, finders })
}
