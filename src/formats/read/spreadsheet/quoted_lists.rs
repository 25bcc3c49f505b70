//! Lists of texts as programs in Python and JSON write them into one cell: `['Keller, Anna', 'Roth, Emil']`.

use std::borrow::Cow;

use csv::StringRecord;

use super::columns::Column;
use super::trim_cell;
use crate::formats::cell_values;

/// The brackets of lists, tuples, sets and arrays.
const BRACKETS: [(char, char); 3] = [('[', ']'), ('(', ')'), ('{', '}')];

/// Whether a cell may be a list.
pub(super) fn may_be(cell: &str) -> bool {
    let letters = || (cell.chars().next(), cell.chars().next_back());
    cell.contains(['"', '\''])
        && BRACKETS.iter().any(|(start, end)| letters() == (Some(*start), Some(*end)))
}

/// Returns the texts of a cell that is one list and nothing else, without those that say that a value is missing. `None`
/// if it has anything that stands in no quotation marks: `[1902]`. Round brackets hold at least two texts.
pub(super) fn parse(cell: &str) -> Option<Vec<String>> {
    let (start, end) = BRACKETS.iter().find(|(start, _)| cell.starts_with(*start))?;
    let inside = cell.strip_prefix(*start)?.strip_suffix(*end)?;
    let texts = match serde_json::from_str::<Vec<Option<String>>>(cell) {
        Ok(texts) => texts,
        Err(_) => parse_items(inside)?,
    };
    let is_list = *start == '[' || texts.len() > 1;
    let is_filled = |text: &String| !text.is_empty() && !cell_values::is_missing(text);
    let filled = texts.iter().flatten().map(|text| text.trim().to_owned()).filter(is_filled);
    (is_list && texts.iter().any(Option::is_some)).then(|| filled.collect())
}

/// Returns the items between the brackets; `None` for one without a value.
fn parse_items(mut rest: &str) -> Option<Vec<Option<String>>> {
    let mut items = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some(items);
        }
        let (item, behind) = parse_item(rest)?;
        items.push(item);
        let next = behind.trim_start();
        // Arrays have white space alone between their texts.
        let is_apart = next.is_empty() || next.len() < behind.len();
        rest = next.strip_prefix(',').or(is_apart.then_some(next))?;
    }
}

/// Returns the item at the beginning of a text, and what follows it.
fn parse_item(text: &str) -> Option<(Option<String>, &str)> {
    let quoted = text.strip_prefix(['u', 'b']).filter(|it| it.starts_with(['"', '\'']));
    let quoted = quoted.unwrap_or(text);
    let Some(quote) = quoted.chars().next().filter(|it| ['"', '\''].contains(it)) else {
        let end = text.find([',', ' ']).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        return cell_values::is_missing(word).then_some((None, rest));
    };
    let mut value = String::new();
    let mut letters = quoted.chars();
    letters.next();
    loop {
        match letters.next()? {
            '\\' => value.push(unescape(&mut letters)?),
            letter if letter == quote => return Some((Some(value), letters.as_str())),
            letter => value.push(letter),
        }
    }
}

/// Returns the character that an escape sequence stands for
/// (<https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences>).
fn unescape(letters: &mut std::str::Chars<'_>) -> Option<char> {
    let digits = match letters.next()? {
        'n' | 'r' => return Some('\n'),
        't' => return Some('\t'),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        letter => return Some(letter),
    };
    let (code, rest) = letters.as_str().split_at_checked(digits)?;
    *letters = rest.chars();
    char::from_u32(u32::from_str_radix(code, 16).ok()?)
}

/// Returns a row in which each list of one text is that text.
pub(super) fn without_lists_of_one<'r>(
    columns: &[Column],
    row: &'r StringRecord,
) -> Cow<'r, StringRecord> {
    // Most rows have no list.
    let bytes = row.as_slice().as_bytes();
    if memchr::memchr(b'[', bytes).is_none() {
        return Cow::Borrowed(row);
    }
    let only = |(at, cell): (usize, &str)| {
        let is_foreign = columns.get(at).is_some_and(|column| column.splits_names);
        let cell = trim_cell(cell);
        let texts = if is_foreign && may_be(cell) { parse(cell) } else { None };
        texts.filter(|texts| texts.len() < 2).map(|texts| texts.concat())
    };
    if row.iter().enumerate().all(|cell| only(cell).is_none()) {
        return Cow::Borrowed(row);
    }
    let cells = row.iter().enumerate();
    Cow::Owned(
        cells.map(|(at, cell)| only((at, cell)).unwrap_or_else(|| cell.to_owned())).collect(),
    )
}
