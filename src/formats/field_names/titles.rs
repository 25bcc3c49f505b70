//! Names of titles that no list has: `Title of photograph`, `Bildtitel`, `Titre de la lithographie`.

use super::date_names::is_small;
use super::fold::fold_name;
use super::name_words as words;
use super::{FieldTarget, KnownName, LOOSE_RANK, lookup, words_of};
use crate::record::Field;

/// The rank of a name that counts as the title only where no surer name does.
const SOLE_TITLE_RANK: usize = 700;

/// The rank of a name of the thing itself, which counts as the title of a table without any other.
pub(super) const THING_TITLE_RANK: usize = 800;

/// The end of compounds for titles.
const COMPOUND_END: &str = "titel";

/// Returns what a name fills that says of what kind of work it is the title.
pub(super) fn title_of_work(name: &[String]) -> Option<KnownName> {
    let folded: Vec<String> = name.iter().map(|word| fold_name(word)).collect();
    let is_title = match folded.as_slice() {
        [compound] => compound.strip_suffix(COMPOUND_END).is_some_and(is_work),
        [title, .., work] if may_be_title(title) => is_work(work),
        [work, title] if is_title(title) => is_work(work) && !words::OTHER_THING.contains(work),
        _ => false,
    };
    is_title.then_some(KnownName { target: FieldTarget::Field(Field::Title), rank: LOOSE_RANK })
}

/// Returns what a name may fill if nothing else is the title: it begins with a word for a title, which is not that of a journal,
/// a series and the like.
pub(super) fn sole_title(name: &str) -> Option<KnownName> {
    let folded: Vec<String> = words_of(name).iter().map(|word| fold_name(word)).collect();
    let is_title = match folded.as_slice() {
        [compound] if is_compound(compound) => true,
        [title, of, of_what @ ..] => {
            is_title(title) && is_small(of) && !of_what.iter().any(|word| is_of_name(word))
        }
        [_] | [] => false,
    };
    let is_of_other = folded.iter().any(|word| words::OTHER_THING.contains(word));
    let found = KnownName { target: FieldTarget::Field(Field::Title), rank: SOLE_TITLE_RANK };
    (is_title && !is_of_other).then_some(found)
}

/// Returns what a name fills in a table without any other title that is one for the thing itself: `Document`, `Objekt`.
pub(super) fn title_of_thing(name: &str) -> Option<KnownName> {
    let found = KnownName { target: FieldTarget::Field(Field::Title), rank: THING_TITLE_RANK };
    words::THING.contains(&fold_name(name)).then_some(found)
}

/// Whether a word may be for a title: `name`, `heading`.
fn may_be_title(word: &str) -> bool {
    lookup(word).iter().any(|known| known.target == FieldTarget::Field(Field::Title))
}

/// Whether a word is the surest one for a title in a language.
fn is_title(word: &str) -> bool {
    let title = FieldTarget::Field(Field::Title);
    lookup(word).iter().any(|known| known.target == title && known.rank == 0)
}

/// Whether a word is that of a person, who may have a title too: `Titel des Absenders`.
fn is_of_name(word: &str) -> bool {
    let is_name = |known: &KnownName| matches!(known.target, FieldTarget::Field(field) if Field::NAMES.contains(&field));
    let singular = word.trim_end_matches('s');
    [word, singular]
        .iter()
        .any(|it| words::SIDE_OF_LETTER.contains(it) || lookup(it).iter().any(is_name))
}

/// Whether a word is a compound for a title.
fn is_compound(word: &str) -> bool {
    word.strip_suffix(COMPOUND_END).is_some_and(|before| !before.is_empty())
}

/// Whether a name is that for a kind of work or document: `artwork`.
pub(crate) fn is_work_name(name: &str) -> bool {
    is_work(&fold_name(name))
}

/// Whether a word is that for a kind of work or document.
fn is_work(word: &str) -> bool {
    words::WORK.contains(word) || words::DOCUMENT.contains(word)
}
