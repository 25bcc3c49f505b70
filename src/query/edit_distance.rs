//! The number of letters that were typed wrong, left out, doubled or swapped: the edit distance (optimal string
//! alignment) of a typed word from another word, and from the beginnings of that word.
//!
//! Only a band of cells around the diagonal of the distance table is computed, and no more rows than needed, because
//! most words of a dictionary differ in their first letters already.

use smallvec::SmallVec;

/// The longest typed word that is compared, in letters. Longer ones are in no distance from any word.
const MAX_LETTERS: usize = 48;

/// One row of the distance table, with a cell on each side of the band.
type Row = [u8; MAX_LETTERS + 3];

/// A cell that is outside of the band.
const OUTSIDE: u8 = u8::MAX / 2;

/// A typed word, ready to be compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedLetters {
    /// Its letters.
    letters: SmallVec<[char; 16]>,
    /// The largest distance that is looked for.
    max: usize,
}

/// How far a word is from the typed one. Distances beyond the largest one are missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordDistance {
    /// The distance of the whole word.
    pub(super) whole: Option<u8>,
    /// The distance of the nearest beginning of the word.
    pub(super) beginning: Option<Beginning>,
}

/// The beginning of a word that is nearest to the typed word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    /// Its distance.
    pub(super) distance: u8,
    /// Its number of letters.
    pub(super) letters: usize,
    /// Whether its last letters are the last ones that were typed, perhaps swapped. Otherwise the last typed letter is
    /// itself wrong.
    pub(super) is_confirmed: bool,
}

impl TypedLetters {
    /// Prepares a typed word.
    pub(super) fn new(typed: &str, max: usize) -> TypedLetters {
        let letters: SmallVec<[char; 16]> = typed.chars().collect();
        let max = if letters.len() > MAX_LETTERS { 0 } else { max };
        TypedLetters { letters, max }
    }

    /// The largest distance that is looked for.
    pub(super) fn max_distance(&self) -> usize {
        self.max
    }

    /// Returns how far a word is from the typed one.
    pub(super) fn distance_of(&self, word: &str) -> WordDistance {
        let (typed, max) = (self.letters.as_slice(), self.max);
        let mut found = WordDistance::default();
        if max == 0 {
            return found;
        }
        let mut rows: [Row; 3] = [[OUTSIDE; MAX_LETTERS + 3]; 3];
        // Cell `i + 1` of a row is the distance of the first `i` typed letters.
        for (cell, distance) in rows[0].iter_mut().skip(1).zip(0..=max.min(typed.len())) {
            *cell = u8::try_from(distance).unwrap_or(OUTSIDE);
        }
        let mut last_letter = None;
        for (consumed, letter) in (1..).zip(word.chars()) {
            let [before_last, last, row] = rotated(&mut rows, consumed);
            let step = Step { typed, max, consumed, letter, last_letter };
            let lowest = step.fill(before_last, last, row);
            found.whole = step.whole(row);
            found.beginning = nearer(found.beginning, step.beginning(last, before_last, row));
            if usize::from(lowest) > max {
                found.whole = None;
                break;
            }
            last_letter = Some(letter);
        }
        found
    }
}

/// Returns the rows of two letters before, of one letter before, and of the current letter.
fn rotated(rows: &mut [Row; 3], consumed: usize) -> [&mut Row; 3] {
    let [a, b, c] = rows;
    match consumed % 3 {
        1 => [c, a, b],
        2 => [a, b, c],
        _ => [b, c, a],
    }
}

/// Returns the nearer one of two beginnings: the shorter one if both are as near, and rather a confirmed one.
fn nearer(known: Option<Beginning>, new: Option<Beginning>) -> Option<Beginning> {
    let key = |beginning: &Beginning| (beginning.distance, !beginning.is_confirmed);
    match (known, new) {
        (Some(known), Some(new)) if key(&new) < key(&known) => Some(new),
        (None, new) => new,
        (known, _) => known,
    }
}

/// The step from one row of the table to the next one.
struct Step<'a> {
    /// The typed letters.
    typed: &'a [char],
    /// The largest distance.
    max: usize,
    /// The number of letters of the word, with this one.
    consumed: usize,
    /// The letter.
    letter: char,
    /// The letter before it.
    last_letter: Option<char>,
}

impl Step<'_> {
    /// Whether the last letters of the first `typed` ones are this letter and the one before it, swapped.
    fn is_swapped(&self, typed: usize) -> bool {
        let last_two = typed.checked_sub(2).and_then(|start| self.typed.get(start..typed));
        matches!((last_two, self.last_letter), (Some([first, second]), Some(before))
            if *first == self.letter && *second == before && first != second)
    }

    /// Fills the band of a row. Returns its lowest cell.
    fn fill(&self, before_last: &Row, last: &Row, row: &mut Row) -> u8 {
        let start = self.consumed.saturating_sub(self.max);
        let end = (self.consumed + self.max).min(self.typed.len());
        if let Some(cell) = row.get_mut(start) {
            *cell = OUTSIDE;
        }
        let mut lowest = OUTSIDE;
        for i in start..=end {
            let same = i.checked_sub(1).and_then(|at| self.typed.get(at)) == Some(&self.letter);
            let mut distance = (last[i + 1] + 1).min(row[i] + 1);
            if i > 0 {
                distance = distance.min(last[i] + u8::from(!same));
            }
            if self.is_swapped(i) {
                distance = distance.min(before_last[i - 1] + 1);
            }
            row[i + 1] = distance.min(OUTSIDE);
            lowest = lowest.min(distance);
        }
        if let Some(cell) = row.get_mut(end + 2) {
            *cell = OUTSIDE;
        }
        lowest
    }

    /// The distance in a row of all typed letters, if it is not too large.
    fn whole(&self, row: &Row) -> Option<u8> {
        let is_in_band = self.typed.len() + self.max >= self.consumed
            && self.typed.len() <= self.consumed + self.max;
        let distance = row.get(self.typed.len() + 1).copied().filter(|_| is_in_band);
        distance.filter(|distance| usize::from(*distance) <= self.max)
    }

    /// The beginning of the word that ends with this letter.
    fn beginning(&self, last: &Row, before_last: &Row, row: &Row) -> Option<Beginning> {
        let distance = self.whole(row)?;
        let count = self.typed.len();
        let is_same = self.typed.last() == Some(&self.letter) && last.get(count) == Some(&distance);
        let is_swapped = self.is_swapped(count)
            && count.checked_sub(1).and_then(|at| before_last.get(at))
                == distance.checked_sub(1).as_ref();
        let is_confirmed = is_same || is_swapped;
        Some(Beginning { distance, letters: self.consumed, is_confirmed })
    }
}
