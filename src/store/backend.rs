//! The in-memory store as a backend.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Searcher, Store};
use crate::query::{
    Abilities, AggregateRequest, AggregateResponse, Backend, CancelCheck, LoadProgress,
    RecordHandle, SearchError, SearchRequest, SearchResponse, Summary, Total,
};
use crate::record::{Provenance, RecordId};

/// A snapshot of the in-memory store, and what is kept from the last search.
#[derive(Clone, Debug, Default)]
pub struct StoreBackend {
    store: Store,
    progress: Option<LoadProgress>,
    /// What the snapshots of one store share.
    caches: Arc<Caches>,
}

/// The searchers of a store, with the results of their last filters.
#[derive(Debug, Default)]
struct Caches {
    /// Those that are not searching now, the one that was used last at the end.
    idle: Mutex<Vec<Searcher>>,
    /// The one that counts. It keeps the values of fields too.
    counting: Mutex<Searcher>,
}

/// The number of searchers that are kept: one for the screen, the others for exports and copies.
const MAX_IDLE_SEARCHERS: usize = 3;

impl StoreBackend {
    /// Returns the backend of a store that has all its records.
    pub fn new(store: Store) -> StoreBackend {
        StoreBackend { store, ..StoreBackend::default() }
    }

    /// Returns the backend of a later snapshot of the same store, with how much has been read.
    #[must_use]
    pub fn with_snapshot(&self, store: Store, progress: Option<LoadProgress>) -> StoreBackend {
        StoreBackend { store, progress, caches: Arc::clone(&self.caches) }
    }

    /// Returns the in-memory store behind a backend, if it is one.
    pub fn from_backend(backend: &dyn Backend) -> Option<&StoreBackend> {
        (backend as &dyn Any).downcast_ref()
    }

    /// Returns the snapshot.
    pub const fn store(&self) -> &Store {
        &self.store
    }
}

impl Caches {
    /// Takes a searcher out: one that knows the results of the request, else the one that was not used for longest.
    fn take(&self, request: &SearchRequest) -> Searcher {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        match idle.iter().rposition(|searcher| searcher.knows_filter(request)) {
            Some(index) => idle.remove(index),
            None if idle.len() < MAX_IDLE_SEARCHERS => Searcher::default(),
            None => idle.remove(0),
        }
    }

    /// Keeps a searcher for the next search.
    fn put_back(&self, searcher: Searcher) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.truncate(MAX_IDLE_SEARCHERS - 1);
        idle.push(searcher);
    }

    /// Locks the searcher that counts. One that a panic has left in the middle of its work is replaced.
    fn counting(&self) -> MutexGuard<'_, Searcher> {
        self.counting.lock().unwrap_or_else(|error| {
            self.counting.clear_poison();
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
            date_extent: store.date_extent(),
            abilities: Abilities::default(),
            progress: self.progress,
        }
    }

    fn search(
        &self,
        request: &SearchRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, SearchError> {
        let mut searcher = self.caches.take(request);
        let response = searcher.search(&self.store, request, is_cancelled);
        self.caches.put_back(searcher);
        Ok(response?)
    }

    fn aggregate(
        &self,
        request: &SearchRequest,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, SearchError> {
        Ok(self.caches.counting().aggregate(&self.store, request, wanted, is_cancelled)?)
    }

    fn identities_of(&self, records: &[RecordHandle]) -> Vec<Option<RecordId>> {
        self.store.ids_of(records)
    }

    fn find(&self, identities: &[RecordId]) -> Vec<Option<RecordHandle>> {
        self.store.find_by_ids(identities)
    }

    fn find_by_key(&self, key: &str) -> Option<RecordHandle> {
        self.store.find_by_key(key)
    }

    fn provenances(&self) -> BTreeSet<Provenance> {
        let pairs = self.store.archives_and_file_sets().into_iter();
        pairs.map(|(archive, file_set)| Provenance { archive, file_set }).collect()
    }
}
