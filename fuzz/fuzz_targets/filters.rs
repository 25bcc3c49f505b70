//! Any filter over a few records.

#![no_main]

use std::sync::{Arc, LazyLock};

use fonds::query::{Highlighter, SearchRequest, Target, parse};
use fonds::record::{ArchiveId, Date, Field, Record, SourcedRecord};
use fonds::store::{Searcher, Segment, Store};
use libfuzzer_sys::fuzz_target;

static STORE: LazyLock<Store> = LazyLock::new(|| {
    let titles = ["Letter to the mill", "Brief an die Mühle", "往来函电", "Cable No. 12", ""];
    let record = |(at, title): (usize, &&str)| {
        let mut record = Record { date: Date::parse(&format!("{}", 1940 + at)), ..Record::default() };
        record.push(Field::Title, title);
        record.own.push(("container.box".into(), at.to_string()));
        SourcedRecord { archive: ArchiveId::default(), record }
    };
    let records: Vec<SourcedRecord> = titles.iter().enumerate().map(record).collect();
    let mut store = Store::default();
    store.append(Arc::new(Segment::build(&records)));
    store
});

fuzz_target!(|filter: &str| {
    let query = parse(filter, STORE.own_field_names());
    let request = SearchRequest::new(query, Target::Row(0), 10);
    let response = Searcher::default().search(&STORE, &request, &|| false);
    let response = response.expect("nothing cancels it");
    let highlighter = Highlighter::new(&request.query, &response.terms);
    for row in &response.rows {
        for (field, text) in &row.record.values {
            let ranges = highlighter.field_ranges(*field, text);
            assert!(ranges.iter().all(|range| text.get(range.clone()).is_some()));
        }
    }
});
