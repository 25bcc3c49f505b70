//! A reader of records that only looks at them, so that reading alone is measured.

use std::hint::black_box;

use fonds::formats::read::{Memory, Page, Part, Sink};
use fonds::record::{Problem, Record};

/// Looks at the records and keeps none.
#[derive(Default)]
pub(crate) struct Passing(Memory);

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
