//! Lines that tell a search engine what to do with the line behind them: `{"index": {"_id": "7"}}`.

use crate::formats::read::json::Value;
use compact_str::CompactString;

/// What such a line tells, with the details of the record under it.
const ACTIONS: [&str; 4] = ["index", "create", "update", "delete"];

/// The keys of the details that do not begin with `_`.
const DETAIL_KEYS: [&str; 4] = ["routing", "pipeline", "require_alias", "retry_on_conflict"];

/// What a line tells.
pub(super) struct Action {
    /// The id of the record on the next line.
    pub(super) id: Option<String>,
    /// Whether it tells to delete a record, so that none follows.
    pub(super) is_deletion: bool,
}

/// Returns what a line tells; `None` if it is a record.
pub(super) fn action_of(value: &Value) -> Option<Action> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    let (name, details) = object.iter().next()?;
    let details = details.as_object().filter(|_| ACTIONS.contains(&name.as_str()))?;
    let is_detail =
        |key: &CompactString| key.starts_with('_') || DETAIL_KEYS.contains(&key.as_str());
    if !details.keys().all(is_detail) {
        return None;
    }
    let id = details.get("_id").and_then(|id| match id {
        Value::String(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    Some(Action { id, is_deletion: name == "delete" })
}

/// Returns the values at the beginning of a file without such lines; `None` if it does not begin with one.
pub(super) fn without_actions(tops: &[Value]) -> Option<Vec<Value>> {
    action_of(tops.first()?)?;
    Some(tops.iter().filter(|top| action_of(top).is_none()).cloned().collect())
}
