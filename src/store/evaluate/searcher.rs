//! Answers search requests, and caches the result of the last filter.

use std::sync::Arc;

use rayon::prelude::*;

use super::page::OrderedMatches;
use super::result_set::ResultSet;
use super::rules::SearchRules;
use crate::query::{
    AggregateRequest, AggregateResponse, CancelCheck, Cancelled, Coverage, Order, OrderBy,
    PageTokens, Placement, Row, RowDetail, SearchRequest, SearchResponse, Target, Total,
};
use crate::query::{RecordHandle, RecordSet};
use crate::record::Provenance;
use crate::store::Store;
use crate::store::collect::{DateHistogram, FacetCounts, FieldValuesCache, collect};
use crate::text::bit_masks::BLOCK_LEN;

/// Answers search requests on snapshots. It keeps the result set of the last filter, so that
/// turning a page does not search again.
#[derive(Debug, Default)]
pub struct Searcher {
    /// The result set of the last filter.
    result_set: Option<ResultSet>,
    /// The values of the fields of the last facets.
    field_values: FieldValuesCache,
    /// Which rules hold.
    rules: SearchRules,
}

impl Searcher {
    /// Creates a searcher in which only some rules hold, to measure what each of them contributes.
    pub fn with_rules(rules: SearchRules) -> Searcher {
        Searcher { rules, ..Searcher::default() }
    }

    /// Answers a request. `is_cancelled` is called once every few thousand records.
    ///
    /// # Errors
    /// The search was cancelled.
    pub fn search(
        &mut self,
        store: &Store,
        request: &SearchRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, Cancelled> {
        // The whole search runs on the thread pool. Entering and leaving the pool for each step
        // would take as long as the steps.
        rayon::scope(|_| self.search_on_this_thread(store, request, is_cancelled))
    }

    /// Whether the result set that is kept is that of the filter of a request.
    pub(in crate::store) fn knows_filter(&self, request: &SearchRequest) -> bool {
        self.result_set.as_ref().is_some_and(|results| results.query == request.query)
    }

    /// Like [`Searcher::search`], on the current thread.
    fn search_on_this_thread(
        &mut self,
        store: &Store,
        request: &SearchRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, Cancelled> {
        let results = self.results(store, request, is_cancelled)?;
        let response = build_response(&results, request);
        self.result_set = Some(results);
        Ok(response)
    }

    /// Counts over the records that match a request. The order, the target and the page of the request do not matter.
    ///
    /// The values of a field are read when a facet asks for them first, which takes about as long as loading them.
    ///
    /// # Errors
    /// The search was cancelled.
    pub fn aggregate(
        &mut self,
        store: &Store,
        request: &SearchRequest,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, Cancelled> {
        rayon::scope(|_| {
            let results = self.results(store, request, is_cancelled)?;
            let match_sets = &results.matches.match_sets;
            let match_count = Total::Exact(results.matches.count());
            let mut response = AggregateResponse { match_count, ..AggregateResponse::default() };
            for facet in &wanted.facets {
                let values = self.field_values.get(store, &facet.field, is_cancelled)?;
                let counts = FacetCounts { values: &values, wanted: facet };
                response.facets.push(collect(&counts, store, match_sets, is_cancelled)?);
            }
            if let Some(wanted) = wanted.histogram {
                let histogram = DateHistogram { wanted };
                response.histogram = Some(collect(&histogram, store, match_sets, is_cancelled)?);
            }
            self.result_set = Some(results);
            Ok(response)
        })
    }

    /// Returns the results of a request, from the last time if they are the same.
    fn results(
        &mut self,
        store: &Store,
        request: &SearchRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<ResultSet, Cancelled> {
        let cached = self.result_set.take_if(|results| {
            results.query == request.query
                && results.keep_duplicates == request.keep_duplicates
                && results.store.is_same(store)
                && (!results.uses_marks || results.user_marks == request.user_marks)
        });
        match cached {
            Some(results) => Ok(results),
            None => ResultSet::new(
                store,
                &request.query,
                &request.user_marks,
                request.keep_duplicates,
                self.rules,
                is_cancelled,
            ),
        }
    }
}

/// Returns the requested order, or the default order if none was requested or it is by relevance
/// and the filter has no words.
fn effective_order(results: &ResultSet, requested: Option<Order>) -> Order {
    match requested {
        Some(order) if order.by != OrderBy::Relevance || results.has_words => order,
        _ if results.has_words => Order { by: OrderBy::Relevance, reversed: false },
        _ => Order { by: OrderBy::Archive, reversed: false },
    }
}

/// Answers a request from its result set.
fn build_response(results: &ResultSet, request: &SearchRequest) -> SearchResponse {
    let order = effective_order(results, request.order);
    let ordered = OrderedMatches::new(&results.store, &results.matches, order);
    let match_count = results.matches.count();
    let placement = match request.target {
        Target::Row(row) => {
            Placement::of_existing(match_count.checked_sub(1).map(|last| row.min(last)))
        }
        // The store gives out no tokens.
        Target::Page(_) => Placement::Missing,
        Target::Record(number) if results.store.locate(number).is_none() => Placement::Missing,
        Target::Record(number) => {
            let shown_duplicate =
                || results.store.duplicates().others(number).find_map(|it| ordered.row_of(it));
            Placement::of_existing(ordered.row_of(number).or_else(shown_duplicate))
        }
        Target::Position(position) => find_position(results, position, &ordered),
    };
    let duplicates = if results.keep_duplicates { 0 } else { results.store.duplicates().len() };
    let page_size = request.page_size.max(1);
    let first_row = placement.row().unwrap_or(0) / page_size * page_size;
    let requested_rows = request.requested_rows.clone().unwrap_or_default();
    let requested = ordered.rows(requested_rows.start, requested_rows.len());
    SearchResponse {
        match_count: Total::Exact(match_count),
        total: Total::Exact(results.store.len() - duplicates),
        coverage: Coverage::default(),
        page_tokens: PageTokens::default(),
        placement,
        first_row,
        rows: rows(&results.store, &ordered.rows(first_row, page_size), request.row_detail),
        order,
        excluded_undated: results.excluded_undated,
        terms: results.terms.clone(),
        suggestions: results.suggestions.clone(),
        uses_marks: results.uses_marks,
        requested_records: requested.into_iter().collect(),
        selection_matches: matches_among(results, &request.selection),
    }
}

/// Returns rows with their provenance.
fn rows(store: &Store, numbers: &[RecordHandle], detail: RowDetail) -> Vec<Row> {
    let row = |number: &RecordHandle| {
        let (segment, index) = store.locate(*number)?;
        let (archive, file_set) = (segment.archive_id(index), segment.file_set(index));
        let (duplicates, possible_duplicates) = match detail {
            RowDetail::Provenance => (Vec::new(), Vec::new()),
            RowDetail::Duplicates => store.duplicates_for_row(*number),
        };
        Some(Row {
            handle: *number,
            record: Arc::new(segment.record(index)?),
            provenance: Provenance { archive, file_set },
            duplicates,
            possible_duplicates,
        })
    };
    numbers.par_iter().filter_map(row).collect()
}

/// Returns the records of a set that match. It takes one step for 64 records of the store.
fn matches_among(results: &ResultSet, records: &RecordSet) -> RecordSet {
    let mut found = RecordSet::default();
    if records.is_empty() {
        return found;
    }
    for (segment, match_set) in results.matches.match_sets.iter().enumerate() {
        let RecordHandle(first) = results.store.record_number(segment, 0);
        for (number, mask) in (first..).step_by(BLOCK_LEN).zip(match_set.blocks()) {
            found.insert_mask(RecordHandle(number), *mask);
        }
    }
    found.intersect(records);
    found
}

/// Returns where the first matching record with this position in its archive is.
fn find_position(results: &ResultSet, position: u64, ordered: &OrderedMatches<'_>) -> Placement {
    let segments = results.store.segments().iter().enumerate().filter(|(_, it)| it.has_positions());
    let mut numbers = segments
        .flat_map(|(index, segment)| {
            let records = (0..=u16::MAX).take(segment.len());
            let with_position = records
                .filter(move |record| segment.position(usize::from(*record)) == Some(position));
            with_position.map(move |record| results.store.record_number(index, record))
        })
        .peekable();
    if numbers.peek().is_none() {
        return Placement::Missing;
    }
    Placement::of_existing(numbers.find_map(|number| ordered.row_of(number)))
}
