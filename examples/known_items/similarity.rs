//! How many of the first ten records that are like one share its people, or the place where it lies in the collection.

use fonds::query::{SearchRequest, Target, parse};
use fonds::record::{Field, Record};
use fonds::store::Searcher;

use super::corpus::Corpus;
use super::report::PAGE_ROWS;
use super::rng::Rng;

/// The number of records that others are compared with.
const COMPARED_RECORDS: usize = 200;

/// What a record may share with another one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shared {
    /// A person or body.
    People,
    /// Its place in the tree of the collection.
    Path,
    /// The box in the collection.
    Box,
}

impl Shared {
    /// The name for the report.
    fn name(self) -> &'static str {
        match self {
            Shared::People => "a person or body",
            Shared::Path => "the place in the tree of the collection",
            Shared::Box => "the box",
        }
    }

    /// What records of the same kind have in common.
    fn values(self, record: &Record) -> Vec<String> {
        let collection = record.first(Field::Collection).unwrap_or_default();
        match self {
            Shared::People => record.all(Field::People).map(str::to_owned).collect(),
            Shared::Path => {
                let path = record.own.iter().filter(|(name, _)| name.as_str() == "path");
                path.map(|(_, path)| format!("{collection}\n{path}")).collect()
            }
            Shared::Box => {
                record.all(Field::Box).map(|value| format!("{collection}\n{value}")).collect()
            }
        }
    }
}

/// Asks for the records that are like each of some random ones that share something with at least ten others. Returns the
/// share of the first ten that share it.
pub(crate) fn shared_in_first_ten(corpus: &Corpus, shared: Shared, seed: u64) -> Option<String> {
    let values: Vec<Vec<String>> =
        corpus.records.iter().map(|sourced| shared.values(&sourced.record)).collect();
    let has_in_common = |one: usize, other: usize| {
        let both = values.get(one).zip(values.get(other));
        one != other && both.is_some_and(|(one, other)| one.iter().any(|it| other.contains(it)))
    };
    let all = corpus.records.len();
    let has_others =
        |record: &usize| (0..all).filter(|other| has_in_common(*record, *other)).nth(9);
    let mut suitable: Vec<usize> = (0..all)
        .filter(|record| values.get(*record).is_some_and(|values| !values.is_empty()))
        .filter(|record| has_others(record).is_some())
        .collect();
    let rng = &mut Rng::new(seed);
    let (mut asked, mut shown, mut sharing, mut at_least_half) = (0, 0, 0, 0);
    while asked < COMPARED_RECORDS && !suitable.is_empty() {
        let record = suitable.swap_remove(rng.below(suitable.len()));
        let Some(id) = corpus.records.get(record)?.record.all(Field::Id).last() else { continue };
        let query = parse(&format!("like:\"{id}\""), corpus.store.own_field_names());
        let request = SearchRequest::new(query, Target::Row(0), PAGE_ROWS);
        let response = Searcher::default().search(&corpus.store, &request, &|| false).ok()?;
        let rows = response.rows.iter().map(|row| row.handle.0 as usize);
        let of_these = rows.filter(|other| has_in_common(record, *other)).count();
        asked += 1;
        shown += response.rows.len();
        sharing += of_these;
        at_least_half += usize::from(2 * of_these >= PAGE_ROWS);
    }
    let share = |part: usize, of: usize| {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        100.0 * number(part) / number(of.max(1))
    };
    (asked > 0).then(|| {
        format!(
            "like one of {asked} records: {:.1} % of the first ten share {}; at least half of them do for {:.1} % of the records",
            share(sharing, shown),
            shared.name(),
            share(at_least_half, asked),
        )
    })
}
