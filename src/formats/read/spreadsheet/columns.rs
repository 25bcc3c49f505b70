//! The columns of a table: what each is called and where its cells belong.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;

use super::Options;
use super::column_names;
use super::column_names::Place;
use crate::formats::read::truncate::{NAME, shortened};
use crate::record::Field;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name as the file has it; `column 7` where it has none.
    pub(super) name: String,
    /// Where its cells belong; nothing where they keep the column's name.
    pub(super) place: Option<Place>,
    /// The number in its name, which says with which other columns it belongs.
    pub(super) group: u32,
    /// The column that says of what kind a subject is: a topic, or a place.
    pub(super) kind: Option<usize>,
}

/// The columns that say when a thing was made, of those with the same number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct When {
    /// The date as it is shown.
    pub(super) shown: Option<usize>,
    /// Its beginning.
    pub(super) begin: Option<usize>,
    /// Its end.
    pub(super) end: Option<usize>,
}

/// How many dates a row may have, each with a number: those beyond keep the names of their columns.
const DATES: usize = 64;

/// The columns that say when a thing was made, in the order of their numbers.
pub(super) fn when(columns: &mut [Column]) -> Vec<When> {
    let mut groups: BTreeMap<u32, When> = BTreeMap::new();
    for (at, column) in columns.iter_mut().enumerate() {
        let part: fn(&mut When) -> &mut Option<usize> = match column.place {
            Some(Place::Date) => |when| &mut when.shown,
            Some(Place::Begin) => |when| &mut when.begin,
            Some(Place::End) => |when| &mut when.end,
            _ => continue,
        };
        if groups.len() == DATES && !groups.contains_key(&column.group) {
            column.place = None;
            continue;
        }
        *part(groups.entry(column.group).or_default()) = Some(at);
    }
    groups.into_values().collect()
}

/// The name of a column that has none, by its place in the row.
pub(super) fn unnamed(at: usize) -> String {
    format!("column {}", at + 1)
}

/// The columns by the row that names them. The reader's own word on a column counts before its
/// name; what is wrong with that word is a sentence.
pub(super) fn columns(names: &StringRecord, options: &Options) -> (Vec<Column>, Vec<String>) {
    let mut ranks = Vec::with_capacity(names.len());
    let mut columns: Vec<Column> = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let (place, rank) = column_names::place(name).unzip();
        let name = name.trim();
        let group = column_names::number(name);
        let name = if name.is_empty() { unnamed(at) } else { shortened(name, NAME).into_owned() };
        columns.push(Column { name, place, group, kind: None });
        ranks.push(rank.map_or(0, |rank| rank + 1));
    }
    let wrong = map(&mut columns, &mut ranks, options);
    one_each(&mut columns, &ranks);
    kinds(&mut columns);
    (columns, wrong)
}

/// Puts the columns that the reader names where the reader wants them.
fn map(columns: &mut [Column], ranks: &mut [usize], options: &Options) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, name) in &options.columns {
        let Some(place) = Place::from_key(key) else {
            let fields: Vec<&str> = Field::ALL.into_iter().map(Field::key).collect();
            wrong.push(format!(
                "`{key}` is no field to put the column “{name}” in: take date, position, {}",
                fields.join(", ")
            ));
            continue;
        };
        let same = |one: &str| {
            column_names::folded(one) == column_names::folded(name)
                && column_names::number(one) == column_names::number(name)
        };
        let at = columns.iter().position(|column| column.name == *name);
        let at = at.or_else(|| columns.iter().position(|column| same(&column.name)));
        let found = at.and_then(|at| columns.get_mut(at).zip(ranks.get_mut(at)));
        if let Some((column, rank)) = found {
            (column.place, column.group, *rank) = (Some(place), 0, 0);
        } else {
            wrong.push(format!("there is no column “{name}”; the columns are {}", list(columns)));
        }
    }
    wrong
}

/// Where several columns of a group claim a place that only one can have, the surest name has it;
/// the others keep their names.
fn one_each(columns: &mut [Column], ranks: &[usize]) {
    let mut surest = HashMap::new();
    for (at, (column, rank)) in columns.iter().zip(ranks).enumerate() {
        let best = surest.entry((column.place, column.group)).or_insert((*rank, at));
        *best = (*rank, at).min(*best);
    }
    for (at, column) in columns.iter_mut().enumerate() {
        let best = surest.get(&(column.place, column.group));
        if best.is_some_and(|(_, best)| *best != at) && column.place.is_some_and(Place::is_single) {
            column.place = None;
        }
    }
}

/// Finds for each column of subjects the one that says of what kind they are.
fn kinds(columns: &mut [Column]) {
    let tell = |column: &Column| column_names::folded(&column.name).starts_with("subject");
    let is_type = |column: &Column| column_names::folded(&column.name).ends_with("type");
    let types: Vec<(usize, u32)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| tell(column) && is_type(column))
        .map(|(at, column)| (at, column.group))
        .collect();
    for column in columns {
        if column.place == Some(Place::Field(Field::Subjects)) {
            let kind = types.iter().find(|(_, group)| *group == column.group);
            column.kind = kind.map(|(at, _)| *at);
        }
    }
}

/// The names of the columns, for a sentence.
pub(super) fn list(columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(|column| format!("“{}”", column.name)).collect();
    names.join(", ")
}
