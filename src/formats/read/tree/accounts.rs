//! Objects that are the accounts of users or of groups of users, as programs write them.

use super::words;
use crate::formats::field_names::{FieldTarget, known_names};
use crate::formats::read::json::{Object, Value};
use crate::record::Field;

/// Whether an object is the library, the collection or the like of a user of a program.
pub(super) fn is_place_of_account(key: &str, object: &Object) -> bool {
    let is_place = |target| {
        use Field::{Collection, Repository, Series};
        matches!(target, FieldTarget::Field(Repository | Collection | Series))
    };
    is_account(object) && known_names(key).iter().any(|known| is_place(known.target))
}

/// Whether an object is the account of a user or of a group of users.
pub(super) fn is_account(object: &Object) -> bool {
    object.get("type").and_then(Value::as_str).is_some_and(words::is_account_type)
}
