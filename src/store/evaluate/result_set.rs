//! Everything that a filter finds in a snapshot: the matching records, counts and messages.

use std::sync::Arc;

use super::expand::{ExpandedPhrase, expand_phrase};
use super::guess_levels::GuessStage;
use super::longer_numbers::NumberStep;
use super::membership::{doubtful_date_scores, file_scores, user_mark_scores};
use super::nearness::{self, NearnessScorer};
use super::rules::SearchRules;
use super::score::{PreparedClause, PreparedTerm};
use super::search::{ColumnGroups, Formula, RankedMatches, ScoredTerms, score_terms};
use super::see_also::see_also;
use super::similar::{SimilarRecords, similar_records};
use super::suggestions::{guesses, other_spellings, resembled, suggestions, years_as_words};
use crate::query::quoted_phrase;
use crate::query::{
    Alternative, CancelCheck, Cancelled, Clause, Group, GuessLevel, HasWord, Query, Suggestion,
    Term, TermResult, UserMarks, check_cancelled,
};
use crate::store::Store;

/// Everything that a filter finds in a snapshot.
#[derive(Debug)]
pub(super) struct ResultSet {
    /// The snapshot.
    pub(super) store: Store,
    /// The filter.
    pub(super) query: Arc<Query>,
    /// The user's marks and notes at that time.
    pub(super) user_marks: Arc<UserMarks>,
    /// Whether duplicates are kept.
    pub(super) keep_duplicates: bool,
    /// Whether the filter depends on marks or notes.
    pub(super) uses_marks: bool,
    /// Whether the filter has words, so that some records match better than others.
    pub(super) has_words: bool,
    /// The matching records.
    pub(super) matches: RankedMatches,
    /// The number of undated records that would match without the date terms.
    pub(super) excluded_undated: usize,
    /// What each term finds on its own.
    pub(super) terms: Vec<TermResult>,
    /// Messages to show under the filter bar.
    pub(super) suggestions: Vec<Suggestion>,
}

impl ResultSet {
    /// Evaluates a filter.
    ///
    /// # Errors
    /// The search was cancelled.
    pub(super) fn new(
        store: &Store,
        filter: &Arc<Query>,
        user_marks: &Arc<UserMarks>,
        keep_duplicates: bool,
        rules: SearchRules,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<ResultSet, Cancelled> {
        let mut query = Query::clone(filter);
        query.limit_terms(store.len());
        let has_word: HasWord<'_> = &|word| store.has_word(word);
        query.add_word_forms(has_word);
        let years = year_clauses(&query);
        let prepare = |query: &Query, levels: &[GuessLevel]| {
            prepare_terms(store, query, &years, user_marks, levels, rules, is_cancelled)
        };
        let levels = query.first_guess_levels();
        let terms = prepare(&query, &levels)?;
        let formula = formula(&query, terms.len(), |_, _| true);
        let scored = score_terms(store, &formula, &terms, is_cancelled)?;
        let mut relaxed = RelaxedQuery { query, levels, terms, scored, told: Vec::new() };
        relaxed.relax_numbers(&formula, &prepare, is_cancelled)?;
        relaxed.guess(&formula, &prepare, rules, has_word, is_cancelled)?;
        relaxed.take_month(&formula, &prepare, has_word, is_cancelled)?;
        let RelaxedQuery { mut query, terms, scored, told, .. } = relaxed;
        let mut messages = messages(store, &query, &years, &terms, &scored);
        let is_date = told.iter().any(|told| matches!(told, Suggestion::UnfinishedDate(_)));
        query.hints.retain(|hint| !(is_date && matches!(hint, Suggestion::MonthWithoutYear(_))));
        messages.append(&mut query.hints);
        messages.extend(told.into_iter().filter(|_| scored.matches.count() > 0));
        let excluded_undated = excluded_undated(&query, &scored);
        let mut matches = scored.matches;
        if !keep_duplicates {
            matches.drop_duplicates(store);
        }
        refine(store, &query, &terms, rules, &mut matches);
        check_cancelled(is_cancelled)?;
        let terms = term_results(&query, &scored.match_counts, terms, store.len());
        Ok(ResultSet {
            store: store.clone(),
            keep_duplicates,
            query: Arc::clone(filter),
            user_marks: Arc::clone(user_marks),
            uses_marks: query.uses_marks(),
            has_words: query.has_words(),
            excluded_undated,
            terms,
            suggestions: messages,
            matches,
        })
    }
}

/// Prepares the terms of a filter with the guesses of the level of each.
type PrepareTerms<'p> = &'p dyn Fn(&Query, &[GuessLevel]) -> Result<Vec<PreparedTerm>, Cancelled>;

/// A filter of which more may be meant, step by step, where it finds nothing or little.
struct RelaxedQuery<'a> {
    /// The filter.
    query: Query,
    /// The guesses at each term.
    levels: Vec<GuessLevel>,
    /// The prepared terms.
    terms: Vec<PreparedTerm>,
    /// What the filter finds so far.
    scored: ScoredTerms<'a>,
    /// What to tell of numbers and dates if something is found.
    told: Vec<Suggestion>,
}

impl RelaxedQuery<'_> {
    /// Lets numbers be longer ones, or unfinished dates.
    fn relax_numbers(
        &mut self,
        formula: &Formula,
        prepare: PrepareTerms<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<(), Cancelled> {
        for step in NumberStep::ALL {
            let before = self.query.clone();
            let records = self.scored.record_count();
            let told = self.query.relax_numbers(step, &self.scored, records);
            if told.is_empty() {
                continue;
            }
            let terms = prepare(&self.query, &self.levels)?;
            let scored =
                self.scored.rescore_expanded(formula, &self.terms, &terms, is_cancelled)?;
            if step.must_find() && scored.matches.count() == 0 {
                self.query = before;
                continue;
            }
            (self.terms, self.scored) = (terms, scored);
            if step != NumberStep::Missing {
                self.told = told;
            }
        }
        Ok(())
    }

    /// Guesses more where that finds more.
    fn guess(
        &mut self,
        formula: &Formula,
        prepare: PrepareTerms<'_>,
        rules: SearchRules,
        has_word: HasWord<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<(), Cancelled> {
        for stage in GuessStage::ALL {
            let raised = stage.levels(&self.query, &self.levels, &self.scored, rules, has_word);
            let Some(raised) = raised else { continue };
            let terms = prepare(&self.query, &raised)?;
            let scored =
                self.scored.rescore_expanded(formula, &self.terms, &terms, is_cancelled)?;
            if scored.matches.count() > self.scored.matches.count() {
                (self.levels, self.terms, self.scored) = (raised, terms, scored);
            }
        }
        Ok(())
    }

    /// Makes a date of a month without its year at the end, if nothing is found.
    fn take_month(
        &mut self,
        formula: &Formula,
        prepare: PrepareTerms<'_>,
        has_word: HasWord<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<(), Cancelled> {
        if self.scored.matches.count() > 0 {
            return Ok(());
        }
        let mut query = self.query.clone();
        let Some(month) = query.take_month_without_year(has_word) else { return Ok(()) };
        let terms = prepare(&query, &self.levels)?;
        let scored = self.scored.rescore_expanded(formula, &self.terms, &terms, is_cancelled)?;
        if scored.matches.count() > 0 {
            (self.query, self.terms, self.scored) = (query, terms, scored);
            self.told = vec![Suggestion::UnfinishedDate(month)];
        }
        Ok(())
    }
}

impl Term {
    /// Whether it asks for a date.
    fn is_date(&self) -> bool {
        !self.negated && matches!(self.clause, Clause::Date(_))
    }

    /// Returns a clause that finds the term as a word, if the term is a year without `date:`.
    fn year_as_word(&self) -> Option<Clause> {
        let is_year = self.is_date() && self.text.bytes().all(|byte| byte.is_ascii_digit());
        is_year.then(|| quoted_phrase(&self.text).map(Clause::Words)).flatten()
    }
}

/// A year among the terms of a filter, as a word to find.
#[derive(Clone, Debug)]
pub(super) struct YearClause {
    /// The index of the term.
    pub(super) term_index: usize,
    /// Finds the year as a word.
    clause: Clause,
}

/// Returns the years among the terms of a filter, as words to find.
fn year_clauses(query: &Query) -> Vec<YearClause> {
    let terms = query.terms().enumerate();
    let years = terms.filter_map(|(term_index, term)| {
        Some(YearClause { term_index, clause: term.year_as_word()? })
    });
    years.collect()
}

/// Returns what a record must match, of those terms for which `is_included` is true. Groups without a term are left out.
/// `column_count` is the number of prepared terms.
pub(super) fn formula(
    query: &Query,
    column_count: usize,
    is_included: impl Fn(usize, &Term) -> bool,
) -> Formula {
    let mut builder = FormulaBuilder { next_term: 0, column_count, inner: Vec::new(), is_included };
    let groups = builder.columns_of(&query.groups);
    Formula { groups, inner: builder.inner }
}

/// Gives the alternatives of a filter their columns.
struct FormulaBuilder<I> {
    /// The index of the next term.
    next_term: usize,
    /// The number of columns of terms, with those of years as words.
    column_count: usize,
    /// The inner groups so far.
    inner: Vec<ColumnGroups>,
    /// Which terms count.
    is_included: I,
}

impl<I: Fn(usize, &Term) -> bool> FormulaBuilder<I> {
    /// Returns the columns of groups. Those without a column are left out.
    fn columns_of(&mut self, groups: &[Group]) -> ColumnGroups {
        let mut found = ColumnGroups::new();
        for group in groups {
            let columns: Vec<usize> =
                group.iter().filter_map(|alternative| self.column_of(alternative)).collect();
            if !columns.is_empty() {
                found.push(columns);
            }
        }
        found
    }

    /// Returns the column of an alternative, if one of its terms counts.
    fn column_of(&mut self, alternative: &Alternative) -> Option<usize> {
        match alternative {
            Alternative::Term(term) => {
                let index = self.next_term;
                self.next_term += 1;
                (self.is_included)(index, term).then_some(index)
            }
            Alternative::All(groups) => {
                let columns = self.columns_of(groups);
                if columns.is_empty() {
                    return None;
                }
                self.inner.push(columns);
                Some(self.column_count + self.inner.len() - 1)
            }
        }
    }
}

/// Prepares terms for a snapshot: those of the filter, with the guesses of the level of each, then its years as words.
fn prepare_terms(
    store: &Store,
    query: &Query,
    years: &[YearClause],
    user_marks: &UserMarks,
    levels: &[GuessLevel],
    rules: SearchRules,
    is_cancelled: CancelCheck<'_>,
) -> Result<Vec<PreparedTerm>, Cancelled> {
    let prepare = |negated: bool, clause: &Clause, level: GuessLevel| {
        let prepared = match clause {
            Clause::Words(phrase) => PreparedClause::Words(expand_phrase(store, phrase, level)),
            Clause::Date(date) => PreparedClause::Date(*date),
            Clause::File(phrase) => PreparedClause::Membership(file_scores(store, phrase)),
            Clause::Like(named) => {
                PreparedClause::Similar(similar_records(store, named).unwrap_or_default())
            }
            Clause::DoubtfulDate => PreparedClause::Membership(doubtful_date_scores(store)),
            Clause::Marked | Clause::HasNote | Clause::Note(_) => {
                PreparedClause::Membership(user_mark_scores(store, user_marks, clause))
            }
        };
        check_cancelled(is_cancelled)?;
        Ok(PreparedTerm { negated, clause: prepared })
    };
    let terms = query.terms().zip(levels).map(|(term, level)| {
        let mut clause = term.literal_if_negated();
        rules.apply_to(&mut clause);
        prepare(term.negated, &clause, *level)
    });
    let years = years.iter().map(|year| prepare(false, &year.clause, GuessLevel::None));
    terms.chain(years).collect()
}

/// Returns what to tell the user about a filter.
fn messages(
    store: &Store,
    query: &Query,
    years: &[YearClause],
    terms: &[PreparedTerm],
    scored: &ScoredTerms<'_>,
) -> Vec<Suggestion> {
    let mut messages = [query.errors.as_slice(), &query.ignored].concat();
    messages.extend(guesses(store, query, terms, &scored.matches));
    messages.extend(resembled(store, query, terms));
    messages.extend(other_spellings(store, query));
    messages.extend(see_also(store, query, terms, scored));
    messages.extend(years_as_words(query, years, scored));
    messages.extend(suggestions(store, query, terms, scored));
    messages
}

/// Puts the best matches in a finer order: by how alike they are to a record that the filter names, else by how near the
/// words of the filter stand together.
fn refine(
    store: &Store,
    query: &Query,
    terms: &[PreparedTerm],
    rules: SearchRules,
    matches: &mut RankedMatches,
) {
    if let Some(similar) = similar_term(terms) {
        matches.refine(nearness::MAX_RECORDS, |_, address| similar.similarity(address));
        return;
    }
    if let Some(scorer) = NearnessScorer::new(store, &word_groups(query, terms), rules) {
        let key = |rank, address| (rank, scorer.nearness(address));
        matches.refine(nearness::MAX_RECORDS, key);
    }
}

/// Returns the words that a filter asks for, with alternatives together. Terms inside of alternatives are left out.
fn word_groups<'t>(query: &Query, terms: &'t [PreparedTerm]) -> Vec<Vec<&'t ExpandedPhrase>> {
    let mut terms = terms.iter();
    let mut groups = Vec::new();
    for group in &query.groups {
        let mut phrases = Vec::new();
        let mut is_asked = false;
        for alternative in group {
            let is_term = matches!(alternative, Alternative::Term(_));
            is_asked |= alternative.terms().iter().any(|term| !term.negated);
            for term in terms.by_ref().take(alternative.terms().len()) {
                match &term.clause {
                    PreparedClause::Words(phrase) if is_term && !term.negated => {
                        phrases.push(phrase);
                    }
                    _ => {}
                }
            }
        }
        if is_asked {
            groups.push(phrases);
        }
    }
    groups
}

/// Returns the records that the first term of a filter finds that asks for such that are like one.
fn similar_term(terms: &[PreparedTerm]) -> Option<&SimilarRecords> {
    terms.iter().find_map(|term| match &term.clause {
        PreparedClause::Similar(similar) if !term.negated => Some(similar),
        _ => None,
    })
}

/// Returns the number of undated records that would match without the date terms.
fn excluded_undated(query: &Query, scored: &ScoredTerms<'_>) -> usize {
    if !query.terms().any(Term::is_date) {
        return 0;
    }
    scored.count_additional_undated(&formula(query, scored.match_counts.len(), |_, term| {
        !term.is_date()
    }))
}

/// Returns what each term finds on its own. For a negated term these are the records that it excludes.
fn term_results(
    query: &Query,
    match_counts: &[usize],
    prepared: Vec<PreparedTerm>,
    total: usize,
) -> Vec<TermResult> {
    let result = |((term, match_count), prepared): ((&Term, &usize), PreparedTerm)| {
        let count = if term.negated { total - match_count } else { *match_count };
        let mut expansion = Vec::new();
        match prepared.clause {
            PreparedClause::Words(words) => words.into_phrases(&mut expansion),
            PreparedClause::Similar(similar) => {
                let words = similar.shared_words.iter();
                expansion.extend(words.filter_map(|word| quoted_phrase(word)));
            }
            PreparedClause::Date(_) | PreparedClause::Membership(_) => {}
        }
        TermResult { text: term.text.clone(), count, expansion }
    };
    query.terms().zip(match_counts).zip(prepared).map(result).collect()
}
