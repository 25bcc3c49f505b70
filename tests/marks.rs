//! Marks and notes: the keys that set them, the filters that find them, and the files that keep them.

use std::collections::BTreeSet;
use std::sync::Arc;

use fonds::query::{MarksChange, RecordHandle, RecordSet, UserMarks};
use fonds::query::{SearchRequest, Target, parse};
use fonds::record::{Archive, ArchiveId, Field, Record, SourcedRecord};
use fonds::record::{RecordId, RecordKey};
use fonds::store::Searcher;
use fonds::store::{Segment, Store};
use proptest::prelude::*;

use crate::harness::Harness;

/// Key scripts, and the numbers of the records that are marked after them.
const MARKING_SCRIPTS: &[(&str, &[u32])] = &[
    ("", &[]),
    (" ", &[0]),
    ("  ", &[0, 1]),
    (" k ", &[]),
    ("j jj ", &[1, 4]),
    ("jVjj ", &[1, 2, 3]),
    ("jjjVkkV", &[1, 2, 3]),
    ("jVjj<esc>", &[]),
    ("jV<esc> ", &[1]),
    ("VG ", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("*", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("i", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("*i", &[]),
    (" i", &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("/soong<enter>*", &[0, 7, 8, 9]),
    ("/soong<enter> i", &[7, 8, 9]),
    ("/soong<enter>*<esc>i", &[1, 2, 3, 4, 5, 6]),
    ("/soong<enter>sggVjj ", &[7, 8, 9]),
    ("Vj/soong<enter> ", &[0]),
    ("/xyzzy<enter>*i V ", &[]),
    ("<tab>  <tab>", &[]),
];

#[test]
fn keys_mark_the_same_records_however_slow_the_search() {
    for (width, height) in [(80, 24), (40, 8)] {
        let harness = Harness::with_ten_records(width, height);
        for (script, numbers) in MARKING_SCRIPTS {
            for outcome in [harness.press(script), harness.press_before_responses(script)] {
                let marked: Vec<u32> = outcome
                    .app
                    .workspace
                    .marks
                    .user_marks
                    .marked
                    .iter()
                    .map(|number| number.0)
                    .collect();
                assert_eq!(marked, *numbers, "{script:?} at {width}x{height}");
            }
        }
    }
}

#[test]
fn marks_are_shown_counted_and_filterable() {
    let harness = Harness::with_ten_records(80, 24);
    let text = harness.press(" j ").text();
    assert!(text.contains(" ●201") || text.contains(" ● 201"), "{text}");
    assert!(text.contains("2 marked"), "{text}");
    let found = |script: &str| harness.press(script).positions();
    assert_eq!(found(" j /is:marked"), [201, 203]);
    assert_eq!(found(" j /is:m soong"), [201]);
    assert_eq!(found(" j /-is:marked soong"), [208, 209, 210]);
    assert_eq!(found(" j /is:noted"), [0; 0]);
    assert_eq!(found(" j /is:marked | 1950"), [201, 202, 203]);
    assert_eq!(
        found(" j /is:marked<enter> "),
        [203],
        "a record that is unmarked disappears from the list"
    );
    assert!(harness.press("/is:marked").text().contains("no record is marked: Space marks one"));
    assert!(harness.press("/is:noted").text().contains("no record has a note: N writes one"));
    assert!(harness.press("/is:read").text().contains("try is:marked, is:noted or is:doubtful"));
}

#[test]
fn marked_records_that_the_filter_hides_are_counted() {
    for (width, height) in [(60, 20), (80, 24)] {
        let harness = Harness::with_ten_records(width, height);
        for (script, part) in [
            ("j  ", "2 marked ·"),
            ("j  /soong<enter>", "2 marked (0 shown)"),
            ("j  k /soong<enter>", "1 marked (0 shown)"),
            ("  /soong<enter>", "2 marked (1 shown)"),
            ("  /soong<enter>j ", "3 marked (2 shown)"),
            ("  /soong<enter>i", "4 marked (3 shown)"),
            ("  /soong<enter>*", "5 marked (4 shown)"),
            ("  /soong<enter>*<esc>", "5 marked ·"),
            ("  /zzzz<enter>", "2 marked (0 shown)"),
            ("  /is:marked<enter> ", "1 marked ·"),
            ("  /-is:marked<enter>", "2 marked (0 shown)"),
        ] {
            for outcome in [harness.press(script), harness.press_before_responses(script)] {
                let text = outcome.text();
                assert!(text.contains(part), "{script:?} at {width}x{height}: {part:?}\n{text}");
            }
        }
    }
}

#[test]
fn range_is_shown_while_it_grows() {
    let text = Harness::with_ten_records(80, 24).press("jVj").text();
    assert_eq!(text.matches('○').count(), 2, "{text}");
    assert!(text.contains("Space mark the range"), "{text}");
}

#[test]
fn notes_are_edited_shown_and_filterable() {
    let harness = Harness::with_ten_records(80, 24);
    let noted = harness.press("jNSee the Soong diary<enter>");
    assert!(noted.text().contains("My note     See the Soong diary"), "{}", noted.text());
    assert!(noted.text().contains("✎"), "{}", noted.text());
    let found =
        |script: &str| harness.press(&format!("jNDiárium of T.V.<enter>{script}")).positions();
    assert_eq!(found("/note:diarium"), [202]);
    assert_eq!(found("/note:diar"), [202]);
    assert_eq!(found("/note:\"of t v\""), [202]);
    assert_eq!(found("/note:soong"), [0; 0]);
    assert_eq!(found("/is:noted"), [202]);
    assert_eq!(found("N<ctrl-u><enter>/is:noted"), [0; 0], "an empty note removes the note");
    assert_eq!(found("N more<esc>/note:more"), [0; 0], "Esc leaves the note unchanged");
}

#[test]
fn copy_keys_use_the_marked_records_or_the_selected_one() {
    let harness = Harness::with_ten_records(80, 24);
    let message = |script: &str| harness.press(script).message().unwrap_or_default();
    assert_eq!(message("yc"), "copy Citation of 1");
    assert_eq!(message("  yu"), "copy Address of 2");
    assert_eq!(message("<tab>yy"), "copy Title of 1");
    assert_eq!(message("o"), "this record has no address");
    assert_eq!(message("/xyzzy<enter>yc"), "no record is selected, nothing is copied");
    assert!(
        harness.press("y").text().contains("c  copy the citation"),
        "the keys that may follow are shown"
    );
    assert_eq!(message("/it's 1945<enter>sY"), r#"copy fonds --filter "it's 1945" --order date"#);
    assert_eq!(harness.press("y<esc>jj").selected(), Some(203));
}

/// A store of records with these titles, all of one archive. A title that begins with `#` is also the id.
fn store(titles: &[String]) -> Store {
    let record = |title: &String| {
        let mut record = Record::default();
        record.push(Field::Title, title);
        if title.starts_with('#') {
            record.push(Field::Id, title);
        }
        SourcedRecord { archive: ArchiveId::default(), record }
    };
    let mut store = Store::default();
    let title = Some("an archive".to_owned());
    store.set_archives(vec![Archive { title, ..Archive::default() }]);
    for batch in titles.chunks(3) {
        store.append(Arc::new(Segment::build(&batch.iter().map(record).collect::<Vec<_>>())));
    }
    store
}

proptest! {
    #[test]
    fn identity_counts_earlier_records_with_the_same_key(
        titles in prop::collection::vec("#?[abc]", 0..20),
    ) {
        let store = store(&titles);
        let numbers: Vec<_> = (0_u32..).take(titles.len() + 1).map(RecordHandle).collect();
        let ids = store.ids_of(&numbers);
        prop_assert_eq!(&ids[titles.len()], &None);
        for ((number, id), title) in numbers.iter().zip(&ids).zip(&titles) {
            let before = titles.iter().take(number.0 as usize).filter(|it| *it == title).count();
            let expected = RecordId {
                archive: "an archive".to_owned(),
                key: RecordKey::from_record(&store.record(*number).unwrap()),
                repetition: u32::try_from(before).unwrap(),
            };
            prop_assert_eq!(id.as_ref(), Some(&expected));
        }
        let known: Vec<RecordId> = ids.into_iter().flatten().collect();
        let expected: Vec<_> = numbers.into_iter().take(titles.len()).map(Some).collect();
        prop_assert_eq!(store.find_by_ids(&known), expected);
    }

    #[test]
    fn record_set_agrees_with_btree_set(
        one in prop::collection::btree_set(0_u32..300, 0..40),
        other in prop::collection::btree_set(0_u32..300, 0..40),
    ) {
        let set = |numbers: &BTreeSet<u32>| numbers.iter().copied().map(RecordHandle).collect::<RecordSet>();
        let (mut union, mut difference, mut intersection) = (set(&one), set(&one), set(&one));
        union.insert_all(&set(&other));
        difference.remove_all(&set(&other));
        intersection.intersect(&set(&other));
        prop_assert_eq!(union, set(&(&one | &other)));
        prop_assert_eq!(&difference, &set(&(&one - &other)));
        prop_assert_eq!(intersection, set(&(&one & &other)));
        prop_assert_eq!(difference.iter().map(|it| it.0).collect::<Vec<_>>(),
            (&one - &other).into_iter().collect::<Vec<_>>());
        prop_assert_eq!(difference.len(), (&one - &other).len());
    }
}

#[test]
fn hundred_thousand_marks_are_found_in_a_large_store() {
    let titles: Vec<String> = (0..200_000).map(|at| format!("#title {at}")).collect();
    let store = large_store(&titles);
    let numbers: RecordSet = (0..100_000).map(|at| RecordHandle(at * 2)).collect();
    let mut marked = UserMarks::default();
    marked.apply(&MarksChange::mark(&numbers));
    let request = SearchRequest {
        user_marks: Arc::new(marked),
        requested_rows: Some(0..usize::MAX),
        selection: numbers.clone(),
        ..SearchRequest::new(parse("is:marked", &[]), Target::Row(0), 10)
    };
    let response =
        Searcher::default().search(&store, &request, &|| false).expect("it is never cancelled");
    assert_eq!(
        (response.match_count.count(), response.requested_records),
        (100_000, numbers.clone())
    );
    assert_eq!(response.selection_matches, numbers);
    let ids = store.ids_of(&numbers.iter().collect::<Vec<_>>());
    let ids: Vec<RecordId> = ids.into_iter().flatten().collect();
    assert_eq!(store.find_by_ids(&ids).into_iter().flatten().collect::<RecordSet>(), numbers);
}

/// Like [`store`], but every title is also the id, and segments have an ordinary size.
fn large_store(titles: &[String]) -> Store {
    let mut store = Store::default();
    for batch in titles.chunks(1 << 15) {
        let record = |title: &String| {
            let mut record = Record::default();
            record.push(Field::Title, title);
            record.push(Field::Id, title);
            SourcedRecord { archive: ArchiveId::default(), record }
        };
        store.append(Arc::new(Segment::build(&batch.iter().map(record).collect::<Vec<_>>())));
    }
    store
}

#[test]
fn view_changes_are_undone_and_redone() {
    let harness = Harness::with_ten_records(80, 24);
    for (script, selected, text) in [
        ("jj/soong<enter>ju", 203, ""),
        ("jj/soong<enter>ju<ctrl-r>", 208, "soong"),
        ("jj/soong<enter>jsu", 208, "soong"),
        ("jj/soong<enter>jsuu", 203, ""),
        ("jj/soong<enter>jsuuu", 203, ""),
        ("jj/soong<enter>jsuu<ctrl-r><ctrl-r>", 208, "soong"),
        ("jj/soong<enter>j<esc>u", 208, "soong"),
        ("jjGu", 203, ""),
        ("jj:208<enter>u", 203, ""),
        ("jjGu<ctrl-r>", 210, ""),
        ("jjsuj", 204, ""),
    ] {
        for outcome in [harness.press(script), harness.press_before_responses(script)] {
            let seen = (outcome.selected(), outcome.app.workspace.panes.filter_bar.text());
            assert_eq!(seen, (Some(selected), text), "{script:?}");
        }
    }
    assert_eq!(harness.press("u").message().as_deref(), Some("there is no view before this one"));
    assert_eq!(
        harness.press("sGu<ctrl-r>").app.workspace.panes.list.sort_override,
        harness.press("s").app.workspace.panes.list.sort_override
    );
}

#[test]
fn start_option_selects_a_record_by_its_key() {
    let mut harness = Harness::with_ten_records(80, 24);
    let key = harness.press("jjjj").app.workspace.panes.list.selected_key();
    harness.options.select.clone_from(&key);
    assert_eq!(harness.press("").selected(), Some(205));
    assert_eq!(harness.press("").app.workspace.panes.list.selected_key(), key);
    harness.options.select = Some("nobody".to_owned());
    assert_eq!(harness.press("").message().as_deref(), Some("there is no record “nobody” here"));
}
