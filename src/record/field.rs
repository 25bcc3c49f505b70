//! The fields of a record.

/// A field every format can fill. The order is the order of the filter language: of two names with
/// the same beginning the earlier one is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What the document is called.
    Title,
    /// What it is about: abstract, or scope and content.
    Summary,
    /// Authors, recipients, people and corporate bodies named.
    People,
    /// Places it was made in or speaks of.
    Places,
    /// Topics and genres.
    Subjects,
    /// The original archive and its reference.
    Source,
    /// The record's own identifier in its archive.
    Id,
    /// The collection, series or fonds it belongs to.
    Collection,
    /// Languages it is written in.
    Language,
    /// Terms of use and access.
    Rights,
    /// Its address on the web.
    Url,
}

impl Field {
    /// All fields, in the order of the filter language.
    pub const ALL: [Field; 11] = [
        Field::Title,
        Field::Summary,
        Field::People,
        Field::Places,
        Field::Subjects,
        Field::Source,
        Field::Id,
        Field::Collection,
        Field::Language,
        Field::Rights,
        Field::Url,
    ];

    /// The key of the field in files and in the filter language: `title`, `people` ...
    pub const fn key(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Summary => "summary",
            Field::People => "people",
            Field::Places => "places",
            Field::Subjects => "subjects",
            Field::Source => "source",
            Field::Id => "id",
            Field::Collection => "collection",
            Field::Language => "language",
            Field::Rights => "rights",
            Field::Url => "url",
        }
    }

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Field> {
        Some(match key {
            "title" => Field::Title,
            "summary" => Field::Summary,
            "people" => Field::People,
            "places" => Field::Places,
            "subjects" => Field::Subjects,
            "source" => Field::Source,
            "id" => Field::Id,
            "collection" => Field::Collection,
            "language" => Field::Language,
            "rights" => Field::Rights,
            "url" => Field::Url,
            _ => return None,
        })
    }
}

/// Which part of a record a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot<'a> {
    /// The date as it is written.
    Date,
    /// A value of a known field.
    Known(Field),
    /// A value of a field under its file's own name.
    Own(&'a str),
}
