//! The filter bar: the line of text, and the filters that were used before.

use tui_input::Input;

/// The state of the filter bar.
#[derive(Clone, Debug, Default)]
pub struct FilterBarState {
    /// The text and its cursor.
    pub line: Input,
    /// What is to be said about the filter, from the last answer.
    pub hints: Vec<String>,
    /// Filters that were used, the oldest first.
    history: Vec<String>,
    /// Where the reader is in the history, and what was typed before going there.
    browsing: Option<(usize, String)>,
}

impl FilterBarState {
    /// A bar with a text in it.
    pub fn with_text(text: &str) -> FilterBarState {
        FilterBarState { line: Input::new(text.to_owned()), ..FilterBarState::default() }
    }

    /// The text of the filter.
    pub fn text(&self) -> &str {
        self.line.value()
    }

    /// Whether the text filters anything.
    pub fn is_empty(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Keeps the text in the history, unless it is empty or stands there last.
    pub fn remember(&mut self) {
        self.browsing = None;
        let text = self.text().trim().to_owned();
        if !text.is_empty() {
            self.history.retain(|known| *known != text);
            self.history.push(text);
        }
    }

    /// Takes the filter before the one shown from the history; says whether there is one.
    pub fn older(&mut self) -> bool {
        let (at, typed) = self.browsing.take().unwrap_or_else(|| {
            let typed = self.text().to_owned();
            let last_is_shown = self.history.last().is_some_and(|last| *last == typed.trim());
            (self.history.len() - usize::from(last_is_shown), typed)
        });
        let older = at.checked_sub(1).and_then(|at| Some((at, self.history.get(at)?.clone())));
        self.browsing = Some((older.as_ref().map_or(at, |(at, _)| *at), typed));
        older.is_some_and(|(_, text)| self.show(text))
    }

    /// Takes the filter after the one shown from the history, and after the last what was typed;
    /// says whether there is one.
    pub fn newer(&mut self) -> bool {
        let Some((at, typed)) = self.browsing.take() else { return false };
        let Some(text) = self.history.get(at + 1).cloned() else { return self.show(typed) };
        self.browsing = Some((at + 1, typed));
        self.show(text)
    }

    /// Says that the text was edited: what is shown is no longer from the history.
    pub fn edited(&mut self) {
        self.browsing = None;
    }

    fn show(&mut self, text: String) -> bool {
        self.line = Input::new(text);
        true
    }
}
