//! A search engine as a backend.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::EngineAddress;
use super::ask::{Answer, Ask, Engine, Index, Position, SortKey};
use super::condition::{Condition, Translation, Translator};
use super::handles::Handles;
use super::http::{Client, Failure};
use super::page::PageStart;
use crate::query::{
    AggregateRequest, AggregateResponse, Backend, CancelCheck, DateUnit, EngineLimit, Order,
    OrderBy, Placement, Query, RecordHandle, RecordSet, Row, SearchError, SearchRequest,
    SearchResponse, Suggestion, Summary, Target, UserMarks,
};
use crate::record::{Provenance, RecordId, RecordKey};

/// The most rows of one request. Longer lists are answered in several pages.
const MAX_ROWS: usize = 1_000;

/// The most records of a selection that are looked up among the matches.
const MAX_SELECTED: usize = 10_000;

/// An index of a search engine as a backend.
#[derive(Clone, Debug)]
pub struct EngineBackend {
    pub(super) address: Arc<EngineAddress>,
    pub(super) index: Arc<Index>,
    /// The index by another connection, so that rows never wait for counts.
    pub(super) counted_index: Arc<Index>,
    pub(super) engine: Arc<dyn Engine>,
    pub(super) handles: Arc<Handles>,
    pub(super) summary: Summary,
}

impl EngineBackend {
    /// Returns what the system of the archive is called.
    pub fn system(&self) -> &str {
        &self.index.mapping.name
    }

    /// Translates a filter.
    ///
    /// # Errors
    /// It is about more records than can be named. Without them it would find all records.
    fn translate(&self, query: &Query, marks: &UserMarks) -> Result<Translation, SearchError> {
        let ids = |records: &mut dyn Iterator<Item = RecordHandle>| self.handles.ids(records);
        let (mapping, schema) = (&self.index.mapping, &self.index.schema);
        let translation = Translator { mapping, schema, marks, ids: &ids }.translate(query);
        let is_refused = |it: &&Suggestion| {
            matches!(it, Suggestion::EngineLimit { limit: EngineLimit::TooManyMarks, .. })
        };
        match translation.limits.iter().find(is_refused) {
            Some(refused) => Err(SearchError::NoAnswer(refused.to_string())),
            None => Ok(translation),
        }
    }

    /// Returns what an order sorts by; `None` if it cannot be sorted by.
    fn order_keys(&self, by: OrderBy) -> Option<Vec<&str>> {
        order_keys(&self.index, by)
    }

    /// Returns what matches are sorted by.
    fn sort(&self, order: Order) -> Result<Vec<SortKey>, SearchError> {
        let fields = self.order_keys(order.by).ok_or_else(|| {
            SearchError::NoAnswer(format!("this engine cannot sort {}", order.shown()))
        })?;
        let is_score = order.by == OrderBy::Relevance;
        let mut keys: Vec<SortKey> = fields
            .into_iter()
            .map(|field| SortKey {
                field: field.to_owned(),
                is_descending: order.reversed != (field == "_score"),
            })
            .collect();
        let tie_break = self.index.mapping.tie_break.as_deref();
        let tie_break = tie_break.filter(|field| self.index.schema.has(field));
        let tie_break = tie_break.unwrap_or(self.engine.tie_break()).to_owned();
        if keys.iter().all(|key| key.field != tie_break) {
            let is_descending = order.reversed && !is_score;
            keys.push(SortKey { field: tie_break, is_descending });
        }
        Ok(keys)
    }

    /// Returns where a page begins.
    fn start_of(&self, request: &SearchRequest) -> Result<PageStart, SearchError> {
        let size = request.page_size.clamp(1, MAX_ROWS);
        let row = match &request.target {
            Target::Page(token) => return PageStart::from_token(token),
            Target::Row(row) => row / size * size,
            Target::Record(_) | Target::Position(_) => 0,
        };
        if row > self.engine.last_numbered_row().saturating_sub(size) {
            return Err(SearchError::NoAnswer("rows so far down have no numbers".to_owned()));
        }
        Ok(PageStart { first_row: row, position: Position::Row(row), size })
    }

    /// Asks for the page of a request. A row behind the last one means the last one.
    fn page(
        &self,
        request: &SearchRequest,
        ask: &mut Ask<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<(PageStart, Answer), SearchError> {
        let mut start = self.start_of(request)?;
        (ask.position, ask.size) = (start.position.clone(), start.size);
        let answer = self.rows(ask, is_cancelled)?;
        let last_row = answer.total.count().saturating_sub(1);
        if !matches!(start.position, Position::Row(row) if row > last_row) {
            return Ok((start, answer));
        }
        start.first_row = last_row / start.size * start.size;
        start.position = Position::Row(start.first_row);
        ask.position = start.position.clone();
        let answer = self.rows(ask, is_cancelled)?;
        Ok((start, answer))
    }

    /// Asks the index.
    fn rows(&self, ask: &Ask<'_>, is_cancelled: CancelCheck<'_>) -> Result<Answer, SearchError> {
        let answer = self.engine.rows(&self.index, ask, is_cancelled);
        answer.map_err(|failure| error_of(&self.index.client, failure))
    }

    /// Returns the records of a selection that match.
    fn matches_of(
        &self,
        selection: &RecordSet,
        condition: &Condition,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<RecordSet, SearchError> {
        if selection.is_empty() || *condition == Condition::All(Vec::new()) {
            return Ok(selection.clone());
        }
        let ids = self.handles.ids(&mut selection.iter().take(MAX_SELECTED));
        let size = ids.len();
        let condition = Condition::All(vec![condition.clone(), Condition::Ids(ids)]);
        let ask = Ask {
            condition: &condition,
            sort: self.sort(Order::default())?,
            position: Position::Row(0),
            size,
            wants_documents: false,
        };
        let found = self.rows(&ask, is_cancelled)?;
        Ok(found.documents.iter().map(|document| self.handles.handle(&document.id)).collect())
    }

    /// Returns the records at these rows.
    fn records_at(
        &self,
        rows: Range<usize>,
        ask: &Ask<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<RecordSet, SearchError> {
        let size = rows.len();
        if size == 0 {
            return Ok(RecordSet::default());
        }
        if rows.end > self.engine.last_numbered_row() {
            return Err(SearchError::NoAnswer("rows so far down have no numbers".to_owned()));
        }
        let position = Position::Row(rows.start);
        let ask = Ask { position, size, wants_documents: false, ..ask.clone() };
        let found = self.rows(&ask, is_cancelled)?;
        Ok(found.documents.iter().map(|document| self.handles.handle(&document.id)).collect())
    }

    /// Returns where the target of a request is.
    fn placement(
        &self,
        request: &SearchRequest,
        condition: &Condition,
        page: &Range<usize>,
        rows: &[Row],
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Placement, SearchError> {
        match request.target {
            Target::Page(_) | Target::Position(_) => Ok(Placement::Missing),
            Target::Row(row) => {
                let last = page.end.checked_sub(1);
                Ok(Placement::of_existing(last.map(|last| row.min(last.max(page.start)))))
            }
            Target::Record(record) => {
                if let Some(at) = rows.iter().position(|row| row.handle == record) {
                    return Ok(Placement::Row(page.start + at));
                }
                let wanted: RecordSet = std::iter::once(record).collect();
                let found = self.matches_of(&wanted, condition, is_cancelled)?;
                // A record that matches on another page has a row, but no engine tells its number.
                Ok(if found.is_empty() { Placement::FilteredOut } else { Placement::Missing })
            }
        }
    }

    /// Looks whether a timeline of these units can be counted.
    ///
    /// # Errors
    /// The index has no dates that can be counted, or years only.
    fn check_unit(&self, unit: DateUnit) -> Result<(), SearchError> {
        if self.index.years_field().is_none() {
            let message = "this index has no dates that can be counted";
            return Err(SearchError::NoAnswer(message.to_owned()));
        }
        if unit == DateUnit::Month && !self.engine.counts_months(&self.index) {
            let message = "this index counts years, not months";
            return Err(SearchError::NoAnswer(message.to_owned()));
        }
        Ok(())
    }

    /// Returns the identity of a document.
    fn identity(&self, id: &str) -> RecordId {
        let archive = self.address.to_string();
        RecordId { archive, key: RecordKey::Id(id.to_owned()), repetition: 0 }
    }
}

/// Returns what an order sorts by; `None` if the index cannot be sorted by it.
pub(super) fn order_keys(index: &Index, by: OrderBy) -> Option<Vec<&str>> {
    let mapping = &index.mapping;
    let sorted = |pattern: &String| index.chosen_field(pattern, |field| field.is_sorted);
    let first = |patterns: &[String]| patterns.iter().find_map(sorted).map(|field| vec![field]);
    match by {
        OrderBy::Relevance => Some(vec!["_score"]),
        OrderBy::Date => first(mapping.date.sort.as_slice()),
        OrderBy::Title => first(&mapping.order.title),
        OrderBy::Archive => Some(mapping.order.archive.iter().filter_map(sorted).collect()),
    }
}

/// Returns why a search has no response.
pub(super) fn error_of(client: &Client, failure: Failure) -> SearchError {
    match failure {
        Failure::Cancelled => SearchError::Cancelled,
        Failure::Refused(refusal) => SearchError::NoAnswer(client.describe(&refusal)),
        Failure::Failed(message) => SearchError::NoAnswer(message),
    }
}

impl Backend for EngineBackend {
    fn summary(&self) -> Summary {
        self.summary.clone()
    }

    fn search(
        &self,
        request: &SearchRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, SearchError> {
        let Translation { condition, limits } =
            self.translate(&request.query, &request.user_marks)?;
        let by = if request.query.has_words() { OrderBy::Relevance } else { OrderBy::Archive };
        let order = request.order.unwrap_or(Order { by, reversed: false });
        let mut ask = Ask {
            condition: &condition,
            sort: self.sort(order)?,
            position: Position::Row(0),
            size: 0,
            wants_documents: true,
        };
        let (start, answer) = self.page(request, &mut ask, is_cancelled)?;
        let row = |document: &super::ask::Document| Row {
            handle: self.handles.handle(&document.id),
            record: Arc::new(self.index.mapping.record(&document.id, &document.source)),
            provenance: Provenance::default(),
            duplicates: Vec::new(),
            possible_duplicates: Vec::new(),
        };
        let rows: Vec<Row> = answer.documents.iter().map(row).collect();
        let page = start.first_row..start.first_row + rows.len();
        let requested = request.requested_rows.clone().unwrap_or_default();
        let mut suggestions = request.query.errors.clone();
        suggestions.extend(request.query.ignored.iter().chain(&request.query.hints).cloned());
        suggestions.extend(limits);
        Ok(SearchResponse {
            match_count: answer.total,
            total: self.summary.record_count,
            page_tokens: start.tokens(&answer, request.page_size.clamp(1, MAX_ROWS)),
            placement: self.placement(request, &condition, &page, &rows, is_cancelled)?,
            first_row: page.start,
            rows,
            order,
            suggestions,
            uses_marks: request.query.uses_marks(),
            requested_records: self.records_at(requested, &ask, is_cancelled)?,
            selection_matches: self.matches_of(&request.selection, &condition, is_cancelled)?,
            coverage: answer.coverage,
            ..SearchResponse::default()
        })
    }

    fn aggregate(
        &self,
        request: &SearchRequest,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, SearchError> {
        if let Some(histogram) = wanted.histogram {
            self.check_unit(histogram.unit)?;
        }
        let condition = self.translate(&request.query, &request.user_marks)?.condition;
        let counted = self.engine.aggregate(&self.counted_index, &condition, wanted, is_cancelled);
        counted.map_err(|failure| error_of(&self.counted_index.client, failure))
    }

    fn identities_of(&self, records: &[RecordHandle]) -> Vec<Option<RecordId>> {
        let ids = records.iter().map(|record| self.handles.id(*record));
        ids.map(|id| Some(self.identity(&id?))).collect()
    }

    /// Gives handles to all documents of the index that have an id, without asking whether they are still there: a search
    /// for one that is not finds nothing.
    fn find(&self, identities: &[RecordId]) -> Vec<Option<RecordHandle>> {
        let archive = self.address.to_string();
        let find = |identity: &RecordId| match &identity.key {
            RecordKey::Id(id) if identity.archive == archive => Some(self.handles.handle(id)),
            _ => None,
        };
        identities.iter().map(find).collect()
    }

    fn find_by_key(&self, key: &str) -> Option<RecordHandle> {
        let condition = Condition::Ids(vec![key.into()]);
        let ask = Ask {
            condition: &condition,
            sort: self.sort(Order::default()).ok()?,
            position: Position::Row(0),
            size: 1,
            wants_documents: false,
        };
        let found = self.rows(&ask, &|| false).ok()?;
        found.documents.first().map(|document| self.handles.handle(&document.id))
    }

    fn provenances(&self) -> BTreeSet<Provenance> {
        std::iter::once(Provenance::default()).collect()
    }
}
