//! Parses reference lists in BibTeX and BibLaTeX.

mod cross_references;
mod entry;
mod kept_list;
mod names;
mod non_entries;
mod plain_text;
mod repair;
mod stretches;
mod string_definitions;

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use biblatex::{Pair, ParseError, RawBibliography, RawEntry};

use super::{InputFile, PageStart, Sink, citation_notes, doubtful_dates, encoding, pause};
use crate::formats::{marked_notes, shelf_location};
use crate::record::{Archive, Date, Field, OwnName, Problem, Record};
use cross_references::{EntryLinks, InheritanceGroup, ParsedEntry};
use kept_list::KeptList;
use repair::{NO_KEY, insert_missing_commas, repair_head};
use stretches::Stretches;
use string_definitions::StringDefinitions;

/// Whether a text is certainly of this format: its first entry has a key and a field, or is a
/// `@string` definition.
pub(super) fn looks_like(beginning: &str) -> bool {
    let entry = entry_ranges(beginning).into_iter().next();
    // Other formats hold entries too: a table with one in a cell.
    let above = entry.as_ref().and_then(|entry| beginning.get(..entry.start)).unwrap_or("");
    let text = entry.and_then(|entry| beginning.get(entry));
    is_comment_text(above)
        && text.is_some_and(|text| {
            let inside = text.split_once(['{', '(']).map_or("", |(_, inside)| inside);
            let key = inside.split([',', '=']).next().unwrap_or("").trim();
            !key.is_empty() && !key.contains('\n') && inside.contains('=')
        })
}

/// Whether a text has an entry with its closing bracket.
pub(super) fn has_whole_entry(text: &str) -> bool {
    let mut entries = entry_ranges(text).into_iter().filter_map(|entry| text.get(entry));
    entries.any(|entry| non_entries::closing_end(entry).is_some())
}

/// Whether a text above entries is only comments, as programs write them.
fn is_comment_text(text: &str) -> bool {
    text.lines().map(|line| line.trim_start_matches('\u{feff}').trim()).all(|line| {
        let is_head = line.to_ascii_lowercase().starts_with("encoding:");
        line.is_empty()
            || line.starts_with('%')
            || is_head
            || line.starts_with("This file was created")
    })
}

/// Parses a list. An entry that cannot be parsed is an error and is kept as text. The entries of a stream are sent as soon
/// as all are there that they inherit from, the others at the end.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let texts = KeptList::default();
    let entry_texts = KeptList::default();
    let items = KeptList::default();
    let (mut texts, mut entry_texts, mut items) = (texts.end(), entry_texts.end(), items.end());
    let mut stretches = Stretches::new(&mut *file.bytes);
    let mut list = ListParser::new(file.name, sink);
    while let Some((text, warning)) = stretches.next()? {
        let text: &String = texts.push(text);
        list.report_letters(warning);
        let entries = entry_ranges(text);
        list.add_text_around(non_entries::text_around_entries(text, &entries));
        list.has_entries |= !entries.is_empty();
        for entry_text in list.entry_texts(text, &entries) {
            let entry_text = entry_texts.push(entry_text);
            for item in list.parse_entry_text(entry_text) {
                list.add_item(items.push(item));
            }
        }
        if pause::is_stream() {
            list.send_complete();
        }
    }
    list.finish();
    Ok(())
}

/// Returns the byte ranges of entries: from an `@` at the start of a line or after another entry,
/// to the next such `@`. So an unclosed entry ends where another begins.
fn entry_ranges(text: &str) -> Vec<Range<usize>> {
    let begins_entry = |at: usize| {
        let before = text.get(..at).unwrap_or("").trim_end_matches([' ', '\t']);
        let is_at_boundary =
            before.is_empty() || before.ends_with(['\n', '\r', '}', ')', '\u{feff}']);
        let after = text.get(at + 1..).unwrap_or("");
        let rest = after.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        is_at_boundary && rest.len() < after.len() && rest.trim_start().starts_with(['{', '('])
    };
    let starts = text.match_indices('@').map(|(at, _)| at).filter(|at| begins_entry(*at));
    let mut starts: Vec<usize> = starts.collect();
    starts.push(text.len());
    starts.iter().zip(starts.iter().skip(1)).map(|(start, end)| *start..*end).collect()
}

/// How deep braces may be nested in an entry. The library calls itself for each level.
const MAX_BRACE_DEPTH: usize = 100;

/// Returns an error if braces are nested too deep for the library.
fn check_depth(entry: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for byte in entry.bytes() {
        match byte {
            b'{' if !is_escaped => depth += 1,
            b'}' if !is_escaped => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
        if depth > MAX_BRACE_DEPTH {
            return Err(format!("braces are nested more than {MAX_BRACE_DEPTH} deep"));
        }
    }
    Ok(())
}

/// The most parts of a value that `#` joins. The library takes a time that grows with the square of their number.
const MAX_JOINED_PARTS: usize = 1_000;

/// Returns an error if a value of an entry is joined of more parts than the library can read in a linear time.
fn check_joined_parts(entry: &RawEntry<'_>) -> Result<(), String> {
    let is_long = |field: &Pair<'_>| field.value.v.len() > MAX_JOINED_PARTS;
    match entry.fields.iter().find(|field| is_long(field)) {
        Some(field) => {
            let name = field.key.v;
            Err(format!("“{name}” is joined of more than {MAX_JOINED_PARTS} parts with “#”"))
        }
        None => Ok(()),
    }
}

/// Whether an entry is a `@comment`.
fn is_comment(entry: &str) -> bool {
    let kind = entry.get(1..8).unwrap_or("");
    kind.eq_ignore_ascii_case("comment")
}

/// The text of one entry or definition.
struct EntryText<'t> {
    /// The line where it begins, counted from 1.
    line: usize,
    text: &'t str,
    /// The text for the library: with marked tildes, and with inserted commas if it parses only that way.
    parseable: Cow<'t, str>,
    /// The line of the first inserted comma.
    repaired_line: Option<usize>,
}

impl<'t> EntryText<'t> {
    /// Checks whether the text can be parsed; if not, tries to repair it. `line` is counted from 1.
    fn new(line: usize, text: &'t str) -> EntryText<'t> {
        let parseable = repair_head(plain_text::mark_tildes(text));
        let mut entry_text = EntryText { line, text, parseable, repaired_line: None };
        if check_depth(&entry_text.parseable).is_ok()
            && let Err(error) = RawBibliography::parse(&entry_text.parseable)
        {
            let error_line = entry_text.error_line(&error);
            let repaired = insert_missing_commas(entry_text.parseable.trim());
            if RawBibliography::parse(&repaired).is_ok() {
                entry_text.repaired_line = Some(error_line);
                entry_text.parseable = Cow::Owned(repaired);
            }
        }
        entry_text
    }

    /// Returns the line of an error, counted from 1. Its offset is one in the parsed text.
    fn error_line(&self, error: &ParseError) -> usize {
        let text = self.parseable.trim_end();
        let lines_above = count_line_ends(text.get(..error.span.start).unwrap_or(text));
        // A repaired text begins with an inserted line end.
        self.line + lines_above.saturating_sub(usize::from(self.repaired_line.is_some()))
    }
}

/// A parsed entry, or a record that keeps the text of an entry that cannot be parsed.
struct ListItem<'e, 't> {
    entry_text: &'e EntryText<'t>,
    entry: Result<ParsedEntry<'e>, Record>,
}

/// Parses the entries of a list and sends their records to a sink.
struct ListParser<'a, 'w, 'e, 't> {
    name: &'a str,
    sink: &'a mut dyn Sink,
    /// The line of the next text, counted from 1.
    line: usize,
    /// The texts around the entries so far. The first `sent_own` of them were sent with the start of the page.
    own: Vec<(OwnName, String)>,
    sent_own: usize,
    has_started: bool,
    has_entries: bool,
    definitions: StringDefinitions<'e>,
    links: EntryLinks<'w, 'e>,
    /// The items so far; the first `sent` of them were sent.
    items: Vec<&'w ListItem<'e, 't>>,
    sent: usize,
}

impl<'a, 'w, 'e, 't> ListParser<'a, 'w, 'e, 't> {
    /// A parser of a list without entries.
    fn new(name: &'a str, sink: &'a mut dyn Sink) -> ListParser<'a, 'w, 'e, 't> {
        ListParser {
            name,
            sink,
            line: 1,
            own: Vec::new(),
            sent_own: 0,
            has_started: false,
            has_entries: false,
            definitions: StringDefinitions::default(),
            links: EntryLinks::new(),
            items: Vec::new(),
            sent: 0,
        }
    }

    /// Reports the first letters of the next text that are not UTF-8.
    fn report_letters(&mut self, warning: Option<(usize, &'static str)>) {
        if let Some((line, message)) = warning {
            let line = Some(self.line - 1 + line);
            self.sink.report(Problem::warning(self.name, line, message));
        }
    }

    /// Keeps the text around entries for the archive.
    fn add_text_around(&mut self, texts: Vec<(OwnName, String)>) {
        self.own.extend(texts);
    }

    /// Starts the page with the text around entries, or adds what has come since.
    fn start_page(&mut self) {
        if self.has_started && self.sent_own == self.own.len() {
            return;
        }
        let own = self.own.get(self.sent_own..).unwrap_or_default().to_vec();
        (self.has_started, self.sent_own) = (true, self.own.len());
        let (file, archive) = (self.name.to_owned(), Archive { own, ..Archive::default() });
        self.sink.start_page(PageStart { file, archive, ..PageStart::default() });
    }

    /// Returns the texts of all entries of the next text that are not comments.
    fn entry_texts(&mut self, text: &'t str, entries: &[Range<usize>]) -> Vec<EntryText<'t>> {
        let (mut line, mut previous_start) = (self.line, 0);
        let mut texts = Vec::with_capacity(entries.len());
        for range in entries {
            line += count_line_ends(text.get(previous_start..range.start).unwrap_or(""));
            previous_start = range.start;
            let entry = text.get(range.clone()).unwrap_or("");
            if !is_comment(entry) {
                texts.push(EntryText::new(line, entry));
            }
        }
        self.line = line + count_line_ends(text.get(previous_start..).unwrap_or(""));
        texts
    }

    /// Adds an item to the list.
    fn add_item(&mut self, item: &'w ListItem<'e, 't>) {
        self.links.push(item.entry.as_ref().ok());
        self.items.push(item);
    }

    /// Sends the next items that inherit from no entry that is missing.
    fn send_complete(&mut self) {
        while self.sent < self.items.len() && self.links.is_complete(self.sent) {
            self.start_page();
            self.send_next();
        }
    }

    /// Reports what concerns the whole list, and sends all items that are left.
    fn finish(&mut self) {
        self.start_page();
        if !self.has_entries {
            let message = "no entry was found: each begins with its type and key, `@book{key,`";
            self.sink.report(Problem::error(self.name, None, message));
        }
        self.report_undefined();
        self.report_missing_keys();
        while self.sent < self.items.len() {
            self.send_next();
        }
    }

    /// Parses the text of an entry or definition, expanding the definitions above it.
    fn parse_entry_text(&mut self, entry_text: &'e EntryText<'t>) -> Vec<ListItem<'e, 't>> {
        if let Some(line) = entry_text.repaired_line {
            let message = "a comma is missing at the end of the line above: it was inserted";
            self.sink.report(Problem::warning(self.name, Some(line), message));
        }
        let unparsed_items = |record| vec![ListItem { entry_text, entry: Err(record) }];
        if let Err(reason) = check_depth(&entry_text.parseable) {
            return unparsed_items(self.keep_unparsed(entry_text, entry_text.line, &reason));
        }
        let bibliography = match RawBibliography::parse(&entry_text.parseable) {
            Ok(bibliography) => bibliography,
            Err(error) => return unparsed_items(self.keep_broken(entry_text, &error)),
        };
        self.definitions.start_entry(entry_text.line, entry_text.text.len());
        let mut items = Vec::with_capacity(1);
        for definition in bibliography.abbreviations {
            if !self.definitions.add(definition) {
                items.extend(unparsed_items(self.keep_oversized(entry_text)));
            }
        }
        for entry in bibliography.entries {
            if let Err(reason) = check_joined_parts(&entry.v) {
                let record = self.keep_unparsed(entry_text, entry_text.line, &reason);
                items.extend(unparsed_items(record));
                continue;
            }
            match self.definitions.expand_entry(entry.v) {
                Some(entry) => {
                    items.push(ListItem { entry_text, entry: Ok(ParsedEntry::new(entry)) });
                }
                None => items.extend(unparsed_items(self.keep_oversized(entry_text))),
            }
        }
        items
    }

    /// Warns, once for a list, about names that no definition explains.
    fn report_undefined(&mut self) {
        let undefined = self.definitions.undefined();
        let Some((first, line)) = undefined.first() else { return };
        let message = match undefined.len() {
            1 => format!(
                "“{first}” stands without braces, and no `@string` defines it: it was kept as text, add the definition"
            ),
            count => format!(
                "“{first}” and {} more stand without braces, and no `@string` defines them: they were kept as \
                 text, add the definitions",
                count - 1
            ),
        };
        self.sink.report(Problem::warning(self.name, Some(*line), message));
    }

    /// Warns, once for a list, about entries without a key.
    fn report_missing_keys(&mut self) {
        let has_no_key = |item: &&&ListItem<'_, '_>| {
            item.entry.as_ref().is_ok_and(|entry| entry.key() == NO_KEY)
        };
        let mut without = self.items.iter().filter(has_no_key);
        let Some(first) = without.next() else { return };
        let line = Some(first.entry_text.line);
        let message = match without.count() {
            0 => "this entry has no key: it was read without an id".to_owned(),
            more => format!("this entry and {more} more have no key: they were read without an id"),
        };
        self.sink.report(Problem::warning(self.name, line, message));
    }

    /// Sends the next item as a record, with inherited fields.
    fn send_next(&mut self) {
        let Some(item) = self.items.get(self.sent).copied() else { return };
        let mut record = match &item.entry {
            Ok(entry) => {
                let group = self.links.group(self.sent);
                self.convert_entry(item.entry_text, entry, group.as_ref())
            }
            Err(unparsed_record) => unparsed_record.clone(),
        };
        self.sent += 1;
        record.source_hash.add_wrapped_text([item.entry_text.text]);
        let line = Some(item.entry_text.line);
        let parse = |year: &str| Some(Date::parse(year));
        doubtful_dates::report_other_dates(self.sink, self.name, line, &record, &["year"], parse);
        doubtful_dates::send_record(self.sink, self.name, line, record);
    }

    /// Converts an entry to a record. `group` is `None` if inheritance cannot be resolved.
    fn convert_entry(
        &mut self,
        entry_text: &EntryText<'_>,
        entry: &ParsedEntry<'e>,
        group: Option<&InheritanceGroup<'_, 'e>>,
    ) -> Record {
        let mut record = Record::default();
        let has_inherited = match entry.fill_record(group, &mut record) {
            Ok(has_inherited) => has_inherited,
            Err(error) => return self.keep_broken(entry_text, &error),
        };
        if !has_inherited && !group.is_some_and(InheritanceGroup::has_no_parents) {
            let message = "the fields that this entry inherits were left out, since its `crossref` or \
                           `xdata` links are circular, cannot be read, or bring in too much text: \
                           add the fields to the entry itself";
            self.sink.report(Problem::warning(self.name, Some(entry_text.line), message));
        }
        extract_notes(&mut record);
        record
    }

    /// Reports an entry whose definitions expand to too much text, and keeps its text.
    fn keep_oversized(&mut self, entry_text: &EntryText<'_>) -> Record {
        let reason = "the `@string` definitions in it expand to too much text";
        self.keep_unparsed(entry_text, entry_text.line, reason)
    }

    /// Reports an entry that cannot be parsed, and keeps its text.
    fn keep_broken(&mut self, entry_text: &EntryText<'_>, error: &ParseError) -> Record {
        self.keep_unparsed(entry_text, entry_text.error_line(error), &error.kind.to_string())
    }

    /// Reports an error at a line, and returns a record with the entry's key and text.
    fn keep_unparsed(&mut self, entry_text: &EntryText<'_>, line: usize, reason: &str) -> Record {
        let message = format!(
            "this entry cannot be read: {reason}; it is kept as text, correct it and open the file again"
        );
        self.sink.report(Problem::error(self.name, Some(line), message));
        let entry = entry_text.text.trim();
        let inside = entry.split_once(['{', '(']).map_or("", |(_, inside)| inside);
        let key = inside.split([',', '\n']).next().unwrap_or("").trim();
        let mut record = Record::default();
        record.push(Field::Id, key);
        record.own.push(("bibtex".into(), entry.to_owned()));
        record
    }
}

/// Moves the fields in the note of a record to where they belong. The collection stands behind the
/// location too.
fn extract_notes(record: &mut Record) {
    let noted = citation_notes::extract_fields(record, "note", marked_notes::SEPARATOR);
    let is_noted = noted.iter().any(|field| shelf_location::FIELDS.contains(field));
    if is_noted || !noted.contains(&Field::Collection) {
        return;
    }
    let is_location = |(field, _): &(Field, String)| *field == Field::Source;
    let Some(at) = record.values.iter().rposition(is_location) else { return };
    let (_, text) = record.values.remove(at);
    let text =
        shelf_location::without_collection(&text, &shelf_location::joined_collections(record));
    let parts =
        if text.is_empty() { Vec::new() } else { shelf_location::parse(text, Field::Source) };
    record.values.extend(parts);
}

/// Returns the number of line ends in a text.
fn count_line_ends(text: &str) -> usize {
    text.matches('\n').count()
}
