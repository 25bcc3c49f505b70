//! Words in values that an index keeps whole, as a regular expression. Both engines have those of Lucene, which fit whole values.

use std::fmt::Write as _;

use crate::query::Phrase;

/// What stands between words.
const BETWEEN: &str = r#"[ ,.;:()\-\/'"]"#;

/// Returns the expression that fits the values with the words of a phrase, in small or capital letters.
pub(super) fn value_pattern(phrase: &Phrase, is_prefix: bool) -> String {
    let words: Vec<String> = phrase.words.iter().map(|word| any_case(&word.letters)).collect();
    let words = words.join(&format!("{BETWEEN}+"));
    let start = if phrase.at_start { String::new() } else { format!("(.*{BETWEEN})?") };
    let end = match (is_prefix, phrase.at_end) {
        (true, _) => ".*".to_owned(),
        (false, true) => String::new(),
        (false, false) => format!("({BETWEEN}.*)?"),
    };
    format!("{start}{words}{end}")
}

/// Returns the expression of a word in small or capital letters.
fn any_case(word: &str) -> String {
    let mut pattern = String::with_capacity(4 * word.len());
    for letter in word.chars() {
        let mut capitals = letter.to_uppercase();
        // Writing to a text cannot fail.
        let _ = match (capitals.next(), capitals.next()) {
            _ if !letter.is_alphanumeric() => write!(pattern, "\\{letter}"),
            (Some(capital), None) if capital != letter => write!(pattern, "[{letter}{capital}]"),
            _ => write!(pattern, "{letter}"),
        };
    }
    pattern
}
