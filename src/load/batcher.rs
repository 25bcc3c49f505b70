//! Collects what parsers find into batches and sends them to the threads that build segments.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use super::page_merger::{MergedPages, PageMerger};
use crate::formats::read::{PageStart, RecordPart, Sink, memory_of_part, memory_of_record};
use crate::record::{Archive, FileSet, KeptProblems, Problem, Provenance, Record, SourcedRecord};

/// The largest text size of a full batch. It is large enough that records share most words, and
/// small enough that all cores have work.
const MAX_BATCH_BYTES: usize = 6 << 20;
/// The text size of the first full batch. It is small so that records appear at once. The size
/// doubles with each batch up to [`MAX_BATCH_BYTES`].
const FIRST_BATCH_BYTES: usize = 1 << 17;
/// The least text size that a value counts for. It bounds the memory of batches whose values are very short, because
/// each value takes about a hundred bytes until it is indexed.
const MIN_VALUE_BYTES: usize = 32;
/// The longest time that a record waits for its batch to fill up.
const MAX_BATCH_WAIT: Duration = Duration::from_millis(100);

/// A parsed record, or a record part that the building thread parses.
#[derive(Debug)]
pub(super) enum BatchItem {
    /// One parsed record.
    Record(Provenance, Record),
    /// A stretch of a file with records, not yet parsed.
    Part(Provenance, RecordPart),
}

/// All archives and file sets found so far.
#[derive(Clone, Debug)]
pub(super) struct ArchivesAndFiles {
    /// The archives, indexed by [`ArchiveId`](crate::record::ArchiveId).
    pub(super) archives: Vec<Archive>,
    /// The file sets, indexed by [`FileSetId`](crate::record::FileSetId).
    pub(super) file_sets: Vec<FileSet>,
}

/// Records that are indexed together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The number of the batch, from 0. The store keeps records in this order.
    pub(super) number: usize,
    /// The records, in the order of the file.
    pub(super) items: Vec<BatchItem>,
    /// The text size of the records in bytes.
    pub(super) bytes: usize,
    /// The problems found since the previous batch.
    pub(super) problems: Vec<Problem>,
    /// All archives and file sets so far, if there are new ones since the previous batch.
    pub(super) provenance: Option<ArchivesAndFiles>,
}

impl Batch {
    /// Whether there is nothing to send.
    fn is_empty(&self) -> bool {
        self.items.is_empty() && self.problems.is_empty() && self.provenance.is_none()
    }
}

/// Collects parsed records into batches and sends each batch when it is full or old enough.
pub(super) struct Batcher {
    /// Assigns archives and file sets, and keeps the records of pages that may repeat records.
    merger: PageMerger,
    /// Whether the current page may repeat records of other pages. Then `merger` keeps its records
    /// until all files are read.
    may_repeat: bool,
    /// Whether a page started since the last batch.
    has_new_archives: bool,
    /// The problems that were found since the last batch.
    problems: KeptProblems,
    /// The batch that is being filled, without its problems.
    batch: Batch,
    /// The text size at which the batch is full.
    full_bytes: usize,
    /// When the last batch was sent.
    last_flush: Instant,
    /// How much memory the records of all files so far take, in bytes.
    memory_used: u64,
    /// Where batches are sent. Sending blocks until a building thread is free.
    batches: SyncSender<Batch>,
}

/// A batcher shared by the parser's sink and the monitor that flushes it before a read blocks.
pub(super) type SharedBatcher = Rc<RefCell<Batcher>>;

impl Batcher {
    /// Creates a batcher whose first batch contains these problems.
    pub(super) fn new(batches: SyncSender<Batch>, problems: Vec<Problem>) -> Batcher {
        let mut kept = KeptProblems::default();
        kept.extend(problems);
        Batcher {
            merger: PageMerger::new(),
            problems: kept,
            may_repeat: false,
            has_new_archives: false,
            batch: Batch::default(),
            full_bytes: FIRST_BATCH_BYTES,
            last_flush: Instant::now(),
            memory_used: 0,
            batches,
        }
    }

    /// Sends the current batch, unless it is empty.
    pub(super) fn flush(&mut self) {
        self.last_flush = Instant::now();
        self.problems.extend(self.merger.take_problems());
        self.batch.problems = self.problems.take();
        if std::mem::take(&mut self.has_new_archives) {
            let archives = self.merger.archives().to_vec();
            let file_sets = self.merger.file_sets().to_vec();
            self.batch.provenance = Some(ArchivesAndFiles { archives, file_sets });
        }
        if self.batch.is_empty() {
            return;
        }
        if self.batch.bytes >= self.full_bytes {
            self.full_bytes = (self.full_bytes * 2).min(MAX_BATCH_BYTES);
        }
        let next = Batch { number: self.batch.number + 1, ..Batch::default() };
        let batch = std::mem::replace(&mut self.batch, next);
        // The receiver is gone only when the program ends.
        let _ = self.batches.send(batch);
    }

    /// The provenance of the records of the current page.
    fn provenance(&self) -> Provenance {
        Provenance { archive: self.merger.archive(), file_set: self.merger.file_set() }
    }

    /// Adds an item with `bytes` bytes of text, and sends the batch if it is full or old enough.
    fn add(&mut self, item: BatchItem, bytes: usize) {
        if self.merger.is_full() {
            return;
        }
        self.batch.items.push(item);
        self.batch.bytes += bytes;
        // The clock is read only at every 64th item.
        let is_overdue =
            self.batch.items.len().is_multiple_of(64) && self.last_flush.elapsed() > MAX_BATCH_WAIT;
        if self.batch.bytes >= self.full_bytes || is_overdue {
            self.flush();
        }
    }

    /// Sends everything that is left, including the records that the page merger kept.
    pub(super) fn finish(mut self) {
        let merger = std::mem::take(&mut self.merger);
        let MergedPages { archives, records, record_file_sets, file_sets, problems } =
            merger.finish();
        self.has_new_archives = false;
        self.batch.provenance = Some(ArchivesAndFiles { archives, file_sets });
        self.problems.extend(problems);
        let records = records.into_iter().zip(record_file_sets);
        for (SourcedRecord { archive, record }, file_set) in records {
            let bytes = text_bytes(&record);
            self.add(BatchItem::Record(Provenance { archive, file_set }, record), bytes);
        }
        self.flush();
    }
}

/// The text size of a record in bytes. Where its values are shorter than [`MIN_VALUE_BYTES`] on average, it is that of
/// values of this length.
fn text_bytes(record: &Record) -> usize {
    let values = record.values.iter().map(|(_, value)| value.len());
    let own = record.own.iter().map(|(_, value)| value.len());
    let least = MIN_VALUE_BYTES * (record.values.len() + record.own.len());
    (record.date.text.len() + values.chain(own).sum::<usize>()).max(least)
}

impl Sink for Batcher {
    fn start_page(&mut self, page: PageStart) {
        self.may_repeat = page.may_repeat_records;
        self.merger.start_page(page);
        self.has_new_archives |= !self.may_repeat;
    }

    fn add_record(&mut self, record: Record) {
        self.memory_used += memory_of_record(&record);
        if self.may_repeat {
            self.merger.add_record(record);
            return;
        }
        let bytes = text_bytes(&record);
        self.add(BatchItem::Record(self.provenance(), record), bytes);
    }

    fn add_part(&mut self, part: RecordPart) {
        self.memory_used += memory_of_part(&part);
        let bytes = part.bytes.len();
        self.add(BatchItem::Part(self.provenance(), part), bytes);
    }

    fn report(&mut self, problem: Problem) {
        if self.may_repeat {
            self.merger.report(problem);
        } else {
            self.problems.push(problem);
        }
    }

    fn memory_used(&self) -> u64 {
        self.memory_used
    }
}

/// The sink through which parsers fill a shared batcher.
pub(super) struct BatchSink(pub(super) SharedBatcher);

impl Sink for BatchSink {
    fn start_page(&mut self, page: PageStart) {
        self.0.borrow_mut().start_page(page);
    }

    fn add_record(&mut self, record: Record) {
        self.0.borrow_mut().add_record(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        self.0.borrow_mut().add_part(part);
    }

    fn report(&mut self, problem: Problem) {
        self.0.borrow_mut().report(problem);
    }

    fn memory_used(&self) -> u64 {
        self.0.borrow().memory_used()
    }
}
