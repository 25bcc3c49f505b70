//! What the reader asks: a line of text, an order, a place to look at, and what comes back.

pub(crate) mod clause;
pub mod date_filter;
pub(crate) mod fuzzy;
pub(crate) mod highlight;
mod name_variants;
pub(crate) mod parse;
pub(crate) mod phrase_matcher;
pub(crate) mod word_pattern;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use clause::{Boldness, Clause, Guessing, Phrase, Query, Scope, Term};
pub use fuzzy::Guess;
pub use highlight::Highlighter;
pub use name_variants::Spellings;
pub use parse::parse;
pub use word_pattern::{MatchQuality, WordPattern};

use crate::record::Record;
use crate::store::{Marked, RecordNumber, RecordSet};

/// What records are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderBy {
    /// The best first; only sensible while there are words to find.
    Relevance,
    /// Earliest day, then the narrower span, then archive order; undated last in both directions.
    Date,
    /// Folded title; untitled last in both directions.
    Title,
    /// As the archive lists them.
    Archive,
}

/// An order and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// What records are ordered by.
    pub by: OrderBy,
    /// Whether the order is turned round.
    pub reversed: bool,
}

/// Which place in the list the reader wants to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The n-th of what is shown, counted from 0.
    Row(usize),
    /// Wherever this record stands now; the first row where it is filtered out.
    Record(RecordNumber),
    /// The record with this position in its archive (`:210`).
    Position(u64),
}

/// One question to the reference desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The text of the filter bar.
    pub text: String,
    /// The chosen order; without one it is relevance while there are words to find, else archive order.
    pub order: Option<Order>,
    /// The place to look at.
    pub place: Place,
    /// How many rows a page has, at least 1.
    pub rows: usize,
    /// What the reader marked and noted.
    pub marked: Arc<Marked>,
    /// Whether a record that stands in several sources is shown as often; else it is shown once.
    pub apart: bool,
    /// The places whose records are wanted by number, as for marking them.
    pub choose: Option<Range<usize>>,
}

impl Question {
    /// What fits a text, without more: in the order that the text calls for, and nothing marked.
    pub fn new(text: &str, place: Place, rows: usize) -> Question {
        let text = text.to_owned();
        let marked = Arc::default();
        Question { text, order: None, place, rows, marked, apart: false, choose: None }
    }
}

/// A record on the page.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it stands in the store.
    pub number: RecordNumber,
    /// The record.
    pub record: Arc<Record>,
}

/// What one term of the filter found on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCount {
    /// The term as it was typed.
    pub text: String,
    /// How many records it fits.
    pub records: usize,
}

/// The answer to a question: one page, and what is to be said about the whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How many records fit the filter.
    pub shown: usize,
    /// How many records the snapshot holds; what stands in several sources counts once, unless it is
    /// shown apart.
    pub total: usize,
    /// The place of the record that was asked for, counted from 0; `None` where it is filtered out.
    /// For [`Place::Row`] the row itself, no further than the last one.
    pub place: Option<usize>,
    /// For [`Place::Record`] and [`Place::Position`], whether there is such a record at all, shown
    /// or not; true for [`Place::Row`].
    pub exists: bool,
    /// The place of the first of `rows`: the beginning of the page that holds `place`.
    pub first: usize,
    /// The page.
    pub rows: Vec<Row>,
    /// The order in force.
    pub order: Order,
    /// How many undated records the date filter leaves out that would fit otherwise.
    pub undated_left_out: usize,
    /// What each term found on its own, in the order of the text.
    pub terms: Vec<TermCount>,
    /// What to say under the filter bar: guesses announced, parts passed over, ways out.
    pub hints: Vec<String>,
    /// Finds the matched letters in what is shown.
    pub highlighter: Arc<Highlighter>,
    /// Whether the filter asks for marks or notes, so that it finds others when they change.
    pub asks_marks: bool,
    /// The records at the places that were to be chosen.
    pub chosen: RecordSet,
}
