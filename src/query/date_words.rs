//! The words of a filter that may be those of a date.

/// The highest number of words in a date, as in `July 12, 1943 to August 1, 1945`.
const MAX_DATE_WORDS: usize = 8;
/// The most letters of a word in a date.
const MAX_WORD_LETTERS: usize = 64;

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
