//! Bytes into records and problems: the way in, from any file to any sink. Nothing here opens a file.

mod archive_toml;
mod bibtex;
mod citation_notes;
mod csl_json;
mod date_cache;
mod date_sources;
mod decompress;
mod dpla;
mod dublin_core;
mod ead;
mod encoding;
pub mod excerpt;
mod html;
mod json;
mod json_items;
mod marc;
mod mods;
mod record_part;
mod results_page;
mod ris;
mod spreadsheet;
mod table;
mod transcode;
mod truncate;
mod xml;
mod xml_records;

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;

pub use record_part::{Memory, Part};
pub use table::Format;

use crate::record::{Archive, Problem, Record};

/// A file as it is taken in: what its reader is given.
pub struct Accession<'a> {
    /// The file as the reader of the screen named it, for what is said about it.
    pub name: &'a str,
    /// Its bytes, from the beginning.
    pub bytes: &'a mut dyn BufRead,
    /// What the reader of the screen wants otherwise.
    pub options: &'a Options,
}

/// How the reader of the screen wants files to be read, where they do not say so themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The format, where it is not to be found out.
    pub format: Option<Format>,
    /// The encoding of text, whatever the file says.
    pub encoding: Option<&'static Encoding>,
    /// Columns of a table: the key of a field, or `date`, and the name of its column.
    pub columns: Vec<(String, String)>,
}

impl Options {
    /// Reads a mapping of columns: `title=Titel,date=Datum`.
    ///
    /// # Errors
    /// A part of it is no pair; the sentence says which.
    pub fn map_columns(&mut self, text: &str) -> Result<(), String> {
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let parts = pair.split_once('=').map(|(key, name)| (key.trim(), name.trim()));
            match parts.filter(|(key, name)| !key.is_empty() && !name.is_empty()) {
                Some((key, name)) => self.columns.push((key.to_lowercase(), name.to_owned())),
                None => return Err(format!("`{pair}` is no pair such as `title=Titel`")),
            }
        }
        Ok(())
    }
}

/// The beginning of a listing, or of a page of it. What follows, up to the next, stands on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The file as the reader named it.
    pub file: String,
    /// The line where the page says what it is, counted from 1.
    pub line: Option<usize>,
    /// What it says of the archive.
    pub archive: Archive,
    /// Whether its records may stand on other pages too, without an identifier that would tell.
    pub repeats: bool,
}

/// Takes what a reader finds, in the order of the file.
pub trait Sink {
    /// A page begins.
    fn page(&mut self, page: Page);
    /// A record of the page that began last.
    fn record(&mut self, record: Record);
    /// Records of the page that began last, still to be read: at once, by [`Part::read`], or
    /// elsewhere.
    fn part(&mut self, part: Part);
    /// Something that could not be read, or that the reader should know of.
    fn problem(&mut self, problem: Problem);
}

/// The bytes could not be had.
#[derive(Debug, thiserror::Error)]
#[error("{file}: cannot be read to its end: {source}")]
pub struct ImportError {
    /// The file as the reader named it.
    pub file: String,
    /// Why.
    pub source: io::Error,
}

/// How many bytes are looked at to tell the format.
const BEGINNING: u64 = 16 * 1024;

/// Reads one file. Its format is found from its content where none is given, then from its name;
/// other text is taken for a results page. What is wrong with the content is a [`Problem`].
///
/// # Errors
/// The bytes could not be had.
pub fn read(
    name: &str,
    format: Option<Format>,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    read_with(name, &Options { format, ..Options::default() }, bytes, sink)
}

/// Reads one file as [`read`] does, and as the reader of the screen wants it.
///
/// # Errors
/// The bytes could not be had.
pub fn read_with(
    name: &str,
    options: &Options,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    read_any(name, options, bytes, sink)
        .map_err(|source| ImportError { file: name.to_owned(), source })
}

fn read_any(
    name: &str,
    options: &Options,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut bytes = decompress::unpacked(bytes)?;
    let begun = beginning(&mut *bytes)?;
    let format = options.format.or_else(|| Format::detect(&begun));
    let binary = format.is_some_and(Format::is_binary);
    let mut file = Accession { name, bytes: &mut *bytes, options };
    match transcode::encoding(options, &begun).filter(|_| !binary) {
        None => read_text(format, &begun, &mut file, sink),
        Some(encoding) => {
            let mut text = transcode::text(encoding, begun, file.bytes);
            let begun = beginning(&mut text)?;
            read_text(format, &begun, &mut Accession { bytes: &mut text, ..file }, sink)
        }
    }
}

/// Whether a file that nobody asked for by name is one to read: its beginning tells its format, or its
/// name does and its beginning does not speak against it.
///
/// # Errors
/// The bytes could not be had.
pub fn knows(name: &str, options: &Options, bytes: &mut dyn BufRead) -> io::Result<bool> {
    if options.format.is_some() {
        return Ok(true);
    }
    let begun = beginning(&mut decompress::unpacked(bytes)?)?;
    if Format::detect(&begun).is_some() {
        return Ok(true);
    }
    Ok(match Format::of_name(decompress::inner_name(name)) {
        // Of many things that are called so, few have titles.
        Some(Format::Csv) if options.columns.is_empty() => {
            spreadsheet::delimited::names_columns(&encoding::decode(&begun).0)
        }
        named => named.is_some(),
    })
}

/// Reads a file whose beginning was read.
fn read_text(
    format: Option<Format>,
    begun: &[u8],
    file: &mut Accession<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let binary = format.is_some_and(Format::is_binary);
    if let Some(message) = encoding::not_text(begun).filter(|_| !binary) {
        sink.problem(Problem::fault(file.name, None, message));
        return Ok(());
    }
    let format = format
        .or_else(|| Format::detect(begun))
        .or_else(|| Format::of_name(decompress::inner_name(file.name)))
        .unwrap_or(Format::ResultsPage);
    let bytes = &mut begun.chain(&mut *file.bytes);
    format.read(&mut Accession { name: file.name, bytes, options: file.options }, sink)
}

/// The first few thousand bytes.
fn beginning(bytes: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::new();
    bytes.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(beginning)
}
