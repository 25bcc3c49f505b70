//! Which results pages are pages of one listing.
//!
//! A results page does not name its archive. It is a page of a known listing if it repeats one of its
//! records, or counts as many records and has other positions. Any other page is from another archive.

use std::collections::{BTreeMap, HashSet};

use xxhash_rust::xxh3::xxh3_128;

use crate::record::{Field, Record};

/// The hash that duplicates share. It covers date text, title and summary; for a record without a summary,
/// date text, title and position.
pub(super) type DedupHash = u128;

/// A total that differs by one part in this many is that of the same listing on another day.
const SAME_TOTAL_PARTS: u64 = 50;

/// What is known of the results pages and archive files of each archive.
#[derive(Debug, Default)]
pub(super) struct Listings(BTreeMap<usize, Listing>);

/// The pages of one archive.
#[derive(Debug, Default)]
struct Listing {
    /// The totals that its pages count.
    totals: Vec<u64>,
    /// The positions of its records.
    positions: HashSet<u64>,
    /// The hashes of its records.
    records: HashSet<DedupHash>,
}

impl Listings {
    /// Adds a page of an archive.
    pub(super) fn add_page(&mut self, archive: usize, total: Option<u64>) {
        self.0.entry(archive).or_default().totals.extend(total);
    }

    /// Adds a record of an archive, if that has pages.
    pub(super) fn add_record(&mut self, archive: usize, record: &Record, hash: Option<DedupHash>) {
        if let Some(listing) = self.0.get_mut(&archive) {
            listing.positions.extend(record.position);
            listing.records.extend(hash);
        }
    }

    /// Returns the archive that a page with this total and these records is from. Only archives for which
    /// `may_be_joined` holds are considered.
    pub(super) fn find(
        &self,
        total: Option<u64>,
        records: &[Record],
        may_be_joined: impl Fn(&usize) -> bool,
    ) -> Option<usize> {
        let hashes: Vec<(&Record, DedupHash)> =
            records.iter().filter_map(|record| Some((record, dedup_hash(record)?))).collect();
        let listings = || self.0.iter().rev().filter(|(archive, _)| may_be_joined(archive));
        let repeats = |listing: &Listing| {
            let is_same_total = listing.has_total(total);
            hashes.iter().any(|(record, hash)| {
                // Short records of other listings may look the same.
                (is_same_total || record.first(Field::Summary).is_some())
                    && listing.records.contains(hash)
            })
        };
        let continues = |listing: &Listing| {
            let mut positions = records.iter().map(|record| record.position);
            listing.has_about_total(total)
                && positions
                    .all(|position| !position.is_some_and(|it| listing.positions.contains(&it)))
        };
        let repeated = listings().find(|(_, listing)| repeats(listing));
        // Of two listings with one total it may be either.
        let mut continuing = listings().filter(|(_, listing)| continues(listing));
        let only_one = || continuing.next().filter(|_| continuing.next().is_none());
        let found = repeated.or_else(only_one);
        found.map(|(archive, _)| *archive)
    }
}

impl Listing {
    /// Whether a page counts this many records.
    fn has_total(&self, total: Option<u64>) -> bool {
        total.is_some_and(|total| self.totals.contains(&total))
    }

    /// Whether a page counts about this many records. A few may have been added or removed since.
    fn has_about_total(&self, total: Option<u64>) -> bool {
        let is_near =
            |total: u64, known: u64| total.abs_diff(known) <= total.max(known) / SAME_TOTAL_PARTS;
        total.is_some_and(|total| self.totals.iter().any(|known| is_near(total, *known)))
    }
}

/// Returns the hash by which duplicates of a record are found. Returns `None` for a record that has
/// neither summary nor position, because titles alone often repeat.
pub(super) fn dedup_hash(record: &Record) -> Option<DedupHash> {
    let position = match (record.first(Field::Summary), record.position) {
        (Some(_), _) => String::new(),
        (None, position) => position?.to_string(),
    };
    let fields = [Field::Title, Field::Summary].into_iter();
    let values = fields.flat_map(|field| record.all(field).chain(["\0"]));
    let start = [position.as_str(), "\0", record.date.text.as_str(), "\0"].into_iter();
    let text: String = start.chain(values).collect();
    Some(xxh3_128(text.as_bytes()))
}
