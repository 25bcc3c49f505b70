//! The screen as a picture: a drawn buffer becomes SVG, for the README and for looking at tests.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The width of a cell in the picture.
const CELL_WIDTH: usize = 9;
/// The height of a cell.
const CELL_HEIGHT: usize = 20;
/// The space around the screen.
const MARGIN: usize = 14;
/// The colours of letters and ground where a cell says nothing.
const PAPER: (&str, &str) = ("#d8dee9", "#1d2129");
/// The sixteen ANSI colours, in their order.
const ANSI: [&str; 16] = [
    "#2b303b", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
    "#7f8797", "#ff7b86", "#b5e890", "#ffd68a", "#82c4ff", "#dd9bf0", "#7fd5e0", "#ffffff",
];

/// How a run of cells looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    letters: &'static str,
    ground: &'static str,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        let mut letters = color(cell.fg, PAPER.0);
        let mut ground = color(cell.bg, PAPER.1);
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut letters, &mut ground);
        }
        Look { letters, ground, modifier: cell.modifier }
    }

    /// What SVG calls it.
    fn attributes(self) -> String {
        let mut text = format!("fill=\"{}\"", self.letters);
        let has = |modifier| self.modifier.contains(modifier);
        if has(Modifier::BOLD) {
            text.push_str(" font-weight=\"bold\"");
        }
        if has(Modifier::ITALIC) {
            text.push_str(" font-style=\"italic\"");
        }
        if has(Modifier::UNDERLINED) {
            text.push_str(" text-decoration=\"underline\"");
        }
        if has(Modifier::DIM) {
            text.push_str(" opacity=\"0.6\"");
        }
        text
    }
}

/// The colour in a picture; `otherwise` where the terminal decides or the colour is none of the
/// sixteen.
fn color(color: Color, otherwise: &'static str) -> &'static str {
    let at = match color {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        _ => return otherwise,
    };
    ANSI.get(at).copied().unwrap_or(otherwise)
}

/// The screen as an SVG document; `says` is what it shows, for those who do not see it.
pub fn svg(screen: &Buffer, says: &str) -> String {
    let area = screen.area;
    let width = usize::from(area.width) * CELL_WIDTH + 2 * MARGIN;
    let height = usize::from(area.height) * CELL_HEIGHT + 2 * MARGIN;
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" xml:space=\"preserve\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"15\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n",
        escaped(says),
        PAPER.1
    );
    for y in 0..area.height {
        for (x, text, look) in runs(screen, y) {
            draw_run(&mut picture, (x, usize::from(y)), &text, look);
        }
    }
    picture.push_str("</svg>\n");
    picture
}

/// The cells of a row, joined where they look the same: column, text and look of each run.
fn runs(screen: &Buffer, y: u16) -> Vec<(usize, String, Look)> {
    let mut runs: Vec<(usize, String, Look)> = Vec::new();
    let mut covered = 0;
    for x in 0..screen.area.width {
        let Some(cell) = screen.cell((screen.area.x + x, screen.area.y + y)) else { continue };
        if covered > 0 {
            covered -= 1;
            continue;
        }
        covered = cell.symbol().width().saturating_sub(1);
        let look = Look::of(cell);
        match runs.last_mut() {
            Some((_, text, before)) if *before == look => text.push_str(cell.symbol()),
            _ => runs.push((usize::from(x), cell.symbol().to_owned(), look)),
        }
    }
    runs
}

fn draw_run(picture: &mut String, (x, y): (usize, usize), text: &str, look: Look) {
    let (left, top) = (MARGIN + x * CELL_WIDTH, MARGIN + y * CELL_HEIGHT);
    let width = text.width() * CELL_WIDTH;
    if look.ground != PAPER.1 {
        // Writing to a string cannot fail.
        let _ = writeln!(
            picture,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{CELL_HEIGHT}\" fill=\"{}\"/>",
            look.ground
        );
    }
    if !text.trim().is_empty() {
        let _ = writeln!(
            picture,
            "<text x=\"{left}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" {}>{}</text>",
            top + 15,
            look.attributes(),
            escaped(text)
        );
    }
}

/// A text inside XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
