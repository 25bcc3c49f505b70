//! Fuzzy finders, asked for the same records with the same words.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

/// A fuzzy finder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    /// The matcher of skim, each word on its own, the scores added.
    FuzzyMatcher,
    /// The program fzf.
    Fzf,
    /// The program skim.
    Skim,
}

impl Peer {
    /// All that can be asked on this machine.
    pub(crate) fn here() -> Vec<Peer> {
        let all = [Peer::FuzzyMatcher, Peer::Fzf, Peer::Skim];
        all.into_iter().filter(|peer| peer.program().is_none_or(is_there)).collect()
    }

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        self.program().unwrap_or("fuzzy-matcher")
    }

    /// The program, where it is one.
    fn program(self) -> Option<&'static str> {
        match self {
            Peer::FuzzyMatcher => None,
            Peer::Fzf => Some("fzf"),
            Peer::Skim => Some("sk"),
        }
    }

    /// The place of a line among those that fit, counted from 0.
    pub(crate) fn place(self, lines: &[String], wanted: usize, typed: &str) -> Option<usize> {
        match self.program() {
            None => matched(lines, wanted, typed),
            Some(program) => filtered(program, lines, wanted, typed),
        }
    }
}

/// Whether a program is there.
fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// Asks fuzzy-matcher: lines of one score stand as they came.
fn matched(lines: &[String], wanted: usize, typed: &str) -> Option<usize> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let score = |line: &String| -> Option<i64> {
        words.iter().map(|word| matcher.fuzzy_match(line, word)).sum()
    };
    let scores: Vec<Option<i64>> = lines.par_iter().map(score).collect();
    let own = (*scores.get(wanted)?)?;
    let better = |(at, score): (usize, &Option<i64>)| {
        score.is_some_and(|score| score > own || (score == own && at < wanted))
    };
    Some(scores.iter().enumerate().filter(|(at, score)| better((*at, score))).count())
}

/// Asks a program that filters lines; each has its number in front, which is not searched.
fn filtered(program: &str, lines: &[String], wanted: usize, typed: &str) -> Option<usize> {
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
    let found = String::from_utf8_lossy(&output.stdout);
    let wanted = wanted.to_string();
    found.lines().position(|line| line.split('\t').next() == Some(wanted.as_str()))
}
