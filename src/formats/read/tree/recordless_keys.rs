//! Keys below which nothing is a record: facets, files, links, what a program says of its columns.

use super::words::bare;
use crate::formats::field_names::words_of;

/// Keys below which nothing is a record.
const KEYS_WITHOUT_RECORDS: [&str; 52] = [
    "titleinfo",
    "titles",
    "alternativetitles",
    "included",
    "menu",
    "menus",
    "facet",
    "facets",
    "facetfields",
    "facetcounts",
    "filters",
    "filter",
    "aggregations",
    "aggs",
    "buckets",
    "files",
    "file",
    "links",
    "link",
    "related",
    "relateditems",
    "relatedresources",
    "seealso",
    "breadcrumbs",
    "breadcrumb",
    "pagination",
    "paging",
    "sort",
    "sorts",
    "sortoptions",
    "suggestions",
    "suggest",
    "spellcheck",
    "highlighting",
    "highlight",
    "highlights",
    "thumbnail",
    "thumbnails",
    "images",
    "media",
    "attachments",
    "annotations",
    "structures",
    "sequences",
    "canvases",
    "rendering",
    "errors",
    "warnings",
    "notes",
    "navigation",
    "migrations",
    "schemamigrations",
];

/// Words of keys of what helps to search a list, or belongs to a record, and is none: `suggested_facets`, `alternativeIdentifiers`.
const LIST_WORDS: [&str; 11] = [
    "facet",
    "facets",
    "sorts",
    "sortings",
    "columns",
    "filters",
    "searches",
    "suggestions",
    "aggregations",
    "breadcrumbs",
    "identifiers",
];

/// Keys up to this length have one word, in bytes.
const MIN_LIST_KEY_BYTES: usize = 8;

/// Whether nothing below a key is a record.
pub(super) fn has_no_records(key: &str) -> bool {
    let is_about_list = |word: &String| LIST_WORDS.contains(&word.as_str());
    KEYS_WITHOUT_RECORDS.contains(&bare(key).as_str())
        || key.starts_with("facet")
        || (key.len() > MIN_LIST_KEY_BYTES && words_of(key).iter().any(is_about_list))
}
