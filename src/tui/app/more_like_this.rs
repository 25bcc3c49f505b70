//! Records like the one under the cursor, and the way back to what was shown before.

use super::history::View;
use super::workspace::Workspace;
use crate::query::like_filter;
use crate::tui::component::Request;
use crate::tui::modes::Pane;
use crate::tui::notice::Notice;

/// A filter for records like one, and what was shown before it.
#[derive(Clone, Debug)]
pub(super) struct LikeView {
    /// The text of the filter.
    filter: String,
    /// What was shown before.
    before: View,
}

impl Workspace {
    /// Replaces the filter by one for the records that are like the selected one, the most similar first.
    pub(super) fn show_similar(&mut self) -> Vec<Request> {
        let Some(row) = self.panes.list.selected() else { return Vec::new() };
        let Some(filter) = like_filter(&row.record) else {
            return vec![Notice::NoNameForFilter.into()];
        };
        let before = self.current_view();
        // Those that were left in another way are not come back to.
        while self.like_views.pop_if(|view| view.filter != before.filter).is_some() {}
        self.like_views.push(LikeView { filter: filter.clone(), before });
        self.history.push();
        let similar = View { filter, order: None, record: None };
        vec![Request::Enter(Pane::List), self.show_view(&similar)]
    }

    /// Shows again what was shown before the filter for records like one, if that is still the filter.
    pub(super) fn leave_like_view(&mut self) -> Option<Request> {
        let view = self.like_views.pop()?;
        if view.filter != self.panes.filter_bar.text() {
            self.like_views.clear();
            return None;
        }
        self.history.push();
        Some(self.show_view(&view.before))
    }
}
