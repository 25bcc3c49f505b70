//! Finds possible duplicates: records of different files with the same title and date.

use super::{Segment, Store, title_sort_key};
use crate::query::{PossibleDuplicate, RecordHandle};
use crate::record::FileSetId;
use crate::record::date::span::ParsedDate;

/// The number of records of one segment compared per title. Many records can have the title
/// “Letter”.
const MAX_COMPARED_PER_TITLE: usize = 256;

/// The maximum number of possible duplicates of a row.
const MAX_POSSIBLE_DUPLICATES: usize = 3;

impl Store {
    /// Returns the file sets of the proven duplicates of a record, and its first possible duplicates.
    pub(super) fn duplicates_for_row(
        &self,
        number: RecordHandle,
    ) -> (Vec<FileSetId>, Vec<PossibleDuplicate>) {
        let duplicates = self.duplicates().others(number).map(|other| self.file_set_of(other));
        let possible = self.possible_duplicates(number).into_iter().take(MAX_POSSIBLE_DUPLICATES);
        let possible = possible.map(|other| PossibleDuplicate {
            position: self.position_of(other),
            file_set: self.file_set_of(other),
        });
        (duplicates.collect(), possible.collect())
    }

    /// Returns the records of other files that have the same title and date as this one, in the
    /// order of loading. Proven duplicates are not included.
    pub fn possible_duplicates(&self, number: RecordHandle) -> Vec<RecordHandle> {
        let Some((segment, record)) = self.locate(number).filter(|_| self.file_count() > 1) else {
            return Vec::new();
        };
        let date = segment.dates().parsed_date(record);
        let (Some(title), Some(date)) = (segment.title(record), date) else {
            return Vec::new();
        };
        let (key, mut found) = (title_sort_key(title), Vec::new());
        if !matches!(date, ParsedDate::Span(_)) {
            return found;
        }
        let files = self.files_of(number);
        for (index, segment) in self.segments.iter().enumerate() {
            let date_of = |record: &u16| segment.dates().parsed_date(usize::from(*record));
            let same_title = records_with_title(segment, &key);
            let same_date = same_title.filter(|record| date_of(record) == Some(date));
            found.extend(same_date.map(|record| self.record_number(index, record)));
        }
        let duplicates: Vec<RecordHandle> = self.duplicates().others(number).collect();
        found.retain(|other| {
            let shares_file = self.files_of(*other).iter().any(|file| files.contains(file));
            !shares_file && !duplicates.contains(other)
        });
        found.sort_unstable();
        found
    }
}

/// Returns the records of a segment whose title has this sort key, up to a limit.
fn records_with_title(segment: &Segment, key: &str) -> impl Iterator<Item = u16> {
    let records = segment.by_title().records();
    let key_of = |record: u16| segment.title(usize::from(record)).map(title_sort_key);
    // Records without a title come last.
    let first = records.partition_point(|record| key_of(*record).is_some_and(|it| *it < *key));
    let rest = records.get(first..).unwrap_or_default().iter().copied();
    let compared = rest.take(MAX_COMPARED_PER_TITLE);
    compared.take_while(move |record| key_of(*record).is_some_and(|it| it == key))
}
