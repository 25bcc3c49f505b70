//! Takes the date of a record out of its title, because a citation says it behind the title.

use crate::formats::document::{self, Document, WORDS};
use crate::record::{Date, DateSpan, Precision};

/// The most words of a date.
const MAX_DATE_WORDS: usize = 8;
/// The marks before a date at the end of a title.
const MARKS_BEFORE: [char; 8] = [',', ';', ':', '(', '[', '–', '—', '-'];
/// The most words that lead to a date: `daté du`.
const MAX_DATING_WORDS: usize = 2;

/// Returns a title without the date of the record. `Letter dated 12 July 1945` is a letter.
///
/// A title of the document's own loses only a date that is separate from it and written like that of the record.
pub(super) fn without_date<'t>(title: &'t str, date: &Date) -> &'t str {
    let title = title.trim();
    if let Some(bare) = without_text(title, date.text.trim()) {
        return bare;
    }
    let known = date.span().filter(|span| !span.doubtful);
    let Some(span) = known.filter(|_| document::leading(title).is_some()) else {
        return known.and_then(|span| behind_date(title, &span)).unwrap_or(title);
    };
    before_date(title, &span).unwrap_or(title)
}

/// Returns what stands before a date at the end of a title that is written like that of the record.
fn without_text<'t>(title: &'t str, date: &str) -> Option<&'t str> {
    let before = title.trim_end_matches('.').strip_suffix(date.trim_end_matches('.'))?.trim_end();
    let is_separate = before.ends_with([',', ';', ':']);
    let bare = before.trim_end_matches([',', ';', ':']).trim_end();
    (!date.is_empty() && !bare.is_empty() && is_separate).then_some(bare)
}

/// Returns what stands before a date at the end of a description, however it is written.
fn before_date<'t>(title: &'t str, span: &DateSpan) -> Option<&'t str> {
    let starts = title.char_indices().filter(|(at, letter)| {
        let before = title.get(..*at).unwrap_or("");
        !letter.is_whitespace()
            && before.ends_with(|c: char| c.is_whitespace() || c == '(' || c == '[')
    });
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let first = starts.len().saturating_sub(MAX_DATE_WORDS);
    starts.get(first..)?.iter().find_map(|start| {
        let date = title.get(*start..)?.trim_end_matches(['.', ')', ']']);
        let before = title.get(..*start)?.trim_end();
        // `Telegram No. 12 (July 12, 1945)`: the number is no part of the date.
        let has_number = before.rsplit(' ').next().is_some_and(|word| WORDS.number_words.has(word));
        let is_possible = !has_number && !date.contains(['(', '[']);
        (is_possible && is_date(date, span)).then(|| without_lead(before, span)).flatten()
    })
}

/// Returns the title before a date, without the marks and words that lead to the date. `None` if the date is a part of
/// the title: `Accounts of 1931`.
fn without_lead<'t>(before: &'t str, span: &DateSpan) -> Option<&'t str> {
    let bare = before.trim_end_matches(MARKS_BEFORE).trim_end();
    let is_separate = bare.len() < before.len();
    let without_words = without_dating_words(bare);
    let is_dated = has_dating_words(bare, without_words, span);
    let rest = if is_dated { without_words } else { bare };
    let is_bare = || {
        let leading = document::leading(rest);
        without_words == bare && leading.is_some_and(|word| word.is_whole_title)
    };
    (!rest.is_empty() && (is_separate || is_dated || is_bare())).then_some(rest)
}

/// Returns what stands behind a date at the beginning of a title: `12 July 1945: Letter to the editor`.
fn behind_date<'t>(title: &'t str, span: &DateSpan) -> Option<&'t str> {
    [": ", " - ", " – ", " — "].into_iter().find_map(|mark| {
        let (date, rest) = title.split_once(mark)?;
        let rest = rest.trim();
        let is_document = document::leading(rest).is_some();
        (is_document && is_date(date.trim_matches(['[', ']']), span)).then_some(rest)
    })
}

/// Whether a text is a date of these days, without doubt.
fn is_date(text: &str, span: &DateSpan) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|it| !it.is_empty());
    let mut numbers: Vec<i64> = numbers.take(4).filter_map(|number| number.parse().ok()).collect();
    let (year, month, day) = span.earliest.to_ymd();
    let mut expected = [year, month.into(), day.into()];
    numbers.sort_unstable();
    expected.sort_unstable();
    // The order of `7/12/1945` is not certain, but its numbers are those of the date.
    let has_letters = text.contains(char::is_alphabetic);
    if span.start_precision == Precision::Day && !has_letters && numbers == expected {
        return true;
    }
    let of_text = || Date::parse(text).span().filter(|it| !it.doubtful);
    has_digit
        && text.chars().count() < 60
        && of_text().is_some_and(|it| (it.earliest, it.latest) == (span.earliest, span.latest))
}

/// Returns a text without the words at its end that lead to a date: `dated`, `vom`.
fn without_dating_words(text: &str) -> &str {
    let mut starts =
        text.char_indices().rev().filter(|(_, letter)| *letter == ' ').map(|(at, _)| at);
    let mut rest = text;
    for _ in 0..MAX_DATING_WORDS {
        let Some(at) = starts.next() else { break };
        if text.get(at..).is_some_and(|words| WORDS.dating_words.has(words)) {
            rest = text.get(..at).unwrap_or(text);
        }
    }
    rest.trim_end().trim_end_matches(MARKS_BEFORE).trim_end()
}

/// Whether the words between a title and a date lead to the date of the document. `Accounts of 1931` are about
/// a year.
fn has_dating_words(text: &str, without: &str, span: &DateSpan) -> bool {
    let words = text.get(without.len()..).unwrap_or("");
    let says_dated = ["dat", "fecha", "sent", "written"].iter().any(|stem| words.contains(stem));
    let is_message =
        document::leading(without).is_some_and(|word| !matches!(word.document, Document::Other));
    without.len() < text.len()
        && (says_dated || is_message || span.start_precision == Precision::Day)
}
