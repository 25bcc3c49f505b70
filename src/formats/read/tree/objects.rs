//! Records that were found in something that is no tree, such as a web page, as objects with names.

use crate::formats::read::json::{Object, Value};

use super::convert;
use super::plan::Plan;
use crate::formats::field_names::FieldTarget;
use crate::formats::read::ParserCache;
use crate::formats::read::json::Counts;
use crate::formats::read::{InputFile, Sink, doubtful_dates};
use crate::record::{Record, SourceHash};

/// A record as an object.
#[derive(Default)]
pub(crate) struct PlacedObject {
    /// Its line in the file.
    pub(crate) line: usize,
    pub(crate) object: Object,
    /// The lines of text that the file has of it, by which it is recognised; if there are none, the object is.
    pub(crate) text: Vec<String>,
}

/// Records as objects.
#[derive(Default)]
pub(crate) struct Objects {
    /// The records.
    pub(crate) records: Vec<PlacedObject>,
    /// Where they stand: `ul.results li`.
    pub(crate) place: String,
    /// What names mean by where they stand.
    pub(crate) targets: Vec<(String, FieldTarget)>,
}

/// Sends the records of a page that was started. `stated` is the number of all records.
///
/// # Errors
/// The user named a field or a name that is not there.
pub(crate) fn send(
    file: &InputFile<'_>,
    objects: Objects,
    stated: Option<u64>,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let Objects { records, place, targets } = objects;
    let values: Vec<Object> = records.iter().map(|record| record.object.clone()).collect();
    let plan = Plan::of_objects(&values, &targets, &place, file.options)?;
    sink.describe_names(plan.describe(file.name));
    let mut counts = Counts::default();
    let mut cache = ParserCache::default();
    for PlacedObject { line, object, text } in records {
        let mut record = convert::record(&Value::Object(object), None, &plan.mapping, &mut cache);
        if !text.is_empty() {
            let mut source_hash = SourceHash::default();
            source_hash.add_wrapped_text(text.iter().map(String::as_str));
            record.source_hash = source_hash;
        }
        if record == Record::default() {
            counts.left_out += 1;
        } else {
            counts.kept += 1;
            doubtful_dates::send_record(sink, file.name, Some(line), record);
        }
    }
    sink.report(plan.summary(file.name, counts, stated, ""));
    Ok(())
}
