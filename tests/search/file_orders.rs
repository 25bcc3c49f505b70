//! Stores of several files with own fields: each filter finds what a plain scan finds, in every order of
//! the files and at every letter while it is typed.

use std::collections::BTreeSet;

use fonds::record::{ArchiveId, Field, Record, SourcedRecord};
use fonds::store::{Searcher, Store};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::plain_scan;
use super::properties::{found_numbers, request_for_all, store};

/// Names of own fields, of which some differ in case or share their last part.
const OWN_NAMES: [&str; 10] = [
    "box",
    "Box",
    "container.box",
    "Container.Box",
    "level",
    "physdesc.extent",
    "extent",
    "dc.type",
    "Signatur",
    "note on level",
];

/// Values of own fields: words that begin alike, numbers, several words.
const OWN_VALUES: [&str; 14] = [
    "file",
    "files",
    "fonds",
    "folder",
    "f",
    "1",
    "12",
    "2",
    "20",
    "0.5 folders",
    "item level",
    "file 12",
    "Kästen",
    "",
];

/// Titles that have words of own fields too.
const TITLES: [&str; 6] =
    ["Letters of the mill", "File on folders", "Box 12", "Fonds", "level crossing", "Extent"];

/// Filters that name own fields, standard fields or none.
const TERMS: [&str; 33] = [
    "box:2",
    "box:2*",
    "level:=\"item level\"",
    "level:f",
    "level:file",
    "level:\"item level\"",
    "level:=file",
    "box:1",
    "box:12",
    "BOX:2",
    "container.box:1",
    "extent:fo",
    "physdesc.extent:0.5",
    "type:f",
    "dc.type:12",
    "signatur:k",
    "-level:f",
    "!box:1",
    "'level:f",
    "^level:f",
    "level:e$",
    "title:f",
    "t:level",
    "file",
    "fo",
    "f",
    "12",
    "1",
    "-file",
    "kasten",
    "\"file 12\"",
    "box:1 | extent:f",
    "level:fi | fonds",
];

/// Equal records that stand together: so many that some files end within a block of the index.
fn run() -> impl Strategy<Value = Vec<Record>> {
    let own = vec((select(&OWN_NAMES[..]), select(&OWN_VALUES[..])), 0..4);
    let count = prop_oneof![4 => 1..4_usize, 1 => 28..70_usize];
    (select(&TITLES[..]), own, count).prop_map(|(title, own, count)| {
        let own = own.into_iter().map(|(name, value)| (name.into(), value.to_owned()));
        let mut record = Record { own: own.collect(), ..Record::default() };
        record.push(Field::Title, title);
        vec![record; count]
    })
}

/// A filter of one to three terms.
fn filter() -> impl Strategy<Value = String> {
    vec(select(&TERMS[..]), 1..4).prop_map(|terms| terms.join(" "))
}

/// The records of files in an order, with the number that each has in the first order.
fn in_order(files: &[Vec<Record>], order: &[usize]) -> (Vec<Vec<SourcedRecord>>, Vec<usize>) {
    let starts: Vec<usize> = files
        .iter()
        .scan(0, |start, file| Some(std::mem::replace(start, *start + file.len())))
        .collect();
    let numbers = order.iter().flat_map(|at| (0..files[*at].len()).map(|row| starts[*at] + row));
    let batches = order.iter().enumerate().map(|(place, at)| {
        let archive = ArchiveId::from_index(place);
        files[*at].iter().map(|record| SourcedRecord { archive, record: record.clone() }).collect()
    });
    (batches.collect(), numbers.collect())
}

/// All orders of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![Vec::new()] };
    let insert = |order: &Vec<usize>, at: usize| {
        let mut order = order.clone();
        order.insert(at, last);
        order
    };
    orders(last)
        .iter()
        .flat_map(|order| (0..count).map(|at| insert(order, at)).collect::<Vec<_>>())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn several_files_are_searched_as_by_a_plain_scan(
        files in vec(vec(run(), 0..5).prop_map(|runs| runs.concat()), 1..4),
        text in filter(),
    ) {
        let mut found_before: Option<Vec<BTreeSet<usize>>> = None;
        for order in orders(files.len()) {
            let (batches, numbers) = in_order(&files, &order);
            let records = batches.concat();
            let store: Store = store(&batches);
            let mut typing = Searcher::default();
            let mut found_at_each_letter = Vec::new();
            for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let typed = &text[..end];
                let expected = plain_scan::find(&records, typed).numbers;
                let request = request_for_all(&store, typed, None);
                let found = found_numbers(&mut typing, &store, &request);
                prop_assert_eq!(&found, &expected, "{:?} in the order {:?}", typed, order);
                found_at_each_letter.push(found.iter().map(|at| numbers[*at]).collect());
            }
            let at_once = found_numbers(&mut Searcher::default(), &store, &request_for_all(&store, &text, None));
            prop_assert_eq!(&at_once, &plain_scan::find(&records, &text).numbers);
            if let Some(before) = &found_before {
                prop_assert_eq!(&found_at_each_letter, before, "{} in the order {:?}", text, order);
            }
            found_before = Some(found_at_each_letter);
        }
    }
}
