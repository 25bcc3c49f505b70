//! Copied pages whose fields have labels: `Date: 1945`.

use std::collections::{HashMap, HashSet};

use super::ends_sentence;
use super::joined_labels::JoinedLabels;
use super::label_layouts::starts_of_groups;
use super::orders::{BY_NAME, DATE_NAME, DETAILS_NAME, Entry, SUMMARY_NAME, TITLE_NAME};
use super::page_body::PageBody;
use super::title_dates::{part_end_dates, part_start_dates};
use super::undated::Undated;
use crate::formats::field_names::{FieldTarget, is_known, known_names};
use crate::formats::read::html::{
    DASHES, date_behind_word, is_part_of_label, is_publishing, names_and_date_behind_by,
    publication_date, split_names,
};
use crate::formats::read::result_count::ResultCount;
use crate::formats::read::whole_dates::{date_in_line, is_whole_date, split_start_date};
use crate::record::Field;

/// The longest label, in characters, and its most words.
const MAX_LABEL_CHARS: usize = 40;
const MAX_LABEL_WORDS: usize = 5;

/// Splits a line such as `Date: 1945`, whose label is known. The value may stand on the next line. A browser copies a
/// row of a table with a tab between label and value.
pub(super) fn label_of(text: &str) -> Option<(&str, &str)> {
    let by_tab = || text.split_once('\t').filter(|(_, value)| !value.contains('\t'));
    let (label, value) = by_tab().or_else(|| text.split_once(':'))?;
    let label = label.trim_end_matches(':').trim();
    let is_parted =
        value.is_empty() || value.starts_with(char::is_whitespace) || by_tab().is_some();
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
    value: String,
}

/// Returns the labels of a page.
pub(super) fn labels<'t>(body: &PageBody<'t>) -> Vec<Label<'t>> {
    let mut labels = Vec::new();
    let counts = LineCounts::of(body);
    let has_bare = has_bare_labels(body, &counts);
    let joined = JoinedLabels::find(body);
    let mut at = 0;
    while at < body.lines.len() {
        let mut end = at + 1;
        let bare = || has_bare.then(|| bare_label(body, &counts, at)).flatten();
        let shown = || shown_label(body, &counts, at);
        let of_words = || joined.split(body.text(at));
        let label = label_of(body.text(at)).or_else(shown).or_else(bare).or_else(of_words);
        if let Some((name, value)) = label {
            let below = body.text(at + 1);
            let takes_below = value.is_empty() && !below.is_empty() && label_of(below).is_none();
            let mut value = if takes_below { below } else { value }.to_owned();
            end += usize::from(takes_below);
            // A value over several lines is indented.
            while !takes_below
                && !value.is_empty()
                && !body.is_indented(at)
                && body.continues(end)
                && label_of(body.text(end)).is_none()
            {
                value.push('\n');
                value.push_str(body.text(end));
                end += 1;
            }
            if !value.is_empty() {
                labels.push(Label { at, end, name, value });
            }
        }
        at = end;
    }
    labels
}

/// Splits a line whose label is not known, but is shown as one: a word alone with its colon, which other records have
/// too. The value stands below.
fn shown_label<'t>(
    body: &PageBody<'t>,
    counts: &LineCounts<'t>,
    at: usize,
) -> Option<(&'t str, &'t str)> {
    let text = body.text(at);
    if let Some((label, value)) = text.split_once('\t') {
        return tabbed_label(counts, label, value);
    }
    let label = text.strip_suffix(':')?.trim();
    let is_short = label.split_whitespace().count() <= MAX_LABEL_WORDS
        && label.chars().count() <= MAX_LABEL_CHARS
        && label.chars().any(char::is_alphabetic);
    let repeats = || counts.repeats(text);
    let has_value = !body.text(at + 1).ends_with(':');
    (is_short && has_value && repeats()).then_some((label, ""))
}

/// Splits a line with a tab between a label and its value, whose label is not known, but which other lines have too.
fn tabbed_label<'t>(
    counts: &LineCounts<'t>,
    label: &'t str,
    value: &'t str,
) -> Option<(&'t str, &'t str)> {
    let is_label = |text: &str| {
        text.split_whitespace().count() <= MAX_LABEL_WORDS
            && text.starts_with(char::is_uppercase)
            && !text.contains(|letter: char| letter.is_ascii_digit())
    };
    let repeats = counts.before_tabs.get(label).is_some_and(|count| *count > 1);
    (repeats && is_label(label) && !value.contains('\t') && !value.trim().is_empty())
        .then(|| (label.trim(), value.trim()))
}

/// Whether the records of a page have labels without colons above their values: one for the date, and others, known or not.
fn has_bare_labels(body: &PageBody<'_>, counts: &LineCounts<'_>) -> bool {
    let labels = (0..body.lines.len()).filter_map(|at| bare_label(body, counts, at));
    let mut labels: Vec<&str> = labels.map(|(label, _)| label).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.iter().any(|label| is_name_of_date(label))
}

/// Whether a text is the name of a date, or says that something was published.
pub(super) fn is_name_of_date(name: &str) -> bool {
    known_names(name).first().is_some_and(|known| known.target == FieldTarget::Date)
        || is_publishing_alone(name)
}

/// Whether a text is one word about publishing, as a label is: `Published`.
pub(super) fn is_publishing_alone(name: &str) -> bool {
    !name.contains(char::is_whitespace) && is_publishing(name) && known_names(name).is_empty()
}

/// Whether a text is the name of a summary.
fn is_name_of_summary(name: &str) -> bool {
    let known = known_names(name);
    known.first().is_some_and(|known| known.target == FieldTarget::Field(Field::Summary))
}

/// Returns a label without a colon that other records have too.
fn bare_label<'t>(
    body: &PageBody<'t>,
    counts: &LineCounts<'t>,
    at: usize,
) -> Option<(&'t str, &'t str)> {
    let text = body.text(at);
    (counts.repeats(text) && body.has_bare_label(at)).then_some((text, ""))
}

/// How often lines are on a page.
#[derive(Default)]
struct LineCounts<'t> {
    /// The number of lines with each text.
    lines: HashMap<&'t str, usize>,
    /// The number of lines with each text before a tab.
    before_tabs: HashMap<&'t str, usize>,
}

impl<'t> LineCounts<'t> {
    /// Counts the lines of a page.
    fn of(body: &PageBody<'t>) -> LineCounts<'t> {
        let mut counts = LineCounts::default();
        for line in &body.lines {
            *counts.lines.entry(line.text).or_default() += 1;
            if let Some((label, _)) = line.text.split_once('\t') {
                *counts.before_tabs.entry(label).or_default() += 1;
            }
        }
        counts
    }

    /// Whether several lines have a text.
    fn repeats(&self, text: &str) -> bool {
        self.lines.get(text).is_some_and(|count| *count > 1)
    }
}

/// Returns the records of a page whose fields have labels, as many as the page says or two at least.
pub(super) fn labelled(body: &PageBody<'_>) -> Option<Vec<Entry>> {
    let labels = labels(body);
    let groups =
        parted_groups(body, &labels).or_else(|| label_groups(&labels, &body.numbered_lines()))?;
    let is_titled = |label: &Label<'_>| {
        known_names(label.name)
            .first()
            .is_some_and(|known| known.target == FieldTarget::Field(Field::Title))
    };
    let has_titles = groups.iter().all(|group| group.iter().any(|label| is_titled(label)));
    if !body.allows(groups.len()) {
        return None;
    }
    let starts = if has_titles {
        groups.iter().map(|group| group.first().map_or(0, |label| label.at)).collect()
    } else {
        starts_of_groups(body, &groups)?
    };
    let leads = starts.iter().zip(&groups);
    let leads = leads.map(|(start, group)| group.first().map_or(0, |label| label.at) - start);
    let most_badges = leads.min().unwrap_or(0).saturating_sub(1);
    let badges = if has_titles { 0 } else { body.badges(&starts, most_badges) };
    let undated = if has_titles { Undated::default() } else { Undated::find(body, &starts) };
    let mut entries = Vec::new();
    for (start, group) in starts.iter().zip(&groups) {
        let end = undated.end_of(body, &starts, *start);
        let title = (!has_titles).then_some(start + badges);
        entries.push(labelled_entry(body, (*start, end), group, title));
    }
    undated.add_to(&mut entries, body, &starts, badges);
    part_start_dates(&mut entries);
    part_end_dates(&mut entries);
    part_numbers_of_titles(&mut entries, body.count.map_or(1, |count| count.first));
    Some(entries)
}

/// Removes the positions of the records with which all titles begin: `21 Letter to Weidl`, `22 Harbour dues`.
fn part_numbers_of_titles(entries: &mut [Entry], first: u64) {
    let rest_of = |title: &str, number: u64| -> Option<String> {
        let (start, rest) = title.split_once([' ', '\t'])?;
        let is_number = start.trim_end_matches(['.', ')']).parse() == Ok(number);
        (is_number && rest.contains(char::is_alphabetic)).then(|| rest.trim().to_owned())
    };
    let title_of = |entry: &Entry| {
        let title = entry.fields.iter().find(|(name, _)| name == TITLE_NAME);
        title.map(|(_, title)| title.clone())
    };
    let numbered = entries.iter().zip(first..);
    let titles: Option<Vec<String>> =
        numbered.map(|(entry, number)| rest_of(&title_of(entry)?, number)).collect();
    let Some(titles) = titles.filter(|titles| titles.len() > 1) else { return };
    for (entry, title) in entries.iter_mut().zip(titles) {
        if let Some((_, value)) = entry.fields.iter_mut().find(|(name, _)| name == TITLE_NAME) {
            *value = title;
        }
    }
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
    let names_date =
        group.iter().any(|label| is_name_of_date(label.name) && !is_publishing_alone(label.name));
    let is_date = |label: &&Label<'_>| {
        is_name_of_date(label.name) && name_of(label, names_date) != PART_OF_NAME
    };
    let mut has_date = group.iter().any(is_date);
    let lone_date = lone_date_line(body, (start, end), group).filter(|_| !has_date);
    has_date |= lone_date.is_some();
    let mut at = start;
    while at < end {
        let text = body.text(at);
        let nth = group.binary_search_by_key(&at, |label| label.at).ok();
        if let Some(label) = nth.and_then(|nth| group.get(nth)) {
            entry.fields.push((name_of(label, names_date).to_owned(), label.value.clone()));
            at = label.end;
            continue;
        }
        let names = names_and_date_behind_by(text);
        let published = date_by_words(text);
        if title == Some(at) {
            entry.fields.push((TITLE_NAME.to_owned(), without_number(text).to_owned()));
        } else if lone_date == Some(at) {
            entry.fields.push((DATE_NAME.to_owned(), text.to_owned()));
        } else if let Some(date) = published.filter(|_| !has_date) {
            entry.fields.push((DATE_NAME.to_owned(), date.to_owned()));
            has_date = true;
        } else if let Some((names, None)) = names {
            let names = split_names(names).into_iter();
            entry.fields.extend(names.map(|name| (BY_NAME.to_owned(), name.to_owned())));
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
        let prose = prose.join("\n");
        let is_summary = |(name, _): &&mut (String, String)| is_name_of_summary(name);
        match entry.fields.iter_mut().find(is_summary) {
            Some((_, summary)) => *summary = format!("{summary}\n{prose}"),
            None => entry.fields.push((SUMMARY_NAME.to_owned(), prose)),
        }
    }
    if !details.is_empty() {
        entry.fields.push((DETAILS_NAME.to_owned(), details.join(" · ")));
    }
    entry
}

/// Returns the date of a line that has words for it: `Published 1945`.
fn date_by_words(text: &str) -> Option<&str> {
    let published = date_behind_word(text).map(|(_, date)| date);
    let published = published.or_else(|| publication_date(text));
    published.or_else(|| date_in_line(text).filter(|_| !ends_sentence(text)))
}

/// Returns the line of a record that is only a date, if it is the only one and no other line has a date. Values of labels
/// do not count.
fn lone_date_line(
    body: &PageBody<'_>,
    (start, end): (usize, usize),
    group: &[&Label<'_>],
) -> Option<usize> {
    let is_value = |at: usize| group.iter().any(|label| (label.at..label.end).contains(&at));
    let mut lines = (start + 1..end).filter(|at| !is_value(*at));
    if lines.clone().any(|at| date_by_words(body.text(at)).is_some()) {
        return None;
    }
    let is_date = |at: &usize| body.is_date(*at) || is_whole_date(body.text(*at));
    lines.find(is_date).filter(|_| !lines.any(|at| is_date(&at)))
}

/// Returns the name of a label: that of a date for a word about publishing in a record in which no other label names a date,
/// that of a collection for “From” before the name of one.
fn name_of<'l>(label: &'l Label<'_>, names_date: bool) -> &'l str {
    let is_made = is_name_of_making(label.name) && is_whole_date(&label.value);
    if (is_publishing_alone(label.name) || is_made) && !names_date {
        DATE_NAME
    } else if is_part_of_label(label.name, &label.value) {
        PART_OF_NAME
    } else {
        label.name
    }
}

/// Whether a text is the label of the day on which a document was made: `Sent`.
pub(super) fn is_name_of_making(name: &str) -> bool {
    MADE_NAMES.contains(&name.to_lowercase().as_str())
}

/// Labels of the day on which a document was made, in lower case, that are too short to be known in any file.
const MADE_NAMES: [&str; 14] = [
    "written",
    "made",
    "time",
    "sent",
    "drawn",
    "painted",
    "signed",
    "composed",
    "zeit",
    "entstanden",
    "geschrieben",
    "écrit",
    "escrito",
    "geschreven",
];

/// The name of the collection of a record.
const PART_OF_NAME: &str = "Part of";

/// Returns the date with which a title begins that has a number and a full stop: `3. Mai 1901: Letter`.
fn starts_with_day(title: &str) -> Option<&str> {
    split_start_date(title).map(|(date, _)| date).filter(|date| date.contains(". "))
}

/// Returns a title without the number of its row: `1. Letter`.
fn without_number(title: &str) -> &str {
    let number = title
        .split_once(". ")
        .filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
    // `3. Mai 1901` is a date.
    number
        .filter(|(number, rest)| {
            !number.is_empty() && !rest.is_empty() && starts_with_day(title).is_none()
        })
        .map_or(title, |(_, rest)| rest.trim())
}

/// Parts labels where blank lines and another line stand between them, if that gives as many records as the page says.
/// Without a count, all groups have a label in common, and none has it twice.
fn parted_groups<'l, 't>(
    body: &PageBody<'_>,
    labels: &'l [Label<'t>],
) -> Option<Vec<Vec<&'l Label<'t>>>> {
    let expected = body.count.map(ResultCount::expected).or(body.total);
    let mut groups: Vec<Vec<&Label<'_>>> = Vec::new();
    let mut last_end = None;
    for label in labels {
        let has_gap = last_end.is_none_or(|end| {
            end < label.at && (end..=label.at).any(|at| body.blank_above(at) > 0)
        });
        if has_gap {
            groups.push(Vec::new());
        }
        groups.last_mut()?.push(label);
        last_end = Some(label.end);
    }
    let fits = match expected {
        Some(expected) => groups.len() as u64 == expected,
        None => groups.len() > 1 && have_common_label(&groups),
    };
    fits.then_some(groups)
}

/// Whether there is a label that each group has once.
fn have_common_label(groups: &[Vec<&Label<'_>>]) -> bool {
    let mut group_counts: HashMap<&str, usize> = HashMap::new();
    for group in groups {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for label in group {
            *counts.entry(label.name).or_default() += 1;
        }
        for (name, _) in counts.into_iter().filter(|(_, count)| *count == 1) {
            *group_counts.entry(name).or_default() += 1;
        }
    }
    group_counts.values().any(|count| *count == groups.len())
}

/// Parts labels into those of each record: a record begins where the label repeats that most have.
/// Where lines are numbered, it begins with such a line.
fn label_groups<'l, 't>(
    labels: &'l [Label<'t>],
    numbered: &[usize],
) -> Option<Vec<Vec<&'l Label<'t>>>> {
    let first = labels.first()?;
    let mut groups: Vec<Vec<&Label<'_>>> = Vec::new();
    // The names of the labels in the last group.
    let mut names: HashSet<&str> = HashSet::new();
    for label in labels {
        let repeats = groups.is_empty() || names.contains(label.name);
        // A list of values may repeat its label side by side.
        let is_beside = groups
            .last()
            .and_then(|group| group.last())
            .is_some_and(|last| last.name == label.name && last.end == label.at);
        let returns = label.name == first.name && !is_beside;
        let is_parted = groups.last().is_some_and(|group| {
            group.len() > 1 || group.last().is_some_and(|last| last.end < label.at)
        });
        let last_end = groups.last().and_then(|group| group.last()).map_or(0, |last| last.end);
        let next = numbered.partition_point(|at| *at < last_end);
        let has_number = numbered.get(next).is_some_and(|at| *at < label.at);
        let begins = if numbered.is_empty() {
            (repeats && !is_beside) || (returns && is_parted)
        } else {
            has_number || groups.is_empty()
        };
        if begins {
            groups.push(Vec::new());
            names.clear();
        }
        names.insert(label.name);
        if let Some(group) = groups.last_mut() {
            group.push(label);
        }
    }
    Some(groups)
}
