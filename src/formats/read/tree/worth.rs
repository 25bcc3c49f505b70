//! How much objects say about documents: a title, a date, persons. What is no document is worth nothing.

use crate::formats::read::json::{Object, Value};

use super::leaves::{self, Leaf};
use super::named_addresses::labels_of_things;
use super::texts;
use super::words;
use crate::formats::field_names::{FieldTarget, known_names, may_be_of_row, words_of};
use crate::record::{Date, Field};

/// What an object says about a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether there is a field of this kind"
)]
pub(super) struct Said {
    pub(super) title: bool,
    pub(super) date: bool,
    pub(super) person: bool,
    pub(super) id: bool,
    pub(super) address: bool,
    pub(super) summary: bool,
    /// Both sides of a letter, its sender and its recipient.
    pub(super) letter: bool,
}

impl Said {
    /// Returns how much it is: 3 for a title, 2 for a date and for a person, 1 for the other side of a letter, an id, an
    /// address and a summary.
    pub(super) fn worth(self) -> f64 {
        let Said { title, date, person, id, address, summary, letter } = self;
        let worths = [
            (title, 3.0),
            (date, 2.0),
            (person, 2.0),
            (id, 1.0),
            (address, 1.0),
            (summary, 1.0),
            (letter, 1.0),
        ];
        worths.iter().filter(|(has, _)| *has).map(|(_, worth)| worth).sum()
    }

    /// Returns what is said here or there.
    pub(super) fn with(self, other: Said) -> Said {
        Said {
            title: self.title || other.title,
            date: self.date || other.date,
            person: self.person || other.person,
            id: self.id || other.id,
            address: self.address || other.address,
            summary: self.summary || other.summary,
            letter: self.letter || other.letter,
        }
    }

    /// Whether it describes a document: a title with a date or a person.
    pub(super) fn is_document(self) -> bool {
        self.title && (self.date || self.person)
    }

    /// Whether it describes a thing, which may be a document or a group of them: a title with anything else.
    pub(super) fn is_thing(self) -> bool {
        self.title && self != Said { title: true, ..Said::default() }
    }
}

/// Whether an object is a part of a document, such as a page, and no record.
pub(super) fn is_part(object: &Object) -> bool {
    types_of(object).any(words::is_part_type)
        || item_type_of(object).is_some_and(words::is_part_of_item_type)
}

/// Returns the types that an object states for itself.
pub(super) fn types_of(object: &Object) -> impl Iterator<Item = &str> {
    ["type", "@type"].iter().filter_map(|key| object.get(key)).filter_map(texts::text_of)
}

/// Returns the type of an item of a reference manager, which may stand in a wrapper.
fn item_type_of(object: &Object) -> Option<&str> {
    let find = |object| texts::find_text(object, &["itemType", "item_type"]);
    let inner = || object.get("data").and_then(Value::as_object).and_then(find);
    find(object).or_else(inner).map(|(_, text)| text)
}

/// Whether an object says where a document is kept.
pub(super) fn has_container(object: &Object) -> bool {
    let is_container = |target| {
        use Field::{Box, Collection, Folder, ReferenceCode, Repository, Series};
        let fields = [Box, Collection, Folder, ReferenceCode, Repository, Series];
        matches!(target, FieldTarget::Field(field) if fields.contains(&field))
    };
    object.keys().any(|key| known_names(key).iter().any(|known| is_container(known.target)))
}

/// Returns how much objects say about a document each, in the mean of those that are no parts of others.
pub(super) fn mean_worth(objects: &[&Object]) -> f64 {
    let rated = || objects.iter().filter(|object| !is_part(object));
    let count = u32::try_from(rated().count()).unwrap_or(u32::MAX).max(1);
    rated().map(|object| said(object).worth()).sum::<f64>() / f64::from(count)
}

/// Returns what an object says about a document.
pub(super) fn said(object: &Object) -> Said {
    let counts = object.get("count").is_some_and(Value::is_number);
    // JSON-stat: a table of numbers.
    let is_statistics = ["dimension", "size", "value"].iter().all(|key| object.contains_key(key));
    let is_of_software = || object.keys().any(|key| words::is_of_software(key));
    if is_part(object) || counts || is_statistics || is_of_software() {
        return Said::default();
    }
    let leaves = leaves::of_record(object);
    let said = said_by(object, &leaves);
    // A picture without a date or a person is a part of a document.
    let is_picture = types_of(object).any(words::may_be_part_type) && !said.is_document();
    if is_picture
        || is_measurement(said, &leaves)
        || is_series(object, said, &leaves)
        || is_place(object, said, &leaves)
    {
        return Said::default();
    }
    said
}

/// Returns what the names in an object say, whatever it is.
fn said_by(object: &Object, leaves: &[Leaf<'_>]) -> Said {
    let own = leaves.iter().filter(|leaf| leaf.depth == 0).map(|leaf| &*leaf.key);
    // A value that is missing here has a name all the same.
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    };
    let empty = object.iter().filter(|(_, value)| is_empty(value)).map(|(key, _)| key.as_str());
    // When a system made a row says nothing of a document.
    let names = own.chain(empty).filter(|name| !may_be_of_row(name));
    let known = names.flat_map(known_names).map(|known| known.target);
    // The parts of a date stand below its name.
    let in_date = leaves.iter().filter(|leaf| leaf.depth == 1).filter(|leaf| {
        let parent = leaf.parent.as_deref().map(known_names).unwrap_or_default();
        parent.iter().any(|known| known.target == FieldTarget::Date)
    });
    let in_date = in_date.flat_map(|leaf| known_names(&leaf.key)).map(|known| known.target);
    let in_date = in_date.filter(|target| !matches!(target, FieldTarget::Field(_)));
    let mut said = Said::default();
    let (mut has_sender, mut has_recipient) = (false, false);
    for target in known.chain(in_date) {
        has_sender |= target == FieldTarget::Field(Field::Creator);
        has_recipient |= target == FieldTarget::Field(Field::Recipient);
        match target {
            FieldTarget::Field(Field::Title) => said.title = true,
            FieldTarget::Date | FieldTarget::Begin | FieldTarget::Year => said.date = true,
            FieldTarget::Field(Field::Creator | Field::Recipient | Field::People) => {
                said.person = true;
            }
            FieldTarget::Field(Field::Id | Field::ReferenceCode) => said.id = true,
            FieldTarget::Field(Field::Url) => said.address = true,
            FieldTarget::Field(Field::Summary) => said.summary = true,
            _ => {}
        }
    }
    said.letter = has_sender && has_recipient;
    said.title |= !labels_of_things(leaves).is_empty();
    said
}

/// Whether a name in an object has a meaning.
fn means(leaf: &Leaf<'_>, target: FieldTarget) -> bool {
    known_names(&leaf.key).iter().any(|known| known.target == target)
}

/// Last words of the names of what weather stations measure and forecasts say.
const WEATHER_WORDS: [&str; 17] = [
    "temp",
    "temperature",
    "tmin",
    "tmax",
    "tavg",
    "humidity",
    "pressure",
    "dewpoint",
    "precipitation",
    "precip",
    "rain",
    "rainfall",
    "snowfall",
    "windspeed",
    "wind",
    "sunshine",
    "forecast",
];

/// The number of names for the weather in an object that is about nothing else.
const MIN_WEATHER_NAMES: usize = 2;

/// Whether keys are those of an object about the weather.
pub(crate) fn is_about_weather(keys: impl Iterator<Item = impl AsRef<str>>) -> bool {
    let is_weather = |key: &_| {
        let words = words_of(AsRef::<str>::as_ref(key));
        words.iter().any(|word| WEATHER_WORDS.contains(&word.as_str()))
    };
    keys.filter(is_weather).count() >= MIN_WEATHER_NAMES
}

/// Whether an object is a row of measurements: a day or an id, and for the rest numbers, or the weather.
fn is_measurement(said: Said, leaves: &[Leaf<'_>]) -> bool {
    // The log of a ship has a title.
    let has_title = leaves.iter().any(|leaf| is_one_of(&leaf.key, &DOCUMENT_TITLE_WORDS));
    let is_weather =
        || is_about_weather(leaves.iter().map(|leaf| &leaf.key)) || is_forecast(leaves);
    if !said.person && !has_title && is_weather() {
        return true;
    }
    let is_coded = |leaf: &Leaf<'_>| means(leaf, FieldTarget::Field(Field::ReferenceCode));
    if said.title || said.person || said.summary || !said.date || leaves.iter().any(is_coded) {
        return false;
    }
    let others = || leaves.iter().filter(|leaf| known_names(&leaf.key).is_empty());
    let numbers = || others().filter(|leaf| leaf.text.trim().parse::<f64>().is_ok());
    let has_fraction = numbers().any(|leaf| leaf.text.contains('.'));
    let enough = if has_fraction { 1 } else { 2 };
    numbers().count() >= enough && 2 * numbers().count() >= others().count()
}

/// Words for the weather in what forecasts say of a day.
const FORECAST_WORDS: [&str; 40] = [
    "rain",
    "rainy",
    "shower",
    "showers",
    "drizzle",
    "cloud",
    "clouds",
    "cloudy",
    "sky",
    "clear",
    "sun",
    "sunny",
    "snow",
    "snowy",
    "sleet",
    "hail",
    "fog",
    "foggy",
    "mist",
    "haze",
    "overcast",
    "storm",
    "thunderstorm",
    "wind",
    "windy",
    "regen",
    "schnee",
    "sonnig",
    "heiter",
    "nebel",
    "gewitter",
    "klar",
    "pluie",
    "neige",
    "soleil",
    "lluvia",
    "nieve",
    "soleado",
    "pioggia",
    "neve",
];

/// The most words of what a forecast says of a day.
const MAX_FORECAST_WORDS: usize = 4;

/// Whether an object has a name for the weather, and the words in it are few and about the weather.
fn is_forecast(leaves: &[Leaf<'_>]) -> bool {
    let is_weather = |leaf: &&Leaf<'_>| {
        words_of(&leaf.key).iter().any(|word| WEATHER_WORDS.contains(&word.as_str()))
    };
    let mut summaries =
        leaves.iter().filter(|leaf| means(leaf, FieldTarget::Field(Field::Summary))).peekable();
    let is_of_forecast = |leaf: &Leaf<'_>| {
        let words = words_of(&leaf.text);
        words.len() <= MAX_FORECAST_WORDS
            && words.iter().any(|word| FORECAST_WORDS.contains(&word.as_str()))
    };
    leaves.iter().any(|leaf| is_weather(&leaf))
        && summaries.peek().is_some()
        && summaries.all(is_of_forecast)
}

/// Names of the moment in a series of measurements, beside those of dates.
const MOMENT_NAMES: [&str; 5] = ["t", "x", "time", "timestamp", "moment"];

/// Whether an object is a series of measurements: it has a name, and a list of moments with numbers.
fn is_series(object: &Object, said: Said, leaves: &[Leaf<'_>]) -> bool {
    let has_title =
        leaves.iter().any(|leaf| leaf.depth == 0 && is_one_of(&leaf.key, &DOCUMENT_TITLE_WORDS));
    if has_title || said.is_document() {
        return false;
    }
    let is_number = |value: &Value| match value {
        Value::Number(_) | Value::Null => true,
        Value::String(text) => text.trim().parse::<f64>().is_ok(),
        _ => false,
    };
    let is_moment = |key: &str| {
        MOMENT_NAMES.contains(&words::bare(key).as_str())
            || known_names(key).iter().any(|known| known.target == FieldTarget::Date)
    };
    let is_point = |value: &Value| match value {
        Value::Object(point) => {
            let others = || point.iter().filter(|(key, _)| !is_moment(key));
            others().count() < point.len()
                && others().next().is_some()
                && others().all(|(_, value)| is_number(value))
        }
        Value::Array(point) => match point.as_slice() {
            [Value::String(date), number] => {
                Date::parse(date).span().is_some() && is_number(number)
            }
            _ => false,
        },
        _ => false,
    };
    let are_points = |value: &Value| match value {
        Value::Array(points) => points.len() > 1 && points.iter().all(is_point),
        _ => false,
    };
    object.values().any(are_points)
}

/// Names of the one coordinate, and of the other.
const LATITUDE_NAMES: [&str; 3] = ["lat", "latitude", "geolat"];
const LONGITUDE_NAMES: [&str; 5] = ["lon", "lng", "long", "longitude", "geolong"];

/// The last words of titles that documents have. Places have names.
const DOCUMENT_TITLE_WORDS: [&str; 5] = ["title", "titel", "heading", "headline", "caption"];

/// Whether a name ends with a word for titles that documents have.
pub(crate) fn is_document_title(name: &str) -> bool {
    is_one_of(name, &DOCUMENT_TITLE_WORDS)
}

/// Whether names of columns are those of a place on a map: it has coordinates and a name that is no title.
pub(crate) fn are_of_places<'n>(mut names: impl Iterator<Item = &'n str> + Clone) -> bool {
    let has = |of: &[&str]| names.clone().any(|name| is_one_of(name, of));
    let are_coordinates = has(&LATITUDE_NAMES) && has(&LONGITUDE_NAMES);
    are_coordinates && !names.any(|name| is_one_of(name, &DOCUMENT_TITLE_WORDS))
}

/// Whether the last word of a key is one of these.
fn is_one_of(key: &str, words: &[&str]) -> bool {
    words_of(key).last().is_some_and(|word| words.contains(&word.as_str()))
}

/// Whether an object is a feature of `GeoJSON` (RFC 7946, section 3.2).
pub(super) fn is_feature(object: &Object) -> bool {
    object.contains_key("geometry") && types_of(object).any(|it| it == "Feature")
}

/// Whether objects are features of `GeoJSON`, and none of them is a document by its title with a date or a person, or by its
/// shelfmark.
pub(super) fn are_places(objects: &[&Object]) -> bool {
    let is_document = |object: &&Object| {
        let leaves = leaves::of_record(object);
        let has_code =
            || leaves.iter().any(|leaf| means(leaf, FieldTarget::Field(Field::ReferenceCode)));
        said_by(object, &leaves).is_document() || has_code()
    };
    !objects.is_empty()
        && objects.iter().all(|object| is_feature(object))
        && !objects.iter().any(is_document)
}

/// Whether an object is a place on a map: it has coordinates and a name, and nothing describes it.
fn is_place(object: &Object, said: Said, leaves: &[Leaf<'_>]) -> bool {
    if said.is_document() || said.summary {
        return false;
    }
    let has_key = |names: &[&str]| leaves.iter().any(|leaf| is_one_of(&leaf.key, names));
    let has_geometry = object.contains_key("geometry") || object.contains_key("coordinates");
    let has_coordinates = has_geometry || (has_key(&LATITUDE_NAMES) && has_key(&LONGITUDE_NAMES));
    let is_of_document = |leaf: &Leaf<'_>| {
        leaf.depth == 0
            && (is_one_of(&leaf.key, &DOCUMENT_TITLE_WORDS)
                || means(leaf, FieldTarget::Field(Field::ReferenceCode)))
    };
    has_coordinates && !leaves.iter().any(is_of_document)
}
