//! `archive.toml`: `[archive]` and `[[record]]`.

use std::io;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::truncate::{NAME, shortened};
use super::{Accession, Page, Sink, encoding};
use crate::record::date::text;
use crate::record::{Archive, Date, Field, Problem, Record};

/// A value with its place in the file.
type Spanned<T> = toml::Spanned<T>;
/// The keys and values of a table.
type Entries<'t> = Vec<(Key<'t>, Spanned<DeValue<'t>>)>;
/// A key.
type Key<'t> = Spanned<toml::de::DeString<'t>>;

/// Whether a text is TOML of ours: it begins with one of our tables, or with a key and a value, and
/// one of our tables stands below. (A results page may begin with `Results = 5`.)
pub(super) fn looks_like(beginning: &str) -> bool {
    let mut lines = beginning.lines().map(str::trim);
    let Some(first) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else {
        return false;
    };
    let bare = |c: char| c.is_ascii_alphanumeric() || "_-.\"'".contains(c);
    let is_key = |key: &str| !key.is_empty() && key.chars().all(bare);
    let pair = || first.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()));
    is_table(first) || pair() && lines.any(is_table)
}

/// Whether a line begins one of our tables.
fn is_table(line: &str) -> bool {
    let head = line.trim_start_matches('[');
    let name = head.split([']', '.']).next().unwrap_or("").trim();
    head.len() < line.len() && ["archive", "record"].contains(&name)
}

/// Reads a whole file. A value that cannot be read is a problem beside the others and is kept as
/// text; text that is no TOML gives no records.
pub(super) fn read(file: &mut Accession<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    // What breaks the lines of a file is no part of the texts in it.
    let text = encoding::read(name, file.bytes, sink)?.replace("\r\n", "\n");
    let file = File { name, lines: line_starts(&text), text: &text };
    match DeTable::parse(&text) {
        Ok(table) => file.read(entries(table.into_inner()), sink),
        Err(error) => sink.problem(file.broken(&error)),
    }
    Ok(())
}

/// A file that is being read.
struct File<'t> {
    name: &'t str,
    text: &'t str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
}

impl<'t> File<'t> {
    /// Hands over the archive, then its records, then what stands beside them.
    fn read(&self, top: Entries<'t>, sink: &mut dyn Sink) {
        let mut page = Page { file: self.name.to_owned(), repeats: true, ..Page::default() };
        let (mut records, mut problems, mut strays) = (Vec::new(), Vec::new(), Vec::new());
        for (key, value) in top {
            match key.get_ref().as_ref() {
                "record" => records.append(&mut items(value)),
                "archive" => {
                    page.line = Some(self.place(&key.span()).0);
                    let mut table = Table::new(self);
                    page.archive = table.archive(value);
                    problems.append(&mut table.problems);
                }
                other => {
                    problems.push(self.stray(other, &key.span()));
                    own(other, value.into_inner(), &mut strays);
                }
            }
        }
        page.archive.own.append(&mut strays);
        sink.page(page);
        for problem in problems {
            sink.problem(problem);
        }
        for value in records {
            self.read_record(value, sink);
        }
    }

    /// Hands over a record, after what is to be said of it.
    fn read_record(&self, value: Spanned<DeValue<'_>>, sink: &mut dyn Sink) {
        let (span, date) = (value.span(), date_span(&value));
        let mut table = Table::new(self);
        let record = table.record(value);
        let unfit = !table.problems.is_empty();
        table.problems.into_iter().for_each(|problem| sink.problem(problem));
        if record != Record::default() {
            if let Some(message) = text::note(&record.date.text) {
                sink.problem(self.at(date, Problem::note(self.name, None, message)));
            }
            sink.record(record);
        } else if !unfit {
            let message = "this record was left out: it has no field";
            sink.problem(self.at(Some(span), Problem::fault(self.name, None, message)));
        }
    }

    /// The file as a whole is no TOML.
    fn broken(&self, error: &Error) -> Problem {
        let what = error.message();
        let message = format!(
            "this is not TOML: {what}; nothing of this file was read, mend this line and open it again"
        );
        self.at(error.span(), Problem::fault(self.name, None, message))
    }

    /// A key at the top that is neither of the two.
    fn stray(&self, key: &str, span: &Range<usize>) -> Problem {
        let message = format!(
            "`{key}` is neither `archive` nor `record`: it is kept as a field of the archive"
        );
        self.at(Some(span.clone()), Problem::note(self.name, None, message))
    }

    fn at(&self, span: Option<Range<usize>>, problem: Problem) -> Problem {
        let place = span.map(|span| self.place(&span));
        let (line, column) = place.unzip();
        Problem { line, column, ..problem }
    }

    /// Line and column, counted from 1.
    fn place(&self, span: &Range<usize>) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= span.start).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..span.start).unwrap_or("");
        (line, before.chars().count() + 1)
    }
}

/// Where the date of a record stands.
fn date_span(record: &Spanned<DeValue<'_>>) -> Option<Range<usize>> {
    match record.get_ref() {
        DeValue::Table(table) => table.get("date").map(Spanned::span),
        _ => None,
    }
}

/// Where each line begins, in bytes.
fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The items of a list; of any other value, the value itself.
fn items(value: Spanned<DeValue<'_>>) -> Vec<Spanned<DeValue<'_>>> {
    let span = value.span();
    match value.into_inner() {
        DeValue::Array(items) => items.into_iter().collect(),
        other => vec![Spanned::new(span, other)],
    }
}

/// The entries of a table in the order of the file.
fn entries(table: DeTable<'_>) -> Entries<'_> {
    let mut entries: Entries<'_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Reads the entries of one table. What is no value for its key is kept as text under the same name.
struct Table<'f, 't> {
    file: &'f File<'t>,
    own: Vec<(String, String)>,
    problems: Vec<Problem>,
}

impl<'f, 't> Table<'f, 't> {
    fn new(file: &'f File<'t>) -> Table<'f, 't> {
        Table { file, own: Vec::new(), problems: Vec::new() }
    }

    /// Reads `[archive]`.
    fn archive(&mut self, value: Spanned<DeValue<'_>>) -> Archive {
        let mut archive = Archive::default();
        for (key, value) in self.entries("the archive", "[archive]", value) {
            match key.get_ref().as_ref() {
                "title" => archive.title = self.text(&key, value, ", "),
                "source" => archive.source = self.text(&key, value, ", "),
                "url" => archive.url = self.text(&key, value, ", "),
                "description" => archive.description = self.text(&key, value, "\n\n"),
                "total" => archive.total = self.count(&key, value),
                other => own(other, value.into_inner(), &mut self.own),
            }
        }
        archive.own = std::mem::take(&mut self.own);
        archive
    }

    /// Reads one `[[record]]`.
    fn record(&mut self, value: Spanned<DeValue<'_>>) -> Record {
        let mut record = Record::default();
        let mut edtf = None;
        for (key, value) in self.entries("this record", "[[record]]", value) {
            match (key.get_ref().as_ref(), Field::from_key(key.get_ref())) {
                ("position", _) => record.position = self.count(&key, value),
                ("date", _) => {
                    record.date = Date::read(&self.text(&key, value, ", ").unwrap_or_default());
                }
                ("date_edtf", _) => edtf = self.text(&key, value, ", ").zip(Some(key.span())),
                (_, Some(field)) => {
                    self.texts(&key, value).iter().for_each(|text| record.push(field, text));
                }
                (other, None) => own(other, value.into_inner(), &mut self.own),
            }
        }
        if let Some((edtf, span)) = edtf {
            if let Some(date) = Date::with_edtf(&record.date.text, &edtf) {
                record.date = date;
            } else {
                self.fault(span, format!("{edtf:?} is no EDTF: it is kept as text"));
                self.own.push(("date_edtf".to_owned(), edtf));
            }
        }
        record.own = std::mem::take(&mut self.own);
        record
    }

    /// The entries of a table; of anything else none, which is a fault.
    fn entries<'v>(&mut self, part: &str, name: &str, value: Spanned<DeValue<'v>>) -> Entries<'v> {
        let span = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            let message = format!("{part} was left out: expected a table: `{name}` and its keys");
            self.fault(span, message);
            return Entries::new();
        };
        entries(table)
    }

    /// The texts of a field: one, or a list of them.
    fn texts(&mut self, key: &Key<'_>, value: Spanned<DeValue<'_>>) -> Vec<String> {
        let mut texts = Vec::new();
        for item in items(value) {
            let span = item.span();
            match as_text(item.into_inner()) {
                DeValue::String(text) => texts.push(text.into_owned()),
                other => self.keep(key, span, other, "a text or a list of texts"),
            }
        }
        texts
    }

    /// The texts of a field as one text, where there can be only one.
    fn text(&mut self, key: &Key<'_>, value: Spanned<DeValue<'_>>, by: &str) -> Option<String> {
        let text = self.texts(key, value).join(by).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// A number counted from 1; it may stand in quotes.
    fn count(&mut self, key: &Key<'_>, value: Spanned<DeValue<'_>>) -> Option<u64> {
        let span = value.span();
        let value = as_text(value.into_inner());
        let number = match &value {
            DeValue::String(text) => text.trim().parse().ok().filter(|number| *number > 0),
            _ => None,
        };
        if number.is_none() {
            self.keep(key, span, value, "a whole number from 1");
        }
        number
    }

    /// Keeps a value that is not what its key expects, unless there is nothing in it.
    fn keep(&mut self, key: &Key<'_>, span: Range<usize>, value: DeValue<'_>, expected: &str) {
        let (key, before) = (key.get_ref(), self.own.len());
        let found = match &value {
            DeValue::String(text) => format!("{:?}", text.as_ref()),
            DeValue::Array(_) => "a list".to_owned(),
            _ => "a table".to_owned(),
        };
        own(key, value, &mut self.own);
        if self.own.len() > before {
            let message = format!("{found} was found, expected {expected}: it is kept as text");
            self.fault(span, message);
        }
    }

    fn fault(&mut self, span: Range<usize>, message: String) {
        let fault = Problem::fault(self.file.name, None, message);
        self.problems.push(self.file.at(Some(span), fault));
    }
}

/// A value whose numbers, dates and truths are the text they are written as.
fn as_text(value: DeValue<'_>) -> DeValue<'_> {
    match value {
        DeValue::Integer(number) => DeValue::String(number.to_string().into()),
        DeValue::Float(number) => DeValue::String(number.to_string().into()),
        DeValue::Boolean(truth) => DeValue::String(truth.to_string().into()),
        DeValue::Datetime(date) => DeValue::String(date.to_string().into()),
        DeValue::Array(mut items) => {
            for item in items.iter_mut() {
                let text = as_text(std::mem::replace(item.get_mut(), DeValue::Boolean(false)));
                *item.get_mut() = text;
            }
            DeValue::Array(items)
        }
        other => other,
    }
}

/// Keeps a value under its own name. Nested names are joined by dots, and a list repeats its name.
/// A table `own` says the names of its fields outright: it holds those whose names mean something
/// else in this format.
fn own(name: &str, value: DeValue<'_>, into: &mut Vec<(String, String)>) {
    let name = &*shortened(name, NAME);
    match as_text(value) {
        DeValue::String(text) => into.push((name.to_owned(), text.into_owned())),
        DeValue::Array(items) => {
            for item in items {
                own(name, item.into_inner(), into);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in entries(table) {
                let key = key.get_ref();
                let name = if name == "own" { key.to_string() } else { format!("{name}.{key}") };
                own(&name, value.into_inner(), into);
            }
        }
        _ => {}
    }
}
