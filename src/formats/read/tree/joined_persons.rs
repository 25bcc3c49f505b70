//! Persons whose family's and given name are under two keys of an object: `author_last_name`, `author_first_name`.

use std::collections::{HashMap, HashSet};

use super::key_uses::KeyUses;
use super::scope::Scope;
use super::texts::text_of;
use crate::formats::field_names::{
    FieldTarget, PersonNames, is_whole_person, join_person, known_names, person_names,
};
use crate::formats::read::json::Object;
use crate::record::Field;

/// The persons in an object whose names are under two keys.
pub(super) struct JoinedPersons<'v> {
    persons: Vec<JoinedPerson<'v>>,
    /// The index of the person of each key of a family's name.
    families: HashMap<&'v str, usize>,
    /// The keys of given names.
    given_names: HashSet<&'v str>,
}

/// A person whose name is under two keys.
pub(super) struct JoinedPerson<'v> {
    /// The key of the family's name.
    family: &'v str,
    /// The key of the given names.
    given: &'v str,
    /// The whole name.
    pub(super) name: String,
    /// What the person did, as names of fields say it.
    role: String,
}

impl<'v> JoinedPersons<'v> {
    /// Returns the persons in an object. `uses` are those of its keys.
    pub(super) fn all_in(object: &'v Object, uses: KeyUses) -> JoinedPersons<'v> {
        let persons = if uses.has(KeyUses::PART_OF_PERSON) { joined(object) } else { Vec::new() };
        let mut families = HashMap::new();
        for (at, person) in persons.iter().enumerate() {
            families.entry(person.family).or_insert(at);
        }
        let given_names = persons.iter().map(|person| person.given).collect();
        JoinedPersons { persons, families, given_names }
    }

    /// Returns the person whose family's name is under a key.
    pub(super) fn of_family(&self, key: &str) -> Option<&JoinedPerson<'v>> {
        self.families.get(key).and_then(|at| self.persons.get(*at))
    }

    /// Whether a person's given names are under a key.
    pub(super) fn have_given_names(&self, key: &str) -> bool {
        self.given_names.contains(key)
    }
}

/// Returns the persons in an object that has parts of persons' names.
fn joined(object: &Object) -> Vec<JoinedPerson<'_>> {
    let texts = object.iter().filter_map(|(key, value)| Some((key.as_str(), text_of(value)?)));
    let texts: Vec<(&str, &str)> = texts.collect();
    let keys: Vec<&str> = texts.iter().map(|(key, _)| *key).collect();
    // The parts alone are those of a person in a document, or of the person that the object is.
    let is_document = |key: &&str| {
        use FieldTarget::{Begin, Date, Year};
        let known = known_names(key);
        let target = known.first().map(|known| known.target);
        target == Some(FieldTarget::Field(Field::Title))
            || target.is_some_and(|target| [Begin, Date, Year].contains(&target))
    };
    let has_persons = keys.iter().any(is_document);
    let pairs = person_names(&keys).into_iter().filter_map(|mut pair| {
        if pair.role.is_empty() && has_persons && pair.sole_name.is_none() {
            Field::People.key().clone_into(&mut pair.role);
        }
        (!pair.role.is_empty()).then_some(pair)
    });
    let persons = pairs.filter_map(|pair| {
        let (family, family_name) = *texts.get(pair.family)?;
        let (given, given_name) = *texts.get(pair.given)?;
        let name = join_person(family_name.trim(), given_name.trim())?;
        if has_whole_name(&texts, &pair, family_name.trim()) {
            return None;
        }
        Some(JoinedPerson { family, given, name, role: pair.role })
    });
    persons.collect()
}

impl<'v> JoinedPerson<'v> {
    /// Returns the scope of the person in that of the object.
    pub(super) fn scope(&self, outer: &Scope<'v>) -> Scope<'v> {
        let own = outer.child(format!("{} + {}", self.family, self.given));
        Scope { key: self.role.clone().into(), ..own }
    }
}

/// In objects with more keys the names of persons are not compared: that takes quadratic time.
const MAX_COMPARED_KEYS: usize = 200;

/// Whether another key of an object has the whole name of the person with this family's name: `author` beside the two parts.
fn has_whole_name(texts: &[(&str, &str)], pair: &PersonNames, family: &str) -> bool {
    let target = known_names(&pair.role).first().map(|known| known.target);
    let family = family.to_lowercase();
    let is_same = |(at, (key, text)): (usize, &(&str, &str))| {
        let is_part = [pair.family, pair.given].contains(&at);
        let is_whole = || target.is_some_and(|target| is_whole_person(key, target));
        !is_part && text.to_lowercase().contains(&family) && is_whole()
    };
    let of_role = pair.whole.and_then(|at| texts.get(at));
    let may_be = !family.is_empty() && texts.len() <= MAX_COMPARED_KEYS;
    of_role.is_some_and(|(_, text)| !text.trim().is_empty())
        || (may_be && texts.iter().enumerate().any(is_same))
}
