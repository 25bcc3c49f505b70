//! State and update: what the screen is about, without terminal, files, clock or threads.
//!
//! A key becomes an [`Action`] by the [`keymap`]; [`App::update`] carries it out and says what the
//! outside must do as [`Effect`]s, whose outcomes come back as actions.

mod commands;
pub mod copy;
pub mod export;
mod history;
pub mod marks;
mod pending_query;
mod problem_excerpt;
mod provenance;
pub mod reload;

use std::sync::Arc;

use tui_input::Input;

use super::action::{Action, Effect};
use super::key_map::{Focus, Keymap};
use super::layout::{Layout, Panes, Size};
use super::overlays::picker::state::{ChooserState, Offer};
use super::overlays::text_popup::state::PopupState;
use super::panes::detail::state::DetailState;
use super::panes::filter_bar::state::FilterBarState;
use super::panes::list::state::ListState;
use crate::load::{Arrival, Progress};
use crate::query::{Highlighter, Order, Place};
use crate::record::Problem;
use crate::store::{Change, Store};
use export::ExportState;
use marks::MarksState;

/// How the screen begins.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// What is open, for the title line: a file's name, or how many files there are.
    pub name: String,
    /// The filter to begin with.
    pub filter: String,
    /// The order to begin with.
    pub order: Option<Order>,
    /// The files that were named, for the command line that shows the same.
    pub files: Vec<String>,
    /// The options that say how they are read and what of the reader goes with them, for the same.
    pub reading_words: Vec<String>,
    /// What the record is known by that is selected first.
    pub select: Option<String>,
    /// Whether the detail is hidden.
    pub detail_hidden: bool,
    /// Whether the reader is to pick records for another program.
    pub picking: bool,
    /// Whether a record that stands in several files is shown as often.
    pub apart: bool,
    /// The most rows a page may have.
    pub page_size: Option<usize>,
    /// The styles that a record can be cited in.
    pub styles: Vec<Offer>,
    /// The name of the style that is used until another is chosen.
    pub style: String,
    /// The formats that can be written.
    pub formats: Vec<Offer>,
    /// What is to be said of how the program was set up.
    pub problems: Vec<Problem>,
}

/// Everything the screen is about.
#[derive(Clone, Debug)]
pub struct App {
    /// Which key does what.
    pub keymap: Keymap,
    /// What is open, for the title line.
    pub name: String,
    /// All records so far.
    pub store: Store,
    /// How far the reading of the files is; nothing once everything has been read.
    pub progress: Option<Progress>,
    /// What went wrong while reading.
    pub problems: Vec<Problem>,
    /// Where the reader is.
    pub focus: Focus,
    /// Where everything stands.
    pub layout: Layout,
    /// The list of records.
    pub list: ListState,
    /// The selected record.
    pub detail: DetailState,
    /// Marks and notes.
    pub marks: MarksState,
    /// The filter bar.
    pub bar: FilterBarState,
    /// The line after `:`.
    pub command_line: Input,
    /// The popup over everything.
    pub popup: Option<PopupState>,
    /// The popup in which one of several is chosen.
    pub chooser: Option<ChooserState>,
    /// What is exported, and where to.
    pub export: ExportState,
    /// The name of the style of citations.
    pub style: String,
    /// What was just said to the reader, until the next key.
    pub message: Option<String>,
    /// Finds the matched letters, from the last answer.
    pub highlighter: Arc<Highlighter>,
    /// The pane the reader was in before a popup, the line after `:` or the first key of two.
    pub(crate) before: Focus,
    /// The styles there are.
    styles: Vec<Offer>,
    /// The files that were named.
    files: Vec<String>,
    /// The options that say how they are read.
    reading_words: Vec<String>,
    /// Whether the reader is to pick records for another program.
    pub(crate) picking: bool,
    page_size: Option<usize>,
    detail_hidden: bool,
    reading: bool,
    again: reload::ReadingAgain,
    asking: pending_query::Asking,
    views: history::Views,
}

impl App {
    /// A screen over an empty store. The first size and the first records are still to come.
    pub fn new(opening: Opening, keymap: Keymap) -> App {
        App {
            keymap,
            name: opening.name,
            store: Store::default(),
            progress: Some(Progress { read: 0, total: None }),
            problems: opening.problems,
            focus: Focus::List,
            layout: Layout::default(),
            list: ListState { chosen: opening.order, apart: opening.apart, ..ListState::default() },
            detail: DetailState::default(),
            bar: FilterBarState::with_text(&opening.filter),
            command_line: Input::default(),
            popup: None,
            chooser: None,
            export: ExportState::with(opening.formats),
            style: opening.style,
            styles: opening.styles,
            message: None,
            highlighter: Arc::default(),
            before: Focus::List,
            marks: MarksState::default(),
            files: opening.files,
            reading_words: opening.reading_words,
            picking: opening.picking,
            page_size: opening.page_size,
            detail_hidden: opening.detail_hidden,
            reading: false,
            again: reload::ReadingAgain::default(),
            asking: pending_query::Asking::default(),
            views: history::Views::seeking(opening.select),
        }
    }

    /// Takes in what happened. What the reader did waits for its turn where it has to.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = match action {
            Action::Resize(_)
            | Action::Answered(..)
            | Action::Arrived(_)
            | Action::Kept { .. }
            | Action::Sought(..)
            | Action::Edited(_)
            | Action::Exists(_)
            | Action::Writing(_)
            | Action::Exported { .. }
            | Action::Looked(_)
            | Action::Said(_) => self.carry_out(action),
            _ if App::is_about_files(&action) => self.carry_out(action),
            _ => self.in_turn(action),
        };
        effects.extend(self.go_on_reading());
        effects
    }

    /// Carries an action out.
    fn carry_out(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Press(key) => {
                let meant = self.keymap.action(self.focus, key);
                meant.map_or_else(Vec::new, |action| self.carry_out(action))
            }
            Action::Command(command) => self.command(command),
            Action::Insert(letter) => self.insert(letter.encode_utf8(&mut [0; 4])),
            Action::Digit(digit) => self.count(digit),
            Action::Paste(text) => self.paste(&text),
            Action::Click { x, y } => self.click(x, y),
            Action::Wheel { x, y, down } => self.wheel(x, y, down),
            Action::Resize(size) => self.resize(size),
            Action::Answered(generation, answer) => self.answered(generation, &answer),
            Action::Arrived(arrival) => self.arrived(arrival),
            Action::Kept { count, marked } => self.kept(count, marked),
            Action::Sought(key, record) => self.sought(&key, record),
            Action::Edited(outcome) => self.edited(outcome),
            Action::Exists(export) => self.exists(*export),
            Action::Writing(writing) => self.writing(writing),
            Action::Exported { said, written } => self.exported(&said, written),
            Action::FilesChanged => self.files_changed(),
            Action::ReadAgain(read) => self.was_read_again(read),
            Action::Recalled { again, recalled } => self.put_in_place(again, recalled),
            Action::Looked(excerpt) => self.looked(&excerpt),
            Action::Said(sentence) => self.say(&sentence),
        }
    }

    /// Whether the detail is in full width.
    pub fn is_reading(&self) -> bool {
        self.reading
    }

    /// Whether everything has been read.
    pub fn is_loaded(&self) -> bool {
        self.progress.is_none()
    }

    /// Whether anything was lost while reading.
    pub fn has_faults(&self) -> bool {
        self.problems.iter().any(Problem::is_fault)
    }

    /// Another digit of the count before a command.
    fn count(&mut self, digit: u8) -> Vec<Effect> {
        let before = self.list.count.unwrap_or(0);
        let count = before.saturating_mul(10).saturating_add(usize::from(digit));
        self.list.count = (count > 0).then_some(count);
        Vec::new()
    }

    /// Takes a new size: pages may have other rows, so the page is asked for again.
    fn resize(&mut self, size: Size) -> Vec<Effect> {
        self.layout.screen = size;
        if let Some(popup) = &mut self.popup {
            popup.fit(size);
        }
        self.lay_out()
    }

    /// Lays the panes out again, and asks for the page that the list has room for now.
    fn lay_out(&mut self) -> Vec<Effect> {
        let detail_first = self.pane() == Focus::Detail;
        let panes = match (self.reading, self.detail_hidden) {
            (true, _) => Panes::Reading,
            (false, true) => Panes::ListOnly,
            (false, false) => Panes::Both { detail_first },
        };
        self.layout = Layout::of(self.layout.screen, panes);
        self.show_detail();
        let shown_rows = if self.layout.list.is_empty() {
            self.list.page_rows
        } else {
            self.layout.list_rows().min(self.page_size.unwrap_or(usize::MAX)).max(1)
        };
        if shown_rows == self.list.page_rows && self.list.has_page() {
            return Vec::new();
        }
        self.list.page_rows = shown_rows;
        self.ask_again()
    }

    /// The pane the reader is in, also below a popup, the line after `:` or the first key of two.
    pub fn pane(&self) -> Focus {
        match self.focus {
            Focus::Popup
            | Focus::CommandLine
            | Focus::GoTo
            | Focus::Note
            | Focus::Copy
            | Focus::Choice
            | Focus::FileName
            | Focus::Replace => self.before,
            pane => pane,
        }
    }

    /// Goes to a popup, a line or a second key, and remembers where to come back to.
    pub(crate) fn step_aside(&mut self, focus: Focus) {
        self.before = self.pane();
        self.focus = focus;
    }

    /// Makes the lines of the selected record anew.
    fn show_detail(&mut self) {
        let width = self.layout.text_width();
        let rows = usize::from(self.layout.detail.height);
        let row = self.list.selected();
        let note = row.and_then(|row| self.marks.marked.note(row.number));
        let beside = row.map_or_else(Vec::new, |row| self.beside(row.number));
        self.detail.show(row, note, &beside, &self.highlighter, width, rows);
    }

    /// Takes over what was read, and asks again, since there may be more to find.
    fn arrived(&mut self, arrival: Arrival) -> Vec<Effect> {
        self.store = arrival.store;
        self.say_problems(&arrival.problems);
        self.problems.extend(arrival.problems);
        self.progress = arrival.progress;
        let mut effects = vec![self.keep(Change::default())];
        effects.extend(self.ask_about_more());
        effects.extend(self.seek());
        effects
    }

    /// Says the worst of what went wrong, and that there is more.
    fn say_problems(&mut self, problems: &[Problem]) {
        let fault = problems.iter().find(|problem| problem.is_fault());
        let Some(worst) = fault.or(problems.first()) else { return };
        let more = match problems.len() - 1 {
            0 => "! says where".to_owned(),
            more => format!("{more} more: ! lists them"),
        };
        self.message = Some(format!("{}   {more}", worst.message));
    }

    /// Moves the cursor: within the page at once, to another page by asking for it.
    fn go(&mut self, row: usize) -> Vec<Effect> {
        self.list.cursor = row;
        if self.list.has_page() {
            self.show_detail();
            return Vec::new();
        }
        self.ask(Place::Row(row))
    }
}
