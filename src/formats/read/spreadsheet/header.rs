//! Finds the header of a table: the row, or the two rows, that name the columns of the rows below.

use csv::StringRecord;

use crate::formats::field_names::column_names::{CODES_CELL, is_header_cell};
use crate::formats::field_names::{FieldTarget, is_prose, known_names};
use crate::record::{Date, is_container};

/// How many rows at the top are searched for the header.
const SEARCH_ROWS: usize = 12;

/// How many rows may stand above the header that are as wide as it.
const MAX_ROWS_ABOVE: usize = 3;

/// What stands between the two names of a column that has a header of two rows.
pub(super) const NAME_SEPARATOR: &str = " / ";

/// The header of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The index of its first row.
    pub(super) at: usize,
    /// The number of its rows: 1 or 2.
    pub(super) rows: usize,
    /// The names of the columns.
    pub(super) names: StringRecord,
    /// The number of names that are known.
    pub(super) known_names: usize,
}

impl Header {
    /// Finds the header in the first rows of a table; `None` if they are blank.
    pub(super) fn find(rows: &[StringRecord]) -> Option<Header> {
        let codes = rows.iter().position(|row| row.iter().any(|cell| cell.starts_with(CODES_CELL)));
        let at = match codes {
            Some(at) => return Some(Header::single(rows, at)),
            None => find_names(rows)?,
        };
        let groups_above = at.checked_sub(1).filter(|above| {
            rows.get(*above)
                .zip(rows.get(at))
                .is_some_and(|(above, names)| are_groups(above, names))
        });
        if let Some(above) = groups_above {
            return Some(Header::double(rows, above));
        }
        let has_parts = rows.get(at).zip(rows.get(at + 1)).is_some_and(|(names, parts)| {
            are_parts(names, parts) && rows.get(at + 2).is_some_and(|row| fill_count(row) > 0)
        });
        Some(if has_parts { Header::double(rows, at) } else { Header::single(rows, at) })
    }

    /// Returns a header of one row.
    fn single(rows: &[StringRecord], at: usize) -> Header {
        let names = rows.get(at).cloned().unwrap_or_default();
        Header { at, rows: 1, known_names: known_count(&names), names }
    }

    /// Returns a header of two rows. A name of the first one counts for the columns behind it too, up to
    /// the next one.
    fn double(rows: &[StringRecord], at: usize) -> Header {
        let (Some(groups), Some(names)) = (rows.get(at), rows.get(at + 1)) else {
            return Header::single(rows, at);
        };
        let mut group = "";
        let mut joined = StringRecord::new();
        for column in 0..groups.len().max(names.len()) {
            let own_group = cell(groups, column);
            if !own_group.is_empty() {
                group = own_group;
            }
            match cell(names, column) {
                "" => joined.push_field(own_group),
                name if group.is_empty() || group == name => joined.push_field(name),
                name => joined.push_field(&[group, name].join(NAME_SEPARATOR)),
            }
        }
        Header { at, rows: 2, known_names: known_count(&joined), names: joined }
    }
}

/// Returns the index of the row that names the columns.
///
/// It has a cell above most columns that are filled below it. The first such row is it, unless one below
/// has more known names, in at least half of its cells.
fn find_names(rows: &[StringRecord]) -> Option<usize> {
    let filled =
        || rows.iter().enumerate().take(SEARCH_ROWS).filter(|(_, row)| fill_count(row) > 0);
    let covers = |at: usize, row: &StringRecord| {
        let columns = columns_below(rows, at);
        // Names of groups stand above the first of their parts.
        let parts = rows.get(at + 1).filter(|parts| are_parts(row, parts));
        let is_covered = |column: usize| {
            let has_part = parts.is_some_and(|parts| !cell(parts, column).is_empty());
            has_part || !cell(row, column).is_empty()
        };
        let covered = columns.iter().filter(|column| is_covered(**column)).count();
        4 * covered >= 3 * columns.len()
    };
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in filled().filter(|(at, row)| covers(*at, row)) {
        if best.is_some_and(|(first, _)| at > first + MAX_ROWS_ABOVE) {
            break;
        }
        let known = known_count(row);
        let names_columns = || {
            let labels = row.iter().filter(|cell| is_label(cell.trim())).count();
            labels == fill_count(row) && 2 * known >= labels && (known > 1 || labels == 1)
        };
        let is_better =
            best.is_none_or(|(_, most)| known > most && at + 1 < rows.len() && names_columns());
        if is_better {
            best = Some((at, known));
        }
    }
    best.map(|(at, _)| at).or_else(|| filled().map(|(at, _)| at).next())
}

/// Returns the columns that are filled in at least half of the rows below a row, or in the row itself if it
/// is the last.
fn columns_below(rows: &[StringRecord], at: usize) -> Vec<usize> {
    let below: Vec<&StringRecord> =
        rows.iter().skip(at + 1).filter(|row| fill_count(row) > 0).collect();
    let width = below.iter().map(|row| row.len()).max().unwrap_or(0);
    let is_filled = |column: &usize| {
        let count = below.iter().filter(|row| !cell(row, *column).is_empty()).count();
        2 * count >= below.len()
    };
    (0..width).filter(is_filled).collect()
}

/// Whether a row names groups of the columns that the row below it names: `Dates` above `From` and `To`.
fn are_groups(groups: &StringRecord, names: &StringRecord) -> bool {
    // A merged cell stands in each of its columns.
    let groups: StringRecord = (0..groups.len())
        .map(|at| match at.checked_sub(1).map(|before| cell(groups, before)) {
            Some(before) if before == cell(groups, at) => "",
            _ => cell(groups, at),
        })
        .collect();
    let groups = &groups;
    let columns: Vec<usize> =
        (0..groups.len()).filter(|column| !cell(groups, *column).is_empty()).collect();
    let spans = |column: &usize| {
        !cell(names, *column).is_empty()
            && cell(groups, column + 1).is_empty()
            && !cell(names, column + 1).is_empty()
    };
    let is_known = |column: &usize| !known_names(cell(groups, *column)).is_empty();
    // A title stands alone in the first column.
    columns.iter().any(|column| *column > 0)
        && columns.iter().all(|column| is_label(cell(groups, *column)))
        && columns.iter().any(spans)
        && columns.iter().any(is_known)
}

/// Whether a row names the parts of groups in the row above it, with blank cells below the other names.
fn are_parts(names: &StringRecord, parts: &StringRecord) -> bool {
    // A name that spans both rows is repeated in the second one.
    let is_filled = |column: &usize| {
        let part = cell(parts, *column);
        !part.is_empty() && part != cell(names, *column)
    };
    let columns: Vec<usize> = (0..parts.len()).filter(is_filled).collect();
    let is_known = |column: &usize| !known_names(cell(parts, *column)).is_empty();
    columns.len() > 1
        && columns.iter().all(|column| is_label(cell(parts, *column)))
        && are_below_groups(names, &columns)
        && columns.iter().all(is_known)
        && columns.iter().any(|column| cell(names, *column).is_empty())
        && fill_count(names) > 1
}

/// Whether each of these columns, in their order, stands below a name or beside others that do, without a gap
/// between them. A name that has only one column below it is no group.
fn are_below_groups(names: &StringRecord, columns: &[usize]) -> bool {
    let mut last = None;
    columns.iter().all(|column| {
        let begins_group = !cell(names, *column).is_empty();
        let follows = last.is_some_and(|last: usize| last + 1 == *column);
        last = Some(*column);
        if begins_group { cell(names, column + 1).is_empty() } else { follows }
    })
}

/// Whether a cell can be the name of a column: it has words and is no date.
fn is_label(cell: &str) -> bool {
    is_prose(cell) && Date::parse(cell).span().is_none()
}

/// Returns the number of cells that are known names.
fn known_count(row: &StringRecord) -> usize {
    // `box` beside `3` is the type of a container in a row of values.
    let is_container_type = |at: usize, cell: &str| {
        let target = known_names(cell).first().map(|known| known.target);
        matches!(target, Some(FieldTarget::Field(field)) if is_container(field))
            && row.get(at + 1).is_some_and(|next| next.contains(|it: char| it.is_ascii_digit()))
    };
    let is_name =
        |(at, cell): &(usize, &str)| is_header_cell(cell) && !is_container_type(*at, cell);
    row.iter().enumerate().filter(is_name).count()
}

/// Returns the number of cells that are not blank.
pub(super) fn fill_count(row: &StringRecord) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Returns a cell, or an empty text.
fn cell(row: &StringRecord, column: usize) -> &str {
    row.get(column).map_or("", str::trim)
}
