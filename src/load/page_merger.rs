//! Several files, each of one page or more, gathered into one reading room.
//!
//! A page that was copied twice, or an archive file and a page that is in it already, show one
//! record twice. Such a pair becomes one record with the values of both, so nothing can be given
//! out before the last file is read: [`Gathering::finish`] gives everything at once.

use std::collections::{HashMap, VecDeque};

use xxhash_rust::xxh3::xxh3_128;

use crate::formats::read::{Memory, Page, Part, Sink};
use crate::record::{Archive, Field, Origin, Placed, Problem, Record};

/// What several files hold together.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The listings, in the order they were opened.
    pub sources: Vec<Archive>,
    /// The records in archive order: by source, by position, those without one last as they came.
    pub records: Vec<Placed>,
    /// The files each of them stands in, as an index among the origins, in the same order.
    pub stands: Vec<u16>,
    /// The files, in the order they were opened.
    pub origins: Vec<Origin>,
    /// What went wrong, in the order of the files.
    pub problems: Vec<Problem>,
}

/// Takes the pages of file after file.
#[derive(Debug, Default)]
pub struct Gathering {
    so_far: Gathered,
    /// The records, by what makes two of them one; those met last stand last.
    alike: HashMap<Likeness, VecDeque<Met>>,
    /// How many pages have begun.
    pages: usize,
    /// The source of the page, and its origin.
    source: u16,
    origin: u16,
    /// The index of each origin.
    known: HashMap<Origin, u16>,
    /// The file of the page, and how many of its records stand on other pages too.
    file: String,
    repeated: usize,
}

/// A record, as an index, and the page it was met on last.
#[derive(Clone, Copy, Debug)]
struct Met {
    record: usize,
    page: usize,
}

/// What two records have in common that are one: their source, and a hash of date text, title and
/// summary, or without a summary, of date text, title and position.
type Likeness = (u16, u128);

impl Gathering {
    /// Nothing yet.
    pub fn new() -> Gathering {
        Gathering::default()
    }

    /// All that was gathered.
    pub fn finish(mut self) -> Gathered {
        self.end_file();
        let order = |placed: &Placed| (placed.source, placed.record.position.unwrap_or(u64::MAX));
        let Gathered { records, stands, .. } = &mut self.so_far;
        let mut both: Vec<_> = std::mem::take(records).into_iter().zip(stands.drain(..)).collect();
        both.sort_by_key(|(placed, _)| order(placed));
        (*records, *stands) = both.into_iter().unzip();
        if let Some(message) = shared_positions(&self.so_far.records) {
            self.so_far.problems.push(Problem::note(&self.file, None, message));
        }
        self.so_far
    }

    /// The listing of the page that began last, as an index among the sources.
    pub fn source(&self) -> u16 {
        self.source
    }

    /// The listings so far, in the order they were opened.
    pub fn sources(&self) -> &[Archive] {
        &self.so_far.sources
    }

    /// The file of the page that began last, as an index among the origins.
    pub fn origin(&self) -> u16 {
        self.origin
    }

    /// The files so far, in the order they were opened.
    pub fn origins(&self) -> &[Origin] {
        &self.so_far.origins
    }

    /// The index of an origin. Beyond the 65,536th all are the last one.
    fn origin_of(&mut self, origin: Origin) -> u16 {
        if let Some(known) = self.known.get(&origin) {
            return *known;
        }
        let origins = &mut self.so_far.origins;
        let at = u16::try_from(origins.len()).unwrap_or(u16::MAX);
        if let (u16::MAX, Some(last)) = (at, origins.get_mut(usize::from(u16::MAX))) {
            last.files.extend(origin.files);
            return at;
        }
        origins.push(origin.clone());
        self.known.insert(origin, at);
        at
    }

    /// Notes that a record stands in the file of the page too.
    fn also_here(&mut self, record: usize) {
        let Some(at) = self.so_far.stands.get(record).copied() else { return };
        let mut origin = self.so_far.origins.get(usize::from(at)).cloned().unwrap_or_default();
        if !origin.files.contains(&self.file) {
            origin.files.push(self.file.clone());
            let both = self.origin_of(origin);
            if let Some(stands) = self.so_far.stands.get_mut(record) {
                *stands = both;
            }
        }
    }

    /// Gives out what went wrong so far.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.so_far.problems)
    }

    /// Says how many records of the file stand on other pages too.
    fn end_file(&mut self) {
        let message = match std::mem::take(&mut self.repeated) {
            0 => return,
            1 => "1 record stands on another page too and is shown once".to_owned(),
            many => format!("{many} records stand on other pages too and are shown once"),
        };
        self.so_far.problems.push(Problem::note(&self.file, None, message));
    }

    /// The listing that a page belongs to: the one with the same identity. A page that does not say
    /// what it is belongs to the listing before it where pages of one listing come in many files,
    /// else to that of its file; one that does takes in a nameless listing before it that has the
    /// same total, or is of the same file.
    fn source_of(&self, page: &Page) -> Option<usize> {
        let sources = &self.so_far.sources;
        let last = sources.len().checked_sub(1);
        let same_file = self.pages > 0 && page.file == self.file;
        if page.archive.id().is_empty() {
            return last.filter(|_| page.repeats || same_file);
        }
        let same = sources.iter().position(|source| source.id() == page.archive.id());
        let takes_in = |source: &Archive| {
            let same_total = source.total.is_some() && source.total == page.archive.total;
            source.id().is_empty() && (same_total || same_file && !page.repeats)
        };
        same.or_else(|| last.filter(|_| sources.last().is_some_and(takes_in)))
    }

    /// Notes that two pages of a listing count differently.
    fn compare_totals(&mut self, page: &Page, source: usize) {
        let known = self.so_far.sources.get(source).and_then(|source| source.total);
        if let (Some(known), Some(total)) = (known, page.archive.total)
            && known != total
        {
            let message =
                format!("this page says that there are {total} records, an earlier one {known}");
            self.so_far.problems.push(Problem::note(&page.file, page.line, message));
        }
    }

    /// The record that this one is another copy of, taken out of those that are alike. Two on the
    /// same page, or with different ids, are two records however alike they are.
    fn take_copy(&mut self, record: &Record, likeness: Likeness) -> Option<usize> {
        let id = record.first(Field::Id);
        let records = &self.so_far.records;
        let is_one = |met: &Met| {
            let other = records.get(met.record).and_then(|kept| kept.record.first(Field::Id));
            id.is_none() || other.is_none() || id == other
        };
        let alike = self.alike.get_mut(&likeness)?;
        let elsewhere = alike.iter().take_while(|met| met.page != self.pages);
        let place = elsewhere.map(is_one).position(|is_one| is_one)?;
        alike.remove(place).map(|met| met.record)
    }

    /// Keeps a record, as another description of one that is here or as a new one.
    fn keep(&mut self, record: Record, copy: Option<usize>) -> usize {
        let records = &mut self.so_far.records;
        if let Some((at, kept)) = copy.and_then(|at| records.get_mut(at).map(|kept| (at, kept))) {
            kept.record.add(record);
            self.repeated += 1;
            self.also_here(at);
            at
        } else {
            records.push(Placed { source: self.source, record });
            self.so_far.stands.push(self.origin);
            self.so_far.stands.len() - 1
        }
    }
}

impl Sink for Gathering {
    fn page(&mut self, page: Page) {
        let at = self.source_of(&page);
        if page.file != self.file {
            self.end_file();
            self.file.clone_from(&page.file);
            self.origin = self.origin_of(Origin { files: vec![page.file.clone()] });
        }
        self.pages += 1;
        // Beyond the 65,536th listing all records are of the last one.
        let at = at.unwrap_or(self.so_far.sources.len()).min(usize::from(u16::MAX));
        self.compare_totals(&page, at);
        match self.so_far.sources.get_mut(at) {
            Some(source) => source.add(page.archive),
            None => self.so_far.sources.push(page.archive),
        }
        self.source = u16::try_from(at).unwrap_or(u16::MAX);
    }

    fn record(&mut self, record: Record) {
        let likeness = likeness(self.source, &record);
        let copy = likeness.and_then(|likeness| self.take_copy(&record, likeness));
        let record = self.keep(record, copy);
        if let Some(likeness) = likeness {
            let met = Met { record, page: self.pages };
            self.alike.entry(likeness).or_default().push_back(met);
        }
    }

    fn part(&mut self, part: Part) {
        part.read(&mut Memory::default(), self);
    }

    fn problem(&mut self, problem: Problem) {
        self.so_far.problems.push(problem);
    }
}

/// How many positions are named that more than one record has.
const NAMED: usize = 5;

/// Says at which positions of a listing more than one record stands, of records in archive order.
fn shared_positions(records: &[Placed]) -> Option<String> {
    let shared = records.chunk_by(|one, next| {
        one.record.position.is_some()
            && (one.source, one.record.position) == (next.source, next.record.position)
    });
    let shared: Vec<_> = shared.filter(|alike| alike.len() > 1).collect();
    let positions = shared.iter().filter_map(|alike| alike.first()?.record.position);
    let named: Vec<String> = positions.take(NAMED).map(|position| position.to_string()).collect();
    let named = named.join(", ");
    match (shared.as_slice(), shared.len().saturating_sub(NAMED)) {
        ([], _) => None,
        ([[_, _]], _) => Some(format!("two records stand at position {named}")),
        ([alike], _) => Some(format!("{} records stand at position {named}", alike.len())),
        (_, 0) => Some(format!("more than one record stands at each of the positions {named}")),
        (_, more) => Some(format!(
            "more than one record stands at each of the positions {named} and {more} more"
        )),
    }
}

/// What makes a record another copy of one. Titles repeat: without a summary it needs a position.
fn likeness(source: u16, record: &Record) -> Option<Likeness> {
    let position = match (record.first(Field::Summary), record.position) {
        (Some(_), _) => String::new(),
        (None, position) => position?.to_string(),
    };
    let fields = [Field::Title, Field::Summary].into_iter();
    let values = fields.flat_map(|field| record.all(field).chain(["\0"]));
    let begin = [position.as_str(), "\0", record.date.text.as_str(), "\0"].into_iter();
    let text: String = begin.chain(values).collect();
    Some((source, xxh3_128(text.as_bytes())))
}
