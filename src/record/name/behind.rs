//! Sorts what stands behind the first comma of a person's name: given names, suffix, titles.

use super::signs::strip_full_stop;
use super::words::{WORDS, is_initials, is_lower_case, joins, key, title_words, words_of};

/// What stands behind the first comma of a name.
#[derive(Default)]
pub(super) struct Behind<'t> {
    pub(super) given: Option<&'t str>,
    pub(super) suffix: &'t str,
    pub(super) titles: Vec<&'t str>,
}

/// Sorts the parts behind the first comma. `None` if a part is neither given names nor a suffix nor a title.
///
/// `first`: what stands before the comma. An unknown part behind the given names may be another person.
pub(super) fn sort<'t>(first: &str, rest: &[&'t str]) -> Option<Behind<'t>> {
    let order = Order::new(first);
    let mut behind = Behind::default();
    for part in rest {
        let has_given = behind.given.is_some() || order == Order::Running;
        let is_suffix = if has_given || !behind.titles.is_empty() {
            WORDS.suffixes.has(part)
        } else {
            WORDS.plain_suffixes.has(part)
        };
        let is_direct = behind.given.is_none() && behind.titles.is_empty();
        if words_of(part).first().is_some_and(|word| joins(word)) {
            // `Keller, John, and Anna Keller`
            return None;
        }
        if is_suffix && behind.suffix.is_empty() {
            behind.suffix = part;
        } else if is_direct && shows_letters(order, part, &behind)?
            || is_title(part, has_given)
            || !is_direct && (are_letters(part) || is_lower_case(part))
            || !behind.titles.is_empty() && words_of(part).iter().all(|word| is_initials(word))
        {
            behind.titles.push(strip_full_stop(part));
        } else if is_direct && !has_given {
            behind.given = Some(part);
        } else {
            // `Keller, Max, Dr., Roth, Emil` are two persons.
            return None;
        }
    }
    Some(behind)
}

/// In which order the words before the first comma are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// An initial before the last word shows given names and a family's name: `J. Keller`.
    Running,
    /// A title before two words: `Rev. John Keller`.
    Titled,
    /// Two or more words, which may be a family's name: `John Keller`, `Keller Meyer`.
    Several,
    /// One word beside particles.
    FamilyName,
}

impl Order {
    fn new(first: &str) -> Order {
        let words = words_of(first);
        let titles = title_words(&words);
        let next = words.get(titles);
        let is_name = |word: &&&str| {
            !is_lower_case(word) && !WORDS.capital_particles.has(word) && !is_initials(word)
        };
        let Some((last, before)) = words.split_last() else { return Order::FamilyName };
        if before.iter().any(|word| is_initials(word)) && !is_initials(last) {
            Order::Running
        } else if titles > 0
            && words.len() > titles + 1
            && !next.is_some_and(|it| is_lower_case(it))
        {
            Order::Titled
        } else if words.iter().filter(is_name).count() > 1 {
            Order::Several
        } else {
            Order::FamilyName
        }
    }
}

/// Whether the part directly behind the first comma has letters such as `M.D.`, not initials of given names.
/// `None` if it may be both.
fn shows_letters(order: Order, part: &str, behind: &Behind<'_>) -> Option<bool> {
    let words = words_of(part);
    let are_initials = words.iter().all(|word| is_initials(word));
    let is_known =
        are_letters(part) || (are_initials && WORDS.titles.leading_words(&words) == words.len());
    match order {
        Order::Running => Some(is_known || are_initials),
        Order::Several if is_known && behind.suffix.is_empty() => None,
        Order::Titled | Order::Several => Some(is_known),
        Order::FamilyName => Some(false),
    }
}

/// Whether a part consists of letters behind a name: `M.D.`, `SJ`, `K.C.B.`
pub(super) fn are_letters(part: &str) -> bool {
    let words = words_of(part);
    let capitals = part.chars().filter(|letter| letter.is_uppercase()).count();
    let count = WORDS.letters_behind.leading_words(&words);
    // `O.F.M. Cap.` in four words
    let is_long = WORDS.letters_behind.has(&key(part));
    capitals > 1 && (count == words.len() || is_long)
}

/// Whether a part is a title. Directly behind the family's name, given names may begin with one.
fn is_title(part: &str, has_given: bool) -> bool {
    let words = words_of(part);
    let mut count = title_words(&words).max(WORDS.ruler_titles.leading_words(&words));
    // `Prof. Dr.`
    while count > 0 {
        let more = title_words(words.get(count..).unwrap_or_default());
        if more == 0 {
            break;
        }
        count += more;
    }
    if count == 0 || has_given {
        // `Dr. Roth` behind given names is another person.
        let is_abbreviated =
            count.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|it| it.ends_with('.'));
        let is_name =
            |word: &&str| !is_lower_case(word) && !is_initials(word) && !are_letters(word);
        return count > 0 && !(is_abbreviated && words.get(count).is_some_and(is_name));
    }
    match words.get(count) {
        None => {
            let is_written_as_name = !part.ends_with('.') && !is_lower_case(part);
            let is_given_name = WORDS.given_name_titles.has(part) && is_written_as_name;
            !is_given_name && !words.iter().all(|word| is_initials(word))
        }
        // `O.P. bin` are given names and a particle.
        Some(_) if words.iter().take(count).all(|word| is_initials(word)) => false,
        Some(next) => {
            // `król Norland`
            let is_small = is_lower_case(part) && WORDS.ruler_titles.leading_words(&words) > 0;
            WORDS.title_ends.has(next) || is_lower_case(next) || is_small
        }
    }
}
