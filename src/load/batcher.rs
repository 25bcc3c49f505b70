//! What a reader of files finds, fed to those who build segments of it: in batches, as it comes.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use super::page_merger::{Gathered, Gathering};
use crate::formats::read::{Page, Part, Sink};
use crate::record::{Archive, Origin, Placed, Problem, Record};

/// How many bytes of text make a batch: enough to make its vocabulary pay, few enough to be shared
/// among the cores.
const BATCH: usize = 6 << 20;
/// How many bytes the first batch has, so that there is something to see at once; each batch after
/// it may be twice as large.
const FIRST: usize = 1 << 17;
/// How long records of a file wait at most for a batch to be full.
const PATIENCE: Duration = Duration::from_millis(100);

/// Records, read or still to be read.
#[derive(Debug)]
pub(super) enum Item {
    /// A record.
    Record(Stand, Record),
    /// Records of a listing.
    Part(Stand, Part),
}

/// Where a record stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    /// The listing, as an index among the sources.
    pub(super) source: u16,
    /// The files, as an index among the origins.
    pub(super) origin: u16,
}

/// The listings and the files so far.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    /// The listings.
    pub(super) archives: Vec<Archive>,
    /// The files.
    pub(super) origins: Vec<Origin>,
}

/// What is handed over at once.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Counts the batches, from 0: their records stand in this order.
    pub(super) number: usize,
    /// The records, in the order of the file.
    pub(super) items: Vec<Item>,
    /// How many bytes of text they have.
    pub(super) bytes: usize,
    /// What went wrong.
    pub(super) problems: Vec<Problem>,
    /// The listings so far, where there are more than before.
    pub(super) sources: Option<Sources>,
}

impl Batch {
    /// Whether there is nothing in it.
    fn is_empty(&self) -> bool {
        self.items.is_empty() && self.problems.is_empty() && self.sources.is_none()
    }
}

/// Takes what a reader finds, and hands it over.
pub(super) struct Feed {
    gathering: Gathering,
    /// Whether the records of the page may stand on other pages too: then they wait for the end.
    repeats: bool,
    /// Whether a page began that nobody was told of.
    paged: bool,
    batch: Batch,
    /// How many bytes of text make the batch full.
    full: usize,
    since: Instant,
    batches: SyncSender<Batch>,
}

/// A feed that two have: who reads the files, and who waits for their bytes.
pub(super) type SharedFeed = Rc<RefCell<Feed>>;

impl Feed {
    /// A feed for those who listen, who are told of these problems first.
    pub(super) fn new(batches: SyncSender<Batch>, problems: Vec<Problem>) -> Feed {
        Feed {
            gathering: Gathering::new(),
            repeats: false,
            paged: false,
            batch: Batch { problems, ..Batch::default() },
            full: FIRST,
            since: Instant::now(),
            batches,
        }
    }

    /// Hands over what there is.
    pub(super) fn hand_over(&mut self) {
        self.since = Instant::now();
        self.batch.problems.append(&mut self.gathering.take_problems());
        if std::mem::take(&mut self.paged) {
            let archives = self.gathering.sources().to_vec();
            let origins = self.gathering.origins().to_vec();
            self.batch.sources = Some(Sources { archives, origins });
        }
        if self.batch.is_empty() {
            return;
        }
        if self.batch.bytes >= self.full {
            self.full = (self.full * 2).min(BATCH);
        }
        let next = Batch { number: self.batch.number + 1, ..Batch::default() };
        let batch = std::mem::replace(&mut self.batch, next);
        // Nobody listens any more where the program ends.
        let _ = self.batches.send(batch);
    }

    /// Where the records of the page stand.
    fn stand(&self) -> Stand {
        Stand { source: self.gathering.source(), origin: self.gathering.origin() }
    }

    /// Adds what has so many bytes of text, and hands over what is full or has waited.
    fn add(&mut self, item: Item, bytes: usize) {
        self.batch.items.push(item);
        self.batch.bytes += bytes;
        let waited = self.batch.items.len().is_multiple_of(64) && self.since.elapsed() > PATIENCE;
        if self.batch.bytes >= self.full || waited {
            self.hand_over();
        }
    }

    /// Hands over what is left, and what had to wait for the end.
    pub(super) fn finish(mut self) {
        let gathering = std::mem::take(&mut self.gathering);
        let Gathered { sources, records, stands, origins, problems } = gathering.finish();
        self.paged = false;
        self.batch.sources = Some(Sources { archives: sources, origins });
        self.batch.problems.extend(problems);
        for (Placed { source, record }, origin) in records.into_iter().zip(stands) {
            let bytes = length(&record);
            self.add(Item::Record(Stand { source, origin }, record), bytes);
        }
        self.hand_over();
    }
}

/// How many bytes of text a record has.
fn length(record: &Record) -> usize {
    let values = record.values.iter().map(|(_, value)| value.len());
    let own = record.own.iter().map(|(_, value)| value.len());
    record.date.text.len() + values.chain(own).sum::<usize>()
}

impl Sink for Feed {
    fn page(&mut self, page: Page) {
        self.repeats = page.repeats;
        self.gathering.page(page);
        self.paged |= !self.repeats;
    }

    fn record(&mut self, record: Record) {
        if self.repeats {
            self.gathering.record(record);
            return;
        }
        let bytes = length(&record);
        self.add(Item::Record(self.stand(), record), bytes);
    }

    fn part(&mut self, part: Part) {
        let bytes = part.bytes.len();
        self.add(Item::Part(self.stand(), part), bytes);
    }

    fn problem(&mut self, problem: Problem) {
        if self.repeats {
            self.gathering.problem(problem);
        } else {
            self.batch.problems.push(problem);
        }
    }
}

/// The feed as a reader of files has it.
pub(super) struct Feeding(pub(super) SharedFeed);

impl Sink for Feeding {
    fn page(&mut self, page: Page) {
        self.0.borrow_mut().page(page);
    }

    fn record(&mut self, record: Record) {
        self.0.borrow_mut().record(record);
    }

    fn part(&mut self, part: Part) {
        self.0.borrow_mut().part(part);
    }

    fn problem(&mut self, problem: Problem) {
        self.0.borrow_mut().problem(problem);
    }
}
