//! Bytes into records and problems: the table of formats, and the way in. Nothing here opens a file.

use std::io::{self, BufRead, Read};

mod archive_toml;
mod bibtex;
mod csl;
mod dpla;
pub mod gather;
mod html;
mod json_list;
mod results_page;
mod ris;
mod spreadsheet;
mod text;

use crate::record::{Archive, Problem, Record};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `archive.toml`: `[archive]` and `[[record]]`.
    Toml,
    /// A results page of a digital archive, copied or saved as text.
    ResultsPage,
    /// A reference list in RIS.
    Ris,
    /// A reference list in BibTeX or BibLaTeX.
    BibTex,
    /// Items of the Digital Public Library of America.
    Dpla,
    /// A reference list in CSL-JSON.
    CslJson,
    /// A table as text: CSV, TSV and their kind.
    Csv,
    /// A results page of a digital archive as a browser saves it.
    Html,
    /// A workbook of spreadsheets.
    Xlsx,
}

/// What the program knows of a format. A new one is a file of its own and a row in [`FORMATS`].
struct Reader {
    format: Format,
    name: &'static str,
    description: &'static str,
    endings: &'static [&'static str],
    /// Whether its files are bytes and no text.
    binary: bool,
    /// Whether a file that begins so is surely of this format.
    looks_like: fn(&str) -> bool,
    read: fn(&mut Accession<'_>, &mut dyn Sink) -> io::Result<()>,
}

/// All formats, in the order in which a file is tried.
const FORMATS: &[Reader] = &[
    Reader {
        format: Format::Toml,
        name: "toml",
        description: "an archive file: [archive] and [[record]]",
        endings: &["toml"],
        binary: false,
        looks_like: archive_toml::looks_like,
        read: archive_toml::read,
    },
    Reader {
        format: Format::Xlsx,
        name: "xlsx",
        description: "a workbook: each sheet a table with named columns",
        endings: &["xlsx", "xlsm", "xlsb", "ods"],
        binary: true,
        looks_like: spreadsheet::workbook::looks_like,
        read: spreadsheet::workbook::read,
    },
    Reader {
        format: Format::Ris,
        name: "ris",
        description: "a reference list in RIS",
        endings: &["ris"],
        binary: false,
        looks_like: ris::looks_like,
        read: ris::read,
    },
    Reader {
        format: Format::BibTex,
        name: "bibtex",
        description: "a reference list in BibTeX or BibLaTeX",
        endings: &["bib", "bibtex"],
        binary: false,
        looks_like: bibtex::looks_like,
        read: bibtex::read,
    },
    Reader {
        format: Format::Dpla,
        name: "dpla",
        description: "items of the Digital Public Library of America (JSON)",
        endings: &[],
        binary: false,
        looks_like: dpla::looks_like,
        read: dpla::read,
    },
    Reader {
        format: Format::CslJson,
        name: "csl-json",
        description: "a reference list in CSL-JSON",
        endings: &["csljson"],
        binary: false,
        looks_like: csl::looks_like,
        read: csl::read,
    },
    Reader {
        format: Format::Html,
        name: "html",
        description: "a results page as saved from the browser (HTML)",
        endings: &["html", "htm", "xhtml"],
        binary: false,
        looks_like: html::looks_like,
        read: html::read,
    },
    Reader {
        format: Format::Csv,
        name: "csv",
        description: "a table as text (CSV, TSV): AtoM, ArchivesSpace, any with named columns",
        endings: &["csv", "tsv", "tab"],
        binary: false,
        looks_like: spreadsheet::delimited::looks_like,
        read: spreadsheet::delimited::read,
    },
    Reader {
        format: Format::ResultsPage,
        name: "results-page",
        description: "a results page as text: date, title, summary",
        endings: &["txt", "text"],
        binary: false,
        looks_like: results_page::looks_like,
        read: results_page::read,
    },
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|reader| reader.format)
    }

    /// The format with this name.
    pub fn from_name(name: &str) -> Option<Format> {
        FORMATS.iter().find(|reader| reader.name == name).map(|reader| reader.format)
    }

    /// The name of the format on the command line.
    pub fn name(self) -> &'static str {
        self.reader().map_or("", |reader| reader.name)
    }

    /// What the format is, in a few words.
    pub fn description(self) -> &'static str {
        self.reader().map_or("", |reader| reader.description)
    }

    /// The format that a file is surely of, from its first few thousand bytes.
    pub fn detect(beginning: &[u8]) -> Option<Format> {
        let (text, _) = text::decode(beginning);
        FORMATS.iter().find(|reader| (reader.looks_like)(&text)).map(|reader| reader.format)
    }

    /// The format that files with this name usually are.
    fn of_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let reader = FORMATS.iter().find(|reader| reader.endings.contains(&ending.as_str()));
        reader.map(|reader| reader.format)
    }

    fn reader(self) -> Option<&'static Reader> {
        FORMATS.iter().find(|reader| reader.format == self)
    }
}

/// A file as it is taken in: what its reader is given.
pub struct Accession<'a> {
    /// The file as the reader of the screen named it, for what is said about it.
    pub name: &'a str,
    /// Its bytes, from the beginning.
    pub bytes: &'a mut dyn BufRead,
    /// What the reader of the screen wants otherwise.
    pub options: &'a Options,
}

/// How the reader of the screen wants a file to be read, where it does not say so itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
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
}

/// Takes what a reader finds, in the order of the file.
pub trait Sink {
    /// A page begins.
    fn page(&mut self, page: Page);
    /// A record of the page that began last.
    fn record(&mut self, record: Record);
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
    read_with(name, format, &Options::default(), bytes, sink)
}

/// Reads one file as [`read`] does, and as the reader of the screen wants it.
///
/// # Errors
/// The bytes could not be had.
pub fn read_with(
    name: &str,
    format: Option<Format>,
    options: &Options,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    read_any(name, format, options, bytes, sink)
        .map_err(|source| ImportError { file: name.to_owned(), source })
}

fn read_any(
    name: &str,
    format: Option<Format>,
    options: &Options,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut beginning = Vec::new();
    (&mut *bytes).take(BEGINNING).read_to_end(&mut beginning)?;
    let format = format.or_else(|| Format::detect(&beginning));
    let binary = format.and_then(Format::reader).is_some_and(|reader| reader.binary);
    if let Some(message) = text::not_text(&beginning).filter(|_| !binary) {
        sink.problem(Problem::fault(name, None, message));
        return Ok(());
    }
    let format = format.or_else(|| Format::of_name(name)).unwrap_or(Format::ResultsPage);
    match format.reader() {
        Some(reader) => {
            let bytes = &mut beginning.as_slice().chain(bytes);
            (reader.read)(&mut Accession { name, bytes, options }, sink)
        }
        None => Ok(()),
    }
}
