//! Records out to any writer, one file a format, and the table of formats. Nothing here opens a file.

pub mod archive_toml;
mod biblatex;
mod csl_json;
mod csv;
mod dublin_core;
mod html;
pub(crate) mod item_type;
mod json_lines;
mod markdown;
mod ris;
mod text;

use std::io::{self, Write};

use crate::record::{Archive, Field, Placed};
pub use json_lines::write_object;

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RIS, which Zotero and others import.
    Ris,
    /// A BibLaTeX database.
    BibLatex,
    /// CSL-JSON, which citation processors read.
    CslJson,
    /// A table.
    Csv,
    /// JSON Lines: a record a line, with the record's own keys.
    JsonLines,
    /// `archive.toml`.
    Toml,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// One self-contained page.
    Html,
    /// Simple Dublin Core as XML.
    DublinCore,
}

/// The records to write, and where they come from.
pub struct Set<'a> {
    /// The listings; a record's source is an index into them.
    pub archives: &'a [Archive],
    /// The records, in the order in which they are written.
    pub records: &'a mut dyn Iterator<Item = Placed>,
}

/// What the program knows of a format. A new one is a file of its own and a row in [`FORMATS`].
struct Writer {
    format: Format,
    name: &'static str,
    description: &'static str,
    endings: &'static [&'static str],
    /// Whether what is written reads back as the same records, to the letter.
    reads_back: bool,
    /// The fields that come back as they were where fonds reads it again, beside the days of the date.
    returns: &'static [Field],
    write: fn(&mut dyn Write, Set<'_>) -> io::Result<()>,
}

/// What comes back from reference lists with notes under the names of fields.
const NOTED: &[Field] = &[
    Field::Title,
    Field::Summary,
    Field::People,
    Field::Places,
    Field::Subjects,
    Field::Id,
    Field::Collection,
    Field::Language,
    Field::Rights,
    Field::Url,
];

/// What comes back from RIS, whose keywords are subjects and places in one.
const IN_LISTS: &[Field] = &[
    Field::Title,
    Field::Summary,
    Field::People,
    Field::Id,
    Field::Collection,
    Field::Language,
    Field::Rights,
    Field::Url,
];

/// What comes back from a table. Several titles or summaries of a record are one text there.
const IN_TABLES: &[Field] = &[
    Field::People,
    Field::Places,
    Field::Subjects,
    Field::Source,
    Field::Id,
    Field::Collection,
    Field::Language,
    Field::Rights,
    Field::Url,
];

/// What comes back from Dublin Core, in which descriptions hold all that has no element.
const IN_ELEMENTS: &[Field] =
    &[Field::Title, Field::People, Field::Places, Field::Subjects, Field::Language, Field::Rights];

/// All formats.
const FORMATS: &[Writer] = &[
    Writer {
        format: Format::Ris,
        name: "ris",
        description: "RIS, for Zotero and others",
        endings: &["ris"],
        reads_back: false,
        returns: IN_LISTS,
        write: ris::write,
    },
    Writer {
        format: Format::BibLatex,
        name: "biblatex",
        description: "a BibLaTeX database",
        endings: &["bib"],
        reads_back: false,
        returns: NOTED,
        write: biblatex::write,
    },
    Writer {
        format: Format::CslJson,
        name: "csl-json",
        description: "CSL-JSON, for citation processors",
        endings: &["json"],
        reads_back: false,
        returns: NOTED,
        write: csl_json::write,
    },
    Writer {
        format: Format::Csv,
        name: "csv",
        description: "a table, a record a row",
        endings: &["csv"],
        reads_back: false,
        returns: IN_TABLES,
        write: csv::write,
    },
    Writer {
        format: Format::JsonLines,
        name: "jsonl",
        description: "JSON Lines: a record a line, {\"title\": ..., \"date\": ...}",
        endings: &["jsonl", "ndjson"],
        reads_back: true,
        returns: &Field::ALL,
        write: json_lines::write,
    },
    Writer {
        format: Format::Toml,
        name: "toml",
        description: "an archive file: [archive] and [[record]]",
        endings: &["toml"],
        reads_back: true,
        returns: &Field::ALL,
        write: write_toml,
    },
    Writer {
        format: Format::Markdown,
        name: "markdown",
        description: "Markdown: a heading a record",
        endings: &["md", "markdown"],
        reads_back: false,
        returns: &[],
        write: markdown::write,
    },
    Writer {
        format: Format::Text,
        name: "text",
        description: "plain text, to read or print",
        endings: &["txt", "text"],
        reads_back: false,
        returns: &[],
        write: text::write,
    },
    Writer {
        format: Format::Html,
        name: "html",
        description: "one page with everything in it",
        endings: &["html", "htm"],
        reads_back: false,
        returns: &[],
        write: html::write,
    },
    Writer {
        format: Format::DublinCore,
        name: "dublin-core",
        description: "simple Dublin Core as XML",
        endings: &["xml"],
        reads_back: false,
        returns: IN_ELEMENTS,
        write: dublin_core::write,
    },
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        FORMATS.iter().map(|writer| writer.format)
    }

    /// The format with this name.
    pub fn from_name(name: &str) -> Option<Format> {
        FORMATS.iter().find(|writer| writer.name == name).map(|writer| writer.format)
    }

    /// The format that a file with this name is to have.
    pub fn of_file(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let writer = FORMATS.iter().find(|writer| writer.endings.contains(&ending.as_str()));
        writer.map(|writer| writer.format)
    }

    /// The name of the format on the command line.
    pub fn name(self) -> &'static str {
        self.writer().map_or("", |writer| writer.name)
    }

    /// What the format is, in a few words.
    pub fn description(self) -> &'static str {
        self.writer().map_or("", |writer| writer.description)
    }

    /// How the names of its files end, without the dot.
    pub fn endings(self) -> &'static [&'static str] {
        self.writer().map_or(&[], |writer| writer.endings)
    }

    /// Whether what is written reads back as the same records, to the letter.
    pub fn reads_back(self) -> bool {
        self.writer().is_some_and(|writer| writer.reads_back)
    }

    /// The fields of a record that come back as they were where fonds reads again what it wrote, but
    /// for white space, names that are turned round, and what stands for an id or a title that a record
    /// does not have. The days of its date come back too.
    pub fn returns(self) -> &'static [Field] {
        self.writer().map_or(&[], |writer| writer.returns)
    }

    /// Whether a file of it is of one archive only.
    pub fn holds_one_archive(self) -> bool {
        self == Format::Toml
    }

    /// Writes records in this format.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write(self, out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
        match self.writer() {
            Some(writer) => (writer.write)(out, set),
            None => Ok(()),
        }
    }

    fn writer(self) -> Option<&'static Writer> {
        FORMATS.iter().find(|writer| writer.format == self)
    }
}

/// The archive that a record comes from.
pub(crate) fn archive_of<'a>(archives: &'a [Archive], placed: &Placed) -> Option<&'a Archive> {
    archives.get(usize::from(placed.source))
}

/// Writes an archive file of the first archive: others have no place in it.
fn write_toml(out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
    let Set { archives, records } = set;
    let none = Archive::default();
    let archive = archives.first().unwrap_or(&none);
    archive_toml::write(out, archive, records.map(|placed| placed.record))
}
