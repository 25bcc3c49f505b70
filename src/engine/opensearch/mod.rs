//! OpenSearch and Elasticsearch.

mod counts;
pub(super) mod query;

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value, json};

use self::query::query;
use super::ask::{Answer, Ask, Document, Engine, Index, Position, SortKey, count_at, total};
use super::condition::Condition;
use super::http::{Failure, Request};
use crate::query::{AggregateRequest, AggregateResponse, CancelCheck, Coverage};
use crate::text::clean::clean;

/// How long an engine keeps a point in time after its last use.
const KEEP_ALIVE: &str = "5m";

/// The last row that can be asked for by its number, as engines are set up.
const LAST_NUMBERED_ROW: usize = 9_999;

/// An engine that speaks the language of OpenSearch.
#[derive(Debug)]
pub(super) struct OpenSearch {
    /// Whether it is OpenSearch itself, and not Elasticsearch.
    is_opensearch: bool,
    /// The point in time of which all pages are. `None`: it has none, or none is open.
    point_in_time: Mutex<Option<Arc<str>>>,
}

impl OpenSearch {
    /// Creates an engine from its answer to `GET /`; `None` if it is another one.
    pub(super) fn from_greeting(greeting: &Value) -> Option<OpenSearch> {
        let version = greeting.get("version")?;
        version.get("number")?.as_str()?;
        let distribution = version.get("distribution").and_then(Value::as_str);
        Some(OpenSearch {
            is_opensearch: distribution == Some("opensearch"),
            point_in_time: Mutex::default(),
        })
    }

    /// Returns the point in time, and opens one if there is none. Engines that are too old have none.
    fn point_in_time(
        &self,
        index: &Index,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Option<Arc<str>>, Failure> {
        let known = self.point_in_time.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if known.is_some() {
            return Ok(known);
        }
        let (path, name) =
            if self.is_opensearch { ("/_search/point_in_time", "pit_id") } else { ("/_pit", "id") };
        let path = index.path(&format!("{path}?keep_alive={KEEP_ALIVE}"));
        let opened = match index.client.send(Request::post(path, &json!({})), is_cancelled) {
            Ok(answer) => answer.get(name).and_then(Value::as_str).map(Arc::from),
            Err(Failure::Refused(refusal)) if matches!(refusal.status, 400 | 404 | 405) => None,
            Err(failure) => return Err(failure),
        };
        let mut known = self.point_in_time.lock().unwrap_or_else(PoisonError::into_inner);
        known.clone_from(&opened);
        Ok(opened)
    }

    /// Sends a search. A point in time that the engine has forgotten is opened again once: sort values say where a page
    /// begins.
    fn search(
        &self,
        index: &Index,
        body: &Map<String, Value>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Value, Failure> {
        let mut is_first = true;
        loop {
            let mut body = body.clone();
            let path = match self.point_in_time(index, is_cancelled)? {
                Some(id) => {
                    body.insert("pit".to_owned(), json!({"id": *id, "keep_alive": KEEP_ALIVE}));
                    format!("{}/_search", index.parent)
                }
                None => index.path("/_search"),
            };
            let answer = index.client.send(Request::post(path, &Value::Object(body)), is_cancelled);
            match answer {
                Err(Failure::Refused(refusal))
                    if is_first && refusal.status == 404 && refusal.kind.contains("context") =>
                {
                    is_first = false;
                    *self.point_in_time.lock().unwrap_or_else(PoisonError::into_inner) = None;
                }
                answer => return answer,
            }
        }
    }
}

/// Returns what matches are sorted by. Backwards, documents without the field come first.
fn sort_values(keys: &[SortKey], is_backwards: bool) -> Vec<Value> {
    let key = |SortKey { field, is_descending }: &SortKey| {
        let order = if *is_descending == is_backwards { "asc" } else { "desc" };
        match field.as_str() {
            "_score" | "_id" => json!({field: {"order": order}}),
            _ => {
                let missing = if is_backwards { "_first" } else { "_last" };
                json!({field: {"order": order, "missing": missing, "unmapped_type": "keyword"}})
            }
        }
    };
    keys.iter().map(key).collect()
}

/// Returns which parts have answered. After a node is lost `failed` is 0: the parts that answered are compared with all.
pub(super) fn coverage(answer: &Value) -> Coverage {
    let (parts, answered) =
        (count_at(answer, "/_shards/total"), count_at(answer, "/_shards/successful"));
    let failures = answer.pointer("/_shards/failures").and_then(Value::as_array);
    let reason = |failure: &Value| {
        let reason = failure.pointer("/reason/reason").and_then(Value::as_str)?;
        Some(clean(reason).into_owned())
    };
    let mut reasons: Vec<String> = failures.into_iter().flatten().filter_map(reason).collect();
    reasons.dedup();
    let is_late = answer.get("timed_out").and_then(Value::as_bool).unwrap_or(false);
    let ended = answer.get("terminated_early").and_then(Value::as_bool).unwrap_or(false);
    if !is_late && !ended {
        return Coverage { answered, parts, reasons };
    }
    reasons.push("the engine stopped before its end".to_owned());
    Coverage { answered: answered.min(parts.saturating_sub(1)), parts, reasons }
}

/// Returns the number of matches, and whether it is exact. Old engines give a number alone.
fn matches(answer: &Value) -> (usize, bool) {
    let relation = answer.pointer("/hits/total/relation").and_then(Value::as_str);
    match relation {
        Some(relation) => (count_at(answer, "/hits/total/value"), relation == "eq"),
        None => (count_at(answer, "/hits/total"), true),
    }
}

impl Engine for OpenSearch {
    fn rows(
        &self,
        index: &Index,
        ask: &Ask<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Answer, Failure> {
        let is_backwards = matches!(ask.position, Position::Before(_) | Position::End);
        let mut body = Map::new();
        let mut set = |name: &str, value: Value| body.insert(name.to_owned(), value);
        set("size", ask.size.into());
        set("query", query(ask.condition));
        set("sort", sort_values(&ask.sort, is_backwards).into());
        set("track_total_hits", true.into());
        let excluded = index.mapping.leave_out_of_answers();
        let wanted = ask.wants_documents.then(|| json!({"excludes": excluded}));
        set("_source", wanted.unwrap_or(Value::Bool(false)));
        match &ask.position {
            Position::Row(0) | Position::End | Position::Cursor(_) => None,
            Position::Row(row) => set("from", (*row).into()),
            Position::After(values) | Position::Before(values) => {
                set("search_after", values.clone().into())
            }
        };
        let answer = self.search(index, &body, is_cancelled)?;
        let hits = answer.pointer("/hits/hits").and_then(Value::as_array);
        let document = |hit: &Value| {
            Some(Document {
                id: hit.get("_id")?.as_str()?.into(),
                source: hit.get("_source").cloned().unwrap_or_default(),
                sort: hit.get("sort").and_then(Value::as_array).cloned().unwrap_or_default(),
            })
        };
        let mut documents: Vec<Document> =
            hits.into_iter().flatten().filter_map(document).collect();
        if is_backwards {
            documents.reverse();
        }
        let coverage = coverage(&answer);
        let (count, is_exact) = matches(&answer);
        let total = total(count, is_exact, &coverage);
        Ok(Answer { total, documents, coverage, next: None })
    }

    fn aggregate(
        &self,
        index: &Index,
        condition: &Condition,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, Failure> {
        let body = counts::request(index, condition, wanted);
        let answer = self.search(index, &body, is_cancelled)?;
        let coverage = coverage(&answer);
        let (count, is_exact) = matches(&answer);
        let match_count = total(count, is_exact, &coverage);
        Ok(AggregateResponse { match_count, coverage, ..counts::response(index, wanted, &answer) })
    }

    fn last_numbered_row(&self) -> usize {
        LAST_NUMBERED_ROW
    }

    fn tie_break(&self) -> &'static str {
        "_id"
    }
}
