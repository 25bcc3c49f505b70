//! Addresses as links of the terminal (OSC 8): which terminals support them, and how they are
//! written.
//!
//! A terminal without support ignores the sequence or prints it. So links are written only if the
//! environment names a terminal that is known to support them.

use std::io::{self, Write};

use crossterm::cursor::{RestorePosition, SavePosition};
use crossterm::queue;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use crate::text::width::display_width;
use crate::tui::runtime::hyperlink_cells::LinkedCells;
use crate::userdata::settings::HyperlinkMode;

/// Terminals by their `TERM_PROGRAM`, with the first version that supports links.
const SUPPORTING_PROGRAMS: [(&str, [u32; 2]); 8] = [
    ("Hyper", [0, 0]),
    ("WezTerm", [0, 0]),
    ("ghostty", [0, 0]),
    ("iTerm.app", [3, 1]),
    ("mintty", [3, 1]),
    ("rio", [0, 0]),
    // Since 3.4 it stores links, and passes them on if the terminal around it supports them.
    ("tmux", [3, 4]),
    ("vscode", [1, 72]),
];

/// Terminals that support links, by their `TERM` or its part before a hyphen.
const SUPPORTING_TERMS: [&str; 6] =
    ["alacritty", "contour", "foot", "wezterm", "xterm-ghostty", "xterm-kitty"];

impl HyperlinkMode {
    /// Whether links are written. In automatic mode this depends on the environment of the process.
    pub(super) fn is_enabled(self) -> bool {
        match self {
            HyperlinkMode::Always => true,
            HyperlinkMode::Never => false,
            HyperlinkMode::Auto => terminal_supports_hyperlinks(&|name| std::env::var(name).ok()),
        }
    }
}

/// Whether the terminal that the environment variables name is known to support links.
pub fn terminal_supports_hyperlinks(environment: &dyn Fn(&str) -> Option<String>) -> bool {
    let value = |name: &str| environment(name).filter(|value| !value.is_empty());
    let term = value("TERM").unwrap_or_default();
    let program = value("TERM_PROGRAM").unwrap_or_default();
    // Inside tmux and screen, the variables of the terminal around them are still set.
    let is_nested = value("TMUX").is_some() || value("STY").is_some();
    if term == "dumb" || (is_nested && program != "tmux") || value("STY").is_some() {
        return false;
    }
    let version = value("TERM_PROGRAM_VERSION").unwrap_or_default();
    if let Some((_, first)) = SUPPORTING_PROGRAMS.iter().find(|(name, _)| *name == program) {
        return major_and_minor(&version) >= *first;
    }
    let at_least =
        |name, first| value(name).and_then(|it| it.parse().ok()).is_some_and(|it: u32| it >= first);
    SUPPORTING_TERMS.iter().any(|name| {
        term.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }) || value("WT_SESSION").is_some()
        || at_least("VTE_VERSION", 5004)
        || at_least("KONSOLE_VERSION", 201_200)
}

/// Returns the first two numbers of a version, such as 3 and 4 of `3.4a`.
fn major_and_minor(version: &str) -> [u32; 2] {
    let mut numbers =
        version.split(|c: char| !c.is_ascii_digit()).map(|it| it.parse().unwrap_or(0));
    [numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)]
}

/// Writes the linked cells of a frame again, as links, after writing the cells of `previous`
/// without links. The cursor keeps its position.
///
/// # Errors
/// `out` cannot be written.
pub fn write(
    out: &mut Vec<u8>,
    frame: &Buffer,
    previous: &[LinkedCells],
    current: &[LinkedCells],
) -> io::Result<()> {
    if previous.is_empty() && current.is_empty() {
        return Ok(());
    }
    queue!(out, SavePosition)?;
    for linked in previous {
        write_cells(out, frame, linked.cells)?;
    }
    for linked in current {
        // The same id makes the parts of an address on several lines one link.
        write!(out, "\x1b]8;id=fonds;{}\x1b\\", linked.address)?;
        write_cells(out, frame, linked.cells)?;
        write!(out, "\x1b]8;;\x1b\\")?;
    }
    queue!(out, RestorePosition)
}

/// Writes cells of a frame, except those that a wide letter before them covers.
fn write_cells(out: &mut Vec<u8>, frame: &Buffer, cells: Rect) -> io::Result<()> {
    let mut covered = 0;
    let cells = cells.intersection(frame.area).positions().filter_map(|position| {
        let cell: &Cell = frame.cell(position)?;
        let shown = covered == 0;
        covered = if shown { display_width(cell.symbol()).max(1) } else { covered } - 1;
        shown.then_some((position.x, position.y, cell))
    });
    CrosstermBackend::new(out).draw(cells)
}
