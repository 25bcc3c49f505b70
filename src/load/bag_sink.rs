//! Completes what files say of their archive by what their bag says.

use crate::formats::read::{NameMapping, PageStart, RecordPart, Sink};
use crate::record::{Archive, Problem, Record};

/// A sink for the files of a bag.
pub(super) struct BagSink<'s> {
    /// What the bag says of the archive.
    pub(super) archive: &'s Archive,
    /// Where everything goes.
    pub(super) sink: &'s mut dyn Sink,
}

impl Sink for BagSink<'_> {
    fn start_page(&mut self, mut page: PageStart) {
        page.archive.merge(self.archive.clone());
        self.sink.start_page(page);
    }

    fn add_record(&mut self, record: Record) {
        self.sink.add_record(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        self.sink.add_part(part);
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
