//! Bytes into records and problems: the table of formats, and the way in. Nothing here opens a file.

use std::io::{self, BufRead, Read};

mod archive_toml;
mod compressed;
mod dated;
mod dates;
mod dublin_core;
mod ead;
pub mod gather;
mod harvest;
mod json;
mod marc;
mod mods;
mod part;
mod results_page;
mod text;
mod xml;

pub use part::{Memory, Part};

use crate::record::{Archive, Problem, Record};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `archive.toml`: `[archive]` and `[[record]]`.
    Toml,
    /// JSON Lines: a record a line.
    JsonLines,
    /// A JSON document: a list of records, or an object that has one.
    Json,
    /// A finding aid.
    Ead,
    /// The answer of an archive that is harvested.
    OaiPmh,
    /// A description in MODS, or a collection of them.
    Mods,
    /// Catalogue cards as XML.
    MarcXml,
    /// Catalogue cards in their exchange form.
    Marc,
    /// A description in Dublin Core.
    DublinCore,
    /// A results page of a digital archive, copied or saved as text.
    ResultsPage,
}

/// What the program knows of a format. A new one is a file of its own and a row in [`FORMATS`].
struct Reader {
    format: Format,
    name: &'static str,
    description: &'static str,
    endings: &'static [&'static str],
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
        looks_like: archive_toml::looks_like,
        read: archive_toml::read,
    },
    Reader {
        format: Format::JsonLines,
        name: "jsonl",
        description: "JSON Lines: a record a line, {\"title\": ..., \"date\": ...}",
        endings: &["jsonl", "ndjson"],
        looks_like: json::looks_like_lines,
        read: json::read_lines,
    },
    Reader {
        format: Format::Json,
        name: "json",
        description: "JSON: a list of records, or an object with a list `records`",
        endings: &["json"],
        looks_like: json::looks_like_document,
        read: json::read_document,
    },
    Reader {
        format: Format::Ead,
        name: "ead",
        description: "finding aids: EAD 2002 and EAD3",
        endings: &["ead"],
        looks_like: ead::looks_like,
        read: ead::read,
    },
    Reader {
        format: Format::OaiPmh,
        name: "oai-pmh",
        description: "what an archive answers when it is harvested",
        endings: &["oai"],
        looks_like: harvest::looks_like,
        read: harvest::read,
    },
    Reader {
        format: Format::Mods,
        name: "mods",
        description: "MODS, one description or a collection",
        endings: &["mods"],
        looks_like: mods::looks_like,
        read: mods::read,
    },
    Reader {
        format: Format::MarcXml,
        name: "marcxml",
        description: "MARC 21 as XML",
        endings: &["marcxml"],
        looks_like: marc::looks_like,
        read: marc::read,
    },
    Reader {
        format: Format::Marc,
        name: "marc",
        description: "MARC 21 as catalogues exchange it",
        endings: &["mrc", "marc"],
        looks_like: |_| false,
        read: marc::read_binary,
    },
    Reader {
        format: Format::DublinCore,
        name: "dublin-core",
        description: "Dublin Core, simple or qualified, and other XML by the same names",
        endings: &["xml", "dc"],
        looks_like: dublin_core::looks_like,
        read: dublin_core::read,
    },
    Reader {
        format: Format::ResultsPage,
        name: "results-page",
        description: "a results page as text: date, title, summary",
        endings: &["txt", "text"],
        looks_like: results_page::looks_like,
        read: results_page::read,
    },
];

/// Whether bytes begin as a file of a format does.
type Begins = fn(&[u8]) -> bool;

/// Formats that are no text, and how their files begin: they are looked for before any other.
const BINARY: &[(Format, Begins)] = &[(Format::Marc, marc::begins)];

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
        if let Some((format, _)) = BINARY.iter().find(|(_, begins)| begins(beginning)) {
            return Some(*format);
        }
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
    read_any(name, format, bytes, sink)
        .map_err(|source| ImportError { file: name.to_owned(), source })
}

fn read_any(
    name: &str,
    format: Option<Format>,
    bytes: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let (mut bytes, name_within) = (compressed::unpacked(bytes)?, compressed::inner_name(name));
    let mut beginning = Vec::new();
    (&mut *bytes).take(BEGINNING).read_to_end(&mut beginning)?;
    let binary = |(of, begins): &(Format, Begins)| begins(&beginning) || format == Some(*of);
    if let Some(message) = text::not_text(&beginning).filter(|_| !BINARY.iter().any(binary)) {
        sink.problem(Problem::fault(name, None, message));
        return Ok(());
    }
    let format = format
        .or_else(|| Format::detect(&beginning))
        .or_else(|| Format::of_name(name_within))
        .unwrap_or(Format::ResultsPage);
    match format.reader() {
        Some(reader) => {
            let bytes = &mut beginning.as_slice().chain(bytes);
            (reader.read)(&mut Accession { name, bytes }, sink)
        }
        None => Ok(()),
    }
}
