//! Finds duplicates: records that are in several files. The same id proves it together with the same title or date,
//! the same address with a like title: one digital object may have several descriptions, and files often carry
//! the address of another record by mistake.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::{Segment, Store, title_sort_key};
use crate::query::RecordHandle;
use crate::record::date::span::ParsedDate;
use crate::record::{Archive, Field, FieldRef, FileSetId};
use crate::text::fold::fold;

/// The largest number of records with one id or address, but other titles and dates, that a record
/// is compared with. An id or address with more of them identifies nothing.
const MAX_COMPARED_RECORDS: usize = 64;

/// A record that duplicates a record of a file that was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Duplicate {
    /// The duplicate.
    number: RecordHandle,
    /// The record that it duplicates. It has a smaller number.
    original: RecordHandle,
    /// The hash of the address that both records have. `None` if their id proves it.
    address_hash: Option<u64>,
}

/// The duplicates among the records of a snapshot. A clone takes constant time.
#[derive(Clone, Debug, Default)]
pub struct Duplicates(Arc<Vec<Duplicate>>);

impl Duplicates {
    /// The number of records that are duplicates of others.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no duplicates.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both belong to the same snapshot.
    pub(super) fn is_same(&self, other: &Duplicates) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Each duplicate with the original record, in the order of loading.
    pub fn iter(&self) -> impl Iterator<Item = (RecordHandle, RecordHandle)> + '_ {
        self.0.iter().map(|duplicate| (duplicate.number, duplicate.original))
    }

    /// The original of a record. `None` if the record is no duplicate.
    pub fn original(&self, number: RecordHandle) -> Option<RecordHandle> {
        find_original(&self.0, number)
    }

    /// The original of a record and all its duplicates, without the record itself, in the order of
    /// loading.
    pub fn others(&self, number: RecordHandle) -> impl Iterator<Item = RecordHandle> + '_ {
        let original = self.original(number).unwrap_or(number);
        let duplicates = self.iter().filter(move |(_, its_original)| *its_original == original);
        let duplicates = duplicates.map(|(duplicate, _)| duplicate);
        std::iter::once(original).chain(duplicates).filter(move |other| *other != number)
    }
}

/// Returns the original of a record. `duplicates` must be sorted by number.
fn find_original(duplicates: &[Duplicate], number: RecordHandle) -> Option<RecordHandle> {
    let index = duplicates.binary_search_by_key(&number, |duplicate| duplicate.number).ok()?;
    duplicates.get(index).map(|duplicate| duplicate.original)
}

/// Resolves chains of duplicates, so that no original is a duplicate itself.
fn resolve_chains(duplicates: &[Duplicate]) -> Vec<Duplicate> {
    let mut resolved: Vec<Duplicate> = Vec::with_capacity(duplicates.len());
    for duplicate in duplicates {
        // The original has a smaller number, so it is resolved already.
        let original = find_original(&resolved, duplicate.original).unwrap_or(duplicate.original);
        resolved.push(Duplicate { original, ..*duplicate });
    }
    resolved
}

/// The first record with a certain id or address.
#[derive(Clone, Copy, Debug)]
struct FirstSeen {
    /// The first record.
    number: RecordHandle,
    /// The file set of the last record with the same id or address.
    last_file_set: FileSetId,
    /// Whether two records of one file have the same address. Then it proves nothing.
    repeats_in_file: bool,
}

impl FirstSeen {
    /// A record whose id or address is new, or was seen only with other titles and dates.
    fn new(number: RecordHandle, file_set: FileSetId) -> FirstSeen {
        FirstSeen { number, last_file_set: file_set, repeats_in_file: false }
    }
}

/// Finds duplicates while records are loaded. Two records are duplicates if they are in different
/// files, and have the same id in the same archive and the same title or date, or the same address and describe
/// it alike. It scans nothing while there is only one file.
#[derive(Debug, Default)]
pub struct DuplicateFinder {
    /// The number of records scanned so far.
    scanned: u32,
    /// The first record with each id, by the hash of archive and id. The next records with this id
    /// that are no duplicates have the numbers after the hash.
    ids: HashMap<u64, FirstSeen>,
    /// The first record with each address, by the hash of the address. Further ones follow as in
    /// `ids`.
    addresses: HashMap<u64, FirstSeen>,
    /// The duplicates so far, in the order of loading. An original may be a duplicate itself. Such
    /// chains are resolved later, because a link based on an address may be dropped.
    duplicates: Vec<Duplicate>,
}

impl DuplicateFinder {
    /// Scans the new records of a store, and sets its duplicates.
    pub fn scan_new(&mut self, store: &mut Store) {
        if store.file_count() < 2 {
            return;
        }
        let before = self.duplicates.len();
        let mut has_dropped = false;
        while let Some((segment, from)) = store.locate(RecordHandle(self.scanned)) {
            for record in from..segment.len() {
                has_dropped |= self.scan_record(store, segment, record);
                self.scanned += 1;
            }
        }
        if has_dropped || self.duplicates.len() != before {
            store.set_duplicates(Duplicates(Arc::new(resolve_chains(&self.duplicates))));
        }
    }

    /// Scans one record. Returns whether earlier duplicates were dropped.
    fn scan_record(&mut self, store: &Store, segment: &Segment, record: usize) -> bool {
        let number = RecordHandle(self.scanned);
        let file_set = segment.file_set(record);
        let archive = store.archives().get(segment.archive_id(record).index());
        let identity = archive.map_or("", Archive::identity);
        let (mut id, mut address) = (None, None);
        for (field, text) in segment.texts(record) {
            match field {
                FieldRef::Known(Field::Id) if !identity.is_empty() => id = id.or(Some(text)),
                FieldRef::Known(Field::Url) => address = address.or(record_url(text)),
                _ => {}
            }
        }
        let by_id = id.and_then(|id| {
            let ead_id = archive.and_then(Archive::ead_id).unwrap_or("");
            let hash = xxh3_64(format!("{identity}\0{ead_id}\0{id}").as_bytes());
            self.find_by_id(store, hash, number, file_set)
        });
        let address_hash = address.map(|address| xxh3_64(address.as_bytes()));
        let (by_address, has_dropped) = address_hash
            .map_or((None, false), |hash| self.find_by_address(store, hash, number, file_set));
        let address_hash = address_hash.filter(|_| by_id.is_none());
        if let Some(original) = by_id.or(by_address) {
            self.duplicates.push(Duplicate { number, original, address_hash });
        }
        has_dropped
    }

    /// Returns the record with the same id from another file. If an id repeats within files, the
    /// n-th record of one file duplicates the n-th record of the other.
    fn find_by_id(
        &mut self,
        store: &Store,
        mut hash: u64,
        number: RecordHandle,
        file_set: FileSetId,
    ) -> Option<RecordHandle> {
        let mut others = 0;
        while others < MAX_COMPARED_RECORDS {
            let Some(first) = self.ids.get_mut(&hash) else {
                self.ids.insert(hash, FirstSeen::new(number, file_set));
                return None;
            };
            if !shares_file(store, *first, file_set) {
                if shares_description(store, first.number, number) {
                    first.last_file_set = file_set;
                    return Some(first.number);
                }
                others += 1;
            }
            hash = hash.wrapping_add(1);
        }
        None
    }

    /// Returns the record with the same address from another file, and whether earlier duplicates
    /// were dropped. They are dropped when two records of one file have the address: then it
    /// belongs to no single record.
    fn find_by_address(
        &mut self,
        store: &Store,
        hash: u64,
        number: RecordHandle,
        file_set: FileSetId,
    ) -> (Option<RecordHandle>, bool) {
        let Some(first) = self.addresses.get_mut(&hash) else {
            self.addresses.insert(hash, FirstSeen::new(number, file_set));
            return (None, false);
        };
        if first.repeats_in_file {
            return (None, false);
        }
        if shares_file(store, *first, file_set) {
            first.repeats_in_file = true;
            let before = self.duplicates.len();
            self.duplicates.retain(|duplicate| duplicate.address_hash != Some(hash));
            return (None, self.duplicates.len() != before);
        }
        first.last_file_set = file_set;
        for offset in 0..MAX_COMPARED_RECORDS as u64 {
            let hash = hash.wrapping_add(offset);
            let Some(first) = self.addresses.get(&hash) else {
                self.addresses.insert(hash, FirstSeen::new(number, file_set));
                break;
            };
            if describes_alike(store, first.number, number) {
                return (Some(first.number), false);
            }
        }
        (None, false)
    }
}

/// Whether the first or the last record with an id or address is in a file of this file set.
fn shares_file(store: &Store, first: FirstSeen, file_set: FileSetId) -> bool {
    let files = |id: FileSetId| store.file_sets().get(id.index()).map_or(&[][..], |it| &it.files);
    let shares = |others: &[String]| others.iter().any(|file| files(file_set).contains(file));
    first.last_file_set == file_set
        || shares(files(first.last_file_set))
        || shares(store.files_of(first.number))
}

/// Whether two records have the same title or the same date.
fn shares_description(store: &Store, one: RecordHandle, other: RecordHandle) -> bool {
    let (Some((one, at)), Some((other, other_at))) = (store.locate(one), store.locate(other))
    else {
        return false;
    };
    let titles = one.title(at).zip(other.title(other_at));
    titles.is_some_and(|(title, other)| is_same_title(title, other))
        || has_same_date((one, at), (other, other_at))
}

/// Whether two records with one address describe the same thing alike: with the same title; where one has none, with
/// the same date; or with the same date, and the title of the one in that of the other. Other titles make two
/// descriptions of one thing, and so does any difference in finding aids, whose addresses are those of digital objects.
fn describes_alike(store: &Store, one: RecordHandle, other: RecordHandle) -> bool {
    let (Some((one, at)), Some((other, other_at))) = (store.locate(one), store.locate(other))
    else {
        return false;
    };
    let has_same_date = || has_same_date((one, at), (other, other_at));
    let ead_id = |segment: &Segment, at: usize| {
        let archive = store.archives().get(segment.archive_id(at).index());
        archive.and_then(Archive::ead_id)
    };
    let ead_ids = ead_id(one, at).zip(ead_id(other, other_at));
    let codes = compare_values(Field::ReferenceCode, (one, at), (other, other_at));
    let collections = compare_values(Field::Collection, (one, at), (other, other_at));
    // Items of two finding aids, of two collections or with two shelfmarks may share a digital object.
    let is_of_other_collection = collections == Some(Agreement::Different)
        && codes != Some(Agreement::Same)
        && !has_same_date();
    if (ead_ids.is_some_and(|(one, other)| one != other) && !has_same_date())
        || codes == Some(Agreement::Different)
        || is_of_other_collection
    {
        return false;
    }
    match (one.title(at), other.title(other_at)) {
        (Some(title), Some(other_title)) => {
            is_same_title(title, other_title)
                || (has_same_date() && contains_title(title, other_title) && ead_ids.is_none())
        }
        _ => has_same_date(),
    }
}

/// The shortest value, in bytes of its letters and digits, that may stand in a longer one of the same meaning.
const MIN_PART_BYTES: usize = 3;

/// How the values of two records compare, if both have some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agreement {
    /// A value of the one is in a value of the other.
    Same,
    /// No value of the one is in a value of the other.
    Different,
}

/// Compares the values of a field by their letters and digits. `None` if one of two records has none.
fn compare_values(
    field: Field,
    (one, at): (&Segment, usize),
    (other, other_at): (&Segment, usize),
) -> Option<Agreement> {
    let values = |segment: &Segment, at: usize| -> Vec<String> {
        let texts = segment.texts(at).filter(|(known, _)| *known == FieldRef::Known(field));
        let folded =
            texts.map(|(_, text)| fold(text).replace(|it: char| !it.is_alphanumeric(), ""));
        folded.filter(|text: &String| !text.is_empty()).collect()
    };
    let (values, others) = (values(one, at), values(other, other_at));
    if values.is_empty() || others.is_empty() {
        return None;
    }
    // `41/7` is in `MS 41/7`, but a lone number is in many codes.
    let is_part = |one: &str, all: &str| one.len() >= MIN_PART_BYTES && all.contains(one);
    let is_same =
        |one: &str, other: &str| one == other || is_part(one, other) || is_part(other, one);
    let agree = values.iter().any(|one| others.iter().any(|other| is_same(one, other)));
    Some(if agree { Agreement::Same } else { Agreement::Different })
}

/// Whether all words of one of two titles are in the other one.
fn contains_title(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let words = |title: &'_ str| -> Vec<String> {
        let words = title.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (one, other) = (words(&one), words(&other));
    let is_in = |some: &[String], all: &[String]| some.iter().all(|word| all.contains(word));
    is_in(&one, &other) || is_in(&other, &one)
}

/// Whether two titles have the same folded words, or the same signs if they have no words.
fn is_same_title(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let has_words = |title: &str| fold(title).chars().any(char::is_alphanumeric);
    has_words(one) && title_sort_key(one) == title_sort_key(other)
}

/// Whether two records have the same date: the same days, or the same text that is no date.
fn has_same_date((one, at): (&Segment, usize), (other, other_at): (&Segment, usize)) -> bool {
    let dates = (one.dates().parsed_date(at), other.dates().parsed_date(other_at));
    match dates {
        (Some(ParsedDate::Span(span)), Some(ParsedDate::Span(other))) => span == other,
        (Some(ParsedDate::Unreadable), Some(ParsedDate::Unreadable)) => {
            let folded = |segment: &Segment, record| {
                let mut texts = segment.texts(record);
                texts.find(|(field, _)| *field == FieldRef::Date).map(|(_, text)| fold(text))
            };
            folded(one, at) == folded(other, other_at)
        }
        _ => false,
    }
}

/// Returns a web address without its scheme, if it can belong to one record. The address of a
/// site's front page cannot.
fn record_url(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let (_, path) = rest.split_once('/')?;
    (!path.trim_matches('/').is_empty()).then(|| rest.trim_end_matches('/'))
}
