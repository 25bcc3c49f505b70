//! The fields of a record.

/// Makes the enum of fields and their keys: a field without its key does not compile.
macro_rules! fields {
    ($($(#[$attribute:meta])* $name:ident $key:literal,)*) => {
        /// A field that every format can fill.
        ///
        /// The order matters: the content hash of [`RecordKey`](super::RecordKey) goes over the fields in it,
        /// so that a new field comes last.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$attribute])* $name,)*
        }

        impl Field {
            /// All fields.
            pub const ALL: [Field; [$($key,)*].len()] = [$(Field::$name,)*];

            /// Returns the key of the field in files and in the filter language: `title`, `people` ...
            pub const fn key(self) -> &'static str {
                match self { $(Field::$name => $key,)* }
            }

            /// Returns the field with this key.
            pub fn from_key(key: &str) -> Option<Field> {
                match key {
                    $($key => Some(Field::$name),)*
                    _ => None,
                }
            }
        }
    };
}

fields! {
    /// The title of the document.
    Title "title",
    /// What the document is about: abstract, or scope and content.
    Summary "summary",
    /// People and corporate bodies that it mentions, or whose role is not known.
    People "people",
    /// Places where it was made, or that it mentions.
    Places "places",
    /// Topics and genres.
    Subjects "subjects",
    /// The source, of files that have a field of this name: the original archive, its reference, or
    /// both.
    Source "source",
    /// The record's own identifier in its archive.
    Id "id",
    /// The collection or fonds it belongs to.
    Collection "collection",
    /// Languages it is written in.
    Language "language",
    /// Terms of use and access.
    Rights "rights",
    /// The web address of the record.
    Url "url",
    /// Who made the document: authors, senders and other creators.
    Creator "creator",
    /// Whom it is addressed to.
    Recipient "recipient",
    /// Who had another part in it: translators, editors, donors ...
    Contributor "contributor",
    /// The role of each contributor, as its file writes it (`trl`, `Translator`). There are as many
    /// values as contributors; one is empty if the file does not say the role. See
    /// [`Record::push_contributor`](super::Record::push_contributor).
    ContributorRole "contributor_role",
    /// The institution that keeps it.
    Repository "repository",
    /// The place of that institution.
    ArchivePlace "archive_place",
    /// The series in the collection.
    Series "series",
    /// The box, carton or other container.
    Box "box",
    /// The folder, file or volume in the box.
    Folder "folder",
    /// The archive's reference code, call number or shelf mark.
    ReferenceCode "reference_code",
    /// How the archive wants it to be cited.
    PreferredCitation "preferred_citation",
    /// Another container or a shelf, with the word for its kind: `Reel 4`, `Map case 2`.
    Container "container",
}

impl Field {
    /// The fields with names of people and corporate bodies.
    pub const NAMES: [Field; 4] =
        [Field::Creator, Field::Recipient, Field::Contributor, Field::People];
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
