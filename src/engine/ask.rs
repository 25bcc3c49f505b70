//! Questions to an index and its answers, the same for all engines.

use std::sync::Arc;

use serde_json::Value;

use super::condition::Condition;
use super::http::{Client, Failure};
use super::mapping::EngineMapping;
use super::schema::{Schema, SchemaField};
use crate::query::{AggregateRequest, AggregateResponse, CancelCheck, Coverage, Total};

/// What matches are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SortKey {
    /// The field.
    pub(super) field: String,
    /// Whether the largest value comes first. Documents without the field come last in both directions.
    pub(super) is_descending: bool,
}

/// Where rows begin.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Position {
    /// At this row, counted from 0.
    Row(usize),
    /// After a document with these sort values.
    After(Vec<Value>),
    /// They end before a document with these sort values.
    Before(Vec<Value>),
    /// They are the last ones.
    End,
    /// Where the engine says that the next page is.
    Cursor(String),
}

/// A question about the documents of an index.
#[derive(Clone, Debug)]
pub(super) struct Ask<'c> {
    /// Which documents are meant.
    pub(super) condition: &'c Condition,
    /// Their order; without any, by how well they fit.
    pub(super) sort: Vec<SortKey>,
    /// Where rows begin.
    pub(super) position: Position,
    /// The most rows.
    pub(super) size: usize,
    /// Whether the documents are wanted, and not only their ids.
    pub(super) wants_documents: bool,
}

/// A document of an index.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Its id.
    pub(super) id: Arc<str>,
    /// Its fields.
    pub(super) source: Value,
    /// What it is sorted by.
    pub(super) sort: Vec<Value>,
}

/// Documents in their order.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The number of all that are meant.
    pub(super) total: Total,
    /// The documents.
    pub(super) documents: Vec<Document>,
    /// Which parts have answered.
    pub(super) coverage: Coverage,
    /// Where the next page is.
    pub(super) next: Option<String>,
}

/// An index and how it is reached.
#[derive(Clone, Debug)]
pub(super) struct Index {
    /// The server.
    pub(super) client: Client,
    /// The path before the index.
    pub(super) parent: String,
    /// The index as it was typed.
    pub(super) name: String,
    /// Its fields.
    pub(super) schema: Schema,
    /// What they mean.
    pub(super) mapping: EngineMapping,
}

impl Index {
    /// Returns the field that a pattern means and that fits, in the culture of the mapping if there is one.
    pub(super) fn chosen_field(
        &self,
        pattern: &str,
        fits: impl Fn(SchemaField) -> bool,
    ) -> Option<&str> {
        let in_culture = self.mapping.culture.as_deref().map(|it| pattern.replacen('*', it, 1));
        let first = in_culture.iter().flat_map(|pattern| self.schema.expand(pattern));
        let all = first.chain(self.schema.expand(pattern));
        all.into_iter().find(|name| self.schema.get(name).is_some_and(&fits))
    }

    /// Returns the path of something that belongs to the index.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("{}/{}{rest}", self.parent, self.name)
    }
}

/// What both kinds of engines can do.
pub(super) trait Engine: std::fmt::Debug + Send + Sync {
    /// Returns rows.
    fn rows(
        &self,
        index: &Index,
        ask: &Ask<'_>,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Answer, Failure>;

    /// Counts.
    fn aggregate(
        &self,
        index: &Index,
        condition: &Condition,
        wanted: &AggregateRequest,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<AggregateResponse, Failure>;

    /// Whether a timeline can have months.
    fn counts_months(&self, index: &Index) -> bool;

    /// The last row that can be asked for by its number.
    fn last_numbered_row(&self) -> usize;

    /// The field by which equal matches are ordered, if the mapping has none.
    fn tie_break(&self) -> &'static str;
}

/// Returns a total that is a lower bound if a part has not answered.
pub(super) fn total(count: usize, is_exact: bool, coverage: &Coverage) -> Total {
    if is_exact && coverage.is_complete() { Total::Exact(count) } else { Total::AtLeast(count) }
}

/// Returns the number at a place in an answer; 0 if the answer has no number there.
pub(super) fn count_at(answer: &Value, pointer: &str) -> usize {
    let number = answer.pointer(pointer).and_then(Value::as_u64);
    number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
}
