//! The search request, the search response, and the sort order.
//!
//! The screen and the commands send a [`SearchRequest`]; the store answers with one page of rows.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Highlighter;
use crate::record::Record;
use crate::store::{RecordNumber, RecordSet, UserMarks};

/// What records are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderBy {
    /// The best match first. It only makes sense while the filter has words.
    Relevance,
    /// By earliest day, then narrower span first, then archive order. Undated records come last in
    /// both directions.
    Date,
    /// By folded title. Untitled records come last in both directions.
    Title,
    /// In the order in which the archive lists them.
    Archive,
}

/// A sort order and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// What records are ordered by.
    pub by: OrderBy,
    /// Whether the order is reversed.
    pub reversed: bool,
}

/// The row, record or position that a search should show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The n-th row of the result, counted from 0.
    Row(usize),
    /// The row of this record, or the first row if the record does not match.
    Record(RecordNumber),
    /// The record with this position in its archive (`:210`).
    Position(u64),
}

/// A request for one page of the records that match a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// The text of the filter bar.
    pub filter: String,
    /// The order the user chose. `None` means by relevance while the filter has words, else in
    /// archive order.
    pub order: Option<Order>,
    /// What the page should show.
    pub target: Target,
    /// The number of rows on a page, at least 1.
    pub page_size: usize,
    /// The user's marks and notes.
    pub user_marks: Arc<UserMarks>,
    /// Whether duplicates are shown. If not, a record that is in several files is shown once.
    pub keep_duplicates: bool,
    /// Rows whose record numbers the response should list, for example to mark them.
    pub requested_rows: Option<Range<usize>>,
    /// The marked records, or the selected ones in `fonds pick`. The response lists those of them that
    /// match.
    pub selection: RecordSet,
}

impl SearchRequest {
    /// Creates a request without marks, in the default order, with duplicates left out.
    pub fn new(filter: &str, target: Target, page_size: usize) -> SearchRequest {
        SearchRequest {
            filter: filter.to_owned(),
            order: None,
            target,
            page_size,
            user_marks: Arc::default(),
            keep_duplicates: false,
            requested_rows: None,
            selection: RecordSet::default(),
        }
    }
}

/// A record on the page, and its number.
#[derive(Clone, Debug)]
pub struct Row {
    /// The number of the record in the store.
    pub number: RecordNumber,
    /// The record.
    pub record: Arc<Record>,
}

/// The number of records that one term of the filter matches on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCount {
    /// The term as it was typed.
    pub text: String,
    /// The number of records it matches.
    pub count: usize,
}

/// The response to a search request: one page of rows, and counts of the whole result.
#[derive(Clone, Debug)]
pub struct SearchResponse {
    /// The number of records that match the filter.
    pub match_count: usize,
    /// The number of records in the snapshot. Duplicates count only if the request keeps them.
    pub total: usize,
    /// The row of the target, counted from 0; `None` if it does not match. For [`Target::Row`] the
    /// row itself, at most the last one.
    pub target_row: Option<usize>,
    /// Whether the store has the target, matching or not; always true for [`Target::Row`].
    pub target_exists: bool,
    /// The row number of the first of `rows`. The page it begins contains `target_row`.
    pub first_row: usize,
    /// The rows of the page.
    pub rows: Vec<Row>,
    /// The order that was used.
    pub order: Order,
    /// The number of undated records that would match without the date terms.
    pub excluded_undated: usize,
    /// The count of each term on its own, in the order of the filter.
    pub term_counts: Vec<TermCount>,
    /// Messages to show under the filter bar: guesses, ignored parts, suggestions.
    pub messages: Vec<String>,
    /// Finds the letters that matched.
    pub highlighter: Arc<Highlighter>,
    /// Whether the filter depends on marks or notes, so that changing them changes the result.
    pub uses_marks: bool,
    /// The records at the requested rows.
    pub requested_records: RecordSet,
    /// The records of the request's `selection` that match.
    pub selection_matches: RecordSet,
}
