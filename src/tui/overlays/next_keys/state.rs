//! The keys that may follow those that were pressed: in the message line, or in a box where they are too many for it.

use crate::text::width::display_width;
use crate::tui::command::Command;
use crate::tui::key::Key;
use crate::tui::key_map::{KeyHelp, KeyMap};
use crate::tui::layout::{Area, Layout, MESSAGE_INDENT, Size};
use crate::tui::modes::Mode;

/// The largest number of keys that may follow and are only named in the message line.
const MAX_KEYS_IN_LINE: usize = 3;
/// What is between the keys in the message line.
const SEPARATOR: &str = "   ";

/// The keys that may follow those that were pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextKeys {
    /// The keys that were pressed.
    pub pressed: String,
    /// The keys that may follow, with their commands; never none.
    pub rows: Vec<KeyHelp>,
}

impl NextKeys {
    /// Returns the keys that may follow; `None` if no key was pressed that begins others.
    pub(crate) fn new(key_map: &KeyMap, mode: Mode, pressed: &[Key]) -> Option<NextKeys> {
        if pressed.is_empty() {
            return None;
        }
        let rows = key_map.help_after(mode, pressed);
        let pressed = pressed.iter().map(ToString::to_string).collect();
        (!rows.is_empty()).then_some(NextKeys { pressed, rows })
    }

    /// Whether a box shows them: they are too many for the message line, or too long for it.
    pub(crate) fn needs_box(&self, layout: &Layout) -> bool {
        let width = usize::from(layout.message_line.width).saturating_sub(MESSAGE_INDENT);
        self.rows.len() > MAX_KEYS_IN_LINE
            || layout.message_line.is_empty()
            || display_width(&self.entries()) > width
    }

    /// Returns the keys for the message line, with what each of them does.
    fn entries(&self) -> String {
        let entry = |row: &KeyHelp| format!("{} {}", row.keys, row.command.short_description());
        self.rows.iter().map(entry).collect::<Vec<_>>().join(SEPARATOR)
    }

    /// Returns the text of the message line: the keys that may follow unless a box shows them, and the one that leaves them.
    pub(crate) fn message(&self, layout: &Layout) -> String {
        let entries =
            if self.needs_box(layout) { String::new() } else { self.entries() + SEPARATOR };
        entries + "Esc back"
    }

    /// Whether one of the keys copies, so that the title says what is copied.
    pub(crate) fn copies(&self) -> bool {
        self.rows.iter().any(|row| row.command == Command::CopyCitation)
    }

    /// Returns the width of the widest keys.
    pub(crate) fn keys_width(&self) -> usize {
        self.rows.iter().map(|row| display_width(&row.keys)).max().unwrap_or(0)
    }

    /// Returns the area of the box on a screen, with the borders.
    pub(crate) fn area(&self, title: &str, screen: Size) -> Area {
        let texts = self.rows.iter().map(|row| display_width(row.command.description()));
        let text_width = texts.max().unwrap_or(0);
        let width = (self.keys_width() + 2 + text_width).max(display_width(title) + 2) + 4;
        Area::centred(width, self.rows.len() + 2, screen)
    }

    /// Returns how many of the keys a box with this many rows names. If not all, its last row says so.
    pub(crate) fn visible(&self, box_rows: usize) -> usize {
        if self.rows.len() <= box_rows { self.rows.len() } else { box_rows.saturating_sub(1) }
    }
}
