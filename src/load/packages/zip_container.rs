//! Walks ZIP archives (PKWARE's APPNOTE.TXT).

use std::io;

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadSeek;
use super::container::{Member, MemberKind, Walk, path_text};

/// What is said about a file with a password.
const ENCRYPTED: &str =
    "this file needs a password: unpack it with another program and open the folder";

/// What is said about an unknown way to compress.
const UNKNOWN_METHOD: &str = "this file is packed in a way that fonds does not read: unpack it with another program and open \
                              the folder";

/// What is said about a file whose place in the archive is wrong.
const DAMAGED: &str = "this file is damaged and was left out: get the ZIP file again";

/// Parts by which a ZIP archive is one document: Office Open XML, OpenDocument, EPUB, iWork.
const DOCUMENT_PARTS: [&str; 5] =
    ["[Content_Types].xml", "mimetype", "_rels/.rels", "Index/Document.iwa", "Index.zip"];

/// A ZIP archive.
pub(super) struct ZipContainer<'r> {
    archive: ZipArchive<Box<dyn ReadSeek + 'r>>,
    /// The numbers of the files in the order of their paths.
    order: Vec<usize>,
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
        Ok(Some(ZipContainer { archive, order }))
    }

    /// Shows all files to `visit`.
    ///
    /// # Errors
    /// Reading the bytes failed.
    pub(super) fn walk(&mut self, visit: &mut dyn FnMut(Member<'_>) -> Walk) -> io::Result<()> {
        for index in self.order.iter().copied() {
            let (path, packed_bytes, is_special) = match self.archive.by_index_raw(index) {
                Ok(file) if file.is_dir() => continue,
                Ok(file) => {
                    let decode = || file.name().map(|name| name.to_string()).unwrap_or_default();
                    let path = path_text(file.name_raw(), decode);
                    (path, file.compressed_size(), file.is_symlink())
                }
                Err(_) => (Some(format!("file {}", index + 1)), 0, false),
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
        Ok(())
    }
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
