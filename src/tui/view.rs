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

use std::borrow::Cow;
use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::app::App;
use super::layout::Area;
use super::modes::{Mode, Overlay, OverlayPlace, Pane};
use super::overlays::{
    archive_name_prompt, command_prompt, confirm_replace, excerpt, file_name_prompt, help,
    next_keys, note_prompt, picker, problems,
};
use super::panes::all::Panes;
use super::panes::detail::view::DetailLook;
use super::panes::list::context::ListContext;
use super::panes::status::state::StatusContext;
use super::panes::{detail, filter_bar, list, status};
use super::theme::Theme;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App, theme: &Theme) {
    let workspace = &app.workspace;
    let panes = &workspace.panes;
    let status = status_context(app);
    status::view::draw_title(frame, &status, theme);
    let list_context = ListContext {
        records: &workspace.records,
        user_marks: &workspace.marks.user_marks,
        filter_bar: &panes.filter_bar,
        is_active: app.modes.pane() != Pane::Detail,
    };
    let area = rect(frame, panes.layout.list);
    list::view::draw(frame, area, &panes.list, &list_context, theme);
    let look = detail_look(app);
    detail::view::draw_rule(frame, &panes.detail, look, theme);
    detail::view::draw(frame, &panes.detail, look, theme);
    let overlay_place = app.modes.overlay_place();
    if overlay_place != Some(OverlayPlace::FilterBar) {
        draw_filter_bar(frame, app, theme);
    }
    if overlay_place != Some(OverlayPlace::MessageLine) {
        status::view::draw_message_line(frame, &status, theme);
    }
    status::view::draw_status(frame, &status, theme);
    draw_overlay(frame, app, theme);
    draw_next_keys(frame, app, theme);
}

/// Returns what the message line and the status line tell about.
fn status_context(app: &App) -> StatusContext<'_> {
    let workspace = &app.workspace;
    StatusContext {
        context: workspace.context(app.modes.pane()),
        mode: app.mode(),
        panes: &workspace.panes,
        overlay: app.modes.overlay(),
        shown: workspace.shown(),
        next_keys: app.next_keys(),
        notice: app.notice.as_ref(),
        no_answer: workspace.no_answer.as_deref(),
        coverage: &workspace.coverage,
        export: app.export.progress.as_ref(),
    }
}

/// Returns how the detail is shown.
pub(crate) fn detail_look(app: &App) -> DetailLook<'_> {
    let pane = app.modes.pane();
    let is_full_width = pane == Pane::FullWidth;
    DetailLook {
        layout: &app.workspace.panes.layout,
        is_full_width,
        is_active: pane == Pane::Detail,
    }
}

/// Draws the filter bar.
fn draw_filter_bar(frame: &mut Frame, app: &App, theme: &Theme) {
    let Panes { layout, filter_bar, .. } = &app.workspace.panes;
    let has_keyboard = app.mode() == Mode::FilterBar;
    filter_bar::view::draw(frame, rect(frame, layout.filter_bar), filter_bar, has_keyboard, theme);
}

/// Draws the topmost overlay.
fn draw_overlay(frame: &mut Frame, app: &App, theme: &Theme) {
    let Some(overlay) = app.modes.overlay() else { return };
    let key_map = &app.workspace.key_map;
    let layout = &app.workspace.panes.layout;
    let filter_bar = rect(frame, layout.filter_bar);
    let message_line = rect(frame, layout.message_line);
    match overlay {
        Overlay::CommandPrompt(it) => command_prompt::view::draw(frame, filter_bar, it, theme),
        Overlay::NotePrompt(it) => note_prompt::view::draw(frame, filter_bar, it, theme),
        Overlay::FileNamePrompt(it) => file_name_prompt::view::draw(frame, filter_bar, it, theme),
        Overlay::ArchiveNamePrompt(it) => {
            archive_name_prompt::view::draw(frame, filter_bar, it, theme);
        }
        Overlay::ConfirmReplace(it) => {
            confirm_replace::view::draw(frame, message_line, it, key_map, theme);
        }
        Overlay::Picker(it) => picker::view::draw(frame, layout.screen, it, theme),
        Overlay::Help(it) => help::view::draw(frame, it, key_map, theme),
        Overlay::Problems(it) => problems::view::draw(frame, it, key_map, theme),
        Overlay::Excerpt(it) => excerpt::view::draw(frame, it, key_map, theme),
    }
}

/// Draws the keys that may follow those that were pressed.
fn draw_next_keys(frame: &mut Frame, app: &App, theme: &Theme) {
    if let Some(keys) = app.next_keys_in_box() {
        let title = if keys.copies() {
            app.copying.title(app.workspace.shown())
        } else {
            keys.pressed.clone()
        };
        next_keys::view::draw(frame, app.workspace.panes.layout.screen, &title, &keys, theme);
    }
}

/// A row of the screen with text in it.
pub(crate) struct TextRow<'a> {
    /// The row.
    pub(crate) row: Rect,
    /// The number of columns before the text.
    pub(crate) indent: usize,
    /// The text.
    pub(crate) text: Cow<'a, str>,
}

/// Returns an area as a rectangle of ratatui, clipped to the frame.
pub(crate) fn rect(frame: &Frame, area: Area) -> Rect {
    within(frame.area(), area)
}

/// Returns an area as a rectangle of ratatui, clipped to the screen.
pub(crate) fn within(screen: Rect, area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height).intersection(screen)
}

/// Returns the text in `style`, with the byte ranges of `ranges` in `highlight`.
///
/// Ranges beyond the end of a truncated text are clipped.
pub(crate) fn highlighted<'a>(
    text: &'a str,
    ranges: &[Range<usize>],
    style: Style,
    highlight: Style,
) -> Vec<Span<'a>> {
    let mut spans = Vec::with_capacity(ranges.len() * 2 + 1);
    let mut end_of_last = 0;
    for range in ranges {
        let (start, end) =
            (range.start.clamp(end_of_last, text.len()), range.end.clamp(end_of_last, text.len()));
        spans.push(Span::styled(text.get(end_of_last..start).unwrap_or(""), style));
        spans.push(Span::styled(text.get(start..end).unwrap_or(""), style.patch(highlight)));
        end_of_last = end;
    }
    spans.push(Span::styled(text.get(end_of_last..).unwrap_or(""), style));
    spans.retain(|span| !span.content.is_empty());
    spans
}
