//! The date of a row: its text, its begin and end, and what other columns say about them.

use std::borrow::Cow;

use csv::StringRecord;

use super::columns::{self, Column, DateColumnGroup};
use super::trim_cell;
use crate::formats::cell_values;
use crate::formats::field_names::column_names::EDTF_COLUMN;
use crate::formats::read::date_cache::DateCache;
use crate::formats::read::date_events;
use crate::formats::read::date_parts::{self, JoinedDate};
use crate::formats::read::date_sources::{
    Coverage, DateSources, DateSourcesCache, LoneEnd, day_code,
};
use crate::record::date::machine;
use crate::record::{Date, Record};

/// How the word for creation begins in the languages of the column names.
const CREATION_STEMS: [&str; 7] =
    ["creat", "création", "creaci", "creazi", "criaç", "produ", "entsteh"];

/// The date columns of a table.
#[derive(Debug)]
pub(super) struct DateColumns {
    groups: Vec<DateColumnGroup>,
    /// The column with EDTF beside the text.
    edtf: Option<usize>,
    texts: DateCache,
    sources: DateSourcesCache,
}

/// One date of a row.
#[derive(Debug, Default)]
struct RowDate<'r> {
    /// The date as text.
    displayed: Option<&'r str>,
    begin: Option<&'r str>,
    end: Option<&'r str>,
    /// What happened at the date.
    event: Option<&'r str>,
    /// Whether it is that of most documents only.
    coverage: Coverage,
    certainty: Option<&'r str>,
    /// The column that its own field is named after.
    column: Option<usize>,
}

impl DateColumns {
    /// Finds the date columns.
    pub(super) fn new(columns: &mut [Column]) -> DateColumns {
        let groups = columns::group_date_columns(columns);
        let edtf = columns.iter().position(Column::is_edtf);
        let (texts, sources) = (DateCache::default(), DateSourcesCache::default());
        DateColumns { groups, edtf, texts, sources }
    }

    /// Sets the date of a record from its texts, begins and ends, or from its text and EDTF.
    pub(super) fn set_date(&mut self, columns: &[Column], row: &StringRecord, record: &mut Record) {
        self.set_date_without_edtf(columns, row, record);
        let edtf = self.edtf.and_then(|at| cell(row, at));
        if let Some(date) = edtf.and_then(|edtf| Date::with_edtf(&record.date.text, edtf)) {
            record.date = date;
            record.own.retain(|(name, _)| name != EDTF_COLUMN);
        }
    }

    /// Sets the date of a record from its texts, begins and ends.
    ///
    /// If a date has a text, its begin and end become own fields as well.
    fn set_date_without_edtf(
        &mut self,
        columns: &[Column],
        row: &StringRecord,
        record: &mut Record,
    ) {
        let is_filled = |at: Option<usize>| {
            let cell = at.and_then(|at| cell(row, at));
            cell.is_some_and(|cell| !date_parts::is_unknown(cell))
        };
        let has_codes = |group: &DateColumnGroup| {
            let about = [group.event, group.coverage, group.certainty].into_iter().any(is_filled);
            [group.begin, group.end].into_iter().any(is_filled)
                || (about && is_filled(group.displayed))
        };
        if !self.groups.iter().any(has_codes) {
            return self.set_date_from_texts(columns, row, record);
        }
        let mut dates: Vec<RowDate<'_>> = Vec::new();
        for group in &self.groups {
            let first = dates.len();
            dates.extend(row_dates(group, row));
            dates.iter_mut().skip(first).for_each(RowDate::settle_end);
            push_unused_parts(group, None, columns, row, record);
            push_unknown(group, columns, row, record);
            let has_text = dates.iter().skip(first).any(|date| date.displayed.is_some());
            // A normalized date is the begin and the end.
            let end = group.end.filter(|_| group.end != group.begin);
            for at in [group.begin, end].into_iter().flatten().filter(|_| has_text) {
                let text = cell(row, at).filter(|text| !date_parts::is_unknown(text));
                if let (Some(column), Some(text)) = (columns.get(at), text) {
                    record.own.push((column.name.clone(), text.to_owned()));
                }
            }
        }
        let has_creation = dates.iter().any(RowDate::is_creation);
        let is_left_out =
            |date: &mut RowDate<'_>| date.is_unrelated() || (has_creation && date.is_other_event());
        for date in dates.extract_if(.., is_left_out) {
            let column = date.column.and_then(|at| columns.get(at));
            let name = column.map_or("date", |column| column.name.as_str());
            let name = format!("{name}.{}", date.event.unwrap_or(""));
            record.own.push((name.into(), date.text().into_owned()));
        }
        let sources = sources_of(&dates);
        self.sources.apply(&sources, record, "date.normal");
    }

    /// Sets the date from its texts alone, or from its year, month and day where there is no text.
    fn set_date_from_texts(&mut self, columns: &[Column], row: &StringRecord, record: &mut Record) {
        let mut text = String::new();
        for group in &self.groups {
            push_unknown(group, columns, row, record);
            let displayed = group.displayed.and_then(|at| cell(row, at));
            let is_foreign = || {
                let column = group.displayed.and_then(|at| columns.get(at));
                column.is_some_and(|column| column.splits_names)
            };
            let is_missing = |text: &str| cell_values::is_missing(text) && is_foreign();
            let is_text =
                |text: &&str| *text != "NULL" && !date_parts::is_unknown(text) && !is_missing(text);
            if let Some(displayed) = displayed.filter(is_text) {
                append_date(&mut text, &join_dates(displayed));
            }
        }
        let mut joined: Vec<JoinedDate> = Vec::new();
        for group in &self.groups {
            let date = date_of_parts(group, row).filter(|_| text.is_empty());
            push_unused_parts(group, date.as_ref(), columns, row, record);
            joined.extend(date);
        }
        if let [only] = joined.as_slice() {
            record.date = only.date();
            return;
        }
        for date in &joined {
            append_date(&mut text, &date.text);
        }
        let parsed = self.texts.parse(&text);
        record.date = Date { text, parsed };
    }
}

/// Returns the date that the cells for year, month and day make. `None` without a year.
fn date_of_parts(group: &DateColumnGroup, row: &StringRecord) -> Option<JoinedDate> {
    let [year, month, day] = group.parts.map(|at| at.and_then(|at| cell(row, at)));
    let year = year.filter(|year| !date_parts::is_unknown(year))?;
    Some(JoinedDate::new(year, month, day))
}

/// Keeps the cells for the date, its begin and its end that say that it is not known.
fn push_unknown(
    group: &DateColumnGroup,
    columns: &[Column],
    row: &StringRecord,
    record: &mut Record,
) {
    for at in [group.displayed, group.begin, group.end].into_iter().flatten() {
        let text = cell(row, at).filter(|text| date_parts::is_unknown(text));
        if let (Some(column), Some(text)) = (columns.get(at), text) {
            record.own.push((column.name.clone(), text.to_owned()));
        }
    }
}

/// Keeps the cells for year, month and day that are in no date.
fn push_unused_parts(
    group: &DateColumnGroup,
    date: Option<&JoinedDate>,
    columns: &[Column],
    row: &StringRecord,
    record: &mut Record,
) {
    let is_used = match date {
        Some(date) => [true, date.has_month, date.has_day],
        None => [false; 3],
    };
    let unused = group.parts.into_iter().zip(is_used).filter(|(_, is_used)| !is_used);
    for at in unused.filter_map(|(at, _)| at) {
        if let (Some(column), Some(text)) = (columns.get(at), cell(row, at)) {
            record.own.push((column.name.clone(), text.to_owned()));
        }
    }
}

/// Whether an event is the creation of the document.
pub(super) fn is_creation(event: &str) -> bool {
    let event = event.trim().to_lowercase();
    CREATION_STEMS.iter().any(|stem| event.starts_with(stem))
}

impl RowDate<'_> {
    /// Makes a text before an end without a begin the begin. An end that the text contradicts does not count.
    fn settle_end(&mut self) {
        let (Some(text), None, Some(end)) = (self.displayed, self.begin, self.end) else { return };
        match LoneEnd::new(text, end) {
            LoneEnd::OfText => self.begin = self.displayed.take(),
            LoneEnd::Outranked => self.end = None,
            LoneEnd::Alone => {}
        }
    }

    /// Whether it is the date of creation.
    fn is_creation(&self) -> bool {
        is_creation(self.event.unwrap_or(""))
    }

    /// Whether it is the date of a copy or a scan.
    fn is_unrelated(&self) -> bool {
        self.event.is_some_and(date_events::is_unrelated)
    }

    /// Whether it is the date of an event other than creation.
    fn is_other_event(&self) -> bool {
        self.event.is_some() && !self.is_creation()
    }

    /// The text, or the begin and end.
    fn text(&self) -> Cow<'_, str> {
        if let Some(displayed) = self.displayed {
            return displayed.into();
        }
        match (self.begin, self.end) {
            (Some(begin), Some(end)) if begin == end => begin.into(),
            (Some(begin), Some(end)) if begin.len() > 4 && begin.contains('-') => {
                format!("{begin}/{end}").into()
            }
            (Some(begin), Some(end)) if begin.contains([' ', '.']) || end.contains([' ', '.']) => {
                format!("{begin} – {end}").into()
            }
            (Some(begin), Some(end)) => format!("{begin}–{end}").into(),
            (None, Some(end)) => format!("–{end}").into(),
            (begin, None) => begin.unwrap_or("").into(),
        }
    }
}

/// Returns the text of a cell that is not empty.
fn cell(row: &StringRecord, at: usize) -> Option<&str> {
    let cell = trim_cell(row.get(at)?);
    (!cell.is_empty()).then_some(cell)
}

/// Returns the dates of one group of columns: one, or as many as its cells have parts between bars.
fn row_dates<'r>(group: &DateColumnGroup, row: &'r StringRecord) -> Vec<RowDate<'r>> {
    let parts = |at: Option<usize>| -> Vec<Option<&'r str>> {
        let cell = at.and_then(|at| cell(row, at)).filter(|cell| !date_parts::is_unknown(cell));
        let Some(cell) = cell else { return Vec::new() };
        // AtoM writes NULL for a missing value if a parallel column has one.
        let is_filled = |part: &&str| !part.is_empty() && !cell_values::is_missing(part);
        cell.split('|').map(|part| Some(part.trim()).filter(is_filled)).collect()
    };
    let columns = [group.displayed, group.begin, group.end];
    let [displayed, begin, end] = columns.map(parts);
    let [event, coverage, certainty] = [group.event, group.coverage, group.certainty].map(parts);
    let count = displayed.len().max(begin.len()).max(end.len());
    let part = |parts: &[Option<&'r str>], at: usize| parts.get(at).copied().flatten();
    let of_each = |parts: &[Option<&'r str>], at: usize| {
        let only = parts.first().copied().flatten().filter(|_| parts.len() == 1);
        part(parts, at).or(only)
    };
    let mut dates: Vec<RowDate<'r>> = Vec::with_capacity(count);
    for at in 0..count {
        let is_bulk = of_each(&coverage, at).is_some_and(|it| it.eq_ignore_ascii_case("bulk"));
        dates.push(RowDate {
            displayed: part(&displayed, at),
            begin: part(&begin, at),
            end: part(&end, at),
            event: of_each(&event, at),
            coverage: if is_bulk { Coverage::Bulk } else { Coverage::Inclusive },
            certainty: of_each(&certainty, at),
            column: columns.into_iter().flatten().next(),
        });
    }
    dates.retain(|date| date.displayed.is_some() || date.begin.is_some() || date.end.is_some());
    dates
}

/// Collects the dates of a row.
fn sources_of(dates: &[RowDate<'_>]) -> DateSources {
    let mut sources = DateSources::default();
    let has_texts = dates.iter().any(|date| date.displayed.is_some());
    let is_code = |code: Option<&str>| code.is_none_or(|code| machine::parse(code).is_some());
    // Beside a text, days in another form are only compared with it.
    let may_be_code = |code: Option<&str>| match code {
        Some(code) if has_texts => day_code(code).is_some(),
        code => is_code(code),
    };
    // Codes of some dates only would hide the others.
    let has_codes = dates.iter().all(|date| {
        (date.begin.is_some() || date.end.is_some())
            && may_be_code(date.begin)
            && may_be_code(date.end)
    });
    for date in dates {
        if has_texts {
            sources.add_text_of(date.coverage, &date.text());
        } else if dates.len() > 1 || !has_codes {
            sources.add_structured_text(date.coverage, &date.text());
        }
        if has_codes {
            let [begin, end] = [date.begin, date.end].map(|code| code.and_then(day_code));
            sources.add_begin_and_end(date.coverage, begin.as_deref(), end.as_deref());
        }
        sources.add_qualifier(date.certainty.unwrap_or(""));
    }
    sources
}

/// Appends a date to a list of dates.
fn append_date(dates: &mut String, date: &str) {
    if !dates.is_empty() && !date.is_empty() {
        dates.push_str(", ");
    }
    dates.push_str(date);
}

/// Joins the dates of one cell with commas.
fn join_dates(cell: &str) -> Cow<'_, str> {
    if !cell.as_bytes().contains(&b'|') {
        return Cow::Borrowed(cell);
    }
    let dates = cell.split('|').map(str::trim);
    let dates: Vec<&str> = dates.filter(|date| !date.is_empty() && *date != "NULL").collect();
    Cow::Owned(dates.join(", "))
}
