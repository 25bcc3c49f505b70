//! Typing errors, and other ways in which a typed word differs from the word in the record.

use super::rng::Rng;
use fonds::query::NameVariants;
use fonds::text::fold::fold;

/// A way in which one word of a query differs from the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypingError {
    /// A letter is left out.
    LeftOut,
    /// A letter is doubled.
    Doubled,
    /// Two letters change places.
    Swapped,
    /// A letter is replaced by another one.
    Wrong,
    /// Accents are left out.
    Plain,
    /// A name has the spelling of another language.
    Spelling,
    /// Only a prefix is typed.
    Beginning,
}

impl TypingError {
    /// All errors.
    pub(crate) const ALL: [TypingError; 7] = [
        TypingError::LeftOut,
        TypingError::Doubled,
        TypingError::Swapped,
        TypingError::Wrong,
        TypingError::Plain,
        TypingError::Spelling,
        TypingError::Beginning,
    ];
}

/// Shorter words are typed without errors, and prefixes have at least this many letters.
const MIN_LETTERS: usize = 4;

/// The words of a query with an error in one of them, `None` if the error is not possible in any word.
pub(crate) fn with_error(
    words: &[String],
    kind: TypingError,
    table: &NameVariants,
    rng: &mut Rng,
) -> Option<Vec<String>> {
    let first = rng.below(words.len());
    let order = (0..words.len()).map(|step| (first + step) % words.len());
    order.into_iter().find_map(|at| {
        let changed = word_with_error(words.get(at)?, kind, table, rng)?;
        let mut words = words.to_vec();
        *words.get_mut(at)? = changed;
        Some(words)
    })
}

/// A word with an error, `None` if the error is not possible in this word.
fn word_with_error(
    word: &str,
    kind: TypingError,
    table: &NameVariants,
    rng: &mut Rng,
) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let count = letters.len();
    let is_long = count >= MIN_LETTERS && !word.chars().any(char::is_numeric);
    match kind {
        TypingError::Plain => {
            return Some(fold(word)).filter(|plain| *plain != word.to_lowercase());
        }
        TypingError::Spelling => {
            let others: Vec<String> = table.variants_of(&fold(word)).collect();
            return others.get(rng.below(others.len())).cloned();
        }
        _ if !is_long => return None,
        TypingError::LeftOut => {
            letters.remove(rng.below(count));
        }
        TypingError::Doubled => {
            let at = rng.below(count);
            letters.insert(at, *letters.get(at)?);
        }
        TypingError::Swapped => {
            let at = rng.below(count - 1);
            letters.swap(at, at + 1);
        }
        TypingError::Wrong => {
            let at = rng.below(count);
            *letters.get_mut(at)? = char::from(b'a' + u8::try_from(rng.below(26)).ok()?);
        }
        TypingError::Beginning => letters.truncate(MIN_LETTERS + rng.below(count - MIN_LETTERS)),
    }
    let changed: String = letters.into_iter().collect();
    (fold(&changed) != fold(word)).then_some(changed)
}
