//! Parsing: JSON Lines into records, and dates as archives write them.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use fonds::formats::read;
use fonds::record::date::text;

use crate::archive;
use crate::discard_sink::DiscardSink;

/// Parses a file of JSON Lines.
#[divan::bench]
fn json_lines(bencher: Bencher<'_, '_>) {
    let text = archive::json_lines();
    bencher
        .counter(BytesCount::of_str(text))
        .counter(ItemsCount::new(archive::RECORDS))
        .bench_local(|| {
            read::read(
                "archive",
                archive::json(),
                &mut text.as_bytes(),
                &mut DiscardSink::default(),
            )
        });
}

/// Dates as finding aids write them.
const DATES: &[&str] =
    &["1945-07-12", "July 12, 1945", "circa 1950s", "[1917?]-1921", "Spring 1946"];

/// Parses one date.
#[divan::bench(args = DATES)]
fn date(text: &str) {
    black_box(text::parse(text));
}
