//! A filter in the terms of an index: what both query languages are written from.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mapping::{EngineMapping, FieldMapping, FieldTarget};
use super::schema::{FieldKind, Schema};
use super::value_pattern::value_pattern;
use crate::query::date_filter::DateFilter;
use crate::query::{
    Alternative, Clause, EngineLimit, Group, GuessPolicy, Phrase, Query, RecordHandle, Scope,
    Suggestion, Term, UserMarks,
};
use crate::record::field_set::FieldSet;
use crate::record::{Day, OwnName, Precision};
use crate::text::fold::fold;
use crate::text::tokens::may_have_unspaced;

/// The most ids of records in one request.
const MAX_IDS: usize = 10_000;

/// A condition on documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// All of these hold; without any, every document fits.
    All(Vec<Condition>),
    /// One of these holds; without any, no document fits.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// A value of a field has these words.
    Words(EngineWords),
    /// A whole value of a field fits a regular expression of Lucene.
    Pattern {
        /// The fields.
        fields: Vec<String>,
        /// The expression.
        pattern: String,
    },
    /// A field has this whole value.
    Value {
        /// The fields.
        fields: Vec<String>,
        /// The value.
        value: String,
    },
    /// A range of days, as numbers, meets or lies in this one.
    DayRange {
        /// The field.
        field: String,
        /// The first and the last day. An open end is the smallest or largest number.
        days: (i64, i64),
        /// Whether it lies in it.
        is_within: bool,
    },
    /// A range of time meets or lies in this one.
    TimeRange {
        /// The field.
        field: String,
        /// The first and the last day. `None` is an open end.
        days: (Option<String>, Option<String>),
        /// Whether it lies in it.
        is_within: bool,
    },
    /// A number, a text or a point in time is not before and not after these.
    Between {
        /// The field.
        field: String,
        /// The smallest value.
        first: Option<String>,
        /// The largest value.
        last: Option<String>,
    },
    /// A field has a value.
    Exists(String),
    /// A nested object fits.
    Nested {
        /// The object.
        path: String,
        /// What holds of it.
        inner: Box<Condition>,
    },
    /// A document has one of these ids.
    Ids(Vec<Arc<str>>),
}

/// Words that follow each other in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EngineWords {
    /// The fields.
    pub(super) fields: Vec<String>,
    /// The words.
    pub(super) words: Vec<String>,
    /// Whether the last word may be the beginning of one.
    pub(super) is_prefix: bool,
    /// Whether other words are guessed.
    pub(super) is_guess: bool,
    /// The most other words between them, in any order.
    pub(super) max_between: Option<usize>,
}

/// What a filter becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Translation {
    /// The condition.
    pub(super) condition: Condition,
    /// What the engine cannot do.
    pub(super) limits: Vec<Suggestion>,
}

/// Returns the ids of records.
pub(super) type IdsOf<'i> = dyn Fn(&mut dyn Iterator<Item = RecordHandle>) -> Vec<Arc<str>> + 'i;

/// Translates filters for one index.
#[derive(Clone, Copy)]
pub(super) struct Translator<'e> {
    /// What the fields mean.
    pub(super) mapping: &'e EngineMapping,
    /// The fields.
    pub(super) schema: &'e Schema,
    /// The user's marks and notes.
    pub(super) marks: &'e UserMarks,
    /// Returns the ids of records.
    pub(super) ids: &'e IdsOf<'e>,
}

impl Translator<'_> {
    /// Translates a filter. What the engine cannot do is left out.
    pub(super) fn translate(&self, query: &Query) -> Translation {
        let mut limits = Vec::new();
        let mut conditions = self.groups(&query.groups, &mut limits);
        for filter in &self.mapping.filters {
            let excluded = filter.excluded.iter().map(|value| Condition::Value {
                fields: vec![filter.field.clone()],
                value: value.clone(),
            });
            if self.schema.has(&filter.field) {
                conditions.push(not(Condition::Any(excluded.collect())));
            }
        }
        Translation { condition: Condition::All(conditions), limits }
    }

    /// Translates groups that are joined by *and*.
    fn groups(&self, groups: &[Group], limits: &mut Vec<Suggestion>) -> Vec<Condition> {
        let mut all = Vec::new();
        for group in groups {
            let alternatives: Vec<Condition> = group
                .iter()
                .filter_map(|alternative| match alternative {
                    Alternative::Term(term) => self.term(term, limits),
                    Alternative::All(inner) => {
                        let inner = self.groups(inner, limits);
                        (!inner.is_empty()).then_some(Condition::All(inner))
                    }
                })
                .collect();
            match <[Condition; 1]>::try_from(alternatives) {
                Ok([only]) => all.push(only),
                Err(several) if several.is_empty() => {}
                Err(several) => all.push(Condition::Any(several)),
            }
        }
        all
    }

    /// Translates a term; `None` if it is ignored.
    fn term(&self, term: &Term, limits: &mut Vec<Suggestion>) -> Option<Condition> {
        let translated = match term.literal_if_negated() {
            Clause::Words(phrase) => self.phrase(&phrase),
            Clause::Date(filter) => self.date(filter),
            Clause::Marked => self.records(&mut self.marks.marked.iter()),
            Clause::HasNote => self.records(&mut self.marks.notes.keys().copied()),
            Clause::Note(phrase) => {
                let mut matcher = phrase.matcher();
                let noted = self.marks.notes.iter();
                let fits: Vec<RecordHandle> = noted
                    .filter(|(_, note)| matcher.best_quality(&fold(note)).is_some())
                    .map(|(record, _)| *record)
                    .collect();
                self.records(&mut fits.into_iter())
            }
            Clause::DoubtfulDate => Err(EngineLimit::DoubtfulDates),
            Clause::Like(_) => Err(EngineLimit::LikeRecords),
            Clause::File(_) => Err(EngineLimit::Files),
        };
        let mut tell = |limit| {
            limits.push(Suggestion::EngineLimit { typed: term.text.clone(), limit });
        };
        match translated {
            Ok((condition, limit)) => {
                limit.into_iter().for_each(&mut tell);
                Some(if term.negated { not(condition) } else { condition })
            }
            Err(limit) => {
                tell(limit);
                None
            }
        }
    }

    /// Translates a set of records.
    fn records(&self, records: &mut dyn Iterator<Item = RecordHandle>) -> Translated {
        let ids = (self.ids)(&mut records.take(MAX_IDS + 1));
        if ids.len() > MAX_IDS {
            return Err(EngineLimit::TooManyMarks);
        }
        Ok((Condition::Ids(ids), None))
    }

    /// Translates a phrase with its other spellings.
    fn phrase(&self, phrase: &Phrase) -> Translated {
        let (first, limit) = self.spelling(phrase)?;
        let others = phrase.variants.iter().filter_map(|it| self.spelling(it).ok());
        let mut all: Vec<Condition> = vec![first];
        all.extend(others.map(|(condition, _)| condition));
        Ok(match <[Condition; 1]>::try_from(all) {
            Ok([only]) => (only, limit),
            Err(several) => (Condition::Any(several), limit),
        })
    }

    /// Translates a phrase without its other spellings.
    fn spelling(&self, phrase: &Phrase) -> Translated {
        let words: Vec<String> = phrase.words.iter().map(|word| word.letters.clone()).collect();
        let is_prefix = phrase.words.last().is_some_and(|word| word.allow_prefix);
        let mappings = self.fields_of(&phrase.scope);
        let is_whole_value = phrase.at_start && phrase.at_end && !is_prefix;
        let exact: BTreeSet<&str> = mappings
            .iter()
            .flat_map(|field| &field.exact)
            .flat_map(|it| self.schema.expand(it))
            .collect();
        if is_whole_value && !exact.is_empty() {
            let fields = exact.into_iter().map(str::to_owned).collect();
            return Ok((Condition::Value { fields, value: words.join(" ") }, None));
        }
        let (whole, fields) = self.fields_for_words(phrase, &mappings);
        let pattern =
            Condition::Pattern { fields: whole, pattern: value_pattern(phrase, is_prefix) };
        let has_pattern =
            matches!(&pattern, Condition::Pattern { fields, .. } if !fields.is_empty());
        if fields.is_empty() {
            return if has_pattern {
                Ok((pattern, None))
            } else {
                Err(EngineLimit::FieldNotSearched)
            };
        }
        // Engines keep the letters of such scripts one by one, so that no word is the beginning of another one.
        let is_prefix = is_prefix && !words.last().is_some_and(|word| may_have_unspaced(word));
        let limit = (phrase.at_start || phrase.at_end).then_some(EngineLimit::ValueEnds);
        let words = Condition::Words(EngineWords {
            fields,
            words,
            is_prefix,
            is_guess: phrase.guess_policy == GuessPolicy::Always,
            max_between: phrase.max_between,
        });
        let condition = if has_pattern { Condition::Any(vec![words, pattern]) } else { words };
        Ok((condition, limit))
    }

    /// Returns the fields whose whole values are compared with a pattern, and those that are searched for words.
    fn fields_for_words(
        &self,
        phrase: &Phrase,
        mappings: &[&FieldMapping],
    ) -> (Vec<String>, Vec<String>) {
        let own_names: &[OwnName] = match &phrase.scope {
            Scope::Own(names) => names,
            _ => &[],
        };
        let searched = mappings.iter().flat_map(|field| field.searched()).map(String::as_str);
        let searched = searched.chain(own_names.iter().map(OwnName::as_str));
        let searched = searched.flat_map(|pattern| self.schema.expand(pattern));
        let is_words = |name: &&str| {
            self.schema.get(name).is_some_and(|field| {
                let kinds = [FieldKind::Text, FieldKind::Keyword, FieldKind::Other];
                field.is_searched && kinds.contains(&field.kind)
            })
        };
        // All values of a field are compared: that is too slow where no field is named.
        let can_compare = phrase.scope != Scope::DefaultFields
            && phrase.max_between.is_none()
            && phrase.guess_policy != GuessPolicy::Always;
        let is_whole = |name: &String| {
            can_compare && self.schema.get(name).is_some_and(|it| it.kind == FieldKind::Keyword)
        };
        let fields: BTreeSet<&str> = searched.filter(is_words).collect();
        fields.into_iter().map(str::to_owned).partition(is_whole)
    }

    /// Returns the fields that a scope means.
    fn fields_of(&self, scope: &Scope) -> Vec<&FieldMapping> {
        let is_meant = |field: &&FieldMapping| match (scope, field.target()) {
            (Scope::DefaultFields, Some(FieldTarget::Known(known))) => {
                FieldSet::DEFAULT_SEARCH.intersects(FieldSet::from_field(known))
            }
            (Scope::DefaultFields, Some(FieldTarget::Own(_))) => true,
            (Scope::Names, Some(FieldTarget::Known(known))) => {
                FieldSet::NAMES.intersects(FieldSet::from_field(known))
            }
            (Scope::Known(wanted), Some(FieldTarget::Known(known))) => *wanted == known,
            (Scope::Own(names), Some(FieldTarget::Own(own))) => names.contains(&own),
            _ => false,
        };
        self.mapping.fields.iter().filter(is_meant).collect()
    }

    /// Translates a condition on dates.
    fn date(&self, filter: DateFilter) -> Translated {
        let date = &self.mapping.date;
        let has = |field: &Option<String>| field.clone().filter(|name| self.schema.has(name));
        if let Some(field) = has(&date.days) {
            return Ok((day_range(field, filter), None));
        }
        if let Some(field) = has(&date.range) {
            return Ok((time_range(field, filter), None));
        }
        if let Some(field) = has(&date.years).or_else(|| has(&date.years_of_text)) {
            return Ok((years(&field, filter), by_year(filter)));
        }
        match (has(&date.search_start), has(&date.search_end)) {
            (Some(start), Some(end)) => Ok((
                between(&start, &end, date.nested.as_deref(), date.ends_by_year, filter),
                by_year(filter).filter(|_| date.ends_by_year),
            )),
            _ => Err(EngineLimit::NoDates),
        }
    }
}

/// The condition for a clause, with the part of the clause that the engine cannot do; an error if it can do nothing of it.
type Translated = Result<(Condition, Option<EngineLimit>), EngineLimit>;

/// Returns the condition that holds where another one does not.
fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

/// Returns the limit of an engine that compares years, if the filter is finer.
fn by_year(filter: DateFilter) -> Option<EngineLimit> {
    let (DateFilter::Overlaps(span) | DateFilter::Within(span)) = filter else { return None };
    let is_fine = |precision: Precision, is_open: bool| precision < Precision::Year && !is_open;
    let is_finer = is_fine(span.start_precision, span.has_open_start())
        || is_fine(span.end_precision, span.has_open_end());
    is_finer.then_some(EngineLimit::DatesByYear)
}

/// Translates for ranges of days.
fn day_range(field: String, filter: DateFilter) -> Condition {
    match filter {
        DateFilter::Undated => not(Condition::Exists(field)),
        DateFilter::Overlaps(span) => {
            let days = (span.earliest.0, span.latest.0);
            Condition::DayRange { field, days, is_within: false }
        }
        DateFilter::Within(span) => {
            let days = (span.earliest.0, span.latest.0);
            Condition::DayRange { field, days, is_within: true }
        }
    }
}

/// Translates for ranges of time.
fn time_range(field: String, filter: DateFilter) -> Condition {
    let (span, is_within) = match filter {
        DateFilter::Undated => return not(Condition::Exists(field)),
        DateFilter::Overlaps(span) => (span, false),
        DateFilter::Within(span) => (span, true),
    };
    Condition::TimeRange { field, days: (day(span.earliest), day(span.latest)), is_within }
}

/// Translates for fields that have each year.
fn years(field: &str, filter: DateFilter) -> Condition {
    let year = |day: Day| (!day.is_open()).then(|| day.to_ymd().0);
    let text = |year: i64| if year >= 0 { format!("{year:04}") } else { year.to_string() };
    let between = |first: Option<i64>, last: Option<i64>| Condition::Between {
        field: field.to_owned(),
        first: first.map(text),
        last: last.map(text),
    };
    match filter {
        DateFilter::Undated => not(Condition::Exists(field.to_owned())),
        DateFilter::Overlaps(span) => between(year(span.earliest), year(span.latest)),
        DateFilter::Within(span) => {
            let (first, last) = (year(span.earliest), year(span.latest));
            let before = first.map(|first| not(between(None, Some(first.saturating_sub(1)))));
            let after = last.map(|last| not(between(Some(last.saturating_add(1)), None)));
            let inside = between(first, last);
            Condition::All([Some(inside), before, after].into_iter().flatten().collect())
        }
    }
}

/// Translates for fields with the first and the last point in time. One of both may be missing.
fn between(
    start: &str,
    end: &str,
    nested: Option<&str>,
    ends_by_year: bool,
    filter: DateFilter,
) -> Condition {
    let exists = |field: &str| Condition::Exists(field.to_owned());
    let in_object = |inner: Condition| match nested {
        Some(path) => Condition::Nested { path: path.to_owned(), inner: Box::new(inner) },
        None => inner,
    };
    let is_dated = || Condition::Any(vec![exists(start), exists(end)]);
    let from = |field: &str, first: Option<String>| Condition::Between {
        field: field.to_owned(),
        first,
        last: None,
    };
    let until = |field: &str, last: Option<String>| Condition::Between {
        field: field.to_owned(),
        first: None,
        last,
    };
    // The end of a year that is kept as its first day is not before any day of that year.
    let year_of = |day: String| if ends_by_year { format!("{day}||/y") } else { day };
    match filter {
        DateFilter::Undated => not(in_object(is_dated())),
        DateFilter::Overlaps(span) => {
            let or_missing = |condition, field| Condition::Any(vec![condition, not(exists(field))]);
            let mut all = vec![is_dated()];
            all.extend(day(span.latest).map(|it| or_missing(until(start, Some(it)), start)));
            all.extend(day(span.earliest).map(|it| or_missing(from(end, Some(year_of(it))), end)));
            in_object(Condition::All(all))
        }
        DateFilter::Within(span) => {
            let mut all = vec![is_dated()];
            all.extend(day(span.earliest).map(|it| from(start, Some(it))));
            all.extend(day(span.latest).map(|it| until(end, Some(it))));
            in_object(Condition::All(all))
        }
    }
}

/// Returns a day as engines write it; `None` for an open end. Engines know the years from 1 to 9999.
fn day(day: Day) -> Option<String> {
    let (first, last) = (Day::from_ymd(1, 1, 1), Day::from_ymd(9999, 12, 31));
    (!day.is_open()).then(|| day.clamp(first, last).to_string())
}
