//! Names that are spelled differently in other languages and at other times.

use std::sync::Arc;

use fonds::query::{NameVariants, SearchRequest, Target, parse};
use fonds::record::{ArchiveId, Field, Record, SourcedRecord};
use fonds::store::Searcher;
use fonds::store::{Segment, Store};

/// A store of records with these titles.
fn store(titles: &[&str]) -> Store {
    let sourced = titles.iter().map(|title| {
        let mut record = Record::default();
        record.push(Field::Title, title);
        SourcedRecord { archive: ArchiveId::default(), record }
    });
    let mut store = Store::default();
    store.append(Arc::new(Segment::build(&sourced.collect::<Vec<_>>())));
    store
}

/// The titles of the records that a filter finds.
fn found_titles(store: &Store, text: &str) -> Vec<String> {
    let request = SearchRequest::new(parse(text, &[]), Target::Row(0), 100);
    let response = Searcher::default().search(store, &request, &|| false).unwrap();
    response.rows.iter().map(|row| row.record.title().unwrap().to_owned()).collect()
}

#[test]
fn name_is_found_in_its_other_spellings() {
    const CASES: &[(&str, &[&str])] = &[
        ("tse-tung", &["Letter to Mao Tse-tung", "Talk with Mao Zedong"]),
        ("mao zedong", &["Talk with Mao Zedong", "Letter to Mao Tse-tung"]),
        ("chruschtschow", &["Khrushchev in Peking"]),
        ("Хрущёв beijing", &["Khrushchev in Peking"]),
        ("lushun", &["The harbour of Port Arthur"]),
        ("'tse-tung", &["Letter to Mao Tse-tung"]),
        ("\"tse-tung\"", &["Letter to Mao Tse-tung"]),
        ("harbour -lushun", &["The harbour of Port Arthur"]),
    ];
    let store = store(&[
        "Talk with Mao Zedong",
        "Letter to Mao Tse-tung",
        "Khrushchev in Peking",
        "The harbour of Port Arthur",
    ]);
    for (text, titles) in CASES {
        assert_eq!(found_titles(&store, text), *titles, "{text}");
    }
}

#[test]
fn known_word_is_a_possible_misspelling_where_other_terms_find_nothing() {
    let store = store(&["Talk with Stalin in Moscow", "Wine on a stain", "The stain in Moskva"]);
    assert_eq!(found_titles(&store, "talk stain"), ["Talk with Stalin in Moscow"]);
    assert_eq!(found_titles(&store, "stain"), ["Wine on a stain", "The stain in Moskva"]);
    assert_eq!(
        found_titles(&store, "moscow stain"),
        ["The stain in Moskva"],
        "a record with all words as they were typed is an answer"
    );
    assert_eq!(found_titles(&store, "moscow stali"), ["Talk with Stalin in Moscow"]);
}

#[test]
fn whole_name_is_not_the_beginning_of_another() {
    let store = store(&["Ulyanov in Petrograd", "Talks in Chungking", "Peking", "Cairo"]);
    for (text, titles) in [
        ("lenin", &[][..]),
        ("leni", &[]),
        ("chu", &["Talks in Chungking"]),
        ("lening", &["Ulyanov in Petrograd"]),
        ("leningr", &["Ulyanov in Petrograd"]),
        ("beij", &["Peking"]),
        ("cai", &["Cairo"]),
    ] {
        assert_eq!(found_titles(&store, text), titles, "{text}");
    }
}

#[test]
fn table_lists_all_spellings_of_a_name_and_rejects_invalid_tables() {
    let table = NameVariants::parse("names = [[\"Mao Tse-tung\", \"Máo Zédōng\"]]").unwrap();
    let others = |name| table.variants_of(name).collect::<Vec<_>>();
    assert_eq!(others("mao tse tung"), ["mao zedong"]);
    assert_eq!(others("Mao Zedong"), ["mao tse tung"]);
    assert!(others("mao").is_empty());
    assert!(NameVariants::parse("name = []").is_err());
    let built_in: Vec<String> = NameVariants::built_in().variants_of("peking").collect();
    assert!(built_in.contains(&"beijing".to_owned()), "{built_in:?}");
}
