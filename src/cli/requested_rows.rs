//! The records that a command is about, one after the other, as the desk finds them.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::query::{Answer, Order, Place, Question, Row};
use crate::record::{Archive, Placed, Record};
use crate::store::Searcher;
use crate::store::{Marked, RecordNumber, RecordSet, Store};

/// How many records are asked for at once.
const PAGE: usize = 4096;

/// The name under which the reader's note goes along with a record.
pub const NOTE: &str = "my note";

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The text of the filter.
    pub filter: String,
    /// The order, where one was chosen.
    pub order: Option<Order>,
    /// The position in its archive of the record to begin with.
    pub from_position: Option<u64>,
    /// How many records to take at most.
    pub limit: Option<usize>,
    /// What the reader marked and noted.
    pub marked: Arc<Marked>,
    /// Whether a record that stands in several sources is taken as often; else it is taken once.
    pub apart: bool,
}

/// The records that fit, in order, from the first that was asked for to the last.
pub struct Chosen<'s> {
    store: &'s Store,
    desk: Searcher,
    question: Question,
    /// What was answered and not yet taken.
    rows: VecDeque<Row>,
    /// The place of the next record among all that fit, and the first that is not taken any more.
    next: usize,
    end: usize,
    total: usize,
    undated_left_out: usize,
    hints: Vec<String>,
    /// Whether the filter asks for marks or notes: then the notes go along.
    with_notes: bool,
}

impl<'s> Chosen<'s> {
    /// Asks the desk.
    ///
    /// # Errors
    /// The record to begin with is not among those that fit.
    pub fn new(store: &'s Store, asked: &Asked) -> anyhow::Result<Chosen<'s>> {
        let place = asked.from_position.map_or(Place::Row(0), Place::Position);
        let question = Question {
            text: asked.filter.clone(),
            order: asked.order,
            place,
            rows: PAGE,
            marked: Arc::clone(&asked.marked),
            apart: asked.apart,
            choose: None,
        };
        let mut desk = Searcher::default();
        let answer = desk.answer(store, &question, &|| false);
        let Some(answer) = answer else { anyhow::bail!("the search was broken off: try again") };
        let begin = begin(asked, &answer)?;
        let skipped = begin.saturating_sub(answer.first);
        Ok(Chosen {
            store,
            desk,
            question,
            rows: answer.rows.into_iter().skip(skipped).collect(),
            next: begin,
            end: answer.shown.min(begin.saturating_add(asked.limit.unwrap_or(usize::MAX))),
            total: answer.total,
            undated_left_out: answer.undated_left_out,
            hints: answer.hints,
            with_notes: answer.asks_marks,
        })
    }

    /// The listings that the records come from.
    pub fn archives(&self) -> &'s [Archive] {
        self.store.sources()
    }

    /// How many records are still to come.
    pub fn left(&self) -> usize {
        self.end.saturating_sub(self.next)
    }

    /// How many records there are, whether they fit or not.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many undated records a date leaves out that would fit otherwise.
    pub fn undated_left_out(&self) -> usize {
        self.undated_left_out
    }

    /// What is to be said about the filter.
    pub fn said(&self) -> Vec<String> {
        let left_out = match self.undated_left_out {
            0 => None,
            1 => Some("1 undated record is left out by the date".to_owned()),
            many => Some(format!("{many} undated records are left out by the date")),
        };
        self.hints.iter().cloned().chain(left_out).collect()
    }

    /// The next record of what was answered, after another question where that is used up.
    fn row(&mut self) -> Option<Row> {
        if self.rows.is_empty() {
            self.question.place = Place::Row(self.next);
            let answer = self.desk.answer(self.store, &self.question, &|| false)?;
            let skipped = self.next.saturating_sub(answer.first);
            self.rows = answer.rows.into_iter().skip(skipped).collect();
        }
        self.rows.pop_front()
    }
}

impl Iterator for Chosen<'_> {
    type Item = Placed;

    fn next(&mut self) -> Option<Placed> {
        if self.left() == 0 {
            return None;
        }
        let row = self.row()?;
        self.next += 1;
        let mut record = Arc::unwrap_or_clone(row.record);
        let note = self.question.marked.note(row.number).filter(|_| self.with_notes);
        record.own.extend(note.map(|note| (NOTE.to_owned(), note.to_owned())));
        Some(from_its_listing(self.store, row.number, record))
    }
}

/// These records, in the order of loading.
pub fn placed<'s>(store: &'s Store, of: &'s RecordSet) -> impl Iterator<Item = Placed> + 's {
    of.iter().filter_map(|number| {
        let record = store.record(number)?;
        Some(from_its_listing(store, number, record))
    })
}

/// A record with the listing it comes from.
fn from_its_listing(store: &Store, number: RecordNumber, record: Record) -> Placed {
    let at = store.locate(number);
    let source = at.and_then(|(segment, within)| segment.sources().get(within).copied());
    Placed { source: source.unwrap_or(0), record }
}

/// The place to begin at.
fn begin(asked: &Asked, answer: &Answer) -> anyhow::Result<usize> {
    let Some(position) = asked.from_position else { return Ok(0) };
    match answer.place {
        Some(place) => Ok(place),
        None if answer.exists => anyhow::bail!(
            "--from-position {position}: the filter leaves this record out; name one that fits"
        ),
        None => anyhow::bail!("--from-position {position}: no record stands at this position"),
    }
}
