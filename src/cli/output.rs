//! Where a command writes: standard output, clean on a terminal.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::text::clean::clean;

/// Writes to standard output. On a terminal nothing is written that it would obey.
///
/// # Errors
/// It cannot be written.
pub fn standard(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let out = BufWriter::new(io::stdout().lock());
    if io::stdout().is_terminal() {
        let mut clean = Clean { out, line: Vec::new() };
        write(&mut clean)?;
        clean.line_out()?;
        clean.out.flush()?;
    } else {
        let mut out = out;
        write(&mut out)?;
        out.flush()?;
    }
    Ok(())
}

/// A writer that cleans each line.
struct Clean<W> {
    out: W,
    /// The line so far.
    line: Vec<u8>,
}

impl<W: Write> Clean<W> {
    /// Writes what there is of the line.
    fn line_out(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        match text.strip_suffix('\n') {
            Some(text) => writeln!(self.out, "{}", clean(text)),
            None => write!(self.out, "{}", clean(&text)),
        }
    }
}

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.line_out()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
