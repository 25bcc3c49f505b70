//! The archive that records come from, the files they are in, and the ids of both.

use super::add_missing;

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
    /// The number of records in the whole archive, of which the file may hold only some (`552`).
    pub total: Option<u64>,
    /// All other keys of the file, under their own names.
    pub own: Vec<(String, String)>,
}

impl Archive {
    /// Returns the archive's identity: its web address, otherwise its title, otherwise an empty
    /// text.
    pub fn identity(&self) -> &str {
        self.url.as_deref().or(self.title.as_deref()).unwrap_or("")
    }

    /// Fills in what is missing here from another page of the same archive.
    pub fn merge(&mut self, other: Archive) {
        let Archive { title, source, url, description, total, own } = other;
        self.title = self.title.take().or(title);
        self.source = self.source.take().or(source);
        self.url = self.url.take().or(url);
        self.description = self.description.take().or(description);
        self.total = self.total.or(total);
        add_missing(&mut self.own, own);
    }
}

/// The number of an open archive, counted from 0 in the order of opening.
///
/// Past 65,535 archives, all further ones share the last number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchiveId(u16);

impl ArchiveId {
    /// The last archive that can be numbered.
    pub const MAX: ArchiveId = ArchiveId(u16::MAX);

    /// The id of the archive at `index`; [`ArchiveId::MAX`] beyond the numbers there are.
    pub fn from_index(index: usize) -> ArchiveId {
        ArchiveId(u16::try_from(index).unwrap_or(u16::MAX))
    }

    /// The archive's index in the list of open archives.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The number of a [`FileSet`], counted from 0 in the order of reading.
///
/// Past 65,535 file sets, all further ones share the last number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileSetId(u16);

impl FileSetId {
    /// The last file set that can be numbered.
    pub const MAX: FileSetId = FileSetId(u16::MAX);

    /// The id of the file set at `index`; [`FileSetId::MAX`] beyond the numbers there are.
    pub fn from_index(index: usize) -> FileSetId {
        FileSetId(u16::try_from(index).unwrap_or(u16::MAX))
    }

    /// The file set's index in the list of file sets.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The files that one record is in, as the user named them.
///
/// There are several if duplicates from different files were merged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FileSet {
    /// The names of the files, in the order of reading.
    pub files: Vec<String>,
}
