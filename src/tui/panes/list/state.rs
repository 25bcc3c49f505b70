//! The state of the list: one page of records, the cursor, and the page arithmetic.

use std::ops::Range;
use std::sync::Arc;

use crate::query::{Highlighter, Order, OrderBy, Row, SearchResponse};
use crate::record::{Field, Record};
use crate::store::RecordNumber;
use crate::text::clean;
use crate::tui::command::Command;

/// A row of the list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// The number of the record in the store.
    pub number: RecordNumber,
    /// The record.
    pub record: Arc<Record>,
    /// The position in the archive; empty if it has none.
    pub position: String,
    /// The date in its narrow form.
    pub date: String,
    /// Whether the date matches a date in the filter.
    pub date_matches: bool,
    /// The title, or the first words of the summary after a sign.
    pub heading: String,
    /// Whether the heading is the title.
    pub has_title: bool,
    /// The letters of the heading that matched, as byte ranges.
    pub highlights: Vec<Range<usize>>,
}

impl ListRow {
    /// Prepares a record of a response for the list.
    fn new(row: &Row, highlighter: &Highlighter) -> ListRow {
        let record = Arc::clone(&row.record);
        let has_title = record.title().is_some();
        let heading = clean::clean(&record.list_heading()).into_owned();
        let field = if has_title { Field::Title } else { Field::Summary };
        let position = record.position.map(|position| position.to_string()).unwrap_or_default();
        ListRow {
            number: row.number,
            date: record.date.column(),
            position,
            date_matches: highlighter.matches_date(record.date.parsed),
            highlights: highlighter.field_ranges(field, &heading),
            heading,
            has_title,
            record,
        }
    }
}

/// The state of the list.
#[derive(Clone, Debug)]
pub struct ListState {
    /// The rows of the page.
    pub rows: Vec<ListRow>,
    /// The number of the first row of the page among all matches, counted from 0.
    pub first_row: usize,
    /// The number of the selected row among all matches, counted from 0.
    pub cursor: usize,
    /// How many records match the filter.
    pub match_count: usize,
    /// How many records there are in all.
    pub total: usize,
    /// How many rows a page has.
    pub page_rows: usize,
    /// The order chosen by the user; `None` for the default order of the filter.
    pub sort_override: Option<Order>,
    /// The order of the rows.
    pub order: Order,
    /// How many undated records the date filter excludes.
    pub excluded_undated: usize,
    /// Whether duplicates are shown.
    pub keep_duplicates: bool,
    /// The number typed before a command (`12G`).
    pub typed_count: Option<usize>,
}

impl Default for ListState {
    fn default() -> ListState {
        ListState {
            rows: Vec::new(),
            first_row: 0,
            cursor: 0,
            match_count: 0,
            total: 0,
            page_rows: 1,
            sort_override: None,
            order: Order { by: OrderBy::Archive, reversed: false },
            excluded_undated: 0,
            keep_duplicates: false,
            typed_count: None,
        }
    }
}

impl ListState {
    /// Returns the selected row; `None` if its page has not arrived or the list is empty.
    pub fn selected(&self) -> Option<&ListRow> {
        self.rows.get(self.cursor.checked_sub(self.first_row)?)
    }

    /// Shows the page of a response.
    pub fn show_page(&mut self, response: &SearchResponse) {
        self.rows =
            response.rows.iter().map(|row| ListRow::new(row, &response.highlighter)).collect();
        self.first_row = response.first_row;
        self.cursor = response.target_row.unwrap_or(response.first_row);
        self.match_count = response.match_count;
        self.total = response.total;
        self.order = response.order;
        self.excluded_undated = response.excluded_undated;
    }

    /// Returns the page of the cursor, counted from 0.
    pub fn page_index(&self) -> usize {
        self.cursor / self.page_rows.max(1)
    }

    /// Returns how many pages there are, at least 1.
    pub fn page_count(&self) -> usize {
        self.match_count.div_ceil(self.page_rows.max(1)).max(1)
    }

    /// Whether `rows` is the page of the cursor.
    pub fn has_current_page(&self) -> bool {
        self.first_row == self.page_index() * self.page_rows.max(1) && self.selected().is_some()
    }

    /// Returns where a command moves the cursor, or `None` if it does not move it.
    ///
    /// `count` is the number typed before the command. Turning a page keeps the row on the page.
    pub fn cursor_after(&self, command: Command, count: Option<usize>) -> Option<usize> {
        let last = self.match_count.saturating_sub(1);
        let times = count.unwrap_or(1);
        let rows = self.page_rows.max(1);
        let down = |by: usize| self.cursor.saturating_add(by).min(last);
        let target = match command {
            Command::NextRow => down(times),
            Command::PreviousRow => self.cursor.saturating_sub(times),
            Command::HalfPageDown => down(times.saturating_mul(rows.div_ceil(2))),
            Command::HalfPageUp => {
                self.cursor.saturating_sub(times.saturating_mul(rows.div_ceil(2)))
            }
            Command::NextPage if self.page_index() + 1 == self.page_count() => self.cursor,
            Command::NextPage => down(times.saturating_mul(rows)),
            Command::PreviousPage => {
                let page = self.page_index().saturating_sub(times);
                if self.page_index() == 0 { self.cursor } else { page * rows + self.cursor % rows }
            }
            Command::FirstRow => count.map_or(0, |row| row.saturating_sub(1)).min(last),
            Command::LastRow => count.map_or(last, |row| row.saturating_sub(1)).min(last),
            _ => return None,
        };
        Some(target)
    }

    /// Returns the order after the current one, not reversed.
    ///
    /// Relevance is left out without a filter.
    pub fn next_order(&self, has_filter: bool) -> Order {
        let all = [OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive];
        let orders = if has_filter { &all[..] } else { &all[1..] };
        let index = orders.iter().position(|by| *by == self.order.by).map_or(0, |index| index + 1);
        let by = orders.get(index % orders.len()).copied().unwrap_or(OrderBy::Archive);
        Order { by, reversed: false }
    }

    /// Returns which records the page shows, for the title line.
    ///
    /// It is `201–210 of 552` if the positions are consecutive and the archive states its total,
    /// else
    /// `4 of 10`. The position of a single row is used only if all records are shown: for one
    /// match,
    /// `11 of 27` would look like a number of matches.
    pub fn page_range(&self, archive_total: Option<u64>) -> String {
        let positions: Option<Vec<u64>> = self.rows.iter().map(|row| row.record.position).collect();
        let consecutive = positions.filter(|positions| {
            positions.windows(2).all(|two| two[0].checked_add(1) == Some(two[1]))
        });
        match (consecutive.as_deref(), archive_total) {
            (Some([only]), Some(total)) if self.match_count == self.total => {
                format!("{only} of {total}")
            }
            (Some([first, .., last]), Some(total)) => format!("{first}–{last} of {total}"),
            _ => format!("{} of {}", self.match_count, self.total),
        }
    }
}
