//! Drawing only: the state of the screen becomes cells. Nothing is changed or decided here.
//!
//! ```text
//! archive.toml                                201–210 of 552     title line
//! ▌ 201  1945-07-12  Record of a Meeting Between T.V. Soo…       list
//!   202  1950-07-13  Cable No. 3355, Filippov [Stalin] to…
//! ───────────────────────────────────────────────────────        rule, with how far one has read
//!  July 12, 1945                                                 detail
//!  Record of a Meeting Between T.V. Soong and Stalin
//! / soong                                                        filter bar
//!   / filter   ←→ pages   Enter read                             hint line
//! page 1 of 1 · 10 of 10 shown · archive order                   status line
//! ```

mod chooser;
mod detail;
mod filter_bar;
pub mod links;
mod list;
pub mod picture;
mod popup;
mod spans;
mod status;
pub mod theme;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::App;
use crate::app::layout::Area;
use theme::Theme;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    status::draw_title(frame, app, theme);
    list::draw(frame, app, theme);
    detail::draw_rule(frame, app, theme);
    detail::draw(frame, app, theme);
    filter_bar::draw(frame, app, theme);
    status::draw_hint(frame, app, theme);
    status::draw_status(frame, app, theme);
    chooser::draw(frame, app, theme);
    popup::draw(frame, app, theme);
}

/// An area as ratatui's rectangle, never beyond the frame.
fn rect(frame: &Frame, area: Area) -> Rect {
    within(frame.area(), area)
}

/// An area as ratatui's rectangle, never beyond the screen.
fn within(screen: Rect, area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height).intersection(screen)
}
