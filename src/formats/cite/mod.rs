//! Citations: the styles a record can be cited in, as one table.

mod date;
mod name;
mod style;

use std::io::{self, Write};

pub use name::{Name, inverted, says_more};

use super::write::{Format, Set, archive_of};
use crate::record::{Archive, Placed, Record};

/// A way to cite a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// As digital archives write it under their documents.
    Archive,
    /// A note of the Chicago Manual of Style.
    #[default]
    ChicagoNote,
    /// An entry in a bibliography of the Chicago Manual of Style.
    ChicagoBibliography,
    /// The MLA Handbook, 9th edition.
    Mla,
    /// The Publication Manual of the APA, 7th edition.
    Apa,
    /// An entry in RIS.
    Ris,
    /// An entry in BibLaTeX.
    BibLatex,
    /// An item in CSL-JSON.
    CslJson,
}

/// How a style writes its citations.
enum Form {
    /// A line a record.
    Line(fn(&Record, Option<&Archive>) -> String),
    /// As an export format does.
    Export(Format),
}

/// What the program knows of a style.
struct Row {
    style: Style,
    name: &'static str,
    description: &'static str,
    form: Form,
}

/// All styles.
const STYLES: &[Row] = &[
    Row {
        style: Style::Archive,
        name: "archive",
        description: "as digital archives write it under their documents",
        form: Form::Line(style::archive),
    },
    Row {
        style: Style::ChicagoNote,
        name: "chicago-note",
        description: "Chicago Manual of Style, a note",
        form: Form::Line(style::chicago_note),
    },
    Row {
        style: Style::ChicagoBibliography,
        name: "chicago-bibliography",
        description: "Chicago Manual of Style, an entry in a bibliography",
        form: Form::Line(style::chicago_bibliography),
    },
    Row {
        style: Style::Mla,
        name: "mla",
        description: "MLA Handbook, 9th edition",
        form: Form::Line(style::mla),
    },
    Row {
        style: Style::Apa,
        name: "apa",
        description: "APA Publication Manual, 7th edition",
        form: Form::Line(style::apa),
    },
    Row {
        style: Style::Ris,
        name: "ris",
        description: "an entry in RIS",
        form: Form::Export(Format::Ris),
    },
    Row {
        style: Style::BibLatex,
        name: "biblatex",
        description: "an entry in BibLaTeX",
        form: Form::Export(Format::BibLatex),
    },
    Row {
        style: Style::CslJson,
        name: "csl-json",
        description: "an item in CSL-JSON",
        form: Form::Export(Format::CslJson),
    },
];

impl Style {
    /// All styles.
    pub fn all() -> impl Iterator<Item = Style> {
        STYLES.iter().map(|row| row.style)
    }

    /// The style with this name.
    pub fn from_name(name: &str) -> Option<Style> {
        STYLES.iter().find(|row| row.name == name).map(|row| row.style)
    }

    /// The name of the style on the command line.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// What the style is, in a few words.
    pub fn description(self) -> &'static str {
        self.row().map_or("", |row| row.description)
    }

    /// Writes a citation for each record.
    ///
    /// # Errors
    /// The writer failed.
    pub fn write(self, out: &mut dyn Write, set: Set<'_>) -> io::Result<()> {
        let form = match self.row().map(|row| &row.form) {
            Some(Form::Export(format)) => return format.write(out, set),
            Some(Form::Line(form)) => form,
            None => return Ok(()),
        };
        for placed in set.records {
            writeln!(out, "{}", form(&placed.record, archive_of(set.archives, &placed)))?;
        }
        Ok(())
    }

    /// The citation of one record, without a line end behind it.
    pub fn cite(self, record: &Record, archive: Option<&Archive>) -> String {
        let archives: Vec<Archive> = archive.cloned().into_iter().collect();
        let mut records = std::iter::once(Placed { source: 0, record: record.clone() });
        let mut out = Vec::new();
        // Memory is always there to be written to.
        let _ = self.write(&mut out, Set { archives: &archives, records: &mut records });
        String::from_utf8_lossy(&out).trim_end_matches('\n').to_owned()
    }

    fn row(self) -> Option<&'static Row> {
        STYLES.iter().find(|row| row.style == self)
    }
}
