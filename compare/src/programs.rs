//! Fuzzy finders as programs, called without their screen on a file of titles.

use std::env;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::finders::SearchMeasurement;
use crate::standard_queries::STANDARD_QUERIES;
use crate::timing::{Timing, repeated, timed};

/// The number of times that each query is run.
const REPETITIONS: usize = 3;
/// A query without matches. Its time is that of loading.
const NO_MATCH_QUERY: &str = "qxzqxzqxz";
/// Prefixes of environment variables that change how the programs search.
const ENVIRONMENT_PREFIXES: [&str; 2] = ["FZF_", "SKIM_"];

/// A program, which may or may not be installed.
pub struct Program {
    /// The name of the program and of its executable.
    pub name: &'static str,
    /// The command that installs it.
    pub install_command: &'static str,
}

/// The programs, in the order of the table.
pub const PROGRAMS: [Program; 2] = [
    Program { name: "fzf", install_command: "apt-get install fzf" },
    Program { name: "sk", install_command: "cargo install skim" },
];

/// The times of a program.
#[derive(Clone, Debug)]
pub struct ProgramMeasurement {
    /// The time of a query without matches, which is the time of loading.
    pub loading: Timing,
    /// The standard queries of plain words, including loading.
    pub searches: Vec<SearchMeasurement>,
}

impl ProgramMeasurement {
    /// The median time of a search without loading.
    pub fn without_loading(&self, search: &SearchMeasurement) -> Duration {
        search.time.median.saturating_sub(self.loading.median)
    }

    /// The median time of a search without loading, `None` if it is smaller than the spread of loading times
    /// and cannot be distinguished from them.
    pub fn without_loading_if_distinct(&self, search: &SearchMeasurement) -> Option<Duration> {
        let spread = self.loading.worst.saturating_sub(self.loading.best);
        Some(self.without_loading(search)).filter(|time| *time > spread)
    }
}

impl Program {
    /// The reported version, `None` if the program is not installed.
    pub fn version(&self) -> Option<String> {
        let output = Command::new(self.name).arg("--version").output().ok()?;
        let output = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Some(output.strip_prefix(self.name).map_or(output.as_str(), str::trim).to_owned())
    }

    /// Measures the standard queries of plain words.
    ///
    /// # Errors
    /// The program cannot be called, or fails.
    pub fn measure(&self, titles: &Path) -> anyhow::Result<ProgramMeasurement> {
        let matches = self.count_matches(NO_MATCH_QUERY, titles)?;
        ensure!(matches == 0, "{} finds {matches} titles for {NO_MATCH_QUERY}", self.name);
        let ((), loading) = repeated(REPETITIONS, || Ok(((), self.time(NO_MATCH_QUERY, titles)?)))?;
        let words = STANDARD_QUERIES.iter().filter(|query| query.is_words);
        let searches = words.map(|query| {
            let matches = self.count_matches(query.text, titles)?;
            let ((), time) = repeated(REPETITIONS, || Ok(((), self.time(query.text, titles)?)))?;
            Ok(SearchMeasurement { matches, time })
        });
        Ok(ProgramMeasurement { loading, searches: searches.collect::<anyhow::Result<_>>()? })
    }

    /// The time of a query from the start of the program to its end. The output is discarded, because the
    /// time to read it is not the program's.
    fn time(&self, query: &str, titles: &Path) -> anyhow::Result<Duration> {
        let mut command = self.command(query, titles)?;
        let (status, time) = timed(|| command.stdout(Stdio::null()).status());
        self.check(status.with_context(|| self.call_failed())?.code())?;
        Ok(time)
    }

    /// The number of titles that a query finds.
    fn count_matches(&self, query: &str, titles: &Path) -> anyhow::Result<usize> {
        let output = self.command(query, titles)?.output().with_context(|| self.call_failed())?;
        self.check(output.status.code())?;
        Ok(output.stdout.split_inclusive(|byte| *byte == b'\n').count())
    }

    fn command(&self, query: &str, titles: &Path) -> anyhow::Result<Command> {
        let titles =
            File::open(titles).with_context(|| format!("{} cannot be opened", titles.display()))?;
        let mut command = Command::new(self.name);
        command.arg("--filter").arg(query).stdin(titles).stderr(Stdio::null());
        for (name, _) in env::vars_os() {
            if ENVIRONMENT_PREFIXES.iter().any(|prefix| name.to_string_lossy().starts_with(prefix))
            {
                command.env_remove(name);
            }
        }
        Ok(command)
    }

    /// Checks the exit code: 0 with matches, 1 without.
    fn check(&self, code: Option<i32>) -> anyhow::Result<()> {
        match code {
            Some(0 | 1) => Ok(()),
            Some(code) => bail!("{} ended with {code}, expected 0 or 1", self.name),
            None => bail!("{} was ended by a signal", self.name),
        }
    }

    fn call_failed(&self) -> String {
        format!("{} cannot be called", self.name)
    }
}
