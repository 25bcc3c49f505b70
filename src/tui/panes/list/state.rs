//! The list: one page of records, the cursor in it, and the arithmetic of pages.

use std::ops::Range;
use std::sync::Arc;

use crate::query::{Answer, Highlighter, Order, OrderBy, Row};
use crate::record::{Field, Record};
use crate::store::RecordNumber;
use crate::text::clean;
use crate::tui::action::Command;

/// A row as it is shown.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Where the record stands in the store.
    pub number: RecordNumber,
    /// The record.
    pub record: Arc<Record>,
    /// Its position in its archive; empty where it has none.
    pub position: String,
    /// Its short date.
    pub date: String,
    /// Whether the filter asks for its date.
    pub dated: bool,
    /// Its title, or the first words of its summary with a sign before them.
    pub heading: String,
    /// Whether the heading is its title.
    pub titled: bool,
    /// The matched letters of the heading, as byte ranges.
    pub marks: Vec<Range<usize>>,
}

impl ListRow {
    fn new(row: &Row, highlighter: &Highlighter) -> ListRow {
        let record = Arc::clone(&row.record);
        let titled = record.title().is_some();
        let heading = clean::clean(&record.marked_heading()).into_owned();
        let field = if titled { Field::Title } else { Field::Summary };
        let position = record.position.map(|at| at.to_string()).unwrap_or_default();
        ListRow {
            number: row.number,
            date: clean::clean(&record.date.short()).into_owned(),
            position,
            dated: highlighter.fits_date(record.date.reading),
            marks: highlighter.ranges(field, &heading),
            heading,
            titled,
            record,
        }
    }
}

/// The state of the list.
#[derive(Clone, Debug)]
pub struct ListState {
    /// The rows of the page.
    pub rows: Vec<ListRow>,
    /// The place of the first of them among all that is shown, counted from 0.
    pub first: usize,
    /// The place of the selected record among all that is shown, counted from 0.
    pub cursor: usize,
    /// How many records fit the filter.
    pub shown: usize,
    /// How many records there are.
    pub total: usize,
    /// How many rows a page has.
    pub page_rows: usize,
    /// The order the reader chose; without one the desk decides.
    pub chosen: Option<Order>,
    /// The order in force.
    pub order: Order,
    /// How many undated records a date filter leaves out.
    pub undated_left_out: usize,
    /// Whether a record that stands in several files is shown as often.
    pub apart: bool,
    /// The number the reader is typing before a command (`12G`).
    pub count: Option<usize>,
}

impl Default for ListState {
    fn default() -> ListState {
        ListState {
            rows: Vec::new(),
            first: 0,
            cursor: 0,
            shown: 0,
            total: 0,
            page_rows: 1,
            chosen: None,
            order: Order { by: OrderBy::Archive, reversed: false },
            undated_left_out: 0,
            apart: false,
            count: None,
        }
    }
}

impl ListState {
    /// The row the cursor is on; nothing while its page is on the way, or where nothing is shown.
    pub fn selected(&self) -> Option<&ListRow> {
        self.rows.get(self.cursor.checked_sub(self.first)?)
    }

    /// Takes over the page of an answer.
    pub fn show(&mut self, answer: &Answer) {
        self.rows = answer.rows.iter().map(|row| ListRow::new(row, &answer.highlighter)).collect();
        self.first = answer.first;
        self.cursor = answer.place.unwrap_or(answer.first);
        self.shown = answer.shown;
        self.total = answer.total;
        self.order = answer.order;
        self.undated_left_out = answer.undated_left_out;
    }

    /// The page of the cursor, counted from 0.
    pub fn page(&self) -> usize {
        self.cursor / self.page_rows.max(1)
    }

    /// How many pages there are, at least 1.
    pub fn pages(&self) -> usize {
        self.shown.div_ceil(self.page_rows.max(1)).max(1)
    }

    /// Whether the rows are those of the cursor's page.
    pub fn has_page(&self) -> bool {
        self.first == self.page() * self.page_rows.max(1) && self.selected().is_some()
    }

    /// Where a command moves the cursor, with the count typed before it; nothing where it is no
    /// movement. Turning a page keeps the row on the page.
    pub fn target(&self, command: Command, count: Option<usize>) -> Option<usize> {
        let last = self.shown.saturating_sub(1);
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
            Command::NextPage if self.page() + 1 == self.pages() => self.cursor,
            Command::NextPage => down(times.saturating_mul(rows)),
            Command::PreviousPage => {
                let page = self.page().saturating_sub(times);
                if self.page() == 0 { self.cursor } else { page * rows + self.cursor % rows }
            }
            Command::FirstRow => count.map_or(0, |row| row.saturating_sub(1)).min(last),
            Command::LastRow => count.map_or(last, |row| row.saturating_sub(1)).min(last),
            _ => return None,
        };
        Some(target)
    }

    /// The next of the orders, in the direction that is natural for it. Relevance is among them
    /// only where there is something to be relevant to.
    pub fn next_order(&self, filtered: bool) -> Order {
        let all = [OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive];
        let orders = if filtered { &all[..] } else { &all[1..] };
        let at = orders.iter().position(|by| *by == self.order.by).map_or(0, |at| at + 1);
        let by = orders.get(at % orders.len()).copied().unwrap_or(OrderBy::Archive);
        Order { by, reversed: false }
    }

    /// What the title line says of the page: `201–210 of 552` where the positions of its rows run
    /// on and the archive says how many it has, else `4 of 10`. One row alone runs on only where
    /// all records are shown: of one hit, `11 of 27` would seem to count hits.
    pub fn extent(&self, archive_total: Option<u64>) -> String {
        let positions: Option<Vec<u64>> = self.rows.iter().map(|row| row.record.position).collect();
        let run =
            positions.filter(|all| all.windows(2).all(|two| two[0].checked_add(1) == Some(two[1])));
        match (run.as_deref(), archive_total) {
            (Some([only]), Some(total)) if self.shown == self.total => format!("{only} of {total}"),
            (Some([first, .., last]), Some(total)) => format!("{first}–{last} of {total}"),
            _ => format!("{} of {}", self.shown, self.total),
        }
    }
}
