//! The state of a text popup: rows of a label and a text, which can be filtered and scrolled.

use crate::text::wrap::wrap;
use crate::text::{clean, width};
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::hint::Hint;
use crate::tui::layout::{Area, Size};
use crate::tui::prompt::Prompt;

/// The number of rows without text: two borders and the line of the filter.
const FRAME_ROWS: u16 = 3;
/// The maximum width of a popup.
const MAX_WIDTH: u16 = 88;

/// A row of a popup before it is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PopupRow {
    /// A heading over the rows that follow.
    Heading(String),
    /// A label, such as keys or a line number, and a text.
    Entry(String, String),
}

/// A line of a popup after wrapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopupLine {
    /// The left column; empty if the row continues from the line before.
    pub label: String,
    /// The right column.
    pub text: String,
    /// Whether it is a heading, which has only a label.
    pub is_heading: bool,
    /// The index of the row it is part of.
    pub row: usize,
}

/// The state of a text popup.
#[derive(Clone, Debug)]
pub struct TextPopupState {
    /// The title in the border.
    pub title: String,
    /// The filter: only rows that contain all its words are shown.
    pub filter: Prompt,
    /// The index of the first visible line.
    pub scroll: usize,
    /// The area of the popup with its borders.
    pub area: Area,
    /// The lines of the rows that match the filter.
    pub lines: Vec<PopupLine>,
    /// The width of the labels and the gap after them.
    pub label_width: usize,
    /// The index of the selected row; `None` if rows cannot be selected.
    pub cursor: Option<usize>,
    /// All rows.
    rows: Vec<PopupRow>,
    /// The rows in lines of `width` columns.
    wrapped: Vec<WrappedRow>,
    /// The width the rows were wrapped for.
    width: usize,
}

/// A row of a popup, wrapped for some width.
#[derive(Clone, Debug)]
struct WrappedRow {
    /// The text the filter is compared with, in lower case; `None` for a heading.
    search_text: Option<String>,
    lines: Vec<PopupLine>,
}

impl TextPopupState {
    /// Returns a popup with these rows, laid out for a screen.
    pub(crate) fn new(title: &str, rows: Vec<PopupRow>, screen: Size) -> TextPopupState {
        let mut popup = TextPopupState {
            title: title.to_owned(),
            filter: Prompt::default(),
            scroll: 0,
            area: Area::default(),
            lines: Vec::new(),
            label_width: 0,
            cursor: None,
            rows,
            wrapped: Vec::new(),
            width: 0,
        };
        popup.lay_out(screen);
        popup
    }

    /// Runs a scroll command by selecting another row. Returns whether it did.
    ///
    /// It does not if rows cannot be selected, or if it is another command.
    pub(crate) fn move_selection(&mut self, command: Command) -> bool {
        let Some(cursor) = self.cursor else { return false };
        let mut rows: Vec<usize> = self.lines.iter().map(|line| line.row).collect();
        rows.dedup();
        let index = rows.iter().position(|row| *row == cursor).unwrap_or(0);
        let page = self.visible_rows().max(1);
        let target = match command {
            Command::ScrollDown => index + 1,
            Command::ScrollUp => index.saturating_sub(1),
            Command::ScrollPageDown => index + page,
            Command::ScrollPageUp => index.saturating_sub(page),
            Command::ScrollTop => 0,
            Command::ScrollBottom => usize::MAX,
            _ => return false,
        };
        self.cursor = rows.get(target.min(rows.len().saturating_sub(1))).copied().or(self.cursor);
        self.scroll_to_cursor(0);
        true
    }

    /// Scrolls as little as needed to show the selected row.
    ///
    /// If `above` is not 0, the row is shown with so many other lines above it.
    pub(crate) fn scroll_to_cursor(&mut self, above: usize) {
        let Some(cursor) = self.cursor else { return };
        let Some(first) = self.lines.iter().position(|line| line.row == cursor) else { return };
        let lines = self.lines.iter().filter(|line| line.row == cursor).count();
        let min_scroll = (first + lines).saturating_sub(self.visible_rows()).min(first);
        self.scroll_to(self.scroll.clamp(min_scroll, first));
        if above > 0 {
            self.scroll_to(first.saturating_sub(above));
        }
    }

    /// Lays the popup out for a screen and its filter, and scrolls to the top.
    pub fn lay_out(&mut self, screen: Size) {
        // The popup has either the whole width or wide margins, so that no narrow strip of cut-off
        // text is visible next to it.
        let width =
            if screen.width < MAX_WIDTH + 16 { screen.width.min(MAX_WIDTH) } else { MAX_WIDTH };
        self.rewrap(usize::from(width.saturating_sub(4)));
        // The height is that of all rows, so that it does not change while the user filters.
        let lines: usize = self.wrapped.iter().map(|row| row.lines.len()).sum();
        let max_height = screen.height.saturating_sub(2);
        let height = u16::try_from(lines)
            .map_or(max_height, |lines| max_height.min(lines.saturating_add(FRAME_ROWS)));
        let (x, y) = ((screen.width - width) / 2, (screen.height - height) / 2);
        self.area = Area { x, y, width, height };
        self.lines = self.filtered_lines();
        self.scroll = 0;
        if self.cursor.is_some_and(|row| self.lines.iter().all(|line| line.row != row)) {
            self.cursor = self.lines.first().map(|line| line.row).or(self.cursor);
        }
        self.scroll_to_cursor(0);
    }

    /// Wraps all rows for a width, unless they already are.
    fn rewrap(&mut self, width: usize) {
        if width == self.width && self.wrapped.len() == self.rows.len() {
            return;
        }
        let widths = self.rows.iter().map(|row| match row {
            PopupRow::Entry(label, _) => width::display_width(label),
            PopupRow::Heading(_) => 0,
        });
        let label_width = (widths.max().unwrap_or(0) + 2).min(width / 2);
        let rows = self.rows.iter().enumerate();
        self.wrapped = rows.map(|(index, row)| row.wrap(index, label_width, width)).collect();
        (self.label_width, self.width) = (label_width, width);
    }

    /// Returns how many lines of text are visible at once.
    pub fn visible_rows(&self) -> usize {
        usize::from(self.area.height.saturating_sub(FRAME_ROWS))
    }

    /// Scrolls to a line, or as far as possible.
    pub fn scroll_to(&mut self, line: usize) {
        self.scroll = line.min(self.lines.len().saturating_sub(self.visible_rows()));
    }

    /// Returns the lines of the rows that match the filter. Headings without rows are left out.
    fn filtered_lines(&self) -> Vec<PopupLine> {
        let filter = self.filter.text();
        let lower_filter = filter.to_lowercase();
        let mut heading = None;
        let mut lines = Vec::new();
        for row in &self.wrapped {
            match &row.search_text {
                None => heading = Some(row),
                Some(text) if lower_filter.split_whitespace().all(|word| text.contains(word)) => {
                    let heading = heading.take().into_iter();
                    lines.extend(heading.chain([row]).flat_map(|row| &row.lines).cloned());
                }
                Some(_) => {}
            }
        }
        if lines.is_empty() && !filter.is_empty() {
            let text = format!("nothing here has “{}”", clean::clean(filter));
            let text =
                width::truncate(&text, self.width.saturating_sub(self.label_width)).into_owned();
            let row = usize::MAX;
            lines.push(PopupLine { label: String::new(), text, is_heading: false, row });
        }
        lines
    }
}

impl Component for TextPopupState {
    /// Moves the selection, scrolls, or edits the filter.
    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        if self.move_selection(command) {
            return Some(Vec::new());
        }
        let page = self.visible_rows().max(1);
        let target = match command {
            Command::ScrollDown => self.scroll + 1,
            Command::ScrollUp => self.scroll.saturating_sub(1),
            Command::ScrollPageDown => self.scroll + page,
            Command::ScrollPageUp => self.scroll.saturating_sub(page),
            Command::ScrollTop => 0,
            Command::ScrollBottom => usize::MAX,
            _ => {
                if self.filter.edit(command) {
                    self.lay_out(context.screen);
                }
                return command.edits_text().then(Vec::new);
            }
        };
        self.scroll_to(target);
        Some(Vec::new())
    }

    /// Types a text into the filter.
    fn insert(&mut self, text: &str, context: &Context<'_>) -> Vec<Request> {
        self.filter.insert(text);
        self.lay_out(context.screen);
        Vec::new()
    }

    /// Selects the next or previous row, or scrolls if rows cannot be selected.
    fn wheel(&mut self, down: bool, rows: usize, _context: &Context<'_>) -> Vec<Request> {
        if !self.move_selection(if down { Command::ScrollDown } else { Command::ScrollUp }) {
            let target = if down { self.scroll + rows } else { self.scroll.saturating_sub(rows) };
            self.scroll_to(target);
        }
        Vec::new()
    }

    /// Scrolls to the top, and to the selected row if there is one.
    fn lay_out(&mut self, screen: Size) {
        TextPopupState::lay_out(self, screen);
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        vec![
            Hint::remark("type to filter"),
            Hint::keys(&[Command::ScrollUp, Command::ScrollDown], "scroll"),
            Hint::keys(&[Command::StepBack], "back"),
        ]
    }
}

impl PopupRow {
    /// Wraps this row, which has the index `row`.
    fn wrap(&self, row: usize, label_width: usize, width: usize) -> WrappedRow {
        match self {
            PopupRow::Heading(label) => {
                let line =
                    PopupLine { label: label.clone(), text: String::new(), is_heading: true, row };
                WrappedRow { search_text: None, lines: vec![line] }
            }
            PopupRow::Entry(label, text) => WrappedRow {
                search_text: Some(format!("{label} {text}").to_lowercase()),
                lines: entry_lines(row, label, text, label_width, width),
            },
        }
    }
}

/// Wraps the label and the text of an entry, each in its own column.
fn entry_lines(
    row: usize,
    label: &str,
    text: &str,
    label_width: usize,
    width: usize,
) -> Vec<PopupLine> {
    let text = clean::clean(text);
    let labels = wrap(label, label_width.saturating_sub(2));
    let texts = wrap(&text, width.saturating_sub(label_width));
    let line = |text: &str, ranges: &[std::ops::Range<usize>], index: usize| {
        ranges.get(index).and_then(|range| text.get(range.clone())).unwrap_or("").to_owned()
    };
    (0..labels.len().max(texts.len()))
        .map(|index| PopupLine {
            label: line(label, &labels, index),
            text: line(&text, &texts, index),
            is_heading: false,
            row,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Size = Size { width: 80, height: 24 };

    fn problems(count: usize) -> TextPopupState {
        // Each is of a kind of its own.
        let message = |line| format!("something {} is odd here", "x".repeat(line));
        let row = |line| {
            PopupRow::Entry("warning".to_owned(), format!("page.txt:{line}: {}", message(line)))
        };
        let mut popup = TextPopupState::new("problems", (1..=count).map(row).collect(), SCREEN);
        popup.cursor = (count > 0).then_some(0);
        popup
    }

    /// Returns the texts of the lines that match a filter.
    fn filtered(popup: &mut TextPopupState, filter: &str, screen: Size) -> Vec<String> {
        popup.filter = Prompt::with_text(filter.to_owned());
        popup.lay_out(screen);
        popup.lines.iter().map(|line| line.text.clone()).collect()
    }

    #[test]
    fn a_filter_keeps_the_rows_with_all_its_words() {
        let mut popup = problems(30);
        assert_eq!(filtered(&mut popup, "Page.txt:7 WARNING", SCREEN).len(), 1);
        assert_eq!(popup.area.height, 22, "the height does not change");
        assert_eq!(filtered(&mut popup, "", SCREEN).len(), 30);
        let narrow = Size { width: 24, ..SCREEN };
        assert!(filtered(&mut popup, "txt:7:", narrow).len() > 1, "wrapped again");
    }

    #[test]
    fn a_filter_without_matches_is_reported_in_one_line() {
        let mut popup = problems(3);
        assert_eq!(filtered(&mut popup, "zzz", SCREEN), ["nothing here has “zzz”"]);
        let narrow = Size { width: 24, ..SCREEN };
        assert_eq!(filtered(&mut popup, &"z".repeat(99), narrow), ["nothing he…"]);
        assert_eq!(filtered(&mut problems(0), "", SCREEN), [""; 0]);
    }

    #[test]
    fn filtering_does_not_wrap_again() {
        let mut popup = problems(3);
        // The wrapped lines are kept, even if the rows were different now.
        for row in &mut popup.rows {
            *row = PopupRow::Entry("other".to_owned(), "other".to_owned());
        }
        assert_eq!(filtered(&mut popup, "odd", SCREEN).len(), 3);
    }
}
