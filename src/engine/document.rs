//! Makes a record of a document of an engine.

use std::borrow::Cow;

use serde_json::Value;

use super::mapping::{DateMapping, EngineMapping, FieldMapping, FieldTarget};
use super::schema::fits_pattern;
use crate::record::date::span::ParsedDate;
use crate::record::{Date, DateSpan, Field, Precision, Record, field_of_container_word};

/// The field that names the culture in which AtoM has the original.
const CULTURE_FIELD: &str = "sourceCulture";

/// The own field of documents that their system does not publish.
const UNPUBLISHED: &str = "unpublished";

/// How deep objects of a document may stand in each other.
const MAX_DEPTH: usize = 40;

impl EngineMapping {
    /// Returns the record of a document. A field without a place becomes an own field.
    pub fn record(&self, id: &str, document: &Value) -> Record {
        let mut record = Record::default();
        record.push(Field::Id, id);
        let reader = DocumentReader::new(document);
        record.date = self.date.read(&reader);
        for field in &self.fields {
            reader.read_field(field, &mut record);
        }
        if let Some(unpublished) = &self.unpublished {
            let stated = reader.values(&unpublished.field);
            if stated.iter().any(|value| !unpublished.published.iter().any(|it| *it == *value)) {
                record.own.push((UNPUBLISHED.into(), "yes".to_owned()));
            }
        }
        self.add_others(document, "", 0, &mut record);
        record
    }

    /// Adds what has no place under its own name, and adds each text to the hash.
    fn add_others(&self, value: &Value, path: &str, depth: usize, record: &mut Record) {
        match value {
            Value::Object(object) if depth < MAX_DEPTH => {
                for (name, value) in object {
                    let path =
                        if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.add_others(value, &path, depth + 1, record);
                }
            }
            Value::Array(values) if depth < MAX_DEPTH => {
                for value in values {
                    self.add_others(value, path, depth + 1, record);
                }
            }
            value => {
                let Some(text) = text_of(value).filter(|text| !text.trim().is_empty()) else {
                    return;
                };
                record.source_hash.add_text(&text);
                if !self.has_place(path) {
                    record.own.push((path.into(), text.into_owned()));
                }
            }
        }
    }

    /// Whether a field of the index becomes an own field under its name. Its variants, and what is searched and not read,
    /// do not.
    pub(super) fn is_own_field(&self, name: &str) -> bool {
        let searched = self
            .fields
            .iter()
            .flat_map(|field| field.search.iter().chain(&field.exact).chain(&field.values));
        let date = &self.date;
        let of_date = [&date.years, &date.years_of_text, &date.days, &date.range, &date.sort];
        let of_order = self.order.archive.iter().chain(&self.order.title);
        let mut others = searched.chain(of_date.into_iter().flatten()).chain(of_order);
        !name.starts_with('_') && !self.has_place(name) && !others.any(|it| fits_pattern(name, it))
    }

    /// Whether a field is read, or left out.
    fn has_place(&self, path: &str) -> bool {
        let is_in = |outer: &str| {
            path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let date = &self.date;
        let read = self.fields.iter().flat_map(|field| field.read.iter().chain(&field.roles));
        let of_date = [&date.text, &date.edtf, &date.start, &date.end].into_iter().flatten();
        let unpublished = self.unpublished.iter().map(|it| &it.field);
        path == "id"
            || self.leave_out.iter().any(|outer| is_in(outer))
            || read.chain(of_date).chain(unpublished).any(|it| fits_pattern(path, it))
    }
}

/// Looks up values in a document.
struct DocumentReader<'d> {
    document: &'d Value,
    culture: Option<&'d str>,
}

impl<'d> DocumentReader<'d> {
    fn new(document: &'d Value) -> DocumentReader<'d> {
        let culture = document.get(CULTURE_FIELD).and_then(Value::as_str);
        DocumentReader { document, culture }
    }

    /// Returns the values at a path, in their order. Of several cultures, those of one are taken.
    fn values(&self, path: &str) -> Vec<Cow<'d, str>> {
        let mut found = Vec::new();
        self.collect(self.document, path, &mut found);
        found
    }

    /// Returns the values at the first path that has some.
    fn first_values(&self, paths: &[String]) -> Vec<Cow<'d, str>> {
        let mut all = paths.iter().map(|path| self.values(path));
        all.find(|values| !values.is_empty()).unwrap_or_default()
    }

    /// Collects the values at a path below a value.
    fn collect(&self, value: &'d Value, path: &str, found: &mut Vec<Cow<'d, str>>) {
        match value {
            Value::Array(values) => {
                for value in values {
                    self.collect(value, path, found);
                }
            }
            Value::Object(object) => {
                // Names in Solr may have dots in them.
                if let Some(value) = object.get(path) {
                    return self.collect(value, "", found);
                }
                let Some((first, rest)) = path.split_once('.') else { return };
                if first != "*" {
                    if let Some(value) = object.get(first) {
                        self.collect(value, rest, found);
                    }
                    return;
                }
                let wanted = self.culture.and_then(|culture| object.get(culture));
                let before = found.len();
                for value in wanted.into_iter().chain(object.values()).filter(|it| it.is_object()) {
                    self.collect(value, rest, found);
                    if found.len() > before {
                        return;
                    }
                }
            }
            value if path.is_empty() => {
                found.extend(text_of(value).filter(|text| !text.trim().is_empty()));
            }
            _ => {}
        }
    }

    /// Adds the values of a field to a record.
    fn read_field(&self, field: &FieldMapping, record: &mut Record) {
        let Some(target) = field.target() else { return };
        let roles = field.roles.as_deref().map(|path| self.values(path)).unwrap_or_default();
        for (index, value) in self.first_values(&field.read).into_iter().enumerate() {
            let value = if field.html { plain_text(&value) } else { value };
            match &target {
                // Finding aids have a comma before the date that follows a title.
                FieldTarget::Known(Field::Title) => {
                    record.push_new(Field::Title, value.trim_end().trim_end_matches(','));
                }
                FieldTarget::Own(name) => record.own.push((name.clone(), value.trim().to_owned())),
                FieldTarget::Known(Field::Contributor) => {
                    record.push_contributor(&value, roles.get(index).map_or("", |role| role));
                }
                FieldTarget::Known(Field::Container) => push_container(&value, record),
                FieldTarget::Known(known) => record.push_new(*known, &value),
            }
        }
    }
}

/// Adds a container such as `box 3` under the field of its kind.
fn push_container(value: &str, record: &mut Record) {
    let parts = value.trim().split_once(' ');
    match parts.and_then(|(word, number)| Some((field_of_container_word(word)?, number))) {
        Some((field, number)) => record.push(field, number),
        None => record.push(Field::Container, value),
    }
}

/// Returns a value as text; `None` for what has no text.
fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Bool(is) => Some(is.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl DateMapping {
    /// Reads the date of a document.
    fn read(&self, reader: &DocumentReader<'_>) -> Date {
        let text = reader.first_values(&self.text);
        let text = text.first().map_or("", |text| text.trim());
        let first_of = |paths: &[String]| reader.first_values(paths).into_iter().next();
        if let Some(date) = first_of(&self.edtf).and_then(|edtf| Date::with_edtf(text, &edtf)) {
            return date;
        }
        let day = |value: Cow<'_, str>| value.split('T').next().unwrap_or("").to_owned();
        let (start, end) = (first_of(&self.start).map(day), first_of(&self.end).map(day));
        let edtf = match (start, end) {
            (None, None) => return self.read_years(reader, text),
            (Some(start), Some(end)) if start == end => start,
            (start, end) => format!(
                "{}/{}",
                start.unwrap_or_else(|| "..".to_owned()),
                end.unwrap_or_else(|| "..".to_owned())
            ),
        };
        let stated = Date::with_edtf(if text.is_empty() { &edtf } else { text }, &edtf);
        stated.map_or_else(|| Date::parse(text), |date| with_flags_of_text(date, text))
    }

    /// Returns the date of a document that has years. A text may say it more precisely.
    fn read_years(&self, reader: &DocumentReader<'_>, text: &str) -> Date {
        let written = Date::parse(text);
        let years = self.years.as_deref().map(|path| reader.values(path)).unwrap_or_default();
        let years = || years.iter().filter_map(|year| year.parse::<i64>().ok());
        let (Some(first), Some(last)) = (years().min(), years().max()) else { return written };
        let span = DateSpan::years(first, last, Precision::Year);
        match written.span() {
            Some(written_span) if written_span.is_within(&span) => written,
            _ if text.is_empty() => Date::with_span(&span.short(), span),
            _ => with_flags_of_text(Date::with_span(text, span), text),
        }
    }
}

/// Adds what only the text says: that the date is near, doubted or supplied.
fn with_flags_of_text(date: Date, text: &str) -> Date {
    match (date.span(), Date::parse(text).span()) {
        (Some(span), Some(written)) => Date {
            parsed: ParsedDate::Span(DateSpan {
                approximate: span.approximate || written.approximate,
                uncertain: span.uncertain || written.uncertain,
                inferred: span.inferred || written.inferred,
                ..span
            }),
            ..date
        },
        _ => date,
    }
}

/// Returns a text without tags. The end of a paragraph becomes a line end.
fn plain_text(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let close = if from.starts_with('<') { '>' } else { ';' };
        let end = from.find(close).filter(|end| close == '>' || *end <= MAX_ENTITY_BYTES);
        let markup = end.and_then(|end| from.get(1..end));
        let replaced = markup.and_then(|markup| match close {
            '>' => tag_text(markup),
            _ => entity(markup).map(Cow::Owned),
        });
        if let (Some(replaced), Some(end)) = (replaced, end) {
            plain.push_str(&replaced);
            rest = from.get(end + 1..).unwrap_or("");
        } else {
            plain.push_str(from.get(..1).unwrap_or(""));
            rest = from.get(1..).unwrap_or("");
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain.trim().to_owned())
}

/// The tags of HTML and EAD behind which another line begins.
const LINE_ENDS: [&str; 10] =
    ["/p", "br", "br/", "br /", "/li", "/div", "lb/", "/item", "/head", "/defitem"];

/// The longest name of a character, in bytes.
const MAX_ENTITY_BYTES: usize = 10;

/// Returns what a tag becomes; `None` if it is no tag, as in `a < b`.
fn tag_text(tag: &str) -> Option<Cow<'static, str>> {
    let name = tag.trim_start_matches('/');
    name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '!').then(|| {
        let ends_line = LINE_ENDS.contains(&tag.trim_end());
        Cow::Borrowed(if ends_line { "\n" } else { "" })
    })
}

/// Returns the character that a name between `&` and `;` means.
fn entity(name: &str) -> Option<String> {
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some(letter.to_string())
}
