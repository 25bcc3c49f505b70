//! The state of a prompt: a line of text with a cursor, edited by commands and by typed or pasted text.

use tui_input::{Input, InputRequest};

use crate::text::clean;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::hint::Hint;

/// The maximum number of characters that are pasted. A longer text is hardly meant as a filter, and
/// would make every further key slow.
pub(crate) const MAX_PASTED_CHARS: usize = 4096;

/// Returns the part of a pasted text that is inserted, and whether that is all but the line ends around it.
pub(crate) fn pasted_part(text: &str) -> (&str, bool) {
    let text = text.trim_matches(['\r', '\n']);
    let cut = text.char_indices().nth(MAX_PASTED_CHARS);
    let end = cut.map_or(text.len(), |(byte, _)| byte);
    (text.get(..end).unwrap_or(text), cut.is_none())
}

/// A line of text with a cursor.
#[derive(Clone, Debug, Default)]
pub struct Prompt(Input);

impl Prompt {
    /// Returns a prompt with a text, and the cursor at its end.
    pub fn with_text(text: String) -> Prompt {
        Prompt(Input::new(text))
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Returns the column of the cursor.
    pub fn cursor_column(&self) -> usize {
        self.0.visual_cursor()
    }

    /// Returns how many columns to skip so that the cursor is visible in a line of `width` columns.
    pub fn scroll(&self, width: usize) -> usize {
        self.0.visual_scroll(width)
    }

    /// Removes the text.
    pub fn clear(&mut self) {
        self.0.reset();
    }

    /// Runs a command on the text. Returns whether the text has changed.
    pub fn edit(&mut self, command: Command) -> bool {
        let request = match command {
            Command::CursorLeft => InputRequest::GoToPrevChar,
            Command::CursorRight => InputRequest::GoToNextChar,
            Command::WordLeft => InputRequest::GoToPrevWord,
            Command::WordRight => InputRequest::GoToNextWord,
            Command::LineStart => InputRequest::GoToStart,
            Command::LineEnd => InputRequest::GoToEnd,
            Command::DeleteBack => InputRequest::DeletePrevChar,
            Command::DeleteForward => InputRequest::DeleteNextChar,
            Command::DeleteWordBack => InputRequest::DeletePrevWord,
            Command::DeleteWordForward => InputRequest::DeleteNextWord,
            Command::DeleteToStart => InputRequest::DeleteFromStart,
            Command::DeleteToEnd => InputRequest::DeleteTillEnd,
            Command::Yank => InputRequest::Yank,
            _ => return false,
        };
        self.0.handle(request).is_some_and(|changed| changed.value)
    }

    /// Inserts a text at the cursor. Line ends become spaces, control characters are removed.
    pub fn insert(&mut self, text: &str) {
        let text = clean::clean(text);
        let line = &self.0;
        let mut value = line.value().to_owned();
        let byte = value.char_indices().nth(line.cursor()).map_or(value.len(), |(byte, _)| byte);
        value.insert_str(byte, &text);
        let cursor = line.cursor() + text.chars().count();
        self.0 = Input::new(value).with_cursor(cursor);
    }
}

impl Component for Prompt {
    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        _context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        command.edits_text().then(|| {
            self.edit(command);
            Vec::new()
        })
    }

    fn insert(&mut self, text: &str, _context: &Context<'_>) -> Vec<Request> {
        Prompt::insert(self, text);
        Vec::new()
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        Vec::new()
    }
}
