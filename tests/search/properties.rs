//! Random stores and random filters: the index gives the results of a plain scan.

use std::sync::Arc;

use fonds::query::{Highlighter, Order, OrderBy, SearchRequest, Target, parse};
use fonds::query::{RecordHandle, RecordSet};
use fonds::record::{ArchiveId, Date, Field, Record, SourcedRecord};
use fonds::store::Searcher;
use fonds::store::{Segment, Store};
use fonds::text::fold::fold;
use fonds::text::words::words;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::plain_scan;
use super::vocabulary::{DATES, TYPED_WORDS, WORDS};

/// A value of some words.
fn value() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "))
}

/// A record of one of two archives.
fn sourced_record() -> impl Strategy<Value = SourcedRecord> {
    let values = prop::collection::vec((select(&Field::ALL[..]), value()), 0..5);
    let own = prop::collection::vec((select(&["box", "folder", "sender"][..]), value()), 0..2);
    let position = prop::option::of(1..9u64);
    (0..2_usize, select(&DATES[..]), values, own, position).prop_map(
        |(source, date, values, own, position)| {
            let own = own.into_iter().map(|(name, value)| (name.into(), value)).collect();
            SourcedRecord {
                archive: ArchiveId::from_index(source),
                record: Record {
                    position,
                    date: Date::parse(date),
                    values,
                    own,
                    ..Record::default()
                },
            }
        },
    )
}

/// Records in batches.
fn batches() -> impl Strategy<Value = Vec<Vec<SourcedRecord>>> {
    prop::collection::vec(prop::collection::vec(sourced_record(), 0..7), 0..5)
}

/// Field names before a term.
const FIELD_NAMES: [&str; 17] = [
    "",
    "",
    "",
    "",
    "",
    "title:",
    "t:",
    "people:",
    "s:",
    "box:",
    "fol:",
    "date:",
    "no:",
    "creator:",
    "mentioned:",
    "series:",
    "role:",
];

/// One term with its operators.
fn term() -> impl Strategy<Value = String> {
    let sign = select(&["", "", "", "", "", "!", "-", "'", "^", "~", "!'", "^'", "="][..]);
    let quote = select(&["", "", "", "", "\""][..]);
    let end = select(&["", "", "", "", "", "$", "~1", "~3", "~3$"][..]);
    let typed = select(&TYPED_WORDS[..]);
    (sign, select(&FIELD_NAMES[..]), quote, typed, end).prop_map(
        |(sign, name, quote, typed, end)| format!("{sign}{name}{quote}{typed}{quote}{end}"),
    )
}

/// A filter.
fn filter() -> impl Strategy<Value = String> {
    let between = select(
        &[" ", " ", "  ", " | ", "|", " OR ", " AND ", " NOT ", " (", ") ", " -(", " title:("][..],
    );
    prop::collection::vec((term(), between), 0..5)
        .prop_map(|terms| terms.into_iter().map(|(term, between)| term + between).collect())
}

/// A store that holds the batches as segments.
pub(super) fn store(batches: &[Vec<SourcedRecord>]) -> Store {
    let mut store = Store::default();
    for batch in batches {
        store.append(Arc::new(Segment::build(batch)));
    }
    store
}

/// A request for all matches on one page.
pub(super) fn request_for_all(store: &Store, text: &str, order: Option<Order>) -> SearchRequest {
    let query = parse(text, store.own_field_names());
    SearchRequest { order, ..SearchRequest::new(query, Target::Row(0), 1000) }
}

/// The numbers of the records that a searcher finds.
pub(super) fn found_numbers(
    searcher: &mut Searcher,
    store: &Store,
    request: &SearchRequest,
) -> Vec<usize> {
    let Ok(response) = searcher.search(store, request, &|| false) else { return Vec::new() };
    response.rows.iter().map(|row| row.handle.0 as usize).collect()
}

/// The numbers in an order, sorted plainly.
fn sorted(records: &[SourcedRecord], mut numbers: Vec<usize>, order: Order) -> Vec<usize> {
    numbers.sort_by_key(|number| plain_scan::archive_key(records, *number));
    match order.by {
        OrderBy::Archive if order.reversed => numbers.reverse(),
        OrderBy::Archive | OrderBy::Relevance => {}
        OrderBy::Date => sort(&mut numbers, order.reversed, |number| {
            let span = records[number].record.date.span()?;
            Some((span.earliest, span.latest))
        }),
        OrderBy::Title => sort(&mut numbers, order.reversed, |number| {
            let folded = fold(records[number].record.title()?);
            Some(words(&folded).map(|word| folded[word].to_owned()).collect::<Vec<_>>())
        }),
    }
    numbers
}

/// Sorts by a key; records without one are last.
fn sort<K: Ord>(numbers: &mut Vec<usize>, reversed: bool, key: impl Fn(usize) -> Option<K>) {
    let (mut with, without): (Vec<usize>, Vec<usize>) =
        numbers.iter().partition(|number| key(**number).is_some());
    with.sort_by(|a, b| if reversed { key(*b).cmp(&key(*a)) } else { key(*a).cmp(&key(*b)) });
    *numbers = [with, without].concat();
}

proptest! {
    // Long stores take time.
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn own_fields_are_found_behind_long_runs_of_other_ones(
        runs in vec((select(&["box", "level", "sender"][..]), value(), 1..90_usize), 1..6),
        name in select(&["box:", "level:", "sender:", ""][..]),
        typed in select(&TYPED_WORDS[..]),
    ) {
        let record = |(own, value, count): &(&str, String, usize)| {
            let own = vec![((*own).into(), value.clone())];
            let record = Record { own, ..Record::default() };
            vec![SourcedRecord { archive: ArchiveId::from_index(0), record }; *count]
        };
        let records: Vec<SourcedRecord> = runs.iter().flat_map(record).collect();
        let store = store(std::slice::from_ref(&records));
        let text = format!("{name}{typed}");
        let found = found_numbers(&mut Searcher::default(), &store, &request_for_all(&store, &text, None));
        prop_assert_eq!(found, plain_scan::find(&records, &text).numbers);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn index_finds_what_a_plain_scan_finds(batches in batches(), text in filter()) {
        let records = batches.concat();
        let store = store(&batches);
        let expected = plain_scan::find(&records, &text);
        let response = Searcher::default().search(&store, &request_for_all(&store, &text, None), &|| false).unwrap();
        let numbers: Vec<usize> = response.rows.iter().map(|row| row.handle.0 as usize).collect();
        prop_assert_eq!(&numbers, &expected.numbers);
        prop_assert_eq!(response.match_count.count(), numbers.len());
        prop_assert_eq!(response.total.count(), records.len());
        prop_assert_eq!(response.excluded_undated, expected.undated);
        let terms: Vec<usize> = response.terms.iter().map(|term| term.count).collect();
        prop_assert_eq!(terms, expected.terms);
        for row in &response.rows {
            prop_assert_eq!(row.record.as_ref(), &records[row.handle.0 as usize].record);
        }
    }

    #[test]
    fn sort_orders_are_right_while_records_are_loaded(batches in batches(), text in filter()) {
        let mut searcher = Searcher::default();
        for count in 0..=batches.len() {
            let batches = &batches[..count];
            let (records, store) = (batches.concat(), store(batches));
            let found = plain_scan::find(&records, &text).numbers;
            for by in [OrderBy::Date, OrderBy::Title, OrderBy::Archive] {
                for reversed in [false, true] {
                    let order = Order { by, reversed };
                    let numbers = found_numbers(&mut searcher, &store, &request_for_all(&store, &text, Some(order)));
                    prop_assert_eq!(numbers, sorted(&records, found.clone(), order), "{:?}", order);
                }
            }
        }
    }

    #[test]
    fn pages_are_slices_of_the_whole_result(
        batches in batches(),
        text in filter(),
        row in 0..40usize,
        rows in 1..6usize,
        by in select(&[OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive][..]),
        reversed in any::<bool>(),
    ) {
        let store = store(&batches);
        let mut searcher = Searcher::default();
        let order = Some(Order { by, reversed });
        let all = found_numbers(&mut searcher, &store, &request_for_all(&store, &text, order));
        let mut search = |target| {
            let request = SearchRequest { target, page_size: rows, ..request_for_all(&store, &text, order) };
            searcher.search(&store, &request, &|| false).unwrap()
        };
        let page = search(Target::Row(row));
        prop_assert_eq!(page.placement.row(), all.len().checked_sub(1).map(|last| row.min(last)));
        prop_assert_eq!(page.first_row, page.placement.row().unwrap_or(0) / rows * rows);
        let numbers: Vec<usize> = page.rows.iter().map(|row| row.handle.0 as usize).collect();
        prop_assert_eq!(numbers, all.iter().copied().skip(page.first_row).take(rows).collect::<Vec<_>>());
        for number in 0..store.len() {
            let wanted = RecordHandle(u32::try_from(number).unwrap());
            let row = search(Target::Record(wanted)).placement.row();
            prop_assert_eq!(row, all.iter().position(|at| *at == number));
        }
        let position = store.record(RecordHandle(0)).and_then(|record| record.position);
        if let Some(position) = position {
            let row = search(Target::Position(position)).placement.row();
            let at = |number: &usize| store.record(RecordHandle(u32::try_from(*number).unwrap()));
            let has = |number: &usize| at(number).unwrap().position == Some(position);
            prop_assert_eq!(row.is_some(), all.iter().any(has));
            prop_assert!(row.is_none_or(|row| has(&all[row])));
        }
    }

    #[test]
    fn matches_of_a_selection_are_those_in_the_whole_result(
        batches in batches(),
        text in filter(),
        selection in prop::collection::btree_set(0..200_u32, 0..60),
    ) {
        let store = store(&batches);
        let all = found_numbers(&mut Searcher::default(), &store, &request_for_all(&store, &text, None));
        let numbers = selection.iter().copied().map(RecordHandle);
        let request = SearchRequest { selection: numbers.clone().collect(), ..request_for_all(&store, &text, None) };
        let response = Searcher::default().search(&store, &request, &|| false).unwrap();
        let expected = numbers.filter(|number| all.contains(&(number.0 as usize))).collect::<RecordSet>();
        prop_assert_eq!(response.selection_matches, expected);
    }

    #[test]
    fn matching_words_are_highlighted(batches in batches(), text in term()) {
        let store = store(&batches);
        let response = Searcher::default().search(&store, &request_for_all(&store, &text, None), &|| false).unwrap();
        let has_words = response.order.by == OrderBy::Relevance;
        let highlighter = Highlighter::new(&parse(&text, store.own_field_names()), &response.terms);
        for row in &response.rows {
            let known = row.record.values.iter().map(|(field, text)| {
                (text, highlighter.field_ranges(*field, text))
            });
            let own = row.record.own.iter().map(|(name, text)| {
                (text, highlighter.own_field_ranges(name, text))
            });
            let mut any = false;
            for (text, ranges) in known.chain(own) {
                any |= !ranges.is_empty();
                prop_assert!(ranges.iter().all(|it| text.get(it.clone()).is_some_and(|it| !it.is_empty())));
                prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
            }
            prop_assert_eq!(any, has_words);
        }
    }

    #[test]
    fn no_input_panics(batches in batches(), text in ".{0,40}", shown in ".{0,60}") {
        let store = store(&batches);
        let mut searcher = Searcher::default();
        for text in [text.as_str(), shown.as_str()] {
            let response = searcher.search(&store, &request_for_all(&store, text, None), &|| false).unwrap();
            let highlighter = Highlighter::new(&parse(text, store.own_field_names()), &response.terms);
            let ranges = highlighter.field_ranges(Field::Title, &shown);
            prop_assert!(ranges.iter().all(|range| shown.get(range.clone()).is_some()));
        }
    }

    #[test]
    fn cancelled_search_leaves_the_searcher_unchanged(
        batches in batches(), first in filter(), second in filter(), max_checks in 0..40usize,
    ) {
        let store = store(&batches);
        let mut searcher = Searcher::default();
        let before = found_numbers(&mut searcher, &store, &request_for_all(&store, &first, None));
        let checks = std::sync::atomic::AtomicUsize::new(0);
        let is_cancelled = || checks.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= max_checks;
        let _ = searcher.search(&store, &request_for_all(&store, &second, None), &is_cancelled);
        prop_assert_eq!(found_numbers(&mut searcher, &store, &request_for_all(&store, &first, None)), before);
        let fresh = found_numbers(&mut Searcher::default(), &store, &request_for_all(&store, &second, None));
        prop_assert_eq!(found_numbers(&mut searcher, &store, &request_for_all(&store, &second, None)), fresh);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Enough records that some pairs of words are indexed as bigrams.
    #[test]
    fn phrase_in_many_records_is_found_as_by_a_plain_scan(
        records in vec(small_vocabulary_record(), 300..420),
        field in select(&["", "title:", "summary:", "own:"][..]),
    ) {
        let store = store(std::slice::from_ref(&records));
        let index = store.segments()[0].dictionary();
        let [first, second] = ["foreign", "affairs"].map(|word| index.find(word).unwrap());
        prop_assert!(index.bigram_postings(first, second).is_some());
        for phrase in ["foreign affairs", "affairs foreign", "cold war", "war cold", "of the", "foreign foreign"] {
            for text in [format!("{field}\"{phrase}\""), format!("{field}\"{phrase}"), format!("^\"{phrase}\"")] {
                let expected = plain_scan::find(&records, &text);
                let mut searcher = Searcher::default();
                prop_assert_eq!(found_numbers(&mut searcher, &store, &request_for_all(&store, &text, None)), expected.numbers, "{}", text);
            }
        }
    }
}

/// Filters of words, some of them in most records and others in few.
fn common_words() -> impl Strategy<Value = String> {
    let field = select(&["", "", "title:", "summary:", "own:", "^", "!", "-title:"][..]);
    let word = select(&["foreign", "affairs", "cold", "war", "of", "the", "e", "f"][..]);
    let between = select(&[" ", " ", " ", " | "][..]);
    vec((field, word, between), 1..6).prop_map(|terms| {
        terms.into_iter().flat_map(|(field, word, between)| [field, word, between]).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Enough records that some blocks are ranked together and others record by record.
    #[test]
    fn common_words_are_ranked_as_by_a_plain_scan(
        records in vec(small_vocabulary_record(), 130..420),
        filters in vec(common_words(), 12),
    ) {
        let store = store(std::slice::from_ref(&records));
        for text in filters {
            let expected = plain_scan::find(&records, &text);
            let mut searcher = Searcher::default();
            let found = found_numbers(&mut searcher, &store, &request_for_all(&store, &text, None));
            prop_assert_eq!(&found, &expected.numbers, "{}", text);
            let request = SearchRequest { page_size: 7, ..request_for_all(&store, &text, None) };
            let page = found_numbers(&mut searcher, &store, &request);
            prop_assert_eq!(&page, &expected.numbers[..page.len()], "a page of {}", text);
        }
    }
}

/// A record whose words are drawn from a small vocabulary.
fn small_vocabulary_record() -> impl Strategy<Value = SourcedRecord> {
    let text = || {
        let word = select(
            &["Foreign", "foreign", "affairs", "Affairs", "cold", "war", "of", "the", "é"][..],
        );
        vec((word, select(&[" ", ", ", "-"][..])), 1..14).prop_map(|words| {
            words.into_iter().flat_map(|(word, gap)| [word, gap]).collect::<String>()
        })
    };
    (text(), text(), text()).prop_map(|(title, summary, own)| {
        let mut record = Record::default();
        record.push(Field::Title, &title);
        record.push(Field::Summary, &summary);
        record.own.push(("own".into(), own));
        SourcedRecord { archive: ArchiveId::default(), record }
    })
}
