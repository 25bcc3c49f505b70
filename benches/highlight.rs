//! Highlighting the letters that matched.

use divan::Bencher;
use fonds::query::{Highlighter, SearchRequest, Target, parse};
use fonds::record::Field;
use fonds::store::Searcher;

use crate::archive;

/// Highlights the summaries of a page for a filter.
#[divan::bench(args = ["s", "stalin", "soong stalin", "harimann", "\"foreign affairs\""])]
fn summaries_of_a_page(bencher: Bencher<'_, '_>, text: &str) {
    let request = SearchRequest::new(parse(text, &[]), Target::Row(0), 35);
    let Ok(response) = Searcher::default().search(archive::store(), &request, &|| false) else {
        return;
    };
    let highlighter = Highlighter::new(&request.query, &response.terms);
    let records = response.rows.iter().map(|row| &row.record);
    let summaries: Vec<&str> = records.filter_map(|record| record.first(Field::Summary)).collect();
    bencher.bench_local(|| {
        let highlight_count = |text: &&str| highlighter.field_ranges(Field::Summary, text).len();
        summaries.iter().map(highlight_count).sum::<usize>()
    });
}
