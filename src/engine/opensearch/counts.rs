//! Facets and timelines of OpenSearch.

use serde_json::{Map, Value, json};

use super::query::query;
use crate::engine::ask::{Index, count_at};
use crate::engine::condition::Condition;
use crate::engine::facets::{self, CountedField, FacetCounts};
use crate::engine::schema::FieldKind;
use crate::query::{AggregateRequest, AggregateResponse, DateUnit, Facet, Histogram};

/// The most different values that are counted exactly.
const MAX_EXACT_VALUES: usize = 3_000;

/// The most years that are counted if they are numbers.
const MAX_YEARS: usize = 10_000;

/// Returns the body of a request that counts.
pub(super) fn request(
    index: &Index,
    condition: &Condition,
    wanted: &AggregateRequest,
) -> Map<String, Value> {
    let mut counts = Map::new();
    for (number, facet) in wanted.facets.iter().enumerate() {
        let Some(CountedField { name: field, .. }) = index.facet_field(facet) else { continue };
        let order = facets::order_of(facet, "_count", "_key");
        let size = facets::size_of(facet);
        counts.insert(
            format!("facet{number}"),
            json!({"terms": {"field": field, "size": size, "order": order}}),
        );
        counts.insert(format!("all{number}"), json!({"cardinality": {"field": field}}));
        counts.insert(format!("without{number}"), json!({"missing": {"field": field}}));
    }
    if let (Some(wanted), Some(date)) = (wanted.histogram, index.years_field()) {
        let interval = if wanted.unit == DateUnit::Month { "month" } else { "year" };
        let is_time = index.schema.get(date).is_some_and(|field| field.kind == FieldKind::Date);
        let bars = if is_time {
            json!({"date_histogram": {
                "field": date, "calendar_interval": interval, "min_doc_count": 1, "format": "yyyy-MM",
            }})
        } else {
            json!({"terms": {"field": date, "size": MAX_YEARS}})
        };
        counts.insert("bars".to_owned(), bars);
        counts.insert("undated".to_owned(), json!({"missing": {"field": date}}));
    }
    let body = json!({
        "size": 0, "query": query(condition), "track_total_hits": true, "aggs": counts,
    });
    body.as_object().cloned().unwrap_or_default()
}

/// Returns the counts of an answer.
pub(super) fn response(
    index: &Index,
    wanted: &AggregateRequest,
    answer: &Value,
) -> AggregateResponse {
    let facet = |(number, request): (usize, &_)| {
        let Some(counted) = index.facet_field(request) else {
            return Facet { is_approximate: true, ..Facet::default() };
        };
        let at = |rest: &str| format!("/aggregations/{rest}");
        let all_values = count_at(answer, &at(&format!("all{number}/value")));
        let most_missed = format!("facet{number}/doc_count_error_upper_bound");
        let buckets = answer.pointer(&at(&format!("facet{number}/buckets")));
        let buckets = buckets.and_then(Value::as_array).into_iter().flatten();
        let counts = FacetCounts {
            values: buckets
                .filter_map(|bucket| {
                    Some((facets::key_of(bucket, "key")?, count_at(bucket, "/doc_count")))
                })
                .collect(),
            all_values,
            may_miss: !counted.is_only_one
                || all_values > MAX_EXACT_VALUES
                || count_at(answer, &at(&most_missed)) > 0,
            without: count_at(answer, &at(&format!("without{number}/doc_count"))),
        };
        counts.into_facet(request)
    };
    let histogram = wanted.histogram.map(|wanted| {
        let buckets = answer.pointer("/aggregations/bars/buckets").and_then(Value::as_array);
        let months = buckets.into_iter().flatten().filter_map(|bucket| {
            let count = count_at(bucket, "/doc_count");
            let Some(text) = bucket.get("key_as_string").and_then(Value::as_str) else {
                return Some((bucket.get("key")?.as_i64()?.saturating_mul(12), count));
            };
            let (year, month) = text.rsplit_once('-')?;
            let (year, month): (i64, i64) = (year.parse().ok()?, month.parse().ok()?);
            Some((year.saturating_mul(12) + month - 1, count))
        });
        Histogram {
            undated: count_at(answer, "/aggregations/undated/doc_count"),
            ..facets::histogram(wanted, months)
        }
    });
    let facets = wanted.facets.iter().enumerate().map(facet).collect();
    AggregateResponse { facets, histogram, ..AggregateResponse::default() }
}
