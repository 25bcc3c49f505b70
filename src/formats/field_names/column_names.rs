//! What only names of columns have: numbers that group them, and a prefix for own fields.

use super::fold::fold_name;
use super::{LAST_WORD_RANK, known_names};

/// The beginning of the first cell in ArchivesSpace's row of field codes.
pub(crate) const CODES_CELL: &str = "ArchivesSpace field code";
/// The first cell of ArchivesSpace's row of labels, which follows the codes.
pub(crate) const LABELS_CELL: &str = "Field name";

/// What fonds writes before the name of an own field that a reader could take for something else.
pub(crate) const OWN_PREFIX: &str = "own.";

/// Whether a cell of a header row names a column that fonds knows.
pub(crate) fn is_header_cell(cell: &str) -> bool {
    // A single letter is more often a value: the `A` of `A 1`. A single ideograph is a word.
    let is_ideograph = |letter: char| ('\u{3400}'..='\u{9fff}').contains(&letter);
    let has_letters = || {
        cell.chars().filter(|it| it.is_alphabetic()).nth(1).is_some() || cell.contains(is_ideograph)
    };
    let is_known = || known_names(cell).first().is_some_and(|known| known.rank < LAST_WORD_RANK);
    cell.trim_start().starts_with(OWN_PREFIX) || (has_letters() && is_known())
}

/// Whether a column of this name, among those that fonds writes, is an own field of the same name: it has
/// no meaning of its own or beside other columns.
pub(crate) fn is_plain_own_name(name: &str) -> bool {
    let normalized = fold_name(name);
    let is_linked = normalized.ends_with("role")
        || (normalized.starts_with("subject") && normalized.ends_with("type"))
        || NUMBER_NAMES.contains(&normalized.as_str());
    let is_trimmed = !name.is_empty() && name.trim() == name;
    let is_code_row = name.starts_with(CODES_CELL) || name == LABELS_CELL;
    let is_known = is_header_cell(name) || !known_names(name).is_empty();
    is_trimmed && !is_known && !is_linked && !is_code_row && name != EDTF_COLUMN
}

/// The column with the days of a date in EDTF, beside its text.
pub(crate) const EDTF_COLUMN: &str = "date_edtf";

/// Normalized names of columns with numbers of containers, whose types are in other columns.
const NUMBER_NAMES: [&str; 4] =
    ["indicator", "containerindicator", "topcontainerindicator", "physicalobjectname"];

/// Returns the first number in a name, or 0. Columns with the same number form a group: `begin_2`
/// and `end_2`.
pub(crate) fn group_number(name: &str) -> u32 {
    let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
