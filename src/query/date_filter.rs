//! What the reader types as a date in the filter: years, months and days, ranges, comparisons.
//!
//! The reading depends on the text alone. What is not yet finished counts as the widest it may
//! become (`194` is the 1940s), and what may become anything is passed over, so that no list is
//! emptied while a date is being typed.

use std::borrow::Cow;

use crate::record::date::span::Reading;
use crate::record::date::text;
use crate::record::{DateSpan, Precision};

/// Which dates the reader wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFilter {
    /// Those without a date that can be read.
    Undated,
    /// Those that may be of these days.
    Overlaps(DateSpan),
    /// Those that are surely of these days.
    Within(DateSpan),
}

impl DateFilter {
    /// Whether a record with this date is wanted. A date that cannot be read counts as none.
    pub fn fits(&self, reading: Reading) -> bool {
        match (self, reading.span()) {
            (DateFilter::Undated, span) => span.is_none(),
            (DateFilter::Overlaps(wanted), Some(span)) => span.overlaps(wanted),
            (DateFilter::Within(wanted), Some(span)) => span.within(wanted),
            (_, None) => false,
        }
    }
}

/// A date has no more words than this: `July 12, 1943 to August 1, 1945`.
const MOST_WORDS: usize = 8;
/// The years that count as a date without `date:` in front of them.
const BARE_YEARS: std::ops::RangeInclusive<i64> = 1000..=2099;
/// The words that make a comparison, and its signs; the longer sign first.
const COMPARISONS: [(&str, Side); 8] = [
    ("after", Side::After),
    ("since", Side::Since),
    ("before", Side::Before),
    ("until", Side::Until),
    (">=", Side::Since),
    ("<=", Side::Until),
    (">", Side::After),
    ("<", Side::Before),
];
/// The words that make a date approximate.
const CIRCA: [&str; 6] = ["circa", "ca.", "ca", "c.", "c", "~"];

/// The words beside which a number of fewer than four digits is a date.
const ERAS: [&str; 6] = ["century", "cent", "bc", "bce", "ad", "ce"];

/// A side of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Not the date itself, but what comes after it.
    After,
    /// The date and what comes after it.
    Since,
    /// Not the date itself, but what comes before it.
    Before,
    /// The date and what comes before it.
    Until,
}

/// A date as far as it is typed.
#[derive(Clone, Copy, Debug)]
struct Typed {
    /// All that it may become.
    span: DateSpan,
    /// The earliest that it may become.
    first: DateSpan,
    /// The latest that it may become.
    last: DateSpan,
}

/// The longest date at the very beginning of a text that counts without a field name, and its
/// length in bytes. It ends at a space or at the end.
pub fn bare(text: &str) -> Option<(usize, DateFilter)> {
    let ends = ends(text);
    let mut begins = ends.iter().rev().filter_map(|end| text.split_at_checked(*end));
    begins.find_map(|(words, rest)| {
        let filter = filter(words).filter(|_| counts_bare(words) && ends_here(words, rest))?;
        Some((words.len(), filter))
    })
}

/// What stands after `date:`, as far as it goes, with its length in bytes, or why it is passed over.
pub fn after_name(text: &str) -> (usize, Result<DateFilter, String>) {
    let ends = ends(text);
    let unfinished = unfinished(text, &ends);
    let longer = ends.iter().rev().filter(|end| **end > unfinished.unwrap_or(0));
    let mut begins = longer.filter_map(|end| text.split_at_checked(*end));
    let read = begins.find_map(|(words, rest)| {
        let filter = filter(words).filter(|_| ends_here(words, rest))?;
        Some((words.len(), filter))
    });
    if let Some((end, filter)) = read {
        return (end, Ok(filter));
    }
    let end = unfinished.or(ends.first().copied()).unwrap_or(0);
    (end, Err(hint(text.get(..end).unwrap_or(""))))
}

/// Whether a date may end here: "to" or a dash at its end waits for more, and nothing else follows.
fn ends_here(words: &str, rest: &str) -> bool {
    let waits = words.ends_with(" to") || words.ends_with(" -");
    !waits || rest.trim().is_empty()
}

/// Where the words of a text end, up to the first that belongs to something else.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    while ends.len() < MOST_WORDS {
        let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) else { break };
        let spaces = rest.len() - rest.trim_start().len();
        let word = rest.trim_start().split(char::is_whitespace).next().unwrap_or("");
        let first = ends.is_empty();
        if word.is_empty() || first && spaces > 0 || !first && is_operator(word) {
            break;
        }
        from += spaces + word.len();
        ends.push(from);
    }
    ends
}

/// Whether a word cannot be inside a date: it has a sign of the filter or a field name.
fn is_operator(word: &str) -> bool {
    word.len() > 1 && word.starts_with(['-', '!', '\'', '^', '~', '=', '"'])
        || word.starts_with('|')
        || word.contains(':')
}

/// What a text means that is nothing but a date.
fn filter(text: &str) -> Option<DateFilter> {
    if let Some(text) = text.strip_prefix('=') {
        return Some(DateFilter::Within(expression(text)?));
    }
    if text.eq_ignore_ascii_case("undated") {
        return Some(DateFilter::Undated);
    }
    expression(text).map(DateFilter::Overlaps)
}

/// A comparison, a range or a date.
fn expression(text: &str) -> Option<DateSpan> {
    let text = text.trim_end_matches([',', ';']);
    if let Some((side, rest)) = comparison(text) {
        return beside(side, rest);
    }
    if let Some((start, end)) = text.split_once("..") {
        return range(start, end);
    }
    let typed = date(text).map(|typed| typed.span);
    typed.or_else(|| to(text)).or_else(|| dashed(text))
}

/// `after 1943`, `>=1943`: the side and what it is a side of.
fn comparison(text: &str) -> Option<(Side, &str)> {
    COMPARISONS.iter().find_map(|(name, side)| {
        let rest = strip_word(text, name)?;
        let word = name.starts_with(char::is_alphabetic);
        (!word || rest.starts_with(char::is_whitespace)).then_some((*side, rest.trim_start()))
    })
}

/// One side of a date, as wide as it may become.
fn beside(side: Side, text: &str) -> Option<DateSpan> {
    let typed = date(text)?;
    Some(match side {
        Side::After => typed.first.after(),
        Side::Since => typed.span.onward(),
        Side::Before => typed.last.before(),
        Side::Until => typed.span.until(),
    })
}

/// `1943..1945`, `1943..`, `..1945`. An end that is not yet a date is open.
fn range(start: &str, end: &str) -> Option<DateSpan> {
    match (start.trim(), end.trim()) {
        ("", "") => None,
        ("", end) => Some(date(end)?.span.until()),
        (start, "") => Some(date(start)?.span.onward()),
        (start, end) if begins_date(end) => Some(date(start)?.span.onward()),
        (start, end) => Some(date(start)?.span.to(range_end(start, end)?)),
    }
}

/// The end of a range. Behind a year, one or two digits may be a later year of its century: the 45
/// of `1943..45`. A year that is begun, and could only be one far ahead, is none.
fn range_end(start: &str, end: &str) -> Option<DateSpan> {
    let year: Option<i64> = start.parse().ok().filter(|_| start.len() == 4 && is_digits(start));
    if let Some(year) = year.filter(|_| end.len() < 4 && is_digits(end)) {
        let short = end.parse().ok().filter(|short| end.len() == 2 && *short > year % 100);
        let short = short.map(|short: i64| DateSpan::year(year - year % 100 + short));
        if let Some(span) = short.or_else(|| second_year(year, end)) {
            return Some(span);
        }
    }
    let span = date(end)?.span;
    let begun = begun_year(end).is_some();
    (!begun || span.earliest <= DateSpan::year(*BARE_YEARS.end()).latest).then_some(span)
}

/// `1943 to 1945`; what may become it is the first date.
fn to(text: &str) -> Option<DateSpan> {
    if let Some(start) = text.strip_suffix(" to").or_else(|| text.strip_suffix(" -")) {
        return Some(date(start)?.span);
    }
    let (start, end) = text.split_once(" to ").or_else(|| text.split_once(" - "))?;
    range(start, end)
}

/// `1943-1945`, `1943/1945`: the two years, or as much of the second as there is. Two digits that
/// are neither a later year nor a month, as in `1945-13`, are nothing.
fn dashed(text: &str) -> Option<DateSpan> {
    let (start, end) = text.rsplit_once(['-', '–', '/'])?;
    let first = date(start)?.span;
    if end.is_empty() || begins_date(end) {
        return Some(first);
    }
    let last = range_end(start, end)?;
    let nothing = end.len() <= 2 && is_digits(end) && last.latest < first.latest;
    (!nothing).then(|| first.to(last))
}

/// Whether a text may become the name of a month.
fn begins_date(text: &str) -> bool {
    text.chars().all(char::is_alphabetic) && text::begins_month(text)
}

/// One date, finished or not.
fn date(text: &str) -> Option<Typed> {
    let text = text.trim();
    if let Some(rest) = CIRCA.iter().find_map(|name| strip_word(text, name)) {
        let typed = date(rest.trim_start().strip_prefix('.').unwrap_or(rest))?;
        return Some(Typed { span: DateSpan { approximate: true, ..typed.span }, ..typed });
    }
    begun_year(text).or_else(|| begun_after_year(text)).or_else(|| finished(text))
}

/// A date that is whole: it has a year of four digits, or is told to be one of fewer. The 45 in
/// `July 45` may yet be 4500, and the 19 in `12.07.19` most often becomes 1945.
fn finished(text: &str) -> Option<Typed> {
    let text = whole_century(text);
    let words = text.to_lowercase();
    let first = words.split_whitespace().next()?;
    let last = words.rsplit(char::is_whitespace).next()?.trim_end_matches('.');
    let era = ERAS.contains(&last) || ERAS.contains(&first);
    let ends_well = last.contains(|letter: char| letter.is_ascii_digit()) || is_month(last) || era;
    if !ends_well || digit_run(&text) < 4 && !era {
        return None;
    }
    let span = text::plain(&text)?;
    Some(Typed { span, first: span, last: span })
}

/// A text that ends with an ordinal and a beginning of "century", with the whole word: `19th c.`
fn whole_century(text: &str) -> Cow<'_, str> {
    let Some((front, last)) = text.rsplit_once(char::is_whitespace) else { return text.into() };
    let begun = last.strip_suffix('.').unwrap_or(last).to_lowercase();
    let ordinal = front.split_whitespace().next_back().is_some_and(is_ordinal);
    if ordinal && !begun.is_empty() && "century".starts_with(&begun) {
        format!("{front} century").into()
    } else {
        text.into()
    }
}

/// Whether a word is a number that counts, such as `19th`.
fn is_ordinal(word: &str) -> bool {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    number.is_some_and(is_digits)
}

/// How many digits the longest number has.
fn digit_run(text: &str) -> usize {
    text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// A year of which up to three digits are typed, or masked: `194`, `19X`.
fn begun_year(text: &str) -> Option<Typed> {
    let digits = text.trim_end_matches(['X', 'x']);
    let known = u32::try_from(digits.len()).ok().filter(|known| (1..=3).contains(known))?;
    if text.len() > 4 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let precision = match known {
        3 => Precision::Decade,
        2 => Precision::Century,
        _ => Precision::Millennium,
    };
    let length = 10_i64.pow(4 - known);
    let first = digits.parse::<i64>().ok()? * length;
    let last = first + length - 1;
    let span = DateSpan::years(first, last, precision);
    Some(Typed { span, first: DateSpan::year(first), last: DateSpan::year(last) })
}

/// A year and the beginning of what may follow it: `1945-`, `1945-0`, `1945-07-1`, `1943-194`.
fn begun_after_year(text: &str) -> Option<Typed> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: i64 = year.parse().ok().filter(|_| is_digits(year))?;
    let rest = rest.strip_prefix(['-', '/', '–'])?;
    let whole = DateSpan::year(year);
    let span = match (rest.split_once(['-', '/']), rest) {
        (Some((month, day)), _) if day.len() <= 1 && (day.is_empty() || is_digits(day)) => {
            let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
            DateSpan::month(year, month)
        }
        (None, "" | "0") => whole,
        (None, "1") => whole.to(second_year(year, rest).unwrap_or(whole)),
        (None, digits) if is_digits(digits) => whole.to(second_year(year, digits)?),
        _ => return None,
    };
    let (first, last) = (span.earliest, span.latest);
    let edge = |day| DateSpan::new(day, day, Precision::Day);
    Some(Typed { span, first: edge(first), last: edge(last) })
}

/// The latest years that the digits behind a year and a dash may become, where they can become a
/// year at all: `4` in `1945-4` may be 1949, `19` in `1945-19` may be 1999. Two digits that are a
/// month or a short year are finished.
fn second_year(year: i64, digits: &str) -> Option<DateSpan> {
    let number: i64 = digits.parse().ok()?;
    let full = begun_year(digits).map(|typed| typed.span);
    let reaches = full.filter(|span| {
        BARE_YEARS.contains(&span.earliest.to_ymd().0) && span.latest > DateSpan::year(year).latest
    });
    match digits.len() {
        1 if number > year % 100 / 10 || number == year % 100 / 10 && year % 10 < 9 => {
            let short = DateSpan::years(year, year - year % 100 + number * 10 + 9, Precision::Year);
            Some(reaches.map_or(short, |span| short.with(span)))
        }
        2 if number > 12 && number > year % 100 => None,
        2 if number <= 12 => None,
        1..=3 => reaches,
        _ => None,
    }
}

/// Whether a text is digits and nothing else.
fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// What stands behind a word or sign, which no letter may continue. The case does not matter.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (front, rest) = text.split_at_checked(word.len())?;
    let ends = !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic);
    (front.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

/// Whether a date is one without `date:` in front: it begins with a year from 1000 to 2099 or with
/// a month, or says what it is.
fn counts_bare(text: &str) -> bool {
    let text = text.strip_prefix('=').unwrap_or(text);
    if text.eq_ignore_ascii_case("undated") {
        return true;
    }
    let text = comparison(text).map_or(text, |(_, rest)| rest);
    let text = text.strip_prefix("..").unwrap_or(text);
    let circa = ["circa", "ca.", "ca", "c."].iter().find_map(|name| strip_word(text, name));
    let text = circa.map_or(text, str::trim_start);
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next());
    let digits = first.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(first.len());
    let year = first.get(..digits).and_then(|year| year.parse().ok()).unwrap_or(0);
    // A word behind a year is a word of its own.
    let joins = |word: &str| ["to", "-"].contains(&word) || word.starts_with("..");
    match digits {
        4 => BARE_YEARS.contains(&year) && second.is_none_or(joins),
        1 | 2 => second.is_some_and(is_month),
        0 => is_month(first),
        _ => false,
    }
}

/// Whether a word names a month by at least three letters.
fn is_month(word: &str) -> bool {
    let name = word.trim_end_matches(['.', ',']);
    name.chars().count() >= 3 && name.chars().all(char::is_alphabetic) && text::begins_month(name)
}

/// How far a date goes that lacks its year so far, and so may become any: `July`, `19`, `12 Ju`,
/// `after July 12, 19`.
fn unfinished(text: &str, ends: &[usize]) -> Option<usize> {
    let words: Vec<&str> = text.split_whitespace().take(ends.len()).collect();
    let month = |word: &&str| begins_date(word.trim_end_matches(['.', ',']));
    let short = |word: &&str| {
        (1..4).contains(&digit_run(word)) && is_digits(word.trim_end_matches([',', '.']))
    };
    let leads = usize::from(words.first().is_some_and(|word| is_lead(word)));
    let count = match (words.get(leads), words.get(leads + 1)) {
        (Some(day), Some(name)) if short(day) && digit_run(day) <= 2 && month(name) => 2,
        (Some(name), _) if is_month(name) || leads > 0 && month(name) => 1,
        (Some(day), _) if may_be_day(day) => 1,
        _ => return None,
    };
    let more = words.iter().skip(leads + count).take_while(|word| short(word)).count();
    ends.get(leads + count + more - 1).copied()
}

/// Whether a word says something of the date behind it.
fn is_lead(word: &str) -> bool {
    let word = word.strip_prefix('=').unwrap_or(word);
    let mut names = COMPARISONS.iter().map(|(name, _)| *name).chain(CIRCA);
    names.any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether a number may be a day, of any month and year.
fn may_be_day(word: &str) -> bool {
    let number = word.trim_end_matches([',', '.']).parse::<u8>();
    number.is_ok_and(|number| (1..=31).contains(&number))
}

/// Why something after `date:` is passed over.
fn hint(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or("");
    if text.is_empty() {
        "date: waits for a date, such as 1945, July 1945, 1943..1945, before 1950 or undated"
            .to_owned()
    } else if COMPARISONS.iter().any(|(name, _)| first.eq_ignore_ascii_case(name)) {
        format!("“{text}” waits for a date, such as {first} 1945")
    } else if is_ordinal(first) {
        format!("“{first}” waits for a month or “century”")
    } else if begins_date(first) || is_digits(first.trim_end_matches(',')) {
        format!("“{text}” waits for a year")
    } else {
        format!(
            "“{text}” is no date: try 1945, July 1945, 1943..1945, 1940s, before 1950 or undated"
        )
    }
}
