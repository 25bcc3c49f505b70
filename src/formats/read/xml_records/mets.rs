//! The parts of METS that describe files and not documents.

use crate::formats::read::xml::Document;

/// The names of these parts.
pub(super) const FILE_PARTS: [&str; 6] =
    ["metsHdr", "amdSec", "fileSec", "structMap", "structLink", "behaviorSec"];

/// Reports that parts of a METS file are not shown. `line` is that of the first such part.
pub(super) fn report(line: usize, document: &mut Document<'_>) {
    let message = if document.record_count() > 0 {
        "the descriptions in this METS file were read; its lists of files and pages (metsHdr, fileSec, structMap and \
         the like) are not shown"
    } else {
        "this METS file lists files and pages and describes no document: nothing of it is shown"
    };
    document.warning(line, message);
}
