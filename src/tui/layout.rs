//! Where everything stands, as plain numbers: from the size of the terminal and the open panes.
//!
//! ```text
//!  archive.toml                         201–210 of 552     title
//!  ▌201  1945-07-12  Record of a Meeting                   list
//!  ──────────────────────────────────────────── 201 ──     rule
//!   July 12, 1945                                          detail, beside the list where it is wide
//!  /soong                                                  bar
//!   no “harimann”: showing Harriman                        hint
//!  page 1 of 1 · 10 of 10 · archive order                  status
//! ```

/// The size of the terminal in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of cells, counted from 0 at the top left. Nothing is shown where it is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub x: u16,
    /// The first row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether the cell lies in it.
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }

    /// Whether there is nothing to show.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }
}

/// Which panes the reader has open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panes {
    /// List and detail, as far as there is room for both; the flag says which one where not.
    Both {
        /// The reader is in the detail.
        detail_first: bool,
    },
    /// The list alone.
    ListOnly,
    /// The detail in full width.
    Reading,
}

/// At this width or less list and detail stand below each other.
pub const STACKED_WIDTH: u16 = 84;
/// At this width or less one of them stands alone.
pub const SINGLE_WIDTH: u16 = 60;
/// The widest detail pane beside a list: a text of 90 columns and its margins.
const WIDEST_DETAIL: u16 = 94;
/// Fewer rows than this do not show two panes below each other.
const LEAST_STACKED: u16 = 8;

/// Where everything stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The whole screen.
    pub screen: Size,
    /// The line that says which archive this is.
    pub title: Area,
    /// The records.
    pub list: Area,
    /// The line between list and detail: a row below each other, a column beside each other.
    pub rule: Area,
    /// The selected record.
    pub detail: Area,
    /// The filter bar.
    pub bar: Area,
    /// The line under the bar.
    pub hint: Area,
    /// The status line.
    pub status: Area,
}

impl Layout {
    /// Lays out a terminal of any size. Lines give way from the least needed one: hint, title,
    /// status, bar; what is left belongs to the panes.
    pub fn of(screen: Size, panes: Panes) -> Layout {
        let Size { width, height } = screen;
        let line = |y: u16, shown: bool| Area { x: 0, y, width, height: u16::from(shown) };
        let title = line(0, height >= 5);
        let status = line(height.saturating_sub(1), height >= 4);
        let hint_row = height.saturating_sub(1 + status.height);
        let hint = line(hint_row, height >= 7);
        let bar = line(height.saturating_sub(1 + status.height + hint.height), height >= 3);
        let lines = title.height + status.height + hint.height + bar.height;
        let body = Area { x: 0, y: title.height, width, height: height.saturating_sub(lines) };
        let outer = Layout { screen, title, bar, hint, status, ..Layout::default() };
        outer.with_body(body, panes)
    }

    /// Divides the body among the open panes.
    fn with_body(self, body: Area, panes: Panes) -> Layout {
        let detail_first = matches!(panes, Panes::Reading | Panes::Both { detail_first: true });
        let single = body.width <= SINGLE_WIDTH || !matches!(panes, Panes::Both { .. });
        if single && detail_first {
            return Layout { detail: body, ..self };
        }
        if single {
            return Layout { list: body, ..self };
        }
        if body.width <= STACKED_WIDTH {
            return self.stacked(body, detail_first);
        }
        let detail_width = (body.width.saturating_mul(9) / 20).min(WIDEST_DETAIL);
        let list_width = body.width - detail_width - 1;
        let column = |x, width| Area { x, width, ..body };
        Layout {
            list: column(0, list_width.saturating_sub(1)),
            rule: column(list_width, 1),
            detail: column(list_width + 1, detail_width),
            ..self
        }
    }

    /// List above, detail below; one of them alone where there are too few rows.
    fn stacked(self, body: Area, detail_first: bool) -> Layout {
        if body.height < LEAST_STACKED {
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

    /// How many rows the list shows at once, at least 1.
    pub fn list_rows(&self) -> usize {
        usize::from(self.list.height.max(1))
    }

    /// How wide the text of the detail is: a margin of a column on each side, at most 90 columns.
    pub fn text_width(&self) -> usize {
        usize::from(self.detail.width.saturating_sub(2).clamp(1, 90))
    }

    /// Whether list and detail stand beside each other.
    pub fn is_beside(&self) -> bool {
        self.rule.width == 1
    }
}
