//! A popup over the panes: all keys, or the problems; a text that can be filtered and scrolled.

use tui_input::Input;

use crate::record::Problem;
use crate::text::wrap::wrap;
use crate::text::{clean, width};
use crate::tui::action::{Command, Excerpt};
use crate::tui::key_map::{Focus, Keymap};
use crate::tui::layout::{Area, Size};

/// The rows that are no text: two borders and the line of the filter.
const FRAME_ROWS: u16 = 3;
/// The widest a popup becomes.
const WIDEST: u16 = 88;

/// A row of a popup before it is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PopupRow {
    /// A heading over the rows that follow.
    Heading(String),
    /// Something, and what it does.
    Entry(String, String),
}

/// A line of a popup as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PopupLine {
    /// What stands at the left, empty where a row goes on.
    pub label: String,
    /// What stands beside it.
    pub text: String,
    /// Whether it is a heading; then only the label is there.
    pub heading: bool,
    /// The row it is a line of.
    pub row: usize,
}

/// The state of a popup.
#[derive(Clone, Debug)]
pub struct PopupState {
    /// What it is about.
    pub title: String,
    /// The reader's filter: only rows with this text in them are shown.
    pub filter: Input,
    /// The first line that is shown.
    pub scroll: usize,
    /// Where it stands.
    pub area: Area,
    /// The lines that the filter leaves.
    pub lines: Vec<PopupLine>,
    /// How many columns the labels take, with the gap behind them.
    pub label_width: usize,
    /// The row that is selected, where rows can be.
    pub cursor: Option<usize>,
    /// The popup that this one was opened from.
    pub(crate) below: Option<Box<PopupState>>,
    /// What the rows are, where they are problems.
    problems: Vec<Problem>,
    rows: Vec<PopupRow>,
    /// The rows in lines of `width` columns.
    wrapped: Vec<WrappedRow>,
    width: usize,
}

/// A row of a popup as it is shown at some width.
#[derive(Clone, Debug)]
struct WrappedRow {
    /// What the filter looks at, in small letters; a heading has nothing of its own.
    searched: Option<String>,
    lines: Vec<PopupLine>,
}

impl PopupState {
    /// All keys, from the live table.
    pub fn keys(keymap: &Keymap, from: Focus, screen: Size) -> PopupState {
        let all = [
            Focus::List,
            Focus::GoTo,
            Focus::Copy,
            Focus::Choice,
            Focus::FileName,
            Focus::Replace,
            Focus::Note,
            Focus::Detail,
            Focus::Reading,
            Focus::Bar,
            Focus::CommandLine,
            Focus::Popup,
        ];
        let rest = all.into_iter().filter(|place| *place != from);
        let places = std::iter::once(from).chain(rest).chain([Focus::Everywhere]);
        let rows = places.flat_map(|place| {
            let entry = |(keys, command): (String, crate::tui::action::Command)| {
                PopupRow::Entry(keys, command.says().to_owned())
            };
            std::iter::once(PopupRow::Heading(place.says().to_owned()))
                .chain(keymap.help(place).into_iter().map(entry))
        });
        PopupState::new("keys", rows.collect(), screen)
    }

    /// What could not be read, and what the reader should know.
    pub fn problems(problems: &[Problem], screen: Size) -> PopupState {
        let entry = |problem: &Problem| {
            let kind = if problem.is_fault() { "fault" } else { "note" };
            PopupRow::Entry(kind.to_owned(), problem.to_string())
        };
        let title =
            if problems.is_empty() { "no problems: everything was read" } else { "problems" };
        let mut popup = PopupState::new(title, problems.iter().map(entry).collect(), screen);
        popup.problems = problems.to_vec();
        popup.cursor = (!problems.is_empty()).then_some(0);
        popup
    }

    /// What stands at the place of a problem, over the list of problems.
    pub(crate) fn place(excerpt: &Excerpt, list: PopupState, screen: Size) -> PopupState {
        let said = excerpt.said.iter().map(|said| PopupRow::Entry("!".to_owned(), said.clone()));
        let lines = excerpt.lines.iter();
        let lines = lines.map(|(number, text)| PopupRow::Entry(number.to_string(), text.clone()));
        let at = excerpt.lines.iter().position(|(number, _)| Some(*number) == excerpt.line);
        let mut popup = PopupState::new(&excerpt.place, said.chain(lines).collect(), screen);
        popup.cursor = at.filter(|_| excerpt.said.is_none());
        popup.below = Some(Box::new(list));
        popup.show_cursor(popup.rows() / 3);
        popup
    }

    /// The keys that are most useful here.
    pub fn hint(&self) -> &'static str {
        match (self.problems.is_empty(), self.below.is_some()) {
            (_, true) => "type to filter · ↑↓ lines · Esc back to the problems",
            (false, _) => "type to filter · ↑↓ Enter shows the place · Esc closes",
            _ => "type to filter · ↑↓ scroll · Esc closes",
        }
    }

    /// The problem that is selected.
    pub(crate) fn selected(&self) -> Option<&Problem> {
        self.problems.get(self.cursor?)
    }

    /// Selects another row; whether rows of this popup can be.
    pub(crate) fn select(&mut self, command: Command) -> bool {
        let Some(cursor) = self.cursor else { return false };
        let mut shown: Vec<usize> = self.lines.iter().map(|line| line.row).collect();
        shown.dedup();
        let at = shown.iter().position(|row| *row == cursor).unwrap_or(0);
        let page = self.rows().max(1);
        let target = match command {
            Command::ScrollDown => at + 1,
            Command::ScrollUp => at.saturating_sub(1),
            Command::ScrollPageDown => at + page,
            Command::ScrollPageUp => at.saturating_sub(page),
            Command::ScrollTop => 0,
            Command::ScrollBottom => usize::MAX,
            _ => return false,
        };
        self.cursor = shown.get(target.min(shown.len().saturating_sub(1))).copied().or(self.cursor);
        self.show_cursor(0);
        true
    }

    /// Scrolls no further than the selected row asks for, with so many lines of others above it.
    fn show_cursor(&mut self, above: usize) {
        let Some(cursor) = self.cursor else { return };
        let Some(first) = self.lines.iter().position(|line| line.row == cursor) else { return };
        let lines = self.lines.iter().filter(|line| line.row == cursor).count();
        let least = (first + lines).saturating_sub(self.rows()).min(first);
        self.scroll_to(self.scroll.clamp(least, first));
        if above > 0 {
            self.scroll_to(first.saturating_sub(above));
        }
    }

    fn new(title: &str, rows: Vec<PopupRow>, screen: Size) -> PopupState {
        let mut popup = PopupState {
            title: title.to_owned(),
            filter: Input::default(),
            scroll: 0,
            area: Area::default(),
            lines: Vec::new(),
            label_width: 0,
            cursor: None,
            below: None,
            problems: Vec::new(),
            rows,
            wrapped: Vec::new(),
            width: 0,
        };
        popup.fit(screen);
        popup
    }

    /// Lays the popup out for a screen and for its filter, from the top.
    pub fn fit(&mut self, screen: Size) {
        // Nothing torn stands beside it: it has the whole width, or margins that can be read.
        let width = if screen.width < WIDEST + 16 { screen.width.min(WIDEST) } else { WIDEST };
        self.wrap(usize::from(width.saturating_sub(4)));
        // The height is that of all rows, so that the popup stands still while it is filtered.
        let all: usize = self.wrapped.iter().map(|row| row.lines.len()).sum();
        let most = screen.height.saturating_sub(2);
        let height =
            u16::try_from(all).map_or(most, |all| most.min(all.saturating_add(FRAME_ROWS)));
        let (x, y) = ((screen.width - width) / 2, (screen.height - height) / 2);
        self.area = Area { x, y, width, height };
        self.lines = self.left_by_filter();
        self.scroll = 0;
        if self.cursor.is_some_and(|row| self.lines.iter().all(|line| line.row != row)) {
            self.cursor = self.lines.first().map(|line| line.row).or(self.cursor);
        }
        self.show_cursor(0);
    }

    /// Wraps all rows into lines of a width, where they are not.
    fn wrap(&mut self, width: usize) {
        if width == self.width && self.wrapped.len() == self.rows.len() {
            return;
        }
        let widths = self.rows.iter().map(|row| match row {
            PopupRow::Entry(label, _) => width::columns(label),
            PopupRow::Heading(_) => 0,
        });
        let label_width = (widths.max().unwrap_or(0) + 2).min(width / 2);
        let rows = self.rows.iter().enumerate();
        self.wrapped = rows.map(|(at, row)| row.wrapped(at, label_width, width)).collect();
        (self.label_width, self.width) = (label_width, width);
    }

    /// How many lines of the text there is room for: borders and filter line taken off.
    pub fn rows(&self) -> usize {
        usize::from(self.area.height.saturating_sub(FRAME_ROWS))
    }

    /// Scrolls to a line, as far as there are lines.
    pub fn scroll_to(&mut self, line: usize) {
        self.scroll = line.min(self.lines.len().saturating_sub(self.rows()));
    }

    /// The lines of the rows that the filter leaves, without headings over nothing.
    fn left_by_filter(&self) -> Vec<PopupLine> {
        let filter = self.filter.value();
        let wanted = filter.to_lowercase();
        let mut heading = None;
        let mut lines = Vec::new();
        for row in &self.wrapped {
            match &row.searched {
                None => heading = Some(row),
                Some(text) if wanted.split_whitespace().all(|word| text.contains(word)) => {
                    let over = heading.take().into_iter();
                    lines.extend(over.chain([row]).flat_map(|row| &row.lines).cloned());
                }
                Some(_) => {}
            }
        }
        if lines.is_empty() && !filter.is_empty() {
            let text = format!("nothing here has “{}”", clean::clean(filter));
            let text = width::cut(&text, self.width.saturating_sub(self.label_width)).into_owned();
            let row = usize::MAX;
            lines.push(PopupLine { label: String::new(), text, heading: false, row });
        }
        lines
    }
}

impl PopupRow {
    /// The row, which is the one at this place, in lines of a width.
    fn wrapped(&self, row: usize, label_width: usize, width: usize) -> WrappedRow {
        match self {
            PopupRow::Heading(label) => {
                let line =
                    PopupLine { label: label.clone(), text: String::new(), heading: true, row };
                WrappedRow { searched: None, lines: vec![line] }
            }
            PopupRow::Entry(label, text) => WrappedRow {
                searched: Some(format!("{label} {text}").to_lowercase()),
                lines: entry_lines(row, label, text, label_width, width),
            },
        }
    }
}

/// The lines of one entry: its text is wrapped beside its label.
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
    let part = |of: &str, ranges: &[std::ops::Range<usize>], at: usize| {
        ranges.get(at).and_then(|range| of.get(range.clone())).unwrap_or("").to_owned()
    };
    (0..labels.len().max(texts.len()))
        .map(|at| PopupLine {
            label: part(label, &labels, at),
            text: part(&text, &texts, at),
            heading: false,
            row,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Size = Size { width: 80, height: 24 };

    fn problems(count: usize) -> PopupState {
        let note = |line| Problem::note("page.txt", Some(line), "something is odd here");
        PopupState::problems(&(1..=count).map(note).collect::<Vec<_>>(), SCREEN)
    }

    /// The lines that a filter leaves.
    fn filtered(popup: &mut PopupState, filter: &str, screen: Size) -> Vec<String> {
        popup.filter = Input::new(filter.to_owned());
        popup.fit(screen);
        popup.lines.iter().map(|line| line.text.clone()).collect()
    }

    #[test]
    fn a_filter_leaves_the_rows_with_its_words() {
        let mut popup = problems(30);
        assert_eq!(filtered(&mut popup, "Page.txt:7 NOTE", SCREEN).len(), 1);
        assert_eq!(popup.area.height, 22, "it stands still");
        assert_eq!(filtered(&mut popup, "", SCREEN).len(), 30);
        let narrow = Size { width: 24, ..SCREEN };
        assert!(filtered(&mut popup, "txt:7:", narrow).len() > 1, "wrapped anew");
    }

    #[test]
    fn a_filter_that_leaves_nothing_is_told_in_one_line() {
        let mut popup = problems(3);
        assert_eq!(filtered(&mut popup, "zzz", SCREEN), ["nothing here has “zzz”"]);
        let narrow = Size { width: 24, ..SCREEN };
        assert_eq!(filtered(&mut popup, &"z".repeat(99), narrow), ["nothing here …"]);
        assert_eq!(filtered(&mut problems(0), "", SCREEN), [""; 0]);
    }

    #[test]
    fn filtering_wraps_nothing_anew() {
        let mut popup = problems(3);
        // What was wrapped stays what it is, whatever the rows are by now.
        for row in &mut popup.rows {
            *row = PopupRow::Entry("other".to_owned(), "other".to_owned());
        }
        assert_eq!(filtered(&mut popup, "odd", SCREEN).len(), 3);
    }
}
