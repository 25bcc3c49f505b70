//! The store: records stay unchanged, folded text maps back to the original, identities are stable, and
//! the index holds every word.

use std::sync::Arc;

use fonds::formats::read::{PageStart, Sink as _};
use fonds::load::page_merger::PageMerger;
use fonds::query::RecordHandle;
use fonds::record::{Archive, ArchiveId, Date, Field, FileSet, FileSetId, Record, SourcedRecord};
use fonds::record::{RecordId, RecordKey};
use fonds::store::segment::SegmentBuilder;
use fonds::store::{Segment, Store};
use fonds::text::fold::{FoldedText, fold};
use fonds::text::tokens::tokens;
use fonds::text::words::{is_word_char, words};
use proptest::prelude::*;

#[test]
fn folding_makes_equivalent_spellings_equal() {
    const CASES: &[(&str, &str)] = &[
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
    for (text, folded) in CASES {
        assert_eq!(fold(text), *folded, "{text}");
        assert_eq!(FoldedText::new(text).text, *folded, "{text}");
    }
}

#[test]
fn folded_ranges_map_back_to_the_original_text() {
    const CASES: &[(&str, &str, &str)] = &[
        ("Gen. Rola-Żymierski", "zymier", "Żymier"),
        ("die Straße dort", "stras", "Straß"),
        ("die Straße dort", "strasse", "Straße"),
        ("un e\u{301}te\u{301} ici", "ete", "e\u{301}te\u{301}"),
        ("서울", "서울", "서울"),
        ("ﬁne", "f", "ﬁ"),
    ];
    for (text, part, original) in CASES {
        let folded = FoldedText::new(text);
        let part = fold(part);
        let start = folded.text.find(&part).unwrap();
        assert_eq!(&text[folded.original_range(start..start + part.len())], *original, "{text}");
    }
}

#[test]
fn words_are_runs_of_letters_marks_and_digits() {
    const CASES: &[(&str, &[&str])] = &[
        ("T.V. Soong, 1945", &["t", "v", "soong", "1945"]),
        ("Stalin’s – Rola-Żymierski", &["stalin", "s", "rola", "zymierski"]),
        ("  (§12a) ☭ ", &["12a"]),
        ("हिन्दी की", &["हिनदी", "की"]),
        ("北京,上海", &["北京", "上海"]),
        ("", &[]),
    ];
    for (text, expected) in CASES {
        let folded = fold(text);
        let found: Vec<&str> = words(&folded).map(|word| &folded[word]).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

/// A record with a title, and an id if one is given.
fn record(id: Option<&str>, title: &str, position: u64) -> Record {
    let mut record = Record { position: Some(position), ..Record::default() };
    record.push(Field::Title, title);
    record.push(Field::Id, id.unwrap_or(""));
    record
}

/// A store with one segment for each record, each with its archive.
fn store(records: Vec<(usize, Record)>) -> Store {
    let mut store = Store::default();
    for (source, record) in records {
        store.append(Arc::new(Segment::build(&[SourcedRecord {
            archive: ArchiveId::from_index(source),
            record,
        }])));
    }
    let archive = |url: &str| Archive { url: Some(url.to_owned()), ..Archive::default() };
    store.set_archives(vec![archive("a"), archive("b"), archive("a")]);
    store
}

#[test]
fn identity_is_archive_and_id_or_content_with_a_repetition_count() {
    let store = store(vec![
        (0, record(Some("12"), "One", 1)),
        (1, record(Some("12"), "One", 1)),
        (0, record(None, "Untold", 2)),
        (0, record(None, "Untold", 3)),
        (2, record(None, "Untold", 4)),
        (1, record(None, "Untold", 5)),
    ]);
    let numbers: Vec<RecordHandle> = (0..6).map(RecordHandle).collect();
    let ids: Vec<_> = store.ids_of(&numbers).into_iter().flatten().collect();
    assert_eq!(ids[0].key, RecordKey::Id("12".to_owned()));
    assert_eq!(
        ids.iter().map(|id| id.archive.as_str()).collect::<Vec<_>>(),
        ["a", "b", "a", "a", "a", "b"]
    );
    assert_eq!(ids.iter().map(|id| id.repetition).collect::<Vec<_>>(), [0, 0, 0, 1, 2, 0]);
    assert_eq!(store.find_by_ids(&ids), numbers.into_iter().map(Some).collect::<Vec<_>>());
    assert_eq!(ids[2].key, ids[5].key);
    assert_eq!(store.find_by_ids(&[RecordId { repetition: 3, ..ids[2].clone() }]), [None]);
}

#[test]
fn ids_of_unnamed_archives_are_separate_for_each_file() {
    // File set, id, title; then the archive name and repetition of the expected identity.
    const CASES: &[(usize, Option<&str>, &str, &str, u32)] = &[
        (0, Some("2"), "A letter", "letters.csv", 0),
        (0, None, "Untold", "", 0),
        (1, Some("2"), "A cable", "cables.csv", 0),
        (1, None, "Untold", "", 1),
        (1, Some("2"), "Another", "cables.csv", 1),
        (2, Some("2"), "A letter, moved", "letters.csv", 1),
    ];
    let mut building = SegmentBuilder::default();
    for (origin, id, title, ..) in CASES {
        building.set_file_set(FileSetId::from_index(*origin));
        building.push(ArchiveId::default(), &record(*id, title, 1));
    }
    let mut store = Store::default();
    store.append_or_merge(building.finish());
    let origin = |file: &str| FileSet { files: vec![file.to_owned(), "else.csv".to_owned()] };
    store.set_archives(vec![Archive::default()]);
    store.set_file_sets(["in/letters.csv", "cables.csv", "/letters.csv"].map(origin).into());
    let numbers: Vec<RecordHandle> = (0..6).map(RecordHandle).collect();
    let known: Vec<_> = store.ids_of(&numbers).into_iter().flatten().collect();
    for ((_, _, title, archive, repeat), id) in CASES.iter().zip(&known) {
        assert_eq!((id.archive.as_str(), id.repetition), (*archive, *repeat), "{title}");
    }
    let all: Vec<_> = numbers.iter().copied().map(Some).collect();
    assert_eq!(store.find_by_ids(&known), all);
    let in_other_file = RecordId { archive: "else.csv".to_owned(), ..known[0].clone() };
    assert_eq!(store.find_by_ids(&[in_other_file]), [all[0]], "the record is in that file too");
    let archives: Vec<_> = store.archive_identities().into_iter().collect();
    assert_eq!(archives, ["", "cables.csv", "else.csv", "letters.csv"]);
}

#[test]
fn content_hash_is_stable() {
    let mut full = record(None, "Cable", 7);
    full.date = Date::parse("July 12, 1945");
    full.push(Field::People, "Soong");
    full.own = vec![("box".into(), "7".to_owned()), ("archive".into(), "x".to_owned())];
    let key = RecordKey::from_record(&full);
    // Saved marks and notes refer to this number, so it must not change.
    assert_eq!(key, RecordKey::Content(CONTENT_HASH));
    full.position = None;
    full.own.reverse();
    assert_eq!(RecordKey::from_record(&full), key);
    // What was an own field once is a field now.
    full.own.retain(|(name, _)| name != "box");
    full.push(Field::Box, "7");
    assert_eq!(RecordKey::from_record(&full), key);
    full.date = Date::parse("July 13, 1945");
    assert_ne!(RecordKey::from_record(&full), key);
}

/// The hash of the record in the test above.
const CONTENT_HASH: u64 = 9_244_356_898_182_143_399;

#[test]
fn snapshot_does_not_see_later_segments() {
    let mut store = store(vec![(0, record(None, "One", 1))]);
    let before = store.clone();
    store.append(Arc::new(Segment::build(&[SourcedRecord {
        archive: ArchiveId::default(),
        record: record(None, "Two", 2),
    }])));
    assert_eq!((before.len(), store.len()), (1, 2));
    assert!(before.record(RecordHandle(1)).is_none());
    assert_eq!(store.record(RecordHandle(1)).unwrap().title(), Some("Two"));
    assert!(!store.is_same(&before) && before.is_same(&before.clone()));
}

#[test]
fn own_field_names_are_unique_and_in_order_of_appearance() {
    let with = |names: &[&str]| {
        let own = names.iter().map(|name| ((*name).into(), "x".to_owned())).collect();
        (0, Record { own, ..Record::default() })
    };
    let mut store = store(vec![with(&["box", "folder", "box"]), with(&["folder", "reel"])]);
    let before = store.clone();
    assert_eq!(store.own_field_names(), ["box", "folder", "reel"]);
    let (source, record) = with(&["lid", "box"]);
    store.append(Arc::new(Segment::build(&[SourcedRecord {
        archive: ArchiveId::from_index(source),
        record,
    }])));
    assert_eq!(store.own_field_names(), ["box", "folder", "reel", "lid"]);
    assert_eq!(before.own_field_names(), ["box", "folder", "reel"]);
}

#[test]
fn every_record_may_have_a_different_own_field() {
    let own = |at: usize| vec![(format!("name of a field {at}").into(), "x".to_owned())];
    let record = |at| SourcedRecord {
        archive: ArchiveId::default(),
        record: Record { own: own(at), ..Record::default() },
    };
    let mut store = Store::default();
    store.append(Arc::new(Segment::build(&(0..40_000).map(record).collect::<Vec<_>>())));
    assert_eq!(store.own_field_names().len(), 40_000);
}

/// A value with any characters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,30}", "[a-zA-Z .,ŁøßæŻ’“\u{301}]{0,30}"]
}

/// Any record.
fn any_record() -> impl Strategy<Value = Record> {
    let field = prop::sample::select(&Field::ALL[..]);
    let values = prop::collection::vec((field, text()), 0..6);
    let own = prop::collection::vec((text().prop_map_into(), text()), 0..4);
    (prop::option::of(any::<u64>()), text(), values, own).prop_map(
        |(position, date, values, own)| {
            let date = Date::parse(&date);
            Record { position, date, values, own, ..Record::default() }
        },
    )
}

/// Checks that the index of a segment has every word of every record, and nothing else.
fn check_index(records: &[Record]) -> Result<(), TestCaseError> {
    let sourced =
        |record: &Record| SourcedRecord { archive: ArchiveId::default(), record: record.clone() };
    let segment = Segment::build(&records.iter().map(sourced).collect::<Vec<_>>());
    let index = segment.dictionary();
    let mut expected = 0;
    for (number, record) in records.iter().enumerate() {
        let all = record.values.iter().map(|(_, it)| it).chain(record.own.iter().map(|(_, it)| it));
        let all: Vec<String> = all.map(|text| fold(text)).collect();
        let all: std::collections::BTreeSet<&str> =
            all.iter().flat_map(|text| tokens(text).map(|word| &text[word])).collect();
        expected += all.len();
        for word in all {
            let found = index.with_prefix(word).next().unwrap();
            prop_assert_eq!(index.word(found), word);
            prop_assert!(
                index.postings(found).records_with_fields().any(|(record, _)| record == number)
            );
        }
    }
    let postings = index.word_ids().map(|word| index.postings(word).records_with_fields().count());
    prop_assert_eq!(postings.sum::<usize>(), expected);
    Ok(())
}

#[test]
fn index_has_every_word_of_long_texts() {
    // Enough words that the hash table grows in the middle of a text, which ends with words that
    // were already inserted. The last text is looked up in two stretches.
    let record = |from: usize| {
        let words = (from..from + 4_000).chain((0..from).step_by(2));
        let text = words.map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        Record { values: vec![(Field::Title, text)], ..Record::default() }
    };
    check_index(&[0, 4_000, 8_000, 12_000, 40_000].map(record)).unwrap();
}

proptest! {
    #[test]
    fn records_are_stored_unchanged(
        records in prop::collection::vec((0..3_usize, any_record()), 0..20), size in 1..8usize,
    ) {
        let sourced = |(source, record): &(usize, Record)| SourcedRecord {
            archive: ArchiveId::from_index(*source),
            record: record.clone(),
        };
        let mut store = Store::default();
        for batch in records.chunks(size) {
            store.append(Arc::new(Segment::build(&batch.iter().map(sourced).collect::<Vec<_>>())));
        }
        prop_assert_eq!(store.len(), records.len());
        for (at, (_, record)) in (0..).zip(&records) {
            prop_assert_eq!(&store.record(RecordHandle(at)).unwrap(), record);
            let id = store.ids_of(&[RecordHandle(at)]).pop().flatten().unwrap();
            prop_assert_eq!(store.find_by_ids(&[id]), [Some(RecordHandle(at))]);
        }
        prop_assert!(store.record(RecordHandle(u32::try_from(records.len()).unwrap())).is_none());
    }

    #[test]
    fn folding_maps_back(text in text()) {
        let folded = FoldedText::new(&text);
        prop_assert_eq!(&folded.text, &fold(&text));
        prop_assert_eq!(&fold(&folded.text), &folded.text);
        let mut before = 0;
        for word in words(&folded.text) {
            let letters = folded.text[word.clone()].to_owned();
            let original = folded.original_range(word);
            prop_assert!(before <= original.start);
            before = original.start;
            let part = text.get(original);
            prop_assert!(part.is_some_and(|part| fold(part).contains(&letters)));
        }
    }

    #[test]
    fn words_are_runs_of_letters(text in "([a-z ]{0,70}[é\u{301}д–漢']{0,3}){0,6}") {
        let folded = fold(&text);
        let expected: Vec<&str> =
            folded.split(|letter| !is_word_char(letter)).filter(|word| !word.is_empty()).collect();
        let found: Vec<&str> = words(&folded).map(|word| &folded[word]).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn index_has_every_word_of_every_record(records in prop::collection::vec(any_record(), 1..12)) {
        check_index(&records)?;
    }
}

#[test]
fn seventy_thousand_archives_and_files_keep_their_records_apart() {
    const COUNT: usize = 70_000;
    let mut merger = PageMerger::new();
    for number in 0..COUNT {
        merger.start_page(PageStart {
            file: format!("{number}.jsonl"),
            archive: Archive { title: Some(format!("Archive {number}")), ..Archive::default() },
            ..PageStart::default()
        });
        let mut record = Record::default();
        record.push(Field::Title, &format!("Letter {number}"));
        merger.add_record(record);
    }
    let result = merger.finish();
    assert!(result.problems.is_empty());
    let mut store = Store::default();
    store.set_archives(result.archives);
    store.set_file_sets(result.file_sets);
    let mut builder = SegmentBuilder::default();
    for (sourced, file_set) in result.records.iter().zip(&result.record_file_sets) {
        if builder.is_full() {
            store.append_or_merge(builder.finish());
        }
        builder.set_file_set(*file_set);
        builder.push(sourced.archive, &sourced.record);
    }
    store.append_or_merge(builder.finish());
    assert_eq!((store.len(), store.file_count(), store.archives().len()), (COUNT, COUNT, COUNT));
    for number in [0, 1, 65_534, 65_535, 65_536, 69_999] {
        let record = RecordHandle(u32::try_from(number).unwrap());
        assert_eq!(store.files_of(record), [format!("{number}.jsonl")]);
        let (segment, at) = store.locate(record).unwrap();
        let archive = &store.archives()[segment.archive_id(at).index()];
        assert_eq!(archive.title, Some(format!("Archive {number}")));
    }
}

#[test]
fn archives_beyond_the_limit_are_reported() {
    let mut merger = PageMerger::with_max_archives(2);
    for file in ["a", "b", "c", "d"] {
        let archive = Archive { title: Some(file.to_owned()), ..Archive::default() };
        merger.start_page(PageStart { file: file.to_owned(), archive, ..PageStart::default() });
        let mut record = Record::default();
        record.push(Field::Title, file);
        merger.add_record(record);
    }
    let result = merger.finish();
    assert_eq!((result.records.len(), result.archives.len()), (2, 2));
    let problems: Vec<String> = result.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with("c: the records of this file and of those after it"),
        "{problems:?}"
    );
}
