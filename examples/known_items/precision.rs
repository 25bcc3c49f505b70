//! The precision of searches for a name: how many of the first records contain it.

use super::corpus::{Corpus, spaced_words};
use super::rng::Rng;
use fonds::query::{NameVariants, Order, OrderBy, SearchRequest, Target, parse};
use fonds::record::Field;
use fonds::store::Searcher;

/// The number of names that are searched.
const NAME_COUNT: usize = 100;

/// The number of results that are inspected for each name: five pages of ten.
const INSPECTED_RECORDS: usize = 50;

/// Searches for names in every order. Returns a line with the share of results that contain the name.
pub(crate) fn name_precision(corpus: &Corpus, seed: u64) -> String {
    let names = names(corpus, &mut Rng::new(seed.wrapping_add(1)));
    let orders = [OrderBy::Relevance, OrderBy::Date, OrderBy::Title, OrderBy::Archive];
    let shares = orders.into_iter().map(|by| {
        let (relevant, shown) = names.iter().fold((0, 0), |(relevant, shown), name| {
            let (more_relevant, more_shown) = inspect_results(corpus, name, by);
            (relevant + more_relevant, shown + more_shown)
        });
        let percent = 100.0 * f64::from(relevant) / f64::from(shown.max(1));
        format!("{by:?} {relevant} of {shown} ({percent:.1} %)").to_lowercase()
    });
    let shares: Vec<String> = shares.collect();
    format!("have the name, for {} names: {}", names.len(), shares.join(", "))
}

/// Distinct names of people, folded as a user would type them.
fn names(corpus: &Corpus, rng: &mut Rng) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..NAME_COUNT * 50 {
        if names.len() == NAME_COUNT {
            break;
        }
        let Some(sourced) = corpus.records.get(rng.below(corpus.records.len())) else { break };
        let people: Vec<&str> = sourced.record.all(Field::People).collect();
        let Some(person) = people.get(rng.below(people.len())) else { continue };
        let parts: Vec<String> =
            spaced_words(person).split_whitespace().map(str::to_owned).collect();
        let Some(name) = parts.get(rng.below(parts.len())) else { continue };
        if name.chars().count() > 3 && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The number of first results that contain a name, and the number of first results. In an order without
/// relevance the whole word is searched, as a user would do.
fn inspect_results(corpus: &Corpus, name: &str, by: OrderBy) -> (u32, u32) {
    let operator = if by == OrderBy::Relevance { "" } else { "'" };
    let query = parse(&format!("{operator}{name}"), corpus.store.own_field_names());
    let request = SearchRequest {
        order: Some(Order { by, reversed: false }),
        ..SearchRequest::new(query, Target::Row(0), INSPECTED_RECORDS)
    };
    let response = Searcher::default().search(&corpus.store, &request, &|| false);
    let rows = response.map(|response| response.rows).unwrap_or_default();
    let spellings: Vec<String> = NameVariants::built_in().variants_of(name).collect();
    rows.iter().fold((0, 0), |(relevant, shown), row| {
        let record = row.handle.0 as usize;
        let mut all = std::iter::once(name).chain(spellings.iter().map(String::as_str));
        (
            relevant + u32::from(all.any(|spelling| corpus.contains_words(record, spelling))),
            shown + 1,
        )
    })
}
