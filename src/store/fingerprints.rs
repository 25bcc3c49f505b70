//! Fingerprints of records, by which the entries of marks files find their records.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::Store;
use crate::query::RecordHandle;
use crate::record::{FileSetId, Fingerprint};

/// Records that look much like another record of the same archive or file: it has the same id; or neither
/// has an id, and title and date, or one of them and all other values, are the same.
#[derive(Clone, Debug, Default)]
pub struct Lookalikes(HashSet<u64>);

impl Lookalikes {
    /// Whether a record looks much like another one.
    pub fn contain(&self, store: &Store, number: RecordHandle) -> bool {
        !self.0.is_empty() && store.lookalike_keys(number).any(|key| self.0.contains(&key))
    }

    /// Whether its file says the same of another record, which may be put into other words later.
    pub fn share_source(&self, store: &Store, number: RecordHandle) -> bool {
        store.source_key(number).is_some_and(|key| self.0.contains(&key))
    }
}

impl Store {
    /// Returns the records whose fingerprint is wanted, in the order of loading. Computes the
    /// fingerprint of every record, in parallel.
    pub fn records_with_fingerprint(
        &self,
        is_wanted: impl Fn(&Fingerprint) -> bool + Sync,
    ) -> Vec<(RecordHandle, Fingerprint)> {
        let segments = self.segments.par_iter().enumerate();
        let found = segments.map(|(index, segment)| {
            let records = (0..segment.len()).map(|record| (record, segment.fingerprint(record)));
            let wanted = records.filter(|(_, fingerprint)| is_wanted(fingerprint));
            let number = |record: usize| {
                self.record_number(index, u16::try_from(record).unwrap_or(u16::MAX))
            };
            wanted.map(|(record, fingerprint)| (number(record), fingerprint)).collect::<Vec<_>>()
        });
        found.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    /// Finds the records that look much like others. Computes the fingerprint of every record, in
    /// parallel.
    pub fn lookalikes(&self) -> Lookalikes {
        let segments = self.segments.par_iter().enumerate();
        let keys = segments.flat_map_iter(|(index, segment)| {
            let numbers = (0..segment.len()).map(move |record| {
                self.record_number(index, u16::try_from(record).unwrap_or(u16::MAX))
            });
            // A duplicate is the same record, not another one.
            let numbers = numbers.filter(|number| self.duplicates.original(*number).is_none());
            numbers.flat_map(|number| self.lookalike_keys(number).chain(self.source_key(number)))
        });
        let mut keys: Vec<u64> = keys.collect();
        keys.par_sort_unstable();
        let repeated = keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        Lookalikes(repeated.collect())
    }

    /// Returns the hashes that a record has in common with records of its archive or file that look much
    /// the same.
    fn lookalike_keys(&self, number: RecordHandle) -> impl Iterator<Item = u64> + use<> {
        let source = self.archive_or_file_key(number);
        let fingerprint = self.fingerprint(number).unwrap_or_default();
        let Fingerprint { id, title, date, content, .. } = fingerprint;
        let parts = match id {
            Some(id) => [Some((0, id, 0)), None, None],
            None => [
                Some((1, fingerprint.text(), 0)),
                content.zip(title).map(|(content, title)| (2, content, title)),
                content.zip(date).map(|(content, date)| (3, content, date)),
            ],
        };
        let key = move |parts: (i32, u64, u64)| FixedState::default().hash_one((source, parts));
        parts.into_iter().flatten().map(key)
    }

    /// Returns the hash that a record has in common with records of its archive or file of which their
    /// file says the same.
    fn source_key(&self, number: RecordHandle) -> Option<u64> {
        let (segment, record) = self.locate(number)?;
        let source_hash = segment.source_hash(record).get()?;
        Some(FixedState::default().hash_one((self.archive_or_file_key(number), source_hash)))
    }

    /// Returns a hash of the archive of a record, or of its files if the archive has no name.
    fn archive_or_file_key(&self, number: RecordHandle) -> u64 {
        let archive = Some(self.archive_of(number)).filter(|archive| !archive.is_empty());
        let file = archive.is_none().then(|| self.file_set_of(number));
        FixedState::default().hash_one((archive, file))
    }

    /// Returns the fingerprint of a record.
    pub fn fingerprint(&self, number: RecordHandle) -> Option<Fingerprint> {
        let (segment, record) = self.locate(number)?;
        Some(segment.fingerprint(record))
    }

    /// Returns the number of earlier records from the same file that cannot be told apart from each
    /// of these.
    pub fn count_earlier_twins(&self, numbers: &[RecordHandle]) -> Vec<u32> {
        let keys = numbers.iter().filter_map(|number| self.record_key(*number));
        let by_digest = self.records_by_key_digest(keys.map(|key| key.digest()));
        let mut earlier_twins: HashMap<RecordHandle, u32> = HashMap::new();
        for records in by_digest.values().filter(|records| records.len() > 1) {
            let mut counts: HashMap<(FileSetId, Option<Fingerprint>), u32> = HashMap::new();
            for number in records {
                let look = self.fingerprint(*number).map(|it| it.look());
                let look = (self.file_set_of(*number), look);
                let count = counts.entry(look).or_default();
                earlier_twins.insert(*number, *count);
                *count = count.saturating_add(1);
            }
        }
        numbers.iter().map(|number| earlier_twins.get(number).copied().unwrap_or(0)).collect()
    }

    /// Returns the files that a record is in, by number.
    pub fn file_set_of(&self, number: RecordHandle) -> FileSetId {
        let located = self.locate(number);
        located.map_or_else(FileSetId::default, |(segment, record)| segment.file_set(record))
    }

    /// Returns the identity of a record's archive; empty if its file names none.
    pub fn archive_of(&self, number: RecordHandle) -> &str {
        let archive = self.locate(number).map(|(segment, record)| segment.archive_id(record));
        archive.map_or("", |archive| self.archive_identity(archive))
    }

    /// Returns the paths of the files that a record is in, as they were opened.
    pub fn paths_of(&self, number: RecordHandle) -> impl Iterator<Item = PathBuf> {
        self.files_of(number).iter().map(|file| Path::new(file).to_owned())
    }

    /// Returns the position of a record in its listing.
    pub fn position_of(&self, number: RecordHandle) -> Option<u64> {
        let (segment, record) = self.locate(number)?;
        segment.position(record)
    }
}
