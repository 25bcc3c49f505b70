//! Texts that are ranges of a machine form which end before they begin: `1945-12-31/1945-01-01`.
//!
//! Prose is read with both ends in their order, so these would be swapped in silence.

use super::doubt::Doubt;
use super::span::{DateSpan, ParsedDate};
use super::{machine, text};

/// The longest text that is looked at, in bytes.
const MAX_BYTES: usize = 64;

/// Parses a text as [`text::parse`] does, and marks a range that ends before it begins as doubtful.
pub(crate) fn parse(text: &str) -> ParsedDate {
    match text::parse(text) {
        ParsedDate::Span(span) if !span.doubtful && doubt(text).is_some() => {
            ParsedDate::Span(DateSpan { doubtful: true, ..span })
        }
        parsed => parsed,
    }
}

/// Parses a text as [`parse`] does. Returns also what is doubtful.
pub(crate) fn parse_with_doubts(text: &str) -> (ParsedDate, Vec<Doubt>) {
    match text::parse_with_doubts(text) {
        (ParsedDate::Span(span), doubts) if doubts.is_empty() => match doubt(text) {
            Some(doubt) => (ParsedDate::Span(DateSpan { doubtful: true, ..span }), vec![doubt]),
            None => (ParsedDate::Span(span), doubts),
        },
        other => other,
    }
}

/// Returns the doubt about a text that is nothing but a range with its ends in the wrong order.
fn doubt(text: &str) -> Option<Doubt> {
    let text = text.trim();
    let is_code = |byte: u8| byte.is_ascii_digit() || byte == b'-' || byte == b'/';
    if text.len() > MAX_BYTES || !text.bytes().all(is_code) || !text.contains('/') {
        return None;
    }
    let (_, doubts) = machine::parse(text)?;
    doubts.into_iter().find(|doubt| matches!(doubt, Doubt::Reversed { .. }))
}
