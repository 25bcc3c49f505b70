//! Parses a JSON document: a list of records, an object with such a list, or one record. Each
//! record is sent as soon as it is parsed.

use std::fmt;
use std::io;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Error;

use super::{
    DecodingReader, Draft, Key, KeySeed, LineTracker, ObjectSeed, ValueSeed, warnings_to_problems,
};
use crate::formats::read::date_cache::DateCache;
use crate::formats::read::{InputFile, PageStart, Sink, doubtful_dates};
use crate::record::{Archive, OwnName, Problem};

/// The keys that may hold a list of records.
const LIST_KEYS: [&str; 6] = ["records", "record", "items", "docs", "results", "data"];

/// Whether the beginning of an object contains a list of objects under one of these keys.
pub(super) fn has_list(beginning: &str) -> bool {
    let is_list = |after: &str| {
        let letters = after.chars().filter(|letter| !letter.is_whitespace());
        letters.take(3).eq(":[{".chars())
    };
    LIST_KEYS.iter().any(|key| beginning.split(&format!("\"{key}\"")).skip(1).any(is_list))
}

/// Whether a file begins as a list or an object.
pub(crate) fn looks_like(beginning: &str) -> bool {
    let text = beginning.trim_start();
    let inside = text.strip_prefix(['[', '{']).map(str::trim_start);
    let next = if text.starts_with('{') { ['"', '}'] } else { ['{', ']'] };
    // The list may hold rows. Its first row then names the columns.
    let is_row = |inside: &str| {
        text.starts_with('[')
            && inside.strip_prefix('[').is_some_and(|row| row.trim_start().starts_with('"'))
    };
    // Rows may also stand a line each.
    let are_lines = || {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let is_list = |line: &str| {
            line.starts_with('[')
                && serde_json::from_str::<Vec<serde::de::IgnoredAny>>(line).is_ok()
        };
        text.starts_with('[')
            && lines.next().is_some_and(is_list)
            && lines.next().is_some_and(|line| line.starts_with('['))
    };
    inside.is_some_and(|inside| inside.starts_with(next) || is_row(inside) || are_lines())
}

/// Parses a document, or several in sequence.
pub(crate) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let (name, tracker) = (file.name, LineTracker::default());
    let mut parser = DocumentParser::new(name, sink);
    let mut json = serde_json::Deserializer::from_reader(DecodingReader::new(file, &tracker)?);
    while json.end().is_err() {
        match (TopLevel { parser: &mut parser }).deserialize(&mut json) {
            Err(error) if error.is_io() => return Err(error.into()),
            Err(error) => {
                parser.report_broken(&error);
                break;
            }
            Ok(()) => {}
        }
    }
    parser.start_page(Archive::default());
    tracker.report_encoding(name, parser.sink);
    Ok(())
}

/// Sends the records of a file one by one.
struct DocumentParser<'s> {
    file: &'s str,
    sink: &'s mut dyn Sink,
    dates: DateCache,
    /// Whether the page start was sent.
    page_started: bool,
    /// The number of records so far.
    record_count: usize,
}

impl<'s> DocumentParser<'s> {
    fn new(file: &'s str, sink: &'s mut dyn Sink) -> DocumentParser<'s> {
        DocumentParser {
            file,
            sink,
            dates: DateCache::default(),
            page_started: false,
            record_count: 0,
        }
    }

    /// Sends the page start once, and again if there is more about the archive.
    fn start_page(&mut self, archive: Archive) {
        if !self.page_started || archive != Archive::default() {
            self.sink.start_page(PageStart {
                file: self.file.to_owned(),
                archive,
                ..PageStart::default()
            });
        }
        self.page_started = true;
    }

    /// Sends a record after its warnings.
    fn send_record(&mut self, draft: Draft) {
        self.start_page(Archive::default());
        self.record_count += 1;
        let number = self.record_count;
        let (record, warnings) = draft.finish(&mut self.dates);
        let with_number = |text| format!("record {number}: {text}");
        for problem in
            warnings_to_problems(self.file, None, warnings.into_iter().map(with_number).collect())
        {
            self.sink.report(problem);
        }
        if let Some(record) = record {
            doubtful_dates::report_numbered(self.sink, self.file, number, &record);
            self.sink.add_record(record);
        } else {
            let message = format!("record {number} was left out: it has no field");
            self.sink.report(Problem::error(self.file, None, message));
        }
    }

    /// Reports that the text is not JSON from here on.
    fn report_broken(&mut self, error: &Error) {
        let message = super::broken_message(&super::error_reason(error), self.record_count);
        let problem = Problem::error(self.file, Some(error.line()), message);
        self.sink.report(Problem { column: Some(error.column().max(1)), ..problem });
    }
}

/// Parses the top level of a document.
struct TopLevel<'l, 's> {
    parser: &'l mut DocumentParser<'s>,
}

impl<'de> DeserializeSeed<'de> for TopLevel<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record, a list of records, or an object with a list `records`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(draft) = items.next_element_seed(ObjectSeed)? {
            self.parser.send_record(draft);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut other_keys = Draft::default();
        let mut has_list = false;
        while let Some(name) = entries.next_key_seed(KeySeed)? {
            match name.as_ref() {
                "archive" => {
                    let mut archive = Draft::default();
                    let key = &Key::Own("own".into());
                    entries.next_value_seed(ValueSeed { draft: &mut archive, key })?;
                    self.parser.start_page(archive.into_archive());
                }
                list if LIST_KEYS.contains(&list) => {
                    has_list = true;
                    self.parser.start_page(std::mem::take(&mut other_keys).into_archive());
                    entries.next_value_seed(TopLevel { parser: &mut *self.parser })?;
                }
                _ => entries.next_value_seed(ValueSeed {
                    draft: &mut other_keys,
                    key: &Key::from_name(name),
                })?,
            }
        }
        if has_list {
            self.parser.start_page(other_keys.into_archive());
        } else if other_keys.has_values() || self.parser.record_count == 0 {
            self.parser.send_record(other_keys);
        }
        Ok(())
    }
}

impl Draft {
    /// Whether the draft has any value.
    fn has_values(&self) -> bool {
        self.record != crate::record::Record::default() || !self.date_texts.is_empty()
    }

    /// Converts the draft to the description of an archive.
    fn into_archive(self) -> Archive {
        let mut archive = Archive::default();
        let known =
            self.record.values.into_iter().map(|(field, text)| (OwnName::from(field.key()), text));
        let dates = self.date_texts.into_iter().map(|text| (OwnName::from("date"), text));
        for (name, text) in known.chain(dates).chain(self.record.own) {
            let target = match name.as_str() {
                "title" => Some(&mut archive.title),
                "source" => Some(&mut archive.source),
                "url" => Some(&mut archive.url),
                "description" => Some(&mut archive.description),
                _ => None,
            };
            match (target, text.parse()) {
                (Some(target @ None), _) => *target = Some(text),
                (None, Ok(total)) if name == "total" && archive.total.is_none() => {
                    archive.total = Some(total);
                }
                _ => archive.own.push((name, text)),
            }
        }
        archive
    }
}
