//! What to tell about a result: which guesses were made, and what to try if nothing was found.

use std::collections::HashMap;
use std::sync::Arc;

use super::expand::{ExpandedPhrase, ExpandedWord, Expansion};
use super::rank::UNRANKED;
use super::result_set::{YearClause, formula};
use super::score::{PreparedClause, PreparedTerm};
use super::search::{RankedMatches, ScoredTerms};
use super::similar::has_record;
use crate::query::date_filter::DateFilter;
use crate::query::{Clause, GuessPolicy, Phrase, Query, Scope, Suggestion, Term, other_spelling};
use crate::record::field_set::FieldSet;
use crate::record::{Field, FieldRef};
use crate::store::{Segment, Store};
use crate::text::fold::FoldedText;
use crate::text::tokens::tokens;

/// The highest number of guessed words that are named.
const MAX_NAMED_GUESSES: usize = 3;
/// The most words that a message about like records names.
const MAX_NAMED_SHARED_WORDS: usize = 6;
/// Words that are operators in capitals.
const OPERATOR_WORDS: [&str; 3] = ["and", "or", "not"];
/// The most terms of a filter that suggestions look at.
const MAX_TERMS: usize = 30;

/// Fields that say in which container something lies. Where records do not have one of them, they may have others.
const CONTAINER_FIELDS: [Field; 3] = [Field::Box, Field::Folder, Field::Container];

/// Returns the guesses at each term that are in a matching record: `no “harimann”: showing Harriman`.
pub(super) fn guesses(
    store: &Store,
    query: &Query,
    terms: &[PreparedTerm],
    matches: &RankedMatches,
) -> Vec<Suggestion> {
    let terms = query.terms().zip(terms);
    let guesses = terms.filter_map(|(term, prepared)| match &prepared.clause {
        PreparedClause::Words(phrase) if phrase.has_guesses() => {
            guess_at(store, term, phrase, matches)
        }
        _ => None,
    });
    guesses.collect()
}

/// Returns the guesses at one term, the most frequent words first.
fn guess_at(
    store: &Store,
    term: &Term,
    phrase: &ExpandedPhrase,
    matches: &RankedMatches,
) -> Option<Suggestion> {
    let mut guesses: Vec<(String, GuessedWord)> =
        guessed_words(store, phrase, matches).into_iter().collect();
    guesses.sort_by(|(a, x), (b, y)| y.records.cmp(&x.records).then_with(|| a.cmp(b)));
    let words = guesses.iter().map(|(_, guess)| guess.as_written.clone());
    let words: Vec<String> = words.take(MAX_NAMED_GUESSES).collect();
    (!words.is_empty()).then(|| Suggestion::Guessed {
        typed: term.text.trim_start_matches('~').to_owned(),
        words,
        has_others: guesses.len() > MAX_NAMED_GUESSES,
        is_besides: phrase.has_literal_match(),
    })
}

impl PreparedTerm {
    /// Whether it looks for words and the index has only guesses at one of them.
    fn has_only_guesses(&self) -> bool {
        matches!(&self.clause, PreparedClause::Words(phrase) if !phrase.has_literal_match())
    }
}

impl ExpandedPhrase {
    /// Whether each of its words is expanded to a word that is not a guess.
    fn has_literal_match(&self) -> bool {
        let has_literal = |segments: &Vec<Expansion>| {
            segments.iter().flatten().any(|word| !word.quality.is_guess())
        };
        self.expansions.iter().all(has_literal)
    }
}

/// A guessed word.
struct GuessedWord {
    /// The word as it is written in a record.
    as_written: String,
    /// The number of matching records that have it.
    records: usize,
}

/// Returns the guessed words of the matching records, by their folded letters.
fn guessed_words(
    store: &Store,
    phrase: &ExpandedPhrase,
    matches: &RankedMatches,
) -> HashMap<String, GuessedWord> {
    let mut guesses: HashMap<String, GuessedWord> = HashMap::new();
    let scope = &phrase.phrase.scope;
    let fields = scope.fields();
    for (index, segment) in store.segments().iter().enumerate() {
        let expansions = phrase.expansions.iter().filter_map(|segments| segments.get(index));
        let words = expansions.flatten().filter(|word| word.quality.is_guess());
        for &ExpandedWord { word, .. } in words {
            let postings = segment
                .dictionary()
                .postings(word)
                .records_with_fields()
                .filter(|(_, in_fields)| in_fields.intersects(fields))
                .filter(|(record, _)| matches.rank(index, *record) != UNRANKED);
            let mut records = postings.map(|(record, _)| record).peekable();
            let Some(&first) = records.peek() else { continue };
            let letters = segment.dictionary().word(word);
            let guess = guesses.entry(letters.to_owned()).or_insert_with(|| GuessedWord {
                as_written: word_as_written(segment, first, letters, scope),
                records: 0,
            });
            guess.records += records.count();
        }
    }
    guesses
}

/// Returns the other spellings of the words of a filter that records have: `labour` for `labor`.
pub(super) fn other_spellings(store: &Store, query: &Query) -> Vec<Suggestion> {
    let spelling = |term: &Term| {
        let Clause::Words(phrase) = &term.clause else { return None };
        let is_asked = !term.negated && phrase.guess_policy != GuessPolicy::Never;
        let [word] = phrase.words.as_slice() else { return None };
        // Else the other one is among the guesses.
        let is_known = is_asked && store.has_word(&word.letters);
        let other = other_spelling(&word.letters).filter(|_| is_known)?;
        let count = count_records(store, &other, phrase.scope.fields());
        let typed = term.text.clone();
        (count > 0).then_some(Suggestion::OtherSpelling { typed, other, count })
    };
    query.terms().take(MAX_TERMS).filter_map(spelling).collect()
}

/// Returns the number of records that have a folded word in one of these fields.
fn count_records(store: &Store, word: &str, fields: FieldSet) -> usize {
    let in_segment = |segment: &Arc<Segment>| {
        let dictionary = segment.dictionary();
        let postings = dictionary.find(word).map(|word| dictionary.postings(word));
        let runs = postings.into_iter().flatten().filter(|(of_run, _)| of_run.intersects(fields));
        runs.map(|(_, records)| records.count()).sum::<usize>()
    };
    store.segments().iter().map(in_segment).sum()
}

/// Returns a folded word as it is written in a record.
pub(super) fn word_as_written(
    segment: &Segment,
    record: usize,
    word: &str,
    scope: &Scope,
) -> String {
    let texts = segment.texts(record).filter(|(field, _)| scope.field_for(*field).is_some());
    let mut written = texts.filter_map(|(_, text)| {
        let folded = FoldedText::new(text);
        let range =
            tokens(&folded.text).find(|range| folded.text.get(range.clone()) == Some(word))?;
        text.get(folded.original_range(range)).map(str::to_owned)
    });
    written.next().unwrap_or_else(|| word.to_owned())
}

/// Returns for each record that others are to be like, what it is and which words they share; and which records there are
/// not that others shall not be like.
pub(super) fn resembled(store: &Store, query: &Query, terms: &[PreparedTerm]) -> Vec<Suggestion> {
    let suggestion = |(term, prepared): (&Term, &PreparedTerm)| {
        let (PreparedClause::Similar(similar), Clause::Like(named)) =
            (&prepared.clause, &term.clause)
        else {
            return None;
        };
        if term.negated {
            let is_missing = !has_record(store, named);
            return is_missing.then(|| Suggestion::NoRecordToResemble(named.to_string()));
        }
        let words = similar.shared_words.iter().take(MAX_NAMED_SHARED_WORDS).cloned().collect();
        let title = similar.title.clone();
        let is_told = !title.is_empty() && !similar.is_empty();
        is_told.then_some(Suggestion::Like { title, words })
    };
    query.terms().zip(terms).filter_map(suggestion).collect()
}

/// Returns each year that further records have as a word. The scored terms contain the years as words after the terms of
/// the filter.
pub(super) fn years_as_words(
    query: &Query,
    years: &[YearClause],
    scored: &ScoredTerms<'_>,
) -> Vec<Suggestion> {
    let word_indices = query.terms().count()..;
    let suggestion = |(word_index, year): (usize, &YearClause)| {
        let mut with_word = formula(query, scored.match_counts.len(), |_, _| true);
        with_word.replace(year.term_index, word_index);
        let year = query.terms().nth(year.term_index)?.text.clone();
        let count = scored.count_additional(&with_word);
        (count > 0).then_some(Suggestion::YearAsWord { year, count })
    };
    word_indices.zip(years).filter_map(suggestion).collect()
}

/// Returns what to try if nothing was found: which terms no record has, or that no record has all
/// of them, and how many records would match without each of them.
pub(super) fn suggestions(
    store: &Store,
    query: &Query,
    terms: &[PreparedTerm],
    scored: &ScoredTerms<'_>,
) -> Vec<Suggestion> {
    let mut suggestions = Vec::new();
    if scored.matches.count() > 0 || scored.matches.ranks.is_empty() {
        return suggestions;
    }
    let is_operator = |term: &&Term| OPERATOR_WORDS.contains(&term.text.as_str());
    let operator = query.terms().find(is_operator);
    suggestions.extend(operator.map(|term| Suggestion::OperatorAsWord(term.text.clone())));
    let found = query.terms().zip(terms).zip(&scored.match_counts);
    for ((term, prepared), match_count) in found.take(MAX_TERMS) {
        if !term.negated && (*match_count == 0 || prepared.has_only_guesses()) {
            let suggestion = not_found(store, term);
            if !suggestions.contains(&suggestion) {
                suggestions.push(suggestion);
            }
        }
    }
    if suggestions.is_empty() && query.terms().filter(|term| !term.negated).count() > 1 {
        suggestions.push(Suggestion::NotTogether);
    }
    let count = query.terms().count();
    let may_help = count > 1 && count <= MAX_TERMS;
    for (excluded, term) in query.terms().enumerate().filter(|_| may_help) {
        let without = formula(query, scored.match_counts.len(), |index, _| index != excluded);
        let count = scored.count_additional(&without);
        if count > 0 {
            suggestions.push(Suggestion::LeaveOut { term: term.text.clone(), count });
        }
    }
    suggestions
}

/// Returns that no record matches a term, or that no record has its field. A record always has an own field, because
/// fonds knows its name only from a record.
fn not_found(store: &Store, term: &Term) -> Suggestion {
    let text = || term.text.clone();
    match &term.clause {
        Clause::Words(Phrase { scope: Scope::Known(field), .. })
            if !any_record_has(store, *field) =>
        {
            let is_place = CONTAINER_FIELDS.contains(field);
            let others = CONTAINER_FIELDS.iter().filter(|_| is_place);
            let others = others.filter(|other| any_record_has(store, **other)).copied().collect();
            Suggestion::NoRecordHas { field: *field, others }
        }
        Clause::Words(Phrase { scope: Scope::Names, .. })
            if !Field::NAMES.iter().any(|field| any_record_has(store, *field)) =>
        {
            Suggestion::NoRecordHasNames
        }
        Clause::Words(_) => Suggestion::NotFound(text()),
        Clause::Like(named) if has_record(store, named) => {
            Suggestion::NothingShared(named.to_string())
        }
        Clause::Like(named) => Suggestion::NoRecordToResemble(named.to_string()),
        Clause::Marked => Suggestion::NoneMarked,
        Clause::HasNote => Suggestion::NoneNoted,
        Clause::DoubtfulDate => Suggestion::NoneDoubtful,
        Clause::Note(_) => Suggestion::NotInNotes(text()),
        Clause::File(_) => Suggestion::NotInFiles(text()),
        Clause::Date(DateFilter::Undated) => Suggestion::NoneUndated,
        Clause::Date(_) => {
            let date = term.text.split_once(':').map_or(term.text.as_str(), |(_, date)| date);
            Suggestion::NoneDated(date.to_owned())
        }
    }
}

/// Whether a record has a word in a field.
fn any_record_has(store: &Store, field: Field) -> bool {
    let set = FieldSet::from_field(field);
    let has_set = |segment: &Segment| {
        let words = segment.dictionary();
        words.word_ids().any(|word| words.fields(word).intersects(set))
    };
    let has_field = |segment: &Segment| {
        let mut texts = (0..segment.len()).flat_map(|record| segment.text_ranges_in(record, set));
        !FieldSet::is_shared(field) || texts.any(|(other, _)| other == FieldRef::Known(field))
    };
    store.segments().iter().any(|segment| has_set(segment) && has_field(segment))
}
