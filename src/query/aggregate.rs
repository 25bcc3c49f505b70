//! The request for counts over all records that match a filter, and its response: facets and a histogram of dates.
//!
//! It is apart from the search request, so that rows never wait for counts.

use super::backend::Coverage;
use super::clause::Scope;
use super::field_name::{self, FieldName};
use super::summary::Total;
use crate::record::{Field, OwnName};
use crate::text::fold::fold;
use crate::text::words::words;

/// The field whose values a facet counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// The values of these fields together.
    Values {
        /// Fields that every format can fill.
        fields: Vec<Field>,
        /// The names of own fields.
        own_names: Vec<OwnName>,
    },
    /// The file of the record.
    File,
}

impl FacetField {
    /// Returns the field that a name means, as in the filter: `name`, `box`, the name of an own field or its last
    /// part, or the beginning of one.
    ///
    /// # Errors
    /// There is no such field, the beginning is that of several, or its values are no facet: a sentence that says
    /// what to do.
    pub fn from_name(name: &str, own_field_names: &[OwnName]) -> Result<FacetField, String> {
        let folded = fold(name);
        let unknown = || field_name::unknown_field(name, own_field_names).to_string();
        match field_name::find(&folded, own_field_names).ok_or_else(unknown)? {
            FieldName::Field(scope) => Ok(FacetField::from_scope(&scope, own_field_names)),
            FieldName::File => Ok(FacetField::File),
            FieldName::Date => Err("dates are counted by `fonds timeline`".to_owned()),
            FieldName::Is | FieldName::Note => {
                Err(format!("“{name}” is no field of the records, but yours: filter by it"))
            }
            FieldName::Like => Err("“like” compares records: filter by it".to_owned()),
            FieldName::Wrong(wrong) => Err(wrong.to_string()),
        }
    }

    /// Returns the fields that a filter with this scope searches.
    pub(super) fn from_scope(scope: &Scope, own_field_names: &[OwnName]) -> FacetField {
        let same_names = |field| {
            let is_same = |name: &&OwnName| field_name::is_same_own_field(field, &fold(name));
            own_field_names.iter().filter(is_same).cloned().collect()
        };
        let (fields, own_names) = match scope {
            Scope::Known(field) => (vec![*field], same_names(*field)),
            Scope::Own(names) => {
                let known = field_name::field_with_values_of(names);
                (known.into_iter().collect(), names.to_vec())
            }
            Scope::Names | Scope::DefaultFields => (Field::NAMES.to_vec(), Vec::new()),
        };
        FacetField::Values { fields, own_names }
    }
}

/// Which values of a field come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FacetOrder {
    /// Those with the most records; of equals, in the order of their letters.
    #[default]
    Count,
    /// In the order of their letters.
    Value,
}

/// A request for the values of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// The field.
    pub field: FacetField,
    /// The largest number of values.
    pub limit: usize,
    /// Which values come first.
    pub order: FacetOrder,
    /// Only values with a word that begins with each of these words count.
    pub value_words: Vec<String>,
    /// Whether the years of the values are wanted.
    pub wants_years: bool,
}

impl FacetRequest {
    /// Creates a request for the most frequent values, with their years.
    pub fn new(field: FacetField, limit: usize) -> FacetRequest {
        let (order, value_words) = (FacetOrder::Count, Vec::new());
        FacetRequest { field, limit, order, value_words, wants_years: true }
    }

    /// Keeps only values with a word that begins with each word of a text.
    #[must_use]
    pub fn with_values_like(mut self, text: &str) -> FacetRequest {
        let folded = fold(text);
        self.value_words =
            words(&folded).filter_map(|range| folded.get(range)).map(str::to_owned).collect();
        self
    }

    /// Whether a value is wanted.
    pub fn wants_value(&self, value: &str) -> bool {
        if self.value_words.is_empty() {
            return true;
        }
        let folded = fold(value);
        let found: Vec<&str> = words(&folded).filter_map(|range| folded.get(range)).collect();
        self.value_words.iter().all(|wanted| found.iter().any(|word| word.starts_with(wanted)))
    }
}

/// The time that one bar of a histogram stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateUnit {
    /// A month of the Gregorian calendar.
    Month,
    /// A year.
    Year,
    /// Ten years that begin with a year that ends in 0.
    Decade,
}

/// The number of months in a year.
const MONTHS: i64 = 12;

impl DateUnit {
    /// Returns the number of the time that a month is in. Months are counted from January of the year 0. Times that
    /// follow each other have numbers that do.
    pub const fn number(self, month: i64) -> i64 {
        match self {
            DateUnit::Month => month,
            DateUnit::Year => month.div_euclid(MONTHS),
            DateUnit::Decade => month.div_euclid(10 * MONTHS),
        }
    }

    /// Returns the bar of the time with this number.
    pub fn bar(self, number: i64, count: f64) -> Bar {
        match self {
            DateUnit::Month => {
                let month = u8::try_from(number.rem_euclid(MONTHS) + 1).ok();
                Bar { year: number.div_euclid(MONTHS), month, count }
            }
            DateUnit::Year => Bar { year: number, month: None, count },
            DateUnit::Decade => Bar { year: number.saturating_mul(10), month: None, count },
        }
    }
}

/// A request for the number of records of each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HistogramRequest {
    /// What one bar stands for.
    pub unit: DateUnit,
    /// The first and the last year of the bars, if not all are wanted.
    pub years: Option<(i64, i64)>,
}

impl HistogramRequest {
    /// Creates a request for bars of all times.
    pub const fn new(unit: DateUnit) -> HistogramRequest {
        HistogramRequest { unit, years: None }
    }
}

/// A request for counts over the records that match a [`SearchRequest`](super::SearchRequest).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AggregateRequest {
    /// The facets.
    pub facets: Vec<FacetRequest>,
    /// The histogram of dates, if one is wanted.
    pub histogram: Option<HistogramRequest>,
}

/// Counts over the records that match a filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AggregateResponse {
    /// The number of records that match.
    pub match_count: Total,
    /// Which parts of the backend have answered.
    pub coverage: Coverage,
    /// The facets, in the order of the request.
    pub facets: Vec<Facet>,
    /// The histogram of dates, if one was wanted.
    pub histogram: Option<Histogram>,
}

/// The values of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// The values, in the order of the request.
    pub values: Vec<FacetValue>,
    /// The number of further values.
    pub other_values: usize,
    /// Whether a value may have more records, and others may be missing: each part of a backend gave only its most
    /// frequent ones.
    pub is_approximate: bool,
    /// The number of matching records that have no value in the field.
    pub records_without: usize,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as the records write it.
    pub text: String,
    /// The number of records that have it. A record counts once, however often it has the value.
    pub count: usize,
    /// The first and the last year of the dated ones among them, if years were wanted. Years are counted as in ISO 8601: the year 0 is 1 BC.
    pub years: Option<(i64, i64)>,
}

/// How many records there are of each time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// The times that have records, in order.
    pub bars: Vec<Bar>,
    /// Whether there are more times than bars were made.
    pub is_cut: bool,
    /// The number of records of other years than those that were asked for. A record may be there in part.
    pub other: f64,
    /// Whether a bar may have more records.
    pub is_approximate: bool,
    /// The number of records without a date that was read.
    pub undated: usize,
    /// The number of records whose date has no beginning or no end, or is longer than [`MAX_SHARED_YEARS`], so that
    /// it cannot be shared out.
    pub unbounded: usize,
}

/// The number of years over which the longest date is shared out.
pub const MAX_SHARED_YEARS: i64 = 1_000;

/// A time, and how many records are of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The year, or the first year of the decade. Years are counted as in ISO 8601.
    pub year: i64,
    /// The month, 1 to 12, if the unit is a month.
    pub month: Option<u8>,
    /// The number of records. A record whose date may be in several of the times counts in equal parts in each.
    pub count: f64,
}

impl Bar {
    /// Returns its first month: see [`DateUnit::number`].
    pub fn first_month(&self) -> i64 {
        self.year.saturating_mul(MONTHS).saturating_add(i64::from(self.month.unwrap_or(1)) - 1)
    }
}
