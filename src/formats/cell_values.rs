//! Several values in one cell of a table, as fonds writes and reads them.
//!
//! `|` separates values, as in AtoM's tables. A bar in a value has a backslash before it; backslashes
//! before a bar or a separator are doubled. `NULL`, which AtoM writes for no value, has a backslash
//! before it if it is a value. All other backslashes are ordinary letters.

use std::borrow::Cow;

use super::field_names::fold::fold_name;
use crate::text::trim::trim;

/// The separator of values.
const SEPARATOR: char = '|';

/// What AtoM writes for no value.
pub(super) const NULL: &str = "NULL";

/// What programs and people write where a value is missing.
const MISSING: [&str; 25] = [
    "nan",
    "NaN",
    "NAN",
    "NaT",
    "None",
    "none",
    "NONE",
    "null",
    "NULL",
    "nil",
    "\\N",
    "#N/A",
    "N/A",
    "n/a",
    "NA",
    "<NA>",
    "(null)",
    "undefined",
    "-",
    "--",
    "---",
    "\u{2013}",
    "\u{2014}",
    "#REF!",
    "#VALUE!",
];

/// Those of [`MISSING`] that are words, and so may be titles.
const MISSING_WORDS: [&str; 4] = ["None", "none", "NONE", "NA"];

/// Whether a text that says that a value is missing may be a title: that of a drawing may be “None”.
pub(super) fn may_be_title(text: &str) -> bool {
    MISSING_WORDS.contains(&text)
}

/// The length of the longest of [`MISSING`], in bytes.
const MAX_MISSING_BYTES: usize = 9;

/// Whether a text is nothing but a sign that a value is missing. It is no person, place, date or title.
pub(super) fn is_missing(text: &str) -> bool {
    // Most texts begin otherwise.
    let may_be = |first: &u8| b"nNu\\#<(-\xe2".contains(first);
    text.len() <= MAX_MISSING_BYTES
        && text.as_bytes().first().is_some_and(may_be)
        && MISSING.contains(&text)
}

/// Whether a text is short enough for a sign that a value is missing, with some white space round it.
pub(super) fn may_be_missing(text: &str) -> bool {
    text.len() <= 2 * MAX_MISSING_BYTES
}

/// Returns texts without the signs that a value is missing, unless all are such.
pub(super) fn without_missing<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    let filled: Vec<&str> = texts.iter().copied().filter(|text| !is_missing(text)).collect();
    if filled.is_empty() { texts.to_vec() } else { filled }
}

/// What separates the values of a text in files of other programs: the names of persons, places, subjects.
const VALUE_SEPARATORS: [char; 4] = [';', '|', '\n', ','];

/// Returns a text with several values without those that say that a value is missing: of `Keller, Anna; nan` the first.
/// Of two separators round such a value the one that is no comma stays.
pub(super) fn without_missing_parts(text: &str) -> Cow<'_, str> {
    if !text.split(VALUE_SEPARATORS).any(|part| is_missing(part.trim())) {
        return Cow::Borrowed(text);
    }
    // Behind a comma these letters may be initials, or a country.
    let is_code =
        |part: &str, signs: [Option<char>; 2]| part.trim() == "NA" && signs.contains(&Some(','));
    let mut parts: Vec<(Option<char>, &str)> = Vec::new();
    let (mut sign, mut rest) = (None, text);
    while let Some(at) = rest.find(VALUE_SEPARATORS) {
        let (part, behind) = rest.split_at(at);
        let mut letters = behind.chars();
        parts.push((sign, part));
        sign = letters.next();
        rest = letters.as_str();
    }
    parts.push((sign, rest));
    let behind = |at: usize| parts.get(at + 1).and_then(|(sign, _)| *sign);
    let is_gap = |(at, (sign, part)): (usize, &(Option<char>, &str))| {
        is_missing(part.trim()) && !is_code(part, [*sign, behind(at)])
    };
    let gaps: Vec<bool> = parts.iter().enumerate().map(is_gap).collect();
    if parts.len() < 2 || !gaps.contains(&true) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut pending = None;
    for ((sign, part), is_gap) in parts.iter().zip(gaps) {
        pending = match (pending, *sign) {
            (None | Some(','), Some(sign)) => Some(sign),
            (before, _) => before,
        };
        if is_gap {
            continue;
        }
        kept.extend(pending.take().filter(|_| !kept.is_empty()));
        kept.push_str(part);
    }
    Cow::Owned(kept.trim().to_owned())
}

/// The characters that begin a formula in spreadsheets, also those of full width
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
const FORMULA_STARTS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Characters at which some spreadsheets split a row although it is separated by commas. They then read
/// no quotation marks, so that a line end in a cell begins a row.
const OTHER_SEPARATORS: [char; 4] = [';', '\t', '\n', '\r'];

/// Joins values to one cell.
pub(super) fn join_values(values: &[&str]) -> String {
    let mut cell = String::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            cell.push(SEPARATOR);
        }
        let value = escape_null(value);
        let mut backslashes = 0_usize;
        for letter in value.chars() {
            if letter == SEPARATOR {
                cell.extend(std::iter::repeat_n('\\', backslashes + 1));
            }
            backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
            cell.push(letter);
        }
        if index + 1 < values.len() {
            cell.extend(std::iter::repeat_n('\\', backslashes));
        }
    }
    cell
}

/// Splits a cell into its values, without the white space around them. `None` stands for `NULL`.
pub(super) fn split_values(cell: &str) -> Vec<Option<Cow<'_, str>>> {
    if !cell.contains('\\') {
        let values = cell.split(SEPARATOR).map(trim);
        return values.map(|value| (value != NULL).then_some(Cow::Borrowed(value))).collect();
    }
    let unescaped = |value: &String| unescape_null(trim(value)).map(Cow::into_owned);
    split_escaped(cell).iter().map(|value| unescaped(value).map(Cow::Owned)).collect()
}

/// Splits a cell with backslashes into its values.
fn split_escaped(cell: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut backslashes = 0_usize;
    for letter in cell.chars() {
        let Some(value) = values.last_mut() else { break };
        if letter != SEPARATOR {
            backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
            value.push(letter);
            continue;
        }
        value.truncate(value.len() - backslashes.div_ceil(2));
        if backslashes % 2 == 1 {
            value.push(SEPARATOR);
        } else {
            values.push(String::new());
        }
        backslashes = 0;
    }
    values
}

/// Names of columns that list short words, which commas may part.
const KEYWORD_NAMES: [&str; 12] = [
    "tag",
    "tags",
    "keyword",
    "keywords",
    "manualtags",
    "automatictags",
    "schlagwort",
    "schlagworte",
    "schlagworter",
    "stichworte",
    "motscles",
    "palabrasclave",
];

/// Splits subjects in one text: at semicolons, and keywords at commas too, if these join no words of one subject.
/// `name` is that of the field.
pub(super) fn split_subjects<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
    let has_entity = text.contains('&');
    if text.contains(';') && !has_entity {
        return non_empty_parts(text, ';');
    }
    if text.contains(',') && is_list_of_keywords(name, text) {
        return non_empty_parts(text, ',');
    }
    vec![text]
}

/// Returns the parts of a text between separators, without white space round them.
fn non_empty_parts(text: &str, separator: char) -> Vec<&str> {
    text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether commas part the keywords in a text: no space follows them, or all keywords begin with a small letter. In
/// `Keller, Anna` the comma is within a name.
fn is_list_of_keywords(name: &str, text: &str) -> bool {
    let name = name.rsplit([':', '/', '.']).next().unwrap_or(name);
    let is_keywords = || KEYWORD_NAMES.contains(&fold_name(name).as_str());
    let are_words = text.split(',').all(|part| part.contains(char::is_alphabetic));
    let is_tight = || !text.contains(", ");
    let starts_lower = |part: &str| part.trim_start().starts_with(char::is_lowercase);
    are_words && (is_tight() || text.split(',').all(starts_lower)) && is_keywords()
}

/// Returns the name above the life or the nation of a person in one text: `Anna Keller⏎British, 1880–1950`.
pub(super) fn name_above_life(text: &str) -> Option<&str> {
    let (name, rest) = text.trim().split_once('\n')?;
    let (name, rest) = (name.trim(), rest.trim());
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let is_word = !rest.contains(char::is_whitespace) && name.contains(' ');
    let is_about = has_digit(rest) || is_word;
    (is_about && !has_digit(name) && !rest.contains(';')).then_some(name)
}

/// Puts a backslash before `NULL`, also if there are some already.
pub(super) fn escape_null(value: &str) -> Cow<'_, str> {
    match value.trim_start_matches('\\') {
        NULL => Cow::Owned(format!("\\{value}")),
        _ => Cow::Borrowed(value),
    }
}

/// Undoes [`escape_null`]. Returns `None` for `NULL`.
pub(super) fn unescape_null(value: &str) -> Option<Cow<'_, str>> {
    match (value, value.trim_start_matches('\\')) {
        (NULL, _) => None,
        (_, NULL) => Some(Cow::Borrowed(value.strip_prefix('\\').unwrap_or(value))),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Puts an apostrophe before each part of a cell that a spreadsheet would take for a formula, or that
/// has such an apostrophe.
pub(super) fn guard_formula(cell: String) -> String {
    if !cell.contains(FORMULA_STARTS) {
        return cell;
    }
    let parts = cell.split_inclusive(OTHER_SEPARATORS).enumerate();
    let guarded = parts.map(|(at, part)| {
        let guard = if is_formula(part, at == 0) { "'" } else { "" };
        format!("{guard}{part}")
    });
    guarded.collect()
}

/// Removes the apostrophes of [`guard_formula`] from a cell without white space around it.
pub(super) fn strip_formula_guard(cell: &str) -> Cow<'_, str> {
    let parts = || cell.split_inclusive(OTHER_SEPARATORS).enumerate();
    let guarded = |(at, part): (usize, &str)| part.starts_with('\'') && is_formula(part, at == 0);
    if !cell.contains('\'') || !parts().any(guarded) {
        return Cow::Borrowed(cell);
    }
    let plain = parts().map(|(at, part)| {
        let plain = part.strip_prefix('\'').filter(|_| guarded((at, part)));
        plain.unwrap_or(part)
    });
    Cow::Owned(plain.collect())
}

/// Blanks that some spreadsheets drop at the beginning of a cell.
const BLANKS: [char; 5] = [' ', '\u{a0}', '\u{3000}', '\u{200b}', '\u{feff}'];

/// Whether a part of a cell is a formula, or one with apostrophes before it. Inside a cell white space
/// and a dash before it, as in lists, begin none.
fn is_formula(part: &str, is_first: bool) -> bool {
    let bare = part.trim_start_matches('\'');
    let bare = if is_first { bare.trim_start_matches(BLANKS) } else { bare };
    let mut letters = bare.chars();
    let start = letters.next().filter(|start| FORMULA_STARTS.contains(start));
    let is_list = start == Some('-') && letters.next().is_none_or(char::is_whitespace);
    start.is_some_and(|start| is_first || !(start.is_whitespace() || is_list))
}

/// Whether a cell has several values, each on a line of its own. Behind a comma a line goes on.
pub(super) fn has_value_lines(cell: &str) -> bool {
    let lines = || cell.lines().map(str::trim_end).filter(|line| !line.is_empty());
    cell.contains('\n')
        && lines().count() > 1
        && !lines().any(|line| line.ends_with([',', '-', '–']))
}

/// Splits the names under a name for several authors also at `&`, where each part is a full name: `Anna Keller & Emil Roth`.
pub(super) fn split_authors<'c>(name: &str, cell: &'c str) -> Vec<&'c str> {
    if !cell.contains('&') {
        return split_names(cell).collect();
    }
    let is_full = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let is_capital = |word: &&&str| word.starts_with(char::is_uppercase);
        (2..=MAX_NAME_WORDS).contains(&words.len())
            && words.iter().filter(is_capital).count() > 1
            && !part.contains(',')
    };
    let is_list = || ["authors", "creators"].contains(&fold_name(name).as_str());
    let split = |part: &'c str| -> Vec<&'c str> {
        let parts: Vec<&str> = part.split(" & ").map(str::trim).collect();
        if parts.len() > 1 && parts.iter().all(is_full) && is_list() { parts } else { vec![part] }
    };
    split_names(cell).flat_map(split).collect()
}

/// The most words of the name of a person in a list of authors.
const MAX_NAME_WORDS: usize = 4;

/// Splits names at semicolons and lines: `Brandt, Ilse; Roth, Emil`. Other programs write several names so.
pub(super) fn split_names(cell: &str) -> impl Iterator<Item = &str> {
    let has_lines = has_value_lines(cell);
    cell.split(move |letter| [';', '|'].contains(&letter) || (has_lines && letter == '\n'))
        .map(str::trim)
        .filter(|name| !name.is_empty() && *name != NULL)
}
