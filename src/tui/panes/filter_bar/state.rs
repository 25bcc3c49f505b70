//! The state of the filter bar: the text, and the history of filters.

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

    /// Replaces the text, and returns true.
    fn set_text(&mut self, text: String) -> bool {
        self.line = Prompt::with_text(text);
        true
    }
}
