//! Problems that are kept to be shown. A file may have a problem at each of its bytes, so only the first ones of a kind are
//! kept, and the others are counted.

use std::collections::HashMap;

use super::problem::{Problem, ProblemKind, Severity};
use super::problem_groups::MAX_GROUPS;

/// The largest number of problems of one kind that are kept. Of further ones, the first in each file is kept.
pub(crate) const MAX_KEPT_OF_KIND: usize = 1_000;

/// Keeps the first problems of each kind, in their order, and counts the others: see [`Problem::more`].
#[derive(Clone, Debug, Default)]
pub struct KeptProblems {
    problems: Vec<Problem>,
    /// What is known of each kind. `None` stands for the kinds beyond the first [`MAX_GROUPS`] of a severity.
    kinds: HashMap<(Severity, Option<ProblemKind>), KeptKind>,
    /// The number of kinds of each severity.
    kind_counts: HashMap<Severity, usize>,
}

/// The problems of one kind.
#[derive(Clone, Debug, Default)]
struct KeptKind {
    /// How many were kept.
    kept: usize,
    /// The file of the last one that was kept.
    file: String,
    /// The index of the problem that counts the others of its file.
    counter: Option<usize>,
}

impl KeptProblems {
    /// Keeps a problem, or counts it.
    pub fn push(&mut self, problem: Problem) {
        let mut key = (problem.severity, Some(problem.kind()));
        if !self.kinds.contains_key(&key) {
            let count = self.kind_counts.entry(problem.severity).or_default();
            if *count >= MAX_GROUPS {
                key.1 = None;
            } else {
                *count += 1;
            }
        }
        let kind = self.kinds.entry(key).or_default();
        let is_same_file = kind.file == problem.file;
        if kind.kept >= MAX_KEPT_OF_KIND && is_same_file {
            let counter = kind.counter.and_then(|index| self.problems.get_mut(index));
            if let Some(counter) = counter {
                counter.more = counter.more.saturating_add(1).saturating_add(problem.more);
                return;
            }
            kind.counter = Some(self.problems.len());
        } else if !is_same_file {
            kind.file.clone_from(&problem.file);
            kind.counter = None;
        }
        kind.kept += 1;
        self.problems.push(problem);
    }

    /// Keeps a problem, however many there are of its kind.
    pub(crate) fn keep(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Keeps problems, or counts them.
    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }

    /// Whether no problem was kept since the last ones were taken.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// Returns how many problems were kept since the last ones were taken.
    pub fn len(&self) -> usize {
        self.problems.len()
    }

    /// Takes the problems that were kept. Those that come later are counted together with them.
    pub fn take(&mut self) -> Vec<Problem> {
        self.take_after(0)
    }

    /// Takes the problems at this index and behind it.
    pub(crate) fn take_after(&mut self, index: usize) -> Vec<Problem> {
        self.kinds.values_mut().for_each(|kind| kind.counter = None);
        self.problems.split_off(index.min(self.problems.len()))
    }

    /// Puts back problems that were taken.
    pub(crate) fn put_back(&mut self, mut problems: Vec<Problem>) {
        self.problems.append(&mut problems);
    }
}
