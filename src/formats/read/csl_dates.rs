//! Dates of CSL-JSON. See <https://docs.citationstyles.org/en/stable/specification.html> and the
//! schema of its input.

use crate::formats::read::json::{Object, Value};

use super::json_items;
use crate::record::date::{comparison, edtf, machine};
use crate::record::{Date, DateSpan, ParsedDate, Record};

/// Sets the date. If there are both a text and numbers, both are kept.
pub(super) fn set_date(record: &mut Record, value: Value) {
    let Value::Object(mut date) = value else {
        match scalar_text(&value) {
            Some(text) => record.date = Date::parse(&text),
            None => json_items::push_own(&mut record.own, "issued", value),
        }
        return;
    };
    let days = span_of_parts(&date);
    let mut take_text = |key: &str| {
        let text = date.get(key).and_then(scalar_text).filter(|text| !text.trim().is_empty());
        if text.is_some() {
            date.remove(key);
        }
        text
    };
    let edtf = take_text("edtf");
    let text = ["literal", "raw"].into_iter().find_map(&mut take_text);
    let coded = edtf.as_deref().and_then(|edtf| edtf::parse_field(edtf)?.0.span()).or(days);
    match (text.or(edtf.clone()), coded) {
        (Some(text), Some(coded)) => {
            let coded = ParsedDate::Span(with_circa(coded, &date));
            record.date = comparison::date_with_coded(&text, coded);
            if edtf.is_some_and(|edtf| edtf == text) {
                record.date.parsed = coded;
            }
            json_items::push_own(&mut record.own, "issued", Value::Object(date));
        }
        (Some(text), None) => {
            record.date = Date::parse(&text);
            json_items::push_own(&mut record.own, "issued", Value::Object(date));
        }
        (None, Some(span)) => {
            let span = with_circa(span, &date);
            // The text says what is impossible about the numbers.
            let text = if span.doubtful { parts_text(&date) } else { span.to_edtf() };
            record.date = Date::with_span(&text, span);
            for key in ["date-parts", "season", "circa"] {
                date.remove(key);
            }
            json_items::push_own(&mut record.own, "issued", Value::Object(date));
        }
        (None, None) => {
            let text = parts_text(&date);
            // No year, or 0, is no date.
            let is_undated =
                machine::parse(&text).is_some_and(|(parsed, _)| parsed == ParsedDate::Undated);
            if text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) && !is_undated {
                record.date = Date::parse(&text);
            }
            json_items::push_own(&mut record.own, "issued", Value::Object(date));
        }
    }
}

/// Adds the flag of a date that says that it is approximate.
fn with_circa(span: DateSpan, date: &Object) -> DateSpan {
    let is_circa = match date.get("circa") {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => {
            !["", "0", "false", "no"].iter().any(|none| text.trim().eq_ignore_ascii_case(none))
        }
        Some(_) => true,
    };
    DateSpan { approximate: span.approximate || is_circa, ..span }
}

/// Returns the days of `date-parts`: of one date, or of the first and the last. `None` if there are
/// none, or one of them is no date.
fn span_of_parts(date: &Object) -> Option<DateSpan> {
    let season = date.get("season").and_then(scalar_text).and_then(|season| season_code(&season));
    let parts = date.get("date-parts")?.as_array()?;
    // Some programs leave out the list around a single date.
    let is_single = !parts.is_empty() && parts.iter().all(|part| !part.is_array());
    let ends: Vec<End> = if is_single {
        vec![end_of_parts(parts, season)?]
    } else {
        let ends = parts.iter().map(|part| end_of_parts(part.as_array()?, season));
        ends.collect::<Option<_>>()?
    };
    match ends.as_slice() {
        [End::Date(span)] => Some(*span),
        [End::Date(first), End::Date(last)] => {
            let doubtful = last.latest < first.earliest || first.doubtful || last.doubtful;
            Some(DateSpan { doubtful, ..first.through(*last) })
        }
        [End::Date(first), End::Open] => Some(first.without_end()),
        [End::Open, End::Date(last)] => Some(last.without_start()),
        _ => None,
    }
}

/// Returns the numbers of `date-parts` as they are: `1945-13-45`.
fn parts_text(date: &Object) -> String {
    let parts = date.get("date-parts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let join = |parts: &[Value]| {
        let texts: Vec<String> = parts.iter().filter_map(scalar_text).collect();
        let has_words = texts.iter().any(|text| text.contains(char::is_alphabetic));
        texts.join(if has_words { " " } else { "-" })
    };
    let ends: Vec<String> = parts.iter().filter_map(|part| Some(join(part.as_array()?))).collect();
    if ends.is_empty() { join(parts) } else { ends.join("/") }
}

/// One end of a date.
enum End {
    Date(DateSpan),
    Open,
}

/// Returns one end of a date from year, month and day, which may be numbers or texts.
///
/// CSL counts the years before Christ from -1. A year 0 or 9999, or none, is an open end.
fn end_of_parts(parts: &[Value], season: Option<u8>) -> Option<End> {
    let texts = parts.iter().filter_map(scalar_text);
    let numbers = texts.filter(|part| !part.trim().is_empty()).map(|part| whole_number(&part));
    let numbers: Vec<i64> = numbers.collect::<Option<_>>()?;
    let Some((year, rest)) = numbers.split_first() else { return Some(End::Open) };
    let year = match *year {
        0 | 9999 => return Some(End::Open),
        // A number of days or seconds.
        year if year.abs() > 9999 => return None,
        year if year < 0 => year.saturating_add(1),
        year => year,
    };
    let mut rest = rest.iter().map(|part| u8::try_from(*part).ok()).take_while(|it| *it != Some(0));
    let span = match (rest.next(), rest.next()) {
        (None, _) => season.map_or(DateSpan::year(year), |code| DateSpan::season(year, code)),
        (Some(month), None) => {
            let month = month?;
            match month {
                1..=12 => DateSpan::month(year, month),
                // Seasons are also written in the place of a month, from 13 or from 21 on.
                13..=16 => DateSpan::season(year, month + 8),
                21..=24 => DateSpan::season(year, month),
                _ => return None,
            }
        }
        (Some(month), Some(day)) => {
            let (month, day) = (month?, day?);
            let span = DateSpan::day(year, month, day);
            if span.earliest.to_ymd() != (year, month, day) {
                let is_month = (1..=12).contains(&month);
                let part =
                    if is_month { DateSpan::month(year, month) } else { DateSpan::year(year) };
                return Some(End::Date(DateSpan { doubtful: true, ..part }));
            }
            span
        }
    };
    Some(End::Date(span))
}

/// Parses a number, which may be written with decimals: `1945.0`.
fn whole_number(text: &str) -> Option<i64> {
    text.trim().trim_end_matches(".0").parse().ok()
}

/// Returns the EDTF code of a season: 21 for spring.
fn season_code(season: &str) -> Option<u8> {
    let number = match season.trim().to_lowercase().as_str() {
        "1" | "21" | "spring" => 21,
        "2" | "22" | "summer" => 22,
        "3" | "23" | "autumn" | "fall" => 23,
        "4" | "24" | "winter" => 24,
        _ => return None,
    };
    Some(number)
}

/// Returns a text or a number as text.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
