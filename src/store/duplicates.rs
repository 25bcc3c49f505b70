//! Records that stand in more than one source: which are copies of which.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::{RecordNumber, Segment, Store};
use crate::record::Field;
use crate::record::Slot;

/// A record that is another copy of one from a file that was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Copy {
    /// The copy.
    number: RecordNumber,
    /// The record it is a copy of.
    of: RecordNumber,
    /// The address that says so, as a number; nothing where an identifier does.
    address: Option<u64>,
}

/// The copies among the records of a snapshot. A clone costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Copies(Arc<Vec<Copy>>);

impl Copies {
    /// How many records are copies of others.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no record is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are of the same snapshot.
    pub(super) fn is_same(&self, other: &Copies) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Each copy and the record it is one of, in the order of loading.
    pub fn iter(&self) -> impl Iterator<Item = (RecordNumber, RecordNumber)> + '_ {
        self.0.iter().map(|copy| (copy.number, copy.of))
    }

    /// The record that this one is a copy of.
    pub fn original(&self, number: RecordNumber) -> Option<RecordNumber> {
        original(&self.0, number)
    }

    /// The others that this record is one with, in the order of loading.
    pub fn others(&self, number: RecordNumber) -> impl Iterator<Item = RecordNumber> + '_ {
        let of = self.original(number).unwrap_or(number);
        let copies = self.iter().filter(move |(_, its)| *its == of).map(|(copy, _)| copy);
        std::iter::once(of).chain(copies).filter(move |other| *other != number)
    }
}

/// The record that one is a copy of, among copies in the order of loading.
fn original(copies: &[Copy], number: RecordNumber) -> Option<RecordNumber> {
    let at = copies.binary_search_by_key(&number, |copy| copy.number).ok()?;
    copies.get(at).map(|copy| copy.of)
}

/// Copies with the record that each is one of in the end, which is a copy of none.
fn followed(copies: &[Copy]) -> Vec<Copy> {
    let mut followed: Vec<Copy> = Vec::with_capacity(copies.len());
    for copy in copies {
        // What it is a copy of stands before it.
        let of = original(&followed, copy.of).unwrap_or(copy.of);
        followed.push(Copy { of, ..*copy });
    }
    followed
}

/// The first record that is known by something, and the last file that had one.
#[derive(Clone, Copy, Debug)]
struct First {
    number: RecordNumber,
    origin: u16,
    /// Whether two records of one file have it: then it tells nothing.
    shared: bool,
}

/// Looks for copies while records come in: those with the same id in the same archive, or with the
/// same address of their own, from different files. Nothing is looked at while there is one file.
#[derive(Debug, Default)]
pub struct Copyist {
    /// How many records were looked at.
    looked: u32,
    /// The records by archive and id.
    ids: HashMap<u64, First>,
    /// The records by address.
    addresses: HashMap<u64, First>,
    /// The copies so far, in the order of loading. What one is a copy of may be a copy itself: that is
    /// followed up only in the end, since it may be taken back.
    copies: Vec<Copy>,
}

impl Copyist {
    /// Looks at the records that are new in a store, and says there what is a copy.
    pub fn look(&mut self, store: &mut Store) {
        if store.files() < 2 {
            return;
        }
        let before = self.copies.len();
        let mut changed = false;
        while let Some((segment, from)) = store.locate(RecordNumber(self.looked)) {
            for within in from..segment.len() {
                changed |= self.record(store, segment, within);
                self.looked += 1;
            }
        }
        if changed || self.copies.len() != before {
            store.set_copies(Copies(Arc::new(followed(&self.copies))));
        }
    }

    /// Looks at one record; whether copies were taken back.
    fn record(&mut self, store: &Store, segment: &Segment, within: usize) -> bool {
        let number = RecordNumber(self.looked);
        let origin = segment.origin(within);
        let archive = segment.sources().get(within).map_or("", |source| store.archive_id(*source));
        let (mut id, mut address) = (None, None);
        for (slot, text) in segment.texts(within) {
            match slot {
                Slot::Known(Field::Id) if !archive.is_empty() => id = id.or(Some(text)),
                Slot::Known(Field::Url) => address = address.or(own_address(text)),
                _ => {}
            }
        }
        let by_id = id.and_then(|id| {
            let key = xxh3_64(format!("{archive}\0{id}").as_bytes());
            self.by_id(store, key, number, origin)
        });
        let key = address.map(|address| xxh3_64(address.as_bytes()));
        let (by_address, taken_back) =
            key.map_or((None, false), |key| self.by_address(store, key, number, origin));
        let address = key.filter(|_| by_id.is_none());
        if let Some(of) = by_id.or(by_address) {
            self.copies.push(Copy { number, of, address });
        }
        taken_back
    }

    /// The record from another file with the same id. Where ids repeat within files, the second is
    /// the copy of the second.
    fn by_id(
        &mut self,
        store: &Store,
        mut key: u64,
        number: RecordNumber,
        origin: u16,
    ) -> Option<RecordNumber> {
        loop {
            let Some(first) = self.ids.get_mut(&key) else {
                self.ids.insert(key, First { number, origin, shared: false });
                return None;
            };
            if !is_of(store, *first, origin) {
                first.origin = origin;
                return Some(first.number);
            }
            key = key.wrapping_add(1);
        }
    }

    /// The record from another file with the same address, and whether copies were taken back, since
    /// two records of one file have it: it is not their own.
    fn by_address(
        &mut self,
        store: &Store,
        key: u64,
        number: RecordNumber,
        origin: u16,
    ) -> (Option<RecordNumber>, bool) {
        let Some(first) = self.addresses.get_mut(&key) else {
            self.addresses.insert(key, First { number, origin, shared: false });
            return (None, false);
        };
        if first.shared {
            return (None, false);
        }
        if is_of(store, *first, origin) {
            first.shared = true;
            let before = self.copies.len();
            self.copies.retain(|copy| copy.address != Some(key));
            return (None, self.copies.len() != before);
        }
        first.origin = origin;
        (Some(first.number), false)
    }
}

/// Whether the first or the last record that was met stands in a file of an origin.
fn is_of(store: &Store, first: First, origin: u16) -> bool {
    let files = |at: u16| store.origins().get(usize::from(at)).map_or(&[][..], |it| &it.files);
    let met = |files_of: &[String]| files_of.iter().any(|file| files(origin).contains(file));
    first.origin == origin || met(files(first.origin)) || met(store.files_of(first.number))
}

/// An address on the web that can be one record's own: it leads further than to a front page.
fn own_address(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let (_, path) = rest.split_once('/')?;
    (!path.trim_matches('/').is_empty()).then(|| rest.trim_end_matches('/'))
}
