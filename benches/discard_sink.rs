//! A sink that drops all records, so that only parsing is measured.

use std::hint::black_box;

use fonds::formats::read::{PageStart, ParserCache, RecordPart, Sink};
use fonds::record::{Problem, Record};

/// Drops all records.
#[derive(Default)]
pub(crate) struct DiscardSink(ParserCache);

impl Sink for DiscardSink {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        black_box(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        let mut cache = std::mem::take(&mut self.0);
        part.read(&mut cache, self);
        self.0 = cache;
    }

    fn report(&mut self, problem: Problem) {
        assert!(!problem.is_error(), "{problem}");
    }
}
