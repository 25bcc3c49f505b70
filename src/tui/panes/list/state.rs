//! The state of the list: one page of records, the cursor, and the page arithmetic.

use std::ops::Range;
use std::sync::Arc;

use crate::query::{
    Ability, Cell, Column, Highlighter, Order, OrderBy, PageToken, PageTokens, PossibleDuplicate,
    RecordHandle, Row, SearchResponse, Target, Total,
};
use crate::record::{FileSetId, OwnName, Provenance, Record, RecordKey};
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request, RowsToMark, ViewRequest};
use crate::tui::hint::Hint;
use crate::tui::modes::Pane;
use crate::tui::notice::Notice;

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
    /// The names of the columns that the user chose; none for the default ones.
    column_names: Vec<String>,
    /// The maximum number of rows of a page.
    max_page_rows: Option<usize>,
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
    /// Whether every row can be gone to by its number.
    pub shows_any_row: bool,
    /// How many undated records the date filter excludes.
    pub excluded_undated: usize,
    /// Whether duplicates are shown.
    pub keep_duplicates: bool,
    /// The number typed before a command (`12G`).
    pub typed_count: Option<usize>,
    /// The row where the range begins that is being marked.
    pub range_start: Option<usize>,
}

impl Default for ListState {
    fn default() -> ListState {
        ListState {
            rows: Vec::new(),
            columns: Column::default_columns(),
            column_names: Vec::new(),
            max_page_rows: None,
            first_row: 0,
            cursor: 0,
            match_count: Total::default(),
            total: Total::default(),
            page_rows: 1,
            sort_override: None,
            order: Order { by: OrderBy::Archive, reversed: false },
            page_tokens: PageTokens::default(),
            shows_any_row: true,
            excluded_undated: 0,
            keep_duplicates: false,
            typed_count: None,
            range_start: None,
        }
    }
}

impl ListState {
    /// Returns an empty list with columns of these names, at most `max_page_rows` rows on a page, and the order that the
    /// user chose.
    pub(crate) fn new(
        column_names: Vec<String>,
        max_page_rows: Option<usize>,
        sort_override: Option<Order>,
        keep_duplicates: bool,
    ) -> ListState {
        ListState {
            column_names,
            max_page_rows,
            sort_override,
            keep_duplicates,
            ..ListState::default()
        }
    }

    /// Finds the columns by their names, of which some are those of own fields. Returns why the first name is none.
    pub(crate) fn choose_columns(&mut self, own_names: &[OwnName]) -> Option<String> {
        let named = self.column_names.iter().map(|name| Column::from_name(name, own_names));
        let (columns, unknown): (Vec<_>, Vec<_>) = named.partition(Result::is_ok);
        self.columns = columns.into_iter().flatten().collect();
        if self.columns.is_empty() {
            self.columns = Column::default_columns();
        }
        unknown.into_iter().find_map(Result::err)
    }

    /// Takes over how many rows the area of the list has; `None` if it is not shown. Returns whether another page is to be
    /// shown.
    pub(crate) fn set_height(&mut self, rows: Option<usize>) -> bool {
        let most = self.max_page_rows.unwrap_or(usize::MAX);
        let page_rows = rows.map_or(self.page_rows, |rows| rows.min(most).max(1));
        let is_same = page_rows == self.page_rows && self.has_current_page();
        self.page_rows = page_rows;
        !is_same
    }

    /// Adds a digit to the number typed before a command.
    pub(crate) fn add_count_digit(&mut self, digit: u8) -> Vec<Request> {
        let count = self.typed_count.unwrap_or(0).saturating_mul(10);
        let count = count.saturating_add(usize::from(digit));
        self.typed_count = (count > 0).then_some(count);
        Vec::new()
    }

    /// Whether a row is in the range that is being marked. The range ends at the cursor.
    pub fn is_in_range(&self, row: usize) -> bool {
        let (start, cursor) = (self.range_start, self.cursor);
        start.is_some_and(|from| (from.min(cursor)..=from.max(cursor)).contains(&row))
    }

    /// Returns the key of the selected record.
    pub fn selected_key(&self) -> Option<String> {
        self.selected().map(|row| RecordKey::from_record(&row.record).to_string())
    }

    /// Returns the selected record as a target, to select it again with another filter or order.
    pub(crate) fn selected_target(&self) -> Target {
        self.selected().map_or(Target::Row(0), |row| Target::Record(row.handle))
    }

    /// Moves the cursor to a row. A row of another page is shown after a search.
    pub(crate) fn go_to_row(&mut self, row: usize) -> Request {
        let before = std::mem::replace(&mut self.cursor, row);
        if self.has_current_page() {
            return Request::View(ViewRequest::RefreshDetail);
        }
        let target = match self.page_token(row) {
            Some(token) => Target::Page(token),
            None if row == 0 || self.shows_any_row => Target::Row(row),
            None => {
                self.cursor = before;
                return Notice::Unable(Ability::GoToRow).into();
            }
        };
        Request::View(ViewRequest::Search(target))
    }

    /// Moves the cursor to the next row.
    pub(crate) fn go_to_next_row(&mut self) -> Vec<Request> {
        self.move_cursor(Command::NextRow, None).unwrap_or_default()
    }

    /// Goes to a page, counted from 1.
    pub(crate) fn go_to_page(&self, page: usize) -> Request {
        let last = self.page_count().count();
        if page == 0 || page > last {
            return Notice::NoPage { page, last }.into();
        }
        if page > 1 && !self.shows_any_row {
            return Notice::Unable(Ability::GoToRow).into();
        }
        Request::View(ViewRequest::Search(Target::Row((page - 1).saturating_mul(self.page_rows))))
    }

    /// Runs a command that moves the cursor; `None` for any other command.
    fn move_cursor(&mut self, command: Command, count: Option<usize>) -> Option<Vec<Request>> {
        let row = self.cursor_after(command, count)?;
        if let (Command::LastRow, None, Some(token)) =
            (command, count, self.page_tokens.last.clone())
        {
            self.cursor = usize::MAX;
            return Some(vec![Request::View(ViewRequest::Search(Target::Page(token)))]);
        }
        Some(match command {
            Command::NextPage if row == self.cursor => vec![Notice::LastPage.into()],
            Command::PreviousPage if row == self.cursor => vec![Notice::FirstPage.into()],
            _ if row == self.cursor => Vec::new(),
            _ => vec![self.go_to_row(row)],
        })
    }

    /// Sorts by another order. The selected record stays selected.
    ///
    /// The default order of the current filter is not kept as an override, since the next filter
    /// may have another default.
    fn sort_by(&mut self, order: Order, has_filter: bool) -> Vec<Request> {
        let by = if has_filter { OrderBy::Relevance } else { OrderBy::Archive };
        self.range_start = None;
        self.sort_override = (order != Order { by, reversed: false }).then_some(order);
        vec![Request::View(ViewRequest::PushHistory), Request::View(ViewRequest::SearchSelected)]
    }

    /// Shows duplicates, or hides them again. The selected record stays selected.
    fn toggle_duplicates(&mut self, context: &Context<'_>) -> Vec<Request> {
        if !context.records.summary.abilities.has(Ability::Duplicates) {
            return vec![Notice::Unable(Ability::Duplicates).into()];
        }
        if context.records.summary.duplicate_count == 0 {
            return vec![Notice::NoDuplicates.into()];
        }
        self.keep_duplicates = !self.keep_duplicates;
        self.range_start = None;
        vec![Request::View(ViewRequest::SearchSelected)]
    }

    /// Begins a range at the cursor.
    fn begin_range(&mut self) {
        self.range_start = self.selected().map(|_| self.cursor);
    }

    /// Marks the rows from the start of the range to the cursor.
    fn end_range(&mut self) -> Vec<Request> {
        let Some(from) = self.range_start.take() else { return Vec::new() };
        let (first, last) = (from.min(self.cursor), from.max(self.cursor));
        self.mark_rows(first..last + 1, false)
    }

    /// Marks the records at rows, or inverts their marks.
    fn mark_rows(&self, rows: Range<usize>, invert: bool) -> Vec<Request> {
        let request = self
            .selected()
            .map(|_| Request::View(ViewRequest::MarkRows(RowsToMark { rows, invert })));
        request.into_iter().collect()
    }

    /// Returns the selected row; `None` if its page has not arrived or the list is empty.
    pub fn selected(&self) -> Option<&ListRow> {
        self.rows.get(self.cursor.checked_sub(self.first_row)?)
    }

    /// Shows the page of a response. If the page was asked for by a token, the cursor stays on its row of the page.
    pub fn show_page(
        &mut self,
        response: &SearchResponse,
        highlighter: &Highlighter,
        is_by_token: bool,
    ) {
        self.rows =
            response.rows.iter().map(|row| ListRow::new(row, &self.columns, highlighter)).collect();
        self.first_row = response.first_row;
        self.cursor = match response.placement.row() {
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

impl Component for ListState {
    fn run_own(
        &mut self,
        command: Command,
        count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        if let Some(moved) = self.move_cursor(command, count) {
            let is_far = matches!(command, Command::FirstRow | Command::LastRow);
            return Some(
                is_far
                    .then_some(Request::View(ViewRequest::PushHistory))
                    .into_iter()
                    .chain(moved)
                    .collect(),
            );
        }
        let has_range = self.range_start.is_some();
        Some(match command {
            Command::NextOrder => {
                let abilities = &context.records.summary.abilities;
                let by = abilities.order_after(self.order.by, context.has_filter);
                self.sort_by(Order { by, reversed: false }, context.has_filter)
            }
            Command::ReverseOrder => {
                let Order { by, reversed } = self.order;
                self.sort_by(Order { by, reversed: !reversed }, context.has_filter)
            }
            Command::ToggleDuplicates => self.toggle_duplicates(context),
            Command::Mark | Command::Select | Command::MarkRange | Command::SelectRange
                if has_range =>
            {
                self.end_range()
            }
            Command::Mark | Command::Select => {
                let toggle = |record| Request::View(ViewRequest::ToggleMark(record));
                context.selected.map(toggle).into_iter().collect()
            }
            Command::MarkRange | Command::SelectRange => {
                self.begin_range();
                Vec::new()
            }
            Command::MarkAll | Command::SelectAll => self.mark_rows(0..usize::MAX, false),
            Command::InvertMarks | Command::InvertSelection => self.mark_rows(0..usize::MAX, true),
            Command::StepBack if context.pane == Pane::List && has_range => {
                self.range_start = None;
                Vec::new()
            }
            Command::ChangePane if context.pane == Pane::List => {
                vec![Request::Enter(Pane::Detail)]
            }
            _ => return None,
        })
    }

    fn wheel(&mut self, down: bool, rows: usize, _context: &Context<'_>) -> Vec<Request> {
        let command = if down { Command::NextRow } else { Command::PreviousRow };
        self.move_cursor(command, Some(rows)).unwrap_or_default()
    }

    fn hints(&self, context: &Context<'_>) -> Vec<Hint> {
        if context.records.summary.is_empty() {
            return vec![
                Hint::keys(&[Command::Help], "keys"),
                Hint::keys(&[Command::Quit], "quit"),
            ];
        }
        if self.range_start.is_some() {
            return vec![
                Hint::keys(&[Command::Mark], "mark the range"),
                Hint::keys(&[Command::PreviousRow, Command::NextRow], "to its end"),
                Hint::keys(&[Command::StepBack], "leave it"),
            ];
        }
        if context.has_filter {
            return vec![
                Hint::keys(&[Command::StepBack], "clear the filter"),
                Hint::keys(&[Command::Help], "keys"),
                Hint::keys(&[Command::Filter], "change it"),
                Hint::keys(&[Command::OpenRecord], "read"),
                Hint::keys(&[Command::NextOrder], "order"),
                Hint::keys(&[Command::MoreLikeThis], "more like this"),
            ];
        }
        vec![
            Hint::keys(&[Command::Filter], "filter"),
            Hint::keys(&[Command::Help], "keys"),
            Hint::keys(&[Command::Quit], "quit"),
            Hint::keys(&[Command::PreviousPage, Command::NextPage], "pages"),
            Hint::keys(&[Command::OpenRecord], "read"),
            Hint::keys(&[Command::NextOrder], "order"),
            Hint::keys(&[Command::ChangePane], "detail"),
            Hint::keys(&[Command::MoreLikeThis], "more like this"),
        ]
    }
}
