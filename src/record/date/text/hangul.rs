//! Korean words with particles on them, which stand without a space: `년까지`, `월부터`.

use super::words::{self, Entry, Sense};

/// The most parts of a word: a unit and the particles on it.
const MAX_PARTS: usize = 4;

/// Whether a word begins with a syllable of Hangul.
pub(super) fn is_hangul(word: &str) -> bool {
    word.starts_with(|letter| matches!(letter, '\u{ac00}'..='\u{d7a3}'))
}

/// Splits a word into a unit or month and the particles behind it. Returns each with its length in
/// bytes; `None` if a part of the word is not known.
///
/// A unit must follow a number, so that names stay whole.
pub(super) fn split(word: &str, follows_number: bool) -> Option<Vec<(&'static Entry, usize)>> {
    let begins = |entry: &Entry| {
        entry.senses.iter().any(|(sense, _)| match sense {
            Sense::YearAfter
            | Sense::MonthAfter
            | Sense::DayAfter
            | Sense::DecadeWord
            | Sense::Century => follows_number,
            Sense::Month(_) | Sense::Season(_) => !follows_number,
            _ => false,
        })
    };
    prefixes(word).find_map(|(entry, length)| {
        let mut parts = vec![(entry, length)];
        let is_whole = begins(entry) && split_particles(word.get(length..)?, &mut parts);
        is_whole.then_some(parts)
    })
}

/// Splits the particles behind a unit. Returns whether all are known.
fn split_particles(rest: &str, parts: &mut Vec<(&'static Entry, usize)>) -> bool {
    if rest.is_empty() {
        return true;
    }
    if parts.len() == MAX_PARTS {
        return false;
    }
    prefixes(rest).any(|(entry, length)| {
        parts.push((entry, length));
        let is_whole = rest.get(length..).is_some_and(|rest| split_particles(rest, parts));
        if !is_whole {
            parts.pop();
        }
        is_whole
    })
}

/// Returns the known words with which a text begins, the longest first.
fn prefixes(text: &str) -> impl Iterator<Item = (&'static Entry, usize)> + '_ {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let ends: Vec<usize> = ends.take(6).collect();
    ends.into_iter().rev().filter_map(|end| {
        let entry = words::look_up(text.get(..end)?)?;
        (!entry.senses.is_empty()).then_some((entry, end))
    })
}
