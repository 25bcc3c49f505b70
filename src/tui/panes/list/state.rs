//! The state of the list: one page of records, the cursor, and the page arithmetic.

use std::sync::Arc;

use crate::query::{
    Cell, Column, Highlighter, Order, OrderBy, PageToken, PageTokens, PossibleDuplicate,
    RecordHandle, Row, SearchResponse, Total,
};
use crate::record::{FileSetId, Provenance, Record};
use crate::tui::command::Command;

/// A row of the list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// The handle of the record.
    pub handle: RecordHandle,
    /// The record.
    pub record: Arc<Record>,
    /// Where it is from.
    pub provenance: Provenance,
    /// The file sets of its duplicates.
    pub duplicates: Vec<FileSetId>,
    /// Some of the records that may be the same one.
    pub possible_duplicates: Vec<PossibleDuplicate>,
    /// What each column shows.
    pub cells: Vec<Cell>,
}

impl ListRow {
    /// Prepares a record of a response for the list.
    fn new(row: &Row, columns: &[Column], highlighter: &Highlighter) -> ListRow {
        let record = Arc::clone(&row.record);
        ListRow {
            handle: row.handle,
            provenance: row.provenance,
            duplicates: row.duplicates.clone(),
            possible_duplicates: row.possible_duplicates.clone(),
            cells: columns.iter().map(|column| column.cell(&record, highlighter)).collect(),
            record,
        }
    }
}

/// The state of the list.
#[derive(Clone, Debug)]
pub struct ListState {
    /// The rows of the page.
    pub rows: Vec<ListRow>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The number of the first row of the page among all matches, counted from 0.
    pub first_row: usize,
    /// The number of the selected row among all matches, counted from 0.
    pub cursor: usize,
    /// How many records match the filter.
    pub match_count: Total,
    /// How many records there are in all.
    pub total: Total,
    /// How many rows a page has.
    pub page_rows: usize,
    /// The order chosen by the user; `None` for the default order of the filter.
    pub sort_override: Option<Order>,
    /// The order of the rows.
    pub order: Order,
    /// Where the pages beside this one are, if not every row can be gone to.
    pub page_tokens: PageTokens,
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
            columns: Column::default_columns(),
            first_row: 0,
            cursor: 0,
            match_count: Total::default(),
            total: Total::default(),
            page_rows: 1,
            sort_override: None,
            order: Order { by: OrderBy::Archive, reversed: false },
            page_tokens: PageTokens::default(),
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

    /// Shows the page of a response. If the page was asked for by a token, the cursor stays on its row of the page.
    pub fn show_page(&mut self, response: &SearchResponse, is_by_token: bool) {
        self.rows = response
            .rows
            .iter()
            .map(|row| ListRow::new(row, &self.columns, &response.highlighter))
            .collect();
        self.first_row = response.first_row;
        self.cursor = match response.target_row {
            Some(row) => row,
            None if is_by_token => self.nearest_row(),
            None => response.first_row,
        };
        self.page_tokens = response.page_tokens.clone();
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
    pub fn page_count(&self) -> Total {
        let pages = |rows: usize| rows.div_ceil(self.page_rows.max(1)).max(1);
        match self.match_count {
            Total::Exact(rows) => Total::Exact(pages(rows)),
            Total::AtLeast(rows) => Total::AtLeast(pages(rows).max(self.page_index() + 1)),
        }
    }

    /// Whether `rows` is the page of the cursor.
    pub fn has_current_page(&self) -> bool {
        self.first_row == self.page_index() * self.page_rows.max(1) && self.selected().is_some()
    }

    /// Returns the row of the page that is nearest to the cursor, which may already be on another page.
    pub fn nearest_row(&self) -> usize {
        let last = self.first_row + self.rows.len().saturating_sub(1);
        self.cursor.clamp(self.first_row, last)
    }

    /// Returns the token of the page with this row; `None` if the row can be asked for by its number.
    pub fn page_token(&self, row: usize) -> Option<PageToken> {
        let after = self.first_row + self.rows.len();
        if row >= after {
            return self.page_tokens.next.clone().filter(|_| row < after + self.page_rows);
        }
        let is_before = row < self.first_row && row + self.page_rows >= self.first_row;
        self.page_tokens.previous.clone().filter(|_| is_before)
    }

    /// Returns the last row that can be gone to. Where only a least number of matches is known, there may be one more
    /// page than is counted.
    fn last_row(&self) -> usize {
        let has_more = self.match_count.is_lower_bound() && self.page_tokens.next.is_some();
        let one_more_page = if has_more { self.page_rows } else { 0 };
        let reached = self.first_row + self.rows.len() + one_more_page;
        self.match_count.count().max(reached).saturating_sub(1)
    }

    /// Returns where a command moves the cursor, or `None` if it does not move it.
    ///
    /// `count` is the number typed before the command. Turning a page keeps the row on the page.
    pub fn cursor_after(&self, command: Command, count: Option<usize>) -> Option<usize> {
        let last = self.last_row();
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
            Command::NextPage if self.page_index() == last / rows => self.cursor,
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
