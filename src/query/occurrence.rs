//! Where a phrase occurs in a text: on this the search, the highlights and the announcements agree.

use std::ops::Range;

use super::needle::{Needle, Tier};
use super::term::Phrase;
use crate::store::fold::{is_of_word, words};

impl Phrase {
    /// Each place in a text, given by its folded form and its words, where the phrase occurs: the
    /// number of its first word, and the tier of the word that fits least.
    pub(super) fn occurrences<'a>(
        &'a self,
        folded: &'a str,
        ranges: &'a [Range<usize>],
    ) -> impl Iterator<Item = (usize, Tier)> + 'a {
        let count = self.words.len();
        let starts = ranges.windows(count).enumerate();
        let anchored = starts.filter(move |(at, _)| {
            (!self.at_start || *at == 0) && (!self.at_end || at + count == ranges.len())
        });
        anchored.filter_map(move |(at, window)| {
            let pairs = self.words.iter().zip(window);
            let tiers = pairs.map(|(needle, word)| needle.tier(folded.get(word.clone())?));
            let weakest = tiers.collect::<Option<Vec<Tier>>>()?.into_iter().min()?;
            Some((at, weakest))
        })
    }

    /// The best tier of the phrase in a folded text. `room` is for its words, so that no memory is
    /// asked for text after text.
    pub(super) fn best_tier(&self, folded: &str, room: &mut Vec<Range<usize>>) -> Option<Tier> {
        if let Some((at, rarest)) = self.rarest().filter(|_| !self.at_start && !self.at_end) {
            return self.best_tier_around(folded, at, rarest, room);
        }
        let only_start = self.at_start && !self.at_end;
        room.clear();
        room.extend(words(folded).take(if only_start { self.words.len() } else { usize::MAX }));
        self.occurrences(folded, room).map(|(_, tier)| tier).max()
    }

    /// The word with the most letters, and its place, of those whose letters any fitting word
    /// begins with.
    fn rarest(&self) -> Option<(usize, &Needle)> {
        let exact = |(_, needle): &(usize, &Needle)| !needle.inside && needle.guess.is_none();
        let all = self.words.iter().enumerate().filter(exact);
        all.max_by_key(|(_, needle)| needle.letters.len())
    }

    /// The best tier of the phrase in a folded text, by looking only round the places of its
    /// rarest word. Finding letters is much faster than cutting a text into words.
    fn best_tier_around(
        &self,
        folded: &str,
        at: usize,
        rarest: &Needle,
        room: &mut Vec<Range<usize>>,
    ) -> Option<Tier> {
        let places = folded.match_indices(&rarest.letters).filter_map(|(place, _)| {
            let before = folded.get(..place)?;
            if before.ends_with(is_of_word) {
                return None;
            }
            let start = before_words(before, at);
            room.clear();
            let near = words(folded.get(start..)?).take(self.words.len());
            room.extend(near.map(|word| start + word.start..start + word.end));
            self.occurrences(folded, room).map(|(_, tier)| tier).max()
        });
        places.max()
    }
}

/// Where the last so many words of a folded text begin.
fn before_words(folded: &str, count: usize) -> usize {
    let before = (0..count).fold(folded, |rest, _| {
        rest.trim_end_matches(|letter| !is_of_word(letter)).trim_end_matches(is_of_word)
    });
    before.len()
}
