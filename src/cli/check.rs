//! `fonds check`: prints the errors and warnings about files, and a summary.
//!
//! Problems are counted by kind or printed as they are found, and records are dropped, so a file may
//! be larger than memory.

use std::io::{self, Write};
use std::path::PathBuf;

use super::args::ReadArgs;
use super::check_names;
use super::check_summary::CheckSummary;
use super::engine;
use super::exit_code::Outcome;
use super::output;
use super::read_options;
use crate::formats::read::{NameMapping, PageStart, ParserCache, ReadOptions, RecordPart, Sink};
use crate::load;
use crate::load::Input;
use crate::load::folders;
use crate::load::folders::ExpandedInputs;
use crate::load::page_merger::PageMerger;
use crate::load::read_file::ReadMonitor;
use crate::record::{Problem, Record};
use crate::text::clean::clean;

/// Checks the files, or standard input if there are none. A missing file is a failure.
pub(super) fn run(
    files: Vec<PathBuf>,
    detail: CheckDetail,
    read_args: &ReadArgs,
) -> anyhow::Result<Outcome> {
    engine::refuse("check", &files)?;
    let files = if files.is_empty() { vec!["-".into()] } else { files };
    let (inputs, options) = (load::inputs_to_open(&files), read_options::from_args(read_args)?);
    let mut outcome = Outcome::Success;
    output::write_stdout(|out| {
        outcome = print_problems(&inputs, &options, detail, out)?;
        Ok(())
    })?;
    let is_missing = |file: &PathBuf| file.as_os_str() != "-" && !file.exists();
    Ok(if files.iter().any(is_missing) { Outcome::Failure } else { outcome })
}

/// Which problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDetail {
    /// The first problem of each kind, with the count of the kind, after all files are read. If they
    /// are few, all of them.
    FirstOfEachKind,
    /// Every problem, as it is found.
    EveryProblem,
    /// What the names in the files were taken for, then the first problem of each kind.
    Names,
}

impl CheckDetail {
    /// Returns the detail that the options ask for.
    pub(super) fn from_flags(all: bool, mapping: bool) -> CheckDetail {
        match (mapping, all) {
            (true, _) => CheckDetail::Names,
            (false, true) => CheckDetail::EveryProblem,
            (false, false) => CheckDetail::FirstOfEachKind,
        }
    }
}

/// Reads all inputs and prints their problems and a summary, without control characters.
///
/// The outcome is negative if there are problems.
///
/// # Errors
/// The output cannot be written.
pub fn print_problems(
    inputs: &[Input],
    options: &ReadOptions,
    detail: CheckDetail,
    output: &mut dyn Write,
) -> io::Result<Outcome> {
    let ExpandedInputs { inputs, problems, options } = folders::expand_folders(inputs, options);
    let mut printer = ProblemPrinter::new(detail, inputs.len(), output);
    for problem in &problems {
        printer.print(problem);
    }
    for input in &inputs {
        input.read(&options, &ReadMonitor::default(), &mut printer);
        std::mem::replace(&mut printer.write_result, Ok(()))?;
    }
    printer.finish()
}

/// A sink that prints problems and drops records.
struct ProblemPrinter<'o> {
    output: &'o mut dyn Write,
    /// The result of the last write to `output`.
    write_result: io::Result<()>,
    detail: CheckDetail,
    summary: CheckSummary,
    /// Finds the problems that only a comparison of pages shows. It keeps records only of pages
    /// that may repeat records; these are few.
    page_merger: PageMerger,
    /// Whether the records of the current page may also be on other pages.
    may_repeat: bool,
    parser_cache: ParserCache,
}

impl<'o> ProblemPrinter<'o> {
    fn new(
        detail: CheckDetail,
        file_count: usize,
        output: &'o mut dyn Write,
    ) -> ProblemPrinter<'o> {
        ProblemPrinter {
            output,
            write_result: Ok(()),
            detail,
            summary: CheckSummary::new(file_count),
            page_merger: PageMerger::new(),
            may_repeat: false,
            parser_cache: ParserCache::default(),
        }
    }

    /// Counts a problem, and prints it if all are printed and no earlier one failed to be written.
    fn print(&mut self, problem: &Problem) {
        self.summary.add_problem(problem);
        if self.detail == CheckDetail::EveryProblem {
            self.print_line(&problem.to_string());
        }
    }

    /// Prints a line, unless an earlier one could not be written.
    fn print_line(&mut self, line: &str) {
        if self.write_result.is_ok() {
            self.write_result = writeln!(self.output, "{}", clean(line));
        }
    }

    /// Prints the problems that a comparison of the pages has found so far.
    fn print_page_problems(&mut self) {
        for problem in self.page_merger.take_problems() {
            self.print(&problem);
        }
    }

    /// Prints the remaining problems and the summary, and returns the outcome.
    fn finish(mut self) -> io::Result<Outcome> {
        let merged = std::mem::take(&mut self.page_merger).finish();
        for problem in merged.problems {
            self.print(&problem);
        }
        self.summary.add_records(merged.records.len());
        for line in self.summary.lines(self.detail) {
            self.print_line(&line);
        }
        self.write_result?;
        let has_problems = self.summary.has_problems();
        Ok(if has_problems { Outcome::Negative } else { Outcome::Success })
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
        } else {
            self.summary.add_records(1);
        }
    }

    fn add_part(&mut self, part: RecordPart) {
        let mut parser_cache = std::mem::take(&mut self.parser_cache);
        part.read(&mut parser_cache, self);
        self.parser_cache = parser_cache;
    }

    fn describe_names(&mut self, names: NameMapping) {
        if self.detail == CheckDetail::Names {
            for line in check_names::lines(&names) {
                self.print_line(&line);
            }
        }
    }

    fn report(&mut self, problem: Problem) {
        self.print(&problem);
    }
}
