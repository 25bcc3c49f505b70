//! Reference lists in BibTeX and BibLaTeX.

mod cross_references;
mod entry;
mod non_entries;
mod string_definitions;

use std::io;
use std::ops::Range;

use biblatex::{ParseError, RawBibliography};

use super::{Accession, Page, Sink, citation_notes, encoding};
use crate::record::date::text;
use crate::record::{Archive, Field, Problem, Reading, Record};
use cross_references::{Family, Links, Written};
use string_definitions::Definitions;

/// Whether a text surely is of this format: below comments, an entry with a key, or a definition.
pub(super) fn looks_like(beginning: &str) -> bool {
    let entry = entries(beginning).into_iter().next();
    let text = entry.and_then(|entry| beginning.get(entry));
    text.is_some_and(|text| {
        let inside = text.split_once(['{', '(']).map_or("", |(_, inside)| inside);
        let key = inside.split([',', '=']).next().unwrap_or("").trim();
        !key.is_empty() && !key.contains('\n') && inside.contains('=')
    })
}

/// Reads a whole list. An entry that is broken is a problem, and the others stay.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let text = encoding::read(file.name, file.bytes, sink)?;
    let entries = entries(&text);
    let archive = Archive { own: non_entries::around(&text, &entries), ..Archive::default() };
    sink.page(Page { file: file.name.to_owned(), archive, ..Page::default() });
    if entries.is_empty() {
        let message = "no entry was found: each begins with its type and key, `@book{key,`";
        sink.problem(Problem::fault(file.name, None, message));
    }
    let parts = parts(&text, &entries);
    let mut list = List { name: file.name, sink };
    let mut definitions = Definitions::default();
    let found: Vec<_> = parts.iter().flat_map(|part| list.read(part, &mut definitions)).collect();
    list.hand_over(&found);
    Ok(())
}

/// Where each entry stands: from an `@` that begins a line, or follows the end of another entry,
/// to the next. So an entry that is never closed ends where another begins.
fn entries(text: &str) -> Vec<Range<usize>> {
    let begins = |at: usize| {
        let before = text.get(..at).unwrap_or("").trim_end_matches([' ', '\t']);
        let alone = before.is_empty() || before.ends_with(['\n', '\r', '}', ')', '\u{feff}']);
        let after = text.get(at + 1..).unwrap_or("");
        let rest = after.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        alone && rest.len() < after.len() && rest.trim_start().starts_with(['{', '('])
    };
    let starts = text.match_indices('@').map(|(at, _)| at).filter(|at| begins(*at));
    let mut starts: Vec<usize> = starts.collect();
    starts.push(text.len());
    starts.iter().zip(starts.iter().skip(1)).map(|(start, end)| *start..*end).collect()
}

/// An entry with a comma between each value and the field on the line below it.
fn with_commas(entry: &str) -> String {
    let field = |line: &str| {
        let name = line.split_once('=').map(|(name, _)| name.trim());
        name.is_some_and(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
    };
    let mut mended = String::new();
    for line in entry.lines() {
        let above = mended.trim_end();
        if above.ends_with(['}', '"']) && field(line) {
            mended.push(',');
        }
        mended.push('\n');
        mended.push_str(line);
    }
    mended
}

/// Whether an entry is nothing but a note of its author, or of a program.
fn is_comment(entry: &str) -> bool {
    let kind = entry.get(1..8).unwrap_or("");
    kind.eq_ignore_ascii_case("comment")
}

/// A piece of a list, mostly an entry.
struct Part<'t> {
    /// Its first line, counted from 1.
    line: usize,
    text: &'t str,
    /// The text with commas put in, and the line of the first one, where it can be read only so.
    mended: Option<(String, usize)>,
}

impl<'t> Part<'t> {
    /// A piece of a text that begins on this line.
    fn new(line: usize, text: &'t str) -> Part<'t> {
        let mut part = Part { line, text, mended: None };
        if let Err(error) = RawBibliography::parse(text) {
            let mended = Some(with_commas(text.trim()));
            let mended = mended.filter(|mended| RawBibliography::parse(mended).is_ok());
            part.mended = mended.map(|mended| (mended, part.line_of(&error)));
        }
        part
    }

    /// Its text as it can be read.
    fn readable(&self) -> &str {
        self.mended.as_ref().map_or(self.text, |(mended, _)| mended)
    }

    /// The line that something is wrong on.
    fn line_of(&self, error: &ParseError) -> usize {
        let text = self.text.trim_end();
        self.line + lines(text.get(..error.span.start).unwrap_or(text))
    }
}

/// The pieces of a list but for comments.
fn parts<'t>(text: &'t str, entries: &[Range<usize>]) -> Vec<Part<'t>> {
    let (mut line, mut before) = (1, 0);
    let mut parts = Vec::with_capacity(entries.len());
    for place in entries {
        line += lines(text.get(before..place.start).unwrap_or(""));
        before = place.start;
        let entry = text.get(place.clone()).unwrap_or("");
        if !is_comment(entry) {
            parts.push(Part::new(line, entry));
        }
    }
    parts
}

/// A piece of a list as it was read: an entry, or a record of what cannot be read.
struct Found<'t> {
    part: &'t Part<'t>,
    entry: Result<Written<'t>, Record>,
}

/// A list that is being read.
struct List<'a> {
    name: &'a str,
    sink: &'a mut dyn Sink,
}

impl List<'_> {
    /// Reads a piece, with what is defined above it written out.
    fn read<'t>(
        &mut self,
        part: &'t Part<'t>,
        definitions: &mut Definitions<'t>,
    ) -> Vec<Found<'t>> {
        if let Some((_, line)) = part.mended {
            let message = "a comma is missing at the end of the line above: it was put in";
            self.sink.problem(Problem::note(self.name, Some(line), message));
        }
        let broken = |record| vec![Found { part, entry: Err(record) }];
        let list = match RawBibliography::parse(part.readable()) {
            Ok(list) => list,
            Err(error) => return broken(self.broken(part, &error)),
        };
        definitions.read_on(part.text.len());
        let mut found = Vec::with_capacity(1);
        for definition in list.abbreviations {
            if !definitions.add(definition) {
                found.extend(broken(self.too_much(part)));
            }
        }
        for entry in list.entries {
            match definitions.write_out(entry.v) {
                Some(entry) => found.push(Found { part, entry: Ok(Written::of(entry)) }),
                None => found.extend(broken(self.too_much(part))),
            }
        }
        found
    }

    /// Hands over what was found, each with what it takes over from others.
    fn hand_over(&mut self, found: &[Found<'_>]) {
        let mut links = Links::among(found.iter().map(|it| it.entry.as_ref().ok()).collect());
        for (at, found) in found.iter().enumerate() {
            let record = match &found.entry {
                Ok(entry) => self.record(found.part, entry, links.family(at).as_ref()),
                Err(kept) => kept.clone(),
            };
            if record.date.reading != Reading::Undated
                && let Some(message) = text::note(&record.date.text)
            {
                self.sink.problem(Problem::note(self.name, Some(found.part.line), message));
            }
            self.sink.record(record);
        }
    }

    /// An entry as a record, with what it takes over from its family, where that is known.
    fn record<'t>(
        &mut self,
        part: &Part<'_>,
        entry: &Written<'t>,
        family: Option<&Family<'_, 't>>,
    ) -> Record {
        let mut record = Record::default();
        let is_whole = match entry.describe(family, &mut record) {
            Ok(is_whole) => is_whole,
            Err(error) => return self.broken(part, &error),
        };
        if !is_whole && !family.is_some_and(Family::is_single) {
            let message = "what this entry takes over from others is left out, since it leads back to itself, cannot be read, or is too much to be written out: give it the fields that it needs";
            self.sink.problem(Problem::note(self.name, Some(part.line), message));
        }
        citation_notes::take(&mut record, "note", citation_notes::BAR);
        record
    }

    /// What is defined above an entry is too much to be put into it.
    fn too_much(&mut self, part: &Part<'_>) -> Record {
        let why = "the words defined above it stand for too much text";
        self.kept(part, part.line, why)
    }

    /// An entry that cannot be read.
    fn broken(&mut self, part: &Part<'_>, error: &ParseError) -> Record {
        self.kept(part, part.line_of(error), &error.kind.to_string())
    }

    /// An entry as it stands, where it cannot be read.
    fn kept(&mut self, part: &Part<'_>, line: usize, why: &str) -> Record {
        let message = format!(
            "this entry cannot be read: {why}; it is kept as it stands, mend it and open the file again"
        );
        self.sink.problem(Problem::fault(self.name, Some(line), message));
        let entry = part.text.trim();
        let inside = entry.split_once(['{', '(']).map_or("", |(_, inside)| inside);
        let key = inside.split([',', '\n']).next().unwrap_or("").trim();
        let mut record = Record::default();
        record.push(Field::Id, key);
        record.own.push(("bibtex".to_owned(), entry.to_owned()));
        record
    }
}

/// How many lines end in a text.
fn lines(text: &str) -> usize {
    text.matches('\n').count()
}
