//! Words of the Cyrillic and Greek alphabets that are typed in Latin letters: `besed` for беседа.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use serde::Deserialize;

/// The letters of the alphabets that are romanized: Greek and Cyrillic.
const ROMANIZED_LETTERS: RangeInclusive<char> = '\u{370}'..='\u{52f}';

/// The most letters that are romanized together.
const MAX_JOINED_LETTERS: usize = 2;

/// The table that is built into the program.
static BUILT_IN: LazyLock<Romanization> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/romanization.toml")).unwrap_or_default()
});

/// The Latin forms of letters.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Romanization {
    /// The forms of each letter, or of letters that stand together.
    letters: HashMap<String, Vec<String>>,
}

/// Whether a folded word of another alphabet begins with what was typed in Latin letters, in one of the ways to
/// write it so.
pub(super) fn begins_with_latin(word: &str, typed: &str) -> bool {
    let is_romanized = word.starts_with(|letter| ROMANIZED_LETTERS.contains(&letter));
    is_romanized && !typed.is_empty() && typed.is_ascii() && BUILT_IN.begins_with(word, typed)
}

impl Romanization {
    /// Whether a form of the word begins with these Latin letters.
    fn begins_with(&self, word: &str, typed: &str) -> bool {
        let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
        ends.take(MAX_JOINED_LETTERS).any(|end| {
            let (letters, rest) = word.split_at(end);
            let forms = self.letters.get(letters).map(Vec::as_slice).unwrap_or_default();
            forms.iter().any(|form| {
                let after = typed.strip_prefix(form.as_str());
                form.starts_with(typed) || after.is_some_and(|after| self.begins_with(rest, after))
            })
        })
    }
}
