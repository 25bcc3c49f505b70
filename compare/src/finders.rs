//! Fuzzy finders as crates, called on the titles in this process, on all cores.
//!
//! A query of several words is several patterns that all have to fit, as in fzf. Each finder scores
//! every title and puts those that fit in order, the best first.

use std::cmp::Reverse;
use std::num::NonZero;
use std::thread;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::standard::Typed;
use crate::timing::{Timing, repeated, timed};

/// How often each query is asked.
const REPEATS: usize = 3;

/// A finder: how many of the titles fit a query.
pub struct Finder {
    /// What it is called in the table.
    pub name: &'static str,
    /// The crate it is.
    pub package: &'static str,
    /// Finds.
    find: fn(&str, &[String]) -> usize,
}

/// The finders.
pub const FINDERS: [Finder; 4] = [
    Finder { name: "frizbee, all cores", package: "frizbee", find: frizbee },
    Finder { name: "frizbee, one thread", package: "frizbee", find: frizbee_alone },
    Finder { name: "nucleo", package: "nucleo-matcher", find: nucleo },
    Finder { name: "fuzzy-matcher", package: "fuzzy-matcher", find: fuzzy_matcher },
];

/// What a finder found and how long it took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Search {
    /// How many titles fit.
    pub found: usize,
    /// How long it took.
    pub time: Timing,
}

impl Finder {
    /// Asks a query several times.
    ///
    /// # Errors
    /// None of its own: those of a search that is repeated.
    pub fn ask(&self, typed: &Typed, titles: &[String]) -> anyhow::Result<Search> {
        let search = || Ok(timed(|| (self.find)(typed.text, titles)));
        let (found, time) = repeated(REPEATS, search)?;
        Ok(Search { found, time })
    }
}

/// frizbee on all cores.
fn frizbee(query: &str, titles: &[String]) -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut matcher = frizbee::Matcher::from_query(query, &frizbee::Config::default());
    matcher.match_list_parallel(titles, cores).len()
}

/// frizbee on the thread that calls it.
fn frizbee_alone(query: &str, titles: &[String]) -> usize {
    frizbee::Matcher::from_query(query, &frizbee::Config::default()).match_list(titles).len()
}

/// nucleo's matcher.
fn nucleo(query: &str, titles: &[String]) -> usize {
    let pattern = Pattern::parse(query, CaseMatching::Smart, Normalization::Smart);
    best_first(titles, || {
        let (pattern, mut matcher) = (pattern.clone(), Matcher::new(Config::DEFAULT));
        let mut letters = Vec::new();
        move |title| {
            let title = Utf32Str::new(title, &mut letters);
            pattern.score(title, &mut matcher).map(i64::from)
        }
    })
}

/// fuzzy-matcher with skim's second way of scoring.
fn fuzzy_matcher(query: &str, titles: &[String]) -> usize {
    best_first(titles, || {
        let matcher = SkimMatcherV2::default();
        move |title| query.split_whitespace().map(|word| matcher.fuzzy_match(title, word)).sum()
    })
}

/// Scores the titles on all cores, with a scorer for each, and puts them in order; how many fit.
fn best_first<S>(titles: &[String], scorer: impl Fn() -> S + Sync + Send) -> usize
where
    S: FnMut(&str) -> Option<i64>,
{
    let fitting = titles
        .par_iter()
        .enumerate()
        .map_init(scorer, |score, (at, title)| Some((Reverse(score(title)?), at)));
    let mut found: Vec<(Reverse<i64>, usize)> = fitting.flatten().collect();
    found.par_sort_unstable();
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_finders_understand_several_words_alike() {
        let titles = ["Stalin and Soong meet", "Soong alone", "Stalin alone", "Neither of the two"];
        let titles = titles.map(str::to_owned);
        for Finder { name, find, .. } in &FINDERS {
            for (query, found) in [("soong stalin", 1), ("stalin", 2), ("alone", 2), ("zzz", 0)] {
                assert_eq!(find(query, &titles), found, "{name}: {query}");
            }
        }
    }
}
