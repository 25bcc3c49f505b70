//! What converting a file shows about its encoding: messages, and how many letters are doubtful or wrong.

use std::cell::RefCell;
use std::rc::Rc;

use crate::text::counts::with_thousands;

/// The findings in one file, in the order in which they were made. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings(Rc<RefCell<Vec<(usize, Finding)>>>);

/// A finding.
#[derive(Clone, Debug)]
enum Finding {
    /// Another finding, in words.
    Message(String),
    /// Letters that are not UTF-8 were read in an encoding that was guessed.
    Guessed { encoding: &'static str, letters: usize },
    /// Bytes are no letters of the encoding of the file.
    NoLetters { encoding: &'static str, places: usize },
    /// Control characters stand in the text.
    Controls(usize),
}

impl Findings {
    /// Adds a message about a line, counted from 1.
    pub(super) fn report(&self, line: usize, message: impl Into<String>) {
        self.push(line, Finding::Message(message.into()));
    }

    /// Says that from this line on, letters that are not UTF-8 are read in a guessed encoding.
    pub(super) fn begin_guess(&self, line: usize, encoding: &'static str) {
        self.push(line, Finding::Guessed { encoding, letters: 0 });
    }

    /// Counts letters that were read in the guessed encoding. Without a guess, nothing is counted.
    pub(super) fn count_guessed(&self, count: usize) {
        for (_, finding) in self.0.borrow_mut().iter_mut() {
            if let Finding::Guessed { letters, .. } = finding {
                *letters += count;
            }
        }
    }

    /// Counts places with bytes that are no letters of an encoding. `line` is the line of the first one.
    pub(super) fn count_wrong(&self, line: usize, encoding: &'static str, count: usize) {
        if count == 0 {
            return;
        }
        for (_, finding) in self.0.borrow_mut().iter_mut() {
            if let Finding::NoLetters { places, .. } = finding {
                *places += count;
                return;
            }
        }
        self.push(line, Finding::NoLetters { encoding, places: count });
    }

    /// Counts control characters. `line` is the line of the first one.
    pub(super) fn count_controls(&self, line: usize, count: usize) {
        for (_, finding) in self.0.borrow_mut().iter_mut() {
            if let Finding::Controls(all) = finding {
                *all += count;
                return;
            }
        }
        self.push(line, Finding::Controls(count));
    }

    /// Takes the findings as messages, with their lines.
    pub(super) fn take(&self) -> Vec<(usize, String)> {
        let findings = self.0.take().into_iter();
        findings.map(|(line, finding)| (line, finding.message())).collect()
    }

    /// Adds a finding.
    fn push(&self, line: usize, finding: Finding) {
        self.0.borrow_mut().push((line, finding));
    }
}

impl Finding {
    /// The finding in words. The counts have the same words for one and for many, so that the findings in many
    /// files are one kind of problem.
    fn message(self) -> String {
        match self {
            Finding::Message(message) => message,
            Finding::Guessed { encoding, letters } => format!(
                "letters that are not UTF-8 were read as {encoding} ({} in all), which is a guess: if they look wrong, \
                 name the encoding with --encoding",
                with_thousands(letters)
            ),
            Finding::NoLetters { encoding, places } => no_letters_message(encoding, places),
            Finding::Controls(count) => format!(
                "control characters, which are no letters, stand in the text ({} in all): they are kept and not shown",
                with_thousands(count)
            ),
        }
    }
}

/// The message about places with bytes that are no letters of an encoding.
pub(in crate::formats::read) fn no_letters_message(encoding: &str, places: usize) -> String {
    format!(
        "bytes that are no letters of {encoding} are shown as � ({} in all): if many are wrong, name another encoding \
         with --encoding",
        with_thousands(places)
    )
}
