//! How much of the ranks is due to records that answer a query as well as the one that is looked for: no order can tell
//! them apart.

use super::corpus::Corpus;
use super::queries::KnownItem;

/// Which of the records the queries are for, so that a rule that was found with some of them is measured with others.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Half {
    /// Those with an even index.
    First,
    /// Those with an odd index.
    Second,
    /// All.
    Both,
}

impl Half {
    /// Whether queries for a record count.
    pub(crate) fn has(self, record: usize) -> bool {
        match self {
            Half::First => record.is_multiple_of(2),
            Half::Second => record % 2 == 1,
            Half::Both => true,
        }
    }

    /// The name for the report.
    fn name(self) -> &'static str {
        match self {
            Half::First => "half of the records",
            Half::Second => "the other half",
            Half::Both => "all records",
        }
    }
}

/// The place of the record that is looked for by a query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TieCount {
    /// Its rank from 0, if it is found.
    rank: Option<usize>,
    /// The number of records of the first page above it that lack a word that was meant.
    worse: usize,
    /// The number of records that have all words that were meant, with it.
    equal: usize,
}

impl TieCount {
    /// Counts for a query. `rows` are the records of the first page.
    pub(crate) fn new(
        corpus: &Corpus,
        item: &KnownItem,
        rank: Option<usize>,
        rows: &[usize],
    ) -> TieCount {
        let is_equal = |record: &usize| item.is_answered_by(corpus, *record);
        let above = rows.iter().take(rank.unwrap_or(0));
        let equal = (0..corpus.records.len()).filter(is_equal).count();
        TieCount { rank, worse: above.filter(|record| !is_equal(record)).count(), equal }
    }
}

/// Returns the shares and means of some queries as a line.
pub(crate) fn summary_of_ties(half: Half, counted: &[TieCount]) -> String {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let mean = |sum: f64| sum / number(counted.len().max(1));
    let below: Vec<&TieCount> = counted.iter().filter(|it| it.rank != Some(0)).collect();
    let tied = below.iter().filter(|it| it.rank.is_some() && it.worse == 0).count();
    let found = || counted.iter().filter_map(|it| Some((it, it.rank?)));
    let measured: f64 = found().map(|(_, rank)| 1.0 / number(rank + 1)).sum();
    let without_ties: f64 = found().map(|(it, _)| 1.0 / number(it.worse + 1)).sum();
    let by_chance = |it: &TieCount| {
        let places = 1..=it.equal.max(1);
        places.map(|place| 1.0 / number(place)).sum::<f64>() / number(it.equal.max(1))
    };
    let chance: f64 = counted.iter().map(by_chance).sum();
    format!(
        "{}: {} queries, {} not first; above {} of these only records with all words that were meant ({:.1} %); MRR {:.3}, \
         without such records {:.3}, in any order of such records {:.3}",
        half.name(),
        counted.len(),
        below.len(),
        tied,
        100.0 * number(tied) / number(below.len().max(1)),
        mean(measured),
        mean(without_ties),
        mean(chance),
    )
}
