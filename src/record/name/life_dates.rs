//! Finds life dates in the parts of a name: `active 1783-1790`, `d. 1701?`, `8th century B.C.`

use super::words::{WORDS, is_initials, key};

/// Signs that stand in and around dates.
const DATE_SIGNS: &str = " -–—−/?~.()[],;:*†+×'’&";

/// Whether a text consists of dates of life.
pub(super) fn is_life_dates(text: &str) -> bool {
    let (mut has_digit, mut has_year, mut has_century, mut has_roman) =
        (false, text.contains("--") || text.contains("??"), false, false);
    let mut rest = text;
    let mut follows_digit = false;
    while let Some(letter) = rest.chars().next() {
        if letter.is_numeric() {
            let length = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
            (has_digit, has_year) = (true, has_year || length >= 3);
            rest = rest.get(length..).unwrap_or("");
            follows_digit = true;
            continue;
        }
        let is_word_letter = |c: char| c.is_alphabetic() || "'’".contains(c);
        let length = rest.find(|c: char| !is_word_letter(c)).unwrap_or(rest.len());
        if length == 0 || !letter.is_alphabetic() {
            if !DATE_SIGNS.contains(letter) {
                return false;
            }
            rest = rest.get(letter.len_utf8()..).unwrap_or("");
            follows_digit = false;
            continue;
        }
        // `B.C.` is one word; a full stop inside counts as part of it.
        let word = word_with_stops(rest, length);
        rest = rest.get(word.len()..).unwrap_or("");
        let folded = key(word).replace(' ', "");
        let is_ordinal = follows_digit && folded.chars().count() <= 3;
        let is_roman = folded.chars().all(|c| "ivxe".contains(c));
        has_century |= WORDS.century_words.has(&folded);
        has_roman |= is_roman && folded.len() > 1;
        if !is_ordinal && !is_roman && !WORDS.date_words.has(&folded) {
            return false;
        }
        follows_digit = false;
    }
    (has_digit && (has_year || has_century)) || (has_roman && has_century)
}

/// Returns the word at the beginning, with single letters behind its full stops: `B.C.`
fn word_with_stops(text: &str, length: usize) -> &str {
    let mut end = length;
    loop {
        let rest = text.get(end..).unwrap_or("");
        let mut chars = rest.chars();
        let (stop, letter, after) = (chars.next(), chars.next(), chars.next());
        let is_letter =
            letter.is_some_and(char::is_alphabetic) && !after.is_some_and(char::is_alphanumeric);
        match letter {
            Some(letter) if stop == Some('.') && is_letter => end += 1 + letter.len_utf8(),
            _ => return text.get(..end).unwrap_or(text),
        }
    }
}

/// The longest text that is looked at as dates of life, in bytes.
const MAX_DATES_BYTES: usize = 100;

/// Splits dates off the end of a part: `Abraham 1809-1865`, `Victor (1802-1885)`. The dates are empty if
/// there are none. A single year counts only in brackets behind given names (`any_year`).
pub(super) fn split_trailing_dates(part: &str, any_year: bool) -> (&str, &str) {
    let part = part.trim();
    if let Some(open) = part.rfind('(').filter(|_| part.ends_with(')')) {
        let (before, dates) = part.split_at(open);
        let dates = dates.trim_matches(['(', ')', ' ']);
        let first = dates.split([';', ',']).next().unwrap_or("").trim();
        if has_name(before) && is_life_dates(first) && (any_year || is_span(first)) {
            return (before.trim_end(), dates);
        }
        return (part, "");
    }
    let starts = part.char_indices().filter(|(_, letter)| letter.is_whitespace());
    for (at, _) in starts {
        let (before, dates) = part.split_at(at);
        let dates = dates.trim();
        let has_word = any_year && dates.starts_with(|c: char| !c.is_numeric());
        // A capital letter begins a given name: `Anna May 1900-1970`.
        let begins = || is_life_dates(dates) && (is_span(dates) || has_word);
        let may_begin = dates.len() <= MAX_DATES_BYTES && !dates.starts_with(char::is_uppercase);
        if may_begin && begins() && has_name(before) {
            return (before.trim_end(), dates);
        }
    }
    (part, "")
}

/// Whether a text is the initials of given names with dates of life behind them: `J. (1850-1900)`, `D. 1850-1900`. In
/// `D. 1900` the letter means *died*.
pub(super) fn has_initials_before_dates(part: &str) -> bool {
    let is_initial = |word: &&str| word.starts_with(char::is_uppercase) && is_initials(word);
    let count = part.split_whitespace().take_while(is_initial).count();
    let dates = part.splitn(count + 1, char::is_whitespace).nth(count).unwrap_or("").trim();
    count > 0
        && is_life_dates(dates)
        && (dates.starts_with('(') || dates.contains(['-', '–', '—', '†']))
}

/// Whether a text before dates can be a name.
pub(super) fn has_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether a text is more than one year: it has a dash, or a word such as `born`.
fn is_span(text: &str) -> bool {
    let has_word = text.chars().next().is_some_and(char::is_alphabetic);
    let has_year = text.chars().filter(|letter| letter.is_numeric()).count() >= 4;
    has_year && (has_word || text.contains(['-', '–', '—', '*', '†', '?']))
}
