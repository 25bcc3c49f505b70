//! Names of own fields in words: `creators.nameType` is shown as `Creators: name type`.

use std::borrow::Cow;

use super::labels::known_label;

/// Vocabularies that stand before a name: `dc.date.accessioned`.
const VOCABULARIES: [&str; 14] = [
    "dc", "dcterms", "dct", "bibo", "schema", "edm", "skos", "foaf", "rdf", "rdfs", "mods", "ead",
    "lido", "tei",
];

/// Words at the end of a name that say how a search engine stores it: `genre_ssim`.
const INDEX_SUFFIXES: [&str; 22] = [
    "s", "ss", "ssi", "ssim", "ssm", "sim", "sms", "t", "txt", "tesi", "tesim", "tsim", "teim",
    "i", "is", "mv", "dt", "dts", "dtsi", "dtsim", "tdt", "facet",
];

/// The number of levels of a name that are shown, counted from its end.
const MAX_LEVELS: usize = 2;

/// The longest word in capitals that is taken for an abbreviation, in bytes.
const MAX_ABBREVIATION_BYTES: usize = 5;

/// Returns the words of a name. One that has blanks, or numbers for levels, stays as it is.
pub(super) fn in_words(name: &str) -> Cow<'_, str> {
    let is_address = name.starts_with("http://") || name.starts_with("https://");
    let local = if is_address { name.trim_end_matches(['/', '#']) } else { name };
    let local = local.rsplit(['/', '#']).next().filter(|_| is_address).unwrap_or(local);
    if local.contains(char::is_whitespace) {
        return with_capital(Cow::Borrowed(local));
    }
    let mut levels: Vec<&str> = local.split('.').map(without_vocabulary).collect();
    let has_letters = |level: &&str| level.chars().any(char::is_alphabetic);
    if !levels.iter().all(has_letters) || is_marc_field(&levels) {
        return Cow::Borrowed(name);
    }
    if levels.len() > 1 && levels.first().is_some_and(|first| VOCABULARIES.contains(first)) {
        levels.remove(0);
    }
    let hidden = levels.len().saturating_sub(MAX_LEVELS);
    let shown = levels.into_iter().skip(hidden).enumerate();
    let words: Vec<String> = shown.map(|(at, level)| level_in_words(level, at > 0)).collect();
    with_capital(Cow::Owned(words.join(": ")))
}

/// Whether levels are those of a MARC field: `245`, `245.a`.
fn is_marc_field(levels: &[&str]) -> bool {
    levels.iter().any(|level| level.len() == 3 && level.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns a level without the signs and the vocabulary before it: `dcterms:issued`, `@type`.
fn without_vocabulary(level: &str) -> &str {
    let is_prefix = |before: &str| {
        !before.is_empty()
            && before.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let local =
        level.split_once(':').filter(|(before, name)| is_prefix(before) && !name.is_empty());
    local.map_or(level, |(_, name)| name).trim_start_matches(['@', '#', '$', '_'])
}

/// Returns the words of a level. `follows`: another one stands before it.
fn level_in_words(level: &str, follows: bool) -> String {
    if let Some(label) = known_label(level) {
        return if follows { label.to_lowercase() } else { label.to_owned() };
    }
    let has_capitals = level.chars().any(char::is_uppercase);
    let is_separator = |letter: char| letter == '_' || (letter == '-' && !has_capitals);
    let mut parts: Vec<&str> = level.split(is_separator).filter(|part| !part.is_empty()).collect();
    while parts.len() > 1 && parts.last().is_some_and(|last| INDEX_SUFFIXES.contains(last)) {
        parts.pop();
    }
    let is_loud = level.len() > MAX_ABBREVIATION_BYTES && !level.chars().any(char::is_lowercase);
    let words = parts.iter().map(|part| match split_at_capitals(part).as_slice() {
        _ if is_loud => part.to_lowercase(),
        [word] => (*word).to_owned(),
        words => words.iter().map(|word| in_lower_case(word)).collect::<Vec<_>>().join(" "),
    });
    let words = words.collect::<Vec<_>>().join(" ");
    let is_one_name = follows && parts.len() == 1;
    if is_one_name { in_lower_case(&words) } else { words }
}

/// Splits `nameType` and `GNDNumber` into words.
fn split_at_capitals(part: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let letters: Vec<(usize, char)> = part.char_indices().collect();
    for window in letters.windows(2) {
        if let [(_, before), (at, letter)] = *window {
            let ends = letter.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
            let next = part.get(at..).and_then(|rest| rest.chars().nth(1));
            let begins_word = letter.is_uppercase()
                && before.is_uppercase()
                && next.is_some_and(char::is_lowercase);
            if ends || begins_word {
                starts.push(at);
            }
        }
    }
    let ends = starts.iter().skip(1).copied().chain([part.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| part.get(*start..end)).collect()
}

/// Returns a word in lower case, unless it is an abbreviation.
fn in_lower_case(word: &str) -> String {
    let is_abbreviation = word.chars().nth(1).is_some()
        && word.len() <= MAX_ABBREVIATION_BYTES
        && !word.chars().any(char::is_lowercase);
    if is_abbreviation { word.to_owned() } else { word.to_lowercase() }
}

/// Returns a text that begins with a capital.
fn with_capital(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => {
            Cow::Owned(first.to_uppercase().chain(letters).collect())
        }
        _ => text,
    }
}
