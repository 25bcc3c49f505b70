//! Rows of cells in JSON: `{"columns": ["title", "date"], "rows": [["Letter", "1945"]]}`, and lists of lists
//! whose first row names the columns. Each row becomes an object with the names of its columns.

use crate::formats::read::json::{Object, Value};
use compact_str::CompactString;

use super::texts;
use super::words;
use crate::formats::field_names::{LAST_WORD_RANK, known_names};

/// The fewest columns of a table.
const MIN_COLUMNS: usize = 2;

/// The number of rows that decide whether a list is a table.
const MAX_RATED_ROWS: usize = 50;

/// The deepest nesting in which rows are looked for.
const MAX_DEPTH: usize = 12;

/// The names of the columns of each table of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowNames {
    names: Vec<Vec<String>>,
}

/// What became of a row.
pub(super) enum Row {
    /// The object that it is.
    Object(Value),
    /// The names of the columns.
    Header,
    /// The value is no row.
    Other(Value),
}

impl RowNames {
    /// Returns the values at the beginning of a file with objects in place of rows, and the names of their
    /// columns; `None` if there is no table.
    pub(super) fn find(tops: &[Value]) -> Option<(Vec<Value>, RowNames)> {
        if !tops.iter().any(|top| has_rows(top, 0)) && !are_rows(tops) {
            return None;
        }
        let mut headers = Vec::new();
        for top in tops {
            collect_headers(top, 0, &mut headers);
        }
        let mut names = RowNames::default();
        let mut opened = tops.to_vec();
        if are_rows(tops) {
            names.open_list(&mut opened, &headers);
        } else {
            for top in &mut opened {
                names.open(top, &headers, 0);
                names.simplify_headers(top, 0);
            }
        }
        (!names.names.is_empty()).then_some((opened, names))
    }

    /// Replaces the rows in a value by objects.
    fn open(&mut self, value: &mut Value, headers: &[Vec<String>], depth: usize) {
        match value {
            _ if depth > MAX_DEPTH => {}
            Value::Array(values) if are_rows(values) => self.open_list(values, headers),
            Value::Array(values) => {
                for value in values {
                    self.open(value, headers, depth + 1);
                }
            }
            Value::Object(object) => {
                for value in object.values_mut() {
                    self.open(value, headers, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Replaces the rows of a list by objects, if the names of its columns are known.
    fn open_list(&mut self, rows: &mut Vec<Value>, headers: &[Vec<String>]) {
        let width = rows.iter().filter_map(cells_of).map(|cells| cells.len()).max().unwrap_or(0);
        let stated = headers.iter().find(|names| names.len() == width && has_known(names)).cloned();
        let Some(names) = stated.or_else(|| names_in_first_row(rows)) else { return };
        if !self.names.contains(&names) {
            self.names.push(names);
        }
        let opened = std::mem::take(rows).into_iter().filter_map(|row| match self.read(row) {
            Row::Object(object) | Row::Other(object) => Some(object),
            Row::Header => None,
        });
        *rows = opened.collect();
    }

    /// Replaces the descriptions of columns by their names, so that they are no records.
    fn simplify_headers(&self, value: &mut Value, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match value {
            Value::Array(values) => {
                for value in values {
                    self.simplify_headers(value, depth + 1);
                }
            }
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    match header_names(key, value).filter(|names| self.names.contains(names)) {
                        Some(names) => *value = names.into_iter().map(Value::from).collect(),
                        None => self.simplify_headers(value, depth + 1),
                    }
                }
            }
            _ => {}
        }
    }

    /// Reads a value that may be a row.
    pub(super) fn read(&self, value: Value) -> Row {
        let Some(cells) = cells_of(&value).filter(|_| !self.names.is_empty()) else {
            return Row::Other(value);
        };
        let fits = |names: &&Vec<String>| names.len() == cells.len();
        let Some(names) = self.names.iter().find(fits).or_else(|| self.names.first()) else {
            return Row::Other(value);
        };
        let texts = cells.iter().map(|cell| cell.as_str().map(str::trim));
        if texts.eq(names.iter().map(|name| Some(name.as_str()))) {
            return Row::Header;
        }
        let mut object = Object::default();
        for (at, cell) in cells.into_iter().enumerate() {
            let name = names.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
            if !cell.is_null() {
                object.insert(name.into(), cell.clone());
            }
        }
        Row::Object(object.into())
    }
}

/// Returns the records of a table that is written by columns: `{"title": ["Letter", "Mill"], "date": [ … ]}`;
/// `None` if one of its values is not a column.
pub(super) fn records_of_columns(value: &Value) -> Option<Vec<Value>> {
    let columns = value.as_object().filter(|columns| columns.len() >= MIN_COLUMNS)?;
    let cells: Option<Vec<Vec<&Value>>> = columns.values().map(cells_of_column).collect();
    let cells = cells?;
    let height = cells.first().map(Vec::len).filter(|height| *height > 1)?;
    let names: Vec<String> = columns.keys().map(ToString::to_string).collect();
    let are_columns = cells.iter().all(|column| column.len() == height) && has_known(&names);
    let record = |row: usize| {
        let cells = cells.iter().filter_map(|column| column.get(row));
        let filled = names.iter().zip(cells).filter(|(_, cell)| !cell.is_null());
        Value::Object(filled.map(|(name, cell)| (name.as_str().into(), (*cell).clone())).collect())
    };
    are_columns.then(|| (0..height).map(record).collect())
}

/// Returns the cells of a column: a list, or an object whose keys are numbers of rows.
fn cells_of_column(column: &Value) -> Option<Vec<&Value>> {
    let is_plain = |value: &&Value| !value.is_object() && !value.is_array();
    let cells: Vec<&Value> = match column {
        Value::Array(cells) => cells.iter().collect(),
        Value::Object(cells) => {
            let is_number = |key: &CompactString| key.bytes().all(|byte| byte.is_ascii_digit());
            cells.keys().all(is_number).then(|| cells.values().collect())?
        }
        _ => return None,
    };
    cells.iter().all(is_plain).then_some(cells)
}

/// Whether a value has a list of rows somewhere.
fn has_rows(value: &Value, depth: usize) -> bool {
    match value {
        _ if depth > MAX_DEPTH => false,
        Value::Array(values) => {
            are_rows(values) || values.iter().any(|value| has_rows(value, depth + 1))
        }
        Value::Object(object) => object.values().any(|value| has_rows(value, depth + 1)),
        _ => false,
    }
}

/// Whether values are rows of cells.
fn are_rows(values: &[Value]) -> bool {
    let is_row = |value: &Value| cells_of(value).is_some_and(|cells| cells.len() >= MIN_COLUMNS);
    !values.is_empty() && values.iter().take(MAX_RATED_ROWS).all(is_row)
}

/// Returns the cells of a row: of a list, or of the list in an object that has nothing else, with values
/// under `v`.
fn cells_of(value: &Value) -> Option<Vec<&Value>> {
    let is_plain = |value: &Value| !value.is_object() && !value.is_array();
    match value {
        Value::Array(cells) => cells.iter().all(is_plain).then(|| cells.iter().collect()),
        Value::Object(object) if object.len() == 1 => {
            let cell = |cell: &'_ Value| cell.is_null() || cell.get("v").is_some_and(is_plain);
            let cells = object.get("c")?.as_array().filter(|cells| cells.iter().all(cell))?;
            Some(cells.iter().map(|cell| cell.get("v").unwrap_or(&Value::Null)).collect())
        }
        _ => None,
    }
}

/// Collects the lists that may name columns.
fn collect_headers(value: &Value, depth: usize, headers: &mut Vec<Vec<String>>) {
    match value {
        _ if depth > MAX_DEPTH => {}
        Value::Array(values) => {
            for value in values {
                collect_headers(value, depth + 1, headers);
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                match header_names(key, value) {
                    Some(names) => headers.push(names),
                    None => collect_headers(value, depth + 1, headers),
                }
            }
        }
        _ => {}
    }
}

/// Returns the names of columns that a value under a key lists.
fn header_names(key: &str, value: &Value) -> Option<Vec<String>> {
    let list = value.as_array().filter(|list| list.len() >= MIN_COLUMNS)?;
    let name_of = |item: &Value| match item {
        Value::Object(object) => {
            let mut keys = words::COLUMN_NAME_KEYS.iter();
            keys.find_map(|key| object.get(key).and_then(texts::text_of))
                .map(|name| name.trim().to_owned())
        }
        item => item.as_str().map(|name| name.trim().to_owned()),
    };
    list.iter().map(name_of).collect::<Option<Vec<String>>>().filter(|_| words::is_header_key(key))
}

/// Whether one of the names is known.
fn has_known(names: &[String]) -> bool {
    names.iter().any(|name| !known_names(name).is_empty())
}

/// Returns the first row, if it names columns: texts that differ, of which at least half are surely known.
fn names_in_first_row(rows: &[Value]) -> Option<Vec<String>> {
    let cells = cells_of(rows.first().filter(|_| rows.len() > 1)?)?;
    let names: Option<Vec<String>> =
        cells.into_iter().map(|cell| cell.as_str().map(|text| text.trim().to_owned())).collect();
    let names = names?;
    let is_known =
        |name: &&String| known_names(name).first().is_some_and(|it| it.rank < LAST_WORD_RANK);
    let differ = names
        .iter()
        .enumerate()
        .all(|(at, name)| !name.is_empty() && !names.iter().take(at).any(|other| other == name));
    (differ && 2 * names.iter().filter(is_known).count() >= names.len()).then_some(names)
}
