//! The archive that records come from, the files they are in, and the ids of both.

use super::{ArchiveName, Field, OwnName, add_missing};

/// The name of the own field that has the identifier of a finding aid.
pub(crate) const EAD_ID: &str = "eadid";

/// The archive that records come from, as a file describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// The title.
    pub title: Option<String>,
    /// The institution that holds the archive, or where the file was taken from.
    pub source: Option<String>,
    /// The web address.
    pub url: Option<String>,
    /// The description: the text above the first record.
    pub description: Option<String>,
    /// The number of records in the whole archive, such as 552. The file may hold fewer.
    pub total: Option<u64>,
    /// All other keys of the file, under their own names.
    pub own: Vec<(OwnName, String)>,
    /// The name that the user gave. Files do not have it.
    pub given_name: ArchiveName,
}

impl Archive {
    /// Returns the archive's identity: its web address, otherwise its title, otherwise an empty
    /// text.
    pub fn identity(&self) -> &str {
        self.url.as_deref().or(self.title.as_deref()).unwrap_or("")
    }

    /// The identifier of the finding aid (`eadid`), if the archive is described by one. Finding aids
    /// may carry the address of another one by mistake.
    pub(crate) fn ead_id(&self) -> Option<&str> {
        self.own.iter().find(|(name, _)| name == EAD_ID).map(|(_, id)| id.as_str())
    }

    /// How the archive wants its records to be cited: the own field `preferred_citation`.
    pub fn preferred_citation(&self) -> Option<&str> {
        let mut own = self.own.iter();
        own.find(|(name, _)| name == Field::PreferredCitation.key()).map(|(_, text)| text.as_str())
    }

    /// Fills in what is missing here from another page of the same archive.
    pub fn merge(&mut self, other: Archive) {
        let Archive { title, source, url, description, total, own, given_name: _ } = other;
        self.title = self.title.take().or(title);
        self.source = self.source.take().or(source);
        self.url = self.url.take().or(url);
        self.description = self.description.take().or(description);
        self.total = self.total.or(total);
        add_missing(&mut self.own, own);
    }
}

/// The number of an open archive, counted from 0 in the order of opening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchiveId(u32);

impl ArchiveId {
    /// The last archive that can be numbered.
    pub const MAX: ArchiveId = ArchiveId(u32::MAX);

    /// The id of the archive at `index`, which is at most that of [`ArchiveId::MAX`].
    pub fn from_index(index: usize) -> ArchiveId {
        debug_assert!(index <= ArchiveId::MAX.index(), "the page merger adds no archive beyond");
        ArchiveId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The archive's index in the list of open archives.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of a [`FileSet`], counted from 0 in the order of reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileSetId(u32);

impl FileSetId {
    /// The last file set that can be numbered.
    pub const MAX: FileSetId = FileSetId(u32::MAX);

    /// The id of the file set at `index`, which is at most that of [`FileSetId::MAX`].
    pub fn from_index(index: usize) -> FileSetId {
        debug_assert!(index <= FileSetId::MAX.index(), "the page merger adds no file set beyond");
        FileSetId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The file set's index in the list of file sets.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a record is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provenance {
    /// The archive.
    pub archive: ArchiveId,
    /// The files that the record is in.
    pub file_set: FileSetId,
}

/// The files that one record is in, as the user named them.
///
/// There are several if duplicates from different files were merged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FileSet {
    /// The names of the files, in the order of reading.
    pub files: Vec<String>,
}

/// Endings of packages, in lower case.
const PACKAGE_ENDINGS: [&str; 12] = [
    ".zip", ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".zst", ".zstd", ".kmz",
];

/// Splits the name of a file in a package: `export.zip` and `letters/41.xml` for `export.zip: letters/41.xml`.
/// `None` for other files.
pub fn split_package(file: &str) -> Option<(&str, &str)> {
    let is_package = |package: &str| {
        let package = package.to_lowercase();
        PACKAGE_ENDINGS.iter().any(|ending| package.ends_with(ending))
    };
    file.split_once(": ").filter(|(package, _)| is_package(package))
}

/// Returns the name of a file without its folder. A file in a package has the same name as when it is unpacked:
/// `41.xml` for `export.zip: letters/41.xml`.
///
/// ```
/// use fonds::record::bare_file_name;
///
/// assert_eq!(bare_file_name("archive/letters.csv"), "letters.csv");
/// assert_eq!(bare_file_name("export.zip: letters.csv"), "letters.csv");
/// ```
pub fn bare_file_name(file: &str) -> &str {
    let mut name = file.trim_end_matches('/');
    while let Some((_, inner)) = split_package(name) {
        name = inner;
    }
    name.rsplit('/').next().unwrap_or(name)
}
