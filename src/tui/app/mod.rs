//! The state of the screen and its update, without terminal, files, clock or threads.
//!
//! [`App::update`] applies an [`Action`] to the state and returns [`Effect`]s. The runtime executes
//! them, and their results come back as actions. May use what `tui` may use; see `tests/layers.rs`.
//!
//! Start with `App::update`. A command goes to the overlay or pane that has the keyboard, which returns [`Request`]s;
//! commands of no component are in `run_on_screen`. [`Workspace`] has the records on the screen. Each other file has the
//! part of the state in its name.

mod action_queue;
pub mod archive_name;
pub mod copy;
pub mod export;
mod history;
mod keys;
pub mod marks;
mod more_like_this;
mod pending_query;
pub mod reload;
pub mod scope;
mod start;
pub mod workspace;

use super::action::{Action, EditedNote, Excerpt};
use super::command::Command;
use super::component::Request;
use super::effect::Effect;
use super::key::Key;
use super::key_map::KeyMap;
use super::modes::{Mode, ModeStack, Overlay, OverlayPlace, Pane};
use super::notice::Notice;
use super::overlays::{
    CommandPrompt, ConfirmReplace, ExcerptState, HelpState, NameReceived, NextKeys, PickerKind,
    PickerState, ProblemsState,
};
use super::prompt::{MAX_PASTED_CHARS, pasted_part};
use action_queue::{ActionQueue, Waiting};
use archive_name::ArchiveNaming;
use copy::CopyState;
use export::ExportState;
use history::Direction;
use keys::{KeyPress, PendingKeys};
use reload::ReloadState;
use scope::ScopePurpose;
pub use start::StartOptions;
use workspace::Workspace;

/// How many rows one step of the mouse wheel moves.
const WHEEL_ROWS: usize = 3;

/// The state of the screen.
#[derive(Clone, Debug)]
pub struct App {
    /// The records on the screen.
    pub workspace: Workspace,
    /// The keys that were pressed of a command with several.
    keys: PendingKeys,
    /// What has the keyboard.
    pub modes: ModeStack,
    /// What to tell the user until the next key.
    pub notice: Option<Notice>,
    /// Why a worker thread has stopped.
    pub failure: Option<String>,
    /// The choices and the progress of an export.
    pub(crate) export: ExportState,
    pub(crate) copying: CopyState,
    reload: ReloadState,
    archive_naming: ArchiveNaming,
    /// The actions that wait for a response.
    queue: ActionQueue,
}

impl App {
    /// Returns a screen without records. Its size and the records arrive as actions.
    pub fn new(start: StartOptions, key_map: KeyMap) -> App {
        App {
            workspace: Workspace::new(&start, key_map),
            keys: PendingKeys::default(),
            modes: ModeStack::default(),
            notice: None,
            failure: None,
            export: ExportState::with_formats(start.formats),
            copying: CopyState::new(
                start.citation_style,
                start.citation_styles,
                start.files,
                start.command_line_options,
            ),
            reload: ReloadState::default(),
            archive_naming: ArchiveNaming::default(),
            queue: ActionQueue::default(),
        }
    }

    /// Applies an action and returns the effects to execute.
    ///
    /// While a search is pending, most actions of the user are queued until its response arrives.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        let (mode, key_map) = (self.mode(), &self.workspace.key_map);
        if let Some(letter) = self.keys.letter_after_esc(&action, mode, key_map) {
            let mut effects = self.update(Action::Press(Key::ESC));
            effects.extend(self.update(Action::Press(letter)));
            return effects;
        }
        let resolved = self.keys.resolve(&action, mode, key_map);
        let is_next = self.can_run(&action) && self.queue.is_next(resolved.as_ref());
        let mut effects = if is_next || !action.is_of_user() {
            self.apply(action)
        } else {
            self.queue.push(action);
            Vec::new()
        };
        if self.workspace.can_install(&self.modes) {
            let next = self.reload.continue_with(&self.workspace);
            effects.extend(self.fulfil(next));
        }
        effects
    }

    /// Whether an action of the user can be applied now.
    fn can_run(&self, action: &Action) -> bool {
        let resolved = self.keys.resolve(action, self.mode(), &self.workspace.key_map);
        let waiting = match self.modes.overlay() {
            Some(Overlay::ArchiveNamePrompt(it)) if it.is_waiting() => Waiting::ArchiveName,
            _ if self.workspace.is_searching() => Waiting::Response,
            _ => Waiting::Nothing,
        };
        action_queue::can_run(resolved.as_ref(), self.mode(), waiting)
    }

    /// Applies the queued actions until one of them has to wait for something else.
    fn drain_queue(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(action) = self.queue.pop() {
            if !self.can_run(&action) {
                self.queue.put_back(action);
                break;
            }
            effects.extend(self.apply(action));
        }
        effects
    }

    /// Applies an action at once.
    fn apply(&mut self, action: Action) -> Vec<Effect> {
        let workspace = &mut self.workspace;
        workspace.history.begin(workspace.current_view());
        let requests = match action {
            Action::Press(key) => return self.press(key),
            Action::Command(command) => return self.run_command(command),
            Action::Insert(letter) => return self.insert_text(letter.encode_utf8(&mut [0; 4])),
            Action::Digit(digit) => workspace.panes.list.add_count_digit(digit),
            Action::Paste(text) => return self.paste(&text),
            Action::Click { x, y } => return self.point((x, y), None),
            Action::Wheel { x, y, down } => return self.point((x, y), Some(down)),
            result => return self.apply_result(result),
        };
        self.fulfil(requests)
    }

    /// Applies the result of an effect, or news of the terminal.
    fn apply_result(&mut self, action: Action) -> Vec<Effect> {
        let workspace = &mut self.workspace;
        let requests = match action {
            Action::Resize(size) => {
                workspace.panes.layout.screen = size;
                self.modes.lay_out(size);
                workspace.lay_out(self.modes.pane())
            }
            Action::SearchDone(generation, response) => {
                let requests = workspace.on_search_done(generation, &response);
                return self.go_on(requests);
            }
            Action::SearchFailed(generation, error) => {
                let requests = workspace.on_search_failed(generation, error);
                return self.go_on(requests);
            }
            Action::Loaded(update) => workspace.on_loaded(update),
            Action::MarksUpdated { change_count, user_marks, unclaimed } => {
                workspace.marks.unclaimed = unclaimed;
                workspace.on_marks_updated(change_count, user_marks)
            }
            Action::MarksSaved => workspace.marks.set_not_saved(None),
            Action::MarksNotSaved(why) => workspace.marks.set_not_saved(Some(why)),
            Action::RecordLookedUp { key, record, backend } => {
                workspace.on_record_looked_up(key, record, &backend)
            }
            Action::NoteEdited(outcome) => self.on_note_edited(outcome),
            Action::TextReady => vec![Effect::CopyReadyText.into()],
            Action::GivenTitlesFound(titles) => workspace.set_given_titles(titles),
            Action::ArchiveNameFound(prompt, found) => {
                match archive_name::pass_to_prompt(&mut self.modes, prompt, found) {
                    NameReceived::Ignored => return Vec::new(),
                    NameReceived::Shown => {}
                    NameReceived::Refused(why) => {
                        // Letters of a name are not to run as commands of the list.
                        self.queue.clear();
                        self.notice = Some(Notice::Told(why));
                    }
                }
                return self.drain_queue();
            }
            Action::FileExists(export) => {
                vec![Overlay::ConfirmReplace(ConfirmReplace { export }).into()]
            }
            Action::ExportProgressed(progress) => self.export.on_progress(progress),
            Action::ExportDone { message, written } => self.export.on_done(message, written),
            Action::FilesChanged => self.reload.on_files_changed(workspace),
            Action::Reloaded(outcome) => self.reload.on_reloaded(outcome, workspace),
            Action::RecordsRemapped { reloaded, remapped } => {
                let can_install = workspace.can_install(&self.modes);
                let ready = self.reload.install_or_keep(reloaded, can_install);
                ready.map_or_else(Vec::new, |it| workspace.install(*it, remapped))
            }
            Action::ExcerptRead(excerpt) => self.on_excerpt(&excerpt).into_iter().collect(),
            Action::WorkerFailed(message) => return self.on_worker_failed(message),
            Action::Tell(notice) => vec![notice.into()],
            // The others are those of the user.
            _ => Vec::new(),
        };
        self.fulfil(requests)
    }

    /// Fulfils what a response asks for, then applies the actions that waited for it.
    fn go_on(&mut self, requests: impl IntoIterator<Item = Request>) -> Vec<Effect> {
        let mut effects = self.fulfil(requests);
        effects.extend(self.drain_queue());
        let repeated = self.workspace.catch_up();
        effects.extend(self.fulfil(repeated));
        effects
    }

    /// Runs what a key does, or keeps it until the next one decides.
    fn press(&mut self, key: Key) -> Vec<Effect> {
        match self.keys.press(key, self.mode(), &self.workspace.key_map) {
            KeyPress::Action(action) => return self.apply(action),
            KeyPress::Prefix => self.notice = None,
            KeyPress::LeftPrefix => {
                (self.notice, self.workspace.panes.list.typed_count) = (None, None);
            }
            KeyPress::Nothing => {}
        }
        Vec::new()
    }

    /// Runs a command: in the overlay or pane that has the keyboard, or else on the screen.
    fn run_command(&mut self, command: Command) -> Vec<Effect> {
        self.notice = None;
        let count = self.workspace.panes.list.typed_count.take();
        // Esc first clears a number that was typed.
        if command == Command::StepBack && count.is_some() {
            return Vec::new();
        }
        let pane = self.modes.pane();
        let requests = match self.modes.overlay_mut() {
            Some(overlay) => {
                overlay.component_mut().run(command, count, &self.workspace.context(pane))
            }
            None => self.workspace.run(command, count, pane),
        };
        let requests = requests
            .or_else(|| self.copying.run(command, self.workspace.shown()))
            .unwrap_or_else(|| self.run_on_screen(command));
        self.fulfil(requests)
    }

    /// Runs a command of no component; other commands do nothing.
    fn run_on_screen(&mut self, command: Command) -> Vec<Request> {
        let workspace = &mut self.workspace;
        let list = &workspace.panes.list;
        let screen = workspace.panes.layout.screen;
        vec![match command {
            Command::Filter => Request::Enter(Pane::FilterBar),
            Command::StepBack => return self.step_back(),
            Command::Quit => Request::Quit,
            Command::QuitAnyway => Effect::Quit.into(),
            Command::Suspend => Effect::Suspend.into(),
            Command::Redraw => Effect::Redraw.into(),
            Command::ToggleDetail => {
                workspace.panes.detail_hidden = !workspace.panes.detail_hidden;
                Request::Enter(Pane::List)
            }
            Command::OpenRecord if list.selected().is_some() => Request::Enter(Pane::FullWidth),
            Command::CommandPrompt => Overlay::CommandPrompt(CommandPrompt::default()).into(),
            Command::Help => {
                let mode = self.modes.mode();
                let abilities = &workspace.records.summary.abilities;
                Overlay::Help(HelpState::new(&workspace.key_map, abilities, mode, screen)).into()
            }
            Command::Problems => {
                Overlay::Problems(ProblemsState::new(&workspace.records.problems, screen)).into()
            }
            Command::Reload => return self.reload.request(workspace),
            Command::TryAgain => workspace.try_again(),
            Command::Take if self.export.progress.is_some() => Notice::Exporting.into(),
            Command::Take => return copy::take(workspace.shown()),
            Command::Export => return self.export.begin(workspace.shown()),
            Command::NameArchive => return self.archive_naming.begin(workspace),
            Command::Note => return workspace.marks.begin_note(list.selected()),
            Command::MoreLikeThis => return workspace.show_similar(),
            Command::AttachMark => {
                workspace.marks.choose_unclaimed(list.selected().map(|row| row.handle))
            }
            Command::RefuseNote => Notice::NotesNotKept.into(),
            Command::Undo => workspace.go_in_history(Direction::Undo),
            Command::Redo => workspace.go_in_history(Direction::Redo),
            _ => return Vec::new(),
        }]
    }

    /// Fulfils what a component asks for, in its order.
    fn fulfil(&mut self, requests: impl IntoIterator<Item = Request>) -> Vec<Effect> {
        requests.into_iter().flat_map(|request| self.fulfil_one(request)).collect()
    }

    /// Fulfils one request.
    fn fulfil_one(&mut self, request: Request) -> Vec<Effect> {
        let requests = match request {
            Request::Effect(effect) => return vec![effect],
            Request::Tell(notice) => {
                self.notice = Some(notice);
                return Vec::new();
            }
            Request::Open(overlay) => self.modes.push(*overlay),
            Request::Close => self.modes.close(),
            Request::Enter(pane) => self.enter(pane),
            Request::View(request) => self.workspace.fulfil(request),
            Request::Picked(picker) => self.accept_picked(&picker),
            Request::Export(file) => vec![self.export.start(file, self.workspace.shown())],
            Request::Quit => vec![self.quit()],
        };
        self.fulfil(requests)
    }

    /// Continues with the item under the cursor of a picker.
    fn accept_picked(&mut self, picker: &PickerState) -> Vec<Request> {
        let Some(item) = picker.picked() else { return Vec::new() };
        let shown = self.workspace.shown();
        vec![match picker.kind {
            PickerKind::Scope(purpose) => match (purpose, shown.picked_scope(purpose, item)) {
                (_, None) => return Vec::new(),
                (ScopePurpose::Export, Some(scope)) => self.export.choose_format(scope),
                (ScopePurpose::Copy(content), Some(scope)) => {
                    self.copying.copy_records(content, shown.records_in(scope), shown)
                }
                (ScopePurpose::Take, Some(scope)) => Effect::Pick(shown.records_in(scope)).into(),
            },
            PickerKind::Format => {
                self.export.choose_file(item.clone(), &shown.records.archive_name())
            }
            PickerKind::Style => return self.copying.copy_citation_in(item.name.clone(), shown),
            PickerKind::Unclaimed => {
                return shown.attach_unclaimed(picker.cursor).into_iter().collect();
            }
        }]
    }

    /// Inserts text into the overlay that has the keyboard, else into the filter.
    fn insert_text(&mut self, text: &str) -> Vec<Effect> {
        let pane = self.modes.pane();
        let requests = if let Some(overlay) = self.modes.overlay_mut() {
            overlay.component_mut().insert(text, &self.workspace.context(pane))
        } else {
            self.notice = None;
            self.workspace.insert(text, pane)
        };
        self.fulfil(requests)
    }

    /// Inserts pasted text. It never runs as commands: without a prompt it goes into the filter.
    fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.keys.clear();
        let mut effects = Vec::new();
        if !self.mode().takes_text() {
            effects = self.fulfil([Request::Enter(Pane::FilterBar)]);
            self.workspace.panes.filter_bar.begin_word();
        }
        let (text, is_whole) = pasted_part(text);
        effects.extend(self.insert_text(text));
        if !is_whole {
            self.notice = Some(Notice::PastedInPart(MAX_PASTED_CHARS));
        }
        effects
    }

    /// Clicks, or turns the wheel, at a cell. A box with the keys that may follow is left instead, and what an overlay
    /// hides stays as it is.
    fn point(&mut self, cell: (u16, u16), wheel: Option<bool>) -> Vec<Effect> {
        let is_box_open = self.next_keys_in_box().is_some();
        self.keys.clear();
        let pane = self.modes.pane();
        let filter_line = self.workspace.panes.layout.filter_bar;
        let is_hidden = |overlay: &Overlay| {
            overlay.place() != OverlayPlace::FilterBar || filter_line.contains(cell.0, cell.1)
        };
        let overlay = self.modes.overlay_mut().filter(|overlay| is_hidden(overlay));
        let requests = match (overlay, wheel) {
            _ if is_box_open => Vec::new(),
            (Some(_), None) => Vec::new(),
            (Some(overlay), Some(down)) => {
                let context = self.workspace.context(pane);
                overlay.component_mut().wheel(down, WHEEL_ROWS, &context)
            }
            (None, None) => self.workspace.panes.click(cell, pane),
            (None, Some(down)) => self.workspace.wheel(cell, down, WHEEL_ROWS),
        };
        self.fulfil(requests)
    }

    /// Returns what has the keyboard.
    pub fn mode(&self) -> Mode {
        self.modes.mode()
    }

    /// Returns the keys that may follow those that were pressed.
    pub(crate) fn next_keys(&self) -> Option<NextKeys> {
        NextKeys::new(&self.workspace.key_map, self.mode(), self.keys.pressed())
    }

    /// Returns the keys that may follow if a box shows them.
    pub(crate) fn next_keys_in_box(&self) -> Option<NextKeys> {
        self.next_keys().filter(|keys| keys.needs_box(&self.workspace.panes.layout))
    }

    /// Gives the keyboard to a pane, and updates the layout.
    fn enter(&mut self, pane: Pane) -> Vec<Request> {
        if pane == Pane::FilterBar && self.mode() != Mode::FilterBar {
            self.workspace.history.push();
        }
        self.workspace.panes.detail_hidden &= pane != Pane::Detail;
        let closed = self.modes.enter(pane);
        let mut requests = self.leave(closed);
        requests.extend(self.workspace.lay_out(pane));
        requests
    }

    /// Keeps what was typed into overlays that were closed before they were accepted.
    fn leave(&self, closed: impl IntoIterator<Item = Overlay>) -> Vec<Request> {
        let context = self.workspace.context(self.modes.pane());
        closed.into_iter().flat_map(|mut it| it.component_mut().leave(&context)).collect()
    }

    /// Closes the topmost overlay, else stops the export, else clears the filter. It never quits.
    fn step_back(&mut self) -> Vec<Request> {
        match self.modes.pop() {
            Some(closed) => self.leave([closed]),
            None if self.export.progress.is_some() => vec![Effect::CancelExport.into()],
            None => self.workspace.clear_filter().into_iter().collect(),
        }
    }

    /// Quits when the running export is done. Before a note is lost, the first time tells of it and goes to its record.
    fn quit(&mut self) -> Request {
        match self.workspace.marks.warn_of_draft(&self.workspace.key_map) {
            Some((record_key, notice)) => {
                self.notice = Some(notice);
                self.workspace.select_when_found(record_key)
            }
            None => self.export.quit(),
        }
    }

    /// Saves the note from the editor. After an error the prompt stays as it was.
    fn on_note_edited(&mut self, outcome: Result<EditedNote, String>) -> Vec<Request> {
        if outcome.is_ok() && self.mode() == Mode::NotePrompt {
            self.modes.pop();
        }
        match outcome {
            Ok(edited) => self.workspace.save_edited_note(edited),
            Err(why) => vec![Notice::Told(why).into()],
        }
    }

    /// Saves the note that the user is writing when the program is interrupted, if there is one.
    pub(crate) fn keep_typed_note(&mut self) -> Vec<Effect> {
        let Some(Overlay::NotePrompt(prompt)) = self.modes.overlay() else { return Vec::new() };
        let requests = prompt.change().map(|change| self.workspace.change_marks(&change));
        self.fulfil(requests.unwrap_or_default())
    }

    /// Shows an excerpt over the problems popup, unless that was closed in the meantime.
    fn on_excerpt(&self, excerpt: &Excerpt) -> Option<Request> {
        let screen = self.workspace.panes.layout.screen;
        let is_open =
            matches!(self.modes.overlay(), Some(Overlay::Problems(it)) if it.has_selection());
        is_open.then(|| Overlay::Excerpt(ExcerptState::new(excerpt, screen)).into())
    }

    /// Tells the user that a worker thread has panicked. Nothing waits for it any longer, so the user can save and quit.
    fn on_worker_failed(&mut self, message: String) -> Vec<Effect> {
        self.workspace.on_worker_failed(&message);
        self.export.progress = None;
        self.reload = ReloadState::default();
        let effects = self.drain_queue();
        self.notice = Some(Notice::Stopped(message.clone()));
        // A panic can cause another one. The first tells more.
        self.failure.get_or_insert(message);
        effects
    }
}
