//! All panes and their areas: which of them a command, a click or the wheel is for.

use std::sync::Arc;

use super::detail::state::{DetailState, RecordContext};
use super::filter_bar::state::FilterBarState;
use super::list::state::ListState;
use crate::query::{Highlighter, SearchResponse};
use crate::tui::app::marks::MarksState;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request, ViewRequest};
use crate::tui::hint::Hint;
use crate::tui::layout::{Layout, OpenPanes};
use crate::tui::modes::Pane;
use crate::tui::records::OpenRecords;

/// The panes.
#[derive(Clone, Debug)]
pub struct Panes {
    /// The list pane.
    pub list: ListState,
    /// The detail pane.
    pub detail: DetailState,
    /// The filter bar.
    pub filter_bar: FilterBarState,
    /// The areas of the screen.
    pub layout: Layout,
    /// Whether the detail is hidden.
    pub detail_hidden: bool,
    /// Finds the letters to highlight, from the last response.
    pub highlighter: Arc<Highlighter>,
}

impl Panes {
    /// Returns the panes before the first records are read.
    pub(crate) fn new(list: ListState, filter: &str, detail_hidden: bool) -> Panes {
        Panes {
            list,
            detail: DetailState::default(),
            filter_bar: FilterBarState::with_text(filter),
            layout: Layout::default(),
            detail_hidden,
            highlighter: Arc::default(),
        }
    }

    /// Runs a command in the pane that has the keyboard, or else in another one that knows it.
    pub(crate) fn run(
        &mut self,
        command: Command,
        count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        let Panes { list, detail, filter_bar, .. } = self;
        let panes: &mut [&mut dyn Component] = match context.pane {
            Pane::FilterBar => &mut [filter_bar, list, detail],
            Pane::List => &mut [list, detail],
            Pane::Detail | Pane::FullWidth => &mut [detail, list],
        };
        panes.iter_mut().find_map(|pane| pane.run(command, count, context))
    }

    /// Returns the most useful keys of the pane that has the keyboard.
    pub(crate) fn hints(&self, context: &Context<'_>) -> Vec<Hint> {
        match context.pane {
            Pane::List => self.list.hints(context),
            Pane::Detail | Pane::FullWidth => self.detail.hints(context),
            Pane::FilterBar => self.filter_bar.hints(context),
        }
    }

    /// Returns what a click on a cell asks for: the row that was clicked, or the keyboard for the pane.
    pub(crate) fn click(&self, (x, y): (u16, u16), pane: Pane) -> Vec<Request> {
        let Layout { list, filter_bar, detail, .. } = self.layout;
        if list.contains(x, y) {
            let row = self.list.first_row + usize::from(y - list.y);
            let is_row = row < self.list.first_row + self.list.rows.len();
            let enter = std::iter::once(Request::Enter(Pane::List));
            return enter
                .chain(is_row.then_some(Request::View(ViewRequest::GoToRow(row))))
                .collect();
        }
        match () {
            () if filter_bar.contains(x, y) => vec![Request::Enter(Pane::FilterBar)],
            () if detail.contains(x, y) && pane != Pane::FullWidth => {
                vec![Request::Enter(Pane::Detail)]
            }
            () => Vec::new(),
        }
    }

    /// Turns the wheel over the pane at a cell.
    pub(crate) fn wheel(
        &mut self,
        (x, y): (u16, u16),
        down: bool,
        rows: usize,
        context: &Context<'_>,
    ) -> Vec<Request> {
        if self.layout.list.contains(x, y) {
            self.list.wheel(down, rows, context)
        } else if self.layout.detail.contains(x, y) {
            self.detail.wheel(down, rows, context)
        } else {
            Vec::new()
        }
    }

    /// Divides the screen among the panes. Returns whether another page of the list is to be shown.
    pub(crate) fn lay_out(&mut self, pane: Pane) -> bool {
        let detail_first = pane == Pane::Detail;
        let open = match (pane, self.detail_hidden) {
            (Pane::FullWidth, _) => OpenPanes::DetailOnly,
            (_, true) => OpenPanes::ListOnly,
            (_, false) => OpenPanes::Both { detail_first },
        };
        self.layout = Layout::new(self.layout.screen, open);
        let rows = (!self.layout.list.is_empty()).then(|| self.layout.list_rows());
        self.list.set_height(rows)
    }

    /// Shows the selected record in the detail.
    pub(crate) fn show_selected(&mut self, records: &OpenRecords, marks: &MarksState) {
        let row = self.list.selected();
        let context = RecordContext {
            records,
            user_marks: &marks.user_marks,
            draft: row.and_then(|row| marks.draft(&row.record)),
            highlighter: &self.highlighter,
            width: self.layout.text_width(),
            rows: usize::from(self.layout.detail.height),
        };
        self.detail.show_record(row, &context);
    }

    /// Shows the page of a response. If the page was asked for by a token, the cursor stays on its row of the page.
    pub(crate) fn show_page(
        &mut self,
        response: &SearchResponse,
        highlighter: Highlighter,
        is_by_token: bool,
    ) {
        self.highlighter = Arc::new(highlighter);
        self.list.show_page(response, &self.highlighter, is_by_token);
    }
}
