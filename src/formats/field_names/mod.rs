//! Names that files give to fields: columns, keys, elements and labels, in the languages of archives.
//!
//! The names are in `assets/fields/`, a file a language. `build/field_names.rs` compiles them into a sorted
//! table. Within the list of a field, a surer name comes first; its index is its rank.

pub(crate) mod column_names;
mod date_kinds;
mod date_names;
mod decide;
mod document_names;
pub(crate) mod fold;
mod joined_names;
pub(crate) mod kept_answers;
pub(crate) mod languages;
mod name_words;
mod place_values;
mod role_and_container_names;
mod sole_dates;
mod span_names;
mod titles;
mod values;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::record::{Field, StatedKind};
pub(crate) use date_kinds::{DateInData, DateKind, date_kind, which_give_way};
use date_names::{first_word_target, is_date_of_other, is_making, is_small, making_target};
pub(crate) use date_names::{
    is_creation_date, is_date_as_code, is_date_as_written, is_document_date, is_system_date,
    may_be_of_row, names_day_of_keeping,
};
pub(crate) use decide::decide;
pub(crate) use document_names::{
    is_enclosure, is_form_of_document, is_host_document, is_picture_maker, signer_in,
};
use fold::fold_name;
pub(crate) use joined_names::{
    DayNames, PersonNames, day_names, is_part_of_day, is_part_of_person, is_whole_person,
    join_person, person_names,
};
use kept_answers::KeptAnswers;
pub(crate) use place_values::are_places;
use role_and_container_names::role_and_container_names;
pub(crate) use role_and_container_names::{is_family_name, is_former, is_given_name};
pub(crate) use sole_dates::{
    date_left, is_sole_date, is_unsure_date, names_in_data, names_in_tables, unsure_date_taken,
};
use span_names::is_span_of_other;
pub(crate) use titles::is_work_name;
pub(crate) use values::{
    are_logins, are_one_body, is_address, is_earlier_date, is_file_address, is_like_name,
    is_machine_address, is_machine_key, is_month, is_prose, is_recent, is_recent_day,
    is_recent_moment, is_year, is_zero_date,
};

include!(concat!(env!("OUT_DIR"), "/field_names.rs"));

/// What the values under a name fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FieldTarget {
    /// A field of the record.
    Field(Field),
    /// The text of the date.
    Date,
    /// The first day, month or year of the date.
    Begin,
    /// The last day, month or year of the date.
    End,
    /// The year of the date, which has names for month and day beside it.
    Year,
    /// The month of the date.
    Month,
    /// The day in the month of the date.
    Day,
    /// What happened at the date: creation, publication.
    DateEvent,
    /// Whether the date is that of all documents or of most: `inclusive`, `bulk`.
    DateCoverage,
    /// How certain the date is: `approximate`.
    DateCertainty,
    /// The date in a form for machines, beside its text.
    DateCode,
    /// The position of the record in its archive's listing.
    Position,
    /// The names of contributors, whose role is the name of the field.
    ContributorByRole,
    /// What is stated about the names in the cell.
    NameKind(StatedKind),
}

impl FieldTarget {
    /// Whether only one column of a group of columns can have this target.
    pub(crate) fn is_exclusive_in_table(self) -> bool {
        self != FieldTarget::ContributorByRole
            && !matches!(self, FieldTarget::Field(field) if field != Field::Title)
    }

    /// Whether one text may have several values: the names of persons, places or subjects.
    pub(crate) fn lists_names(self) -> bool {
        match self {
            FieldTarget::Field(field) => {
                Field::NAMES.contains(&field) || matches!(field, Field::Places | Field::Subjects)
            }
            target => target == FieldTarget::ContributorByRole,
        }
    }

    /// Returns the target for a key on the command line: `title`, `date`, `people` ...
    pub(crate) fn from_key(key: &str) -> Option<FieldTarget> {
        match key {
            "date" => Some(FieldTarget::Date),
            "position" => Some(FieldTarget::Position),
            _ => Field::from_key(key).map(FieldTarget::Field),
        }
    }

    /// Returns the word for the target in messages: `title`, `date`, `begin of the date` ...
    pub(crate) fn label(self) -> &'static str {
        match self {
            FieldTarget::Field(field) => field.key(),
            FieldTarget::Date => "date",
            FieldTarget::Begin => "begin of the date",
            FieldTarget::End => "end of the date",
            FieldTarget::Year => "year",
            FieldTarget::Month => "month",
            FieldTarget::Day => "day",
            FieldTarget::DateEvent => "event of the date",
            FieldTarget::DateCoverage => "coverage of the date",
            FieldTarget::DateCertainty => "certainty of the date",
            FieldTarget::DateCode => "normalized date",
            FieldTarget::Position => "position",
            FieldTarget::ContributorByRole => "contributor",
            FieldTarget::NameKind(_) => "kind of name",
        }
    }
}

/// A meaning of a known name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KnownName {
    /// What its values fill.
    pub(crate) target: FieldTarget,
    /// The index of the name among those of its target: the lower, the surer.
    pub(crate) rank: usize,
}

/// Longer names, in bytes, are prose and never known.
pub(crate) const MAX_NAME_BYTES: usize = 200;

/// The addition to the rank of a name that the table has only without its prefix or suffix.
pub(crate) const LOOSE_RANK: usize = 100;

/// Looks up a name. Returns its meanings, the surest first; none if it is not known.
///
/// A name counts as a whole, else its last part behind `:`, `.` or `/`, else that without the words of a
/// vocabulary before and behind it: `dcterms:created`, `title_ssim`, `Dublin Core:Title`.
///
/// Answers are kept, because records and rows repeat their names.
pub(crate) fn known_names(name: &str) -> Vec<KnownName> {
    if name.len() > MAX_NAME_BYTES {
        return Vec::new();
    }
    if let Some(known) = ANSWERS.with_borrow(|answers| answers.get(name)) {
        return known;
    }
    let known = find_names(name);
    ANSWERS.with_borrow_mut(|answers| answers.keep(name, &known));
    known
}

thread_local! {
    /// Which names were looked up, and their meanings.
    static ANSWERS: RefCell<KeptAnswers<Vec<KnownName>>> = RefCell::default();
}

/// Finds the meanings of a name.
fn find_names(name: &str) -> Vec<KnownName> {
    if let Some(kind) = StatedKind::from_own_field(name.trim()) {
        return vec![KnownName { target: FieldTarget::NameKind(kind), rank: 0 }];
    }
    let loose = |known: &KnownName| KnownName { rank: known.rank + LOOSE_RANK, ..*known };
    let folded = fold_name(name);
    let whole = lookup(&folded);
    if !whole.is_empty() {
        return whole.to_vec();
    }
    if let Some(target) = WORDS.get(&folded) {
        return vec![KnownName { target: *target, rank: 0 }];
    }
    if let Some((before, remark)) = split_remark(name) {
        // `Day(s)`
        if remark == "s" {
            return known_names(&[before, remark].concat()).iter().map(loose).collect();
        }
        let known = known_names(before);
        // `Sent (date)`
        let known = if known.is_empty() { known_names(remark) } else { known };
        return known.iter().map(loose).collect();
    }
    let last = name.trim_end_matches([':', '.', '/', '：']);
    let last = last.rsplit([':', '.', '/', '：', '／']).next().unwrap_or(last);
    let mut words = words_of(last);
    if is_span_of_other(&words) {
        return Vec::new();
    }
    let mut found = lookup(&fold_name(last));
    while found.is_empty() && words.len() > 1 {
        let (Some(first), Some(end)) = (words.first(), words.last()) else { break };
        if name_words::SUFFIX.contains(end) {
            words.pop();
        } else if name_words::PREFIX.contains(first) {
            words.remove(0);
        } else {
            break;
        }
        found = lookup(&fold_name(&words.concat()));
    }
    if found.is_empty() {
        found = lookup_end(&words);
    }
    if found.is_empty() {
        let by_word = span_names::span_target(&words)
            .or_else(|| titles::title_of_work(&words))
            .or_else(|| last_word_target(&words))
            .or_else(|| first_word_target(&words))
            .or_else(|| making_target(&words));
        if let Some(known) = by_word {
            return vec![known];
        }
        let by_part = known_as_name(&words).or_else(|| known_of_document(&words));
        let known = by_part.unwrap_or_else(|| known_in_one_language(name));
        return known.iter().map(loose).collect();
    }
    found.iter().map(loose).collect()
}

/// Returns the meanings of a name that begins or ends with the word for one: `senderFullName`, `Nome del mittente`.
fn known_as_name(words: &[String]) -> Option<Vec<KnownName>> {
    let role = match words {
        [first, role @ ..] if name_words::NAME.contains(&fold_name(first)) => {
            without_small_words(role)
        }
        [role @ .., kind, last] if last == "name" && NAME_KINDS.contains(&kind.as_str()) => {
            role.to_vec()
        }
        [role @ .., last] if last == "name" => role.to_vec(),
        _ => return None,
    };
    let is_name = |known: &KnownName| {
        matches!(known.target, FieldTarget::Field(field) if Field::NAMES.contains(&field))
            || known.target == FieldTarget::ContributorByRole
    };
    let known = lookup(&fold_name(&role.concat()));
    known.first().filter(|known| is_name(known)).map(|known| vec![*known])
}

/// Returns the meanings of a name that ends with the word for a document: `Langue du document`, `Title of item`.
fn known_of_document(words: &[String]) -> Option<Vec<KnownName>> {
    let (last, before) = words.split_last()?;
    let is_document = name_words::DOCUMENT.contains(&fold_name(last));
    let known = lookup(&fold_name(&without_small_words(before).concat()));
    (is_document && !known.is_empty()).then(|| known.to_vec())
}

/// Returns words without `of`, `the` and the like.
fn without_small_words(words: &[String]) -> Vec<String> {
    words.iter().filter(|word| !is_small(word)).cloned().collect()
}

/// Words between a role and `name`.
const NAME_KINDS: [&str; 4] = ["full", "display", "complete", "whole"];

/// Returns the meanings of a label in two languages: `Reference number / Numéro de référence`.
fn known_in_one_language(name: &str) -> Vec<KnownName> {
    const SIGNS: [&str; 2] = [" / ", " | "];
    let Some(sign) = SIGNS.iter().find(|sign| name.contains(**sign)) else { return Vec::new() };
    let found = name.split(sign).map(|part| known_names(part.trim()));
    found.into_iter().find(|known| !known.is_empty()).unwrap_or_default()
}

/// Returns a name and the remark in brackets behind it: `作成年月日（西暦）`, `Date [ISO]`.
fn split_remark(name: &str) -> Option<(&str, &str)> {
    let before = name.trim_end().strip_suffix([')', '）', ']', '］'])?;
    let (before, remark) = before.rsplit_once(['(', '（', '[', '［'])?;
    Some((before.trim_end(), remark)).filter(|(before, _)| before.contains(char::is_alphabetic))
}

/// Returns the meanings of the longest end of a name that is known and has two words at least:
/// `origin_info_date_created`.
fn lookup_end(words: &[String]) -> &'static [KnownName] {
    for at in 1..words.len().saturating_sub(1) {
        let (before, end) = words.split_at(at);
        if before.iter().any(|word| name_words::OTHER_THING.contains(word)) {
            break;
        }
        let found = lookup(&fold_name(&end.concat()));
        let is_part_of_date = |known: &KnownName| {
            matches!(known.target, FieldTarget::Date | FieldTarget::Begin | FieldTarget::End)
        };
        if found.first().is_some_and(is_part_of_date) && is_date_of_other(before) {
            break;
        }
        if !found.is_empty() {
            return found;
        }
    }
    &[]
}

/// Whether a name has a meaning.
pub(crate) fn is_known(name: &str) -> bool {
    !known_names(name).is_empty()
}

/// What is added to the rank of a name if the table has only its last word.
pub(crate) const LAST_WORD_RANK: usize = 500;

/// Returns what a name fills by its last word: `publication_date`, `troveUrl`, `Ausstellungsdatum`, `BL shelfmark`.
fn last_word_target(words: &[String]) -> Option<KnownName> {
    let (last, before) = words.split_last()?;
    let target = match last.as_str() {
        "date" | "dates" | "datum" | "year" => FieldTarget::Date,
        "title" | "titel" => FieldTarget::Field(Field::Title),
        "url" | "link" => FieldTarget::Field(Field::Url),
        "author" | "authors" | "creator" | "creators" | "artist" | "maker" | "sender" => {
            FieldTarget::Field(Field::Creator)
        }
        "id" | "identifier" => FieldTarget::Field(Field::Id),
        "recipient" | "recipients" | "addressee" => FieldTarget::Field(Field::Recipient),
        "shelfmark" | "callnumber" | "signatur" => FieldTarget::Field(Field::ReferenceCode),
        compound if compound.ends_with("datum") => FieldTarget::Date,
        // `Druckjahr`, but not `Spieljahr`.
        compound
            if compound.ends_with("jahr") && is_making(compound) && !is_exhibition(compound) =>
        {
            FieldTarget::Date
        }
        _ => return None,
    };
    let is_name = |known: &KnownName| known.target.lists_names();
    let is_others = match target {
        FieldTarget::Date => is_date_of_other(words),
        // `Author link` leads to the author.
        FieldTarget::Field(Field::Url)
            if lookup(&fold_name(&before.concat())).iter().any(is_name) =>
        {
            true
        }
        _ => before.iter().any(|word| name_words::OTHER_THING.contains(word)),
    };
    (!is_others).then_some(KnownName { target, rank: LAST_WORD_RANK })
}

/// Whether a word for a year is about an exhibition: only in front of `datum` it may be the issue of a document.
fn is_exhibition(word: &str) -> bool {
    word.starts_with("ausstell")
}

/// The words for roles and containers, with what a name that is one of them fills.
static WORDS: LazyLock<HashMap<String, FieldTarget>> = LazyLock::new(|| {
    let words = role_and_container_names().into_iter().filter(|(_, name)| lookup(name).is_empty());
    let mut known = HashMap::new();
    for (target, name) in words {
        known.entry(name).or_insert(target);
    }
    known
});

/// The shortest name whose last s is taken for that of a plural, in bytes.
const MIN_PLURAL_BYTES: usize = 4;

/// Returns the meanings of a folded name, or of its singular.
fn lookup(folded: &str) -> &'static [KnownName] {
    let find = |folded: &str| NAMES.binary_search_by(|(name, _)| (*name).cmp(folded)).ok();
    // `Days` and `Months` are numbers of them, and no part of a date.
    let is_part_of_date =
        |known: &KnownName| matches!(known.target, FieldTarget::Month | FieldTarget::Day);
    let singular = || folded.strip_suffix('s').filter(|_| folded.len() >= MIN_PLURAL_BYTES);
    let has_plural =
        |at: &usize| NAMES.get(*at).is_some_and(|(_, known)| !known.iter().any(is_part_of_date));
    // Systems without umlauts write `Empfaenger`.
    let plain = || folded.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    let found =
        find(folded).or_else(|| find(singular()?).filter(has_plural)).or_else(|| find(&plain()));
    found.and_then(|at| NAMES.get(at)).map_or(&[], |(_, known)| known)
}

/// Returns the words of a name in lower case: `dateModified` and `date_modified` are two.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut follows_lower = false;
    let mut starts_word = true;
    for letter in name.chars() {
        if !letter.is_alphabetic() {
            starts_word = true;
            continue;
        }
        if starts_word || (letter.is_uppercase() && follows_lower) {
            words.push(String::new());
        }
        (starts_word, follows_lower) = (false, letter.is_lowercase());
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}
