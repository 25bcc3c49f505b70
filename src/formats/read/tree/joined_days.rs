//! Names of a year, a month and a day that make one date together: `letter_year`, `letter_month`, `startDay`.

use super::leaves::Leaf;
use super::mapping::{Meaning, NameStats};
use crate::formats::field_names::{
    DayNames, FieldTarget, day_names, is_month, is_part_of_day, is_year,
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
                joined.add(
                    stats,
                    decided,
                    found,
                    [Some(year), Some(month), found.day.and_then(index)],
                );
            }
        }
        joined
    }

    /// Adds the names of a date, by their indices.
    fn add(
        &mut self,
        stats: &[NameStats<'_>],
        decided: &mut [Option<Meaning>],
        found: DayNames,
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
        if let Some(of_year) = decided.get_mut(at) {
            *of_year = Some(meaning);
        }
        self.0.push(DayParts {
            year: year.leaf.name.to_string(),
            month: month.leaf.name.to_string(),
            day: day.map(|day| day.leaf.name.to_string()),
            target: meaning.target,
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
            if !joined.has_month || date_parts::is_unknown(text(year)) {
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
