//! Building a segment: texts are packed, folded and indexed.

use divan::Bencher;
use divan::counter::ItemsCount;
use fonds::store::Segment;

use crate::archive;

/// Builds one segment of all records.
#[divan::bench]
fn build(bencher: Bencher<'_, '_>) {
    let records = archive::records();
    bencher.counter(ItemsCount::new(archive::RECORDS)).bench_local(|| Segment::build(records));
}
