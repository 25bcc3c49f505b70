//! The formats in which titles are those of the documents themselves, and not devised by archivists.

use super::{Format, NameMapping, PageStart, RecordPart, Sink};
use crate::record::{Problem, Record, TitleForm};

/// The formats of reference lists and library catalogues.
const FORMATS_WITH_OWN_TITLES: [Format; 8] = [
    Format::Ris,
    Format::BibTex,
    Format::CslJson,
    Format::Mods,
    Format::Marc,
    Format::MarcXml,
    Format::DublinCore,
    Format::OaiPmh,
];

/// Whether titles of a format are those of the documents, where nothing else is said.
pub(super) fn has_own_titles(format: Format) -> bool {
    FORMATS_WITH_OWN_TITLES.contains(&format)
}

/// A sink that says so of every archive, and passes everything on.
pub(super) struct OwnTitlesSink<'s>(pub(super) &'s mut dyn Sink);

impl Sink for OwnTitlesSink<'_> {
    fn start_page(&mut self, mut page: PageStart) {
        page.archive.set_title_form(TitleForm::Quoted);
        self.0.start_page(page);
    }

    fn add_record(&mut self, record: Record) {
        self.0.add_record(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        self.0.add_part(part);
    }

    fn report(&mut self, problem: Problem) {
        self.0.report(problem);
    }

    fn memory_used(&self) -> u64 {
        self.0.memory_used()
    }

    fn describe_names(&mut self, names: NameMapping) {
        self.0.describe_names(names);
    }
}
