//! Marking the matched letters of what is shown.

use divan::Bencher;
use fonds::query::{Place, Question};
use fonds::record::Field;
use fonds::store::Searcher;

use crate::archive;

/// The summaries of a page, marked for a filter.
#[divan::bench(args = ["s", "stalin", "soong stalin", "harimann", "\"foreign affairs\""])]
fn summaries_of_a_page(bencher: Bencher<'_, '_>, text: &str) {
    let question = Question::new(text, Place::Row(0), 35);
    let Some(answer) = Searcher::default().answer(archive::store(), &question, &|| false) else {
        return;
    };
    let records = answer.rows.iter().map(|row| &row.record);
    let summaries: Vec<&str> = records.filter_map(|record| record.first(Field::Summary)).collect();
    bencher.bench_local(|| {
        let marks = |text: &&str| answer.highlighter.ranges(Field::Summary, text).len();
        summaries.iter().map(marks).sum::<usize>()
    });
}
