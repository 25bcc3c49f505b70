//! The state of the filter bar: the text, and the history of filters.

use crate::query::Target;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request, ViewRequest};
use crate::tui::hint::Hint;
use crate::tui::modes::Pane;
use crate::tui::notice::Notice;
use crate::tui::prompt::Prompt;

/// The state of the filter bar.
#[derive(Clone, Debug, Default)]
pub struct FilterBarState {
    /// The text and its cursor.
    pub line: Prompt,
    /// Messages about the filter from the last response, such as guesses.
    pub messages: Vec<String>,
    /// The filters used so far, the oldest first.
    history: Vec<String>,
    /// While the user browses the history: the index of the filter shown, and the text typed
    /// before.
    history_position: Option<(usize, String)>,
}

impl FilterBarState {
    /// Returns a filter bar with a text.
    pub fn with_text(text: &str) -> FilterBarState {
        FilterBarState { line: Prompt::with_text(text.to_owned()), ..FilterBarState::default() }
    }

    /// Returns the text of the filter.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// Whether the filter has no text but spaces.
    pub fn is_empty(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Moves the text to the end of the history, unless it is empty.
    pub fn remember(&mut self) {
        self.history_position = None;
        let text = self.text().trim().to_owned();
        if !text.is_empty() {
            self.history.retain(|known| *known != text);
            self.history.push(text);
        }
    }

    /// Shows the previous filter of the history. Returns whether there is one.
    pub fn show_older(&mut self) -> bool {
        let (index, typed) = self.history_position.take().unwrap_or_else(|| {
            let typed = self.text().to_owned();
            let last_is_shown = self.history.last().is_some_and(|last| *last == typed.trim());
            (self.history.len() - usize::from(last_is_shown), typed)
        });
        let older =
            index.checked_sub(1).and_then(|index| Some((index, self.history.get(index)?.clone())));
        self.history_position = Some((older.as_ref().map_or(index, |(index, _)| *index), typed));
        older.is_some_and(|(_, text)| self.set_text(text))
    }

    /// Shows the next filter of the history, or after the last one the text typed before.
    ///
    /// Returns `false` if the user is not browsing the history.
    pub fn show_newer(&mut self) -> bool {
        let Some((index, typed)) = self.history_position.take() else { return false };
        let Some(text) = self.history.get(index + 1).cloned() else { return self.set_text(typed) };
        self.history_position = Some((index + 1, typed));
        self.set_text(text)
    }

    /// Stops browsing the history, because the text was edited.
    pub fn leave_history(&mut self) {
        self.history_position = None;
    }

    /// Ends the last word, so that what is typed next is another one.
    pub(crate) fn begin_word(&mut self) {
        let text = self.text();
        if !(text.is_empty() || text.ends_with(char::is_whitespace)) {
            self.line.insert(" ");
        }
    }

    /// Removes the text, which the history keeps.
    pub(crate) fn clear(&mut self) {
        self.remember();
        self.line.clear();
    }

    /// Shows another filter, and keeps the one before in the history.
    pub(crate) fn replace(&mut self, text: &str) {
        self.remember();
        self.line = Prompt::with_text(text.to_owned());
    }

    /// Replaces the text, and returns true.
    fn set_text(&mut self, text: String) -> bool {
        self.line = Prompt::with_text(text);
        true
    }
}

impl Component for FilterBarState {
    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        _context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        let missing = match command {
            Command::Accept | Command::StepBack => {
                self.remember();
                return Some(vec![Request::Enter(Pane::List)]);
            }
            Command::OlderFilter if !self.show_older() => Notice::NoOlderFilter,
            Command::NewerFilter if !self.show_newer() => Notice::NoNewerFilter,
            Command::OlderFilter | Command::NewerFilter => {
                return Some(vec![Request::View(ViewRequest::Search(Target::Row(0)))]);
            }
            command if self.line.edit(command) => {
                self.leave_history();
                return Some(vec![Request::View(ViewRequest::SearchEdited)]);
            }
            _ => return None,
        };
        Some(vec![missing.into()])
    }

    fn insert(&mut self, text: &str, _context: &Context<'_>) -> Vec<Request> {
        self.line.insert(text);
        self.leave_history();
        vec![Request::View(ViewRequest::SearchEdited)]
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        vec![
            Hint::keys(&[Command::Accept], "keep"),
            Hint::keys(&[Command::StepBack], "back"),
            Hint::remark("words “a phrase” -without title:word 1945 date:194"),
        ]
    }
}
