//! The state of a picker: the items, the cursor, and what happens with the chosen item.

use crate::text::width::display_width;
use crate::tui::app::App;
use crate::tui::app::scope::ScopePurpose;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::layout::{Area, Size};
use crate::tui::modes::Overlay;

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
        centred_area(width, self.items.len() + 2, screen)
    }

    /// Returns the index of the first visible item if so many rows are visible.
    pub fn first_visible(&self, rows: usize) -> usize {
        (self.cursor + 1).saturating_sub(rows.max(1))
    }

    /// Moves the cursor by a scroll command.
    pub(crate) fn move_cursor(&mut self, command: Command) {
        let last = self.items.len().saturating_sub(1);
        self.cursor = match command {
            Command::ScrollDown => (self.cursor + 1).min(last),
            Command::ScrollUp => self.cursor.saturating_sub(1),
            Command::ScrollTop => 0,
            Command::ScrollBottom => last,
            _ => self.cursor,
        };
    }
}

/// Returns an area of this size in the middle of a screen, at most as large as the screen.
pub fn centred_area(width: usize, height: usize, screen: Size) -> Area {
    let width = u16::try_from(width).unwrap_or(u16::MAX).min(screen.width);
    let height = u16::try_from(height).unwrap_or(u16::MAX).min(screen.height);
    Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}

impl App {
    /// Opens a picker with the cursor on the item with this name, or else on the first.
    pub(crate) fn open_picker(
        &mut self,
        kind: PickerKind,
        items: Vec<PickerItem>,
        name: &str,
    ) -> Vec<Effect> {
        let cursor = items.iter().position(|item| item.name == name).unwrap_or(0);
        self.open(Overlay::Picker(PickerState { kind, items, cursor }))
    }

    /// Continues with the item under the cursor of a picker that was closed.
    pub(crate) fn accept_picked(&mut self, picker: PickerState) -> Vec<Effect> {
        let PickerState { kind, mut items, cursor } = picker;
        if cursor >= items.len() {
            return Vec::new();
        }
        let item = items.swap_remove(cursor);
        match kind {
            PickerKind::Scope(purpose) => self.accept_scope(purpose, &item),
            PickerKind::Format => self.choose_export_file(item),
            PickerKind::Style => self.copy_citation_in(item.name),
            PickerKind::Unclaimed => self.attach_unclaimed(cursor),
        }
    }
}
