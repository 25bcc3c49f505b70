//! Dates that citations say in words: `before 1950`, `between 1943 and 1945`, `late 1940s`, `1943, 1945`.
//!
//! The days alone do not tell these from other dates, so their texts are looked at.

use super::date::{DateFormat, with_signs};
use crate::formats::document::WORDS;
use crate::record::{Date, DateSpan, Precision};

/// The most words of a text that is looked at.
const MAX_WORDS: usize = 12;

/// Formats a date in words; `None` for one that needs none.
pub(super) fn format(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    let text = text.trim().trim_matches(['[', ']']);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() || words.len() > MAX_WORDS {
        return None;
    }
    match span.first_and_last_unit() {
        (Some(first), Some(last)) if first == last => {
            part_of_unit(style, text, span).or_else(|| winter(text, span))
        }
        (Some(first), Some(last)) => choice(style, &words, span, [&first, &last])
            .or_else(|| part_of_unit(style, text, span))
            .or_else(|| list(style, text, span)),
        (Some(_), None) => {
            let unit = units_in(&words).find(|unit| unit.latest.next() == span.earliest)?;
            Some(with_signs(span, &format!("after {}", bound(style, span, &unit)?)))
        }
        (None, Some(_)) => {
            let unit = units_in(&words).find(|unit| unit.earliest.previous() == span.latest)?;
            Some(with_signs(span, &format!("before {}", bound(style, span, &unit)?)))
        }
        (None, None) => None,
    }
}

/// Formats the unit that a date is before or after.
fn bound(style: &DateFormat, span: &DateSpan, unit: &DateSpan) -> Option<String> {
    let (first, last) = unit.first_and_last_unit();
    let first = first.filter(|first| Some(*first) == last)?;
    Some(style.format_bound(span, &first))
}

/// Returns the dates that a text has at its beginning or its end, the longest first: 1950 of `before 1950`.
fn units_in(words: &[&str]) -> impl Iterator<Item = DateSpan> {
    let ends = (1..words.len()).filter_map(|at| words.get(at..));
    let starts = (1..words.len()).rev().filter_map(|at| words.get(..at));
    // `pre-1950`
    let behind_hyphen = words.first().and_then(|word| word.split_once('-')).map(|(_, rest)| rest);
    ends.chain(starts)
        .map(|words| words.join(" "))
        .chain(behind_hyphen.map(str::to_owned))
        .filter_map(|text| {
            parse(&text).filter(|unit| !unit.has_open_start() && !unit.has_open_end())
        })
}

/// Parses a date that is understood without doubt.
fn parse(text: &str) -> Option<DateSpan> {
    let has_digit = text.chars().any(char::is_numeric);
    Date::parse(text).span().filter(|span| has_digit && !span.doubtful)
}

/// Returns how many numbers a text has.
fn count_numbers(text: &str) -> usize {
    text.split(|letter: char| !letter.is_numeric()).filter(|digits| !digits.is_empty()).count()
}

/// Formats `between 1943 and 1945` and `1943 or 1944`.
fn choice(
    style: &DateFormat,
    words: &[&str],
    span: &DateSpan,
    [first, last]: [&DateSpan; 2],
) -> Option<String> {
    let [begin, end] = [first, last].map(|unit| style.format_unit(unit));
    let circa = style.circa(span);
    if words.first().is_some_and(|word| WORDS.dates.between.has(word)) {
        return Some(with_signs(span, &format!("between {circa}{begin} and {end}")));
    }
    let text = words.join(" ");
    let is_choice = words.iter().any(|word| WORDS.dates.or.has(word));
    let are_two = count_numbers(&text) == count_numbers(&format!("{begin} {end}"));
    // The word says that the date is uncertain.
    let span = DateSpan { uncertain: span.uncertain && text.contains('?'), ..*span };
    (is_choice && are_two).then(|| with_signs(&span, &format!("{circa}{begin} or {end}")))
}

/// Formats a part of a period, which was read as about the whole of it: `late 1940s`, `mid-19th century`.
fn part_of_unit(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    let ends = text.match_indices([' ', '-']).take(MAX_WORDS).map(|(at, _)| at);
    let ends: Vec<usize> = ends.collect();
    ends.iter().rev().find_map(|end| {
        let (words, rest) = text.split_at_checked(*end)?;
        let mut parts = WORDS.dates.parts.iter();
        let (name, _) = parts.find(|(_, known)| known.has(words))?;
        let rest = parse(rest.trim_start_matches([' ', '-']))?;
        let is_whole = (rest.earliest, rest.latest) == (span.earliest, span.latest);
        let (first, last) = rest.first_and_last_unit();
        let unit = style.format_units(&first?, &last?);
        let joint = if name == "mid" { "-" } else { " " };
        let circa = style.circa(&rest);
        is_whole.then(|| with_signs(span, &format!("{circa}{name}{joint}{unit}")))
    })
}

/// Formats a winter with both of its years, if the text has them: `winter 1944–1945`.
fn winter(text: &str, span: &DateSpan) -> Option<String> {
    let (year, month, _) = span.earliest.to_ymd();
    let is_winter = span.start_precision == Precision::Season && month == 12 && year > 999;
    (is_winter && !span.approximate && count_numbers(text) == 2)
        .then(|| with_signs(span, &format!("winter {year}–{}", year + 1)))
}

/// Formats a list of dates, which was read as the range from the first to the last: `1943, 1945–1947`.
fn list(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    let parts: Vec<&str> = text.split([',', ';', '&', '+']).collect();
    let dates: Vec<DateSpan> = parts.iter().map(|part| parse(part)).collect::<Option<_>>()?;
    let is_closed = |date: &DateSpan| !date.has_open_start() && !date.has_open_end();
    let (first, last) = (dates.first()?, dates.last()?);
    let is_whole = (first.earliest, last.latest) == (span.earliest, span.latest);
    let is_in_order = dates.is_sorted_by(|one, other| one.latest < other.earliest);
    let is_list = dates.len() > 1 && is_whole && is_in_order && dates.iter().all(is_closed);
    let texts: Vec<String> = dates.iter().map(|date| style.format_span(date)).collect();
    let separator = if texts.iter().any(|text| text.contains(',')) { "; " } else { ", " };
    let span = DateSpan { uncertain: false, ..*span };
    is_list.then(|| with_signs(&span, &texts.join(separator)))
}
