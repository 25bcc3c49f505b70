//! Finding: from the text of the filter to the rows of the first page.

use divan::Bencher;
use fonds::query::{Order, OrderBy, Place, Question, parse};
use fonds::store::Searcher;

use crate::archive;

/// What is typed.
const TYPED: &[&str] = &[
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

/// A question about the first page.
fn question(text: &str, by: Option<OrderBy>) -> Question {
    let order = by.map(|by| Order { by, reversed: false });
    Question { order, ..Question::new(text, Place::Row(0), 35) }
}

/// A text read as a query.
#[divan::bench(args = TYPED)]
fn read(text: &str) -> fonds::query::Query {
    parse(text, &[])
}

/// Answered by a desk that remembers nothing.
#[divan::bench(args = TYPED)]
fn answer(bencher: Bencher<'_, '_>, text: &str) {
    let (store, question) = (archive::store(), question(text, None));
    bencher
        .with_inputs(Searcher::default)
        .bench_local_refs(|desk| desk.answer(store, &question, &|| false));
}

/// A page further on, of what was found before.
#[divan::bench(args = [OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive])]
fn next_page(bencher: Bencher<'_, '_>, by: OrderBy) {
    let (store, mut desk) = (archive::store(), Searcher::default());
    let first = question("s", Some(by));
    let next = Question { place: Place::Row(1000), ..first.clone() };
    let _ = desk.answer(store, &first, &|| false);
    bencher.bench_local(|| desk.answer(store, &next, &|| false));
}
