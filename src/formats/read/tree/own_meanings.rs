//! What the keys of a record mean. An element of its own counts before one that only has the name in an attribute.

use std::cell::OnceCell;

use super::key_uses::KeyUses;
use super::labelled::LabelledValue;
use super::texts::{find_text, text_of};
use super::values::{TEXT_KEY, is_language_map, is_value};
use crate::formats::field_names::{
    FieldTarget, KnownName, is_form_of_document, is_picture_maker, known_names,
};
use crate::formats::read::json::{Object, Value};
use crate::record::Field;

/// Keys of the title of a record.
const TITLE_KEYS: [&str; 4] = ["title", "titel", "name", "label"];

/// What the keys of a record mean. It is looked up when the first label asks for it: most records have none.
#[derive(Default)]
pub(super) struct OwnMeanings<'v> {
    /// The record, and what wraps its fields.
    records: Vec<&'v Object>,
    /// The surest name of each meaning among their keys.
    known: OnceCell<Vec<KnownName>>,
    /// The text of the title.
    title: OnceCell<Option<&'v str>>,
    /// Whether the record has a name, and no title of a document.
    is_only_named: OnceCell<bool>,
    /// Whether one of the keys is for the maker of a picture.
    is_picture: OnceCell<bool>,
}

impl<'v> OwnMeanings<'v> {
    /// Adds the keys of a record, or of what wraps its fields, that have a value and are no fields with a label.
    pub(super) fn add_record(&mut self, record: &'v Object) {
        let records = std::mem::take(&mut self.records);
        *self = OwnMeanings { records, ..OwnMeanings::default() };
        self.records.push(record);
    }

    /// The text of the record's title.
    pub(super) fn title(&self) -> Option<&'v str> {
        *self.title.get_or_init(|| self.records.iter().find_map(|record| title_of(record)))
    }

    /// Whether the record is described without a title, so that an object in it under a key, with these uses of its keys, is
    /// another document: a letter is by its sender and its recipient or its day, anything by a person beside that of the
    /// object. A letter without a day has that of an object that is its own by the key, such as `message`.
    pub(super) fn is_described_beside(&self, key: &str, inner: KeyUses) -> bool {
        use FieldTarget::{Begin, Date, Year};
        let known = self.known.get_or_init(|| self.look_up());
        let is_person = |own: &KnownName| match own.target {
            FieldTarget::Field(field) => Field::NAMES.contains(&field),
            _ => false,
        };
        let is_dated = |own: &KnownName| [Begin, Date, Year].contains(&own.target);
        let is_other = || {
            inner.has(KeyUses::NAMES)
                || known.iter().any(is_dated)
                || (self.is_letter() && !is_form_of_document(key))
        };
        known.iter().any(is_person) && is_other()
    }

    /// Whether the record is a letter by its recipient.
    pub(super) fn is_letter(&self) -> bool {
        let known = self.known.get_or_init(|| self.look_up());
        known.iter().any(|own| own.target == FieldTarget::Field(Field::Recipient))
    }

    /// Whether the record is a picture by the name of its maker: a photographer, a painter.
    pub(super) fn is_picture(&self) -> bool {
        *self.is_picture.get_or_init(|| {
            let mut keys = self.records.iter().flat_map(|record| record.keys());
            keys.any(|key| is_picture_maker(key))
        })
    }

    /// Whether the record has a day or a person of its own, so that those of an object in it may be another thing's.
    pub(super) fn is_described(&self) -> bool {
        use FieldTarget::{Begin, Date, End, Year};
        let known = self.known.get_or_init(|| self.look_up());
        known.iter().any(|own| match own.target {
            Date | Begin | End | Year => true,
            FieldTarget::Field(field) => Field::NAMES.contains(&field),
            _ => false,
        })
    }

    /// Whether the record has a name, and no title of a document.
    fn is_only_named(&self) -> bool {
        *self.is_only_named.get_or_init(|| {
            let keys = self.records.iter().flat_map(|record| record.iter());
            let mut filled = keys.filter(|(key, value)| has_own_value(key, value));
            !filled.any(|(key, _)| KeyUses::of_key(key).has(KeyUses::DOCUMENT_TITLE))
        })
    }

    /// Looks up what the keys mean.
    fn look_up(&self) -> Vec<KnownName> {
        let mut all: Vec<KnownName> = Vec::new();
        let keys = self.records.iter().flat_map(|record| record.iter());
        for (key, _) in keys.filter(|(key, value)| has_own_value(key, value)) {
            let Some(known) = known_names(key).first().copied() else { continue };
            match all.iter_mut().find(|own| own.target == known.target) {
                Some(own) => own.rank = own.rank.min(known.rank),
                None => all.push(known),
            }
        }
        all
    }

    /// Whether a key says what a label says, and as surely. Subjects and places may be said by both, and so may persons and ids
    /// where the label is no attribute of an element.
    pub(super) fn has(&self, label: &str, is_element: bool) -> bool {
        let Some(known) = known_names(label).first().copied() else { return false };
        let is_list = match known.target {
            FieldTarget::Field(Field::Subjects | Field::Places | Field::Language) => true,
            FieldTarget::Field(field) => {
                (Field::NAMES.contains(&field) || field == Field::Id) && !is_element
            }
            _ => false,
        };
        let is_same = |own: &KnownName| own.target == known.target && own.rank <= known.rank;
        // The name of anything, such as a list, is less than the title under a label.
        let is_title = known.target == FieldTarget::Field(Field::Title);
        let may_be_both = is_list || (is_title && self.is_only_named());
        !may_be_both && self.known.get_or_init(|| self.look_up()).iter().any(is_same)
    }
}

/// Returns the text of the title of an object, under whatever name.
pub(super) fn title_of(object: &Object) -> Option<&str> {
    let titles = object.iter().filter(|(key, value)| {
        KeyUses::of_key(key).has(KeyUses::FILLS_TITLE) && !value.is_object()
    });
    let mut titles = titles.filter_map(|(_, value)| text_of(value).map(str::trim));
    find_text(object, &TITLE_KEYS)
        .map(|(_, text)| text)
        .or_else(|| titles.find(|text| !text.is_empty()))
}

/// Whether there is a value under a key that is no field whose name stands in an attribute.
fn has_own_value(key: &str, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => values.first().is_some_and(|first| has_own_value(key, first)),
        // Other objects may have the field with the label in them.
        Value::Object(object) => {
            let is_value =
                object.contains_key(TEXT_KEY) || is_value(object) || is_language_map(object);
            is_value && !LabelledValue::is_field(key, object)
        }
        _ => true,
    }
}
