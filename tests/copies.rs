//! Copies: what the store takes for one record is what a plain look at all files takes for one, however
//! the records come in.

use std::collections::HashMap;

use fonds::record::{Archive, Field, Origin, Record};
use fonds::store::segment::Building;
use fonds::store::{Copyist, RecordNumber, Store};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A record: its id and its address, each of a few.
type Known = (Option<u8>, Option<u8>);

/// A file: its archive, and its records. The last archive has no name.
type Shelf = (u8, Vec<Known>);

/// The archives that files are of.
const ARCHIVES: [&str; 3] = ["One", "Two", ""];

fn record((id, address): Known) -> Record {
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

/// The records of all files, with the file and the archive of each.
fn all(files: &[Shelf]) -> Vec<(u16, u8, Known)> {
    let of = |(file, (archive, records)): (usize, &Shelf)| {
        let file = u16::try_from(file).unwrap();
        let archive = *archive;
        records.iter().map(move |known| (file, archive, *known)).collect::<Vec<_>>()
    };
    files.iter().enumerate().flat_map(of).collect()
}

/// What each record is a copy of, as a plain scan says it.
fn plain(files: &[Shelf]) -> Vec<Option<usize>> {
    let all = all(files);
    // An address that two records of one file have is neither's own.
    let shared = |address: u8| {
        files
            .iter()
            .any(|(_, records)| records.iter().filter(|(_, of)| *of == Some(address)).count() > 1)
    };
    let mut of: Vec<Option<usize>> = Vec::new();
    // The records that are copies of none by their id, and how many of them the file has met.
    let mut by_id: HashMap<(u8, u8), Vec<usize>> = HashMap::new();
    let mut met: HashMap<(u16, u8, u8), usize> = HashMap::new();
    for (at, (file, archive, (id, address))) in all.iter().enumerate() {
        let mut found = None;
        if let Some(id) = id.filter(|_| !ARCHIVES[usize::from(*archive)].is_empty()) {
            let firsts = by_id.entry((*archive, id)).or_default();
            let turn = met.entry((*file, *archive, id)).or_default();
            match firsts.get(*turn) {
                Some(first) => found = Some(*first),
                None => firsts.push(at),
            }
            *turn += 1;
        }
        if let Some(address) = address.filter(|address| found.is_none() && !shared(*address)) {
            let first = all.iter().position(|(.., (_, of))| *of == Some(address));
            found = first.filter(|first| *first < at);
        }
        of.push(found.map(|first| of[first].unwrap_or(first)));
    }
    of
}

/// What each record is a copy of, as the store says it once the records came in batches of these sizes.
fn kept(files: &[Shelf], batches: &[usize]) -> Vec<Option<usize>> {
    let all = all(files);
    let mut store = Store::default();
    let titled = |title: &&str| Archive {
        title: Some((*title).to_owned()).filter(|title| !title.is_empty()),
        ..Archive::default()
    };
    store.set_sources(ARCHIVES.iter().map(titled).collect());
    let mut copyist = Copyist::default();
    let mut building = Building::default();
    let (mut rest, mut sizes) = (all.as_slice(), batches.iter().cycle());
    while !rest.is_empty() {
        let (now, later) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
        rest = later;
        for (file, archive, known) in now {
            building.stand_in(*file);
            building.push(u16::from(*archive), &record(*known));
        }
        let last = now.last().unwrap().0;
        let origin = |file: u16| Origin { files: vec![file.to_string()] };
        store.set_origins((0..=last).map(origin).collect());
        store.take_in(building.finish());
        copyist.look(&mut store);
    }
    let number = |at: usize| RecordNumber(u32::try_from(at).unwrap());
    let of = |at: usize| store.copies().original(number(at)).map(|of| of.0 as usize);
    (0..all.len()).map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn copies_are_those_of_a_plain_scan(
        files in vec((0..3_u8, vec((option::of(0..2_u8), option::of(0..2_u8)), 1..4)), 1..5),
        batches in vec(1..5_usize, 1..5),
    ) {
        prop_assert_eq!(kept(&files, &batches), plain(&files));
    }
}

#[test]
fn what_was_taken_back_is_no_way_to_another() {
    // The second has the address of the first, until two of one file have it; the third has its id.
    let files = [
        (0, vec![(None, Some(0))]),
        (0, vec![(Some(0), Some(0))]),
        (0, vec![(Some(0), None)]),
        (0, vec![(None, Some(0)), (None, Some(0))]),
    ];
    assert_eq!(kept(&files, &[1]), [None, None, Some(1), None, None]);
    assert_eq!(kept(&files, &[5]), [None, None, Some(1), None, None]);
}
