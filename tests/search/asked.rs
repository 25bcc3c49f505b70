//! Filters as people type them: dates that are not whole, exclusions that have begun, the order of words, pasted titles.

use fonds::record::{ArchiveId, Date, Field, Record, SourcedRecord};
use fonds::store::Store;

use super::{highlighter, messages, search, store};

/// A store with a record for each title and date.
fn store_of(records: &[(&str, &str)]) -> Store {
    let record = |(title, date): &(&str, &str)| {
        let mut record = Record { date: Date::parse(date), ..Record::default() };
        record.push(Field::Title, title);
        SourcedRecord { archive: ArchiveId::default(), record }
    };
    store(&records.iter().map(record).collect::<Vec<_>>(), 2)
}

/// The numbers of the records that a filter finds, in order, and what is told.
fn found(store: &Store, text: &str) -> (Vec<u32>, Vec<String>) {
    let response = search(store, text, None);
    (response.rows.iter().map(|row| row.handle.0).collect(), messages(&response))
}

/// Checks what filters find.
fn check(store: &Store, cases: &[(&str, &[u32])]) {
    for (text, expected) in cases {
        let (numbers, told) = found(store, text);
        assert_eq!(numbers, *expected, "{text} {told:?}");
    }
}

#[test]
fn date_that_is_typed_finds_all_that_it_may_become() {
    let store = store_of(&[
        ("Harbour office", "1958-07-14"), // 0
        ("Ferry", "1958-07-02"),          // 1
        ("Ferry", "1963-08-31"),          // 2
        ("Telegram 12233", "1965"),       // 3
        ("Map", ""),                      // 4
    ]);
    check(
        &store,
        &[
            ("juillet 195", &[0, 1]),
            ("14 de julio", &[0, 1, 2, 3]),
            ("14 de julio de 195", &[0, 1]),
            ("14 de julio de 1958", &[0]),
            ("luglio", &[0, 1, 2, 3]),
            ("luglio 1", &[0, 1, 2, 3]),
            ("август 196", &[2, 3]),
            ("voor 195", &[0, 1]),
            ("zwischen 196", &[2, 3]),
            ("07/195", &[0, 1]),
            ("07/1", &[0, 1, 2, 3]),
            ("14.7.195", &[0, 1]),
            ("1958年7", &[0, 1]),
            ("ferry juillet 195", &[1]),
            ("1963 August 3", &[2]),
            ("1963 August 31", &[2]),
            ("1958 July 2", &[1]),
            ("telegram 1223", &[3]),
            ("telegram 12233", &[3]),
            ("map luglio", &[]),
            ("nothing 12", &[]),
            ("1223", &[]),
        ],
    );
    let (_, told) = found(&store, "juillet 195");
    assert_eq!(
        told,
        [
            "“juillet 195” is no whole date yet: showing all from the first to the last it may become"
        ]
    );
}

#[test]
fn exclusion_of_one_letter_leaves_out_nothing_yet() {
    let store = store_of(&[("Telegram on a lake", "1951"), ("Letter on a lake", "1951")]);
    for text in ["lake -t", "lake !t", "lake NOT t", "lake NOT (t", "-l", "NOT (l", "lake -title:t"]
    {
        let (numbers, told) = found(&store, text);
        assert_eq!(numbers, [0, 1], "{text}");
        assert!(told.iter().any(|told| told.contains("needs another letter")), "{text} {told:?}");
    }
    check(
        &store,
        &[
            ("lake -te", &[1]),
            ("lake -\"t\"", &[0, 1]),
            ("lake NOT (te", &[1]),
            ("lake -t*", &[1]),
            ("lake -date:1951", &[]),
        ],
    );
    let boxes = ["A", "B"].map(|name| {
        let mut record = Record::default();
        record.push(Field::Box, name);
        SourcedRecord { archive: ArchiveId::default(), record }
    });
    let boxes = super::store(&boxes, 1);
    check(&boxes, &[("-box:B", &[0]), ("NOT box:a", &[1]), ("-box:C", &[0, 1])]);
}

#[test]
fn order_of_words_counts_also_if_one_is_typed_twice() {
    let store = store_of(&[
        ("Mr. Keller to Mr. Weidl", "1861"),
        ("Mr. Weidl to Mr. Keller", "1861"),
        ("From the Office in Kassel to the Ferry of the Lake", "1861"),
        ("From the Ferry of the Lake to the Office in Kassel", "1861"),
    ]);
    check(
        &store,
        &[
            ("Mr. Keller to Mr. Weidl", &[0, 1]),
            ("Mr. Weidl to Mr. Keller", &[1, 0]),
            ("weidl to keller", &[1, 0]),
            ("From the Office in Kassel to the Ferry of the Lake", &[2, 3]),
            ("From the Ferry of the Lake to the Office in Kassel", &[3, 2]),
        ],
    );
}

#[test]
fn nothing_is_guessed_beside_records_with_all_words() {
    let store = store_of(&[
        ("U Weidl on post and war", "1951"),
        ("Weide of the port, was sold", "1951"),
        ("SALT II", "1951"),
        ("Sale III", "1951"),
        ("Halt I", "1951"),
    ]);
    check(&store, &[("u weidl", &[0]), ("post war", &[0]), ("SALT II", &[2]), ("salt i", &[2])]);
}

#[test]
fn words_are_joined_and_parted_on_both_sides() {
    let store = store_of(&[
        ("A.F.L.-C.I.O. merger", "1951"),         // 0
        ("AFL-CIO convention", "1951"),           // 1
        ("Vandermeer", "1951"),                   // 2
        ("Letter of van der Meer", "1951"),       // 3
        ("Battle of Dien Bien Phu", "1951"),      // 4
        ("A-bomb", "1951"),                       // 5
        ("abomb", "1951"),                        // 6
        ("Not with all, standing alone", "1951"), // 7
        ("Notwithstanding", "1951"),              // 8
    ]);
    check(
        &store,
        &[
            ("AFL-CIO", &[1, 0]),
            ("A.F.L.-C.I.O.", &[0, 1]),
            ("vandermeer", &[2, 3]),
            ("dienbienphu", &[4]),
            ("abomb", &[6, 5]),
            ("notwithstanding", &[8]),
        ],
    );
}

#[test]
fn pasted_titles_and_names_of_fields_are_understood() {
    let store = store_of(&[
        ("Memorandum, 9:35 a.m.-12:34 p.m.", "1951"),
        ("外交部关于朝鲜的报告", "1951"),
        ("Title: lake", "1951"),
    ]);
    check(
        &store,
        &[
            ("Memorandum, 9:35 a.m.-12:34 p.m.", &[0]),
            ("Title: memorandum", &[0]),
            ("title：外交部", &[1]),
            ("外交部，朝鲜", &[1]),
            ("lake｜外交部", &[1, 2]),
            ("１９５１", &[0, 1, 2]),
        ],
    );
    for (text, named) in [
        ("to:weidl", "recipient:"),
        ("abstract:x", "summary:"),
        ("datum:1951", "date:"),
        ("Schlagwort:x", "subjects:"),
        ("volume:3", "series:"),
    ] {
        let (_, told) = found(&store, text);
        assert!(told.iter().any(|told| told.contains(named)), "{text}: {told:?}");
    }
}

#[test]
fn words_of_another_alphabet_are_highlighted_where_they_are_typed_in_latin_letters() {
    let store = store_of(&[("Запись беседы", "1951"), ("Map", "1951")]);
    let highlighter = highlighter(&store, "besed");
    let ranges = highlighter.field_ranges(Field::Title, "Запись беседы");
    let words: Vec<&str> = ranges.into_iter().map(|range| &"Запись беседы"[range]).collect();
    assert_eq!(words, ["беседы"]);
}
