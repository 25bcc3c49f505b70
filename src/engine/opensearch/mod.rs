//! OpenSearch and Elasticsearch.

mod counts;
pub(super) mod query;

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value, json};

use self::query::query;
use super::ask::{Answer, Ask, Document, Engine, Index, Position, SortKey, count_at, total};
use super::condition::Condition;
use super::http::{Client, Failure, Request};
use super::schema::FieldKind;
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
    point_in_time: Mutex<Option<PointInTime>>,
}

/// A state of the index that the engine keeps. It is given back when this is dropped.
#[derive(Debug)]
struct PointInTime {
    id: Arc<str>,
    client: Client,
    closing: Request,
}

impl Drop for PointInTime {
    fn drop(&mut self) {
        self.client.send_briefly(self.closing.clone());
    }
}

/// Which state of the index a search is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SearchedState {
    /// That of the point in time, which is opened if none is open.
    PointInTime,
    /// That of the point in time if one is open, otherwise the newest.
    Any,
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

    /// Returns the id of the point in time, if one is open.
    fn open_point(&self) -> Option<Arc<str>> {
        let point = self.point_in_time.lock().unwrap_or_else(PoisonError::into_inner);
        point.as_ref().map(|point| Arc::clone(&point.id))
    }

    /// Takes over a new point in time, or none.
    fn set_point(&self, new: Option<PointInTime>) {
        let mut point = self.point_in_time.lock().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *point, new);
        // Giving the old one back takes a while, for which the lock is not held.
        drop(point);
        drop(old);
    }

    /// Returns the point in time, and opens one if there is none. Engines that are too old have none, and none is opened
    /// if a part of the index is missing: searches in it would not say so.
    fn point_in_time(
        &self,
        index: &Index,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Option<Arc<str>>, Failure> {
        let known = self.open_point();
        if known.is_some() {
            return Ok(known);
        }
        let (place, name) =
            if self.is_opensearch { ("/_search/point_in_time", "pit_id") } else { ("/_pit", "id") };
        let path = index.path(&format!("{place}?keep_alive={KEEP_ALIVE}"));
        let answer = match index.client.send(Request::post(path, &json!({})), is_cancelled) {
            Ok(answer) => answer,
            Err(Failure::Refused(refusal)) if !matches!(refusal.status, 401 | 403 | 429) => {
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        };
        let Some(id) = answer.get(name).and_then(Value::as_str) else { return Ok(None) };
        let point = PointInTime {
            id: id.into(),
            client: index.client.clone(),
            closing: Request::delete(format!("{}{place}", index.parent), &json!({name: id})),
        };
        if misses_parts(&answer) {
            return Ok(None);
        }
        let id = Arc::clone(&point.id);
        self.set_point(Some(point));
        Ok(Some(id))
    }

    /// Sends a search. A point in time that the engine has forgotten, or of which a part is missing, is opened again once:
    /// sort values say where a page begins.
    fn search(
        &self,
        index: &Index,
        body: &Map<String, Value>,
        state: SearchedState,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Value, Failure> {
        let send = || {
            let point = match state {
                SearchedState::PointInTime => self.point_in_time(index, is_cancelled)?,
                SearchedState::Any => self.open_point(),
            };
            let mut body = body.clone();
            let path = match point {
                Some(id) => {
                    body.insert("pit".to_owned(), json!({"id": *id, "keep_alive": KEEP_ALIVE}));
                    format!("{}/_search", index.parent)
                }
                None => index.path("/_search"),
            };
            index.client.send(Request::post(path, &Value::Object(body)), is_cancelled)
        };
        let answer = send();
        let is_lost = match &answer {
            Ok(answer) => misses_parts(answer) && self.open_point().is_some(),
            Err(Failure::Refused(refusal)) => {
                refusal.status == 404 && refusal.kind.contains("context")
            }
            Err(_) => false,
        };
        if !is_lost {
            return answer;
        }
        self.set_point(None);
        send()
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

/// Whether a part of the index did not answer.
fn misses_parts(answer: &Value) -> bool {
    count_at(answer, "/_shards/successful") < count_at(answer, "/_shards/total")
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
        let state =
            if ask.wants_documents { SearchedState::PointInTime } else { SearchedState::Any };
        let answer = self.search(index, &body, state, is_cancelled)?;
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
        let answer = self.search(index, &body, SearchedState::Any, is_cancelled)?;
        let coverage = coverage(&answer);
        let (count, is_exact) = matches(&answer);
        let match_count = total(count, is_exact, &coverage);
        Ok(AggregateResponse { match_count, coverage, ..counts::response(index, wanted, &answer) })
    }

    fn counts_months(&self, index: &Index) -> bool {
        let field = index.years_field().and_then(|name| index.schema.get(name));
        field.is_some_and(|field| field.kind == FieldKind::Date)
    }

    fn last_numbered_row(&self) -> usize {
        LAST_NUMBERED_ROW
    }

    fn tie_break(&self) -> &'static str {
        "_id"
    }
}
