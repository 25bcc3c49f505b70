//! Editing a line of text: what the commands do to it.

use tui_input::{Input, InputRequest};

use super::action::Command;
use crate::text::clean;

/// Does what the command says to the line; says whether its text changed.
pub fn edit(line: &mut Input, command: Command) -> bool {
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
        Command::PutBack => InputRequest::Yank,
        _ => return false,
    };
    line.handle(request).is_some_and(|changed| changed.value)
}

/// Puts a text in at the cursor. Line ends become spaces, control characters are left out.
pub fn insert(line: &mut Input, text: &str) {
    let text = clean::clean(text);
    let at =
        line.value().char_indices().nth(line.cursor()).map_or(line.value().len(), |(at, _)| at);
    let mut value = line.value().to_owned();
    value.insert_str(at, &text);
    let cursor = line.cursor() + text.chars().count();
    *line = Input::new(value).with_cursor(cursor);
}
