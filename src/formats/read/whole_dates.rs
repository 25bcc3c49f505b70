//! Dates that are a whole line, a whole part of a line, or the end of a title.

use crate::record::date::text;
use crate::record::{Date, ParsedDate};

/// Longer texts are no dates, in bytes.
const MAX_DATE_BYTES: usize = 60;

/// Signs between the parts of a line: `MS 41-7 · Item · 12 July 1945`.
pub(super) const PART_SEPARATORS: [char; 7] = ['·', '|', '•', '‧', '∙', '\t', '¦'];

/// Whether a text is a date and nothing else, with a year. A number that is no year is none.
pub(super) fn is_whole_date(text: &str) -> bool {
    let text = text.trim().trim_end_matches([',', ';']);
    text.len() <= MAX_DATE_BYTES
        && has_year(text)
        && !text.contains(PART_SEPARATORS)
        && matches!(text::parse_whole_line(text), Some(ParsedDate::Span(_)))
}

/// Whether a text says that there is no date.
pub(super) fn is_undated(text: &str) -> bool {
    text.len() <= MAX_DATE_BYTES
        && text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
        && matches!(text::parse_whole_line(text), Some(ParsedDate::Undated))
}

/// Whether a text has a number that may be a year, and no longer one.
fn has_year(text: &str) -> bool {
    let numbers =
        || text.split(|letter: char| !letter.is_ascii_digit()).filter(|number| !number.is_empty());
    let is_year = |number: &str| {
        number.len() == 4 && number.parse().is_ok_and(|year: u32| (1000..2100).contains(&year))
    };
    // A number that is written twice, such as `12071207`, is no day.
    let is_day =
        |number: &str| number.len() == 8 && text.len() == 8 && number.get(..4) != number.get(4..);
    numbers().any(|number| is_year(number) || is_day(number))
        && numbers().all(|number| number.len() <= 4 || is_day(number))
        // `No. 1945` and `41-1945` are numbers of documents.
        && text.chars().all(|letter| letter != '#')
        || text.chars().any(|letter| letter == '年')
}

/// Splits a title that ends with its date: `Letter to Weidl, 12 July 1945`, `Harbour plan (1902)`.
pub(super) fn split_end_date(title: &str) -> Option<(&str, &str)> {
    let title = title.trim();
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inside) = title.strip_suffix(close)
            && let Some((before, date)) = inside.rsplit_once(open)
            && is_whole_date(date)
            && !before.trim().is_empty()
        {
            return Some((before.trim().trim_end_matches(','), date.trim()));
        }
    }
    // The date may have a comma itself: the longest end that is a date counts.
    let mut separators = title.match_indices([',', '·', '|', '–', '—', ';']);
    separators.find_map(|(at, sign)| {
        let (before, after) = (title.get(..at)?.trim(), title.get(at + sign.len()..)?.trim());
        let is_end = !before.is_empty() && is_whole_date(after) && !is_whole_date(before);
        is_end.then_some((before, after))
    })
}

/// The most words of a place before a date.
const MAX_PLACE_WORDS: usize = 3;

/// Splits a text that is a place and a date: `Brackwell, 12.07.1945`, `o. O., 1902`. What changes the date is no place:
/// `Friday, 12 July 1945`, `Spring, 1945`.
pub(super) fn split_place(text: &str) -> Option<(&str, &str)> {
    let (place, date) = text.split_once(',')?;
    let (place, date) = (place.trim(), date.trim());
    let is_place = place.split_whitespace().count() <= MAX_PLACE_WORDS
        && place.chars().any(char::is_alphabetic)
        && !place.contains(|letter: char| letter.is_ascii_digit() || "()[]:".contains(letter));
    let whole = || text::parse_whole_line(text);
    let changes_nothing =
        || whole().is_none_or(|whole| Some(whole) == text::parse_whole_line(date));
    (is_place && is_plain_date(date) && changes_nothing() && !is_weekday(place))
        .then_some((place, date))
}

/// Whether a text is a date in a few words, each of which is a number, a month, or says how sure it is.
fn is_plain_date(text: &str) -> bool {
    const OTHER_WORDS: [&str; 12] =
        ["ca.", "ca", "circa", "c.", "um", "vers", "about", "before", "after", "vor", "nach", "–"];
    let is_of_date = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_digit())
            || text::is_month_prefix(word.trim_end_matches(['.', ',']))
            || OTHER_WORDS.contains(&word.to_lowercase().as_str())
    };
    is_whole_date(text)
        && !text.contains(['(', ')', ','])
        && text.split_whitespace().all(is_of_date)
}

/// Whether a text names a weekday: of the seven days of a week, it fits one without a doubt.
pub(super) fn is_weekday(text: &str) -> bool {
    let fitting = (1..=7).filter(|day| {
        let date = Date::parse(&format!("{text}, {day} July 1945"));
        date.span().is_some() && !date.parsed.is_doubtful()
    });
    fitting.count() == 1
}

/// The most words of a date at the start of a title.
const MAX_START_WORDS: usize = 5;

/// Splits a title that begins with its date: `12 July 1945 Letter to Weidl`. The longest date counts.
pub(super) fn split_start_date(title: &str) -> Option<(&str, &str)> {
    let ends = title.match_indices(' ').map(|(at, _)| at).take(MAX_START_WORDS);
    let mut splits: Vec<(&str, &str)> =
        ends.filter_map(|at| Some((title.get(..at)?, title.get(at..)?.trim()))).collect();
    splits.reverse();
    let signs = [',', ':', '–', '—', '-', '.'];
    splits.into_iter().find_map(|(date, rest)| {
        let (date, rest) = (date.trim_end_matches(signs), rest.trim_start_matches(signs).trim());
        let is_title = rest.chars().any(char::is_alphabetic);
        (is_title && is_whole_date(date)).then_some((date, rest))
    })
}

/// Returns the text in round brackets that is a date: `Journal, Vol. 4, No. 1 (Mar., 1978), pp. 7-41`.
pub(super) fn date_in_brackets(text: &str) -> Option<&str> {
    let mut brackets = text.match_indices('(').filter_map(|(at, _)| {
        let (inside, _) = text.get(at + 1..)?.split_once(')')?;
        Some((text.get(..at)?, inside.trim()))
    });
    brackets.find_map(|(before, inside)| {
        (is_whole_date(inside) && !is_life_of_person(before, inside)).then_some(inside)
    })
}

/// The most words of a name before the years of a life.
const MAX_NAME_WORDS: usize = 6;

/// Whether years in brackets are those of the life of the person before them: `Keller, Anna (1880-1950)`.
pub(super) fn is_life_of_person(before: &str, years: &str) -> bool {
    let is_span = || {
        let (from, to) = years.split_once(['-', '–', '/'])?;
        let year = |text: &str| text.trim_matches([' ', '?', '*', '†']).parse::<u16>().ok();
        Some(year(from)?..=year(to)?)
    };
    let is_name_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            || word.chars().all(char::is_lowercase) && word.len() < 4
    };
    let name = before.rsplit([';', '|', '·', '/']).next().unwrap_or(before).trim();
    let words = name.split_whitespace().count();
    is_span().is_some()
        && (2..=MAX_NAME_WORDS).contains(&words)
        && name.split_whitespace().all(is_name_word)
        && !name.contains(|letter: char| letter.is_ascii_digit() || letter == ':')
}

/// The longest line with a date among other things, in words.
const MAX_LINE_WORDS: usize = 30;

/// A longer line that ends with a full stop is a sentence, in words.
const MAX_STATEMENT_WORDS: usize = 7;

/// The words of a date with its day.
const DAY_WORDS: std::ops::RangeInclusive<usize> = 3..=4;

/// Returns the one day that a line has among other things, with its month as a word:
/// `Orla Gazette (1890 - 1912) Sat 12 Jul 1902 Page 3`.
pub(super) fn day_in_line(line: &str) -> Option<&str> {
    let starts = |word: &str| word.as_ptr().addr() - line.as_ptr().addr();
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > MAX_LINE_WORDS {
        return None;
    }
    let mut found: Option<&str> = None;
    let mut from = 0;
    while from < words.len() {
        let day = DAY_WORDS.rev().find_map(|length| {
            let (first, last) = (words.get(from)?, words.get(from + length - 1)?);
            let text = line.get(starts(first)..starts(last) + last.len())?;
            let text = text.trim_end_matches([',', '.', ';']);
            let has_month =
                text.split_whitespace().any(|word| word.chars().any(char::is_alphabetic));
            let has_bracket = text.contains(['(', ')', '[', ']']);
            (has_month && !has_bracket && is_whole_date(text) && is_one_day(text))
                .then_some((text, length))
        });
        match day {
            Some(_) if found.is_some() => return None,
            Some((text, length)) => {
                found = Some(text);
                from += length;
            }
            None => from += 1,
        }
    }
    found
}

/// Whether a text means one day.
fn is_one_day(text: &str) -> bool {
    match text::parse_whole_line(text) {
        Some(ParsedDate::Span(span)) => span.earliest == span.latest,
        _ => false,
    }
}

/// Returns the date that a line has among other things: `A Welin - Orla Review, 1981 - review.example`, or
/// `This item was created on July 12, 1945.`
pub(super) fn date_in_line<'l>(line: &'l str) -> Option<&'l str> {
    const DASHES: [&str; 3] = [" - ", " – ", " — "];
    const MADE: [&str; 5] = ["created", "produced", "written", "dated", "time period"];
    const BEFORE_DATES: [&str; 4] = [" on ", " in ", " period ", " between "];
    if line.split_whitespace().count() > MAX_LINE_WORDS {
        return None;
    }
    // A statement of extent may end with a full stop: `Lindau, 12.07.1945. - 2 Bl.`
    let is_long = line.split_whitespace().count() > MAX_STATEMENT_WORDS;
    let is_sentence = line.ends_with('…') || (line.ends_with('.') && is_long);
    for dash in DASHES.into_iter().filter(|dash| line.contains(dash) && !is_sentence) {
        let date_of = |part: &'l str| {
            let part = part.trim().trim_end_matches('.');
            if part.matches('(').count() != part.matches(')').count() {
                None
            } else if is_whole_date(part) {
                Some(part)
            } else {
                split_end_date(part).map(|(_, date)| date)
            }
        };
        if let Some(date) = line.split(dash).find_map(date_of).filter(|_| !is_whole_date(line)) {
            return Some(date);
        }
    }
    let sentence = line.trim_end_matches('.');
    let at =
        BEFORE_DATES.iter().filter_map(|word| Some((sentence.rfind(word)?, word.len()))).max()?;
    let (before, date) = (sentence.get(..at.0)?, sentence.get(at.0 + at.1..)?);
    let is_made = MADE.iter().any(|word| sentence.contains(word));
    (is_made && !before.is_empty() && is_whole_date(date)).then_some(date.trim())
}
