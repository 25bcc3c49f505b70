//! Fingerprints of records, by which the entries of marks files find their records.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{RecordNumber, Store};
use crate::record::{FileSetId, Fingerprint};

impl Store {
    /// Returns the records whose fingerprint is wanted, in the order of loading. Computes the
    /// fingerprint of every record, in parallel.
    pub fn records_with_fingerprint(
        &self,
        is_wanted: impl Fn(&Fingerprint) -> bool + Sync,
    ) -> Vec<(RecordNumber, Fingerprint)> {
        let segments = self.segments.par_iter().enumerate();
        let found = segments.map(|(index, segment)| {
            let records = (0..segment.len())
                .map(|record| (record, Fingerprint::from_texts(segment.texts(record))));
            let wanted = records.filter(|(_, fingerprint)| is_wanted(fingerprint));
            let number = |record: usize| {
                self.record_number(index, u16::try_from(record).unwrap_or(u16::MAX))
            };
            wanted.map(|(record, fingerprint)| (number(record), fingerprint)).collect::<Vec<_>>()
        });
        found.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    /// Returns the fingerprint of a record.
    pub fn fingerprint(&self, number: RecordNumber) -> Option<Fingerprint> {
        let (segment, record) = self.locate(number)?;
        Some(Fingerprint::from_texts(segment.texts(record)))
    }

    /// Returns the number of earlier records from the same file that cannot be told apart from each
    /// of these.
    pub fn count_earlier_twins(&self, numbers: &[RecordNumber]) -> Vec<u32> {
        let keys = numbers.iter().filter_map(|number| self.record_key(*number));
        let by_digest = self.records_by_key_digest(keys.map(|key| key.digest()));
        let mut earlier_twins: HashMap<RecordNumber, u32> = HashMap::new();
        for records in by_digest.values().filter(|records| records.len() > 1) {
            let mut counts: HashMap<(FileSetId, Option<Fingerprint>), u32> = HashMap::new();
            for number in records {
                let look = (self.file_set_of(*number), self.fingerprint(*number));
                let count = counts.entry(look).or_default();
                earlier_twins.insert(*number, *count);
                *count = count.saturating_add(1);
            }
        }
        numbers.iter().map(|number| earlier_twins.get(number).copied().unwrap_or(0)).collect()
    }

    /// Returns the files that a record is in, by number.
    pub fn file_set_of(&self, number: RecordNumber) -> FileSetId {
        let located = self.locate(number);
        located.map_or_else(FileSetId::default, |(segment, record)| segment.file_set(record))
    }

    /// Returns the identity of a record's archive; empty if its file names none.
    pub fn archive_of(&self, number: RecordNumber) -> &str {
        let archive = self.locate(number).map(|(segment, record)| segment.archive_id(record));
        archive.map_or("", |archive| self.archive_identity(archive))
    }

    /// Returns the paths of the files that a record is in, as they were opened.
    pub fn paths_of(&self, number: RecordNumber) -> impl Iterator<Item = PathBuf> {
        self.files_of(number).iter().map(|file| Path::new(file).to_owned())
    }

    /// Returns the position of a record in its listing.
    pub fn position_of(&self, number: RecordNumber) -> Option<u64> {
        let (segment, record) = self.locate(number)?;
        segment.position(record)
    }
}
