//! Identities of records and records of identities: one walk through the store, however many are
//! asked for.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use super::{Marked, RecordNumber, Store};
use crate::record::{RecordId, RecordKey};

/// The records that have one key as a number, in the order of loading.
type Alike = HashMap<u64, Vec<RecordNumber>>;

/// Records of another store, found again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recalled {
    /// The one that was selected, where it is still there.
    pub selected: Option<RecordNumber>,
    /// What was marked and noted.
    pub marked: Marked,
}

impl Store {
    /// All archives that records are known by: see [`RecordId::archive`].
    pub fn archives(&self) -> BTreeSet<Cow<'_, str>> {
        let mut archives: BTreeSet<_> =
            self.sources().iter().map(|archive| Cow::Borrowed(archive.id())).collect();
        if archives.contains("") {
            archives.extend(self.origins().iter().flat_map(|it| &it.files).map(file_name));
        }
        archives
    }

    /// The records with these identities, in their order; nothing for those not in memory.
    pub fn numbers_of(&self, ids: &[RecordId]) -> Vec<Option<RecordNumber>> {
        let alike = self.alike(ids.iter().map(|id| id.key.number()));
        let number = |id: &RecordId| {
            let same = alike.get(&id.key.number())?.iter().copied();
            let mut same = same.filter(|number| self.is_known_by(*number, &id.archive, &id.key));
            same.nth(id.repeat as usize)
        };
        ids.iter().map(number).collect()
    }

    /// The identities of these records, in their order; nothing for those not in memory.
    pub fn ids_of(&self, numbers: &[RecordNumber]) -> Vec<Option<RecordId>> {
        let known: Vec<Option<(String, RecordKey)>> =
            numbers.iter().map(|number| self.known_by(*number)).collect();
        let alike = self.alike(known.iter().flatten().map(|(_, key)| key.number()));
        let id = |(known, number): (Option<(String, RecordKey)>, &RecordNumber)| {
            let (archive, key) = known?;
            let same = alike.get(&key.number())?.iter();
            let before = same.take_while(|earlier| *earlier < number);
            let repeat =
                before.filter(|earlier| self.is_known_by(**earlier, &archive, &key)).count();
            Some(RecordId { archive, key, repeat: u32::try_from(repeat).unwrap_or(u32::MAX) })
        };
        known.into_iter().zip(numbers).map(id).collect()
    }

    /// How many records are here and were not in another store, and how many were there and are not
    /// here.
    pub fn compared(&self, before: &Store) -> (usize, usize) {
        let keys = |store: &Store| {
            let keys = store.segments.iter().flat_map(|segment| segment.identities().to_vec());
            let mut keys: Vec<u64> = keys.collect();
            keys.sort_unstable();
            keys
        };
        let (now, before) = (keys(self), keys(before));
        let (mut now, mut before) = (now.as_slice(), before.as_slice());
        let (mut more, mut fewer) = (0, 0);
        while let ([first, rest @ ..], [other, others @ ..]) = (now, before) {
            match first.cmp(other) {
                Ordering::Less => (now, more) = (rest, more + 1),
                Ordering::Greater => (before, fewer) = (others, fewer + 1),
                Ordering::Equal => (now, before) = (rest, others),
            }
        }
        (more + now.len(), fewer + before.len())
    }

    /// Finds here the records that were selected, marked and noted in another store.
    pub fn recall(
        &self,
        before: &Store,
        selected: Option<RecordNumber>,
        marked: &Marked,
    ) -> Recalled {
        let noted = marked.notes.keys().copied();
        let numbers: Vec<RecordNumber> =
            selected.into_iter().chain(marked.records.iter()).chain(noted).collect();
        let (known, ids): (Vec<_>, Vec<_>) = numbers
            .iter()
            .zip(before.ids_of(&numbers))
            .filter_map(|(number, id)| Some((*number, id?)))
            .unzip();
        let found = self.numbers_of(&ids);
        let now: HashMap<RecordNumber, RecordNumber> = known
            .into_iter()
            .zip(found)
            .filter_map(|(before, number)| Some((before, number?)))
            .collect();
        let of = |number: &RecordNumber| now.get(number).copied();
        let with_note = marked.notes.iter();
        Recalled {
            selected: selected.as_ref().and_then(of),
            marked: Marked {
                records: marked.records.iter().filter_map(|number| of(&number)).collect(),
                notes: with_note
                    .filter_map(|(at, note)| Some((of(at)?, Arc::clone(note))))
                    .collect(),
            },
        }
    }

    /// The first record that is known by a key as it is shown: an identifier, or `#` and a hash.
    pub fn known_as(&self, key: &str) -> Option<RecordNumber> {
        let id = RecordKey::Id(key.to_owned());
        let hash = key.strip_prefix('#').and_then(|hash| u64::from_str_radix(hash, 16).ok());
        let keys: Vec<RecordKey> =
            std::iter::once(id).chain(hash.map(RecordKey::Content)).collect();
        let alike = self.alike(keys.iter().map(RecordKey::number));
        keys.iter().find_map(|key| {
            let mut same = alike.get(&key.number())?.iter().copied();
            same.find(|number| self.known_by(*number).is_some_and(|(_, own)| own == *key))
        })
    }

    /// The records that have one of these keys as a number.
    fn alike(&self, keys: impl Iterator<Item = u64>) -> Alike {
        let mut alike: Alike = keys.map(|key| (key, Vec::new())).collect();
        if alike.is_empty() {
            return alike;
        }
        for (segment, start) in self.segments.iter().zip(self.starts.iter()) {
            for (within, key) in (0_u32..).zip(segment.identities()) {
                if let Some(same) = alike.get_mut(key) {
                    same.push(RecordNumber(start.saturating_add(within)));
                }
            }
        }
        alike
    }

    /// The archive and the key of a record.
    fn known_by(&self, number: RecordNumber) -> Option<(String, RecordKey)> {
        let key = self.key(number)?;
        let archive = self.archives_of(number, &key).next().unwrap_or_default();
        Some((archive.into_owned(), key))
    }

    /// Whether a record has this key in this archive.
    fn is_known_by(&self, number: RecordNumber, archive: &str, key: &RecordKey) -> bool {
        self.key(number).is_some_and(|own| own == *key)
            && self.archives_of(number, key).any(|its| its == archive)
    }

    /// The key of a record.
    fn key(&self, number: RecordNumber) -> Option<RecordKey> {
        let (segment, within) = self.locate(number)?;
        Some(RecordKey::of(&segment.record(within)?))
    }

    /// What may stand for the archive of a record with this key, the first one before all others: see
    /// [`RecordId::archive`]. Several where one record stands in several files.
    fn archives_of(
        &self,
        number: RecordNumber,
        key: &RecordKey,
    ) -> impl Iterator<Item = Cow<'_, str>> {
        let place = self.locate(number);
        let source = place.and_then(|(segment, within)| segment.sources().get(within).copied());
        let archive = source.map_or("", |source| self.archive_id(source));
        let nameless = archive.is_empty() && matches!(key, RecordKey::Id(_));
        let files = if nameless { self.files_of(number) } else { &[] };
        files.iter().map(file_name).chain(files.is_empty().then_some(archive.into()))
    }
}

/// What a file is called, without its folder.
fn file_name(file: &String) -> Cow<'_, str> {
    Path::new(file).file_name().map_or(file.into(), OsStr::to_string_lossy)
}
