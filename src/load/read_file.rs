//! Reads one file, or standard input, into a sink.

use std::io::{self, BufReader, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::files::{Trouble, is_standard, name, open};
use crate::formats::read::{Options, Sink};
use crate::record::Problem;

/// How many bytes of a file are read at once.
const CHUNK: usize = 1 << 18;

/// What is to be known while a file is read.
#[derive(Clone, Default)]
pub(crate) struct Watch {
    /// How many bytes were read so far.
    pub(crate) read: Arc<AtomicU64>,
    /// What is done before waiting for a writer who has nothing to say yet.
    pub(crate) before_waiting: Option<Rc<dyn Fn()>>,
}

/// The bytes of a file, watched while they are read.
struct Watched<'w> {
    bytes: Box<dyn Read>,
    /// Whether they come from a writer who may take their time.
    piped: bool,
    watch: &'w Watch,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.piped && is_silent() {
            self.watch.before_waiting.iter().for_each(|act| act());
        }
        let read = self.bytes.read(into)?;
        self.watch.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Whether standard input has nothing to read yet.
fn is_silent() -> bool {
    let input = io::stdin();
    let mut waiting = [PollFd::new(&input, PollFlags::IN)];
    poll(&mut waiting, Some(&Timespec::default())).is_ok_and(|ready| ready == 0)
}

/// Reads a file, or standard input for `-`, as the options say. A file that cannot be
/// opened, or not be read to its end, is a problem like those in it.
pub(crate) fn read(path: &Path, options: &Options, watch: &Watch, sink: &mut dyn Sink) {
    let file = name(path);
    let trouble = match open(path) {
        Err(error) => error.why.to_string(),
        Ok(bytes) => {
            let watched = Watched { bytes, piped: is_standard(path), watch };
            let mut bytes = BufReader::with_capacity(CHUNK, watched);
            match crate::formats::read::read_with(&file, options, &mut bytes, sink) {
                Err(error) => Trouble::Unreadable(error.source).to_string(),
                Ok(()) => return,
            }
        }
    };
    sink.problem(Problem::fault(&file, None, trouble));
}
