//! A sink that converts everything and keeps nothing.

use fonds::formats::read::{PageStart, ParserCache, RecordPart, Sink};
use fonds::record::{Problem, Record};

/// Drops all records and problems.
#[derive(Default)]
pub struct DropSink(ParserCache);

impl Sink for DropSink {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        // What the screen and the exports ask of each record.
        let _ = (record.date.short(), record.date.long(), record.title());
    }

    fn add_part(&mut self, part: RecordPart) {
        let mut cache = std::mem::take(&mut self.0);
        part.read(&mut cache, self);
        self.0 = cache;
    }

    fn report(&mut self, problem: Problem) {
        let _ = problem.to_string();
    }
}
