//! Drawing: turns the state of the screen into cells. It changes nothing.
//!
//! May use what `tui` may use, and ratatui. Start with [`draw`], which calls the `view.rs` of each
//! pane and overlay.
//!
//! ```text
//! archive.toml                                201–210 of 552     title line
//! ▌ 201  1945-07-12  Record of a Meeting Between T.V. Soo…       list
//!   202  1950-07-13  Cable No. 3355, Filippov [Stalin] to…
//! ───────────────────────────────────────────────────────        rule
//!  July 12, 1945                                                 detail
//!  Record of a Meeting Between T.V. Soong and Stalin
//! / soong                                                        filter bar
//!   / filter   ←→ pages   Enter read                             message line
//! page 1 of 1 · 10 of 10 shown · archive order                   status line
//! ```

pub mod hyperlink_cells;
pub(crate) mod spans;
pub mod svg;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::app::App;
use super::layout::Area;
use super::theme::Theme;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    super::panes::status::view::draw_title(frame, app, theme);
    super::panes::list::view::draw(frame, app, theme);
    super::panes::detail::view::draw_rule(frame, app, theme);
    super::panes::detail::view::draw(frame, app, theme);
    super::panes::filter_bar::view::draw(frame, app, theme);
    super::panes::status::view::draw_message_line(frame, app, theme);
    super::panes::status::view::draw_status(frame, app, theme);
    super::overlays::picker::view::draw(frame, app, theme);
    super::overlays::text_popup::view::draw(frame, app, theme);
}

/// Returns an area as a rectangle of ratatui, clipped to the frame.
pub(crate) fn rect(frame: &Frame, area: Area) -> Rect {
    within(frame.area(), area)
}

/// Returns an area as a rectangle of ratatui, clipped to the screen.
pub(crate) fn within(screen: Rect, area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height).intersection(screen)
}
