//! Loads in parallel: one thread reads files, one thread per core builds segments, and the calling
//! thread appends them to the store in order.
//!
//! ```text
//! files -- reading thread --> batches -- building threads --> segments -- calling thread --> store
//! ```
//!
//! The reading thread blocks until a building thread is free, which bounds memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Input;
use super::LoadUpdate;
use super::batcher::{ArchivesAndFiles, Batch, BatchItem, BatchSink, Batcher};
use super::folders;
use super::folders::ExpandedInputs;
use super::read_file::ReadMonitor;
use crate::formats::read::{PageStart, ParserCache, ReadOptions, RecordPart, Sink};
use crate::query::LoadProgress;
use crate::record::{ArchiveId, KeptProblems, Problem, Provenance, Record};
use crate::store::segment::{Segment, SegmentBuilder};
use crate::store::{DuplicateFinder, Store};

/// The shortest time between two updates. More frequent updates would not be readable.
const UPDATE_INTERVAL: Duration = Duration::from_millis(60);

/// A batch whose records are indexed.
struct BuiltBatch {
    /// The number of the batch: see [`Batch::number`].
    number: usize,
    /// The records of the batch, in order.
    segments: Vec<Segment>,
    /// The problems found before and while the batch was built.
    problems: Vec<Problem>,
    /// All archives and file sets so far, if there are new ones.
    provenance: Option<ArchivesAndFiles>,
}

/// Loads all inputs into a new store. Returns it with all problems.
pub fn read_all(inputs: &[Input], options: &ReadOptions) -> (Store, Vec<Problem>) {
    let (mut store, mut problems) = (Store::default(), KeptProblems::default());
    run(inputs, options, &mut |update| {
        store = update.store;
        problems.extend(update.problems);
        true
    });
    (store, problems.take())
}

/// Loads all inputs and passes updates to `on_update` until it returns false. The last update has
/// no progress.
pub(crate) fn run(
    inputs: &[Input],
    options: &ReadOptions,
    on_update: &mut dyn FnMut(LoadUpdate) -> bool,
) {
    let ExpandedInputs { inputs, problems, options } = folders::expand_folders(inputs, options);
    let (inputs, options) = (&inputs, &options);
    let bytes_read = Arc::new(AtomicU64::new(0));
    let total_bytes = inputs.iter().map(Input::size).sum();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (batch_sender, batch_receiver) = sync_channel(0);
    let (built_sender, built_receiver) = channel();
    let batch_receiver = Arc::new(Mutex::new(batch_receiver));
    thread::scope(|scope| {
        for _ in 0..cores {
            let (batches, built) = (Arc::clone(&batch_receiver), built_sender.clone());
            scope.spawn(move || build_batches(&batches, &built));
        }
        // Only the building threads hold these ends of the channels. When the last one ends,
        // sending a batch fails, and receiving built batches ends.
        drop((batch_receiver, built_sender));
        let batcher = Batcher::new(batch_sender, problems);
        let counter = Arc::clone(&bytes_read);
        scope.spawn(move || read_inputs(inputs, options, batcher, counter));
        let progress =
            || LoadProgress { bytes_read: bytes_read.load(Ordering::Relaxed), total_bytes };
        store_in_order(&built_receiver, &progress, on_update);
    });
}

/// Reads the inputs one after the other into a batcher.
fn read_inputs(
    inputs: &[Input],
    options: &ReadOptions,
    batcher: Batcher,
    bytes_read: Arc<AtomicU64>,
) {
    let batcher = Rc::new(RefCell::new(batcher));
    let shared = Rc::clone(&batcher);
    let before_waiting: Rc<dyn Fn()> = Rc::new(move || shared.borrow_mut().flush());
    let monitor = ReadMonitor { bytes_read, before_waiting: Some(before_waiting) };
    for input in inputs {
        input.read(options, &monitor, &mut BatchSink(Rc::clone(&batcher)));
    }
    drop(monitor);
    if let Some(batcher) = Rc::into_inner(batcher) {
        batcher.into_inner().finish();
    }
}

/// Builds segments until there are no more batches.
fn build_batches(batches: &Mutex<Receiver<Batch>>, built: &Sender<BuiltBatch>) {
    let mut builder = BatchBuilder::default();
    loop {
        let batch = batches.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = batch else { return };
        if built.send(builder.build(batch)).is_err() {
            return;
        }
    }
}

/// Builds the segments of batches. It reuses its memory from batch to batch.
#[derive(Default)]
struct BatchBuilder {
    /// The archive of the next record.
    archive: ArchiveId,
    parser_cache: ParserCache,
    segment_builder: SegmentBuilder,
    /// The finished segments of the batch.
    segments: Vec<Segment>,
    /// The problems of the batch.
    problems: KeptProblems,
}

impl BatchBuilder {
    /// Builds the segments of a batch.
    fn build(&mut self, batch: Batch) -> BuiltBatch {
        self.problems = KeptProblems::default();
        self.problems.extend(batch.problems);
        self.segment_builder.reserve_text_bytes(batch.bytes);
        for item in batch.items {
            match item {
                BatchItem::Record(provenance, record) => {
                    self.set_provenance(provenance);
                    self.add_record(record);
                }
                BatchItem::Part(provenance, part) => {
                    self.set_provenance(provenance);
                    self.add_part(part);
                }
            }
        }
        self.finish_segment();
        BuiltBatch {
            number: batch.number,
            segments: std::mem::take(&mut self.segments),
            problems: self.problems.take(),
            provenance: batch.provenance,
        }
    }

    /// Sets the provenance of the records that follow.
    fn set_provenance(&mut self, Provenance { archive, file_set }: Provenance) {
        self.archive = archive;
        self.segment_builder.set_file_set(file_set);
    }

    /// Finishes the current segment, unless it is empty.
    fn finish_segment(&mut self) {
        if !self.segment_builder.is_empty() {
            self.segments.push(self.segment_builder.finish());
        }
    }
}

impl Sink for BatchBuilder {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        if self.segment_builder.is_full() {
            self.finish_segment();
        }
        self.segment_builder.push(self.archive, &record);
    }

    fn add_part(&mut self, part: RecordPart) {
        let mut cache = std::mem::take(&mut self.parser_cache);
        part.read(&mut cache, self);
        self.parser_cache = cache;
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Appends segments to a store in the order of their batches, and passes updates to `on_update`.
fn store_in_order(
    built: &Receiver<BuiltBatch>,
    progress: &dyn Fn() -> LoadProgress,
    on_update: &mut dyn FnMut(LoadUpdate) -> bool,
) {
    let mut store = Store::default();
    let mut finder = DuplicateFinder::default();
    let mut problems = KeptProblems::default();
    // Batches that were built before their predecessors.
    let mut out_of_order: BTreeMap<usize, BuiltBatch> = BTreeMap::new();
    let mut next = 0;
    let mut last_update: Option<Instant> = None;
    let mut has_changes = false;
    let mut bytes_before = 0;
    loop {
        match built.recv_timeout(UPDATE_INTERVAL) {
            Ok(batch) => {
                out_of_order.insert(batch.number, batch);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        while let Some(batch) = out_of_order.remove(&next) {
            next += 1;
            problems.extend(batch.problems);
            if let Some(ArchivesAndFiles { archives, file_sets }) = batch.provenance {
                store.set_archives(archives);
                store.set_file_sets(file_sets);
            }
            for segment in batch.segments {
                if !store.has_room_for(&segment) {
                    let lost = segment.len();
                    let message = format!(
                        "{lost} records were left out: fonds shows at most {} records; open fewer files together",
                        u32::MAX
                    );
                    problems.push(Problem::error("fonds", None, message));
                    continue;
                }
                store.append_or_merge(segment);
                finder.scan_new(&mut store);
            }
            has_changes = !problems.is_empty() || !store.is_empty();
        }
        // Before the first record, the progress is all there is to show.
        let bytes_read = progress().bytes_read;
        has_changes |= store.is_empty() && bytes_read != bytes_before;
        bytes_before = bytes_read;
        if has_changes && last_update.is_none_or(|last| last.elapsed() >= UPDATE_INTERVAL) {
            (last_update, has_changes) = (Some(Instant::now()), false);
            let problems = problems.take();
            let update = LoadUpdate { store: store.clone(), problems, progress: Some(progress()) };
            if !on_update(update) {
                return;
            }
        }
    }
    on_update(LoadUpdate { store, problems: problems.take(), progress: None });
}
