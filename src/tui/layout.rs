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
    /// Returns an area of this size in the middle of a screen, at most as large as the screen.
    pub(crate) fn centred(width: usize, height: usize, screen: Size) -> Area {
        let width = u16::try_from(width).unwrap_or(u16::MAX).min(screen.width);
        let height = u16::try_from(height).unwrap_or(u16::MAX).min(screen.height);
        Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
    }

    /// Whether a cell is in the area.
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }

    /// Whether the area is at least of this size.
    fn holds(self, size: Size) -> bool {
        self.width >= size.width && self.height >= size.height
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

/// A line over the whole width, which gives way to the panes where there are few rows.
struct Line {
    /// The area of the line.
    area: fn(&mut Layout) -> &mut Area,
    /// Lines with a smaller number give way first.
    priority: u8,
    /// How many rows the panes must have beside this line and those that stay longer.
    pane_rows: u16,
}

/// The lines above the panes, from top to bottom.
const LINES_ABOVE: [Line; 1] =
    [Line { area: |layout| &mut layout.title, priority: 2, pane_rows: 2 }];

/// The lines below the panes, from top to bottom.
const LINES_BELOW: [Line; 3] = [
    Line { area: |layout| &mut layout.filter_bar, priority: 4, pane_rows: 2 },
    Line { area: |layout| &mut layout.message_line, priority: 1, pane_rows: 3 },
    Line { area: |layout| &mut layout.status, priority: 3, pane_rows: 2 },
];

/// A way to show list and detail at once. It counts only if both have their smallest size.
struct Arrangement {
    /// The smallest list.
    list: Size,
    /// The smallest detail.
    detail: Size,
    /// Divides an area into list, rule and detail.
    divide: fn(Area) -> [Area; 3],
}

/// The ways to show list and detail at once, the best first. Where none fits, one of them is shown alone.
const ARRANGEMENTS: [Arrangement; 2] = [
    Arrangement {
        list: Size { width: 45, height: 0 },
        detail: Size { width: 38, height: 0 },
        divide: divide_beside,
    },
    Arrangement {
        list: Size { width: 61, height: 4 },
        detail: Size { width: 61, height: 3 },
        divide: divide_below,
    },
];

/// The number of columns before the text of the message line.
pub(crate) const MESSAGE_INDENT: usize = 2;
/// The maximum width of a text in the detail.
const MAX_TEXT_WIDTH: u16 = 90;
/// The maximum width of a detail next to a list: the text and its margins.
const MAX_DETAIL_WIDTH: u16 = 94;

/// Divides an area into a list, a column for the rule, and a detail. The list has an empty column before the rule.
fn divide_beside(body: Area) -> [Area; 3] {
    let detail_width = (body.width.saturating_mul(9) / 20).min(MAX_DETAIL_WIDTH);
    let list_width = body.width.saturating_sub(detail_width + 1);
    let column = |x, width| Area { x, width, ..body };
    [
        column(body.x, list_width.saturating_sub(1)),
        column(body.x + list_width, body.width.min(1)),
        column(body.x + body.width - detail_width, detail_width),
    ]
}

/// Divides an area into a list, a row for the rule, and a detail.
fn divide_below(body: Area) -> [Area; 3] {
    let list_height = body.height / 2;
    let detail_height = body.height.saturating_sub(list_height + 1);
    let rows = |y, height| Area { y, height, ..body };
    [
        rows(body.y, list_height),
        rows(body.y + list_height, body.height.min(1)),
        rows(body.y + body.height - detail_height, detail_height),
    ]
}

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

/// Returns the smallest priority of a line that is shown on a screen with this many rows.
fn least_priority(height: u16) -> u8 {
    let mut lines: Vec<&Line> = LINES_ABOVE.iter().chain(&LINES_BELOW).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.priority));
    let fits = |(rows, line): &(u16, &&Line)| height >= rows + line.pane_rows;
    let shown = (1_u16..).zip(&lines).take_while(fits);
    shown.last().map_or(u8::MAX, |(_, line)| line.priority)
}

impl Layout {
    /// Lays out a screen of any size.
    ///
    /// A low screen first loses the message line, then the title, the status line and the filter
    /// bar. The panes have the other rows.
    pub fn new(screen: Size, panes: OpenPanes) -> Layout {
        let Size { width, height } = screen;
        let mut layout = Layout { screen, ..Layout::default() };
        let least = least_priority(height);
        let mut y = 0;
        for line in LINES_ABOVE.iter().filter(|line| line.priority >= least) {
            *(line.area)(&mut layout) = Area { x: 0, y, width, height: 1 };
            y += 1;
        }
        let below = || LINES_BELOW.iter().filter(|line| line.priority >= least);
        let rows_below = u16::try_from(below().count()).unwrap_or(u16::MAX);
        let body = Area { x: 0, y, width, height: height.saturating_sub(y + rows_below) };
        y += body.height;
        for line in below() {
            *(line.area)(&mut layout) = Area { x: 0, y, width, height: 1 };
            y += 1;
        }
        layout.with_panes(body, panes)
    }

    /// Divides an area among the open panes.
    fn with_panes(self, body: Area, panes: OpenPanes) -> Layout {
        let detail_first =
            matches!(panes, OpenPanes::DetailOnly | OpenPanes::Both { detail_first: true });
        if matches!(panes, OpenPanes::Both { .. }) {
            for arrangement in ARRANGEMENTS {
                let [list, rule, detail] = (arrangement.divide)(body);
                if list.holds(arrangement.list) && detail.holds(arrangement.detail) {
                    return Layout { list, rule, detail, ..self };
                }
            }
        }
        if detail_first { Layout { detail: body, ..self } } else { Layout { list: body, ..self } }
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
