//! Numbers the records of a page by its count.

use super::{NameMapping, PageStart, ParserCache, RecordPart, Sink};
use crate::record::{Problem, Record};

/// Passes on what a parser finds, with the positions of the records.
pub(super) struct PositionSink<'s> {
    sink: &'s mut dyn Sink,
    /// The position of the next record; `None` if the page does not say it.
    next: Option<u64>,
    /// The number of records so far.
    pub(super) count: usize,
}

impl<'s> PositionSink<'s> {
    /// Starts at a position.
    pub(super) fn new(sink: &'s mut dyn Sink, first: Option<u64>) -> PositionSink<'s> {
        PositionSink { sink, next: first, count: 0 }
    }
}

impl Sink for PositionSink<'_> {
    fn start_page(&mut self, page: PageStart) {
        self.sink.start_page(PageStart { may_repeat_records: true, ..page });
    }

    fn add_record(&mut self, mut record: Record) {
        record.position = record.position.or(self.next);
        self.next = self.next.and_then(|next| next.checked_add(1));
        self.count += 1;
        self.sink.add_record(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        self.sink.report(problem);
    }

    fn memory_used(&self) -> u64 {
        self.sink.memory_used()
    }

    fn describe_names(&mut self, names: NameMapping) {
        self.sink.describe_names(names);
    }
}
