//! Names that are those of a record's date only where its file has no other date: `Date of interview`, `Taken`.

use super::date_kinds::{DateKind, date_kind};
use super::date_names::{is_date_of_other, is_entry_date, is_small, is_system_date};
use super::fold::fold_name;
use super::name_words as words;
use super::span_names::is_span_of_other;
use super::titles::{sole_title, title_of_thing};
use super::values::{is_earlier_date, is_large_number, is_recent};
use super::{FieldTarget, KnownName, LAST_WORD_RANK, known_names, words_of};

/// The rank of a name that counts as the date only where no other does.
const SOLE_DATE_RANK: usize = 700;

/// Whether a name is that of the date where a file has no other: its first or last word is one for a date, or it says
/// only that something was made. `Date of birth` and others are never it.
pub(crate) fn is_sole_date(name: &str) -> bool {
    let name = name.split(['(', '[']).next().unwrap_or(name).trim_end_matches([':', '.', ' ']);
    // Parts of names of vocabularies, and names that fonds gives: `date.normal`.
    if name.contains([':', '.', '/']) {
        return false;
    }
    let folded: Vec<String> = words_of(name).iter().map(|word| fold_name(word)).collect();
    match folded.as_slice() {
        [made] => words::MADE.contains(made),
        [made, on] if words::MADE.contains(made) && words::ON.contains(on) => true,
        [_, .., _] => has_date_word(&folded) && !is_of_other(&folded),
        _ => false,
    }
}

/// Whether the first or the last word is one for a date. A word that may be for another thing counts with one that
/// says of what it is the date: `Data do documento`, `Day of the meeting`.
fn has_date_word(name: &[String]) -> bool {
    let [first, second, ..] = name else { return false };
    let is_doubtful = words::DATE_OR_OTHER.contains(first);
    let kinds = [&words::OF, &words::DOCUMENT, &words::EVENT, &words::QUALITY];
    let is_of = kinds.iter().any(|kind| kind.contains(second));
    let says_what = name.iter().skip(1).any(|word| !is_small(word));
    let is_first = if is_doubtful { is_of } else { words::DATE.contains(first) };
    let is_last =
        |word: &String| words::DATE.contains(word) && !words::DATE_OR_OTHER.contains(word);
    (is_first && says_what) || name.last().is_some_and(is_last)
}

/// Whether one of the words says that the date is another thing's.
fn is_of_other(name: &[String]) -> bool {
    is_date_of_other(name)
        || is_span_of_other(name)
        || name.iter().any(|word| words::NOT_SOLE_DAY.contains(word))
}

/// Returns what a name may fill in data: its meanings, or the date or the title if the file has no other.
pub(crate) fn names_in_data(name: &str) -> Vec<KnownName> {
    let known = known_names(name);
    if known.is_empty() && is_sole_date(name) {
        return vec![KnownName { target: FieldTarget::Date, rank: SOLE_DATE_RANK }];
    }
    if known.is_empty() {
        return sole_title(name).into_iter().collect();
    }
    known
}

/// Returns what a name may fill in a table: as in any data, or the title if the table has no other.
pub(crate) fn names_in_tables(name: &str) -> Vec<KnownName> {
    let known = names_in_data(name);
    if known.is_empty() { title_of_thing(name).into_iter().collect() } else { known }
}

/// Whether a name has a word for a date, but does not say that it is the document's: `Flood date`, `Date of arrival`.
pub(crate) fn is_unsure_date(name: &str) -> bool {
    let known = known_names(name);
    let by_word =
        |known: &KnownName| known.target == FieldTarget::Date && known.rank == LAST_WORD_RANK;
    let may_be_date = if known.is_empty() { is_sole_date(name) } else { known.iter().any(by_word) };
    may_be_date && date_kind(name) == DateKind::Unsure
}

/// Whether recent days under a name may be days of keeping, so that they are not taken for the date.
fn may_be_of_keeping(name: &str) -> bool {
    is_unsure_date(name) || is_entry_date(name)
}

/// Returns the warning about a date that may be another thing's, and how to choose another one.
pub(crate) fn unsure_date_taken(name: &str) -> String {
    format!(
        "the date is taken from “{name}”, which may be that of another thing: if it is, choose another name with \
         --input-columns date=NAME"
    )
}

/// Returns what is said where no date is taken from a name although a value under it may be one.
pub(crate) fn date_left(name: &str, value: &str) -> Option<String> {
    let is_date_name = || known_names(name).iter().any(|known| known.target == FieldTarget::Date);
    if may_be_of_keeping(name) && (is_recent(value) || is_earlier_date(value)) {
        return Some(unsure_date_left(name));
    }
    (is_large_number(value) && is_date_name() && !is_system_date(name))
        .then(|| numbers_left(name, value))
}

/// What is said where no date is taken from a name whose values are numbers.
fn numbers_left(name: &str, value: &str) -> String {
    format!(
        "no date is taken from “{name}”, which has numbers such as {value}, as programs count days or seconds: save it \
         with dates such as 1945-07-12"
    )
}

/// What is said where no date is taken from a name, because its days may be those of keeping.
fn unsure_date_left(name: &str) -> String {
    format!(
        "no date is taken from “{name}”, which may be a day of keeping: if it is the date, say so with \
         --input-columns \"date={name}\""
    )
}
