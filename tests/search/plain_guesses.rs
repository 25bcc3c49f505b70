//! Which words a plain scan guesses at.

use std::collections::BTreeSet;

use fonds::query::{Alternative, Clause, Group, GuessLevel, GuessPolicy, Query, Term, WordPattern};
use fonds::record::SourcedRecord;

use super::plain_scan::{prepare_terms, scan, terms};

/// The guesses at unknown words: none in a group of alternatives that `is_literal`.
pub(super) fn levels_of_unknown(
    groups: &[Group],
    level: GuessLevel,
    is_literal: &dyn Fn(&Group) -> bool,
) -> Vec<GuessLevel> {
    let mut levels = Vec::new();
    for group in groups {
        let is_literal_group = group.len() > 1 && is_literal(group);
        let level = if is_literal_group { GuessLevel::None } else { level };
        for alternative in group {
            match alternative {
                Alternative::Term(_) => levels.push(level),
                Alternative::All(inner) => {
                    levels.extend(levels_of_unknown(inner, level, is_literal));
                }
            }
        }
    }
    levels
}

/// The guesses of a stage, if the ones before found so many records.
pub(super) fn guess_levels(
    query: &Query,
    records: &[SourcedRecord],
    vocabulary: &BTreeSet<String>,
    stage: usize,
    before: &[GuessLevel],
    found: usize,
) -> Vec<GuessLevel> {
    let may_guess = |term: &Term| {
        !term.negated
            && matches!(&term.clause, Clause::Words(phrase) if phrase.guess_policy == GuessPolicy::IfNeeded)
    };
    if !query.terms().any(may_guess) {
        return before.to_vec();
    }
    if stage == 0 {
        // With the words of alternatives as they were typed.
        let first = levels_of_unknown(&query.groups, GuessLevel::UnknownWords, &|_| true);
        let is_found = |group: &Group| {
            let alone = Query { groups: vec![group.clone()], ..Query::default() };
            let levels = vec![GuessLevel::None; terms(group).len()];
            !scan(&prepare_terms(&alone, records, &levels), records).is_empty()
        };
        let raised = levels_of_unknown(&query.groups, GuessLevel::UnknownWords, &is_found);
        return if raised == first { before.to_vec() } else { raised };
    }
    let positive_groups =
        query.groups.iter().filter(|group| terms(group).iter().any(|term| !term.negated)).count();
    let last = before.len() - 1;
    let alone = levels_of_unknown(&query.groups, GuessLevel::UnknownWords, &|_| true);
    let is_short = |at: usize, term: &Term| match &term.clause {
        Clause::Words(phrase) if alone[at] != GuessLevel::None => {
            let is_unknown = |word: &WordPattern| {
                word.letters.chars().count() >= 3 && !vocabulary.contains(&word.letters)
            };
            at == last || phrase.words.iter().any(is_unknown)
        }
        _ => false,
    };
    let raise = |(at, (term, level)): (usize, (&Term, &GuessLevel))| match (found, stage, level) {
        (0, 2, _) if is_short(at, term) => GuessLevel::ShortWords,
        (0, ..) => GuessLevel::Any,
        (1..=10, 1, GuessLevel::UnknownWords)
            if positive_groups > 1
                && term.may_be_misspelt(&|word: &str| vocabulary.contains(word)) =>
        {
            GuessLevel::OneLetter
        }
        (_, _, level) => *level,
    };
    query.terms().zip(before).enumerate().map(raise).collect()
}
