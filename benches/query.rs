//! Searching: from the text of the filter to the rows of a page.

use divan::Bencher;
use fonds::query::{Order, OrderBy, SearchRequest, Target, parse};
use fonds::store::Searcher;

use crate::archive;

/// The filters.
const FILTERS: &[&str] = &[
    "s",
    "st",
    "stalin",
    "khrush",
    "soong stalin",
    "kim dulles report",
    "kim stalin meeting moscow",
    "harimann",
    "stalin 1945",
    "date:1943..1945 embassy",
    "\"foreign affairs\"",
    "korea !stalin",
];

/// A request for the first page.
fn first_page(text: &str, by: Option<OrderBy>) -> SearchRequest {
    let order = by.map(|by| Order { by, reversed: false });
    SearchRequest { order, ..SearchRequest::new(parse(text, &[]), Target::Row(0), 35) }
}

/// Parses a filter.
#[divan::bench(args = FILTERS)]
fn parse_filter(text: &str) -> fonds::query::Query {
    parse(text, &[])
}

/// Searches with a searcher that has no earlier results.
#[divan::bench(args = FILTERS)]
fn search(bencher: Bencher<'_, '_>, text: &str) {
    let (store, request) = (archive::store(), first_page(text, None));
    bencher
        .with_inputs(Searcher::default)
        .bench_local_refs(|searcher| searcher.search(store, &request, &|| false));
}

/// Shows a later page of results that were found before.
#[divan::bench(args = [OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive])]
fn next_page(bencher: Bencher<'_, '_>, by: OrderBy) {
    let (store, mut searcher) = (archive::store(), Searcher::default());
    let first = first_page("s", Some(by));
    let next = SearchRequest { target: Target::Row(1000), ..first.clone() };
    let _ = searcher.search(store, &first, &|| false);
    bencher.bench_local(|| searcher.search(store, &next, &|| false));
}
