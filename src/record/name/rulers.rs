//! Names of rulers, saints and popes, which have no family name and stay whole.

use super::life_dates::has_name;
use super::words::{MAX_PHRASE_WORDS, WORDS, is_lower_case, is_numeral, words_of};

/// Returns the whole name of a ruler, saint or pope with a numeral, if the parts are one: `Pius XII, Pope`,
/// also of the parts `Pius, XII, Pope`.
pub(super) fn whole_name(parts: &[&str]) -> Option<String> {
    let (first, rest) = parts.split_first()?;
    if let [numeral, titles @ ..] = rest
        && is_numeral(numeral)
        && has_name(first)
        && !words_of(first).iter().any(|word| is_numeral(word))
    {
        let is_long = numeral.len() > 2 && !WORDS.plain_suffixes.has(numeral);
        let is_ruler = titles.iter().any(|part| has_ruler_title(part));
        if is_ruler || (titles.is_empty() && is_long) {
            let name = format!("{first} {numeral}");
            return Some([&[name.as_str()], titles].concat().join(", "));
        }
    }
    let words = words_of(first);
    let numerals = words.iter().skip(1).filter(|word| is_numeral(word)).count();
    let is_suffix = words
        .last()
        .is_some_and(|word| WORDS.plain_suffixes.has(word) || word.len() < 2 || !is_numeral(word));
    let is_title = |part: &&str| has_ruler_title(part);
    let has_sole_title = rest.iter().any(|part| ends_with_ruler_title(part));
    let is_ruler = (numerals > 0 && rest.iter().any(is_title))
        || (words.len() > 1 && !is_suffix && !rest.is_empty())
        || (has_sole_title && words.len() < 3);
    is_ruler.then(|| parts.join(", "))
}

/// Whether a part has the title of a ruler: `King of Norland`, `Ecumenical Patriarch of Norland`, `German Emperor`.
fn has_ruler_title(part: &str) -> bool {
    let words = words_of(part);
    (0..words.len()).any(|at| {
        let rest = words.get(at..).unwrap_or_default();
        let count = WORDS.ruler_titles.leading_words(rest);
        let next = rest.get(count);
        count > 0 && (at == 0 || next.is_none_or(|word| is_lower_case(word)))
    })
}

/// Whether a part ends with a title that is no name: `Deutsche Kaiserin`.
fn ends_with_ruler_title(part: &str) -> bool {
    let words = words_of(part);
    let first = words.len().saturating_sub(MAX_PHRASE_WORDS);
    (first..words.len()).any(|at| {
        let rest = words.get(at..).unwrap_or_default();
        WORDS.ruler_only_titles.leading_words(rest) == rest.len()
    })
}

/// Whether given names are a ruler's title that other titles follow: `Prince` and `consort of ...`.
pub(super) fn is_title_of_consort(given: &str, titles: &[&str]) -> bool {
    WORDS.ruler_titles.has(given) && titles.first().is_some_and(|title| is_lower_case(title))
}

/// Whether a title says of what place: `Prinz von Norland`, `Secretary of State`.
pub(super) fn names_place(title: &str) -> bool {
    let words = words_of(title);
    let small = words.iter().skip(1).position(|word| is_lower_case(word));
    small.is_some_and(|at| words.iter().skip(at + 1).any(|word| !is_lower_case(word)))
}

/// Whether what follows the comma is an epithet: `Francis, of Assisi`, `Alexander, the Great`,
/// `Francesco, d'Assisi`.
pub(super) fn is_epithet(words: &[&str]) -> bool {
    let ends_name = |word: &str| !is_lower_case(word) && !word.ends_with(['-', '\'', '’']);
    match words {
        [] => false,
        [only] => {
            let name = only.split_once(['\'', '’', '-']).map_or("", |(_, name)| name);
            let particle = only.get(..only.len() - name.len()).unwrap_or("");
            has_name(name)
                && is_lower_case(particle)
                && !is_lower_case(name)
                && WORDS.particles.has(particle)
        }
        [first, .., last] => {
            let leads = WORDS.particles.has(first) || WORDS.function_words.has(first);
            is_lower_case(first) && leads && ends_name(last)
        }
    }
}
