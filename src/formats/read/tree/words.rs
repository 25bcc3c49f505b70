//! The words by which trees are understood: wrappers, values, roles, parts, paging.

pub(super) use super::recordless_keys::has_no_records;
use super::totals::is_usual_total;

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

/// Keys that show that a file is about software or its users and not about documents.
const SOFTWARE_KEYS: [&str; 13] = [
    "email",
    "username",
    "login",
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

/// Types of parts of a document, of pages and of sites, which are no records.
const PART_TYPES: [&str; 15] = [
    "canvas",
    "range",
    "annotation",
    "annotationpage",
    "annotationlist",
    "sequence",
    "service",
    "thumbnail",
    "collectionpage",
    "breadcrumblist",
    "website",
    "webpage",
    "searchaction",
    "sitenavigationelement",
    "searchresultspage",
];

/// Types of items of a reference manager that belong to another item.
const PART_ITEM_TYPES: [&str; 3] = ["attachment", "note", "annotation"];

/// Types of parts of a document that are also those of whole documents: a photograph is an image.
const POSSIBLE_PART_TYPES: [&str; 3] = ["file", "image", "imageobject"];

/// Keys of lists of what was found, even if it is one.
const RESULT_KEYS: [&str; 4] = ["results", "docs", "hits", "searchresults"];

/// Types of things that list records and are none.
const LIST_TYPES: [&str; 9] = [
    "collection",
    "orderedcollection",
    "itemlist",
    "datafeed",
    "datacatalog",
    "featurecollection",
    "feed",
    "searchresult",
    "searchresults",
];

/// Keys that only objects have that list what is new or was found: RSS, Atom, JSON Feed.
const FEED_KEYS: [&str; 7] =
    ["homepageurl", "feedurl", "lastbuilddate", "ttl", "generator", "itemsperpage", "totalresults"];

/// Keys of records inside a list that describes itself, where there may be one alone.
const ITEM_KEYS: [&str; 5] = ["item", "entry", "record", "itemlistelement", "member"];

/// Keys of the descriptions that stand below one in a hierarchy: files of a series, letters of a file.
const CHILD_KEYS: [&str; 24] = [
    "children",
    "childrens",
    "items",
    "records",
    "components",
    "subcomponents",
    "subseries",
    "subunits",
    "units",
    "series",
    "members",
    "nodes",
    "documents",
    "letters",
    "entries",
    "descendants",
    "contents",
    "holdings",
    "hasparts",
    "haspart",
    "kinder",
    "unterlagen",
    "enfants",
    "figli",
];

/// Keys of lists that name the columns of rows.
const HEADER_KEYS: [&str; 12] = [
    "columns",
    "cols",
    "columnnames",
    "headers",
    "header",
    "head",
    "fields",
    "fieldnames",
    "names",
    "keys",
    "schema",
    "vars",
];

/// Keys of the name in the description of a column, the surest first.
pub(super) const COLUMN_NAME_KEYS: [&str; 7] =
    ["name", "label", "title", "header", "field", "key", "id"];

/// Keys whose object says in which event something was made, sent or received.
const EVENT_KEYS: [&str; 13] = [
    "associations",
    "correspaction",
    "event",
    "events",
    "production",
    "creation",
    "producedby",
    "createdby",
    "timespan",
    "origininfo",
    "publication",
    "provisionactivity",
    "productionevent",
];

/// Keys of the type of an event.
pub(super) const EVENT_TYPE_KEYS: [&str; 6] =
    ["type", "@type", "eventType", "event_type", "event", "label"];

/// Keys of the type of one of several dates.
pub(super) const DATE_TYPE_KEYS: [&str; 6] =
    ["dateType", "label", "type", "event_type", "eventType", "event"];

/// Types of values that say how they are written, with the word of a vocabulary before them: `numeric:timestamp`.
const DATA_TYPES: [&str; 16] = [
    "date",
    "datetime",
    "datetimestamp",
    "time",
    "gyear",
    "gyearmonth",
    "timestamp",
    "interval",
    "duration",
    "integer",
    "decimal",
    "string",
    "langstring",
    "literal",
    "text",
    "edtf",
];

/// Keys of pictures, files and other things that belong to a record: their names are not its own.
const PART_KEYS: [&str; 23] = [
    "digitalobject",
    "digitalobjects",
    "scans",
    "image",
    "images",
    "webimage",
    "file",
    "files",
    "media",
    "photo",
    "thumbnail",
    "thumbnails",
    "attachments",
    "related",
    "relateditems",
    "relatedresources",
    "seealso",
    "sequences",
    "ancestors",
    "innerhits",
    "highlight",
    "highlights",
    "highlighting",
];

/// Keys of the address for people in an object of links.
const PEOPLES_LINK_KEYS: [&str; 9] = [
    "html",
    "selfhtml",
    "web",
    "website",
    "page",
    "landingpage",
    "alternate",
    "public",
    "canonical",
];

/// Types of objects that are the accounts of users.
const ACCOUNT_TYPES: [&str; 5] = ["user", "group", "account", "team", "workspace"];

/// Keys of the person or body in an object that says what it did.
const PARTY_KEYS: [&str; 16] = [
    "people",
    "personen",
    "personororg",
    "personororganization",
    "personorbody",
    "person",
    "agent",
    "party",
    "entity",
    "actor",
    "individual",
    "organization",
    "organisation",
    "corporatebody",
    "contributor",
    "identity",
];

/// Types of events whose persons have a role by them, and these roles.
const EVENT_ROLES: [(&str, &str); 2] = [("sent", "sender"), ("received", "recipient")];

/// Types of the event in which a document was made, as they begin.
const MAKING_STEMS: [&str; 16] = [
    "author",
    "photograph",
    "artist",
    "verfass",
    "sent",
    "send",
    "creat",
    "creaz",
    "creac",
    "produ",
    "writ",
    "made",
    "mak",
    "entsteh",
    "herstell",
    "publi",
];

/// Names of classes and lists that stand between a name and its value in RDF.
const CLASS_KEYS: [&str; 10] = [
    "rdf:Seq",
    "rdf:Bag",
    "rdf:Alt",
    "rdf:li",
    "foaf:Person",
    "foaf:Organization",
    "foaf:Agent",
    "edm:Agent",
    "skos:Concept",
    "edm:TimeSpan",
];

/// Keys of an object that pages through records. It is no record itself. Keys of totals are in `totals.rs`.
const PAGING_KEYS: [&str; 16] = [
    "page",
    "pages",
    "next",
    "previous",
    "prev",
    "perpage",
    "pagesize",
    "offset",
    "limit",
    "start",
    "rows",
    "responseheader",
    "itemsperpage",
    "startindex",
    "query",
    "nextpage",
];

/// Returns a key in lower case, without signs between its words.
pub(super) fn bare(key: &str) -> String {
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

/// Whether a list under a key is of what was found.
pub(super) fn is_result_key(key: &str) -> bool {
    RESULT_KEYS.contains(&bare(key).as_str())
}

/// Whether a key belongs to an object that pages through records.
pub(super) fn is_paging(key: &str) -> bool {
    let key = bare(key);
    PAGING_KEYS.contains(&key.as_str()) || is_usual_total(&key)
}

/// Whether a key shows that its object is about software and not about documents.
pub(super) fn is_of_software(key: &str) -> bool {
    SOFTWARE_KEYS.contains(&bare(key).as_str())
}

/// Returns the last part of a type, without signs: `searchresult` for `schema:SearchResult`.
pub(super) fn bare_type(text: &str) -> String {
    bare(text.rsplit([':', '/', '#']).next().unwrap_or(text))
}

/// Whether the type of a value says how it is written.
pub(super) fn is_data_type(text: &str) -> bool {
    DATA_TYPES.contains(&bare_type(text).as_str())
}

/// Whether a type is that of a part of a document.
pub(super) fn is_part_type(text: &str) -> bool {
    PART_TYPES.contains(&bare_type(text).as_str())
}

/// Whether items of this type are parts of another item, such as attachments.
pub(super) fn is_part_of_item_type(text: &str) -> bool {
    PART_ITEM_TYPES.contains(&bare_type(text).as_str())
}

/// Whether a type may be that of a part of a document.
pub(super) fn may_be_part_type(text: &str) -> bool {
    POSSIBLE_PART_TYPES.contains(&bare_type(text).as_str())
}

/// Whether a type is that of a thing that lists records.
pub(super) fn is_list_type(text: &str) -> bool {
    LIST_TYPES.contains(&bare_type(text).as_str())
}

/// Whether a key belongs to a feed and not to a document.
pub(super) fn is_of_feed(key: &str) -> bool {
    FEED_KEYS.contains(&bare(key).as_str())
}

/// Whether what is under a key may be a record in a list that describes itself.
pub(super) fn is_item_key(key: &str) -> bool {
    is_list_key(key) || ITEM_KEYS.contains(&bare(key).as_str())
}

/// Whether a key is that of one item of any list.
pub(super) fn is_entry_key(key: &str) -> bool {
    ITEM_KEYS.contains(&bare(key).as_str())
}

/// Whether the objects under a key may be descriptions below another one.
pub(super) fn is_child_key(key: &str) -> bool {
    CHILD_KEYS.contains(&bare(key).as_str())
}

/// Whether a list under a key may name columns.
pub(super) fn is_header_key(key: &str) -> bool {
    HEADER_KEYS.contains(&bare(key).as_str())
}

/// Whether an object under a key says what happened to a document.
pub(super) fn is_event_key(key: &str) -> bool {
    EVENT_KEYS.contains(&bare(key).as_str())
}

/// Whether a type of an event is that of making or sending a document.
pub(super) fn is_making(event_type: &str) -> bool {
    let event_type = bare_type(event_type);
    MAKING_STEMS.iter().any(|stem| event_type.starts_with(stem))
}

/// Returns the role of the persons in an event of this type, if it says what they did.
pub(super) fn role_of_event(event_type: &str) -> Option<&'static str> {
    let event_type = bare_type(event_type);
    EVENT_ROLES.iter().find(|(known, _)| *known == event_type).map(|(_, role)| *role)
}

/// Whether the address under a folded key, in an object of links, is that of a page for people.
pub(super) fn is_link_for_people(key: &str) -> bool {
    PEOPLES_LINK_KEYS.contains(&key)
}

/// Whether a type is that of a user's account, as systems write it.
pub(super) fn is_account_type(text: &str) -> bool {
    ACCOUNT_TYPES.contains(&text)
}

/// Whether the object under a key is a person or a body.
pub(super) fn is_party_key(key: &str) -> bool {
    let key = bare(key);
    PARTY_KEYS.contains(&key.as_str())
        || key.strip_suffix('s').is_some_and(|singular| PARTY_KEYS.contains(&singular))
}

/// Whether what is under a key belongs to a record and is a thing of its own, such as a picture.
pub(super) fn is_of_parts(key: &str) -> bool {
    PART_KEYS.contains(&bare(key).as_str())
}

/// Whether a key is that of a class or a list of RDF, which stands between a name and its value.
pub(super) fn is_class_key(key: &str) -> bool {
    // Most keys are in lower case and without a prefix.
    let may_be = key == "li" || key.contains(':') || key.starts_with(|it: char| it.is_uppercase());
    may_be
        && CLASS_KEYS.iter().any(|class| {
            let bare = class.rsplit(':').next().unwrap_or(class);
            key == *class || key == bare
        })
}
