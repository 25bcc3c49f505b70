//! Labels that no sign parts from their values: `Creator Keller, Anna`, and `CreatorKeller, Anna` where a page shows a gap
//! that is not copied. They are known words with which several lines of a page begin.

use std::collections::HashMap;

use super::labels::{is_name_of_date, is_name_of_making};
use super::page_body::PageBody;
use crate::formats::field_names::languages::is_direction;
use crate::formats::field_names::{FieldTarget, is_known, known_names};
use crate::formats::read::whole_dates::{is_undated, is_whole_date, says_undated};
use crate::record::Field;

/// The most words of such a label.
const MAX_LABEL_WORDS: usize = 3;

/// The fewest letters of such a label.
const MIN_LABEL_CHARS: usize = 4;

/// The fewest lines that begin with a label.
const MIN_LINES: usize = 2;

/// The labels without a sign of a page, the longest first.
#[derive(Debug, Default)]
pub(super) struct JoinedLabels<'t> {
    labels: Vec<&'t str>,
}

impl<'t> JoinedLabels<'t> {
    /// Finds the labels of a page: that of a date, with a date behind it in each line, and another one. A single word before
    /// a date, such as `Created`, needs no label.
    pub(super) fn find(body: &PageBody<'t>) -> JoinedLabels<'t> {
        let mut uses: HashMap<&str, Vec<Use<'_>>> = HashMap::new();
        for at in (0..body.lines.len()).filter(|at| !body.text(*at).contains(':')) {
            for (label, value) in splits(body.text(at)) {
                uses.entry(label).or_default().push(Use { at, value });
            }
        }
        uses.retain(|label, uses| {
            let is_name = || (is_known(label) && !is_direction(label)) || names_date(label);
            uses.len() >= MIN_LINES && !ends_with_code(label) && is_name()
        });
        let is_sure = |label: &str, uses: &[Use<'_>]| {
            let fitting = uses.iter().filter(|it| is_value(label, it.value)).count();
            let least = if names_date(label) { uses.len() } else { 2 * uses.len() / 3 };
            fitting >= least.max(1)
        };
        let (sure, others): (Vec<_>, Vec<_>) =
            uses.iter().partition(|(label, uses)| is_sure(label, uses));
        let mut found = JoinedLabels { labels: sure.iter().map(|(label, _)| **label).collect() };
        // Subjects may begin with small letters. They stand right below another label, as titles do not.
        let is_below_label = |it: &Use<'_>| {
            it.at > 0 && body.blank_above(it.at) == 0 && found.split(body.text(it.at - 1)).is_some()
        };
        let below = others.iter().filter(|(label, uses)| {
            let are_plain = uses.iter().all(|it| is_below_label(it) && !is_sentence(it.value));
            names_subjects(label) && are_plain
        });
        let below: Vec<&str> = below.map(|(label, _)| **label).collect();
        found.labels.extend(below);
        found.labels.sort_unstable_by_key(|label| std::cmp::Reverse((label.len(), *label)));
        let has_date = found.labels.iter().any(|label| names_date(label));
        let is_one_word = |label: &&str| !label.contains(' ');
        let is_alone = found.labels.iter().all(|label| names_date(label) && is_one_word(label));
        if has_date && !is_alone { found } else { JoinedLabels::default() }
    }

    /// Splits a line that begins with one of the labels.
    pub(super) fn split(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.labels.iter().find_map(|label| {
            let value = text.strip_prefix(label)?;
            let is_parted = value.starts_with(' ');
            let value = value.trim();
            let fits = is_parted || is_value(label, value);
            (fits && !value.is_empty()).then_some((*label, value))
        })
    }
}

/// A line that begins with a label, and what stands behind it.
struct Use<'t> {
    at: usize,
    value: &'t str,
}

/// Whether a label is that of a date, if a date is behind it.
fn names_date(label: &str) -> bool {
    is_name_of_date(label) || is_name_of_making(label)
}

/// Whether a text may be the value of a label: a date of that of a date, else one that begins as names and titles do.
fn is_value(label: &str, value: &str) -> bool {
    if names_date(label) {
        return is_whole_date(value) || (is_undated(value) && says_undated(value));
    }
    !value.starts_with(char::is_lowercase) && !is_sentence(value)
}

/// Whether a text ends as a sentence does: a line such as `From Keller to Weidl, on rye.` has no label.
fn is_sentence(text: &str) -> bool {
    let last_word = text.strip_suffix('.').and_then(|text| text.rsplit(' ').next());
    last_word.is_some_and(|word| word.chars().filter(|it| it.is_lowercase()).nth(1).is_some())
}

/// Whether a label is that of subjects.
fn names_subjects(label: &str) -> bool {
    let subjects = FieldTarget::Field(Field::Subjects);
    known_names(label).first().is_some_and(|known| known.target == subjects)
}

/// Whether the last of several words is the beginning of a shelfmark: `Identifier MS`.
fn ends_with_code(label: &str) -> bool {
    label.rsplit_once(' ').is_some_and(|(_, word)| !word.contains(char::is_lowercase))
        && label.contains(char::is_lowercase)
}

/// Returns the words with which a line begins that may be a label, each with what stands behind it: `Date`, and `Date created`.
fn splits(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut words = 0;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let is_joint = before.is_lowercase() && (letter.is_uppercase() || letter.is_ascii_digit());
        if letter == ' ' || is_joint {
            words += 1;
            let label = text.get(..at).unwrap_or("");
            if label.len() >= MIN_LABEL_CHARS {
                found.push((label, text.get(at..).unwrap_or("").trim()));
            }
        }
        let may_go_on = letter == ' ' || letter.is_alphabetic();
        if words >= MAX_LABEL_WORDS || is_joint || !may_go_on {
            break;
        }
        before = letter;
    }
    found
}
