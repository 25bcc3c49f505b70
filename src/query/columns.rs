//! The columns of lists, as data: the list on the screen and `fonds list` show the same ones.

use std::borrow::Cow;
use std::ops::Range;

use super::Highlighter;
use super::aggregate::FacetField;
use super::field_name;
use super::field_name::FieldName;
use crate::record::date::column::DATE_COLUMN_WIDTH;
use crate::record::{Field, OwnName, Record};
use crate::text::clean;
use crate::text::fold::fold;

/// How much room a column takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnWidth {
    /// As much as its widest number, to the right.
    Number,
    /// As much as its widest text, but not more cells than this.
    UpTo(usize),
    /// What the others leave.
    Rest,
}

/// How the text of a cell is meant, which decides its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// A text.
    #[default]
    Text,
    /// A position.
    Position,
    /// A date, with a sign at its end if it is doubtful.
    Date,
    /// What stands for a title that is missing.
    Untitled,
}

/// The text of a column in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text, in one line.
    pub text: String,
    /// The letters that matched, as byte ranges.
    pub highlights: Vec<Range<usize>>,
    /// How the text is meant.
    pub kind: CellKind,
}

/// Where the cells of a column are from.
#[derive(Clone, Debug)]
enum CellSource {
    /// The text as the record has it, and the cell of the cleaned text.
    Made { text: fn(&Record) -> String, cell: fn(String, &Record, &Highlighter) -> Cell },
    /// All values of a field.
    Values(FacetField),
}

/// A column of a list.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name that chooses it.
    pub name: Cow<'static, str>,
    /// How much room it takes.
    pub width: ColumnWidth,
    /// The least width of a list that shows it: a narrower one leaves it out.
    pub min_list_width: usize,
    source: CellSource,
}

/// The columns that are not just the values of a field. Without other ones these are shown.
const COLUMNS: [Column; 3] = [
    Column {
        name: Cow::Borrowed("position"),
        width: ColumnWidth::Number,
        min_list_width: 44,
        source: CellSource::Made {
            text: |record| record.position.map(|it| it.to_string()).unwrap_or_default(),
            cell: |text, _, _| Cell { text, kind: CellKind::Position, ..Cell::default() },
        },
    },
    Column {
        name: Cow::Borrowed("date"),
        width: ColumnWidth::UpTo(DATE_COLUMN_WIDTH),
        min_list_width: 28,
        source: CellSource::Made { text: |record| record.date.column(), cell: date_cell },
    },
    Column {
        name: Cow::Borrowed("title"),
        width: ColumnWidth::Rest,
        min_list_width: 0,
        source: CellSource::Made {
            text: |record| record.list_heading().into_owned(),
            cell: title_cell,
        },
    },
];

/// Returns the cell of a date, which is highlighted as a whole.
fn date_cell(text: String, record: &Record, highlighter: &Highlighter) -> Cell {
    let is_found = highlighter.matches_date(record.date.parsed);
    let highlights = is_found.then_some(0..text.len()).into_iter().collect();
    Cell { text, highlights, kind: CellKind::Date }
}

/// Returns the cell of a title, or of what stands for it.
fn title_cell(text: String, record: &Record, highlighter: &Highlighter) -> Cell {
    let (field, kind) = match record.title() {
        Some(_) => (Field::Title, CellKind::Text),
        None => (Field::Summary, CellKind::Untitled),
    };
    Cell { highlights: highlighter.field_ranges(field, &text), text, kind }
}

/// The greatest width of a column with the values of a field.
const MAX_VALUES_WIDTH: usize = 28;
/// The least width of a list that shows the values of a field.
const MIN_WIDTH_WITH_VALUES: usize = 60;
/// Between the values of a field.
const VALUE_SEPARATOR: &str = "; ";

impl Column {
    /// Returns the columns that are shown where none are chosen.
    pub fn default_columns() -> Vec<Column> {
        COLUMNS.to_vec()
    }

    /// Returns the columns that names choose, in their order. A name is that of a column or of a field, as in the
    /// filter.
    ///
    /// # Errors
    /// There is no such field, or it is no column: a sentence that says what to do.
    pub fn from_names(
        names: &[String],
        own_field_names: &[OwnName],
    ) -> Result<Vec<Column>, String> {
        names.iter().map(|name| Column::from_name(name, own_field_names)).collect()
    }

    /// Returns the column that a name chooses.
    ///
    /// # Errors
    /// As [`Column::from_names`].
    pub fn from_name(name: &str, own_field_names: &[OwnName]) -> Result<Column, String> {
        let name = name.trim();
        let folded = fold(name);
        if let Some(column) = COLUMNS.into_iter().find(|column| column.name == folded) {
            return Ok(column);
        }
        let field = match field_name::find(&folded, own_field_names) {
            Some(FieldName::Field(scope)) => FacetField::from_scope(&scope, own_field_names),
            Some(FieldName::Wrong(wrong)) => return Err(wrong.to_string()),
            Some(FieldName::Date) => return Column::from_name("date", own_field_names),
            Some(FieldName::Is | FieldName::Note | FieldName::File | FieldName::Like) => {
                return Err(format!("“{name}” is no column: it is not in the records"));
            }
            None => {
                let near = field_name::nearest_names(name, own_field_names);
                let columns = COLUMNS.map(|column| column.name.into_owned());
                let others = columns.into_iter().filter(|column| !near.contains(column));
                let names: Vec<String> = near.iter().cloned().chain(others).collect();
                return Err(format!("there is no column “{name}”: try {}", names.join(", ")));
            }
        };
        let width = ColumnWidth::UpTo(MAX_VALUES_WIDTH);
        let source = CellSource::Values(field);
        let name = name.to_owned().into();
        Ok(Column { name, width, min_list_width: MIN_WIDTH_WITH_VALUES, source })
    }

    /// Returns what the column shows of a record, with what a highlighter finds in it.
    pub fn cell(&self, record: &Record, highlighter: &Highlighter) -> Cell {
        match &self.source {
            CellSource::Made { text, cell } => {
                cell(clean::clean(&text(record)).into_owned(), record, highlighter)
            }
            CellSource::Values(field) => values_cell(record, field, highlighter),
        }
    }

    /// Returns what the column shows of a record, in one line without control characters.
    pub fn text(&self, record: &Record) -> String {
        self.cell(record, &Highlighter::default()).text
    }

    /// Returns the text as the record has it, for other programs.
    pub fn raw_text(&self, record: &Record) -> String {
        match &self.source {
            CellSource::Made { text, .. } => text(record),
            CellSource::Values(_) => self.text(record),
        }
    }
}

/// Returns the values of a field in a record, joined.
fn values_cell(record: &Record, field: &FacetField, highlighter: &Highlighter) -> Cell {
    let FacetField::Values { fields, own_names } = field else { return Cell::default() };
    let mut cell = Cell::default();
    let mut add = |value: &str, ranges: &dyn Fn(&str) -> Vec<Range<usize>>| {
        let value = clean::clean(value);
        if value.trim().is_empty() {
            return;
        }
        if !cell.text.is_empty() {
            cell.text.push_str(VALUE_SEPARATOR);
        }
        let start = cell.text.len();
        let ranges = ranges(&value).into_iter();
        cell.highlights.extend(ranges.map(|it| start + it.start..start + it.end));
        cell.text.push_str(&value);
    };
    for (known, value) in record.values.iter().filter(|(known, _)| fields.contains(known)) {
        add(value, &|text| highlighter.field_ranges(*known, text));
    }
    for (name, value) in
        record.own.iter().filter(|(name, _)| own_names.iter().any(|own| name == own))
    {
        add(value, &|text| highlighter.own_field_ranges(name, text));
    }
    cell
}
