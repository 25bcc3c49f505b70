//! Finds a phrase in a text. Searching, highlighting and messages all use this.

use std::ops::Range;

use memchr::memmem::Finder;

use super::clause::Phrase;
use super::word_pattern::{MatchQuality, WordPattern};
use crate::text::tokens::{may_have_unspaced, tokens};
use crate::text::words::{is_word_char, words};

impl Phrase {
    /// Finds each occurrence of the phrase in a folded text, whose words are at `ranges`. Returns
    /// the index of the first word and the quality of the word that matches worst.
    pub(super) fn occurrences<'a>(
        &'a self,
        folded: &'a str,
        ranges: &'a [Range<usize>],
    ) -> impl Iterator<Item = (usize, MatchQuality)> + 'a {
        let count = self.words.len();
        let windows = ranges.windows(count).enumerate();
        let anchored = windows.filter(move |(first, _)| {
            (!self.at_start || *first == 0) && (!self.at_end || first + count == ranges.len())
        });
        anchored.filter_map(move |(first, window)| {
            let pairs = self.words.iter().zip(window);
            let qualities =
                pairs.map(|(pattern, word)| pattern.quality_of(folded.get(word.clone())?));
            let worst = qualities.collect::<Option<Vec<MatchQuality>>>()?.into_iter().min()?;
            Some((first, worst))
        })
    }

    /// Returns a matcher that finds the phrase in many texts.
    pub(crate) fn matcher(&self) -> PhraseMatcher<'_> {
        let longest = self.longest();
        let longest = longest.map(|(i, pattern)| (i, Finder::new(pattern.letters.as_bytes())));
        PhraseMatcher { phrase: self, longest, ranges: Vec::new() }
    }

    /// Whether its words have to follow each other, at any place of a text.
    fn is_free_and_adjacent(&self) -> bool {
        !self.at_start && !self.at_end && self.max_between.is_none()
    }

    /// Returns the longest word and its index, among the words that only match as a whole or as a
    /// prefix.
    fn longest(&self) -> Option<(usize, &WordPattern)> {
        let is_literal =
            |(_, pattern): &(usize, &WordPattern)| !pattern.allow_inside && pattern.guess.is_none();
        let literal = self.words.iter().enumerate().filter(is_literal);
        literal.max_by_key(|(_, pattern)| pattern.letters.len())
    }
}

/// Finds a phrase in one text after another.
pub(crate) struct PhraseMatcher<'p> {
    /// The phrase.
    phrase: &'p Phrase,
    /// The index and the finder of its longest word that has to be in the text.
    longest: Option<(usize, Finder<'p>)>,
    /// A buffer for the ranges of words, which is reused from text to text.
    ranges: Vec<Range<usize>>,
}

impl PhraseMatcher<'_> {
    /// Returns the best quality with which the phrase occurs in a folded text.
    pub(crate) fn best_quality(&mut self, folded: &str) -> Option<MatchQuality> {
        let PhraseMatcher { phrase, longest, ranges } = self;
        if let Some((i, finder)) = longest {
            finder.find(folded.as_bytes())?;
            if phrase.is_free_and_adjacent() && !may_have_unspaced(folded) {
                return phrase.best_quality_around(folded, *i, finder, ranges);
            }
        }
        ranges.clear();
        if phrase.max_between.is_some() {
            ranges.extend(tokens(folded));
            return phrase.best_near(folded, ranges).map(|(_, quality)| quality);
        }
        let only_start = phrase.at_start && !phrase.at_end;
        let count = if only_start { phrase.words.len() } else { usize::MAX };
        ranges.extend(tokens(folded).take(count));
        phrase.occurrences(folded, ranges).map(|(_, quality)| quality).max()
    }
}

impl Phrase {
    /// Like [`PhraseMatcher::best_quality`], but examines only the surroundings of the word with
    /// index `word_index`, which `finder` finds. Finding letters is much faster than splitting a
    /// whole text into words.
    fn best_quality_around(
        &self,
        folded: &str,
        word_index: usize,
        finder: &Finder<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Option<MatchQuality> {
        let mut best = None;
        for position in finder.find_iter(folded.as_bytes()) {
            let Some(before) = folded.get(..position).filter(|it| !it.ends_with(is_word_char))
            else {
                continue;
            };
            let start = start_of_last_words(before, word_index);
            ranges.clear();
            let near = words(folded.get(start..)?).take(self.words.len());
            ranges.extend(near.map(|word| start + word.start..start + word.end));
            best = best.max(self.occurrences(folded, ranges).map(|(_, quality)| quality).max());
            if best == Some(MatchQuality::Whole) {
                break;
            }
        }
        best
    }
}

/// Returns the byte position at which the last `count` words of a folded text begin.
fn start_of_last_words(folded: &str, count: usize) -> usize {
    let before = (0..count).fold(folded, |rest, _| {
        rest.trim_end_matches(|letter| !is_word_char(letter)).trim_end_matches(is_word_char)
    });
    before.len()
}
