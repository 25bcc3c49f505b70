//! Converts record numbers to identities and back, so that records are found again after a reload.
//!
//! Each conversion scans the store once, however many records it converts.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::Store;
use crate::query::RecordHandle;
use crate::record::{Field, RecordId, RecordKey, bare_file_name};

/// The records with each key digest, in the order of loading.
pub(super) type RecordsByKeyDigest = HashMap<u64, Vec<RecordHandle>>;

/// How many records a reload added and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordChanges {
    /// The number of added records.
    pub added: usize,
    /// The number of removed records.
    pub removed: usize,
}

impl Store {
    /// All values that [`RecordId::archive`] can have for records of this store.
    pub fn archive_identities(&self) -> BTreeSet<Cow<'_, str>> {
        let mut archives: BTreeSet<_> =
            self.archives().iter().map(|archive| Cow::Borrowed(archive.identity())).collect();
        if archives.contains("") {
            archives.extend(
                self.file_sets().iter().flat_map(|it| &it.files).map(|file| file_name(file)),
            );
        }
        archives
    }

    /// Returns the record with each identity, in the same order; `None` for records not in this
    /// store.
    pub fn find_by_ids(&self, ids: &[RecordId]) -> Vec<Option<RecordHandle>> {
        let by_digest = self.records_by_key_digest(ids.iter().map(|id| id.key.digest()));
        let find = |id: &RecordId| {
            let candidates = by_digest.get(&id.key.digest())?.iter().copied();
            let mut same =
                candidates.filter(|number| self.has_identity(*number, &id.archive, &id.key));
            same.nth(id.repetition as usize)
        };
        ids.iter().map(find).collect()
    }

    /// Returns the only record without an id that has each of these titles in the archive of this
    /// identity, in the same order; `None` where there is none, or where there are several.
    ///
    /// Takes one scan of the titles.
    pub fn find_by_titles(&self, archive_and_title: &[(&str, &str)]) -> Vec<Option<RecordHandle>> {
        let mut found: HashMap<(&str, &str), Option<RecordHandle>> = HashMap::new();
        let wanted: HashSet<(&str, &str)> = archive_and_title.iter().copied().collect();
        let count = if wanted.is_empty() { 0 } else { self.len() };
        for number in (0..u32::try_from(count).unwrap_or(u32::MAX)).map(RecordHandle) {
            let Some((segment, record)) = self.locate(number) else { continue };
            let key = (self.archive_of(number), segment.title(record).unwrap_or_default());
            if let Some(wanted) = wanted.get(&key)
                && self.record(number).is_some_and(|it| it.first(Field::Id).is_none())
            {
                found.entry(*wanted).and_modify(|only| *only = None).or_insert(Some(number));
            }
        }
        archive_and_title.iter().map(|key| found.get(key).copied().flatten()).collect()
    }

    /// Returns the identity of each record, in the same order; `None` for records not in this
    /// store.
    pub fn ids_of(&self, numbers: &[RecordHandle]) -> Vec<Option<RecordId>> {
        let keys: Vec<Option<(String, RecordKey)>> =
            numbers.iter().map(|number| self.archive_and_key(*number)).collect();
        let digests = keys.iter().flatten().map(|(_, key)| key.digest());
        let by_digest = self.records_by_key_digest(digests);
        let id = |(key, number): (Option<(String, RecordKey)>, &RecordHandle)| {
            let (archive, key) = key?;
            let candidates = by_digest.get(&key.digest())?.iter();
            let earlier = candidates.take_while(|earlier| *earlier < number);
            let repetition =
                earlier.filter(|earlier| self.has_identity(**earlier, &archive, &key)).count();
            let repetition = u32::try_from(repetition).unwrap_or(u32::MAX);
            Some(RecordId { archive, key, repetition })
        };
        keys.into_iter().zip(numbers).map(id).collect()
    }

    /// Compares this store with the one before a reload, by record keys.
    pub fn count_changes(&self, before: &Store) -> RecordChanges {
        let sorted_digests = |store: &Store| {
            let digests = store.segments.iter().flat_map(|segment| segment.key_digests().to_vec());
            let mut digests: Vec<u64> = digests.collect();
            digests.sort_unstable();
            digests
        };
        let (new, old) = (sorted_digests(self), sorted_digests(before));
        let (mut new, mut old) = (new.as_slice(), old.as_slice());
        let (mut added, mut removed) = (0, 0);
        while let ([first_new, rest_new @ ..], [first_old, rest_old @ ..]) = (new, old) {
            match first_new.cmp(first_old) {
                Ordering::Less => (new, added) = (rest_new, added + 1),
                Ordering::Greater => (old, removed) = (rest_old, removed + 1),
                Ordering::Equal => (new, old) = (rest_new, rest_old),
            }
        }
        RecordChanges { added: added + new.len(), removed: removed + old.len() }
    }

    /// Returns the first record with a key as the user sees it: an identifier, or `#` and a hash in
    /// hexadecimal.
    pub fn find_by_key(&self, key: &str) -> Option<RecordHandle> {
        let id = RecordKey::Id(key.to_owned());
        let hash = key.strip_prefix('#').and_then(|hash| u64::from_str_radix(hash, 16).ok());
        let keys: Vec<RecordKey> =
            std::iter::once(id).chain(hash.map(RecordKey::Content)).collect();
        let by_digest = self.records_by_key_digest(keys.iter().map(RecordKey::digest));
        keys.iter().find_map(|key| {
            let mut candidates = by_digest.get(&key.digest())?.iter().copied();
            candidates
                .find(|number| self.archive_and_key(*number).is_some_and(|(_, own)| own == *key))
        })
    }

    /// Returns the records with these key digests.
    pub(super) fn records_by_key_digest(
        &self,
        digests: impl Iterator<Item = u64>,
    ) -> RecordsByKeyDigest {
        let mut by_digest: RecordsByKeyDigest =
            digests.map(|digest| (digest, Vec::new())).collect();
        if by_digest.is_empty() {
            return by_digest;
        }
        for (segment, first) in self.segments.iter().zip(self.first_numbers.iter()) {
            for (record, digest) in (0_u32..).zip(segment.key_digests()) {
                if let Some(records) = by_digest.get_mut(digest) {
                    records.push(RecordHandle(first.saturating_add(record)));
                }
            }
        }
        by_digest
    }

    /// Returns the archive and the key of a record's identity.
    fn archive_and_key(&self, number: RecordHandle) -> Option<(String, RecordKey)> {
        let key = self.record_key(number)?;
        let archive = self.archive_names_of(number, &key).next().unwrap_or_default();
        Some((archive.into_owned(), key))
    }

    /// Whether a record has this key in this archive.
    fn has_identity(&self, number: RecordHandle, archive: &str, key: &RecordKey) -> bool {
        self.record_key(number).is_some_and(|own| own == *key)
            && self.archive_names_of(number, key).any(|name| name == archive)
    }

    /// The key of a record.
    pub(super) fn record_key(&self, number: RecordHandle) -> Option<RecordKey> {
        Some(RecordKey::from_record(&self.record(number)?))
    }

    /// The values of [`RecordId::archive`] by which a record with this key can be found. The first
    /// one is used in new identities. There are several if the record is in several files.
    fn archive_names_of(
        &self,
        number: RecordHandle,
        key: &RecordKey,
    ) -> impl Iterator<Item = Cow<'_, str>> {
        let located = self.locate(number);
        let archive = located.map(|(segment, record)| segment.archive_id(record));
        let archive = archive.map_or("", |archive| self.archive_identity(archive));
        let uses_file_names = archive.is_empty() && matches!(key, RecordKey::Id(_));
        let files = if uses_file_names { self.files_of(number) } else { &[] };
        files.iter().map(|file| file_name(file)).chain(files.is_empty().then_some(archive.into()))
    }
}

/// Returns the name of a file without its folder.
fn file_name(file: &str) -> Cow<'_, str> {
    Cow::Borrowed(bare_file_name(file))
}
