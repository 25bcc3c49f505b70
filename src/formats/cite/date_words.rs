//! Dates that citations say in words: `before 1950`, `between 1943 and 1945`, `late 1940s`, `1943, 1945`.
//!
//! The days alone do not tell these from other dates, so their texts are looked at.

use super::date::{DateFormat, with_signs};
use crate::formats::document::{WORDS, inside_brackets};
use crate::record::date::set;
use crate::record::{Date, DateSpan, Precision};

/// The most words of a text that is looked at.
const MAX_WORDS: usize = 12;

/// The most bytes of a text that is looked at.
const MAX_TEXT_BYTES: usize = 200;

/// Formats a date in words; `None` for one that needs none.
pub(super) fn format(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    let text = text.trim();
    if let Some(set) = set::in_words(text, span, |member| style.format_span(member)) {
        return Some(set);
    }
    // `[1943], 1945`: the brackets belong to one of the dates.
    let is_whole = inside_brackets(text).is_some()
        || !text.contains('[')
        || text.matches('[').count() != text.matches(']').count();
    let text = if is_whole { text.trim_matches(['[', ']']) } else { text };
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() || words.len() > MAX_WORDS || text.len() > MAX_TEXT_BYTES {
        return None;
    }
    match span.first_and_last_unit() {
        (Some(first), Some(last)) if first == last => {
            part_of_unit(style, text, span).or_else(|| winter(style, text, span))
        }
        (Some(_), Some(_)) => {
            // Each date says itself what is uncertain or approximate.
            let brackets = DateSpan {
                inferred: span.inferred && is_whole,
                uncertain: false,
                approximate: false,
                ..*span
            };
            let several = || {
                between(style, &words, span)
                    .or_else(|| choice(style, &words, span))
                    .or_else(|| range(style, text, span))
                    .or_else(|| list(style, text, span))
            };
            several().map(|dates| with_signs(&brackets, &dates))
        }
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

/// The most words that two dates share at one side.
const MAX_SHARED_WORDS: usize = 3;

/// Two dates on both sides of a word or a dash.
struct TwoDates {
    /// The text and the days of each.
    dates: [(String, DateSpan); 2],
    /// Whether the text writes both in full. In `12 or 13 July 1945` it does not.
    are_in_full: bool,
}

impl TwoDates {
    /// Parses two single dates that make up a span together. The one may need words of the other, as in `12 or 13
    /// July 1945`.
    fn new(left: &str, right: &str, span: &DateSpan) -> Option<TwoDates> {
        let in_full = Self::from_texts(left.to_owned(), right.to_owned(), span);
        let blanks = |text: &str| {
            let at = text.match_indices(' ').take(MAX_SHARED_WORDS).map(|(at, _)| at);
            at.collect::<Vec<usize>>()
        };
        // `12 or 13 July 1945`, `12 July or 13 July 1945`
        let ends: Vec<&str> =
            blanks(right).into_iter().filter_map(|at| right.get(at..)).chain([""]).collect();
        // `July 12 or 13, 1945`, `Juli 12, 1945 oder 13`
        let starts: Vec<&str> =
            blanks(left).into_iter().filter_map(|at| left.get(..at)).chain([""]).collect();
        let completed = || {
            starts.iter().rev().find_map(|start| {
                let right = format!("{start} {right}");
                ends.iter().find_map(|end| {
                    Self::from_texts(format!("{left}{end}"), right.trim().to_owned(), span)
                })
            })
        };
        in_full
            .map(|dates| TwoDates { dates, are_in_full: true })
            .or_else(|| Some(TwoDates { dates: completed()?, are_in_full: false }))
    }

    /// Parses two texts, if each is a single date and both make up the span.
    fn from_texts(left: String, right: String, span: &DateSpan) -> Option<[(String, DateSpan); 2]> {
        let [first, last] = [parse(&left)?, parse(&right)?];
        let is_single = |date: &DateSpan| {
            let (first, last) = date.first_and_last_unit();
            first.is_some() && first == last
        };
        let both = first.union(last);
        let are_apart = first.latest < last.earliest || last.latest < first.earliest;
        let are_right = (both.earliest, both.latest) == (span.earliest, span.latest);
        (are_apart && are_right && is_single(&first) && is_single(&last))
            .then_some([(left, first), (right, last)])
    }

    /// Whether the earlier date stands first.
    fn are_in_order(&self) -> bool {
        let [(_, first), (_, last)] = &self.dates;
        first.latest < last.earliest
    }

    /// Whether a date has a word such as `late`, or a sign of its own.
    fn has_parts_or_signs(&self) -> bool {
        self.dates.iter().any(|(text, date)| {
            date.approximate || date.uncertain || date.inferred || part_words(text).is_some()
        })
    }

    /// Formats both dates with a text between them. Dates without words and signs say the month and the year that
    /// they share once.
    fn format(&self, style: &DateFormat, joint: &str) -> String {
        let [(_, first), (_, last)] = &self.dates;
        if !self.has_parts_or_signs() {
            return style.format_units(first, last, joint);
        }
        let each = self.dates.each_ref().map(|(text, date)| {
            let unit = || style.format_span(date);
            format(style, text, date).unwrap_or_else(unit)
        });
        each.join(joint)
    }
}

/// Formats `between 1943 and 1945`.
fn between(style: &DateFormat, words: &[&str], span: &DateSpan) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if !WORDS.dates.between.has(first) {
        return None;
    }
    let at_word = (1..rest.len().saturating_sub(1)).find_map(|at| {
        let (left, right) = (rest.get(..at)?.join(" "), rest.get(at + 1..)?.join(" "));
        let is_and = WORDS.dates.and.has(rest.get(at)?);
        is_and.then(|| TwoDates::new(&left, &right, span)).flatten()
    });
    // `between 1943-1945`. The Danish `fra 1921-1925` is `from`.
    let is_from = WORDS.sender_words.has(first);
    let text = rest.join(" ");
    let at_dash = || {
        let mut dashes = text.match_indices(DASHES).filter(|_| !is_from);
        dashes.find_map(|(at, dash)| {
            TwoDates::new(text.get(..at)?, text.get(at + dash.len()..)?, span)
        })
    };
    let dates = at_word.or_else(at_dash).filter(TwoDates::are_in_order)?;
    Some(format!("between {}", dates.format(style, " and ")))
}

/// Formats `1943 or 1944`. The dates stand directly on both sides of the word, because the Dutch `of` is also
/// English: `June of 1943 to May of 1945`.
fn choice(style: &DateFormat, words: &[&str], span: &DateSpan) -> Option<String> {
    (1..words.len().saturating_sub(1)).find_map(|at| {
        let is_choice = WORDS.dates.or.has(words.get(at)?);
        let (left, right) = (words.get(..at)?.join(" "), words.get(at + 1..)?.join(" "));
        let dates = is_choice.then(|| TwoDates::new(&left, &right, span)).flatten()?;
        Some(dates.format(style, " or "))
    })
}

/// Dashes between two dates.
const DASHES: [char; 3] = ['-', '–', '—'];

/// Formats each date of a range by itself, since one may have a word or sign of its own:
/// `early 1943–late 1945`, `[1943]–1945`.
fn range(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    if !span.approximate && !span.uncertain && !span.inferred {
        return None;
    }
    let at_dash = text.match_indices(DASHES).filter_map(|(at, dash)| {
        Some((text.get(..at)?.trim(), text.get(at + dash.len()..)?.trim()))
    });
    let at_word = text.match_indices(' ').filter_map(|(at, _)| {
        let (word, right) = text.get(at + 1..)?.split_once(' ')?;
        let is_word = !word.contains(char::is_numeric) && !WORDS.dates.or.has(word);
        is_word.then_some((text.get(..at)?, right))
    });
    at_dash.chain(at_word).take(MAX_WORDS * 2).find_map(|(left, right)| {
        let dates = TwoDates::new(left, right, span).filter(TwoDates::are_in_order)?;
        let has_parts = dates.dates.iter().any(|(text, _)| part_words(text).is_some());
        let is_needed = has_parts || (dates.are_in_full && dates.has_parts_or_signs());
        is_needed.then(|| dates.format(style, "–"))
    })
}

/// Formats a part of a period, which was read as about the whole of it: `late 1940s`, `mid-19th century`.
fn part_of_unit(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    let (name, rest) = part_words(text)?;
    let is_whole = (rest.earliest, rest.latest) == (span.earliest, span.latest);
    let (first, last) = rest.first_and_last_unit();
    let unit = first.filter(|first| is_whole && Some(*first) == last)?;
    let joint = if name == "mid" { "-" } else { " " };
    let circa = style.circa(&rest);
    Some(with_signs(span, &format!("{circa}{name}{joint}{}", style.format_unit(&unit))))
}

/// Splits a text into the English name of a part and the period that it is of: `late` and the 1940s.
fn part_words(text: &str) -> Option<(&'static str, DateSpan)> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let ends = text.match_indices([' ', '-']).take(MAX_WORDS).map(|(at, _)| at);
    let ends: Vec<usize> = ends.collect();
    ends.iter().rev().find_map(|end| {
        let (words, rest) = text.split_at_checked(*end)?;
        let mut parts = WORDS.dates.parts.iter();
        let (name, _) = parts.find(|(_, known)| known.has(words))?;
        Some((name.as_str(), parse(rest.trim_start_matches([' ', '-']))?))
    })
}

/// Formats a winter with both of its years, if the text has them: `winter 1944–1945`.
fn winter(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    let (year, month, _) = span.earliest.to_ymd();
    let is_winter = span.start_precision == Precision::Season && month == 12 && year > 999;
    (is_winter && !span.approximate && count_numbers(text) == 2)
        .then(|| with_signs(span, &style.season(&format!("winter {year}–{}", year + 1))))
}

/// Formats a list of dates, which was read as the range from the first to the last: `1943, 1945–1947`.
fn list(style: &DateFormat, text: &str, span: &DateSpan) -> Option<String> {
    let parts: Vec<&str> = text.split([',', ';', '&', '+']).collect();
    if parts.len() < 2 {
        return None;
    }
    let dates: Vec<DateSpan> = parts.iter().map(|part| parse(part)).collect::<Option<_>>()?;
    let is_closed = |date: &DateSpan| !date.has_open_start() && !date.has_open_end();
    let (first, last) = (dates.first()?, dates.last()?);
    let is_whole = (first.earliest, last.latest) == (span.earliest, span.latest);
    let is_in_order = dates.is_sorted_by(|one, other| one.latest < other.earliest);
    let is_list = is_whole && is_in_order && dates.iter().all(is_closed);
    if !is_list {
        return None;
    }
    let texts: Vec<String> = parts
        .iter()
        .zip(&dates)
        .map(|(text, date)| format(style, text, date).unwrap_or_else(|| style.format_span(date)))
        .collect();
    let separator = if texts.iter().any(|text| text.contains(',')) { "; " } else { ", " };
    Some(texts.join(separator))
}
