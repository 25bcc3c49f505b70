//! A second, small backend: a list of records whose answers can be late, incomplete, uncounted or missing. It shares no
//! code with the in-memory store.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use fonds::query::{
    AggregateRequest, AggregateResponse, Backend, CancelCheck, Coverage, Order, OrderBy, PageToken,
    PageTokens, RecordHandle, RecordSet, Row, SearchError, SearchRequest, SearchResponse, Summary,
    Target, Total,
};
use fonds::record::{Provenance, Record};
use fonds::text::fold::fold;

/// How a search is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// Only a part of two has answered, with every second record.
    InPart,
    /// There is none, for this reason.
    Missing(&'static str),
}

/// Which requests have no answer.
type IsMissing = fn(&Target) -> bool;

/// A backend that keeps its records in a list.
#[derive(Debug, Default)]
pub(crate) struct ListBackend {
    records: Vec<Arc<Record>>,
    /// How the next searches are answered; the ones after them are answered as a whole.
    answers: Mutex<VecDeque<Answer>>,
    /// The number of matches that are counted. If there are more, pages are reached by tokens.
    counted: Option<usize>,
    /// Which targets are not found, and why.
    missing_targets: Mutex<Option<(IsMissing, &'static str)>>,
    /// How filters without an answer begin, and why there is none.
    missing_filter: Mutex<Option<(&'static str, &'static str)>>,
    /// Whether page tokens are no longer known.
    are_tokens_expired: AtomicBool,
}

impl ListBackend {
    /// Creates a backend with these records.
    pub(crate) fn new(records: Vec<Record>) -> ListBackend {
        let records = records.into_iter().map(Arc::new).collect();
        ListBackend { records, ..ListBackend::default() }
    }

    /// Counts only so many matches, and gives out page tokens.
    pub(crate) fn counting(mut self, matches: usize) -> ListBackend {
        self.counted = Some(matches);
        self
    }

    /// Answers the next searches so.
    pub(crate) fn answer_next(&self, answers: impl IntoIterator<Item = Answer>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// Gives no answer to requests for such targets.
    pub(crate) fn miss_targets(&self, is_missing: IsMissing, why: &'static str) {
        *self.missing_targets.lock().unwrap() = Some((is_missing, why));
    }

    /// Gives no answer to filters that begin so.
    pub(crate) fn miss_filters(&self, filter: &'static str, why: &'static str) {
        *self.missing_filter.lock().unwrap() = Some((filter, why));
    }

    /// Knows no page token any more.
    pub(crate) fn expire_tokens(&self) {
        self.are_tokens_expired.store(true, Ordering::Relaxed);
    }

    /// Returns why a request has no answer, if it has none.
    fn check(&self, request: &SearchRequest) -> Result<(), SearchError> {
        if matches!(request.target, Target::Page(_))
            && self.are_tokens_expired.load(Ordering::Relaxed)
        {
            return Err(SearchError::Expired);
        }
        let filter = *self.missing_filter.lock().unwrap();
        let target = *self.missing_targets.lock().unwrap();
        let why =
            filter.and_then(|(filter, why)| request.filter.starts_with(filter).then_some(why));
        let why = why.or(target.and_then(|(fits, why)| fits(&request.target).then_some(why)));
        why.map_or(Ok(()), |why| Err(SearchError::NoAnswer(why.to_owned())))
    }

    /// The indices of the records that match, in order.
    fn matches(&self, request: &SearchRequest, order: Order, parts: usize) -> Vec<usize> {
        let terms: Vec<String> = request.filter.split_whitespace().map(str::to_owned).collect();
        let fits = |index: usize| {
            terms.iter().all(|term| match term.as_str() {
                "is:marked" => request.user_marks.marked.contains(handle(index)),
                word => words(&self.records[index]).any(|it| it.starts_with(&fold(word))),
            })
        };
        let mut found: Vec<usize> =
            (0..self.records.len()).filter(|at| at % parts == 0 && fits(*at)).collect();
        match order.by {
            OrderBy::Title => found.sort_by_key(|at| fold(self.records[*at].title().unwrap())),
            OrderBy::Date => found.sort_by_key(|at| self.records[*at].date.text.clone()),
            OrderBy::Relevance | OrderBy::Archive => {}
        }
        if order.reversed {
            found.reverse();
        }
        found
    }

    /// The first row of the page that a request asks for, and the row of its target.
    fn page(&self, request: &SearchRequest, found: &[usize]) -> (usize, Option<usize>, bool) {
        let row_of = |index: Option<usize>| found.iter().position(|at| Some(*at) == index);
        let (row, exists) = match &request.target {
            Target::Row(row) => (found.len().checked_sub(1).map(|last| *row.min(&last)), true),
            Target::Record(RecordHandle(number)) => {
                let index = *number as usize;
                (row_of(Some(index)), index < self.records.len())
            }
            Target::Position(position) => {
                let index = self.records.iter().position(|it| it.position == Some(*position));
                (row_of(index), index.is_some())
            }
            Target::Page(PageToken(first)) => return (first.parse().unwrap(), None, true),
        };
        (row.unwrap_or(0) / request.page_size * request.page_size, row, exists)
    }

    /// The tokens of the pages beside the one with this first row.
    fn tokens(&self, first: usize, page_size: usize, matches: usize) -> PageTokens {
        let token = |row: usize| PageToken(row.to_string().into());
        if self.counted.is_none() {
            return PageTokens::default();
        }
        PageTokens {
            next: (first + page_size < matches).then(|| token(first + page_size)),
            previous: (first > 0).then(|| token(first.saturating_sub(page_size))),
            last: matches.checked_sub(1).map(|last| token(last / page_size * page_size)),
        }
    }
}

/// The handle of a record of the list.
fn handle(index: usize) -> RecordHandle {
    RecordHandle(u32::try_from(index).unwrap())
}

/// The folded words of a title.
fn words(record: &Record) -> impl Iterator<Item = String> {
    let title = fold(record.title().unwrap_or_default());
    let words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    words.collect::<Vec<_>>().into_iter()
}

impl Backend for ListBackend {
    fn summary(&self) -> Summary {
        Summary { record_count: Total::Exact(self.records.len()), ..Summary::default() }
    }

    fn search(
        &self,
        request: &SearchRequest,
        _is_cancelled: CancelCheck<'_>,
    ) -> Result<SearchResponse, SearchError> {
        self.check(request)?;
        let answer = self.answers.lock().unwrap().pop_front();
        let (coverage, parts) = match answer {
            None => (Coverage::default(), 1),
            Some(Answer::InPart) => {
                let reasons = vec!["the second one does not answer".to_owned()];
                (Coverage { answered: 1, parts: 2, reasons }, 2)
            }
            Some(Answer::Missing(why)) => return Err(SearchError::NoAnswer(why.to_owned())),
        };
        let has_words = request.filter.split_whitespace().any(|term| term != "is:marked");
        let by = if has_words { OrderBy::Relevance } else { OrderBy::Archive };
        let order = request.order.unwrap_or(Order { by, reversed: false });
        let found = self.matches(request, order, parts);
        let (first_row, target_row, target_exists) = self.page(request, &found);
        let row = |index: &usize| Row {
            handle: handle(*index),
            record: Arc::clone(&self.records[*index]),
            provenance: Provenance::default(),
            duplicates: Vec::new(),
            possible_duplicates: Vec::new(),
        };
        let page = found.iter().skip(first_row).take(request.page_size);
        let requested = request.requested_rows.clone().unwrap_or_default();
        let end = requested.end.min(found.len());
        let requested = found.get(requested.start.min(end)..end).unwrap_or_default();
        let mut selection_matches: RecordSet = found.iter().map(|at| handle(*at)).collect();
        selection_matches.intersect(&request.selection);
        let total = match self.counted {
            Some(counted) if counted < found.len() => Total::AtLeast(counted),
            _ if parts > 1 => Total::AtLeast(found.len()),
            _ => Total::Exact(found.len()),
        };
        Ok(SearchResponse {
            match_count: total,
            total: Total::Exact(self.records.len()),
            coverage,
            page_tokens: self.tokens(first_row, request.page_size, found.len()),
            target_row,
            target_exists,
            first_row,
            rows: page.map(row).collect(),
            order,
            uses_marks: request.filter.contains("is:marked"),
            requested_records: requested.iter().map(|at| handle(*at)).collect(),
            selection_matches,
            ..SearchResponse::default()
        })
    }

    fn aggregate(
        &self,
        _request: &SearchRequest,
        _wanted: &AggregateRequest,
        _is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, SearchError> {
        Err(SearchError::NoAnswer("this backend does not count".to_owned()))
    }

    fn provenances(&self) -> BTreeSet<Provenance> {
        BTreeSet::new()
    }
}
