//! Tells whose values another document in a record has: the newspaper in which the record was published gives it a day, a book
//! that it mentions gives it nothing.

use compact_str::CompactString;

use super::key_uses::KeyUses;
use super::leaves::Owner;
use super::nesting::is_one_of;
use super::own_meanings::{OwnMeanings, title_of};
use super::{lifting, words};
use crate::formats::field_names::{
    FieldTarget, is_earlier_date, is_host_document, known_names, words_of,
};
use crate::formats::read::json::{Object, Value};
use crate::record::{Date, Field};

/// Keys of the document itself in another form, which has the days and persons of the record.
const FORM_KEYS: [&str; 8] =
    ["instance", "manifestation", "expression", "work", "item", "imprint", "letter", "document"];

/// Keys of what a document was published in or as. Its days and persons are those of a record that has none itself.
const HOST_KEYS: [&str; 8] =
    ["edition", "issue", "volume", "host", "journal", "container", "source", "original"];

/// Keys of events that may also be other things with a title: a newspaper, an exhibition.
const TITLED_EVENT_KEYS: [&str; 2] = ["event", "publication"];

/// Whether a list in a record that has a title is of other documents, which the record only mentions: they have
/// titles of their own with a day or a person, and nothing says that they are the record itself.
///
/// Several editions, and one with the title of the record, are later than the record.
pub(super) fn are_mentioned(key: &str, values: &[Value], own: &OwnMeanings<'_>) -> bool {
    let Some(Value::Object(first)) = values.first() else { return false };
    let is_later = || is_edition(key) && (values.len() > 1 || has_title_of(first, own));
    let is_other_host =
        || is_one_of(key, &HOST_KEYS) && own.is_described() && !has_title_of(first, own);
    let may_be_own = || is_one_of(key, &FORM_KEYS) || is_one_of(key, &HOST_KEYS);
    may_be_mentioned(key, first, (KeyUses::of_key(key), KeyUses::of_object(first).0))
        && (!may_be_own() || is_later() || is_other_host())
}

/// Whether an object in a record is another document that the record only mentions, such as a reply or the book
/// in which it stands. An object with the title of the record describes the record.
///
/// The uses are those of its key, and of the keys in it.
pub(super) fn is_mentioned(
    key: &str,
    object: &Object,
    uses: (KeyUses, KeyUses),
    own: &OwnMeanings<'_>,
) -> bool {
    if !may_be_mentioned(key, object, uses) || lifting::describes(key) {
        return false;
    }
    // Another edition with the title of the record is later than it.
    is_edition(key) || (!has_title_of(object, own) && !is_one_of(key, &FORM_KEYS))
}

/// Returns the owner of the values of an object that a record mentions. The record was published in it if its name is one for a
/// newspaper, a journal or a book and it has no author. Letters are not published so, and a picture is of the day of a newspaper,
/// but not of the year of a book.
pub(super) fn owner_of_mentioned(
    key: &str,
    object: Option<&Object>,
    own: &OwnMeanings<'_>,
) -> Owner {
    let is_author = |key: &CompactString| {
        let target = known_names(key).first().map(|known| known.target);
        [Field::Creator, Field::Recipient].map(FieldTarget::Field).map(Some).contains(&target)
    };
    let has_no_author = |object: &Object| !object.keys().any(is_author);
    let is_host = is_host_document(key)
        && object.is_some_and(|it| has_no_author(it) && !has_title_of(it, own))
        && !own.is_letter()
        && (!own.is_picture() || object.is_some_and(has_earlier_day));
    if is_host { Owner::Host } else { Owner::Mentioned }
}

/// Whether an object has a day before programs wrote theirs.
fn has_earlier_day(object: &Object) -> bool {
    let is_day = |text: &str| {
        let span = Date::parse(text).span().filter(|_| is_earlier_date(text));
        span.is_some_and(|span| span.earliest == span.latest)
    };
    let dates = object.iter().filter(|(key, _)| KeyUses::of_key(key).has(KeyUses::DATE));
    dates.filter_map(|(_, value)| value.as_str()).any(is_day)
}

/// Whether an object under a key is titled, with a day or a person, and nothing says that it is a part of the record.
fn may_be_mentioned(key: &str, object: &Object, (of_key, any): (KeyUses, KeyUses)) -> bool {
    let is_dated = any.has(KeyUses::DATE) || any.has(KeyUses::DATE_PART);
    any.has(KeyUses::DOCUMENT_TITLE)
        && (is_dated || any.has(KeyUses::NAMES))
        && !of_key.has(KeyUses::KNOWN)
        && (!of_key.has(KeyUses::EVENT) || is_titled_event(key, object))
}

/// Whether an object under the key of an event is another thing by its title: that of an event says that something was
/// made.
fn is_titled_event(key: &str, object: &Object) -> bool {
    let of_making = |title: &str| words_of(title).iter().any(|word| words::is_making(word));
    is_one_of(key, &TITLED_EVENT_KEYS) && title_of(object).is_some_and(|title| !of_making(title))
}

/// Whether an object has the title of a record.
fn has_title_of(object: &Object, own: &OwnMeanings<'_>) -> bool {
    title_of(object) == own.title()
}

/// Whether a key is that of editions.
fn is_edition(key: &str) -> bool {
    is_one_of(key, &["edition"])
}
