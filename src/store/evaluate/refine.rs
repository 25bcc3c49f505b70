//! Puts the best matches in a finer order than their ranks.

use rayon::prelude::*;

use super::rank::Rank;
use super::search::RankedMatches;
use crate::store::RecordAddress;
use crate::text::bit_masks::{BLOCK_LEN, set_bits};

impl RankedMatches {
    /// Ranks the best matches anew by a key: the greater, the better. The ranks that at most `limit` records have
    /// together are refined; if more records have the best rank, nothing changes.
    pub(super) fn refine<K: Ord + Send>(
        &mut self,
        limit: usize,
        key_of: impl Fn(Rank, RecordAddress) -> K + Sync,
    ) {
        let Some(lowest) = self.lowest_within(limit) else { return };
        let mut keyed: Vec<(K, RecordAddress)> = self
            .records_from(lowest)
            .into_par_iter()
            .map(|(rank, address)| (key_of(rank, address), address))
            .collect();
        keyed.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        self.rank_counts.truncate(usize::from(lowest));
        for records in keyed.chunk_by(|(a, _), (b, _)| a == b) {
            let Ok(rank) = Rank::try_from(self.rank_counts.len()) else { return };
            self.rank_counts.push(records.len());
            for (_, RecordAddress { segment, record }) in records {
                let ranks = self.ranks.get_mut(*segment);
                if let Some(of_record) = ranks.and_then(|it| it.get_mut(usize::from(*record))) {
                    *of_record = rank;
                }
            }
        }
    }

    /// The lowest rank that counts if at most `limit` records are taken, the best ones.
    fn lowest_within(&self, limit: usize) -> Option<Rank> {
        let mut records = 0;
        let mut lowest = None;
        for (rank, count) in self.rank_counts.iter().enumerate().skip(1).rev() {
            records += count;
            if records > limit {
                break;
            }
            if *count > 0 {
                lowest = Rank::try_from(rank).ok();
            }
        }
        lowest
    }

    /// The records with this rank or a better one.
    fn records_from(&self, lowest: Rank) -> Vec<(Rank, RecordAddress)> {
        let segments = self.match_sets.iter().zip(&self.ranks).enumerate();
        let found = segments.flat_map(|(segment, (match_set, ranks))| {
            let blocks = (0..).step_by(BLOCK_LEN).zip(match_set.blocks());
            let records =
                blocks.flat_map(|(first, mask)| set_bits(*mask).map(move |bit: usize| first + bit));
            records.filter_map(move |record: usize| {
                let rank = ranks.get(record).copied().filter(|rank| *rank >= lowest)?;
                let record = u16::try_from(record).ok()?;
                Some((rank, RecordAddress { segment, record }))
            })
        });
        found.collect()
    }
}
