//! Problems grouped by kind, so that a thousand of one kind are reported once.

use std::collections::HashMap;
use std::fmt;

use super::problem::{Problem, ProblemKind, Severity};
use crate::text::counts::with_thousands;

/// The largest number of groups of one severity. Problems of further kinds are counted in the last.
pub(super) const MAX_GROUPS: usize = 500;
/// The largest number of problems of a kind that are kept, so that a few can be listed.
const MAX_KEPT_PROBLEMS: usize = 5;
/// The largest number of other files with problems of a kind that are named.
const MAX_NAMED_FILES: usize = 3;

/// Groups problems of one kind. It keeps only the first problems of each group.
#[derive(Clone, Debug, Default)]
pub struct ProblemGroups {
    /// The groups, in the order of their first problems.
    groups: Vec<ProblemGroup>,
    /// The index of each kind in `groups`.
    index: HashMap<(Severity, ProblemKind), usize>,
}

/// Problems of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemGroup {
    /// The first of them.
    pub first: Problem,
    /// How many they are.
    pub count: usize,
    /// The problems after the first one, up to [`MAX_KEPT_PROBLEMS`] with it.
    others: Vec<Problem>,
    /// Other files with problems of the kind: the first of them.
    other_files: Vec<String>,
    /// The number of other files. Files are counted as they follow each other.
    other_file_count: usize,
    /// The file of the last problem, if it is not the file of the first one.
    last_file: Option<String>,
}

impl ProblemGroups {
    /// Groups these problems.
    pub fn new<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> ProblemGroups {
        let mut groups = ProblemGroups::default();
        problems.into_iter().for_each(|problem| groups.add(problem));
        groups
    }

    /// Adds a problem to the group of its kind.
    pub fn add(&mut self, problem: &Problem) {
        let kind = (problem.severity, problem.kind());
        let known = self.index.get(&kind).copied();
        let same_severity = |group: &ProblemGroup| group.first.severity == problem.severity;
        let index = known.or_else(|| {
            let is_full = self.groups.iter().filter(|group| same_severity(group)).count();
            let last = || self.groups.iter().rposition(same_severity);
            (is_full >= MAX_GROUPS).then(last).flatten()
        });
        if let Some(group) = index.and_then(|index| self.groups.get_mut(index)) {
            group.count += problem.count();
            group.count_file(&problem.file);
            if group.count <= MAX_KEPT_PROBLEMS {
                group.others.push(problem.clone());
            }
        } else {
            self.index.insert(kind, self.groups.len());
            self.groups.push(ProblemGroup::new(problem.clone()));
        }
    }

    /// Returns the groups: errors before warnings, and the most frequent kind first.
    ///
    /// Of two kinds that are equally frequent, the one that was found first comes first.
    pub fn sorted(&self) -> Vec<&ProblemGroup> {
        let mut groups: Vec<&ProblemGroup> = self.groups.iter().collect();
        groups.sort_by_key(|group| (group.first.severity, std::cmp::Reverse(group.count)));
        groups
    }

    /// Returns the number of problems of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let groups = self.groups.iter().filter(|group| group.first.severity == severity);
        groups.map(|group| group.count).sum()
    }

    /// Whether a group has more than one problem, so that some are not shown.
    pub fn has_repeats(&self) -> bool {
        self.groups.iter().any(|group| group.count > 1)
    }
}

impl ProblemGroup {
    /// Creates a group of one problem.
    pub fn new(first: Problem) -> ProblemGroup {
        ProblemGroup {
            count: first.count(),
            first,
            others: Vec::new(),
            other_files: Vec::new(),
            other_file_count: 0,
            last_file: None,
        }
    }

    /// Returns the problems after the first one, if they are few; `None` if they are too many to be
    /// listed.
    pub fn few_others(&self) -> Option<&[Problem]> {
        (self.count <= MAX_KEPT_PROBLEMS).then_some(self.others.as_slice())
    }

    /// Counts the file of a further problem.
    fn count_file(&mut self, file: &str) {
        if file == self.last_file.as_deref().unwrap_or(&self.first.file) {
            return;
        }
        self.last_file = Some(file.to_owned());
        self.other_file_count += 1;
        if self.other_files.len() < MAX_NAMED_FILES {
            self.other_files.push(file.to_owned());
        }
    }

    /// Names the other files with problems of the kind, or counts them if they are many.
    pub fn other_files(&self) -> Option<String> {
        match self.other_files.as_slice() {
            [] => None,
            files if self.other_file_count > files.len() => {
                Some(format!("{} other files", with_thousands(self.other_file_count)))
            }
            [before @ .., last] if !before.is_empty() => {
                Some(format!("{} and {last}", before.join(", ")))
            }
            files => Some(files.join(", ")),
        }
    }
}

impl fmt::Display for ProblemGroup {
    /// Writes the first problem, how many more of its kind there are, and in which other files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        let place = self.other_files().map_or_else(String::new, |files| format!(", in {files}"));
        match self.count {
            0 | 1 => Ok(()),
            count => write!(f, " (and {} more like this{place})", with_thousands(count - 1)),
        }
    }
}
