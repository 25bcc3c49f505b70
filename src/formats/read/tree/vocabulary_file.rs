//! Reads files of a vocabulary: each of its record elements is a record, wherever it is.

use std::io;

use crate::formats::read::json::{Object, Value};

use super::convert;
use super::plan::Plan;
use super::sample::Rewound;
use super::vocabularies::Vocabulary;
use super::xml::IgnoreAll;
use crate::formats::read::ParserCache;
use crate::formats::read::json::Counts;
use crate::formats::read::xml::{Document, XmlEvent};
use crate::formats::read::{InputFile, PageStart, Sink};
use crate::record::Problem;

/// The number of records that decide what the names mean.
const MAX_SAMPLE_RECORDS: usize = 200;

/// Reads a file.
pub(super) fn read(
    vocabulary: Vocabulary,
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut bytes = Rewound::new(&mut *file.bytes);
    bytes.extend();
    let mut beginning = bytes.beginning();
    let mut start = InputFile { name: file.name, bytes: &mut beginning, options: file.options };
    let mut ignored = IgnoreAll;
    let mut sample: Vec<Object> = Vec::new();
    let mut document = Document::new(&mut start, &mut ignored)?;
    let mut of_sample = vocabulary.clone();
    while sample.len() < MAX_SAMPLE_RECORDS && next_record(&mut document, &mut of_sample)?.is_some()
    {
        sample.push(of_sample.object_of(document.element()));
    }
    drop(document);
    let plan = Plan::of_records(&sample, vocabulary.keys(), file.options);
    let mut file = InputFile { name: file.name, bytes: &mut bytes, options: file.options };
    match plan {
        Ok(plan) if !sample.is_empty() => {
            sink.describe_names(plan.describe(file.name));
            stream(vocabulary, &plan, &mut file, sink)
        }
        decided => {
            let nothing = || format!("this file has no <{}>", vocabulary.record_element());
            let message = decided.err().unwrap_or_else(nothing);
            sink.start_page(PageStart { file: file.name.to_owned(), ..PageStart::default() });
            sink.report(Problem::error(file.name, None, message));
            Ok(())
        }
    }
}

/// Reads the next record element. Returns its line, or `None` at the end of the file.
fn next_record(
    document: &mut Document<'_>,
    vocabulary: &mut Vocabulary,
) -> io::Result<Option<usize>> {
    let mut open_name = String::new();
    loop {
        match document.next_event()? {
            XmlEvent::StartElement if document.element().name() == vocabulary.record_element() => {
                let line = document.line_of_tag();
                document.take_source_hash_before_tag();
                document.read_element()?;
                return Ok(Some(line));
            }
            XmlEvent::StartElement => {
                document.element().name().clone_into(&mut open_name);
                vocabulary.add_outer(document.element());
            }
            XmlEvent::Text => vocabulary.add_outer_text(&open_name, document.text()),
            XmlEvent::EndElement => open_name.clear(),
            XmlEvent::EndOfFile => return Ok(None),
        }
    }
}

/// Sends the records.
fn stream(
    mut vocabulary: Vocabulary,
    plan: &Plan,
    file: &mut InputFile<'_>,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let name = file.name;
    let mut document = Document::new(file, sink)?;
    document.start_page(PageStart::default());
    let mut cache = ParserCache::default();
    while let Some(line) = next_record(&mut document, &mut vocabulary)? {
        let object = Value::Object(vocabulary.object_of(document.element()));
        let mut record = convert::record(&object, None, &plan.mapping, &mut cache);
        record.source_hash = document.take_source_hash();
        document.add_record(record, line);
    }
    let counts = Counts { kept: document.record_count(), left_out: document.left_out_count() };
    drop(document);
    sink.report(plan.summary(name, counts, None, ""));
    Ok(())
}
