//! Names of files as text. The bytes of a name that are not UTF-8 are written as `\xFC`, so that two files
//! never have one name, and a name leads back to its file.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use crate::text::shell;

/// Returns the path of a file as text. It is the path itself if that is UTF-8.
pub fn name_of_path(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(name, "\\x{byte:02X}");
        }
    }
    name
}

/// Returns the path that a text from [`name_of_path`] names.
///
/// A name may have `\xFC` in it as it stands. It counts if there is such a file, or none with the other name.
pub fn path_of_name(name: &str) -> PathBuf {
    let path = PathBuf::from(name);
    let Some(bytes) = unescape(name).filter(|_| path.symlink_metadata().is_err()) else {
        return path;
    };
    let unescaped = PathBuf::from(OsString::from_vec(bytes));
    if unescaped.symlink_metadata().is_ok() { unescaped } else { path }
}

/// Returns the bytes of a name with escaped bytes; `None` if it has none.
fn unescape(name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name;
    let mut has_escapes = false;
    while let Some(at) = rest.find("\\x") {
        let (before, escape) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        let digits =
            escape.get(2..4).filter(|it| it.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte.filter(|byte| !byte.is_ascii()) {
            has_escapes = true;
            bytes.push(byte);
            rest = escape.get(4..).unwrap_or("");
        } else {
            bytes.extend_from_slice(b"\\x");
            rest = escape.get(2..).unwrap_or("");
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    has_escapes.then_some(bytes)
}

/// Returns a path as one word of a shell command, quoted.
pub fn shell_word(path: &Path) -> String {
    shell::word(path.as_os_str().as_bytes())
}
