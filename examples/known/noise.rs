//! How many of the records that one name finds have the name at all.

use super::chance::Chance;
use super::library::{Library, spaced};
use fonds::query::{Order, OrderBy, Place, Question, Spellings};
use fonds::record::Field;
use fonds::store::Searcher;

/// How many names are asked for.
const NAMES: usize = 100;

/// How many records are looked at: five pages of ten.
const LOOKED_AT: usize = 50;

/// Asks for names, and says how many of the first records have them, in each order.
pub(crate) fn noise(library: &Library, seed: u64) -> String {
    let names = names(library, &mut Chance::new(seed.wrapping_add(1)));
    let orders = [OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive];
    let shares = orders.into_iter().map(|by| {
        let (had, shown) = names.iter().fold((0, 0), |(had, shown), name| {
            let (more_had, more_shown) = having(library, name, by);
            (had + more_had, shown + more_shown)
        });
        let share = 100.0 * f64::from(had) / f64::from(shown.max(1));
        format!("{by:?} {had} of {shown} ({share:.1} %)").to_lowercase()
    });
    let shares: Vec<String> = shares.collect();
    format!("have the name, for {} names: {}", names.len(), shares.join(", "))
}

/// Names of persons, each once, as they would be typed.
fn names(library: &Library, chance: &mut Chance) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..NAMES * 50 {
        if names.len() == NAMES {
            break;
        }
        let Some(placed) = library.records.get(chance.below(library.records.len())) else { break };
        let people: Vec<&str> = placed.record.all(Field::People).collect();
        let Some(person) = people.get(chance.below(people.len())) else { continue };
        let parts: Vec<String> = spaced(person).split_whitespace().map(str::to_owned).collect();
        let Some(name) = parts.get(chance.below(parts.len())) else { continue };
        if name.chars().count() > 3 && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Of the first records for a name, how many have it, and how many there are. In an order that
/// knows no better and worse, who wants the name alone asks for the whole word.
fn having(library: &Library, name: &str, by: OrderBy) -> (u32, u32) {
    let whole = if by == OrderBy::Relevance { "" } else { "'" };
    let question = Question {
        order: Some(Order { by, reversed: false }),
        ..Question::new(&format!("{whole}{name}"), Place::Row(0), LOOKED_AT)
    };
    let answer = Searcher::default().answer(&library.store, &question, &|| false);
    let rows = answer.map(|answer| answer.rows).unwrap_or_default();
    let spellings: Vec<String> = Spellings::built_in().others(name).collect();
    rows.iter().fold((0, 0), |(had, shown), row| {
        let record = row.number.0 as usize;
        let mut all = std::iter::once(name).chain(spellings.iter().map(String::as_str));
        (had + u32::from(all.any(|spelling| library.has(record, spelling))), shown + 1)
    })
}
