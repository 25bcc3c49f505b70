//! The records that a command works on: loads the files, searches them, and iterates the matches.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use super::archive_names::{ArchiveNames, NamedArchives};
use super::args::{MarksArgs, QueryArgs, RecordArgs};
use super::exit_code::{Outcome, has_errors};
use super::output::{eprint_each_problem, eprint_line, eprint_problems};
use super::read_options;
use crate::load;
use crate::query;
use crate::query::{
    AggregateRequest, AggregateResponse, Order, OrderBy, Row, SearchRequest, SearchResponse, Target,
};
use crate::record::{Archive, Problem, SourcedRecord};
use crate::store::Searcher;
use crate::store::{RecordNumber, RecordSet, Store, UserMarks};
use crate::tui::runtime::read_marks::read_marks;
use crate::userdata::marks_file::MarksLocation;

/// The number of rows that one search returns.
const ROWS_PER_REQUEST: usize = 4096;

/// The name of the field that holds the user's note in an output.
pub const NOTE_FIELD: &str = "my note";

/// Which records are requested, and in which order.
#[derive(Clone, Debug, Default)]
pub struct RowsRequest {
    /// The text of the filter.
    pub filter: String,
    /// The order; without one, the default order of the filter.
    pub order: Option<Order>,
    /// The position, in its archive, of the first record.
    pub start_at: Option<u64>,
    /// The largest number of records.
    pub limit: Option<usize>,
    /// The user's marks and notes.
    pub user_marks: Arc<UserMarks>,
    /// Whether every copy of a record that is in several files is kept, instead of one.
    pub keep_duplicates: bool,
    /// The names that the user gives to archives.
    pub archive_names: ArchiveNames,
}

/// Iterates the requested records in order. It searches for some thousand rows at a time.
pub struct RequestedRows<'s> {
    store: &'s Store,
    /// The archives of the store, with the names that the user gives them.
    named: Arc<NamedArchives>,
    searcher: Searcher,
    request: SearchRequest,
    /// The rows of the last response that are not returned yet.
    rows: VecDeque<Row>,
    /// The row of the next record, counted from 0 among all matches.
    next_row: usize,
    /// The row after the last record.
    end_row: usize,
    total: usize,
    undated_left_out: usize,
    messages: Vec<String>,
    /// Whether the filter asks for marks or notes. If so, the notes are added to the records.
    with_notes: bool,
}

impl<'s> RequestedRows<'s> {
    /// Searches for the first rows.
    ///
    /// # Errors
    /// The record to start at does not match the filter, or there is no such record.
    pub fn new(store: &'s Store, rows: &RowsRequest) -> anyhow::Result<RequestedRows<'s>> {
        let request = SearchRequest {
            filter: rows.filter.clone(),
            order: rows.order,
            target: rows.start_at.map_or(Target::Row(0), Target::Position),
            page_size: ROWS_PER_REQUEST,
            user_marks: Arc::clone(&rows.user_marks),
            keep_duplicates: rows.keep_duplicates,
            requested_rows: None,
            selection: RecordSet::default(),
        };
        let mut searcher = Searcher::default();
        let Some(response) = searcher.search(store, &request, &|| false) else {
            anyhow::bail!("the search was interrupted: try again");
        };
        let first_row = first_row(rows, &response)?;
        let skipped = first_row.saturating_sub(response.first_row);
        let limit = rows.limit.unwrap_or(usize::MAX);
        Ok(RequestedRows {
            store,
            named: Arc::new(rows.archive_names.name_archives(store)),
            searcher,
            request,
            rows: response.rows.into_iter().skip(skipped).collect(),
            next_row: first_row,
            end_row: response.match_count.min(first_row.saturating_add(limit)),
            total: response.total,
            undated_left_out: response.excluded_undated,
            messages: response.messages,
            with_notes: response.uses_marks,
        })
    }

    /// Returns all archives of the store, which the archive ids of the records refer to, with the names
    /// that the user gives them.
    pub fn archives(&self) -> Arc<[Archive]> {
        Arc::clone(&self.named.archives)
    }

    /// Returns all archives of the store, as their files and the user name them.
    pub(crate) fn named_archives(&self) -> Arc<NamedArchives> {
        Arc::clone(&self.named)
    }

    /// Returns the number of records that are not returned yet.
    pub fn remaining(&self) -> usize {
        self.end_row.saturating_sub(self.next_row)
    }

    /// Returns the number of all records, whether they match or not.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Returns the number of undated records that match the filter without its date terms.
    pub fn undated_left_out(&self) -> usize {
        self.undated_left_out
    }

    /// Returns messages about the filter for the user, such as how many undated records it
    /// excludes.
    pub fn messages(&self) -> Vec<String> {
        messages_of(&self.messages, self.undated_left_out)
    }

    /// Returns the next row. Searches for further rows if the last response is used up.
    fn row(&mut self) -> Option<Row> {
        if self.rows.is_empty() {
            self.request.target = Target::Row(self.next_row);
            let response = self.searcher.search(self.store, &self.request, &|| false)?;
            let skipped = self.next_row.saturating_sub(response.first_row);
            self.rows = response.rows.into_iter().skip(skipped).collect();
        }
        self.rows.pop_front()
    }
}

impl Iterator for RequestedRows<'_> {
    type Item = SourcedRecord;

    fn next(&mut self) -> Option<SourcedRecord> {
        if self.remaining() == 0 {
            return None;
        }
        let row = self.row()?;
        self.next_row += 1;
        let mut record = Arc::unwrap_or_clone(row.record);
        let note = self.request.user_marks.note(row.number).filter(|_| self.with_notes);
        record.own.extend(note.map(|note| (NOTE_FIELD.to_owned(), note.to_owned())));
        Some(self.named.with_archive(self.store, row.number, record))
    }
}

/// Returns messages about a filter, with that about undated records.
pub(super) fn messages_of(messages: &[String], undated_left_out: usize) -> Vec<String> {
    let left_out = match undated_left_out {
        0 => None,
        1 => Some("1 undated record is left out by the date".to_owned()),
        many => Some(format!("{many} undated records are left out by the date")),
    };
    messages.iter().cloned().chain(left_out).collect()
}

/// Returns these records with their archives, in this order.
pub fn sourced_records(
    store: &Store,
    named: &NamedArchives,
    numbers: impl IntoIterator<Item = RecordNumber>,
) -> impl Iterator<Item = SourcedRecord> {
    numbers.into_iter().filter_map(|number| {
        let record = store.record(number)?;
        Some(named.with_archive(store, number, record))
    })
}

/// Returns these records in the order of the screen: as the filter and the order sort them, then those that
/// the filter leaves out.
pub(crate) fn in_order(
    store: &Store,
    records: &RecordSet,
    filter: &str,
    order: Option<Order>,
) -> Vec<RecordNumber> {
    let user_marks = Arc::new(UserMarks { marked: records.clone(), ..UserMarks::default() });
    let mut numbers = Vec::with_capacity(records.len());
    let mut seen = RecordSet::default();
    for filter in
        [format!("is:marked {}", filter.trim_start_matches(['|', ' '])), "is:marked".to_owned()]
    {
        let user_marks = Arc::clone(&user_marks);
        let request = RowsRequest {
            filter,
            order,
            user_marks,
            keep_duplicates: true,
            ..RowsRequest::default()
        };
        let Ok(mut rows) = RequestedRows::new(store, &request) else { continue };
        while rows.remaining() > 0 {
            let Some(row) = rows.row() else { break };
            rows.next_row += 1;
            if !seen.contains(row.number) {
                seen.insert(row.number);
                numbers.push(row.number);
            }
        }
    }
    numbers
}

/// Returns the row to start at.
fn first_row(rows: &RowsRequest, response: &SearchResponse) -> anyhow::Result<usize> {
    let Some(position) = rows.start_at else { return Ok(0) };
    match response.target_row {
        Some(row) => Ok(row),
        None if response.target_exists => anyhow::bail!(
            "--start-at {position}: the filter leaves this record out; name one that matches"
        ),
        None => anyhow::bail!("--start-at {position}: no record has this position"),
    }
}

/// The loaded records, and which of them a command is about.
pub(super) struct LoadedRecords {
    pub(super) store: Store,
    pub(super) filter: String,
    pub(super) user_marks: Arc<UserMarks>,
    problems: Vec<Problem>,
}

impl LoadedRecords {
    /// Loads the files and prints their problems.
    ///
    /// # Errors
    /// Something is wrong with the filter, or the marks cannot be read.
    pub(super) fn load(query: &QueryArgs, marks_args: &MarksArgs) -> anyhow::Result<LoadedRecords> {
        let options = read_options::from_args(&query.read_args)?;
        let (store, mut problems) = load::read_all(&query.inputs(), &options);
        // Problems come before the records, because a pipe such as `| head` may end the output early.
        eprint_problems(&problems);
        let filter = filter_with_marks(&query.filter, marks_args);
        check_filter(&store, &filter)?;
        let user_marks =
            marks_for_filter(&store, &filter, marks_args.marks.as_deref(), &mut problems)?;
        Ok(LoadedRecords { store, filter, user_marks, problems })
    }

    /// Counts over the records. Returns messages about the filter too.
    ///
    /// # Errors
    /// The search was interrupted.
    pub(super) fn aggregate(
        &self,
        keep_duplicates: bool,
        wanted: &AggregateRequest,
    ) -> anyhow::Result<(AggregateResponse, Vec<String>)> {
        let request = SearchRequest {
            user_marks: Arc::clone(&self.user_marks),
            keep_duplicates,
            ..SearchRequest::new(&self.filter, Target::Row(0), 1)
        };
        let mut searcher = Searcher::default();
        let counted = searcher.aggregate(&self.store, &request, wanted, &|| false);
        let found = searcher.search(&self.store, &request, &|| false);
        let (Some(response), Some(found)) = (counted, found) else {
            anyhow::bail!("the search was interrupted: try again");
        };
        Ok((response, messages_of(&found.messages, found.excluded_undated)))
    }

    /// The outcome of a command that found this many records: a failure if a file has errors, and negative if there
    /// is no record.
    pub(super) fn outcome(&self, count: usize) -> Outcome {
        match count {
            _ if has_errors(&self.problems) => Outcome::Failure,
            0 => Outcome::Negative,
            _ => Outcome::Success,
        }
    }
}

/// Loads the files, prints their problems, and runs a command on the requested records.
///
/// The outcome is a failure if a file has errors, and negative if no record matches.
pub(super) fn with_requested_rows(
    records: &RecordArgs,
    command: impl FnOnce(&mut RequestedRows<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let query = &records.query;
    let loaded = LoadedRecords::load(query, &records.marks_args)?;
    let mut rows = RequestedRows::new(
        &loaded.store,
        &RowsRequest {
            user_marks: Arc::clone(&loaded.user_marks),
            filter: loaded.filter.clone(),
            order: requested_order(query, loaded.store.own_field_names()),
            start_at: records.start_at,
            limit: records.limit,
            keep_duplicates: query.keep_duplicates,
            archive_names: ArchiveNames::load(&query.archive_args),
        },
    )?;
    let count = rows.remaining();
    command(&mut rows)?;
    let named = rows.named_archives();
    print_messages(rows.messages().iter().chain(&named.messages));
    Ok(loaded.outcome(count))
}

/// Prints messages about the filter.
pub(super) fn print_messages<'m>(messages: impl IntoIterator<Item = &'m String>) {
    for message in messages {
        eprint_line(&format!("fonds: {message}"));
    }
}

/// Looks for what is wrong with a filter.
///
/// # Errors
/// It names a field that is not in the files, or a value that is impossible.
fn check_filter(store: &Store, filter: &str) -> anyhow::Result<()> {
    let errors = query::parse(filter, store.own_field_names()).errors;
    anyhow::ensure!(errors.is_empty(), "{}", errors.join("\nfonds: "));
    Ok(())
}

/// Adds the conditions of `--marked` and `--noted` to a filter.
fn filter_with_marks(filter: &str, marks_args: &MarksArgs) -> String {
    let conditions = [("is:marked ", marks_args.marked), ("is:noted ", marks_args.noted)];
    let prefix: String =
        conditions.into_iter().filter(|(_, is_set)| *is_set).map(|(term, _)| term).collect();
    // A leading `|` has nothing to its left; after the prefix it would mean `or`.
    let rest = if prefix.is_empty() { filter } else { filter.trim_start_matches(['|', ' ']) };
    prefix + rest
}

/// Returns the user's marks and notes if the filter asks for them, else none. Adds what is wrong with
/// the marks files to `problems`.
fn marks_for_filter(
    store: &Store,
    filter: &str,
    file: Option<&Path>,
    problems: &mut Vec<Problem>,
) -> anyhow::Result<Arc<UserMarks>> {
    if !query::parse(filter, store.own_field_names()).uses_marks() {
        return Ok(Arc::default());
    }
    let read = read_marks(&MarksLocation::new(file), store)?;
    eprint_each_problem(&read.problems);
    problems.extend(read.problems);
    if let Some(message) = read.unclaimed {
        eprint_line(&format!("fonds: {message}"));
    }
    Ok(Arc::new(read.user_marks))
}

/// Returns the order that the arguments ask for, if any.
///
/// `--reverse` alone reverses the default order: relevance if the filter has words, else archive
/// order. `own_field_names` decides which terms of the filter name a field.
pub(crate) fn requested_order(query: &QueryArgs, own_field_names: &[String]) -> Option<Order> {
    let by = match query.order {
        Some(order) => order.into(),
        None if !query.reverse => return None,
        None if query::parse(&query.filter, own_field_names).has_words() => OrderBy::Relevance,
        None => OrderBy::Archive,
    };
    Some(Order { by, reversed: query.reverse })
}
