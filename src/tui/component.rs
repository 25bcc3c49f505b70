//! Components: the panes and overlays, each with a state of its own.
//!
//! A component never sees the whole screen. It gets a command or a text with a [`Context`], changes its own state, and
//! returns [`Request`]s, which [`App`](super::app::App) fulfils in their order.

use std::ops::Range;

use super::command::Command;
use super::effect::Effect;
use super::hint::Hint;
use super::key_map::KeyMap;
use super::layout::Size;
use super::modes::{Overlay, Pane};
use super::notice::Notice;
use super::overlays::picker::state::PickerState;
use super::records::OpenRecords;
use crate::query::{MarksChange, RecordHandle, Target};

/// What a component may know of the rest of the screen.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Which key runs which command.
    pub key_map: &'a KeyMap,
    /// What is known of all records.
    pub records: &'a OpenRecords,
    /// The size of the screen.
    pub screen: Size,
    /// The pane that has the keyboard, or has it again when all overlays are closed.
    pub pane: Pane,
    /// Whether there is a filter.
    pub has_filter: bool,
    /// The selected record.
    pub selected: Option<RecordHandle>,
    /// Whether the user picks records for another program.
    pub is_picking: bool,
}

/// What a component asks of the screen.
#[derive(Clone, Debug)]
pub enum Request {
    /// Execute an effect.
    Effect(Effect),
    /// Tell the user something until the next key.
    Tell(Notice),
    /// Open an overlay.
    Open(Box<Overlay>),
    /// Close the topmost overlay.
    Close,
    /// Give the keyboard to a pane. All overlays are closed.
    Enter(Pane),
    /// Show other records, or the same ones in another way.
    View(ViewRequest),
    /// Continue with the item that was chosen.
    Picked(Box<PickerState>),
    /// Export the chosen records to a file of this name.
    Export(String),
    /// End the program.
    Quit,
}

/// What a component asks of what is shown.
#[derive(Clone, Debug)]
pub enum ViewRequest {
    /// Search with the current filter and order.
    Search(Target),
    /// Search with the current filter and order, and keep the selected record selected.
    SearchSelected,
    /// Search with the filter that was edited.
    SearchEdited,
    /// Keep the view in the history as it was before the command.
    PushHistory,
    /// Show the selected record, which is another one.
    RefreshDetail,
    /// Move the cursor of the list to a row.
    GoToRow(usize),
    /// Show a page, counted from 1.
    GoToPage(usize),
    /// Mark or unmark a record, and go to the next one.
    ToggleMark(RecordHandle),
    /// Mark the records at rows, or invert their marks.
    MarkRows(RowsToMark),
    /// Change marks and notes.
    ChangeMarks(MarksChange),
    /// Keep a note that is not saved, and offer it again; without a text, forget the one that is kept.
    KeepDraft(NoteDraft),
}

/// Rows of the list to mark, whose records are not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowsToMark {
    /// The rows, among all records that match.
    pub rows: Range<usize>,
    /// Whether to invert the marks; otherwise all rows are marked.
    pub invert: bool,
}

/// A note that was begun and is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteDraft {
    /// The key of the record.
    pub record_key: String,
    /// The text; empty if there is no draft.
    pub text: String,
}

impl From<Effect> for Request {
    fn from(effect: Effect) -> Request {
        Request::Effect(effect)
    }
}

impl From<ViewRequest> for Request {
    fn from(request: ViewRequest) -> Request {
        Request::View(request)
    }
}

impl From<Notice> for Request {
    fn from(notice: Notice) -> Request {
        Request::Tell(notice)
    }
}

impl From<Overlay> for Request {
    fn from(overlay: Overlay) -> Request {
        Request::Open(Box::new(overlay))
    }
}

/// A pane, an overlay, or a part that several of them have.
///
/// A method without a body of its own passes everything on to the part.
pub trait Component {
    /// Returns the part that gets what the component does not do itself: a prompt or a text popup.
    fn part(&mut self) -> Option<&mut dyn Component> {
        None
    }

    /// Runs a command of its own; `None` if it is none of them. `count` is the number typed before it.
    fn run_own(
        &mut self,
        command: Command,
        count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>>;

    /// Runs a command of its own or of its part; `None` if it is none of them.
    fn run(
        &mut self,
        command: Command,
        count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        self.run_own(command, count, context).or_else(|| self.part()?.run(command, count, context))
    }

    /// Inserts text that was typed or pasted.
    fn insert(&mut self, text: &str, context: &Context<'_>) -> Vec<Request> {
        self.part().map_or_else(Vec::new, |part| part.insert(text, context))
    }

    /// Turns the mouse wheel over it by this many rows.
    fn wheel(&mut self, down: bool, rows: usize, context: &Context<'_>) -> Vec<Request> {
        self.part().map_or_else(Vec::new, |part| part.wheel(down, rows, context))
    }

    /// Lays it out for a new size of the screen.
    fn lay_out(&mut self, screen: Size) {
        if let Some(part) = self.part() {
            part.lay_out(screen);
        }
    }

    /// Says what is kept when it is closed before it was accepted.
    fn leave(&mut self, context: &Context<'_>) -> Vec<Request> {
        let _ = context;
        Vec::new()
    }

    /// Returns the most useful keys for the message line, the most important first.
    fn hints(&self, context: &Context<'_>) -> Vec<Hint>;
}
