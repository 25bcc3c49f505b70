//! Finds the letters of a displayed text that the filter matched.

use std::ops::Range;

use super::clause::{Clause, Phrase, Query};
use super::date_filter::DateFilter;
use super::search::TermResult;
use crate::record::date::span::ParsedDate;
use crate::record::{Field, FieldRef};
use crate::text::fold::FoldedText;
use crate::text::tokens::tokens;

/// Finds the letters of a displayed text that the filter matched.
///
/// In a word that begins with the typed word or contains it, these are the typed letters. In a
/// guess they are the letters it shares with the typed word, or the whole word. A phrase matches in
/// each of its words.
#[derive(Clone, Debug, Default)]
pub struct Highlighter {
    /// The phrases of the terms that are not negated.
    pub(crate) phrases: Vec<Phrase>,
    /// The dates of the terms that are not negated.
    pub(crate) dates: Vec<DateFilter>,
}

impl Highlighter {
    /// Returns the highlighter of a filter and of what its terms were expanded to. Without expansions it finds the terms as
    /// they were typed.
    pub fn new(query: &Query, found: &[TermResult]) -> Highlighter {
        let mut highlighter = Highlighter::default();
        // A backend may have ignored the last terms.
        let searched = if found.is_empty() { usize::MAX } else { found.len() };
        let terms = query.terms().enumerate().take(searched);
        for (index, term) in terms.filter(|(_, term)| !term.negated) {
            let expansion = found.get(index).map_or(&[][..], |it| &it.expansion);
            match &term.clause {
                Clause::Words(phrase) if expansion.is_empty() => {
                    highlighter.phrases.extend(phrase.with_variants());
                }
                Clause::Date(date) => highlighter.dates.push(*date),
                _ => highlighter.phrases.extend_from_slice(expansion),
            }
        }
        highlighter
    }

    /// Returns the matched parts of one value of a field, as byte ranges of `text`. The ranges are
    /// in order and do not touch.
    pub fn field_ranges(&self, field: Field, text: &str) -> Vec<Range<usize>> {
        self.matched_ranges(FieldRef::Known(field), text)
    }

    /// Returns the matched parts of one value of an own field, like [`Highlighter::field_ranges`].
    pub fn own_field_ranges(&self, name: &str, text: &str) -> Vec<Range<usize>> {
        self.matched_ranges(FieldRef::Own(name), text)
    }

    /// Whether the filter asks for this date, so that the whole date is highlighted.
    pub fn matches_date(&self, date: ParsedDate) -> bool {
        self.dates.iter().any(|filter| filter.matches(date))
    }

    /// Returns the matched parts of a text of a field.
    fn matched_ranges(&self, field: FieldRef<'_>, text: &str) -> Vec<Range<usize>> {
        let is_searched = |phrase: &&Phrase| phrase.scope.field_for(field).is_some();
        let phrases: Vec<&Phrase> = self.phrases.iter().filter(is_searched).collect();
        if phrases.is_empty() {
            return Vec::new();
        }
        let folded = FoldedText::new(text);
        let words: Vec<Range<usize>> = tokens(&folded.text).collect();
        let mut found = Vec::new();
        for phrase in phrases {
            for (pattern, index) in phrase.matched_words(&folded.text, &words) {
                let Some(word) = words.get(index) else { continue };
                let letters = folded.text.get(word.clone()).unwrap_or_default();
                found.extend(pattern.matched_ranges(letters).into_iter().map(|range| {
                    folded.original_range(word.start + range.start..word.start + range.end)
                }));
            }
        }
        merge_ranges(found)
    }
}

/// Sorts ranges and merges those that overlap or touch.
fn merge_ranges(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
