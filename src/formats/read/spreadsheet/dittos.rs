//! Marks that stand for the value of the cell above: `"`, `ditto`, `dto.`.

use std::borrow::Cow;

use csv::StringRecord;

use super::columns::Column;
use super::joined_columns::JoinedColumns;
use super::trim_cell;
use crate::formats::field_names::FieldTarget;
use crate::record::{Field, Problem};
use crate::text::counts::count_of;

/// Words that stand for the value above, in lower case. Without a full stop the short ones may be names.
const DITTO_WORDS: [&str; 9] =
    ["ditto", "do.", "id.", "idem", "dto.", "dito", "desgl.", "dsgl.", "dº"];

/// The marks of a table while its rows are read.
#[derive(Debug, Default)]
pub(super) struct DittoMarks {
    /// The columns whose cells may repeat the one above.
    columns: Vec<DittoColumn>,
    /// The number of marks that stand below a value.
    resolved: usize,
    /// The number of marks below an empty cell.
    unresolved: usize,
    /// The line of the first mark.
    first_line: usize,
}

/// A column whose cells may repeat the one above.
#[derive(Debug)]
struct DittoColumn {
    index: usize,
    /// Whether words are marks. A title may be such a word.
    has_words: bool,
    /// The cell above.
    above: String,
}

impl DittoMarks {
    pub(super) fn new(columns: &[Column], joined: &JoinedColumns) -> DittoMarks {
        let is_foreign = |at: &usize| columns.get(*at).is_some_and(|it| it.splits_names);
        let target = |at: usize| columns[at].target.or_else(|| joined.target(columns, at));
        let may_repeat = |at: &usize| target(*at).is_some_and(holds_repeated_values);
        let indices = (0..columns.len()).filter(is_foreign).filter(may_repeat);
        let columns = indices.map(|index| DittoColumn {
            index,
            has_words: target(index) != Some(FieldTarget::Field(Field::Title)),
            above: String::new(),
        });
        let columns = columns.collect();
        DittoMarks { columns, ..DittoMarks::default() }
    }

    /// Returns a row with the values above instead of its marks. A mark below an empty cell says nothing.
    pub(super) fn resolve<'r>(
        &mut self,
        line: usize,
        row: &'r StringRecord,
    ) -> Cow<'r, StringRecord> {
        let mut changed: Vec<(usize, String)> = Vec::new();
        for DittoColumn { index, has_words, above } in &mut self.columns {
            let cell = row.get(*index).map_or("", trim_cell);
            if !is_ditto_mark(cell) || (!*has_words && cell.contains(char::is_alphabetic)) {
                above.clear();
                above.push_str(cell);
                continue;
            }
            if self.resolved + self.unresolved == 0 {
                self.first_line = line;
            }
            if above.is_empty() {
                self.unresolved += 1;
            } else {
                self.resolved += 1;
            }
            changed.push((*index, above.clone()));
        }
        if changed.is_empty() {
            return Cow::Borrowed(row);
        }
        let mut changed = changed.into_iter().peekable();
        let cells = row.iter().enumerate().map(|(at, cell)| {
            changed.next_if(|(of, _)| *of == at).map_or_else(|| cell.to_owned(), |(_, text)| text)
        });
        Cow::Owned(cells.collect())
    }

    /// Returns the warning about the marks, at the end of the table.
    pub(super) fn problem(&self, file: &str) -> Option<Problem> {
        let read = (self.resolved > 0).then(|| {
            let marks = count_of(self.resolved, "ditto mark");
            format!("{marks} became the value of the cell above, in the order of the rows")
        });
        let left_out = (self.unresolved > 0).then(|| {
            let marks = count_of(self.unresolved, "ditto mark");
            format!("{marks} below an empty cell left out")
        });
        let message = read.into_iter().chain(left_out).collect::<Vec<_>>().join("; ");
        (self.first_line > 0).then(|| Problem::warning(file, Some(self.first_line), message))
    }
}

/// Whether the cells of a column with a meaning may repeat the value above. Each record has its own id, code and address.
fn holds_repeated_values(target: FieldTarget) -> bool {
    use FieldTarget::{Begin, ContributorByRole, Date, End, Month, Year};
    match target {
        FieldTarget::Field(field) => {
            ![Field::Id, Field::ReferenceCode, Field::Url].contains(&field)
        }
        _ => [Begin, ContributorByRole, Date, End, Month, Year].contains(&target),
    }
}

/// Whether a cell is a ditto mark: quotation marks or two commas, alone or between dashes, or a word for it.
pub(super) fn is_ditto_mark(cell: &str) -> bool {
    const MAX_BYTES: usize = 16;
    if cell.is_empty() || cell.len() > MAX_BYTES {
        return false;
    }
    let is_sign = |sign: char| "\"”“„″〃'’".contains(sign);
    let is_dash = |sign: char| "-–—_ ".contains(sign);
    let are_signs = cell.contains(is_sign) && cell.chars().all(|it| is_sign(it) || is_dash(it));
    are_signs || cell == ",," || DITTO_WORDS.contains(&cell.to_lowercase().as_str())
}
