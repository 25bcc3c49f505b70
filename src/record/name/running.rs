//! Takes a name in running order apart, if initials show where the family's name is.

use super::Name;
use super::parse::keep_whole;
use super::person::{is_fuller, leads_to_family, take_family, take_last_letters, take_last_suffix};
use super::signs::split_round_brackets;
use super::words::{WORDS, is_initials, is_lower_case, title_words, words_of};

/// Takes a name without commas apart: `T.V. Soong`, `Андропов Ю.В.` Without initials it stays whole.
pub(super) fn take_apart(text: &str, name: &mut Name) {
    let (bare, inner) = split_round_brackets(text).unwrap_or((text, ""));
    // Initials alone are a pen name: `A. E. (George William Russell)`.
    let is_pen_name = words_of(bare).iter().all(|word| is_initials(word));
    let is_long =
        !inner.is_empty() && bare.contains('.') && (is_pen_name || is_fuller(bare, inner));
    let text = if is_long {
        inner.clone_into(&mut name.fuller);
        bare
    } else {
        text
    };
    let all = words_of(text);
    let words = take_last_suffix(&all, name);
    let lettered = words;
    let words = take_last_letters(words, name);
    let titles = leading_titles(words);
    let (title, core) = words.split_at(titles);
    let has_brackets = text.contains(['(', ')']);
    if !has_brackets && (take_inverted(core, name) || take_running(core, name)) {
        let title = title.join(" ");
        if leads_to_family(&title) {
            // `Baron A. von Keller`
            name.title_before = title;
        } else {
            let titles = [title, std::mem::take(&mut name.title)];
            let titles = titles.into_iter().filter(|title| !title.is_empty());
            name.title = titles.collect::<Vec<_>>().join(", ");
        }
        return;
    }
    name.title.clear();
    keep_whole(&[lettered.join(" ").as_str()], name);
}

/// Returns the number of words of titles at the beginning. A name follows them: in `Major J.R.`, the title is one.
fn leading_titles(words: &[&str]) -> usize {
    let mut count = 0;
    loop {
        let rest = words.get(count..).unwrap_or_default();
        let next = title_words(rest);
        let is_initial = rest.get(..next).unwrap_or_default().iter().all(|word| is_initials(word));
        let is_last = match rest.get(next..).unwrap_or_default() {
            [] => true,
            [only] => is_initials(only),
            _ => false,
        };
        if next == 0 || is_initial || is_last {
            return count;
        }
        count += next;
    }
}

/// Takes a name apart whose family name is followed by initials. One Latin initial is not enough: in
/// `Anna K.` it is the family's.
fn take_inverted(words: &[&str], name: &mut Name) -> bool {
    let count = words.iter().rev().take_while(|word| is_initials(word)).count();
    let (family, initials) = words.split_at(words.len() - count);
    let letters = initials.iter().flat_map(|word| word.chars());
    let letters: Vec<char> = letters.filter(|letter| letter.is_alphabetic()).collect();
    let is_cyrillic = letters.iter().all(|letter| ('\u{400}'..='\u{4ff}').contains(letter));
    let surnames = family.iter().filter(|word| !WORDS.particles.has(word)).count();
    if count == 0 || surnames != 1 || (letters.len() < 2 && !is_cyrillic) {
        return false;
    }
    take_family(&family.join(" "), name);
    name.given = initials.join(" ");
    true
}

/// Takes a name apart that has an initial before its last word: `J. Robert Oppenheimer`.
fn take_running(words: &[&str], name: &mut Name) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    let has_digit = words.iter().any(|word| word.chars().any(char::is_numeric));
    let is_owner = last.ends_with("'s") || last.ends_with("’s");
    if is_initials(last)
        || is_lower_case(last)
        || is_owner
        || has_digit
        || !before.iter().any(|word| is_initials(word))
    {
        return false;
    }
    let mut start = before.len();
    while start > 1 {
        let Some(word) = words.get(start - 1) else { break };
        let is_small = is_lower_case(word);
        if is_small && WORDS.family_joining_words.has(word) && start > 2 {
            // `Ortega y Gasset`
            start -= 2;
        } else if (is_small && WORDS.particles.has(word))
            || (!is_initials(word) && WORDS.capital_particles.has(word))
        {
            start -= 1;
        } else if is_small {
            return false;
        } else {
            break;
        }
    }
    let (given, family) = words.split_at(start);
    // `J. L. García Márquez` may have two family names.
    let initials = given.iter().take_while(|word| is_initials(word)).count();
    let is_uncertain = initials > 1
        && given.len() > initials
        && given.last().is_some_and(|word| !is_initials(word));
    if is_uncertain || !given.iter().any(|word| is_initials(word)) {
        return false;
    }
    take_family(&family.join(" "), name);
    name.given = given.join(" ");
    true
}
