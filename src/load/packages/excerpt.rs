//! Reads one file of a package, to show where a problem is.

use std::fs::File;
use std::io::{self, Read};

use super::container::{Container, Walk};
use super::{PackageKind, START_BYTES};
use crate::files;
use crate::formats::read::ReadOptions;

/// The most bytes that are read of a file.
const MAX_BYTES: u64 = 64 << 20;

/// Returns the bytes of a file in a package, named as in problems: `export.zip: letters/41.xml`. `None` if
/// there is no such package or file.
pub(crate) fn read_member(name: &str) -> Option<Vec<u8>> {
    let (package, path) = name.split_once(": ")?;
    let mut file = File::open(files::path_of_name(package)).ok()?;
    let mut start = Vec::new();
    file.by_ref().take(START_BYTES).read_to_end(&mut start).ok()?;
    member_of(&start, Box::new(file), path)
}

/// Returns the bytes of a file in an open package, or in a package in it.
fn member_of(start: &[u8], package: Box<dyn super::ReadSeek + '_>, path: &str) -> Option<Vec<u8>> {
    let options = ReadOptions::default();
    let kind = PackageKind::detect(start, &options)?;
    let mut package = package;
    package.rewind().ok()?;
    let mut container = Container::open(kind, package, &options).ok()??;
    let inner = path.split_once(": ");
    let mut found = None;
    let walked = container.walk(&mut |member| {
        let is_inner = inner.is_some_and(|(package, _)| member.path == package);
        if member.path != path && !is_inner {
            return Walk::Continue;
        }
        let mut bytes = Vec::new();
        found = member.bytes.take(MAX_BYTES).read_to_end(&mut bytes).ok().map(|_| bytes);
        Walk::Stop
    });
    walked.ok()?;
    let bytes = found?;
    match inner {
        Some((_, path)) => member_of(&bytes, Box::new(io::Cursor::new(&bytes)), path),
        None => Some(bytes),
    }
}
