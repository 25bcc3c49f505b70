//! The fields of a record.

/// A field that every format can fill.
///
/// The order matters: the content hash of [`RecordKey`](super::RecordKey) goes over the fields in it,
/// so that a new field comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title of the document.
    Title,
    /// What the document is about: abstract, or scope and content.
    Summary,
    /// People and corporate bodies that it mentions, or whose role is not known.
    People,
    /// Places where it was made, or that it mentions.
    Places,
    /// Topics and genres.
    Subjects,
    /// The source, of files that have a field of this name: the original archive, its reference, or
    /// both.
    Source,
    /// The record's own identifier in its archive.
    Id,
    /// The collection or fonds it belongs to.
    Collection,
    /// Languages it is written in.
    Language,
    /// Terms of use and access.
    Rights,
    /// The web address of the record.
    Url,
    /// Who made the document: authors, senders and other creators.
    Creator,
    /// Whom it is addressed to.
    Recipient,
    /// Who had another part in it: translators, editors, donors ...
    Contributor,
    /// The role of each contributor, as its file writes it (`trl`, `Translator`). There are as many
    /// values as contributors; one is empty if the file does not say the role. See
    /// [`Record::push_contributor`](super::Record::push_contributor).
    ContributorRole,
    /// The institution that keeps it.
    Repository,
    /// The place of that institution.
    ArchivePlace,
    /// The series in the collection.
    Series,
    /// The box, carton or other container.
    Box,
    /// The folder, file or volume in the box.
    Folder,
    /// The archive's reference code, call number or shelf mark.
    ReferenceCode,
    /// How the archive wants it to be cited.
    PreferredCitation,
    /// Another container or a shelf, with the word for its kind: `Reel 4`, `Map case 2`.
    Container,
}

impl Field {
    /// All fields.
    pub const ALL: [Field; 23] = [
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
        Field::Creator,
        Field::Recipient,
        Field::Contributor,
        Field::ContributorRole,
        Field::Repository,
        Field::ArchivePlace,
        Field::Series,
        Field::Box,
        Field::Folder,
        Field::ReferenceCode,
        Field::PreferredCitation,
        Field::Container,
    ];

    /// The fields with names of people and corporate bodies.
    pub const NAMES: [Field; 4] =
        [Field::Creator, Field::Recipient, Field::Contributor, Field::People];

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
            Field::Creator => "creator",
            Field::Recipient => "recipient",
            Field::Contributor => "contributor",
            Field::ContributorRole => "contributor_role",
            Field::Repository => "repository",
            Field::ArchivePlace => "archive_place",
            Field::Series => "series",
            Field::Box => "box",
            Field::Folder => "folder",
            Field::ReferenceCode => "reference_code",
            Field::PreferredCitation => "preferred_citation",
            Field::Container => "container",
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
            "creator" => Field::Creator,
            "recipient" => Field::Recipient,
            "contributor" => Field::Contributor,
            "contributor_role" => Field::ContributorRole,
            "repository" => Field::Repository,
            "archive_place" => Field::ArchivePlace,
            "series" => Field::Series,
            "box" => Field::Box,
            "folder" => Field::Folder,
            "reference_code" => Field::ReferenceCode,
            "preferred_citation" => Field::PreferredCitation,
            "container" => Field::Container,
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
