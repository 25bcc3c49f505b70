//! Parsing the dates that archives write, in thirty languages, into spans of days.
//!
//! `tokens.rs` and `numbers.rs` split a text into tokens, whose words `words.rs` knows from the tables
//! in `assets/`. The rules in `rules.rs`, `numeric.rs`, `centuries.rs`, `other_calendars.rs`,
//! `not_dates.rs` and smaller files build partial dates from them in a `DateBuilder`. `clauses.rs` decides which of them
//! are the date of the document, and `resolve.rs` fills in what one date takes from its neighbours
//! (`1992 October-December`, `April 23, 24, 1934`). A list of dates becomes the span from its first day
//! to its last.
//!
//! Every word, number and sign of a text is accounted for: `leftovers.rs` finds what is not, and it
//! becomes a [`Doubt`]. Names of places beside a date are passed over.
//!
//! Archives differ, so these cases are decided here:
//!
//! - `1996-97` is a range and `1996-07` a month.
//! - `7/12/1945`, where both numbers may be the month, gives only the year, which is uncertain.
//! - `1800s` is a century and `2000s` a decade.
//! - "early", "late" and similar words keep the whole span and make it approximate.
//! - Of two days in two calendars, `23 February/8 March 1917`, the Gregorian one counts.
//! - 以前 and 以後 take the date in, "before" and "after" do not.
//! - A day of the week that does not fit its day is told, and the day counts.
//! - A date of receipt, or of most of the documents, counts only if no other date is there.

mod bare_numbers;
mod builder;
mod centuries;
mod clauses;
mod endings;
mod fold;
mod frequent;
mod hangul;
mod leftovers;
mod missing_parts;
mod mixed_signs;
mod months;
mod names;
mod not_dates;
mod numbers;
mod numeric;
mod other_calendars;
mod ottoman;
mod partial;
mod plain_english;
mod plain_numbers;
mod plain_years;
mod put;
mod ranges;
mod resolve;
mod row_numbers;
mod rules;
mod several_dates;
mod sign_rules;
mod signs;
mod streets;
mod telegrams;
mod times;
mod tokens;
mod vote;
mod weekdays;
mod words;

use super::doubt::Doubt;
use super::edtf;
use super::machine;
use super::marc;
use super::span::{DateSpan, Day, ParsedDate};
use builder::DateBuilder;

/// The longest text that is parsed, in characters. No date is longer; the rest is not understood.
const MAX_TEXT_CHARS: usize = 1000;
/// The most characters that are quoted of a text behind the longest one.
const MAX_QUOTED_CHARS: usize = 40;
/// The longest line that can be a date and nothing else, in bytes.
const MAX_LINE_BYTES: usize = 100;

/// Parses the text of a date. It never fails: other text is [`ParsedDate::Unreadable`].
///
/// Unknown words are passed over, and said to be so, if the text also has a full year.
///
/// ```
/// use fonds::record::ParsedDate;
/// use fonds::record::date::text::parse;
///
/// let edtf = |text: &str| parse(text).span().map(|span| span.to_edtf());
/// assert_eq!(edtf("12 July 1945").as_deref(), Some("1945-07-12"));
/// assert_eq!(edtf("April 23, 24, 1934").as_deref(), Some("1934-04-23/1934-04-24"));
/// assert_eq!(edtf("1943–1945").as_deref(), Some("1943/1945"));
/// assert_eq!(edtf("circa 1970s").as_deref(), Some("197X~"));
/// assert_eq!(edtf("probably 1945").as_deref(), Some("1945?"));
/// assert_eq!(edtf("after 1946").as_deref(), Some("1947/.."));
///
/// assert_eq!(parse("undated"), ParsedDate::Undated);
/// assert_eq!(parse("a letter"), ParsedDate::Unreadable);
/// ```
pub fn parse(text: &str) -> ParsedDate {
    parse_with_doubts(text).0
}

/// Parses a text and returns what is doubtful about it: nothing for most texts.
pub fn parse_with_doubts(text: &str) -> (ParsedDate, Vec<Doubt>) {
    let text = text.trim();
    let (parsed, doubts) = parse_trimmed(text);
    (with_doubts(parsed, &doubts), doubts)
}

/// Parses a trimmed text, with what is doubtful about it.
fn parse_trimmed(text: &str) -> (ParsedDate, Vec<Doubt>) {
    if text.is_empty() || is_placeholder(text) {
        return (ParsedDate::Undated, Vec::new());
    }
    if let Some(span) = plain_english::parse(text).or_else(|| plain_years::parse(text)) {
        return (ParsedDate::Span(span), Vec::new());
    }
    if let Some(span) = parse_machine_form(text) {
        return (ParsedDate::Span(span), doubt_season_code(text));
    }
    if let Some(code) = parse_code(text) {
        return code;
    }
    read_dates(text, build_dates(text))
}

/// Reads the dates that were built from a text, with what is doubtful about them.
fn read_dates(text: &str, mut dates: DateBuilder<'_>) -> (ParsedDate, Vec<Doubt>) {
    let span = dates.span();
    let leftovers = dates.leftovers();
    let unknown = dates.not_understood(&leftovers);
    let mut doubts = std::mem::take(&mut dates.doubts);
    let unread = text.get(dates.text.len()..).filter(|rest| !rest.is_empty());
    let unread = unread.map(|rest| rest.trim().chars().take(MAX_QUOTED_CHARS).collect());
    doubts.extend(unread.map(|part| Doubt::PartlyUnderstood { part }));
    match span.filter(|_| unknown.is_none() || dates.has_full_year()) {
        Some(span) => {
            doubts.extend(unknown.map(|part| Doubt::PartlyUnderstood { part }));
            (ParsedDate::Span(span), doubts)
        }
        None if dates.undated && dates.dates.is_empty() => (
            ParsedDate::Undated,
            unknown.map(|part| Doubt::PartlyUnderstood { part }).into_iter().collect(),
        ),
        None => {
            let other_calendar = doubts.into_iter().find(|doubt| *doubt == Doubt::OtherCalendar);
            (ParsedDate::Unreadable, vec![other_calendar.unwrap_or(Doubt::NotUnderstood)])
        }
    }
}

/// Parses a DCMI Period, a week or duration of ISO 8601, or a code of MARC 21: `1945-W28`, `1945-07/P2M`,
/// `m19311945`.
fn parse_code(text: &str) -> Option<(ParsedDate, Vec<Doubt>)> {
    if text.len() <= 9
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && let Some(found) = marc::parse(text)
    {
        return Some(found);
    }
    if !text.bytes().any(|byte| matches!(byte, b'=' | b'W' | b'P')) {
        return None;
    }
    if text.contains('=') {
        return machine::parse_period(text);
    }
    let is_iso = |byte: u8| byte.is_ascii_digit() || b"-/:.+TZWPYMDHS".contains(&byte);
    if text.bytes().all(is_iso) { machine::parse(text) } else { None }
}

/// Parses a line that is a date and nothing else, or that says that there is none.
///
/// Returns `None` for prose that only mentions a date.
pub fn parse_whole_line(text: &str) -> Option<ParsedDate> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_LINE_BYTES {
        return None;
    }
    if let Some(span) = parse_machine_form(text) {
        return Some(ParsedDate::Span(span));
    }
    let dates = build_dates(text);
    if !dates.leftovers().is_empty() {
        return None;
    }
    if is_placeholder(text) {
        return Some(ParsedDate::Undated);
    }
    let (parsed, doubts) = parse_code(text).unwrap_or_else(|| read_dates(text, dates));
    Some(with_doubts(parsed, &doubts)).filter(|parsed| *parsed != ParsedDate::Unreadable)
}

/// Marks a span about which there are doubts.
fn with_doubts(mut parsed: ParsedDate, doubts: &[Doubt]) -> ParsedDate {
    if let ParsedDate::Span(span) = &mut parsed {
        span.doubtful = !doubts.is_empty();
    }
    parsed
}

/// Returns a warning if a text cannot be parsed as a date, or may mean another date.
///
/// It is one sentence without a location. Most texts give no warning.
pub fn warning(text: &str) -> Option<String> {
    parse_with_warning(text).1
}

/// Parses a text and returns the warning about it, if any: [`parse`] and [`warning`] in one.
pub fn parse_with_warning(text: &str) -> (ParsedDate, Option<String>) {
    let text = text.trim();
    let (parsed, doubts) = parse_with_doubts(text);
    let warning = doubts.first().map(|doubt| doubt.describe(text, parsed));
    (parsed, warning)
}

/// Parses one date, or two with a dash or "to" between them, as a filter has them.
///
/// Lists, brackets, "undated" and incomplete dates give `None`.
pub fn parse_plain(text: &str) -> Option<DateSpan> {
    let text = text.trim();
    if let Some(span) = parse_machine_form(text) {
        return Some(span);
    }
    let mut dates = build_dates(text);
    let is_plain =
        !dates.is_complex && !dates.inferred && dates.dates.len() <= 2 && dates.is_complete();
    let span = dates.span()?;
    let is_mistyped =
        |doubt: &Doubt| matches!(doubt, Doubt::Impossible { .. } | Doubt::Misspelt { .. });
    (is_plain && !dates.doubts.iter().any(is_mistyped) && dates.leftovers().is_empty())
        .then_some(span)
}

/// Whether the name of a month begins with these letters. Case and accents do not matter; one
/// letter suffices.
pub fn is_month_prefix(letters: &str) -> bool {
    let folded = fold::fold_words(letters);
    !folded.is_empty() && words::is_month_prefix(&folded)
}

/// Whether a word begins a range of two dates: "from", "between", "zwischen".
pub fn opens_range(word: &str) -> bool {
    let entry = words::look_up(&fold::fold_words(word));
    let opens = |sense: words::Sense| matches!(sense, words::Sense::From | words::Sense::Between);
    entry.is_some_and(|entry| entry.senses.iter().any(|(sense, _)| opens(*sense)))
}

/// Whether two dates follow a word, which are a range: "between".
pub fn is_between(word: &str) -> bool {
    let entry = words::look_up(&fold::fold_words(word));
    let is_between = |sense: words::Sense| matches!(sense, words::Sense::Between);
    entry.is_some_and(|entry| entry.senses.iter().any(|(sense, _)| is_between(*sense)))
}

/// Whether a word stands between the two dates of a range: "to", "and", "bis".
pub fn joins_range(word: &str) -> bool {
    let entry = words::look_up(&fold::fold_words(word));
    let joins = |sense: words::Sense| matches!(sense, words::Sense::Until | words::Sense::And);
    entry.is_some_and(|entry| entry.senses.iter().any(|(sense, _)| joins(*sense)))
}

/// Whether a word between two dates makes a range of them: "to", "bis".
pub fn is_until(word: &str) -> bool {
    let entry = words::look_up(&fold::fold_words(word));
    entry.is_some_and(|entry| entry.languages_of(words::bits(&[words::Sense::Until])) != 0)
}

/// Whether a word may stand before the first date of a range if another one stands between its two dates: the "von" of
/// "von 1861 bis 1863". Both are of one language. By itself, the first one does not open a range.
pub fn may_open_range(word: &str, joiner: &str) -> bool {
    let languages_of = |word: &str, senses: &[words::Sense]| {
        let entry = words::look_up(&fold::fold_words(word));
        entry.map_or(0, |entry| entry.languages_of(words::bits(senses)))
    };
    let openers = languages_of(word, &[words::Sense::From, words::Sense::Filler]);
    openers & languages_of(joiner, &[words::Sense::Until]) != 0
}

/// Whether a word may be the first of a date and nothing else. Most words are not.
pub fn may_begin(word: &str) -> bool {
    let is_numeral = |byte: u8| b"ivxlcdmu".contains(&byte.to_ascii_lowercase());
    if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) || word.bytes().all(is_numeral) {
        return true;
    }
    let folded = fold::fold_words(word);
    words::look_up(&folded).is_some()
        || words::is_month_prefix(&folded)
        || endings::split(&folded).is_some()
}

/// The languages whose words are known, by their codes in ISO 639-1.
pub fn languages() -> &'static [&'static str] {
    &words::LANGUAGES
}

/// Builds the dates in a text.
fn build_dates(text: &str) -> DateBuilder<'_> {
    if text.len() <= MAX_TEXT_CHARS {
        return DateBuilder::new(text);
    }
    let end = text.char_indices().nth(MAX_TEXT_CHARS).map_or(text.len(), |(at, _)| at);
    DateBuilder::new(text.get(..end).unwrap_or(""))
}

/// Whether a text only fills the place of a date: `-`, `0000-00-00`, `9999`, `uuuu`.
fn is_placeholder(text: &str) -> bool {
    if text.bytes().any(|byte| {
        byte.is_ascii_alphanumeric()
            && !matches!(byte, b'0' | b'9' | b'u' | b'U' | b'x' | b'X' | b'1' | b'2' | b'3')
    }) {
        return false;
    }
    let digits = text.chars().filter(char::is_ascii_digit);
    let is_empty = text.chars().all(|letter| {
        matches!(
            letter,
            '-' | '–' | '—' | '.' | '?' | '/' | '*' | '_' | ' ' | '[' | ']' | '(' | ')'
        )
    });
    let is_zero =
        text.chars().all(|letter| matches!(letter, '0' | '-' | '/' | '.' | 'u' | 'U' | 'x' | 'X'));
    let count = digits.clone().count();
    is_empty
        || is_zero && text.len() >= 4 && !text.starts_with(['x', 'X'])
        || text == "9999"
        || count == 8 && text.replace('-', "") == "99991231"
}

/// Parses a text as EDTF, except for forms that mean something else in finding aids.
///
/// `[1994]` is a date that the archivist supplied, `1901-24` is a range of years, `-1938` has an
/// unknown beginning, and `0000` and `9999` stand for no year.
fn parse_machine_form(text: &str) -> Option<DateSpan> {
    let first = text.bytes().next()?;
    if is_year_before_christ(text) {
        return edtf::parse(text);
    }
    let may_be_edtf =
        first.is_ascii_digit() || matches!(first, b'{' | b'Y' | b'/' | b'.' | b'?' | b'~' | b'%');
    if !may_be_edtf && first != b'[' && !text.starts_with("unknown") {
        return None;
    }
    if let Some(plain) = machine::parse_plain_iso(text) {
        return Some(plain);
    }
    let is_edtf = |byte: u8| byte.is_ascii_digit() || b"-/.?~%,{}:+XYESTZW".contains(&byte);
    if may_be_edtf && text.bytes().all(is_edtf) {
        let is_other = is_later_month(text) || ottoman::is_year_of_two_calendars(text);
        if is_short_range(text) || is_other || machine::has_placeholder_year(text) {
            return None;
        }
        let span = edtf::parse(text);
        let is_year =
            |day: Day| day.is_open() || (1..=*numeric::YEARS.end()).contains(&day.to_ymd().0);
        let is_meant =
            |span: &DateSpan| text.contains('Y') || is_year(span.earliest) && is_year(span.latest);
        if span.is_some() {
            return span.filter(is_meant);
        }
    }
    parse_draft(text)
}

/// Whether the text is a year of ISO 8601 before the year 0001: `-0043`. Four digits with a leading zero
/// are no end of a range.
fn is_year_before_christ(text: &str) -> bool {
    text.strip_prefix("-0")
        .is_some_and(|rest| rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Parses a form of the EDTF draft of 2012: `1991-uu-uu`, `1999/open`, `1984?~`, `2004-06-(11)~`.
fn parse_draft(text: &str) -> Option<DateSpan> {
    let may_be_draft = |byte: u8| byte.is_ascii_digit() || b"-/?~(),.[]openuknw".contains(&byte);
    let is_draft = || {
        text.bytes().any(|byte| matches!(byte, b'u' | b'(' | b'o'))
            || text.as_bytes().windows(2).any(|pair| pair == b"?~")
    };
    if text.len() > 40
        || !is_draft()
        || !text.bytes().all(may_be_draft)
        || !text.bytes().any(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let written = text.replace("open", "..").replace("unknown", "");
    let is_edtf = |byte: u8| {
        byte.is_ascii_digit()
            || matches!(
                byte,
                b'u' | b'-' | b'/' | b'?' | b'~' | b'(' | b')' | b'.' | b'[' | b']' | b','
            )
    };
    if !written.bytes().all(is_edtf) {
        return None;
    }
    let modern =
        written.replace('u', "X").replace(['(', ')'], "").replace("?~", "%").replace("~?", "%");
    let has_unknown_end = modern.contains("XXX") && modern.contains('/');
    edtf::parse(&modern).filter(|_| !modern.starts_with('[') && !has_unknown_end)
}

/// Whether the text is a short range such as `1901-24`, whose second number cannot be a month.
fn is_short_range(text: &str) -> bool {
    is_two_digits_later(text) && text.get(5..).is_some_and(|second| second > "12")
}

/// Whether the text is a year and a later month, which may mean two years: `1905-06`.
fn is_later_month(text: &str) -> bool {
    is_two_digits_later(text) && text.get(5..).is_some_and(|second| second <= "12")
}

/// Says that a number of EDTF for a season or a part of a year is rare in texts: `1945-21`.
fn doubt_season_code(text: &str) -> Vec<Doubt> {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let is_code = text
        .split_once('-')
        .is_some_and(|(year, code)| digits(year, 4) && digits(code, 2) && code > "12");
    if !is_code {
        return Vec::new();
    }
    let other = "the last number may be a part of the year or a year".to_owned();
    vec![Doubt::Ambiguous { part: text.to_owned(), other }]
}

/// Whether the text is a year, a hyphen and two digits that give a later year of the same century.
fn is_two_digits_later(text: &str) -> bool {
    let Some((first, second)) = text.split_once('-') else { return false };
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(first, 4) && digits(second, 2) && first.get(2..).is_some_and(|end| second > end)
}
