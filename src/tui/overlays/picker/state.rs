//! The state of a picker: the items, the cursor, and what happens with the chosen item.

use crate::text::width::display_width;
use crate::tui::app::scope::ScopePurpose;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::hint::Hint;
use crate::tui::layout::{Area, Size};

/// An item of a picker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PickerItem {
    /// The name.
    pub name: String,
    /// A short description.
    pub description: String,
    /// The extension of its files, without the dot; empty if it is not a file format.
    pub extension: String,
}

/// What a picker is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerKind {
    /// Which records to act on, and for what.
    Scope(ScopePurpose),
    /// The format of an export.
    Format,
    /// The citation style.
    Style,
    /// The unclaimed mark or note to attach to the selected record.
    Unclaimed,
}

/// The state of a picker.
#[derive(Clone, Debug)]
pub struct PickerState {
    /// What the picker is for.
    pub kind: PickerKind,
    /// The items, at least one.
    pub items: Vec<PickerItem>,
    /// The index of the item that Enter chooses.
    pub cursor: usize,
}

impl PickerState {
    /// Returns the title.
    pub const fn title(&self) -> &'static str {
        match self.kind {
            PickerKind::Scope(purpose) => purpose.question(),
            PickerKind::Format => "in which format?",
            PickerKind::Style => "cite in which style?",
            PickerKind::Unclaimed => "attach which mark to this record?",
        }
    }

    /// Returns the width of the longest name.
    pub fn name_width(&self) -> usize {
        self.items.iter().map(|item| display_width(&item.name)).max().unwrap_or(0)
    }

    /// Returns its area on a screen, with the borders.
    pub fn area(&self, screen: Size) -> Area {
        let descriptions = self.items.iter().map(|item| display_width(&item.description));
        let description_width = descriptions.max().unwrap_or(0);
        let width =
            (self.name_width() + 2 + description_width).max(display_width(self.title()) + 2) + 4;
        Area::centred(width, self.items.len() + 2, screen)
    }

    /// Returns the index of the first visible item if so many rows are visible.
    pub fn first_visible(&self, rows: usize) -> usize {
        (self.cursor + 1).saturating_sub(rows.max(1))
    }

    /// Returns a picker with the cursor on the item with this name, or else on the first.
    pub(crate) fn new(kind: PickerKind, items: Vec<PickerItem>, name: &str) -> PickerState {
        let cursor = items.iter().position(|item| item.name == name).unwrap_or(0);
        PickerState { kind, items, cursor }
    }

    /// Returns the item under the cursor.
    pub(crate) fn picked(&self) -> Option<&PickerItem> {
        self.items.get(self.cursor)
    }

    /// Moves the cursor by a scroll command. Returns whether it is one.
    fn move_cursor(&mut self, command: Command) -> bool {
        let last = self.items.len().saturating_sub(1);
        self.cursor = match command {
            Command::ScrollDown => (self.cursor + 1).min(last),
            Command::ScrollUp => self.cursor.saturating_sub(1),
            Command::ScrollTop => 0,
            Command::ScrollBottom => last,
            _ => return false,
        };
        true
    }
}

impl Component for PickerState {
    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        _context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        match command {
            Command::Accept => Some(vec![Request::Close, Request::Picked(Box::new(self.clone()))]),
            command => self.move_cursor(command).then(Vec::new),
        }
    }

    fn wheel(&mut self, down: bool, _rows: usize, _context: &Context<'_>) -> Vec<Request> {
        self.move_cursor(if down { Command::ScrollDown } else { Command::ScrollUp });
        Vec::new()
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        vec![
            Hint::keys(&[Command::ScrollUp, Command::ScrollDown], "choose"),
            Hint::keys(&[Command::Accept], "accept"),
            Hint::keys(&[Command::StepBack], "back"),
        ]
    }
}
