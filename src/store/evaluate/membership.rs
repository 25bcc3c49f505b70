//! Which records the reader marked and noted, and which stand in a file, as the scores of a term.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rank::{FITS, NONE};
pub(crate) use crate::query::clause::{Clause, Phrase};
use crate::store::{Marked, RecordNumber, Segment, Store};
use crate::text::fold::fold;

/// The score of each record of each segment for what a term asks of marks and notes.
pub(super) fn column(store: &Store, marked: &Marked, wish: &Clause) -> Vec<Vec<u8>> {
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
        Clause::Marked => marked.records.iter().for_each(choose),
        Clause::Noted => marked.notes.keys().copied().for_each(choose),
        Clause::Note(phrase) => {
            let mut seeker = phrase.seeker();
            let notes: &BTreeMap<RecordNumber, Arc<str>> = &marked.notes;
            for (number, note) in notes {
                if seeker.best_tier(&fold(note)).is_some() {
                    choose(*number);
                }
            }
        }
        Clause::Words(_) | Clause::Date(_) | Clause::From(_) => {}
    }
    columns
}

/// The score of each record of each segment for a phrase that the name of its file has, or the title
/// of its archive.
pub(super) fn from(store: &Store, phrase: &Phrase) -> Vec<Vec<u8>> {
    let mut seeker = phrase.seeker();
    let mut has = |text: &str| seeker.best_tier(&fold(text)).is_some();
    let origins: Vec<bool> =
        store.origins().iter().map(|origin| origin.files.iter().any(|file| has(file))).collect();
    let archives = store.sources().iter();
    let archives: Vec<bool> =
        archives.map(|archive| archive.title.as_deref().is_some_and(&mut has)).collect();
    let fits = |list: &[bool], at: u16| list.get(usize::from(at)).copied().unwrap_or(false);
    let column = |segment: &Arc<Segment>| {
        let sources = segment.sources().iter().enumerate();
        let both = sources.map(|(record, source)| {
            fits(&archives, *source) || fits(&origins, segment.origin(record))
        });
        both.map(|fits| if fits { FITS } else { NONE }).collect()
    };
    store.segments().iter().map(column).collect()
}
