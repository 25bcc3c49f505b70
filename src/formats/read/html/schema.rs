//! What names of schema.org mean in JSON-LD and microdata (<https://schema.org/CreativeWork>).

use crate::formats::field_names::{FieldTarget, is_system_date, known_names};
use crate::formats::read::json::{Object, Value};
use crate::formats::read::whole_dates::is_whole_date;

/// The day on which a work was published.
const PUBLISHED: &str = "datePublished";

/// Types of works that are made public as what they are, in lower case: the day of their publication is their date.
const PUBLICATIONS: [&str; 15] = [
    "book",
    "audiobook",
    "chapter",
    "scholarlyarticle",
    "thesis",
    "report",
    "periodical",
    "publicationissue",
    "publicationvolume",
    "newspaper",
    "map",
    "movie",
    "sheetmusic",
    "musicrecording",
    "legislation",
];

/// The first year in which there were web pages. What was published before is no page.
const FIRST_WEB_YEAR: u16 = 1991;

/// Gives the names of a work those that the program knows, and parts its keywords. `types` are its types, bare and in
/// lower case.
pub(super) fn use_known_names(work: &mut Object, types: &[String]) {
    if let Some(Value::String(keywords)) = work.get("keywords") {
        let keywords = keywords.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
        let keywords: Vec<Value> = keywords.map(Value::from).collect();
        if keywords.len() > 1 {
            work.insert("keywords".into(), Value::Array(keywords));
        }
    }
    name_subjects(work);
    let is_date = |name: &str| {
        let known = known_names(name);
        let is_date =
            |target| matches!(target, FieldTarget::Date | FieldTarget::Begin | FieldTarget::Year);
        name != PUBLISHED
            && !is_system_date(name)
            && known.first().is_some_and(|known| is_date(known.target))
    };
    if work.keys().any(|name| is_date(name)) {
        return;
    }
    let is_publication = types.iter().any(|it| PUBLICATIONS.contains(&it.as_str()));
    let published = work.get(PUBLISHED).and_then(Value::as_str).map(str::to_owned);
    let year = published.as_deref().and_then(|date| date.get(..4)?.parse::<u16>().ok());
    let is_old = year.is_some_and(|year| year < FIRST_WEB_YEAR);
    if let Some(date) = published.filter(|date| is_whole_date(date) && (is_publication || is_old)) {
        work.remove(PUBLISHED);
        work.insert("date".into(), Value::from(date));
    }
}

/// Makes keywords of the things that a work is about: `"about": [{"@type": "Thing", "name": "Mills"}]`. A text may be a
/// description.
fn name_subjects(work: &mut Object) {
    let name_of = |thing: &Value| thing.get("name").and_then(Value::as_str).map(str::to_owned);
    let names: Option<Vec<String>> = match work.get("about") {
        Some(Value::Array(things)) => things.iter().map(name_of).collect(),
        Some(thing @ Value::Object(_)) => name_of(thing).map(|name| vec![name]),
        _ => None,
    };
    let Some(names) = names.filter(|names| !names.is_empty()) else { return };
    if work.get("keywords").is_none() {
        work.remove("about");
        work.insert("keywords".into(), Value::Array(names.into_iter().map(Value::from).collect()));
    }
}

/// Returns a type without its vocabulary, in lower case: `book` of `https://schema.org/Book`.
pub(super) fn bare_type(text: &str) -> String {
    text.rsplit(['/', '#', ':']).next().unwrap_or(text).to_ascii_lowercase()
}
