//! Names of a year, a month and a day that make one date together: `letter_year`, `letter_month`, `startDay`.

use std::collections::{BTreeSet, HashMap};

use super::leaves::Leaf;
use super::mapping::{Meaning, NameStats};
use crate::formats::cell_values;
use crate::formats::field_names::{
    DayNames, FieldTarget, date_kind, day_names, is_month, is_part_of_day, is_year,
};
use crate::formats::read::date_parts::{self, JoinedDate};

/// The names of the parts of dates.
#[derive(Clone, Debug, Default)]
pub(super) struct JoinedDays {
    dates: Vec<DayParts>,
    /// What each name of a month or a day is a part of.
    targets: HashMap<String, FieldTarget>,
}

/// The names of the parts of one date.
#[derive(Clone, Debug)]
struct DayParts {
    year: String,
    month: String,
    day: Option<String>,
    /// The names of whole dates, which say more in records that have one.
    wholes: Vec<String>,
}

/// The rank of a date whose year has no meaning of its own.
const PARTS_RANK: usize = 600;

impl JoinedDays {
    /// Finds the names. A year whose name says only that it is that of a document becomes the date if no other name is.
    pub(super) fn find(stats: &[NameStats<'_>], decided: &mut [Option<Meaning>]) -> JoinedDays {
        let mut joined = JoinedDays::default();
        if !stats.iter().any(|it| is_part_of_day(&it.leaf.key)) {
            return joined;
        }
        let mut decided = Decided::new(stats, decided);
        for object in objects_of(stats) {
            decided.enter(&object);
            let names: Vec<&str> =
                object.iter().filter_map(|at| stats.get(*at)).map(|it| &*it.leaf.key).collect();
            for found in day_names(&names) {
                let index = |at: usize| object.get(at).copied();
                let (Some(year), Some(month)) = (index(found.year), index(found.month)) else {
                    continue;
                };
                joined.add(&mut decided, found, (year, month, found.day.and_then(index)));
            }
        }
        joined
    }

    /// Adds the names of a date, by their indices.
    fn add(
        &mut self,
        decided: &mut Decided<'_, '_>,
        found: DayNames,
        (year_at, month_at, day_at): (usize, usize, Option<usize>),
    ) {
        use FieldTarget::{Begin, Date, End, Year};
        let stats = decided.stats;
        let (Some(year), Some(month)) = (stats.get(year_at), stats.get(month_at)) else { return };
        let meaning = match decided.meaning(year_at) {
            Some(it) if [Begin, Date, End].contains(&it.target) => it,
            // Bare names are joined in each record.
            Some(it) if it.target == Year && !found.is_bare => Meaning { target: Date, ..it },
            None if found.is_of_document && decided.dates == 0 && year.are_mostly(is_year) => {
                Meaning { target: Date, rank: PARTS_RANK, is_placed: false }
            }
            _ => return,
        };
        if !month.are_mostly(is_month) {
            return;
        }
        for other in [Some(month_at), day_at].into_iter().flatten() {
            decided.set(other, None);
        }
        let wholes = decided.whole_dates(meaning, year_at);
        let rank = wholes.iter().map(|(rank, _)| rank + 1).fold(meaning.rank, usize::max);
        decided.set(year_at, Some(Meaning { rank, ..meaning }));
        let name = |at: usize| stats.get(at).map(|it| it.leaf.name.to_string());
        let parts = DayParts {
            year: year.leaf.name.to_string(),
            month: month.leaf.name.to_string(),
            day: day_at.and_then(name),
            wholes: wholes.into_iter().filter_map(|(_, at)| name(at)).collect(),
        };
        for name in [Some(&parts.month), parts.day.as_ref()].into_iter().flatten() {
            self.targets.entry(name.clone()).or_insert(meaning.target);
        }
        self.dates.push(parts);
    }

    /// Joins the parts of dates in a record: the year has the date, and the month and the day are left out.
    pub(super) fn join(&self, leaves: &mut Vec<Leaf<'_>>) {
        if self.dates.is_empty() {
            return;
        }
        let names = LeavesByName::new(leaves);
        let mut dates: Vec<(usize, String)> = Vec::new();
        let mut is_joined = vec![false; leaves.len()];
        for parts in &self.dates {
            let sole =
                |name: &str| names.sole(name).filter(|at| is_joined.get(*at) == Some(&false));
            let (Some(year), Some(month)) = (sole(&parts.year), sole(&parts.month)) else {
                continue;
            };
            let day = parts.day.as_deref().and_then(sole);
            let text = |at: usize| leaves.get(at).map_or("", |leaf| leaf.text.trim());
            let joined = JoinedDate::new(text(year), Some(text(month)), day.map(text));
            let is_known =
                |at: usize| !date_parts::is_unknown(text(at)) && !cell_values::is_missing(text(at));
            let has_whole =
                || parts.wholes.iter().any(|name| names.named(name).iter().any(|at| is_known(*at)));
            if !joined.has_month || date_parts::is_unknown(text(year)) || has_whole() {
                continue;
            }
            for at in [Some(month), day.filter(|_| joined.has_day)].into_iter().flatten() {
                if let Some(is_joined) = is_joined.get_mut(at) {
                    *is_joined = true;
                }
            }
            dates.push((year, joined.text));
        }
        for (at, text) in dates {
            if let Some(leaf) = leaves.get_mut(at) {
                (leaf.text, leaf.is_joined) = (text.into(), true);
            }
        }
        let mut is_joined = is_joined.into_iter();
        leaves.retain(|_| is_joined.next() == Some(false));
    }

    /// Returns what a name fills as the month or the day of a date.
    pub(super) fn target(&self, name: &str) -> Option<FieldTarget> {
        self.targets.get(name).copied()
    }
}

/// The leaves of a record in the order of their names.
struct LeavesByName<'l, 'v> {
    leaves: &'l [Leaf<'v>],
    /// The indices of the leaves.
    indices: Vec<usize>,
}

impl<'l, 'v> LeavesByName<'l, 'v> {
    fn new(leaves: &'l [Leaf<'v>]) -> LeavesByName<'l, 'v> {
        let mut names = LeavesByName { leaves, indices: Vec::new() };
        let mut indices: Vec<usize> = (0..leaves.len()).collect();
        indices.sort_by(|a, b| names.name(*a).cmp(names.name(*b)));
        names.indices = indices;
        names
    }

    fn name(&self, at: usize) -> &str {
        self.leaves.get(at).map_or("", |leaf| &leaf.name)
    }

    /// Returns the indices of the leaves with a name.
    fn named(&self, name: &str) -> &[usize] {
        let start = self.indices.partition_point(|at| self.name(*at) < name);
        let end = self.indices.partition_point(|at| self.name(*at) <= name);
        self.indices.get(start..end).unwrap_or_default()
    }

    /// Returns the index of the leaf with a name, if there is one alone.
    fn sole(&self, name: &str) -> Option<usize> {
        match self.named(name) {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// What the names of a file mean so far, and which of them are dates.
struct Decided<'d, 's> {
    stats: &'d [NameStats<'s>],
    meanings: &'d mut [Option<Meaning>],
    /// The number of names that mean a date or a year.
    dates: usize,
    /// The ranks and indices of the names that mean the whole date of a document.
    wholes: BTreeSet<(usize, usize)>,
    /// Those of them that are in the object whose names are looked at.
    near_wholes: BTreeSet<(usize, usize)>,
}

/// The most names of whole dates that are looked for beside the parts of one.
const MAX_WHOLES: usize = 8;

impl<'d, 's> Decided<'d, 's> {
    fn new(stats: &'d [NameStats<'s>], meanings: &'d mut [Option<Meaning>]) -> Decided<'d, 's> {
        let (wholes, near_wholes) = (BTreeSet::new(), BTreeSet::new());
        let mut decided = Decided { stats, meanings, dates: 0, wholes, near_wholes };
        decided.dates = (0..stats.len()).filter(|at| decided.is_date(*at)).count();
        decided.wholes = (0..stats.len()).filter_map(|at| decided.whole_date(at)).collect();
        decided
    }

    /// Begins with the names of an object, by their indices.
    fn enter(&mut self, object: &[usize]) {
        self.near_wholes = object.iter().filter_map(|at| self.whole_date(*at)).collect();
    }

    /// Returns what a name means so far.
    fn meaning(&self, at: usize) -> Option<Meaning> {
        self.meanings.get(at).copied().flatten()
    }

    /// Sets what a name of the object means.
    fn set(&mut self, at: usize, meaning: Option<Meaning>) {
        self.dates -= usize::from(self.is_date(at));
        if let Some(whole) = self.whole_date(at) {
            self.wholes.remove(&whole);
            self.near_wholes.remove(&whole);
        }
        if let Some(of_name) = self.meanings.get_mut(at) {
            *of_name = meaning;
        }
        self.dates += usize::from(self.is_date(at));
        let whole = self.whole_date(at);
        self.wholes.extend(whole);
        self.near_wholes.extend(whole);
    }

    /// Whether a name means a date or a year.
    fn is_date(&self, at: usize) -> bool {
        let meaning = self.meaning(at);
        meaning.is_some_and(|it| [FieldTarget::Date, FieldTarget::Year].contains(&it.target))
    }

    /// Returns the rank and the index of a name that means the whole date of a document.
    fn whole_date(&self, at: usize) -> Option<(usize, usize)> {
        let meaning = self.meaning(at).filter(|it| it.target == FieldTarget::Date)?;
        let is_whole = date_kind(&self.stats.get(at)?.leaf.key).is_of_document();
        is_whole.then_some((meaning.rank, at))
    }

    /// Returns the ranks and the indices of the whole dates that count before the parts of one, whose year has a meaning and
    /// an index: those in the same object, and surer ones. `c. 12 July 1902` says more than its parts.
    fn whole_dates(&self, of_year: Meaning, year: usize) -> Vec<(usize, usize)> {
        if of_year.target != FieldTarget::Date {
            return Vec::new();
        }
        let surer = self.wholes.iter().take_while(|(rank, _)| *rank <= of_year.rank);
        let surer = surer.filter(|whole| !self.near_wholes.contains(whole));
        let all = self.near_wholes.iter().chain(surer).filter(|(_, at)| *at != year);
        all.copied().take(MAX_WHOLES).collect()
    }
}

/// Returns the indices of the names in each object.
fn objects_of(stats: &[NameStats<'_>]) -> Vec<Vec<usize>> {
    let mut objects: Vec<Vec<usize>> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (at, stats) in stats.iter().enumerate() {
        let outer = stats.leaf.name.strip_suffix(&*stats.leaf.key).unwrap_or(&stats.leaf.name);
        let number = *numbers.entry(outer).or_insert(objects.len());
        match objects.get_mut(number) {
            Some(indices) => indices.push(at),
            None => objects.push(vec![at]),
        }
    }
    objects
}
