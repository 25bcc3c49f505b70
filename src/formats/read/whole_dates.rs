//! Dates that are a whole line, a whole part of a line, or the end of a title.

use crate::record::ParsedDate;
use crate::record::date::text;

/// Longer texts are no dates, in bytes.
const MAX_DATE_BYTES: usize = 60;

/// Signs between the parts of a line: `MS 41-7 · Item · 12 July 1945`.
pub(super) const PART_SEPARATORS: [char; 7] = ['·', '|', '•', '‧', '∙', '\t', '¦'];

/// Whether a text is a date and nothing else, with a year. A number that is no year is none.
pub(super) fn is_whole_date(text: &str) -> bool {
    let text = text.trim().trim_end_matches([',', ';']);
    text.len() <= MAX_DATE_BYTES
        && has_year(text)
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
    let is_day = |number: &str| number.len() == 8 && text.len() == 8;
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

/// Returns the text in round brackets that is a date: `Journal, Vol. 4, No. 1 (Mar., 1978), pp. 7-41`.
pub(super) fn date_in_brackets(text: &str) -> Option<&str> {
    let parts = text.split('(').skip(1).filter_map(|part| part.split_once(')'));
    parts.map(|(inside, _)| inside.trim()).find(|inside| is_whole_date(inside))
}

/// The longest line with a date among other things, in words.
const MAX_LINE_WORDS: usize = 30;

/// Returns the date that a line has among other things: `A Welin - Orla Review, 1981 - review.example`, or
/// `This item was created on July 12, 1945.`
pub(super) fn date_in_line<'l>(line: &'l str) -> Option<&'l str> {
    const DASHES: [&str; 3] = [" - ", " – ", " — "];
    const MADE: [&str; 5] = ["created", "produced", "written", "dated", "time period"];
    const BEFORE_DATES: [&str; 4] = [" on ", " in ", " period ", " between "];
    if line.split_whitespace().count() > MAX_LINE_WORDS {
        return None;
    }
    let is_sentence = line.ends_with(['.', '…']);
    for dash in DASHES.into_iter().filter(|dash| line.contains(dash) && !is_sentence) {
        let date_of = |part: &'l str| {
            let part = part.trim();
            if is_whole_date(part) {
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
