//! Parses archive files (`archive.toml`): `[archive]` and `[[record]]`.

use std::io;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::json::SURPLUS_ROLES;
use super::truncate::{MAX_FIELD_NAME_BYTES, truncate};
use super::{InputFile, PageStart, Sink, encoding, tree};
use crate::record::{Archive, Date, Field, OwnName, Problem, Record, SourceHash};

/// A value with its byte range in the file.
type Spanned<T> = toml::Spanned<T>;
/// The keys and values of a table, in file order.
type Entries<'t> = Vec<(Key<'t>, Spanned<DeValue<'t>>)>;
/// A key with its byte range in the file.
type Key<'t> = Spanned<toml::de::DeString<'t>>;

/// Whether a text is an archive file: it begins with `[archive]` or `[[record]]`, or with a key and
/// value above one of these. (A results page may begin with `Results = 5`.)
pub(super) fn looks_like(beginning: &str) -> bool {
    let mut lines = beginning.lines().map(str::trim);
    let Some(first) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else {
        return false;
    };
    let is_key_char = |c: char| c.is_ascii_alphanumeric() || "_-.\"'".contains(c);
    let is_key = |key: &str| !key.is_empty() && key.chars().all(is_key_char);
    let starts_with_pair = || first.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()));
    starts_table(first) || (starts_with_pair() && lines.any(starts_table))
}

/// Whether a line begins an `archive` or `record` table.
fn starts_table(line: &str) -> bool {
    let inside = line.trim_start_matches('[');
    let name = inside.split([']', '.']).next().unwrap_or("").trim();
    inside.len() < line.len() && ["archive", "record"].contains(&name)
}

/// Parses a whole file. A value of the wrong type is an error and is kept as text. Invalid TOML
/// gives no records.
pub(super) fn read(file: &mut InputFile<'_>, sink: &mut dyn Sink) -> io::Result<()> {
    let name = file.name;
    // Values must not depend on the line ends of the file.
    let text = encoding::read_text(name, file.bytes, sink)?.replace("\r\n", "\n");
    let toml_file = TomlFile { name, line_starts: line_starts(&text), text: &text };
    match DeTable::parse(&text) {
        Ok(table) if is_foreign(table.get_ref()) => {
            return tree::read_toml(&text, table.into_inner(), file, sink);
        }
        Ok(table) => toml_file.read(entries(table.into_inner()), sink),
        Err(error) => sink.report(toml_file.parse_error(&error)),
    }
    Ok(())
}

/// Whether a file has tables, and none of an archive file: the settings of a program, or letters under other names.
fn is_foreign(table: &DeTable<'_>) -> bool {
    let is_own = |key: &Key<'_>| ["archive", "record"].contains(&key.get_ref().as_ref());
    let has_tables = table.values().any(|value| !matches!(value.get_ref(), DeValue::String(_)));
    has_tables && !table.keys().any(is_own)
}

/// A file that is being parsed.
struct TomlFile<'t> {
    name: &'t str,
    text: &'t str,
    /// The byte offset of the start of each line.
    line_starts: Vec<usize>,
}

impl<'t> TomlFile<'t> {
    /// Sends the page start with the archive, the problems of the archive, then the records.
    fn read(&self, top_level: Entries<'t>, sink: &mut dyn Sink) {
        let mut page = PageStart {
            file: self.name.to_owned(),
            may_repeat_records: true,
            ..PageStart::default()
        };
        let (mut records, mut problems, mut unknown_fields) = (Vec::new(), Vec::new(), Vec::new());
        for (key, value) in top_level {
            match key.get_ref().as_ref() {
                "record" => records.append(&mut list_items(value)),
                "archive" => {
                    page.line = Some(self.position(&key.span()).line);
                    let mut table = TableParser::new(self);
                    page.archive = table.parse_archive(value);
                    problems.append(&mut table.problems);
                }
                other => {
                    problems.push(self.unknown_key(other, &key.span()));
                    keep_own_field(other, value.into_inner(), &mut unknown_fields);
                }
            }
        }
        page.archive.own.append(&mut unknown_fields);
        sink.start_page(page);
        for problem in problems {
            sink.report(problem);
        }
        for value in records {
            self.read_record(value, sink);
        }
    }

    /// Parses a record and sends it after its problems. An empty record is an error.
    fn read_record(&self, value: Spanned<DeValue<'_>>, sink: &mut dyn Sink) {
        let (record_range, date_range) = (value.span(), date_byte_range(&value));
        let mut source_hash = SourceHash::default();
        add_to_hash(value.get_ref(), &mut source_hash);
        let mut table = TableParser::new(self);
        let mut record = table.parse_record(value);
        record.source_hash = source_hash;
        let has_errors = !table.problems.is_empty();
        table.problems.into_iter().for_each(|problem| sink.report(problem));
        if record != Record::default() {
            if let Some(problem) = Problem::doubtful_date(self.name, None, &record.date) {
                sink.report(self.locate(date_range, problem));
            }
            sink.add_record(record);
        } else if !has_errors {
            let message = "this record was left out: it has no field";
            sink.report(self.locate(Some(record_range), Problem::error(self.name, None, message)));
        }
    }

    /// Returns the error for a file that is not TOML.
    fn parse_error(&self, error: &Error) -> Problem {
        let reason = error.message();
        let message = format!(
            "this is not TOML: {reason}; nothing of this file was read, correct this line and open it again"
        );
        self.locate(error.span(), Problem::error(self.name, None, message))
    }

    /// Returns the warning for a top-level key other than `archive` and `record`.
    fn unknown_key(&self, key: &str, span: &Range<usize>) -> Problem {
        let message = format!(
            "`{key}` is neither `archive` nor `record`: it is kept as a field of the archive"
        );
        self.locate(Some(span.clone()), Problem::warning(self.name, None, message))
    }

    /// Returns a problem with the line and column of a byte range.
    fn locate(&self, span: Option<Range<usize>>, problem: Problem) -> Problem {
        let position = span.map(|span| self.position(&span));
        let (line, column) = (position.map(|it| it.line), position.map(|it| it.column));
        Problem { line, column, ..problem }
    }

    /// Returns where a byte range begins.
    fn position(&self, span: &Range<usize>) -> TextPosition {
        let line = self.line_starts.partition_point(|start| *start <= span.start).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..span.start).unwrap_or("");
        TextPosition { line, column: before.chars().count() + 1 }
    }
}

/// A position in the text, counted from 1.
#[derive(Clone, Copy, Debug)]
struct TextPosition {
    line: usize,
    column: usize,
}

/// Returns the byte range of a record's date.
fn date_byte_range(record: &Spanned<DeValue<'_>>) -> Option<Range<usize>> {
    match record.get_ref() {
        DeValue::Table(table) => table.get("date").map(Spanned::span),
        _ => None,
    }
}

/// Returns the byte offset of the start of each line.
fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Returns the items of a list, or any other value as the only item.
fn list_items(value: Spanned<DeValue<'_>>) -> Vec<Spanned<DeValue<'_>>> {
    let span = value.span();
    match value.into_inner() {
        DeValue::Array(items) => items.into_iter().collect(),
        other => vec![Spanned::new(span, other)],
    }
}

/// Returns the entries of a table in file order.
fn entries(table: DeTable<'_>) -> Entries<'_> {
    let mut entries: Entries<'_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Parses the entries of one table. A value of the wrong type is kept as text under the same name.
struct TableParser<'f, 't> {
    file: &'f TomlFile<'t>,
    own: Vec<(OwnName, String)>,
    problems: Vec<Problem>,
}

impl<'f, 't> TableParser<'f, 't> {
    fn new(file: &'f TomlFile<'t>) -> TableParser<'f, 't> {
        TableParser { file, own: Vec::new(), problems: Vec::new() }
    }

    /// Parses `[archive]`.
    fn parse_archive(&mut self, value: Spanned<DeValue<'_>>) -> Archive {
        let mut archive = Archive::default();
        for (key, value) in self.entries("the archive", "[archive]", value) {
            match key.get_ref().as_ref() {
                "title" => archive.title = self.parse_text(&key, value, ", "),
                "source" => archive.source = self.parse_text(&key, value, ", "),
                "url" => archive.url = self.parse_text(&key, value, ", "),
                "description" => archive.description = self.parse_text(&key, value, "\n\n"),
                "total" => archive.total = self.parse_positive_number(&key, value),
                other => keep_own_field(other, value.into_inner(), &mut self.own),
            }
        }
        archive.own = std::mem::take(&mut self.own);
        archive
    }

    /// Parses one `[[record]]`.
    fn parse_record(&mut self, value: Spanned<DeValue<'_>>) -> Record {
        let mut record = Record::default();
        let (span, mut edtf) = (value.span(), None);
        for (key, value) in self.entries("this record", "[[record]]", value) {
            match (key.get_ref().as_ref(), Field::from_key(key.get_ref())) {
                ("position", _) => record.position = self.parse_positive_number(&key, value),
                ("date", _) => {
                    record.date =
                        Date::parse(&self.parse_text(&key, value, ", ").unwrap_or_default());
                }
                ("date_edtf", _) => edtf = self.parse_text(&key, value, ", ").zip(Some(key.span())),
                (_, Some(field)) => {
                    for text in self.parse_texts(&key, value) {
                        record.push_listed(field, &text);
                    }
                }
                (other, None) => keep_own_field(other, value.into_inner(), &mut self.own),
            }
        }
        if let Some((edtf, span)) = edtf {
            if let Some(date) = Date::with_edtf(&record.date.text, &edtf) {
                record.date = date;
            } else {
                self.add_error(span, format!("{edtf:?} is not EDTF: it is kept as text"));
                self.own.push(("date_edtf".into(), edtf));
            }
        }
        record.own = std::mem::take(&mut self.own);
        record.pair_containers();
        if record.align_contributor_roles() > 0 {
            self.add_error(span, SURPLUS_ROLES.to_owned());
        }
        record
    }

    /// Returns the entries of a table. Any other value is an error and gives no entries.
    fn entries<'v>(
        &mut self,
        subject: &str,
        header: &str,
        value: Spanned<DeValue<'v>>,
    ) -> Entries<'v> {
        let span = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            let message =
                format!("{subject} was left out: expected a table: `{header}` and its keys");
            self.add_error(span, message);
            return Entries::new();
        };
        entries(table)
    }

    /// Returns the texts of a field: one text or a list.
    fn parse_texts(&mut self, key: &Key<'_>, value: Spanned<DeValue<'_>>) -> Vec<String> {
        let mut texts = Vec::new();
        for item in list_items(value) {
            let span = item.span();
            match scalars_as_text(item.into_inner()) {
                DeValue::String(text) => texts.push(text.into_owned()),
                // `container.box`, the name of a field of files with dotted names
                table @ DeValue::Table(_) if *key.get_ref() == Field::Container.key() => {
                    keep_own_field(key.get_ref(), table, &mut self.own);
                }
                other => self.keep_as_text(key, span, other, "a text or a list of texts"),
            }
        }
        texts
    }

    /// Returns the texts of a field joined to one, or `None` if it is empty.
    fn parse_text(
        &mut self,
        key: &Key<'_>,
        value: Spanned<DeValue<'_>>,
        separator: &str,
    ) -> Option<String> {
        let text = self.parse_texts(key, value).join(separator).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// Parses a number of at least 1, which may be quoted.
    fn parse_positive_number(&mut self, key: &Key<'_>, value: Spanned<DeValue<'_>>) -> Option<u64> {
        let span = value.span();
        let value = scalars_as_text(value.into_inner());
        let number = match &value {
            DeValue::String(text) => text.trim().parse().ok().filter(|number| *number > 0),
            _ => None,
        };
        if number.is_none() {
            self.keep_as_text(key, span, value, "a whole number from 1");
        }
        number
    }

    /// Keeps a value of the wrong type as an own field and reports an error, unless it is empty.
    fn keep_as_text(
        &mut self,
        key: &Key<'_>,
        span: Range<usize>,
        value: DeValue<'_>,
        expected: &str,
    ) {
        let (key, before) = (key.get_ref(), self.own.len());
        let found = match &value {
            DeValue::String(text) => format!("{:?}", text.as_ref()),
            DeValue::Array(_) => "a list".to_owned(),
            _ => "a table".to_owned(),
        };
        keep_own_field(key, value, &mut self.own);
        if self.own.len() > before {
            let message = format!("{found} was found, expected {expected}: it is kept as text");
            self.add_error(span, message);
        }
    }

    /// Adds an error at a byte range.
    fn add_error(&mut self, span: Range<usize>, message: String) {
        let error = Problem::error(self.file.name, None, message);
        self.problems.push(self.file.locate(Some(span), error));
    }
}

/// Adds all texts, numbers and dates in a value to a hash.
fn add_to_hash(value: &DeValue<'_>, hash: &mut SourceHash) {
    match value {
        DeValue::String(text) => hash.add_text(text),
        DeValue::Integer(number) => hash.add_text(&number.to_string()),
        DeValue::Float(number) => hash.add_text(&number.to_string()),
        DeValue::Boolean(boolean) => hash.add_text(if *boolean { "true" } else { "false" }),
        DeValue::Datetime(date) => hash.add_text(&date.to_string()),
        DeValue::Array(items) => items.iter().for_each(|item| add_to_hash(item.get_ref(), hash)),
        DeValue::Table(table) => {
            table.iter().for_each(|(_, value)| add_to_hash(value.get_ref(), hash));
        }
    }
}

/// Converts numbers, dates and booleans to text.
fn scalars_as_text(value: DeValue<'_>) -> DeValue<'_> {
    match value {
        DeValue::Integer(number) => DeValue::String(number.to_string().into()),
        DeValue::Float(number) => DeValue::String(number.to_string().into()),
        DeValue::Boolean(boolean) => DeValue::String(boolean.to_string().into()),
        DeValue::Datetime(date) => DeValue::String(date.to_string().into()),
        DeValue::Array(mut items) => {
            for item in items.iter_mut() {
                let text =
                    scalars_as_text(std::mem::replace(item.get_mut(), DeValue::Boolean(false)));
                *item.get_mut() = text;
            }
            DeValue::Array(items)
        }
        other => other,
    }
}

/// Appends a value as own fields. Dots join nested names; the items of a list share one name.
///
/// The names in the table `own` get no prefix. The table holds own fields whose names are keys of
/// this format, such as `title`.
fn keep_own_field(name: &str, value: DeValue<'_>, own: &mut Vec<(OwnName, String)>) {
    let name = &*truncate(name, MAX_FIELD_NAME_BYTES);
    match scalars_as_text(value) {
        DeValue::String(text) => own.push((name.into(), text.into_owned())),
        DeValue::Array(items) => {
            for item in items {
                keep_own_field(name, item.into_inner(), own);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in entries(table) {
                let key = key.get_ref();
                let name = if name == "own" { key.to_string() } else { format!("{name}.{key}") };
                keep_own_field(&name, value.into_inner(), own);
            }
        }
        // `scalars_as_text` leaves nothing else.
        _ => {}
    }
}
