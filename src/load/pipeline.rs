//! Loading in parallel: one thread reads, all cores build segments, one puts them in order.
//!
//! ```text
//! files -- reading thread --> batches -- building threads --> segments -- in order --> store
//! ```
//!
//! Who reads waits for who builds, so memory is bounded.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Input;
use super::batcher::{Batch, Feed, Feeding, Item, Sources, Stand};
use super::folders;
use super::folders::Opened;
use super::read_file::Watch;
use super::{Arrival, Progress};
use crate::formats::read::{Memory, Options, Page, Part, Sink};
use crate::record::{Problem, Record};
use crate::store::segment::{Building, Segment};
use crate::store::{Copyist, Store};

/// How long news wait at least after the last ones: more often nobody could read them.
const PAUSE: Duration = Duration::from_millis(60);

/// What became of a batch.
struct Built {
    number: usize,
    segments: Vec<Segment>,
    problems: Vec<Problem>,
    sources: Option<Sources>,
}

/// Reads everything, and tells what has come so far, until nobody wants to know any more. The last
/// arrival has no progress.
pub(crate) fn run(inputs: &[Input], options: &Options, tell: &mut dyn FnMut(Arrival) -> bool) {
    let Opened { inputs, problems } = folders::opened(inputs, options);
    let inputs = &inputs;
    let read = Arc::new(AtomicU64::new(0));
    let total = inputs.iter().map(Input::size).sum();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (batches, waiting) = sync_channel(0);
    let (built, segments) = channel();
    let waiting = Arc::new(Mutex::new(waiting));
    thread::scope(|scope| {
        for _ in 0..cores {
            let (waiting, built) = (Arc::clone(&waiting), built.clone());
            scope.spawn(move || build_all(&waiting, &built));
        }
        // Where nobody builds any more, nobody has to read.
        drop((waiting, built));
        let counter = Arc::clone(&read);
        scope.spawn(move || read_all(inputs, options, Feed::new(batches, problems), counter));
        collect(&segments, &|| Progress { read: read.load(Ordering::Relaxed), total }, tell);
    });
}

/// Reads file after file into a feed.
fn read_all(inputs: &[Input], options: &Options, feed: Feed, read: Arc<AtomicU64>) {
    let feed = Rc::new(RefCell::new(feed));
    let waiting = Rc::clone(&feed);
    let before_waiting: Rc<dyn Fn()> = Rc::new(move || waiting.borrow_mut().hand_over());
    let watch = Watch { read, before_waiting: Some(before_waiting) };
    for input in inputs {
        input.read(options, &watch, &mut Feeding(Rc::clone(&feed)));
    }
    drop(watch);
    if let Some(feed) = Rc::into_inner(feed) {
        feed.into_inner().finish();
    }
}

/// Builds segments while there are batches.
fn build_all(waiting: &Mutex<Receiver<Batch>>, built: &Sender<Built>) {
    let mut builder = Builder::default();
    loop {
        let batch = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = batch else { return };
        if built.send(builder.build(batch)).is_err() {
            return;
        }
    }
}

/// Builds segments of batch after batch. What it needs for one it keeps for the next.
#[derive(Default)]
struct Builder {
    source: u16,
    memory: Memory,
    building: Building,
    segments: Vec<Segment>,
    problems: Vec<Problem>,
}

impl Builder {
    /// Builds the segments of a batch.
    fn build(&mut self, batch: Batch) -> Built {
        self.problems = batch.problems;
        self.building.make_room(batch.bytes);
        for item in batch.items {
            match item {
                Item::Record(stand, record) => {
                    self.stand_in(stand);
                    self.record(record);
                }
                Item::Part(stand, part) => {
                    self.stand_in(stand);
                    self.part(part);
                }
            }
        }
        self.close();
        Built {
            number: batch.number,
            segments: std::mem::take(&mut self.segments),
            problems: std::mem::take(&mut self.problems),
            sources: batch.sources,
        }
    }

    /// Takes note of where the records that follow stand.
    fn stand_in(&mut self, Stand { source, origin }: Stand) {
        self.source = source;
        self.building.stand_in(origin);
    }

    /// Closes the segment that is open.
    fn close(&mut self) {
        if !self.building.is_empty() {
            self.segments.push(self.building.finish());
        }
    }
}

impl Sink for Builder {
    fn page(&mut self, _: Page) {}

    fn record(&mut self, record: Record) {
        if self.building.is_full() {
            self.close();
        }
        self.building.push(self.source, &record);
    }

    fn part(&mut self, part: Part) {
        let mut memory = std::mem::take(&mut self.memory);
        part.read(&mut memory, self);
        self.memory = memory;
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Puts segments into the store in the order of their batches, and tells about it.
fn collect(
    built: &Receiver<Built>,
    progress: &dyn Fn() -> Progress,
    tell: &mut dyn FnMut(Arrival) -> bool,
) {
    let mut store = Store::default();
    let mut copyist = Copyist::default();
    let mut problems = Vec::new();
    let mut early: BTreeMap<usize, Built> = BTreeMap::new();
    let mut next = 0;
    let mut told: Option<Instant> = None;
    let mut news = false;
    loop {
        match built.recv_timeout(PAUSE) {
            Ok(arrived) => {
                early.insert(arrived.number, arrived);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        while let Some(in_order) = early.remove(&next) {
            next += 1;
            problems.extend(in_order.problems);
            if let Some(Sources { archives, origins }) = in_order.sources {
                store.set_sources(archives);
                store.set_origins(origins);
            }
            for segment in in_order.segments {
                store.take_in(segment);
                copyist.look(&mut store);
            }
            news = !problems.is_empty() || !store.is_empty();
        }
        if news && told.is_none_or(|told| told.elapsed() >= PAUSE) {
            (told, news) = (Some(Instant::now()), false);
            let problems = std::mem::take(&mut problems);
            let arrival = Arrival { store: store.clone(), problems, progress: Some(progress()) };
            if !tell(arrival) {
                return;
            }
        }
    }
    tell(Arrival { store, problems, progress: None });
}
