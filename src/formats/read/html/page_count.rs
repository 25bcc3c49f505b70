//! The number of records that a page states, compared with what was read.

use super::block::Page;
use super::text::lines_of;
use crate::formats::read::result_count::{self, CountLine, ResultCount};

/// A line with a count.
#[derive(Clone, Debug)]
struct StatedCount {
    count: CountLine,
    text: String,
    /// The line in the file.
    line: usize,
}

/// What a page says about its records.
#[derive(Clone, Debug, Default)]
pub(super) struct PageCount {
    counts: Vec<StatedCount>,
}

impl PageCount {
    /// Finds the lines with counts.
    pub(super) fn find(page: &Page) -> PageCount {
        // Pagers and tool bars have counts too.
        let hidden = ["script", "style", "template", "head", "select", "noscript"];
        let lines = lines_of(&page.dom, &[0], &|id| hidden.contains(&page.dom.name(id)));
        let mut counts = Vec::new();
        for line in &lines {
            let text = line.text();
            if let Some(count) = result_count::parse(&text) {
                let line = line.pieces.first().map_or(1, |piece| page.dom.line(piece.element));
                counts.push(StatedCount { count, text, line });
            }
        }
        counts.sort_by_key(|stated| match stated.count {
            CountLine::Range(_) => 0,
            CountLine::Page { .. } => 1,
            CountLine::Total(_) => 2,
        });
        PageCount { counts }
    }

    /// Returns the range of records on the page.
    pub(super) fn range(&self) -> Option<ResultCount> {
        self.counts.iter().find_map(|stated| match stated.count {
            CountLine::Range(count) => Some(count),
            _ => None,
        })
    }

    /// Returns the position of the first record of the page, on which so many were found.
    pub(super) fn first_position(&self, found: usize) -> Option<u64> {
        let is_of_page = |count: &CountLine| !matches!(count, CountLine::Total(_));
        let count = self.counts.iter().map(|stated| stated.count).find(is_of_page)?;
        count.first_position(found)
    }

    /// Returns the number of all records. `found` are on the page.
    pub(super) fn total(&self, found: usize) -> Option<u64> {
        let found = found as u64;
        self.counts.iter().map(|stated| stated.count).find_map(|count| match count {
            // A facet has a number too.
            CountLine::Total(total) => Some(total).filter(|total| *total >= found),
            count => Some(count.total()),
        })
    }

    /// Whether the page says that it has this number of records.
    pub(super) fn agrees(&self, found: usize) -> bool {
        let found = found as u64;
        match self.range() {
            Some(count) => count.expected() == found,
            None => self.counts.iter().any(|stated| stated.count == CountLine::Total(found)),
        }
    }

    /// Returns the line and the sentence about a page that says that it has another number of records than were read.
    pub(super) fn difference(&self, found: usize) -> Option<(usize, String)> {
        let StatedCount { count, text, line } = self.counts.first()?;
        let message = count.difference(found, text);
        message.map(|message| (*line, message))
    }
}
