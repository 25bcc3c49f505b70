//! Files that another program has set to fail instead of blocking (`O_NONBLOCK`): they are waited for.

use std::io::{self, BufRead, Read, StdinLock};
use std::os::fd::AsFd;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// Waits until a file can be read or written, if this is the error of one that cannot be now.
///
/// # Errors
/// It is another error, or the file cannot be waited for.
pub fn wait_after(error: io::Error, file: impl AsFd, flags: PollFlags) -> io::Result<()> {
    if error.kind() != io::ErrorKind::WouldBlock {
        return Err(error);
    }
    match poll(&mut [PollFd::new(&file, flags)], None) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Standard input, which blocks until something comes or the end. All values share one buffer.
pub struct StandardInput(StdinLock<'static>);

impl StandardInput {
    /// Locks standard input.
    pub fn lock() -> StandardInput {
        StandardInput(io::stdin().lock())
    }
}

impl Read for StandardInput {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(into) {
                Err(error) => wait_after(error, io::stdin(), PollFlags::IN)?,
                Ok(count) => return Ok(count),
            }
        }
    }
}

impl BufRead for StandardInput {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        loop {
            match self.0.fill_buf() {
                Err(error) => wait_after(error, io::stdin(), PollFlags::IN)?,
                Ok([]) => return Ok(&[]),
                Ok(_) => break,
            }
        }
        // There is something in the buffer, so that nothing is read.
        self.0.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.0.consume(count);
    }
}
