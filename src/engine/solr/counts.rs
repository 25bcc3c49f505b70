//! Facets and timelines of Solr.

use serde_json::{Map, Value, json};

use crate::engine::ask::{Index, count_at};
use crate::engine::facets::{self, CountedField, FacetCounts};
use crate::query::{AggregateRequest, AggregateResponse, Facet, Histogram};

/// Returns the facets that are asked for.
pub(super) fn request(index: &Index, wanted: &AggregateRequest) -> Value {
    let mut counts = Map::new();
    for (number, facet) in wanted.facets.iter().enumerate() {
        let Some(CountedField { name: field, .. }) = index.facet_field(facet) else { continue };
        counts.insert(
            format!("facet{number}"),
            json!({
                "type": "terms", "field": field, "limit": facets::size_of(facet),
                "sort": facets::order_of(facet, "count", "index"), "numBuckets": true, "missing": true,
            }),
        );
    }
    if let (Some(_), Some(field)) = (wanted.histogram, index.years_field()) {
        counts.insert(
            "bars".to_owned(),
            json!({"type": "terms", "field": field, "limit": -1, "sort": {"index": "asc"}, "missing": true}),
        );
    }
    Value::Object(counts)
}

/// Returns the counts of an answer.
pub(super) fn response(
    index: &Index,
    wanted: &AggregateRequest,
    answer: &Value,
) -> AggregateResponse {
    let buckets = |name: &str| {
        let buckets = answer.pointer(&format!("/facets/{name}/buckets")).and_then(Value::as_array);
        let pair =
            |bucket: &Value| Some((facets::key_of(bucket, "val")?, count_at(bucket, "/count")));
        buckets.into_iter().flatten().filter_map(pair).collect::<Vec<(String, usize)>>()
    };
    let facet = |(number, request): (usize, &_)| {
        let Some(counted) = index.facet_field(request) else {
            return Facet { is_approximate: true, ..Facet::default() };
        };
        let name = format!("facet{number}");
        let counts = FacetCounts {
            values: buckets(&name),
            all_values: count_at(answer, &format!("/facets/{name}/numBuckets")),
            may_miss: !counted.is_only_one,
            without: count_at(answer, &format!("/facets/{name}/missing/count")),
        };
        counts.into_facet(request)
    };
    let histogram = wanted.histogram.map(|wanted| {
        let years = buckets("bars").into_iter();
        // A point in time begins with its year.
        let year = |text: &str| text.split('-').next().and_then(|year| year.parse::<i64>().ok());
        let months = years.filter_map(|(text, count)| Some((year(&text)? * 12, count)));
        Histogram {
            undated: count_at(answer, "/facets/bars/missing/count"),
            ..facets::histogram(wanted, months)
        }
    });
    let facets = wanted.facets.iter().enumerate().map(facet).collect();
    AggregateResponse { facets, histogram, ..AggregateResponse::default() }
}
