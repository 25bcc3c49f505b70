//! Building a segment: texts packed, folded and indexed.

use divan::Bencher;
use divan::counter::ItemsCount;
use fonds::store::Segment;

use crate::archive;

/// One segment of all records.
#[divan::bench]
fn build(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(archive::RECORDS))
        .with_inputs(|| archive::records().to_vec())
        .bench_local_values(Segment::build);
}
