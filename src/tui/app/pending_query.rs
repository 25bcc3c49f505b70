//! The newest search, whose response alone is used.

use std::sync::Arc;

use super::scope::ShownRecords;
use crate::query::{
    Highlighter, Placement, Query, RowDetail, SearchRequest, SearchResponse, Target, parse,
};
use crate::record::OwnName;
use crate::tui::component::RowsToMark;
use crate::tui::effect::{Effect, Generation};
use crate::tui::notice::Notice;

/// The newest search, and what waits for its response.
#[derive(Clone, Debug, Default)]
pub(super) struct PendingQuery {
    /// The generation of the newest search.
    generation: Generation,
    /// The filter of the newest search.
    filter: ParsedFilter,
    /// The target of the newest search; `None` once its response has arrived.
    target: Option<Target>,
    /// The rows to mark once the response lists their records.
    rows_to_mark: Option<RowsToMark>,
    /// Whether the store was empty when the newest search began.
    store_was_empty: bool,
    /// Whether records were loaded since the newest search began.
    ///
    /// The search is repeated only after its response: restarting it at each update would starve
    /// it.
    has_new_records: bool,
}

/// The text of a filter and what it means.
#[derive(Clone, Debug, Default)]
struct ParsedFilter {
    text: String,
    /// The names of own fields when it was parsed.
    own_field_names: Arc<Vec<OwnName>>,
    query: Arc<Query>,
}

impl ParsedFilter {
    /// Parses a text, unless it is the one of the last time.
    fn parse(&mut self, text: &str, own_field_names: &Arc<Vec<OwnName>>) -> Arc<Query> {
        if self.text != text || !Arc::ptr_eq(&self.own_field_names, own_field_names) {
            *self = ParsedFilter {
                text: text.to_owned(),
                own_field_names: Arc::clone(own_field_names),
                query: Arc::new(parse(text, own_field_names)),
            };
        }
        Arc::clone(&self.query)
    }
}

impl PendingQuery {
    /// Starts a search with the current filter and order.
    pub(super) fn start(&mut self, target: Target, shown: ShownRecords<'_>) -> Effect {
        self.generation = self.generation.next();
        self.target = Some(target.clone());
        self.store_was_empty = shown.records.summary.is_empty();
        self.has_new_records = false;
        let own_field_names = &shown.records.summary.own_field_names;
        let query = self.filter.parse(shown.filter_bar.text(), own_field_names);
        let request = SearchRequest {
            query,
            order: shown.list.sort_override,
            target,
            page_size: shown.list.page_rows.max(1),
            user_marks: Arc::clone(shown.marks.for_filter()),
            selection: shown.marks.user_marks.marked.clone(),
            keep_duplicates: shown.list.keep_duplicates,
            row_detail: RowDetail::Duplicates,
            requested_rows: self.rows_to_mark.as_ref().map(|wanted| wanted.rows.clone()),
        };
        let backend = Arc::clone(&shown.records.backend);
        Effect::Search { generation: self.generation, request, backend }
    }

    /// Returns the target of a search that repeats the pending one, or else searches for the selected record.
    pub(super) fn repeated_target(&self, shown: ShownRecords<'_>) -> Target {
        let selected = shown.list.selected().map(|row| Target::Record(row.handle));
        self.target.clone().or(selected).unwrap_or(Target::Row(shown.list.cursor))
    }

    /// Asks for the records at rows, to mark them once the next response lists them.
    pub(super) fn mark_rows(&mut self, rows: RowsToMark) {
        self.rows_to_mark = Some(rows);
    }

    /// Returns the rows to mark.
    pub(super) fn take_rows_to_mark(&mut self) -> Option<RowsToMark> {
        self.rows_to_mark.take()
    }

    /// Whether the records that were just loaded wait for the response to the pending search. A search of an empty store
    /// is not waited for.
    pub(super) fn keeps_loaded_waiting(&mut self) -> bool {
        let waits = self.is_pending() && !self.store_was_empty;
        self.has_new_records |= waits;
        waits
    }

    /// Whether to search again, because records were loaded in the meantime.
    pub(super) fn is_outdated(&self) -> bool {
        self.has_new_records && !self.is_pending()
    }

    /// Forgets the pending search, to which there will be no response.
    pub(super) fn give_up(&mut self) {
        self.target = None;
        self.rows_to_mark = None;
    }

    /// Whether a search is pending.
    pub(super) fn is_pending(&self) -> bool {
        self.target.is_some()
    }

    /// Returns what finds the letters that the newest search matched.
    pub(super) fn highlighter(&self, response: &SearchResponse) -> Highlighter {
        Highlighter::new(&self.filter.query, &response.terms)
    }

    /// Whether this is the newest search.
    pub(super) fn is_newest(&self, generation: Generation) -> bool {
        generation == self.generation
    }

    /// Whether the newest search asks for a page by a token.
    pub(super) fn is_by_token(&self) -> bool {
        matches!(self.target, Some(Target::Page(_)))
    }

    /// Returns why the response has no row with the position that was asked for; `None` if it has one.
    pub(super) fn missing_position(&self, response: &SearchResponse) -> Option<Notice> {
        let (Some(Target::Position(position)), None) = (&self.target, response.placement.row())
        else {
            return None;
        };
        Some(match response.placement {
            Placement::Missing => Notice::NoPosition(*position),
            Placement::Row(_) | Placement::FilteredOut => {
                Notice::NotShown { position: *position, shown: response.match_count.count() }
            }
        })
    }

    /// Ends the search, because its response has arrived. Returns whether it asked for a page by a token.
    pub(super) fn finish(&mut self) -> bool {
        let is_by_token = self.is_by_token();
        self.target = None;
        is_by_token
    }
}
