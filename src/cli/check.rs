//! `fonds check`: what is wrong with files, and what is doubtful. Said as it is found: no record is
//! kept for it, so that a file may be larger than memory.

use std::io::{self, Write};

use super::exit_code::Outcome;
use crate::formats::read::{Memory, Options, Page, Part, Sink};
use crate::load::Input;
use crate::load::folders;
use crate::load::folders::Opened;
use crate::load::page_merger::Gathering;
use crate::load::read_file::Watch;
use crate::record::{Problem, Record};
use crate::text::clean::clean;

/// Reads everything and prints each problem on a line, fit to be shown.
///
/// # Errors
/// The output cannot be written.
pub fn run(inputs: &[Input], options: &Options, output: &mut dyn Write) -> io::Result<Outcome> {
    let Opened { inputs, problems } = folders::opened(inputs, options);
    let mut checking = Checking::new(output);
    for problem in &problems {
        checking.say(problem);
    }
    for input in &inputs {
        input.read(options, &Watch::default(), &mut checking);
        std::mem::replace(&mut checking.written, Ok(()))?;
    }
    checking.finish()
}

/// Says what is wrong, and lets go of what is not.
struct Checking<'o> {
    output: &'o mut dyn Write,
    /// What was last written to it.
    written: io::Result<()>,
    /// Whether anything was said.
    said: bool,
    /// What is only known when pages are compared. It has the records of no others than those that
    /// may stand on several pages: these are small.
    gathering: Gathering,
    /// Whether the records of the page may stand on other pages too.
    repeats: bool,
    memory: Memory,
}

impl<'o> Checking<'o> {
    /// Nothing is said yet.
    fn new(output: &'o mut dyn Write) -> Checking<'o> {
        let (gathering, memory) = (Gathering::new(), Memory::default());
        Checking { output, written: Ok(()), said: false, gathering, repeats: false, memory }
    }

    /// Prints a problem. Nothing more is written once that failed.
    fn say(&mut self, problem: &Problem) {
        self.said = true;
        if self.written.is_ok() {
            self.written = writeln!(self.output, "{}", clean(&problem.to_string()));
        }
    }

    /// Prints what the pages say of each other so far.
    fn compare(&mut self) {
        for problem in self.gathering.take_problems() {
            self.say(&problem);
        }
    }

    /// Prints what is left.
    fn finish(mut self) -> io::Result<Outcome> {
        for problem in std::mem::take(&mut self.gathering).finish().problems {
            self.say(&problem);
        }
        self.written?;
        Ok(if self.said { Outcome::Nothing } else { Outcome::Done })
    }
}

impl Sink for Checking<'_> {
    fn page(&mut self, page: Page) {
        self.repeats = page.repeats;
        self.gathering.page(page);
        self.compare();
    }

    fn record(&mut self, record: Record) {
        if self.repeats {
            self.gathering.record(record);
        }
    }

    fn part(&mut self, part: Part) {
        let mut memory = std::mem::take(&mut self.memory);
        part.read(&mut memory, self);
        self.memory = memory;
    }

    fn problem(&mut self, problem: Problem) {
        self.say(&problem);
    }
}
