//! The search request and the search response.
//!
//! The screen and the commands send a [`SearchRequest`]; a backend answers with one page of rows.

use std::ops::Range;
use std::sync::Arc;

use super::backend::{Coverage, PageToken, PageTokens};
use super::order::Order;
use super::suggestion::Suggestion;
use super::summary::Total;
use super::{Phrase, Query, RecordHandle, RecordSet, UserMarks};
use crate::record::{FileSetId, Provenance, Record};

/// The row, record or position that a search should show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The n-th row of the result, counted from 0.
    Row(usize),
    /// The row of this record, or the first row if the record does not match.
    Record(RecordHandle),
    /// The record with this position in its archive (`:210`).
    Position(u64),
    /// The page that a token of an earlier response leads to.
    Page(PageToken),
}

/// What the rows of a response say of where else a record is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowDetail {
    /// Nothing more than its provenance.
    #[default]
    Provenance,
    /// The files of its duplicates, and possible duplicates too.
    Duplicates,
}

/// A request for one page of the records that match a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// The filter.
    pub query: Arc<Query>,
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
    /// Rows whose records the response should list, for example to mark them.
    pub requested_rows: Option<Range<usize>>,
    /// What the rows say of duplicates.
    pub row_detail: RowDetail,
    /// The marked records, or the selected ones in `fonds pick`. The response lists those of them that
    /// match.
    pub selection: RecordSet,
}

impl SearchRequest {
    /// Creates a request without marks, in the default order, with duplicates left out.
    pub fn new(query: impl Into<Arc<Query>>, target: Target, page_size: usize) -> SearchRequest {
        SearchRequest {
            query: query.into(),
            order: None,
            target,
            page_size,
            user_marks: Arc::default(),
            keep_duplicates: false,
            requested_rows: None,
            row_detail: RowDetail::Provenance,
            selection: RecordSet::default(),
        }
    }
}

/// A record on the page.
#[derive(Clone, Debug)]
pub struct Row {
    /// The handle of the record.
    pub handle: RecordHandle,
    /// The record.
    pub record: Arc<Record>,
    /// Where it is from.
    pub provenance: Provenance,
    /// The file sets of its duplicates; none unless the request asks for them.
    pub duplicates: Vec<FileSetId>,
    /// Some of the records that may be the same one; none unless the request asks for them.
    pub possible_duplicates: Vec<PossibleDuplicate>,
}

/// A record that may be the same as another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PossibleDuplicate {
    /// Its position in its archive.
    pub position: Option<u64>,
    /// The files it is in.
    pub file_set: FileSetId,
}

/// What one term of the filter finds on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermResult {
    /// The term as it was typed.
    pub text: String,
    /// The number of records it matches.
    pub count: usize,
    /// The phrases that were searched for, with the other spellings and guesses that they were expanded to. Empty for a
    /// term that is no phrase, and from a backend that searched for the term as it is.
    pub expansion: Vec<Phrase>,
}

/// Where the target of a request is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// In this row, counted from 0. For [`Target::Row`] this is the row itself, at most the last one.
    Row(usize),
    /// The record exists, but the filter leaves it out. For [`Target::Row`] there are no rows.
    FilteredOut,
    /// There is no such record, or a page was asked for.
    #[default]
    Missing,
}

impl Placement {
    /// Returns the placement of a target that exists, by its row if it has one.
    pub fn of_existing(row: Option<usize>) -> Placement {
        row.map_or(Placement::FilteredOut, Placement::Row)
    }

    /// Returns the row of the target.
    pub const fn row(self) -> Option<usize> {
        match self {
            Placement::Row(row) => Some(row),
            Placement::FilteredOut | Placement::Missing => None,
        }
    }
}

/// The response to a search request: one page of rows, and counts of the whole result.
#[derive(Clone, Debug, Default)]
pub struct SearchResponse {
    /// The number of records that match the filter.
    pub match_count: Total,
    /// The number of all records. Duplicates count only if the request keeps them.
    pub total: Total,
    /// Which parts of the backend have answered.
    pub coverage: Coverage,
    /// Where the pages beside this one are.
    pub page_tokens: PageTokens,
    /// Where the target is.
    pub placement: Placement,
    /// The row number of the first of `rows`. The page it begins contains the target.
    pub first_row: usize,
    /// The rows of the page.
    pub rows: Vec<Row>,
    /// The order that was used.
    pub order: Order,
    /// The number of undated records that would match without the date terms.
    pub excluded_undated: usize,
    /// What each term finds on its own, in the order of the filter.
    pub terms: Vec<TermResult>,
    /// What to tell the user about the filter: ignored parts, guesses, what to try.
    pub suggestions: Vec<Suggestion>,
    /// Whether the filter depends on marks or notes, so that changing them changes the result.
    pub uses_marks: bool,
    /// The records at the requested rows.
    pub requested_records: RecordSet,
    /// The records of the request's `selection` that match.
    pub selection_matches: RecordSet,
}
