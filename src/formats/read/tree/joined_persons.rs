//! Persons whose family's and given name are under two keys of an object: `author_last_name`, `author_first_name`.

use super::key_uses::KeyUses;
use super::scope::Scope;
use super::texts::text_of;
use crate::formats::field_names::{
    PersonNames, is_whole_person, join_person, known_names, person_names,
};
use crate::formats::read::json::Object;

/// A person whose name is under two keys.
pub(super) struct JoinedPerson<'v> {
    /// The key of the family's name.
    pub(super) family: &'v str,
    /// The key of the given names.
    pub(super) given: &'v str,
    /// The whole name.
    pub(super) name: String,
    /// What the person did, as names of fields say it.
    role: String,
}

impl<'v> JoinedPerson<'v> {
    /// Returns the persons in an object. `uses` are those of its keys.
    pub(super) fn all_in(object: &'v Object, uses: KeyUses) -> Vec<JoinedPerson<'v>> {
        if !uses.has(KeyUses::PART_OF_PERSON) {
            return Vec::new();
        }
        let texts = object.iter().filter_map(|(key, value)| Some((key.as_str(), text_of(value)?)));
        let texts: Vec<(&str, &str)> = texts.collect();
        let keys: Vec<&str> = texts.iter().map(|(key, _)| *key).collect();
        let pairs = person_names(&keys).into_iter().filter(|pair| !pair.role.is_empty());
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
