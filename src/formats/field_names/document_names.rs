//! Names of documents in other ones: what a record stands in, such as a newspaper, the record itself in some form, and
//! what belongs to it.

use super::fold::fold_name;
use super::name_words::{self, WordSet};
use super::words_of;

/// Words behind the name of a thing that say nothing of it: `journalInfo`.
const SMALL_ENDS: [&str; 6] = ["info", "information", "data", "details", "record", "item"];

/// Whether a name is that of one thing in which documents are published: a newspaper, the issue of a journal, a book.
pub(crate) fn is_host_document(name: &str) -> bool {
    has(&name_words::HOST, name)
}

/// Whether a name is that of a document itself in some form, or of several: a letter, a manuscript, the original.
pub(crate) fn is_form_of_document(name: &str) -> bool {
    has(&name_words::FORM, name) || has(&name_words::FORM, name.trim_end_matches('s'))
}

/// Whether a name is that of what belongs to a letter, and is no letter of the same persons: an enclosure, a page, the
/// answer.
pub(crate) fn is_enclosure(name: &str) -> bool {
    has(&name_words::ENCLOSURE, name)
}

/// Whether a name is that of one who makes pictures: a photographer, a painter.
pub(crate) fn is_picture_maker(name: &str) -> bool {
    has(&name_words::PICTURE_MAKER, name)
}

/// Returns the word in a field name that means the signatory of a document. A signatory is the author only where no author
/// is named.
pub(crate) fn signer_in(name: &str) -> Option<String> {
    words_of(name).into_iter().find(|word| name_words::SIGNER.contains(&fold_name(word)))
}

/// Whether a set contains a name. A last word that says nothing, such as `info`, does not count.
fn has(words: &WordSet, name: &str) -> bool {
    let has_before = || match words_of(name).split_last() {
        Some((last, before)) => {
            SMALL_ENDS.contains(&last.as_str()) && words.contains(&fold_name(&before.concat()))
        }
        None => false,
    };
    words.contains(&fold_name(name)) || has_before()
}
