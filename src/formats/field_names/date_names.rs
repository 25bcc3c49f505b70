//! Tells names of the day of a document from those of other days: of a life, of keeping, of a system.

use super::fold::fold_name;
use super::name_words as words;
use super::{FieldTarget, KnownName, words_of};

/// What is added to the rank of a name if the table has only its first word.
const FIRST_WORD_RANK: usize = 510;

/// Whether one of the words before or behind the word for a date says that it is another thing's.
pub(super) fn is_date_of_other(name: &[String]) -> bool {
    let kinds = [&words::OTHER_THING, &words::SYSTEM_DAY, &words::OTHER_DAY];
    let folded = name.iter().map(|word| fold_name(word));
    // A session is held as a meeting is, and one of a user of a system too.
    let mut of_what = folded.filter(|word| !words::EVENT.contains(word));
    of_what.any(|word| kinds.iter().any(|kind| kind.contains(&word)))
}

/// Whether a word, without accents, is about making, sending or publishing a document.
pub(super) fn is_making(word: &str) -> bool {
    words::MAKING.contains(word)
}

/// Whether a name is that of a date as it is written or shown: `verbatimCreatedDate`, `date_display`.
pub(crate) fn is_date_as_written(name: &str) -> bool {
    words_of(name).iter().any(|word| words::AS_WRITTEN.contains(&fold_name(word)))
}

/// Whether a name is that of a date in a form for machines, beside the one as it is written: `Date (normalized)`.
pub(crate) fn is_date_as_code(name: &str) -> bool {
    let words: Vec<String> = words_of(name).iter().map(|word| fold_name(word)).collect();
    words.iter().any(|word| words::NORMALIZED.contains(word))
        && words.iter().any(|word| words::DATE.contains(word))
}

/// Whether a word, without accents, is a small one between the others: `of`, `the`, `della`.
pub(super) fn is_small(word: &str) -> bool {
    words::OF.contains(word) || words::ARTICLE.contains(word)
}

/// Returns what a name fills by its first word, where that is a date and what follows says that it is that of making,
/// sending or publishing a document.
pub(super) fn first_word_target(name: &[String]) -> Option<KnownName> {
    let (first, behind) = name.split_first()?;
    let folded: Vec<String> = behind.iter().map(|word| fold_name(word)).collect();
    let mut of_what = folded.iter().filter(|word| !is_small(word));
    let is_date = words::DATE.contains(&fold_name(first));
    // The dates of a printer are those of a life, and that of a record is that of cataloguing.
    let others = [&words::NOT_SOLE_DAY, &words::OTHER_THING];
    let is_made = |word: &String| is_making(word) && !others.iter().any(|kind| kind.contains(word));
    let counts = is_date && of_what.next().is_some_and(is_made) && of_what.next().is_none();
    counts.then_some(KnownName { target: FieldTarget::Date, rank: FIRST_WORD_RANK })
}

/// Words behind the making, sending or publishing of a document before its day: `publishedAt`, `created_on`.
const DAY_PREPOSITIONS: [&str; 2] = ["at", "on"];

/// What is said of the rows of a system too, beside documents.
const ROW_VERBS: [&str; 3] = ["created", "posted", "recorded"];

/// Names of the day of an entry.
const ENTRY_DATES: [&str; 3] = ["entrydate", "dateofentry", "dateentry"];

/// Returns what a name fills that says when a document was made, sent or published: `publishedAt`, `taken_on`.
pub(super) fn making_target(words: &[String]) -> Option<KnownName> {
    let [before @ .., verb, preposition] = words else { return None };
    let counts = DAY_PREPOSITIONS.contains(&preposition.as_str())
        && is_making(verb)
        && !is_date_of_other(before);
    counts.then_some(KnownName { target: FieldTarget::Date, rank: FIRST_WORD_RANK })
}

/// Whether a name may say when a system made a row: `created_at`.
pub(crate) fn may_be_of_row(name: &str) -> bool {
    if is_entry_date(name) {
        return true;
    }
    let words = words_of(name);
    let [.., verb, preposition] = words.as_slice() else { return false };
    DAY_PREPOSITIONS.contains(&preposition.as_str()) && ROW_VERBS.contains(&verb.as_str())
}

/// Whether a name is that of the day of an entry: of a diary, or of a row that was made since programs write theirs.
pub(super) fn is_entry_date(name: &str) -> bool {
    ENTRY_DATES.contains(&fold_name(name).as_str())
}

/// Whether a name may be that of the day on which a system made a row: `Created date`, `date_created`.
pub(crate) fn is_creation_date(name: &str) -> bool {
    let words = words_of(name);
    let mut others =
        words.iter().filter(|word| !["date", "of", "on", "at"].contains(&word.as_str()));
    let is_creation =
        others.next().is_some_and(|it| ["created", "creation"].contains(&it.as_str()));
    is_creation && others.next().is_none()
}

/// Whether a name says that its date is that of writing, sending or publishing a document.
pub(crate) fn is_document_date(name: &str) -> bool {
    let words = words_of(name);
    let is_one = |word: &String| {
        let word = fold_name(word);
        is_making(&word) && !word.starts_with("creat")
    };
    words.iter().any(is_one) && !is_date_of_other(&words)
}

/// Whether a name is that of a date of a system: `dateModified`, `last_updated`.
pub(crate) fn is_system_date(name: &str) -> bool {
    words_of(name).iter().any(|word| words::SYSTEM_DAY.contains(&fold_name(word)))
}

/// The most words before the day of keeping something, in a line of a page.
const MAX_KEEPING_WORDS: usize = 4;

/// Whether the words before a day in a line of a page say that it is a day of keeping, of a system, or of closing:
/// `Last updated`, `Hinzugefügt am`, `Mis en ligne le`, `Closed until`. The words between them count only if they are small.
pub(crate) fn names_day_of_keeping(lead: &str) -> bool {
    let lead = lead.trim().trim_end_matches(':').trim_end();
    let mut words = lead.split_whitespace().map(|word| (word, fold_name(word)));
    let kinds = [&words::KEEPING_DAY, &words::SYSTEM_DAY, &words::OTHER_DAY];
    let is_keeping = |word: &str| kinds.iter().any(|kind| kind.contains(word));
    let is_between = |(written, folded): &(&str, String)| {
        let kinds = [&words::DATE, &words::ON, &words::BEGIN, &words::END];
        let is_known = is_small(folded) || kinds.iter().any(|kind| kind.contains(folded));
        is_known || (written.chars().count() < 4 && written.starts_with(char::is_lowercase))
    };
    let has_one = words.clone().any(|(_, folded)| is_keeping(&folded));
    // `Sale of 3 May 1902` and `Deposit, 3 May 1960` are titles.
    let is_open = |(_, folded): (&str, String)| !words::OF.contains(&folded);
    has_one
        && words.clone().count() <= MAX_KEEPING_WORDS
        && lead.chars().all(|letter| letter.is_alphabetic() || " -'’".contains(letter))
        && words.clone().next_back().is_some_and(is_open)
        && words.all(|word| is_keeping(&word.1) || is_between(&word))
}
