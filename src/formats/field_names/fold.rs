//! Folding of the names of fields: case, accents, signs and digits do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a name for looking it up: `Scope_and_Content` and `scopeAndContent` give `scopeandcontent`.
/// Full-width and half-width letters give the usual ones.
pub(crate) fn fold_name(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    } else {
        let letters = name.nfkd().filter(|letter| !is_combining_mark(*letter));
        letters.flat_map(char::to_lowercase).filter(|letter| letter.is_alphabetic()).collect()
    }
}
