//! The records that are searched: in a store for fonds, as lines for fuzzy finders, and as folded words for
//! a plain scan.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fonds::formats::read::{Format, PageStart, ParserCache, ReadError, RecordPart, Sink, read};
use fonds::query::date_filter;
use fonds::record::{ArchiveId, Field, Problem, Record, SourcedRecord};
use fonds::store::{Segment, Store};
use fonds::text::fold::fold;
use fonds::text::words::words;
use rayon::prelude::*;

/// The number of records in a segment.
const SEGMENT_RECORDS: usize = 20_000;

/// An archive in the forms that the compared programs search.
pub(crate) struct Corpus {
    /// The records.
    pub(crate) records: Vec<SourcedRecord>,
    /// The records in a store, for fonds.
    pub(crate) store: Store,
    /// The title of each record.
    pub(crate) titles: Vec<String>,
    /// The title, date, people, places and summary of each record as one line.
    pub(crate) lines: Vec<String>,
    /// The folded words of each record, a space before each, and ` | ` between fields.
    folded: Vec<String>,
}

/// Collects records, and parses deferred parts at once.
#[derive(Default)]
struct RecordCollector {
    /// The records.
    records: Vec<SourcedRecord>,
    /// Parser state that is kept between parts.
    parser_cache: ParserCache,
    /// The number of problems.
    problems: usize,
}

impl Sink for RecordCollector {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        self.records.push(SourcedRecord { archive: ArchiveId::default(), record });
    }

    fn add_part(&mut self, part: RecordPart) {
        let mut parser_cache = std::mem::take(&mut self.parser_cache);
        part.read(&mut parser_cache, self);
        self.parser_cache = parser_cache;
    }

    fn report(&mut self, _: Problem) {
        self.problems += 1;
    }
}

impl Corpus {
    /// Parses an archive of JSON Lines.
    pub(crate) fn read(name: &str, bytes: &mut dyn BufRead) -> Result<Corpus, ReadError> {
        let mut collector = RecordCollector::default();
        read(name, Some(Format::JsonLines), bytes, &mut collector)?;
        Ok(Corpus::new(collector.records))
    }

    /// Parses the files of a folder, each in the format that it has. Those that are not understood are left out.
    pub(crate) fn read_folder(folder: &Path) -> Result<Corpus, std::io::Error> {
        let mut collector = RecordCollector::default();
        let mut paths: Vec<PathBuf> =
            folder.read_dir()?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        paths.sort();
        for path in paths {
            let mut bytes = BufReader::new(File::open(&path)?);
            if read(&path.display().to_string(), None, &mut bytes, &mut collector).is_err() {
                collector.problems += 1;
            }
        }
        Ok(Corpus::new(collector.records))
    }

    /// Prepares records to be searched.
    fn new(records: Vec<SourcedRecord>) -> Corpus {
        let mut store = Store::default();
        for batch in records.chunks(SEGMENT_RECORDS) {
            store.append(Arc::new(Segment::build(batch)));
        }
        let of_each = |form: fn(&Record) -> String| -> Vec<String> {
            records.par_iter().map(|sourced| form(&sourced.record)).collect()
        };
        let title = |record: &Record| record.title().unwrap_or_default().replace('\n', " ");
        let (titles, lines, folded) = (of_each(title), of_each(line), of_each(folded));
        Corpus { records, store, titles, lines, folded }
    }

    /// The number of records that match a query, by a plain scan. Every typed word must be the prefix of a
    /// word, or the words a phrase, and the date must be of the year.
    pub(crate) fn count_matches(
        &self,
        typed: &[String],
        phrase: bool,
        year: Option<&str>,
    ) -> usize {
        let typed = typed.iter().map(|word| spaced_words(word));
        let parts: Vec<String> =
            if phrase { vec![format!("{} ", typed.collect::<String>())] } else { typed.collect() };
        let year = year.and_then(date_filter::parse_bare).map(|(_, filter)| filter);
        let folded_records = self.folded.par_iter().zip(&self.records);
        folded_records
            .filter(|(text, sourced)| {
                parts.iter().all(|part| text.contains(part.as_str()))
                    && year.is_none_or(|year| year.matches(sourced.record.date.parsed))
            })
            .count()
    }

    /// Whether a record has all words whole, or as a phrase, and may be of the year.
    pub(crate) fn has_words(
        &self,
        record: usize,
        words: &[String],
        phrase: bool,
        year: Option<&str>,
    ) -> bool {
        let phrases = if phrase { vec![words.join(" ")] } else { words.to_vec() };
        let year = year.and_then(date_filter::parse_bare).map(|(_, filter)| filter);
        let date = self.records.get(record).map(|sourced| sourced.record.date.parsed);
        phrases.iter().all(|words| self.contains_words(record, words))
            && year.is_none_or(|year| date.is_some_and(|date| year.matches(date)))
    }

    /// Whether a record has a text as whole words.
    pub(crate) fn contains_words(&self, record: usize, text: &str) -> bool {
        let whole = format!("{} ", spaced_words(text));
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
pub(crate) fn spaced_words(text: &str) -> String {
    let folded = fold(text);
    let words = words(&folded).filter_map(|word| folded.get(word));
    words.flat_map(|word| [" ", word]).collect()
}

/// The folded words of a record.
fn folded(record: &Record) -> String {
    let fields = [Field::Title, Field::Summary, Field::People, Field::Places];
    let more = [Field::Subjects, Field::Source];
    let values = fields.into_iter().chain(more).flat_map(|field| record.all(field));
    let mut text: String =
        values.flat_map(|value| [spaced_words(value), " |".to_owned()]).collect();
    text.push(' ');
    text
}

/// The text that a fuzzy finder searches, as one line.
fn line(record: &Record) -> String {
    let fields = [Field::People, Field::Places, Field::Summary];
    let mut line = format!("{} {}", record.title().unwrap_or_default(), record.date.text);
    for value in fields.into_iter().flat_map(|field| record.all(field)) {
        line.push(' ');
        line.push_str(value);
    }
    line.replace('\n', " ")
}
