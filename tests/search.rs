//! Searches over ten real records: what is found, in which order, with which messages and highlights.

mod asked;
mod file_orders;
mod language;
mod plain_guesses;
mod plain_scan;
mod properties;
mod typing;
mod vocabulary;

use fonds::query::{
    GuessMatcher, Highlighter, Order, OrderBy, Placement, RecordHandle, SearchRequest,
    SearchResponse, Target, parse,
};
use fonds::record::{ArchiveId, Date, Field, Record, SourcedRecord};
use fonds::store::Searcher;
use fonds::store::{Segment, Store};
use std::sync::Arc;

/// Ten records: position, date, title, summary.
const TEN_RECORDS: &str = include_str!("search/ten-records.tsv");

/// The ten records of [`TEN_RECORDS`].
fn ten_records() -> Vec<SourcedRecord> {
    let record = |line: &str| {
        let [position, date, title, summary] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}");
        };
        let mut record = Record {
            position: position.parse().ok(),
            date: Date::parse(date),
            ..Record::default()
        };
        record.push(Field::Title, title);
        record.push(Field::Summary, summary);
        SourcedRecord { archive: ArchiveId::default(), record }
    };
    TEN_RECORDS.lines().map(record).collect()
}

/// A store of these records, `size` of them in each segment.
fn store(records: &[SourcedRecord], size: usize) -> Store {
    let mut store = Store::default();
    for batch in records.chunks(size) {
        store.append(Arc::new(Segment::build(batch)));
    }
    store
}

/// The response to a filter in an order, with all matches on one page.
fn search(store: &Store, text: &str, order: impl Into<Option<Order>>) -> SearchResponse {
    let query = parse(text, store.own_field_names());
    let request =
        SearchRequest { order: order.into(), ..SearchRequest::new(query, Target::Row(0), 100) };
    let Ok(response) = Searcher::default().search(store, &request, &|| false) else {
        panic!("it is never cancelled")
    };
    response
}

/// The highlighter of a filter and of what it was expanded to.
fn highlighter(store: &Store, text: &str) -> Highlighter {
    let query = parse(text, store.own_field_names());
    Highlighter::new(&query, &search(store, text, None).terms)
}

/// The positions of the records on the page.
fn positions(response: &SearchResponse) -> Vec<u64> {
    response.rows.iter().filter_map(|row| row.record.position).collect()
}

/// An order by a key, in a direction.
fn order(by: OrderBy, reversed: bool) -> Order {
    Order { by, reversed }
}

/// What a response tells the user, as sentences.
fn messages(response: &SearchResponse) -> Vec<String> {
    response.suggestions.iter().map(ToString::to_string).collect()
}

#[test]
fn filters_find_the_expected_records_in_order() {
    const CASES: &[(&str, &[u64])] = &[
        ("", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210]),
        ("soong 1945-07", &[201, 208, 209, 210]),
        ("SOONG", &[201, 208, 209, 210]),
        ("t.v.", &[201, 208, 209, 210]),
        ("\"t.v. soong\"", &[201, 208, 209, 210]),
        ("\"T. V. Soong\"", &[201, 208, 209, 210]),
        ("zymierski", &[207]),
        ("Żymierski", &[207]),
        ("rola-zymier", &[207]),
        ("harimann", &[208, 209]),
        ("hrrmn", &[208, 209]),
        ("zimerski", &[207]),
        ("rola-zimierski", &[207]),
        ("rola-zimierski stalin$", &[207]),
        ("\"harimann\"", &[]),
        ("'harimann", &[]),
        ("!harimann", &[201, 202, 203, 204, 205, 206, 207, 208, 209, 210]),
        ("title:arriman title:^cable", &[208, 209]),
        ("1943", &[203]),
        ("July 1945", &[201, 208, 209, 210]),
        ("1943..1944", &[203, 207]),
        ("before 1944 | after 1949", &[202, 203]),
        ("date:1945-07-1", &[201, 208, 209, 210]),
        ("!date:1940s", &[202]),
        ("undated", &[]),
        ("3355", &[202]),
        ("\"1945\"", &[201]),
        ("arriman", &[208, 209]),
        ("!stalin", &[204, 206]),
        ("-stalin -liu", &[204]),
        ("mao | liu", &[202, 205, 206]),
        ("stalin mao | liu", &[202, 205]),
        ("title:stalin summary:soong", &[201, 210]),
        ("^record", &[201, 210]),
        ("^re", &[201, 205, 206, 210, 204]),
        ("stalin$", &[201, 205, 207, 210]),
        ("^cable$", &[]),
        ("'harri", &[]),
        ("xyzzy", &[]),
        ("-1945", &[202, 203, 204, 205, 206, 207]),
    ];
    for size in [1, 3, 10] {
        let store = store(&ten_records(), size);
        for (text, expected) in CASES {
            let response = search(&store, text, None);
            assert_eq!(positions(&response), *expected, "{text:?} {:?}", response.suggestions);
        }
    }
}

#[test]
fn guess_is_reported_until_a_literal_match_is_loaded() {
    let mut store = store(&ten_records(), 4);
    let guessed = search(&store, "harimann", None);
    assert_eq!(messages(&guessed), ["no “harimann”: showing Harriman"]);
    let mut record = Record::default();
    record.push(Field::Title, "Letter of Paul Harimann");
    store.append(Arc::new(Segment::build(&[SourcedRecord {
        archive: ArchiveId::default(),
        record,
    }])));
    let literal = search(&store, "harimann", None);
    assert_eq!(messages(&literal), ["see also Harriman 2"]);
    assert_eq!(literal.rows[0].handle, RecordHandle(10));
    assert_eq!(literal.match_count.count(), 1);
}

#[test]
fn filtered_out_record_differs_from_missing_record() {
    const CASES: &[(&str, Target, Placement)] = &[
        ("soong", Target::Position(208), Placement::Row(1)),
        ("soong", Target::Position(207), Placement::FilteredOut),
        ("soong", Target::Position(211), Placement::Missing),
        ("soong", Target::Record(RecordHandle(0)), Placement::Row(0)),
        ("soong", Target::Record(RecordHandle(1)), Placement::FilteredOut),
        ("soong", Target::Record(RecordHandle(10)), Placement::Missing),
        ("soong", Target::Row(99), Placement::Row(3)),
        ("xyzzy", Target::Row(0), Placement::FilteredOut),
    ];
    let store = store(&ten_records(), 4);
    for (text, place, expected) in CASES {
        let request = SearchRequest::new(parse(text, &[]), place.clone(), 2);
        let response = Searcher::default().search(&store, &request, &|| false).unwrap();
        assert_eq!(response.placement, *expected, "{text} {place:?}");
    }
}

#[test]
fn undated_records_are_last_in_both_directions() {
    let mut records = ten_records();
    let mut undated = Record { position: Some(211), ..Record::default() };
    undated.push(Field::Title, "A letter");
    records.push(SourcedRecord { archive: ArchiveId::default(), record: undated });
    let store = store(&records, 4);
    let response = search(&store, "", order(OrderBy::Date, false));
    assert_eq!(positions(&response), [203, 207, 210, 209, 208, 201, 206, 205, 204, 202, 211]);
    let response = search(&store, "", order(OrderBy::Date, true));
    assert_eq!(positions(&response), [202, 204, 205, 206, 201, 208, 209, 210, 207, 203, 211]);
    let response = search(&store, "", order(OrderBy::Title, false));
    assert_eq!(positions(&response), [211, 202, 208, 209, 204, 203, 207, 201, 210, 206, 205]);
    let response = search(&store, "letter | soong 1943 | 1945", None);
    assert_eq!((response.match_count.count(), response.excluded_undated), (5, 1));
}

#[test]
fn match_quality_outweighs_field_and_weakest_term_outweighs_sum() {
    // The worst match first, so that archive order does not give the expected order.
    const RECORDS: &[&[(Field, &str)]] = &[
        (&[(Field::Summary, "Stlain mao")]),
        (&[(Field::Title, "Stlain mao")]),
        (&[(Field::Summary, "Stalinist mao")]),
        (&[(Field::Places, "Stalinist mao")]),
        (&[(Field::People, "Stalinist mao")]),
        (&[(Field::Title, "Stalinist mao")]),
        (&[(Field::Summary, "Stalin maoist")]),
        (&[(Field::Summary, "Stalin"), (Field::Title, "maoist")]),
        (&[(Field::Summary, "Stalin mao")]),
        (&[(Field::Summary, "Stalin"), (Field::Title, "mao")]),
        (&[(Field::Subjects, "Stalin mao")]),
        (&[(Field::People, "Stalin mao")]),
        (&[(Field::Title, "Stalin mao")]),
    ];
    let record = |values: &&[(Field, &str)]| {
        let mut record = Record::default();
        for (field, value) in *values {
            record.push(*field, value);
        }
        SourcedRecord { archive: ArchiveId::default(), record }
    };
    let store = store(&RECORDS.iter().map(record).collect::<Vec<_>>(), 5);
    let numbers = |text: &str| -> Vec<u32> {
        search(&store, text, None).rows.iter().map(|row| row.handle.0).collect()
    };
    assert_eq!(numbers("~stalin"), [12, 11, 10, 6, 7, 8, 9, 5, 4, 3, 2, 1, 0]);
    assert_eq!(numbers("~stalin mao"), [12, 11, 10, 9, 8, 5, 7, 4, 3, 2, 6, 1, 0]);
}

#[test]
fn guesses_are_shortened_or_misspelt_words() {
    const CASES: &[(&str, &str, bool)] = &[
        ("hrrmn", "harriman", true),
        ("stln", "stalin", true),
        ("rsvlt", "roosevelt", true),
        ("st", "stalin", false),
        ("tln", "stalin", false),
        ("soong", "skirovoang", false),
        ("harimann", "harriman", true),
        ("zimerski", "zymierski", true),
        ("sontg", "soong", false),
        ("sonog", "soong", true),
        ("sooong", "soong", true),
        ("doong", "soong", true),
        ("soo", "son", false),
        ("zimersk", "zymierski", false),
        ("stalingrat", "stalingrad", true),
        ("stilingrat", "stalingrad", true),
        ("stilengrat", "stalingrad", false),
        ("3355", "3356", false),
        ("žukov", "žukova", true),
    ];
    for (typed, word, expected) in CASES {
        let fits =
            GuessMatcher::new(typed, false).is_some_and(|guess| guess.quality_of(word).is_some());
        assert_eq!(fits, *expected, "{typed} for {word}");
    }
}

/// A filter, and the messages about it.
const MESSAGES: &[(&str, &[&str])] = &[
    ("soong", &[]),
    ("xyzzy", &["“xyzzy” is in no record"]),
    ("xyzzy soong", &["“xyzzy” is in no record", "leave out “xyzzy”: 4 records"]),
    (
        "korea soong",
        &[
            "each term is found, but not all in one record",
            "leave out “korea”: 4 records",
            "leave out “soong”: 2 records",
        ],
    ),
    (
        "soong 1950",
        &[
            "each term is found, but not all in one record",
            "leave out “soong”: 1 record",
            "leave out “1950”: 4 records",
        ],
    ),
    ("1812", &["no record is dated “1812”"]),
    ("date:before 1812", &["no record is dated “before 1812”"]),
    ("undated", &["no record is undated"]),
    ("name:stalin", &["no record has names"]),
    ("title:xyzzy", &["“title:xyzzy” is in no record"]),
    (
        "-stalin 1949-07-08 | 1943 mao",
        &["each term is found, but not all in one record", "leave out “mao”: 1 record"],
    ),
    ("1945", &[]),
    ("hrrmn", &["no “hrrmn”: showing Harriman"]),
    ("rola-zimierski", &["no “rola-zimierski”: showing Żymierski"]),
    ("~soong", &["besides “soong”: showing soon"]),
    ("~rola-zimierski", &["no “rola-zimierski”: showing Żymierski"]),
    ("soong -record -cable -stalin", &["besides “soong”: showing soon"]),
    // A negated term is never suggested as an alternative.
    ("korea -mao -liu -stalin", &["leave out “korea”: 1 record", "leave out “-stalin”: 1 record"]),
    (
        "korea -soong soong",
        &["each term is found, but not all in one record", "leave out “soong”: 2 records"],
    ),
    ("soong 1950 1943", &["each term is found, but not all in one record"]),
    (
        "harimann korea",
        &[
            "“harimann” is in no record",
            "leave out “harimann”: 2 records",
            "leave out “korea”: 2 records",
        ],
    ),
    ("1945 | 1950 xyzzy", &["“xyzzy” is in no record", "leave out “xyzzy”: 5 records"]),
    ("people:a | people:b places:c", &["no record has names", "no record has places"]),
    ("- soong", &["“-” has no letter and is ignored"]),
    ("title:", &["“title:” needs a word"]),
];

#[test]
fn messages_suggest_what_to_try() {
    let store = store(&ten_records(), 4);
    for (text, expected) in MESSAGES {
        assert_eq!(messages(&search(&store, text, None)), *expected, "{text}");
    }
}

#[test]
fn highlights_are_the_letters_that_matched() {
    const CASES: &[(&str, Field, &str, &str)] = &[
        ("soong", Field::Title, "T. V. Soong and soongs", "T. V. [Soong] and [soong]s"),
        ("'soong", Field::Title, "Soong and soongs", "[Soong] and soongs"),
        ("t.v.", Field::Summary, "T.V. or T. V. Soong, Vi", "[T].[V]. or [T]. [V]. Soong, Vi"),
        ("zymi", Field::Title, "Rola-Żymierski", "Rola-[Żymi]erski"),
        ("arriman", Field::Title, "Harriman's", "H[arriman]'s"),
        ("harimann", Field::Title, "Averell Harriman", "Averell [Harriman]"),
        ("hrrmn", Field::Title, "Harriman", "[H]a[rr]i[m]a[n]"),
        ("title:soong", Field::Summary, "Soong", "Soong"),
        ("!soong mao", Field::Title, "Soong and Mao", "Soong and [Mao]"),
        ("^record", Field::Title, "Record of a record", "[Record] of a record"),
        ("stalin$", Field::Title, "Stalin to Stalin", "Stalin to [Stalin]"),
        ("stal stalin", Field::Title, "Stalin", "[Stalin]"),
        ("so | ta", Field::People, "Soong, Tass", "[So]ong, [Ta]ss"),
    ];
    let store = store(&ten_records(), 4);
    for (text, field, shown, expected) in CASES {
        let highlighter = highlighter(&store, text);
        let mut marked = (*shown).to_owned();
        for range in highlighter.field_ranges(*field, shown).into_iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        assert_eq!(marked, *expected, "{text}");
    }
}

#[test]
fn date_is_highlighted_if_the_filter_asks_for_it() {
    const CASES: &[(&str, &str, bool)] = &[
        ("soong 1945", "July 12, 1945", true),
        ("letter | 1944", "May 10, 1943", false),
        ("1943 | 1944", "May 10, 1943", true),
        ("=1945-07", "1945", false),
        ("soong -1945", "1945", false),
        ("soong", "1945", false),
        ("1945", "n.d.", false),
        ("undated", "n.d.", true),
        ("undated", "1945", false),
    ];
    let store = store(&ten_records(), 4);
    for (text, date, expected) in CASES {
        let highlighter = highlighter(&store, text);
        assert_eq!(highlighter.matches_date(Date::parse(date).parsed), *expected, "{text} {date}");
    }
}

#[test]
fn year_filter_counts_what_it_leaves_out() {
    let mut records = ten_records();
    for (date, title) in [("", "Plans for 1945"), ("n.d.", "Letter"), ("1950", "The end of 1945")] {
        let mut record = Record { date: Date::parse(date), ..Record::default() };
        record.push(Field::Title, title);
        records.push(SourcedRecord { archive: ArchiveId::default(), record });
    }
    let store = store(&records, 4);
    let year = search(&store, "1945", None);
    assert_eq!((year.match_count.count(), year.excluded_undated), (4, 2));
    assert_eq!(messages(&year), ["2 more have “1945” as a word: \"1945\""]);
    for (text, hints) in [
        ("1945 plans | end", &["2 more have “1945” as a word: \"1945\""][..]),
        ("1950 end | letter", &[]),
        ("1950 | 1945", &["1 more has “1945” as a word: \"1945\""]),
        ("1945 date:1945", &[]),
    ] {
        let messages = messages(&search(&store, text, None));
        let about_years = messages.iter().filter(|hint| hint.contains("as a word"));
        assert_eq!(about_years.collect::<Vec<_>>(), hints, "{text}");
    }
    let both = search(&store, "1945 letter | end", None);
    assert_eq!((both.match_count.count(), both.excluded_undated), (0, 1));
    assert_eq!(messages(&both)[0], "1 more has “1945” as a word: \"1945\"");
    let word = search(&store, "\"1945\"", None);
    assert_eq!(
        (word.match_count.count(), word.excluded_undated, word.suggestions.len()),
        (3, 0, 0)
    );
    let or = search(&store, "1945 | plans", None);
    assert_eq!((or.match_count.count(), or.excluded_undated), (7, 0));
    let not = search(&store, "-1945", None);
    assert_eq!((not.match_count.count(), not.excluded_undated, not.suggestions.len()), (9, 0, 0));
}

#[test]
fn phrase_matches_consecutive_whole_words() {
    const CASES: &[(&str, &str, bool)] = &[
        ("\"stalin soong\"", "Stalin, Soong", true),
        ("\"stalin soong\"", "Destalin Soong, then Stalin", false),
        ("\"stalin soong\"", "Stalin Soongs, then Soong", false),
        ("stalin-soong", "Stalin Soongs", true),
        ("\"stalin soong\"", "Soong Stalin", false),
        ("\"stalin soong\"", "Soong, Stalin; Stalin and Soong; Stalin – “Soong”", true),
        ("\"of the war\"", "of the of the war", true),
        ("\"stalin soong\"$", "Stalin Soong and", false),
        ("^\"stalin soong\"", "T. Stalin Soong", false),
        ("^stalin-soo", "Stalin Soong", true),
    ];
    for (text, title, expected) in CASES {
        let mut record = Record::default();
        record.push(Field::Title, title);
        let store = store(&[SourcedRecord { archive: ArchiveId::default(), record }], 1);
        assert_eq!(
            search(&store, text, None).match_count.count() == 1,
            *expected,
            "{text} in {title}"
        );
    }
}
