//! Which letters of a shown text the filter matched.

use std::ops::Range;

use super::clause::Phrase;
use super::date_filter::DateFilter;
use crate::record::Field;
use crate::record::Slot;
use crate::record::date::span::Reading;
use crate::text::fold::Folded;
use crate::text::words::words;

/// Finds the letters of a shown text that the filter matched: of a word that begins with what was
/// typed the typed letters, of a guess the letters it shares or the whole word, of a phrase each of
/// its words.
#[derive(Clone, Debug, Default)]
pub struct Highlighter {
    /// What is looked for; nothing that is left out.
    pub(crate) phrases: Vec<Phrase>,
    /// The dates that are looked for; none that are left out.
    pub(crate) dates: Vec<DateFilter>,
}

impl Highlighter {
    /// The matched parts of one value of a field, as byte ranges in it, in order and apart.
    pub fn ranges(&self, field: Field, text: &str) -> Vec<Range<usize>> {
        self.matched(Slot::Known(field), text)
    }

    /// The same for a field under its own name.
    pub fn own_ranges(&self, name: &str, text: &str) -> Vec<Range<usize>> {
        self.matched(Slot::Own(name), text)
    }

    /// Whether the filter asks for this date, so that it is matched as a whole.
    pub fn fits_date(&self, reading: Reading) -> bool {
        self.dates.iter().any(|date| date.fits(reading))
    }

    /// The matched parts of a text in a slot.
    fn matched(&self, slot: Slot<'_>, text: &str) -> Vec<Range<usize>> {
        let asked = |phrase: &&Phrase| phrase.scope.field_of(slot).is_some();
        let phrases: Vec<&Phrase> = self.phrases.iter().filter(asked).collect();
        if phrases.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let words: Vec<Range<usize>> = words(&folded.text).collect();
        let mut found = Vec::new();
        for phrase in phrases {
            for (at, _) in phrase.occurrences(&folded.text, &words) {
                for (needle, word) in phrase.words.iter().zip(words.iter().skip(at)) {
                    let letters = folded.text.get(word.clone()).unwrap_or_default();
                    found.extend(needle.matched(letters).into_iter().map(|part| {
                        folded.original(word.start + part.start..word.start + part.end)
                    }));
                }
            }
        }
        joined(found)
    }
}

/// Ranges in order, those that touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
