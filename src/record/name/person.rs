//! Takes the name of a person apart: family, given names, titles, suffix, particles.

use super::life_dates::has_name;
use super::parse::keep_whole;
use super::signs::{split_doubt, split_round_brackets, strip_full_stop};
use super::words::{
    WORDS, are_particles, is_initials, is_lower_case, is_small, joins, title_words, words_of,
};
use super::{Name, NameKind, behind, forms, rulers, running};

/// Takes a name apart that is split at its commas and has no dates any more. What does not show its
/// parts stays whole.
pub(super) fn take_apart(parts: &[&str], name: &mut Name) {
    let Some((first, rest)) = parts.split_first() else { return };
    if let Some(whole) = rulers::whole_name(parts) {
        name.kind = NameKind::Person;
        return keep_whole(&[whole.as_str()], name);
    }
    let is_list = parts.iter().any(|part| part.contains([';', '|', '/', '=']));
    let sorted = behind::sort(first, rest).filter(|_| !is_list);
    let Some(behind) = sorted else { return keep_whole(parts, name) };
    behind.suffix.clone_into(&mut name.suffix);
    match behind.given {
        None => take_without_given(first, &behind.titles, parts, name),
        Some(given) if !shows_family(first, given, &behind.titles) => {
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
    name.keeps_title = WORDS.kept_titles.has(&name.title);
}

/// Whether what stands before the first comma is a family's name, and what follows the names given to one person.
fn shows_family(first: &str, given: &str, titles: &[&str]) -> bool {
    let (words, given_words) = (words_of(first), words_of(given));
    // `Iwakura Tomomi, Prince`: two names and a title, or two family names and a given name.
    let is_rank =
        WORDS.noble_titles.has(given) || WORDS.ruler_titles.leading_words(&given_words) > 0;
    let is_uncertain = is_rank
        && WORDS.given_name_titles.has(given)
        && words.iter().filter(|word| !is_lower_case(word)).count() > 1;
    let is_office = words.len() > 1 && words.iter().any(|word| WORDS.offices.has(word));
    // `Anna, pastor` has a remark; `von` is a particle.
    let is_remark = !given.contains(char::is_uppercase)
        && given_words.iter().all(|word| is_lower_case(word))
        && first.contains(char::is_uppercase)
        && !are_particles(&given_words);
    // `Keller A, Meyer B` are two persons.
    let ends_with_initials = |words: &[&str]| {
        let last = words.last().copied().unwrap_or("");
        words.len() > 1 && last.len() < 3 && last.chars().all(|letter| letter.is_ascii_uppercase())
    };
    // `Thomas, Aquinas, Saint`: what stands before the comma may be no family name.
    let title_words = words_of(&titles.join(" ")).len();
    let is_saint = title_words > 0
        && WORDS.ruler_titles.leading_words(&words_of(&titles.join(" "))) == title_words
        && !rulers::is_epithet(&given_words);
    let is_consort = words.len() == 1 && rulers::is_title_of_consort(given, titles);
    let are_two = ends_with_initials(&words) && ends_with_initials(&given_words);
    let is_other = is_office || is_remark || is_saint || is_consort || are_two || is_uncertain;
    !(is_other || joins_names(given) || begins_with_remark(first))
}

/// Whether given names are those of two persons: `John and Mary`. The `und` of `von und zu` joins particles.
fn joins_names(given: &str) -> bool {
    let words = words_of(given);
    words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1);
        let is_particle = next.is_some_and(|next| are_particles(&[*next]));
        // `J. A. et al.`; `E. A.` are initials.
        let rest = words.get(at..).unwrap_or_default();
        let are_others = is_lower_case(word) && WORDS.others.leading_words(rest) > 0;
        are_others || (joins(word) && !is_particle)
    })
}

/// Whether a word that is no part of a name stands before it: `probably Keller`.
fn begins_with_remark(family: &str) -> bool {
    let words = words_of(family);
    words.len() > 1
        && words.first().is_some_and(|word| is_lower_case(word))
        && WORDS.particles.leading_words(&words) == 0
        && !words.first().is_some_and(|word| word.contains(['\'', '’', '-']))
}

/// Whether a title leads to the family's name: `Duke of`, `1st Baron`.
pub(super) fn leads_to_family(title: &str) -> bool {
    let words = words_of(title);
    let last = words.last().copied().unwrap_or("");
    let glued = last.rsplit_once(['\'', '’']).is_some_and(|(_, after)| after.is_empty());
    let is_end = WORDS.title_ends.has(last) || are_particles(&[last]);
    // `Baron`, `1st Baron`
    let is_peer = match words.as_slice() {
        [title] => WORDS.peer_titles.has(title),
        [number, title] => number.starts_with(char::is_numeric) && WORDS.peer_titles.has(title),
        _ => false,
    };
    is_peer || (words.len() > 1 && is_end) || glued || words.ends_with(&["of", "the"])
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
    let is_whole = is_ruler || (has_one_word && (titles.len() > 1 || rulers::names_place(title)));
    if is_whole && !leads_to_family(&all) {
        // A ruler or saint has no family name. `Keller, Bishop of Norland` is in natural order.
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
        if name.is_whole() && may_be_given_name(title) {
            // `Anna Keller, Captain`: the title may be a given name behind two family names.
            let parts = [&name.whole, &name.suffix, &name.title].map(String::as_str);
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            name.whole = parts.collect::<Vec<_>>().join(", ");
            (name.suffix, name.title) = (String::new(), String::new());
        }
    }
}

/// Whether a title is written like a given name: `Captain`, not `Capt.`, `PhD` or `captain`.
fn may_be_given_name(title: &str) -> bool {
    let mut letters = title.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.all(|letter| letter.is_lowercase() || letter == '-')
}

/// Takes a name apart that has its family name before the comma.
fn take_inverted(first: &str, given: &str, name: &mut Name) {
    let given = take_doubt(given, name);
    let (given, particles) = split_bracketed_particles(given);
    let given = take_round_brackets(given, name);
    let given = take_round_brackets(given, name);
    let given = take_doubt(given, name);
    let mut words = words_of(given);
    words.extend(words_of(particles));
    if rulers::is_epithet(&words) {
        name.whole = format!("{first} {}", words.join(" "));
        return;
    }
    let words = take_birth_name(&words, name);
    let words = take_leading_titles(words, name);
    let words = take_last_suffix(words, name);
    let words = take_last_letters(words, name);
    let (family, particles) = split_bracketed_particles(first);
    take_family(&forms::join_words(&[family, particles]), name);
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

/// Moves the family's name at birth to the titles: `Anna geb. Meyer`. Returns the other words.
fn take_birth_name<'w, 't>(words: &'w [&'t str], name: &mut Name) -> &'w [&'t str] {
    let is_birth_word =
        |word: &str| is_lower_case(word) && WORDS.birth_words.has(word) && name.title.is_empty();
    let at = words.iter().position(|word| is_birth_word(word)).filter(|at| *at > 0);
    let Some((given, birth)) = at.map(|at| words.split_at(at)) else { return words };
    if birth.len() < 2 {
        return words;
    }
    name.title = birth.join(" ");
    given
}

/// Moves titles before the given names to the name: `Sir John`. Returns the other words.
fn take_leading_titles<'w, 't>(words: &'w [&'t str], name: &mut Name) -> &'w [&'t str] {
    let mut rest = words;
    loop {
        let (title, others) = rest.split_at(title_words(rest));
        let phrase = title.join(" ");
        // `Baron A. von`
        let is_noble = WORDS.noble_titles.has(&phrase) && small_particles(others) > 0;
        let is_given_name =
            WORDS.given_name_titles.has(&phrase) && !phrase.ends_with('.') && !is_noble;
        let is_initial = title.iter().all(|word| is_initials(word));
        if others.is_empty() || is_given_name || is_initial {
            break;
        }
        rest = others;
    }
    let count = words.len() - rest.len();
    name.title_before = words.get(..count).unwrap_or_default().join(" ");
    rest
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

/// Moves letters behind a name to the titles: `Anton OSB`. Initials with full stops may be those of given names.
/// Returns the other words.
pub(super) fn take_last_letters<'w, 't>(words: &'w [&'t str], name: &mut Name) -> &'w [&'t str] {
    let Some((last, before)) = words.split_last() else { return words };
    if before.is_empty() || last.contains('.') || !behind::are_letters(last) {
        return words;
    }
    let titles = [last, name.title.as_str()].into_iter().filter(|title| !title.is_empty());
    name.title = titles.collect::<Vec<_>>().join(", ");
    before
}

/// Fills in the family's name, with a particle and a suffix that stand with it.
pub(super) fn take_family(family: &str, name: &mut Name) {
    let all = words_of(family);
    let words = take_last_suffix(&all, name);
    // Only words in small letters can be particles, so no more than these are tried.
    let small = words.iter().take_while(|word| is_small(word)).count();
    let most = small.min(words.len().saturating_sub(1));
    let has_particles = |count: &usize| are_particles(words.get(..*count).unwrap_or_default());
    let before = (1..=most).rev().find(has_particles).unwrap_or(0);
    let (particle, family) = words.split_at(before);
    // `Keller von, Max`
    let behind = if before == 0 { small_particles(family) } else { 0 };
    let (family, particle_behind) = family.split_at(family.len() - behind);
    name.particle = [particle, particle_behind].concat().join(" ");
    name.particle_leads = before > 0;
    strip_full_stop(&family.join(" ")).clone_into(&mut name.family);
}

/// Returns the number of particles in small letters at the end of words, at most all but one.
fn small_particles(words: &[&str]) -> usize {
    let tail = |count: &usize| words.get(words.len().saturating_sub(*count)..).unwrap_or_default();
    let small = words.iter().rev().take_while(|word| is_small(word)).count();
    let most = small.min(words.len().saturating_sub(1));
    (1..=most).rev().find(|count| are_particles(tail(count))).unwrap_or(0)
}

/// Returns the number of particles at the end of given names: 1 of `Charles de`, 2 of `Max Graf von`.
fn trailing_particles(words: &[&str]) -> usize {
    if are_particles(words) {
        return words.len();
    }
    let small = small_particles(words);
    if small > 0 {
        let noble = words.len().checked_sub(small + 1).filter(|at| *at > 0);
        let is_noble =
            noble.and_then(|at| words.get(at)).is_some_and(|word| WORDS.noble_titles.has(word));
        return small + usize::from(is_noble);
    }
    let is_capital = |count: &usize| {
        let start = words.len().checked_sub(*count).filter(|start| *start > 0);
        let phrase = start.and_then(|start| words.get(start..)).map(|words| words.join(" "));
        phrase.is_some_and(|phrase| WORDS.capital_particles_behind.has(&phrase))
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

/// Splits particles in brackets off the end of a part: `Louis (de)`.
fn split_bracketed_particles(part: &str) -> (&str, &str) {
    let split = split_round_brackets(part);
    split.filter(|(_, inner)| are_particles(&words_of(inner))).unwrap_or((part, ""))
}

/// Moves what stands in round brackets behind the given names to the name.
fn take_round_brackets<'t>(given: &'t str, name: &mut Name) -> &'t str {
    let Some((before, inner)) = split_round_brackets(given).or_else(|| split_remark(given)) else {
        return given;
    };
    // `J(ohn)`
    if is_lower_case(inner) && given.get(before.len()..).is_some_and(|rest| rest.starts_with('(')) {
        return given;
    }
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

/// Splits a remark in square brackets off the end of given names: `John [attributed]`.
fn split_remark(given: &str) -> Option<(&str, &str)> {
    let (before, inner) = given.strip_suffix(']')?.split_once(" [")?;
    let is_remark = is_lower_case(inner) && !inner.contains(['[', ']']) && has_name(before);
    is_remark.then_some((before.trim_end(), inner))
}

/// Whether `inner` may be a fuller form of a name: its words have the same first letters, and perhaps more.
pub(super) fn is_fuller(name: &str, inner: &str) -> bool {
    let first_letters = |text: &str| -> Vec<char> {
        let words = text.split([' ', '.', '-']);
        let first = |word: &str| word.chars().find(|letter| letter.is_alphabetic());
        words.filter_map(first).flat_map(char::to_lowercase).collect()
    };
    let wanted = first_letters(name);
    let mut found = first_letters(inner).into_iter();
    let has_capital =
        inner.chars().next().is_some_and(char::is_uppercase) && title_words(&words_of(inner)) == 0;
    has_capital && !wanted.is_empty() && wanted.iter().all(|letter| found.any(|it| it == *letter))
}
