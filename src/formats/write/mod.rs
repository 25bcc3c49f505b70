//! Writes records in export formats. Nothing here opens a file.
//!
//! Each format has one file and one row in the table of `Format`. This folder uses `record` and what
//! `formats` has for several folders, but neither `formats::cite` nor `formats::read`. Start
//! reading with [`Format`] and a short writer such as `markdown.rs`.

pub mod archive_toml;
mod biblatex;
mod control_signs;
mod csl_json;
mod csv;
mod dublin_core;
mod html;
mod json_lines;
mod markdown;
mod names;
mod notes;
mod ris;
mod shared_values;
mod text;

use std::io::{self, Write};

use crate::record::registry::registry;
use crate::record::{Archive, Field, SourcedRecord};
use control_signs::ControlSigns;
pub use control_signs::has_controls;
pub use json_lines::write_object;
pub use text::write_short_text;

/// The records to write, with their archives.
pub struct RecordStream<'a> {
    /// The archives; each record names its archive by an index into this slice.
    pub archives: &'a [Archive],
    /// The records, in output order.
    pub records: &'a mut dyn Iterator<Item = SourcedRecord>,
}

/// The description of a format: a row of its table.
struct FormatRow {
    name: &'static str,
    description: &'static str,
    endings: &'static [&'static str],
    /// Whether reading a written file gives exactly the same records.
    is_lossless: bool,
    /// The fields that survive writing and reading; see [`Format::preserved_fields`].
    preserved_fields: &'static [Field],
    write: fn(&mut dyn Write, RecordStream<'_>) -> io::Result<()>,
}

/// The fields that RIS, BibLaTeX and CSL-JSON preserve: all of them. Notes hold what has no field of
/// its own.
const PRESERVED_BY_REFERENCE_LISTS: &[Field] = &Field::ALL;

/// The fields that CSV preserves. It joins several titles or summaries of a record to one text.
const PRESERVED_BY_CSV: &[Field] = &[
    Field::People,
    Field::Places,
    Field::Subjects,
    Field::Source,
    Field::Id,
    Field::Collection,
    Field::Language,
    Field::Rights,
    Field::Url,
    Field::Creator,
    Field::Recipient,
    Field::Contributor,
    Field::ContributorRole,
    Field::Repository,
    Field::ArchivePlace,
    Field::Series,
    Field::Box,
    Field::Folder,
    Field::ReferenceCode,
    Field::PreferredCitation,
    Field::Container,
];

/// The fields that Dublin Core preserves. Its elements mix names, and its descriptions mix everything
/// that has no element.
const PRESERVED_BY_DUBLIN_CORE: &[Field] =
    &[Field::Title, Field::Places, Field::Subjects, Field::Language, Field::Rights];

registry! {
    /// A format that can be written. A new one needs a row here and a file of its own.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Format: FormatRow;
    /// RIS, which Zotero and other reference managers import.
    Ris => FormatRow {
        name: "ris",
        description: "RIS, for Zotero and others",
        endings: &["ris"],
        is_lossless: false,
        preserved_fields: PRESERVED_BY_REFERENCE_LISTS,
        write: ris::write,
    },
    /// A BibLaTeX database.
    BibLatex => FormatRow {
        name: "biblatex",
        description: "a BibLaTeX database",
        endings: &["bib"],
        is_lossless: false,
        preserved_fields: PRESERVED_BY_REFERENCE_LISTS,
        write: biblatex::write,
    },
    /// CSL-JSON, the input of citation processors.
    CslJson => FormatRow {
        name: "csl-json",
        description: "CSL-JSON, for citation processors",
        endings: &["json"],
        is_lossless: false,
        preserved_fields: PRESERVED_BY_REFERENCE_LISTS,
        write: csl_json::write,
    },
    /// CSV: a table with one row per record.
    Csv => FormatRow {
        name: "csv",
        description: "a table, one record per row",
        endings: &["csv"],
        is_lossless: false,
        preserved_fields: PRESERVED_BY_CSV,
        write: csv::write,
    },
    /// JSON Lines: one JSON object per line, with the keys of an archive file.
    JsonLines => FormatRow {
        name: "jsonl",
        description: "JSON Lines: one record per line, {\"title\": ..., \"date\": ...}",
        endings: &["jsonl", "ndjson"],
        is_lossless: true,
        preserved_fields: &Field::ALL,
        write: json_lines::write,
    },
    /// An archive file (`archive.toml`).
    Toml => FormatRow {
        name: "toml",
        description: "an archive file: [archive] and [[record]]",
        endings: &["toml"],
        is_lossless: true,
        preserved_fields: &Field::ALL,
        write: write_toml,
    },
    /// Markdown.
    Markdown => FormatRow {
        name: "markdown",
        description: "Markdown: one heading per record",
        endings: &["md", "markdown"],
        is_lossless: false,
        preserved_fields: &[],
        write: markdown::write,
    },
    /// Plain text.
    Text => FormatRow {
        name: "text",
        description: "plain text, to read or print",
        endings: &["txt", "text"],
        is_lossless: false,
        preserved_fields: &[],
        write: text::write,
    },
    /// One HTML page that loads nothing from elsewhere.
    Html => FormatRow {
        name: "html",
        description: "one web page without other files",
        endings: &["html", "htm"],
        is_lossless: false,
        preserved_fields: &[],
        write: html::write,
    },
    /// Simple Dublin Core as XML.
    DublinCore => FormatRow {
        name: "dublin-core",
        description: "simple Dublin Core as XML",
        endings: &["xml"],
        is_lossless: false,
        preserved_fields: PRESERVED_BY_DUBLIN_CORE,
        write: dublin_core::write,
    },
}

impl Format {
    /// Returns all formats.
    pub fn all() -> impl Iterator<Item = Format> {
        Format::ALL.iter().copied()
    }

    /// Returns the format with this command line name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::all().find(|format| format.name() == name)
    }

    /// Returns the format for a file name, by its ending.
    pub fn from_file_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        Format::all().find(|format| format.endings().contains(&ending.as_str()))
    }

    /// Returns the format's name on the command line.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns a description of a few words.
    pub fn description(self) -> &'static str {
        self.row().description
    }

    /// Returns the endings of its file names, without the dot.
    pub fn endings(self) -> &'static [&'static str] {
        self.row().endings
    }

    /// Whether reading a written file gives exactly the same records.
    pub fn is_lossless(self) -> bool {
        self.row().is_lossless
    }

    /// Returns the fields whose values survive when fonds reads a file that it wrote.
    ///
    /// White space may change, and a record without an id, a title or a repository may get one. The
    /// days of the date survive too, and its text where it says more than the days.
    pub fn preserved_fields(self) -> &'static [Field] {
        self.row().preserved_fields
    }

    /// Whether a file of this format describes only one archive.
    pub fn holds_one_archive(self) -> bool {
        self == Format::Toml
    }

    /// Whether a file of this format holds control characters such as NUL. In the others a sign such as
    /// `␀` stands for each.
    pub fn holds_controls(self) -> bool {
        matches!(self, Format::JsonLines | Format::Toml | Format::CslJson)
    }

    /// Writes records in this format.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write(self, out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
        let write = self.row().write;
        if self.holds_controls() {
            write(out, stream)
        } else {
            write(&mut ControlSigns(out), stream)
        }
    }
}

/// Returns the archive of a record.
pub(crate) fn archive_of<'a>(
    archives: &'a [Archive],
    sourced: &SourcedRecord,
) -> Option<&'a Archive> {
    archives.get(sourced.archive.index())
}

/// Writes an archive file. It describes only the first archive, since the format holds one.
fn write_toml(out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
    let RecordStream { archives, records } = stream;
    let empty = Archive::default();
    let archive = archives.first().unwrap_or(&empty);
    archive_toml::write(out, archive, records.map(|sourced| sourced.record))
}
