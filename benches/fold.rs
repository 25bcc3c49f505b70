//! Folding letters: for the index, and with the way back for what is shown.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fonds::record::Field;
use fonds::text::fold::{Folded, fold_into};
use fonds::text::words::words;

use crate::archive;

/// The summaries, one after the other.
fn summaries() -> Vec<&'static str> {
    archive::records().iter().filter_map(|placed| placed.record.first(Field::Summary)).collect()
}

/// How many bytes they have.
fn bytes(texts: &[&str]) -> BytesCount {
    BytesCount::new(texts.iter().map(|text| text.len()).sum::<usize>())
}

/// As the index folds.
#[divan::bench]
fn summaries_folded(bencher: Bencher<'_, '_>) {
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

/// With the way back to the letters, as the screen needs it.
#[divan::bench]
fn summaries_with_origins(bencher: Bencher<'_, '_>) {
    let texts = summaries();
    bencher.counter(bytes(&texts)).bench_local(|| {
        for text in &texts {
            black_box(Folded::new(text));
        }
    });
}

/// Cut into words.
#[divan::bench]
fn summaries_into_words(bencher: Bencher<'_, '_>) {
    let texts = summaries();
    bencher
        .counter(bytes(&texts))
        .bench_local(|| texts.iter().map(|text| words(text).count()).sum::<usize>());
}
