//! Names of a year, a month and a day that make one date together: `letter_year`, `letter_month`, `startDay`.

use super::leaves::Leaf;
use super::mapping::{Meaning, NameStats};
use crate::formats::cell_values;
use crate::formats::field_names::{
    DayNames, FieldTarget, date_kind, day_names, is_month, is_part_of_day, is_year,
};
use crate::formats::read::date_parts::{self, JoinedDate};

/// The names of the parts of dates.
#[derive(Clone, Debug, Default)]
pub(super) struct JoinedDays(Vec<DayParts>);

/// The names of the parts of one date, and what it fills.
#[derive(Clone, Debug)]
struct DayParts {
    year: String,
    month: String,
    day: Option<String>,
    target: FieldTarget,
    /// The names of whole dates, which say more in records that have one.
    wholes: Vec<String>,
}

/// The rank of a date whose year has no meaning of its own.
const PARTS_RANK: usize = 600;

impl JoinedDays {
    /// Finds the names. A year whose name says only that it is that of a document becomes the date if no other name is.
    pub(super) fn find(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) -> JoinedDays {
        let has_month = stats.iter().any(|it| is_part_of_day(&it.leaf.key));
        let mut joined = JoinedDays::default();
        for objects in has_month.then(|| objects_of(stats)).into_iter().flatten() {
            let names: Vec<&str> =
                objects.iter().filter_map(|at| stats.get(*at)).map(|it| &*it.leaf.key).collect();
            for found in day_names(&names) {
                let index = |at: usize| objects.get(at).copied();
                let (Some(year), Some(month)) = (index(found.year), index(found.month)) else {
                    continue;
                };
                let indices = [Some(year), Some(month), found.day.and_then(index)];
                joined.add(stats, decided, (found, &objects), indices);
            }
        }
        joined
    }

    /// Adds the names of a date, by their indices and those of all names in their object, which are sorted.
    fn add(
        &mut self,
        stats: &[NameStats<'_>],
        decided: &mut [Option<Meaning>],
        (found, objects): (DayNames, &[usize]),
        indices: [Option<usize>; 3],
    ) {
        use FieldTarget::{Begin, Date, End, Year};
        let [year, month, day] = indices.map(|at| at.and_then(|at| stats.get(at)));
        let (Some(year), Some(month), Some(at)) = (year, month, indices[0]) else { return };
        let is_date = |it: &Meaning| [Date, Year].contains(&it.target);
        let has_date = decided.iter().flatten().any(is_date);
        let meaning = match decided.get(at).copied().flatten() {
            Some(it) if [Begin, Date, End].contains(&it.target) => it,
            // Bare names are joined in each record.
            Some(it) if it.target == Year && !found.is_bare => Meaning { target: Date, ..it },
            None if found.is_of_document && !has_date && year.are_mostly(is_year) => {
                Meaning { target: Date, rank: PARTS_RANK, is_placed: false }
            }
            _ => return,
        };
        if !month.are_mostly(is_month) {
            return;
        }
        for other in [indices[1], indices[2]].into_iter().flatten() {
            if let Some(other) = decided.get_mut(other) {
                *other = None;
            }
        }
        let wholes = whole_dates(stats, decided, (meaning, at), objects);
        if let Some(of_year) = decided.get_mut(at) {
            let rank = wholes.iter().map(|(rank, _)| rank + 1).fold(meaning.rank, usize::max);
            *of_year = Some(Meaning { rank, ..meaning });
        }
        self.0.push(DayParts {
            year: year.leaf.name.to_string(),
            month: month.leaf.name.to_string(),
            day: day.map(|day| day.leaf.name.to_string()),
            target: meaning.target,
            wholes: wholes.into_iter().map(|(_, name)| name).collect(),
        });
    }

    /// Joins the parts of dates in a record: the year has the date, and the month and the day are left out.
    pub(super) fn join(&self, leaves: &mut Vec<Leaf<'_>>) {
        for parts in &self.0 {
            let at = |name: &str| {
                let mut named = leaves.iter().enumerate().filter(|(_, leaf)| leaf.name == name);
                let (at, _) = named.next()?;
                named.next().is_none().then_some(at)
            };
            let (Some(year), Some(month)) = (at(&parts.year), at(&parts.month)) else { continue };
            let day = parts.day.as_deref().and_then(at);
            let text = |at: usize| leaves.get(at).map_or("", |leaf| leaf.text.trim());
            let joined = JoinedDate::new(text(year), Some(text(month)), day.map(text));
            let is_whole = |leaf: &Leaf<'_>| {
                let text = leaf.text.trim();
                parts.wholes.iter().any(|name| *name == leaf.name)
                    && !date_parts::is_unknown(text)
                    && !cell_values::is_missing(text)
            };
            let is_left = !joined.has_month || date_parts::is_unknown(text(year));
            if is_left || leaves.iter().any(is_whole) {
                continue;
            }
            let mut used = vec![month];
            used.extend(day.filter(|_| joined.has_day));
            if let Some(leaf) = leaves.get_mut(year) {
                (leaf.text, leaf.is_joined) = (joined.text.into(), true);
            }
            used.sort_unstable();
            for at in used.into_iter().rev() {
                leaves.remove(at);
            }
        }
    }

    /// Returns what a name fills as the month or the day of a date.
    pub(super) fn target(&self, name: &str) -> Option<FieldTarget> {
        let has = |it: &&DayParts| it.month == name || it.day.as_deref() == Some(name);
        self.0.iter().find(has).map(|parts| parts.target)
    }
}

/// The most names of whole dates that are looked for beside the parts of one.
const MAX_WHOLES: usize = 8;

/// Returns the ranks and the names of the whole dates that count before the parts of one, whose year has a meaning and an
/// index: those in the same object, and surer ones. `c. 12 July 1902` says more than its parts.
fn whole_dates(
    stats: &[NameStats<'_>],
    decided: &[Option<Meaning>],
    (of_year, year): (Meaning, usize),
    objects: &[usize],
) -> Vec<(usize, String)> {
    let names = stats.iter().zip(decided).enumerate();
    let whole = |(at, (stats, meaning)): (usize, (&NameStats<'_>, &Option<Meaning>))| {
        let is_date = |it: &Meaning| [it.target, of_year.target] == [FieldTarget::Date; 2];
        let meaning = meaning.filter(|it| at != year && is_date(it))?;
        let is_near = objects.binary_search(&at).is_ok() || meaning.rank <= of_year.rank;
        let is_whole = is_near && date_kind(&stats.leaf.key).is_of_document();
        is_whole.then(|| (meaning.rank, stats.leaf.name.to_string()))
    };
    names.filter_map(whole).take(MAX_WHOLES).collect()
}

/// Returns the indices of the names in each object.
fn objects_of(stats: &[NameStats<'_>]) -> Vec<Vec<usize>> {
    let mut objects: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, stats) in stats.iter().enumerate() {
        let outer = stats.leaf.name.strip_suffix(&*stats.leaf.key).unwrap_or(&stats.leaf.name);
        match objects.iter_mut().find(|(name, _)| *name == outer) {
            Some((_, indices)) => indices.push(at),
            None => objects.push((outer, vec![at])),
        }
    }
    objects.into_iter().map(|(_, indices)| indices).collect()
}
