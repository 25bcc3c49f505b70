//! Counts the records of a file whose parts are parsed on several threads.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::formats::read::{RecordPart, Sink};
use crate::record::Problem;

/// The records of a file or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// The number of records.
    pub(crate) kept: usize,
    /// The number of items that are no records, each of which was reported.
    pub(crate) left_out: usize,
}

/// The counts of the parts that were parsed so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    state: Mutex<State>,
    part_ended: Condvar,
}

#[derive(Debug, Default)]
struct State {
    counts: Counts,
    /// The number of parts that were sent and not parsed yet.
    open_parts: usize,
}

impl Tally {
    /// Notes that a part was sent, which calls [`Tally::count_part`].
    pub(crate) fn start_part(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).open_parts += 1;
    }

    /// Parses a part and adds its counts.
    pub(crate) fn count_part(&self, parse: impl FnOnce() -> Counts) {
        let mut part = OpenPart { tally: self, counts: Counts::default() };
        part.counts = parse();
    }

    /// Returns the sum, once all parts that were sent are parsed.
    fn sum(&self) -> Counts {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.open_parts > 0 {
            state = self.part_ended.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.counts
    }
}

/// A part that is being parsed. It ends also if its parser panics, so that nobody waits for it.
struct OpenPart<'t> {
    tally: &'t Tally,
    counts: Counts,
}

impl Drop for OpenPart<'_> {
    fn drop(&mut self) {
        let mut state = self.tally.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.open_parts = state.open_parts.saturating_sub(1);
        state.counts.kept += self.counts.kept;
        state.counts.left_out += self.counts.left_out;
        drop(state);
        self.tally.part_ended.notify_all();
    }
}

/// Sends a warning about all records of a file, behind its last part.
///
/// Parts are parsed in the order in which they were sent, or at the same time. So when this one is, no other
/// waits for it.
pub(crate) fn send_summary(
    file: &Arc<str>,
    tally: &Arc<Tally>,
    summary: impl Fn(&str, Counts) -> Problem + Send + Sync + 'static,
    sink: &mut dyn Sink,
) {
    let tally = Arc::clone(tally);
    sink.add_part(RecordPart {
        file: Arc::clone(file),
        line: 1,
        bytes: Vec::new(),
        parser: Arc::new(move |part, _, sink| {
            sink.report(summary(&part.file, tally.sum()));
        }),
    });
}
