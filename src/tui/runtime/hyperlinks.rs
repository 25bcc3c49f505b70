//! Addresses as links of the terminal (OSC 8): which terminals know them, and how they are written.
//!
//! A terminal that knows none passes over the sequence, or prints it: so they are only written where
//! the environment names one that is known to know them.

use std::io::{self, Write};

use crossterm::cursor::{RestorePosition, SavePosition};
use crossterm::queue;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use crate::text::width::columns;
use crate::tui::view::hyperlink_cells::Linked;
use crate::userdata::settings::HyperlinkMode;

/// Terminals by their `TERM_PROGRAM`, with the first version that knows links.
const PROGRAMS: [(&str, [u32; 2]); 8] = [
    ("Hyper", [0, 0]),
    ("WezTerm", [0, 0]),
    ("ghostty", [0, 0]),
    ("iTerm.app", [3, 1]),
    ("mintty", [3, 1]),
    ("rio", [0, 0]),
    // From 3.4 on it keeps them, and passes them on where the terminal around it has them.
    ("tmux", [3, 4]),
    ("vscode", [1, 72]),
];

/// Terminals by their `TERM`, or its beginning up to a hyphen.
const TERMS: [&str; 6] =
    ["alacritty", "contour", "foot", "wezterm", "xterm-ghostty", "xterm-kitty"];

impl HyperlinkMode {
    /// Whether links are written in the environment of the process.
    pub(super) fn are_written(self) -> bool {
        match self {
            HyperlinkMode::Always => true,
            HyperlinkMode::Never => false,
            HyperlinkMode::Auto => are_known(&|name| std::env::var(name).ok()),
        }
    }
}

/// Whether the terminal of an environment is known to know links.
pub fn are_known(environment: &dyn Fn(&str) -> Option<String>) -> bool {
    let value = |name: &str| environment(name).filter(|value| !value.is_empty());
    let term = value("TERM").unwrap_or_default();
    let program = value("TERM_PROGRAM").unwrap_or_default();
    // What runs inside tmux or screen still has the variables of the terminal around it.
    let inside = value("TMUX").is_some() || value("STY").is_some();
    if term == "dumb" || (inside && program != "tmux") || value("STY").is_some() {
        return false;
    }
    let version = value("TERM_PROGRAM_VERSION").unwrap_or_default();
    if let Some((_, first)) = PROGRAMS.iter().find(|(name, _)| *name == program) {
        return numbers(&version) >= *first;
    }
    let at_least =
        |name, first| value(name).and_then(|it| it.parse().ok()).is_some_and(|it: u32| it >= first);
    TERMS.iter().any(|name| {
        term.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }) || value("WT_SESSION").is_some()
        || at_least("VTE_VERSION", 5004)
        || at_least("KONSOLE_VERSION", 201_200)
}

/// The first two numbers of a version, `3.4` of `3.4a`.
fn numbers(version: &str) -> [u32; 2] {
    let mut numbers =
        version.split(|c: char| !c.is_ascii_digit()).map(|it| it.parse().unwrap_or(0));
    [numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)]
}

/// Writes the cells of a drawing once more that lead to addresses, as links, and without a link those
/// that no longer do. The cursor stays where it is.
///
/// # Errors
/// The writer failed.
pub fn write(
    out: &mut Vec<u8>,
    drawn: &Buffer,
    before: &[Linked],
    links: &[Linked],
) -> io::Result<()> {
    if before.is_empty() && links.is_empty() {
        return Ok(());
    }
    queue!(out, SavePosition)?;
    for linked in before {
        write_cells(out, drawn, linked.cells)?;
    }
    for linked in links {
        // The pieces of an address that goes on in the next line are one link by their name.
        write!(out, "\x1b]8;id=fonds;{}\x1b\\", linked.address)?;
        write_cells(out, drawn, linked.cells)?;
        write!(out, "\x1b]8;;\x1b\\")?;
    }
    queue!(out, RestorePosition)
}

/// Writes cells as they were drawn, without those that a wide letter before them covers.
fn write_cells(out: &mut Vec<u8>, drawn: &Buffer, cells: Rect) -> io::Result<()> {
    let mut covered = 0;
    let cells = cells.intersection(drawn.area).positions().filter_map(|place| {
        let cell: &Cell = drawn.cell(place)?;
        let shown = covered == 0;
        covered = if shown { columns(cell.symbol()).max(1) } else { covered } - 1;
        shown.then_some((place.x, place.y, cell))
    });
    CrosstermBackend::new(out).draw(cells)
}
