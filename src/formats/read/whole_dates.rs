//! Dates that are a whole line, a whole part of a line, or the end of a title.

use crate::formats::field_names::{is_recent, names_day_of_keeping};
use crate::formats::read::html::names_street;
use crate::record::date::text;
use crate::record::date::{DateSpan, Precision};
use crate::record::{Date, ParsedDate};

/// Longer texts are no dates, in bytes.
const MAX_DATE_BYTES: usize = 60;

/// Signs between the parts of a line: `MS 41-7 · Item · 12 July 1945`.
pub(super) const PART_SEPARATORS: [char; 7] = ['·', '|', '•', '‧', '∙', '\t', '¦'];

/// Whether a text is a date and nothing else, with a year. A number that is no year is none.
pub(super) fn is_whole_date(text: &str) -> bool {
    let text = text.trim().trim_end_matches([',', ';']);
    let is_date = |parsed: ParsedDate| match parsed {
        ParsedDate::Span(span) => has_year(text) || is_century(text, span),
        _ => false,
    };
    let may_be_date = text.len() <= MAX_DATE_BYTES && !text.contains(PART_SEPARATORS);
    may_be_date && text::parse_whole_line(text).is_some_and(is_date) && !is_day_of_keeping(text)
}

/// Whether a text is a number and a word for a century: `19. Jh.`, `19th century`, `XXe siècle`.
fn is_century(text: &str, span: DateSpan) -> bool {
    let number: String = text.chars().filter(char::is_ascii_digit).collect();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    span.start_precision == Precision::Century
        && span.end_precision == Precision::Century
        && !span.doubtful
        && ((1..=2).contains(&number.len()) || (number.is_empty() && has_roman_number(text)))
        && letters > 1
}

/// Whether a word of a text is a Roman number of several letters, perhaps with its ending: `XX`, `XIXe`.
fn has_roman_number(text: &str) -> bool {
    let is_number = |word: &str| {
        let end = word.find(|letter: char| !"IVX".contains(letter)).unwrap_or(word.len());
        let ending = word.get(end..).unwrap_or_default().trim_end_matches('.');
        end > 1 && ["", "e", "ème", "th", "°", "º"].contains(&ending)
    };
    text.split_whitespace().any(is_number)
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

/// Splits a title that ends with words for no date: `Photographs, undated`, `Recipes (n.d.)`. Words that may mean
/// something else, such as “unknown”, are none.
pub(super) fn split_end_undated(title: &str) -> Option<(&str, &str)> {
    let in_brackets = || title.strip_suffix([')', ']'])?.rsplit_once(['(', '[']);
    let (before, end) = in_brackets().or_else(|| title.rsplit_once(", "))?;
    let is_stated = says_undated(end) && is_undated(end) && !before.trim().is_empty();
    is_stated.then(|| (before.trim(), end.trim()))
}

/// Whether a text is a day of keeping, of a system or of closing, and not of a document: `Added 3 May 2014`,
/// `Closed until 2044`. What was posted is a document before programs wrote their days.
pub(super) fn is_day_of_keeping(line: &str) -> bool {
    let at = line.find(|letter: char| letter.is_ascii_digit()).unwrap_or(line.len());
    let Some((mut lead, mut day)) = line.split_at_checked(at) else { return false };
    // The month may stand before the day: `Added July 12, 2014`.
    let month = lead.trim_end().rsplit_once(' ').filter(|(_, last)| text::is_month_prefix(last));
    if let Some((before, last)) = month {
        day = line.get(last.as_ptr().addr() - line.as_ptr().addr()..).unwrap_or(day);
        lead = before;
    }
    let is_posted = |lead: &str| {
        let word = lead.split_whitespace().next().unwrap_or("").trim_end_matches(':');
        let has_no_other = lead.split_whitespace().skip(1).all(|word| word == "on");
        word.eq_ignore_ascii_case("posted") && has_no_other
    };
    !day.is_empty() && (names_day_of_keeping(lead) || (is_posted(lead) && is_recent(day.trim())))
}

/// Whether a text that means no date can mean nothing else: “unknown” may be a person.
pub(super) fn says_undated(text: &str) -> bool {
    text.contains('.') || text.to_lowercase().contains("dat")
}

/// The most words of a place before a date.
const MAX_PLACE_WORDS: usize = 3;

/// Splits a text that is a place and a date, or a date and a place: `Brackwell, 12.07.1945`, `o. O., 1902`,
/// `1902, Orla`, `1902 (Orla)`. What changes the date is no place: `Friday, 12 July 1945`, `Spring, 1945`.
pub(super) fn split_place(text: &str) -> Option<(&str, &str)> {
    let at_comma = |at: usize| Some((text.get(..at)?.trim(), text.get(at + 1..)?.trim()));
    let commas = || text.match_indices(',').filter_map(move |(at, _)| at_comma(at));
    let in_brackets =
        || text.strip_suffix(')')?.split_once('(').map(|(date, place)| (place.trim(), date.trim()));
    let is_split = |(place, date): &(&str, &str)| is_place_of_date(text, place, date);
    let behind = |(date, place)| (place, date);
    let found = commas().find(is_split);
    let is_behind = |(place, date): &(&str, &str)| is_named(place) && !is_address(date, place);
    let found = found.or_else(|| commas().map(behind).filter(is_behind).find(is_split));
    found.or_else(|| in_brackets().filter(|(place, _)| is_named(place)).filter(is_split))
}

/// Whether a text begins as names do.
fn is_named(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

/// Whether a number and the name of a street behind it are an address: `2000, Orla Road`.
fn is_address(number: &str, street: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit()) && names_street(street)
}

/// Whether a part of a text is a place, and the other one a date, which does not change with it.
fn is_place_of_date(text: &str, place: &str, date: &str) -> bool {
    let is_place_part = |part: &str| {
        part.split_whitespace().count() <= MAX_PLACE_WORDS
            && part.chars().any(char::is_alphabetic)
            && !part.contains(|letter: char| letter.is_ascii_digit() || "()[]:".contains(letter))
            && !is_weekday(part)
    };
    let changes_nothing = || {
        text::parse_whole_line(text).is_none_or(|whole| Some(whole) == text::parse_whole_line(date))
    };
    is_plain_date(date) && place.split(',').all(is_place_part) && changes_nothing()
}

/// Whether a text is a date in a few words, each of which is a number, a month, or says how sure it is.
fn is_plain_date(text: &str) -> bool {
    is_whole_date(text) && !text.contains(['(', ')', ',']) && has_only_words_of_dates(text)
}

/// Whether each word of a text is a number, a month, or says how sure a date is.
pub(super) fn has_only_words_of_dates(text: &str) -> bool {
    const OTHER_WORDS: [&str; 19] = [
        "ca.", "ca", "circa", "c.", "um", "vers", "about", "before", "after", "vor", "nach", "–",
        "im", "in", "en", "on", "le", "am", "den",
    ];
    let is_of_date = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_digit())
            || text::is_month_prefix(word.trim_end_matches(['.', ',']))
            || OTHER_WORDS.contains(&word.to_lowercase().as_str())
    };
    text.split_whitespace().all(is_of_date)
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

/// Splits a title that begins with words for no date: `n.d.: Recipes`.
pub(super) fn split_start_undated(title: &str) -> Option<(&str, &str)> {
    let (words, rest) = title.split_once([':', ','])?;
    let is_stated = says_undated(words) && is_undated(words) && !rest.trim().is_empty();
    is_stated.then(|| (words.trim(), rest.trim()))
}

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
    let mut ends = text.match_indices(')').map(|(at, _)| at).peekable();
    let mut brackets = text.match_indices('(').map_while(|(at, _)| {
        while ends.next_if(|end| *end < at).is_some() {}
        let inside = text.get(at + 1..*ends.peek()?)?;
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
    // More words are no name.
    let first = before.split_whitespace().rev().nth(MAX_NAME_WORDS);
    let start = first.map_or(0, |word| word.as_ptr().addr() - before.as_ptr().addr());
    let before = before.get(start..).unwrap_or(before);
    // `Keller, Anna (1880-1950), Weidl, Jonas (1871-1945)`
    let name = before.rsplit([';', '|', '·', '/', ')']).next().unwrap_or(before);
    let name = name.trim_matches([',', ' ', '&']);
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
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > MAX_LINE_WORDS || is_day_of_keeping(line) {
        return None;
    }
    let mut found: Option<&str> = None;
    let mut from = 0;
    while from < words.len() {
        let day = day_of_words(line, &words, from);
        // `Issue 1890, 7 March 1911`: the number before the day is no year if another is behind it.
        let day = day.filter(|(text, _)| {
            let has_next = || day_of_words(line, &words, from + 1).is_some();
            !(starts_with_year(text) && has_next())
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

/// The most words of a date at the end of a line.
const MAX_END_WORDS: usize = 4;

/// Returns the longest end of a text that is a date, with what says how sure it is: `ca. 1911`, `[1911]`. A year
/// alone counts, too.
pub(super) fn date_at_end(text: &str) -> Option<&str> {
    let starts = text.match_indices(' ').map(|(at, _)| at + 1).rev().take(MAX_END_WORDS);
    let ends: Vec<&str> = starts.filter_map(|at| text.get(at..)).collect();
    let is_lead = |word: &str| ["in", "im", "on", "en", "le", "am", "den"].contains(&word);
    ends.into_iter().rev().find(|end| {
        let first = end.split(' ').next().unwrap_or("");
        let inside = end.strip_prefix('[').and_then(|end| end.strip_suffix(']'));
        let words = inside.unwrap_or(end);
        !is_lead(first) && has_only_words_of_dates(words) && is_whole_date(end)
    })
}

/// Returns the day that begins with a word of a line, and the number of its words.
fn day_of_words<'l>(line: &'l str, words: &[&str], from: usize) -> Option<(&'l str, usize)> {
    let starts = |word: &str| word.as_ptr().addr() - line.as_ptr().addr();
    DAY_WORDS.rev().find_map(|length| {
        let (first, last) = (words.get(from)?, words.get(from + length - 1)?);
        let text = line.get(starts(first)..starts(last) + last.len())?;
        let text = text.trim_end_matches([',', '.', ';']);
        let has_month = text.split_whitespace().any(|word| word.chars().any(char::is_alphabetic));
        let has_bracket = text.contains(['(', ')', '[', ']', ':']);
        (has_month
            && !has_bracket
            && is_whole_date(text)
            && is_one_day(text)
            && !has_number_behind_date(text))
        .then_some((text, length))
    })
}

/// Whether a text is a day and a number that counts something else: `12 July 1945, 2` of `12 July 1945, 2 leaves`.
fn has_number_behind_date(text: &str) -> bool {
    let split = text.rsplit_once(' ');
    split.is_some_and(|(date, number)| {
        let date = date.trim_end_matches([',', '.', ';']);
        let is_number = number.len() < 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number && is_whole_date(date) && is_one_day(date)
    })
}

/// The longest word for extent that is cut short, with its full stop: `Bl.`, `pp.`
const MAX_EXTENT_CHARS: usize = 4;

/// Whether a text ends with a number and a word that is cut short: `12 July 1945, 3 Bl.`
pub(super) fn ends_with_extent(text: &str) -> bool {
    let mut words = text.split_whitespace().rev();
    let is_short = |word: &str| word.ends_with('.') && word.chars().count() <= MAX_EXTENT_CHARS;
    words.next().is_some_and(is_short)
        && words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the first word of a text is a year.
fn starts_with_year(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("").trim_end_matches([',', '.']);
    first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text means one day.
fn is_one_day(text: &str) -> bool {
    match text::parse_whole_line(text) {
        Some(ParsedDate::Span(span)) => span.earliest == span.latest,
        _ => false,
    }
}

/// Whether a date is a day or a range, so that a dash beside it begins no range.
pub(super) fn is_certain_end(date: &str) -> bool {
    let is_range = || date.contains(['-', '–', '—']) && has_only_words_of_dates(date);
    is_whole_date(date) && (is_one_day(date) || is_range())
}

/// Dashes between the parts of a line, and between the ends of a range.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// The most words of the first date of a range.
const MAX_BEGIN_WORDS: usize = 4;

/// Returns the range of dates with which a line ends: `This item was created: 1902 - 1907`. A number alone before the
/// dash is the first day only behind a colon.
fn range_at_end(line: &str) -> Option<&str> {
    let (at, dash) = DASHES.iter().filter_map(|dash| Some((line.rfind(dash)?, dash))).max()?;
    let (before, end) = (line.get(..at)?, line.get(at + dash.len()..)?);
    if !is_whole_date(end) || !has_only_words_of_dates(end) {
        return None;
    }
    let words = before.match_indices(' ').map(|(at, _)| at + 1).rev().take(MAX_BEGIN_WORDS);
    let starts: Vec<usize> = words.collect();
    starts.into_iter().rev().find_map(|start| {
        let (lead, begin) = before.split_at_checked(start)?;
        let is_number = begin.len() <= 2 && begin.bytes().all(|byte| byte.is_ascii_digit());
        let is_day = is_number && lead.trim_end().ends_with(':');
        let range = line.get(start..)?;
        let is_begin = has_only_words_of_dates(begin)
            && (is_whole_date(begin) || is_day_and_month(begin) || is_day);
        (is_begin && is_whole_date(range)).then_some(range)
    })
}

/// Whether a text is a day and a month without a year: `12 July`, `July 12`.
pub(super) fn is_day_and_month(text: &str) -> bool {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_by_key(|word| !word.starts_with(|letter: char| letter.is_ascii_digit()));
    matches!(words.as_slice(), [day, month]
        if day.starts_with(|letter: char| letter.is_ascii_digit()) && text::is_month_prefix(month.trim_end_matches('.')))
}

/// Returns the date that a line has among other things: `A Welin - Orla Review, 1981 - review.example`, or
/// `This item was created on July 12, 1945.`
pub(super) fn date_in_line<'l>(line: &'l str) -> Option<&'l str> {
    const MADE: [&str; 5] = ["created", "produced", "written", "dated", "time period"];
    const BEFORE_DATES: [&str; 5] = [" on ", " in ", " period ", " between ", ": "];
    if line.split_whitespace().count() > MAX_LINE_WORDS || is_day_of_keeping(line) {
        return None;
    }
    // A statement of extent may end with a full stop: `Lindau, 12.07.1945. - 2 Bl.`
    if let Some(range) = range_at_end(line.trim_end_matches('.')) {
        return Some(range);
    }
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
        let parts: Vec<&str> = line.split(dash).collect();
        let found = parts.iter().enumerate().find_map(|(at, part)| Some((at, date_of(part)?)));
        if let Some((at, date)) = found.filter(|_| !is_whole_date(line)) {
            let next = parts.get(at + 1).map_or("", |next| next.trim());
            // `Orla Review, 1902 - 1907 - review.example`: what is only the first date of a range is no date.
            let is_date = is_whole_date(next) && has_only_words_of_dates(next);
            if !starts_with_year(next) && !is_date {
                return Some(date);
            }
            let from = date.as_ptr().addr() - line.as_ptr().addr();
            let range = line.get(from..from + date.len() + dash.len() + next.len());
            return range.filter(|range| is_whole_date(range) && is_whole_date(next));
        }
    }
    let sentence = line.trim_end_matches('.');
    let at =
        BEFORE_DATES.iter().filter_map(|word| Some((sentence.rfind(word)?, word.len()))).max()?;
    let (before, date) = (sentence.get(..at.0)?, sentence.get(at.0 + at.1..)?);
    let is_made = MADE.iter().any(|word| sentence.contains(word));
    (is_made && !before.is_empty() && is_whole_date(date)).then_some(date.trim())
}
