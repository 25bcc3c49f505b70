//! Where the date of a line in a typed list ends.

use crate::formats::read::html::is_reference;
use crate::formats::read::whole_dates::{
    is_undated, is_weekday, says_undated, split_place, split_start_date,
};
use crate::record::date::text::{self, is_month_prefix};
use crate::record::{Date, DateSpan, Precision};

/// What stands between a date and a title.
pub(super) const SEPARATORS: [&str; 7] = [" - ", " – ", " — ", " -- ", "\t", ": ", " | "];

/// What stands between a date and a title in lines without another separator.
pub(super) const COMMA: &str = ", ";

/// Shorter words may be parts of a date: `to`, `BC`.
const MIN_FOREIGN_CHARS: usize = 3;

/// Words in place of a date, in lower case.
const UNDATED: [&str; 14] = [
    "undated",
    "n.d.",
    "n. d.",
    "nd",
    "no date",
    "s.d.",
    "s. d.",
    "sans date",
    "o.d.",
    "o. d.",
    "ohne datum",
    "undatiert",
    "senza data",
    "sin fecha",
];

/// The longest text of a date, in bytes.
const MAX_DATE_BYTES: usize = 60;

/// Where the dates stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DatePlace {
    First,
    Last,
    /// Between commas: `Keller to Weidl, 12 July 1945, letter`.
    Among,
}

/// Returns the part of a line before the first separator.
pub(super) fn before_separator(line: &str) -> &str {
    let ends = SEPARATORS.iter().filter_map(|separator| line.find(separator));
    ends.min().and_then(|end| line.get(..end)).unwrap_or(line).trim()
}

/// Returns the part of a line before the first comma.
pub(super) fn before_comma(line: &str) -> &str {
    line.split(COMMA).next().unwrap_or(line).trim()
}

/// Whether a text is a date, or says that a document has no date.
pub(super) fn is_date(text: &str) -> bool {
    let bare = text.trim_matches(['[', ']', '(', ')']).to_lowercase();
    if UNDATED.contains(&bare.as_str()) {
        return true;
    }
    // Lines of a log have times with seconds.
    let is_short =
        !text.is_empty() && text.len() <= MAX_DATE_BYTES && text.matches(':').count() < 2;
    let has_number = text.bytes().filter(u8::is_ascii_digit).count() >= 3;
    is_short && has_number && {
        let date = Date::parse(text);
        let words = text.split_whitespace().count();
        date.span().is_some()
            && (!date.parsed.is_doubtful() || words == 1)
            && has_only_words_of_date(text)
    }
}

/// Whether each word of a date belongs to it, or to a place that commas or brackets part from it. The names behind a
/// date are those of a title: `12 July 1945 Keller to Weidl`.
fn has_only_words_of_date(text: &str) -> bool {
    let is_day_of = |text: &str| text::parse_whole_line(text).is_some();
    is_day_of(text) || split_place(text).is_some_and(|(_, date)| is_day_of(date))
}

/// The longest text with the dates of a line, in bytes.
const MAX_DATES_BYTES: usize = 500;

/// Whether all parts of a date between separators are dates: `12 - 14 July 1945`, and not `MS 41/7 - 1945`.
pub(super) fn has_dates_only(text: &str) -> bool {
    if text.len() > MAX_DATES_BYTES {
        return false;
    }
    let mut parts = vec![text];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    let is_part = |part: &str| {
        let has_year = part.split(|it: char| !it.is_ascii_digit()).any(|run| run.len() == 4);
        part.starts_with(|it: char| it.is_ascii_digit() || "[(".contains(it))
            || (has_year && is_date(part))
    };
    parts.len() == 1 || parts.into_iter().all(|part| is_part(part.trim()))
}

/// Splits a line at one of these separators so that the date is the longest that fits.
pub(super) fn longest_date<'t>(
    text: &'t str,
    separators: &[&str],
    place: DatePlace,
) -> Option<(&'t str, &'t str)> {
    let splits = separators.iter().flat_map(|separator| {
        text.match_indices(separator).map(move |(at, found)| (at, at + found.len()))
    });
    let mut splits: Vec<(usize, usize)> = splits.collect();
    splits.sort_unstable();
    let sides = splits.iter().filter_map(|(end, start)| {
        let (before, after) = (text.get(..*end)?.trim(), text.get(*start..)?.trim());
        Some(match place {
            DatePlace::First => (before, after),
            DatePlace::Last | DatePlace::Among => (after, before),
        })
    });
    let fits = |(date, title): &(&str, &str)| {
        has_dates_only(date)
            && is_date(date)
            && !has_foreign_part(date)
            && title.chars().any(char::is_alphabetic)
    };
    // A date may have a separator inside: the longest one counts.
    let mut fitting: Vec<(&str, &str)> = sides.filter(fits).collect();
    fitting.sort_by_key(|(date, _)| {
        // Words before a comma may be those of the title: `Brief, 12. Juli 1945`.
        let is_wordy = place == DatePlace::Last && is_wordy(date);
        (is_wordy, std::cmp::Reverse(date.len()))
    });
    fitting.first().copied()
}

/// Splits a line such as `July 12, 1945, Keller to Weidl, letter` into the date at its start and the rest. The date ends
/// before the first part between commas that belongs to no date.
pub(super) fn date_before_comma(text: &str) -> Option<(&str, &str)> {
    let mut found: Option<(&str, &str)> = None;
    for (at, comma) in text.match_indices(COMMA) {
        let (date, title) = (text.get(..at)?.trim(), text.get(at + comma.len()..)?.trim());
        if !has_dates_only(date) || !is_date(date) || is_wordy(date) || has_foreign_part(date) {
            if found.is_some() {
                break;
            }
            continue;
        }
        if title.chars().any(char::is_alphabetic) {
            found = Some((date, title));
        }
    }
    found
}

/// Whether a date begins with words and a comma, such as the name of a place, and no weekday.
fn is_wordy(date: &str) -> bool {
    date.split_once(COMMA).is_some_and(|(first, _)| {
        !first.contains(|letter: char| letter.is_ascii_digit()) && !is_weekday(first)
    })
}

/// Whether a part behind the first comma of a date has neither a number nor a month, so that it is no part of the date:
/// `12 July 1945, Keller to Weidl`.
pub(super) fn has_foreign_part(date: &str) -> bool {
    let is_of_date = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_short = word.chars().count() < MIN_FOREIGN_CHARS;
        word.contains(|letter: char| letter.is_ascii_digit())
            || is_short
            || is_month_prefix(word)
            || is_weekday(word)
    };
    let parts: Vec<&str> = date.split(COMMA).collect();
    let has_number = |part: &&str| part.contains(|letter: char| letter.is_ascii_digit());
    let first = parts.iter().position(has_number).unwrap_or(0);
    parts
        .iter()
        .skip(first + 1)
        .any(|part| is_reference(part.trim()) || !part.split_whitespace().all(is_of_date))
}

/// Splits a line that ends with a date in brackets: `Letter to Weidl (12 July 1945)`.
pub(super) fn date_in_end_brackets(line: &str) -> Option<(&str, &str)> {
    let closed = [(')', '('), (']', '[')].into_iter();
    let mut split = closed.filter_map(|(close, open)| {
        line.strip_suffix(close).and_then(|inner| inner.rsplit_once(open))
    });
    let (title, date) = split.next()?;
    let title = title.trim_end().trim_end_matches(',');
    (is_date(date) && title.chars().any(char::is_alphabetic)).then_some((title, date.trim()))
}

/// Splits a line such as `12 July 1945 Keller to Weidl, on rye` into the day at its start and the words behind it.
pub(super) fn day_before_words(line: &str) -> Option<(&str, &str)> {
    let (date, title) = split_start_date(line)?;
    let is_day = |span: &DateSpan| span.start_precision == Precision::Day && !span.doubtful;
    let is_named =
        title.starts_with(|letter: char| letter.is_uppercase() || !letter.is_alphabetic());
    (is_named && is_date(date) && Date::parse(date).span().as_ref().is_some_and(is_day))
        .then_some((date, title))
}

/// Splits a line such as `March 1944 Roth to Weidl` or `n.d. Roth to Weidl` into what stands for its date and the words behind
/// it.
pub(super) fn date_before_words(line: &str) -> Option<(&str, &str)> {
    let undated = || {
        let ends = line.match_indices(' ').map(|(at, _)| at).take(MAX_UNDATED_WORDS);
        let mut splits = ends.filter_map(|at| Some((line.get(..at)?, line.get(at..)?.trim())));
        splits.find(|(words, _)| {
            let bare = words.trim_matches(['[', ']', '(', ')', ':', ',']).to_lowercase();
            UNDATED.contains(&bare.as_str())
        })
    };
    let (date, title) = split_start_date(line).or_else(undated)?;
    let is_named =
        title.starts_with(|letter: char| letter.is_uppercase() || !letter.is_alphabetic());
    (is_named && title.chars().any(char::is_alphabetic)).then_some((date, title))
}

/// Whether a line says somewhere that there is no date: `Letter without date - Keller to Weidl`.
pub(super) fn mentions_no_date(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let says_so = |words: &[&str]| {
        let text = words.join(" ").to_lowercase();
        let text = text.trim_matches(['[', ']', '(', ')', ':', ',', ';']);
        UNDATED.contains(&text) || (says_undated(text) && is_undated(text))
    };
    (1..=MAX_UNDATED_WORDS).any(|count| words.windows(count).any(says_so))
}

/// The most words that say that there is no date.
const MAX_UNDATED_WORDS: usize = 2;
