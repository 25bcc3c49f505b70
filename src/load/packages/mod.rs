//! Packages: ZIP and tar, compressed or not. Each is a folder of files, which are read from it one after the
//! other.
//!
//! A package is walked twice. The first walk unpacks what is to be read, to compare its checksums and to
//! count its bytes; nothing is kept. The second walk reads the files that are sound. So a damaged file or one
//! that would fill the memory gives an error, and the others are read.

mod checked_member;
mod container;
mod excerpt;
mod reader;
mod tar_container;
mod zip_container;

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use tempfile::SpooledTempFile;

use super::named_pictures::NamedPictures;
use super::read_file::ReadMonitor;
use crate::files;
use crate::formats::read::{self, ReadOptions, Sink};
use crate::record::Problem;
use checked_member::{Budget, CheckedMember};
use container::Container;
pub(crate) use excerpt::read_member;
use reader::PackageReader;

/// The number of bytes at the beginning of a file that show whether it is a package.
const START_BYTES: u64 = 1 << 16;

/// The size up to which a package inside another one is kept in memory. A larger one is a temporary file.
const MAX_SPOOLED_BYTES: usize = 16 << 20;

/// Bytes that can be read from any place.
trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// The kind of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackageKind {
    /// ZIP. It may be a document instead, such as a workbook.
    Zip,
    /// tar, perhaps compressed.
    Tar,
}

impl PackageKind {
    /// The name for messages.
    const fn name(self) -> &'static str {
        match self {
            PackageKind::Zip => "ZIP file",
            PackageKind::Tar => "tar file",
        }
    }

    /// Returns the kind of a file that begins with these bytes; `None` if it is no package.
    pub(super) fn detect(start: &[u8], options: &ReadOptions) -> Option<PackageKind> {
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            return Some(PackageKind::Zip);
        }
        tar_container::is_tar(start, options).then_some(PackageKind::Tar)
    }
}

/// Reads a file, or standard input, if it is a package. Returns whether it is one.
///
/// # Errors
/// The file cannot be opened or read.
pub(super) fn read_path(
    path: &Path,
    options: &ReadOptions,
    monitor: &ReadMonitor,
    sink: &mut dyn Sink,
) -> io::Result<bool> {
    if options.format.is_some_and(read::Format::is_in_zip) {
        return Ok(false);
    }
    let (start, file) = if files::is_standard(path) {
        (files::peek_standard_input()?, None)
    } else {
        let file = files::size(path).and_then(|_| std::fs::File::open(path).ok());
        let Some(mut file) = file else { return Ok(false) };
        let mut start = Vec::new();
        file.by_ref().take(START_BYTES).read_to_end(&mut start)?;
        (start, Some(file))
    };
    let Some(kind) = PackageKind::detect(&start, options) else { return Ok(false) };
    let name = files::display_name(path);
    let bytes: Box<dyn ReadSeek> = match file {
        Some(file) => Box::new(file),
        None => Box::new(spool(&mut files::StandardInput::lock())?),
    };
    read_package(&name, kind, bytes, options, monitor, sink)
}

/// Reads a package. Returns false if it is a document that looks like one.
fn read_package(
    name: &str,
    kind: PackageKind,
    mut bytes: Box<dyn ReadSeek>,
    options: &ReadOptions,
    monitor: &ReadMonitor,
    sink: &mut dyn Sink,
) -> io::Result<bool> {
    let size = bytes.seek(SeekFrom::End(0))?;
    bytes.rewind()?;
    if kind == PackageKind::Tar {
        let verified =
            read::verify_checksums(&mut buffered(&mut bytes), options.unpack_limit().any_ratio());
        if let Err(damage) = verified {
            sink.report(Problem::error(name, None, damage.error.to_string()));
            return Ok(true);
        }
        bytes.rewind()?;
    }
    let counted = CountedReader { bytes, monitor };
    let container = match Container::open(kind, Box::new(counted), options) {
        Ok(Some(container)) => container,
        Ok(None) => return Ok(false),
        Err(why) => {
            sink.report(Problem::error(name, None, why));
            return Ok(true);
        }
    };
    PackageReader::new(size, options).read(name, container, sink);
    Ok(true)
}

/// Looks which pictures a data file names.
///
/// # Errors
/// The file cannot be opened or read.
pub(super) fn scan_file(
    path: &Path,
    options: &ReadOptions,
    named: &mut NamedPictures,
) -> io::Result<()> {
    scan(Box::new(std::fs::File::open(path)?), options, named)
}

/// Looks which pictures the bytes of a data file name. Workbooks and packages are unpacked.
fn scan(
    mut bytes: Box<dyn ReadSeek + '_>,
    options: &ReadOptions,
    named: &mut NamedPictures,
) -> io::Result<()> {
    let mut start = Vec::new();
    bytes.by_ref().take(START_BYTES).read_to_end(&mut start)?;
    bytes.rewind()?;
    if PackageKind::detect(&start, options) == Some(PackageKind::Zip) {
        let mut budget = Budget::new(options.unpack_limit(), u64::MAX / 1000);
        return zip_container::walk_parts(bytes, &mut |part, packed_bytes| {
            let mut part = CheckedMember::new(part, Some(packed_bytes), &mut budget);
            named.scan(&mut part)
        });
    }
    let mut packed = buffered(bytes);
    let mut bytes = read::decompressed(&mut packed, options.unpack_limit())?;
    named.scan(&mut bytes)
}

/// Copies bytes to a place where they can be read from any position.
fn spool(bytes: &mut dyn Read) -> io::Result<SpooledTempFile> {
    let mut spooled = tempfile::spooled_tempfile(MAX_SPOOLED_BYTES);
    io::copy(bytes, &mut spooled)?;
    spooled.rewind()?;
    Ok(spooled)
}

/// A reader that counts half of the bytes it reads: a package is read twice.
struct CountedReader<'m> {
    bytes: Box<dyn ReadSeek>,
    monitor: &'m ReadMonitor,
}

impl Read for CountedReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.monitor.count(count as u64 / 2);
        Ok(count)
    }
}

impl Seek for CountedReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// A buffered reader of a part of a package.
fn buffered<R: Read>(reader: R) -> BufReader<R> {
    BufReader::with_capacity(1 << 16, reader)
}
