//! Codes of languages, which are words for roles too: `de` is German, and the sender in French tables.

use super::fold::fold_name;
use super::name_words as words;
use super::{FieldTarget, known_names};
use crate::record::Field;

/// Codes of languages that data is written in (ISO 639-1, ISO 639-2).
const CODES: [&str; 71] = [
    "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "gl", "he", "hr", "hu", "is", "it", "ja", "ko", "la", "lt", "lv", "nb", "nl", "nn", "pl", "pt",
    "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh", "ara", "ces", "cze", "dan", "deu",
    "dut", "ell", "eng", "fin", "fra", "fre", "ger", "gre", "heb", "hun", "ita", "jpn", "nld",
    "nor", "pol", "por", "ron", "rum", "rus", "spa", "swe", "tur", "ukr", "zho",
];

/// Whether a name is the code of a language.
pub(crate) fn is_code(name: &str) -> bool {
    let (code, _) = name.split_once(['-', '_']).unwrap_or((name, ""));
    CODES.iter().any(|known| code.eq_ignore_ascii_case(known))
}

/// Whether a name is the code of a language and means nothing else.
pub(crate) fn is_language_only(name: &str) -> bool {
    is_code(name) && known_names(name).is_empty()
}

/// Whether a name says only a direction, so that what it means depends on where it stands.
pub(crate) fn is_direction(name: &str) -> bool {
    words::DIRECTION.contains(&fold_name(name))
}

/// Whether a name is that of a letter, or of those who write it.
pub(crate) fn is_letter(name: &str) -> bool {
    words::LETTER.contains(&fold_name(name))
}

/// Whether a word is for many documents of one kind: `letters`. A record with such a title alone is hardly one document.
pub(crate) fn is_kind_of_documents(word: &str) -> bool {
    words::DOCUMENT_KINDS.contains(&fold_name(word))
}

/// Whether words begin a row that sums up those above: `Grand total`.
pub(crate) fn is_total_word(words: &str) -> bool {
    words::TOTAL.contains(&fold_name(words))
}

/// Whether words say that a list ends: `End of list`.
pub(crate) fn is_list_end(words: &str) -> bool {
    words::LIST_END.contains(&fold_name(words))
}

/// Whether words begin a row about how a list was written: `Exported`.
pub(crate) fn begins_export_note(words: &str) -> bool {
    words::EXPORT_NOTE.contains(&fold_name(words))
}

/// Whether a name that says only a direction, with these values, is no role at the top of a record: it is written
/// like the code of a language, no other name is that of the other side, and its values are not like names.
pub(crate) fn is_doubtful_role(name: &str, has_other_side: bool, are_names: bool) -> bool {
    if needs_other_direction(name) {
        return !has_other_side;
    }
    let is_lower = name.bytes().all(|byte| byte.is_ascii_lowercase());
    is_lower && is_code(name) && is_direction(name) && !has_other_side && !are_names
}

/// Whether a name is a word of one or two letters for a direction, which counts only beside one for the other side: `a`
/// in Spanish and French, `an` and `do` in small letters.
pub(crate) fn needs_other_direction(name: &str) -> bool {
    fold_name(name) == "a" || ["an", "do"].contains(&name)
}

/// Whether a name is that of the sender or the recipient of a letter, or a word for a direction.
pub(crate) fn is_side_of_letter(name: &str) -> bool {
    is_direction(name) || words::SIDE_OF_LETTER.contains(&fold_name(name))
}

/// Returns the other side of a letter.
pub(crate) fn other_side(target: FieldTarget) -> Option<FieldTarget> {
    match target {
        FieldTarget::Field(Field::Creator) => Some(FieldTarget::Field(Field::Recipient)),
        FieldTarget::Field(Field::Recipient) => Some(FieldTarget::Field(Field::Creator)),
        _ => None,
    }
}
