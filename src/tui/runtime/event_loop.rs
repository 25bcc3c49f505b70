//! The event loop: takes events, updates the application, executes its effects, and draws the
//! screen.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::query::{
    RecordHandle, RecordSet, RemappedRecords, SearchRequest, SharedBackend, UserMarks,
};
use crate::record::{ArchiveName, Problem, Provenance};
use crate::tui::action::{Action, EditedNote};
use crate::tui::app::App;
use crate::tui::app::archive_name::{KeptArchiveName, PromptNumber};
use crate::tui::app::copy::CopyRequest;
use crate::tui::app::export::ExportRequest;
use crate::tui::app::reload::ReloadedRecords;
use crate::tui::effect::{AttachRequest, Effect, Generation, MarksRequest};
use crate::tui::key::Key;
use crate::tui::layout::Size;
use crate::tui::notice::Notice;

/// What the event loop receives from the terminal, the system and the workers.
#[derive(Debug)]
pub enum Event {
    /// The user pressed a key.
    Key(Key),
    /// Something else happened: a paste, a resize, a search response, loaded records.
    Action(Action),
    /// A text was copied, or could not be.
    Copied(CopyOutcome),
    /// The terminal has taken all output, so that a frame that was left out can be drawn.
    TerminalReady,
    /// Another program asks this one to stop, as Ctrl-Z does.
    StopRequested,
    /// The program was stopped and continues. The screen may show anything.
    Continued,
    /// A signal with this number asks the program to end.
    Signal(i32),
    /// The terminal was lost or cannot be read, for this reason.
    TerminalLost(String),
}

/// Why the event loop ended.
#[derive(Debug, PartialEq, Eq)]
pub enum ExitReason {
    /// The user quit.
    Quit,
    /// The user picked these records.
    Picked(RecordSet),
    /// A signal with this number asked the program to end.
    Signal(i32),
    /// The terminal was lost or cannot be read, for this reason.
    TerminalLost(String),
    /// Nothing could be read, because of these problems.
    NothingRead(Vec<Problem>),
}

/// Executes effects.
///
/// A method returns the resulting action, or nothing if the action arrives as an event later. Every
/// method but `search` has a default that does nothing, or as little as possible, which keeps test
/// doubles small.
pub trait Effects {
    /// Searches a backend.
    fn search(
        &mut self,
        generation: Generation,
        request: SearchRequest,
        backend: SharedBackend,
    ) -> Option<Action>;

    /// Saves a change of marks and notes. The resulting action has all saved marks.
    fn save_marks(&mut self, request: MarksRequest) -> Option<Action> {
        let _ = request;
        None
    }

    /// Attaches an unclaimed mark or note to a record. The resulting action has all saved marks.
    fn attach_mark(&mut self, request: AttachRequest) -> Option<Action> {
        let _ = request;
        None
    }

    /// Looks up a record by its key.
    fn find_record(&mut self, key: String, backend: SharedBackend) -> Option<Action> {
        let _ = (key, backend);
        None
    }

    /// Reads the lines of a file around a problem.
    fn read_excerpt(&mut self, problem: Problem) -> Option<Action> {
        let _ = problem;
        None
    }

    /// Reads the files again, and compares their records with the previous ones.
    fn reload(&mut self, previous: SharedBackend) -> Option<Action> {
        let _ = previous;
        None
    }

    /// Finds the selected, marked and noted records among the reloaded ones.
    fn remap_records(
        &mut self,
        reloaded: Box<ReloadedRecords>,
        previous: SharedBackend,
        selected: Option<RecordHandle>,
        user_marks: Arc<UserMarks>,
    ) -> Option<Action> {
        let _ = (previous, selected, user_marks);
        Some(Action::RecordsRemapped { reloaded, remapped: RemappedRecords::default() })
    }

    /// Copies text to the clipboard. The outcome is empty if the text is not ready yet.
    fn copy(&mut self, request: &CopyRequest) -> CopyOutcome {
        let _ = request;
        CopyOutcome::default()
    }

    /// Copies the text that is ready now.
    fn copy_ready_text(&mut self) -> CopyOutcome {
        CopyOutcome::default()
    }

    /// Writes records to a file.
    fn export(&mut self, request: ExportRequest) -> Option<Action> {
        let _ = request;
        None
    }

    /// Finds the names that the user gave to the archives .
    fn find_given_titles(&mut self, backend: SharedBackend) -> Option<Action> {
        let _ = backend;
        None
    }

    /// Finds the files of the archive of a record, and the name that is kept for it.
    fn find_archive_name(
        &mut self,
        prompt: PromptNumber,
        provenance: Provenance,
        backend: SharedBackend,
    ) -> Option<Action> {
        let files = backend.summary().files_of(provenance.file_set).to_vec();
        let kept = KeptArchiveName { files, name: ArchiveName::default() };
        Some(Action::ArchiveNameFound(prompt, Ok(kept)))
    }

    /// Keeps the name of the archive of these files. One resulting action says so, another has the names
    /// that the archives have now.
    fn name_archive(
        &mut self,
        files: Vec<String>,
        name: ArchiveName,
        backend: SharedBackend,
    ) -> Option<Action> {
        let _ = (files, name, backend);
        None
    }

    /// Stops the export and removes its unfinished file.
    fn cancel_export(&mut self) -> Option<Action> {
        None
    }

    /// Opens a text in the user's editor, on a terminal that was restored, and returns the new
    /// text.
    ///
    /// # Errors
    /// The text could not be edited; the message explains why.
    fn edit_note(&mut self, text: &str) -> Result<EditedNote, String> {
        Ok(EditedNote { text: text.to_owned(), warning: None })
    }

    /// Opens a picture that is in a folder, a package or a file that was opened.
    fn open_picture(&mut self, opened: &str, path: &str) -> CopyOutcome {
        let _ = (opened, path);
        CopyOutcome::default()
    }

    /// Opens an address in the browser, or copies it if there is no browser.
    fn open_address(&mut self, address: &str) -> CopyOutcome {
        let _ = address;
        CopyOutcome::default()
    }
}

/// The result of copying a text or opening an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyOutcome {
    /// The bytes to send to the terminal, if it is to copy the text.
    pub terminal_bytes: Vec<u8>,
    /// The message for the user.
    pub message: String,
}

impl CopyOutcome {
    /// Returns an outcome that sends nothing to the terminal.
    pub(super) const fn from_message(message: String) -> CopyOutcome {
        CopyOutcome { terminal_bytes: Vec::new(), message }
    }
}

/// The screen that the application is drawn on.
pub trait Screen {
    /// Draws the application.
    ///
    /// # Errors
    /// The terminal cannot be written.
    fn draw(&mut self, app: &App) -> anyhow::Result<()>;

    /// Changes the size. The next frame redraws the whole screen.
    ///
    /// # Errors
    /// The terminal cannot be written.
    fn resize(&mut self, width: u16, height: u16) -> anyhow::Result<()>;

    /// Sends bytes to the terminal that are not part of a frame.
    ///
    /// # Errors
    /// The terminal cannot be written.
    fn write_raw(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let _ = bytes;
        Ok(())
    }

    /// Restores the terminal, calls `borrower`, which may run another program on it, and takes the
    /// terminal again.
    ///
    /// # Errors
    /// The terminal cannot be written.
    fn lend(&mut self, borrower: &mut dyn FnMut()) -> anyhow::Result<()> {
        borrower();
        Ok(())
    }

    /// Restores the terminal, suspends the program, and takes the terminal again when it continues.
    ///
    /// # Errors
    /// The terminal cannot be written.
    fn suspend(&mut self) -> anyhow::Result<()>;

    /// Takes the terminal again after another program stopped and continued this one.
    ///
    /// # Errors
    /// The terminal cannot be written.
    fn resume(&mut self) -> anyhow::Result<()>;
}

/// Runs the event loop until something ends it, and returns the reason.
///
/// Each item of `batches` has the events that arrived since the last frame. One frame is drawn
/// after each batch.
///
/// # Errors
/// The terminal cannot be written.
pub fn run(
    app: &mut App,
    batches: impl Iterator<Item = Vec<Event>>,
    effects: &mut dyn Effects,
    screen: &mut dyn Screen,
) -> anyhow::Result<ExitReason> {
    for batch in batches {
        for event in batch {
            let action = match event {
                Event::Key(key) => Some(Action::Press(key)),
                Event::Action(action) => Some(action),
                Event::Continued => {
                    screen.resume()?;
                    None
                }
                Event::Copied(outcome) => finish_copy(outcome, screen)?,
                Event::TerminalReady => None,
                Event::StopRequested => {
                    screen.suspend()?;
                    None
                }
                Event::Signal(number) => return Ok(ExitReason::Signal(number)),
                Event::TerminalLost(why) => return Ok(ExitReason::TerminalLost(why)),
            };
            let Some(action) = action else { continue };
            if let Some(exit_reason) = dispatch(app, action, effects, screen)? {
                return Ok(exit_reason);
            }
        }
        if app.workspace.records.is_loaded()
            && app.workspace.records.summary.is_empty()
            && app.workspace.records.has_errors()
        {
            return Ok(ExitReason::NothingRead(std::mem::take(
                &mut app.workspace.records.problems,
            )));
        }
        screen.draw(app)?;
    }
    Ok(ExitReason::Quit)
}

/// Updates the application with an action, executes the effects, and repeats this with the actions
/// that effects return.
fn dispatch(
    app: &mut App,
    action: Action,
    effects: &mut dyn Effects,
    screen: &mut dyn Screen,
) -> anyhow::Result<Option<ExitReason>> {
    let mut queue = VecDeque::from([action]);
    while let Some(action) = queue.pop_front() {
        if let Action::Resize(size) = action {
            screen.resize(size.width, size.height)?;
        }
        for effect in app.update(action) {
            match effect {
                Effect::Pick(records) => return Ok(Some(ExitReason::Picked(records))),
                Effect::Quit => return Ok(Some(ExitReason::Quit)),
                Effect::Redraw => {
                    let Size { width, height } = app.workspace.panes.layout.screen;
                    screen.resize(width, height)?;
                }
                Effect::SaveMarks(request) => queue.extend(effects.save_marks(request)),
                Effect::AttachMark(request) => queue.extend(effects.attach_mark(request)),
                Effect::FindRecord { key, backend } => {
                    queue.extend(effects.find_record(key, backend));
                }
                Effect::ReadExcerpt(problem) => queue.extend(effects.read_excerpt(problem)),
                Effect::Reload(previous) => queue.extend(effects.reload(previous)),
                Effect::RemapRecords { reloaded, previous, selected, user_marks } => {
                    queue.extend(effects.remap_records(reloaded, previous, selected, user_marks));
                }
                Effect::Copy(request) => {
                    queue.extend(finish_copy(effects.copy(&request), screen)?);
                }
                Effect::CopyReadyText => {
                    queue.extend(finish_copy(effects.copy_ready_text(), screen)?);
                }
                Effect::EditNote(text) => {
                    let mut edited = None;
                    screen.lend(&mut || edited = Some(effects.edit_note(&text)))?;
                    queue.extend(edited.map(Action::NoteEdited));
                }
                Effect::FindArchiveName { prompt, provenance, backend } => {
                    queue.extend(effects.find_archive_name(prompt, provenance, backend));
                }
                Effect::FindGivenTitles(backend) => {
                    queue.extend(effects.find_given_titles(backend));
                }
                Effect::NameArchive { files, name, backend } => {
                    queue.extend(effects.name_archive(files, name, backend));
                }
                Effect::CancelExport => queue.extend(effects.cancel_export()),
                Effect::Export(request) => queue.extend(effects.export(*request)),
                Effect::OpenAddress(address) => {
                    queue.extend(finish_copy(effects.open_address(&address), screen)?);
                }
                Effect::OpenPicture { opened, path } => {
                    queue.extend(finish_copy(effects.open_picture(&opened, &path), screen)?);
                }
                Effect::Suspend => screen.suspend()?,
                Effect::Search { generation, request, backend } => {
                    queue.extend(effects.search(generation, request, backend));
                }
            }
        }
    }
    Ok(None)
}

/// Sends the bytes of a copy to the terminal, and returns the action that shows its message, if it has one.
fn finish_copy(outcome: CopyOutcome, screen: &mut dyn Screen) -> anyhow::Result<Option<Action>> {
    if !outcome.terminal_bytes.is_empty() {
        screen.write_raw(&outcome.terminal_bytes)?;
    }
    Ok((!outcome.message.is_empty()).then_some(Action::Tell(Notice::Told(outcome.message))))
}
