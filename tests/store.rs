//! The store keeps every record as it was, folds letters and finds the way back, and knows records
//! again.

use std::sync::Arc;

use fonds::record::{Archive, Date, Field, Origin, Placed, Record};
use fonds::record::{RecordId, RecordKey};
use fonds::store::segment::Building;
use fonds::store::{RecordNumber, Segment, Store};
use fonds::text::fold::{Folded, fold};
use fonds::text::words::{is_of_word, words};
use proptest::prelude::*;

#[test]
fn folding_makes_alike_what_a_reader_types_alike() {
    const TABLE: &[(&str, &str)] = &[
        ("Rola-Żymierski", "rola-zymierski"),
        ("ŁÓDŹ łódź", "lodz lodz"),
        ("Ørsted Đilas Straße STRASSE", "orsted dilas strasse strasse"),
        ("Æsop œuvre Þing ið ıstanbul İstanbul", "aesop oeuvre thing id istanbul istanbul"),
        ("ſuch ẞ", "such ss"),
        ("“Stalin’s” – «war»", "\"stalin's\" - \"war\""),
        ("Ｆｕｌｌ ﬁne №5", "full fine no5"),
        ("e\u{301}te\u{301} été", "ete ete"),
        ("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ σισυφοσ"),
        ("ế Tiếng Việt", "e tieng viet"),
        ("so\u{ad}viet\u{200d}s oblastʹ", "soviets oblast"),
        ("हिन्दी", "हिनदी"),
        ("北京 Москва", "北京 москва"),
    ];
    for (text, folded) in TABLE {
        assert_eq!(fold(text), *folded, "{text}");
        assert_eq!(Folded::new(text).text, *folded, "{text}");
    }
}

#[test]
fn folded_letters_lead_back_to_their_originals() {
    const TABLE: &[(&str, &str, &str)] = &[
        ("Gen. Rola-Żymierski", "zymier", "Żymier"),
        ("die Straße dort", "stras", "Straß"),
        ("die Straße dort", "strasse", "Straße"),
        ("un e\u{301}te\u{301} ici", "ete", "e\u{301}te\u{301}"),
        ("서울", "서울", "서울"),
        ("ﬁne", "f", "ﬁ"),
    ];
    for (text, part, original) in TABLE {
        let folded = Folded::new(text);
        let part = fold(part);
        let start = folded.text.find(&part).unwrap();
        assert_eq!(&text[folded.original(start..start + part.len())], *original, "{text}");
    }
}

#[test]
fn words_are_runs_of_letters_marks_and_digits() {
    const TABLE: &[(&str, &[&str])] = &[
        ("T.V. Soong, 1945", &["t", "v", "soong", "1945"]),
        ("Stalin’s – Rola-Żymierski", &["stalin", "s", "rola", "zymierski"]),
        ("  (§12a) ☭ ", &["12a"]),
        ("हिन्दी की", &["हिनदी", "की"]),
        ("北京,上海", &["北京", "上海"]),
        ("", &[]),
    ];
    for (text, expected) in TABLE {
        let folded = fold(text);
        let found: Vec<&str> = words(&folded).map(|word| &folded[word]).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

/// A record with a title and perhaps an id.
fn record(id: Option<&str>, title: &str, position: u64) -> Record {
    let mut record = Record { position: Some(position), ..Record::default() };
    record.push(Field::Title, title);
    record.push(Field::Id, id.unwrap_or(""));
    record
}

/// A store of one segment a record, each with its source.
fn store(records: Vec<(u16, Record)>) -> Store {
    let mut store = Store::default();
    for (source, record) in records {
        store.append(Arc::new(Segment::build(&[Placed { source, record }])));
    }
    let archive = |url: &str| Archive { url: Some(url.to_owned()), ..Archive::default() };
    store.set_sources(vec![archive("a"), archive("b"), archive("a")]);
    store
}

#[test]
fn identity_is_archive_and_id_or_else_content_and_counts_what_repeats() {
    let store = store(vec![
        (0, record(Some("12"), "One", 1)),
        (1, record(Some("12"), "One", 1)),
        (0, record(None, "Untold", 2)),
        (0, record(None, "Untold", 3)),
        (2, record(None, "Untold", 4)),
        (1, record(None, "Untold", 5)),
    ]);
    let numbers: Vec<RecordNumber> = (0..6).map(RecordNumber).collect();
    let ids: Vec<_> = store.ids_of(&numbers).into_iter().flatten().collect();
    assert_eq!(ids[0].key, RecordKey::Id("12".to_owned()));
    assert_eq!(
        ids.iter().map(|id| id.archive.as_str()).collect::<Vec<_>>(),
        ["a", "b", "a", "a", "a", "b"]
    );
    assert_eq!(ids.iter().map(|id| id.repeat).collect::<Vec<_>>(), [0, 0, 0, 1, 2, 0]);
    assert_eq!(store.numbers_of(&ids), numbers.into_iter().map(Some).collect::<Vec<_>>());
    assert_eq!(ids[2].key, ids[5].key);
    assert_eq!(store.numbers_of(&[RecordId { repeat: 3, ..ids[2].clone() }]), [None]);
}

#[test]
fn an_id_is_of_its_file_where_the_archive_has_no_name() {
    // Each with its file, and with the numbers of those that are known by the same.
    const TABLE: &[(u16, Option<&str>, &str, &str, u32)] = &[
        (0, Some("2"), "A letter", "letters.csv", 0),
        (0, None, "Untold", "", 0),
        (1, Some("2"), "A cable", "cables.csv", 0),
        (1, None, "Untold", "", 1),
        (1, Some("2"), "Another", "cables.csv", 1),
        (2, Some("2"), "A letter, moved", "letters.csv", 1),
    ];
    let mut building = Building::default();
    for (origin, id, title, ..) in TABLE {
        building.stand_in(*origin);
        building.push(0, &record(*id, title, 1));
    }
    let mut store = Store::default();
    store.take_in(building.finish());
    let origin = |file: &str| Origin { files: vec![file.to_owned(), "else.csv".to_owned()] };
    store.set_sources(vec![Archive::default()]);
    store.set_origins(["in/letters.csv", "cables.csv", "/letters.csv"].map(origin).into());
    let numbers: Vec<RecordNumber> = (0..6).map(RecordNumber).collect();
    let known: Vec<_> = store.ids_of(&numbers).into_iter().flatten().collect();
    for ((_, _, title, archive, repeat), id) in TABLE.iter().zip(&known) {
        assert_eq!((id.archive.as_str(), id.repeat), (*archive, *repeat), "{title}");
    }
    let all: Vec<_> = numbers.iter().copied().map(Some).collect();
    assert_eq!(store.numbers_of(&known), all);
    let elsewhere = RecordId { archive: "else.csv".to_owned(), ..known[0].clone() };
    assert_eq!(store.numbers_of(&[elsewhere]), [all[0]], "it stands there too");
    let archives: Vec<_> = store.archives().into_iter().collect();
    assert_eq!(archives, ["", "cables.csv", "else.csv", "letters.csv"]);
}

#[test]
fn the_hash_of_content_stays_what_it_is() {
    let mut full = record(None, "Cable", 7);
    full.date = Date::read("July 12, 1945");
    full.push(Field::People, "Soong");
    full.own = vec![("box".to_owned(), "7".to_owned()), ("archive".to_owned(), "x".to_owned())];
    let key = RecordKey::of(&full);
    // Marks and notes hang on this number: it must not change.
    assert_eq!(key, RecordKey::Content(CONTENT));
    full.position = None;
    full.own.reverse();
    assert_eq!(RecordKey::of(&full), key);
    full.date = Date::read("July 13, 1945");
    assert_ne!(RecordKey::of(&full), key);
}

/// The hash of the record above.
const CONTENT: u64 = 9_244_356_898_182_143_399;

#[test]
fn a_snapshot_does_not_see_what_comes_later() {
    let mut store = store(vec![(0, record(None, "One", 1))]);
    let before = store.clone();
    store.append(Arc::new(Segment::build(&[Placed { source: 0, record: record(None, "Two", 2) }])));
    assert_eq!((before.len(), store.len()), (1, 2));
    assert!(before.record(RecordNumber(1)).is_none());
    assert_eq!(store.record(RecordNumber(1)).unwrap().title(), Some("Two"));
    assert!(!store.is_same(&before) && before.is_same(&before.clone()));
}

#[test]
fn own_names_are_kept_once_in_the_order_they_are_met() {
    let with = |names: &[&str]| {
        let own = names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect();
        (0, Record { own, ..Record::default() })
    };
    let mut store = store(vec![with(&["box", "folder", "box"]), with(&["folder", "reel"])]);
    let before = store.clone();
    assert_eq!(store.own_names(), ["box", "folder", "reel"]);
    let (source, record) = with(&["lid", "box"]);
    store.append(Arc::new(Segment::build(&[Placed { source, record }])));
    assert_eq!(store.own_names(), ["box", "folder", "reel", "lid"]);
    assert_eq!(before.own_names(), ["box", "folder", "reel"]);
}

#[test]
fn each_record_may_have_a_field_of_its_own() {
    let own = |at: usize| vec![(format!("name of a field {at}"), "x".to_owned())];
    let record = |at| Placed { source: 0, record: Record { own: own(at), ..Record::default() } };
    let mut store = Store::default();
    store.append(Arc::new(Segment::build(&(0..40_000).map(record).collect::<Vec<_>>())));
    assert_eq!(store.own_names().len(), 40_000);
}

/// A value of any letters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,30}", "[a-zA-Z .,ŁøßæŻ’“\u{301}]{0,30}"]
}

/// Any record.
fn any_record() -> impl Strategy<Value = Record> {
    let field = prop::sample::select(&Field::ALL[..]);
    let values = prop::collection::vec((field, text()), 0..6);
    let own = prop::collection::vec((text(), text()), 0..4);
    (prop::option::of(any::<u64>()), text(), values, own).prop_map(
        |(position, date, values, own)| Record { position, date: Date::read(&date), values, own },
    )
}

/// The index of a segment has each word of each record, and nothing else.
fn index_is_whole(records: &[Record]) -> Result<(), TestCaseError> {
    let placed = |record: &Record| Placed { source: 0, record: record.clone() };
    let segment = Segment::build(&records.iter().map(placed).collect::<Vec<_>>());
    let index = segment.words();
    let mut expected = 0;
    for (number, record) in records.iter().enumerate() {
        let all = record.values.iter().map(|(_, it)| it).chain(record.own.iter().map(|(_, it)| it));
        let all: Vec<String> = all.map(|text| fold(text)).collect();
        let all: std::collections::BTreeSet<&str> =
            all.iter().flat_map(|text| words(text).map(|word| &text[word])).collect();
        expected += all.len();
        for word in all {
            let found = index.beginning(word).next().unwrap();
            prop_assert_eq!(index.word(found), word);
            prop_assert!(index.postings(found).each().any(|(record, _)| record == number));
        }
    }
    let postings = index.all().map(|word| index.postings(word).each().count());
    prop_assert_eq!(postings.sum::<usize>(), expected);
    Ok(())
}

#[test]
fn the_index_has_each_word_of_texts_with_many() {
    // So many that the table of words grows in the middle of a text, which ends with words that
    // were met before it.
    let record = |from: usize| {
        let words = (from..from + 4_000).chain((0..from).step_by(2));
        let text = words.map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        Record { values: vec![(Field::Title, text)], ..Record::default() }
    };
    index_is_whole(&[0, 4_000, 8_000, 12_000].map(record)).unwrap();
}

proptest! {
    #[test]
    fn every_record_comes_back_as_it_was(
        records in prop::collection::vec((0..3u16, any_record()), 0..20), size in 1..8usize,
    ) {
        let placed = |(source, record): &(u16, Record)| Placed {
            source: *source,
            record: record.clone(),
        };
        let mut store = Store::default();
        for batch in records.chunks(size) {
            store.append(Arc::new(Segment::build(&batch.iter().map(placed).collect::<Vec<_>>())));
        }
        prop_assert_eq!(store.len(), records.len());
        for (at, (_, record)) in (0..).zip(&records) {
            prop_assert_eq!(&store.record(RecordNumber(at)).unwrap(), record);
            let id = store.ids_of(&[RecordNumber(at)]).pop().flatten().unwrap();
            prop_assert_eq!(store.numbers_of(&[id]), [Some(RecordNumber(at))]);
        }
        prop_assert!(store.record(RecordNumber(u32::try_from(records.len()).unwrap())).is_none());
    }

    #[test]
    fn folding_maps_back(text in text()) {
        let folded = Folded::new(&text);
        prop_assert_eq!(&folded.text, &fold(&text));
        prop_assert_eq!(&fold(&folded.text), &folded.text);
        let mut before = 0;
        for word in words(&folded.text) {
            let letters = folded.text[word.clone()].to_owned();
            let original = folded.original(word);
            prop_assert!(before <= original.start);
            before = original.start;
            let part = text.get(original);
            prop_assert!(part.is_some_and(|part| fold(part).contains(&letters)));
        }
    }

    #[test]
    fn words_are_the_runs_of_letters(text in "([a-z ]{0,70}[é\u{301}д–漢']{0,3}){0,6}") {
        let folded = fold(&text);
        let expected: Vec<&str> =
            folded.split(|letter| !is_of_word(letter)).filter(|word| !word.is_empty()).collect();
        let found: Vec<&str> = words(&folded).map(|word| &folded[word]).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_index_has_each_word_of_each_record(records in prop::collection::vec(any_record(), 1..12)) {
        index_is_whole(&records)?;
    }
}
