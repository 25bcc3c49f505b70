//! Everything that can happen: keys, the mouse, search responses and finished jobs.

use std::sync::Arc;

use super::app::archive_name::{GivenTitles, KeptArchiveName, PromptNumber};
use super::app::export::{ExportProgress, ExportRequest};
use super::app::reload::ReloadedRecords;
use super::command::Command;
use super::effect::Generation;
use super::key::Key;
use super::layout::Size;
use super::notice::Notice;
use crate::query::{
    RecordHandle, RemappedRecords, SearchError, SearchResponse, SharedBackend, UserMarks,
};
use crate::record::Problem;
use crate::userdata::mark_entry::MarkEntry;

/// Something that happened, for [`App::update`](super::app::App::update).
#[derive(Clone, Debug)]
pub enum Action {
    /// The user pressed a key. The key map is consulted when the action is applied.
    Press(Key),
    /// The user ran a command with a key.
    Command(Command),
    /// The user typed a character into a line of text.
    Insert(char),
    /// The user typed a digit of the number before a command.
    Digit(u8),
    /// The user pasted text.
    Paste(String),
    /// The user clicked a cell.
    Click {
        /// The column, counted from 0.
        x: u16,
        /// The row, counted from 0.
        y: u16,
    },
    /// The user turned the mouse wheel over a cell.
    Wheel {
        /// The column, counted from 0.
        x: u16,
        /// The row, counted from 0.
        y: u16,
        /// Whether the wheel was turned towards the end of the text.
        down: bool,
    },
    /// The terminal has a new size.
    Resize(Size),
    /// The search of this generation is finished.
    SearchDone(Generation, Box<SearchResponse>),
    /// The search of this generation has no response, for this reason.
    SearchFailed(Generation, SearchError),
    /// More of the files were read.
    Loaded(LoadedRecords),
    /// The marks file was read or written.
    MarksUpdated {
        /// The number of changes by the user that `user_marks` contains.
        change_count: u64,
        /// All marks and notes.
        user_marks: Arc<UserMarks>,
        /// The saved entries about what is open that belong to no record.
        unclaimed: Arc<[MarkEntry]>,
    },
    /// All changes of marks and notes are saved.
    MarksSaved,
    /// Marks or notes cannot be saved or read, for this reason. It is tried again.
    MarksNotSaved(String),
    /// A record was looked up.
    RecordLookedUp {
        /// The key of the record.
        key: String,
        /// The record; `None` if the backend has none with this key.
        record: Option<RecordHandle>,
        /// The backend.
        backend: SharedBackend,
    },
    /// The editor returned this note, or the reason why there is none.
    NoteEdited(Result<EditedNote, String>),
    /// The text to copy is ready.
    TextReady,
    /// The names that the user gave to archives were found.
    GivenTitlesFound(GivenTitles),
    /// The name that is kept for an archive was found for this prompt, or why it cannot have one.
    ArchiveNameFound(PromptNumber, Result<KeptArchiveName, String>),
    /// The export would replace an existing file.
    FileExists(Box<ExportRequest>),
    /// The export has written more records.
    ExportProgressed(ExportProgress),
    /// The export has ended.
    ExportDone {
        /// The message to show.
        message: String,
        /// Whether the file was written.
        written: bool,
    },
    /// The lines around a problem were read.
    ExcerptRead(Excerpt),
    /// An opened file has changed.
    FilesChanged,
    /// The files were read again, or cannot be, for this reason.
    Reloaded(Result<Box<ReloadedRecords>, String>),
    /// The old records were found among the reloaded ones.
    RecordsRemapped {
        /// The reloaded records.
        reloaded: Box<ReloadedRecords>,
        /// The selected, marked and noted records, with their new handles.
        remapped: RemappedRecords,
    },
    /// A worker thread has panicked, with this message.
    WorkerFailed(String),
    /// Something to tell the user until the next key.
    Tell(Notice),
}

impl Action {
    /// Whether the user did it. The others are results of effects, and news of the terminal.
    pub(crate) const fn is_of_user(&self) -> bool {
        matches!(
            self,
            Action::Press(_)
                | Action::Command(_)
                | Action::Insert(_)
                | Action::Digit(_)
                | Action::Paste(_)
                | Action::Click { .. }
                | Action::Wheel { .. }
        )
    }
}

/// The records that were read so far.
#[derive(Clone, Debug)]
pub struct LoadedRecords {
    /// Has all of them. The handles of earlier ones stay valid.
    pub backend: SharedBackend,
    /// The problems found since the last update.
    pub problems: Vec<Problem>,
}

/// A note from the user's editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditedNote {
    /// The note.
    pub text: String,
    /// What the user should know about it.
    pub warning: Option<String>,
}

/// The lines of a file around a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The file, and the line if it is known: `page.txt:7`.
    pub location: String,
    /// The line of the problem, counted from 1; `None` if it is not known.
    pub line: Option<usize>,
    /// The lines around the problem, with their numbers.
    pub lines: Vec<(usize, String)>,
    /// Why the lines could not be read.
    pub error: Option<String>,
}
