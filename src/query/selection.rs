//! Which records of a backend something is done with: an export, a citation, a copy, a list.

use std::sync::Arc;

use super::order::Order;
use super::search::{SearchRequest, Target};
use super::{Query, RecordSet, UserMarks, parse};

/// The number of rows that one search for a selection returns.
const ROWS_PER_REQUEST: usize = 4096;

/// The filter of records that are selected one by one.
const SELECTED_FILTER: &str = "is:marked";

/// Which records something is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// These records.
    Records {
        /// The records.
        records: RecordSet,
        /// Their order; `None` means archive order.
        order: Option<Order>,
    },
    /// The rows of a request from its target on. The size of its page says how many are asked for at once.
    Rows {
        /// The request.
        request: SearchRequest,
        /// The largest number of rows; `None` means all.
        limit: Option<usize>,
    },
}

impl SearchRequest {
    /// Creates a request for many rows at once.
    pub fn for_rows(query: impl Into<Arc<Query>>) -> SearchRequest {
        SearchRequest::new(query, Target::Row(0), ROWS_PER_REQUEST)
    }

    /// Creates a request for these records, each of them also where two are duplicates.
    pub(crate) fn for_records(records: RecordSet, order: Option<Order>) -> SearchRequest {
        let user_marks = UserMarks { marked: records, ..UserMarks::default() };
        SearchRequest {
            order,
            user_marks: Arc::new(user_marks),
            keep_duplicates: true,
            ..SearchRequest::for_rows(parse(SELECTED_FILTER, &[]))
        }
    }
}

impl Selection {
    /// Returns the request for the first rows, and the largest number of rows.
    pub(super) fn into_request(self) -> (SearchRequest, Option<usize>) {
        match self {
            Selection::Rows { request, limit } => (request, limit),
            Selection::Records { records, order } => {
                (SearchRequest::for_records(records, order), None)
            }
        }
    }
}

impl From<SearchRequest> for Selection {
    /// Selects all rows of a request.
    fn from(request: SearchRequest) -> Selection {
        Selection::Rows { request, limit: None }
    }
}

impl Default for Selection {
    /// Selects all records.
    fn default() -> Selection {
        SearchRequest::for_rows(Query::default()).into()
    }
}
