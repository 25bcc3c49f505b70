//! Names of the begin and the end of a date: a word for a begin or an end, and one for a date, in any order.

use super::date_names::is_small;
use super::fold::fold_name;
use super::name_words as words;
use super::{FieldTarget, KnownName, LOOSE_RANK};

/// Returns the begin or the end that a name says with a word for either and a word for a date, in any order:
/// `yearStart`, `Date of end`, `Anfangsdatum`, `Fecha de inicio`.
pub(super) fn span_target(name: &[String]) -> Option<KnownName> {
    let folded: Vec<String> = name.iter().map(|word| fold_name(word)).collect();
    // `van` and `do` are words for a begin and an end, and small ones too.
    let counts = |word: &&String| !is_small(word) || side(word).is_some();
    let joined: String = folded.iter().filter(counts).map(String::as_str).collect();
    let target = words::DATE.whole().iter().find_map(|date| {
        let behind = joined.strip_prefix(date).and_then(side);
        behind.or_else(|| joined.strip_suffix(date).and_then(side))
    })?;
    Some(KnownName { target, rank: LOOSE_RANK + 1 })
}

/// Returns whether a word is one for a begin or an end.
fn side(word: &str) -> Option<FieldTarget> {
    if words::BEGIN.contains(word) {
        Some(FieldTarget::Begin)
    } else if words::END.contains(word) {
        Some(FieldTarget::End)
    } else {
        None
    }
}

/// Whether a name says with a word before that for a begin or an end that they are not those of a document:
/// `Copyright start date`, `display_from`.
pub(super) fn is_span_of_other(name: &[String]) -> bool {
    let folded: Vec<String> = name.iter().map(|word| fold_name(word)).collect();
    folded.windows(2).any(|pair| match pair {
        [of_what, word] => words::NOT_SPAN.contains(of_what) && side(word).is_some(),
        _ => false,
    })
}
