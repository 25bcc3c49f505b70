//! The table of formats that can be read. A new one is a file of its own and a row here.

use std::io;

use super::{
    Accession, Sink, archive_toml, bibtex, csl_json, dpla, dublin_core, ead, encoding, html, json,
    marc, mods, results_page, ris, spreadsheet, xml_records,
};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An archive file: `[archive]` and `[[record]]`.
    Toml,
    /// A workbook of spreadsheets.
    Xlsx,
    /// Catalogue cards in their exchange form (ISO 2709).
    Marc,
    /// A finding aid.
    Ead,
    /// The answer of an archive that is harvested.
    OaiPmh,
    /// A description in MODS, or a collection of them.
    Mods,
    /// Catalogue cards as XML.
    MarcXml,
    /// A results page of a digital archive as a browser saves it.
    Html,
    /// A description in Dublin Core.
    DublinCore,
    /// A reference list in RIS.
    Ris,
    /// A reference list in BibTeX or BibLaTeX.
    BibTex,
    /// Items of the Digital Public Library of America.
    Dpla,
    /// A reference list in CSL-JSON.
    CslJson,
    /// JSON Lines: a record a line.
    JsonLines,
    /// A JSON document: a list of records, or an object that has one.
    Json,
    /// A table as text: CSV, TSV and their kind.
    Csv,
    /// A results page of a digital archive, copied or saved as text.
    ResultsPage,
}

/// Tells whether a file that begins so is surely of a format.
#[derive(Clone, Copy)]
enum Beginning {
    /// From its text.
    Text(fn(&str) -> bool),
    /// From its bytes: the format is no text.
    Bytes(fn(&[u8]) -> bool),
}

use Beginning::{Bytes, Text};

/// What the program knows of a format.
struct Reader {
    format: Format,
    /// What it is called on the command line; an export of the same format has the same name.
    name: &'static str,
    description: &'static str,
    /// How the names of its files end.
    endings: &'static [&'static str],
    begins: Beginning,
    read: fn(&mut Accession<'_>, &mut dyn Sink) -> io::Result<()>,
    /// Whether a file is held in memory as a whole, since its crate or the meaning of its lines asks
    /// for that.
    whole: bool,
}

/// All formats, in the order in which a file is tried.
const FORMATS: &[Reader] = &[
    Reader {
        format: Format::Toml,
        name: "toml",
        description: "an archive file: [archive] and [[record]]",
        endings: &["toml"],
        begins: Text(archive_toml::looks_like),
        read: archive_toml::read,
        whole: true,
    },
    Reader {
        format: Format::Xlsx,
        name: "xlsx",
        description: "a workbook: each sheet a table with named columns",
        endings: &["xlsx", "xlsm", "xlsb", "ods"],
        begins: Bytes(spreadsheet::workbook::begins),
        read: spreadsheet::workbook::read,
        whole: true,
    },
    Reader {
        format: Format::Marc,
        name: "marc",
        description: "MARC 21 as catalogues exchange it",
        endings: &["mrc", "marc"],
        begins: Bytes(marc::begins),
        read: marc::read_binary,
        whole: false,
    },
    Reader {
        format: Format::Ead,
        name: "ead",
        description: "finding aids: EAD 2002 and EAD3",
        endings: &["ead"],
        begins: Text(ead::looks_like),
        read: ead::read,
        whole: false,
    },
    Reader {
        format: Format::OaiPmh,
        name: "oai-pmh",
        description: "what an archive answers when it is harvested (OAI-PMH)",
        endings: &["oai"],
        begins: Text(xml_records::looks_like),
        read: xml_records::read,
        whole: false,
    },
    Reader {
        format: Format::Mods,
        name: "mods",
        description: "MODS, one description or a collection",
        endings: &["mods"],
        begins: Text(mods::looks_like),
        read: mods::read,
        whole: false,
    },
    Reader {
        format: Format::MarcXml,
        name: "marcxml",
        description: "MARC 21 as XML",
        endings: &["marcxml"],
        begins: Text(marc::looks_like),
        read: marc::read,
        whole: false,
    },
    Reader {
        format: Format::Html,
        name: "html",
        description: "a results page as saved from the browser",
        endings: &["html", "htm", "xhtml"],
        begins: Text(html::looks_like),
        read: html::read,
        whole: true,
    },
    Reader {
        format: Format::DublinCore,
        name: "dublin-core",
        description: "Dublin Core, simple or qualified, and other XML by the same names",
        endings: &["xml", "dc"],
        begins: Text(dublin_core::looks_like),
        read: dublin_core::read,
        whole: false,
    },
    Reader {
        format: Format::Ris,
        name: "ris",
        description: "a reference list in RIS",
        endings: &["ris"],
        begins: Text(ris::looks_like),
        read: ris::read,
        whole: false,
    },
    Reader {
        format: Format::BibTex,
        name: "biblatex",
        description: "a reference list in BibTeX or BibLaTeX",
        endings: &["bib", "bibtex"],
        begins: Text(bibtex::looks_like),
        read: bibtex::read,
        whole: true,
    },
    Reader {
        format: Format::Dpla,
        name: "dpla",
        description: "items of the Digital Public Library of America (JSON)",
        endings: &[],
        begins: Text(dpla::looks_like),
        read: dpla::read,
        whole: false,
    },
    Reader {
        format: Format::CslJson,
        name: "csl-json",
        description: "a reference list in CSL-JSON",
        endings: &["csljson"],
        begins: Text(csl_json::looks_like),
        read: csl_json::read,
        whole: false,
    },
    Reader {
        format: Format::JsonLines,
        name: "jsonl",
        description: "JSON Lines: a record a line, {\"title\": ..., \"date\": ...}",
        endings: &["jsonl", "ndjson"],
        begins: Text(json::looks_like_lines),
        read: json::read_lines,
        whole: false,
    },
    Reader {
        format: Format::Json,
        name: "json",
        description: "JSON: a list of records, or an object with a list `records`",
        endings: &["json"],
        begins: Text(json::looks_like_document),
        read: json::read_document,
        whole: false,
    },
    Reader {
        format: Format::Csv,
        name: "csv",
        description: "a table as text (CSV, TSV): AtoM, ArchivesSpace, any with named columns",
        endings: &["csv", "tsv", "tab"],
        begins: Text(spreadsheet::delimited::looks_like),
        read: spreadsheet::delimited::read,
        whole: false,
    },
    Reader {
        format: Format::ResultsPage,
        name: "results-page",
        description: "a results page as text: date, title, summary",
        endings: &["txt", "text"],
        begins: Text(results_page::looks_like),
        read: results_page::read,
        whole: true,
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

    /// How the names of its files usually end.
    pub fn endings(self) -> &'static [&'static str] {
        self.reader().map_or(&[], |reader| reader.endings)
    }

    /// Whether a file is held in memory as a whole while it is read; of other files only what is being
    /// read is.
    pub fn is_read_whole(self) -> bool {
        self.reader().is_some_and(|reader| reader.whole)
    }

    /// Whether its files are no text.
    pub(super) fn is_binary(self) -> bool {
        self.reader().is_some_and(|reader| matches!(reader.begins, Bytes(_)))
    }

    /// The format that a file is surely of, from its first few thousand bytes.
    pub fn detect(beginning: &[u8]) -> Option<Format> {
        let (text, _) = encoding::decode(beginning);
        let begins = |reader: &&Reader| match reader.begins {
            Text(looks_like) => looks_like(&text),
            Bytes(begins) => begins(beginning),
        };
        FORMATS.iter().find(begins).map(|reader| reader.format)
    }

    /// The format that files with this name usually are.
    pub fn of_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let reader = FORMATS.iter().find(|reader| reader.endings.contains(&ending.as_str()));
        reader.map(|reader| reader.format)
    }

    /// Reads a file of this format.
    ///
    /// # Errors
    /// The bytes could not be had.
    pub(super) fn read(self, file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.reader().map_or(Ok(()), |reader| (reader.read)(file, sink))
    }

    /// Its row of the table.
    fn reader(self) -> Option<&'static Reader> {
        FORMATS.iter().find(|reader| reader.format == self)
    }
}
