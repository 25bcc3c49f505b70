//! Finds the words of a phrase near each other, in any order: `"soong stalin"~5`.

use std::ops::Range;

use super::clause::Phrase;
use super::word_pattern::{MatchQuality, WordPattern};

/// The qualities of matches, from best to worst.
const QUALITIES: [MatchQuality; 5] = [
    MatchQuality::Whole,
    MatchQuality::Prefix,
    MatchQuality::Inside,
    MatchQuality::Misspelt,
    MatchQuality::Guess,
];

/// For each pattern of a phrase, the index of the word that matches it.
pub(super) type MatchedWords = Vec<usize>;

impl Phrase {
    /// Returns each word of a folded text that the phrase matches, with its pattern. The words of the text are at `ranges`.
    pub(super) fn matched_words<'a>(
        &'a self,
        folded: &'a str,
        ranges: &'a [Range<usize>],
    ) -> Vec<(&'a WordPattern, usize)> {
        if self.max_between.is_some() {
            let near = self.best_near(folded, ranges);
            let indexes = near.map(|(indexes, _)| indexes).unwrap_or_default();
            return self.words.iter().zip(indexes).collect();
        }
        let occurrences = self.occurrences(folded, ranges);
        occurrences.flat_map(|(first, _)| self.words.iter().zip(first..)).collect()
    }

    /// Finds the words of the phrase in a stretch of the text that has at most [`Phrase::max_between`] other words. Returns
    /// those that match best, and the quality of the one that matches worst.
    pub(super) fn best_near(
        &self,
        folded: &str,
        ranges: &[Range<usize>],
    ) -> Option<(MatchedWords, MatchQuality)> {
        let length = self.words.len() + self.max_between?;
        let qualities: Vec<Vec<Option<MatchQuality>>> = self
            .words
            .iter()
            .map(|pattern| {
                let quality = |word: &Range<usize>| pattern.quality_of(folded.get(word.clone())?);
                ranges.iter().map(quality).collect()
            })
            .collect();
        let starts = (0..ranges.len()).filter(|start| {
            (!self.at_start || *start == 0) && (!self.at_end || start + length >= ranges.len())
        });
        let starts: Vec<usize> = starts
            .filter(|start| {
                qualities.iter().any(|words| words.get(*start).copied().flatten().is_some())
                    || self.at_start
            })
            .collect();
        QUALITIES.into_iter().find_map(|quality| {
            let mut stretches = starts.iter().map(|start| {
                let end = (start + length).min(ranges.len());
                Assignment::find(&qualities, *start..end, quality)
            });
            stretches.find_map(|assignment| Some((assignment?, quality)))
        })
    }
}

/// Finds a word for each pattern, no word for two of them, by augmenting paths.
struct Assignment<'a> {
    /// For each pattern, how closely each word matches it.
    qualities: &'a [Vec<Option<MatchQuality>>],
    /// The words that may be used.
    stretch: Range<usize>,
    /// The lowest quality of a match.
    lowest: MatchQuality,
    /// For each word of the stretch, the pattern that it matches.
    pattern_of: Vec<Option<usize>>,
}

impl Assignment<'_> {
    /// Returns the word of each pattern, or `None` if one has none.
    fn find(
        qualities: &[Vec<Option<MatchQuality>>],
        stretch: Range<usize>,
        lowest: MatchQuality,
    ) -> Option<MatchedWords> {
        let pattern_of = vec![None; stretch.len()];
        let mut assignment = Assignment { qualities, stretch, lowest, pattern_of };
        for pattern in 0..qualities.len() {
            let mut tried = vec![false; assignment.stretch.len()];
            if !assignment.assign(pattern, &mut tried) {
                return None;
            }
        }
        let word_of = |pattern| {
            let index = assignment.pattern_of.iter().position(|it| *it == Some(pattern))?;
            Some(assignment.stretch.start + index)
        };
        (0..qualities.len()).map(word_of).collect()
    }

    /// Finds a word for a pattern. A pattern that has the word already may get another one.
    fn assign(&mut self, pattern: usize, tried: &mut [bool]) -> bool {
        for index in 0..self.stretch.len() {
            let of_pattern = self.qualities.get(pattern);
            let quality = of_pattern.and_then(|words| *words.get(self.stretch.start + index)?);
            let matches = quality.is_some_and(|quality| quality >= self.lowest);
            if !matches || tried.get(index).copied().unwrap_or(true) {
                continue;
            }
            if let Some(tried) = tried.get_mut(index) {
                *tried = true;
            }
            let taken_by = self.pattern_of.get(index).copied().flatten();
            if taken_by.is_none_or(|other| self.assign(other, tried)) {
                if let Some(of_word) = self.pattern_of.get_mut(index) {
                    *of_word = Some(pattern);
                }
                return true;
            }
        }
        false
    }
}
