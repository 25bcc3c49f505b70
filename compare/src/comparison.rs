//! A full run: measures fonds and all peers, one after the other.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::archives;
use crate::child::{self, Engine, LoadMeasurement, Measurements};
use crate::programs::{PROGRAMS, ProgramMeasurement};
use crate::standard_queries::STANDARD_QUERIES;
use crate::timing::Timing;

/// The number of times that fonds runs each query.
const QUERY_REPETITIONS: usize = 20;
/// The number of times that fonds and tantivy load the compared archive, alternately.
const LOAD_REPETITIONS: usize = 3;

/// All measurements of a run.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// fonds with the compared archive.
    pub fonds: SizeMeasurement,
    /// fonds with archives of growing size, including the compared one.
    pub growth: Vec<SizeMeasurement>,
    /// Loading the compared archive with fonds.
    pub loads: LoadMeasurements,
    /// Loading it with tantivy.
    pub tantivy: LoadMeasurements,
    /// Loading it with `SQLite`, once.
    pub sqlite: LoadMeasurements,
    /// The measurements of each of [`PROGRAMS`], `None` if the program is not installed.
    pub programs: Vec<Option<ProgramMeasurement>>,
}

/// fonds with an archive of one size.
#[derive(Clone, Debug)]
pub struct SizeMeasurement {
    /// The size of the file in bytes.
    pub bytes: u64,
    /// Loading and queries.
    pub measurements: Measurements,
}

impl SizeMeasurement {
    /// The median time of each standard query, or only of the queries of plain words.
    pub fn medians(&self, words_only: bool) -> impl Iterator<Item = Duration> {
        let queries = STANDARD_QUERIES.iter().zip(&self.measurements.queries);
        queries
            .filter(move |(query, _)| query.is_words || !words_only)
            .map(|(_, it)| it.time.median)
    }

    /// The longest time of any query.
    pub fn worst(&self) -> Option<Duration> {
        self.measurements.queries.iter().map(|query| query.time.worst).max()
    }
}

impl Comparison {
    /// Measures fonds with archives of all these sizes, and its peers with the archive of `compared`
    /// records.
    ///
    /// # Errors
    /// An archive cannot be generated, or an installed program fails.
    pub fn run(compared: usize, others: &[usize]) -> anyhow::Result<Comparison> {
        let file = archives::archive(compared)?;
        let titles = archives::titles(&file)?;
        let fonds = measure(&file, Some(&titles))?;
        let others = others.iter().map(|size| measure(&archives::archive(*size)?, None));
        let mut growth = others.collect::<anyhow::Result<Vec<_>>>()?;
        growth.push(fonds.clone());
        growth.sort_by_key(|measurement| measurement.bytes);
        let (mut loads, mut tantivy) = (LoadMeasurements::default(), LoadMeasurements::default());
        for _ in 0..LOAD_REPETITIONS {
            loads.0.push(load(Engine::Fonds, &file)?);
            tantivy.0.push(load(Engine::Tantivy, &file)?);
        }
        let sqlite = LoadMeasurements(vec![load(Engine::Sqlite, &file)?]);
        let programs = measure_programs(&titles)?;
        Ok(Comparison { fonds, growth, loads, tantivy, sqlite, programs })
    }
}

/// Repeated loading of one archive, each time in a new process.
#[derive(Clone, Debug, Default)]
pub struct LoadMeasurements(Vec<LoadMeasurement>);

impl LoadMeasurements {
    /// The median time.
    pub fn time(&self) -> Option<Duration> {
        Timing::from_times(self.0.iter().map(|load| load.time)).map(|timing| timing.median)
    }

    /// The largest peak memory.
    pub fn peak(&self) -> Option<u64> {
        self.0.iter().filter_map(|load| load.peak).max()
    }
}

/// Measures fonds with an archive, and the fuzzy finders if there is a file of titles.
fn measure(file: &Path, titles: Option<&Path>) -> anyhow::Result<SizeMeasurement> {
    let bytes = read_into_cache(file)?;
    let finders = if titles.is_some() { " and finders" } else { "" };
    eprintln!("running queries in fonds{finders}: {} ...", file.display());
    Ok(SizeMeasurement {
        bytes,
        measurements: child::run_queries(file, QUERY_REPETITIONS, titles)?,
    })
}

/// Reads a file into the file cache of the system, so that all engines find it there. Returns its size.
fn read_into_cache(file: &Path) -> anyhow::Result<u64> {
    Ok(io::copy(&mut File::open(file)?, &mut io::sink())?)
}

/// Loads a file with an engine, with a message because it takes a while.
fn load(engine: Engine, file: &Path) -> anyhow::Result<LoadMeasurement> {
    eprintln!("loading with {engine:?} ...");
    child::load(engine, file)
}

/// Measures the programs that are installed.
fn measure_programs(titles: &Path) -> anyhow::Result<Vec<Option<ProgramMeasurement>>> {
    let results = PROGRAMS.iter().map(|program| {
        if program.version().is_none() {
            eprintln!("{} is not installed: {}", program.name, program.install_command);
            return Ok(None);
        }
        eprintln!("{} ...", program.name);
        program.measure(titles).map(Some)
    });
    results.collect()
}
