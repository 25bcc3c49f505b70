//! Duplicates: the store finds the same duplicates as a plain scan over all files, whatever the sizes of
//! the batches.

use std::collections::HashMap;

use fonds::record::{Archive, ArchiveId, Field, FileSet, FileSetId, Record};
use fonds::store::segment::SegmentBuilder;
use fonds::store::{DuplicateFinder, RecordNumber, Store};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A record as its id and its address, which are drawn from a few values.
type RecordSpec = (Option<u8>, Option<u8>);

/// A file as the index of its archive in [`ARCHIVES`] and its records.
type FileSpec = (u8, Vec<RecordSpec>);

/// The archives of the files. The last one has no name.
const ARCHIVES: [&str; 3] = ["One", "Two", ""];

fn record((id, address): RecordSpec) -> Record {
    let mut record = Record::default();
    record.push(Field::Title, "A letter");
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
            records.iter().filter(|(_, other)| *other == Some(address)).count() > 1
        })
    };
    let mut originals_of: Vec<Option<usize>> = Vec::new();
    // The first records with each id, and how often each file has repeated the id so far.
    let mut by_id: HashMap<(u8, u8), Vec<usize>> = HashMap::new();
    let mut repetitions: HashMap<(u16, u8, u8), usize> = HashMap::new();
    for (at, (file, archive, (id, address))) in all.iter().enumerate() {
        let mut found = None;
        if let Some(id) = id.filter(|_| !ARCHIVES[usize::from(*archive)].is_empty()) {
            let originals = by_id.entry((*archive, id)).or_default();
            let repetition = repetitions.entry((*file, *archive, id)).or_default();
            match originals.get(*repetition) {
                Some(first) => found = Some(*first),
                None => originals.push(at),
            }
            *repetition += 1;
        }
        if let Some(address) = address.filter(|address| found.is_none() && !shared(*address)) {
            let first = all.iter().position(|(.., (_, other))| *other == Some(address));
            found = first.filter(|first| *first < at);
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
    let number = |at: usize| RecordNumber(u32::try_from(at).unwrap());
    let original_of =
        |at: usize| store.duplicates().original(number(at)).map(|original| original.0 as usize);
    (0..all.len()).map(original_of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn duplicates_are_those_a_plain_scan_finds(
        files in vec((0..3_u8, vec((option::of(0..2_u8), option::of(0..2_u8)), 1..4)), 1..5),
        batches in vec(1..5_usize, 1..5),
    ) {
        prop_assert_eq!(store_duplicates(&files, &batches), scan_duplicates(&files));
    }
}

#[test]
fn retracted_duplicate_does_not_link_other_records() {
    // The second record duplicates the first by address, until two records of one file share that
    // address. The third duplicates the second by id.
    let files = [
        (0, vec![(None, Some(0))]),
        (0, vec![(Some(0), Some(0))]),
        (0, vec![(Some(0), None)]),
        (0, vec![(None, Some(0)), (None, Some(0))]),
    ];
    assert_eq!(store_duplicates(&files, &[1]), [None, None, Some(1), None, None]);
    assert_eq!(store_duplicates(&files, &[5]), [None, None, Some(1), None, None]);
}
