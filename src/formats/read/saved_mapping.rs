//! Mappings that the user saved: which list holds the records of a file and which of its names hold which
//! fields. They apply to files whose records have the same names.
//!
//! ```toml
//! keys = ["kop", "wanneer", "wie"]
//! records = "stukken"
//!
//! [input-columns]
//! title = "kop"
//! date = "wanneer"
//! ```

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ReadOptions;
use crate::formats::field_names::FieldTarget;
use crate::record::{Field, Problem};

/// How the name of a file with a mapping ends.
pub(crate) const FILE_ENDING: &str = ".mapping.toml";

/// The keys of a file with a mapping.
const KEYS: [&str; 3] = ["keys", "records", "input-columns"];

/// What a user said about files with certain names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedMapping {
    /// The name of the file it was read from, for messages.
    pub file: String,
    /// The names in the records that it was saved for.
    pub keys: Vec<String>,
    /// The list of records: see [`ReadOptions::records`].
    pub records: Option<String>,
    /// The names of fields: see [`ReadOptions::columns`].
    pub columns: Vec<(String, String)>,
}

impl SavedMapping {
    /// Parses the text of a file with a mapping.
    ///
    /// # Errors
    /// The file is not of this form, or names a field or a name that is not there: a warning with its line.
    pub fn parse(file: &str, text: &str) -> Result<SavedMapping, Problem> {
        let problem = |offset: usize, message: &str| {
            let line = 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
            let message = format!("this mapping is not used: {message}");
            Problem::warning(file, Some(line), message)
        };
        let table = DeTable::parse(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            problem(start, &format!("it is not TOML: {}", error.message()))
        })?;
        let mut mapping = SavedMapping { file: file.to_owned(), ..SavedMapping::default() };
        let mut columns: Vec<(usize, String, String)> = Vec::new();
        for (key, value) in table.get_ref() {
            let start = key.span().start;
            let set = match key.get_ref().as_ref() {
                "keys" => texts(value).map(|keys| mapping.keys = keys),
                "records" => {
                    value.get_ref().as_str().map(|path| mapping.records = Some(path.into()))
                }
                "input-columns" => columns_of(value).map(|of_fields| columns = of_fields),
                other => {
                    let known = KEYS.join(", ");
                    return Err(problem(start, &format!("there is no key `{other}`: use {known}")));
                }
            };
            let expected = match key.get_ref().as_ref() {
                "keys" => "a list of names",
                "records" => "a path such as \"response.docs\"",
                _ => "pairs of a field and a name such as title = \"kop\"",
            };
            set.ok_or_else(|| problem(start, &format!("`{}` must be {expected}", key.get_ref())))?;
        }
        for (start, field, name) in columns {
            if FieldTarget::from_key(&field).is_none() {
                let fields: Vec<&str> = Field::ALL.into_iter().map(Field::key).collect();
                let message = format!(
                    "there is no field `{field}`: use date, position, {}",
                    fields.join(", ")
                );
                return Err(problem(start, &message));
            }
            if !mapping.keys.contains(&name) {
                let message = format!("“{name}” is not in the list `keys`");
                return Err(problem(start, &message));
            }
            mapping.columns.push((field, name));
        }
        Ok(mapping)
    }

    /// Returns the text of the file.
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut text = String::from(
            "# fonds opens files whose records have these names as is said here. `fonds mapping save` wrote it.\n",
        );
        let keys: Vec<String> =
            self.keys.iter().map(|key| format!("  {},\n", quoted(key))).collect();
        let mut add = |line: String| text.extend([line.as_str(), "\n"]);
        add(format!("keys = [\n{}]", keys.concat()));
        if let Some(records) = &self.records {
            add(format!("records = {}", quoted(records)));
        }
        add("\n[input-columns]".to_owned());
        let mut written: Vec<&str> = Vec::new();
        for (field, _) in &self.columns {
            if written.contains(&field.as_str()) {
                continue;
            }
            written.push(field);
            let names = self.columns.iter().filter(|(other, _)| other == field);
            let names: Vec<String> = names.map(|(_, name)| quoted(name)).collect();
            match names.as_slice() {
                [only] => add(format!("{field} = {only}")),
                names => add(format!("{field} = [{}]", names.join(", "))),
            }
        }
        text
    }

    /// Whether it is for records with these names: they have all that it says something about, and at
    /// least three of four names are in both.
    pub(super) fn fits(&self, names: &[&str]) -> bool {
        let has = |name: &str| names.contains(&name);
        let shared = self.keys.iter().filter(|key| has(key)).count();
        let most = self.keys.len().max(names.len());
        self.columns.iter().all(|(_, name)| has(name)) && shared > 0 && 4 * shared >= 3 * most
    }

    /// Returns the options with what it says.
    pub(super) fn options(&self, options: &ReadOptions) -> ReadOptions {
        ReadOptions {
            records: self.records.clone(),
            columns: self.columns.clone(),
            mappings: Vec::new(),
            ..options.clone()
        }
    }
}

/// Returns a list of texts, or one text.
fn texts(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Array(values) => {
            values.iter().map(|value| value.get_ref().as_str().map(str::to_owned)).collect()
        }
        _ => None,
    }
}

/// Returns the pairs of a table, each with its place in the text.
fn columns_of(value: &Spanned<DeValue<'_>>) -> Option<Vec<(usize, String, String)>> {
    let mut columns = Vec::new();
    for (field, names) in value.get_ref().as_table()? {
        let start = field.span().start;
        let names = texts(names)?.into_iter();
        columns.extend(names.map(|name| (start, field.get_ref().to_string(), name)));
    }
    Some(columns)
}
