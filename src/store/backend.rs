//! The in-memory store as a backend.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Searcher, Store};
use crate::query::{
    AggregateRequest, AggregateResponse, Backend, CancelCheck, LoadProgress, SearchError,
    SearchRequest, SearchResponse, Summary, Total,
};
use crate::record::Provenance;

/// A snapshot of the in-memory store, and what is kept from the last search.
#[derive(Clone, Debug, Default)]
pub struct StoreBackend {
    store: Store,
    progress: Option<LoadProgress>,
    /// The searcher, which the snapshots of one store share.
    searcher: Arc<Mutex<Searcher>>,
}

impl StoreBackend {
    /// Returns the backend of a store that has all its records.
    pub fn new(store: Store) -> StoreBackend {
        StoreBackend { store, ..StoreBackend::default() }
    }

    /// Returns the backend of a later snapshot of the same store, with how much has been read.
    #[must_use]
    pub fn with_snapshot(&self, store: Store, progress: Option<LoadProgress>) -> StoreBackend {
        StoreBackend { store, progress, searcher: Arc::clone(&self.searcher) }
    }

    /// Returns the in-memory store behind a backend, if it is one.
    pub fn from_backend(backend: &dyn Backend) -> Option<&StoreBackend> {
        (backend as &dyn Any).downcast_ref()
    }

    /// Returns the snapshot.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Locks the searcher. One that a panic has left in the middle of a search is replaced.
    fn searcher(&self) -> MutexGuard<'_, Searcher> {
        self.searcher.lock().unwrap_or_else(|error: PoisonError<_>| {
            self.searcher.clear_poison();
            let mut searcher = error.into_inner();
            *searcher = Searcher::default();
            searcher
        })
    }
}

impl Backend for StoreBackend {
    fn summary(&self) -> Summary {
        let store = &self.store;
        Summary {
            record_count: Total::Exact(store.len()),
            duplicate_count: store.duplicates().len(),
            file_count: store.file_count(),
            archives: Arc::clone(&store.archives),
            file_sets: Arc::clone(&store.file_sets),
            own_field_names: Arc::clone(&store.own_field_names.in_order),
            progress: self.progress,
        }
    }

    fn search(
        &self,
        request: &SearchRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, SearchError> {
        Ok(self.searcher().search(&self.store, request, is_cancelled)?)
    }

    fn aggregate(
        &self,
        request: &SearchRequest,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, SearchError> {
        Ok(self.searcher().aggregate(&self.store, request, wanted, is_cancelled)?)
    }

    fn provenances(&self) -> BTreeSet<Provenance> {
        let pairs = self.store.archives_and_file_sets().into_iter();
        pairs.map(|(archive, file_set)| Provenance { archive, file_set }).collect()
    }
}
