//! Scores the records of a segment for a phrase. An indexed bigram is scored from its postings. For
//! any other phrase, the texts of those records that have all its words in one field are searched.

use super::expand::{ExpandedPhrase, ExpandedWord, Expansion};
use super::phrase_prefilter::{PhrasePrefilter, has_only_initial_capitals};
use super::rank::{NO_MATCH, Score, word_score};
use super::score::CancelPoller;
use crate::query::phrase_matcher::PhraseMatcher;
use crate::query::{CancelCheck, Cancelled, MatchQuality, Phrase, Scope, WordPattern};
use crate::record::field_set::FieldSet;
use crate::store::Segment;
use crate::store::index::postings::Postings;
use crate::store::segment::TextRange;
use crate::text::fold::fold_into;

/// The postings of a prefix are used only if it has at least this many bytes, or is the longest
/// word of the phrase.
const MIN_PREFIX_BYTES: usize = 3;

impl ExpandedPhrase {
    /// Scores the records of the segment with the index `index`.
    pub(super) fn score_by_text(
        &self,
        index: usize,
        segment: &Segment,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Vec<Score>, Cancelled> {
        let has_words =
            |segments: &Vec<Expansion>| segments.get(index).is_some_and(|it| !it.is_empty());
        if !self.expansions.iter().all(has_words) {
            return Ok(vec![NO_MATCH; segment.len()]);
        }
        if let Some(postings) = self.bigram_postings(index, segment) {
            return Ok(self.score_postings(postings, segment.len()));
        }
        let mut poller = CancelPoller::new(is_cancelled);
        let mut matcher = TextMatcher::new(&self.phrase, self.best_possible_quality(index));
        let mut scores = vec![NO_MATCH; segment.len()];
        poller.add_work(1)?;
        let candidates = self.candidates(index, segment);
        let mut candidates =
            candidates.into_iter().enumerate().filter(|(_, fields)| !fields.is_empty());
        let mut records = Vec::with_capacity(RECORDS_PER_PREFETCH);
        let mut texts = Vec::new();
        loop {
            records.extend(candidates.by_ref().take(RECORDS_PER_PREFETCH));
            if records.is_empty() {
                return Ok(scores);
            }
            segment.prefetch_layout(records.iter().map(|(record, _)| *record));
            for (record, fields) in records.drain(..) {
                texts.extend(matcher.candidate_texts(segment, record, fields));
            }
            // There are none if the words are in other own fields than the searched one.
            let bytes = segment.prefetch_texts(texts.iter().map(|text| text.range));
            poller.add_work(bytes + WORK_PER_PREFETCH)?;
            for CandidateText { record, field, range } in texts.drain(..) {
                if let Some(best) = scores.get_mut(record) {
                    *best = matcher.score(segment.text(range), field).max(*best);
                }
            }
        }
    }

    /// Returns the postings of the phrase, if it is an indexed bigram of the segment.
    fn bigram_postings<'s>(&self, index: usize, segment: &'s Segment) -> Option<Postings<'s>> {
        let Phrase { words, scope, at_start, at_end, max_between, .. } = &self.phrase;
        let is_exact =
            |word: &WordPattern| !word.allow_prefix && !word.allow_inside && word.guess.is_none();
        let is_adjacent = !at_start && !at_end && max_between.is_none();
        let is_unrestricted = is_adjacent && !matches!(scope, Scope::Own(_));
        if words.len() != 2 || !is_unrestricted || !words.iter().all(is_exact) {
            return None;
        }
        let mut words = self.expansions.iter().filter_map(|segments| segments.get(index)?.first());
        let (first, second) = (words.next()?, words.next()?);
        segment.dictionary().bigram_postings(first.word, second.word)
    }

    /// Scores `records` records, of which those in `postings` have the phrase exactly as typed.
    fn score_postings(&self, postings: Postings<'_>, records: usize) -> Vec<Score> {
        let mut scores = vec![NO_MATCH; records];
        for (fields, records) in postings {
            let score = word_score(MatchQuality::Whole, fields & self.phrase.scope.fields());
            records
                .for_each(|record| scores.get_mut(record).into_iter().for_each(|it| *it = score));
        }
        scores
    }

    /// Returns the best quality that the phrase can have in a segment: that of the word that
    /// matches worst.
    fn best_possible_quality(&self, index: usize) -> MatchQuality {
        let words = self.expansions.iter().filter_map(|segments| segments.get(index));
        let best = words.map(|words| words.iter().map(|word| word.quality).max());
        best.min().flatten().unwrap_or(MatchQuality::Whole)
    }

    /// Returns for each record of a segment the fields that have all words of the phrase.
    fn candidates(&self, index: usize, segment: &Segment) -> Vec<FieldSet> {
        let mut common = vec![self.phrase.scope.fields(); segment.len()];
        let longest = self.phrase.words.iter().map(|word| word.letters.len()).max().unwrap_or(0);
        // So many words have a very short prefix that searching the texts is faster.
        let is_selective = |word: &WordPattern| {
            !word.allow_prefix || word.letters.len() >= longest.min(MIN_PREFIX_BYTES)
        };
        let words = self.phrase.words.iter().zip(&self.expansions);
        let words = words.filter(|(word, _)| is_selective(word));
        let mut words: Vec<&[ExpandedWord]> =
            words.filter_map(|(_, segments)| Some(segments.get(index)?.as_slice())).collect();
        // The rarest word comes first: with it alone there may be no candidate left.
        words.sort_by_cached_key(|words| {
            let bytes = words.iter().map(|it| segment.dictionary().postings_bytes(it.word));
            bytes.sum::<usize>()
        });
        for words in words {
            if common.iter().all(|fields| fields.is_empty()) {
                break;
            }
            let mut found = vec![FieldSet::EMPTY; segment.len()];
            for &ExpandedWord { word, .. } in words {
                for (fields, records) in segment.dictionary().postings(word) {
                    for record in records {
                        if let Some(all) = found.get_mut(record) {
                            *all = *all | fields;
                        }
                    }
                }
            }
            common.iter_mut().zip(found).for_each(|(common, found)| *common = *common & found);
        }
        common
    }
}

/// The number of records whose texts are prefetched from memory together.
const RECORDS_PER_PREFETCH: usize = 32;

/// The work of a batch of texts besides their bytes, for the cancel check.
const WORK_PER_PREFETCH: usize = 64;

/// A text that may contain the phrase.
struct CandidateText {
    /// The record in its segment.
    record: usize,
    /// The field of the text.
    field: FieldSet,
    /// Where the text is in the segment.
    range: TextRange,
}

/// Matches a phrase against one text after another. It reuses its buffer.
struct TextMatcher<'p> {
    /// The scope of the phrase.
    scope: &'p Scope,
    /// Finds the phrase quickly, if it is suitable for that.
    prefilter: Option<PhrasePrefilter<'p>>,
    /// Finds the phrase in any case.
    matcher: PhraseMatcher<'p>,
    /// The best quality that the phrase can have.
    best_possible: MatchQuality,
    /// A buffer for the folded text.
    folded: String,
}

impl<'p> TextMatcher<'p> {
    /// Creates a matcher for a phrase.
    fn new(phrase: &'p Phrase, best_possible: MatchQuality) -> TextMatcher<'p> {
        let (prefilter, matcher) = (PhrasePrefilter::new(phrase), phrase.matcher());
        TextMatcher {
            scope: &phrase.scope,
            prefilter,
            matcher,
            best_possible,
            folded: String::new(),
        }
    }

    /// Returns the texts of a record, in `fields`, that the phrase may search.
    fn candidate_texts(
        &self,
        segment: &Segment,
        record: usize,
        fields: FieldSet,
    ) -> impl Iterator<Item = CandidateText> {
        let ranges = segment.text_ranges_in(record, fields);
        ranges.filter_map(move |(field, range)| {
            Some(CandidateText { record, field: self.scope.field_for(field)?, range })
        })
    }

    /// Returns the score of a text of a field.
    fn score(&mut self, text: &str, field: FieldSet) -> Score {
        let quality = self.quality_in(text);
        quality.map_or(NO_MATCH, |quality| word_score(quality, field))
    }

    /// Returns the best quality of the phrase in a text.
    fn quality_in(&mut self, text: &str) -> Option<MatchQuality> {
        let TextMatcher { prefilter, best_possible, folded, .. } = self;
        if let Some(prefilter) = prefilter.as_ref().filter(|it| it.searches_texts()) {
            let found = prefilter.in_text(text, *best_possible);
            if found >= Some(*best_possible) || has_only_initial_capitals(text) {
                return found;
            }
        }
        folded.clear();
        fold_into(text, folded);
        let found = prefilter.as_ref().and_then(|it| it.in_folded(folded, *best_possible));
        if found >= Some(*best_possible) || (prefilter.is_some() && folded.is_ascii()) {
            return found;
        }
        self.matcher.best_quality(folded)
    }
}
