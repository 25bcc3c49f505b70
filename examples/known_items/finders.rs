//! Fuzzy finders that get the same queries as fonds.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

/// A fuzzy finder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finder {
    /// The matcher of skim as a crate: words are matched separately, and their scores are added.
    FuzzyMatcher,
    /// The program fzf.
    Fzf,
    /// The program skim.
    Skim,
}

impl Finder {
    /// The finders that are available on this machine.
    pub(crate) fn available() -> Vec<Finder> {
        let all = [Finder::FuzzyMatcher, Finder::Fzf, Finder::Skim];
        all.into_iter().filter(|finder| finder.program().is_none_or(is_installed)).collect()
    }

    /// The name of the finder.
    pub(crate) fn name(self) -> &'static str {
        self.program().unwrap_or("fuzzy-matcher")
    }

    /// The program to call, `None` for the crate.
    fn program(self) -> Option<&'static str> {
        match self {
            Finder::FuzzyMatcher => None,
            Finder::Fzf => Some("fzf"),
            Finder::Skim => Some("sk"),
        }
    }

    /// Searches for the line with index `wanted`.
    pub(crate) fn find(self, lines: &[String], wanted: usize, typed: &str) -> Answer {
        match self.program() {
            None => rank_by_fuzzy_matcher(lines, wanted, typed),
            Some(program) => rank_by_program(program, lines, wanted, typed),
        }
    }
}

/// What a finder answers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Answer {
    /// The rank of the wanted line among the matches, counted from 0.
    pub(crate) rank: Option<usize>,
    /// Whether anything is found.
    pub(crate) finds_something: bool,
}

/// Whether a program is installed.
fn is_installed(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// The rank by the crate fuzzy-matcher. Lines with the same score keep their order.
fn rank_by_fuzzy_matcher(lines: &[String], wanted: usize, typed: &str) -> Answer {
    let matcher = SkimMatcherV2::default().ignore_case();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let score = |line: &String| -> Option<i64> {
        words.iter().map(|word| matcher.fuzzy_match(line, word)).sum()
    };
    let scores: Vec<Option<i64>> = lines.par_iter().map(score).collect();
    let finds_something = scores.iter().any(Option::is_some);
    let Some(own) = scores.get(wanted).copied().flatten() else {
        return Answer { rank: None, finds_something };
    };
    let better = |(at, score): (usize, &Option<i64>)| {
        score.is_some_and(|score| score > own || (score == own && at < wanted))
    };
    let rank = scores.iter().enumerate().filter(|(at, score)| better((*at, score))).count();
    Answer { rank: Some(rank), finds_something }
}

/// The rank by a program that filters lines. Each line begins with its number, which is not searched.
fn rank_by_program(program: &str, lines: &[String], wanted: usize, typed: &str) -> Answer {
    let found = lines_of_program(program, lines, typed).unwrap_or_default();
    let wanted = wanted.to_string();
    Answer {
        rank: found.lines().position(|line| line.split('\t').next() == Some(wanted.as_str())),
        finds_something: !found.is_empty(),
    }
}

/// The lines that a program finds, the best first.
fn lines_of_program(program: &str, lines: &[String], typed: &str) -> Option<String> {
    let mut input = String::new();
    for (at, line) in lines.iter().enumerate() {
        let _ = writeln!(input, "{at}\t{line}");
    }
    let mut child = Command::new(program)
        .args(["--filter", typed, "--delimiter", "\t", "--nth", "2.."])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut to = child.stdin.take()?;
    let writing = std::thread::spawn(move || to.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    let _ = writing.join();
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
