//! Finds records without a date between dated ones of a copied page.
//!
//! What repeats shows them: a line such as `MS 41/7 · Item`, `Part of` or `By` at the same place in each record, or as many
//! paragraphs as records are missing.

use std::collections::HashMap;
use std::ops::Range;

use super::labels::label_and_value;
use super::lines::is_pager;
use super::orders::{DETAILS_NAME, Entry, REFERENCE_NAME, TITLE_NAME, add_below, add_parts};
use super::page_body::PageBody;
use super::page_foot::site_word;
use super::refusals::undated_message;
use super::{ends_sentence, fits_title};
use crate::formats::read::html::{
    is_inverted_names, is_reference, names_and_date_behind_by, names_kind,
};
use crate::formats::read::result_count::ResultCount;
use crate::formats::read::whole_dates::PART_SEPARATORS;

/// The most lines from the first of a record to one that repeats.
const MAX_MARK_LINES: usize = 6;

/// What a line shows that repeats in other records.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Mark {
    /// A label, in lower case.
    Label(String),
    /// Names behind “by”.
    Names,
    Reference,
    /// Several parts that begin with a reference.
    ReferenceInParts,
    /// Several parts that begin with a kind of document.
    KindInParts,
    /// Several parts that begin with a name.
    NameInParts,
}

impl Mark {
    fn of_line(text: &str) -> Option<Mark> {
        if let Some((label, _)) = label_and_value(text) {
            return Some(Mark::Label(label.to_lowercase()));
        }
        if names_and_date_behind_by(text).is_some() {
            return Some(Mark::Names);
        }
        let mut parts = text.split(PART_SEPARATORS).map(str::trim);
        let first = parts.next()?;
        match (is_reference(first), parts.next()) {
            (true, None) => Some(Mark::Reference),
            (true, Some(_)) => Some(Mark::ReferenceInParts),
            (_, Some(_)) if names_kind(first) => Some(Mark::KindInParts),
            (_, Some(_)) if is_inverted_names(first) => Some(Mark::NameInParts),
            _ => None,
        }
    }
}

/// The records without a date of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Undated {
    /// Their first lines.
    starts: Vec<usize>,
    /// A line that may be the title of another one.
    doubtful: Option<usize>,
}

impl Undated {
    /// Finds the records without a date between those that begin at these lines.
    pub(super) fn find(body: &PageBody<'_>, starts: &[usize]) -> Undated {
        if starts.len() < 2 {
            return Undated::default();
        }
        let expected = body.count.map(ResultCount::expected).or(body.total);
        if expected == Some(starts.len() as u64) {
            return Undated::default();
        }
        let marked = marked_starts(body, starts);
        let dated = (starts.len() + marked.len()) as u64;
        let missing = expected.and_then(|expected| expected.checked_sub(dated));
        if missing == Some(0) || !marked.is_empty() {
            return Undated { starts: marked, doubtful: None };
        }
        let unmarked =
            parted_starts(body, starts).or_else(|| titles_between_sentences(body, starts));
        let unmarked = unmarked.unwrap_or_default();
        match missing {
            Some(missing) if missing == unmarked.len() as u64 => {
                Undated { starts: unmarked, doubtful: None }
            }
            _ => Undated { starts: marked, doubtful: unmarked.first().copied() },
        }
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the line behind the record that begins at a line. `starts` are the first lines of the dated records, in order.
    pub(super) fn end_of(&self, body: &PageBody<'_>, starts: &[usize], start: usize) -> usize {
        let next_of =
            |starts: &[usize]| starts.get(starts.partition_point(|other| *other <= start)).copied();
        let next = [next_of(starts), next_of(&self.starts)].into_iter().flatten().min();
        next.unwrap_or(body.lines.len())
    }

    /// Adds the records without a date to the others, in the order of the page. Above their titles stand `badges` lines.
    pub(super) fn add_to(
        &self,
        entries: &mut Vec<Entry>,
        body: &PageBody<'_>,
        starts: &[usize],
        badges: usize,
    ) {
        for start in &self.starts {
            let end = self.end_of(body, starts, *start);
            entries.push(undated_entry(body, *start..end, badges));
        }
        entries.sort_by_key(|entry| entry.line);
        let Some(at) = self.doubtful else { return };
        let number = body.lines.get(at).map_or(0, |line| line.number);
        if let Some(entry) = entries.iter_mut().rev().find(|entry| entry.line <= number) {
            entry.warning = entry.warning.take().or_else(|| Some(undated_message(body.text(at))));
        }
    }
}

/// Returns the record without a date on these lines.
fn undated_entry(body: &PageBody<'_>, lines: Range<usize>, badges: usize) -> Entry {
    let number = body.lines.get(lines.start).map_or(0, |line| line.number);
    let mut entry = Entry { line: number, ..Entry::default() };
    let title = (lines.start + badges).min(lines.end - 1);
    let mut add = |name: &str, text: &str| entry.fields.push((name.to_owned(), text.to_owned()));
    add(TITLE_NAME, body.text(title));
    let mut below = Vec::new();
    let is_marked = |at: &usize| Mark::of_line(body.text(*at)).is_some();
    let mark = lines.clone().skip(1).find(is_marked).unwrap_or(lines.start);
    for at in lines.filter(|at| *at != title) {
        let text = body.text(at);
        if at < mark && !ends_sentence(text) {
            add(DETAILS_NAME, text);
            continue;
        }
        if label_and_value(text).is_none() && text.contains(PART_SEPARATORS) {
            add_parts(text, &mut add);
        } else if is_reference(text) {
            add(REFERENCE_NAME, text);
        } else {
            below.push(text);
        }
    }
    add_below(&below, &mut add);
    entry
}

/// Returns the lines of the records, and those above the first one.
fn regions(body: &PageBody<'_>, starts: &[usize]) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([body.lines.len()]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

/// Whether a line may be the title of a record: it is no sentence and has nothing that stands below titles.
fn is_title(body: &PageBody<'_>, at: usize) -> bool {
    let text = body.text(at);
    fits_title(text)
        && !(ends_sentence(text) && text.contains(char::is_lowercase))
        && text.contains(char::is_alphabetic)
        && !body.is_date(at)
        && !is_pager(text)
        && site_word(text).is_none()
        && Mark::of_line(text).is_none()
}

/// Whether blank lines stand above the records.
fn are_parted(body: &PageBody<'_>, starts: &[usize]) -> bool {
    starts.iter().skip(1).all(|start| body.blank_above(*start) > 0)
}

/// Returns the first lines of records that have what repeats in the others, at the same place.
fn marked_starts(body: &PageBody<'_>, starts: &[usize]) -> Vec<usize> {
    let regions = regions(body, starts);
    let mut counts: HashMap<(usize, Mark), usize> = HashMap::new();
    for region in &regions {
        let lines = region.clone().skip(1).take(MAX_MARK_LINES);
        for at in lines {
            if let Some(mark) = Mark::of_line(body.text(at)) {
                *counts.entry((at - region.start, mark)).or_default() += 1;
            }
        }
    }
    counts.retain(|_, count| *count > 1 && 3 * *count >= 2 * regions.len());
    let parted = are_parted(body, starts);
    let head = starts.first().map_or(0..0, |first| 0..*first);
    let mut found: Vec<usize> = Vec::new();
    for (region, is_head) in
        std::iter::once((&head, true)).chain(regions.iter().map(|it| (it, false)))
    {
        let mut floor = if is_head { region.start } else { region.start + 1 };
        for at in region.clone() {
            let Some(mark) = Mark::of_line(body.text(at)) else { continue };
            let lead =
                counts.keys().filter(|(_, other)| *other == mark).map(|(lead, _)| *lead).min();
            let Some(start) = lead.and_then(|lead| at.checked_sub(lead)) else { continue };
            let is_own = !is_head && start <= region.start;
            if is_own {
                floor = at + 1;
            } else if start >= floor
                && is_title(body, start)
                && found.last() != Some(&start)
                && (!parted || body.blank_above(start) > 0 || start == 0)
            {
                found.push(start);
                floor = at + 1;
            }
        }
    }
    found.sort_unstable();
    found
}

/// Returns the lines below the blank lines inside of a few records, which have none in the others.
fn parted_starts(body: &PageBody<'_>, starts: &[usize]) -> Option<Vec<usize>> {
    if !are_parted(body, starts) {
        return None;
    }
    let regions = regions(body, starts);
    let inside = |region: &Range<usize>| {
        (region.start + 1..region.end)
            .filter(|at| body.blank_above(*at) > 0)
            .collect::<Vec<usize>>()
    };
    let last = regions.last()?.start;
    let is_whole = regions.iter().filter(|region| inside(region).is_empty()).count();
    // What stands below the last record may be the foot of the page.
    let has_text =
        |at: usize| at < last || (at + 1 < body.lines.len() && body.blank_above(at + 1) == 0);
    let found: Vec<usize> =
        regions.iter().flat_map(inside).filter(|at| is_title(body, *at) && has_text(*at)).collect();
    (2 * is_whole >= regions.len()).then_some(found)
}

/// Returns the lines between two sentences that may be titles, where records have one sentence each and nothing parts them.
fn titles_between_sentences(body: &PageBody<'_>, starts: &[usize]) -> Option<Vec<usize>> {
    let has_blank = (1..body.lines.len()).any(|at| body.blank_above(at) > 0);
    let is_prose = |at: usize| ends_sentence(body.text(at));
    let regions = regions(body, starts);
    let between = |region: &Range<usize>| {
        (region.start + 1..region.end.saturating_sub(1))
            .filter(|at| is_title(body, *at) && is_prose(at - 1) && is_prose(at + 1))
            .collect::<Vec<usize>>()
    };
    let whole = regions.iter().filter(|region| between(region).is_empty()).count();
    let found = regions.iter().flat_map(between).collect();
    (!has_blank && 2 * whole >= regions.len()).then_some(found)
}
