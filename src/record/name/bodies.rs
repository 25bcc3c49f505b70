//! Tells bodies and families from persons by their words.

use super::signs::split_commas;
use super::words::{WORDS, is_cjk, is_initials, is_lower_case, joins, key, words_of};
use crate::text::fold::fold;

/// How much a word shows that a name is that of a body.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    None,
    /// The word is a family name as well: `House`, `Church`.
    Weak,
    Strong,
}

/// Whether a name, split at its commas, is that of a family: `Keller family`, `Medici, House of`.
pub(super) fn is_family(parts: &[&str]) -> bool {
    let is_family_word = |text: &str| WORDS.family_words.has(text);
    let names_family = |text: &str| {
        let bare = text.replace(['(', ')'], " ");
        let words = words_of(&bare);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let is_house = bare.starts_with("House of ");
        (2..6).contains(&words.len())
            && (is_family_word(first) || is_family_word(last) || is_house)
            && !words.iter().any(|word| word_evidence(word) == Evidence::Strong)
    };
    let Some((first, rest)) = parts.split_first() else { return false };
    names_family(first) || rest.iter().any(|part| is_family_word(part))
}

/// Whether a name is that of a body, and no word that shows it is a family's name as well.
pub(super) fn is_certain_body(text: &str) -> bool {
    let parts = split_commas(text);
    let words = words_of(text);
    let has_strong_word = words.iter().any(|word| word_evidence(word) == Evidence::Strong)
        || words.last().is_some_and(|word| WORDS.capital_body_ends.contains(*word));
    (text.contains('&') || has_strong_word) && is_body(&parts, false)
}

/// Whether a name, split at its commas, is that of a body.
///
/// `has_dates`: life dates follow the name, which bodies seldom have.
pub(super) fn is_body(parts: &[&str], has_dates: bool) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    if first.contains('&') || rest.iter().any(|part| part.contains('&')) {
        return true;
    }
    if rest.is_empty() {
        return is_running_body(first);
    }
    let first_words = words_of(first);
    let is_titled = rest.iter().any(|part| WORDS.titles.leading_words(&words_of(part)) > 0);
    // `Keller, John, Capt., U.S.A.`
    let are_letters = |part: &str| is_titled && is_initials(part);
    if rest.iter().any(|part| is_body_part(part) && !are_letters(part)) {
        return true;
    }
    if first_words.len() < 2 {
        return false;
    }
    let evidence = first_words.iter().map(|word| word_evidence(word)).max();
    let is_person = has_dates || is_titled;
    match evidence {
        Some(Evidence::Strong) => !is_person || !is_last_word_only(&first_words),
        Some(Evidence::Weak) => !is_person,
        _ => has_hierarchy(first) || (!is_person && has_function_word(&first_words)),
    }
}

/// Whether only the last of the words shows a body. It may be a family name: `Mary Church College`.
fn is_last_word_only(words: &[&str]) -> bool {
    let (_, before) = words.split_last().unwrap_or((&"", &[]));
    before.iter().all(|word| word_evidence(word) == Evidence::None)
}

/// Whether a name without a comma is that of a body: `J. Walter Thompson Company`.
fn is_running_body(text: &str) -> bool {
    let words = words_of(text);
    if is_cjk_body(text) || has_hierarchy(text) {
        return true;
    }
    let [before @ .., last] = words.as_slice() else { return false };
    let is_ship = WORDS.ship_prefixes.leading_words(before) > 0;
    if is_ship || (!before.is_empty() && WORDS.capital_body_ends.contains(*last)) {
        return true;
    }
    let strongest = words.iter().map(|word| word_evidence(word)).max();
    // `Edward M. House` is a person, `J. P. Morgan Bank` is not.
    let follows_initial = before.last().is_some_and(|word| is_initials(word));
    match strongest {
        Some(Evidence::Strong) => true,
        Some(Evidence::Weak) => {
            let others = before.iter().map(|word| word_evidence(word)).max();
            words.len() > 1
                && !(follows_initial
                    && others.is_none_or(|it| it == Evidence::None)
                    && word_evidence(last) == Evidence::Weak)
        }
        _ => words.iter().any(|word| joins(word)),
    }
}

/// Whether what follows a comma shows a body: `Inc.`, `Department of the`, `Church of`.
fn is_body_part(part: &str) -> bool {
    let words = words_of(part);
    let is_title =
        WORDS.titles.leading_words(&words) + WORDS.ruler_titles.leading_words(&words) > 0;
    if is_title
        || is_initials(part) && words.iter().all(|word| word_evidence(word) == Evidence::None)
    {
        return false;
    }
    let leads = |at: usize| {
        let next = words.get(at + 1);
        next.is_some_and(|word| {
            ["of", "de", "der", "des", "du", "for", "fur", "für"].contains(word)
        })
    };
    words.iter().enumerate().any(|(at, word)| match word_evidence(word) {
        Evidence::Strong => true,
        Evidence::Weak => leads(at),
        Evidence::None => false,
    })
}

/// How much a word shows that the name is that of a body.
fn word_evidence(word: &str) -> Evidence {
    let bare = word.trim_matches(['(', ')', '[', ']', '"', ',', ';', ':', '.']);
    let folded = fold(bare);
    // `Keller Co.`; without a full stop, the word is a family's name as well.
    let is_company = folded == "co" && word.ends_with('.');
    if is_company || WORDS.body_words.has(&folded) {
        return Evidence::Strong;
    }
    if WORDS.weak_body_words.has(&folded) {
        return Evidence::Weak;
    }
    let extends = |known: &String| folded.len() > known.len() + 3;
    let begins = WORDS.body_starts.iter().any(|it| folded.starts_with(it.as_str()));
    let ends = WORDS.body_ends.iter().any(|it| folded.ends_with(it.as_str()) && extends(it));
    if begins || ends { Evidence::Strong } else { Evidence::None }
}

/// Whether a full stop separates a body from its part: `Soviet Union. Ministry of Foreign Affairs`.
fn has_hierarchy(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let before =
            text.get(..at).and_then(|text| text.split_whitespace().next_back()).unwrap_or("");
        let after = text.get(at + 2..).unwrap_or("").trim_start();
        let length = before.chars().filter(|letter| letter.is_alphabetic()).count();
        let is_abbreviation = before.contains('.')
            || is_initials(&format!("{before}."))
            || WORDS.titles.has(before)
            || WORDS.abbreviations.has(before)
            || WORDS.suffixes.has(before);
        (length > 3 || before.ends_with(')')) && !is_abbreviation && !is_lower_case(after)
    })
}

/// Whether words such as `the` and `of` show that more than a family's name stands before a comma.
fn has_function_word(words: &[&str]) -> bool {
    let is_function_word = |word: &str| WORDS.function_words.has(word);
    let leads = words.first().is_some_and(|word| ["The", "the"].contains(word));
    leads || words.iter().skip(1).any(|word| is_function_word(word) && key(word) != "der")
}

/// Whether a name in Chinese, Japanese or Korean ends like a body's: `外交部`.
fn is_cjk_body(text: &str) -> bool {
    let length = text.chars().count();
    text.chars().any(is_cjk)
        && length > 2
        && WORDS.cjk_body_ends.iter().any(|end| text.ends_with(end.as_str()))
}
