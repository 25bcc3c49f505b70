//! Keys that state the number of records in a file or an answer: `total`, `numberOfResults`, `hitCount`.

use compact_str::CompactString;

use super::words::{self, bare};
use crate::formats::field_names::words_of;
use crate::formats::read::json::{Object, Value};

/// Keys that state the number of records.
const TOTAL_KEYS: [&str; 11] = [
    "total",
    "numfound",
    "totalcount",
    "totalresults",
    "totalhits",
    "totalitems",
    "totalrecords",
    "totalelements",
    "totalsize",
    "resultcount",
    "nbhits",
];

/// Keys that state the number of records, or another number of a record.
const POSSIBLE_TOTAL_KEYS: [&str; 8] =
    ["count", "hits", "totalnumber", "recordcount", "found", "matches", "anzahl", "treffer"];

/// A key states the number of records if it has only these words: for a number, for what is counted, and between them.
const COUNT_WORDS: [&str; 8] = ["count", "total", "number", "num", "no", "nb", "n", "anzahl"];
const COUNTED_WORDS: [&str; 21] = [
    "result",
    "results",
    "hit",
    "hits",
    "record",
    "records",
    "item",
    "items",
    "element",
    "elements",
    "found",
    "match",
    "matches",
    "document",
    "documents",
    "docs",
    "entries",
    "objects",
    "treffer",
    "row",
    "rows",
];
const WORDS_BETWEEN: [&str; 2] = ["of", "in"];

/// Keys of objects that say something of a list.
const LIST_KEYS: [&str; 12] = [
    "meta",
    "metadata",
    "header",
    "info",
    "paging",
    "pagination",
    "pageinfo",
    "stats",
    "summary",
    "pager",
    "response",
    "searchinfo",
];

/// Keys of the number of pages, of the page at hand, and of the number of records on a page, beside a total.
const PAGE_COUNT_KEYS: [&str; 7] =
    ["pages", "totalpages", "pagecount", "lastpage", "numpages", "nbpages", "last"];
const CURRENT_KEYS: [&str; 2] = ["current", "currentpage"];
const PAGE_SIZE_KEYS: [&str; 7] =
    ["perpage", "pagesize", "size", "limit", "rows", "itemsperpage", "resultsperpage"];

/// The most objects within each other round a total.
const MAX_DEPTH: usize = 3;

/// Whether a key is one of the usual ones for the number of all records.
pub(super) fn is_usual_total(key: &str) -> bool {
    TOTAL_KEYS.contains(&bare(key).as_str())
}

/// Whether the number under a key is that of all records.
pub(super) fn is_total(key: &str) -> bool {
    rank_of_total(key).is_some()
}

/// Returns how sure it is that the number under a key is that of all records and not of those in the file: 0 is the surest.
/// `None` if it is another number.
pub(super) fn rank_of_total(key: &str) -> Option<usize> {
    let is_of_all = |word: &String| ["total", "found", "number"].contains(&word.as_str());
    if is_usual_total(key) {
        Some(0)
    } else if is_made_of_count_words(key) {
        Some(if words_of(key).iter().any(is_of_all) { 1 } else { 2 })
    } else {
        POSSIBLE_TOTAL_KEYS.contains(&bare(key).as_str()).then_some(3)
    }
}

/// Whether a key is a word for a number beside one for what is counted, and nothing else.
fn is_made_of_count_words(key: &str) -> bool {
    let key = key.rsplit(':').next().unwrap_or(key);
    let words = words_of(key);
    let has = |set: &[&str]| words.iter().any(|word| set.contains(&word.as_str()));
    let sets: [&[&str]; 3] = [&COUNT_WORDS, &COUNTED_WORDS, &WORDS_BETWEEN];
    let are_counts = || words.iter().all(|word| COUNT_WORDS.contains(&word.as_str()));
    words.len() > 1
        && has(&COUNT_WORDS)
        && (has(&COUNTED_WORDS) || are_counts())
        && words.iter().all(|word| sets.iter().any(|set| set.contains(&word.as_str())))
}

/// Returns the number that a value states: `552`, `"552"`, `{"value": 552}`.
pub(super) fn total_of(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Object(object) => object.get("value").and_then(total_of),
        _ => None,
    }
}

/// Returns the total in an object that says something of the list: `{"page": {"totalElements": 41}}`.
pub(super) fn total_in(key: &str, value: &Value) -> Option<u64> {
    total_within(key, value, MAX_DEPTH)
}

/// Returns the total in an object, or in an object in it.
fn total_within(outer: &str, value: &Value, depth: usize) -> Option<u64> {
    let object = value.as_object().filter(|_| depth > 0)?;
    if !words::is_paging(outer) && !LIST_KEYS.contains(&bare(outer).as_str()) {
        return None;
    }
    // A total of nothing that is named comes behind one of records.
    let own = object.iter().filter_map(|(key, value)| {
        Some(((rank_of_total(key)?, bare(key) == "total"), total_of(value)?))
    });
    if let Some(((_, is_of_anything), total)) = own.min_by_key(|(rank, _)| *rank) {
        let may_be_of_pages = || bare(outer) == "pages" || may_be_of_pages(object, total);
        return Some(total).filter(|_| !is_of_anything || !may_be_of_pages());
    }
    object.iter().find_map(|(key, value)| total_within(key, value, depth - 1))
}

/// Whether a `total` in an object of paging may be the number of pages: `{"current": 1, "total": 160, "of": 4000}`.
fn may_be_of_pages(object: &Object, total: u64) -> bool {
    let has = |keys: &[&str]| {
        let is_one = |key: &str| keys.contains(&bare(key).as_str());
        object.iter().any(|(key, value)| is_one(key) && total_of(value).is_some())
    };
    let is_more = |(key, value): (&CompactString, &Value)| {
        let is_of_pages = PAGE_COUNT_KEYS.contains(&bare(key).as_str());
        let is_more = |number: u64| {
            (is_of_pages && number >= total) || (rank_of_total(key).is_some() && number > total)
        };
        total_of(value).is_some_and(is_more)
    };
    let is_page_of = || has(&CURRENT_KEYS) && !has(&PAGE_SIZE_KEYS) && !has(&PAGE_COUNT_KEYS);
    has(&["of"]) || object.iter().any(is_more) || is_page_of()
}
