//! `fonds check`: prints the errors and warnings about files.
//!
//! Problems are printed as they are found, and records are dropped, so a file may be larger than
//! memory.

use std::io::{self, Write};
use std::path::PathBuf;

use super::args::ReadArgs;
use super::exit_code::Outcome;
use super::output;
use super::read_options;
use crate::formats::read::{PageStart, ParserCache, ReadOptions, RecordPart, Sink};
use crate::load;
use crate::load::Input;
use crate::load::folders;
use crate::load::folders::ExpandedInputs;
use crate::load::page_merger::PageMerger;
use crate::load::read_file::ReadMonitor;
use crate::record::{Problem, Record};
use crate::text::clean::clean;

/// Checks the files, or standard input if there are none. A missing file is a failure.
pub(super) fn run(files: Vec<PathBuf>, read_args: &ReadArgs) -> anyhow::Result<Outcome> {
    let files = if files.is_empty() { vec!["-".into()] } else { files };
    let (inputs, options) = (load::inputs_to_open(&files), read_options::from_args(read_args)?);
    let mut outcome = Outcome::Success;
    output::write_stdout(|out| {
        outcome = print_problems(&inputs, &options, out)?;
        Ok(())
    })?;
    let is_missing = |file: &PathBuf| file.as_os_str() != "-" && !file.exists();
    Ok(if files.iter().any(is_missing) { Outcome::Failure } else { outcome })
}

/// Reads all inputs and prints one line for each problem, without control characters.
///
/// The outcome is negative if there are problems.
///
/// # Errors
/// The output cannot be written.
pub fn print_problems(
    inputs: &[Input],
    options: &ReadOptions,
    output: &mut dyn Write,
) -> io::Result<Outcome> {
    let ExpandedInputs { inputs, problems } = folders::expand_folders(inputs, options);
    let mut printer = ProblemPrinter::new(output);
    for problem in &problems {
        printer.print(problem);
    }
    for input in &inputs {
        input.read(options, &ReadMonitor::default(), &mut printer);
        std::mem::replace(&mut printer.write_result, Ok(()))?;
    }
    printer.finish()
}

/// A sink that prints problems and drops records.
struct ProblemPrinter<'o> {
    output: &'o mut dyn Write,
    /// The result of the last write to `output`.
    write_result: io::Result<()>,
    has_problems: bool,
    /// Finds the problems that only a comparison of pages shows. It keeps records only of pages
    /// that may repeat records; these are few.
    page_merger: PageMerger,
    /// Whether the records of the current page may also be on other pages.
    may_repeat: bool,
    parser_cache: ParserCache,
}

impl<'o> ProblemPrinter<'o> {
    fn new(output: &'o mut dyn Write) -> ProblemPrinter<'o> {
        ProblemPrinter {
            output,
            write_result: Ok(()),
            has_problems: false,
            page_merger: PageMerger::new(),
            may_repeat: false,
            parser_cache: ParserCache::default(),
        }
    }

    /// Prints a problem, unless an earlier one could not be written.
    fn print(&mut self, problem: &Problem) {
        self.has_problems = true;
        if self.write_result.is_ok() {
            self.write_result = writeln!(self.output, "{}", clean(&problem.to_string()));
        }
    }

    /// Prints the problems that a comparison of the pages has found so far.
    fn print_page_problems(&mut self) {
        for problem in self.page_merger.take_problems() {
            self.print(&problem);
        }
    }

    /// Prints the remaining problems, and returns the outcome.
    fn finish(mut self) -> io::Result<Outcome> {
        for problem in std::mem::take(&mut self.page_merger).finish().problems {
            self.print(&problem);
        }
        self.write_result?;
        Ok(if self.has_problems { Outcome::Negative } else { Outcome::Success })
    }
}

impl Sink for ProblemPrinter<'_> {
    fn start_page(&mut self, page: PageStart) {
        self.may_repeat = page.may_repeat_records;
        self.page_merger.start_page(page);
        self.print_page_problems();
    }

    fn add_record(&mut self, record: Record) {
        if self.may_repeat {
            self.page_merger.add_record(record);
        }
    }

    fn add_part(&mut self, part: RecordPart) {
        let mut parser_cache = std::mem::take(&mut self.parser_cache);
        part.read(&mut parser_cache, self);
        self.parser_cache = parser_cache;
    }

    fn report(&mut self, problem: Problem) {
        self.print(&problem);
    }
}
