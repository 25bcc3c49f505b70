//! The words by which trees are understood: wrappers, values, roles, parts, paging.

/// Keys of objects that only wrap the fields of a record.
const WRAPPERS: [&str; 18] = [
    "_source",
    "record",
    "data",
    "attributes",
    "item",
    "metadata",
    "fields",
    "object",
    "document",
    "node",
    "properties",
    "_embedded",
    "indexableObject",
    "sourceResource",
    "doc",
    "entity",
    "recordData",
    "dc",
];

/// Keys of a list of records inside an object that describes them all: a collection, an answer.
const LIST_KEYS: [&str; 9] = [
    "items",
    "records",
    "results",
    "documents",
    "docs",
    "manifests",
    "members",
    "entries",
    "objects",
];

/// Keys whose value stands for their object, the surest first.
pub(super) const VALUE_KEYS: [&str; 22] = [
    "@value",
    "value",
    "$date",
    "$oid",
    "$numberLong",
    "#text",
    "_text",
    "text",
    "content",
    "expression",
    "displayDate",
    "label",
    "name",
    "title",
    "heading",
    "prefLabel",
    "display_name",
    "_resolved",
    "authorized_form_of_name",
    "html",
    "rdf:value",
    "@id",
];

/// Keys of the label in an item of a list of labels and values.
pub(super) const LABEL_KEYS: [&str; 8] =
    ["label", "element", "property", "field", "key", "term", "name", "tag"];

/// Keys of the value beside a label.
pub(super) const LABELLED_VALUE_KEYS: [&str; 5] = ["value", "values", "text", "content", "val"];

/// Keys of the role beside a name.
pub(super) const ROLE_KEYS: [&str; 9] = [
    "creatorType",
    "role",
    "roles",
    "relator",
    "roleTerm",
    "relation",
    "role_name",
    "relationship",
    "function",
];

/// Keys of the family's name.
pub(super) const FAMILY_KEYS: [&str; 8] = [
    "family",
    "lastName",
    "last_name",
    "surname",
    "familyName",
    "family_name",
    "lastname",
    "nachname",
];

/// Keys of the given names.
pub(super) const GIVEN_KEYS: [&str; 9] = [
    "given",
    "firstName",
    "first_name",
    "forename",
    "givenName",
    "given_name",
    "firstname",
    "vorname",
    "forenames",
];

/// Keys that show that a file is about software or its users and not about documents.
const SOFTWARE_KEYS: [&str; 14] = [
    "email",
    "username",
    "login",
    "private",
    "defaultbranch",
    "dependencies",
    "devdependencies",
    "scripts",
    "schema",
    "compileroptions",
    "manifestversion",
    "permissions",
    "engines",
    "plugins",
];

/// Types of parts of a document, which are no records.
const PART_TYPES: [&str; 12] = [
    "canvas",
    "range",
    "annotation",
    "annotationpage",
    "annotationlist",
    "sequence",
    "file",
    "image",
    "service",
    "thumbnail",
    "collectionpage",
    "breadcrumblist",
];

/// Keys below which nothing is a record.
const KEYS_WITHOUT_RECORDS: [&str; 46] = [
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
];

/// Keys of an object that pages through records, and so is none.
const PAGING_KEYS: [&str; 24] = [
    "total",
    "numfound",
    "page",
    "pages",
    "next",
    "previous",
    "prev",
    "perpage",
    "pagesize",
    "totalcount",
    "totalresults",
    "totalhits",
    "totalitems",
    "totalrecords",
    "totalelements",
    "offset",
    "limit",
    "start",
    "rows",
    "resultcount",
    "responseheader",
    "itemsperpage",
    "startindex",
    "query",
];

/// Keys that state the number of records.
const TOTAL_KEYS: [&str; 14] = [
    "total",
    "numfound",
    "count",
    "totalcount",
    "totalresults",
    "totalhits",
    "totalitems",
    "totalrecords",
    "totalelements",
    "resultcount",
    "hits",
    "totalnumber",
    "recordcount",
    "nbhits",
];

/// Returns a key in lower case, without signs between its words.
fn bare(key: &str) -> String {
    let letters = key.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether the object under a key only wraps fields.
pub(super) fn is_wrapper(key: &str) -> bool {
    WRAPPERS.iter().any(|wrapper| key.eq_ignore_ascii_case(wrapper))
}

/// Whether a list under a key is of records, and not of the parts of one.
pub(super) fn is_list_key(key: &str) -> bool {
    LIST_KEYS.contains(&bare(key).as_str())
}

/// Whether nothing below a key is a record.
pub(super) fn has_no_records(key: &str) -> bool {
    KEYS_WITHOUT_RECORDS.contains(&bare(key).as_str()) || key.starts_with("facet")
}

/// Whether a key belongs to an object that pages through records.
pub(super) fn is_paging(key: &str) -> bool {
    PAGING_KEYS.contains(&bare(key).as_str())
}

/// Whether a key shows that its object is about software and not about documents.
pub(super) fn is_of_software(key: &str) -> bool {
    SOFTWARE_KEYS.contains(&bare(key).as_str())
}

/// Whether the number under a key is that of all records.
pub(super) fn is_total(key: &str) -> bool {
    TOTAL_KEYS.contains(&bare(key).as_str())
}

/// Whether a type is that of a part of a document.
pub(super) fn is_part_type(text: &str) -> bool {
    let last = text.rsplit([':', '/', '#']).next().unwrap_or(text);
    PART_TYPES.contains(&bare(last).as_str())
}
