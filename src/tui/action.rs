//! All that can happen to the screen, and all that the outside must do for it.

use std::sync::Arc;

use serde::Deserialize;

use super::app::copy::Copying;
use super::app::export::{Export, Writing};
use super::app::reload::Again;
use super::key::Key;
use super::layout::Size;
use crate::load::Arrival;
use crate::query::{Answer, Question};
use crate::record::Problem;
use crate::store::{Change, Marked, Recalled, RecordNumber, RecordSet, Store};

macro_rules! commands {
    ($($(#[$attribute:meta])* $name:ident $says:literal,)*) => {
        /// What a key can be bound to. Key tables write it in kebab-case: `next-row`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Command {
            $(#[doc = $says] $name,)*
        }

        impl Command {
            /// What it does, for the help.
            pub const fn says(self) -> &'static str {
                match self { $(Command::$name => $says,)* }
            }
        }
    };
}

commands! {
    NextRow "next record",
    PreviousRow "previous record",
    NextPage "next page",
    PreviousPage "previous page",
    HalfPageDown "half a page down",
    HalfPageUp "half a page up",
    FirstRow "first record",
    LastRow "last record; with a number before it, that row",
    ScrollDown "scroll down",
    ScrollUp "scroll up",
    ScrollPageDown "scroll a page down",
    ScrollPageUp "scroll a page up",
    ScrollHalfDown "scroll half a page down",
    ScrollHalfUp "scroll half a page up",
    ScrollTop "to the top",
    ScrollBottom "to the end",
    NextHit "next hit in the text",
    PreviousHit "previous hit in the text",
    Filter "filter by name, word or date while typing",
    NextOrder "next order: relevance, date, title, archive",
    ReverseOrder "turn the order round",
    ShowApart "records of several files once, or apart",
    ChangePane "go to the other pane",
    ToggleDetail "hide or show the detail",
    Read "read the record in full width",
    GoTo "go to ... (a second key says where)",
    CommandLine "go to a position (:210) or a page (:p3)",
    Problems "what could not be read",
    Mark "mark the record, or take the mark away; in a range, mark it",
    MarkRange "begin a range to mark; again, or Space, ends it",
    MarkAll "mark all that the filter shows",
    InvertMarks "turn the marks round of all that the filter shows",
    Note "write a note on the record",
    EditNote "write it in your editor",
    Copy "copy ... (a second key says what)",
    CopyCitation "copy the citation",
    CopyTitle "copy title and date",
    CopyAddress "copy the address",
    CopyId "copy the id",
    CopySummary "copy the summary",
    CopyAll "copy all fields",
    ChooseStyle "cite in another style from now on",
    CopyCommandLine "copy the command line that shows this",
    Export "export records into a file",
    OpenAddress "open the address in the browser",
    Undo "the view before: filter, order, place",
    Redo "the view after",
    ReadAgain "read the files again",
    Help "all keys",
    ShowPlace "show the place of the problem in its file",
    StepBack "step back: popup, reading view, bar, filter",
    Quit "quit",
    QuitAnyway "quit from anywhere",
    Suspend "suspend; fg brings it back",
    Redraw "draw the screen anew",
    Accept "keep it and go to the list",
    OlderFilter "the filter before, from the history",
    NewerFilter "the filter after, from the history",
    CursorLeft "a letter to the left",
    CursorRight "a letter to the right",
    WordLeft "a word to the left",
    WordRight "a word to the right",
    LineStart "to the beginning of the line",
    LineEnd "to the end of the line",
    DeleteBack "delete the letter before",
    DeleteForward "delete the letter under the cursor",
    DeleteWordBack "delete the word before",
    DeleteWordForward "delete the word after",
    DeleteToStart "delete to the beginning",
    DeleteToEnd "delete to the end",
    PutBack "put back what was deleted",
}

impl Command {
    /// Whether it edits a line of text.
    pub const fn edits(self) -> bool {
        matches!(
            self,
            Command::CursorLeft
                | Command::CursorRight
                | Command::WordLeft
                | Command::WordRight
                | Command::LineStart
                | Command::LineEnd
                | Command::DeleteBack
                | Command::DeleteForward
                | Command::DeleteWordBack
                | Command::DeleteWordForward
                | Command::DeleteToStart
                | Command::DeleteToEnd
                | Command::PutBack
        )
    }
}

/// All that can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// The reader pressed a key: what it means is decided when its turn comes.
    Press(Key),
    /// The reader asked for something by a key.
    Command(Command),
    /// The reader typed a letter into a line of text.
    Insert(char),
    /// The reader typed a digit of a count.
    Digit(u8),
    /// The reader pasted text.
    Paste(String),
    /// The reader clicked a cell, counted from 0.
    Click {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
    /// The reader turned the wheel over a cell.
    Wheel {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
        /// Towards the end.
        down: bool,
    },
    /// The terminal has a new size.
    Resize(Size),
    /// The desk answered the question with this generation.
    Answered(u64, Box<Answer>),
    /// More of the files was read.
    Arrived(Arrival),
    /// What is kept of marks and notes.
    Kept {
        /// How many changes of the reader are in it.
        count: u64,
        /// What is marked and noted.
        marked: Arc<Marked>,
    },
    /// The record that was looked for, where it was read.
    Sought(String, Option<RecordNumber>),
    /// The reader wrote this in the editor, or why nothing was written.
    Edited(Result<String, String>),
    /// A file exists that would be replaced.
    Exists(Box<Export>),
    /// How far the file is that is being written.
    Writing(Writing),
    /// The writing has ended.
    Exported {
        /// What is to be said of it.
        said: String,
        /// Whether the file is there.
        written: bool,
    },
    /// What stands at the place of a problem.
    Looked(Excerpt),
    /// A file has changed since it was read.
    FilesChanged,
    /// What came of reading the files again, or why they cannot be.
    ReadAgain(Result<Box<Again>, String>),
    /// What was found again in it.
    Recalled {
        /// What was read.
        again: Box<Again>,
        /// The records that were selected, marked and noted before.
        recalled: Recalled,
    },
    /// Something is to be said to the reader until the next key.
    Said(String),
}

/// What stands in a file around the place of a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The file, and the line where one is known.
    pub place: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The lines around it, with their numbers.
    pub lines: Vec<(usize, String)>,
    /// Why it is not there, where it is not.
    pub said: Option<String>,
}

/// All that the outside must do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Answer a question about a snapshot. Only the answer to the newest generation counts.
    Search {
        /// Counts the questions.
        generation: u64,
        /// What is asked.
        question: Question,
        /// What it is asked of.
        store: Store,
    },
    /// Keep what the reader marked and noted, and say what is kept of it.
    Keep {
        /// Counts the changes.
        count: u64,
        /// What is different; it may be nothing.
        change: Change,
        /// What the numbers are those of.
        store: Store,
    },
    /// Look for a record.
    Seek {
        /// What it is known by.
        key: String,
        /// Where to look.
        store: Store,
    },
    /// Look up the place of a problem in its file.
    LookUp(Problem),
    /// Read the files again, and tell how they differ from what was read before.
    ReadAgain(Store),
    /// Find in what was read again the records that were selected, marked and noted.
    Recall {
        /// What was read.
        again: Box<Again>,
        /// What the numbers are those of.
        before: Store,
        /// The record that is selected.
        selected: Option<RecordNumber>,
        /// What is marked and noted.
        marked: Arc<Marked>,
    },
    /// Copy something, and say where it went.
    Copy(Copying),
    /// Give the terminal to the reader's editor, with this text.
    Edit(String),
    /// Write records into a file, and say what came of it.
    Export(Box<Export>),
    /// Stop writing the file, and leave nothing of it.
    StopExport,
    /// Open an address in the browser, and say what came of it.
    Open(String),
    /// Give the terminal back and stop until the shell brings the program back.
    Suspend,
    /// Draw the whole screen anew, whatever the terminal shows.
    Redraw,
    /// End the program with these records as what was picked.
    Pick(RecordSet),
    /// End the program.
    Quit,
}
