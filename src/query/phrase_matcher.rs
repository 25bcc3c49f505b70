//! Where a phrase occurs in a text: on this the search, the highlights and the announcements agree.

use std::ops::Range;

use memchr::memmem::Finder;

use super::clause::Phrase;
use super::word_pattern::{MatchQuality, WordPattern};
use crate::text::words::{is_of_word, words};

impl Phrase {
    /// Each place in a text, given by its folded form and its words, where the phrase occurs: the
    /// number of its first word, and the tier of the word that fits least.
    pub(super) fn occurrences<'a>(
        &'a self,
        folded: &'a str,
        ranges: &'a [Range<usize>],
    ) -> impl Iterator<Item = (usize, MatchQuality)> + 'a {
        let count = self.words.len();
        let starts = ranges.windows(count).enumerate();
        let anchored = starts.filter(move |(at, _)| {
            (!self.at_start || *at == 0) && (!self.at_end || at + count == ranges.len())
        });
        anchored.filter_map(move |(at, window)| {
            let pairs = self.words.iter().zip(window);
            let tiers = pairs.map(|(needle, word)| needle.tier(folded.get(word.clone())?));
            let weakest = tiers.collect::<Option<Vec<MatchQuality>>>()?.into_iter().min()?;
            Some((at, weakest))
        })
    }

    /// Looks for the phrase in many texts.
    pub(crate) fn seeker(&self) -> Seeker<'_> {
        let anchored = self.at_start || self.at_end;
        let rarest = self.rarest().filter(|_| !anchored);
        let rarest = rarest.map(|(at, needle)| (at, Finder::new(needle.letters.as_bytes())));
        Seeker { phrase: self, rarest, room: Vec::new() }
    }

    /// The word with the most letters, and its place, of those whose letters any fitting word
    /// begins with.
    fn rarest(&self) -> Option<(usize, &WordPattern)> {
        let exact = |(_, needle): &(usize, &WordPattern)| !needle.inside && needle.guess.is_none();
        let all = self.words.iter().enumerate().filter(exact);
        all.max_by_key(|(_, needle)| needle.letters.len())
    }
}

/// Looks for a phrase in text after text.
pub(crate) struct Seeker<'p> {
    /// The phrase.
    phrase: &'p Phrase,
    /// The place of its rarest word, and the search for it.
    rarest: Option<(usize, Finder<'p>)>,
    /// The words that are looked at, so that no memory is asked for text after text.
    room: Vec<Range<usize>>,
}

impl Seeker<'_> {
    /// The best tier of the phrase in a folded text.
    pub(crate) fn best_tier(&mut self, folded: &str) -> Option<MatchQuality> {
        let Seeker { phrase, rarest, room } = self;
        if let Some((at, letters)) = rarest {
            return phrase.best_tier_around(folded, *at, letters, room);
        }
        let only_start = phrase.at_start && !phrase.at_end;
        room.clear();
        room.extend(words(folded).take(if only_start { phrase.words.len() } else { usize::MAX }));
        phrase.occurrences(folded, room).map(|(_, tier)| tier).max()
    }
}

impl Phrase {
    /// The best tier of the phrase in a folded text, by looking only round the places of its
    /// rarest word. Finding letters is much faster than cutting a text into words.
    fn best_tier_around(
        &self,
        folded: &str,
        at: usize,
        rarest: &Finder<'_>,
        room: &mut Vec<Range<usize>>,
    ) -> Option<MatchQuality> {
        let mut best = None;
        for place in rarest.find_iter(folded.as_bytes()) {
            let Some(before) = folded.get(..place).filter(|it| !it.ends_with(is_of_word)) else {
                continue;
            };
            let start = before_words(before, at);
            room.clear();
            let near = words(folded.get(start..)?).take(self.words.len());
            room.extend(near.map(|word| start + word.start..start + word.end));
            best = best.max(self.occurrences(folded, room).map(|(_, tier)| tier).max());
            if best == Some(MatchQuality::Whole) {
                break;
            }
        }
        best
    }
}

/// Where the last so many words of a folded text begin.
fn before_words(folded: &str, count: usize) -> usize {
    let before = (0..count).fold(folded, |rest, _| {
        rest.trim_end_matches(|letter| !is_of_word(letter)).trim_end_matches(is_of_word)
    });
    before.len()
}
