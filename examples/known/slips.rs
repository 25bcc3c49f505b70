//! What happens to a word between the head and the keyboard.

use super::chance::Chance;
use fonds::query::Spellings;
use fonds::text::fold::fold;

/// What happens to one word of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip {
    /// A letter is left out.
    LeftOut,
    /// A letter is doubled.
    Doubled,
    /// Two letters change places.
    Swapped,
    /// A letter is another one.
    Wrong,
    /// The marks on its letters are left out.
    Plain,
    /// A name is written as another language writes it.
    Spelling,
    /// Only the beginning is typed.
    Beginning,
}

impl Slip {
    /// All slips.
    pub(crate) const ALL: [Slip; 7] = [
        Slip::LeftOut,
        Slip::Doubled,
        Slip::Swapped,
        Slip::Wrong,
        Slip::Plain,
        Slip::Spelling,
        Slip::Beginning,
    ];
}

/// Words with fewer letters than this are typed right, and beginnings have at least as many.
const SHORT: usize = 4;

/// The words of a query with a slip in one of them, where there is one that it can happen to.
pub(crate) fn slip(
    words: &[String],
    kind: Slip,
    table: &Spellings,
    chance: &mut Chance,
) -> Option<Vec<String>> {
    let first = chance.below(words.len());
    let places = (0..words.len()).map(|step| (first + step) % words.len());
    places.into_iter().find_map(|at| {
        let slipped = slipped(words.get(at)?, kind, table, chance)?;
        let mut words = words.to_vec();
        *words.get_mut(at)? = slipped;
        Some(words)
    })
}

/// A word with a slip in it; nothing where it cannot happen to this word.
fn slipped(word: &str, kind: Slip, table: &Spellings, chance: &mut Chance) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let count = letters.len();
    let long = count >= SHORT && !word.chars().any(char::is_numeric);
    match kind {
        Slip::Plain => return Some(fold(word)).filter(|plain| *plain != word.to_lowercase()),
        Slip::Spelling => {
            let others: Vec<String> = table.others(&fold(word)).collect();
            return others.get(chance.below(others.len())).cloned();
        }
        _ if !long => return None,
        Slip::LeftOut => {
            letters.remove(chance.below(count));
        }
        Slip::Doubled => {
            let at = chance.below(count);
            letters.insert(at, *letters.get(at)?);
        }
        Slip::Swapped => {
            let at = chance.below(count - 1);
            letters.swap(at, at + 1);
        }
        Slip::Wrong => {
            let at = chance.below(count);
            *letters.get_mut(at)? = char::from(b'a' + u8::try_from(chance.below(26)).ok()?);
        }
        Slip::Beginning => letters.truncate(SHORT + chance.below(count - SHORT)),
    }
    let slipped: String = letters.into_iter().collect();
    (fold(&slipped) != fold(word)).then_some(slipped)
}
