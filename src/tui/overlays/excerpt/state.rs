//! The state of an excerpt.

use crate::tui::action::Excerpt;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::hint::Hint;
use crate::tui::layout::Size;
use crate::tui::overlays::text_popup::state::{PopupRow, TextPopupState};

/// The lines of a file around a problem, over the list of problems.
#[derive(Clone, Debug)]
pub struct ExcerptState {
    /// The text.
    pub popup: TextPopupState,
}

impl ExcerptState {
    /// Returns an excerpt with the line of the problem selected.
    pub(crate) fn new(excerpt: &Excerpt, screen: Size) -> ExcerptState {
        let error =
            excerpt.error.iter().map(|error| PopupRow::Entry("!".to_owned(), error.clone()));
        let lines = excerpt.lines.iter();
        let lines = lines.map(|(number, text)| PopupRow::Entry(number.to_string(), text.clone()));
        let problem_row =
            excerpt.lines.iter().position(|(number, _)| Some(*number) == excerpt.line);
        let mut popup =
            TextPopupState::new(&excerpt.location, error.chain(lines).collect(), screen);
        popup.cursor = problem_row.filter(|_| excerpt.error.is_none());
        popup.scroll_to_cursor(popup.visible_rows() / 3);
        ExcerptState { popup }
    }

    /// Returns the hints for the lower border.
    pub(crate) fn footer() -> Vec<Hint> {
        vec![
            Hint::remark("type to filter"),
            Hint::keys(&[Command::ScrollUp, Command::ScrollDown], "lines"),
            Hint::keys(&[Command::StepBack], "back to the problems"),
        ]
    }
}

impl Component for ExcerptState {
    fn part(&mut self) -> Option<&mut dyn Component> {
        Some(&mut self.popup)
    }

    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        _context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        match command {
            Command::ShowExcerpt => Some(vec![Request::Close]),
            _ => None,
        }
    }

    fn hints(&self, context: &Context<'_>) -> Vec<Hint> {
        self.popup.hints(context)
    }
}
