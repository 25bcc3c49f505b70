//! Makes objects of the parts of a list, for which what foreign JSON means is looked up.

use super::block::{ADDRESS_NAME, Block, TITLE};
use crate::formats::field_names::FieldTarget;
use crate::formats::read::json::{Object, Value};
use crate::formats::read::json_items::insert_or_append;
use crate::record::Field;

/// Makes an object of a block. Adds what its names mean by where they stand.
pub(super) fn object_of(block: Block, targets: &mut Vec<(String, FieldTarget)>) -> Object {
    let mut object = Object::default();
    let mut add = |name: String, value: String, target: Option<FieldTarget>| {
        if let Some(target) = target.filter(|_| !targets.iter().any(|(known, _)| *known == name)) {
            targets.push((name.clone(), target));
        }
        if object.get(&name).and_then(Value::as_str) != Some(&value) {
            insert_or_append(&mut object, &name, Value::from(value));
        }
    };
    if let Some((name, title)) = block.title {
        add(name, title, Some(TITLE));
    }
    for field in block.fields {
        add(field.name, field.value, field.target);
    }
    if let Some(address) = block.address {
        add(ADDRESS_NAME.to_owned(), address, Some(FieldTarget::Field(Field::Url)));
    }
    object
}
