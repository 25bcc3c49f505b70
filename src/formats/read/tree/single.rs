//! Makes a record of one object whose names are those of a person and not of a program.

use crate::formats::read::json::{Object, Value};

use super::convert;
use super::plan::Plan;
use crate::formats::read::ParserCache;
use crate::formats::read::{NameMapping, ReadOptions};
use crate::record::Record;

/// Returns the record of an object, and what its names were taken for.
///
/// # Errors
/// The user named a field or a name that is not there.
pub(crate) fn record_of_object(
    object: Object,
    file: &str,
    options: &ReadOptions,
) -> Result<(Record, NameMapping), String> {
    record_of_object_with(object, None, file, options)
}

/// Returns the record of an object in which only these keys mean something, if some are given.
///
/// # Errors
/// The user named a field or a name that is not there.
pub(super) fn record_of_object_with(
    object: Object,
    keys: Option<&'static [&'static str]>,
    file: &str,
    options: &ReadOptions,
) -> Result<(Record, NameMapping), String> {
    let objects = [object];
    let plan = Plan::of_records(&objects, keys, options)?;
    let names = plan.describe(file);
    let [object] = objects;
    let mut cache = ParserCache::default();
    let record = convert::record(&Value::Object(object), None, &plan.mapping, &mut cache);
    Ok((record, names))
}
