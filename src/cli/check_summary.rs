//! What `fonds check` prints at its end: problems by kind, doubtful dates by text, and counts.

use std::collections::{BTreeMap, HashMap};

use super::check::CheckDetail;
use crate::record::{DoubtKind, DoubtfulDate, Problem, ProblemGroup, ProblemGroups, Severity};
use crate::text::clean::clean;
use crate::text::counts::{count_of, with_thousands};
use crate::text::width::truncate;

/// The largest number of distinct texts that are counted for a kind of doubt.
const MAX_COUNTED_TEXTS: usize = 10_000;
/// The number of texts that are shown for a kind of doubt.
const MAX_SHOWN_TEXTS: usize = 4;
/// The largest width of a shown text, in terminal columns.
const MAX_TEXT_WIDTH: usize = 40;
/// The width of the column of counts.
const COUNT_WIDTH: usize = 9;

/// Counts what a check has found.
#[derive(Debug)]
pub(super) struct CheckSummary {
    file_count: usize,
    record_count: usize,
    problems: ProblemGroups,
    doubtful_dates: BTreeMap<DoubtKind, TextCounts>,
}

/// The texts of doubtful dates, with the number of times that each was found.
#[derive(Debug, Default)]
struct TextCounts {
    /// The number of dates, including those whose texts are not in `counts`.
    total: usize,
    /// The count of each text, for the first [`MAX_COUNTED_TEXTS`] of them.
    counts: HashMap<String, usize>,
}

impl CheckSummary {
    /// Creates the summary of a check of so many files.
    pub(super) fn new(file_count: usize) -> CheckSummary {
        CheckSummary {
            file_count,
            record_count: 0,
            problems: ProblemGroups::default(),
            doubtful_dates: BTreeMap::new(),
        }
    }

    /// Counts records.
    pub(super) fn add_records(&mut self, count: usize) {
        self.record_count += count;
    }

    /// Counts a problem.
    pub(super) fn add_problem(&mut self, problem: &Problem) {
        self.problems.add(problem);
        if let Some(date) = &problem.date {
            self.doubtful_dates.entry(date.kind).or_default().add(date);
        }
    }

    /// Whether there was a problem.
    pub(super) fn has_problems(&self) -> bool {
        !self.problems.sorted().is_empty()
    }

    /// Returns the lines of the summary. Problems are listed by kind unless they were all printed.
    pub(super) fn lines(&self, detail: CheckDetail) -> Vec<String> {
        let mut lines = Vec::new();
        if detail == CheckDetail::FirstOfEachKind {
            lines.extend(self.problems.sorted().into_iter().flat_map(group_lines));
        }
        if !self.doubtful_dates.is_empty() {
            push_gap(&mut lines, detail);
            lines.push("dates to look at (the filter is:doubtful shows their records):".to_owned());
            let kinds = self.doubtful_dates.iter();
            lines.extend(kinds.map(|(kind, texts)| texts.line(*kind)));
        }
        if self.has_problems() {
            push_gap(&mut lines, detail);
        }
        lines.push(self.totals(detail));
        lines
    }

    /// Returns the last line: how many files, records, errors and warnings there are.
    fn totals(&self, detail: CheckDetail) -> String {
        let [errors, warnings] =
            [Severity::Error, Severity::Warning].map(|severity| self.problems.count(severity));
        let files = count_of(self.file_count, "file");
        let records = count_of(self.record_count, "record");
        let (errors, warnings) = (count_of(errors, "error"), count_of(warnings, "warning"));
        let is_cut = |group: &&ProblemGroup| group.few_others().is_none();
        let hides_some =
            detail == CheckDetail::FirstOfEachKind && self.problems.sorted().iter().any(is_cut);
        let hint = if hides_some { " (--all lists each)" } else { "" };
        format!("{files}, {records}: {errors}, {warnings}{hint}")
    }
}

impl TextCounts {
    /// Counts a date.
    fn add(&mut self, date: &DoubtfulDate) {
        self.total += 1;
        if let Some(count) = self.counts.get_mut(&date.text) {
            *count += 1;
        } else if self.counts.len() < MAX_COUNTED_TEXTS {
            self.counts.insert(date.text.clone(), 1);
        }
    }

    /// Returns the line of a kind of doubt: its count and its most frequent texts.
    fn line(&self, kind: DoubtKind) -> String {
        let mut texts: Vec<(&String, &usize)> = self.counts.iter().collect();
        texts.sort_by(|one, other| other.1.cmp(one.1).then_with(|| one.0.cmp(other.0)));
        let shown = texts.iter().take(MAX_SHOWN_TEXTS);
        let shown_count: usize = shown.clone().map(|(_, count)| **count).sum();
        let text_count = |(text, count): &(&String, &usize)| {
            let text = clean(text);
            let text = truncate(&text, MAX_TEXT_WIDTH);
            match **count {
                1 => format!("“{text}”"),
                count => format!("“{text}” {}", with_thousands(count)),
            }
        };
        let mut parts: Vec<String> = shown.map(text_count).collect();
        let others = self.total - shown_count;
        parts.extend((others > 0).then(|| format!("{} others", with_thousands(others))));
        let total = with_thousands(self.total);
        format!("{total:>COUNT_WIDTH$}  {}: {}", kind.description(), parts.join(" · "))
    }
}

/// Adds an empty line, unless nothing was printed before.
fn push_gap(lines: &mut Vec<String>, detail: CheckDetail) {
    if !lines.is_empty() || detail == CheckDetail::EveryProblem {
        lines.push(String::new());
    }
}

/// Returns the lines of a kind of problem: its count, and the first of its kind with its place. A few
/// others are listed below it; many others are only counted.
fn group_lines(group: &ProblemGroup) -> Vec<String> {
    let severity = if group.first.is_error() { "error" } else { "warning" };
    let plural = if group.count == 1 { " " } else { "s" };
    let count = with_thousands(group.count);
    let start = format!("{count:>COUNT_WIDTH$} {severity}{plural}  ");
    if let Some(others) = group.few_others() {
        let indent = " ".repeat(start.len());
        let others = others.iter().map(|problem| format!("{indent}{problem}"));
        return std::iter::once(format!("{start}{}", group.first)).chain(others).collect();
    }
    let others = group.other_files().map_or_else(String::new, |it| format!(" (also in {it})"));
    vec![format!("{start}{}{others}", group.first)]
}
