//! The contract between the screen and the commands, which ask, and whoever has the records.
//!
//! The in-memory store is one [`Backend`]. A backend may have its records elsewhere: it may know only that there are
//! at least so many matches, have no answer from a part of them, or lead from page to page by tokens.

use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::RecordHandle;
use super::aggregate::{AggregateRequest, AggregateResponse};
use super::cancel::{CancelCheck, Cancelled};
use super::search::{SearchRequest, SearchResponse};
use super::summary::{LoadProgress, Summary};
use crate::record::{Provenance, RecordId};

/// A backend that several threads use. A clone is the same one.
pub type SharedBackend = Arc<dyn Backend>;

/// Whoever has the records: it answers searches and counts.
///
/// A backend never changes. Where more records are read, the reader makes a new one, in which the handles of the one
/// before stay valid.
pub trait Backend: Any + fmt::Debug + Send + Sync {
    /// Returns what is known of all records. It does not wait, and does not look at records.
    fn summary(&self) -> Summary;

    /// Returns the rows of one page.
    ///
    /// # Errors
    /// The search was cancelled, its page token is no longer known, or there is no answer.
    fn search(
        &self,
        request: &SearchRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, SearchError>;

    /// Counts over the records that match a request, apart from [`Backend::search`], so that rows never wait for
    /// counts. The order, the target and the page of the request do not matter.
    ///
    /// # Errors
    /// The search was cancelled, or there is no answer.
    fn aggregate(
        &self,
        request: &SearchRequest,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, SearchError>;

    /// Returns the identity of each record, in the same order; `None` for one that is not here. Marks and notes are kept
    /// by identity.
    fn identities_of(&self, records: &[RecordHandle]) -> Vec<Option<RecordId>>;

    /// Looks up records. The result has an entry for each identity, in their order; `None`: the backend has no such record.
    fn find(&self, identities: &[RecordId]) -> Vec<Option<RecordHandle>>;

    /// Returns the first record with a key as the user sees it: see [`RecordKey`](crate::record::RecordKey).
    fn find_by_key(&self, key: &str) -> Option<RecordHandle>;

    /// Returns each pair of an archive and a file set that records have, once.
    fn provenances(&self) -> BTreeSet<Provenance>;
}

/// Which parts of a backend have answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The number of parts that have answered.
    pub answered: usize,
    /// The number of all parts.
    pub parts: usize,
    /// Why the others have not.
    pub reasons: Vec<String>,
}

impl Default for Coverage {
    /// Returns the coverage of a backend that has one part, which answers.
    fn default() -> Coverage {
        Coverage { answered: 1, parts: 1, reasons: Vec::new() }
    }
}

impl Coverage {
    /// Whether all parts have answered.
    pub const fn is_complete(&self) -> bool {
        self.answered == self.parts
    }

    /// Returns a message for the user if a part has not answered.
    pub fn message(&self) -> Option<String> {
        let Coverage { answered, parts, reasons } = self;
        let reasons = match reasons.as_slice() {
            [] => String::new(),
            reasons => format!(": {}", reasons.join("; ")),
        };
        (!self.is_complete())
            .then(|| format!("answer incomplete: {answered} of {parts} parts{reasons}"))
    }
}

/// Leads to a page of a list of matches. Only the backend that gave it out can read it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageToken(pub Arc<str>);

/// Where the pages beside a page are, for backends that cannot go to any row. A backend that can has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageTokens {
    /// The page after this one.
    pub next: Option<PageToken>,
    /// The page before this one.
    pub previous: Option<PageToken>,
    /// The last page.
    pub last: Option<PageToken>,
}

/// Why a search has no response.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// It was cancelled.
    #[error("the search was interrupted: try again")]
    Cancelled,
    /// The page token is no longer known. A search for the same record begins anew.
    #[error("the list of matches is no longer kept: search again")]
    Expired,
    /// There is no answer, for this reason.
    #[error("no answer: {0}")]
    NoAnswer(String),
}

impl From<Cancelled> for SearchError {
    fn from(Cancelled: Cancelled) -> SearchError {
        SearchError::Cancelled
    }
}

/// The backend before any record is read: it has none, and more are to come.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRecords;

impl Backend for NoRecords {
    fn summary(&self) -> Summary {
        let progress = Some(LoadProgress { bytes_read: 0, total_bytes: None });
        Summary { progress, ..Summary::default() }
    }

    fn search(
        &self,
        request: &SearchRequest,
        _is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, SearchError> {
        let order = request.order.unwrap_or_default();
        Ok(SearchResponse { order, ..SearchResponse::default() })
    }

    fn aggregate(
        &self,
        _request: &SearchRequest,
        _wanted: &AggregateRequest,
        _is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, SearchError> {
        Ok(AggregateResponse::default())
    }

    fn identities_of(&self, records: &[RecordHandle]) -> Vec<Option<RecordId>> {
        vec![None; records.len()]
    }

    fn find(&self, identities: &[RecordId]) -> Vec<Option<RecordHandle>> {
        vec![None; identities.len()]
    }

    fn find_by_key(&self, _key: &str) -> Option<RecordHandle> {
        None
    }

    fn provenances(&self) -> BTreeSet<Provenance> {
        BTreeSet::new()
    }
}
