//! Decides from some records of a file what their names mean.
//!
//! Names of `assets/fields/` decide first, then the values: `from` with names is a sender, with days a begin.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::joined_days::JoinedDays;
use super::leaves::{INNER, Leaf, Owner};
use super::{convert, lifting, named_addresses, neighbors, nesting, words};
use crate::formats::cell_values;
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::{
    FieldTarget, KnownName, LOOSE_RANK, are_logins, date_left, decide, is_address, is_earlier_date,
    is_known, is_machine_address, is_machine_key, is_sole_date, is_system_date, is_unsure_date,
    is_work_name, known_names, names_in_data, unsure_date_taken, words_of,
};
use crate::record::Field;

/// The number of values of a name that decide what it means.
const MAX_TEXTS: usize = 50;

/// The addition to the rank of a name below another name.
const NESTED_RANK: usize = 1_000;

/// The addition to the rank of a name inside an object with its own id and title.
pub(super) const OTHER_THING_RANK: usize = 10_000;

/// Names that mean something only at the top of a record.
const GENERIC_NAMES: [&str; 18] = [
    "id",
    "name",
    "title",
    "label",
    "type",
    "url",
    "uri",
    "link",
    "href",
    "description",
    "value",
    "key",
    "number",
    "text",
    "content",
    "body",
    "language",
    "lang",
];

/// Names of anything, which are titles only at the top of a record, or in its description.
const NAMES_OF_THINGS: [&str; 5] =
    ["displayname", "displaylabel", "preflabel", "preferredlabel", "authorizedformofname"];

/// The element with the day of a placemark in KML.
const KML_DATE: &str = "TimeStamp";

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// What its values fill.
    pub(super) target: FieldTarget,
    /// The lower, the surer.
    pub(super) rank: usize,
    /// Whether the place of the name says so, whatever its values are.
    pub(super) is_placed: bool,
}

/// What the names of the records of a file mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapping {
    /// What each name of the sample means; `None` if its values become an own field.
    meanings: HashMap<String, Option<Meaning>, RandomState>,
    /// All names of the sample with an example each, in the order of the file.
    names: Vec<(String, String)>,
    /// What the user chose a name for.
    chosen: Vec<FieldTarget>,
    /// Who gave the names.
    source: NameSource,
    /// The names that mean something; `None` if any may.
    keys: Option<&'static [&'static str]>,
    /// The keys of objects in which the records describe themselves.
    pub(super) wrappers: Vec<String>,
    /// The names of years, months and days that make one date.
    pub(super) days: JoinedDays,
    /// What each name really fills in the sample; `None` if its values become an own field, because a surer name has
    /// the field, or because they do not fit it.
    filled: HashMap<String, Option<FieldTarget>, RandomState>,
}

/// Who gave the names of values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NameSource {
    /// The keys of the file, which say what each value is.
    #[default]
    Keys,
    /// The classes, labels and lines of a page, which say how a value is shown: `card-date`.
    Page,
}

/// What is known of a name while records are looked at.
pub(super) struct NameStats<'v> {
    /// The first text under the name.
    pub(super) leaf: &'v Leaf<'v>,
    /// The texts under the name, trimmed, as many as decide.
    texts: Vec<&'v str>,
}

impl Mapping {
    /// Decides from the texts of some records.
    pub(super) fn decide(records: &[Vec<Leaf<'_>>], source: NameSource) -> Mapping {
        let mut indices: HashMap<&str, usize> = HashMap::new();
        let mut stats: Vec<NameStats<'_>> = Vec::new();
        for leaf in records.iter().flatten() {
            let at = *indices.entry(&leaf.name).or_insert_with(|| {
                stats.push(NameStats::new(leaf));
                stats.len() - 1
            });
            let is_filled = !cell_values::is_missing(leaf.text.trim());
            let is_wanted = |it: &&mut NameStats<'_>| is_filled && it.texts.len() < MAX_TEXTS;
            if let Some(stats) = stats.get_mut(at).filter(is_wanted) {
                stats.texts.push(leaf.text.trim());
            }
        }
        let mut decided: Vec<Option<Meaning>> =
            stats.iter().map(|stats| stats.meaning(None)).collect();
        neighbors::give_second_meanings(&stats, &mut decided);
        neighbors::drop_languages(&stats, &mut decided);
        neighbors::drop_dates_of_hosts(&stats, &mut decided);
        neighbors::pair_date_with_code(records, &stats, &mut decided);
        neighbors::drop_sole_dates(&stats, &mut decided);
        if source == NameSource::Keys {
            neighbors::drop_unsure_dates(&stats, &mut decided);
        }
        neighbors::drop_row_dates(&stats, &mut decided);
        neighbors::take_names_of_timespans(&stats, &mut decided);
        neighbors::drop_sent_to(&stats, &mut decided);
        neighbors::drop_logins(&stats, &mut decided);
        neighbors::settle_creators(&stats, &mut decided);
        neighbors::drop_moments(&stats, &mut decided);
        neighbors::drop_spans_of_others(records, &stats, &mut decided);
        neighbors::drop_repeated_titles(records, &stats, &mut decided);
        named_addresses::take_thing(&stats, &mut decided);
        let days = JoinedDays::find(&stats, &mut decided);
        let names = stats.iter().map(|stats| stats.leaf.name.to_string());
        let meanings = names.zip(decided).collect();
        let example = |stats: &NameStats<'_>| (*stats.texts.first().unwrap_or(&"")).to_owned();
        let names =
            stats.iter().map(|stats| (stats.leaf.name.to_string(), example(stats))).collect();
        Mapping { meanings, names, source, days, ..Mapping::default() }
    }

    /// Finds out what the names really fill in some records.
    pub(super) fn settle(&mut self, records: &[Vec<Leaf<'_>>]) {
        let mut filled: HashMap<String, Option<FieldTarget>, RandomState> = HashMap::default();
        for leaves in records {
            for (leaf, target) in leaves.iter().zip(convert::targets(leaves, self)) {
                match filled.get_mut(&*leaf.name) {
                    Some(known) => *known = known.or(target),
                    None => _ = filled.insert(leaf.name.to_string(), target),
                }
            }
        }
        self.filled = filled;
    }

    /// Keeps the meanings of these names only.
    pub(super) fn keep_meanings_of(&mut self, keys: &'static [&'static str]) {
        for (name, meaning) in &mut self.meanings {
            meaning.take_if(|_| !keys.contains(&name.as_str()));
        }
        self.keys = Some(keys);
    }

    /// Sets what a name means by where it stands in the file.
    pub(super) fn assume(&mut self, name: &str, target: FieldTarget) {
        if self.names.iter().any(|(known, _)| known == name) {
            let meaning = Meaning { target, rank: 0, is_placed: true };
            self.meanings.insert(name.to_owned(), Some(meaning));
        }
    }

    /// Sets what the user said: the key of a field and a name for it.
    ///
    /// # Errors
    /// There is no such field or name; a sentence that names those there are.
    pub(super) fn apply_user_names(&mut self, columns: &[(String, String)]) -> Result<(), String> {
        for (key, name) in columns {
            let Some(target) = FieldTarget::from_key(key) else {
                let fields: Vec<&str> = Field::ALL.into_iter().map(Field::key).collect();
                return Err(format!(
                    "there is no field `{key}` for “{name}”: use date, position, {}",
                    fields.join(", ")
                ));
            };
            if !self.names.iter().any(|(known, _)| known == name) {
                let names: Vec<String> =
                    self.names.iter().map(|(name, _)| format!("“{name}”")).collect();
                return Err(format!(
                    "there is no “{name}” in the records; their fields are {}",
                    names.join(", ")
                ));
            }
            for meaning in self.meanings.values_mut() {
                meaning.take_if(|meaning| meaning.target == target);
            }
            let meaning = Meaning { target, rank: 0, is_placed: false };
            self.meanings.insert(name.clone(), Some(meaning));
            self.chosen.push(target);
        }
        Ok(())
    }

    /// Returns what the name of a text means; `None` if it becomes an own field. The text itself decides
    /// for a name that the sample has not.
    pub(super) fn meaning(&self, leaf: &Leaf<'_>) -> Option<Meaning> {
        if let Some(meaning) = self.meanings.get(&*leaf.name) {
            return *meaning;
        }
        if self.keys.is_some_and(|keys| !keys.contains(&&*leaf.name)) {
            return None;
        }
        let stats = NameStats { texts: vec![leaf.text.trim()], leaf };
        let mut meaning = [stats.meaning(None)];
        neighbors::drop_languages(&[stats], &mut meaning);
        let [meaning] = meaning;
        // Whether a file has another date is seen in the sample.
        let meaning = meaning.filter(|_| !is_sole_date(&leaf.key) || is_known(&leaf.key));
        meaning.filter(|meaning| !self.chosen.contains(&meaning.target))
    }

    /// Whether a name is that of a title, a date or a person.
    pub(super) fn describes(&self) -> bool {
        let is_title = |target| target == FieldTarget::Field(Field::Title);
        let says =
            |it: &Meaning| is_title(it.target) || is_part_of_date(it.target) || is_name(it.target);
        self.meanings.values().flatten().any(says)
    }

    /// Returns all names with an example and what each fills, in the order of the file.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str, Option<Meaning>)> {
        self.names.iter().map(|(name, example)| {
            let meaning = self.meanings.get(name).copied().flatten();
            let meaning = match self.filled.get(name) {
                Some(target) => meaning.zip(*target).map(|(it, target)| Meaning { target, ..it }),
                None => meaning,
            };
            (&**name, &**example, meaning)
        })
    }

    /// Returns the field that a name could fill if no surer name did.
    pub(super) fn taken_field(&self, name: &str) -> Option<FieldTarget> {
        let target = self.meanings.get(name).copied().flatten()?.target;
        let is_own = self.filled.get(name) == Some(&None);
        let is_taken = || self.filled.values().any(|filled| *filled == Some(target));
        (is_own && is_taken()).then_some(target)
    }

    /// Returns the warning about a name whose date may be another thing's (`floodDate`), whether it is taken or not.
    pub(super) fn unsure_date(&self) -> Option<String> {
        let is_date = |it: Meaning| is_part_of_date(it.target);
        if self.chosen.contains(&FieldTarget::Date) || self.source == NameSource::Page {
            return None;
        }
        let taken = self.names().find(|(.., meaning)| meaning.is_some_and(is_date));
        if let Some((name, ..)) = taken {
            return is_unsure_date(name).then(|| unsure_date_taken(name));
        }
        self.names().find_map(|(name, example, _)| date_left(name, example))
    }

    /// Returns the surest name of each target, in the order of the file, and the number of other names.
    pub(super) fn main_names(&self) -> (Vec<(FieldTarget, &str)>, usize) {
        let mut best: HashMap<FieldTarget, usize> = HashMap::new();
        for (_, _, meaning) in self.names() {
            if let Some(Meaning { target, rank, .. }) = meaning {
                let known = best.entry(target).or_insert(rank);
                *known = rank.min(*known);
            }
        }
        let mut main: Vec<(FieldTarget, &str)> = Vec::new();
        for (name, _, meaning) in self.names() {
            let is_best = |it: &Meaning| best.get(&it.target) == Some(&it.rank);
            if let Some(meaning) = meaning.filter(is_best)
                && !main.iter().any(|(target, _)| *target == meaning.target)
            {
                main.push((meaning.target, name));
            }
        }
        let others = self.names.len() - main.len();
        (main, others)
    }
}

impl<'v> NameStats<'v> {
    fn new(leaf: &'v Leaf<'v>) -> NameStats<'v> {
        NameStats { leaf, texts: Vec::new() }
    }

    /// Whether something holds for at least half of the values.
    pub(super) fn are_mostly(&self, holds: impl Fn(&str) -> bool) -> bool {
        2 * self.texts.iter().filter(|text| holds(text)).count() >= self.texts.len()
    }

    /// Whether something holds for all values.
    pub(super) fn are_all(&self, holds: impl Fn(&str) -> bool) -> bool {
        self.texts.iter().all(|text| holds(text))
    }

    /// The texts under the name, trimmed, as many as decide.
    pub(super) fn texts(&self) -> &[&'v str] {
        &self.texts
    }

    /// Whether the values are accounts of users: the same in several records, or all in small letters.
    pub(super) fn is_login(&self) -> bool {
        are_logins(&self.texts)
    }

    /// Returns the rank of an address for people in an object of links: `links.self_html`. `key` is folded.
    fn link_rank(&self, key: &str) -> Option<usize> {
        let parent = self.leaf.parent.as_deref()?;
        // `links.html.href` is `links.html`.
        let mut above = self.leaf.name.rsplit('.').skip(2);
        let (depth, key, parent) = match above.next().filter(|_| key == "href") {
            Some(outer) => (2, &*fold_name(parent), outer),
            None => (1, key, parent),
        };
        let is_url = |known: &KnownName| known.target == FieldTarget::Field(Field::Url);
        let is_in_links = known_names(parent).first().is_some_and(is_url);
        let is_for_people = |text: &str| is_address(text) && !is_machine_address(text);
        let is_link = self.leaf.depth == depth && is_in_links && words::is_link_for_people(key);
        (is_link && self.are_mostly(is_for_people)).then_some(LINK_RANK)
    }

    /// Whether the values are keys that a system made.
    pub(super) fn is_of_keys(&self) -> bool {
        self.are_mostly(is_machine_key)
    }

    /// Returns what a name means that says it only where it stands: an address in an object of links, the day of a placemark
    /// in KML, which is the moment of a system in other files. `key` is folded.
    fn meaning_in_place(&self, key: &str) -> Option<Meaning> {
        let is_placemark = self.leaf.depth == 0 && self.leaf.key == KML_DATE;
        if is_placemark && self.are_mostly(is_earlier_date) {
            return Some(Meaning { target: FieldTarget::Date, rank: LOOSE_RANK, is_placed: false });
        }
        let target = FieldTarget::Field(Field::Url);
        self.link_rank(key).map(|rank| Meaning { target, rank, is_placed: false })
    }

    /// Whether a folded key below another one is the name of anything, and means nothing there.
    fn is_generic(&self, key: &str) -> bool {
        let is_inner = self.leaf.depth == 1 && self.leaf.parent.as_deref() == Some(INNER);
        let describes = |key: &str| lifting::describes(key) || is_work_name(key);
        let is_in_description = self.leaf.parent.as_deref().is_some_and(describes);
        let is_of_thing = NAMES_OF_THINGS.contains(&key) && !is_in_description;
        (is_of_thing || GENERIC_NAMES.contains(&key)) && !is_inner
    }

    /// Whether what fills a target here is a part of the record, or another document with days, persons and a title of its
    /// own. The day of what the record was published in may be its own.
    fn is_of_other_document(&self, target: FieldTarget) -> bool {
        let mut above = self.leaf.name.rsplit('.').skip(1);
        let is_dated_part = self.leaf.depth > 0 && above.any(nesting::has_own_dates);
        let is_title = target == FieldTarget::Field(Field::Title);
        match self.leaf.owner {
            Owner::Mentioned => is_part_of_date(target) || is_name(target) || is_title,
            Owner::Host => {
                // Its begin and its end are those of its own life.
                is_name(target)
                    || is_title
                    || is_begin_or_end(target)
                    || (is_dated_part && is_part_of_date(target))
            }
            Owner::Record | Owner::Other => {
                is_dated_part && (is_part_of_date(target) || is_name(target))
            }
        }
    }

    /// Returns what the name means: the surest of its meanings that its values allow, without one that is taken.
    pub(super) fn meaning(&self, taken: Option<FieldTarget>) -> Option<Meaning> {
        // `@id` is `id`.
        let key = fold_name(&self.leaf.key);
        if let Some(meaning) = self.meaning_in_place(&key) {
            return Some(meaning);
        }
        let parent = self.leaf.parent.as_deref().map(known_names).unwrap_or_default();
        let is_summary = |known: &KnownName| known.target == FieldTarget::Field(Field::Summary);
        // A description in a description, or in the content.
        let is_described = key == "description"
            && (parent.iter().any(is_summary) || self.leaf.parent.as_deref() == Some("content"));
        if self.leaf.depth > 0 && self.is_generic(&key) && !is_described {
            return None;
        }
        let mut above = self.leaf.name.rsplit('.').skip(1);
        if self.leaf.depth > 0 && above.any(words::is_of_parts) {
            return None;
        }
        // What stands below a known name is about its value, unless both are parts of a date, or names.
        let is_alike = |known: &KnownName, outer: &KnownName| {
            let are_names = is_name(known.target) && is_name(outer.target);
            let are_dates = is_part_of_date(known.target) && is_part_of_date(outer.target);
            let is_kept = is_shelfmark(&key) && is_of_keeper(outer.target);
            are_names || are_dates || is_kept || is_described
        };
        let may_be_nested = |known: &KnownName| {
            parent.is_empty() || parent.iter().any(|outer| is_alike(known, outer))
        };
        // Far in, another thing may have such a date.
        let names = if self.leaf.depth == 0 { names_in_data } else { known_names };
        let mut known = names(named_part(&self.leaf.key));
        known.retain(|known| Some(known.target) != taken);
        // Several citations are what was written of a thing.
        let is_list = key == "citations" || key == "references";
        let citation = FieldTarget::Field(Field::PreferredCitation);
        known.retain(|known| !(is_list && known.target == citation));
        known.retain(|known| may_be_nested(known) && known.target != FieldTarget::Position);
        // The begin has a year, which is not that of the record; a place far in is another thing's.
        let in_begin_or_end = parent.iter().any(|outer| is_begin_or_end(outer.target));
        let is_year_or_date = |target| is_part_of_day(target) || target == FieldTarget::Date;
        known.retain(|known| !(in_begin_or_end && is_year_or_date(known.target)));
        known.retain(|known| !self.is_of_other_document(known.target));
        let mut above = self.leaf.name.rsplit('.').skip(1);
        let is_kept = self.leaf.depth > 0 && above.any(nesting::has_days_of_keeping);
        known.retain(|known| !(is_kept && is_part_of_date(known.target)));
        let is_far = self.leaf.depth > 1;
        // A place of a list, in the description of a date.
        let is_of_date = parent.iter().any(|outer| is_part_of_date(outer.target))
            || self.leaf.parent.as_deref().is_some_and(is_system_date);
        // The country of a shop, of a journal.
        let is_country = self.leaf.depth > 0 && ["country", "countrycode"].contains(&key.as_str());
        let is_far = is_far || is_of_date || is_country;
        known.retain(|known| !(is_far && known.target == FieldTarget::Field(Field::Places)));
        known.retain(|known| !(self.leaf.is_of_account && is_of_keeper(known.target)));
        let KnownName { target, rank } = decide(&self.leaf.name, &known, &self.texts)?;
        let nested = if self.leaf.depth > 0 { NESTED_RANK } else { 0 };
        // The address of a page about the record is its own, whatever the page is called.
        let is_page = self.leaf.depth == 0 && target == FieldTarget::Field(Field::Url);
        let other = if self.leaf.owner > Owner::Record && !is_page { OTHER_THING_RANK } else { 0 };
        Some(Meaning { target, rank: rank + nested + other, is_placed: false })
    }
}

/// Returns the part of a key that says what it means: `ead.creator` of `ead.creator.name`.
fn named_part(key: &str) -> &str {
    let of_name = || key.strip_suffix(".name").filter(|outer| outer.contains('.'));
    let names = of_name()
        .filter(|outer| known_names(outer).first().is_some_and(|known| is_name(known.target)));
    names.unwrap_or(key)
}

/// Whether a key has the name of a begin or an end before a dot: `date_range_start.year`.
pub(super) fn is_part_of_begin_or_end(key: &str) -> bool {
    let before = key.rsplit_once('.').map(|(before, _)| before);
    let last = before.and_then(|before| words_of(before).pop());
    let known = last.and_then(|last| known_names(&last).first().copied());
    known.is_some_and(|known| is_begin_or_end(known.target))
}

/// Whether a folded key is that of a shelfmark, which stands beside the name of the library.
fn is_shelfmark(key: &str) -> bool {
    ["shelfmark", "callnumber", "signatur", "signature", "cote", "segnatura", "inventorynumber"]
        .contains(&key)
}

/// The rank of an address for people in a list of links, behind those that have a name of their own and before a DOI.
const LINK_RANK: usize = 600;

/// Whether a target says where a record is kept.
fn is_of_keeper(target: FieldTarget) -> bool {
    use Field::{Collection, Repository, Series, Source};
    matches!(target, FieldTarget::Field(Collection | Repository | Series | Source))
}

/// Whether a target is a field of names.
fn is_name(target: FieldTarget) -> bool {
    matches!(target, FieldTarget::Field(field) if Field::NAMES.contains(&field))
}

/// Whether a target is the begin or the end of the date.
fn is_begin_or_end(target: FieldTarget) -> bool {
    matches!(target, FieldTarget::Begin | FieldTarget::End)
}

/// Whether a target is a year, a month or a day of a date in three fields.
fn is_part_of_day(target: FieldTarget) -> bool {
    matches!(target, FieldTarget::Year | FieldTarget::Month | FieldTarget::Day)
}

/// Whether a target is a part of the date.
fn is_part_of_date(target: FieldTarget) -> bool {
    use FieldTarget::{Begin, Date, DateCertainty, DateCode, Day, End, Month, Year};
    matches!(target, Date | DateCode | Begin | End | Year | Month | Day | DateCertainty)
}
