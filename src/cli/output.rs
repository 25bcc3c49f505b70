//! Standard output and standard error of the commands. Control characters are removed from what a
//! terminal shows.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::fd::AsFd;

use rustix::event::PollFlags;

use crate::files;
use crate::load::Input;
use crate::record::{Problem, ProblemGroup, ProblemGroups};
use crate::text::clean::{clean, clean_lines};
use crate::text::shorten::shorten;

/// Prints the problems on standard error: see [`problem_lines`].
pub(crate) fn eprint_problems(problems: &[Problem]) {
    for line in problem_lines(problems) {
        eprint_line(&line);
    }
}

/// Prints problems of files that are not archives, such as settings and marks files, one by one.
pub(super) fn eprint_each_problem(problems: &[Problem]) {
    for problem in problems {
        eprint_line(&problem.to_string());
    }
}

/// Returns one line for each kind of problem, the most frequent first: the first problem of the
/// kind, and how many more there are.
pub(super) fn problem_lines(problems: &[Problem]) -> Vec<String> {
    let groups = ProblemGroups::new(problems);
    let hint = "fonds: “fonds check --all” with these files lists every problem";
    let hint = groups.has_repeats().then(|| hint.to_owned());
    groups.sorted().into_iter().map(ProblemGroup::to_string).chain(hint).collect()
}

/// The longest line on standard error, in bytes: what an argument or a file has may be quoted in it.
const MAX_ERROR_LINE_BYTES: usize = 4_000;

/// Prints a line on standard error, without control characters. One of more than 4,000 bytes is shortened in its middle.
///
/// A failure is ignored: there is nowhere to report it.
pub(crate) fn eprint_line(line: &str) {
    let _ = writeln!(standard_error(), "{}", clean(&shorten(line, MAX_ERROR_LINE_BYTES)));
}

/// Prints several lines on standard error, without control characters.
pub(crate) fn eprint_lines(text: &str) {
    let _ = write!(standard_error(), "{}", clean_lines(text));
}

/// Says on standard error that a command reads the built-in example, if no terminal is its standard input: a script whose
/// file is missing must not take the example for its own records.
pub(super) fn eprint_if_example(inputs: &[Input]) {
    if inputs.contains(&Input::BuiltIn) && !io::stdin().is_terminal() {
        eprint_line("fonds: this is the built-in example: name a file, or pipe records in");
    }
}

/// Returns standard error as it is, for progress lines and questions whose texts are clean.
pub(super) fn standard_error() -> impl Write {
    WaitingWriter(io::stderr())
}

/// Returns standard output with a buffer. If it is a terminal, control characters are removed.
///
/// Call [`Write::flush`] at the end, because dropping it ignores errors.
pub(super) fn standard_output() -> Box<dyn Write> {
    let out = BufWriter::new(WaitingWriter(io::stdout()));
    if io::stdout().is_terminal() {
        Box::new(CleanWriter { out, line: Vec::new() })
    } else {
        Box::new(out)
    }
}

/// Gives a command a buffered writer to standard output. If that is a terminal, control characters
/// are removed.
///
/// # Errors
/// Standard output cannot be written.
pub fn write_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = standard_output();
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// A writer that waits while its file cannot take more bytes.
///
/// Another program may have set the terminal or the pipe to fail instead of blocking (`O_NONBLOCK`).
struct WaitingWriter<W>(W);

impl<W: Write + AsFd> WaitingWriter<W> {
    /// Repeats a write until it does not have to wait.
    fn repeat<T>(&mut self, mut write: impl FnMut(&mut W) -> io::Result<T>) -> io::Result<T> {
        loop {
            match write(&mut self.0) {
                Err(error) => files::wait_after(error, &self.0, PollFlags::OUT)?,
                Ok(result) => return Ok(result),
            }
        }
    }
}

impl<W: Write + AsFd> Write for WaitingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.repeat(|out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.repeat(Write::flush)
    }
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

    /// Also writes the unfinished line, such as a question.
    fn flush(&mut self) -> io::Result<()> {
        self.write_line()?;
        self.out.flush()
    }
}
