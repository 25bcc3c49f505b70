//! Dates behind `date:` that are not whole: where they end, and what is missing.

use super::date_filter::{
    CIRCA_WORDS, is_digits, is_month, is_ordinal, longest_number, may_begin_month,
};
use super::date_phrases::is_comparison;

/// Returns the byte position where a date without its year ends, which may become any date: `July`,
/// `19`, `12 Ju`, `after July 12, 19`.
pub(super) fn end_of_unfinished_date(text: &str, ends: &[usize]) -> Option<usize> {
    let words: Vec<&str> = text.split_whitespace().take(ends.len()).collect();
    let may_be_month = |word: &&str| may_begin_month(word.trim_end_matches(['.', ',']));
    let is_short_number = |word: &&str| {
        (1..4).contains(&longest_number(word)) && is_digits(word.trim_end_matches([',', '.']))
    };
    let start = usize::from(words.first().is_some_and(|word| is_date_modifier(word)));
    let count = match (words.get(start), words.get(start + 1)) {
        (Some(day), Some(name))
            if is_short_number(day) && longest_number(day) <= 2 && may_be_month(name) =>
        {
            2
        }
        (Some(name), _) if is_month(name) || start > 0 && may_be_month(name) => 1,
        (Some(day), _) if may_be_day(day) => 1,
        _ => return None,
    };
    let numbers = words.iter().skip(start + count).take_while(|word| is_short_number(word));
    ends.get(start + count + numbers.count() - 1).copied()
}

/// Whether a word modifies the date after it: a comparison or `circa`.
fn is_date_modifier(word: &str) -> bool {
    let word = word.strip_prefix('=').unwrap_or(word);
    is_comparison(word) || CIRCA_WORDS.iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether a number may be a day of a month.
fn may_be_day(word: &str) -> bool {
    let number = word.trim_end_matches([',', '.']).parse::<u8>();
    number.is_ok_and(|number| (1..=31).contains(&number))
}

/// Returns why a text after `date:` is ignored.
pub(super) fn why_ignored(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or("");
    if text.is_empty() {
        "date: needs a date, such as 1945, July 1945, 1943..1945, before 1950 or undated".to_owned()
    } else if is_comparison(first) {
        format!("“{text}” needs a date, such as {first} 1945")
    } else if is_ordinal(first) {
        format!("“{first}” needs a month or “century”")
    } else if may_begin_month(first) || is_digits(first.trim_end_matches(',')) {
        let whole = if is_month(first) {
            format!("{first} 1945")
        } else {
            "1945 or 12 July 1945".to_owned()
        };
        format!("“{text}” needs a year, such as {whole}")
    } else {
        format!(
            "“{text}” is not a date: try 1945, July 1945, 1943..1945, 1940s, before 1950 or undated"
        )
    }
}
