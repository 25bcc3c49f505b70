//! Parses YAML with its plain scalars as they are written.
//!
//! A parser resolves `12.10` to 12.1, `0x1F` to 31 and `True` to true
//! (<https://yaml.org/spec/1.2.2/#1032-tag-resolution>), and refuses numbers such as `.inf`. Here such scalars get
//! quotation marks before they are parsed. `.nan` becomes `null`.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle};
use serde_saphyr::Error;

use super::json::{Object, Value};

/// The most values, lists and objects of a file. Their lines are limited before, by the memory that they need.
const MAX_NODES: usize = 20_000_000;

/// The most digits of a whole number that stays a number. Identifiers may have more.
const MAX_NUMBER_DIGITS: usize = 15;

/// Parses all documents of a text, which is a file of so many bytes or its beginning.
///
/// # Errors
/// It is not YAML, or nested too deep.
pub(super) fn parse_documents(text: &str, file_bytes: usize) -> Result<Vec<Value>, Error> {
    // The limits of the library for nesting stay as they are.
    let options = serde_saphyr::options! {
        strict_booleans: true,
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: max_repeated_values(file_bytes),
        },
        budget: serde_saphyr::budget! {
            max_nodes: MAX_NODES,
            max_events: 3 * MAX_NODES,
            max_documents: MAX_NODES,
            max_aliases: MAX_NODES,
            max_anchors: MAX_NODES,
            max_merge_keys: MAX_NODES,
            max_total_scalar_bytes: usize::MAX,
            // What aliases repeat is limited, however often one of them stands.
            enforce_alias_anchor_ratio: false,
        },
    };
    serde_saphyr::from_multiple_with_options(&with_exact_scalars(text), options)
}

/// Parses the fields of one document.
///
/// # Errors
/// It is not an object in YAML.
pub(super) fn parse_fields(text: &str) -> Result<Object, Error> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: max_repeated_values(text.len()),
        },
    };
    serde_saphyr::from_str_with_options(&with_exact_scalars(text), options)
}

/// The values that aliases may repeat in any file.
const MIN_REPEATED_VALUES: usize = 100_000;

/// A longer file may repeat one value more for so many bytes.
const BYTES_PER_REPEATED_VALUE: usize = 16;

/// Returns how many values aliases may repeat in a file of so many bytes. A few lines may repeat billions.
fn max_repeated_values(file_bytes: usize) -> usize {
    MIN_REPEATED_VALUES + file_bytes / BYTES_PER_REPEATED_VALUE
}

/// Returns YAML in which the scalars that the parser would change stand in quotation marks. Lines stay the same.
fn with_exact_scalars(text: &str) -> Cow<'_, str> {
    let ends_word = |letter: char| letter.is_whitespace() || "[]{},".contains(letter);
    if !text.split(ends_word).any(is_changed) {
        return Cow::Borrowed(text);
    }
    let (mut exact, mut end) = (String::with_capacity(text.len()), 0);
    // The rest of broken YAML stays as it is.
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        let Event::Scalar(_, ScalarStyle::Plain, _, None) = event else { continue };
        let written = span.byte_range().and_then(|range| Some((range.start, text.get(range)?)));
        let Some((start, word)) = written else { continue };
        let word = word.trim_end();
        let Some(before) = text.get(end..start).filter(|_| is_changed(word)) else { continue };
        exact.push_str(before);
        if is_no_number(word) {
            exact.push_str("null");
        } else {
            exact.extend(["'", word, "'"]);
        }
        end = start + word.len();
    }
    exact.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(exact)
}

/// Whether a plain scalar may have another text after it was parsed.
fn is_changed(word: &str) -> bool {
    match word.as_bytes() {
        [b'T' | b'F', ..] => matches!(word, "True" | "TRUE" | "False" | "FALSE"),
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => is_number(word) && !is_exact(word),
        _ => false,
    }
}

/// Whether a word that begins with a digit, a sign or a point may be a number of any kind: `0x1F`, `1_000`, `12:30`,
/// `-.inf`. A day such as `1945-07-12` is no number.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
    if is_no_number(digits) || digits.eq_ignore_ascii_case(".inf") {
        return true;
    }
    let is_of_radix = |prefix: &[u8]| matches!(prefix, [b'0', b'x' | b'X' | b'o' | b'b', _, ..]);
    let is_digit = |byte: u8| byte.is_ascii_hexdigit() || byte == b'_';
    if is_of_radix(digits.as_bytes()) {
        return digits.bytes().skip(2).all(is_digit);
    }
    let mut before = b'0';
    digits.contains(|it: char| it.is_ascii_digit())
        && digits.bytes().all(|byte| {
            let is_sign = matches!(byte, b'+' | b'-') && matches!(before, b'e' | b'E');
            before = byte;
            is_sign || byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b':' | b'e' | b'E')
        })
}

/// Whether a word stands for what is no number.
fn is_no_number(word: &str) -> bool {
    word.trim_start_matches(['+', '-']).eq_ignore_ascii_case(".nan")
}

/// Whether a number is a whole one that has the same text after it was parsed.
fn is_exact(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let has_leading_zero = digits.starts_with('0') && number != "0";
    digits.len() <= MAX_NUMBER_DIGITS
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !has_leading_zero
}
