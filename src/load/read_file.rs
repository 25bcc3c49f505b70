//! Reads one file, or standard input, into a sink.

use std::io::{self, BufReader, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::packages;
use crate::files::{FileError, FileErrorKind, display_name, is_standard, open, size};
use crate::formats::read::{Damage, ReadOptions, Sink, verify_checksums};
use crate::record::Problem;

/// The size of the read buffer.
const READ_BUFFER_BYTES: usize = 1 << 18;

/// Observes the reading of files: counts bytes, and is called before a read may block.
#[derive(Clone, Default)]
pub(crate) struct ReadMonitor {
    /// The number of bytes read so far.
    pub(crate) bytes_read: Arc<AtomicU64>,
    /// Called before a read from standard input that would block.
    pub(crate) before_waiting: Option<Rc<dyn Fn()>>,
}

impl ReadMonitor {
    /// Counts bytes that were read.
    pub(super) fn count(&self, bytes: u64) {
        self.bytes_read.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// A reader that reports to a [`ReadMonitor`].
struct MonitoredReader<'w> {
    bytes: Box<dyn Read>,
    /// Whether `bytes` is standard input, which may block for long.
    is_stdin: bool,
    /// How often the file is read: each time counts this part of its bytes.
    passes: u64,
    monitor: &'w ReadMonitor,
}

impl Read for MonitoredReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.is_stdin && is_stdin_idle() {
            self.monitor.before_waiting.iter().for_each(|callback| callback());
        }
        let read = self.bytes.read(into)?;
        self.monitor.count(read as u64 / self.passes);
        Ok(read)
    }
}

/// Whether a read from standard input would block now.
fn is_stdin_idle() -> bool {
    let input = io::stdin();
    let mut polled = [PollFd::new(&input, PollFlags::IN)];
    poll(&mut polled, Some(&Timespec::default())).is_ok_and(|ready| ready == 0)
}

/// Reads a file, or standard input for `-`, into a sink. A file that cannot be opened or read to
/// its end is reported to the sink as an error.
pub(crate) fn read_path(
    path: &Path,
    options: &ReadOptions,
    monitor: &ReadMonitor,
    sink: &mut dyn Sink,
) {
    let file = display_name(path);
    match packages::read_path(path, options, monitor, sink) {
        Ok(true) => return,
        // A file that cannot be opened is reported below.
        Ok(false) => {}
        Err(error) => {
            let message = FileErrorKind::Unreadable(error).to_string();
            return sink.report(Problem::error(&file, None, message));
        }
    }
    let message = match open_sound_part(path, options, monitor) {
        Err(error) => error.kind.to_string(),
        Ok((bytes, passes)) => {
            let reader = MonitoredReader { bytes, is_stdin: is_standard(path), passes, monitor };
            let mut bytes = BufReader::with_capacity(READ_BUFFER_BYTES, reader);
            match crate::formats::read::read_with(&file, options, &mut bytes, sink) {
                Err(error) => FileErrorKind::Unreadable(error.source).to_string(),
                Ok(()) => return,
            }
        }
    };
    sink.report(Problem::error(&file, None, message));
}

/// Compares the checksums of a compressed file that can be read twice. Other files are sound.
///
/// # Errors
/// The file cannot be opened.
pub(super) fn find_damage(
    path: &Path,
    options: &ReadOptions,
    monitor: &ReadMonitor,
) -> Result<Option<Damage>, FileError> {
    if is_standard(path) || size(path).is_none() {
        return Ok(None);
    }
    let bytes = open(path)?;
    let reader = MonitoredReader { bytes, is_stdin: false, passes: 2, monitor };
    let mut bytes = BufReader::with_capacity(READ_BUFFER_BYTES, reader);
    Ok(verify_checksums(&mut bytes, options.unpack_limit()).err())
}

/// Opens a file, and returns how often it is read in all. Reading a damaged compressed file fails where the damaged part begins, before
/// anything in that part is decompressed.
///
/// # Errors
/// The file cannot be opened.
fn open_sound_part(
    path: &Path,
    options: &ReadOptions,
    monitor: &ReadMonitor,
) -> Result<(Box<dyn Read>, u64), FileError> {
    let before = monitor.bytes_read.load(Ordering::Relaxed);
    let damage = find_damage(path, options, monitor)?;
    let verified = monitor.bytes_read.load(Ordering::Relaxed) - before;
    // Of a file that is not compressed, only the beginning was looked at.
    let passes = if verified > READ_BUFFER_BYTES as u64 { 2 } else { 1 };
    let bytes = open(path)?;
    Ok(match damage {
        None => (bytes, passes),
        Some(Damage { sound_bytes, error }) => {
            (Box::new(bytes.take(sound_bytes).chain(FailingReader(Some(error)))), passes)
        }
    })
}

/// A reader that fails.
struct FailingReader(Option<io::Error>);

impl Read for FailingReader {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
