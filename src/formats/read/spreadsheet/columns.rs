//! The columns of a table: their names, and what their cells fill.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;

use super::ReadOptions;
use super::dittos;
use super::joined_columns::JoinedColumns;
use super::linked_columns::{self, Link};
use super::neighbors;
use super::trim_cell;
use crate::formats::cell_values;
use crate::formats::field_names::column_names::{self, OWN_PREFIX};
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::{
    self, FieldTarget, LAST_WORD_RANK, LOOSE_RANK, known_names, names_in_tables,
};
use crate::formats::read::date_sources::LoneEnd;
use crate::formats::read::truncate::{MAX_FIELD_NAME_BYTES, truncate};
use crate::formats::read::{MappedName, NameMapping};
use crate::record::{Field, OwnName};
use crate::text::counts::with_thousands;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The name in the file, or `column 7` if it has none.
    pub(super) name: OwnName,
    /// What its cells fill; `None` if they become own fields under the column's name.
    pub(super) target: Option<FieldTarget>,
    /// The number in its name, which groups columns.
    pub(super) group: u32,
    /// The index of the column that gives the type of a subject: a topic or a place.
    pub(super) kind_index: Option<usize>,
    /// The other columns that its cells need.
    pub(super) link: Option<Link>,
    /// Whether its cells are own fields, whatever its name means otherwise: see [`OWN_PREFIX`].
    is_own: bool,
    /// Whether a semicolon separates names in its cells. In tables that fonds writes it does not.
    pub(super) splits_names: bool,
}

impl Column {
    /// Returns the name as known names are written, or an empty text for a column of an own field.
    pub(super) fn normalized_name(&self) -> String {
        if self.is_own { String::new() } else { fold_name(&self.name) }
    }

    /// Whether its cells are names of persons, places or subjects, as other programs than fonds list them.
    pub(super) fn lists_names(&self) -> bool {
        self.splits_names && self.target.is_some_and(FieldTarget::lists_names)
    }

    /// Whether a record may have several values of it.
    pub(super) fn holds_several(&self) -> bool {
        !matches!(self.target, Some(FieldTarget::Field(Field::Title | Field::Summary)))
    }

    /// Whether its cells are the days of a date in EDTF.
    pub(super) fn is_edtf(&self) -> bool {
        !self.is_own && self.target.is_none() && self.name == column_names::EDTF_COLUMN
    }
}

/// The indices of the date columns of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DateColumnGroup {
    /// The column with the text of the date.
    pub(super) displayed: Option<usize>,
    /// The column with its begin.
    pub(super) begin: Option<usize>,
    /// The column with its end.
    pub(super) end: Option<usize>,
    /// The columns with the year, the month and the day.
    pub(super) parts: [Option<usize>; 3],
    /// The column that says what happened.
    pub(super) event: Option<usize>,
    /// The column that says whether the date is that of most documents only.
    pub(super) coverage: Option<usize>,
    /// The column that says how certain it is.
    pub(super) certainty: Option<usize>,
}

/// The largest number of date groups. Further date columns become own fields.
const MAX_DATE_GROUPS: usize = 64;

/// Returns the groups of date columns, ordered by their numbers.
pub(super) fn group_date_columns(columns: &mut [Column]) -> Vec<DateColumnGroup> {
    let mut groups: BTreeMap<u32, DateColumnGroup> = BTreeMap::new();
    for (at, column) in columns.iter_mut().enumerate() {
        let slot: fn(&mut DateColumnGroup) -> &mut Option<usize> = match column.target {
            Some(FieldTarget::Date) => |group| &mut group.displayed,
            Some(FieldTarget::Begin) => |group| &mut group.begin,
            Some(FieldTarget::End) => |group| &mut group.end,
            Some(FieldTarget::Year) => |group| &mut group.parts[0],
            Some(FieldTarget::Month) => |group| &mut group.parts[1],
            Some(FieldTarget::Day) => |group| &mut group.parts[2],
            Some(FieldTarget::DateEvent) => |group| &mut group.event,
            Some(FieldTarget::DateCoverage) => |group| &mut group.coverage,
            Some(FieldTarget::DateCertainty) => |group| &mut group.certainty,
            // It is the begin and the end.
            Some(FieldTarget::DateCode) => |group| &mut group.begin,
            _ => continue,
        };
        if groups.len() == MAX_DATE_GROUPS && !groups.contains_key(&column.group) {
            column.target = None;
            continue;
        }
        let group = groups.entry(column.group).or_default();
        *slot(group) = Some(at);
        if column.target == Some(FieldTarget::DateCode) {
            group.end = Some(at);
        }
    }
    groups.into_values().collect()
}

/// Returns the name for the column at an index that has no name.
pub(super) fn unnamed_column(at: usize) -> String {
    format!("column {}", at + 1)
}

/// Returns the columns for a header row and some rows below it, and messages about wrong user options. The
/// user's options have priority over known names. The names from `first_own` on mean nothing.
pub(super) fn read_header(
    (names, first_own): (&StringRecord, usize),
    sample: &[StringRecord],
    options: &ReadOptions,
) -> (Vec<Column>, JoinedColumns, Vec<String>) {
    // Tables that fonds writes have these columns.
    let has_own_prefixes =
        ["position", "date"].iter().all(|key| names.iter().any(|name| name.trim() == *key));
    let mut ranks = Vec::with_capacity(names.len());
    let mut columns: Vec<Column> = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let name = cell_values::strip_formula_guard(name);
        let own_name = name.trim_start().strip_prefix(OWN_PREFIX).filter(|_| has_own_prefixes);
        let known = match own_name {
            Some(_) => None,
            None if at >= first_own => None,
            None if has_own_prefixes => known_names(&name).first().copied(),
            None => {
                let cells = sample.iter().filter_map(|row| row.get(at)).map(str::trim);
                let is_filled = |cell: &&str| !cell.is_empty() && !dittos::is_ditto_mark(cell);
                let cells: Vec<&str> = cells.filter(is_filled).collect();
                let cells = cell_values::without_missing(&cells);
                field_names::decide(&name, &names_in_tables(&name), &cells)
            }
        };
        let name = own_name.unwrap_or_else(|| name.trim());
        let group = column_names::group_number(name);
        let name = if name.is_empty() && own_name.is_none() {
            unnamed_column(at)
        } else {
            truncate(name, MAX_FIELD_NAME_BYTES).into_owned()
        };
        columns.push(Column {
            name: name.into(),
            target: known.map(|known| known.target),
            group,
            kind_index: None,
            link: None,
            is_own: own_name.is_some() || at >= first_own,
            splits_names: !has_own_prefixes,
        });
        ranks.push(known.map_or(0, |known| known.rank + 1));
    }
    if !has_own_prefixes {
        neighbors::settle_dates(&mut columns, &mut ranks, sample);
        neighbors::drop_lesser_creators(&mut columns, sample);
    }
    let messages = apply_user_columns(&mut columns, &mut ranks, options);
    let joined = JoinedColumns::find(&mut columns, &mut ranks, sample);
    neighbors::settle_years(&mut columns);
    if !has_own_prefixes {
        neighbors::take_thing(&mut columns, &mut ranks, sample);
    }
    neighbors::drop_languages(&mut columns, sample);
    if !has_own_prefixes {
        neighbors::drop_moments(&mut columns, sample);
        neighbors::drop_sent_to(&mut columns, sample);
        neighbors::drop_second_codes(&mut columns);
    }
    neighbors::drop_spans_of_others(&mut columns, &ranks, sample);
    neighbors::give_second_meanings(&mut columns, &mut ranks, sample);
    resolve_conflicts(&mut columns, &ranks);
    link_subject_kinds(&mut columns);
    linked_columns::link_columns(&mut columns);
    (columns, joined, messages)
}

/// Returns what the columns of a file were taken for, with an example each.
pub(super) fn describe(
    file: &str,
    columns: &[Column],
    joined: &JoinedColumns,
    sample: &[StringRecord],
) -> NameMapping {
    let names = columns.iter().enumerate().map(|(at, column)| {
        let mut cells = sample.iter().filter_map(|row| row.get(at)).map(str::trim);
        MappedName {
            name: column.name.to_string(),
            field: column
                .target
                .filter(|_| !is_end_outranked(columns, at, sample))
                .or_else(|| joined.target(columns, at))
                .map(FieldTarget::label),
            taken: None,
            example: cells.find(|cell| !cell.is_empty()).unwrap_or_default().to_owned(),
        }
    });
    NameMapping { file: file.to_owned(), records: String::new(), names: names.collect() }
}

/// Whether a column is the end of a date that does not count in any row, because the text of the date says more.
fn is_end_outranked(columns: &[Column], at: usize, sample: &[StringRecord]) -> bool {
    let Some(end) = columns.get(at).filter(|it| it.target == Some(FieldTarget::End)) else {
        return false;
    };
    let of_group = |target| {
        let is_it = |column: &Column| column.target == Some(target) && column.group == end.group;
        columns.iter().position(is_it)
    };
    let (Some(date), None) = (of_group(FieldTarget::Date), of_group(FieldTarget::Begin)) else {
        return false;
    };
    let cell = |row: &'_ StringRecord, at: usize| row.get(at).map(|it| trim_cell(it).to_owned());
    let mut ends = sample.iter().filter_map(|row| cell(row, at).zip(cell(row, date)));
    let outranks = |(end, date): (String, String)| {
        end.is_empty() || LoneEnd::new(&date, &end) == LoneEnd::Outranked
    };
    !sample.is_empty() && ends.all(outranks)
}

/// Sets the targets that the user chose. Returns messages about unknown keys and columns.
fn apply_user_columns(
    columns: &mut [Column],
    ranks: &mut [usize],
    options: &ReadOptions,
) -> Vec<String> {
    let mut messages = Vec::new();
    for (key, name) in &options.columns {
        let Some(target) = FieldTarget::from_key(key) else {
            let fields: Vec<&str> = Field::ALL.into_iter().map(Field::key).collect();
            messages.push(format!(
                "there is no field `{key}` for the column “{name}”: use date, position, {}",
                fields.join(", ")
            ));
            continue;
        };
        let is_same = |other: &str| {
            fold_name(other) == fold_name(name)
                && column_names::group_number(other) == column_names::group_number(name)
        };
        let own_name = name.strip_prefix(OWN_PREFIX);
        let own = |column: &Column| column.is_own && Some(column.name.as_str()) == own_name;
        let at = columns.iter().position(|column| column.name == *name || own(column));
        let at = at.or_else(|| columns.iter().position(|column| is_same(&column.name)));
        let found = at.and_then(|at| columns.get_mut(at).zip(ranks.get_mut(at)));
        if let Some((column, rank)) = found {
            (column.target, column.group, *rank) = (Some(target), 0, 0);
            column.is_own = false;
        } else {
            messages.push(format!(
                "there is no column “{name}”; the columns are {}",
                quoted_names(columns)
            ));
        }
    }
    messages
}

/// Gives each exclusive target to the column of its group with the most reliable name. The others
/// become own fields.
fn resolve_conflicts(columns: &mut [Column], ranks: &[usize]) {
    let mut best_ranks = HashMap::new();
    for (at, (column, rank)) in columns.iter().zip(ranks).enumerate() {
        let best = best_ranks.entry((column.target, column.group)).or_insert((*rank, at));
        *best = (*rank, at).min(*best);
    }
    let mut surest: HashMap<Option<FieldTarget>, usize> = HashMap::new();
    for (column, rank) in columns.iter().zip(ranks) {
        let best = surest.entry(column.target).or_insert(*rank);
        *best = (*rank).min(*best);
    }
    // A name that is known only in part counts if no other has its meaning.
    for (column, rank) in columns.iter_mut().zip(ranks) {
        let is_better = || surest.get(&column.target).is_some_and(|best| best < rank);
        if *rank > LOOSE_RANK && is_better() && !is_of_vocabulary(column, *rank) {
            column.target = None;
        }
    }
    for (at, column) in columns.iter_mut().enumerate() {
        let best = best_ranks.get(&(column.target, column.group));
        if best.is_some_and(|(_, best)| *best != at)
            && column.target.is_some_and(FieldTarget::is_exclusive_in_table)
        {
            column.target = None;
        }
    }
}

/// Whether a column has values of a vocabulary that count beside those of another column: `Dublin Core:Subject`
/// beside `tags`. `rank` is that of its name.
fn is_of_vocabulary(column: &Column, rank: usize) -> bool {
    let is_list = |target| match target {
        FieldTarget::Field(field) => {
            Field::NAMES.contains(&field)
                || matches!(field, Field::Subjects | Field::Places | Field::Language)
        }
        _ => false,
    };
    column.name.contains(':') && rank <= LAST_WORD_RANK && column.target.is_some_and(is_list)
}

/// Links each column of subjects to the column with their types.
fn link_subject_kinds(columns: &mut [Column]) {
    let is_subject = |column: &Column| column.normalized_name().starts_with("subject");
    let is_type = |column: &Column| column.normalized_name().ends_with("type");
    let types: Vec<(usize, u32)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| is_subject(column) && is_type(column))
        .map(|(at, column)| (at, column.group))
        .collect();
    for column in columns {
        if column.target == Some(FieldTarget::Field(Field::Subjects)) {
            let kind = types.iter().find(|(_, group)| *group == column.group);
            column.kind_index = kind.map(|(at, _)| *at);
        }
    }
}

/// How many names of columns a message quotes.
const MAX_QUOTED_NAMES: usize = 30;

/// Returns the quoted names of the first columns, for a message.
pub(super) fn quoted_names(columns: &[Column]) -> String {
    let first = columns.iter().take(MAX_QUOTED_NAMES);
    let names: Vec<String> = first
        .map(|column| format!("“{}”", truncate(column.name.as_str(), MAX_FIELD_NAME_BYTES)))
        .collect();
    let more = match columns.len().saturating_sub(MAX_QUOTED_NAMES) {
        0 => String::new(),
        more => format!(" and {} more", with_thousands(more)),
    };
    names.join(", ") + &more
}
