//! Searches and their responses: which response is used, and which actions wait for it.
//!
//! A search runs on another thread. Until its response arrives, actions are queued, so that the
//! same keys have the same result however fast the search is.

use std::collections::VecDeque;
use std::sync::Arc;

use super::App;
use super::marks::RowsToMark;
use crate::query::{RowDetail, SearchError, SearchRequest, SearchResponse, Target};
use crate::tui::action::Action;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, Generation};
use crate::tui::key_map::KeyMatch;
use crate::tui::modes::Mode;
use crate::tui::notice::Notice;

/// The newest search, and what waits for its response.
#[derive(Clone, Debug, Default)]
pub(super) struct PendingQuery {
    /// The generation of the newest search.
    generation: Generation,
    /// The target of the newest search; `None` once its response has arrived.
    target: Option<Target>,
    /// The rows to mark once the response lists their records.
    pub(super) rows_to_mark: Option<RowsToMark>,
    /// Whether the store was empty when the newest search began.
    store_was_empty: bool,
    /// Whether records were loaded since the newest search began.
    ///
    /// The search is repeated only after its response: restarting it at each update would starve
    /// it.
    has_new_records: bool,
    /// What the user did since the newest search began, in order.
    queue: VecDeque<Action>,
}

impl App {
    /// Starts a search with the current filter and order.
    pub(super) fn search(&mut self, target: Target) -> Vec<Effect> {
        self.pending_query.generation = self.pending_query.generation.next();
        self.pending_query.target = Some(target.clone());
        self.pending_query.store_was_empty = self.summary.is_empty();
        self.pending_query.has_new_records = false;
        let request = SearchRequest {
            filter: self.filter_bar.text().to_owned(),
            order: self.list.sort_override,
            target,
            page_size: self.list.page_rows.max(1),
            user_marks: Arc::clone(self.marks.for_filter()),
            selection: self.marks.user_marks.marked.clone(),
            keep_duplicates: self.list.keep_duplicates,
            row_detail: RowDetail::Duplicates,
            requested_rows: self
                .pending_query
                .rows_to_mark
                .as_ref()
                .map(|wanted| wanted.rows.clone()),
        };
        let backend = Arc::clone(&self.backend);
        vec![Effect::Search { generation: self.pending_query.generation, request, backend }]
    }

    /// Repeats the pending search, or else searches for the selected record.
    ///
    /// It is called when the records or the size of a page have changed.
    pub(super) fn repeat_search(&mut self) -> Vec<Effect> {
        let selected = self.list.selected().map(|row| Target::Record(row.handle));
        let target =
            self.pending_query.target.clone().or(selected).unwrap_or(Target::Row(self.list.cursor));
        self.search(target)
    }

    /// Searches the records that were just loaded.
    ///
    /// If a search is pending, this waits for its response, unless it is a search of an empty
    /// store.
    pub(super) fn search_loaded_records(&mut self) -> Vec<Effect> {
        if self.pending_query.target.is_some() && !self.pending_query.store_was_empty {
            self.pending_query.has_new_records = true;
            return Vec::new();
        }
        self.repeat_search()
    }

    /// Forgets the pending search, to which there will be no response, and applies what waited for it.
    pub(super) fn give_up_search(&mut self) -> Vec<Effect> {
        self.pending_query.target = None;
        self.pending_query.rows_to_mark = None;
        self.drain_queue()
    }

    /// Whether a search is pending.
    pub(super) fn is_searching(&self) -> bool {
        self.pending_query.target.is_some()
    }

    /// Returns the selected record as a target, to select it again with another filter or order.
    pub(super) fn selected_target(&self) -> Target {
        self.list.selected().map_or(Target::Row(0), |row| Target::Record(row.handle))
    }

    /// Applies an action of the user, or queues it until the pending search is finished.
    pub(super) fn run_or_queue(&mut self, action: Action) -> Vec<Effect> {
        if self.can_run(&action) && (self.pending_query.queue.is_empty() || self.is_urgent(&action))
        {
            return self.apply(action);
        }
        self.pending_query.queue.push_back(action);
        Vec::new()
    }

    /// Applies the queued actions until one of them has to wait for something else.
    pub(super) fn drain_queue(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(action) = self.pending_query.queue.pop_front() {
            if !self.can_run(&action) {
                self.pending_query.queue.push_front(action);
                break;
            }
            effects.extend(self.apply(action));
        }
        effects
    }

    /// Forgets what the user typed into a prompt that cannot be used.
    pub(super) fn clear_queue(&mut self) {
        self.pending_query.queue.clear();
    }

    /// Whether an action can be applied now.
    ///
    /// While a search is pending, only urgent actions and edits of the filter can. An edit does not
    /// depend on the records that are shown. While the kept name of an archive is being found, the user can
    /// leave its prompt.
    fn can_run(&self, action: &Action) -> bool {
        if self.is_finding_archive_name() {
            let leaves_prompt =
                matches!(self.resolved(action), Some(Action::Command(Command::StepBack)));
            return leaves_prompt || self.is_urgent(action);
        }
        self.pending_query.target.is_none() || self.is_urgent(action) || self.is_filter_edit(action)
    }

    /// Whether an action is about the terminal or the program, not about the records shown.
    fn is_urgent(&self, action: &Action) -> bool {
        matches!(
            self.resolved(action),
            Some(Action::Command(Command::QuitAnyway | Command::Suspend | Command::Redraw))
        )
    }

    /// Whether an action edits the text of the filter bar.
    fn is_filter_edit(&self, action: &Action) -> bool {
        let history = [Command::OlderFilter, Command::NewerFilter];
        self.mode() == Mode::FilterBar
            && match self.resolved(action) {
                Some(Action::Insert(_)) => true,
                Some(Action::Command(command)) => {
                    command.edits_text() || history.contains(&command)
                }
                _ => false,
            }
    }

    /// Returns the action itself, or for a key press the action it has in the current mode.
    fn resolved(&self, action: &Action) -> Option<Action> {
        let Action::Press(key) = action else { return Some(action.clone()) };
        match self.key_map.find(self.mode(), &self.pending_keys, *key) {
            KeyMatch::Command(command) => Some(Action::Command(command)),
            KeyMatch::Prefix => None,
            KeyMatch::Unbound => self.typed(*key),
        }
    }

    /// Runs a command that moves the cursor of the list; other commands do nothing.
    pub(super) fn move_cursor(&mut self, command: Command, count: Option<usize>) -> Vec<Effect> {
        if let (Command::LastRow, None, Some(token)) =
            (command, count, self.list.page_tokens.last.clone())
        {
            self.list.cursor = usize::MAX;
            return self.search(Target::Page(token));
        }
        match self.list.cursor_after(command, count) {
            Some(row) if row == self.list.cursor => self.show_list_end_message(command),
            Some(row) => self.move_cursor_to(row),
            None => Vec::new(),
        }
    }

    /// Shows the response to the newest search. Responses to older searches are ignored.
    pub(super) fn on_search_done(
        &mut self,
        generation: Generation,
        response: &SearchResponse,
    ) -> Vec<Effect> {
        if generation != self.pending_query.generation {
            return Vec::new();
        }
        if let (Some(Target::Position(position)), None) =
            (&self.pending_query.target, response.target_row)
        {
            self.notice = Some(missing_position(*position, response));
            return self.search(self.selected_target());
        }
        let is_by_token = matches!(self.pending_query.target.take(), Some(Target::Page(_)));
        self.no_answer = None;
        self.coverage = response.coverage.clone();
        self.list.show_page(response, is_by_token);
        self.filter_bar.messages =
            response.suggestions.iter().map(|it| self.with_key_hint(it)).collect();
        self.highlighter = Arc::clone(&response.highlighter);
        self.refresh_detail();
        self.marks.filter_uses_marks = response.uses_marks;
        self.marks.set_shown(&response.selection_matches);
        let mut effects = match self.pending_query.rows_to_mark.take() {
            Some(rows_to_mark) => self.mark_found(&rows_to_mark, &response.requested_records),
            None => Vec::new(),
        };
        effects.extend(self.drain_queue());
        if self.pending_query.has_new_records && self.pending_query.target.is_none() {
            effects.extend(self.repeat_search());
        }
        effects
    }
}

impl App {
    /// Handles a search without a response. The rows that are shown stay, and no key waits any more.
    ///
    /// Where only the page token was too old, the search begins anew at the selected record.
    pub(super) fn on_search_failed(
        &mut self,
        generation: Generation,
        error: SearchError,
    ) -> Vec<Effect> {
        if generation != self.pending_query.generation {
            return Vec::new();
        }
        self.list.cursor = self.list.nearest_row();
        let was_by_token = matches!(self.pending_query.target, Some(Target::Page(_)));
        match error {
            SearchError::Expired if was_by_token => return self.search(self.selected_target()),
            SearchError::NoAnswer(why) => self.no_answer = Some(why),
            SearchError::Expired => self.no_answer = Some(error.to_string()),
            SearchError::Cancelled => {}
        }
        self.give_up_search()
    }

    /// Searches again, if the last search had no answer or not a whole one.
    pub(super) fn try_again(&mut self) -> Vec<Effect> {
        if self.no_answer.take().is_none() && self.coverage.is_complete() {
            return self.tell(Notice::AlreadyAnswered);
        }
        self.search(self.selected_target())
    }
}

/// Returns why there is no row with this position.
fn missing_position(position: u64, response: &SearchResponse) -> Notice {
    if response.target_exists {
        Notice::NotShown { position, shown: response.match_count.count() }
    } else {
        Notice::NoPosition(position)
    }
}
