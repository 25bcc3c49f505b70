//! Random stores and random filters: the index finds what a plain scan finds.

use std::sync::Arc;

use fonds::query::{Order, OrderBy, Place, Question};
use fonds::record::{Date, Field, Placed, Record};
use fonds::store::Searcher;
use fonds::store::{RecordNumber, Segment, Store};
use fonds::text::fold::fold;
use fonds::text::words::words;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::plain;

/// Words that are alike in many ways.
const WORDS: [&str; 34] = [
    "Stalin",
    "stalins",
    "Stlin",
    "destalinization",
    "Soong",
    "song",
    "T.V.",
    "T. V.",
    "Harriman",
    "Hariman",
    "harrimann",
    "Żymierski",
    "Zymierskis",
    "Rola-Żymierski",
    "Mao",
    "maoist",
    "Zedong",
    "Tse-tung",
    "Port",
    "Arthur",
    "Straße",
    "strasse",
    "1945",
    "1943",
    "cable",
    "Cables",
    "of",
    "the",
    "record",
    "“record”",
    "Ǻngström",
    "Σίσυφος",
    "北京",
    "서울",
];

/// Dates in different ways.
const DATES: [&str; 8] =
    ["", "n.d.", "July 12, 1945", "1945", "1943-1946", "May 10, 1943", "1940s", "a gibberish"];

/// What is typed for words: also beginnings, errors and noise.
const TYPED: [&str; 44] = [
    "stalin",
    "Stal",
    "sta",
    "st",
    "s",
    "talin",
    "stlin",
    "satlin",
    "soong",
    "song",
    "t.v.",
    "t. v",
    "harriman",
    "harimann",
    "hrrmn",
    "harr",
    "zymierski",
    "zimerski",
    "rola-zym",
    "rola-zimierski",
    "mao",
    "zedong",
    "tse-tung",
    "tse-tunk",
    "lushun",
    "strasse",
    "straß",
    "ß",
    "1945",
    "1943",
    "194",
    "cable",
    "of the",
    "the record",
    "rec",
    "angstrom",
    "σισυφοσ",
    "北",
    "서",
    "undated",
    "-",
    "\"",
    "xyzzy",
    "a",
];

/// A value of some words.
fn value() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "))
}

/// A record and its listing.
fn placed() -> impl Strategy<Value = Placed> {
    let values = prop::collection::vec((select(&Field::ALL[..]), value()), 0..5);
    let own = prop::collection::vec((select(&["box", "folder", "sender"][..]), value()), 0..2);
    let position = prop::option::of(1..9u64);
    (0..2u16, select(&DATES[..]), values, own, position).prop_map(
        |(source, date, values, own, position)| {
            let own = own.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            Placed { source, record: Record { position, date: Date::read(date), values, own } }
        },
    )
}

/// Records in batches.
fn batches() -> impl Strategy<Value = Vec<Vec<Placed>>> {
    prop::collection::vec(prop::collection::vec(placed(), 0..7), 0..5)
}

/// Names before a colon.
const NAMES: [&str; 12] =
    ["", "", "", "", "title:", "t:", "people:", "s:", "box:", "fol:", "date:", "no:"];

/// One term with its operators.
fn term() -> impl Strategy<Value = String> {
    let sign = select(&["", "", "", "", "", "!", "-", "'", "^", "~", "!'", "^'"][..]);
    let quote = select(&["", "", "", "", "\""][..]);
    let end = select(&["", "", "", "", "$"][..]);
    let typed = select(&TYPED[..]);
    (sign, select(&NAMES[..]), quote, typed, end).prop_map(|(sign, name, quote, typed, end)| {
        format!("{sign}{name}{quote}{typed}{quote}{end}")
    })
}

/// A filter.
fn filter() -> impl Strategy<Value = String> {
    let between = select(&[" ", " ", "  ", " | "][..]);
    prop::collection::vec((term(), between), 0..4)
        .prop_map(|terms| terms.into_iter().map(|(term, between)| term + between).collect())
}

/// A store that holds the batches as segments.
fn store(batches: &[Vec<Placed>]) -> Store {
    let mut store = Store::default();
    for batch in batches {
        store.append(Arc::new(Segment::build(batch)));
    }
    store
}

/// A question for everything.
fn everything(text: &str, order: Option<Order>) -> Question {
    Question {
        text: text.to_owned(),
        order,
        place: Place::Row(0),
        rows: 1000,
        marked: Arc::default(),
        apart: false,
        choose: None,
    }
}

/// The numbers of the records that a desk shows.
fn shown(desk: &mut Searcher, store: &Store, question: &Question) -> Vec<usize> {
    let Some(answer) = desk.answer(store, question, &|| false) else { return Vec::new() };
    answer.rows.iter().map(|row| row.number.0 as usize).collect()
}

/// The numbers in an order, by plain sorting.
fn sorted(records: &[Placed], mut numbers: Vec<usize>, order: Order) -> Vec<usize> {
    numbers.sort_by_key(|number| plain::archive_key(records, *number));
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

/// Sorts by a key; what has none goes last.
fn sort<K: Ord>(numbers: &mut Vec<usize>, reversed: bool, key: impl Fn(usize) -> Option<K>) {
    let (mut with, without): (Vec<usize>, Vec<usize>) =
        numbers.iter().partition(|number| key(**number).is_some());
    with.sort_by(|a, b| if reversed { key(*b).cmp(&key(*a)) } else { key(*a).cmp(&key(*b)) });
    *numbers = [with, without].concat();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_index_finds_what_a_plain_scan_finds(batches in batches(), text in filter()) {
        let records = batches.concat();
        let store = store(&batches);
        let expected = plain::find(&records, &text);
        let answer = Searcher::default().answer(&store, &everything(&text, None), &|| false).unwrap();
        let numbers: Vec<usize> = answer.rows.iter().map(|row| row.number.0 as usize).collect();
        prop_assert_eq!(&numbers, &expected.numbers);
        prop_assert_eq!(answer.shown, numbers.len());
        prop_assert_eq!(answer.total, records.len());
        prop_assert_eq!(answer.undated_left_out, expected.undated);
        let terms: Vec<usize> = answer.terms.iter().map(|term| term.records).collect();
        prop_assert_eq!(terms, expected.terms);
        for row in &answer.rows {
            prop_assert_eq!(row.record.as_ref(), &records[row.number.0 as usize].record);
        }
    }

    #[test]
    fn all_orders_are_right_while_records_arrive(batches in batches(), text in filter()) {
        let mut desk = Searcher::default();
        for count in 0..=batches.len() {
            let batches = &batches[..count];
            let (records, store) = (batches.concat(), store(batches));
            let found = plain::find(&records, &text).numbers;
            for by in [OrderBy::Date, OrderBy::Title, OrderBy::Archive] {
                for reversed in [false, true] {
                    let order = Order { by, reversed };
                    let numbers = shown(&mut desk, &store, &everything(&text, Some(order)));
                    prop_assert_eq!(numbers, sorted(&records, found.clone(), order), "{:?}", order);
                }
            }
        }
    }

    #[test]
    fn pages_are_parts_of_the_whole(
        batches in batches(),
        text in filter(),
        row in 0..40usize,
        rows in 1..6usize,
        by in select(&[OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive][..]),
        reversed in any::<bool>(),
    ) {
        let store = store(&batches);
        let mut desk = Searcher::default();
        let order = Some(Order { by, reversed });
        let all = shown(&mut desk, &store, &everything(&text, order));
        let mut ask = |place| {
            let question = Question { text: text.clone(), order, place, rows, marked: Arc::default(), apart: false, choose: None };
            desk.answer(&store, &question, &|| false).unwrap()
        };
        let page = ask(Place::Row(row));
        prop_assert_eq!(page.place, all.len().checked_sub(1).map(|last| row.min(last)));
        prop_assert_eq!(page.first, page.place.unwrap_or(0) / rows * rows);
        let numbers: Vec<usize> = page.rows.iter().map(|row| row.number.0 as usize).collect();
        prop_assert_eq!(numbers, all.iter().copied().skip(page.first).take(rows).collect::<Vec<_>>());
        for number in 0..store.len() {
            let wanted = RecordNumber(u32::try_from(number).unwrap());
            let place = ask(Place::Record(wanted)).place;
            prop_assert_eq!(place, all.iter().position(|at| *at == number));
        }
        let position = store.record(RecordNumber(0)).and_then(|record| record.position);
        if let Some(position) = position {
            let place = ask(Place::Position(position)).place;
            let at = |number: &usize| store.record(RecordNumber(u32::try_from(*number).unwrap()));
            let has = |number: &usize| at(number).unwrap().position == Some(position);
            prop_assert_eq!(place.is_some(), all.iter().any(has));
            prop_assert!(place.is_none_or(|place| has(&all[place])));
        }
    }

    #[test]
    fn what_is_found_by_a_word_is_highlighted(batches in batches(), text in term()) {
        let store = store(&batches);
        let answer = Searcher::default().answer(&store, &everything(&text, None), &|| false).unwrap();
        let has_words = answer.order.by == OrderBy::Relevance;
        for row in &answer.rows {
            let known = row.record.values.iter().map(|(field, text)| {
                (text, answer.highlighter.ranges(*field, text))
            });
            let own = row.record.own.iter().map(|(name, text)| {
                (text, answer.highlighter.own_ranges(name, text))
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
        let mut desk = Searcher::default();
        for text in [text.as_str(), shown.as_str()] {
            let answer = desk.answer(&store, &everything(text, None), &|| false).unwrap();
            let ranges = answer.highlighter.ranges(Field::Title, &shown);
            prop_assert!(ranges.iter().all(|range| shown.get(range.clone()).is_some()));
        }
    }

    #[test]
    fn a_search_that_is_stopped_leaves_the_desk_as_it_was(
        batches in batches(), first in filter(), second in filter(), patience in 0..40usize,
    ) {
        let store = store(&batches);
        let mut desk = Searcher::default();
        let before = shown(&mut desk, &store, &everything(&first, None));
        let asked = std::sync::atomic::AtomicUsize::new(0);
        let stop = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= patience;
        desk.answer(&store, &everything(&second, None), &stop);
        prop_assert_eq!(shown(&mut desk, &store, &everything(&first, None)), before);
        let fresh = shown(&mut Searcher::default(), &store, &everything(&second, None));
        prop_assert_eq!(shown(&mut desk, &store, &everything(&second, None)), fresh);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// So many records that some pairs of words are kept as formulas.
    #[test]
    fn a_phrase_of_many_records_is_found_as_a_plain_scan_finds_it(
        records in vec(many(), 300..420),
        field in select(&["", "title:", "summary:", "own:"][..]),
    ) {
        let store = store(std::slice::from_ref(&records));
        let index = store.segments()[0].words();
        let [first, second] = ["foreign", "affairs"].map(|word| index.number(word).unwrap());
        prop_assert!(index.formula(first, second).is_some());
        for phrase in ["foreign affairs", "affairs foreign", "cold war", "war cold", "of the", "foreign foreign"] {
            for text in [format!("{field}\"{phrase}\""), format!("{field}\"{phrase}"), format!("^\"{phrase}\"")] {
                let expected = plain::find(&records, &text);
                let mut desk = Searcher::default();
                prop_assert_eq!(shown(&mut desk, &store, &everything(&text, None)), expected.numbers, "{}", text);
            }
        }
    }
}

/// Filters of words, of which most records have some and few have others.
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

    /// So many records that some stretches of them are ranked all together and others one by one.
    #[test]
    fn words_of_many_records_are_found_in_the_order_of_a_plain_scan(
        records in vec(many(), 130..420),
        filters in vec(common_words(), 12),
    ) {
        let store = store(std::slice::from_ref(&records));
        for text in filters {
            let expected = plain::find(&records, &text);
            let mut desk = Searcher::default();
            let found = shown(&mut desk, &store, &everything(&text, None));
            prop_assert_eq!(&found, &expected.numbers, "{}", text);
            let question = Question { rows: 7, ..everything(&text, None) };
            let page = shown(&mut desk, &store, &question);
            prop_assert_eq!(&page, &expected.numbers[..page.len()], "a page of {}", text);
        }
    }
}

/// A record of few words.
fn many() -> impl Strategy<Value = Placed> {
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
        record.own.push(("own".to_owned(), own));
        Placed { source: 0, record }
    })
}
