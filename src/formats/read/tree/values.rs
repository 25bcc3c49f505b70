//! The value that an object stands for: its `@value`, the date of its parts, the name of a person.

use crate::formats::read::json::{Object, Value};

use super::key_uses::KeyUses;
use super::lifting::only_object;
use super::texts::{self, find_text};
use super::{value_words, words};
use crate::formats::field_names::fold::fold_name;
use crate::formats::field_names::{is_address, is_date_as_written, is_known, words_of};
use crate::formats::read::date_parts::JoinedDate;
use crate::record::{Date, Day};

/// The number of milliseconds in a day.
const MILLISECONDS_PER_DAY: i64 = 86_400_000;

/// The number of keys of an object that are compared without regard to case.
const MAX_VALUE_KEYS: usize = 8;

/// The key of the text of an XML element that has attributes too.
pub(super) const TEXT_KEY: &str = "#text";

/// Returns the value under a key, if it may stand for its object.
fn stands_for<'v>(object: &'v Object, key: &str) -> Option<(&'v str, &'v Value)> {
    {
        let (key, value) = object.get_key_value(key).or_else(|| {
            // Larger objects are things of their own, and comparing all keys takes time.
            let mut entries = object.iter().take(MAX_VALUE_KEYS);
            entries.find(|(other, _)| other.eq_ignore_ascii_case(key))
        })?;
        let stands = match value {
            Value::Null => false,
            Value::Array(values) => !values.is_empty() && values.iter().all(|it| !it.is_object()),
            Value::Object(inner) => {
                let is_marked = key.starts_with(['@', '$', '_']);
                is_language_map(inner)
                    || is_marked
                    || inner.contains_key(TEXT_KEY)
                    || is_value(inner)
            }
            _ => true,
        };
        stands.then_some((key.as_str(), value))
    }
}

/// Returns the value of an object that stands for it, with its key.
pub(super) fn value_of(object: &Object) -> Option<(&str, &Value)> {
    let mut keys = KeyUses::of_object(object).0.value_keys();
    let by_key = keys.find_map(|key| stands_for(object, key));
    // Systems have a short name beside the title that people read.
    let readable = |name: (&str, &Value)| {
        let is_short = name.0 == "name" && name.1.as_str().is_some_and(is_slug);
        ["title", "label"].into_iter().filter(|_| is_short).find_map(|key| stands_for(object, key))
    };
    let by_key = by_key.map(|name| readable((name.0, name.1)).unwrap_or(name));
    by_key.or_else(|| label_of_reference(object)).or_else(|| stands_for(object, "@id"))
}

/// Returns the value of an object under a known name: of a person or a body its name, of a date what is a
/// date in it.
///
/// `uses` are those of the key of the object.
pub(super) fn value_of_known(uses: KeyUses, object: &Object) -> Option<(&str, &Value)> {
    if uses.has(KeyUses::NAMES) {
        // The name of a field, with its value beside it.
        let is_label = |(_, label): (&str, &Value)| label.as_str().is_some_and(is_known);
        if stands_for(object, "name").is_some_and(is_label)
            && let Some(value) = stands_for(object, "value")
        {
            return Some(value);
        }
        return value_words::NAME_KEYS.iter().find_map(|key| stands_for(object, key));
    }
    if uses.has(KeyUses::URL) {
        // Feeds have links of several kinds.
        let kind = find_text(object, &value_words::LINK_KIND_KEYS);
        if kind.is_some_and(|(_, kind)| kind != "alternate") {
            return None;
        }
        let is_of_address = |value: &Value| value.as_str().is_some_and(is_address);
        let mut keys = value_words::ADDRESS_KEYS.iter();
        return keys.find_map(|key| stands_for(object, key).filter(|(_, it)| is_of_address(it)));
    }
    if !uses.has(KeyUses::DATE) {
        return None;
    }
    if let Some(code) = code_of_date(object) {
        return Some(code);
    }
    let is_date = |key: &str| words_of(key).last().is_some_and(|word| word == "date");
    let mut dates = object.iter().filter(|(key, value)| value.is_string() && is_date(key));
    let date = dates.next().filter(|_| stands_for(object, "expression").is_none())?;
    dates.next().is_none().then_some((date.0.as_str(), date.1))
}

/// Returns the day of a date in the form of programs, if the text beside it says less: `<date when="1902-07-12">Sunday</date>`.
fn code_of_date(object: &Object) -> Option<(&str, &Value)> {
    let text = object.get(TEXT_KEY)?.as_str()?;
    let mut keys = value_words::DATE_CODE_KEYS.iter();
    let (key, value) = keys.find_map(|key| object.get_key_value(key))?;
    let code = Date::parse(value.as_str()?).span()?;
    let says_less = match Date::parse(text).span() {
        None => true,
        Some(span) => span.earliest < code.earliest || span.latest > code.latest,
    };
    says_less.then_some((key.as_str(), value))
}

/// Returns the value of an object whose key means something, under a key that says so of nothing else, or in an object
/// that only wraps it. `uses` are those of the key of the object.
pub(super) fn inner_value_of<'v>(
    key: &str,
    uses: KeyUses,
    object: &'v Object,
) -> Option<(&'v str, &'v Value)> {
    // `data` is a date in Italian.
    let is_named = uses.has(KeyUses::KNOWN) && !words::is_wrapper(key);
    if !is_named || object.len() > MAX_VALUE_KEYS {
        return None;
    }
    let mut written = object.iter().filter(|(key, it)| it.is_string() && is_date_as_written(key));
    if uses.has(KeyUses::DATE)
        && let Some((key, text)) = written.next()
    {
        return Some((key, text));
    }
    let by_key = || value_words::KNOWN_VALUE_KEYS.iter().find_map(|it| stands_for(object, it));
    let described = || uses.has(KeyUses::NAMES).then(|| stands_for(object, "description"))?;
    let entries = || object.iter().map(|(key, value)| (key.as_str(), value));
    // `AbstractText` in `Abstract`.
    let is_text = |name: &str| {
        let stem = name.strip_suffix("Text");
        stem.is_some_and(|stem| stem.eq_ignore_ascii_case(key))
    };
    let is_inner_key = |name: &str| value_words::INNER_KEYS.contains(&name);
    let has_value = |inner: &Object| {
        KeyUses::of_object(inner).0.has(KeyUses::VALUE) || inner.keys().any(|it| is_inner_key(it))
    };
    let is_inner =
        |name: &str, value: &Value| is_inner_key(name) && only_object(value).is_some_and(has_value);
    by_key()
        .or_else(described)
        .or_else(|| entries().find(|(name, _)| is_text(name)))
        .or_else(|| entries().find(|(name, value)| is_inner(name, value)))
}

/// Returns the person or body in an object that says what it did: `{"person_or_org": {"name": …}}` in `creators`.
/// `uses` are those of the key of the object.
pub(super) fn party_of(uses: KeyUses, object: &Object) -> Option<(&str, &Value)> {
    if !uses.has(KeyUses::NAMES) {
        return None;
    }
    let is_party = |key: &str, value: &Value| {
        let is_list = value.is_array() && !words::is_class_key(key);
        let is_name = key == "name" && value.is_object();
        is_name || ((value.is_object() || is_list) && words::is_party_key(key))
    };
    let mut entries = object.iter().map(|(key, value)| (key.as_str(), value));
    entries.find(|(key, value)| is_party(key, value))
}

/// Returns the value of an object whose type is the key of its value: `{"type": "date", "date": …}`,
/// `{"stringValue": "Letter"}`.
pub(super) fn tagged_value(object: &Object) -> Option<(&str, &Value)> {
    if let Some((key, value)) = object.iter().next().filter(|_| object.len() == 1)
        && value_words::TYPED_VALUE_KEYS.contains(&key.as_str())
    {
        return Some((key.as_str(), value));
    }
    let tag = object.get("type")?.as_str()?;
    let (key, value) = object.get_key_value(tag)?;
    (!value.is_null()).then_some((key.as_str(), value))
}

/// Whether a text is a name for machines: `town-archive`.
fn is_slug(text: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

/// Words at the end of the keys of labels, the surest first.
const LABEL_WORDS: [&str; 3] = ["title", "label", "name"];

/// Words in the keys of labels that are those of a kind of things, or of a property: `resource_name`.
const KIND_WORDS: [&str; 9] =
    ["property", "resource", "class", "type", "kind", "template", "model", "schema", "vocabulary"];

/// Returns the label of an object that refers to another thing: `{"@id": …, "display_title": …}`. A title is surer than a
/// name, and the name of a kind of things is no label.
fn label_of_reference(object: &Object) -> Option<(&str, &Value)> {
    if !object.contains_key("@id") {
        return None;
    }
    let rank = |key: &str| {
        let words = words_of(key);
        let rank = LABEL_WORDS.iter().position(|word| words.last().is_some_and(|it| it == word))?;
        let is_of_kind = words.iter().any(|word| KIND_WORDS.contains(&word.as_str()));
        (!is_of_kind).then_some(rank)
    };
    let texts = object.iter().filter(|(_, value)| value.as_str().is_some_and(|it| !it.is_empty()));
    let labels = texts.filter_map(|(key, label)| Some((rank(key)?, key.as_str(), label)));
    labels.min_by_key(|(rank, ..)| *rank).map(|(_, key, label)| (key, label))
}

/// Returns the value under the singular of a list's name: `{"description": …}` in `descriptions`.
pub(super) fn value_of_list<'v>(
    list_key: &str,
    object: &'v Object,
) -> Option<(&'v str, &'v Value)> {
    let singular = list_key.strip_suffix('s')?;
    let (key, value) = object.get_key_value(singular)?;
    let is_text = value.is_string() || value.is_number();
    is_text.then_some((key.as_str(), value))
}

/// Returns the date that the parts in an object make, with the keys used: `{"year": 1945, "month": 7}`.
pub(super) fn date_of_parts(object: &Object) -> Option<(String, Vec<&str>)> {
    if let Some((key, Value::Array(dates))) = object.get_key_value("date-parts") {
        let dates: Option<Vec<String>> = dates.iter().map(date_of_list).collect();
        return dates.filter(|it| !it.is_empty()).map(|it| (it.join("/"), vec![key.as_str()]));
    }
    let part = |name: &str| {
        let (key, value) = object.iter().find(|(key, _)| fold_name(key) == name)?;
        let number = value.as_u64().map(|number| number.to_string());
        let text = number.or_else(|| texts::text_of(value).map(|text| text.trim().to_owned()))?;
        (!text.is_empty()).then_some((key.as_str(), text))
    };
    let is_year = |text: &str| text.parse().is_ok_and(|year: u32| (1..=9999).contains(&year));
    let (year_key, year) = part("year").filter(|(_, year)| is_year(year))?;
    let [month, day] = [part("month"), part("day")];
    let text = |part: &Option<(&str, String)>| part.as_ref().map(|(_, text)| text.clone());
    let year = format!("{year:0>4}");
    let joined = JoinedDate::new(&year, text(&month).as_deref(), text(&day).as_deref());
    if !joined.has_month {
        let others = object.keys().filter(|key| *key != year_key).count();
        return (others == 0).then(|| (year, vec![year_key]));
    }
    let month = month.filter(|_| joined.has_month);
    let day = day.filter(|_| joined.has_day);
    let used = [month, day].into_iter().flatten().map(|(key, _)| key);
    Some((joined.text, std::iter::once(year_key).chain(used).collect()))
}

/// Returns the day of a moment in milliseconds since 1970, as databases write it: `{"$date": -772416000000}`.
pub(super) fn date_of_number(object: &Object) -> Option<(String, Vec<&str>)> {
    let (key, value) = object.get_key_value("$date")?;
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    let moment = match value {
        Value::Object(inner) => number(inner.get("$numberLong")?)?,
        Value::Number(_) => number(value)?,
        _ => return None,
    };
    Some((Day(moment.div_euclid(MILLISECONDS_PER_DAY)).to_string(), vec![key.as_str()]))
}

/// Returns the date that a list of year, month and day makes.
fn date_of_list(parts: &Value) -> Option<String> {
    let number = |part: &Value| part.as_u64().or_else(|| part.as_str()?.trim().parse().ok());
    let parts: Option<Vec<u64>> = parts.as_array()?.iter().map(number).collect();
    match parts?.as_slice() {
        [year] => Some(format!("{year:04}")),
        [year, month] => Some(format!("{year:04}-{month:02}")),
        [year, month, day] => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}

/// Returns the name that a family's and a given name make, with the keys used.
pub(super) fn name_of_parts(object: &Object) -> Option<(String, Vec<&str>)> {
    let Some((family_key, family)) = find_text_with_use(object, KeyUses::FAMILY) else {
        return name_before_given(object);
    };
    match find_text_with_use(object, KeyUses::GIVEN) {
        Some((given_key, given)) => {
            Some((format!("{family}, {given}"), vec![family_key, given_key]))
        }
        None => Some(name_beside_family(object, (family_key, family))),
    }
}

/// Returns the name that `name` makes with the given one beside it, with the keys used. A `name` of several words, but for
/// particles, is the whole one.
fn name_before_given(object: &Object) -> Option<(String, Vec<&str>)> {
    let (given_key, given) = find_text_with_use(object, KeyUses::GIVEN)?;
    let (name_key, name) = find_text_in_any_case(object, &["name", "nom", "nome", "nachname"])?;
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_family = name.split_whitespace().filter(is_capital).count() == 1
        && name.split_whitespace().next_back().is_some_and(|last| is_capital(&last))
        && !name.contains([',', '.']);
    let is_within = name.to_lowercase().contains(&given.to_lowercase());
    (is_family && !is_within).then(|| (format!("{name}, {given}"), vec![name_key, given_key]))
}

/// Returns the name that a family's name makes with `name` beside it, which is the full one or the given one, with the
/// keys used.
fn name_beside_family<'v>(
    object: &'v Object,
    (family_key, family): (&'v str, &'v str),
) -> (String, Vec<&'v str>) {
    let name = find_text_in_any_case(object, &["name", "nome", "nombre"]);
    let has_family = |text: &str| text.contains(family);
    let full = find_text_in_any_case(object, &value_words::FULL_NAME_KEYS);
    let full = full.or(name).filter(|(_, text)| has_family(text));
    match (full, name) {
        (Some((full_key, full)), given) => {
            let given = given.filter(|(key, text)| *key != full_key && full.contains(text));
            let given_key = given.map(|(key, _)| key);
            (full.to_owned(), [family_key, full_key].into_iter().chain(given_key).collect())
        }
        (None, Some((given_key, given))) => {
            (format!("{family}, {given}"), vec![family_key, given_key])
        }
        (None, None) => (family.to_owned(), vec![family_key]),
    }
}

/// Returns the name that the first and the last one make, with the keys used. `uses` are those of the key of the object,
/// which must be that of names: pages have a first and a last one too.
pub(super) fn name_of_first_and_last(
    uses: KeyUses,
    object: &Object,
) -> Option<(String, Vec<&str>)> {
    if !uses.has(KeyUses::NAMES) {
        return None;
    }
    let (last_key, last) = find_text(object, &["last"])?;
    let (first_key, first) = find_text(object, &["first"])?;
    Some((format!("{last}, {first}"), vec![last_key, first_key]))
}

/// Returns the text under the first of these keys, whatever their case.
pub(super) fn find_text_in_any_case<'v>(
    object: &'v Object,
    keys: &[&str],
) -> Option<(&'v str, &'v str)> {
    let is_key = |key: &str| keys.iter().any(|known| known.eq_ignore_ascii_case(key));
    find_text(object, keys).or_else(|| find_text_where(object, is_key))
}

/// Returns the text under the first key that has a use.
fn find_text_with_use(object: &Object, uses: KeyUses) -> Option<(&str, &str)> {
    find_text_where(object, |key| KeyUses::of_key(key).has(uses))
}

/// Returns the first text whose key is accepted, with the key.
fn find_text_where(object: &Object, is_key: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let mut entries = object.iter().take(MAX_VALUE_KEYS);
    entries.find_map(|(key, value)| {
        let text = texts::text_of(value).map(str::trim).filter(|_| is_key(key))?;
        (!text.is_empty()).then_some((key.as_str(), text))
    })
}

/// Whether a key is the code of a language: `en`, `de-AT`.
pub(super) fn is_language(key: &str) -> bool {
    let (language, region) = key.split_once(['-', '_']).unwrap_or((key, "XX"));
    let is_code = (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && (2..=4).contains(&region.len());
    let is_name = || key.len() == 3 && is_known(key);
    (is_code && !["id", "to", "by", "no"].contains(&key) && !is_name())
        || ["@none", "none"].contains(&key)
}

/// Whether all keys of an object are languages: `{"en": ["Letter"], "de": ["Brief"]}`.
pub(super) fn is_language_map(object: &Object) -> bool {
    let is_text = |value: &Value| match value {
        Value::String(_) => true,
        Value::Array(values) => {
            let is_one = |it: &Value| it.is_string() || it.as_object().is_some_and(is_value);
            values.iter().all(is_one)
        }
        Value::Object(inner) => is_value(inner) && inner.contains_key("language"),
        _ => false,
    };
    !object.is_empty() && object.iter().all(|(key, value)| is_language(key) && is_text(value))
}

/// Whether an object stands for a value: `{"type": "uri", "value": "http://…"}`.
pub(super) fn is_value(object: &Object) -> bool {
    ["value", "@value"].iter().any(|key| object.contains_key(key))
}
