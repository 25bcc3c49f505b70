//! Kinds of trees that describe no documents, whatever names are in them: errors of services, descriptions of
//! APIs, files of programs.

use crate::formats::read::json::{Object, Value};
use crate::record::Field;

use super::texts;
use super::value_words;
use super::words::bare;
use super::worth::{said, types_of};
use crate::formats::field_names::{FieldTarget, LOOSE_RANK, known_names};

/// Keys that stand together at the top of a file of a kind, as [`bare`] writes them, and what is said about it.
const KINDS: &[(&[&str], &str)] = &[
    (&["openapi"], API),
    (&["swagger"], API),
    (&["asyncapi"], API),
    (&["discoveryversion"], API),
    (&["schema", "properties"], SCHEMA),
    (&["schema", "definitions"], SCHEMA),
    (&["schema", "defs"], SCHEMA),
    (&["modelversion", "artifactid"], PROGRAM),
    (&["propertygroup"], PROGRAM),
    (&["target", "default"], PROGRAM),
    (&["lockfileversion"], PROGRAM),
    (&["compileroptions"], PROGRAM),
    (&["devdependencies"], PROGRAM),
    (&["dependencies", "version"], PROGRAM),
    (&["dependencies", "name"], PROGRAM),
    (&["scripts", "name"], PROGRAM),
    (&["require", "name"], PROGRAM),
    (&["jobs", "on"], PROGRAM),
    (&["apiversion", "kind", "metadata"], PROGRAM),
    (&["apiversion", "kind", "items"], PROGRAM),
    (&["bomformat"], PROGRAM),
    (&["spdxversion"], PROGRAM),
    (&["schema", "runs"], PROGRAM),
    (&["apiversion", "name", "version"], PROGRAM),
    (&["manifestversion"], PROGRAM),
    (&["starturl"], PROGRAM),
    (&["shortname", "icons"], PROGRAM),
    (&["nbformat"], PROGRAM),
    (&["buildsystem"], PROGRAM),
    (&["version", "configurations"], PROGRAM),
    (&["package", "dependencies"], PROGRAM),
    (&["project", "tool"], PROGRAM),
    (&["title", "baseurl"], PROGRAM),
    (&["sitename", "theme"], PROGRAM),
    (&["sitename", "nav"], PROGRAM),
    (&["contenthash", "packages"], PROGRAM),
    (&["player", "quests"], GAME),
    (&["player", "inventory"], GAME),
    (&["player", "savedat"], GAME),
    (&["player", "level"], GAME),
    (&["savegame"], GAME),
];

/// What is said about the labels of pictures (COCO).
const PICTURE_LABELS: &str = "these are labels of pictures (COCO), which describe no documents: open the file that has the \
                              list of the pictures";

/// What is said about data of a health service.
const HEALTH: &str = "this is data of a health service (FHIR), and describes no documents: open the file that has the list";

/// What is said about a calendar.
const CALENDAR: &str = "this is a calendar, whose entries are meetings and no documents: if they are documents, take them with \
                        --records and --input-columns title=NAME";

/// Keys of lists of what a program is built of.
const PACKAGE_KEYS: [&str; 5] = ["package", "packages", "packagesdev", "dependencies", "modules"];

/// Keys that stand together in each object of a list of tasks for a program.
const TASK_KEYS: [[&str; 2]; 3] = [["hosts", "tasks"], ["hosts", "roles"], ["uses", "with"]];

/// What is said about the description of an API.
const API: &str = "this describes an API and no documents: ask that API for its records, and open what it answers";

/// What is said about a schema.
const SCHEMA: &str =
    "this is a JSON Schema, which says how data is built and has no records: open the data itself";

/// What is said about the state of a game.
const GAME: &str = "this is the saved state of a game, and describes no documents: open the file that has the list";

/// What is said about a file of a program.
const PROGRAM: &str = "this is a file of a program, such as its build or its settings, and describes no documents: \
                       open the file that has the list";

/// Keys of the number of an error of HTTP.
const STATUS_KEYS: [&str; 6] =
    ["status", "statuscode", "code", "errorcode", "httpstatus", "httpcode"];

/// The numbers of errors of HTTP (RFC 9110, section 15).
const ERROR_NUMBERS: std::ops::Range<u64> = 400..600;

/// Keys of what went wrong, the clearest first.
const MESSAGE_KEYS: [&str; 9] = [
    "detail",
    "error_description",
    "errorDescription",
    "message",
    "Message",
    "faultstring",
    "msg",
    "error",
    "title",
];

/// Keys that only errors have.
const ERROR_KEYS: [&str; 5] = ["error", "errors", "fault", "exception", "errormessage"];

/// Returns the sentence about a file that describes no documents by its kind.
pub(super) fn describe(tops: &[Value]) -> Option<String> {
    if let [Value::Array(items)] = tops {
        let first = items.first().and_then(Value::as_object)?;
        let has_both = |keys: &[&str; 2]| keys.iter().all(|key| first.contains_key(key));
        return TASK_KEYS.iter().any(has_both).then(|| PROGRAM.to_owned());
    }
    let [Value::Object(top)] = tops else { return None };
    if are_translations(top) {
        return Some(TRANSLATIONS.to_owned());
    }
    let keys: Vec<String> = top.keys().map(|key| bare(key)).collect();
    let has = |key: &&str| match *key {
        "schema" => top.contains_key("$schema"),
        key => keys.iter().any(|known| known == key),
    };
    let kind = KINDS.iter().find(|(needed, _)| needed.iter().all(has));
    match kind {
        Some((_, message)) => Some((*message).to_owned()),
        None if are_packages(top) || is_package(top) => Some(PROGRAM.to_owned()),
        None if are_picture_labels(top) => Some(PICTURE_LABELS.to_owned()),
        None if is_health_data(top) => Some(HEALTH.to_owned()),
        None if is_calendar(top) => Some(CALENDAR.to_owned()),
        None if is_thesaurus(top) => Some(THESAURUS.to_owned()),
        None if is_network_log(top) => Some(NETWORK_LOG.to_owned()),
        None => error_message(top),
    }
}

/// Keys of the description of a package (<https://docs.npmjs.com/cli/configuring-npm/package-json>) that no document has.
const PACKAGE_ONLY_KEYS: [&str; 9] = [
    "private",
    "main",
    "bin",
    "engines",
    "workspaces",
    "browserslist",
    "peerdependencies",
    "exports",
    "bugs",
];

/// Whether an object describes a package of a program: its name is like that of a folder, and it has a version in
/// three numbers or a key that only packages have.
fn is_package(top: &Object) -> bool {
    let text = |key: &str| top.get(key).and_then(Value::as_str);
    let is_sign = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-._/@".contains(letter)
    };
    let is_name = |name: &str| !name.is_empty() && name.chars().all(is_sign);
    let is_version = |version: &str| {
        let mut numbers = version.split(['-', '+']).next().unwrap_or(version).split('.');
        let are_digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        numbers.clone().count() == 3 && numbers.all(are_digits)
    };
    let has_key = || top.keys().any(|key| PACKAGE_ONLY_KEYS.contains(&bare(key).as_str()));
    // schema.org describes data sets and programs by the same names.
    let is_typed = ["@context", "@type", "@id"].iter().any(|key| top.contains_key(key));
    text("name").is_some_and(is_name)
        && (text("version").is_some_and(is_version) || has_key())
        && !is_typed
        && !said(top).date
        && !has_list(top)
}

/// Whether an object has nothing but lists of what a program is built of, each with its name and its version.
fn are_packages(top: &Object) -> bool {
    let is_package = |value: &Value| {
        let object = value.as_object();
        object.is_some_and(|it| ["name", "version"].iter().all(|key| it.contains_key(key)))
    };
    let are_packages = |(key, value): (&compact_str::CompactString, &Value)| {
        let list = value.as_array().filter(|list| !list.is_empty());
        PACKAGE_KEYS.contains(&bare(key).as_str())
            && list.is_some_and(|it| it.iter().all(is_package))
    };
    let mut lists = top.iter().filter(|(_, value)| value.is_array()).peekable();
    lists.peek().is_some() && lists.all(are_packages)
}

/// Whether an object has the labels of pictures: each with the number of its picture.
fn are_picture_labels(top: &Object) -> bool {
    let labels = top.get("annotations").and_then(Value::as_array);
    let is_label = |value: &Value| {
        let object = value.as_object();
        object.is_some_and(|it| it.contains_key("image_id") && it.contains_key("category_id"))
    };
    top.contains_key("images")
        && labels.is_some_and(|list| !list.is_empty() && list.iter().all(is_label))
}

/// Types of what a health service knows, which no document has (<https://hl7.org/fhir/resourcelist.html>).
const HEALTH_TYPES: [&str; 14] = [
    "Bundle",
    "Patient",
    "Practitioner",
    "Encounter",
    "Observation",
    "Condition",
    "Procedure",
    "Immunization",
    "MedicationRequest",
    "MedicationStatement",
    "AllergyIntolerance",
    "DiagnosticReport",
    "Questionnaire",
    "CapabilityStatement",
];

/// Whether an object is what a health service knows of a patient.
fn is_health_data(top: &Object) -> bool {
    let kind = top.get("resourceType").and_then(Value::as_str);
    kind.is_some_and(|kind| HEALTH_TYPES.contains(&kind)) && !top.contains_key("title")
}

/// Whether an object is a calendar: it says so, or all objects of a list have a begin and an end with a moment each.
fn is_calendar(top: &Object) -> bool {
    let kind = top.get("kind").and_then(Value::as_str);
    let is_moment = |value: Option<&Value>| {
        let object = value.and_then(Value::as_object);
        object.is_some_and(|it| it.contains_key("dateTime") || it.contains_key("timeZone"))
    };
    let is_meeting = |value: &Value| {
        let has_both = is_moment(value.get("start")) && is_moment(value.get("end"));
        has_both && value.get("title").is_none()
    };
    let are_meetings = |value: &Value| {
        value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(is_meeting))
    };
    kind.is_some_and(|kind| kind.starts_with("calendar#")) || top.values().any(are_meetings)
}

/// Nodes of a thesaurus of SKOS (<https://www.w3.org/TR/skos-reference/>).
const THESAURUS_NODES: [&str; 4] = ["concept", "conceptscheme", "collection", "orderedcollection"];

/// What is said about a thesaurus.
const THESAURUS: &str = "this is a thesaurus (SKOS), which lists subjects and no documents: open the descriptions that use \
                         it, or take the subjects with --records";

/// What is said about a log of a browser.
const NETWORK_LOG: &str = "this is a log of what a browser loaded (HAR), and describes no documents: save the page or the \
                           answer itself, and open that";

/// Whether an object has nothing but the nodes of a thesaurus, or lists them with their types.
fn is_thesaurus(top: &Object) -> bool {
    let objects = |value: &Value| -> Vec<Object> {
        let one = std::slice::from_ref(value);
        let values = value.as_array().map_or(one, Vec::as_slice);
        values.iter().filter_map(Value::as_object).cloned().collect()
    };
    let is_concept = |object: &Object| object.keys().any(|key| bare(key).ends_with("preflabel"));
    let nodes = top.iter().filter(|(_, value)| value.is_array() || value.is_object());
    let nodes: Vec<_> = nodes.filter(|(key, _)| *key != "@context").collect();
    let is_node = |key: &str| THESAURUS_NODES.contains(&bare(key).as_str());
    let is_typed = |object: &Object| types_of(object).any(is_skos_type);
    match nodes.as_slice() {
        [] => false,
        [(key, graph)] if *key == "@graph" => {
            let all = objects(graph);
            !all.is_empty() && all.iter().all(is_typed)
        }
        nodes => {
            nodes.iter().all(|(key, _)| is_node(key))
                && nodes.iter().any(|(_, value)| objects(value).iter().any(is_concept))
        }
    }
}

/// Whether a type is that of a node of a thesaurus: `skos:Concept`.
fn is_skos_type(text: &str) -> bool {
    let last = text.rsplit([':', '#', '/']).next().unwrap_or(text);
    text.to_lowercase().contains("skos") && THESAURUS_NODES.contains(&bare(last).as_str())
}

/// Whether an object is a log of a browser: HAR.
fn is_network_log(top: &Object) -> bool {
    let log = top.get("log").and_then(Value::as_object);
    log.is_some_and(|log| {
        let has_list = log.get("entries").is_some_and(Value::is_array);
        has_list && ["version", "creator"].iter().all(|key| log.contains_key(key))
    })
}

/// What is said about the words of a program in a language.
const TRANSLATIONS: &str = "these are the words of a program in a language, and describe no documents: open the file \
                            that has the list";

/// Elements of the words of a program for Android.
const WORD_ELEMENTS: [&str; 3] = ["string", "stringarray", "plurals"];

/// Whether an object has the words of a program: at least two of its texts are the names of their keys in any language,
/// `"author": "Author"`, or it has the elements of such words only.
fn are_translations(top: &Object) -> bool {
    let is_word = |key: &_| WORD_ELEMENTS.contains(&bare(AsRef::<str>::as_ref(key)).as_str());
    if !top.is_empty() && top.keys().all(is_word) {
        return true;
    }
    let mut words = WordCount::default();
    words.add_object(top, 0)
        && words.all > 2
        && words.named > 1
        && words.named * MAX_WORDS_PER_NAME >= words.all
}

/// The most texts of a program for each that is the name of its key.
const MAX_WORDS_PER_NAME: usize = 5;

/// The deepest nesting of the words of a program.
const MAX_WORD_DEPTH: usize = 8;

/// The texts in a tree.
#[derive(Default)]
struct WordCount {
    all: usize,
    /// The texts that are the names of their keys.
    named: usize,
}

impl WordCount {
    /// Adds the texts of an object. Returns whether it has nothing else, and describes no document.
    fn add_object(&mut self, object: &Object, depth: usize) -> bool {
        let named = self.named;
        let are_texts =
            depth < MAX_WORD_DEPTH && object.iter().all(|(key, value)| self.add(key, value, depth));
        are_texts && (named < self.named || !said(object).is_document())
    }

    /// Adds the texts under a key.
    fn add(&mut self, key: &str, value: &Value, depth: usize) -> bool {
        match value {
            Value::String(text) => {
                self.all += 1;
                self.named += usize::from(is_name_of(key, text));
                true
            }
            Value::Object(inner) => self.add_object(inner, depth + 1),
            // Fields with labels and records are lists of objects with several keys.
            Value::Array(values) => values.iter().all(|value| {
                let has_keys = value.as_object().is_some_and(|object| object.len() > 1);
                let is_list = values.len() > 1;
                !(is_list && has_keys) && self.add("", value, depth + 1)
            }),
            _ => false,
        }
    }
}

/// Whether a text is the name of its key, as it is or in another language: `"author": "Verfasser"`.
fn is_name_of(key: &str, text: &str) -> bool {
    // `{"label": "Title"}`
    if value_words::LABEL_KEYS.contains(&key) || value_words::ELEMENT_LABEL_KEYS.contains(&key) {
        return false;
    }
    // `{"box": "Box 3"}` is where a document lies.
    let is_container = |name: &str| {
        use Field::{Box, Container, Folder};
        let is_one = |target| matches!(target, FieldTarget::Field(Box | Container | Folder));
        known_names(name).iter().any(|known| is_one(known.target))
    };
    if text.contains(|sign: char| sign.is_ascii_digit()) || is_container(key) {
        return false;
    }
    let bare_key = bare(key);
    let surest = |name: &str| known_names(name).first().filter(|it| it.rank < LOOSE_RANK).copied();
    let is_same =
        || surest(key).zip(surest(text)).is_some_and(|(key, text)| key.target == text.target);
    !bare_key.is_empty() && (bare(text) == bare_key || is_same())
}

/// Returns the sentence about the error that a service answered.
fn error_message(top: &Object) -> Option<String> {
    if !is_error(top) || said(top).is_document() || has_list(top) {
        return None;
    }
    let inner = top.iter().find(|(key, _)| ERROR_KEYS.contains(&bare(key).as_str()));
    let inner = inner.and_then(|(_, value)| match value {
        Value::Array(errors) => errors.first().and_then(Value::as_object),
        value => value.as_object(),
    });
    let text = inner.into_iter().chain([top]).find_map(|it| texts::find_text(it, &MESSAGE_KEYS));
    let text = text.map(|(_, text)| format!(" (“{text}”)")).unwrap_or_default();
    Some(format!(
        "the service answered with an error{text}: there are no records in this file; correct the request and \
         save its answer again"
    ))
}

/// Whether an object says that a request failed.
fn is_error(top: &Object) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let has_number = top.iter().any(|(key, value)| {
        STATUS_KEYS.contains(&bare(key).as_str())
            && number(value).is_some_and(|number| ERROR_NUMBERS.contains(&number))
    });
    let has_message = texts::find_text(top, &MESSAGE_KEYS).is_some();
    let is_full = |value: &Value| match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Object(object) => !object.is_empty(),
        Value::Bool(value) => *value,
        _ => false,
    };
    let has_error =
        top.iter().any(|(key, value)| ERROR_KEYS.contains(&bare(key).as_str()) && is_full(value));
    let has_failed =
        ["success", "ok"].iter().any(|key| matches!(top.get(key), Some(Value::Bool(false))));
    (has_number && has_message) || (has_error && !said(top).title) || (has_failed && has_message)
}

/// Whether an object has a list of objects that are no errors, in it or in an object in it.
fn has_list(top: &Object) -> bool {
    let is_list =
        |value: &Value| value.as_array().is_some_and(|values| values.iter().any(Value::is_object));
    let others = top.iter().filter(|(key, _)| !ERROR_KEYS.contains(&bare(key).as_str()));
    let mut others = others.map(|(_, value)| value);
    others.any(|value| match value {
        Value::Object(inner) => inner.iter().any(|(key, value)| {
            !ERROR_KEYS.contains(&bare(key).as_str()) && key != "details" && is_list(value)
        }),
        value => is_list(value),
    })
}
