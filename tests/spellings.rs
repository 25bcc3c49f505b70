//! Names that languages and times write in different ways.

use std::sync::Arc;

use fonds::query::{Place, Question, Spellings};
use fonds::record::{Field, Placed, Record};
use fonds::store::Searcher;
use fonds::store::{Segment, Store};

/// A store of records with these titles.
fn store(titles: &[&str]) -> Store {
    let placed = titles.iter().map(|title| {
        let mut record = Record::default();
        record.push(Field::Title, title);
        Placed { source: 0, record }
    });
    let mut store = Store::default();
    store.append(Arc::new(Segment::build(&placed.collect::<Vec<_>>())));
    store
}

/// The titles that a filter finds.
fn found(store: &Store, text: &str) -> Vec<String> {
    let question = Question::new(text, Place::Row(0), 100);
    let answer = Searcher::default().answer(store, &question, &|| false).unwrap();
    answer.rows.iter().map(|row| row.record.title().unwrap().to_owned()).collect()
}

#[test]
fn a_name_is_found_in_its_other_spellings() {
    const TABLE: &[(&str, &[&str])] = &[
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
    for (text, titles) in TABLE {
        assert_eq!(found(&store, text), *titles, "{text}");
    }
}

#[test]
fn a_word_that_is_another_word_is_guessed_at_beside_others() {
    let store = store(&["Talk with Stalin in Moscow", "Wine on a stain", "The stain in Moskva"]);
    assert_eq!(found(&store, "talk stain"), ["Talk with Stalin in Moscow"]);
    assert_eq!(found(&store, "stain"), ["Wine on a stain", "The stain in Moskva"]);
    assert_eq!(
        found(&store, "moscow stain"),
        ["The stain in Moskva", "Talk with Stalin in Moscow"],
        "what was typed stands before what may have been meant"
    );
}

#[test]
fn the_table_knows_all_spellings_of_a_name_and_refuses_what_is_none() {
    let table = Spellings::parse("names = [[\"Mao Tse-tung\", \"Máo Zédōng\"]]").unwrap();
    let others = |name| table.others(name).collect::<Vec<_>>();
    assert_eq!(others("mao tse tung"), ["mao zedong"]);
    assert_eq!(others("Mao Zedong"), ["mao tse tung"]);
    assert!(others("mao").is_empty());
    assert!(Spellings::parse("name = []").is_err());
    let built_in: Vec<String> = Spellings::built_in().others("peking").collect();
    assert!(built_in.contains(&"beijing".to_owned()), "{built_in:?}");
}
