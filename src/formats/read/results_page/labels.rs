//! Copied pages whose fields have labels: `Date: 1945`.

use super::ends_sentence;
use super::orders::{DETAILS_NAME, Entry, MAX_LEAD_LINES, PageBody, SUMMARY_NAME, TITLE_NAME};
use crate::formats::field_names::{FieldTarget, is_known, known_names};
use crate::formats::read::html::DASHES;
use crate::record::Field;

/// The longest label, in characters, and its most words.
const MAX_LABEL_CHARS: usize = 40;
const MAX_LABEL_WORDS: usize = 5;

/// Splits a line such as `Date: 1945`, whose label is known. The value may stand on the next line.
pub(super) fn label_of(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once(':')?;
    let label = label.trim();
    let is_parted = value.is_empty() || value.starts_with(char::is_whitespace);
    let is_short = label.chars().count() <= MAX_LABEL_CHARS
        && label.split_whitespace().count() <= MAX_LABEL_WORDS
        && !DASHES.iter().any(|dash| label.contains(dash));
    (is_parted && is_short && label.chars().count() > 1 && is_known(label))
        .then(|| (label, value.trim()))
}

/// Splits a line with a label and a value, or one such as `Part of Keller papers`.
pub(super) fn label_and_value(text: &str) -> Option<(&str, &str)> {
    label_of(text).or_else(|| part_of(text)).filter(|(_, value)| !value.is_empty())
}

/// The most words of a line that says where a document belongs.
const MAX_PART_OF_WORDS: usize = 12;

/// Splits a line such as `Part of Keller papers`, in any language.
fn part_of(text: &str) -> Option<(&str, &str)> {
    if text.split_whitespace().count() > MAX_PART_OF_WORDS || ends_sentence(text) {
        return None;
    }
    let ends = text.match_indices(' ').map(|(at, _)| at).skip(1).take(MAX_LABEL_WORDS - 1);
    let mut splits = ends.filter_map(|at| Some((text.get(..at)?, text.get(at + 1..)?)));
    splits.find(|(label, value)| {
        let is_of_part = label.split(' ').skip(1).all(|word| word.chars().all(char::is_lowercase));
        is_of_part
            && value.starts_with(char::is_uppercase)
            && known_names(label)
                .first()
                .is_some_and(|known| known.target == FieldTarget::Field(Field::Collection))
    })
}

/// A line with a label.
pub(super) struct Label<'t> {
    pub(super) at: usize,
    /// The index of the first line behind it and its value.
    pub(super) end: usize,
    name: &'t str,
    value: &'t str,
}

/// Returns the labels of a page.
pub(super) fn labels<'t>(body: &PageBody<'t>) -> Vec<Label<'t>> {
    let mut labels = Vec::new();
    let mut at = 0;
    while at < body.lines.len() {
        let mut end = at + 1;
        if let Some((name, value)) = label_of(body.text(at)) {
            let below = body.text(at + 1);
            let takes_below = value.is_empty() && !below.is_empty() && label_of(below).is_none();
            let value = if takes_below { below } else { value };
            end += usize::from(takes_below);
            if !value.is_empty() {
                labels.push(Label { at, end, name, value });
            }
        }
        at = end;
    }
    labels
}

/// Returns the records of a page whose fields have labels, as many as the page says or two at least.
pub(super) fn labelled(body: &PageBody<'_>) -> Option<Vec<Entry>> {
    let labels = labels(body);
    let groups = label_groups(&labels)?;
    let is_titled = |label: &Label<'_>| {
        known_names(label.name)
            .first()
            .is_some_and(|known| known.target == FieldTarget::Field(Field::Title))
    };
    let has_titles = groups.iter().all(|group| group.iter().any(|label| is_titled(label)));
    let lead = if has_titles { 0 } else { lead_of_labels(body, &groups)? };
    let starts = starts_of_groups(body, &groups, lead);
    let badges = if has_titles { 0 } else { body.equal_lines(&starts, lead.saturating_sub(1)) };
    if !body.allows(groups.len()) || (lead == 0 && !has_titles) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([body.lines.len()]);
    let mut entries = Vec::new();
    for ((start, group), end) in starts.iter().zip(&groups).zip(ends) {
        let title = (!has_titles).then_some(start + badges);
        entries.push(labelled_entry(body, (*start, end), group, title));
    }
    Some(entries)
}

/// Returns the first line of each record with labels. Of several lines above the labels, the first is the title
/// and the others are its summary, or they are the summary of the record above: blank lines and sentences
/// decide.
fn starts_of_groups(body: &PageBody<'_>, groups: &[Vec<&Label<'_>>], lead: usize) -> Vec<usize> {
    let first_of = |group: &Vec<&Label<'_>>| group.first().map_or(0, |label| label.at);
    let end_of = |group: &Vec<&Label<'_>>| group.last().map_or(0, |label| label.end);
    let near: Vec<usize> =
        groups.iter().map(|group| first_of(group).saturating_sub(lead)).collect();
    let last_end = groups.last().map_or(0, end_of);
    if lead == 0 || last_end < body.lines.len() {
        return near;
    }
    let (mut far_votes, mut near_votes) = (0, 0);
    for (above, start) in groups.iter().zip(near.iter().skip(1)) {
        let end = end_of(above);
        if end >= *start {
            continue;
        }
        let (far_blank, near_blank) = (body.blank_above(end) > 0, body.blank_above(*start) > 0);
        let (far_prose, near_prose) =
            (ends_sentence(body.text(end)), ends_sentence(body.text(*start)));
        far_votes += usize::from(far_blank && !near_blank) + usize::from(near_prose && !far_prose);
        near_votes += usize::from(near_blank && !far_blank) + usize::from(far_prose && !near_prose);
    }
    if far_votes <= near_votes {
        return near;
    }
    let ends = groups.iter().map(end_of);
    near.first().copied().into_iter().chain(ends.take(groups.len().saturating_sub(1))).collect()
}

/// Returns a record with labels.
fn labelled_entry(
    body: &PageBody<'_>,
    (start, end): (usize, usize),
    group: &[&Label<'_>],
    title: Option<usize>,
) -> Entry {
    let number = body.lines.get(start).map_or(0, |line| line.number);
    let mut entry = Entry { line: number, ..Entry::default() };
    let mut texts = Vec::new();
    let mut at = start;
    while at < end {
        let text = body.text(at);
        if let Some(label) = group.iter().find(|label| label.at == at) {
            entry.fields.push((label.name.to_owned(), label.value.to_owned()));
            at = label.end;
            continue;
        }
        if title == Some(at) {
            entry.fields.push((TITLE_NAME.to_owned(), without_number(text).to_owned()));
        } else {
            texts.push(text);
        }
        at += 1;
    }
    let is_prose = |text: &&str| {
        let has_dash = DASHES.iter().any(|dash| text.contains(dash));
        ends_sentence(text) || (!has_dash && text.split_whitespace().count() > MAX_LABEL_WORDS)
    };
    let (prose, details): (Vec<&str>, Vec<&str>) = texts.into_iter().partition(is_prose);
    if !prose.is_empty() {
        entry.fields.push((SUMMARY_NAME.to_owned(), prose.join("\n")));
    }
    if !details.is_empty() {
        entry.fields.push((DETAILS_NAME.to_owned(), details.join(" · ")));
    }
    entry
}

/// Returns a title without the number of its row: `1. Letter`.
fn without_number(title: &str) -> &str {
    let number = title
        .split_once(". ")
        .filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    number
        .filter(|(number, rest)| !number.is_empty() && !rest.is_empty())
        .map_or(title, |(_, rest)| rest.trim())
}

/// Parts labels into those of each record: a record begins where the label repeats that most have.
fn label_groups<'l, 't>(labels: &'l [Label<'t>]) -> Option<Vec<Vec<&'l Label<'t>>>> {
    let first = labels.first()?;
    let mut groups: Vec<Vec<&Label<'_>>> = Vec::new();
    for label in labels {
        let repeats =
            groups.last().is_none_or(|group| group.iter().any(|known| known.name == label.name));
        // A list of values may repeat its label side by side.
        let is_beside = groups
            .last()
            .and_then(|group| group.last())
            .is_some_and(|last| last.name == label.name && last.end == label.at);
        let returns = label.name == first.name && !is_beside;
        if (repeats && !is_beside)
            || (returns && groups.last().is_some_and(|group| group.len() > 1))
        {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut() {
            group.push(label);
        }
    }
    Some(groups)
}

/// The number of lines from the title to the first label of each record.
fn lead_of_labels(body: &PageBody<'_>, groups: &[Vec<&Label<'_>>]) -> Option<usize> {
    let first = groups.first()?.first()?.at;
    let gaps = groups.windows(2).filter_map(|pair| match pair {
        [above, below] => Some(below.first()?.at - above.last()?.end),
        _ => None,
    });
    let smallest = gaps.min().unwrap_or(first);
    let lead = if body.starts_sharply || first <= smallest { first } else { smallest };
    // Where the texts between the labels differ, a blank line parts the records.
    let lead = if lead > smallest { smallest } else { lead };
    (lead > 0 && lead <= MAX_LEAD_LINES).then_some(lead)
}
