//! Records in lists inside of objects that are none: the letters of two persons. What the object says of them all comes to
//! each.

use crate::formats::read::json::{Object, Value};

use super::groups::collect;
use super::lists::Candidate;
use super::nesting::are_letters_of_persons;
use super::path::{Path, Step};
use crate::formats::field_names::{FieldTarget, known_names};
use crate::record::Field;

/// The most records in one object alone, which is held in memory as a whole.
const MAX_OF_ONE: usize = 500;

/// The key under which a record keeps what is said of the whole list and is not its own.
pub(super) const GROUP_KEY: &str = "group";

/// The objects round lists of records.
pub(super) struct Groups {
    /// Where they are.
    pub(super) path: Path,
    /// The key of the list in each.
    pub(super) key: String,
    /// The first of them.
    pub(super) values: Vec<Value>,
}

/// Returns the objects round the records of a list, if these lack what those say: the persons of a letter.
pub(super) fn groups_of(tops: &[Value], list: &Candidate<'_>) -> Option<Groups> {
    let [outer @ .., Step::Key(key), Step::Items] = list.path.0.as_slice() else { return None };
    if outer.last() != Some(&Step::Items) {
        return None;
    }
    let path = Path(outer.to_vec());
    let mut objects = Vec::new();
    for top in tops {
        collect(top, &path.0, &mut objects);
    }
    let count = objects.len();
    let (wrappers, worth) = (Vec::new(), 0.0);
    let groups = Candidate { path, objects, count, wrappers, worth, group_key: None };
    let is_small = count > 1 || list.count < MAX_OF_ONE;
    if !is_small || !are_letters_of_persons(&groups, list) {
        return None;
    }
    let values = groups.objects.iter().map(|object| Value::Object((*object).clone())).collect();
    Some(Groups { path: groups.path, key: key.clone(), values })
}

/// Returns the records in a list under a key, each with what the object round them says of all; the object itself if it has
/// no such list.
pub(super) fn split(value: Value, key: &str) -> Vec<Value> {
    let Value::Object(mut group) = value else { return vec![value] };
    let members = match group.remove(key) {
        Some(Value::Array(members)) if !members.is_empty() => members,
        other => {
            group.extend(other.map(|other| (key.into(), other)));
            return vec![Value::Object(group)];
        }
    };
    let (shared, own): (Vec<_>, Vec<_>) = group.into_iter().partition(|(key, _)| is_shared(key));
    let own = Object::from_iter(own);
    let with_group = |member: Value| {
        let Value::Object(mut member) = member else { return member };
        for (key, value) in &shared {
            if !member.contains_key(key.as_str()) {
                member.insert(key.clone(), value.clone());
            }
        }
        if !own.is_empty() && !member.contains_key(GROUP_KEY) {
            member.insert(GROUP_KEY.into(), Value::Object(own.clone()));
        }
        Value::Object(member)
    };
    members.into_iter().map(with_group).collect()
}

/// Whether what a key says of a list holds for each record in it: its persons, and where they are kept.
fn is_shared(key: &str) -> bool {
    use Field::{Collection, Language, Places, Repository, Rights, Series, Subjects};
    let fields = [Collection, Language, Places, Repository, Rights, Series, Subjects];
    let is_shared = |target| match target {
        FieldTarget::Field(field) => Field::NAMES.contains(&field) || fields.contains(&field),
        _ => false,
    };
    known_names(key).first().is_some_and(|known| is_shared(known.target))
}
