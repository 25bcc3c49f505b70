//! Cites records in several styles, listed in one table.
//!
//! This folder uses `record`, `text`, `formats::document`, `formats::rich_text` and `formats::write`. Start
//! reading with [`Style`].

mod containers;
mod contributors;
mod date;
mod date_words;
mod distinct_names;
pub(crate) mod item;
mod people;
mod preferred;
mod punctuation;
mod style;
pub(crate) mod title;
mod title_date;
mod title_names;

use std::io::{self, Write};

use super::write::{Format, RecordStream, archive_of};
use crate::record::registry::registry;
use crate::record::{Archive, ArchiveId, Record, SourcedRecord};
use item::CitationItem;

/// How a style writes citations.
enum StyleOutput {
    /// One line of text per record.
    Line(fn(&CitationItem<'_>) -> String),
    /// The entries of an export format.
    Export(Format),
}

/// The description of a style.
struct StyleRow {
    name: &'static str,
    description: &'static str,
    output: StyleOutput,
}

registry! {
    /// A citation style.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Style: StyleRow;
    /// The citation that the archive prefers, otherwise the form that digital archives print.
    Archive => StyleRow {
        name: "archive",
        description: "the one that the archive prefers, or a plain one",
        output: StyleOutput::Line(style::archive),
    },
    /// A note of the Chicago Manual of Style.
    #[default]
    ChicagoNote => StyleRow {
        name: "chicago-note",
        description: "Chicago Manual of Style, a note",
        output: StyleOutput::Line(style::chicago_note),
    },
    /// An entry in a bibliography of the Chicago Manual of Style.
    ChicagoBibliography => StyleRow {
        name: "chicago-bibliography",
        description: "Chicago Manual of Style, an entry in a bibliography",
        output: StyleOutput::Line(style::chicago_bibliography),
    },
    /// The MLA Handbook, 9th edition.
    Mla => StyleRow {
        name: "mla",
        description: "MLA Handbook, 9th edition",
        output: StyleOutput::Line(style::mla),
    },
    /// The Publication Manual of the APA, 7th edition.
    Apa => StyleRow {
        name: "apa",
        description: "APA Publication Manual, 7th edition",
        output: StyleOutput::Line(style::apa),
    },
    /// A RIS reference.
    Ris => StyleRow {
        name: "ris",
        description: "an entry in RIS",
        output: StyleOutput::Export(Format::Ris),
    },
    /// A BibLaTeX entry.
    BibLatex => StyleRow {
        name: "biblatex",
        description: "an entry in BibLaTeX",
        output: StyleOutput::Export(Format::BibLatex),
    },
    /// A CSL-JSON item.
    CslJson => StyleRow {
        name: "csl-json",
        description: "an item in CSL-JSON",
        output: StyleOutput::Export(Format::CslJson),
    },
}

impl Style {
    /// Returns all styles.
    pub fn all() -> impl Iterator<Item = Style> {
        Style::ALL.iter().copied()
    }

    /// Returns the names of all styles.
    pub fn names() -> Vec<&'static str> {
        Style::all().map(Style::name).collect()
    }

    /// Returns the style with this command line name.
    pub fn from_name(name: &str) -> Option<Style> {
        Style::all().find(|style| style.name() == name)
    }

    /// Returns the style's name on the command line.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns a description of a few words.
    pub fn description(self) -> &'static str {
        self.row().description
    }

    /// Whether a citation is one line, and no entry of an export format.
    pub(crate) fn is_line(self) -> bool {
        matches!(self.row().output, StyleOutput::Line(_))
    }

    /// Writes a citation for each record.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write(self, out: &mut dyn Write, stream: RecordStream<'_>) -> io::Result<()> {
        let cite = match &self.row().output {
            StyleOutput::Export(format) => return format.write(out, stream),
            StyleOutput::Line(cite) => cite,
        };
        for sourced in stream.records {
            let archive = archive_of(stream.archives, &sourced);
            let line = cite(&CitationItem::new(&sourced.record, archive));
            writeln!(out, "{}", one_line(&line))?;
        }
        Ok(())
    }

    /// Returns the citation of one record, without a line end.
    pub fn cite(self, record: &Record, archive: Option<&Archive>) -> String {
        let archives: Vec<Archive> = archive.cloned().into_iter().collect();
        let mut records = std::iter::once(SourcedRecord {
            archive: ArchiveId::default(),
            record: record.clone(),
        });
        let mut out = Vec::new();
        // Writing to memory cannot fail.
        let _ = self.write(&mut out, RecordStream { archives: &archives, records: &mut records });
        String::from_utf8_lossy(&out).trim_end_matches('\n').to_owned()
    }
}

/// Returns a citation on one line, without the control characters and line ends of its values.
fn one_line(citation: &str) -> String {
    let is_gap = |letter: char| letter.is_whitespace() && letter != '\u{a0}' || letter.is_control();
    citation.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether the citation of a record in a style names who keeps it, or is the one that the archive prefers.
pub(crate) fn names_archive(archives: &[Archive], sourced: &SourcedRecord, style: Style) -> bool {
    item::names_archive(&sourced.record, archive_of(archives, sourced), style)
}
