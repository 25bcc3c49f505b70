//! Takes the name of a person apart: family, given names, titles, suffix, particles.

use super::parse::keep_whole;
use super::running;
use super::signs::{split_doubt, split_round_brackets, strip_full_stop};
use super::words::{WORDS, is_initials, is_lower_case, words_of};
use super::{Name, NameKind, TitlePlace};

/// Particles with a capital letter that count behind given names. `Van` alone is a Vietnamese name.
const CAPITAL_PARTICLES: [&str; 13] = [
    "De", "Von", "Du", "D'", "D’", "Del", "Dos", "De La", "De Las", "Van De", "Van Der", "Van Den",
    "Von Der",
];

/// What stands behind the first comma of a name.
#[derive(Default)]
struct Behind<'t> {
    given: Option<&'t str>,
    suffix: &'t str,
    titles: Vec<&'t str>,
}

/// Takes a name apart that is split at its commas and has no dates any more. What does not show its
/// parts stays whole.
pub(super) fn take_apart(parts: &[&str], name: &mut Name) {
    let Some((first, rest)) = parts.split_first() else { return };
    let has_list = parts.iter().any(|part| part.contains([';', '|', '/', '=']));
    let is_ruler = rest.first().is_some_and(|behind| is_ruler(first, behind));
    let is_certain = !has_list && !is_ruler;
    let Some(behind) = sort_behind(rest, !name.dates.is_empty()).filter(|_| is_certain) else {
        return keep_whole(parts, name);
    };
    behind.suffix.clone_into(&mut name.suffix);
    match behind.given {
        None => take_without_given(first, &behind.titles, parts, name),
        Some(given) if joins_names(given) || begins_with_remark(first) => {
            name.suffix.clear();
            return keep_whole(parts, name);
        }
        Some(given) => {
            let first = take_doubt(first, name);
            name.title = behind.titles.join(", ");
            take_inverted(first, given, name);
        }
    }
    if !name.is_whole() || !name.title.is_empty() {
        name.kind = NameKind::Person;
    }
    if name.title_place == TitlePlace::Left && WORDS.kept_titles.has(&name.title) {
        name.title_place = TitlePlace::Behind;
    }
}

/// Whether given names are those of two persons: `John and Mary`. The `und` of `von und zu` joins particles.
fn joins_names(given: &str) -> bool {
    let words = words_of(given);
    words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1);
        let is_particle = next.is_some_and(|next| is_lower_case(next) && WORDS.particles.has(next));
        WORDS.joining_words.has(word) && !is_particle
    })
}

/// Whether a word that is no part of a name stands before it: `probably Keller`.
fn begins_with_remark(family: &str) -> bool {
    let words = words_of(family);
    words.len() > 1
        && words.first().is_some_and(|word| is_lower_case(word) && !WORDS.particles.has(word))
        && !words.first().is_some_and(|word| word.contains(['\'', '’', '-']))
}

/// Whether a name with a numeral is a ruler's: `Wilhelm II, German Emperor`.
fn is_ruler(first: &str, behind: &str) -> bool {
    let last_of = |text: &str| words_of(text).last().copied().unwrap_or("").to_owned();
    let numeral = last_of(first);
    let has_numeral = numeral != first && numeral.chars().all(|letter| "IVX".contains(letter));
    has_numeral && WORDS.ruler_titles.has(&last_of(behind))
}

/// Sorts the parts behind the first comma. `None` if a part is neither given names nor a suffix nor a title.
///
/// `has_dates`: life dates show that the name is a person's, so an unknown part is an addition to it.
fn sort_behind<'t>(rest: &[&'t str], has_dates: bool) -> Option<Behind<'t>> {
    let mut behind = Behind::default();
    for part in rest {
        let has_given = behind.given.is_some();
        let is_suffix = if has_given || !behind.titles.is_empty() {
            WORDS.suffixes.has(part)
        } else {
            WORDS.plain_suffixes.has(part)
        };
        if is_suffix && behind.suffix.is_empty() {
            behind.suffix = part;
        } else if !behind.titles.is_empty() || is_title(part, has_given) {
            behind.titles.push(strip_full_stop(part));
        } else if !has_given {
            behind.given = Some(part);
        } else if has_dates || is_lower_case(part) {
            behind.titles.push(strip_full_stop(part));
        } else {
            return None;
        }
    }
    Some(behind)
}

/// Whether a part is a title. Directly behind the family's name, given names may begin with one.
fn is_title(part: &str, has_given: bool) -> bool {
    let words = words_of(part);
    let count = leading_title(&words);
    if count == 0 || has_given {
        return count > 0;
    }
    match words.get(count) {
        None => {
            let is_given_name = WORDS.given_name_titles.has(part) && !part.ends_with('.');
            !is_given_name && !words.iter().all(|word| is_initials(word))
        }
        // `O.P. bin` are given names and a particle.
        Some(_) if words.iter().take(count).all(|word| is_initials(word)) => false,
        Some(next) => WORDS.title_ends.has(next) || is_lower_case(next),
    }
}

/// Returns the number of words at the beginning that are a title.
fn leading_title(words: &[&str]) -> usize {
    let known = WORDS.titles.leading_words(words).max(WORDS.ruler_titles.leading_words(words));
    // `Lieutenant-General`
    let compound = words.first().and_then(|word| word.split_once(['-', '‐']));
    let is_compound = compound.is_some_and(|(first, second)| {
        WORDS.titles.has(&format!("{first} {second}"))
            || (WORDS.titles.has(first) && WORDS.titles.has(second))
    });
    known.max(usize::from(is_compound))
}

/// Whether a title leads to the family's name: `Duke of`.
pub(super) fn leads_to_family(title: &str) -> bool {
    let words = words_of(title);
    let last = words.last().copied().unwrap_or("");
    let glued = last.rsplit_once(['\'', '’']).is_some_and(|(_, after)| after.is_empty());
    (words.len() > 1 && WORDS.title_ends.has(last)) || glued || words.ends_with(&["of", "the"])
}

/// Takes a name apart that has no given names behind its comma.
fn take_without_given(first: &str, titles: &[&str], parts: &[&str], name: &mut Name) {
    let Some(title) = titles.first() else {
        let first = take_doubt(first, name);
        return running::take_apart(first, name);
    };
    let is_ruler = WORDS.ruler_titles.leading_words(&words_of(title)) > 0;
    let all = titles.join(", ");
    let has_one_word = words_of(first).iter().filter(|word| !is_lower_case(word)).count() < 2;
    if is_ruler && !leads_to_family(&all) {
        // A ruler or saint has no family name.
        name.kind = NameKind::Person;
        name.suffix.clear();
        keep_whole(parts, name);
    } else if has_one_word || leads_to_family(&all) {
        take_family(take_doubt(first, name), name);
        name.title = all;
    } else {
        running::take_apart(take_doubt(first, name), name);
        // `Prof. A. Keller, Baron`
        let before = std::mem::take(&mut name.title);
        name.title = if before.is_empty() { all } else { format!("{before}, {all}") };
    }
}

/// Takes a name apart that has its family name before the comma.
fn take_inverted(first: &str, given: &str, name: &mut Name) {
    let given = take_doubt(given, name);
    let given = take_round_brackets(given, name);
    let given = take_round_brackets(given, name);
    let given = take_doubt(given, name);
    let words = words_of(given);
    if is_epithet(&words) {
        name.whole = format!("{first} {given}");
        return;
    }
    let ruler = words_of(&name.title);
    let count = WORDS.ruler_titles.leading_words(&ruler);
    if count > 0 && count == ruler.len() {
        // `Thomas, Aquinas, Saint`: what stands before the comma may be no family name.
        name.whole = format!("{first}, {given}");
        return;
    }
    let words = take_leading_titles(&words, name);
    let words = take_last_suffix(words, name);
    take_family(first, name);
    let particles = trailing_particles(words);
    let (given, particle) = words.split_at(words.len().saturating_sub(particles));
    if name.particle.is_empty() {
        name.particle = particle.join(" ");
        name.given = given.join(" ");
    } else {
        name.given = words.join(" ");
    }
    strip_full_stop(&name.given.clone()).clone_into(&mut name.given);
}

/// Whether what follows the comma is an epithet: `Francis, of Assisi`, `Alexander, the Great`.
fn is_epithet(words: &[&str]) -> bool {
    let [first, .., last] = words else { return false };
    let is_small = is_lower_case(first);
    let leads = WORDS.particles.has(first) || WORDS.function_words.has(first);
    is_small && leads && !is_lower_case(last) && !last.ends_with(['-', '\'', '’'])
}

/// Moves titles before the given names to the name: `Sir John`. Returns the other words.
fn take_leading_titles<'w, 't>(words: &'w [&'t str], name: &mut Name) -> &'w [&'t str] {
    let mut rest = words;
    loop {
        let count = WORDS.titles.leading_words(rest);
        let (title, others) = rest.split_at(count);
        let phrase = title.join(" ");
        let is_given_name = WORDS.given_name_titles.has(&phrase) && !phrase.ends_with('.');
        let is_initial = title.iter().all(|word| is_initials(word));
        if count == 0 || others.is_empty() || is_given_name || is_initial {
            break;
        }
        rest = others;
    }
    let count = words.len() - rest.len();
    if count > 0 && name.title.is_empty() {
        name.title = words.get(..count).unwrap_or_default().join(" ");
        name.title_place = TitlePlace::Before;
        return rest;
    }
    words
}

/// Moves a suffix at the end to the name: `Martin Luther Jr.` Returns the other words.
pub(super) fn take_last_suffix<'w, 't>(words: &'w [&'t str], name: &mut Name) -> &'w [&'t str] {
    let Some((last, before)) = words.split_last() else { return words };
    let is_numeral = last.chars().all(|letter| "IV".contains(letter));
    let is_suffix = WORDS.plain_suffixes.has(last)
        && (is_numeral || last.chars().any(|letter| !"ivIV".contains(letter)));
    if !is_suffix || before.is_empty() || !name.suffix.is_empty() {
        return words;
    }
    (*last).clone_into(&mut name.suffix);
    before
}

/// Fills in the family's name, with a particle and a suffix that stand with it.
pub(super) fn take_family(family: &str, name: &mut Name) {
    let all = words_of(family);
    let words = take_last_suffix(&all, name);
    let is_particle = |word: &&&str| is_lower_case(word) && WORDS.particles.has(word);
    let count = words.iter().take_while(is_particle).count();
    let count = count.min(words.len().saturating_sub(1));
    let (particle, family) = words.split_at(count);
    name.particle = particle.join(" ");
    name.particle_leads = count > 0;
    strip_full_stop(&family.join(" ")).clone_into(&mut name.family);
}

/// Returns the number of particles at the end of given names: 1 of `Charles de`.
fn trailing_particles(words: &[&str]) -> usize {
    let is_particle = |word: &&&str| {
        let has_case = word.chars().any(|letter| letter.is_uppercase() || letter.is_lowercase());
        (is_lower_case(word) || !has_case) && WORDS.particles.has(word)
    };
    let small = words.iter().rev().take_while(is_particle).count();
    if small > 0 {
        return small;
    }
    let is_capital = |count: &usize| {
        let start = words.len().checked_sub(*count).filter(|start| *start > 0);
        let phrase = start.and_then(|start| words.get(start..)).map(|words| words.join(" "));
        phrase.is_some_and(|phrase| CAPITAL_PARTICLES.contains(&phrase.as_str()))
    };
    (1..=2).rev().find(is_capital).unwrap_or(0)
}

/// Moves the sign of doubt at the end of a part to the name.
fn take_doubt<'t>(part: &'t str, name: &mut Name) -> &'t str {
    let (bare, doubt) = split_doubt(part);
    if !doubt.is_empty() {
        doubt.clone_into(&mut name.doubt);
    }
    bare
}

/// Moves what stands in round brackets behind the given names to the name.
fn take_round_brackets<'t>(given: &'t str, name: &mut Name) -> &'t str {
    let Some((before, inner)) = split_round_brackets(given) else { return given };
    let is_headings_form = !name.dates.is_empty() || !name.title.is_empty();
    let is_name = words_of(inner).iter().all(|word| {
        word.chars().next().is_some_and(char::is_uppercase) || WORDS.particles.has(word)
    });
    if name.fuller.is_empty() && (is_fuller(before, inner) || (is_headings_form && is_name)) {
        inner.clone_into(&mut name.fuller);
    } else if name.qualifier.is_empty() {
        inner.clone_into(&mut name.qualifier);
    } else {
        return given;
    }
    before
}

/// Whether `inner` may be a fuller form of a name: its words have the same first letters, and perhaps more.
pub(super) fn is_fuller(name: &str, inner: &str) -> bool {
    let first_letters = |text: &str| -> Vec<char> {
        let words = text.split([' ', '.', '-']);
        words.filter_map(|word| word.chars().find(|letter| letter.is_alphabetic())).collect()
    };
    let wanted = first_letters(name);
    let mut found = first_letters(inner).into_iter();
    let has_capital = inner.chars().next().is_some_and(char::is_uppercase);
    has_capital && !wanted.is_empty() && wanted.iter().all(|letter| found.any(|it| it == *letter))
}
