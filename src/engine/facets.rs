//! What facets and timelines of both kinds of engines have in common.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ask::Index;
use super::mapping::FieldTarget;
use super::schema::{FieldKind, SchemaField};
use crate::query::{
    Facet, FacetField, FacetOrder, FacetRequest, FacetValue, Histogram, HistogramRequest,
};

/// How many values are asked for if fonds chooses among them itself.
const MAX_CHOSEN_VALUES: usize = 1_000;

/// The most bars of a timeline.
const MAX_BARS: usize = 100_000;

/// The field of an index whose values a facet counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CountedField<'i> {
    /// Its name.
    pub(super) name: &'i str,
    /// Whether no other field has values that are meant. An engine counts those of one field.
    pub(super) is_only_one: bool,
}

impl Index {
    /// Returns the field whose values a facet counts; `None` if the engine cannot count them.
    pub(super) fn facet_field(&self, facet: &FacetRequest) -> Option<CountedField<'_>> {
        let FacetField::Values { fields, own_names } = &facet.field else { return None };
        let is_meant = |target: FieldTarget| match target {
            FieldTarget::Known(field) => fields.contains(&field),
            FieldTarget::Own(name) => own_names.contains(&name),
        };
        let mappings =
            self.mapping.fields.iter().filter(|field| field.target().is_some_and(is_meant));
        let is_only_one = mappings.clone().count().max(own_names.len()) == 1;
        let of_mappings = mappings.flat_map(|field| {
            let read = field.read.iter().flat_map(|path| [path.clone(), format!("{path}.keyword")]);
            field.values.clone().into_iter().chain(read)
        });
        let own = own_names.iter().flat_map(|name| [name.to_string(), format!("{name}.keyword")]);
        let counted = |field: SchemaField| {
            field.is_counted && matches!(field.kind, FieldKind::Keyword | FieldKind::Number)
        };
        let name = of_mappings.chain(own).find_map(|path| self.chosen_field(&path, counted))?;
        Some(CountedField { name, is_only_one })
    }

    /// Returns the field of a timeline: points in time, or years.
    pub(super) fn years_field(&self) -> Option<&str> {
        let date = &self.mapping.date;
        let fields = [&date.years, &date.sort, &date.search_start].into_iter().flatten();
        let mut fields = fields.filter(|field| {
            let field = self.schema.get(field).filter(|field| field.is_counted);
            matches!(field.map(|field| field.kind), Some(FieldKind::Number | FieldKind::Date))
        });
        fields.next().map(String::as_str)
    }
}

/// Returns the order of values as an engine writes it.
pub(super) fn order_of(facet: &FacetRequest, by_count: &str, by_value: &str) -> Value {
    match facet.order {
        FacetOrder::Count => json!({by_count: "desc"}),
        FacetOrder::Value => json!({by_value: "asc"}),
    }
}

/// Returns how many values are asked for. An engine does not know words in values.
pub(super) fn size_of(facet: &FacetRequest) -> usize {
    if facet.value_words.is_empty() { facet.limit.max(1) } else { MAX_CHOSEN_VALUES }
}

/// Returns a value of an answer as text.
pub(super) fn key_of(bucket: &Value, name: &str) -> Option<String> {
    match bucket.get("key_as_string").or_else(|| bucket.get(name))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

/// What an engine counted for a facet.
pub(super) struct FacetCounts {
    /// The values.
    pub(super) values: Vec<(String, usize)>,
    /// The number of all values, perhaps nearly.
    pub(super) all_values: usize,
    /// Whether others may have more records.
    pub(super) may_miss: bool,
    /// The number of records without a value.
    pub(super) without: usize,
}

impl FacetCounts {
    /// Returns the facet that was asked for.
    pub(super) fn into_facet(self, wanted: &FacetRequest) -> Facet {
        let FacetCounts { values, all_values, may_miss, without } = self;
        let is_cut = !wanted.value_words.is_empty() && all_values > values.len();
        let mut values: Vec<FacetValue> = values
            .into_iter()
            .filter(|(text, _)| wanted.wants_value(text))
            .map(|(text, count)| FacetValue { text, count, years: None })
            .collect();
        let known = if wanted.value_words.is_empty() { all_values } else { values.len() };
        values.truncate(wanted.limit);
        Facet {
            other_values: known.saturating_sub(values.len()),
            is_approximate: may_miss || is_cut,
            records_without: without,
            values,
        }
    }
}

/// Returns a timeline of counts of months. A document with several years counts in each of them.
pub(super) fn histogram(
    wanted: HistogramRequest,
    months: impl Iterator<Item = (i64, usize)>,
) -> Histogram {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    let mut other = 0;
    for (month, count) in months {
        let year = month.div_euclid(12);
        if wanted.years.is_some_and(|(first, last)| !(first..=last).contains(&year)) {
            other += count;
        } else {
            *counts.entry(wanted.unit.number(month)).or_default() += count;
        }
    }
    let is_cut = counts.len() > MAX_BARS;
    let bars = counts.into_iter().take(MAX_BARS);
    Histogram {
        bars: bars.map(|(number, count)| wanted.unit.bar(number, as_f64(count))).collect(),
        is_cut,
        other: as_f64(other),
        is_approximate: true,
        ..Histogram::default()
    }
}

/// Returns a count as a fraction. Counts of documents are below 2^32.
fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
