//! Reference lists of pandoc in YAML, as the CSL-JSON that they mean (<https://pandoc.org/MANUAL.html#citations>).

use crate::formats::read::json::{Object, Value};

use super::csl_json;

/// The key of the list of references in the metadata of a document.
const LIST_KEY: &str = "references";

/// The parts of a date, in the order of `date-parts`.
const DATE_PARTS: [&str; 3] = ["year", "month", "day"];

/// Returns the references of the documents of a file as CSL-JSON; `None` if there are none.
pub(super) fn as_csl_json(documents: &[Value]) -> Option<Vec<u8>> {
    let [document] = documents else { return None };
    let list = match document.as_object() {
        Some(object) => object.get(LIST_KEY)?.as_array()?,
        None => document.as_array()?,
    };
    let items: Option<Vec<Value>> =
        list.iter().map(|item| item.as_object().map(csl_item)).collect();
    let text = serde_json::to_vec(&items?).ok()?;
    let is_csl = std::str::from_utf8(&text).is_ok_and(csl_json::looks_like);
    is_csl.then_some(text)
}

/// Returns an item as CSL-JSON writes it.
fn csl_item(item: &Object) -> Value {
    let pairs = item.iter().map(|(key, value)| {
        let value = match value {
            // One name needs no list in YAML.
            Value::Object(name) if name.contains_key("family") || name.contains_key("literal") => {
                if key.as_str() == "issued" {
                    value.clone()
                } else {
                    [value.clone()].into_iter().collect()
                }
            }
            _ if key.as_str() == "issued" => date_of(value).unwrap_or_else(|| value.clone()),
            _ => value.clone(),
        };
        (key.clone(), value)
    });
    Value::Object(pairs.collect())
}

/// Returns a date with named parts, or a list of two, with `date-parts`: `year: 1945`. A text is kept as it is.
fn date_of(value: &Value) -> Option<Value> {
    if value.is_string() {
        let raw: Object = [("raw".into(), value.clone())].into_iter().collect();
        return Some(Value::Object(raw));
    }
    let days = match value {
        Value::Array(days) => days.as_slice(),
        day => std::slice::from_ref(day),
    };
    let parts: Option<Vec<Value>> = days.iter().map(parts_of).collect();
    let mut date: Object =
        [("date-parts".into(), parts?.into_iter().collect::<Value>())].into_iter().collect();
    for (key, flag) in days.iter().filter_map(Value::as_object).flat_map(Object::iter) {
        if FLAGS.contains(&key.as_str()) {
            date.insert(key.clone(), flag.clone());
        }
    }
    Some(Value::Object(date))
}

/// What is said about a date beside its parts.
const FLAGS: [&str; 2] = ["circa", "season"];

/// Returns the year, the month and the day of a date with named parts.
fn parts_of(day: &Value) -> Option<Value> {
    let day = day.as_object()?;
    let is_known = |key: &str| DATE_PARTS.contains(&key) || FLAGS.contains(&key);
    let are_known = day.keys().all(|key| is_known(key.as_str()));
    (are_known && day.contains_key("year"))
        .then(|| DATE_PARTS.iter().map_while(|part| day.get(part).cloned()).collect())
}
