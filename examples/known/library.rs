//! The records that are looked for, as fonds keeps them and as a plain scan reads them.

use std::io::BufRead;
use std::sync::Arc;

use fonds::formats::read::{Format, ImportError, Memory, Page, Part, Sink, read};
use fonds::query::date_filter;
use fonds::record::{Field, Placed, Problem, Record};
use fonds::store::{Segment, Store};
use fonds::text::fold::fold;
use fonds::text::words::words;
use rayon::prelude::*;

/// How many records a segment has.
const SEGMENT: usize = 20_000;

/// An archive, ready to be asked in every way that is compared.
pub(crate) struct Library {
    /// Its records.
    pub(crate) records: Vec<Placed>,
    /// The store that fonds searches.
    pub(crate) store: Store,
    /// The title of each record.
    pub(crate) titles: Vec<String>,
    /// Title, date, people, places and summary of each record, as one line.
    pub(crate) lines: Vec<String>,
    /// The folded words of each record, a space before each, and ` | ` between fields.
    folded: Vec<String>,
}

/// Takes records and reads what is put off at once.
#[derive(Default)]
struct Shelf {
    /// The records.
    records: Vec<Placed>,
    /// What is remembered from part to part.
    memory: Memory,
    /// How many problems there were.
    problems: usize,
}

impl Sink for Shelf {
    fn page(&mut self, _: Page) {}

    fn record(&mut self, record: Record) {
        self.records.push(Placed { source: 0, record });
    }

    fn part(&mut self, part: Part) {
        let mut memory = std::mem::take(&mut self.memory);
        part.read(&mut memory, self);
        self.memory = memory;
    }

    fn problem(&mut self, _: Problem) {
        self.problems += 1;
    }
}

impl Library {
    /// Reads an archive of JSON Lines.
    pub(crate) fn read(name: &str, bytes: &mut dyn BufRead) -> Result<Library, ImportError> {
        let mut shelf = Shelf::default();
        read(name, Some(Format::JsonLines), bytes, &mut shelf)?;
        let records = shelf.records;
        let mut store = Store::default();
        for batch in records.chunks(SEGMENT) {
            store.append(Arc::new(Segment::build(batch)));
        }
        let each = |form: fn(&Record) -> String| -> Vec<String> {
            records.par_iter().map(|placed| form(&placed.record)).collect()
        };
        let title = |record: &Record| record.title().unwrap_or_default().replace('\n', " ");
        let (titles, lines, folded) = (each(title), each(line), each(folded));
        Ok(Library { records, store, titles, lines, folded })
    }

    /// How many records satisfy a query by a plain scan: a word of each begins with each typed word,
    /// side by side in a phrase, and the date is of the year.
    pub(crate) fn satisfied(&self, typed: &[String], phrase: bool, year: Option<&str>) -> usize {
        let typed = typed.iter().map(|word| spaced(word));
        let parts: Vec<String> =
            if phrase { vec![format!("{} ", typed.collect::<String>())] } else { typed.collect() };
        let year = year.and_then(date_filter::bare).map(|(_, filter)| filter);
        let both = self.folded.par_iter().zip(&self.records);
        both.filter(|(text, placed)| {
            parts.iter().all(|part| text.contains(part.as_str()))
                && year.is_none_or(|year| year.fits(placed.record.date.reading))
        })
        .count()
    }

    /// Whether a record has a text as whole words.
    pub(crate) fn has(&self, record: usize, text: &str) -> bool {
        let whole = format!("{} ", spaced(text));
        self.folded.get(record).is_some_and(|folded| folded.contains(&whole))
    }

    /// The year a record's date begins in.
    pub(crate) fn year(&self, record: usize) -> Option<String> {
        let span = self.records.get(record)?.record.date.span()?;
        let (year, _, _) = span.earliest.to_ymd();
        (1000..2100).contains(&year).then(|| year.to_string())
    }
}

/// The folded words of a text, a space before each.
pub(crate) fn spaced(text: &str) -> String {
    let folded = fold(text);
    let words = words(&folded).filter_map(|word| folded.get(word));
    words.flat_map(|word| [" ", word]).collect()
}

/// The folded words of a record.
fn folded(record: &Record) -> String {
    let fields = [Field::Title, Field::Summary, Field::People, Field::Places];
    let more = [Field::Subjects, Field::Source];
    let values = fields.into_iter().chain(more).flat_map(|field| record.all(field));
    let mut text: String = values.flat_map(|value| [spaced(value), " |".to_owned()]).collect();
    text.push(' ');
    text
}

/// All that a peer is to search, as one line.
fn line(record: &Record) -> String {
    let fields = [Field::People, Field::Places, Field::Summary];
    let mut line = format!("{} {}", record.title().unwrap_or_default(), record.date.text);
    for value in fields.into_iter().flat_map(|field| record.all(field)) {
        line.push(' ');
        line.push_str(value);
    }
    line.replace('\n', " ")
}
