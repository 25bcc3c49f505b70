//! Names of the parts of one value: the family's and the given name of a person, the year, the month and the day of a date.
//!
//! Names of parts that share all other words belong together: `Author First Name` and `Author Last Name`, `letter_year` and
//! `letter_month`, `Briefjahr` and `Briefmonat`.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

use super::column_names::group_number;
use super::date_names::{is_date_of_other, is_making, is_small};
use super::fold::fold_name;
use super::kept_answers::KeptAnswers;
use super::name_words::{self as words, WordSet};
use super::{FieldTarget, NAMES, known_names, lookup, words_of};
use crate::record::Field;

/// The parts of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum NamePart {
    /// The family's name.
    Family,
    /// The given names.
    Given,
    /// `name` and the like, which is either of them beside the other.
    Either,
    /// Nothing but what the person did: the whole name, or the family's beside the given names.
    Whole,
}

/// Two names that have the parts of a person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonNames {
    /// The index of the family's name.
    pub(crate) family: usize,
    /// The index of the given names.
    pub(crate) given: usize,
    /// The name of what the person did, as it is looked up: `author`; empty if nothing says it.
    pub(crate) role: String,
    /// The index of the one that is only `name` or the like, which alone would be a title.
    pub(crate) sole_name: Option<usize>,
    /// The index of another name for the whole person: `Author` beside `Author First Name` and `Author Last Name`.
    pub(crate) whole: Option<usize>,
}

/// Returns the pairs of names that have the family's and the given name of a person.
pub(crate) fn person_names(names: &[&str]) -> Vec<PersonNames> {
    let parts: Vec<NameParts> = names.iter().map(|name| name_parts(name)).collect();
    let mut indices: HashMap<(NamePart, &str, u32), usize> = HashMap::new();
    for (at, (parts, name)) in parts.iter().zip(names).enumerate() {
        for (part, role) in parts.iter() {
            indices.entry((*part, role, group_number(name))).or_insert(at);
        }
    }
    let find = |wanted: NamePart, role: &str, beside: usize| {
        let group = group_number(names.get(beside)?);
        indices.get(&(wanted, role, group)).copied().filter(|at| *at != beside)
    };
    let mut found: Vec<PersonNames> = Vec::new();
    let mut taken: HashSet<usize> = HashSet::new();
    for (at, (part, role)) in
        parts.iter().enumerate().flat_map(|(at, parts)| parts.iter().map(move |part| (at, part)))
    {
        let pair = match part {
            NamePart::Given => [NamePart::Family, NamePart::Either, NamePart::Whole]
                .into_iter()
                .find_map(|part| find(part, role, at))
                .map(|family| (family, at)),
            NamePart::Family => find(NamePart::Either, role, at).map(|given| (at, given)),
            NamePart::Either | NamePart::Whole => None,
        };
        let Some((family, given)) = pair else { continue };
        if !taken.contains(&family) && !taken.contains(&given) {
            taken.extend([family, given]);
            let is_name = |at: usize| {
                let parts = parts.get(at);
                parts.is_some_and(|it| it.contains(&(NamePart::Either, String::new())))
            };
            let sole_name = [family, given].into_iter().find(|at| is_name(*at));
            let mut wholes = [NamePart::Whole, NamePart::Either].into_iter();
            let is_other = |whole: &usize| !role.is_empty() && ![family, given].contains(whole);
            let whole = wholes.find_map(|part| find(part, role, at).filter(is_other));
            let role = known_role(role).unwrap_or_default();
            found.push(PersonNames { family, given, role, sole_name, whole });
        }
    }
    let is_free =
        |pair: &PersonNames| ![pair.family, pair.given].iter().any(|at| taken.contains(at));
    found.extend(bare_parts(names).filter(is_free));
    found
}

/// Returns `First` and `Last` beside each other, which alone are the parts of a person's name.
fn bare_parts(names: &[&str]) -> Option<PersonNames> {
    let sole = |kind: &WordSet| {
        let mut found = names.iter().enumerate().filter(|(_, it)| kind.contains(&fold_name(it)));
        found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
    };
    let (family, given) = (sole(&words::FAMILY_PART)?, sole(&words::GIVEN_PART)?);
    let role = String::new();
    (family.abs_diff(given) == 1).then_some(PersonNames {
        family,
        given,
        role,
        sole_name: None,
        whole: None,
    })
}

/// Whether a name may be that of a part of the name of a person: `author_first_name`, `surname`.
pub(crate) fn is_part_of_person(name: &str) -> bool {
    let is_part = |part| [NamePart::Family, NamePart::Given].contains(&part);
    name_parts(name).iter().any(|(part, _)| is_part(*part))
}

/// The parts of a person's name that a name may be for, each with the name of what the person did.
type NameParts = Rc<[(NamePart, String)]>;

thread_local! {
    /// The answers of [`name_parts`]. Most names are for no part, and share one answer.
    static KEPT: RefCell<KeptAnswers<NameParts>> = RefCell::default();
    /// No part.
    static NO_PARTS: NameParts = Rc::new([]);
}

/// Returns the parts of a person's name that a name may be for.
fn name_parts(name: &str) -> NameParts {
    if let Some(parts) = KEPT.with_borrow(|kept| kept.get(name)) {
        return parts;
    }
    let found = find_name_parts(name);
    let parts: NameParts = if found.is_empty() { NO_PARTS.with(Rc::clone) } else { found.into() };
    KEPT.with_borrow_mut(|kept| kept.keep(name, &parts));
    parts
}

/// Finds the parts of a person's name that a name may be for.
fn find_name_parts(name: &str) -> Vec<(NamePart, String)> {
    let words: Vec<String> = words_of(name);
    let folded: Vec<String> = words.iter().map(|word| fold_name(word)).collect();
    let mut parts = Vec::new();
    for at in 0..=folded.len() {
        let (before, behind) = folded.split_at(at);
        for (part, of, may_be_short) in
            [(behind, before, !before.is_empty()), (before, behind, false)]
        {
            let of: Vec<&String> = of.iter().filter(|word| !is_small(word)).collect();
            let Some(part) = name_part(&part.concat(), may_be_short) else { continue };
            let role = of.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            if (role.is_empty() || is_role(&role)) && !parts.contains(&(part, role.clone())) {
                parts.push((part, role));
            }
        }
    }
    let role = folded.join(" ");
    if is_role(&role) {
        parts.push((NamePart::Whole, role));
    }
    parts
}

/// Returns the part of a name that a word is for. `first` is one only behind a role: the first author is another one than
/// the last.
fn name_part(word: &str, is_behind_role: bool) -> Option<NamePart> {
    let is_one = |kind: &WordSet, behind: &WordSet| {
        kind.contains(word) || (is_behind_role && behind.contains(word))
    };
    if is_one(&words::FAMILY_NAME, &words::FAMILY_PART) {
        Some(NamePart::Family)
    } else if is_one(&words::GIVEN_NAME, &words::GIVEN_PART) {
        Some(NamePart::Given)
    } else if words::NAME.contains(word) {
        Some(NamePart::Either)
    } else {
        None
    }
}

/// Whether a name is that of what a person did.
fn is_role(name: &str) -> bool {
    known_role(name).is_some()
}

/// Returns the name of what a person did as it is looked up. Beside the parts of a name `from` and `von` are no begin of a
/// date: they say who wrote.
fn known_role(name: &str) -> Option<String> {
    let is_of_person = |target: FieldTarget| match target {
        FieldTarget::Field(field) => Field::NAMES.contains(&field),
        target => target == FieldTarget::ContributorByRole,
    };
    let known = known_names(name);
    if words::DIRECTION.contains(name) {
        let mut fields = [Field::Creator, Field::Recipient].into_iter();
        let is_known =
            |field: &Field| known.iter().any(|it| it.target == FieldTarget::Field(*field));
        return fields.find(is_known).map(|field| field.key().to_owned());
    }
    known.first().is_some_and(|known| is_of_person(known.target)).then(|| name.to_owned())
}

/// The names of the parts of one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayNames {
    /// The index of the year.
    pub(crate) year: usize,
    /// The index of the month.
    pub(crate) month: usize,
    /// The index of the day, if there is one.
    pub(crate) day: Option<usize>,
    /// Whether their names say nothing else.
    pub(crate) is_bare: bool,
    /// Whether the name of the year says nothing else, or something of a document.
    pub(crate) is_of_document: bool,
}

/// Returns the names of years that have one of a month beside them, and of a day: `Letter Year`, `Letter Month`.
pub(crate) fn day_names(names: &[&str]) -> Vec<DayNames> {
    let parts: Vec<Option<DatePart>> = names.iter().map(|name| DatePart::new(name)).collect();
    let mut indices: HashMap<(FieldTarget, &[String], bool, u32), usize> = HashMap::new();
    for (at, part) in parts.iter().enumerate() {
        let Some(part) = part else { continue };
        indices.entry((part.target, &part.of, part.is_code, part.group)).or_insert(at);
    }
    let find = |target: FieldTarget, year: &DatePart| {
        indices.get(&(target, year.of.as_slice(), year.is_code, year.group)).copied()
    };
    let years = parts.iter().enumerate().filter_map(|(at, part)| Some((at, part.as_ref()?)));
    let years = years.filter(|(_, part)| part.target == FieldTarget::Year);
    years
        .filter_map(|(year, part)| {
            let month = find(FieldTarget::Month, part)?;
            let day = find(FieldTarget::Day, part);
            // Two letters alone may be for other things.
            if part.is_code && day.is_none() {
                return None;
            }
            let is_bare = part.of.is_empty() && !part.is_code;
            Some(DayNames { year, month, day, is_bare, is_of_document: part.is_of_document() })
        })
        .collect()
}

/// Whether a name may be that of a month, of a date or of anything.
pub(crate) fn is_part_of_day(name: &str) -> bool {
    DatePart::new(name).is_some_and(|part| part.target == FieldTarget::Month)
}

/// A name of a year, a month or a day.
struct DatePart {
    /// Which of them.
    target: FieldTarget,
    /// The other words of the name, folded, without small ones and those for a date.
    of: Vec<String>,
    /// Whether it is written as in the form of a date: `yyyy`.
    is_code: bool,
    /// The number in the name.
    group: u32,
}

impl DatePart {
    fn new(name: &str) -> Option<DatePart> {
        let mut of: Vec<String> = words_of(name).iter().map(|word| fold_name(word)).collect();
        if of.len() > 1 {
            of.retain(|word| !is_small(word));
        }
        let at =
            (0..of.len()).rev().find(|at| of.get(*at).is_some_and(|it| date_part(it).is_some()));
        let (target, is_code) = if let Some(at) = at {
            date_part(&of.remove(at))?
        } else {
            let (target, stem) = compound_part(of.last()?)?;
            let stem = stem.to_owned();
            of.pop();
            of.push(stem);
            (target, false)
        };
        of.retain(|word| !words::DATE.contains(word));
        Some(DatePart { target, of, is_code, group: group_number(name) })
    }

    /// Whether the other words say nothing, or that it is the date of making a document.
    fn is_of_document(&self) -> bool {
        let kinds = [&words::MADE, &words::DOCUMENT, &words::WORK, &words::QUALITY];
        !is_date_of_other(&self.of)
            && self
                .of
                .iter()
                .all(|word| is_making(word) || kinds.iter().any(|it| it.contains(word)))
    }
}

/// The parts of a date.
const DATE_PARTS: [FieldTarget; 3] = [FieldTarget::Year, FieldTarget::Month, FieldTarget::Day];

/// Returns the part of a date that a word is for, and whether it is one of the letters of a form: `mm`.
fn date_part(word: &str) -> Option<(FieldTarget, bool)> {
    let codes = [&words::YEAR_CODE, &words::MONTH_CODE, &words::DAY_CODE];
    if let Some((_, target)) = codes.iter().zip(DATE_PARTS).find(|(it, _)| it.contains(word)) {
        return Some((target, true));
    }
    let known = lookup(word);
    let target = DATE_PARTS.into_iter().find(|part| known.iter().any(|it| it.target == *part))?;
    Some((target, false))
}

/// The words for parts of a date.
static PART_WORDS: LazyLock<Vec<(FieldTarget, &str)>> = LazyLock::new(|| {
    let parts = NAMES.iter().filter_map(|(name, known)| {
        let mut parts = DATE_PARTS.into_iter();
        Some((parts.find(|part| known.iter().any(|it| it.target == *part))?, *name))
    });
    parts.collect()
});

/// The shortest word before one for a part of a date in a compound, in letters.
const MIN_STEM_LETTERS: usize = 2;

/// Returns the part of a date that a compound is for, and the word before it: `Briefmonat`.
fn compound_part(word: &str) -> Option<(FieldTarget, &str)> {
    let ends = PART_WORDS.iter();
    let ends = ends.filter_map(|(target, name)| Some((*target, word.strip_suffix(name)?)));
    ends.filter(|(_, stem)| stem.chars().count() >= MIN_STEM_LETTERS)
        .min_by_key(|(_, stem)| stem.len())
}

/// Whether a name fills a field, and is no part of a person's name.
pub(crate) fn is_whole_person(name: &str, target: FieldTarget) -> bool {
    known_names(name).iter().any(|known| known.target == target) && !is_part_of_person(name)
}

/// Joins the parts of a person's name, as they are written. Returns `None` if one of them has both.
pub(crate) fn join_person(family: &str, given: &str) -> Option<String> {
    let is_whole = family.contains(',')
        || family.to_lowercase().contains(&given.to_lowercase())
        || given.contains(',')
        || given.to_lowercase().contains(&family.to_lowercase());
    match (family, given) {
        ("", name) | (name, "") => Some(name.to_owned()),
        _ if is_whole => None,
        _ => Some(format!("{family}, {given}")),
    }
}
