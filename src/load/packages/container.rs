//! The two kinds of packages, walked in one way.

use std::io::{self, Read};

use super::tar_container::TarContainer;
use super::zip_container::ZipContainer;
use super::{PackageKind, ReadSeek};
use crate::formats::read::ReadOptions;

/// The longest path of a file in a package, in bytes. Longer ones are made to break programs.
const MAX_PATH_BYTES: usize = 4096;

/// What is said about a file with a longer path.
pub(super) const PATH_TOO_LONG: &str =
    "this file was left out: its path in the package has more than 4,096 bytes";

/// A file in a package.
pub(super) struct Member<'m> {
    /// Its number in the package, from 0.
    pub(super) index: usize,
    /// Its path in the package. It is only a name: nothing is written to it.
    pub(super) path: String,
    /// What it is.
    pub(super) kind: MemberKind,
    /// The number of bytes that it takes in the package, if it is compressed for itself.
    pub(super) packed_bytes: Option<u64>,
    /// Its bytes, unpacked.
    pub(super) bytes: &'m mut dyn Read,
}

/// What a member of a package is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberKind {
    /// A file.
    File,
    /// A link, a device or something else that is no file.
    Special,
    /// A file that cannot be unpacked, with the reason.
    Unreadable(&'static str),
}

/// Whether a walk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// It goes on.
    Continue,
    /// It ends here.
    Stop,
}

/// A package that is open.
pub(super) enum Container<'r> {
    Zip(ZipContainer<'r>),
    Tar(TarContainer<'r>),
}

impl<'r> Container<'r> {
    /// Opens a package; `None` if it is a document in a ZIP archive, such as a workbook.
    ///
    /// # Errors
    /// It cannot be opened; a sentence for the user.
    pub(super) fn open(
        kind: PackageKind,
        bytes: Box<dyn ReadSeek + 'r>,
        options: &ReadOptions,
    ) -> Result<Option<Container<'r>>, String> {
        match kind {
            PackageKind::Zip => Ok(ZipContainer::open(bytes)?.map(Container::Zip)),
            PackageKind::Tar => Ok(Some(Container::Tar(TarContainer::new(bytes, options)))),
        }
    }

    /// The kind of the package.
    pub(super) fn kind(&self) -> PackageKind {
        match self {
            Container::Zip(_) => PackageKind::Zip,
            Container::Tar(_) => PackageKind::Tar,
        }
    }

    /// Whether it lists two files with one path, of which only the last one is read.
    pub(super) fn has_duplicate_names(&self) -> bool {
        matches!(self, Container::Zip(zip) if zip.has_duplicate_names)
    }

    /// Shows all files to `visit`: those of a ZIP archive in the order of a folder, those of a tar file as
    /// they stand in it.
    ///
    /// # Errors
    /// The package is damaged.
    pub(super) fn walk(&mut self, visit: &mut dyn FnMut(Member<'_>) -> Walk) -> io::Result<()> {
        match self {
            Container::Zip(zip) => {
                zip.walk(visit);
                Ok(())
            }
            Container::Tar(tar) => tar.walk(visit),
        }
    }
}

/// Returns the path of a member as text, with `/` between folders; `None` if it is too long. Bytes that are not
/// UTF-8 are read by `decode`.
pub(super) fn path_text(bytes: &[u8], decode: impl FnOnce() -> String) -> Option<String> {
    if bytes.len() > MAX_PATH_BYTES {
        return None;
    }
    let path = std::str::from_utf8(bytes).map_or_else(|_| decode(), str::to_owned);
    let path = if path.contains('/') { path } else { path.replace('\\', "/") };
    Some(path.strip_prefix("./").unwrap_or(&path).to_owned())
}
