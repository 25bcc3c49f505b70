//! Walks ZIP archives (PKWARE's APPNOTE.TXT).

use std::io::{self, Read};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::ReadSeek;
use super::container::{Member, MemberKind, Walk, path_text};

/// What is said about a file with a password.
const ENCRYPTED: &str =
    "this file needs a password: unpack it with another program and open the folder";

/// What is said about an unknown way to compress.
const UNKNOWN_METHOD: &str = "this file is packed in a way that fonds does not read: unpack it with another program and open \
                              the folder";

/// The ways to compress that are read.
const KNOWN_METHODS: [CompressionMethod; 6] = [
    CompressionMethod::Stored,
    CompressionMethod::Deflated,
    CompressionMethod::Deflate64,
    CompressionMethod::Bzip2,
    CompressionMethod::Lzma,
    CompressionMethod::Xz,
];

/// What is said about a file whose place in the archive is wrong.
const DAMAGED: &str = "this file is damaged and was left out: get the ZIP file again";

/// Parts by which a ZIP archive is one document: Office Open XML, `OpenDocument`, EPUB, iWork.
const DOCUMENT_PARTS: [&str; 5] =
    ["[Content_Types].xml", "mimetype", "_rels/.rels", "Index/Document.iwa", "Index.zip"];

/// A ZIP archive.
pub(super) struct ZipContainer<'r> {
    archive: ZipArchive<Box<dyn ReadSeek + 'r>>,
    /// The numbers of the files in the order of their paths.
    order: Vec<usize>,
    /// Whether it lists two files with one path. Only the last one can be read.
    pub(super) has_duplicate_names: bool,
}

impl<'r> ZipContainer<'r> {
    /// Opens a ZIP archive; `None` if it is one document.
    ///
    /// # Errors
    /// It is damaged; a sentence for the user.
    pub(super) fn open(bytes: Box<dyn ReadSeek + 'r>) -> Result<Option<ZipContainer<'r>>, String> {
        let mut archive = ZipArchive::new(bytes).map_err(|error| {
            format!(
                "this ZIP file cannot be read, because it is damaged or cut off: {}; get the file again",
                reason(&error)
            )
        })?;
        if DOCUMENT_PARTS.iter().any(|part| archive.index_for_name(part).is_some()) {
            return Ok(None);
        }
        if archive.has_overlapping_files().unwrap_or(true) {
            return Err("this ZIP file was not read: its files overlap, as only in damaged files and in those made \
                        to fill the memory"
                .to_owned());
        }
        let mut order: Vec<(Vec<u8>, usize)> = Vec::new();
        for index in 0..archive.len() {
            let name = archive.by_index_raw(index).map(|file| file.name_raw().to_vec());
            order.push((name.unwrap_or_default(), index));
        }
        // The separator sorts before all letters, as where folders are walked.
        order.sort_by(|(one, _), (other, _)| {
            let parts =
                |path: &[u8]| path.split(|byte| *byte == b'/').map(<[u8]>::to_vec).collect();
            let (one, other): (Vec<Vec<u8>>, Vec<Vec<u8>>) = (parts(one), parts(other));
            one.cmp(&other)
        });
        let order = order.into_iter().map(|(_, index)| index).collect();
        let has_duplicate_names = archive.has_duplicate_names();
        Ok(Some(ZipContainer { archive, order, has_duplicate_names }))
    }

    /// Shows all files to `visit`.
    pub(super) fn walk(&mut self, visit: &mut dyn FnMut(Member<'_>) -> Walk) {
        for index in self.order.iter().copied() {
            let (path, packed_bytes, is_special, is_unknown) =
                match self.archive.by_index_raw(index) {
                    Ok(file) if file.is_dir() => continue,
                    Ok(file) => {
                        let decode =
                            || file.name().map(|name| name.to_string()).unwrap_or_default();
                        let path = path_text(file.name_raw(), decode);
                        let is_unknown = !KNOWN_METHODS.contains(&file.compression());
                        (path, file.compressed_size(), file.is_symlink(), is_unknown)
                    }
                    Err(_) => (Some(format!("file {}", index + 1)), 0, false, false),
                };
            let packed_bytes = Some(packed_bytes);
            let (path, is_too_long) = match path {
                Some(path) => (path, false),
                None => (format!("file {}", index + 1), true),
            };
            let mut none = io::empty();
            let mut member =
                Member { index, path, kind: MemberKind::Special, packed_bytes, bytes: &mut none };
            if is_too_long {
                member.kind = MemberKind::Unreadable(super::container::PATH_TOO_LONG);
            }
            let walk = if is_special || is_too_long {
                visit(member)
            } else if is_unknown {
                member.kind = MemberKind::Unreadable(UNKNOWN_METHOD);
                visit(member)
            } else {
                match self.archive.by_index(index) {
                    Ok(mut file) => {
                        visit(Member { kind: MemberKind::File, bytes: &mut file, ..member })
                    }
                    Err(error) => {
                        member.kind = MemberKind::Unreadable(why_unreadable(&error));
                        visit(member)
                    }
                }
            };
            if walk == Walk::Stop {
                break;
            }
        }
    }
}

/// Shows the bytes of all parts of a ZIP archive or document, and how many bytes each takes in it.
///
/// # Errors
/// The archive is damaged.
pub(super) fn walk_parts(
    bytes: Box<dyn ReadSeek + '_>,
    visit: &mut dyn FnMut(&mut dyn Read, u64) -> io::Result<()>,
) -> io::Result<()> {
    let mut archive = ZipArchive::new(bytes).map_err(io::Error::other)?;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(io::Error::other)?;
        let packed_bytes = part.compressed_size();
        visit(&mut part, packed_bytes)?;
    }
    Ok(())
}

/// Returns why a file in an archive cannot be unpacked.
fn why_unreadable(error: &ZipError) -> &'static str {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ENCRYPTED
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            UNKNOWN_METHOD
        }
        _ => DAMAGED,
    }
}

/// Returns what is wrong with an archive, in words.
fn reason(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(reason) if reason.contains("EOCD") => {
            "its directory is missing".to_owned()
        }
        error => error.to_string(),
    }
}
