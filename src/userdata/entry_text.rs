//! The text of one entry: written anew, or edited so that comments, order and unknown keys stay.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Key, Table, Value};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::entry_fields::EntryFields;
use super::mark_entry::MarkEntry;

/// The keys of an entry.
const KEYS: &[&str] = &[
    "archive",
    "file",
    "id",
    "content",
    "title",
    "date",
    "position",
    "repeat",
    "lookalike",
    "hash",
    "source",
    "marked",
    "note",
];

/// The values of an entry, by key. `None` means that the key is left out.
fn values(entry: &MarkEntry) -> [(&'static str, Option<Value>); 13] {
    let fields = EntryFields::from_entry(entry);
    let text = |text: String| (!text.is_empty()).then(|| Value::from(text));
    let position = fields.position.and_then(|position| i64::try_from(position).ok());
    let repeat = (fields.repeat > 0).then(|| i64::from(fields.repeat));
    [
        ("archive", text(fields.archive)),
        ("file", text(fields.file)),
        ("id", fields.id.map(Value::from)),
        ("content", fields.content.map(Value::from)),
        ("title", text(fields.title)),
        ("date", text(fields.date)),
        ("position", position.map(Value::from)),
        ("repeat", repeat.map(Value::from)),
        ("lookalike", fields.lookalike.then(|| Value::from(true))),
        ("hash", fields.hash.map(Value::from)),
        ("source", fields.source.map(Value::from)),
        ("marked", fields.marked.then(|| Value::from(true))),
        ("note", fields.note.map(Value::from)),
    ]
}

/// Returns the text of a new entry.
pub(super) fn new_entry(entry: &MarkEntry) -> String {
    let mut table = Table::new();
    for (key, value) in values(entry) {
        if let Some(value) = value {
            table.insert(key, Item::Value(value));
        }
    }
    with_header(table)
}

/// Returns the text of a table under `[[record]]`.
fn with_header(mut table: Table) -> String {
    table.set_position(None);
    table.decor_mut().clear();
    let mut tables = ArrayOfTables::new();
    tables.push(table);
    let mut document = DocumentMut::new();
    document.insert("record", Item::ArrayOfTables(tables));
    document.to_string()
}

/// Returns the text of an entry after a change. Only keys whose values change are edited.
pub(super) fn edit(text: &str, old: &MarkEntry, new: &MarkEntry) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        debug_assert!(false, "only text that was parsed is edited");
        return text.to_owned();
    };
    let tables = document.get_mut("record").and_then(Item::as_array_of_tables_mut);
    if let Some(table) = tables.and_then(|tables| tables.get_mut(0)) {
        for ((key, before), (_, after)) in values(old).into_iter().zip(values(new)) {
            if before.map(|it| it.to_string()) != after.as_ref().map(ToString::to_string) {
                set(table, key, after);
            }
        }
    }
    document.to_string()
}

/// Sets or removes a key of a table. The comments on it stay.
fn set(table: &mut Table, key: &str, value: Option<Value>) {
    let value = match value {
        Some(value) => value,
        None if !has_comment(table, key) => {
            table.remove(key);
            return;
        }
        None => match key {
            "marked" | "lookalike" => Value::from(false),
            "repeat" => Value::from(0),
            "content" | "position" => return,
            _ => Value::from(""),
        },
    };
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        let decor = old.decor().clone();
        *old = value;
        *old.decor_mut() = decor;
    } else {
        table.insert(key, Item::Value(value));
    }
}

/// Whether a comment stands above or behind a key.
fn has_comment(table: &Table, key: &str) -> bool {
    let above = table.key(key).map(Key::leaf_decor).and_then(|decor| decor.prefix()?.as_str());
    let behind = table.get(key).and_then(Item::as_value).map(Value::decor);
    let behind = behind.and_then(|decor| decor.suffix()?.as_str());
    [above, behind].into_iter().flatten().any(|text| text.contains('#'))
}

/// Whether an entry has no comments and no unknown keys, so that it can go with its mark and note.
pub(super) fn is_plain(text: &str) -> bool {
    if Source::new(text).lex().any(|token| token.kind() == TokenKind::Comment) {
        return false;
    }
    let Ok(document) = text.parse::<DocumentMut>() else { return false };
    let tables = document.get("record").and_then(Item::as_array_of_tables);
    let is_known = |(key, item): (&str, &Item)| KEYS.contains(&key) && item.is_value();
    document.len() == 1
        && tables.is_some_and(|tables| tables.iter().all(|table| table.iter().all(is_known)))
}

/// Splits text with entries in an array, `record = [{…}]`, into the rest and the text of each entry.
/// Entries of that form cannot be followed by others.
pub(super) fn expand_inline_entries(text: &str) -> Option<(String, Vec<String>)> {
    let mut document: DocumentMut = text.parse().ok()?;
    document.get("record")?.as_array()?;
    let tables = document.remove("record")?.into_array_of_tables().ok()?;
    let texts = tables.into_iter().map(|table| format!("\n{}", with_header(table))).collect();
    Some((document.to_string(), texts))
}
