//! Finds the date in the name of a file.

use super::file_name::{ends_with_side, is_leaf, is_side};
use crate::record::Date;
use crate::record::date::machine;
use crate::record::date::text::is_month_prefix;

/// The most words that a date has.
const MAX_DATE_WORDS: usize = 6;

/// A date in a name.
pub(super) struct FoundDate {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// The date, to be parsed.
    pub(super) text: String,
}

/// Finds the date in a name.
pub(super) fn find_date(text: &str) -> Option<FoundDate> {
    let day = find_digits_of_day(text).map(|day| with_last_day(text, day));
    day.or_else(|| find_months(text)).or_else(|| find_date_in_words(text))
}

/// Finds two months with a word between them: `1902-07 to 1902-09`.
fn find_months(text: &str) -> Option<FoundDate> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |word: &str| {
        word.len() == "1902-07".len()
            && word.split_once('-').is_some_and(|(year, month)| {
                year.len() == 4
                    && is_number(year)
                    && is_number(month)
                    && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
            })
    };
    RANGE_SIGNS.iter().find_map(|sign| {
        let at = text.find(sign)?;
        let (before, after) = (text.get(..at)?, text.get(at + sign.len()..)?);
        let first = before.rsplit(' ').next().filter(|word| is_month(word))?;
        let last = after.split(' ').next().filter(|word| is_month(word))?;
        let (start, end) = (at - first.len(), at + sign.len() + last.len());
        (first < last).then(|| FoundDate { start, end, text: format!("{first}/{last}") })
    })
}

/// What stands between the first day of a document and its last one, in lower case.
const RANGE_SIGNS: [&str; 8] = [" to ", " bis ", " until ", " - ", " – ", "--", "–", " "];

/// Adds the last day to the first one: `1950-03-01 to 1950-06-30`.
fn with_last_day(text: &str, first: FoundDate) -> FoundDate {
    let rest = text.get(first.end..).unwrap_or_default();
    let last = RANGE_SIGNS.iter().find_map(|sign| {
        let behind = rest.to_lowercase().strip_prefix(sign)?.len();
        let start = rest.len().checked_sub(behind)?;
        let last = find_digits_of_day(rest.get(start..)?).filter(|last| last.start == 0)?;
        Some((start + last.end, last.text))
    });
    match last {
        Some((length, last)) if first.text <= last => {
            let text = format!("{}/{last}", first.text);
            FoundDate { end: first.end + length, text, ..first }
        }
        _ => first,
    }
}

/// Finds a day as digits: `1945-07-12`, `1945.07.12`, `1945 07 12`, `19450712`.
fn find_digits_of_day(text: &str) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    for start in 0..bytes.len() {
        if start > 0 && bytes.get(start - 1).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let Some(rest) = text.get(start..) else { continue };
        for pattern in ["dddd-dd-dd", "dddd.dd.dd", "dddd dd dd", "dddddddd"] {
            let Some(found) = rest.get(..pattern.len()) else { continue };
            let fits = found.bytes().zip(pattern.bytes()).all(|(byte, sign)| match sign {
                b'd' => byte.is_ascii_digit(),
                sign => byte == sign,
            });
            let next = rest.as_bytes().get(pattern.len());
            if !fits || next.is_some_and(u8::is_ascii_digit) {
                continue;
            }
            let digits: String = found.chars().filter(char::is_ascii_digit).collect();
            let part = |range| digits.get(range).unwrap_or_default();
            let date = format!("{}-{}-{}", part(0..4), part(4..6), part(6..8));
            let year: i32 = part(0..4).parse().unwrap_or(0);
            if (1000..2100).contains(&year) && machine::parse(&date).is_some() {
                return Some(FoundDate { start, end: start + pattern.len(), text: date });
            }
        }
    }
    None
}

/// Finds the longest run of words that is a date: `12 July 1945`, `12.7.1945`, `July 1945`, `1945`.
fn find_date_in_words(text: &str) -> Option<FoundDate> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        let inner = word.trim_start_matches(['(', '[', ',']);
        let begin = start + word.len() - inner.len();
        let inner = inner.trim_end_matches([')', ']', ',', ';', '.']);
        words.push((begin, begin + inner.len()));
        start += word.len() + 1;
    }
    // What stands behind a month in digits is no part of the date: `1911-03 Minutes`.
    let word = |(start, end): &(usize, usize)| text.get(*start..*end).unwrap_or_default();
    if let Some((start, end)) = words.iter().find(|it| is_month_in_digits(word(it))) {
        let text = word(&(*start, *end)).to_owned();
        return Some(FoundDate { start: *start, end: *end, text });
    }
    for length in (1..=MAX_DATE_WORDS.min(words.len())).rev() {
        for window in words.windows(length) {
            let (Some((start, _)), Some((_, end))) = (window.first(), window.last()) else {
                continue;
            };
            let found = text.get(*start..*end).unwrap_or_default();
            let has_side = found.split(' ').any(|word| is_side(word) || is_leaf(word));
            if is_date(found) && !has_side && !ends_with_side(found) {
                let window = without_other_words(text, window);
                let (Some((start, _)), Some((_, end))) = (window.first(), window.last()) else {
                    continue;
                };
                let found = text.get(*start..*end).unwrap_or_default();
                return Some(FoundDate { start: *start, end: *end, text: found.to_owned() });
            }
        }
    }
    None
}

/// Whether a word is a year and a month in digits: `1911-03`.
fn is_month_in_digits(word: &str) -> bool {
    let is_number = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    word.split_once('-').is_some_and(|(year, month)| {
        is_number(year, 4)
            && is_number(month, 2)
            && month.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
            && is_date(word)
    })
}

/// Returns the words of a date without those at its ends that change nothing: `12.7.1945` of `Scan 12.7.1945`.
fn without_other_words<'w>(text: &str, words: &'w [(usize, usize)]) -> &'w [(usize, usize)] {
    let span = |words: &[(usize, usize)]| {
        let (start, end) = (words.first()?.0, words.last()?.1);
        let date = text.get(start..end)?;
        Date::parse(date).span().filter(|_| is_date(date))
    };
    let whole = span(words);
    let shorter = (1..words.len()).flat_map(|length| words.windows(length));
    let mut same = shorter.filter(|window| whole.is_some() && span(window) == whole);
    // Years and months belong to the date; other numbers are those of pages, boxes and parts, unless the date is
    // another one without them.
    let is_of_date = |(start, end): &(usize, usize)| {
        let word = text.get(*start..*end).unwrap_or_default();
        let mut numbers = word.split(|letter: char| !letter.is_ascii_digit());
        numbers.any(|number| number.len() == 4) || word.chars().count() > 2 && is_month_prefix(word)
    };
    let is_left = |window: &&[(usize, usize)]| {
        !words.iter().any(|word| !window.contains(word) && is_of_date(word))
    };
    same.find(is_left).unwrap_or(words)
}

/// Whether a word of a text is a Roman number with no number before it, so that it is no month: `George V 1911`,
/// `Part II 1902`. It is one where only a sign stands between it and the year: `VII-1945`.
fn has_roman_name(text: &str) -> bool {
    let mut is_behind_number = false;
    let mut end = 0;
    text.split([' ', '-', '.']).any(|word| {
        end += word.len();
        let behind = text.get(end..).unwrap_or_default();
        end += 1;
        if word.is_empty() {
            return false;
        }
        let is_roman = word.chars().all(|letter| "ivxIVX".contains(letter));
        let has_number = std::mem::replace(
            &mut is_behind_number,
            word.contains(|letter: char| letter.is_ascii_digit()),
        );
        is_roman && !has_number && !has_year_behind_sign(behind)
    })
}

/// Whether a text begins with a sign and a year: `-1945`.
fn has_year_behind_sign(text: &str) -> bool {
    text.strip_prefix(['-', '.'])
        .is_some_and(|rest| rest.bytes().take_while(u8::is_ascii_digit).count() == "1945".len())
}

/// Whether a text is a date with a year and nothing else.
fn is_date(text: &str) -> bool {
    let digits = |run: &str| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit());
    let runs = text.split(|letter: char| !letter.is_ascii_digit());
    let has_year = runs.into_iter().any(|run| {
        digits(run) && run.len() == 4 && run.parse().is_ok_and(|it: i32| (1000..2100).contains(&it))
    });
    let ends_in_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let is_whole = ends_in_word(text.chars().next()) && ends_in_word(text.chars().next_back());
    // `X 1945` is rather a name than October.
    if has_roman_name(text) || !has_year || !is_whole || text.contains(['(', ')']) {
        return false;
    }
    let date = Date::parse(text);
    let is_numeric = text.bytes().all(|byte| byte.is_ascii_digit() || b"./-".contains(&byte));
    date.span().is_some() && (!date.parsed.is_doubtful() || (is_numeric && text.len() > 4))
}
