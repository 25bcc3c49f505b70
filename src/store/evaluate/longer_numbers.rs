//! Lets numbers of a filter begin longer ones, or be unfinished years, where they find nothing whole.

use super::search::ScoredTerms;
use crate::query::{Clause, LongerNumbers, Query, Term, date_filter};

/// A step in which numbers match more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberStep {
    /// A number that no record has whole begins longer ones.
    Missing,
    /// If the filter finds nothing, each number does.
    Longer,
    /// If it still finds nothing, a number at the end is a year that is being typed.
    Year,
}

impl NumberStep {
    /// All steps, in their order.
    pub(super) const ALL: [NumberStep; 3] =
        [NumberStep::Missing, NumberStep::Longer, NumberStep::Year];
}

impl Query {
    /// Lets numbers match more. Returns the terms that it changes. `scored` is what the filter finds so far, among `records`
    /// in all.
    pub(super) fn relax_numbers(
        &mut self,
        step: NumberStep,
        scored: &ScoredTerms<'_>,
        records: usize,
    ) -> Vec<String> {
        match step {
            NumberStep::Missing => self.relax_missing_numbers(&scored.match_counts, records),
            _ if scored.matches.count() > 0 => Vec::new(),
            NumberStep::Longer => self.let_numbers_be_longer(|term| !term.negated),
            NumberStep::Year => self.take_last_number_as_year(),
        }
    }

    /// Lets numbers that no record has whole match longer ones. Returns them.
    ///
    /// `match_counts` are the numbers of records that match each term, of `records` in all.
    fn relax_missing_numbers(&mut self, match_counts: &[usize], records: usize) -> Vec<String> {
        let found: Vec<String> = self
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

    /// Lets a number at the end be a year that is still typed. Returns it.
    fn take_last_number_as_year(&mut self) -> Vec<String> {
        let last = self.terms_mut().last().filter(|term| !term.negated);
        let Some(term) = last else { return Vec::new() };
        let Some(year) = date_filter::parse_unfinished_year(&term.text) else { return Vec::new() };
        term.clause = Clause::Date(year);
        vec![term.text.clone()]
    }
}
