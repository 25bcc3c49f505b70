//! Marks and notes: what keys do to them, what the filter finds of them, and how they are kept.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use fonds::query::{Place, Question};
use fonds::record::{Archive, Field, Placed, Record};
use fonds::record::{RecordId, RecordKey};
use fonds::store::Searcher;
use fonds::store::{Change, Marked, RecordNumber, RecordSet, Segment, Store};
use fonds::userdata::marks_file::{Ledger, Shelf};
use proptest::prelude::*;

use crate::stage::Stage;

/// Scripts, and the numbers of the records that are marked after them.
const MARKED: &[(&str, &[u32])] = &[
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
fn keys_mark_and_the_same_keys_mark_the_same_however_slow_the_search_is() {
    for (width, height) in [(80, 24), (40, 8)] {
        let stage = Stage::of_ten(width, height);
        for (script, numbers) in MARKED {
            for played in [stage.play(script), stage.play_before_answers(script)] {
                let marked: Vec<u32> =
                    played.app.marks.marked.records.iter().map(|number| number.0).collect();
                assert_eq!(marked, *numbers, "{script:?} at {width}x{height}");
            }
        }
    }
}

#[test]
fn marks_are_seen_counted_and_found() {
    let stage = Stage::of_ten(80, 24);
    let text = stage.play(" j ").text();
    assert!(text.contains(" ●201") || text.contains(" ● 201"), "{text}");
    assert!(text.contains("2 marked"), "{text}");
    let found = |script: &str| stage.play(script).positions();
    assert_eq!(found(" j /is:marked"), [201, 203]);
    assert_eq!(found(" j /is:m soong"), [201]);
    assert_eq!(found(" j /-is:marked soong"), [208, 209, 210]);
    assert_eq!(found(" j /is:noted"), [0; 0]);
    assert_eq!(found(" j /is:marked | 1950"), [201, 202, 203]);
    assert_eq!(found(" j /is:marked<enter> "), [203], "what loses its mark is not shown");
    assert!(stage.play("/is:marked").text().contains("no record is marked: Space marks one"));
    assert!(stage.play("/is:read").text().contains("is:marked and is:noted can be asked"));
}

#[test]
fn a_range_is_shown_while_it_grows() {
    let text = Stage::of_ten(80, 24).play("jVj").text();
    assert_eq!(text.matches('○').count(), 2, "{text}");
    assert!(text.contains("Space mark the range"), "{text}");
}

#[test]
fn notes_are_written_shown_and_found() {
    let stage = Stage::of_ten(80, 24);
    let noted = stage.play("jNSee the Soong diary<enter>");
    assert!(noted.text().contains("my note     See the Soong diary"), "{}", noted.text());
    assert!(noted.text().contains("✎"), "{}", noted.text());
    let found = |script: &str| stage.play(&format!("jNDiárium of T.V.<enter>{script}")).positions();
    assert_eq!(found("/note:diarium"), [202]);
    assert_eq!(found("/note:diar"), [202]);
    assert_eq!(found("/note:\"of t v\""), [202]);
    assert_eq!(found("/note:soong"), [0; 0]);
    assert_eq!(found("/is:noted"), [202]);
    assert_eq!(found("N<ctrl-u><enter>/is:noted"), [0; 0], "an empty note is none");
    assert_eq!(found("N more<esc>/note:more"), [0; 0], "Esc leaves it as it was");
}

#[test]
fn keys_copy_the_selected_or_the_marked() {
    let stage = Stage::of_ten(80, 24);
    let said = |script: &str| stage.play(script).app.message.unwrap_or_default();
    assert_eq!(said("yc"), "copy Citation of 1");
    assert_eq!(said("  yu"), "copy Address of 2");
    assert_eq!(said("<tab>yy"), "copy Title of 1");
    assert_eq!(said("o"), "this record has no address");
    assert_eq!(said("/xyzzy<enter>yc"), "no record is selected, nothing is copied");
    assert!(stage.play("y").text().contains("c citation"), "what may follow is said");
    assert_eq!(said("/it's 1945<enter>sY"), r#"copy fonds --filter "it's 1945" --order date"#);
    assert_eq!(stage.play("y<esc>jj").selected(), Some(203));
}

/// A store of records with these titles, in one listing; a title that begins with # is an id too.
fn store(titles: &[String]) -> Store {
    let record = |title: &String| {
        let mut record = Record::default();
        record.push(Field::Title, title);
        if title.starts_with('#') {
            record.push(Field::Id, title);
        }
        Placed { source: 0, record }
    };
    let mut store = Store::default();
    let title = Some("an archive".to_owned());
    store.set_sources(vec![Archive { title, ..Archive::default() }]);
    for batch in titles.chunks(3) {
        store.append(Arc::new(Segment::build(&batch.iter().map(record).collect::<Vec<_>>())));
    }
    store
}

proptest! {
    #[test]
    fn identities_count_what_is_known_by_the_same_before(
        titles in prop::collection::vec("#?[abc]", 0..20),
    ) {
        let store = store(&titles);
        let numbers: Vec<_> = (0_u32..).take(titles.len() + 1).map(RecordNumber).collect();
        let ids = store.ids_of(&numbers);
        prop_assert_eq!(&ids[titles.len()], &None);
        for ((number, id), title) in numbers.iter().zip(&ids).zip(&titles) {
            let before = titles.iter().take(number.0 as usize).filter(|it| *it == title).count();
            let expected = RecordId {
                archive: "an archive".to_owned(),
                key: RecordKey::of(&store.record(*number).unwrap()),
                repeat: u32::try_from(before).unwrap(),
            };
            prop_assert_eq!(id.as_ref(), Some(&expected));
        }
        let known: Vec<RecordId> = ids.into_iter().flatten().collect();
        let expected: Vec<_> = numbers.into_iter().take(titles.len()).map(Some).collect();
        prop_assert_eq!(store.numbers_of(&known), expected);
    }

    #[test]
    fn a_set_of_numbers_is_a_set(
        one in prop::collection::btree_set(0_u32..300, 0..40),
        other in prop::collection::btree_set(0_u32..300, 0..40),
    ) {
        let set = |of: &BTreeSet<u32>| of.iter().copied().map(RecordNumber).collect::<RecordSet>();
        let (mut added, mut taken, mut kept) = (set(&one), set(&one), set(&one));
        added.add(&set(&other));
        taken.take_out(&set(&other));
        kept.keep(&set(&other));
        prop_assert_eq!(added, set(&(&one | &other)));
        prop_assert_eq!(&taken, &set(&(&one - &other)));
        prop_assert_eq!(kept, set(&(&one & &other)));
        prop_assert_eq!(taken.iter().map(|it| it.0).collect::<Vec<_>>(),
            (&one - &other).into_iter().collect::<Vec<_>>());
        prop_assert_eq!(taken.len(), (&one - &other).len());
    }
}

#[test]
fn a_hundred_thousand_marks_are_found_among_as_many_again() {
    let titles: Vec<String> = (0..200_000).map(|at| format!("#title {at}")).collect();
    let store = store_in_one(&titles);
    let numbers: RecordSet = (0..100_000).map(|at| RecordNumber(at * 2)).collect();
    let mut marked = Marked::default();
    marked.apply(&Change::marking(&numbers));
    let question = Question {
        text: "is:marked".to_owned(),
        order: None,
        apart: false,
        place: Place::Row(0),
        rows: 10,
        marked: Arc::new(marked),
        choose: Some(0..usize::MAX),
    };
    let answer = Searcher::default().answer(&store, &question, &|| false).expect("nobody stops it");
    assert_eq!((answer.shown, answer.chosen), (100_000, numbers.clone()));
    let ids = store.ids_of(&numbers.iter().collect::<Vec<_>>());
    let ids: Vec<RecordId> = ids.into_iter().flatten().collect();
    assert_eq!(store.numbers_of(&ids).into_iter().flatten().collect::<RecordSet>(), numbers);
}

/// Like [`store`], in segments of ordinary size.
fn store_in_one(titles: &[String]) -> Store {
    let mut store = Store::default();
    for batch in titles.chunks(1 << 15) {
        let record = |title: &String| {
            let mut record = Record::default();
            record.push(Field::Title, title);
            record.push(Field::Id, title);
            Placed { source: 0, record }
        };
        store.append(Arc::new(Segment::build(&batch.iter().map(record).collect::<Vec<_>>())));
    }
    store
}

/// The identity of a record that exists nowhere.
fn id(number: usize) -> RecordId {
    let key = RecordKey::Id(number.to_string());
    RecordId { archive: "https://example.org/".to_owned(), key, repeat: 0 }
}

/// Marks a record in a file.
fn mark(file: &Path, number: usize) {
    Ledger::change(file, |ledger| ledger.set(&id(number), |mark| mark.marked = true))
        .expect("kept");
}

#[test]
fn what_two_programs_write_at_once_is_all_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("new/folder/marks.toml");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let file = &file;
            scope.spawn(move || (0..25).for_each(|at| mark(file, writer * 100 + at)));
        }
    });
    assert_eq!(Ledger::read(&file).expect("a ledger").marks.len(), 100);
}

#[test]
fn what_a_file_says_besides_stays_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("marks.toml");
    let text = "mine = 1\n[[record]]\narchive = \"a\"\nid = \"1\"\nmarked = true\ncolour = \"red\"\n\
                [[record]]\nnote = \"of nothing\"\n[[record]]\ncontent = \"00ff\"\nrepeat = 2\nmarked = true\n";
    std::fs::write(&file, text).expect("written");
    mark(&file, 7);
    let written = std::fs::read_to_string(&file).expect("read");
    for kept in ["mine = 1", "colour = \"red\"", "note = \"of nothing\"", "repeat = 2"] {
        assert!(written.contains(kept), "{kept}\n{written}");
    }
    assert_eq!(Ledger::read(&file).expect("a ledger").marks.len(), 3);
    Ledger::change(&file, |ledger| ledger.set(&id(7), |mark| mark.marked = false)).expect("kept");
    assert_eq!(Ledger::read(&file).expect("a ledger").marks.len(), 2);
}

#[test]
fn a_file_that_is_no_ledger_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("marks.toml");
    std::fs::write(&file, "[[record]\nhalf").expect("written");
    let error = Ledger::change(&file, |_| {}).expect_err("no ledger").to_string();
    assert!(error.contains("marks.toml is left as it is") && error.lines().count() == 1, "{error}");
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "[[record]\nhalf");
}

#[test]
fn each_archive_has_a_file_of_its_own() {
    let shelf = Shelf::Folder("marks".into());
    let name = |archive: &str| {
        let file = shelf.file(archive).expect("a file");
        file.file_name().expect("a name").to_string_lossy().into_owned()
    };
    assert!(name("https://Example.org/a?b").starts_with("https-example-org-a-b-"));
    assert_ne!(name("a/b"), name("a?b"));
    assert!(name(&"é/..".repeat(99)).len() < 80);
}

/// Where a process that writes without end writes, if this is one.
const WRITES: &str = "FONDS_TEST_WRITES_TO";

#[test]
fn writes_without_end_where_it_is_told_to() {
    let Some(folder) = std::env::var_os(WRITES) else { return };
    let folder = Path::new(&folder);
    let mut log = std::fs::File::options();
    let mut log = log.create(true).append(true).open(folder.join("log")).expect("a log");
    let start = Ledger::read(&folder.join("marks.toml")).expect("a ledger").marks.len();
    for number in start.. {
        mark(&folder.join("marks.toml"), number);
        // At once: a number that is cut off from its line end would join the next one.
        log.write_all(format!("{number}\n").as_bytes()).expect("logged");
    }
}

#[test]
fn a_writer_that_is_killed_a_hundred_times_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let this = std::env::current_exe().expect("this program");
    let mut kept = 0;
    for time in 0..100 {
        let mut child = Command::new(&this)
            .args(["marks::writes_without_end_where_it_is_told_to", "--exact"])
            .env(WRITES, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a writer");
        std::thread::sleep(Duration::from_millis(15 + time * 7 % 40));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let ledger = Ledger::read(&folder.path().join("marks.toml")).expect("a whole ledger");
        let log = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        for number in log.lines().filter_map(|line| line.parse().ok()) {
            assert!(ledger.marks.contains_key(&id(number)), "{number} is lost at kill {time}");
        }
        assert!(ledger.marks.len() >= kept, "fewer than before at kill {time}");
        kept = ledger.marks.len();
    }
    assert!(kept > 20, "only {kept} were ever written");
}

#[test]
fn the_view_is_undone_and_done_again() {
    let stage = Stage::of_ten(80, 24);
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
        for played in [stage.play(script), stage.play_before_answers(script)] {
            let seen = (played.selected(), played.app.bar.text());
            assert_eq!(seen, (Some(selected), text), "{script:?}");
        }
    }
    assert_eq!(stage.play("u").app.message.as_deref(), Some("no view before this one"));
    assert_eq!(stage.play("sGu<ctrl-r>").app.list.chosen, stage.play("s").app.list.chosen);
}

#[test]
fn a_record_is_selected_by_what_it_is_known_by() {
    let mut stage = Stage::of_ten(80, 24);
    let key = stage.play("jjjj").app.selected_key();
    stage.opening.select.clone_from(&key);
    assert_eq!(stage.play("").selected(), Some(205));
    assert_eq!(stage.play("").app.selected_key(), key);
    stage.opening.select = Some("nobody".to_owned());
    assert_eq!(stage.play("").app.message.as_deref(), Some("there is no record “nobody” here"));
}
