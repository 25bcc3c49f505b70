//! Lets numbers of a filter begin longer ones, or be unfinished years, where they find nothing whole.

use std::collections::HashSet;

use super::search::ScoredTerms;
use crate::query::{Clause, LongerNumbers, Query, Suggestion, Term};

/// A step in which numbers match more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberStep {
    /// A number that no record has whole begins longer ones.
    Missing,
    /// If the filter finds nothing, each number does.
    Longer,
    /// If it still finds nothing, the words at the end are a date that is being typed.
    Date,
    /// If it still finds nothing, a year at the end is a number that is being typed.
    Year,
}

impl NumberStep {
    /// All steps, in their order.
    pub(super) const ALL: [NumberStep; 4] =
        [NumberStep::Missing, NumberStep::Longer, NumberStep::Date, NumberStep::Year];
}

impl NumberStep {
    /// Whether it is taken back if it finds nothing: a date or year would become something else.
    pub(super) fn must_find(self) -> bool {
        matches!(self, NumberStep::Date | NumberStep::Year)
    }
}

impl Query {
    /// Lets numbers match more. Returns what to tell of that; nothing if no term is changed. `scored` is what the filter
    /// finds so far, among `records` in all.
    pub(super) fn relax_numbers(
        &mut self,
        step: NumberStep,
        scored: &ScoredTerms<'_>,
        records: usize,
    ) -> Vec<Suggestion> {
        let longer = |numbers: Vec<String>| {
            numbers.into_iter().map(Suggestion::LongerNumbers).collect::<Vec<Suggestion>>()
        };
        match step {
            NumberStep::Missing => {
                longer(self.relax_missing_numbers(&scored.match_counts, records))
            }
            _ if scored.matches.count() > 0 => Vec::new(),
            NumberStep::Longer => longer(self.let_numbers_be_longer(|term| !term.negated)),
            NumberStep::Date => {
                self.take_unfinished_date().map(Suggestion::UnfinishedDate).into_iter().collect()
            }
            NumberStep::Year => longer(self.take_year_as_number().into_iter().collect()),
        }
    }

    /// Lets numbers that no record has whole match longer ones. Returns them.
    ///
    /// `match_counts` are the numbers of records that match each term, of `records` in all.
    fn relax_missing_numbers(&mut self, match_counts: &[usize], records: usize) -> Vec<String> {
        let found: HashSet<String> = self
            .terms()
            .zip(match_counts)
            .filter(|(term, count)| **count != if term.negated { records } else { 0 })
            .map(|(term, _)| term.text.clone())
            .collect();
        self.let_numbers_be_longer(|term| !found.contains(&term.text))
    }

    /// Lets numbers match longer ones. Returns the terms that it changes.
    fn let_numbers_be_longer(&mut self, is_relaxed: impl Fn(&Term) -> bool) -> Vec<String> {
        let mut relaxed = Vec::new();
        for term in self.terms_mut() {
            if !is_relaxed(term) {
                continue;
            }
            if let Clause::Words(phrase) = &mut term.clause
                && phrase.longer_numbers == LongerNumbers::IfNeeded
            {
                phrase.longer_numbers = LongerNumbers::Match;
                relaxed.push(term.text.clone());
            }
        }
        relaxed
    }
}
