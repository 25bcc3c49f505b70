//! The screen on two backends: the in-memory store, and a list that answers in part, late, without a count, or not at
//! all. The same keys give the same rows on both.

use std::sync::Arc;

use fonds::cli::export::{ExportJob, resolve_format};
use fonds::cli::requested_rows::{RequestedRows, RowsRequest};
use fonds::files::cancel::CancelToken;
use fonds::query::{
    Abilities, Ability, AggregateRequest, Backend, FacetField, FacetRequest, MarksChange, Order,
    OrderBy, Query, RecordHandle, RecordSet, RemappedRecords, RowStream, SearchRequest, Selection,
    SharedBackend, Target, UserMarks, parse,
};
use fonds::record::{ArchiveId, Date, Field, Record, SourcedRecord};
use fonds::store::{Segment, Store, StoreBackend};

use crate::harness::{Harness, Outcome};
use crate::list_backend::{Answer, ListBackend};

/// Records with positions from 1, whose titles and dates are in other orders than their positions.
fn records(count: u64) -> Vec<Record> {
    let record = |at: u64| {
        let title = format!(
            "Mill {:03} {}",
            at * 7 % count,
            if at.is_multiple_of(2) { "harbour" } else { "letter" }
        );
        let day = Date::parse(&format!("{}-03-01", 1800 + at * 11 % count));
        let mut record = Record { position: Some(at + 1), date: day, ..Record::default() };
        record.push(Field::Title, &title);
        record
    };
    (0..count).map(record).collect()
}

/// The screen at 80 columns and 24 rows on a backend.
fn harness(backend: impl Into<SharedBackend>) -> Harness {
    let mut harness = Harness::with_ten_records(80, 24);
    harness.loaded = (backend.into(), Vec::new());
    harness
}

fn on_list(backend: &Arc<ListBackend>, keys: &str) -> Outcome {
    harness(Arc::clone(backend) as SharedBackend).press(keys)
}

fn store_of(records: Vec<Record>) -> Arc<StoreBackend> {
    let sourced =
        records.into_iter().map(|record| SourcedRecord { record, archive: ArchiveId::default() });
    let mut store = Store::default();
    store.append(Arc::new(Segment::build(&sourced.collect::<Vec<_>>())));
    Arc::new(StoreBackend::new(store))
}

/// Scripts that do the same on every backend: moving, turning pages, filters of whole words, orders, marks, history.
const JOURNEYS: &[&str] = &[
    "jjjk",
    "<right><right>j<left>",
    "G",
    "Gkg<home>",
    "40Gjj",
    ":23<enter>j",
    "/harbour<enter>jj",
    "/harbour<enter>Gk<esc>",
    "/letter<enter>jjss",
    "ssS<right>",
    "jj  j /is:marked<enter>j",
    "v<down><down><down> /is:marked<enter>",
    "*/is:marked harbour<enter>G",
    "/harbour<enter>jj<esc>uu",
    "<120x36><right><80x24>jj",
    "/zebra<enter><esc>j",
    "/harbour OR letter<enter>jG",
    "/mill -harbour<enter>jj",
    "/(harbour OR zebra) mill<enter>G",
    "/1810..1830<enter>jj",
    "/before 1820 letter<enter>jj<esc>",
    "jj v<down> /NOT is:marked<enter>jj",
    "/harbour<enter>jj<esc>/letter<enter>uuU",
];

#[test]
fn same_keys_give_the_same_rows_on_every_backend() {
    for keys in JOURNEYS {
        let by_store = harness(store_of(records(60)) as SharedBackend).press(keys);
        let list = Arc::new(ListBackend::new(records(60)));
        let by_list = on_list(&list, keys);
        assert_eq!(by_store.positions(), by_list.positions(), "{keys}");
        assert_eq!(by_store.selected(), by_list.selected(), "{keys}");
        // A new size does not wait for answers, as keys do.
        if !keys.contains("80x24") {
            let late = harness(list as SharedBackend).press_before_responses(keys);
            assert_eq!(by_list.text(), late.text(), "{keys}: late answers");
        }
    }
}

#[test]
fn words_are_highlighted_whoever_answered() {
    for keys in ["/harbour<enter>", "/mill har<enter>", "/let OR 1810..1830<enter>"] {
        let by_store = harness(store_of(records(60)) as SharedBackend).press(keys);
        let by_list = on_list(&Arc::new(ListBackend::new(records(60))), keys);
        let found = by_store
            .app
            .workspace
            .panes
            .highlighter
            .field_ranges(Field::Title, "Mill 1 harbour letter");
        assert!(!found.is_empty(), "{keys}");
        let by_list = by_list
            .app
            .workspace
            .panes
            .highlighter
            .field_ranges(Field::Title, "Mill 1 harbour letter");
        assert_eq!(by_list, found, "{keys}");
    }
}

#[test]
fn counts_are_the_same_whoever_counts() {
    let field = FacetField::from_name("title", &[]).unwrap();
    let facet = FacetRequest { wants_years: false, ..FacetRequest::new(field, 9) };
    for (filter, like) in [("", ""), ("harbour", ""), ("NOT harbour", "mill 01")] {
        let facets = vec![facet.clone().with_values_like(like)];
        let wanted = AggregateRequest { facets, histogram: None };
        let request = SearchRequest::new(parse(filter, &[]), Target::Row(0), 1);
        let backends: [SharedBackend; 2] =
            [store_of(records(60)), Arc::new(ListBackend::new(records(60)))];
        let [by_store, by_list] =
            backends.map(|it| it.aggregate(&request, &wanted, &|| false).unwrap());
        assert_eq!(by_store.match_count, by_list.match_count, "{filter}");
        let (by_store, by_list) = (&by_store.facets[0], &by_list.facets[0]);
        assert!(!by_store.values.is_empty(), "{filter}");
        assert_eq!(by_store.values, by_list.values, "{filter}");
        assert_eq!(by_store.other_values, by_list.other_values, "{filter}");
        assert!(by_list.is_approximate && !by_store.is_approximate);
    }
}

#[test]
fn marks_and_selection_follow_their_records_into_another_backend() {
    let all = records(60);
    let later: Vec<Record> = all.iter().skip(10).rev().cloned().collect();
    let handles =
        |numbers: &[u32]| numbers.iter().copied().map(RecordHandle).collect::<RecordSet>();
    let mut marks = UserMarks::default();
    marks.apply(&MarksChange::mark(&handles(&[3, 12, 59])));
    marks.apply(&MarksChange::set_note(RecordHandle(20), "see this"));
    let backends = |records: Vec<Record>| -> [SharedBackend; 2] {
        [store_of(records.clone()), Arc::new(ListBackend::new(records))]
    };
    for (before, after) in backends(all.clone()).into_iter().zip(backends(later.clone())) {
        let selected = Some(RecordHandle(15));
        let found = RemappedRecords::find(&*after, &*before, selected, &marks);
        assert_eq!(found.selected, Some(RecordHandle(44)));
        assert_eq!(found.marks.marked, handles(&[0, 47]));
        assert_eq!(found.marks.note(RecordHandle(39)), Some("see this"));
        let key = before.identities_of(&[RecordHandle(15)]).remove(0).unwrap().key.to_string();
        assert_eq!(after.find_by_key(&key), Some(RecordHandle(44)));
        assert_eq!(after.find_by_key("another"), None);
    }
}

#[test]
fn incomplete_answer_is_said_and_shown() {
    let list = Arc::new(ListBackend::new(records(60)));
    list.answer_next([Answer::InPart]);
    let outcome = on_list(&list, "jj");
    let text = outcome.text();
    let message = "answer incomplete: 1 of 2 parts: the second one does not answer";
    assert!(text.contains(message), "{text}");
    assert_eq!(outcome.selected(), Some(5), "the rows that did come are shown: {text}");
    assert!(text.contains("at least 30 of 60"), "{text}");
    // The next search is answered as a whole.
    let text = on_list(&list, "/mill<enter>").text();
    assert!(!text.contains("incomplete"), "{text}");
}

#[test]
fn search_without_an_answer_keeps_the_rows_and_every_key() {
    let list = Arc::new(ListBackend::new(records(60)));
    let harness = harness(Arc::clone(&list) as SharedBackend);
    let whole = harness.press("").positions();
    let missing = || list.answer_next([Answer::Missing("the host is down")]);
    missing();
    let outcome = harness.press("");
    let message = "no answer: the host is down (r tries again)";
    assert!(outcome.text().contains(message), "{}", outcome.text());
    missing();
    let outcome = harness.press("r");
    assert_eq!(outcome.positions(), whole, "{}", outcome.text());
    assert!(!outcome.text().contains("no answer"), "{}", outcome.text());
    missing();
    assert_eq!(harness.press("?<esc>:12<enter>").selected(), Some(12));
    // While a filter has no answer, the rows before it stay.
    list.miss_filters("z", "the host is down");
    let outcome = harness.press("jj/zebra");
    assert_eq!(outcome.positions(), whole, "{}", outcome.text());
    assert!(outcome.text().contains(message), "{}", outcome.text());
    let text = harness.press("jj/zebra<esc><esc>").text();
    assert!(!text.contains("no answer"), "{text}");
}

#[test]
fn page_without_an_answer_leaves_the_cursor_on_the_page_that_is_shown() {
    let list = Arc::new(ListBackend::new(records(60)));
    let harness = harness(Arc::clone(&list) as SharedBackend);
    let first_page = harness.press("").positions();
    list.miss_targets(|target| matches!(target, Target::Row(row) if *row > 0), "it is slow");
    let outcome = harness.press("jj<right>");
    assert_eq!(outcome.positions(), first_page, "{}", outcome.text());
    assert_eq!(outcome.selected(), first_page.last().copied(), "{}", outcome.text());
    assert!(outcome.text().contains("no answer: it is slow (r tries again)"), "{}", outcome.text());
    assert_eq!(harness.press("jj<right>k").selected(), Some(9), "no key waits");
}

#[test]
fn pages_without_a_count_are_reached_by_tokens() {
    let list = Arc::new(ListBackend::new(records(60)).counting(25));
    let page = on_list(&list, "").positions();
    assert!(on_list(&list, "").text().contains("at least 25 of 60"));
    let rows = page.len() as u64;
    // Turning pages passes the number of matches that is known.
    for (keys, expected) in [
        ("<right>".to_owned(), rows + 1),
        ("<right><right>".to_owned(), 2 * rows + 1),
        ("<right>".repeat(9), (60 - 1) / rows * rows + 1),
        ("<right><right><left>".to_owned(), rows + 1),
        ("j<right>j<right>".to_owned(), 2 * rows + 3),
        ("G".to_owned(), 60),
        ("Gk".to_owned(), 59),
        ("j".repeat(45), 46),
    ] {
        let outcome = on_list(&list, &keys);
        assert_eq!(outcome.selected(), Some(expected), "{keys}\n{}", outcome.text());
    }
}

#[test]
fn expired_page_begins_again_at_the_same_record() {
    let list = Arc::new(ListBackend::new(records(60)).counting(25));
    let harness = harness(Arc::clone(&list) as SharedBackend);
    let page = harness.press("<right>").positions();
    list.expire_tokens();
    // The first page is asked for by its row, the second one by a token that is no longer known.
    let outcome = harness.press("jj<right>");
    assert_eq!(outcome.selected(), Some(page[0] - 1), "{}", outcome.text());
    assert!(!outcome.text().contains("no answer"), "{}", outcome.text());
    assert!(outcome.text().contains("at least 25 of 60"), "{}", outcome.text());
}

#[test]
fn the_screen_asks_no_more_than_a_backend_can_do() {
    let abilities = Abilities {
        orders: vec![OrderBy::Archive, OrderBy::Date],
        ..Abilities::without([Ability::GoToRow, Ability::Duplicates, Ability::MoreLikeThis])
    };
    let backend = ListBackend::new(records(60)).counting(25).able(abilities);
    let harness = harness(Arc::new(backend) as SharedBackend);
    // Keys, the position that is selected then, and a text on the screen.
    for (keys, selected, text) in [
        ("=", 1, "duplicates are not looked for"),
        (":p3<enter>", 1, "only the next, the previous, the first and the last page"),
        ("j40G", 2, "only the next, the previous, the first and the last page"),
        ("j3<page-down>", 2, "only the next, the previous, the first and the last page"),
        ("40Gj", 2, "filter"),
        ("G", 60, "60"),
        ("Ggg", 1, "page 1 of"),
        ("s", 1, "by date"),
        ("ss", 1, "archive order"),
    ] {
        let outcome = harness.press(keys);
        assert_eq!(outcome.selected(), Some(selected), "{keys}\n{}", outcome.text());
        assert!(outcome.text().contains(text), "{keys}\n{}", outcome.text());
        assert!(!outcome.text().contains("no answer"), "{keys}\n{}", outcome.text());
    }
    let help = harness.press("?looked for").text();
    assert!(help.contains("not with these records"), "{help}");
    assert!(help.contains("records like another one are not looked for"), "{help}");
    let help = self::harness(store_of(records(60)) as SharedBackend).press("?looked for").text();
    assert!(!help.contains("not with these records"), "{help}");
}

#[test]
fn a_date_without_records_is_answered_with_the_years_that_there_are() {
    let mut open = records(60);
    // These say nothing certain of the first and the last year.
    for date in ["before 1500", "after 1990", "1650 zzyzx", ""] {
        open.push(Record { date: Date::parse(date), ..Record::default() });
    }
    let outcome = harness(store_of(open) as SharedBackend).press("/1700");
    let text = outcome.text();
    assert!(text.contains("no record is dated “1700”: the records are from 1800–1859"), "{text}");
    let undated = harness(store_of(vec![Record::default()]) as SharedBackend).press("/1700");
    assert!(!undated.text().contains("the records are from"), "{}", undated.text());
}

#[test]
fn a_selection_is_records_or_rows() {
    let list = ListBackend::new(records(60));
    let marked: RecordSet = [7, 3, 50].map(RecordHandle).into_iter().collect();
    let by_date = Some(Order { by: OrderBy::Date, reversed: false });
    let harbour = SearchRequest::for_rows(parse("harbour", &[]));
    let from_tenth = SearchRequest { target: Target::Position(10), ..harbour.clone() };
    let backends: [&dyn Backend; 2] = [&list, &*store_of(records(60))];
    for (selection, expected) in [
        (Selection::Records { records: marked.clone(), order: None }, vec![4, 8, 51]),
        (Selection::Records { records: marked, order: by_date }, vec![51, 8, 4]),
        (Selection::Records { records: RecordSet::default(), order: None }, vec![]),
        (Selection::Rows { request: harbour, limit: Some(2) }, vec![1, 3]),
        (Selection::Rows { request: from_tenth, limit: Some(0) }, vec![]),
        (Selection::default(), (1..=60).collect()),
    ] {
        for backend in backends {
            let stream = RowStream::new(backend, selection.clone()).unwrap();
            assert_eq!(stream.remaining(), expected.len(), "{selection:?}");
            let positions: Vec<u64> = stream.filter_map(|row| row.record.position).collect();
            assert_eq!(positions, expected, "{selection:?}");
        }
    }
}

#[test]
fn stream_gives_every_row_once_however_pages_are_reached() {
    for backend in [ListBackend::new(records(60)), ListBackend::new(records(60)).counting(25)] {
        let mut stream =
            RowStream::new(&backend, SearchRequest::new(Query::default(), Target::Row(0), 7))
                .unwrap();
        let positions: Vec<u64> = (&mut stream).filter_map(|row| row.record.position).collect();
        assert_eq!(positions, (1..=60).collect::<Vec<_>>());
        assert!(stream.coverage().is_complete() && stream.error().is_none());
    }
    let backend = ListBackend::new(records(60));
    let mut stream =
        RowStream::new(&backend, SearchRequest::new(Query::default(), Target::Row(0), 7)).unwrap();
    backend.answer_next([Answer::InPart, Answer::Missing("it is gone")]);
    assert!((&mut stream).count() < 60);
    assert_eq!(stream.error().unwrap().to_string(), "no answer: it is gone");
    assert_eq!(
        stream.coverage().message().unwrap().split(": t").next(),
        Some("answer incomplete: 1 of 2 parts")
    );
}

#[test]
fn export_writes_every_row_or_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    let format = resolve_format(Some("jsonl"), None).unwrap();
    let job = ExportJob { format, output: Some(path.clone()), force: true };
    let export = |backend: &ListBackend, answers: Vec<Answer>| {
        let mut rows = RequestedRows::new(backend, &RowsRequest::default())?;
        backend.answer_next(answers);
        job.run(&mut rows, &CancelToken::default(), &mut |_| ())
    };
    // A page has 4096 rows, so that there are three.
    let many = || records(9000);
    for backend in [ListBackend::new(many()), ListBackend::new(many()).counting(100)] {
        export(&backend, Vec::new()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 9000);
        std::fs::remove_file(&path).unwrap();
        for (answer, why) in [
            (Answer::Missing("it is gone"), "no answer: it is gone"),
            (Answer::InPart, "answer incomplete: 1 of 2 parts"),
        ] {
            let error = export(&backend, vec![answer]).unwrap_err();
            assert!(format!("{error:#}").contains(why), "{error:#}");
            assert!(!path.exists(), "a part of the records is not written as if it were all");
        }
    }
}
