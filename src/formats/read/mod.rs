//! Parsers: bytes of any format become records and problems. Nothing here opens a file.
//!
//! Start with [`read`] and [`Sink`]: the one detects the format and calls its parser, the other
//! receives what the parser finds. `table.rs` lists the formats, one row each. Every format has its
//! own file or folder. The XML formats share `xml/` and `xml_records.rs`, the JSON formats `json/`.
//!
//! A parser reports what is wrong with a file as a [`Problem`] and goes on with the next record.
//! This folder uses `text` and `record`.
//!
//! ```
//! use fonds::formats::read::{self, Format, PageStart, ParserCache, RecordPart, Sink};
//! use fonds::record::{Problem, Record};
//!
//! #[derive(Default)]
//! struct Collector {
//!     records: Vec<Record>,
//!     problems: Vec<Problem>,
//! }
//!
//! impl Sink for Collector {
//!     fn start_page(&mut self, _: PageStart) {}
//!
//!     fn add_record(&mut self, record: Record) {
//!         self.records.push(record);
//!     }
//!
//!     fn add_part(&mut self, part: RecordPart) {
//!         part.read(&mut ParserCache::default(), self);
//!     }
//!
//!     fn report(&mut self, problem: Problem) {
//!         self.problems.push(problem);
//!     }
//! }
//!
//! let file = b"TY  - LETTER\nTI  - Letter to Chiang Kai-shek\nDA  - 1945/07/12\nER  - \n";
//! assert_eq!(Format::detect(file), Some(Format::Ris));
//!
//! let mut found = Collector::default();
//! read::read("letters.ris", None, &mut file.as_slice(), &mut found)?;
//! assert_eq!(found.records[0].title(), Some("Letter to Chiang Kai-shek"));
//! assert!(found.problems.is_empty());
//! # Ok::<(), read::ReadError>(())
//! ```

mod archive_toml;
mod bibtex;
mod citation_notes;
mod csl_dates;
mod csl_json;
mod csl_yaml;
mod date_cache;
mod date_calendars;
mod date_codes;
mod date_events;
mod date_parts;
mod date_sources;
mod decompress;
mod doubtful_dates;
mod dpla;
mod dublin_core;
mod ead;
mod encoding;
mod exact_yaml;
pub mod excerpt;
mod fine_text;
mod foreign_kinds;
mod given_dates;
mod html;
mod inline_labels;
mod json;
mod json_items;
mod mail;
mod marc;
mod memory_budget;
mod mods;
mod name_mapping;
mod names;
pub(crate) mod notes;
mod other_spans;
pub(crate) mod pause;
pub(crate) mod pictures;
mod position_sink;
mod record_part;
mod result_count;
mod results_page;
mod ris;
mod roles;
mod saved_mapping;
mod shelf_locations;
mod spreadsheet;
mod table;
mod tei;
mod text_budget;
mod title_form;
mod transcode;
mod tree;
mod truncate;
mod typed_list;
mod value_limit;
mod whole_dates;
mod xml;
mod xml_records;

use std::io::{self, BufRead, Read};
use std::path::PathBuf;

use encoding_rs::Encoding;

use pause::Beginning;

pub(crate) use decompress::{Damage, UnpackExcess, UnpackLimit};
pub(crate) use memory_budget::{memory_of_part, memory_of_record};
pub use name_mapping::{MappedName, NameMapping};
pub use record_part::{ParserCache, PartParser, RecordPart};
pub(crate) use saved_mapping::FILE_ENDING as MAPPING_ENDING;
pub use saved_mapping::SavedMapping;
pub use table::Format;

use crate::record::{Archive, Problem, Record};

/// A file as its parser receives it.
pub struct InputFile<'a> {
    /// The name of the file as the user gave it, for problems.
    pub name: &'a str,
    /// Its bytes, from the start of the file.
    pub bytes: &'a mut dyn BufRead,
    /// The options of the user.
    pub options: &'a ReadOptions,
}

/// How the user wants files to be read, where a file does not describe itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format; `None` to detect it.
    pub format: Option<Format>,
    /// The encoding of text, whatever the file declares; `None` to detect it.
    pub encoding: Option<&'static Encoding>,
    /// Columns of tables, and names in trees: the key of a field, or `date`, with the name for it.
    pub columns: Vec<(String, String)>,
    /// The list of records in a file that is a tree, such as `response.docs`; `None` to find it.
    pub records: Option<String>,
    /// The mappings that the user saved, for files with the same names. They count where `columns` and
    /// `records` are empty.
    pub mappings: Vec<SavedMapping>,
    /// The folders with mappings for all files.
    pub mapping_folders: Vec<PathBuf>,
    /// How many bytes a compressed file, or all files of a package, may be when they are unpacked; `None`
    /// for the usual limits.
    pub max_unpacked: Option<u64>,
    /// How many bytes one value may have; `None` for the usual limit.
    pub max_value: Option<u64>,
    /// How many bytes of memory the records of one file may take; `None` for the usual limit.
    pub max_memory: Option<u64>,
}

impl ReadOptions {
    /// How many bytes a compressed file may give.
    pub(crate) fn unpack_limit(&self) -> UnpackLimit {
        UnpackLimit::new(self.max_unpacked)
    }

    /// How many bytes one value may have.
    fn value_limit(&self) -> usize {
        let bytes = self.max_value.unwrap_or(value_limit::DEFAULT_MAX_VALUE_BYTES);
        usize::try_from(bytes).unwrap_or(usize::MAX)
    }

    /// Returns the saved mapping for records with these names, unless the user chose names here.
    fn mapping_for<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<&SavedMapping> {
        if !self.columns.is_empty() || self.records.is_some() || self.mappings.is_empty() {
            return None;
        }
        let names: Vec<&str> = names.collect();
        self.mappings.iter().find(|mapping| mapping.fits(&names))
    }

    /// Adds columns from a list of pairs: `title=Titel,date=Datum`.
    ///
    /// # Errors
    /// One of the items is not a pair; the message names it.
    pub fn add_columns(&mut self, text: &str) -> Result<(), String> {
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let column = pair.split_once('=').map(|(key, name)| (key.trim(), name.trim()));
            match column.filter(|(key, name)| !key.is_empty() && !name.is_empty()) {
                Some((key, name)) => self.columns.push((key.to_lowercase(), name.to_owned())),
                None => return Err(format!("`{pair}` is not a pair such as `title=Titel`")),
            }
        }
        Ok(())
    }
}

/// The start of a results page or another listing in a file.
///
/// The records that follow belong to it, until the next `PageStart`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageStart {
    /// The name of the file as the user gave it.
    pub file: String,
    /// The line where the page describes itself, counted from 1.
    pub line: Option<usize>,
    /// The archive, as the page describes it.
    pub archive: Archive,
    /// Whether other pages may repeat its records, without an identifier to recognise them by.
    pub may_repeat_records: bool,
    /// Whether the file and its neighbours are one archive together, as the notes in a folder are.
    pub is_one_of_many: bool,
}

/// Receives what a parser finds, in the order of the file.
pub trait Sink {
    /// Starts a page.
    fn start_page(&mut self, page: PageStart);
    /// Adds a record to the page that started last.
    fn add_record(&mut self, record: Record);
    /// Adds unparsed records to the page that started last.
    ///
    /// The sink parses them with [`RecordPart::read`], at once or on another thread.
    fn add_part(&mut self, part: RecordPart);
    /// Reports an error or a warning about the file.
    fn report(&mut self, problem: Problem);
    /// How many bytes of memory the records of all files so far take, for the limit of all files.
    fn memory_used(&self) -> u64 {
        0
    }
    /// Says what the names in a file were taken for, where its format does not fix it.
    fn describe_names(&mut self, names: NameMapping) {
        let _ = names;
    }
}

/// Reading the bytes of a file failed.
#[derive(Debug, thiserror::Error)]
#[error("{file}: cannot be read to its end: {source}")]
pub struct ReadError {
    /// The name of the file as the user gave it.
    pub file: String,
    /// The cause.
    pub source: io::Error,
}

/// The number of bytes at the start of a file from which its format is detected.
const DETECTION_BYTES: u64 = 16 * 1024;

/// Reads one file into a sink.
///
/// Without a format, it is detected from the content, then from the name. Any other text is read as
/// a results page. Errors in the content are reported as [`Problem`]s.
///
/// # Errors
/// Reading the bytes failed.
pub fn read(
    name: &str,
    format: Option<Format>,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    read_with(name, &ReadOptions { format, ..ReadOptions::default() }, bytes, sink)
}

/// Reads one file as [`read`] does, with options.
///
/// # Errors
/// Reading the bytes failed.
pub fn read_with(
    name: &str,
    options: &ReadOptions,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    read_any(name, options, bytes, sink)
        .map_err(|source| ReadError { file: name.to_owned(), source })
}

/// Decompresses and transcodes a file, and calls its parser.
fn read_any(
    name: &str,
    options: &ReadOptions,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut bytes = decompress::reader(bytes, options.unpack_limit())?;
    let Beginning { bytes: start, is_paused } = pause::read_beginning(&mut bytes, DETECTION_BYTES)?;
    let format = detect_format(name, options, &start);
    if format.is_none() && foreign_kinds::is_picture(&start) && pictures::is_picture(name) {
        pictures::read_file(name, sink);
        return Ok(());
    }
    if let Some(message) = foreign_kinds::link_or_chat(&start).filter(|_| options.format.is_none())
    {
        sink.report(Problem::error(name, None, message));
        return Ok(());
    }
    // Of a file that is no text, converting would change the bytes by which its kind is known.
    if format.is_none()
        && let Some(message) = foreign_kinds::describe(name, &start)
    {
        sink.report(Problem::error(name, None, message));
        return Ok(());
    }
    if format == Some(Format::Xlsx)
        && options.format.is_none()
        && let Some(message) = foreign_kinds::describe_container(name, &start)
    {
        sink.report(Problem::error(name, None, message));
        return Ok(());
    }
    let mut file = InputFile { name, bytes: &mut bytes, options };
    if format.is_some_and(Format::is_binary) {
        read_decoded(format, &start, &start, &mut file, sink)?;
    } else {
        let mut text = transcode::open(options, start.clone(), file.bytes);
        // Reading on would wait for a pipe that has paused.
        let stays_in_text = is_paused && options.encoding.is_none() && pause::is_plain(&start);
        let decoded_start = if stays_in_text {
            start.clone()
        } else {
            read_first(&mut text, DETECTION_BYTES.max(start.len() as u64))?
        };
        let is_same = decoded_start == start;
        let format = if is_same { format } else { detect_format(name, options, &decoded_start) };
        let mut file = InputFile { bytes: &mut text, ..file };
        let ahead = if stays_in_text { &[] } else { &*decoded_start };
        let result = read_decoded(format, &decoded_start, ahead, &mut file, sink);
        if !matches!(result, Ok(Outcome::Refused)) {
            for (line, message) in text.take_warnings() {
                sink.report(Problem::warning(name, Some(line), message));
            }
        }
        result?;
    }
    // A parser may stop before the end, where the last checksum is.
    if let Some(message) = bytes.finish()? {
        sink.report(Problem::warning(name, None, message));
    }
    Ok(())
}

/// Compares the checksums of a compressed file. This reads the whole file, unless it is not
/// compressed.
///
/// # Errors
/// The file is damaged, or reading the bytes failed.
pub(crate) fn verify_checksums(bytes: &mut dyn BufRead, limit: UnpackLimit) -> Result<(), Damage> {
    decompress::verify(bytes, limit)
}

/// Returns the format that the user chose, or that a file certainly has.
fn detect_format(name: &str, options: &ReadOptions, start: &[u8]) -> Option<Format> {
    let inner_name = decompress::uncompressed_name(name);
    options.format.or_else(|| Format::detect_named(inner_name, start))
}

/// Returns a reader of the decompressed bytes of a file, or of the same bytes if it is not compressed.
///
/// # Errors
/// Reading the bytes failed.
pub(crate) fn decompressed(
    bytes: &mut dyn BufRead,
    limit: UnpackLimit,
) -> io::Result<Box<dyn BufRead + '_>> {
    decompress::unchecked_reader(bytes, limit)
}

/// Returns the name of a file that is not UTF-8, in the encoding of most old names.
pub(crate) fn decode_name(name: &[u8]) -> String {
    encoding::decode(name).0
}

/// How a file was recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recognition {
    /// Its content certainly has this format.
    ByContent(Format),
    /// Its name is that of a file of this format.
    ByName(Format),
    /// It has no known format.
    Unknown,
}

/// Whether a file found in a folder has a format that can be read.
///
/// Its content decides, then its name. A file named like a table must also have known columns.
///
/// # Errors
/// Reading the bytes failed.
pub fn is_recognized(
    name: &str,
    options: &ReadOptions,
    bytes: &mut dyn BufRead,
) -> io::Result<bool> {
    Ok(recognize(name, options, bytes)? != Recognition::Unknown)
}

/// Returns the format of a file found in a folder, as [`is_recognized`] does.
///
/// # Errors
/// Reading the bytes failed.
pub(crate) fn recognize(
    name: &str,
    options: &ReadOptions,
    bytes: &mut dyn BufRead,
) -> io::Result<Recognition> {
    if let Some(format) = options.format {
        return Ok(Recognition::ByContent(format));
    }
    let mut bytes = decompress::unchecked_reader(bytes, options.unpack_limit())?;
    let start = read_first(&mut *bytes, DETECTION_BYTES)?;
    let inner_name = decompress::uncompressed_name(name);
    if let Some(format) = Format::detect_named(inner_name, &start) {
        return Ok(Recognition::ByContent(format));
    }
    let start = read_first(&mut transcode::open(options, start, &mut *bytes), DETECTION_BYTES)?;
    if let Some(format) = Format::detect_named(inner_name, &start) {
        return Ok(Recognition::ByContent(format));
    }
    Ok(match Format::from_file_name(inner_name) {
        // Many files are named `.csv`, and few of them are lists of records.
        Some(Format::Csv)
            if options.columns.is_empty()
                && options.mappings.is_empty()
                && !spreadsheet::delimited::has_known_column_name(&encoding::decode(&start).0) =>
        {
            Recognition::Unknown
        }
        Some(format) => Recognition::ByName(format),
        None => Recognition::Unknown,
    })
}

/// Whether a text that is no other list may have records as a results page has them: there are some, or dates, unless it
/// is about other files. `start` is its beginning: a text that goes on may have some.
pub(crate) fn results_page_may_have_records(
    name: &str,
    options: &ReadOptions,
    start: &[u8],
    is_about_files: bool,
) -> bool {
    let mut bytes = start;
    let mut has_records =
        || results_page::has_records(&mut InputFile { name, bytes: &mut bytes, options });
    let names_dates = || !is_about_files && results_page::names_dates(&encoding::decode(start).0);
    start.len() >= MAX_PROBED_BYTES || names_dates() || has_records()
}

/// The most bytes of a text that is searched for records before it is read.
const MAX_PROBED_BYTES: usize = 1 << 15;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Its parser was called.
    Parsed,
    /// It is of a kind that is not read, which was reported.
    Refused,
}

/// Calls the parser of a file. `known` is the format that the user or the content names, `start` is the
/// beginning of the file, decompressed and transcoded, and `ahead` is what was taken from its bytes.
fn read_decoded(
    known: Option<Format>,
    start: &[u8],
    ahead: &[u8],
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<Outcome> {
    let binary = known.is_some_and(Format::is_binary);
    if known.is_none()
        && let Some(message) = foreign_kinds::describe(file.name, start)
    {
        sink.report(Problem::error(file.name, None, message));
        return Ok(Outcome::Refused);
    }
    let is_text = known.is_some() && encoding::has_few_controls(start);
    if let Some(message) = encoding::unreadable_reason(start).filter(|_| !binary && !is_text) {
        sink.report(Problem::error(file.name, None, message));
        return Ok(Outcome::Refused);
    }
    let format = known
        .or_else(|| Format::from_file_name(decompress::uncompressed_name(file.name)))
        .unwrap_or(Format::ResultsPage);
    value_limit::read(format, ahead.chain(&mut *file.bytes), (file.name, file.options), sink)?;
    Ok(Outcome::Parsed)
}

/// Reads the first bytes, at most `limit`, or those before damage, which the next read reports.
fn read_first(bytes: &mut dyn BufRead, limit: u64) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    match bytes.take(limit).read_to_end(&mut start) {
        Err(error) if start.is_empty() => Err(error),
        Err(_) | Ok(_) => Ok(start),
    }
}
