//! Reading: a format's bytes into records, and dates as archives write them.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use fonds::import::{self, Memory, Page, Part, Sink};
use fonds::record::{Problem, Record, date_text};

use crate::archive;

/// Looks at the records and keeps none.
#[derive(Default)]
struct Passing(Memory);

impl Sink for Passing {
    fn page(&mut self, _: Page) {}

    fn record(&mut self, record: Record) {
        black_box(record);
    }

    fn part(&mut self, part: Part) {
        let mut memory = std::mem::take(&mut self.0);
        part.read(&mut memory, self);
        self.0 = memory;
    }

    fn problem(&mut self, problem: Problem) {
        assert!(!problem.is_fault(), "{problem}");
    }
}

/// A file of JSON Lines.
#[divan::bench]
fn json_lines(bencher: Bencher<'_, '_>) {
    let text = archive::json_lines();
    bencher
        .counter(BytesCount::of_str(text))
        .counter(ItemsCount::new(archive::RECORDS))
        .bench_local(|| {
            import::read("archive", archive::json(), &mut text.as_bytes(), &mut Passing::default())
        });
}

/// Dates in the ways of finding aids.
const DATES: &[&str] =
    &["1945-07-12", "July 12, 1945", "circa 1950s", "[1917?]-1921", "Spring 1946"];

/// One date.
#[divan::bench(args = DATES)]
fn date(text: &str) {
    black_box(date_text::read(text));
}
