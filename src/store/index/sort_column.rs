//! The records of a segment, sorted once when the segment is built.

/// The records of a segment, sorted by a key. Records with equal keys have archive order, and
/// records without a key come last.
#[derive(Debug, Default)]
pub struct SortColumn {
    /// The records in order.
    records: Vec<u16>,
    /// Whether each record in `records` has the same key as the one before it.
    ties: Vec<bool>,
    /// The number of records that have a key.
    keyed_count: usize,
}

impl SortColumn {
    /// Sorts the records by `ranks`, then by `archive_ranks`. Both are indexed by record; empty
    /// `archive_ranks` mean the order of record numbers. If `has_key` is false for a
    /// record, its rank is ignored.
    pub(crate) fn new<R: Ord>(
        ranks: &[R],
        archive_ranks: &[u16],
        has_key: impl Fn(usize) -> bool,
    ) -> SortColumn {
        let count = u16::try_from(ranks.len()).unwrap_or(u16::MAX);
        let rank = |record: u16| ranks.get(usize::from(record));
        let archive_rank =
            |record: u16| archive_ranks.get(usize::from(record)).copied().unwrap_or(record);
        let (mut records, mut rest): (Vec<u16>, Vec<u16>) =
            (0..count).partition(|record| has_key(usize::from(*record)));
        let keyed_count = records.len();
        records.sort_unstable_by(|&a, &b| {
            rank(a).cmp(&rank(b)).then_with(|| archive_rank(a).cmp(&archive_rank(b)))
        });
        rest.sort_unstable_by_key(|&record| archive_rank(record));
        let is_tie = |pair: &[u16]| matches!(pair, [a, b] if rank(*a) == rank(*b));
        let mut ties = vec![false; usize::from(keyed_count > 0)];
        ties.extend(records.windows(2).map(is_tie));
        ties.resize(keyed_count + rest.len(), false);
        records.append(&mut rest);
        SortColumn { records, ties, keyed_count }
    }

    /// The records in order.
    pub fn records(&self) -> &[u16] {
        &self.records
    }

    /// Returns the records in descending order of keys. Records with equal keys keep their order,
    /// and records without a key stay last.
    pub fn descending(&self) -> Vec<u16> {
        let (keyed, rest) = self.records.split_at(self.keyed_count.min(self.records.len()));
        let mut descending = Vec::with_capacity(self.records.len());
        let mut end = keyed.len();
        for start in (0..keyed.len()).rev() {
            if !self.ties.get(start).copied().unwrap_or(false) {
                descending.extend_from_slice(keyed.get(start..end).unwrap_or_default());
                end = start;
            }
        }
        descending.extend_from_slice(rest);
        descending
    }
}
