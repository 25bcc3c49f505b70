//! Standard output and standard error of the commands. Control characters are removed from what a
//! terminal shows.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::record::Problem;
use crate::text::clean::clean;

/// Prints each problem as a line on standard error.
pub(crate) fn eprint_problems(problems: &[Problem]) {
    for problem in problems {
        eprint_line(&problem.to_string());
    }
}

/// Prints a line on standard error, without control characters.
///
/// A failure is ignored: there is nowhere to report it.
pub(crate) fn eprint_line(line: &str) {
    let _ = writeln!(io::stderr(), "{}", clean(line));
}

/// Gives a command a buffered writer to standard output. If that is a terminal, control characters
/// are removed.
///
/// # Errors
/// Standard output cannot be written.
pub fn write_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let out = BufWriter::new(io::stdout().lock());
    if io::stdout().is_terminal() {
        let mut clean = CleanWriter { out, line: Vec::new() };
        write(&mut clean)?;
        clean.write_line()?;
        clean.out.flush()?;
    } else {
        let mut out = out;
        write(&mut out)?;
        out.flush()?;
    }
    Ok(())
}

/// A writer that removes control characters from each line.
struct CleanWriter<W> {
    out: W,
    /// The unfinished line.
    line: Vec<u8>,
}

impl<W: Write> CleanWriter<W> {
    /// Writes the line so far, and starts a new one.
    fn write_line(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        match text.strip_suffix('\n') {
            Some(text) => writeln!(self.out, "{}", clean(text)),
            None => write!(self.out, "{}", clean(&text)),
        }
    }
}

impl<W: Write> Write for CleanWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(line);
            if line.ends_with(b"\n") {
                self.write_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
