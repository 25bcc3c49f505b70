//! The reference desk: where questions are answered, and what was found is remembered.

use std::sync::Arc;

use super::page::Listing;
use super::result_set::Found;
use super::score::Stop;
use crate::query::{Answer, Order, OrderBy, Place, Question, Row};
use crate::store::{RecordNumber, Store};

/// The reference desk: answers questions about a snapshot, and remembers what the last one found,
/// so that turning a page searches nothing.
#[derive(Debug, Default)]
pub struct Searcher {
    /// What the last filter found.
    found: Option<Found>,
}

impl Searcher {
    /// Answers a question, or nothing where `stop` said so: it is asked every few thousand records.
    pub fn answer(&mut self, store: &Store, question: &Question, stop: Stop<'_>) -> Option<Answer> {
        // As a whole on the threads that search: to go there and back for each step takes as long as
        // the steps.
        rayon::scope(|_| self.answer_here(store, question, stop))
    }

    /// The same on this thread.
    fn answer_here(
        &mut self,
        store: &Store,
        question: &Question,
        stop: Stop<'_>,
    ) -> Option<Answer> {
        let known = self.found.take_if(|found| {
            found.text == question.text
                && found.apart == question.apart
                && found.store.is_same(store)
                && (!found.asks_marks || found.marked == question.marked)
        });
        let found = match known {
            Some(found) => found,
            None => Found::new(store, &question.text, &question.marked, question.apart, stop)?,
        };
        let answer = answer(&found, question);
        self.found = Some(found);
        Some(answer)
    }
}

/// The order in force: the chosen one where it makes sense.
fn order(found: &Found, chosen: Option<Order>) -> Order {
    match chosen {
        Some(order) if order.by != OrderBy::Relevance || found.has_words => order,
        _ if found.has_words => Order { by: OrderBy::Relevance, reversed: false },
        _ => Order { by: OrderBy::Archive, reversed: false },
    }
}

/// Answers a question about what was found.
fn answer(found: &Found, question: &Question) -> Answer {
    let order = order(found, question.order);
    let listing = Listing::new(&found.store, &found.hits, order);
    let shown = found.hits.shown();
    let (exists, place) = match question.place {
        Place::Row(row) => (true, shown.checked_sub(1).map(|last| row.min(last))),
        Place::Record(number) => {
            let one = || found.store.copies().others(number).find_map(|it| listing.place(it));
            (found.store.locate(number).is_some(), listing.place(number).or_else(one))
        }
        Place::Position(position) => at_position(found, position, &listing),
    };
    let copies = if found.apart { 0 } else { found.store.copies().len() };
    let page = question.rows.max(1);
    let first = place.unwrap_or(0) / page * page;
    let choose = question.choose.clone().unwrap_or_default();
    let row =
        |number: RecordNumber| Some(Row { number, record: Arc::new(found.store.record(number)?) });
    Answer {
        shown,
        total: found.store.len() - copies,
        place,
        exists,
        first,
        rows: listing.rows(first, page).into_iter().filter_map(row).collect(),
        order,
        undated_left_out: found.undated_left_out,
        terms: found.terms.clone(),
        hints: found.hints.clone(),
        highlighter: Arc::clone(&found.highlighter),
        asks_marks: found.asks_marks,
        chosen: listing.rows(choose.start, choose.len()).into_iter().collect(),
    }
}

/// Whether there is a record with this position in its archive, and the place of it: of several that
/// are shown, of the first that was loaded.
fn at_position(found: &Found, position: u64, listing: &Listing<'_>) -> (bool, Option<usize>) {
    let segments = found.store.segments().iter().enumerate().filter(|(_, it)| it.has_positions());
    let mut numbers = segments
        .flat_map(|(at, segment)| {
            let records = (0..=u16::MAX).take(segment.len());
            let there = records
                .filter(move |record| segment.position(usize::from(*record)) == Some(position));
            there.map(move |record| found.store.number(at, record))
        })
        .peekable();
    (numbers.peek().is_some(), numbers.find_map(|number| listing.place(number)))
}
