//! The rows above a row in AtoM's tables: its collection and series, and who keeps it.

use std::collections::HashMap;

use csv::StringRecord;

use super::columns::Column;
use crate::record::{Field, Record};

/// The most rows above a row that are looked at.
const MAX_DEPTH: usize = 32;

/// How the word for a series begins in the languages of the column names.
const SERIES_STEMS: [&str; 5] = ["serie", "série", "seria", "reeks", "subserie"];

/// The rows so far, by their numbers.
#[derive(Debug)]
pub(super) struct Hierarchy {
    id_column: usize,
    parent_column: usize,
    level_column: Option<usize>,
    rows: HashMap<String, Row>,
}

/// What the rows below a row get from it.
#[derive(Debug)]
struct Row {
    title: String,
    parent: String,
    is_series: bool,
    repository: Option<String>,
}

impl Hierarchy {
    /// Returns the hierarchy of a table that has one.
    pub(super) fn new(columns: &[Column]) -> Option<Hierarchy> {
        let at = |name: &str| columns.iter().position(|column| column.normalized_name() == name);
        Some(Hierarchy {
            id_column: at("legacyid")?,
            parent_column: at("parentid")?,
            level_column: at("levelofdescription"),
            rows: HashMap::new(),
        })
    }

    /// Adds to a record what the rows above its row say, and keeps the row for those below it.
    pub(super) fn apply_to(&mut self, record: &mut Record, row: &StringRecord) {
        let cell = |at: usize| row.get(at).map_or("", str::trim);
        let (id, parent) = (cell(self.id_column), cell(self.parent_column));
        self.inherit(record, parent);
        let level = self.level_column.map_or("", cell).to_lowercase();
        let is_series = SERIES_STEMS.iter().any(|stem| level.contains(stem));
        if !id.is_empty() && id != parent {
            let row = Row {
                title: record.title().unwrap_or("").to_owned(),
                parent: parent.to_owned(),
                is_series,
                repository: record.first(Field::Repository).map(str::to_owned),
            };
            self.rows.insert(id.to_owned(), row);
        }
    }

    /// Adds the collection, the series and the repository of the rows above.
    fn inherit(&self, record: &mut Record, parent: &str) {
        let above = std::iter::successors(self.rows.get(parent), |row| self.rows.get(&row.parent));
        let above: Vec<&Row> = above.take(MAX_DEPTH).collect();
        let Some(top) = above.last() else { return };
        let has_collection = record.first(Field::Collection).is_some();
        if top.parent.is_empty() && !top.is_series && !has_collection {
            record.push(Field::Collection, &top.title);
        }
        if record.first(Field::Series).is_none() {
            for series in above.iter().rev().filter(|row| row.is_series) {
                record.push(Field::Series, &series.title);
            }
        }
        if record.first(Field::Repository).is_none()
            && let Some(repository) = above.iter().find_map(|row| row.repository.as_deref())
        {
            record.push(Field::Repository, repository);
        }
    }
}
