//! The tree of a filter: groups of alternatives, each of them a term or groups again.

use std::fmt;

use super::clause::{Clause, GuessPolicy, Query, Term};

/// Alternatives joined by *or*: a record matches if it matches one of them.
pub type Group = Vec<Alternative>;

/// One of the alternatives of a group.
#[derive(Clone, Debug)]
pub enum Alternative {
    /// A term.
    Term(Term),
    /// Groups joined by *and*, such as those in brackets: two at least.
    All(Vec<Group>),
}

impl Alternative {
    /// Returns all terms in it, in the order in which they were typed.
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Alternative::Term(term) => vec![term],
            Alternative::All(groups) => terms_of(groups),
        }
    }
}

/// Returns all terms of groups, in the order in which they were typed.
pub(super) fn terms_of(groups: &[Group]) -> Vec<&Term> {
    let mut terms = Vec::new();
    for alternative in groups.iter().flatten() {
        match alternative {
            Alternative::Term(term) => terms.push(term),
            Alternative::All(groups) => terms.extend(terms_of(groups)),
        }
    }
    terms
}

/// Returns groups without alternatives of one group, which are its alternatives, and without groups of one
/// alternative of several groups, which are these groups.
fn simplified(groups: Vec<Group>) -> Vec<Group> {
    let mut simple: Vec<Group> = Vec::with_capacity(groups.len());
    for group in groups {
        let mut alternatives = Group::with_capacity(group.len());
        for alternative in group {
            match alternative {
                Alternative::All(inner) if inner.len() < 2 => {
                    alternatives.extend(inner.into_iter().flatten());
                }
                other => alternatives.push(other),
            }
        }
        match alternatives.as_mut_slice() {
            [] => {}
            [Alternative::All(inner)] => simple.append(inner),
            _ => simple.push(alternatives),
        }
    }
    simple
}

/// Joins operands by *or*. Operands without a term are left out.
pub(super) fn any_of(operands: Vec<Vec<Group>>) -> Vec<Group> {
    let filled = operands.into_iter().filter(|groups| !groups.is_empty());
    simplified(vec![filled.map(Alternative::All).collect()])
}

/// Returns groups that match what these do not. Negated terms are taken literally, as behind `-`.
pub(super) fn negated(groups: Vec<Group>) -> Vec<Group> {
    // Not all groups: one of them has no alternative that matches.
    let no_alternative = |group: Group| {
        let negated = group.into_iter().flat_map(|alternative| match alternative {
            Alternative::Term(term) => vec![vec![Alternative::Term(term.negated())]],
            Alternative::All(groups) => negated(groups),
        });
        negated.collect()
    };
    any_of(groups.into_iter().map(no_alternative).collect())
}

/// Keeps only so many terms, and takes their number from `left`.
pub(super) fn keep_first_terms(groups: &mut Vec<Group>, left: &mut usize) {
    for group in &mut *groups {
        group.retain_mut(|alternative| match alternative {
            Alternative::Term(_) => {
                let is_kept = *left > 0;
                *left = left.saturating_sub(1);
                is_kept
            }
            Alternative::All(inner) => {
                keep_first_terms(inner, left);
                !inner.is_empty()
            }
        });
    }
    groups.retain(|group| !group.is_empty());
}

impl Term {
    /// Returns the term that excludes what this one finds, or finds what it excludes.
    fn negated(mut self) -> Term {
        self.negated = !self.negated;
        if let Clause::Words(phrase) = &mut self.clause {
            phrase.guess_policy = GuessPolicy::Never;
            phrase.variants.clear();
        }
        self
    }
}

/// Writes the filter as text, which is parsed to the same tree. It may be written otherwise than it was typed.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.groups))
    }
}

/// Returns groups as filter text.
fn text_of(groups: &[Group]) -> String {
    let mut texts: Vec<String> = groups.iter().map(|group| text_of_group(group)).collect();
    // Negated, a term and its search of own fields are groups of their own.
    texts.dedup();
    texts.join(" ")
}

/// Returns a group as filter text that can stand beside others.
fn text_of_group(group: &Group) -> String {
    let mut texts: Vec<String> = group.iter().map(text_of_alternative).collect();
    // A term and its search of own fields.
    texts.dedup();
    match texts.as_slice() {
        [only] => only.clone(),
        several => format!("({})", several.join(" OR ")),
    }
}

/// Returns an alternative as filter text. Words beside a date could be taken for a part of it.
fn text_of_alternative(alternative: &Alternative) -> String {
    match alternative {
        Alternative::All(groups) => format!("({})", text_of(groups)),
        Alternative::Term(term) => {
            let is_typed_negated = term.text.starts_with(['-', '!']);
            let not = if term.negated == is_typed_negated { "" } else { "NOT " };
            match term.clause {
                Clause::Date(_) => format!("({not}{})", term.text),
                _ => format!("{not}{}", term.text),
            }
        }
    }
}
