//! Counts over all records that match: facets and timelines, in the store and as commands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fonds::query::{
    AggregateRequest, AggregateResponse, Bar, DateUnit, FacetField, FacetOrder, FacetRequest,
    FacetValue, HistogramRequest, SearchRequest, Target, parse,
};
use fonds::record::{ArchiveId, Date, Field, OwnName, Record, SourcedRecord};
use fonds::store::{Searcher, Segment, Store};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::program::TestFolder;

/// Names, of which some differ in case or in blanks around them.
const NAMES: [&str; 6] =
    ["Keller, Anna", "keller, anna", " Keller, Anna ", "Harbour Board", "Weidl, Karl", ""];

/// Dates: days, spans over years, open and unread ones.
const DATES: [&str; 12] = [
    "1 May 1945",
    "1945",
    "1944-1946",
    "1940s",
    "19th century",
    "1985/..",
    "../1890",
    "undated",
    "12 BC",
    "December 1944",
    "winter 1944",
    "the day after",
];

/// Names of own fields.
const OWN_NAMES: [&str; 4] = ["level", "Level", "container.box", "box"];

/// A record with some names, an own field and a date.
fn record() -> impl Strategy<Value = Record> {
    let names = vec((select(&Field::NAMES[..3]), select(&NAMES[..])), 0..4);
    let own = vec((select(&OWN_NAMES[..]), select(&["1", "2", "file"][..])), 0..3);
    (names, own, select(&DATES[..]), select(&["Letter", "Report"][..])).prop_map(
        |(names, own, date, title)| {
            let mut record = Record { date: Date::parse(date), ..Record::default() };
            record.push(Field::Title, title);
            for (field, name) in names {
                record.values.push((field, name.to_owned()));
            }
            record.own = own.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
            record
        },
    )
}

/// A store whose segments have this many records.
fn store(records: &[Record], segment_len: usize) -> Store {
    let mut store = Store::default();
    for records in records.chunks(segment_len) {
        let sourced = |record: &Record| SourcedRecord {
            archive: ArchiveId::default(),
            record: record.clone(),
        };
        let records: Vec<SourcedRecord> = records.iter().map(sourced).collect();
        store.append(Arc::new(Segment::build(&records)));
    }
    store
}

/// Counts over the records of a store that match a filter.
fn aggregate(
    store: &Store,
    filter: &str,
    fields: &[FacetField],
    unit: Option<DateUnit>,
) -> AggregateResponse {
    let facet = |field: &FacetField| FacetRequest::new(field.clone(), 1_000);
    let histogram = unit.map(HistogramRequest::new);
    aggregate_as(
        store,
        filter,
        &AggregateRequest { facets: fields.iter().map(facet).collect(), histogram },
    )
}

/// The response to a request for counts.
fn aggregate_as(store: &Store, filter: &str, wanted: &AggregateRequest) -> AggregateResponse {
    let query = parse(filter, store.own_field_names());
    let request =
        SearchRequest { keep_duplicates: true, ..SearchRequest::new(query, Target::Row(0), 1) };
    Searcher::default().aggregate(store, &request, wanted, &|| false).expect("not cancelled")
}

/// The values of a field in a record, each once.
fn values_of(record: &Record, fields: &[Field], own_names: &[OwnName]) -> BTreeSet<String> {
    let known = record.values.iter().filter(|(field, _)| fields.contains(field));
    let own = record.own.iter().filter(|(name, _)| own_names.contains(name));
    let texts = known.map(|(_, text)| text).chain(own.map(|(_, text)| text));
    texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

proptest! {
    #[test]
    fn facets_count_what_a_plain_scan_counts(
        records in vec(record(), 1..120),
        segment_len in select(&[1_usize, 7, 64, 500][..]),
        name in select(&["name", "creator", "recipient", "level", "box", "container.box"][..]),
        filter in select(&["", "letter", "report | letter"][..]),
    ) {
        let store = store(&records, segment_len);
        let Ok(field) = FacetField::from_name(name, store.own_field_names()) else {
            return Ok(());
        };
        let FacetField::Values { fields, own_names } = &field else { unreachable!("no files") };
        let matching: Vec<&Record> = records
            .iter()
            .filter(|record| filter != "letter" || record.first(Field::Title) == Some("Letter"))
            .collect();
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        let mut without = 0;
        for record in &matching {
            let values = values_of(record, fields, own_names);
            without += usize::from(values.is_empty());
            for value in values {
                *expected.entry(value).or_default() += 1;
            }
        }
        let response = aggregate(&store, filter, std::slice::from_ref(&field), None);
        prop_assert_eq!(response.match_count.count(), matching.len());
        let facet = &response.facets[0];
        prop_assert_eq!((facet.other_values, facet.records_without), (0, without));
        let found: BTreeMap<String, usize> =
            facet.values.iter().map(|value| (value.text.clone(), value.count)).collect();
        prop_assert_eq!(found, expected);
        let keys: Vec<_> =
            facet.values.iter().map(|it| (std::cmp::Reverse(it.count), &it.text)).collect();
        prop_assert!(keys.is_sorted(), "{keys:?}");
        for value in &facet.values {
            let years = matching
                .iter()
                .filter(|record| values_of(record, fields, own_names).contains(&value.text))
                .filter_map(|record| record.date.span())
                .map(|span| {
                    let of_start = fonds::record::Day::OPEN_START;
                    let of_end = fonds::record::Day::OPEN_END;
                    let first = if span.earliest == of_start { span.latest } else { span.earliest };
                    let last = if span.latest == of_end { span.earliest } else { span.latest };
                    (first.to_ymd().0, last.to_ymd().0)
                });
            let years: Vec<(i64, i64)> = years.collect();
            let first = years.iter().map(|(first, _)| *first).min();
            let last = years.iter().map(|(_, last)| *last).max();
            prop_assert_eq!(value.years, first.zip(last));
        }
    }

    #[test]
    fn facets_give_what_is_asked_of_their_values(
        records in vec(record(), 1..120),
        limit in 0..8_usize,
        order in select(&[FacetOrder::Count, FacetOrder::Value][..]),
        like in select(&["", "kell", "ANNA keller", "board harb", "ller"][..]),
        wants_years in any::<bool>(),
    ) {
        let store = store(&records, 7);
        let field = FacetField::from_name("name", &[]).expect("a field");
        let all = aggregate(&store, "", std::slice::from_ref(&field), None).facets.remove(0);
        let facet = FacetRequest { order, wants_years, ..FacetRequest::new(field, limit) };
        let wanted = AggregateRequest { facets: vec![facet.with_values_like(like)], histogram: None };
        let facet = aggregate_as(&store, "", &wanted).facets.remove(0);
        let parts: Vec<String> = like.split_whitespace().map(str::to_lowercase).collect();
        let is_like = |text: &str| {
            let text = text.to_lowercase();
            let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
            parts.iter().all(|part| words.iter().any(|word| word.starts_with(part.as_str())))
        };
        let mut expected: Vec<FacetValue> =
            all.values.into_iter().filter(|value| is_like(&value.text)).collect();
        if order == FacetOrder::Value {
            expected.sort_by(|one, other| one.text.cmp(&other.text));
        }
        let others = expected.len().saturating_sub(limit);
        expected.truncate(limit);
        if !wants_years {
            for value in &mut expected {
                value.years = None;
            }
        }
        prop_assert_eq!(facet.values, expected);
        prop_assert_eq!((facet.other_values, facet.records_without), (others, all.records_without));
    }

    #[test]
    fn timelines_of_some_years_are_parts_of_the_whole(
        records in vec(record(), 1..120),
        unit in select(&[DateUnit::Month, DateUnit::Year][..]),
        first in 1800..1990_i64,
        length in 0..100_i64,
    ) {
        let store = store(&records, 7);
        let whole = aggregate(&store, "", &[], Some(unit)).histogram.expect("a histogram");
        let years = first..=first + length;
        let request = HistogramRequest { unit, years: Some((first, first + length)) };
        let wanted = AggregateRequest { facets: Vec::new(), histogram: Some(request) };
        let part = aggregate_as(&store, "", &wanted).histogram.expect("a histogram");
        let (inside, outside): (Vec<Bar>, Vec<Bar>) =
            whole.bars.iter().copied().partition(|bar| years.contains(&bar.year));
        prop_assert_eq!(part.bars, inside);
        let outside: f64 = outside.iter().map(|bar| bar.count).sum();
        prop_assert!((part.other - outside).abs() < 1e-6, "{} {outside}", part.other);
        prop_assert_eq!((part.undated, part.unbounded), (whole.undated, whole.unbounded));
    }

    #[test]
    fn every_record_is_in_the_timeline_once(
        records in vec(record(), 1..120),
        segment_len in select(&[1_usize, 7, 64, 500][..]),
        unit in select(&[DateUnit::Month, DateUnit::Year, DateUnit::Decade][..]),
    ) {
        let response = aggregate(&store(&records, segment_len), "", &[], Some(unit));
        let histogram = response.histogram.expect("a histogram");
        let sum: f64 = histogram.bars.iter().map(|bar| bar.count).sum();
        let apart = u32::try_from(histogram.undated + histogram.unbounded).expect("few records");
        let all = u32::try_from(records.len()).expect("few records");
        prop_assert!((sum + f64::from(apart) - f64::from(all)).abs() < 1e-6, "{histogram:?}");
        let undated = records.iter().filter(|record| record.date.span().is_none()).count();
        prop_assert_eq!(histogram.undated, undated);
        let times: Vec<_> = histogram.bars.iter().map(|bar| (bar.year, bar.month)).collect();
        prop_assert!(times.is_sorted_by(|one, next| one < next), "{times:?}");
    }
}

#[test]
fn timelines_of_very_long_times_end() {
    let record = |millennium: i64| {
        let text = format!("{}/{}", millennium * 1_000 + 1, millennium * 1_000 + 990);
        Record { date: Date::with_edtf(&text, &text).expect("EDTF"), ..Record::default() }
    };
    let records: Vec<Record> = (1..10).map(record).collect();
    let response = aggregate(&store(&records, 4), "", &[], Some(DateUnit::Month));
    let histogram = response.histogram.expect("a histogram");
    assert_eq!((histogram.bars.len(), histogram.is_cut), (100_000, true));
    let response = aggregate(&store(&records, 4), "", &[], Some(DateUnit::Year));
    let histogram = response.histogram.expect("a histogram");
    assert_eq!((histogram.bars.len(), histogram.is_cut), (9 * 990, false));
    assert!(histogram.bars.iter().all(|bar| (bar.count - 1.0 / 990.0).abs() < 1e-9));
}

/// Letters of an invented archive.
const LETTERS: &str = "\
title,date,author,recipient,subjects,level
Coal,1 May 1945,Anna Keller,Karl Weidl,coal,item
Harbour,1944-1945,Anna Keller,Harbour Board,harbour,file
Fish,undated,Karl Weidl,Anna Keller,trade,item
Tides,1948,Karl Weidl,,,item
Old,before 1890,,,,file
";

#[test]
fn facets_are_printed_with_their_years() {
    let folder = TestFolder::with_files(&[("letters.csv", LETTERS.as_bytes())]);
    let people = folder.run(&["facets", "letters.csv", "--field", "name"]);
    assert_eq!(
        people.stdout,
        "name\tAnna Keller\t3\t1944\t1945\n\
         name\tKarl Weidl\t3\t1945\t1948\n\
         name\tHarbour Board\t1\t1944\t1945\n"
    );
    assert_eq!(people.exit_code, Some(0), "{}", people.stderr);
    let two =
        folder.run(&["facets", "letters.csv", "--field", "creator", "--field", "level", "-n1"]);
    assert_eq!(two.stdout, "creator\tAnna Keller\t2\t1944\t1945\nlevel\titem\t3\t1945\t1948\n");
    let filtered = ["facets", "letters.csv", "--field", "subj", "--filter", "date:1945"];
    assert_eq!(
        folder.run(&filtered).stdout,
        "subj\tcoal\t1\t1945\t1945\nsubj\tharbour\t1\t1944\t1945\n"
    );
    let usual = folder.run(&["facets", "letters.csv"]).stdout;
    assert!(
        usual.contains("people\tAnna Keller\t3\t") && usual.contains("subjects\ttrade\t1\t\t\n")
    );
    let files = folder.run(&["facets", "letters.csv", "--field", "from"]).stdout;
    assert_eq!(files, "from\tletters.csv\t5\t1889\t1948\n");
}

#[test]
fn facets_are_printed_as_json() {
    let folder = TestFolder::with_files(&[("letters.csv", LETTERS.as_bytes())]);
    let result = folder.run(&["facets", "letters.csv", "--field", "name", "-n", "1", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&result.stdout).expect("JSON");
    assert_eq!(json["records"], 5);
    let facet = &json["facets"][0];
    assert_eq!((&facet["other_values"], &facet["records_without"]), (&2.into(), &1.into()));
    let value = serde_json::json!(
        { "value": "Anna Keller", "count": 3, "first_year": 1944, "last_year": 1945 }
    );
    assert_eq!(facet["values"][0], value);
}

#[test]
fn timelines_share_spans_out_and_count_the_rest_apart() {
    let folder = TestFolder::with_files(&[("letters.csv", LETTERS.as_bytes())]);
    let years = folder.run(&["timeline", "letters.csv"]);
    assert_eq!(years.stdout, "1944\t0.5\n1945\t1.5\n1948\t1\nundated\t1\nunbounded\t1\n");
    let decades =
        folder.run(&["timeline", "letters.csv", "--by", "decade", "--filter", "date:1940s"]);
    assert_eq!(decades.exit_code, Some(0), "{}", decades.stderr);
    assert_eq!(decades.stdout, "1940s\t3\n");
    let months = ["timeline", "letters.csv", "--by", "month", "--filter", "coal", "--json"];
    let json: serde_json::Value = serde_json::from_str(&folder.run(&months).stdout).expect("JSON");
    assert_eq!(json["times"], serde_json::json!([{ "time": "1945-05", "count": 1.0 }]));
}

#[test]
fn counts_end_with_the_exit_codes_of_a_list() {
    let folder = TestFolder::with_files(&[("letters.csv", LETTERS.as_bytes())]);
    for command in ["facets", "timeline"] {
        let none = folder.run(&[command, "letters.csv", "--filter", "nosuchword"]);
        assert_eq!((none.stdout.as_str(), none.exit_code), ("", Some(1)), "{}", none.stderr);
        let missing = folder.run(&[command, "nosuchfile.csv"]);
        assert_eq!(missing.exit_code, Some(2), "{}", missing.stderr);
        folder
            .run(&[command, "letters.csv", "--filter", "tilte:coal"])
            .assert_refused(&["tilte", "title:"]);
    }
    folder
        .run(&["facets", "letters.csv", "--field", "recipent"])
        .assert_refused(&["recipent", "recipient"]);
    folder.run(&["facets", "letters.csv", "--field", "date"]).assert_refused(&["fonds timeline"]);
    folder.run(&["facets", "letters.csv", "--field", "is"]).assert_refused(&["yours"]);
    assert_eq!(folder.run(&["timeline", "letters.csv", "--by", "week"]).exit_code, Some(2));
}
