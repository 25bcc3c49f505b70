//! Renders the screen as an SVG picture, for the README and for tests.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The width of a cell in pixels.
const CELL_WIDTH: usize = 9;
/// The height of a cell in pixels.
const CELL_HEIGHT: usize = 20;
/// The distance from the top of a cell to the baseline of its text in pixels.
const BASELINE: usize = 15;
/// The space around the screen in pixels.
const MARGIN: usize = 14;
/// The foreground and background of cells without a colour.
const DEFAULT_COLORS: (&str, &str) = ("#d8dee9", "#1d2129");
/// The sixteen ANSI colours, in their order.
const ANSI_COLORS: [&str; 16] = [
    "#2b303b", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
    "#7f8797", "#ff7b86", "#b5e890", "#ffd68a", "#82c4ff", "#dd9bf0", "#7fd5e0", "#ffffff",
];

/// The style of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
struct CellStyle {
    foreground: &'static str,
    background: &'static str,
    modifier: Modifier,
}

/// Adjacent cells of a row with the same style.
struct StyledSpan {
    /// The first column.
    column: usize,
    /// The text.
    text: String,
    /// The style.
    style: CellStyle,
}

impl CellStyle {
    /// Returns the style of a cell, with reversed colours swapped.
    fn from_cell(cell: &Cell) -> CellStyle {
        let mut foreground = css_color(cell.fg, DEFAULT_COLORS.0);
        let mut background = css_color(cell.bg, DEFAULT_COLORS.1);
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut foreground, &mut background);
        }
        CellStyle { foreground, background, modifier: cell.modifier }
    }

    /// Returns the SVG attributes of a text in this style.
    fn attributes(self) -> String {
        let mut text = format!("fill=\"{}\"", self.foreground);
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

/// Returns a colour for CSS, or `default` if it is not one of the sixteen ANSI colours.
fn css_color(color: Color, default: &'static str) -> &'static str {
    let index = match color {
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
        _ => return default,
    };
    ANSI_COLORS.get(index).copied().unwrap_or(default)
}

/// Returns the screen as an SVG document. Screen readers read the `title`.
pub fn svg(screen: &Buffer, title: &str) -> String {
    let area = screen.area;
    let width = usize::from(area.width) * CELL_WIDTH + 2 * MARGIN;
    let height = usize::from(area.height) * CELL_HEIGHT + 2 * MARGIN;
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" xml:space=\"preserve\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"15\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n",
        escape_xml(title),
        DEFAULT_COLORS.1
    );
    for y in 0..area.height {
        for span in styled_spans(screen, y) {
            draw_span(&mut picture, usize::from(y), &span);
        }
    }
    picture.push_str("</svg>\n");
    picture
}

/// Returns the spans of a row: adjacent cells of the same style.
fn styled_spans(screen: &Buffer, y: u16) -> Vec<StyledSpan> {
    let mut spans: Vec<StyledSpan> = Vec::new();
    // The columns that the second half of a wide character takes.
    let mut covered = 0;
    for x in 0..screen.area.width {
        let Some(cell) = screen.cell((screen.area.x + x, screen.area.y + y)) else { continue };
        if covered > 0 {
            covered -= 1;
            continue;
        }
        covered = cell.symbol().width().saturating_sub(1);
        let style = CellStyle::from_cell(cell);
        match spans.last_mut() {
            Some(span) if span.style == style => span.text.push_str(cell.symbol()),
            _ => {
                let (column, text) = (usize::from(x), cell.symbol().to_owned());
                spans.push(StyledSpan { column, text, style });
            }
        }
    }
    spans
}

/// Adds the background and the text of a span to the picture.
fn draw_span(picture: &mut String, row: usize, span: &StyledSpan) {
    let StyledSpan { column, text, style } = span;
    let (left, top) = (MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT);
    let width = text.width() * CELL_WIDTH;
    if style.background != DEFAULT_COLORS.1 {
        // Writing to a string cannot fail.
        let _ = writeln!(
            picture,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{CELL_HEIGHT}\" fill=\"{}\"/>",
            style.background
        );
    }
    if !text.trim().is_empty() {
        let _ = writeln!(
            picture,
            "<text x=\"{left}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" {}>{}</text>",
            top + BASELINE,
            style.attributes(),
            escape_xml(text)
        );
    }
}

/// Escapes a text for XML.
fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
