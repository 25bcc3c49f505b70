//! A second, small backend: a list of records whose answers can be late, incomplete, uncounted or missing. It shares no
//! code with the in-memory store.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use fonds::query::{
    Abilities, Ability, AggregateRequest, AggregateResponse, Alternative, Backend, CancelCheck,
    Clause, Coverage, Facet, FacetField, FacetOrder, FacetRequest, FacetValue, Group, Order,
    OrderBy, PageToken, PageTokens, Placement, RecordHandle, RecordSet, Row, SearchError,
    SearchRequest, SearchResponse, Summary, Target, Total, UserMarks,
};
use fonds::record::{Provenance, Record, RecordId, RecordKey};
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
    /// What it can do.
    abilities: Abilities,
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

    /// Can do no more than this.
    pub(crate) fn able(mut self, abilities: Abilities) -> ListBackend {
        self.abilities = abilities;
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
        if matches!(request.target, Target::Row(1..)) && !self.abilities.has(Ability::GoToRow) {
            return Err(SearchError::NoAnswer("rows have no numbers".to_owned()));
        }
        let filter = *self.missing_filter.lock().unwrap();
        let target = *self.missing_targets.lock().unwrap();
        let text = request.query.to_string();
        let why = filter.and_then(|(filter, why)| text.starts_with(filter).then_some(why));
        let why = why.or(target.and_then(|(fits, why)| fits(&request.target).then_some(why)));
        why.map_or(Ok(()), |why| Err(SearchError::NoAnswer(why.to_owned())))
    }

    /// The indices of the records that match, in order.
    fn matches(&self, request: &SearchRequest, order: Order, parts: usize) -> Vec<usize> {
        let fits = |index: usize| self.fits(index, &request.query.groups, &request.user_marks);
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

    /// Whether a record matches one alternative of each group.
    fn fits(&self, index: usize, groups: &[Group], marks: &UserMarks) -> bool {
        let record = &self.records[index];
        let has = |alternative: &Alternative| match alternative {
            Alternative::All(groups) => self.fits(index, groups, marks),
            Alternative::Term(term) => {
                let is_found = match &term.clause {
                    Clause::Words(phrase) => phrase
                        .words
                        .iter()
                        .all(|word| words(record).any(|it| it.starts_with(&word.letters))),
                    Clause::Date(date) => date.matches(record.date.parsed),
                    Clause::Marked => marks.marked.contains(handle(index)),
                    Clause::HasNote => marks.notes.contains_key(&handle(index)),
                    Clause::DoubtfulDate | Clause::Note(_) | Clause::File(_) | Clause::Like(_) => {
                        false
                    }
                };
                is_found != term.negated
            }
        };
        groups.iter().all(|group| group.iter().any(has))
    }

    /// The most frequent values of a field in some records. It gives no years.
    fn facet(&self, wanted: &FacetRequest, found: &[usize]) -> Facet {
        let FacetField::Values { fields, .. } = &wanted.field else { return Facet::default() };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut facet = Facet { is_approximate: true, ..Facet::default() };
        for index in found {
            let record = &self.records[*index];
            let texts = fields.iter().flat_map(|field| record.all(*field));
            let texts: BTreeSet<&str> = texts.collect();
            facet.records_without += usize::from(texts.is_empty());
            for text in texts.into_iter().filter(|text| wanted.wants_value(text)) {
                *counts.entry(text).or_default() += 1;
            }
        }
        let value =
            |(text, count): (&str, usize)| FacetValue { text: text.to_owned(), count, years: None };
        facet.values = counts.into_iter().map(value).collect();
        if wanted.order == FacetOrder::Count {
            facet.values.sort_by_key(|value| std::cmp::Reverse(value.count));
        }
        facet.other_values = facet.values.len().saturating_sub(wanted.limit);
        facet.values.truncate(wanted.limit);
        facet
    }

    /// The first row of the page that a request asks for, and the row of its target.
    fn page(&self, request: &SearchRequest, found: &[usize]) -> (usize, Placement) {
        let row_of = |index: Option<usize>| found.iter().position(|at| Some(*at) == index);
        let existing = |index: Option<usize>| match index {
            Some(_) => Placement::of_existing(row_of(index)),
            None => Placement::Missing,
        };
        let placement = match &request.target {
            Target::Row(row) => {
                Placement::of_existing(found.len().checked_sub(1).map(|last| *row.min(&last)))
            }
            Target::Record(RecordHandle(number)) => {
                let index = *number as usize;
                existing(Some(index).filter(|index| *index < self.records.len()))
            }
            Target::Position(position) => {
                let index = self.records.iter().position(|it| it.position == Some(*position));
                existing(index)
            }
            Target::Page(PageToken(first)) => return (first.parse().unwrap(), Placement::Missing),
        };
        (placement.row().unwrap_or(0) / request.page_size * request.page_size, placement)
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

/// The identity of a record. All titles are different.
fn identity(record: &Record) -> RecordId {
    let archive = "the list".to_owned();
    RecordId { archive, key: RecordKey::from_record(record), repetition: 0 }
}

/// The folded words of a title.
fn words(record: &Record) -> impl Iterator<Item = String> {
    let title = fold(record.title().unwrap_or_default());
    let words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    words.collect::<Vec<_>>().into_iter()
}

impl Backend for ListBackend {
    fn summary(&self) -> Summary {
        Summary {
            record_count: Total::Exact(self.records.len()),
            abilities: self.abilities.clone(),
            ..Summary::default()
        }
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
        let by = if request.query.has_words() { OrderBy::Relevance } else { OrderBy::Archive };
        let order = request.order.unwrap_or(Order { by, reversed: false });
        let found = self.matches(request, order, parts);
        let (first_row, placement) = self.page(request, &found);
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
            placement,
            first_row,
            rows: page.map(row).collect(),
            order,
            uses_marks: request.query.uses_marks(),
            requested_records: requested.iter().map(|at| handle(*at)).collect(),
            selection_matches,
            ..SearchResponse::default()
        })
    }

    fn aggregate(
        &self,
        request: &SearchRequest,
        wanted: &AggregateRequest,
        _is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, SearchError> {
        self.check(request)?;
        let found = self.matches(request, Order::default(), 1);
        let facets = wanted.facets.iter().map(|facet| self.facet(facet, &found)).collect();
        let match_count = Total::Exact(found.len());
        Ok(AggregateResponse { match_count, facets, ..AggregateResponse::default() })
    }

    fn identities_of(&self, records: &[RecordHandle]) -> Vec<Option<RecordId>> {
        let record = |handle: &RecordHandle| self.records.get(handle.0 as usize);
        records.iter().map(|handle| record(handle).map(|record| identity(record))).collect()
    }

    fn find(&self, identities: &[RecordId]) -> Vec<Option<RecordHandle>> {
        let find = |wanted: &RecordId| self.records.iter().position(|it| identity(it) == *wanted);
        identities.iter().map(|wanted| find(wanted).map(handle)).collect()
    }

    fn find_by_key(&self, key: &str) -> Option<RecordHandle> {
        let mut keys = self.records.iter().map(|record| identity(record).key.to_string());
        keys.position(|own| own == key).map(handle)
    }

    fn provenances(&self) -> BTreeSet<Provenance> {
        BTreeSet::new()
    }
}
