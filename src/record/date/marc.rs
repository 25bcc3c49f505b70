//! Dates of the field 008 of MARC 21: a letter for the kind, and two dates of four characters.
//!
//! Source: MARC 21 Format for Bibliographic Data, 008, positions 06 to 14.

use super::doubt::Doubt;
use super::machine;
use super::span::ParsedDate;

/// The number of characters of the letter and both dates.
const LENGTH: usize = 9;

/// Parses `m19311945`, `c19319999`, `q19311945`, `e19310503`, and `s1931`, which has one date.
pub(super) fn parse(code: &str) -> Option<(ParsedDate, Vec<Doubt>)> {
    let (kind, dates) = code.split_at_checked(1)?;
    let is_coded = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'u' | b'|' | b' ');
    if !matches!(code.len(), 5 | LENGTH) || !dates.bytes().all(is_coded) {
        return None;
    }
    if kind == "s" {
        return machine::parse(dates.get(..4)?).filter(|_| code.len() == 5);
    }
    let (first, second) = dates.split_at_checked(4).filter(|_| code.len() == LENGTH)?;
    match kind {
        // `b` has a date before Christ that the code does not say.
        "n" if !dates.bytes().any(|byte| byte.is_ascii_digit()) => {
            Some((ParsedDate::Undated, Vec::new()))
        }
        "e" => machine::parse(dates),
        "t" if is_year(second) => machine::parse(first),
        // The second date is that of the original.
        "r" if is_year(second) && !second.contains('u') => {
            let (parsed, mut doubts) = machine::parse(second)?;
            if first != second {
                let other = format!("the reprint is of {first}");
                doubts.push(Doubt::Ambiguous { part: code.to_owned(), other });
            }
            Some((parsed, doubts))
        }
        "p" | "r" if is_year(second) => {
            let (parsed, mut doubts) = machine::parse(first)?;
            if first != second {
                // The first date is of the copy or release, the second one of the original.
                let other = if second.contains('u') {
                    "the original may be of another year".to_owned()
                } else {
                    format!("the original may be of {second}")
                };
                doubts.push(Doubt::Ambiguous { part: code.to_owned(), other });
            }
            Some((parsed, doubts))
        }
        "c" | "u" if matches!(second, "9999" | "uuuu") => machine::parse_range(first, "9999"),
        "d" | "i" | "k" | "m" if is_range(first, second) => machine::parse_range(first, second),
        "q" if is_range(first, second) => {
            let (mut parsed, doubts) = machine::parse_range(first, second)?;
            if let ParsedDate::Span(span) = &mut parsed {
                span.uncertain = true;
            }
            Some((parsed, doubts))
        }
        _ => None,
    }
}

/// Whether four characters are a year, perhaps with unknown digits.
fn is_year(text: &str) -> bool {
    text.starts_with(['1', '2', 'u'])
}

/// Whether two years, perhaps with unknown digits, are in their order.
fn is_range(first: &str, second: &str) -> bool {
    let is_known = |text: &str| !text.contains('u');
    let in_order = !is_known(first) || !is_known(second) || first <= second;
    in_order && is_year(first) && (is_year(second) || second == "9999")
}
