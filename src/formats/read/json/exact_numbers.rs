//! Keeps numbers as they are written where a number in memory would be another one.
//!
//! JSON has numbers of any size and length (<https://www.rfc-editor.org/rfc/rfc8259#section-6>); parsers keep them in
//! 64 bits. So `12.10` becomes 12.1, a long identifier ends in zeros, and `1e999` is an error. Here such numbers
//! become texts before they are parsed. `NaN` and `Infinity`, which programs in Python write although JSON does not
//! have them, become `null` and a text.

use std::borrow::Cow;

use serde_json::{Error, Number};

use super::Value;

/// The most digits of a whole number that is exact without a closer look.
const MAX_EXACT_DIGITS: usize = 15;

/// Parses a value. Its numbers are exact.
///
/// # Errors
/// It is not JSON.
pub(crate) fn parse_text(json: &str) -> Result<Value, Error> {
    make_exact(json.as_bytes(), serde_json::from_str(json))
}

/// Does the same as [`parse_text`] for bytes.
///
/// # Errors
/// It is not JSON.
pub(crate) fn parse_bytes(json: &[u8]) -> Result<Value, Error> {
    make_exact(json, serde_json::from_slice(json))
}

/// Parses a value again, with its inexact numbers as texts, if it has any or could not be parsed.
fn make_exact(json: &[u8], parsed: Result<Value, Error>) -> Result<Value, Error> {
    if parsed.as_ref().is_ok_and(|value| !has_fraction(value)) {
        return parsed;
    }
    match with_exact_numbers(json) {
        Cow::Owned(json) => serde_json::from_slice(&json).or(parsed),
        Cow::Borrowed(_) => parsed,
    }
}

/// Whether a value has a number that may have been written in another way.
fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(values) => values.iter().any(has_fraction),
        Value::Object(object) => object.values().any(has_fraction),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// Returns JSON with the inexact numbers as texts.
pub(crate) fn with_exact_numbers(json: &[u8]) -> Cow<'_, [u8]> {
    let (mut quoter, mut exact) = (NumberQuoter::default(), Vec::with_capacity(json.len()));
    quoter.push(json, &mut exact);
    quoter.finish(&mut exact);
    if quoter.has_changed { Cow::Owned(exact) } else { Cow::Borrowed(json) }
}

/// Makes texts of the inexact numbers of JSON that arrives piece by piece.
#[derive(Debug, Default)]
pub(crate) struct NumberQuoter {
    /// The number or word at the end of what has arrived.
    word: Vec<u8>,
    /// Whether what has arrived ends inside a text.
    is_in_text: bool,
    /// Whether it ends behind a backslash of a text.
    is_escaped: bool,
    /// Whether anything was changed.
    has_changed: bool,
}

impl NumberQuoter {
    /// Appends what follows to `quoted`, except a number or word that may go on.
    pub(crate) fn push(&mut self, json: &[u8], quoted: &mut Vec<u8>) {
        for byte in json {
            if self.is_in_text {
                quoted.push(*byte);
                self.is_in_text = self.is_escaped || *byte != b'"';
                self.is_escaped = !self.is_escaped && *byte == b'\\';
            } else if is_of_word(*byte) {
                self.word.push(*byte);
            } else {
                self.finish(quoted);
                quoted.push(*byte);
                self.is_in_text = *byte == b'"';
            }
        }
    }

    /// Appends the number or word at the end to `quoted`.
    pub(crate) fn finish(&mut self, quoted: &mut Vec<u8>) {
        let exact = exact_form(&self.word);
        self.has_changed |= matches!(exact, Cow::Owned(_));
        quoted.extend_from_slice(&exact);
        self.word.clear();
    }
}

/// Whether a byte outside of texts is part of a number or a word.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

/// Returns a number or word as JSON that is read as it is written.
fn exact_form(word: &[u8]) -> Cow<'_, [u8]> {
    match word {
        b"NaN" => Cow::Owned(b"null".to_vec()),
        b"Infinity" | b"-Infinity" => Cow::Owned(quote(word)),
        _ if is_number(word) && !is_exact(word) => Cow::Owned(quote(word)),
        _ => Cow::Borrowed(word),
    }
}

/// Puts a word in quotation marks.
fn quote(word: &[u8]) -> Vec<u8> {
    [b"\"", word, b"\""].concat()
}

/// Whether a word is a number: digits, at most one point and one exponent.
fn is_number(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let skip_digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = skip_digits(word);
    let mut rest = word.get(whole..).unwrap_or_default();
    if let [b'.', fraction @ ..] = rest {
        rest = fraction.get(skip_digits(fraction).max(1)..).unwrap_or(b".");
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent =
            exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        rest = exponent.get(skip_digits(exponent).max(1)..).unwrap_or(b".");
    }
    whole > 0 && rest.is_empty()
}

/// Whether a number has the same text after it was parsed.
fn is_exact(number: &[u8]) -> bool {
    let digits = number.strip_prefix(b"-").unwrap_or(number);
    let starts_with_zero = number.len() > 1 && digits.first() == Some(&b'0');
    if digits.len() <= MAX_EXACT_DIGITS
        && digits.iter().all(u8::is_ascii_digit)
        && !starts_with_zero
    {
        return true;
    }
    let text = String::from_utf8_lossy(number);
    serde_json::from_slice::<Number>(number).is_ok_and(|parsed| parsed.to_string() == text)
}
