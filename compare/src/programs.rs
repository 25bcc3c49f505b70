//! Fuzzy finders as programs, called without a screen on a file of titles.

use std::env;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::finders::Search;
use crate::standard::SET;
use crate::timing::{Timing, repeated, timed};

/// How often each query is asked.
const REPEATS: usize = 3;
/// A query that no title fits, of letters as the others have them: what is left of its time is the loading.
const NOTHING: &str = "qxzqxzqxz";
/// How the names of variables begin that would change how they search.
const SETTINGS: [&str; 2] = ["FZF_", "SKIM_"];

/// A program that is on the machine or is not.
pub struct Program {
    /// What it is called, and how it is called.
    pub name: &'static str,
    /// How it is had.
    pub had_by: &'static str,
}

/// The programs, in the order of the table.
pub const PROGRAMS: [Program; 2] = [
    Program { name: "fzf", had_by: "apt-get install fzf" },
    Program { name: "sk", had_by: "cargo install skim" },
];

/// What a program needed.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The time of a query that finds nothing: loading.
    pub loading: Timing,
    /// The queries of the standard set that are words, with their loading.
    pub searches: Vec<Search>,
}

impl Filtered {
    /// The median of a search without the loading.
    pub fn without_loading(&self, search: &Search) -> Duration {
        search.time.median.saturating_sub(self.loading.median)
    }

    /// The same, where it is longer than the loadings differ among themselves; else it cannot be told from
    /// the loading.
    pub fn told_apart(&self, search: &Search) -> Option<Duration> {
        let spread = self.loading.worst.saturating_sub(self.loading.best);
        Some(self.without_loading(search)).filter(|time| *time > spread)
    }
}

impl Program {
    /// What it says of its version; nothing where it is not on the machine.
    pub fn version(&self) -> Option<String> {
        let said = Command::new(self.name).arg("--version").output().ok()?;
        let said = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        Some(said.strip_prefix(self.name).map_or(said.as_str(), str::trim).to_owned())
    }

    /// Asks it all that is words.
    ///
    /// # Errors
    /// It cannot be called, or fails.
    pub fn measure(&self, titles: &Path) -> anyhow::Result<Filtered> {
        let nothing = self.found(NOTHING, titles)?;
        ensure!(nothing == 0, "{} finds {nothing} titles for {NOTHING}", self.name);
        let ((), loading) = repeated(REPEATS, || Ok(((), self.time(NOTHING, titles)?)))?;
        let words = SET.iter().filter(|typed| typed.words);
        let searches = words.map(|typed| {
            let found = self.found(typed.text, titles)?;
            let ((), time) = repeated(REPEATS, || Ok(((), self.time(typed.text, titles)?)))?;
            Ok(Search { found, time })
        });
        Ok(Filtered { loading, searches: searches.collect::<anyhow::Result<_>>()? })
    }

    /// How long a query takes, from the start of the program to its end. What it prints goes
    /// nowhere: reading it would be our time and not its own.
    fn time(&self, query: &str, titles: &Path) -> anyhow::Result<Duration> {
        let mut call = self.call(query, titles)?;
        let (status, time) = timed(|| call.stdout(Stdio::null()).status());
        self.check(status.with_context(|| self.not_called())?.code())?;
        Ok(time)
    }

    /// How many titles it finds.
    fn found(&self, query: &str, titles: &Path) -> anyhow::Result<usize> {
        let output = self.call(query, titles)?.output().with_context(|| self.not_called())?;
        self.check(output.status.code())?;
        Ok(output.stdout.split_inclusive(|byte| *byte == b'\n').count())
    }

    fn call(&self, query: &str, titles: &Path) -> anyhow::Result<Command> {
        let titles =
            File::open(titles).with_context(|| format!("{} cannot be opened", titles.display()))?;
        let mut call = Command::new(self.name);
        call.arg("--filter").arg(query).stdin(titles).stderr(Stdio::null());
        for (name, _) in env::vars_os() {
            if SETTINGS.iter().any(|setting| name.to_string_lossy().starts_with(setting)) {
                call.env_remove(name);
            }
        }
        Ok(call)
    }

    /// Both end with 0 where they find something and with 1 where they do not.
    fn check(&self, code: Option<i32>) -> anyhow::Result<()> {
        match code {
            Some(0 | 1) => Ok(()),
            Some(code) => bail!("{} ended with {code}: 0 or 1 is what it means to say", self.name),
            None => bail!("{} was ended by a signal", self.name),
        }
    }

    fn not_called(&self) -> String {
        format!("{} cannot be called", self.name)
    }
}
