//! The records in a web page that fonds writes: JSON in elements that browsers do not show.

use super::entities::decode_entities;

/// The element by which a page is recognised.
pub(super) const GENERATOR: &str = "<meta name=\"generator\" content=\"fonds\">";
/// What stands before a record.
pub(super) const ARTICLE_START: &str = "<article>";
/// What stands before the JSON of a record.
pub(super) const RECORD_START: &str = "<template class=\"fonds-record\">";
/// What stands behind it.
pub(super) const RECORD_END: &str = "</template>";

/// The most bytes of a page before [`GENERATOR`].
const MAX_HEAD_BYTES: usize = 8192;

/// The records in a page that fonds wrote.
pub(super) enum PageRecords {
    /// The records as JSON Lines.
    Found(String),
    /// The page was written without records.
    None,
    /// The page shows records, but somebody removed the JSON.
    Removed,
}

/// Returns the records of a page; `None` for a page that fonds did not write.
pub(super) fn find(page: &str) -> Option<PageRecords> {
    if page.find(GENERATOR).is_none_or(|at| at > MAX_HEAD_BYTES) {
        return None;
    }
    let mut lines = String::new();
    for part in page.split(RECORD_START).skip(1) {
        let object = part.split(RECORD_END).next().unwrap_or("");
        // A line end is no part of a record: in JSON it is escaped.
        lines.extend(decode_entities(object).split(['\n', '\r']));
        lines.push('\n');
    }
    Some(if !lines.is_empty() {
        PageRecords::Found(lines)
    } else if page.contains(ARTICLE_START) {
        PageRecords::Removed
    } else {
        PageRecords::None
    })
}
