//! The fields above the text of a note.

use toml::de::DeTable;

use crate::formats::field_names::{FieldTarget, known_names};
use crate::formats::read::json::{Object, Value};
use crate::formats::read::{exact_yaml, tree};

use super::describes;
use crate::formats::read::json_items::insert_or_append;
use crate::record::Field;

/// The largest number of lines of the fields.
const MAX_FIELD_LINES: usize = 500;

/// The fields and the text of a note.
#[derive(Debug, Default)]
pub(super) struct FrontMatter<'t> {
    /// The fields.
    pub(super) fields: Object,
    /// The text below them.
    pub(super) body: &'t str,
    /// What is wrong with them, and where.
    pub(super) problem: Option<(usize, String)>,
}

/// The language of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Yaml,
    Toml,
}

/// Whether a text begins with fields that say something of a document.
pub(super) fn has_fields(beginning: &str) -> bool {
    let beginning = beginning.trim_start_matches('\u{feff}');
    if let Some((language, block, body)) = fenced(beginning) {
        let Ok(fields) = parse(language, block) else { return language == Language::Toml };
        // A bibliography in YAML begins and ends alike.
        let is_list =
            |value: &Value| value.as_array().is_some_and(|it| it.iter().any(Value::is_object));
        let is_data = body.trim().is_empty() && fields.values().any(is_list);
        let is_document = body.trim_start().starts_with("---") || parses_as_fields(body);
        return fields.keys().any(|name| describes(name)) && !is_data && !is_document;
    }
    let (fields, _) = properties(beginning);
    fields.keys().any(|name| describes(name))
}

/// Whether a text below fields is another document of YAML.
fn parses_as_fields(body: &str) -> bool {
    let first = body.trim_start().lines().next().unwrap_or("");
    let is_pair = first.split_once(": ").is_some_and(|(key, _)| !key.contains(char::is_whitespace));
    is_pair && exact_yaml::parse_fields(body).is_ok()
}

impl FrontMatter<'_> {
    /// Splits a note.
    pub(super) fn split(text: &str) -> FrontMatter<'_> {
        let text = text.trim_start_matches('\u{feff}');
        let Some((language, block, body)) = fenced(text) else {
            let (fields, body) = labelled_lines(text).unwrap_or_else(|| properties(text));
            return open_fields(text).unwrap_or(FrontMatter { fields, body, problem: None });
        };
        match parse(language, block) {
            Ok(fields) => FrontMatter { fields, body, problem: None },
            Err((line, reason)) => {
                let message = format!(
                    "the fields above this note cannot be read: {reason}; they are kept as text"
                );
                FrontMatter {
                    fields: Object::default(),
                    body: text,
                    problem: Some((line + 1, message)),
                }
            }
        }
    }
}

/// Returns the fields between two equal lines at the beginning, and the text below.
fn fenced(text: &str) -> Option<(Language, &str, &str)> {
    let first = text.lines().next()?;
    let (language, ends): (_, &[&str]) = match first.trim_end() {
        "---" => (Language::Yaml, &["---", "..."]),
        "+++" => (Language::Toml, &["+++"]),
        _ => return None,
    };
    let start = text.find('\n')? + 1;
    let mut end = start;
    for line in text.get(start..)?.split_inclusive('\n').take(MAX_FIELD_LINES) {
        if ends.contains(&line.trim_end()) {
            return Some((language, text.get(start..end)?, text.get(end + line.len()..)?));
        }
        end += line.len();
    }
    None
}

/// Returns the fields below a first line `---` without an end: those down to the first line that is no field.
fn open_fields(text: &str) -> Option<FrontMatter<'_>> {
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let is_pair = |line: &str| {
        let pair = line
            .split_once(':')
            .filter(|(_, value)| value.trim().is_empty() || value.starts_with(' '));
        pair.is_some_and(|(name, _)| is_property_name(name))
    };
    let lines = rest.split_inclusive('\n').take(MAX_FIELD_LINES);
    let end = lines.take_while(|line| is_pair(line)).map(str::len).sum::<usize>();
    let (block, body) = rest.split_at_checked(end)?;
    let fields = plain_pairs(block).filter(|fields| fields.keys().any(|name| describes(name)))?;
    let message = "the fields above this note do not end with a line “---”: those down to the first other line are read";
    Some(FrontMatter { fields, body, problem: Some((1, message.to_owned())) })
}

/// Parses fields.
///
/// # Errors
/// They are not of this language: the line in them, and the reason.
fn parse(language: Language, block: &str) -> Result<Object, (usize, String)> {
    match language {
        Language::Yaml => {
            // A colon in a title is common, and breaks YAML.
            let parsed = exact_yaml::parse_fields(block).map_err(|error| {
                let line = error.location().and_then(|it| usize::try_from(it.line()).ok());
                let reason = error.to_string();
                let reason = reason.lines().next().unwrap_or_default();
                // The location stands before the message.
                let reason = reason.rsplit_once(": ").map_or(reason, |(_, reason)| reason);
                (line.unwrap_or(1), reason.to_owned())
            });
            parsed.or_else(|error| plain_pairs(block).ok_or(error))
        }
        Language::Toml => {
            let table = DeTable::parse(block).map_err(|error| {
                let before = error.span().and_then(|span| block.get(..span.start));
                let line = before.map_or(1, |before| before.matches('\n').count() + 1);
                (line, error.message().to_owned())
            })?;
            Ok(tree::object_of_toml(block, table.into_inner()))
        }
    }
}

/// Parses `name: value` on each line, where a value has signs that YAML does not allow.
fn plain_pairs(block: &str) -> Option<Object> {
    let lines = block.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let pairs = lines.map(|line| {
        let (name, value) =
            line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")))?;
        let is_name = !name.is_empty() && !name.starts_with([' ', '-', '"', '[', '{']);
        let value = value.trim().trim_matches(['"', '\'']);
        let list = value.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
        let value = match list.filter(|list| !list.starts_with('[')) {
            Some(list) => list
                .split(',')
                .map(|item| Value::from(item.trim().trim_matches(['"', '\''])))
                .collect(),
            None => Value::from(value),
        };
        is_name.then(|| (name.trim().into(), value))
    });
    pairs.collect()
}

/// Whether a text begins with lines such as `date:: 1945` that say something of a document.
pub(super) fn has_properties(text: &str) -> bool {
    properties(text).0.keys().any(|name| describes(name))
}

/// Splits a text behind the lines such as `date:: 1945` at its beginning.
pub(super) fn split_properties(text: &str) -> (&str, &str) {
    let (_, body) = properties(text);
    text.split_at_checked(text.len() - body.len()).unwrap_or((text, ""))
}

/// Returns the fields in lines such as `date:: 1945` at the beginning, and the text below.
fn properties(text: &str) -> (Object, &str) {
    let (mut fields, mut end) = (Object::default(), 0);
    for line in text.split_inclusive('\n').take(MAX_FIELD_LINES) {
        let bare = line.trim();
        let pair = bare.strip_prefix("- ").unwrap_or(bare).split_once(":: ");
        match pair.filter(|(name, _)| is_property_name(name)) {
            Some((name, value)) => {
                fields.insert(name.trim().into(), property_value(value));
            }
            None if bare.is_empty() => {}
            None => break,
        }
        end += line.len();
    }
    (fields, text.get(end..).unwrap_or_default())
}

/// The fewest fields in lines with labels in bold.
const MIN_LABELS: usize = 2;

/// Returns the fields in lines with labels in bold below the heading (`**Date:** 1945`), and the text below them. `None` if there
/// are fewer than two, or if no label says something of a document.
fn labelled_lines(text: &str) -> Option<(Object, &str)> {
    let start = text.trim_start();
    let (heading, below) = match start.split_once('\n') {
        Some((first, below)) => match first.strip_prefix("# ") {
            Some(heading) => (heading.trim(), below),
            None => ("", start),
        },
        None => ("", start),
    };
    let mut fields = Object::default();
    let mut rest = below;
    while let Some((line, behind)) = rest.split_once('\n').or(Some((rest, ""))) {
        match label_in_bold(line.trim()) {
            Some((name, value)) => {
                insert_or_append(&mut fields, name, property_value(value));
            }
            None if line.trim().is_empty() && fields.is_empty() && !behind.is_empty() => {}
            None => break,
        }
        rest = behind;
    }
    let is_described = fields.len() >= MIN_LABELS && fields.keys().any(|name| describes(name));
    if !heading.is_empty() {
        let name = if fields.keys().any(|name| is_title(name)) { "heading" } else { "title" };
        fields.insert(name.into(), Value::from(heading));
    }
    is_described.then_some((fields, rest))
}

/// Whether a name is that of a title.
fn is_title(name: &str) -> bool {
    let known = known_names(name);
    known.first().is_some_and(|it| it.target == FieldTarget::Field(Field::Title))
}

/// Splits a line with a label in bold, with its colon inside or behind: `**Date:** 1945`, `- **Date**: 1945`.
fn label_in_bold(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
    let (name, value) = line.strip_prefix("**")?.split_once("**")?;
    let (name, value) = match name.strip_suffix(':') {
        Some(name) => (name, value),
        None => (name, value.strip_prefix(':')?),
    };
    (is_property_name(name) && !value.trim().is_empty()).then(|| (name, value.trim()))
}

/// Whether a text may be the name of a property: a word or a few.
fn is_property_name(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || " -_".contains(letter);
    !name.is_empty() && name.len() <= 40 && name.chars().all(is_letter)
}

/// Returns the value of a property: a list where all items are links or tags.
fn property_value(value: &str) -> Value {
    let items: Vec<&str> = value.split(',').map(str::trim).collect();
    let is_reference = |item: &&str| item.starts_with("[[") || item.starts_with('#');
    if items.len() > 1 && items.iter().all(is_reference) {
        return items.into_iter().map(Value::from).collect();
    }
    Value::from(value.trim())
}
