//! Fuzzy finders as crates, which search the titles in this process.
//!
//! As in fzf, all words of a query must match. Each finder scores every title and sorts the matches, the
//! best first.

use std::cmp::Reverse;
use std::num::NonZero;
use std::thread;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::standard_queries::StandardQuery;
use crate::timing::{Timing, repeated, timed};

/// The number of times that each query is run.
const REPETITIONS: usize = 3;

/// A fuzzy finder.
pub struct Finder {
    /// The name in the tables.
    pub name: &'static str,
    /// The name of the crate.
    pub package: &'static str,
    /// Returns the number of titles that match a query.
    find: fn(&str, &[String]) -> usize,
}

/// The finders.
pub const FINDERS: [Finder; 4] = [
    Finder { name: "frizbee, all cores", package: "frizbee", find: frizbee },
    Finder { name: "frizbee, one thread", package: "frizbee", find: frizbee_one_thread },
    Finder { name: "nucleo", package: "nucleo-matcher", find: nucleo },
    Finder { name: "fuzzy-matcher", package: "fuzzy-matcher", find: fuzzy_matcher },
];

/// The matches and the time of a query.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SearchMeasurement {
    /// The number of matching titles.
    pub matches: usize,
    /// The times of the repetitions.
    pub time: Timing,
}

impl Finder {
    /// Runs a query several times.
    ///
    /// # Errors
    /// Never; the result type is that of repeated measurements.
    pub fn measure(
        &self,
        query: &StandardQuery,
        titles: &[String],
    ) -> anyhow::Result<SearchMeasurement> {
        let search = || Ok(timed(|| (self.find)(query.text, titles)));
        let (matches, time) = repeated(REPETITIONS, search)?;
        Ok(SearchMeasurement { matches, time })
    }
}

/// frizbee on all cores.
fn frizbee(query: &str, titles: &[String]) -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let mut matcher = frizbee::Matcher::from_query(query, &frizbee::Config::default());
    matcher.match_list_parallel(titles, cores).len()
}

/// frizbee on one thread.
fn frizbee_one_thread(query: &str, titles: &[String]) -> usize {
    frizbee::Matcher::from_query(query, &frizbee::Config::default()).match_list(titles).len()
}

/// The matcher of nucleo.
fn nucleo(query: &str, titles: &[String]) -> usize {
    let pattern = Pattern::parse(query, CaseMatching::Smart, Normalization::Smart);
    score_and_sort(titles, || {
        let (pattern, mut matcher) = (pattern.clone(), Matcher::new(Config::DEFAULT));
        let mut letters = Vec::new();
        move |title| {
            let title = Utf32Str::new(title, &mut letters);
            pattern.score(title, &mut matcher).map(i64::from)
        }
    })
}

/// fuzzy-matcher with the second scoring algorithm of skim.
fn fuzzy_matcher(query: &str, titles: &[String]) -> usize {
    score_and_sort(titles, || {
        let matcher = SkimMatcherV2::default();
        move |title| query.split_whitespace().map(|word| matcher.fuzzy_match(title, word)).sum()
    })
}

/// Scores and sorts the titles on all cores, with a scorer for each thread. Returns the number of matches.
fn score_and_sort<S>(titles: &[String], scorer: impl Fn() -> S + Sync + Send) -> usize
where
    S: FnMut(&str) -> Option<i64>,
{
    let matches = titles
        .par_iter()
        .enumerate()
        .map_init(scorer, |score, (at, title)| Some((Reverse(score(title)?), at)));
    let mut found: Vec<(Reverse<i64>, usize)> = matches.flatten().collect();
    found.par_sort_unstable();
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_finders_require_every_word() {
        let titles = ["Stalin and Soong meet", "Soong alone", "Stalin alone", "Neither of the two"];
        let titles = titles.map(str::to_owned);
        for Finder { name, find, .. } in &FINDERS {
            for (query, found) in [("soong stalin", 1), ("stalin", 2), ("alone", 2), ("zzz", 0)] {
                assert_eq!(find(query, &titles), found, "{name}: {query}");
            }
        }
    }
}
