//! Which results pages are pages of one listing.
//!
//! A results page does not name its archive. It is a page of a known listing if it repeats one of its
//! records, or counts as many records and has other positions. Any other page is from another archive.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_128;

use crate::record::{Field, Record};

/// The hash that duplicates share. It covers date text, title and summary; for a record without a summary,
/// date text, title and position.
pub(super) type DedupHash = u128;

/// A total that differs by one part in this many is that of the same listing on another day.
const SAME_TOTAL_PARTS: u64 = 50;

/// What is known of the results pages and archive files of each archive. Archives are given by their index.
///
/// A page is compared only with archives that have one of its records or about its total, because thousands
/// of pages of different searches may be open.
#[derive(Debug, Default)]
pub(super) struct Listings {
    /// The pages of each archive that has some.
    by_archive: HashMap<usize, Listing>,
    /// The archives that have a record with this hash, in the order in which they got it.
    archives_by_record: HashMap<DedupHash, SmallVec<[usize; 1]>>,
    /// The archives with a page that counts this many records.
    archives_by_total: BTreeMap<u64, BTreeSet<usize>>,
}

/// The pages of one archive.
#[derive(Debug, Default)]
struct Listing {
    /// The totals that its pages count.
    totals: BTreeSet<u64>,
    /// The positions of its records.
    positions: HashSet<u64>,
}

impl Listings {
    /// Adds a page of an archive.
    pub(super) fn add_page(&mut self, archive: usize, total: Option<u64>) {
        let listing = self.by_archive.entry(archive).or_default();
        if let Some(total) = total.filter(|total| listing.totals.insert(*total)) {
            self.archives_by_total.entry(total).or_default().insert(archive);
        }
    }

    /// Adds a record of an archive, if that has pages.
    pub(super) fn add_record(&mut self, archive: usize, record: &Record, hash: Option<DedupHash>) {
        let Some(listing) = self.by_archive.get_mut(&archive) else { return };
        listing.positions.extend(record.position);
        if let Some(hash) = hash {
            let archives = self.archives_by_record.entry(hash).or_default();
            if !archives.contains(&archive) {
                archives.push(archive);
            }
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
        let repeated = records.iter().filter_map(|record| {
            let known = self.archives_by_record.get(&dedup_hash(record)?)?;
            // Short records of other listings may look the same.
            let is_long = record.first(Field::Summary).is_some();
            let repeats = |archive: &&usize| {
                (is_long || self.has_total(**archive, total)) && may_be_joined(archive)
            };
            known.iter().filter(repeats).max()
        });
        if let Some(repeated) = repeated.max() {
            return Some(*repeated);
        }
        // Of two listings with one total it may be either.
        let mut continued = None;
        for archive in self.archives_with_about_total(total?) {
            if continued != Some(archive)
                && may_be_joined(&archive)
                && !self.has_position_of(archive, records)
                && continued.replace(archive).is_some()
            {
                return None;
            }
        }
        continued
    }

    /// Whether a page of an archive counts this many records.
    fn has_total(&self, archive: usize, total: Option<u64>) -> bool {
        let listing = self.by_archive.get(&archive);
        total.is_some_and(|total| listing.is_some_and(|listing| listing.totals.contains(&total)))
    }

    /// Returns the archives with pages that count about this many records, once for each such total. A few
    /// records may have been added or removed since.
    fn archives_with_about_total(&self, total: u64) -> impl Iterator<Item = usize> {
        let is_near =
            move |known: u64| total.abs_diff(known) <= total.max(known) / SAME_TOTAL_PARTS;
        // The largest near total is less than this, because `SAME_TOTAL_PARTS` is more than 2.
        let bounds = total - total / SAME_TOTAL_PARTS..=total.saturating_mul(2);
        let totals = self.archives_by_total.range(bounds);
        let near = totals.take_while(move |(known, _)| is_near(**known));
        near.flat_map(|(_, archives)| archives.iter().copied())
    }

    /// Whether an archive has a record at the position of one of these.
    fn has_position_of(&self, archive: usize, records: &[Record]) -> bool {
        let Some(listing) = self.by_archive.get(&archive) else { return false };
        records
            .iter()
            .any(|record| record.position.is_some_and(|it| listing.positions.contains(&it)))
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
