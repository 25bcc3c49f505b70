//! Finds the foot of a copied page: the numbers of its pages, who owns the site, and what stands below.

use std::collections::HashMap;

use super::page_body::TextLine;
use crate::formats::field_names::is_known;
use crate::formats::read::whole_dates::{PART_SEPARATORS, is_whole_date, split_end_date};

/// The most lines of the foot of a page: links to other pages, who owns the site.
const MAX_FOOT_LINES: usize = 24;

/// Returns the index of the first line of the foot of a page: the numbers of its pages, each on a line, or its
/// only line about copyright. `expected` is the number of records that the page says.
pub(super) fn end_of_records(lines: &[TextLine<'_>], expected: Option<u64>) -> usize {
    let is_copyright = |text: &str| text.starts_with('©');
    let is_only = lines.iter().filter(|line| is_copyright(line.text)).count() == 1;
    let number = |at: usize| lines.get(at).and_then(|line| line.text.parse::<u16>().ok());
    let is_pager = |at: usize| {
        let arrow = lines.get(at + 2).map_or("", |line| line.text);
        let ends = number(at + 2) == Some(3) || arrow.starts_with(['»', '›', '>', '→', '…']);
        number(at) == Some(1) && number(at + 1) == Some(2) && ends
    };
    let tail = lines.len().saturating_sub(MAX_FOOT_LINES).max(1)..lines.len();
    // Another page may be pasted below.
    let has_record = |line: &TextLine<'_>| {
        let is_labelled = || line.text.split_once(':').is_some_and(|(name, _)| is_known(name));
        is_whole_date(line.text) || is_labelled()
    };
    let is_foot = |at: &usize| {
        let text = lines.get(*at).map_or("", |line| line.text);
        let records_below = || match lines.split_at_checked(*at) {
            Some((above, [_, below @ ..])) => has_records_like(above, below, expected),
            _ => false,
        };
        (is_only && is_copyright(text) && !records_below())
            || (is_pager(*at) && !lines.iter().skip(*at).any(has_record))
    };
    tail.into_iter().find(is_foot).unwrap_or(lines.len())
}

/// What shows that a line belongs to a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Mark {
    /// The name of a known field, in lower case.
    Label(String),
    /// The line is only a date.
    Date,
    /// A part of the line is a date.
    DateInside,
}

impl Mark {
    fn of_line(line: &TextLine<'_>) -> Option<Mark> {
        let text = line.text;
        if let Some((name, _)) = text.split_once(':').filter(|(name, _)| is_known(name)) {
            return Some(Mark::Label(name.trim().to_lowercase()));
        }
        if line.is_date || is_whole_date(text) {
            return Some(Mark::Date);
        }
        let has_date =
            || text.split(PART_SEPARATORS).any(is_whole_date) || split_end_date(text).is_some();
        has_date().then_some(Mark::DateInside)
    }
}

/// The lines of records by what they show.
struct Marks {
    counts: HashMap<Mark, usize>,
    /// The lines above the first mark, and those below the last one.
    lead: usize,
    rest: usize,
}

impl Marks {
    fn new(lines: &[TextLine<'_>]) -> Marks {
        let mut counts: HashMap<Mark, usize> = HashMap::new();
        let (mut first, mut end) = (None, 0);
        for (at, line) in lines.iter().enumerate() {
            if let Some(mark) = Mark::of_line(line) {
                *counts.entry(mark).or_default() += 1;
                first = first.or(Some(at));
                end = at + 1;
            }
        }
        Marks { counts, lead: first.unwrap_or(lines.len()), rest: lines.len() - end }
    }

    /// The number of lines with the most frequent mark, which each record has.
    fn records(&self) -> usize {
        self.counts.values().copied().max().unwrap_or(0)
    }

    fn has(&self, mark: &Mark) -> bool {
        self.counts.contains_key(mark)
    }
}

/// Whether the lines below the one about copyright are records in the form of those above it, and no more than the page
/// says: news and opening hours have dates, too.
fn has_records_like(above: &[TextLine<'_>], below: &[TextLine<'_>], expected: Option<u64>) -> bool {
    let (records, others) = (Marks::new(above), Marks::new(below));
    if others.counts.is_empty() {
        return false;
    }
    let most = records.records();
    let form: Vec<&Mark> =
        records.counts.iter().filter(|(_, count)| **count == most).map(|(mark, _)| mark).collect();
    // Of one record it is not known which marks the others have.
    let has_form = if most > 1 {
        form.iter().all(|mark| others.has(mark))
    } else {
        form.iter().any(|mark| others.has(mark))
    };
    let has_title = others.lead <= records.lead && (others.lead > 0 || records.lead == 0);
    let has_text = others.rest > 0 || records.rest == 0;
    let is_parted = above.iter().skip(1).any(|line| line.blank_above > 0);
    let begins = !is_parted || below.first().is_some_and(|line| line.blank_above > 0);
    // Several records may be those of the next page.
    let is_full = expected.is_some_and(|expected| most as u64 >= expected);
    let has_room = !is_full || others.records() > 1;
    has_form && has_title && has_text && begins && has_room
}
