//! Scores of the terms that look for marks, notes, doubtful dates, file names and archive titles.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rank::{MATCH_ONLY, NO_MATCH, Score};
use crate::query::{Clause, Phrase};
use crate::query::{RecordHandle, UserMarks};
use crate::record::ParsedDate;
use crate::store::{RecordAddress, Segment, Store};
use crate::text::fold::fold;

/// Returns the score of each record of each segment for a clause about marks or notes.
pub(super) fn user_mark_scores(
    store: &Store,
    user_marks: &UserMarks,
    clause: &Clause,
) -> Vec<Vec<Score>> {
    let segments = store.segments().iter();
    let mut columns: Vec<Vec<Score>> =
        segments.map(|segment| vec![NO_MATCH; segment.len()]).collect();
    let mut set_match = |number: RecordHandle| {
        let address = store.record_address(number);
        let entry = address.and_then(|RecordAddress { segment, record }| {
            columns.get_mut(segment).and_then(|scores| scores.get_mut(usize::from(record)))
        });
        if let Some(entry) = entry {
            *entry = MATCH_ONLY;
        }
    };
    match clause {
        Clause::Marked => user_marks.marked.iter().for_each(set_match),
        Clause::HasNote => user_marks.notes.keys().copied().for_each(set_match),
        Clause::Note(phrase) => {
            let mut matcher = phrase.matcher();
            let notes: &BTreeMap<RecordHandle, Arc<str>> = &user_marks.notes;
            for (number, note) in notes {
                if matcher.best_quality(&fold(note)).is_some() {
                    set_match(*number);
                }
            }
        }
        Clause::Words(_)
        | Clause::Date(_)
        | Clause::File(_)
        | Clause::DoubtfulDate
        | Clause::Like(_) => {}
    }
    columns
}

/// Returns the score of each record of each segment for a clause about doubtful dates.
pub(super) fn doubtful_date_scores(store: &Store) -> Vec<Vec<Score>> {
    let column = |segment: &Arc<Segment>| {
        let dates = segment.dates();
        let of_date = |date: &ParsedDate| if date.is_doubtful() { MATCH_ONLY } else { NO_MATCH };
        let scores: Vec<Score> = dates.distinct_dates().iter().map(of_date).collect();
        let indices = dates.codes().iter().map(|code| usize::from(*code));
        indices.map(|index| scores.get(index).copied().unwrap_or(NO_MATCH)).collect()
    };
    store.segments().iter().map(column).collect()
}

/// Returns the score of each record of each segment for a phrase in the name of its file or in the
/// title of its archive.
pub(super) fn file_scores(store: &Store, phrase: &Phrase) -> Vec<Vec<Score>> {
    let mut matcher = phrase.matcher();
    let mut has_phrase = |text: &str| matcher.best_quality(&fold(text)).is_some();
    let file_sets = store.file_sets().iter();
    let file_sets: Vec<bool> =
        file_sets.map(|files| files.files.iter().any(|file| has_phrase(file))).collect();
    let archives = store.archives().iter();
    let archives: Vec<bool> =
        archives.map(|archive| archive.title.as_deref().is_some_and(&mut has_phrase)).collect();
    let is_match = |flags: &[bool], index: usize| flags.get(index).copied().unwrap_or(false);
    let column = |segment: &Arc<Segment>| {
        let mut scores = vec![NO_MATCH; segment.len()];
        for (records, archive, file_set) in segment.provenance_ranges() {
            if is_match(&archives, archive.index()) || is_match(&file_sets, file_set.index()) {
                scores.get_mut(records).unwrap_or_default().fill(MATCH_ONLY);
            }
        }
        scores
    };
    store.segments().iter().map(column).collect()
}
