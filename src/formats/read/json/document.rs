//! A JSON document: a list of records, an object that has one, or one record alone. Records are
//! handed over while the rest is still to be read.

use std::fmt;
use std::io;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Error;

use super::{Draft, Key, Letters, Name, Object, Place, Value, foreign_keys, said};
use crate::formats::read::date_cache::DateReader;
use crate::formats::read::{Accession, Page, Sink};
use crate::record::{Archive, Problem};

/// The keys of an object under which its records stand.
const LISTS: [&str; 6] = ["records", "record", "items", "docs", "results", "data"];

/// Whether the beginning of an object has a key with a list of objects.
pub(super) fn has_list(beginning: &str) -> bool {
    let is_list = |after: &str| {
        let letters = after.chars().filter(|letter| !letter.is_whitespace());
        letters.take(3).eq(":[{".chars())
    };
    LISTS.iter().any(|key| beginning.split(&format!("\"{key}\"")).skip(1).any(is_list))
}

/// Whether a file begins as a list or an object.
pub(crate) fn looks_like(beginning: &str) -> bool {
    let text = beginning.trim_start();
    let within = text.strip_prefix(['[', '{']).map(str::trim_start);
    let follows = if text.starts_with('{') { ['"', '}'] } else { ['{', ']'] };
    within.is_some_and(|within| within.starts_with(follows))
}

/// Reads a document, or several one after the other.
pub(crate) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let (name, place) = (file.name, Place::default());
    let mut listing = Listing::new(name, sink);
    let mut json = serde_json::Deserializer::from_reader(Letters::new(file, &place)?);
    while json.end().is_err() {
        match (Top { listing: &mut listing }).deserialize(&mut json) {
            Err(error) if error.is_io() => return Err(error.into()),
            Err(error) => {
                listing.broken(&error);
                break;
            }
            Ok(()) => {}
        }
    }
    listing.begin(Archive::default());
    place.note(name, listing.sink);
    Ok(())
}

/// What is read of a file, handed over record by record.
struct Listing<'s> {
    file: &'s str,
    sink: &'s mut dyn Sink,
    dates: DateReader,
    /// Whether the page has begun.
    begun: bool,
    /// How many records were met.
    met: usize,
}

impl<'s> Listing<'s> {
    fn new(file: &'s str, sink: &'s mut dyn Sink) -> Listing<'s> {
        Listing { file, sink, dates: DateReader::default(), begun: false, met: 0 }
    }

    /// Begins the page, or says more of its archive.
    fn begin(&mut self, archive: Archive) {
        if !self.begun || archive != Archive::default() {
            self.sink.page(Page { file: self.file.to_owned(), archive, ..Page::default() });
        }
        self.begun = true;
    }

    /// Hands over a record.
    fn record(&mut self, mut draft: Draft) {
        foreign_keys::put_in_place(&mut draft);
        self.begin(Archive::default());
        self.met += 1;
        let number = self.met;
        let (record, doubts) = draft.finish(&mut self.dates);
        let of_record = |text| format!("record {number}: {text}");
        for problem in said(self.file, None, doubts.into_iter().map(of_record).collect()) {
            self.sink.problem(problem);
        }
        if let Some(record) = record {
            self.sink.record(record);
        } else {
            let message = format!("record {number} was left out: it has no field");
            self.sink.problem(Problem::fault(self.file, None, message));
        }
    }

    /// The text is no JSON from a place on.
    fn broken(&mut self, error: &Error) {
        let (what, met) = (super::reason(error), self.met);
        let message = format!(
            "this is not JSON: {what}; {met} records before this place were read, what follows was not"
        );
        let problem = Problem::fault(self.file, Some(error.line()), message);
        self.sink.problem(Problem { column: Some(error.column().max(1)), ..problem });
    }
}

/// Reads what stands at the top of a document.
struct Top<'l, 's> {
    listing: &'l mut Listing<'s>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record, a list of records, or an object with a list `records`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(draft) = items.next_element_seed(Object)? {
            self.listing.record(draft);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut beside = Draft::default();
        let mut listed = false;
        while let Some(name) = entries.next_key_seed(Name)? {
            match name.as_ref() {
                "archive" => {
                    let mut archive = Draft::default();
                    let key = &Key::Own("own".into());
                    entries.next_value_seed(Value { draft: &mut archive, key })?;
                    self.listing.begin(archive.archive());
                }
                list if LISTS.contains(&list) => {
                    listed = true;
                    self.listing.begin(std::mem::take(&mut beside).archive());
                    entries.next_value_seed(Top { listing: &mut *self.listing })?;
                }
                _ => entries.next_value_seed(Value { draft: &mut beside, key: &Key::of(name) })?,
            }
        }
        if listed {
            self.listing.begin(beside.archive());
        } else if beside.has_any() || self.listing.met == 0 {
            self.listing.record(beside);
        }
        Ok(())
    }
}

impl Draft {
    /// Whether anything was read.
    fn has_any(&self) -> bool {
        self.record != crate::record::Record::default() || !self.date.is_empty()
    }

    /// What was read, as what a file says of its archive.
    fn archive(self) -> Archive {
        let mut archive = Archive::default();
        let known = self.record.values.into_iter().map(|(of, text)| (of.key().to_owned(), text));
        let dates = self.date.into_iter().map(|text| ("date".to_owned(), text));
        for (name, text) in known.chain(dates).chain(self.record.own) {
            let place = match name.as_str() {
                "title" => Some(&mut archive.title),
                "source" => Some(&mut archive.source),
                "url" => Some(&mut archive.url),
                "description" => Some(&mut archive.description),
                _ => None,
            };
            match (place, text.parse()) {
                (Some(place @ None), _) => *place = Some(text),
                (None, Ok(total)) if name == "total" && archive.total.is_none() => {
                    archive.total = Some(total);
                }
                _ => archive.own.push((name, text)),
            }
        }
        archive
    }
}
