//! The words of a filter that may be those of a date.

use crate::record::date::text;

/// The highest number of words in a date, as in `July 12, 1943 to August 1, 1945`.
const MAX_DATE_WORDS: usize = 8;

/// The most letters of a word in a date.
const MAX_WORD_LETTERS: usize = 64;

/// The most words that are looked at for a date.
const MAX_OPERAND_WORDS: usize = 32;

/// The most bytes that are looked at for a date. A filter may be longer by far.
const MAX_OPERAND_BYTES: usize = 1 << 10;

/// Returns the beginning of a text in which the words of a date may stand: up to an operator or a bracket.
pub(super) fn operand_text(text: &str, is_in_brackets: bool) -> &str {
    let mut end = 0;
    let is_gap = |letter: char| letter.is_whitespace() || letter == '|';
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let near = (0..=MAX_OPERAND_BYTES.min(text.len())).rfind(is_boundary).unwrap_or(0);
    let (near, _) = text.split_at(near);
    // The AND in "between 1861 AND 1863" is no operator.
    let mut may_join = text::is_between(near.split(is_gap).next().unwrap_or_default());
    for (index, word) in near.split_inclusive(is_gap).take(MAX_OPERAND_WORDS).enumerate() {
        let is_joiner = may_join && index > 1 && word.trim_end() == "AND";
        may_join &= !is_joiner;
        let is_operator = !is_joiner && ["AND", "OR", "NOT"].contains(&word.trim_end());
        let is_end =
            |(at, sign): &(usize, &str)| *sign == "|" || is_in_brackets || (*at == 0 && end > 0);
        let bracket = word.match_indices(['(', ')', '|']).find(is_end).map(|(at, _)| at);
        if let (false, None) = (is_operator && end > 0, bracket) {
            end += word.len();
            continue;
        }
        end += bracket.unwrap_or(0);
        break;
    }
    text.get(..end).unwrap_or(text)
}

/// Returns the byte positions where the words of a text end, up to the first word that cannot be
/// part of a date.
pub(super) fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut end = 0;
    while ends.len() < MAX_DATE_WORDS {
        let Some(rest) = text.get(end..).filter(|rest| !rest.is_empty()) else { break };
        let spaces = rest.len() - rest.trim_start().len();
        let word = first_word(rest.trim_start());
        let is_first = ends.is_empty();
        if word.is_empty() || is_first && spaces > 0 || !is_first && is_operator(word) {
            break;
        }
        end += spaces + word.len();
        ends.push(end);
    }
    ends
}

/// Returns the first word of a text; nothing if it is longer than those of dates.
pub(super) fn first_word(text: &str) -> &str {
    let beginning = text.char_indices().take(MAX_WORD_LETTERS);
    let end = beginning.clone().find(|(_, letter)| letter.is_whitespace());
    match end {
        Some((end, _)) => text.get(..end).unwrap_or(""),
        None if beginning.count() < MAX_WORD_LETTERS => text,
        None => "",
    }
}

/// Whether a word cannot be part of a date, because it has an operator or a field name.
fn is_operator(word: &str) -> bool {
    word.len() > 1 && word.starts_with(['-', '!', '\'', '^', '~', '=', '"'])
        || word.starts_with('|')
        || word.contains(':')
}
