//! Reads one file, or standard input, into a sink.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::packages;
use crate::files::{FileError, FileErrorKind, display_name, is_standard, open, size};
use crate::formats::read::{Damage, ReadOptions, Sink, pause, verify_checksums};
use crate::record::Problem;

/// How long nothing must come through a pipe until what has come is shown.
const MIN_PAUSE: Duration = Duration::from_millis(30);

/// How long what comes through a pipe may wait for a pause. After that it is shown before the next read that would block.
const MAX_WAIT: Duration = Duration::from_millis(50);

/// The size of the read buffer.
const READ_BUFFER_BYTES: usize = 1 << 18;

/// Observes the reading of files: counts bytes, and is called before a read may block.
#[derive(Clone, Default)]
pub(crate) struct ReadMonitor {
    /// The number of bytes read so far.
    pub(crate) bytes_read: Arc<AtomicU64>,
    /// Called before a read from a pipe that would block.
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
    /// The pipe or terminal that `bytes` reads, which may block for long.
    stream: Option<OwnedFd>,
    /// When the first bytes since the last pause were read; `None` if there are none.
    news_since: Option<Instant>,
    /// How often the file is read: each time counts this part of its bytes.
    passes: u64,
    monitor: &'w ReadMonitor,
}

impl Read for MonitoredReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some(stream) = &self.stream
            && is_idle(stream, Duration::ZERO)
        {
            self.monitor.before_waiting.iter().for_each(|callback| callback());
            if let Some(since) = self.news_since.filter(|_| pause::may_pause())
                && is_idle(stream, MAX_WAIT.saturating_sub(since.elapsed()).min(MIN_PAUSE))
            {
                self.news_since = None;
                return Err(io::ErrorKind::WouldBlock.into());
            }
        }
        let read = self.bytes.read(into)?;
        self.news_since.get_or_insert_with(Instant::now);
        self.monitor.count(read as u64 / self.passes);
        Ok(read)
    }
}

/// Whether nothing comes through a stream for this time.
fn is_idle(stream: &OwnedFd, time: Duration) -> bool {
    let time = Timespec::try_from(time).unwrap_or_default();
    let mut polled = [PollFd::new(stream, PollFlags::IN)];
    poll(&mut polled, Some(&time)).is_ok_and(|ready| ready == 0)
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
        Ok(OpenedFile { bytes, stream, passes }) => {
            let is_stream = stream.is_some();
            let reader = MonitoredReader { bytes, stream, news_since: None, passes, monitor };
            let mut bytes = BufReader::with_capacity(READ_BUFFER_BYTES, reader);
            let mut read = || crate::formats::read::read_with(&file, options, &mut bytes, sink);
            match if is_stream { pause::reading_stream(read) } else { read() } {
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
    let reader = MonitoredReader { bytes, stream: None, news_since: None, passes: 2, monitor };
    let mut bytes = BufReader::with_capacity(READ_BUFFER_BYTES, reader);
    Ok(verify_checksums(&mut bytes, options.unpack_limit()).err())
}

/// Opens a file. Reading a damaged compressed file fails where the damaged part begins, before
/// anything in that part is decompressed.
///
/// # Errors
/// The file cannot be opened.
fn open_sound_part(
    path: &Path,
    options: &ReadOptions,
    monitor: &ReadMonitor,
) -> Result<OpenedFile, FileError> {
    if let Some(stream) = open_stream(path)? {
        return Ok(stream);
    }
    let before = monitor.bytes_read.load(Ordering::Relaxed);
    let damage = find_damage(path, options, monitor)?;
    let verified = monitor.bytes_read.load(Ordering::Relaxed) - before;
    // Of a file that is not compressed, only the beginning was looked at.
    let passes = if verified > READ_BUFFER_BYTES as u64 { 2 } else { 1 };
    let bytes = open(path)?;
    let bytes = match damage {
        None => bytes,
        Some(Damage { sound_bytes, error }) => {
            Box::new(bytes.take(sound_bytes).chain(FailingReader(Some(error))))
        }
    };
    Ok(OpenedFile { bytes, stream: None, passes })
}

/// Opens standard input or a named pipe, together with a second handle to wait for it; `None` for a file.
///
/// # Errors
/// It cannot be opened.
fn open_stream(path: &Path) -> Result<Option<OpenedFile>, FileError> {
    let unreadable = |error| FileErrorKind::Unreadable(error).for_path(path);
    if is_standard(path) {
        let stream = io::stdin().as_fd().try_clone_to_owned().map_err(unreadable)?;
        return Ok(Some(OpenedFile { bytes: open(path)?, stream: Some(stream), passes: 1 }));
    }
    if size(path).is_some() || path.is_dir() || !path.exists() {
        return Ok(None);
    }
    let file = File::open(path).map_err(unreadable)?;
    let stream = file.as_fd().try_clone_to_owned().map_err(unreadable)?;
    Ok(Some(OpenedFile { bytes: Box::new(file), stream: Some(stream), passes: 1 }))
}

/// A file that is open for reading.
struct OpenedFile {
    bytes: Box<dyn Read>,
    /// What may block, if it is no regular file.
    stream: Option<OwnedFd>,
    /// How often the file is read in all.
    passes: u64,
}

/// A reader that fails.
struct FailingReader(Option<io::Error>);

impl Read for FailingReader {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
