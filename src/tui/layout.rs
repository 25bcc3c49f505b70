//! The layout: divides the screen among the panes, from its size and the open panes.
//!
//! A narrow screen has the detail below the list, a very narrow one shows only one of them:
//!
//! ```text
//! archive.toml                                201–210 of 552     title
//! ▌ 201  1945-07-12  Record of a Meeting Between T.V. Soo…       list
//!   202  1950-07-13  Cable No. 3355, Filippov [Stalin] to…
//! ───────────────────────────────────────────────── 40 % ─       rule
//!  July 12, 1945                                                 detail
//!  Record of a Meeting Between T.V. Soong and Stalin
//! / harimann                                                     filter bar
//!   no “harimann”: showing Harriman                              message line
//! page 1 of 1 · 10 of 10 shown · archive order                   status
//! ```
//!
//! A wide screen has them side by side:
//!
//! ```text
//! archive.toml                                         201–210 of 552     title
//! ▌ 201  1945-07-12  Record of …  │  July 12, 1945                        list, rule, detail
//!   202  1950-07-13  Cable No. …  │  Record of a Meeting Between …
//! / soong                                                                 filter bar
//!   / filter   ←→ pages   Enter read                                      message line
//! page 1 of 1 · 10 of 10 shown · archive order                            status
//! ```

/// The size of the terminal in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// The number of columns.
    pub width: u16,
    /// The number of rows.
    pub height: u16,
}

/// A rectangle of cells, counted from 0 at the top left. An empty one is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub x: u16,
    /// The first row.
    pub y: u16,
    /// The number of columns.
    pub width: u16,
    /// The number of rows.
    pub height: u16,
}

impl Area {
    /// Whether a cell is in the area.
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }

    /// Whether the area has no cells.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }
}

/// Which panes the user has open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenPanes {
    /// List and detail. If the screen is too small for both, one of them is shown.
    Both {
        /// Whether the one to show is the detail.
        detail_first: bool,
    },
    /// Only the list.
    ListOnly,
    /// Only the detail, over the whole width.
    DetailOnly,
}

/// The maximum width of a screen with the detail below the list.
pub const MAX_STACKED_WIDTH: u16 = 84;
/// The maximum width of a screen with only one of list and detail.
pub const MAX_SINGLE_WIDTH: u16 = 60;
/// The maximum width of a text in the detail.
const MAX_TEXT_WIDTH: u16 = 90;
/// The maximum width of a detail next to a list: the text and its margins.
const MAX_DETAIL_WIDTH: u16 = 94;
/// The minimum number of rows for list and detail below each other.
const MIN_STACKED_ROWS: u16 = 8;

/// The areas of all parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The whole screen.
    pub screen: Size,
    /// The title line.
    pub title: Area,
    /// The list.
    pub list: Area,
    /// The rule between list and detail: a row or a column.
    pub rule: Area,
    /// The detail.
    pub detail: Area,
    /// The filter bar.
    pub filter_bar: Area,
    /// The message line under the filter bar.
    pub message_line: Area,
    /// The status line.
    pub status: Area,
}

impl Layout {
    /// Lays out a screen of any size.
    ///
    /// A low screen first loses the message line, then the title, the status line and the filter
    /// bar. The panes have the other rows.
    pub fn new(screen: Size, panes: OpenPanes) -> Layout {
        let Size { width, height } = screen;
        let line = |y: u16, is_shown: bool| Area { x: 0, y, width, height: u16::from(is_shown) };
        let title = line(0, height >= 5);
        let status = line(height.saturating_sub(1), height >= 4);
        let message_row = height.saturating_sub(1 + status.height);
        let message_line = line(message_row, height >= 7);
        let filter_bar =
            line(height.saturating_sub(1 + status.height + message_line.height), height >= 3);
        let lines = title.height + status.height + message_line.height + filter_bar.height;
        let body = Area { x: 0, y: title.height, width, height: height.saturating_sub(lines) };
        let without_panes =
            Layout { screen, title, filter_bar, message_line, status, ..Layout::default() };
        without_panes.with_panes(body, panes)
    }

    /// Divides the rows between title and filter bar among the open panes.
    fn with_panes(self, body: Area, panes: OpenPanes) -> Layout {
        let detail_first =
            matches!(panes, OpenPanes::DetailOnly | OpenPanes::Both { detail_first: true });
        let is_single = body.width <= MAX_SINGLE_WIDTH || !matches!(panes, OpenPanes::Both { .. });
        if is_single && detail_first {
            return Layout { detail: body, ..self };
        }
        if is_single {
            return Layout { list: body, ..self };
        }
        if body.width <= MAX_STACKED_WIDTH {
            return self.stacked(body, detail_first);
        }
        let detail_width = (body.width.saturating_mul(9) / 20).min(MAX_DETAIL_WIDTH);
        let list_width = body.width - detail_width - 1;
        let column = |x, width| Area { x, width, ..body };
        Layout {
            list: column(0, list_width.saturating_sub(1)),
            rule: column(list_width, 1),
            detail: column(list_width + 1, detail_width),
            ..self
        }
    }

    /// Puts the list above the detail, or shows only one of them if there are too few rows.
    fn stacked(self, body: Area, detail_first: bool) -> Layout {
        if body.height < MIN_STACKED_ROWS {
            let (list, detail) =
                if detail_first { (Area::default(), body) } else { (body, Area::default()) };
            return Layout { list, detail, ..self };
        }
        let list_height = body.height / 2;
        let rows = |y, height| Area { y, height, ..body };
        Layout {
            list: rows(body.y, list_height),
            rule: rows(body.y + list_height, 1),
            detail: rows(body.y + list_height + 1, body.height - list_height - 1),
            ..self
        }
    }

    /// Returns how many rows the list has, at least 1.
    pub fn list_rows(&self) -> usize {
        usize::from(self.list.height.max(1))
    }

    /// Returns the width of the text in the detail, which has a margin of one column on each side.
    pub fn text_width(&self) -> usize {
        usize::from(self.detail.width.saturating_sub(2).clamp(1, MAX_TEXT_WIDTH))
    }

    /// Whether list and detail are side by side.
    pub fn is_side_by_side(&self) -> bool {
        self.rule.width == 1
    }
}
