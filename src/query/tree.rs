//! The tree of a filter: groups of alternatives, each of them a term or groups again.

use std::collections::HashMap;
use std::fmt;

use super::clause::{Clause, GuessPolicy, Query, Scope, Term};
use super::suggestion::Suggestion;
use crate::record::Field;
use crate::text::tokens::is_unspaced;

/// Alternatives joined by *or*: a record matches if it matches one of them.
pub type Group = Vec<Alternative>;

/// One of the alternatives of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Returns all terms of groups, to be changed.
pub(super) fn terms_of_mut(groups: &mut [Group]) -> Vec<&mut Term> {
    let mut terms = Vec::new();
    for alternative in groups.iter_mut().flatten() {
        match alternative {
            Alternative::Term(term) => terms.push(term),
            Alternative::All(groups) => terms.extend(terms_of_mut(groups)),
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

/// Returns groups that match what these do not.
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

/// Removes terms that stand before: groups of one term among `groups`, and terms among the alternatives of a group.
pub(super) fn drop_repeated_terms(groups: &mut Vec<Group>) {
    let mut known = KnownTerms::default();
    groups.retain(|group| match group.as_slice() {
        [Alternative::Term(term)] => known.add(term),
        _ => true,
    });
    for group in groups {
        let mut known = KnownTerms::default();
        group.retain(|alternative| match alternative {
            Alternative::Term(term) => known.add(term),
            Alternative::All(_) => true,
        });
    }
}

/// What the terms so far look for, and whether they are negated, by their texts.
#[derive(Default)]
struct KnownTerms(HashMap<String, Vec<(bool, Clause)>>);

impl KnownTerms {
    /// Adds a term. Returns whether it was not among them.
    fn add(&mut self, term: &Term) -> bool {
        let clauses = self.0.entry(term.text.clone()).or_default();
        let is_known =
            clauses.iter().any(|(negated, it)| (*negated, it) == (term.negated, &term.clause));
        if !is_known {
            clauses.push((term.negated, term.clause.clone()));
        }
        !is_known
    }
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

/// Leaves out terms, and groups without one.
pub(super) fn without_terms(groups: Vec<Group>, is_left_out: &dyn Fn(&Term) -> bool) -> Vec<Group> {
    let kept = |alternative: Alternative| match alternative {
        Alternative::Term(term) => (!is_left_out(&term)).then_some(Alternative::Term(term)),
        Alternative::All(inner) => Some(Alternative::All(without_terms(inner, is_left_out))),
    };
    simplified(
        groups.into_iter().map(|group| group.into_iter().filter_map(kept).collect()).collect(),
    )
}

impl Term {
    /// Whether it excludes the words of texts and names that begin with one letter, which are too many to be meant. In other
    /// fields a letter may be all: `-box:B`.
    pub(super) fn is_unfinished_exclusion(&self) -> bool {
        let Clause::Words(phrase) = &self.clause else { return false };
        let [word] = phrase.words.as_slice() else { return false };
        let is_letter = |letter: char| letter.is_alphabetic() && !is_unspaced(letter);
        let is_of_texts = match phrase.scope {
            Scope::DefaultFields | Scope::Names => true,
            Scope::Known(field) => {
                Field::NAMES.contains(&field) || matches!(field, Field::Title | Field::Summary)
            }
            Scope::Own(_) => false,
        };
        self.negated
            && is_of_texts
            && !self.text.ends_with('*')
            && word.allow_prefix
            && word.letters.chars().count() == 1
            && word.letters.chars().all(is_letter)
    }

    /// Returns the term that excludes what this one finds, or finds what it excludes.
    fn negated(self) -> Term {
        Term { negated: !self.negated, ..self }
    }

    /// Returns what is looked for. A negated term is taken literally, as if it were typed in quotes, but for its last word,
    /// which may be unfinished.
    pub fn literal_if_negated(&self) -> Clause {
        let mut clause = self.clause.clone();
        if let (true, Clause::Words(phrase)) = (self.negated, &mut clause) {
            phrase.guess_policy = GuessPolicy::Never;
            phrase.variants.clear();
        }
        clause
    }
}

impl Query {
    /// Leaves out the terms that exclude the words of one letter: `-t` may become `-telegram`.
    pub(super) fn leave_out_unfinished_exclusions(&mut self) {
        let typed = self.terms().filter(|term| term.is_unfinished_exclusion());
        let typed: Vec<Suggestion> =
            typed.map(|term| Suggestion::UnfinishedExclusion(term.text.clone())).collect();
        if typed.is_empty() {
            return;
        }
        self.ignored.extend(typed);
        let groups = std::mem::take(&mut self.groups);
        self.groups = without_terms(groups, &Term::is_unfinished_exclusion);
    }
}

impl Query {
    /// Returns the text of a filter that asks for a condition, too.
    ///
    /// ```
    /// use fonds::query::parse;
    ///
    /// assert_eq!(parse("a OR b", &[]).narrowed_by("is:marked"), "is:marked (a OR b)");
    /// assert_eq!(parse("", &[]).narrowed_by("is:marked"), "is:marked");
    /// ```
    pub fn narrowed_by(&self, condition: &str) -> String {
        if self.groups.is_empty() {
            return condition.to_owned();
        }
        let text = self.to_string();
        match self.groups.as_slice() {
            [group] if group.len() > 1 => format!("{condition} {text}"),
            _ => format!("{condition} ({text})"),
        }
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
    let mut before = None;
    let texts: Vec<String> = groups.iter().map(|group| text_of_group(group, &mut before)).collect();
    let written = texts.into_iter().filter(|text| !text.is_empty());
    written.collect::<Vec<_>>().join(" ")
}

/// Returns a group as filter text that can stand beside others; an empty one if the text of the term `before` it gives
/// it, too.
fn text_of_group<'t>(group: &'t Group, before: &mut Option<&'t Term>) -> String {
    let mut texts: Vec<String> = Vec::new();
    for alternative in group {
        match alternative {
            Alternative::All(groups) => texts.push(format!("({})", text_of(groups))),
            Alternative::Term(term) => {
                if !before.replace(term).is_some_and(|before| is_twin(before, term)) {
                    texts.push(text_of_term(term));
                }
            }
        }
    }
    match texts.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        several => format!("({})", several.join(" OR ")),
    }
}

/// Whether a term searches own fields for the words that the one before it searches elsewhere: both are parsed from the
/// same text.
fn is_twin(before: &Term, term: &Term) -> bool {
    let is_of_own = |term: &Term| matches!(&term.clause, Clause::Words(phrase) if matches!(phrase.scope, Scope::Own(_)));
    before.text == term.text && !is_of_own(before) && is_of_own(term)
}

/// Returns a term as filter text. Words beside a date could be taken for a part of it.
fn text_of_term(term: &Term) -> String {
    let is_typed_negated = term.text.starts_with(['-', '!']);
    let not = if term.negated == is_typed_negated { "" } else { "NOT " };
    match term.clause {
        Clause::Date(_) => format!("({not}{})", term.text),
        _ => format!("{not}{}", term.text),
    }
}
