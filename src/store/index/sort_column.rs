//! A segment's records in an order, made once when the segment is built.

/// The records of a segment in an order. Records with the same key stand as the archive lists them,
/// and records without a key come last.
#[derive(Debug, Default)]
pub struct Sorted {
    /// The records.
    records: Vec<u16>,
    /// For each of them whether it has the key of the one before it.
    ties: Vec<bool>,
    /// How many have a key.
    keyed: usize,
}

impl Sorted {
    /// Sorts so many records, first by their ranks, then by their places in the archive's order.
    /// `keyed` tells whether a record has a key; the ranks of those without one are of no account.
    pub(crate) fn new<R: Ord>(
        ranks: &[R],
        places: &[u16],
        keyed: impl Fn(usize) -> bool,
    ) -> Sorted {
        let count = u16::try_from(ranks.len()).unwrap_or(u16::MAX);
        let rank = |record: u16| ranks.get(usize::from(record));
        let place = |record: u16| places.get(usize::from(record)).copied().unwrap_or(record);
        let (mut records, mut rest): (Vec<u16>, Vec<u16>) =
            (0..count).partition(|record| keyed(usize::from(*record)));
        let keyed = records.len();
        records
            .sort_unstable_by(|&a, &b| rank(a).cmp(&rank(b)).then_with(|| place(a).cmp(&place(b))));
        rest.sort_unstable_by_key(|&record| place(record));
        let same = |pair: &[u16]| matches!(pair, [a, b] if rank(*a) == rank(*b));
        let mut ties = vec![false; usize::from(keyed > 0)];
        ties.extend(records.windows(2).map(same));
        ties.resize(keyed + rest.len(), false);
        records.append(&mut rest);
        Sorted { records, ties, keyed }
    }

    /// The records in order.
    pub fn records(&self) -> &[u16] {
        &self.records
    }

    /// The records with the greatest key first; those with the same key, and those without one,
    /// stand as before.
    pub fn reversed(&self) -> Vec<u16> {
        let (keyed, rest) = self.records.split_at(self.keyed.min(self.records.len()));
        let mut turned = Vec::with_capacity(self.records.len());
        let mut end = keyed.len();
        for start in (0..keyed.len()).rev() {
            if !self.ties.get(start).copied().unwrap_or(false) {
                turned.extend_from_slice(keyed.get(start..end).unwrap_or_default());
                end = start;
            }
        }
        turned.extend_from_slice(rest);
        turned
    }
}
