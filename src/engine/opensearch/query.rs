//! Writes conditions in the query language of OpenSearch.

use serde_json::{Value, json};

use crate::engine::condition::{Condition, EngineWords};

/// The most words that a beginning of a word at the end of a phrase stands for.
const MAX_EXPANSIONS: usize = 1_000;

/// Returns a condition as a query.
pub(in crate::engine) fn query(condition: &Condition) -> Value {
    match condition {
        Condition::All(all) if all.is_empty() => json!({"match_all": {}}),
        Condition::All(all) => {
            let (with_words, others): (Vec<&Condition>, Vec<&Condition>) =
                all.iter().partition(|condition| has_words(condition));
            let (with_words, others) = (queries(with_words), queries(others));
            json!({"bool": {"must": with_words, "filter": others}})
        }
        Condition::Any(any) if any.is_empty() => json!({"match_none": {}}),
        Condition::Any(any) => {
            json!({"bool": {"should": queries(any), "minimum_should_match": 1}})
        }
        Condition::Not(inner) => json!({"bool": {"must_not": [query(inner)]}}),
        Condition::Words(words) => words_query(words),
        Condition::Pattern { fields, pattern } => {
            let fits = fields.iter().map(|field| json!({"regexp": {field: {"value": pattern}}}));
            let fits: Vec<Value> = fits.collect();
            json!({"bool": {"should": fits, "minimum_should_match": 1}})
        }
        Condition::Value { fields, value } => {
            let terms = fields.iter().map(|field| json!({"term": {field: {"value": value}}}));
            let terms: Vec<Value> = terms.collect();
            json!({"bool": {"should": terms, "minimum_should_match": 1}})
        }
        Condition::DayRange { field, days: (first, last), is_within } => {
            let relation = if *is_within { "within" } else { "intersects" };
            json!({"range": {field: {"gte": first, "lte": last, "relation": relation}}})
        }
        Condition::TimeRange { field, days: (first, last), is_within } => {
            let relation = if *is_within { "within" } else { "intersects" };
            let mut range = bounds(first.as_deref(), last.as_deref());
            range.insert("relation".to_owned(), relation.into());
            json!({"range": {field: range}})
        }
        Condition::Between { field, first, last } => {
            json!({"range": {field: bounds(first.as_deref(), last.as_deref())}})
        }
        Condition::Exists(field) => json!({"exists": {"field": field}}),
        Condition::Nested { path, inner } => {
            json!({"nested": {"path": path, "query": query(inner), "ignore_unmapped": true}})
        }
        Condition::Ids(ids) => {
            json!({"ids": {"values": ids.iter().map(|id| &**id).collect::<Vec<_>>()}})
        }
    }
}

fn queries<'c>(conditions: impl IntoIterator<Item = &'c Condition>) -> Vec<Value> {
    conditions.into_iter().map(query).collect()
}

/// Whether words decide how well a document fits.
fn has_words(condition: &Condition) -> bool {
    match condition {
        Condition::Words(_) => true,
        Condition::All(inner) | Condition::Any(inner) => inner.iter().any(has_words),
        _ => false,
    }
}

/// Returns the bounds of a range.
fn bounds(first: Option<&str>, last: Option<&str>) -> serde_json::Map<String, Value> {
    let bounds = [("gte", first), ("lte", last)].into_iter();
    bounds.filter_map(|(name, bound)| Some((name.to_owned(), bound?.into()))).collect()
}

/// Returns the query for words.
fn words_query(words: &EngineWords) -> Value {
    let EngineWords { fields, words, is_prefix, is_guess, max_between } = words;
    let text = words.join(" ");
    if *is_guess {
        return json!({"multi_match": {
            "query": text, "fields": fields, "fuzziness": "AUTO", "prefix_length": 1,
            "max_expansions": MAX_EXPANSIONS, "operator": "and", "lenient": true,
        }});
    }
    let kind = match (words.as_slice(), is_prefix) {
        // A beginning of one word goes through the analyser, and stands for any number of words.
        ([word], true) => {
            let word = escape(word);
            return json!({"query_string": {
                "query": format!("{word}^4 OR {word}*"), "fields": fields, "lenient": true,
            }});
        }
        (_, true) => "phrase_prefix",
        (_, false) => "phrase",
    };
    let mut query = json!({
        "query": text, "fields": fields, "type": kind, "slop": max_between.unwrap_or(0),
        "lenient": true,
    });
    if *is_prefix && let Some(query) = query.as_object_mut() {
        query.insert("max_expansions".to_owned(), MAX_EXPANSIONS.into());
    }
    json!({"multi_match": query})
}

/// Escapes what the language of words has as signs. `<` and `>` cannot be escaped.
fn escape(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for letter in word.chars().filter(|letter| !matches!(letter, '<' | '>')) {
        if !letter.is_alphanumeric() {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
