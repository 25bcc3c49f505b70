//! Work that [`App::update`](super::app::App::update) asks for and does not do itself.

use std::sync::Arc;

use super::app::archive_name::PromptNumber;
use super::app::copy::CopyRequest;
use super::app::export::ExportRequest;
use super::app::reload::ReloadedRecords;
use crate::query::{MarksChange, RecordHandle, RecordSet, SearchRequest, SharedBackend, UserMarks};
use crate::record::{ArchiveName, Problem, Provenance};
use crate::userdata::mark_entry::MarkEntry;

/// Counts searches, so that the response to an older search is recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation(u64);

impl Generation {
    /// Returns the generation of the next search.
    #[must_use]
    pub const fn next(self) -> Generation {
        Generation(self.0 + 1)
    }

    /// Returns the generation as a number, to share it between threads.
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// A request to save a change of marks and notes, and to return all that are saved.
#[derive(Clone, Debug)]
pub struct MarksRequest {
    /// The number of changes by the user so far.
    pub change_count: u64,
    /// The change; if it is empty, the marks are only read.
    pub change: MarksChange,
    /// The backend that the handles belong to.
    pub backend: SharedBackend,
    /// Whether it has the records of all files.
    pub is_loaded: bool,
}

/// A request to attach an unclaimed mark or note to a record.
#[derive(Clone, Debug)]
pub struct AttachRequest {
    /// The entry of the marks file.
    pub entry: MarkEntry,
    /// The record.
    pub record: RecordHandle,
    /// The backend that the handle belongs to.
    pub backend: SharedBackend,
}

/// Work to be done outside of [`App`](super::app::App). Results come back as actions.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Search. Only the response to the newest generation is used.
    Search {
        /// The generation of this search.
        generation: Generation,
        /// What to search for, and which page to return.
        request: SearchRequest,
        /// The backend to ask.
        backend: SharedBackend,
    },
    /// Save a change of marks and notes, and return all that are saved.
    SaveMarks(MarksRequest),
    /// Attach an unclaimed mark or note to a record.
    AttachMark(AttachRequest),
    /// Look up a record by its key.
    FindRecord {
        /// The key of the record.
        key: String,
        /// The backend to look in.
        backend: SharedBackend,
    },
    /// Read the lines of a file around a problem.
    ReadExcerpt(Problem),
    /// Read the files again and compare their records with these.
    Reload(SharedBackend),
    /// Find the selected, marked and noted records among the reloaded ones.
    RemapRecords {
        /// The reloaded records.
        reloaded: Box<ReloadedRecords>,
        /// The backend that the old handles belong to.
        previous: SharedBackend,
        /// The selected record.
        selected: Option<RecordHandle>,
        /// All marks and notes.
        user_marks: Arc<UserMarks>,
    },
    /// Copy text to the clipboard, and report where it went.
    Copy(CopyRequest),
    /// Copy the text that was requested earlier and is ready now, and report where it went.
    CopyReadyText,
    /// Open the user's editor with this note.
    EditNote(String),
    /// Write records to a file, and report the result.
    Export(Box<ExportRequest>),
    /// Find the names that the user gave to the archives.
    FindGivenTitles(SharedBackend),
    /// Find the name that is kept for the archive of a record.
    FindArchiveName {
        /// The number of the prompt that waits for it.
        prompt: PromptNumber,
        /// Where the record is from.
        provenance: Provenance,
        /// The backend that it belongs to.
        backend: SharedBackend,
    },
    /// Keep the name of the archive of these files.
    NameArchive {
        /// The files, as the user named them.
        files: Vec<String>,
        /// The name. An empty one removes the kept one.
        name: ArchiveName,
        /// The backend whose archives are shown.
        backend: SharedBackend,
    },
    /// Stop the export and remove its unfinished file.
    CancelExport,
    /// Open an address in the browser, and report the result.
    OpenAddress(String),
    /// Open a picture or PDF whose name is a record, and report the result.
    OpenPicture {
        /// The folder, package or file that was opened.
        opened: String,
        /// The path of the picture in it.
        path: String,
    },
    /// Suspend the program until the shell continues it.
    Suspend,
    /// Redraw the whole screen.
    Redraw,
    /// End the program and print these records.
    Pick(RecordSet),
    /// End the program.
    Quit,
}
