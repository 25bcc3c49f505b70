//! Duplicates: the store finds the same duplicates as a plain scan over all files, whatever the sizes of
//! the batches.

use std::collections::HashMap;

use fonds::query::RecordHandle;
use fonds::record::{Archive, ArchiveId, Date, Field, FileSet, FileSetId, Record};
use fonds::store::segment::SegmentBuilder;
use fonds::store::{DuplicateFinder, Store};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A record as its id, its address, its title and its year, which are drawn from a few values.
type RecordSpec = (Option<u8>, Option<u8>, Option<u8>, Option<u8>);

/// A file as the index of its archive in [`ARCHIVES`] and its records.
type FileSpec = (u8, Vec<RecordSpec>);

/// A record that is no duplicate, and the files that have a duplicate of it, with its own.
type OriginalAndFiles = (usize, Vec<u16>);

/// The archives of the files. The last one has no name.
const ARCHIVES: [&str; 3] = ["One", "Two", ""];

fn record((id, address, title, year): RecordSpec) -> Record {
    let mut record = Record::default();
    if let Some(title) = title {
        record.push(Field::Title, &format!("Letter {title}"));
    }
    if let Some(year) = year {
        record.date = Date::parse(&(1945 + u32::from(year)).to_string());
    }
    if let Some(id) = id {
        record.push(Field::Id, &id.to_string());
    }
    if let Some(address) = address {
        record.push(Field::Url, &format!("http://a.example/{address}"));
    }
    record
}

/// The records of all files, each with the numbers of its file and archive.
fn all(files: &[FileSpec]) -> Vec<(u16, u8, RecordSpec)> {
    let specs_of = |(file, (archive, records)): (usize, &FileSpec)| {
        let file = u16::try_from(file).unwrap();
        let archive = *archive;
        records.iter().map(move |spec| (file, archive, *spec)).collect::<Vec<_>>()
    };
    files.iter().enumerate().flat_map(specs_of).collect()
}

/// The original of each record that is a duplicate, by a plain scan.
fn scan_duplicates(files: &[FileSpec]) -> Vec<Option<usize>> {
    let all = all(files);
    // An address that two records of one file share identifies neither of them.
    let shared = |address: u8| {
        files.iter().any(|(_, records)| {
            records.iter().filter(|(_, other, ..)| *other == Some(address)).count() > 1
        })
    };
    let mut originals_of: Vec<Option<usize>> = Vec::new();
    // Ids prove a duplicate only together with a title or a date.
    let is_same = |one: usize, other: usize| {
        let ((.., (.., title, year)), (.., (.., other_title, other_year))) = (all[one], all[other]);
        title.is_some() && title == other_title || year.is_some() && year == other_year
    };
    // Addresses prove a duplicate only together with the title, or with the date where a title is missing.
    let is_alike = |one: usize, other: usize| {
        let ((.., (.., title, year)), (.., (.., other_title, other_year))) = (all[one], all[other]);
        match (title, other_title) {
            (Some(title), Some(other)) => title == other,
            _ => year.is_some() && year == other_year,
        }
    };
    // The records with each id and address that are no duplicates, and the files that repeat them.
    let mut by_id: HashMap<(u8, u8), Vec<OriginalAndFiles>> = HashMap::new();
    let mut by_address: HashMap<u8, Vec<usize>> = HashMap::new();
    for (at, (file, archive, (id, address, ..))) in all.iter().enumerate() {
        let mut found = None;
        if let Some(id) = id.filter(|_| !ARCHIVES[usize::from(*archive)].is_empty()) {
            let originals = by_id.entry((*archive, id)).or_default();
            let mut free = originals
                .iter_mut()
                .filter(|(first, files)| !files.contains(file) && is_same(*first, at));
            match free.next() {
                Some((first, files)) => {
                    files.push(*file);
                    found = Some(*first);
                }
                None => originals.push((at, vec![*file])),
            }
        }
        if let Some(address) = address.filter(|address| !shared(*address)) {
            let originals = by_address.entry(address).or_default();
            match originals.iter().find(|first| is_alike(**first, at)) {
                Some(first) => found = found.or(Some(*first)),
                None => originals.push(at),
            }
        }
        originals_of.push(found.map(|first| originals_of[first].unwrap_or(first)));
    }
    originals_of
}

/// The original of each record that is a duplicate, by the store. The records are added in batches of
/// these sizes.
fn store_duplicates(files: &[FileSpec], batches: &[usize]) -> Vec<Option<usize>> {
    let all = all(files);
    let mut store = Store::default();
    let titled = |title: &&str| Archive {
        title: Some((*title).to_owned()).filter(|title| !title.is_empty()),
        ..Archive::default()
    };
    store.set_archives(ARCHIVES.iter().map(titled).collect());
    let mut finder = DuplicateFinder::default();
    let mut builder = SegmentBuilder::default();
    let (mut rest, mut sizes) = (all.as_slice(), batches.iter().cycle());
    while !rest.is_empty() {
        let (now, later) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
        rest = later;
        for (file, archive, spec) in now {
            builder.set_file_set(FileSetId::from_index(usize::from(*file)));
            builder.push(ArchiveId::from_index(usize::from(*archive)), &record(*spec));
        }
        let last = now.last().unwrap().0;
        let file_set = |file: u16| FileSet { files: vec![file.to_string()] };
        store.set_file_sets((0..=last).map(file_set).collect());
        store.append_or_merge(builder.finish());
        finder.scan_new(&mut store);
    }
    let number = |at: usize| RecordHandle(u32::try_from(at).unwrap());
    let original_of =
        |at: usize| store.duplicates().original(number(at)).map(|original| original.0 as usize);
    (0..all.len()).map(original_of).collect()
}

fn record_spec() -> impl Strategy<Value = RecordSpec> {
    let value = || option::of(0..2_u8);
    (value(), value(), option::weighted(0.8, 0..2_u8), value())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn duplicates_are_those_a_plain_scan_finds(
        files in vec((0..3_u8, vec(record_spec(), 1..4)), 1..5),
        batches in vec(1..5_usize, 1..5),
    ) {
        prop_assert_eq!(store_duplicates(&files, &batches), scan_duplicates(&files));
    }
}

#[test]
fn retracted_duplicate_does_not_link_other_records() {
    // The second record duplicates the first by address, until two records of one file share that
    // address. The third duplicates the second by id.
    let titled = |id, address| (id, address, Some(0), None);
    let files = [
        (0, vec![titled(None, Some(0))]),
        (0, vec![titled(Some(0), Some(0))]),
        (0, vec![titled(Some(0), None)]),
        (0, vec![titled(None, Some(0)), titled(None, Some(0))]),
    ];
    assert_eq!(store_duplicates(&files, &[1]), [None, None, Some(1), None, None]);
    assert_eq!(store_duplicates(&files, &[5]), [None, None, Some(1), None, None]);
}

#[test]
fn descriptions_of_one_object_under_different_titles_are_both_listed() {
    for (titles, years, is_duplicate) in [
        ([Some(0), Some(1)], [Some(0), Some(0)], false),
        ([Some(0), Some(0)], [Some(0), Some(1)], true),
        ([Some(0), None], [Some(0), Some(0)], true),
        ([Some(0), None], [Some(0), Some(1)], false),
        ([None, None], [Some(0), Some(0)], true),
    ] {
        let file = |at: usize| (2, vec![(None, Some(0), titles[at], years[at])]);
        let found = store_duplicates(&[file(0), file(1)], &[1]);
        assert_eq!(found[1].is_some(), is_duplicate, "{titles:?} {years:?}");
    }
}
