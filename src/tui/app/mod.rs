//! The state of the screen and its update, without terminal, files, clock or threads.
//!
//! [`App::update`] applies an [`Action`] to the state and returns [`Effect`]s. The runtime executes
//! them, and their results come back as actions. May use what `tui` may use; see `tests/layers.rs`
//! for the exceptions. Start with `App::update` and `commands.rs`; each other file has the part of
//! the state in its name, with the commands on it.

pub mod archive_name;
pub mod commands;
pub mod copy;
pub mod export;
mod failure;
mod history;
pub mod marks;
mod pending_query;
mod problem_excerpt;
mod provenance;
pub mod reload;
pub mod scope;

use std::sync::Arc;

use super::action::{Action, LoadedRecords};
use super::command::Command;
use super::effect::Effect;
use super::key::Key;
use super::key_map::{KeyMap, KeyMatch};
use super::layout::{Layout, OpenPanes, Size};
use super::modes::{Mode, ModeStack, Overlay, Pane};
use super::notice::Notice;
use super::overlays::picker::state::PickerItem;
use super::panes::detail::state::DetailState;
use super::panes::filter_bar::state::FilterBarState;
use super::panes::list::state::ListState;
use crate::query::{
    Backend, Column, Coverage, Highlighter, MarksChange, NoRecords, Order, SharedBackend, Summary,
    Target,
};
use crate::record::Problem;
use export::ExportState;
use marks::MarksState;

/// What the screen shows when it opens.
#[derive(Clone, Debug, Default)]
pub struct StartOptions {
    /// What is open, for the title line: the name of a file, or the number of files.
    pub name: String,
    /// The first filter.
    pub filter: String,
    /// The first order; `None` for the default order.
    pub order: Option<Order>,
    /// The files named on the command line, as quoted words of the shell command that opens the same view.
    pub files: Vec<String>,
    /// The options for reading files, marks and settings, as quoted words of the same shell command.
    pub command_line_options: Vec<String>,
    /// The key of the record that is selected first.
    pub select: Option<String>,
    /// Whether the detail is hidden.
    pub detail_hidden: bool,
    /// Whether the user picks records for another program.
    pub picking: bool,
    /// Whether duplicates are shown.
    pub keep_duplicates: bool,
    /// The maximum number of rows of a page.
    pub page_size: Option<usize>,
    /// The names of the columns of the list; without any, the default ones are shown.
    pub columns: Vec<String>,
    /// The citation styles to choose from.
    pub citation_styles: Vec<PickerItem>,
    /// The name of the first citation style.
    pub citation_style: String,
    /// The export formats to choose from.
    pub formats: Vec<PickerItem>,
    /// The errors and warnings of the settings.
    pub problems: Vec<Problem>,
}

/// The state of the screen.
#[derive(Clone, Debug)]
pub struct App {
    /// Which key runs which command.
    pub key_map: KeyMap,
    /// What is open, for the title line.
    pub name: String,
    /// Whoever has the records.
    pub backend: SharedBackend,
    /// What is known of all records.
    pub summary: Summary,
    /// The errors and warnings of settings and files.
    pub problems: Vec<Problem>,
    /// What has the keyboard.
    pub modes: ModeStack,
    /// The keys that were pressed of a command with several.
    pub pending_keys: Vec<Key>,
    /// The areas of the screen.
    pub layout: Layout,
    /// The list pane.
    pub list: ListState,
    /// The detail pane.
    pub detail: DetailState,
    /// Marks and notes.
    pub marks: MarksState,
    /// The filter bar.
    pub filter_bar: FilterBarState,
    /// The choices and the progress of an export.
    pub export: ExportState,
    /// The number of the last prompt for the name of an archive.
    pub(crate) last_archive_name_prompt: archive_name::PromptNumber,
    /// The titles that the user gave to archives.
    pub(crate) given_titles: archive_name::GivenTitles,
    /// The name of the citation style.
    pub citation_style: String,
    /// What to tell the user until the next key.
    pub notice: Option<Notice>,
    /// Why the last search has no answer.
    pub no_answer: Option<String>,
    /// Which parts of the backend the last response is from.
    pub coverage: Coverage,
    /// Why a worker thread has stopped.
    pub failure: Option<String>,
    /// Finds the letters to highlight, from the last response.
    pub highlighter: Arc<Highlighter>,
    /// The citation styles to choose from.
    citation_styles: Vec<PickerItem>,
    /// The files named on the command line, as quoted words.
    files: Vec<String>,
    /// The options for reading files, marks and settings, as quoted words.
    command_line_options: Vec<String>,
    /// Whether the user picks records for another program.
    pub(crate) picking: bool,
    /// The names of the columns of the list.
    column_names: Vec<String>,
    /// The maximum number of rows of a page.
    page_size: Option<usize>,
    /// Whether the detail is hidden.
    detail_hidden: bool,
    /// Whether the detail is shown over the whole width.
    full_width: bool,
    reload: reload::ReloadState,
    pending_query: pending_query::PendingQuery,
    history: history::ViewHistory,
}

impl App {
    /// Returns a screen without records. Its size and the records arrive as actions.
    pub fn new(start: StartOptions, key_map: KeyMap) -> App {
        let key_map = if start.picking { key_map.for_picking() } else { key_map };
        App {
            key_map,
            name: start.name,
            backend: Arc::new(NoRecords),
            summary: NoRecords.summary(),
            problems: start.problems,
            modes: ModeStack::default(),
            pending_keys: Vec::new(),
            layout: Layout::default(),
            list: ListState {
                sort_override: start.order,
                keep_duplicates: start.keep_duplicates,
                ..ListState::default()
            },
            detail: DetailState::default(),
            filter_bar: FilterBarState::with_text(&start.filter),
            export: ExportState::with_formats(start.formats),
            last_archive_name_prompt: archive_name::PromptNumber::default(),
            given_titles: archive_name::GivenTitles::default(),
            citation_style: start.citation_style,
            citation_styles: start.citation_styles,
            notice: None,
            no_answer: None,
            coverage: Coverage::default(),
            failure: None,
            highlighter: Arc::default(),
            marks: MarksState::new(start.picking),
            files: start.files,
            command_line_options: start.command_line_options,
            picking: start.picking,
            column_names: start.columns,
            page_size: start.page_size,
            detail_hidden: start.detail_hidden,
            full_width: false,
            reload: reload::ReloadState::default(),
            pending_query: pending_query::PendingQuery::default(),
            history: history::ViewHistory::with_record_to_select(start.select),
        }
    }

    /// Applies an action and returns the effects to execute.
    ///
    /// While a search is pending, most actions of the user are queued until its response arrives.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        if let Some(letter) = self.letter_after_esc(&action) {
            let mut effects = self.update(Action::Press(Key::ESC));
            effects.extend(self.update(Action::Press(letter)));
            return effects;
        }
        let mut effects = match action {
            Action::Resize(_)
            | Action::SearchDone(..)
            | Action::SearchFailed(..)
            | Action::Loaded(_)
            | Action::MarksUpdated { .. }
            | Action::MarksSaved
            | Action::MarksNotSaved(_)
            | Action::RecordLookedUp { .. }
            | Action::NoteEdited(_)
            | Action::ArchiveNameFound(..)
            | Action::GivenTitlesFound(_)
            | Action::TextReady
            | Action::FileExists(_)
            | Action::ExportProgressed(_)
            | Action::ExportDone { .. }
            | Action::ExcerptRead(_)
            | Action::WorkerFailed(_)
            | Action::Tell(_) => self.apply(action),
            _ if App::is_reload_action(&action) => self.apply(action),
            _ => self.run_or_queue(action),
        };
        effects.extend(self.continue_reload());
        effects
    }

    /// Applies an action at once.
    fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Press(key) => self.press(key),
            Action::Command(command) => self.run_command(command),
            Action::Insert(letter) => self.insert_text(letter.encode_utf8(&mut [0; 4])),
            Action::Digit(digit) => self.add_count_digit(digit),
            Action::Paste(text) => {
                self.pending_keys.clear();
                self.paste(&text)
            }
            Action::Click { .. } | Action::Wheel { .. } if self.leave_next_keys() => Vec::new(),
            Action::Click { x, y } => self.click(x, y),
            Action::Wheel { x, y, down } => self.wheel(x, y, down),
            Action::Resize(size) => self.resize(size),
            Action::SearchDone(generation, response) => self.on_search_done(generation, &response),
            Action::SearchFailed(generation, error) => self.on_search_failed(generation, error),
            Action::Loaded(update) => self.on_load_update(update),
            Action::MarksUpdated { change_count, user_marks, unclaimed } => {
                self.marks.unclaimed = unclaimed;
                self.on_marks_updated(change_count, user_marks)
            }
            Action::MarksSaved => self.on_marks_saved(None),
            Action::MarksNotSaved(why) => self.on_marks_saved(Some(why)),
            Action::RecordLookedUp { key, record, backend } => {
                self.on_record_looked_up(&key, record, &backend)
            }
            Action::NoteEdited(outcome) => self.on_note_edited(outcome),
            Action::TextReady => vec![Effect::CopyReadyText],
            Action::GivenTitlesFound(titles) => {
                self.given_titles = titles;
                self.refresh_detail();
                Vec::new()
            }
            Action::ArchiveNameFound(prompt, found) => self.on_archive_name_found(prompt, found),
            Action::FileExists(export) => self.on_file_exists(*export),
            Action::ExportProgressed(progress) => self.on_export_progress(progress),
            Action::ExportDone { message, written } => self.on_export_done(message, written),
            Action::FilesChanged => self.on_files_changed(),
            Action::Reloaded(outcome) => self.on_reloaded(outcome),
            Action::RecordsRemapped { reloaded, remapped } => {
                self.install_reload(reloaded, remapped)
            }
            Action::ExcerptRead(excerpt) => self.on_excerpt(&excerpt),
            Action::WorkerFailed(message) => self.on_worker_failed(message),
            Action::Tell(notice) => self.tell(notice),
        }
    }

    /// Runs what a key does, or keeps it until the next one decides. A key without a meaning leaves those before it.
    fn press(&mut self, key: Key) -> Vec<Effect> {
        let before = std::mem::take(&mut self.pending_keys);
        match self.key_map.find(self.mode(), &before, key) {
            KeyMatch::Command(command) => self.run_command(command),
            KeyMatch::Prefix => {
                self.notice = None;
                self.pending_keys = before;
                self.pending_keys.push(key);
                Vec::new()
            }
            KeyMatch::Unbound if !before.is_empty() => {
                (self.notice, self.list.typed_count) = (None, None);
                Vec::new()
            }
            KeyMatch::Unbound => self.typed(key).map_or_else(Vec::new, |action| self.apply(action)),
        }
    }

    /// Leaves the keys that were pressed of a command. Returns whether a box with those that may follow was open, on which
    /// the mouse does nothing else.
    fn leave_next_keys(&mut self) -> bool {
        let was_open = self.next_keys_in_box().is_some();
        self.pending_keys.clear();
        was_open
    }

    /// Returns what a key does that runs no command: it types a letter or a digit, or is no answer to a question.
    fn typed(&self, key: Key) -> Option<Action> {
        match (self.mode(), key.typed_char()) {
            (Mode::ConfirmReplace, _) => Some(Action::Command(Command::StepBack)),
            (mode, letter) if mode.takes_text() => letter.map(Action::Insert),
            (_, letter) => {
                let digit = letter.and_then(|letter| letter.to_digit(10));
                digit.and_then(|digit| u8::try_from(digit).ok()).map(Action::Digit)
            }
        }
    }

    /// Returns what has the keyboard.
    pub fn mode(&self) -> Mode {
        self.modes.mode()
    }

    /// Returns the letter of a key press that is Esc and a letter, which a terminal sends like Alt and a letter.
    ///
    /// A prompt is not left in this way, because a mistyped key would lose its text.
    fn letter_after_esc(&self, action: &Action) -> Option<Key> {
        let Action::Press(key) = action else { return None };
        let mode = self.mode();
        let keeps_text = mode.takes_text() && !matches!(mode, Mode::FilterBar | Mode::Popup);
        let is_bound = || self.key_map.find(mode, &self.pending_keys, *key) != KeyMatch::Unbound;
        (key.alt && !keeps_text && !is_bound()).then_some(Key { alt: false, ..*key })
    }

    /// Whether the detail is shown over the whole width.
    pub fn is_full_width(&self) -> bool {
        self.full_width
    }

    /// Whether all files are loaded.
    pub fn is_loaded(&self) -> bool {
        self.summary.progress.is_none()
    }

    /// Whether any file or setting has an error.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// Appends a digit to the number before a command.
    fn add_count_digit(&mut self, digit: u8) -> Vec<Effect> {
        let typed = self.list.typed_count.unwrap_or(0);
        let count = typed.saturating_mul(10).saturating_add(usize::from(digit));
        self.list.typed_count = (count > 0).then_some(count);
        Vec::new()
    }

    /// Lays the screen out for a new size.
    fn resize(&mut self, size: Size) -> Vec<Effect> {
        self.layout.screen = size;
        self.modes.lay_out(size);
        self.lay_out()
    }

    /// Updates the layout. Searches again if the number of rows of a page has changed.
    fn lay_out(&mut self) -> Vec<Effect> {
        let detail_first = self.modes.pane() == Pane::Detail;
        let panes = match (self.full_width, self.detail_hidden) {
            (true, _) => OpenPanes::DetailOnly,
            (false, true) => OpenPanes::ListOnly,
            (false, false) => OpenPanes::Both { detail_first },
        };
        self.layout = Layout::new(self.layout.screen, panes);
        self.refresh_detail();
        let page_rows = if self.layout.list.is_empty() {
            self.list.page_rows
        } else {
            self.layout.list_rows().min(self.page_size.unwrap_or(usize::MAX)).max(1)
        };
        if page_rows == self.list.page_rows && self.list.has_current_page() {
            return Vec::new();
        }
        self.list.page_rows = page_rows;
        self.repeat_search()
    }

    /// Opens an overlay, which gets the keyboard.
    pub(crate) fn open(&mut self, overlay: Overlay) -> Vec<Effect> {
        self.modes.push(overlay);
        Vec::new()
    }

    /// Rebuilds the lines of the selected record.
    fn refresh_detail(&mut self) {
        let width = self.layout.text_width();
        let rows = usize::from(self.layout.detail.height);
        let row = self.list.selected();
        let note = row.and_then(|row| self.marks.user_marks.note(row.handle));
        let provenance = row.map_or_else(Vec::new, |row| self.provenance_lines(row));
        self.detail.show_record(row, note, &provenance, &self.highlighter, width, rows);
    }

    /// Shows the records loaded so far, and searches again.
    fn on_load_update(&mut self, update: LoadedRecords) -> Vec<Effect> {
        self.summary = update.backend.summary();
        self.backend = update.backend;
        self.choose_columns();
        self.show_worst_problem(&update.problems);
        self.problems.extend(update.problems);
        let mut effects = vec![self.save_marks(MarksChange::default())];
        effects.extend(self.search_loaded_records());
        effects.extend(self.find_record_to_select());
        if self.is_loaded() {
            effects.push(Effect::FindGivenTitles(Arc::clone(&self.backend)));
        }
        effects
    }

    /// Finds the columns of the list by their names, of which some are those of own fields. A name that is none is told
    /// once all files are read.
    pub(super) fn choose_columns(&mut self) {
        let own_names = &self.summary.own_field_names;
        let named = self.column_names.iter().map(|name| Column::from_name(name, own_names));
        let (columns, unknown): (Vec<_>, Vec<_>) = named.partition(Result::is_ok);
        self.list.columns = columns.into_iter().flatten().collect();
        if self.list.columns.is_empty() {
            self.list.columns = Column::default_columns();
        }
        if let (true, Some(Err(why))) = (self.is_loaded(), unknown.into_iter().next()) {
            self.notice = Some(Notice::Told(why));
        }
    }

    /// Shows the first error, or else the first warning, and how many more there are.
    fn show_worst_problem(&mut self, problems: &[Problem]) {
        let error = problems.iter().find(|problem| problem.is_error());
        let Some(worst) = error.or(problems.first()) else { return };
        let more = problems.len() - 1;
        self.notice = Some(Notice::Problem { message: worst.message.clone(), more });
    }

    /// Moves the cursor to a row. A row of another page is shown after a search.
    fn move_cursor_to(&mut self, row: usize) -> Vec<Effect> {
        self.list.cursor = row;
        if self.list.has_current_page() {
            self.refresh_detail();
            return Vec::new();
        }
        let target = self.list.page_token(row).map_or(Target::Row(row), Target::Page);
        self.search(target)
    }
}
