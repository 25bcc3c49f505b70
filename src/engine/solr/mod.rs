//! Solr.

mod counts;
pub(super) mod query;

use serde_json::Value;

use self::query::query;
use super::ask::{Answer, Ask, Document, Engine, Index, Position, SortKey, count_at, total};
use super::condition::Condition;
use super::http::{Failure, Request};
use crate::query::{AggregateRequest, AggregateResponse, CancelCheck, Coverage};
use crate::text::clean::clean;

/// The key of documents.
const KEY: &str = "id";

/// Where the first page begins.
const FIRST_CURSOR: &str = "*";

/// Solr.
#[derive(Clone, Copy, Debug)]
pub(super) struct Solr;

/// Returns the values of a form.
fn form(values: &[(&str, String)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// Returns what all requests say. A handler may have parameters of its own.
fn base_values(condition: &Condition, size: usize) -> Vec<(String, String)> {
    form(&[
        ("q", query(condition)),
        ("defType", "lucene".to_owned()),
        ("rows", size.to_string()),
        ("wt", "json".to_owned()),
        ("facet", "false".to_owned()),
        ("hl", "false".to_owned()),
        ("spellcheck", "false".to_owned()),
        ("shards.tolerant", "true".to_owned()),
        ("shards.info", "true".to_owned()),
    ])
}

/// Returns the order as Solr writes it.
fn sort_text(keys: &[SortKey]) -> String {
    let key = |SortKey { field, is_descending }: &SortKey| {
        let field = if field == "_score" { "score" } else { field };
        format!("{field} {}", if *is_descending { "desc" } else { "asc" })
    };
    keys.iter().map(key).collect::<Vec<_>>().join(",")
}

/// Returns which parts have answered.
fn coverage(answer: &Value) -> Coverage {
    let shards = answer.get("shards.info").and_then(Value::as_object);
    let parts: Vec<&Value> = shards.map(|it| it.values().collect()).unwrap_or_default();
    let reason = |part: &&Value| {
        let error = part.get("error")?.as_str().unwrap_or("no answer");
        Some(clean(error.lines().next().unwrap_or("")).into_owned())
    };
    let mut reasons: Vec<String> = parts.iter().filter_map(reason).collect();
    let all = parts.len().max(1);
    let answered = all - reasons.len();
    reasons.dedup();
    // The value may be `true` or `"omitted"`.
    let is_partial = answer
        .pointer("/responseHeader/partialResults")
        .is_some_and(|it| it.as_bool().unwrap_or(true));
    if is_partial && answered == all {
        reasons.push("the engine stopped before its end".to_owned());
        return Coverage { answered: all - 1, parts: all, reasons };
    }
    Coverage { answered, parts: all, reasons }
}

impl Engine for Solr {
    fn rows(
        &self,
        index: &Index,
        ask: &Ask<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Answer, Failure> {
        let mut values = base_values(ask.condition, ask.size);
        values.extend(form(&[("sort", sort_text(&ask.sort))]));
        if !ask.wants_documents {
            values.extend(form(&[("fl", KEY.to_owned())]));
        }
        values.extend(form(&[match &ask.position {
            Position::Row(0) => ("cursorMark", FIRST_CURSOR.to_owned()),
            Position::Cursor(mark) => ("cursorMark", mark.clone()),
            Position::Row(row) => ("start", row.to_string()),
            Position::After(_) | Position::Before(_) | Position::End => ("start", "0".to_owned()),
        }]));
        let answer =
            index.client.send(Request::form(index.path("/select"), &values), is_cancelled)?;
        let found = answer.pointer("/response/docs").and_then(Value::as_array);
        let document = |source: &Value| {
            let id = match source.get(KEY)? {
                Value::String(id) => id.as_str().into(),
                other => other.to_string().into(),
            };
            Some(Document { id, source: source.clone(), sort: Vec::new() })
        };
        let coverage = coverage(&answer);
        let is_exact = answer.pointer("/response/numFoundExact").and_then(Value::as_bool);
        let total =
            total(count_at(&answer, "/response/numFound"), is_exact.unwrap_or(true), &coverage);
        Ok(Answer {
            total,
            documents: found.into_iter().flatten().filter_map(document).collect(),
            coverage,
            next: answer.get("nextCursorMark").and_then(Value::as_str).map(str::to_owned),
        })
    }

    fn aggregate(
        &self,
        index: &Index,
        condition: &Condition,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, Failure> {
        let mut values = base_values(condition, 0);
        values.extend(form(&[("json.facet", counts::request(index, wanted).to_string())]));
        let answer =
            index.client.send(Request::form(index.path("/select"), &values), is_cancelled)?;
        let coverage = coverage(&answer);
        let match_count = total(count_at(&answer, "/response/numFound"), true, &coverage);
        Ok(AggregateResponse { match_count, coverage, ..counts::response(index, wanted, &answer) })
    }

    fn counts_months(&self, _index: &Index) -> bool {
        false
    }

    fn last_numbered_row(&self) -> usize {
        // Deep rows take the engine more memory, and are answered all the same.
        usize::MAX
    }

    fn tie_break(&self) -> &'static str {
        KEY
    }
}
