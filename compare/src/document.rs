//! A record for the search engines: the fields of fonds with their values.

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The JSON keys of the fields.
pub const KEYS: [&str; 12] = [
    "id",
    "title",
    "date",
    "summary",
    "people",
    "places",
    "subjects",
    "language",
    "collection",
    "source",
    "rights",
    "url",
];

/// The values of each field, in the order of [`KEYS`].
#[derive(Debug, Default)]
pub struct Document(pub [Vec<String>; KEYS.len()]);

/// Passes the documents of a file of JSON Lines to `take`. Returns the number of documents.
///
/// # Errors
/// The file cannot be read, a line is not a record, or `take` fails.
pub fn read(
    file: &Path,
    mut take: impl FnMut(Document) -> anyhow::Result<()>,
) -> anyhow::Result<usize> {
    let opened =
        File::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let mut bytes = BufReader::with_capacity(1 << 20, opened);
    let mut line = Vec::new();
    let mut documents = 0;
    while bytes.read_until(b'\n', &mut line)? > 0 {
        let document = serde_json::from_slice(&line)
            .with_context(|| format!("{}:{}: not a record", file.display(), documents + 1))?;
        take(document)?;
        documents += 1;
        line.clear();
    }
    Ok(documents)
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Document, D::Error> {
        from.deserialize_map(Fields)
    }
}

/// Deserializes the fields of an object.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Document, M::Error> {
        let mut document = Document::default();
        while let Some(key) = map.next_key::<&str>()? {
            let at = KEYS.iter().position(|known| *known == key);
            match at.and_then(|at| document.0.get_mut(at)) {
                Some(values) => values.append(&mut map.next_value::<Values>()?.0),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(document)
    }
}

/// The values of a field: a text, a list of texts, or null.
struct Values(Vec<String>);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Values, D::Error> {
        from.deserialize_any(OneOrMany)
    }
}

/// Deserializes one value or a list of values.
struct OneOrMany;

impl<'de> Visitor<'de> for OneOrMany {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_unit<E>(self) -> Result<Values, E> {
        Ok(Values(Vec::new()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Values, E> {
        Ok(Values(vec![text.to_owned()]))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Values, S::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Values(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_lists_are_values_and_other_keys_are_ignored() {
        let line =
            r#"{"title":"A \"note\"","people":["Stalin","Soong"],"box":{"n":[1]},"date":null}"#;
        let Document(fields) = serde_json::from_str(line).unwrap();
        let values_of = |key| &fields[KEYS.iter().position(|known| *known == key).unwrap()];
        assert_eq!(values_of("title"), &["A \"note\""]);
        assert_eq!(values_of("people"), &["Stalin", "Soong"]);
        assert!(values_of("date").is_empty() && values_of("summary").is_empty());
        assert!(serde_json::from_str::<Document>(r#"{"title":1}"#).is_err());
    }
}
