//! Parses dates in the filter: years, months and days, ranges, comparisons.
//!
//! The result depends on the text alone. An incomplete date means all dates that it may
//! become: `194` is the 1940s. If it may become any date, it is ignored. So the list does not
//! become empty while the user is typing a date.

use std::borrow::Cow;

use super::date_phrases::{
    Comparison, is_between_parts, is_no_month, may_begin_date, strip_about_word, strip_comparison,
    strip_decade, strip_from, strip_plain_words,
};
use super::date_words::{first_word, word_ends};
use super::opened_range::{is_certain_range, is_closed_range, joined_range, opened_range};
use super::suggestion::Suggestion;
use super::unfinished_date::end_of_unfinished_date;
use crate::record::date::span::ParsedDate;
use crate::record::date::{edtf, text};
use crate::record::{DateSpan, Precision};

/// A condition on the date of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFilter {
    /// The record has no date that fonds understands.
    Undated,
    /// The date may be one of these days.
    Overlaps(DateSpan),
    /// The date is certainly one of these days.
    Within(DateSpan),
}

impl DateFilter {
    /// Whether a record with this date matches. A date that was not understood counts as no date.
    pub fn matches(&self, date: ParsedDate) -> bool {
        match (self, date.span()) {
            (DateFilter::Undated, span) => span.is_none(),
            (DateFilter::Overlaps(wanted), Some(span)) => span.overlaps(wanted),
            (DateFilter::Within(wanted), Some(span)) => span.is_within(wanted),
            (_, None) => false,
        }
    }
}

/// The years that are recognised as dates without `date:`.
const BARE_YEARS: std::ops::RangeInclusive<i64> = 1000..=2099;

/// The words that make a date approximate.
pub(super) const CIRCA_WORDS: [&str; 6] = ["circa", "ca.", "ca", "c.", "c", "~"];

/// The words that make a number of fewer than four digits a date.
const ERA_WORDS: [&str; 6] = ["century", "cent", "bc", "bce", "ad", "ce"];

/// A date that may be incomplete.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartialDateInput {
    /// All days that it may become.
    pub(super) span: DateSpan,
    /// The earliest date that it may become.
    first: DateSpan,
    /// The latest date that it may become.
    last: DateSpan,
}

/// Whether a date that is recognised without `date:` may begin a text. Only its first word is looked at.
pub fn may_begin_bare(text: &str) -> bool {
    let first = first_word(text);
    text::may_begin(first) || first.eq_ignore_ascii_case("undated") || may_begin_date(first)
}

/// Parses the longest date at the start of a text that is recognised without `date:`. Returns it
/// with its length in bytes. The date ends at white space or at the end of the text.
pub fn parse_bare(text: &str) -> Option<(usize, DateFilter)> {
    if !may_begin_bare(text) {
        return None;
    }
    let ends = word_ends(text);
    let has_digit = |words: &str| words.bytes().any(|byte| byte.is_ascii_digit());
    let mut prefixes = ends.iter().rev().filter_map(|end| text.split_at_checked(*end));
    prefixes.find_map(|(words, rest)| {
        if !has_digit(words) && !words.eq_ignore_ascii_case("undated") {
            return None;
        }
        let filter = parse_filter(words)?;
        (is_bare_date(words) && may_end_here(words, rest)).then_some((words.len(), filter))
    })
}

/// Parses the longest date at the start of a text after `date:`. Returns its length in bytes and
/// the filter, or a message if it is ignored.
pub fn parse_named(text: &str) -> (usize, Result<DateFilter, Suggestion>) {
    if let Some(quoted) = text.strip_prefix('"') {
        return parse_quoted(quoted);
    }
    let ends = word_ends(text);
    let unfinished = end_of_unfinished_date(text, &ends);
    let longer = ends.iter().rev().filter(|end| **end > unfinished.unwrap_or(0));
    let mut prefixes = longer.filter_map(|end| text.split_at_checked(*end));
    let parsed = prefixes.find_map(|(words, rest)| {
        let filter = parse_filter(words).filter(|_| may_end_here(words, rest))?;
        Some((words.len(), filter))
    });
    if let Some((end, filter)) = parsed {
        return (end, Ok(filter));
    }
    let end = unfinished.or(ends.first().copied()).unwrap_or(0);
    (end, Err(Suggestion::NotADate(text.get(..end).unwrap_or("").to_owned())))
}

/// Parses the date behind an opening quotation mark: `juillet 1945"`. The closing mark may be missing,
/// because the user is still typing.
fn parse_quoted(quoted: &str) -> (usize, Result<DateFilter, Suggestion>) {
    let (date, is_closed) = match quoted.split_once('"') {
        Some((date, _)) => (date, true),
        None => (quoted, false),
    };
    let length = 1 + date.len() + usize::from(is_closed);
    let (end, parsed) = parse_named(date.trim());
    let is_whole = end == date.trim().len();
    let parsed = parsed.and_then(|filter| {
        if is_whole { Ok(filter) } else { Err(Suggestion::NotADate(date.to_owned())) }
    });
    (length, parsed)
}

/// Whether a date may end before `rest`. After "to" or a dash, or in a range without an end, it may only end at the
/// end of the text.
fn may_end_here(words: &str, rest: &str) -> bool {
    let is_open = words.ends_with(" to") || words.ends_with(" -");
    let is_opened = || {
        let may_be_range = text::opens_range(first_word(words)) || is_certain_range(words);
        let has_bound = strip_comparison(words).is_some_and(|(_, date)| parse_date(date).is_some());
        let has_plain_word = strip_plain_words(words, begins_with_month).len() < words.len();
        may_be_range && !is_closed_range(words) && !has_bound && !has_plain_word
    };
    rest.trim().is_empty() || !is_open && !is_opened()
}

/// Parses a text that is nothing but a date filter.
fn parse_filter(text: &str) -> Option<DateFilter> {
    if let Some(text) = text.strip_prefix('=') {
        return Some(DateFilter::Within(parse_span(text)?));
    }
    if text.eq_ignore_ascii_case("undated") {
        return Some(DateFilter::Undated);
    }
    parse_span(text).map(DateFilter::Overlaps)
}

/// Parses a comparison, a range or a date.
fn parse_span(text: &str) -> Option<DateSpan> {
    let text = text.trim_end_matches([',', ';']);
    if let Some(range) = joined_range(text) {
        return Some(range);
    }
    if let Some((comparison, rest)) = strip_comparison(text) {
        return apply_comparison(comparison, strip_plain_words(rest, begins_with_month));
    }
    let text = strip_plain_words(text, begins_with_month);
    if let Some((start, end)) = text.split_once("..") {
        return parse_range(start, end);
    }
    if let Some(range) = opened_range(text) {
        return Some(range);
    }
    let date = parse_date(text).map(|date| date.span);
    date.or_else(|| to_range(text)).or_else(|| dashed_range(text))
}

/// Returns the days on one side of a date. If the date is incomplete, these are all days that may
/// become it.
fn apply_comparison(comparison: Comparison, text: &str) -> Option<DateSpan> {
    let date = parse_date(text)?;
    Some(match comparison {
        Comparison::After => date.first.all_after(),
        Comparison::Since => date.span.without_end(),
        Comparison::Before => date.last.all_before(),
        Comparison::Until => date.span.without_start(),
    })
}

/// Parses the two ends of a range: `1943..1945`, `1943..` or `..1945`. If the second end may become
/// the name of a month, the range is open there.
pub(super) fn parse_range(start: &str, end: &str) -> Option<DateSpan> {
    match (start.trim(), end.trim()) {
        ("", "") => None,
        ("", end) => Some(parse_date(end)?.span.without_start()),
        (start, "") => Some(parse_date(start)?.span.without_end()),
        (start, end) if may_begin_month(end) => Some(parse_date(start)?.span.without_end()),
        (start, end) => Some(parse_date(start)?.span.through(range_end(start, end)?)),
    }
}

/// Parses the end of a range. After a year, one or two digits may be a later year of its century:
/// the 45 of `1943..45`. An incomplete year that can only become one after 2099 is not a date.
fn range_end(start: &str, end: &str) -> Option<DateSpan> {
    let year: Option<i64> = start.parse().ok().filter(|_| start.len() == 4 && is_digits(start));
    if let Some(year) = year.filter(|_| end.len() < 4 && is_digits(end)) {
        let short = end.parse().ok().filter(|short| end.len() == 2 && *short > year % 100);
        let short = short.map(|short: i64| DateSpan::year(year - year % 100 + short));
        if let Some(span) = short.or_else(|| possible_end_years(year, end)) {
            return Some(span);
        }
    }
    let span = parse_date(end)?.span;
    let is_partial = partial_year(end).is_some();
    (!is_partial || span.earliest <= DateSpan::year(*BARE_YEARS.end()).latest).then_some(span)
}

/// Parses `1943 to 1945` or `1943 - 1945`. Without an end it is the first date.
fn to_range(text: &str) -> Option<DateSpan> {
    if let Some(start) = text.strip_suffix(" to").or_else(|| text.strip_suffix(" -")) {
        return Some(parse_date(start)?.span);
    }
    let (start, end) = text.split_once(" to ").or_else(|| text.split_once(" - "))?;
    parse_range(start, end)
}

/// Parses `1943-1945` or `1943/1945`; the second year may be incomplete. Two digits that are
/// neither a later year nor a month, as in `1945-13`, are not a date.
fn dashed_range(text: &str) -> Option<DateSpan> {
    let (start, end) = text.rsplit_once(['-', '–', '/'])?;
    let first = parse_date(start)?.span;
    if end.is_empty() || may_begin_month(end) {
        return Some(first);
    }
    let last = range_end(start, end)?;
    let is_invalid = end.len() <= 2 && is_digits(end) && last.latest < first.latest;
    (!is_invalid).then(|| first.through(last))
}

/// Whether a text may become the name of a month.
pub(super) fn may_begin_month(text: &str) -> bool {
    text.chars().all(char::is_alphabetic) && text::is_month_prefix(text)
}

/// Parses one date, complete or not.
fn parse_date(text: &str) -> Option<PartialDateInput> {
    let text = text.trim();
    if let Some(rest) = strip_about(text) {
        let date = parse_date(rest.trim_start().strip_prefix('.').unwrap_or(rest))?;
        return Some(PartialDateInput {
            span: DateSpan { approximate: true, ..date.span },
            ..date
        });
    }
    partial_year(text).or_else(|| year_with_partial_rest(text)).or_else(|| complete_date(text))
}

/// Strips a word that makes a date approximate.
fn strip_about(text: &str) -> Option<&str> {
    let sign = CIRCA_WORDS.iter().find_map(|name| strip_word(text, name)).map(str::trim_start);
    sign.or_else(|| strip_about_word(text))
}

/// Parses a complete date: its year has four digits, or an era or "century" is with it. The 45 in
/// `July 45` may become 4500, and the 19 in `12.07.19` usually becomes 1945.
pub(super) fn complete_date(text: &str) -> Option<PartialDateInput> {
    let text = complete_century(text);
    let words = text.to_lowercase();
    let first = words.split_whitespace().next()?;
    let last = words.rsplit(char::is_whitespace).next()?.trim_end_matches('.');
    let has_era = ERA_WORDS.contains(&last) || ERA_WORDS.contains(&first);
    let has_digit = last.contains(|letter: char| letter.is_ascii_digit());
    let may_end = has_digit || is_month(last) || has_era;
    if !may_end || longest_number(&text) < 4 && !has_era {
        return None;
    }
    let plain = |text: &str| edtf::parse(text).or_else(|| text::parse_plain(text));
    let span = plain(&text).or_else(|| plain(&without_joining_words(&text)?))?;
    Some(PartialDateInput { span, first: span, last: span })
}

/// Returns a date without the words between its parts, if it has some: `14 de julio de 1958`.
fn without_joining_words(text: &str) -> Option<String> {
    let words = text.split_whitespace();
    let others: Vec<&str> = words.clone().filter(|word| !is_between_parts(word)).collect();
    (others.len() < words.count()).then(|| others.join(" "))
}

/// Completes a prefix of "century" after an ordinal at the end of a text: `19th c.`
fn complete_century(text: &str) -> Cow<'_, str> {
    let Some((front, last)) = text.rsplit_once(char::is_whitespace) else { return text.into() };
    let prefix = last.strip_suffix('.').unwrap_or(last).to_lowercase();
    let has_ordinal = front.split_whitespace().next_back().is_some_and(is_ordinal);
    if has_ordinal && !prefix.is_empty() && "century".starts_with(&prefix) {
        format!("{front} century").into()
    } else {
        text.into()
    }
}

/// Whether a word is an ordinal number, such as `19th`.
pub(super) fn is_ordinal(word: &str) -> bool {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    number.is_some_and(is_digits)
}

/// The number of digits of the longest number in a text.
pub(super) fn longest_number(text: &str) -> usize {
    text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// Parses a year with one to three digits, which is incomplete or has X for the others: `194`,
/// `19X`.
fn partial_year(text: &str) -> Option<PartialDateInput> {
    let digits = text.trim_end_matches(['X', 'x']);
    let count = u32::try_from(digits.len()).ok().filter(|count| (1..=3).contains(count))?;
    if text.len() > 4 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let precision = match count {
        3 => Precision::Decade,
        2 => Precision::Century,
        _ => Precision::Millennium,
    };
    let years = 10_i64.pow(4 - count);
    let first = digits.parse::<i64>().ok()? * years;
    let last = first + years - 1;
    let span = DateSpan::years(first, last, precision);
    Some(PartialDateInput { span, first: DateSpan::year(first), last: DateSpan::year(last) })
}

/// Parses a year with an incomplete month, day or second year: `1945-`, `1945-0`, `1945-07-1`,
/// `1943-194`.
fn year_with_partial_rest(text: &str) -> Option<PartialDateInput> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: i64 = year.parse().ok().filter(|_| is_digits(year))?;
    let rest = rest.strip_prefix(['-', '/', '–'])?;
    let whole_year = DateSpan::year(year);
    let span = match (rest.split_once(['-', '/']), rest) {
        (Some((month, day)), _) if day.len() <= 1 && (day.is_empty() || is_digits(day)) => {
            let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
            DateSpan::month(year, month)
        }
        (None, "" | "0") => whole_year,
        // 1958-7
        (None, digit)
            if digit.len() == 1 && digit > "1" && later_year_of_decade(year, digit).is_none() =>
        {
            DateSpan::month(year, digit.parse().ok()?)
        }
        // 1958-9
        (None, digit) if later_year_of_decade(year, digit).is_some() => {
            whole_year.through(DateSpan::year(later_year_of_decade(year, digit)?))
        }
        (None, "1") => whole_year.through(possible_end_years(year, rest).unwrap_or(whole_year)),
        (None, digits) if is_digits(digits) => {
            whole_year.through(possible_end_years(year, digits)?)
        }
        _ => return None,
    };
    let (first, last) = (span.earliest, span.latest);
    let one_day = |day| DateSpan::new(day, day, Precision::Day);
    Some(PartialDateInput { span, first: one_day(first), last: one_day(last) })
}

/// Returns the later year of the same decade that one digit after a year and a dash is: the 9 of `1958-9`. The 1 may become
/// a month.
fn later_year_of_decade(year: i64, digit: &str) -> Option<i64> {
    let number: i64 = digit.parse().ok().filter(|_| digit.len() == 1)?;
    (number > 1 && number > year % 10).then_some(year - year % 10 + number)
}

/// Returns the years that the digits after a year and a dash may become, or `None` if they cannot
/// become a later year. `4` in `1945-4` may become 1949, `19` in `1945-19` may become 1999. Two
/// digits that are a month or a short year are complete.
fn possible_end_years(year: i64, digits: &str) -> Option<DateSpan> {
    let number: i64 = digits.parse().ok()?;
    let full_years = partial_year(digits).map(|date| date.span);
    let later_years = full_years.filter(|span| {
        BARE_YEARS.contains(&span.earliest.to_ymd().0) && span.latest > DateSpan::year(year).latest
    });
    match digits.len() {
        1 if number > year % 100 / 10 || number == year % 100 / 10 && year % 10 < 9 => {
            let short = DateSpan::years(year, year - year % 100 + number * 10 + 9, Precision::Year);
            Some(later_years.map_or(short, |span| short.union(span)))
        }
        2 if number > 12 && number > year % 100 => None,
        2 if number <= 12 => None,
        1..=3 => later_years,
        _ => None,
    }
}

/// Whether a text has only digits, and at least one.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Strips a word or sign from the start of a text, ignoring case. A letter must not follow a word.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (front, rest) = text.split_at_checked(word.len())?;
    let is_complete =
        !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic);
    (front.eq_ignore_ascii_case(word) && is_complete).then_some(rest)
}

/// Whether a date is recognised without `date:`. It begins with a year from 1000 to 2099 or with a
/// month, or is `undated`.
fn is_bare_date(text: &str) -> bool {
    let text = text.strip_prefix('=').unwrap_or(text);
    if text.eq_ignore_ascii_case("undated") || joined_range(text).is_some() {
        return true;
    }
    let text = strip_comparison(text).map_or(text, |(_, rest)| rest);
    let text = strip_plain_words(text, begins_with_month);
    let text = text.strip_prefix("..").unwrap_or(text);
    let circa = ["circa", "ca.", "ca", "c."].iter().find_map(|name| strip_word(text, name));
    let circa = circa.map(str::trim_start).or_else(|| strip_about_word(text));
    let text = circa.or_else(|| strip_decade(text)).unwrap_or(text);
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next());
    let digits = first.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(first.len());
    let year = first.get(..digits).and_then(|year| year.parse().ok()).unwrap_or(0);
    // Any other word after a year is a term of its own.
    let continues_range =
        |word: &str| word == "-" || word.starts_with("..") || text::is_until(word);
    match digits {
        4 => {
            BARE_YEARS.contains(&year)
                && (second.is_none_or(continues_range) || is_year_first(text, digits))
        }
        1 | 2 => begins_with_month(text) || second.is_none() && is_numeric_date(first),
        // from 1861 to 1863
        0 => begins_with_month(text) || is_certain_range(text),
        _ => false,
    }
}

/// Whether a text is a year of `digits` digits, a month and its day, as archives write them: `1958 July 14`. It may be the
/// first date of a range.
fn is_year_first(text: &str, digits: usize) -> bool {
    let mut words = text.split_whitespace();
    let year = words.next().is_some_and(|year| year.trim_end_matches(',').len() == digits);
    let month = words.next().is_some_and(|month| is_month(month) && !is_no_month(month));
    let day = words.next().unwrap_or("");
    let end = day.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(day.len());
    let number: u8 = day.get(..end).and_then(|day| day.parse().ok()).unwrap_or(0);
    let rest = day.get(end..).unwrap_or("");
    let ends = ["", ",", ".", "st", "nd", "rd", "th"].contains(&rest)
        && words.next().is_none_or(|word| matches!(word, "-" | "–") || text::is_until(word));
    let is_range = rest.starts_with(['-', '–']) || rest.starts_with("..");
    year && month && (1..=31).contains(&number) && (ends || is_range)
}

/// Whether a text begins with a month, or with the day of one: `July`, `14. Juli`, `14 de julio`, `1er d'août`.
fn begins_with_month(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("");
    if !first.starts_with(|letter: char| letter.is_ascii_digit()) {
        return is_month(first) && !is_no_month(first);
    }
    let digits = first.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(first.len());
    let (second, third) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let month = second.split_once(['\'', '’']).map_or(second, |(_, month)| month);
    let is_joined = is_between_parts(second) && is_month(third);
    digits <= 2 && (is_month(month) || is_joined)
}

/// Parses a range that begins with a word such as "from" and has no end, if the text is nothing else.
pub(super) fn parse_opened(text: &str) -> Option<DateFilter> {
    let date = strip_from(text.trim_end())?;
    let has_end = date.split_whitespace().any(text::is_until);
    let is_date = !has_end && is_bare_date(date) && strip_comparison(date).is_none();
    let span = parse_date(date).filter(|_| is_date)?.span;
    Some(DateFilter::Overlaps(span.without_end()))
}

/// Whether a word is a day or a month in numbers with a year of four digits: `12.7.1958`, `07/1958`.
fn is_numeric_date(word: &str) -> bool {
    let year = word.rsplit(['.', '/']).next().filter(|year| year.len() < word.len());
    year.is_some_and(|year| year.len() == 4 && is_digits(year))
}

/// Parses a month that stands apart from its year. Returns it as text with the year.
pub(super) fn parse_month_of_year(word: &str, year: &str) -> Option<(String, DateFilter)> {
    let text = format!("{word} {year}");
    let (bytes, filter) = parse_bare(&text).filter(|_| is_month(word))?;
    let is_whole_month = text::parse_plain(&text).is_some() && bytes == text.len();
    is_whole_month.then_some((text, filter))
}

/// Whether a word is the name of a month, or a prefix of one with at least three letters.
pub(super) fn is_month(word: &str) -> bool {
    let name = word.trim_end_matches(['.', ',']);
    name.chars().count() >= 3
        && name.chars().all(char::is_alphabetic)
        && text::is_month_prefix(name)
}
