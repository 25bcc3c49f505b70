//! The records on the screen: the panes, the marks, and the search that fills them.

use std::sync::Arc;

use super::archive_name::GivenTitles;
use super::history::{Direction, View, ViewHistory};
use super::marks::MarksState;
use super::more_like_this::LikeView;
use super::pending_query::PendingQuery;
use super::scope::ShownRecords;
use crate::query::{
    Ability, Coverage, MarksChange, RecordHandle, RecordSet, RemappedRecords, SearchError,
    SearchResponse, SharedBackend, Suggestion, Target, UserMarks,
};
use crate::record::Problem;
use crate::tui::action::{EditedNote, LoadedRecords};
use crate::tui::app::StartOptions;
use crate::tui::app::reload::ReloadedRecords;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request, RowsToMark, ViewRequest};
use crate::tui::effect::{Effect, Generation};
use crate::tui::key_map::KeyMap;
use crate::tui::modes::{Mode, ModeStack, Pane};
use crate::tui::notice::Notice;
use crate::tui::panes::all::Panes;
use crate::tui::panes::list::state::ListState;
use crate::tui::records::OpenRecords;

/// The records on the screen.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Which key runs which command.
    pub key_map: KeyMap,
    /// What is open.
    pub records: OpenRecords,
    /// The panes and their areas.
    pub panes: Panes,
    /// Marks and notes.
    pub marks: MarksState,
    /// Why the last search has no answer.
    pub no_answer: Option<String>,
    /// Which parts of the backend the last response is from.
    pub coverage: Coverage,
    /// The views before this one.
    pub(super) history: ViewHistory,
    pending_query: PendingQuery,
    /// The filters for records like one, and what was shown before them, the last one last.
    pub(super) like_views: Vec<LikeView>,
}

/// Returns what components may know. It borrows no pane, so that each can be changed.
macro_rules! context {
    ($workspace:ident, $pane:expr) => {
        Context {
            key_map: &$workspace.key_map,
            records: &$workspace.records,
            screen: $workspace.panes.layout.screen,
            pane: $pane,
            has_filter: !$workspace.panes.filter_bar.is_empty(),
            selected: $workspace.panes.list.selected().map(|row| row.handle),
            is_picking: $workspace.marks.is_picking(),
        }
    };
}

/// Returns what is shown, selected and marked. It does not borrow the search.
macro_rules! shown {
    ($workspace:ident) => {
        ShownRecords {
            list: &$workspace.panes.list,
            filter_bar: &$workspace.panes.filter_bar,
            marks: &$workspace.marks,
            records: &$workspace.records,
            key_map: &$workspace.key_map,
        }
    };
}

impl Workspace {
    /// Returns the state before the first records are read.
    pub(super) fn new(start: &StartOptions, key_map: KeyMap) -> Workspace {
        let (columns, order) = (start.columns.clone(), start.order);
        let list = ListState::new(columns, start.page_size, order, start.keep_duplicates);
        Workspace {
            key_map: if start.picking { key_map.for_picking() } else { key_map },
            records: OpenRecords::new(start.name.clone(), start.problems.clone()),
            panes: Panes::new(list, &start.filter, start.detail_hidden),
            marks: MarksState::new(start.picking),
            no_answer: None,
            coverage: Coverage::default(),
            history: ViewHistory::with_record_to_select(start.select.clone()),
            pending_query: PendingQuery::default(),
            like_views: Vec::new(),
        }
    }

    /// Returns what components may know while this pane has the keyboard.
    pub(crate) fn context(&self, pane: Pane) -> Context<'_> {
        context!(self, pane)
    }

    /// Returns what is shown, selected and marked.
    pub(crate) fn shown(&self) -> ShownRecords<'_> {
        shown!(self)
    }

    /// Runs a command in a pane; `None` if no pane knows it.
    pub(super) fn run(
        &mut self,
        command: Command,
        count: Option<usize>,
        pane: Pane,
    ) -> Option<Vec<Request>> {
        self.panes.run(command, count, &context!(self, pane))
    }

    /// Inserts text into the filter.
    pub(super) fn insert(&mut self, text: &str, pane: Pane) -> Vec<Request> {
        self.panes.filter_bar.insert(text, &context!(self, pane))
    }

    /// Turns the wheel over the pane at a cell.
    pub(super) fn wheel(&mut self, cell: (u16, u16), down: bool, rows: usize) -> Vec<Request> {
        self.panes.wheel(cell, down, rows, &context!(self, Pane::List))
    }

    /// Updates the layout. Searches again if the number of rows of a page has changed.
    pub(super) fn lay_out(&mut self, pane: Pane) -> Vec<Request> {
        let is_other_page = self.panes.lay_out(pane);
        self.refresh_detail();
        if is_other_page { vec![self.repeat_search()] } else { Vec::new() }
    }

    /// Fulfils what a component asks of what is shown.
    pub(super) fn fulfil(&mut self, request: ViewRequest) -> Vec<Request> {
        match request {
            ViewRequest::Search(target) => return vec![self.search(target)],
            ViewRequest::SearchSelected => return vec![self.search_selected()],
            ViewRequest::SearchEdited => return vec![self.search_edited()],
            ViewRequest::PushHistory => self.history.push(),
            ViewRequest::RefreshDetail => self.refresh_detail(),
            ViewRequest::GoToRow(row) => return vec![self.panes.list.go_to_row(row)],
            ViewRequest::GoToPage(page) => return vec![self.panes.list.go_to_page(page)],
            ViewRequest::ToggleMark(record) => return self.toggle_mark(record),
            ViewRequest::MarkRows(rows) => {
                self.pending_query.mark_rows(rows);
                return vec![self.search_selected()];
            }
            ViewRequest::ChangeMarks(change) => return self.change_marks(&change),
            ViewRequest::KeepDraft(draft) => {
                self.marks.keep_draft(draft);
                self.refresh_detail();
            }
        }
        Vec::new()
    }

    /// Takes over the titles that the user gave to archives.
    pub(super) fn set_given_titles(&mut self, titles: GivenTitles) -> Vec<Request> {
        self.records.given_titles = titles;
        self.refresh_detail();
        Vec::new()
    }

    /// Returns the note on the selected record.
    pub fn note(&self) -> Option<&str> {
        self.marks.user_marks.note(self.panes.list.selected()?.handle)
    }

    /// Shows the selected record in the detail.
    pub(super) fn refresh_detail(&mut self) {
        self.panes.show_selected(&self.records, &self.marks);
    }

    /// Starts a search with the current filter and order.
    pub(super) fn search(&mut self, target: Target) -> Request {
        self.pending_query.start(target, shown!(self)).into()
    }

    /// Searches with the current filter and order, and keeps the selected record selected.
    fn search_selected(&mut self) -> Request {
        self.search(self.panes.list.selected_target())
    }

    /// Searches for the edited filter and selects the first row; without a filter, the same record.
    fn search_edited(&mut self) -> Request {
        self.panes.list.range_start = None;
        if self.panes.filter_bar.is_empty() {
            return self.search_selected();
        }
        self.search(Target::Row(0))
    }

    /// Repeats the pending search, or else searches for the selected record.
    ///
    /// It is called when the records or the size of a page have changed.
    fn repeat_search(&mut self) -> Request {
        let target = self.pending_query.repeated_target(shown!(self));
        self.search(target)
    }

    /// Searches again, if records were loaded since the last search began.
    pub(super) fn catch_up(&mut self) -> Option<Request> {
        self.pending_query.is_outdated().then(|| self.repeat_search())
    }

    /// Whether a search is pending.
    pub(super) fn is_searching(&self) -> bool {
        self.pending_query.is_pending()
    }

    /// Waits no longer for records or a response, because a worker thread has panicked.
    pub(super) fn on_worker_failed(&mut self, message: &str) {
        self.records.problems.push(Problem::error("fonds", None, message.to_owned()));
        self.records.summary.progress = None;
        self.pending_query.give_up();
    }

    /// Shows the response to the newest search, and marks the records that it was asked for. Responses to older searches
    /// are ignored.
    pub(super) fn on_search_done(
        &mut self,
        generation: Generation,
        response: &SearchResponse,
    ) -> Vec<Request> {
        if !self.pending_query.is_newest(generation) {
            return Vec::new();
        }
        if let Some(notice) = self.pending_query.missing_position(response) {
            return vec![notice.into(), self.search_selected()];
        }
        let is_by_token = self.pending_query.finish();
        self.no_answer = None;
        self.coverage = response.coverage.clone();
        let highlighter = self.pending_query.highlighter(response);
        self.panes.show_page(response, highlighter, is_by_token);
        let messages = response.suggestions.iter().map(|it| self.message(it));
        self.panes.filter_bar.messages = messages.collect();
        self.marks.on_response(response);
        self.refresh_detail();
        match self.pending_query.take_rows_to_mark() {
            Some(rows) => self.mark_found(&rows, &response.requested_records),
            None => Vec::new(),
        }
    }

    /// Returns what to say of a filter, with what is known of all records and with the key that helps.
    fn message(&self, suggestion: &Suggestion) -> String {
        match (suggestion, self.records.summary.years()) {
            (Suggestion::NoneDated(_), Some(years)) => {
                format!("{suggestion}: the records are from {years}")
            }
            _ => self.marks.with_key_hint(suggestion, &self.key_map),
        }
    }

    /// Handles a search without a response. The rows that are shown stay, and no key waits any more.
    ///
    /// Where only the page token was too old, the search begins anew at the selected record.
    pub(super) fn on_search_failed(
        &mut self,
        generation: Generation,
        error: SearchError,
    ) -> Option<Request> {
        if !self.pending_query.is_newest(generation) {
            return None;
        }
        self.panes.list.cursor = self.panes.list.nearest_row();
        match error {
            SearchError::Expired if self.pending_query.is_by_token() => {
                return Some(self.search_selected());
            }
            SearchError::NoAnswer(why) => self.no_answer = Some(why),
            SearchError::Expired => self.no_answer = Some(error.to_string()),
            SearchError::Cancelled => {}
        }
        self.pending_query.give_up();
        None
    }

    /// Searches again, if the last search had no answer or not a whole one.
    pub(super) fn try_again(&mut self) -> Request {
        if self.no_answer.take().is_none() && self.coverage.is_complete() {
            return Notice::AlreadyAnswered.into();
        }
        self.search_selected()
    }

    /// Marks or unmarks a record, then goes to the next one.
    ///
    /// If the filter searches for marks, the row may disappear, so the cursor stays.
    fn toggle_mark(&mut self, record: RecordHandle) -> Vec<Request> {
        let selected: RecordSet = [record].into_iter().collect();
        let change = MarksChange::toggle(&selected, &self.marks.user_marks);
        let mut requests = self.change_marks(&change);
        if self.marks.is_picking() || !self.marks.filter_uses_marks {
            requests.extend(self.panes.list.go_to_next_row());
        }
        requests
    }

    /// Marks the records that the search found at the rows.
    fn mark_found(&mut self, rows: &RowsToMark, records: &RecordSet) -> Vec<Request> {
        let change = if rows.invert {
            MarksChange::toggle(records, &self.marks.user_marks)
        } else {
            MarksChange::mark(records)
        };
        self.change_marks(&change)
    }

    /// Changes marks and notes, saves the change, and updates the screen.
    pub(super) fn change_marks(&mut self, change: &MarksChange) -> Vec<Request> {
        if change.is_empty() {
            return Vec::new();
        }
        let Some(saved) = self.marks.change(change, &self.records) else { return Vec::new() };
        std::iter::once(saved.into()).chain(self.refresh_marks()).collect()
    }

    /// Updates detail and list after marks or notes have changed.
    fn refresh_marks(&mut self) -> Option<Request> {
        self.refresh_detail();
        match () {
            // Whether the pending search uses marks is not known yet.
            () if self.is_searching() => Some(self.repeat_search()),
            () if self.marks.filter_uses_marks => {
                Some(self.search(Target::Row(self.panes.list.cursor)))
            }
            () => None,
        }
    }

    /// Saves the note from the editor.
    pub(super) fn save_edited_note(&mut self, edited: EditedNote) -> Vec<Request> {
        let change = self.marks.finish_note(&edited.text);
        let mut requests = change.map_or_else(Vec::new, |change| self.change_marks(&change));
        requests.extend(edited.warning.map(|it| Notice::Told(it).into()));
        requests
    }

    /// Replaces the marks by those of the marks file, unless the user has changed more since.
    pub(super) fn on_marks_updated(
        &mut self,
        change_count: u64,
        user_marks: Arc<UserMarks>,
    ) -> Vec<Request> {
        if !self.marks.update(change_count, user_marks) {
            return Vec::new();
        }
        let refreshed = self.refresh_marks();
        // Which of the marked records are shown is not known yet.
        let is_unknown = !self.is_searching() && !self.marks.is_picking();
        let repeated = is_unknown.then(|| self.repeat_search());
        refreshed.into_iter().chain(repeated).collect()
    }

    /// Returns the view that is shown.
    pub(super) fn current_view(&self) -> View {
        View {
            filter: self.panes.filter_bar.text().to_owned(),
            order: self.panes.list.sort_override,
            record: self.panes.list.selected().map(|row| row.handle),
        }
    }

    /// Shows the view before or after this one.
    pub(super) fn go_in_history(&mut self, direction: Direction) -> Request {
        match self.history.go(direction) {
            Err(none) => none.into(),
            Ok(view) => self.show_view(&view),
        }
    }

    /// Shows a filter, an order and a record.
    pub(super) fn show_view(&mut self, view: &View) -> Request {
        self.panes.filter_bar.replace(&view.filter);
        self.panes.list.sort_override = view.order;
        self.panes.list.range_start = None;
        self.search(view.record.map_or(Target::Row(0), Target::Record))
    }

    /// Clears the filter, if there is one. After a filter for records like one, the filter before it comes back.
    pub(super) fn clear_filter(&mut self) -> Option<Request> {
        if let Some(request) = self.leave_like_view() {
            return Some(request);
        }
        if self.panes.filter_bar.text().is_empty() {
            return None;
        }
        self.history.push();
        self.panes.filter_bar.clear();
        Some(self.search_edited())
    }

    /// Asks for the record with this key to be found and selected.
    pub(super) fn select_when_found(&mut self, key: String) -> Request {
        self.history.select_when_found(key.clone());
        Effect::FindRecord { key, backend: Arc::clone(&self.records.backend) }.into()
    }

    /// Selects the record that was looked up, unless the user has moved in the meantime.
    pub(super) fn on_record_looked_up(
        &mut self,
        key: String,
        record: Option<RecordHandle>,
        searched: &SharedBackend,
    ) -> Vec<Request> {
        if self.history.key_to_select() != Some(&key) {
            return Vec::new();
        }
        // Otherwise a newer backend is looked through next.
        let is_last = self.records.is_loaded() && Arc::ptr_eq(searched, &self.records.backend);
        match record {
            None if !is_last => Vec::new(),
            None => {
                self.history.forget_key();
                vec![Notice::NoRecord(key).into()]
            }
            Some(record) => {
                self.history.forget_key();
                vec![self.search(Target::Record(record))]
            }
        }
    }

    /// Shows the records loaded so far, and searches again.
    pub(super) fn on_loaded(&mut self, update: LoadedRecords) -> Vec<Request> {
        let mut requests = self.set_backend(update.backend);
        requests.extend(worst_problem(&update.problems).map(Request::Tell));
        self.records.problems.extend(update.problems);
        requests.push(self.marks.save(MarksChange::default(), &self.records).into());
        if !self.pending_query.keeps_loaded_waiting() {
            requests.push(self.repeat_search());
        }
        let key = self.history.key_to_select().map(str::to_owned);
        requests.extend(key.map(|key| self.select_when_found(key)));
        if self.records.is_loaded() {
            requests.push(Effect::FindGivenTitles(Arc::clone(&self.records.backend)).into());
        }
        requests
    }

    /// Replaces the backend by one with other or more records. Tells of a column that does not exist once all files are
    /// read.
    fn set_backend(&mut self, backend: SharedBackend) -> Vec<Request> {
        self.records.set_backend(backend);
        self.panes.list.shows_any_row = self.records.summary.abilities.has(Ability::GoToRow);
        let unknown = self.panes.list.choose_columns(&self.records.summary.own_field_names);
        let told = unknown.filter(|_| self.records.is_loaded()).map(Notice::Told);
        told.map(Request::Tell).into_iter().collect()
    }

    /// Whether handles may change now: no search is pending, no note is being written, and all files are loaded.
    pub(super) fn can_install(&self, modes: &ModeStack) -> bool {
        !modes.has(Mode::NotePrompt) && !self.is_searching() && self.records.is_loaded()
    }

    /// Replaces the old records by the reloaded ones. Filter, order, selection and marks stay.
    pub(super) fn install(
        &mut self,
        reloaded: ReloadedRecords,
        remapped: RemappedRecords,
    ) -> Vec<Request> {
        let mut requests = self.set_backend(reloaded.backend);
        self.records.problems = reloaded.problems;
        self.history.forget_records();
        self.marks.replace(remapped.marks);
        self.panes.list.range_start = None;
        let row = Target::Row(self.panes.list.cursor);
        let (added, removed) = (reloaded.added, reloaded.removed);
        requests.push(Notice::Reloaded { added, removed }.into());
        requests.push(self.marks.save(MarksChange::default(), &self.records).into());
        requests.push(Effect::FindGivenTitles(Arc::clone(&self.records.backend)).into());
        requests.push(self.search(remapped.selected.map_or(row, Target::Record)));
        requests
    }
}

/// Returns the first error, or else the first warning, and how many more there are.
fn worst_problem(problems: &[Problem]) -> Option<Notice> {
    let error = problems.iter().find(|problem| problem.is_error());
    let worst = error.or(problems.first())?;
    let count: usize = problems.iter().map(Problem::count).sum();
    Some(Notice::Problem { message: worst.message.clone(), more: count - 1 })
}
