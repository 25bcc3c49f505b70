//! The fields of a record.

/// A field that every format can fill.
///
/// The order matters in the filter language: a prefix of several names means the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title of the document.
    Title,
    /// What the document is about: abstract, or scope and content.
    Summary,
    /// Authors, recipients, and other people and corporate bodies that it names.
    People,
    /// Places where it was made, or that it mentions.
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
    /// The web address of the record.
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

    /// Returns the key of the field in files and in the filter language: `title`, `people` ...
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

    /// Returns the field with this key.
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

/// The field that a text of a record belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRef<'a> {
    /// The date, as written.
    Date,
    /// A known field.
    Known(Field),
    /// An own field, with its name in the file.
    Own(&'a str),
}
