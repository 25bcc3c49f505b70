//! Records that may be the same: a title and a date in common, from different files.

use super::{RecordNumber, Segment, Store, title_key};
use crate::record::date::span::Reading;

/// How many records with one title are compared in a batch: many letters are called “Letter”.
const COMPARED: usize = 256;

impl Store {
    /// The records from other files that have the title and the date of this one, and are no copies
    /// of it, in the order of loading.
    pub fn perhaps_same(&self, number: RecordNumber) -> Vec<RecordNumber> {
        let Some((segment, within)) = self.locate(number).filter(|_| self.files() > 1) else {
            return Vec::new();
        };
        let (Some(title), Some(reading)) = (segment.title(within), segment.dates().reading(within))
        else {
            return Vec::new();
        };
        let (key, mut found) = (title_key(title), Vec::new());
        if !matches!(reading, Reading::Span(_)) {
            return found;
        }
        let files = self.files_of(number);
        for (at, segment) in self.segments.iter().enumerate() {
            let dated = |record: &u16| segment.dates().reading(usize::from(*record));
            let same = titled(segment, &key).filter(|record| dated(record) == Some(reading));
            found.extend(same.map(|record| self.number(at, record)));
        }
        let copies: Vec<RecordNumber> = self.copies().others(number).collect();
        found.retain(|other| {
            let elsewhere = !self.files_of(*other).iter().any(|file| files.contains(file));
            elsewhere && !copies.contains(other)
        });
        found.sort_unstable();
        found
    }
}

/// The records of a batch whose titles are ordered by this key.
fn titled(segment: &Segment, key: &str) -> impl Iterator<Item = u16> {
    let records = segment.by_title().records();
    let key_of = |record: u16| segment.title(usize::from(record)).map(title_key);
    // Those without a title come last.
    let first = records.partition_point(|record| key_of(*record).is_some_and(|it| *it < *key));
    let rest = records.get(first..).unwrap_or_default().iter().copied();
    rest.take(COMPARED).take_while(move |record| key_of(*record).is_some_and(|it| it == key))
}
