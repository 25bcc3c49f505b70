//! Folding: for the index, and with offsets into the original text for highlights.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fonds::record::Field;
use fonds::text::fold::{FoldedText, fold_into};
use fonds::text::words::words;

use crate::archive;

/// All summaries.
fn summaries() -> Vec<&'static str> {
    archive::records().iter().filter_map(|sourced| sourced.record.first(Field::Summary)).collect()
}

/// The total number of bytes.
fn bytes(texts: &[&str]) -> BytesCount {
    BytesCount::new(texts.iter().map(|text| text.len()).sum::<usize>())
}

/// Folds summaries as the index does.
#[divan::bench]
fn fold_summaries(bencher: Bencher<'_, '_>) {
    let texts = summaries();
    let mut folded = String::new();
    bencher.counter(bytes(&texts)).bench_local(|| {
        for text in &texts {
            folded.clear();
            fold_into(text, &mut folded);
            black_box(&folded);
        }
    });
}

/// Folds summaries with offsets into the original text, as the screen does.
#[divan::bench]
fn fold_summaries_with_offsets(bencher: Bencher<'_, '_>) {
    let texts = summaries();
    bencher.counter(bytes(&texts)).bench_local(|| {
        for text in &texts {
            black_box(FoldedText::new(text));
        }
    });
}

/// Splits summaries into words.
#[divan::bench]
fn split_summaries_into_words(bencher: Bencher<'_, '_>) {
    let texts = summaries();
    bencher
        .counter(bytes(&texts))
        .bench_local(|| texts.iter().map(|text| words(text).count()).sum::<usize>());
}
