//! Columns whose cells make one value together: the family's and the given name of a person, the parts of a begin or an end.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use csv::StringRecord;

use super::columns::Column;
use super::neighbors::name_signers;
use super::trim_cell;
use crate::formats::cell_values;
use crate::formats::field_names::{
    FieldTarget, PersonNames, date_kind, day_names, is_month, is_part_of_person, is_year,
    join_person, known_names, person_names,
};
use crate::formats::read::date_parts::{self, JoinedDate};
use crate::record::Field;

/// Tables with more columns are not looked through.
const MAX_COLUMNS: usize = 1_000;

/// The columns that are joined, by their indices.
#[derive(Debug, Default)]
pub(super) struct JoinedColumns {
    /// Those of the family's and the given name of a person.
    persons: Vec<(usize, usize)>,
    /// Those of the year, the month and the day of a begin or an end.
    days: Vec<(usize, usize, Option<usize>)>,
}

impl JoinedColumns {
    /// Finds the columns, and gives the first of those that belong together the meaning of all. `ranks` are those of the
    /// columns' names.
    pub(super) fn find(
        columns: &mut [Column],
        ranks: &mut [usize],
        sample: &[StringRecord],
    ) -> JoinedColumns {
        // Tables that fonds writes have whole values.
        if columns.len() > MAX_COLUMNS || columns.iter().any(|column| !column.splits_names) {
            return JoinedColumns::default();
        }
        let names: Vec<String> = columns.iter().map(|column| column.name.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let days = join_days(columns, ranks, &names, sample);
        let describes = |column: &Column| column.target.is_some_and(super::describes);
        let is_described = columns.iter().any(describes);
        let pairs = person_names(&names).into_iter();
        let are_words = |at: usize| {
            super::neighbors::are_mostly(sample, at, |cell| cell.starts_with(char::is_alphabetic))
        };
        // `First` and `Last` alone may be numbers of pages.
        let may_be = |pair: &PersonNames| {
            !pair.role.is_empty()
                || (is_described && (are_words(pair.family) || are_words(pair.given)))
        };
        let pairs = pairs.filter(may_be);
        let persons = pairs.filter(|pair| !has_whole_name(columns, pair, sample));
        let persons: Vec<PersonNames> = persons.collect();
        let persons = persons.iter().filter_map(|pair| join_person_columns(columns, ranks, pair));
        let joined = JoinedColumns { persons: persons.collect(), days };
        name_signers(columns, |at| joined.is_of_person(at));
        joined
    }

    /// Whether a column has the family's names of persons, and another one their given names.
    fn is_of_person(&self, at: usize) -> bool {
        self.persons.iter().any(|(family, _)| *family == at)
    }

    /// Returns what the cells of a column fill together with those of another one.
    pub(super) fn target(&self, columns: &[Column], at: usize) -> Option<FieldTarget> {
        let of_person = self.persons.iter().find(|(_, given)| *given == at).map(|(it, _)| *it);
        let is_of_day =
            |(_, month, day): &&(usize, usize, Option<usize>)| *month == at || *day == Some(at);
        let first = of_person.or_else(|| self.days.iter().find(is_of_day).map(|(it, ..)| *it))?;
        columns.get(first)?.target
    }

    /// Returns a row with the joined values in the first of the cells that belong together.
    pub(super) fn join<'r>(&self, row: &'r StringRecord) -> Cow<'r, StringRecord> {
        if self.persons.is_empty() && self.days.is_empty() {
            return Cow::Borrowed(row);
        }
        let cell = |at: usize| row.get(at).map_or("", trim_cell);
        let mut changed: HashMap<usize, String> = HashMap::new();
        for (family, given) in &self.persons {
            if let Some(name) = join_persons(cell(*family), cell(*given)) {
                changed.insert(*family, name);
                changed.insert(*given, String::new());
            }
        }
        for (year, month, day) in &self.days {
            let day_cell = day.map(cell);
            let joined = JoinedDate::new(cell(*year), Some(cell(*month)), day_cell);
            if joined.has_month && !date_parts::is_unknown(cell(*year)) {
                changed.insert(*year, joined.text);
                changed.insert(*month, String::new());
                changed.extend(day.filter(|_| joined.has_day).map(|day| (day, String::new())));
            }
        }
        let cells = row.iter().enumerate();
        Cow::Owned(cells.map(|(at, cell)| changed.get(&at).map_or(cell, |it| it)).collect())
    }
}

/// Gives the column of a year its month and its day, if it is a date. Returns those of begins and ends.
fn join_days(
    columns: &mut [Column],
    ranks: &mut [usize],
    names: &[&str],
    sample: &[StringRecord],
) -> Vec<(usize, usize, Option<usize>)> {
    use FieldTarget::{Begin, Date, Day, End, Month, Year};
    let mut of_spans = Vec::new();
    let all = day_names(names);
    let parts = all.iter().flat_map(|it| [Some(it.year), Some(it.month), it.day]);
    let parts: HashSet<usize> = parts.flatten().collect();
    for found in &all {
        let target = |at: usize| columns.get(at).and_then(|column| column.target);
        let are_months = super::neighbors::are_mostly(sample, found.month, is_month);
        let has_date =
            columns.iter().any(|it| it.target.is_some_and(|it| [Date, Year].contains(&it)));
        let are_years = || super::neighbors::are_mostly(sample, found.year, is_year);
        let is_free = target(found.month).is_none_or(|it| it == Month);
        let rank = ranks.get(found.year).copied().unwrap_or(0);
        match target(found.year).filter(|_| are_months && is_free) {
            Some(Begin | End) => of_spans.push((found.year, found.month, found.day)),
            Some(Date | Year) => {
                let is_surer = |(column, other): (&Column, &usize)| {
                    column.target == Some(Date) && *other < rank
                };
                if columns.iter().zip(ranks.iter()).any(is_surer) {
                    continue;
                }
                for (at, column) in columns.iter_mut().enumerate() {
                    // A whole date may say more than its parts: `c. 12 July 1902`. They count in rows without it.
                    let is_whole = !parts.contains(&at) && date_kind(&column.name).is_of_document();
                    let gives_way = |it: FieldTarget| it == Year || (it == Date && !is_whole);
                    column.target.take_if(|it| gives_way(*it) && at != found.year);
                }
                set_parts(columns, ranks, (found.year, found.month, found.day), [Year, Month, Day]);
            }
            None if are_months && found.is_of_document && !has_date && are_years() => {
                set_parts(columns, ranks, (found.year, found.month, found.day), [Year, Month, Day]);
            }
            _ => {}
        }
    }
    of_spans
}

/// Sets what the columns of a year, a month and a day fill.
fn set_parts(
    columns: &mut [Column],
    ranks: &mut [usize],
    (year, month, day): (usize, usize, Option<usize>),
    targets: [FieldTarget; 3],
) {
    for (at, target) in [Some(year), Some(month), day].into_iter().zip(targets) {
        let Some(at) = at else { continue };
        if let Some((column, rank)) = columns.get_mut(at).zip(ranks.get_mut(at)) {
            (column.target, *rank) = (Some(target), 1);
        }
    }
}

/// Whether another column has the whole names of persons whose parts two columns have: `Author` beside `Author First Name`
/// and `Author Last Name`, or `Author Name` beside `Author Last Name`.
fn has_whole_name(columns: &[Column], pair: &PersonNames, sample: &[StringRecord]) -> bool {
    let names = |at: usize| columns.get(at).and_then(|it| it.target).filter(|it| is_name(*it));
    if pair.whole.is_some_and(|at| names(at).is_some()) {
        return true;
    }
    let lower = |row: &StringRecord, at: usize| row.get(at).map_or("", trim_cell).to_lowercase();
    let target = known_names(&pair.role).first().map(|known| known.target);
    let has_family = |at: usize| {
        let both = sample.iter().map(|row| (lower(row, at), lower(row, pair.family)));
        let filled = both.filter(|(cell, family)| !cell.is_empty() && !family.is_empty());
        let have: Vec<bool> = filled.map(|(cell, family)| cell.contains(&family)).collect();
        !have.is_empty() && 2 * have.iter().filter(|has| **has).count() >= have.len()
    };
    let group = columns.get(pair.family).map(|column| column.group);
    let is_whole = |(at, column): (usize, &Column)| {
        let is_other = || at == pair.given || !is_part_of_person(&column.name);
        let may_be = at != pair.family && Some(column.group) == group && names(at) == target;
        may_be && target.is_some() && is_other() && has_family(at)
    };
    columns.iter().enumerate().any(is_whole)
}

/// Whether the cells of a column with a meaning are names of persons.
fn is_name(target: FieldTarget) -> bool {
    match target {
        FieldTarget::Field(field) => Field::NAMES.contains(&field),
        target => target == FieldTarget::ContributorByRole,
    }
}

/// Gives the column of a family's name the meaning of its role. Returns the indices of the columns, unless one of them means
/// something else.
fn join_person_columns(
    columns: &mut [Column],
    ranks: &mut [usize],
    pair: &PersonNames,
) -> Option<(usize, usize)> {
    let is_free = |at: usize| {
        let may_be = |target| {
            let is_title = target == FieldTarget::Field(Field::Title);
            is_name(target) || (is_title && pair.sole_name == Some(at))
        };
        columns.get(at).is_some_and(|it| it.splits_names && it.target.is_none_or(may_be))
    };
    if !is_free(pair.family) || !is_free(pair.given) {
        return None;
    }
    let known = known_names(&pair.role).first().copied();
    let target = known.map_or(FieldTarget::Field(Field::People), |known| known.target);
    columns.get_mut(pair.given)?.target = None;
    let (column, rank) = columns.get_mut(pair.family).zip(ranks.get_mut(pair.family))?;
    if target == FieldTarget::ContributorByRole {
        column.name = pair.role.as_str().into();
    }
    (column.target, *rank) = (Some(target), 1);
    Some((pair.family, pair.given))
}

/// Joins the parts of the names of one person, or of several, whose parts stand in the same order.
fn join_persons(family: &str, given: &str) -> Option<String> {
    let part = |text| if cell_values::is_missing(text) { "" } else { text };
    let (family, given) = (part(family), part(given));
    let Some(sign) = [';', '|'].into_iter().find(|it| family.contains(*it)) else {
        return join_person(family, given);
    };
    let [families, givens] = [family, given].map(|it| it.split(sign).map(str::trim).collect());
    let (families, givens): (Vec<&str>, Vec<&str>) = (families, givens);
    let pairs = families.iter().zip(&givens).filter(|_| families.len() == givens.len());
    let names: Option<Vec<String>> = pairs.map(|(one, other)| join_person(one, other)).collect();
    let separator = if sign == ';' { "; " } else { "|" };
    names.filter(|names| !names.is_empty()).map(|names| names.join(separator))
}
