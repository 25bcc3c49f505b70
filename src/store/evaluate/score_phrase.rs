//! The score of each record of a segment for a phrase: of a formula from the index, else from the text of
//! those records that have all its words in one field.

use super::expand::Resolved;
use super::phrase_prefilter::Glance;
use super::rank::{NONE, score};
use super::score::{Patience, Stop};
pub(crate) use crate::query::clause::{Phrase, Scope};
use crate::query::phrase_matcher::Seeker;
pub(crate) use crate::query::word_pattern::{MatchQuality, WordPattern};
use crate::record::field_set::FieldSet;
use crate::store::Segment;
use crate::store::index::postings::Postings;
use crate::store::segment::TextPlace;
use crate::text::fold::fold_into;

/// From how many letters on the beginning of a word tells enough to look for it first.
const TELLING: usize = 3;

impl Resolved {
    /// The score of each record of a segment, from the text of those records that have all words
    /// in one field.
    pub(super) fn verified(&self, at: usize, segment: &Segment, stop: Stop<'_>) -> Option<Vec<u8>> {
        if let Some(postings) = self.formula(at, segment) {
            return Some(self.walked(postings, segment.len()));
        }
        let mut patience = Patience::new(stop);
        let mut reader = Reader::new(&self.phrase, self.ceiling(at));
        let mut scores = vec![NONE; segment.len()];
        patience.spend(1)?;
        let candidates = self.candidates(at, segment);
        let mut candidates = candidates.into_iter().enumerate().filter(|(_, it)| !it.is_empty());
        let mut records = Vec::with_capacity(TOGETHER);
        let mut texts = Vec::new();
        loop {
            records.extend(candidates.by_ref().take(TOGETHER));
            segment.fetch_places(records.iter().map(|(record, _)| *record));
            for (record, fields) in records.drain(..) {
                texts.extend(reader.texts(segment, record, fields));
            }
            if texts.is_empty() {
                return Some(scores);
            }
            patience.spend(segment.fetch(texts.iter().map(|(.., place)| *place)) + 64)?;
            for (record, field, place) in texts.drain(..) {
                if let Some(best) = scores.get_mut(record) {
                    *best = reader.score(segment.text(place), field).max(*best);
                }
            }
        }
    }

    /// Where the phrase is a formula of a segment, the records that have it.
    fn formula<'s>(&self, at: usize, segment: &'s Segment) -> Option<Postings<'s>> {
        let Phrase { words, scope, at_start, at_end, .. } = &self.phrase;
        let is_exact = |word: &WordPattern| !word.beginning && !word.inside && word.guess.is_none();
        let anywhere = !at_start && !at_end && !matches!(scope, Scope::Own(_));
        if words.len() != 2 || !anywhere || !words.iter().all(is_exact) {
            return None;
        }
        let mut meant = self.meant.iter().filter_map(|needle| needle.get(at)?.first());
        let ((first, _), (second, _)) = (meant.next()?, meant.next()?);
        segment.words().formula(*first, *second)
    }

    /// The scores of so many records, of which these have the phrase as it was typed.
    fn walked(&self, postings: Postings<'_>, records: usize) -> Vec<u8> {
        let mut scores = vec![NONE; records];
        for (fields, records) in postings {
            let worth = score(MatchQuality::Whole, fields & self.phrase.scope.fields());
            records
                .for_each(|record| scores.get_mut(record).into_iter().for_each(|it| *it = worth));
        }
        scores
    }

    /// The best tier that the phrase can have in a segment: that of the word that fits least.
    fn ceiling(&self, at: usize) -> MatchQuality {
        let meant = self.meant.iter().filter_map(|needle| needle.get(at));
        let best = meant.map(|words| words.iter().map(|(_, tier)| *tier).max());
        best.min().flatten().unwrap_or(MatchQuality::Whole)
    }

    /// For each record of a segment the fields that have all words of the phrase.
    fn candidates(&self, at: usize, segment: &Segment) -> Vec<FieldSet> {
        let mut common = vec![self.phrase.scope.fields(); segment.len()];
        let longest = self.phrase.words.iter().map(|word| word.letters.len()).max().unwrap_or(0);
        // A few letters begin so many words that the text is read sooner.
        let tells =
            |word: &WordPattern| !word.beginning || word.letters.len() >= longest.min(TELLING);
        let words = self.phrase.words.iter().zip(&self.meant).filter(|(word, _)| tells(word));
        for (_, needle) in words {
            let mut found = vec![FieldSet::NONE; segment.len()];
            for &(word, _) in needle.get(at).into_iter().flatten() {
                for (fields, records) in segment.words().postings(word) {
                    for record in records {
                        if let Some(all) = found.get_mut(record) {
                            *all = *all | fields;
                        }
                    }
                }
            }
            common.iter_mut().zip(found).for_each(|(all, found)| *all = *all & found);
        }
        common
    }
}

/// How many records have their texts fetched from memory together.
const TOGETHER: usize = 32;

/// A text that may have a phrase: its record, its field and its place.
type Candidate = (usize, FieldSet, TextPlace);

/// Reads texts again and again without asking for memory.
struct Reader<'p> {
    /// The scope of the phrase that is looked for.
    scope: &'p Scope,
    /// Looks for it at a glance, where that tells anything.
    glance: Option<Glance<'p>>,
    /// Looks for it.
    seeker: Seeker<'p>,
    /// The best tier that it can have.
    ceiling: MatchQuality,
    /// The folded text.
    folded: String,
}

impl<'p> Reader<'p> {
    /// Looks for a phrase.
    fn new(phrase: &'p Phrase, ceiling: MatchQuality) -> Reader<'p> {
        let (glance, seeker) = (Glance::new(phrase), phrase.seeker());
        Reader { scope: &phrase.scope, glance, seeker, ceiling, folded: String::new() }
    }

    /// The texts of a record that may have the phrase, of which only these fields may have it.
    fn texts(
        &self,
        of: &Segment,
        record: usize,
        fields: FieldSet,
    ) -> impl Iterator<Item = Candidate> {
        let places = of.places_in(record, fields);
        places.filter_map(move |(slot, place)| Some((record, self.scope.field_of(slot)?, place)))
    }

    /// The score of a text of a field.
    fn score(&mut self, text: &str, field: FieldSet) -> u8 {
        let tier = self.tier(text);
        tier.map_or(NONE, |tier| score(tier, field))
    }

    /// The tier of the phrase in a text.
    fn tier(&mut self, text: &str) -> Option<MatchQuality> {
        let Reader { glance, ceiling, folded, .. } = self;
        if let Some(seen) = glance.as_ref().and_then(|it| it.in_text(text, *ceiling)) {
            return Some(seen);
        }
        folded.clear();
        fold_into(text, folded);
        let seen = glance.as_ref().and_then(|it| it.in_folded(folded, *ceiling));
        if seen >= Some(*ceiling) || (glance.is_some() && folded.is_ascii()) {
            return seen;
        }
        self.seeker.best_tier(folded)
    }
}
