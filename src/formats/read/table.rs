//! The table of formats that can be read: one row per format.
//!
//! A new format is a file in this folder and a row here, which makes the variant of [`Format`].

use std::io;

use super::{
    InputFile, Sink, archive_toml, bibtex, csl_json, dpla, dublin_core, ead, encoding, html, json,
    mail, marc, mods, notes, results_page, ris, spreadsheet, tei, title_form, tree, typed_list,
    xml_records,
};
use crate::record::Problem;
use crate::record::registry::registry;
use title_form::OwnTitlesSink;

/// Decides from the start of a file whether it certainly has a format.
#[derive(Clone, Copy)]
enum Detector {
    /// For a text format: gets the start as text.
    Text(fn(&str) -> bool),
    /// For a binary format: gets the bytes.
    Bytes(fn(&[u8]) -> bool),
}

use Detector::{Bytes, Text};

/// A row of the table: everything the program knows about a format.
struct FormatRow {
    /// The name on the command line, the same as that of an export in this format.
    name: &'static str,
    /// What the format is, in a few words for `fonds formats`.
    description: &'static str,
    /// The usual endings of file names, without the dot, in lower case.
    endings: &'static [&'static str],
    /// Recognises the format from the start of a file.
    detect: Detector,
    /// The parser.
    read: fn(&mut InputFile<'_>, &mut dyn Sink) -> io::Result<()>,
    /// Whether the parser needs the whole file in memory.
    needs_whole_file: bool,
}

registry! {
    /// A format that can be read. Detection tries them in this order, so a more specific format comes first.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Format: FormatRow;
    /// An archive file of fonds: TOML with `[archive]` and `[[record]]`.
    Toml => FormatRow {
        name: "toml",
        description: "an archive file: [archive] and [[record]]",
        endings: &["toml"],
        detect: Text(archive_toml::looks_like),
        read: archive_toml::read,
        needs_whole_file: true,
    },
    /// A workbook: XLSX, XLSM, XLSB or ODS.
    Xlsx => FormatRow {
        name: "xlsx",
        description: "a workbook: each sheet a table with named columns",
        endings: &["xlsx", "xlsm", "xlsb", "ods"],
        detect: Bytes(spreadsheet::workbook::looks_like),
        read: spreadsheet::workbook::read,
        needs_whole_file: true,
    },
    /// Mail: a message or a mailbox.
    Mail => FormatRow {
        name: "mail",
        description: "mail: a message (.eml) or a mailbox (mbox)",
        endings: &["eml", "emlx", "mbox", "mbx"],
        detect: Bytes(mail::looks_like),
        read: mail::read,
        needs_whole_file: false,
    },
    /// Binary MARC 21 (ISO 2709).
    Marc => FormatRow {
        name: "marc",
        description: "MARC 21 as catalogues exchange it",
        endings: &["mrc", "marc"],
        detect: Bytes(marc::looks_like_binary),
        read: marc::read_binary,
        needs_whole_file: false,
    },
    /// A finding aid in EAD 2002 or EAD3.
    Ead => FormatRow {
        name: "ead",
        description: "finding aids: EAD 2002 and EAD3",
        endings: &["ead"],
        detect: Text(ead::looks_like),
        read: ead::read,
        needs_whole_file: false,
    },
    /// A response of an archive to a harvest: OAI-PMH.
    OaiPmh => FormatRow {
        name: "oai-pmh",
        description: "an archive's responses to a harvest (OAI-PMH)",
        endings: &["oai"],
        detect: Text(xml_records::looks_like),
        read: xml_records::read,
        needs_whole_file: false,
    },
    /// MODS, one description or a collection.
    Mods => FormatRow {
        name: "mods",
        description: "MODS, one description or a collection",
        endings: &["mods"],
        detect: Text(mods::looks_like),
        read: mods::read,
        needs_whole_file: false,
    },
    /// MARC 21 as XML.
    MarcXml => FormatRow {
        name: "marcxml",
        description: "MARC 21 as XML",
        endings: &["marcxml"],
        detect: Text(marc::looks_like),
        read: marc::read,
        needs_whole_file: false,
    },
    /// A web page as a browser saves it: a list of results, a table, a page about one document.
    Html => FormatRow {
        name: "html",
        description: "a web page as saved from the browser: results, a table, one document",
        endings: &["html", "htm", "xhtml"],
        detect: Text(html::looks_like),
        read: html::read,
        needs_whole_file: true,
    },
    /// A page with all that it shows in one file, as Chrome and Edge save it.
    Mhtml => FormatRow {
        name: "mhtml",
        description: "a page saved as a single file by Chrome or Edge",
        endings: &["mhtml", "mht"],
        detect: Bytes(html::looks_like_mhtml),
        read: html::read_mhtml,
        needs_whole_file: true,
    },
    /// A page with all that it shows in one file, as Safari saves it.
    WebArchive => FormatRow {
        name: "webarchive",
        description: "a page saved by Safari",
        endings: &["webarchive"],
        detect: Bytes(html::looks_like_web_archive),
        read: html::read_web_archive,
        needs_whole_file: true,
    },
    /// Dublin Core, simple or qualified.
    DublinCore => FormatRow {
        name: "dublin-core",
        description: "Dublin Core, simple or qualified, and other XML with the same names",
        endings: &["dc"],
        detect: Text(dublin_core::looks_like),
        read: dublin_core::read,
        needs_whole_file: false,
    },
    /// TEI: letters, indexes of letters, volumes of editions.
    Tei => FormatRow {
        name: "tei",
        description: "TEI: letters, indexes of letters (CMIF), volumes of editions",
        endings: &["tei"],
        detect: Text(tei::looks_like),
        read: tei::read,
        needs_whole_file: false,
    },
    /// XML of any other shape.
    Xml => FormatRow {
        name: "xml",
        description: "XML of any other shape, with a list of records or one",
        endings: &["xml"],
        detect: Text(tree::looks_like_xml),
        read: tree::read_xml,
        needs_whole_file: false,
    },
    /// A reference list in RIS.
    Ris => FormatRow {
        name: "ris",
        description: "a reference list in RIS",
        endings: &["ris"],
        detect: Text(ris::looks_like),
        read: ris::read,
        needs_whole_file: false,
    },
    /// A reference list in BibTeX or BibLaTeX.
    BibTex => FormatRow {
        name: "biblatex",
        description: "a reference list in BibTeX or BibLaTeX",
        endings: &["bib", "bibtex"],
        detect: Text(bibtex::looks_like),
        read: bibtex::read,
        needs_whole_file: true,
    },
    /// Items of the Digital Public Library of America.
    Dpla => FormatRow {
        name: "dpla",
        description: "items of the Digital Public Library of America (JSON)",
        endings: &[],
        detect: Text(dpla::looks_like),
        read: dpla::read,
        needs_whole_file: false,
    },
    /// A reference list in CSL-JSON.
    CslJson => FormatRow {
        name: "csl-json",
        description: "a reference list in CSL-JSON",
        endings: &["csljson"],
        detect: Text(csl_json::looks_like),
        read: csl_json::read,
        needs_whole_file: false,
    },
    /// JSON Lines: one record per line.
    JsonLines => FormatRow {
        name: "jsonl",
        description: "JSON Lines: one record per line, {\"title\": ..., \"date\": ...}",
        endings: &["jsonl", "ndjson"],
        detect: Text(json::looks_like_lines),
        read: tree::read_json_lines,
        needs_whole_file: false,
    },
    /// A JSON document: a list of records, or an object with such a list.
    Json => FormatRow {
        name: "json",
        description: "JSON: a list of records, or an object with a list `records`",
        endings: &["json"],
        detect: Text(json::looks_like_document),
        read: tree::read_json,
        needs_whole_file: false,
    },
    /// Notes in Markdown, one a file.
    Notes => FormatRow {
        name: "notes",
        description: "a note in Markdown, with its fields above its text",
        endings: &["md", "markdown", "mdown"],
        detect: Text(notes::looks_like),
        read: notes::read,
        needs_whole_file: true,
    },
    /// YAML: a list of records, or an object with such a list.
    Yaml => FormatRow {
        name: "yaml",
        description: "YAML: a list of records, or an object with such a list",
        endings: &["yaml", "yml"],
        detect: Text(tree::looks_like_yaml),
        read: tree::read_yaml,
        needs_whole_file: true,
    },
    /// A table as text: CSV, TSV or similar.
    Csv => FormatRow {
        name: "csv",
        description: "a table as text (CSV, TSV): AtoM, ArchivesSpace, any with named columns",
        endings: &["csv", "tsv", "tab"],
        detect: Text(spreadsheet::delimited::looks_like),
        read: spreadsheet::delimited::read,
        needs_whole_file: false,
    },
    /// A list that a person typed: a line a document.
    TypedList => FormatRow {
        name: "typed-list",
        description: "a typed list: a line a document, with its date first or last",
        endings: &[],
        detect: Text(typed_list::looks_like),
        read: typed_list::read,
        needs_whole_file: true,
    },
    /// A results page of a digital archive, copied or saved as text.
    ResultsPage => FormatRow {
        name: "results-page",
        description: "a results page as text: date, title, summary",
        endings: &["txt", "text"],
        detect: Text(results_page::looks_like),
        read: results_page::read,
        needs_whole_file: true,
    },
}

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Format> {
        Format::ALL.iter().copied()
    }

    /// The format with this name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::all().find(|format| format.name() == name)
    }

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What the format is, in a few words.
    pub const fn description(self) -> &'static str {
        self.row().description
    }

    /// The usual endings of its file names, without the dot.
    pub const fn endings(self) -> &'static [&'static str] {
        self.row().endings
    }

    /// Whether the parser needs the whole file in memory. All others stream it.
    pub const fn needs_whole_file(self) -> bool {
        self.row().needs_whole_file
    }

    /// Whether the format is binary.
    pub(super) const fn is_binary(self) -> bool {
        matches!(self.row().detect, Bytes(_))
    }

    /// The format of a file, detected from its first bytes (about 16 KiB, without compression).
    ///
    /// Returns `None` if no format is certain.
    pub fn detect(beginning: &[u8]) -> Option<Format> {
        let (text, _) = encoding::decode(beginning);
        Format::all().find(|format| match format.row().detect {
            Text(looks_like) => looks_like(&text),
            Bytes(looks_like) => looks_like(beginning),
        })
    }

    /// The format of a file as [`Format::detect`] finds it, where its name does not say better. Notes hold
    /// anything, and lists in YAML begin like notes.
    pub(super) fn detect_named(name: &str, beginning: &[u8]) -> Option<Format> {
        let detected = Format::detect(beginning);
        match (detected, Format::from_file_name(name)) {
            (Some(Format::Notes), Some(Format::Yaml)) => Some(Format::Yaml),
            // Lines that end with a date stand in files of any format.
            (Some(Format::TypedList), Some(named)) if named != Format::ResultsPage => None,
            (
                Some(Format::ResultsPage | Format::TypedList | Format::Csv | Format::Yaml),
                Some(Format::Notes),
            ) if !results_page::has_count(&encoding::decode(beginning).0) => None,
            // A pipe has no name that says what comes through it.
            (None, None) if !name.contains('.') => Format::guess(beginning),
            _ => detected,
        }
    }

    /// The format of a text that its name would tell, from weaker signs than [`Format::detect`] needs.
    fn guess(beginning: &[u8]) -> Option<Format> {
        if mail::may_be(beginning) {
            return Some(Format::Mail);
        }
        let (text, _) = encoding::decode(beginning);
        spreadsheet::delimited::may_be(&text).then_some(Format::Csv)
    }

    /// Whether files of the format are ZIP archives.
    pub(crate) fn is_in_zip(self) -> bool {
        self == Format::Xlsx
    }

    /// The format that files with this ending usually have.
    pub fn from_file_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        Format::all().find(|format| format.endings().contains(&ending.as_str()))
    }

    /// Parses a file of this format.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(super) fn read(self, file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let row = self.row();
        if title_form::has_own_titles(self) {
            (row.read)(file, &mut OwnTitlesSink(sink))?;
        } else {
            (row.read)(file, sink)?;
        }
        if let Some(records) = file.options.records.as_ref().filter(|_| !self.has_lists()) {
            let message = format!(
                "`--records {records}` was not used: it chooses a list in JSON, XML and web pages, and this file was \
                 read as {}",
                row.name
            );
            sink.report(Problem::warning(file.name, None, message));
        }
        Ok(())
    }

    /// Whether the records of a file of this format may be in a list that the user chooses.
    fn has_lists(self) -> bool {
        use Format::{Html, Json, JsonLines, Mhtml, WebArchive, Xml, Yaml};
        [Html, Json, JsonLines, Mhtml, WebArchive, Xml, Yaml].contains(&self)
    }
}
