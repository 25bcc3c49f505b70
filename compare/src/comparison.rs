//! One run: everything is measured, one thing after the other.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::archives;
use crate::child::{self, Answers, Loaded, Who};
use crate::programs::{Filtered, PROGRAMS};
use crate::standard::SET;
use crate::timing::Timing;

/// How often fonds is asked each query.
const REPEATS: usize = 20;
/// How often fonds and tantivy load the archive that is compared, in turn.
const LOADS: usize = 3;

/// Everything that was measured.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// fonds with the archive that the peers were given.
    pub fonds: Grown,
    /// fonds with archives of growing size, that one among them.
    pub growth: Vec<Grown>,
    /// The loading of that one by fonds, each time in a new process.
    pub loads: Loads,
    /// By tantivy, as often.
    pub tantivy: Loads,
    /// By `SQLite`, once.
    pub sqlite: Loads,
    /// What each of [`PROGRAMS`] needed; nothing for one that is not on the machine.
    pub programs: Vec<Option<Filtered>>,
}

/// fonds with an archive of one size.
#[derive(Clone, Debug)]
pub struct Grown {
    /// How large the file is, in bytes.
    pub bytes: u64,
    /// What was asked.
    pub answers: Answers,
}

impl Grown {
    /// The median of each query of the standard set, or of those alone that are words.
    pub fn medians(&self, words_alone: bool) -> impl Iterator<Item = Duration> {
        let asked = SET.iter().zip(&self.answers.asked);
        asked.filter(move |(typed, _)| typed.words || !words_alone).map(|(_, it)| it.whole.median)
    }

    /// The longest that any query took.
    pub fn worst(&self) -> Option<Duration> {
        self.answers.asked.iter().map(|asked| asked.whole.worst).max()
    }
}

impl Comparison {
    /// Measures everything: fonds with archives of all these sizes, its peers with the one of size
    /// `compared`.
    ///
    /// # Errors
    /// An archive cannot be generated, or something that is on the machine fails.
    pub fn run(compared: usize, others: &[usize]) -> anyhow::Result<Comparison> {
        let file = archives::archive(compared)?;
        let titles = archives::titles(&file)?;
        let fonds = grown(&file, Some(&titles))?;
        let others = others.iter().map(|size| grown(&archives::archive(*size)?, None));
        let mut growth = others.collect::<anyhow::Result<Vec<_>>>()?;
        growth.push(fonds.clone());
        growth.sort_by_key(|grown| grown.bytes);
        let (mut loads, mut tantivy) = (Loads::default(), Loads::default());
        for _ in 0..LOADS {
            loads.0.push(load(Who::Fonds, &file)?);
            tantivy.0.push(load(Who::Tantivy, &file)?);
        }
        let sqlite = Loads(vec![load(Who::Sqlite, &file)?]);
        let programs = programs(&titles)?;
        Ok(Comparison { fonds, growth, loads, sqlite, tantivy, programs })
    }
}

/// The loading of one archive, each time in a new process.
#[derive(Clone, Debug, Default)]
pub struct Loads(Vec<Loaded>);

impl Loads {
    /// How long it took, in the median.
    pub fn time(&self) -> Option<Duration> {
        Timing::of(self.0.iter().map(|load| load.time)).map(|timing| timing.median)
    }

    /// The most memory that one of them needed.
    pub fn peak(&self) -> Option<u64> {
        self.0.iter().filter_map(|load| load.peak).max()
    }
}

/// fonds with one archive, and finders on its titles where there are some.
fn grown(file: &Path, titles: Option<&Path>) -> anyhow::Result<Grown> {
    let bytes = warm(file)?;
    let finders = if titles.is_some() { " and finders" } else { "" };
    eprintln!("asking fonds{finders}: {} ...", file.display());
    Ok(Grown { bytes, answers: child::ask(file, REPEATS, titles)? })
}

/// Reads a file, so that the system has it in memory for all who load it; how large it is.
fn warm(file: &Path) -> anyhow::Result<u64> {
    Ok(io::copy(&mut File::open(file)?, &mut io::sink())?)
}

/// A loading, announced since it takes a while.
fn load(who: Who, file: &Path) -> anyhow::Result<Loaded> {
    eprintln!("loading with {who:?} ...");
    child::load(who, file)
}

/// The programs that are on the machine.
fn programs(titles: &Path) -> anyhow::Result<Vec<Option<Filtered>>> {
    let measured = PROGRAMS.iter().map(|program| {
        if program.version().is_none() {
            eprintln!("{} is not installed: {}", program.name, program.had_by);
            return Ok(None);
        }
        eprintln!("{} ...", program.name);
        program.measure(titles).map(Some)
    });
    measured.collect()
}
