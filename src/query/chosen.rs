//! Which records the reader marked and noted, as the scores of a term.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rank::{FITS, NONE};
use super::term::Wish;
use crate::store::fold::fold;
use crate::store::{Marked, RecordNumber, Store};

/// The score of each record of each segment for what a term asks of marks and notes.
pub(super) fn column(store: &Store, marked: &Marked, wish: &Wish) -> Vec<Vec<u8>> {
    let segments = store.segments().iter();
    let mut columns: Vec<Vec<u8>> = segments.map(|segment| vec![NONE; segment.len()]).collect();
    let mut choose = |number: RecordNumber| {
        let place = store.place_of(number);
        let record = place.and_then(|(segment, record)| {
            columns.get_mut(segment).and_then(|scores| scores.get_mut(usize::from(record)))
        });
        if let Some(score) = record {
            *score = FITS;
        }
    };
    match wish {
        Wish::Marked => marked.records.iter().for_each(choose),
        Wish::Noted => marked.notes.keys().copied().for_each(choose),
        Wish::Note(phrase) => {
            let mut seeker = phrase.seeker();
            let notes: &BTreeMap<RecordNumber, Arc<str>> = &marked.notes;
            for (number, note) in notes {
                if seeker.best_tier(&fold(note)).is_some() {
                    choose(*number);
                }
            }
        }
        Wish::Words(_) | Wish::Date(_) => {}
    }
    columns
}
