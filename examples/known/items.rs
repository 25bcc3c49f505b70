//! Records that somebody knows, and what is typed to find them again, with the slips of fingers and
//! of memory.

use super::chance::Chance;
use super::library::{Library, spaced};
use super::slips::{Slip, slip};
use fonds::query::Spellings;
use fonds::record::Field;

/// What a query is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Two or three words of the title.
    Title,
    /// A name and a word of the title.
    Name,
    /// A name and the year.
    NameAndYear,
    /// Three words of the summary that follow each other.
    Phrase,
}

/// All shapes.
pub(crate) const SHAPES: [Shape; 4] =
    [Shape::Title, Shape::Name, Shape::NameAndYear, Shape::Phrase];

/// A query and the record it is meant to find.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The record, by its place in the archive.
    pub(crate) record: usize,
    /// What the query is made of.
    pub(crate) shape: Shape,
    /// What happened to one of its words.
    pub(crate) slip: Option<Slip>,
    /// The words as they are typed.
    pub(crate) words: Vec<String>,
    /// The year, typed after the words.
    pub(crate) year: Option<String>,
}

impl Item {
    /// The text for the filter bar. Who types a phrase in quotes has it before the eyes: it is in
    /// quotes only where no letter is wrong.
    pub(crate) fn text(&self) -> String {
        let words = self.words.join(" ");
        if self.is_exact_phrase() {
            return format!("\"{words}\"");
        }
        let year = self.year.iter().map(String::as_str);
        std::iter::once(words.as_str()).chain(year).collect::<Vec<_>>().join(" ")
    }

    /// Whether the words are asked for side by side.
    fn is_exact_phrase(&self) -> bool {
        self.shape == Shape::Phrase && self.slip.is_none()
    }

    /// How many records satisfy it by a plain scan.
    fn satisfied(&self, library: &Library) -> usize {
        library.satisfied(&self.words, self.is_exact_phrase(), self.year.as_deref())
    }
}

/// The most records that may satisfy a query that counts.
const FEW: usize = 10;

/// The queries that count, and those that too many records satisfy.
#[derive(Default)]
pub(crate) struct Items {
    /// Those that count.
    pub(crate) counted: Vec<Item>,
    /// How many are set aside.
    pub(crate) aside: usize,
}

/// Makes queries for so many records, whole and with every slip that fits.
pub(crate) fn items(library: &Library, wanted: usize, seed: u64, table: &Spellings) -> Items {
    let chance = &mut Chance::new(seed);
    let mut items = Items::default();
    for _ in 0..wanted {
        let record = chance.below(library.records.len());
        for shape in SHAPES {
            let Some(item) = whole(library, record, shape, chance) else { continue };
            if item.satisfied(library) > FEW {
                items.aside += 1;
                continue;
            }
            let damaged = Slip::ALL.into_iter().filter_map(|kind| {
                let words = slip(&item.words, kind, table, chance)?;
                Some(Item { words, slip: Some(kind), ..item.clone() })
            });
            let damaged: Vec<Item> = damaged.collect();
            // A phrase is damaged without its quotes, and may be meant by more records then.
            let vague = library.satisfied(&item.words, false, item.year.as_deref()) > FEW;
            items.counted.push(item);
            for item in damaged {
                if vague || item.satisfied(library) > FEW {
                    items.aside += 1;
                } else {
                    items.counted.push(item);
                }
            }
        }
    }
    items
}

/// The query of a shape for a record, without slips.
fn whole(library: &Library, record: usize, shape: Shape, chance: &mut Chance) -> Option<Item> {
    let found = &library.records.get(record)?.record;
    let title = typed_words(found.title().unwrap_or_default());
    let mut words = Vec::new();
    match shape {
        Shape::Title => {
            let wanted = 2 + chance.below(2);
            let from = chance.below(title.len().saturating_sub(wanted) + 1);
            words.extend(title.into_iter().skip(from).take(wanted));
        }
        Shape::Name | Shape::NameAndYear => {
            let people: Vec<&str> = found.all(Field::People).collect();
            let name = typed_words(people.get(chance.below(people.len()))?);
            words.push(name.get(chance.below(name.len()))?.clone());
            let other = title.get(chance.below(title.len())).cloned();
            words.extend(other.filter(|word| shape == Shape::Name && !words.contains(word)));
        }
        Shape::Phrase => {
            let summary = found.first(Field::Summary)?;
            let all: Vec<&str> = summary.split_whitespace().collect();
            let from = chance.below(all.len().saturating_sub(3) + 1);
            words.extend(all.iter().skip(from).take(3).map(|word| unmarked(word).to_owned()));
        }
    }
    words.retain(|word| !spaced(word).is_empty());
    let year = (shape == Shape::NameAndYear).then(|| library.year(record));
    let year = match year {
        Some(None) => return None,
        Some(year) => year,
        None => None,
    };
    (words.len() + year.iter().len() > 1).then_some(Item { record, shape, slip: None, words, year })
}

/// The words of a text that somebody would remember and type.
fn typed_words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(trimmed);
    let telling = |word: &&str| {
        word.chars().filter(|letter| letter.is_alphabetic()).count() > 2
            && !["the", "and", "for", "with", "from"].contains(&word.to_lowercase().as_str())
    };
    words.filter(telling).map(str::to_owned).collect()
}

/// A word without the marks around it and what makes it a possessive.
fn trimmed(word: &str) -> &str {
    unmarked(word).trim_end_matches("’s").trim_end_matches("'s")
}

/// A word without the marks around it.
fn unmarked(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}
