//! The records that a command works on: loads the files, searches them, and iterates the matches.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::archive_names::{ArchiveNames, NamedArchives};
use super::args::{MarksArgs, QueryArgs, RecordArgs};
use super::engine;
use super::exit_code::{Outcome, has_errors};
use super::output::{eprint_each_problem, eprint_if_example, eprint_line, eprint_problems};
use super::read_options;
use crate::load;
use crate::query;
use crate::query::{
    AggregateRequest, AggregateResponse, Backend, Order, OrderBy, Placement, RecordSet, Row,
    RowStream, SearchError, SearchRequest, SearchResponse, Selection, SharedBackend, Suggestion,
    Summary, Target, UserMarks,
};
use crate::record::{Archive, OwnName, Problem, SourcedRecord};
use crate::store::StoreBackend;
use crate::tui::runtime::read_marks::{ReadMarks, read_marks};
use crate::tui::runtime::remote_marks::read_remote_marks;
use crate::userdata::marks_file::{MarksError, MarksLocation};

/// The name of the field that holds the user's note in an output.
pub const NOTE_FIELD: &str = "my note";

/// Which records are requested, and what is said of them.
#[derive(Clone, Debug, Default)]
pub struct RowsRequest {
    /// The records.
    pub selection: Selection,
    /// The user's notes. Those of records that were selected by marks or notes are given with them.
    pub notes: Arc<UserMarks>,
    /// The names that the user gives to archives.
    pub archive_names: ArchiveNames,
}

/// Iterates the requested records in order.
pub struct RequestedRows<'s> {
    /// The archives, with the names that the user gives them.
    named: Arc<NamedArchives>,
    notes: Arc<UserMarks>,
    rows: RowStream<'s>,
    /// The names of own fields.
    own_field_names: Arc<Vec<OwnName>>,
}

impl<'s> RequestedRows<'s> {
    /// Searches for the first rows.
    ///
    /// # Errors
    /// The record to start at does not match the filter, there is no such record, or there is no answer.
    pub fn new(backend: &'s dyn Backend, rows: &RowsRequest) -> anyhow::Result<RequestedRows<'s>> {
        let stream = RowStream::new(backend, rows.selection.clone())?;
        check_start(&rows.selection, stream.first_response())?;
        Ok(RequestedRows {
            named: Arc::new(rows.archive_names.name_archives(backend)),
            notes: Arc::clone(&rows.notes),
            rows: stream,
            own_field_names: backend.summary().own_field_names,
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

    /// Returns the names of the own fields of all records.
    pub(super) fn own_field_names(&self) -> &[OwnName] {
        &self.own_field_names
    }

    /// Returns the number of records that are not returned yet, as far as it is known.
    pub fn remaining(&self) -> usize {
        self.rows.remaining()
    }

    /// Returns the number of all records, whether they match or not.
    pub fn total(&self) -> usize {
        self.rows.first_response().total.count()
    }

    /// Returns the number of undated records that match the filter without its date terms.
    pub fn undated_left_out(&self) -> usize {
        self.rows.first_response().excluded_undated
    }

    /// Returns messages about the filter for the user, such as how many undated records it
    /// excludes.
    pub fn messages(&self) -> Vec<String> {
        let SearchResponse { suggestions, excluded_undated, .. } = self.rows.first_response();
        messages_of(suggestions, *excluded_undated)
    }

    /// Checks, after the last row, that no row is missing.
    ///
    /// # Errors
    /// A part did not answer, or there was no answer for some page.
    pub fn check_complete(&self) -> io::Result<()> {
        let error = self.rows.error().map(ToString::to_string);
        match error.or_else(|| self.rows.coverage().message()) {
            Some(missing) => Err(io::Error::other(missing)),
            None => Ok(()),
        }
    }
}

impl Iterator for RequestedRows<'_> {
    type Item = SourcedRecord;

    fn next(&mut self) -> Option<SourcedRecord> {
        let row = self.rows.next()?;
        let with_notes = self.rows.first_response().uses_marks;
        let note = self.notes.note(row.handle).filter(|_| with_notes);
        let note = note.map(|note| (NOTE_FIELD.into(), note.to_owned()));
        let mut sourced = self.named.with_archive(row);
        sourced.record.own.extend(note);
        Some(sourced)
    }
}

/// Returns messages about a filter, with that about undated records.
pub(super) fn messages_of(suggestions: &[Suggestion], undated_left_out: usize) -> Vec<String> {
    let left_out = match undated_left_out {
        0 => None,
        1 => Some("1 undated record is left out by the date".to_owned()),
        many => Some(format!("{many} undated records are left out by the date")),
    };
    suggestions.iter().map(Suggestion::to_string).chain(left_out).collect()
}

/// Returns the rows of these records in the order of the screen: as the filter and the order sort them, then
/// those that the filter leaves out.
///
/// # Errors
/// There is no answer.
pub(crate) fn in_order(
    backend: &dyn Backend,
    records: &RecordSet,
    filter: &str,
    order: Option<Order>,
) -> Result<Vec<Row>, SearchError> {
    let all = SearchRequest::for_records(records.clone(), order);
    let mut rows = Vec::with_capacity(records.len());
    let mut seen = RecordSet::default();
    let own_field_names = backend.summary().own_field_names;
    let marked = query::parse(filter, &own_field_names).narrowed_by("is:marked");
    let query = Arc::new(query::parse(&marked, &own_field_names));
    for request in [SearchRequest { query, ..all.clone() }, all] {
        let mut stream = RowStream::new(backend, request)?;
        for row in &mut stream {
            if !seen.contains(row.handle) {
                seen.insert(row.handle);
                rows.push(row);
            }
        }
        stream.error().cloned().map_or(Ok(()), Err)?;
    }
    Ok(rows)
}

/// Checks that the record to start at is among the matches.
fn check_start(selection: &Selection, response: &SearchResponse) -> anyhow::Result<()> {
    let Selection::Rows {
        request: SearchRequest { target: Target::Position(position), .. }, ..
    } = selection
    else {
        return Ok(());
    };
    match response.placement {
        Placement::Row(_) => Ok(()),
        Placement::FilteredOut => anyhow::bail!(
            "--start-at {position}: the filter leaves this record out; name one that matches"
        ),
        Placement::Missing => anyhow::bail!("--start-at {position}: no record has this position"),
    }
}

/// The loaded records, and which of them a command is about.
pub(super) struct LoadedRecords {
    pub(super) backend: SharedBackend,
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
        if let Some(address) = engine::address_of_arguments(&query.files, &query.read_args)? {
            return LoadedRecords::of_engine(engine::open_address(address)?, query, marks_args);
        }
        let options = read_options::from_args(&query.read_args)?;
        let inputs = query.inputs();
        let (store, mut problems) = load::read_all(&inputs, &options);
        // Problems come before the records, because a pipe such as `| head` may end the output early.
        eprint_problems(&problems);
        check_filter(store.own_field_names(), store.len(), &query.filter)?;
        let filter = filter_with_marks(store.own_field_names(), &query.filter, marks_args);
        let own_names = store.own_field_names();
        let read = |location: &MarksLocation| read_marks(location, &store);
        let file = marks_args.marks.as_deref();
        let user_marks = marks_for_filter(&filter, own_names, file, &read, &mut problems)?;
        eprint_if_example(&inputs);
        let backend = Arc::new(StoreBackend::new(store));
        Ok(LoadedRecords { backend, filter, user_marks, problems })
    }

    /// Takes the records of an engine, which stay where they are.
    ///
    /// # Errors
    /// Something is wrong with the filter, or the marks cannot be read.
    fn of_engine(
        backend: SharedBackend,
        query: &QueryArgs,
        marks_args: &MarksArgs,
    ) -> anyhow::Result<LoadedRecords> {
        let Summary { own_field_names, record_count, .. } = backend.summary();
        check_filter(&own_field_names, record_count.count(), &query.filter)?;
        let filter = filter_with_marks(&own_field_names, &query.filter, marks_args);
        let mut problems = Vec::new();
        let read = |location: &MarksLocation| read_remote_marks(location, &*backend);
        let file = marks_args.marks.as_deref();
        let user_marks = marks_for_filter(&filter, &own_field_names, file, &read, &mut problems)?;
        Ok(LoadedRecords { backend, filter, user_marks, problems })
    }

    /// Returns the records that the arguments ask for.
    fn selection(&self, records: &RecordArgs) -> Selection {
        let own_field_names = &self.backend.summary().own_field_names;
        let target = records.start_at.map_or(Target::Row(0), Target::Position);
        let request = SearchRequest {
            order: requested_order(&records.query, own_field_names),
            user_marks: Arc::clone(&self.user_marks),
            keep_duplicates: records.query.keep_duplicates,
            target,
            ..SearchRequest::for_rows(query::parse(&self.filter, own_field_names))
        };
        Selection::Rows { request, limit: records.limit }
    }

    /// Counts over the records. Returns messages about the filter too.
    ///
    /// # Errors
    /// There is no answer.
    pub(super) fn aggregate(
        &self,
        keep_duplicates: bool,
        wanted: &AggregateRequest,
    ) -> anyhow::Result<(AggregateResponse, Vec<String>)> {
        let query = query::parse(&self.filter, &self.backend.summary().own_field_names);
        let request = SearchRequest {
            user_marks: Arc::clone(&self.user_marks),
            keep_duplicates,
            ..SearchRequest::new(query, Target::Row(0), 1)
        };
        let response = self.backend.aggregate(&request, wanted, &|| false)?;
        let found = self.backend.search(&request, &|| false)?;
        engine::refuse_ignored_terms(&found.suggestions)?;
        let mut messages = messages_of(&found.suggestions, found.excluded_undated);
        messages.extend(response.coverage.message());
        Ok((response, messages))
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
        &*loaded.backend,
        &RowsRequest {
            selection: loaded.selection(records),
            notes: Arc::clone(&loaded.user_marks),
            archive_names: ArchiveNames::load(&query.archive_args),
        },
    )?;
    engine::refuse_ignored_terms(&rows.rows.first_response().suggestions)?;
    let count = rows.remaining();
    command(&mut rows)?;
    let named = rows.named_archives();
    print_messages(rows.messages().iter().chain(&named.messages));
    rows.check_complete()?;
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
fn check_filter(own_names: &[OwnName], records: usize, filter: &str) -> anyhow::Result<()> {
    let mut query = query::parse(filter, own_names);
    query.limit_terms(records);
    let errors: Vec<String> = query.errors.iter().map(Suggestion::to_string).collect();
    anyhow::ensure!(errors.is_empty(), "{}", errors.join("\nfonds: "));
    Ok(())
}

/// Adds the conditions of `--marked` and `--noted` to a filter.
fn filter_with_marks(own_names: &[OwnName], filter: &str, marks_args: &MarksArgs) -> String {
    let conditions = [("is:marked", marks_args.marked), ("is:noted", marks_args.noted)];
    let conditions: Vec<&str> =
        conditions.into_iter().filter(|(_, is_set)| *is_set).map(|(term, _)| term).collect();
    if conditions.is_empty() {
        return filter.to_owned();
    }
    query::parse(filter, own_names).narrowed_by(&conditions.join(" "))
}

/// Returns the user's marks and notes if the filter asks for them, else none. Adds what is wrong with
/// the marks files to `problems`.
fn marks_for_filter(
    filter: &str,
    own_names: &[OwnName],
    file: Option<&Path>,
    read: &dyn Fn(&MarksLocation) -> Result<ReadMarks, MarksError>,
    problems: &mut Vec<Problem>,
) -> anyhow::Result<Arc<UserMarks>> {
    if !query::parse(filter, own_names).uses_marks() {
        return Ok(Arc::default());
    }
    let read = read(&MarksLocation::new(file))?;
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
pub(crate) fn requested_order(query: &QueryArgs, own_field_names: &[OwnName]) -> Option<Order> {
    let by = match query.order {
        Some(by) => by,
        None if !query.reverse => return None,
        None if query::parse(&query.filter, own_field_names).has_words() => OrderBy::Relevance,
        None => OrderBy::Archive,
    };
    Some(Order { by, reversed: query.reverse })
}
