//! Texts that are labels, and what stands in texts beside them: names behind “by”, dates, references.

use std::borrow::Cow;

use super::block::BlockField;
use super::people::{AND_WORDS, is_inverted_names, is_person_class};
use super::words::{WORDS, has};
use crate::formats::field_names::{FieldTarget, is_known, known_names, words_of};
use crate::formats::read::whole_dates::{
    date_at_end, has_only_words_of_dates, is_life_of_person, is_whole_date, split_end_date,
};
use crate::record::Field;
use crate::record::date::text::is_month_prefix;

/// The longest label, in characters and in words.
const MAX_LABEL_CHARS: usize = 48;
const MAX_LABEL_WORDS: usize = 6;

/// The longest value of a list, in characters.
const MAX_LISTED_CHARS: usize = 80;

/// A class of more words says nothing about a text.
const MAX_CLASS_WORDS: usize = 4;

/// Returns the values of a label: each line, where they are short and no prose.
pub(super) fn listed_values<'v>(label: &str, value: &'v str) -> Vec<&'v str> {
    let lines = || value.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_prose = |target| matches!(target, FieldTarget::Field(Field::Summary | Field::Title));
    let is_text = known_names(label).first().is_some_and(|known| is_prose(known.target));
    let are_short = lines().all(|line| line.chars().count() <= MAX_LISTED_CHARS);
    if is_text || !are_short { vec![value] } else { lines().collect() }
}

/// Returns the field of a label and its value.
pub(super) fn pair(label: &str, value: &str) -> BlockField {
    let value = without_event(label.trim_end_matches(':'), value.trim());
    let value = if is_person_class(label) { without_agent_type(value) } else { value.into() };
    BlockField::named(label, value.into_owned())
}

/// Whether a class says what a text is.
pub(super) fn is_meaning_class(class: &str) -> bool {
    let words = words_of(class);
    let is_layout = words.len() < 2 && words.iter().all(|word| has(&WORDS.layout, word));
    let last_is_layout = words.last().is_some_and(|word| has(&WORDS.layout, word));
    let is_meaning = |target| {
        use Field::{Creator, Id, Language, Recipient, ReferenceCode, Repository};
        match target {
            FieldTarget::Date => true,
            FieldTarget::Field(field) => {
                [Creator, Id, Language, Recipient, ReferenceCode, Repository].contains(&field)
            }
            _ => false,
        }
    };
    words.len() <= MAX_CLASS_WORDS
        && !is_layout
        && !last_is_layout
        && !words.iter().any(|word| word == "and")
        && known_names(class).first().is_some_and(|known| is_meaning(known.target))
}

/// Whether a text is the name of a field.
pub(super) fn is_field_label(text: &str) -> bool {
    fits_label(text)
        && text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
        && is_known(text)
}

/// Whether a text is as short as a label.
pub(super) fn is_short(text: &str) -> bool {
    fits_label(text.trim_end_matches(':'))
}

pub(super) fn fits_label(text: &str) -> bool {
    // `Call number: MS 41/7` is a label with its value.
    !text.is_empty()
        && !text.contains(": ")
        && text.chars().count() <= MAX_LABEL_CHARS
        && text.split_whitespace().count() <= MAX_LABEL_WORDS
        && text.chars().any(char::is_alphabetic)
}

/// Signs between the parts of a line, which no label has inside: `Item — Box: 3`.
pub(in crate::formats::read) const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// Splits a line such as `Date: 1945` whose label is known.
pub(super) fn label_by_colon(text: &str) -> Option<(String, String)> {
    let (label, value) = text.split_once(':')?;
    if DASHES.iter().any(|dash| label.contains(dash)) {
        return None;
    }
    let is_parted =
        value.is_empty() || value.starts_with(char::is_whitespace) || label.ends_with(' ');
    (is_parted && is_field_label(label.trim()))
        .then(|| (label.trim().to_owned(), value.trim().to_owned()))
}

/// Splits a text such as `Published 1945`.
pub(in crate::formats::read) fn date_behind_word(text: &str) -> Option<(&str, &str)> {
    let (word, date) = text.split_once(' ')?;
    let is_of_date =
        || known_names(word).first().is_some_and(|known| known.target == FieldTarget::Date);
    (is_whole_date(date) && (is_of_date() || is_publishing(word))).then_some((word, date))
}

/// Whether a label is about making a document public.
pub(in crate::formats::read) fn is_publishing(label: &str) -> bool {
    const STARTS: [&str; 14] = [
        "publi",
        "veröff",
        "opubl",
        "издан",
        "erschienen",
        "pubbl",
        "wydan",
        "utgiv",
        "udgiv",
        "issued",
        "created",
        "dated",
        "imprint",
        "verlag",
    ];
    let label = label.to_lowercase();
    STARTS.iter().any(|start| label.starts_with(start))
}

/// The most words of a line about publishing.
const MAX_PUBLISHING_WORDS: usize = 14;

/// Returns the date at the end of a line about publishing: `Publisher: Orla : Lake Press, 1945.`,
/// `Published by Lake Press, Orla, [1911]`. The date of a copy on the web, or of a work in which a
/// document was printed, is not returned.
pub(in crate::formats::read) fn publication_date(text: &str) -> Option<&str> {
    let first = text.split([' ', ':']).next().unwrap_or("");
    let is_short = text.split_whitespace().count() <= MAX_PUBLISHING_WORDS;
    if !is_short || !is_publishing(first) || is_about_other_work(text) {
        return None;
    }
    let text = text.trim_end_matches('.');
    let copyright =
        || text.rsplit_once([' ', ',']).map(|(_, last)| last.trim_start_matches(['©', 'c']));
    let end = || split_end_date(text).map(|(_, date)| date);
    let found = end().or_else(|| copyright().filter(|last| is_whole_date(last)))?;
    // `ca. 1911` and `[1911]` say more than their year.
    date_at_end(text).filter(|date| date.contains(found)).or(Some(found))
}

/// Whether a line about publishing is about a copy on the web, or about a work in which a document was printed:
/// `Published online by Orla Archive, 2019`, `Published in Roth Letters, Lake Press, 1978`. A place has no comma.
fn is_about_other_work(text: &str) -> bool {
    const WEB: [&str; 9] = [
        "online",
        "web",
        "website",
        "digital",
        "digitally",
        "digitised",
        "digitized",
        "ligne",
        "línea",
    ];
    let words = words_of(text);
    let is_inside = words.get(1).is_some_and(|word| ["in", "dans", "en"].contains(&word.as_str()));
    let has_several_parts = text.matches(',').count() > 1;
    words.iter().any(|word| WEB.contains(&word.as_str()))
        || (is_inside && has_several_parts && !text.contains(" : "))
}

/// Whether “From” says where a record is kept, and not who wrote it: `From: Record Group 41`.
pub(in crate::formats::read) fn is_part_of_label(label: &str, value: &str) -> bool {
    const HOLDINGS: [&str; 8] = [
        "record group",
        "series",
        "collection",
        "papers",
        "records",
        "fonds",
        "file unit",
        "archive",
    ];
    let value = value.to_lowercase();
    label.eq_ignore_ascii_case("from") && HOLDINGS.iter().any(|word| value.contains(word))
}

/// Returns the name behind “by”.
pub(in crate::formats::read) fn name_behind_by(text: &str) -> Option<&str> {
    let (by, name) = text.split_once(' ')?;
    let is_name = || {
        name.starts_with(char::is_uppercase)
            && name.split_whitespace().take(MAX_LABEL_WORDS + 1).count() <= MAX_LABEL_WORDS
    };
    (has(&WORDS.by, &by.to_lowercase()) && is_name()).then(|| without_full_stop(name))
}

/// Returns the names behind “by”, and the date behind them: `By Anna Keller, 12 July 1945`.
pub(in crate::formats::read) fn names_and_date_behind_by(
    text: &str,
) -> Option<(&str, Option<&str>)> {
    let dated = split_date_behind_names(text.trim_end_matches('.'));
    let behind = dated.and_then(|(before, date)| Some((name_behind_by(before)?, Some(date))));
    behind.or_else(|| Some((name_behind_by(text)?, None)))
}

/// Splits a text into names of people and the date behind them, with or without a comma: `Smith, John F., Jr. 1945`.
/// The dates of a life belong to the names.
fn split_date_behind_names(text: &str) -> Option<(&str, &str)> {
    // `Anna Keller, M.D., 12 July 1945`
    let begins_with_title =
        |date: &str| date.split(' ').next().is_some_and(|word| word.matches('.').count() > 1);
    let is_of_life = |(names, date): &(&str, &str)| is_life_of_person(names, date);
    split_end_date(text).filter(|split| !is_of_life(split) && !begins_with_title(split.1)).or_else(
        || split_end_of_words(text).filter(|split| !is_of_life(split) && is_like_names(split.0)),
    )
}

/// Splits the longest date from the end of a text.
fn split_end_of_words(text: &str) -> Option<(&str, &str)> {
    let date = date_at_end(text)?;
    Some((text.strip_suffix(date)?.trim_end_matches([',', ' ']), date))
}

/// Whether a text has several words without a digit, and ends as a name does.
fn is_like_names(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or("");
    last.starts_with(char::is_uppercase)
        && text.contains(' ')
        && text.chars().all(|letter| letter.is_alphabetic() || " ,.'’-".contains(letter))
}

/// Splits a date from the names behind “by” behind it: `1902 by Jonas Weidl`.
pub(super) fn date_before_by(text: &str) -> Option<(&str, &str)> {
    let mut splits = text.match_indices(' ').filter_map(|(at, _)| {
        Some((text.get(..at)?.trim_end_matches([',', ':']), text.get(at + 1..)?))
    });
    splits.find_map(|(date, rest)| {
        let names = name_behind_by(rest).filter(|_| is_whole_date(date))?;
        Some((date, names))
    })
}

/// Returns names, and the date behind them.
pub(super) fn names_and_date(text: &str) -> Option<(&str, Option<&str>)> {
    let (names, date) = split_date_behind_names(text.trim_end_matches('.'))
        .map_or((text, None), |(names, date)| (names, Some(date)));
    names.starts_with(char::is_uppercase).then_some((names, date))
}

/// Splits the names of people from a date behind them: a day or a month, or a year behind a name in the order of speech or
/// without a comma: `Rev. J. Weidl, 1902`. `Weidl, Jonas, 1902` may have been born then.
pub(super) fn dated_names(text: &str) -> Option<(&str, &str)> {
    let (names, date) = names_and_date(text)?;
    let date = date?;
    let has_comma = text.get(names.len()..)?.trim_start().starts_with([',', '(']);
    let numbers = date.split(|letter: char| !letter.is_ascii_digit()).filter(|it| !it.is_empty());
    let is_year = numbers.count() == 1 && !date.split_whitespace().any(is_month_prefix);
    let is_sure = !is_year || !has_comma || !is_inverted_names(names);
    (is_sure && is_like_names(names) && has_only_words_of_dates(date)).then_some((names, date))
}

/// Returns a name without the word that joins it to the next one: `Anna Keller and`.
pub(super) fn without_joint(name: &str) -> &str {
    let name = name.trim_matches([',', ';', '&', ' ']);
    let last = name.rsplit_once(' ').filter(|(_, last)| AND_WORDS.contains(last) && last.len() > 1);
    last.map_or(name, |(before, _)| before.trim_end_matches([',', ' ']))
}

/// Kinds of agents that ArchivesSpace writes behind their names, in lower case.
const AGENT_TYPES: [&str; 7] = [
    "person",
    "family",
    "corporate entity",
    "corporate body",
    "organization",
    "organisation",
    "software",
];

/// Returns a name without the kind of the agent in the brackets behind it; the role stays: `Keller, Anna (Author)` of
/// `Keller, Anna (Author, Person)`.
pub(super) fn without_agent_type(name: &str) -> Cow<'_, str> {
    let split = || name.strip_suffix(')')?.rsplit_once('(');
    let Some((bare, inside)) = split() else { return name.into() };
    let is_type = |part: &&str| AGENT_TYPES.contains(&part.to_lowercase().as_str());
    let parts = || inside.split(',').map(str::trim);
    if !parts().any(|part| is_type(&part)) {
        return name.into();
    }
    let roles: Vec<&str> = parts().filter(|part| !is_type(part)).collect();
    let bare = bare.trim_end();
    if roles.is_empty() { bare.into() } else { format!("{bare} ({})", roles.join(", ")).into() }
}

/// Returns a name without the full stop of a sentence; that of an initial stays.
pub(super) fn without_full_stop(name: &str) -> &str {
    let last = name.split_whitespace().next_back().unwrap_or("");
    if last.chars().count() > 3 { name.trim_end_matches('.') } else { name }
}

/// Whether a text is the number of a row: `12.`
pub(super) fn is_number_of_row(text: &str) -> bool {
    let number = text.trim_end_matches(['.', ')', ' ']);
    number.len() < text.len()
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text looks like the reference of a document: `MS 41-7`.
pub(in crate::formats::read) fn is_reference(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    // `MS`, `41-7`, `GStA`: words of a language are none of them.
    let is_code = |word: &str| {
        let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        word.contains(|letter: char| letter.is_ascii_digit()) || capitals > 1 || letters < 2
    };
    text.len() <= MAX_LABEL_CHARS
        && words.len() <= MAX_LABEL_WORDS
        && text.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
        && text.contains(|letter: char| letter.is_ascii_digit())
        && text.contains(|letter: char| letter.is_uppercase())
        && words.iter().all(|word| is_code(word))
        && !is_whole_date(text)
}

/// Whether a text is one word of digits and signs, as numbers of objects are: `2004.12.7`. A year has no sign.
pub(super) fn is_code(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_sign = |letter: char| letter.is_alphanumeric() || ".-/_:,".contains(letter);
    digits > 1
        && text.chars().all(is_sign)
        && text.contains(|letter: char| !letter.is_alphanumeric())
        && !text.contains(|letter: char| letter.is_lowercase())
}

/// Returns a date without the event behind it or before it, and without round brackets: `12 July 1945 (Creation)`,
/// `Creation: 12 July 1945`, `Published 1945`, `(1945)`.
pub(super) fn without_event<'v>(label: &str, value: &'v str) -> &'v str {
    if !known_names(label).iter().any(|known| known.target == FieldTarget::Date) {
        return value;
    }
    let in_brackets = || {
        let inside = value.strip_prefix('(')?.strip_suffix(')')?;
        (!inside.contains(['(', ')'])).then(|| inside.trim())
    };
    let before_event = || {
        let (date, _) = value.strip_suffix(')')?.rsplit_once('(')?;
        Some(date.trim()).filter(|date| is_whole_date(date))
    };
    let behind_event = || {
        let (event, date) = value.split_once(':')?;
        let is_event = is_made_public_or_created(event) || is_field_label(event.trim());
        Some(date.trim()).filter(|date| is_event && is_whole_date(date))
    };
    in_brackets()
        .or_else(before_event)
        .or_else(behind_event)
        .or_else(|| date_behind_word(value).map(|(_, date)| date))
        .unwrap_or(value)
}

/// Whether a word names an event that makes a document or makes it public.
fn is_made_public_or_created(word: &str) -> bool {
    const STARTS: [&str; 7] = ["creat", "créat", "entsteh", "produ", "creaci", "creaz", "utworz"];
    let word = word.trim().to_lowercase();
    is_publishing(&word) || STARTS.iter().any(|start| word.starts_with(start))
}

/// Whether a text ends with a sign that joins it to the next one: `1901 –`, `Letter of`.
pub(super) fn ends_with_sign(text: &str) -> bool {
    const JOINING: [&str; 10] = ["of", "to", "and", "von", "bis", "de", "à", "et", "und", "in"];
    let text = text.trim_end();
    text.ends_with(['-', '–', '—', '/', '(', '[', ':', ','])
        || text.split_whitespace().next_back().is_some_and(|word| JOINING.contains(&word))
}

/// Whether a text begins with a sign or a word that joins it to the one before: `– 1905`, `to 1905`.
pub(super) fn starts_with_sign(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_none_or(|first| "-–—/)],.;".contains(first))
}
