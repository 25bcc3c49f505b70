//! What is known of all records of a backend, and what the backend can do.

use std::fmt;
use std::sync::Arc;

use super::order::OrderBy;
use crate::record::date::span::{DateSpan, Precision};
use crate::record::registry::registry;
use crate::record::{Archive, Date, FileSet, FileSetId, OwnName};

/// What is known of all records of a backend.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The number of records.
    pub record_count: Total,
    /// The number of records that are duplicates of others.
    pub duplicate_count: usize,
    /// The number of files that records come from.
    pub file_count: usize,
    /// The archives, indexed by [`ArchiveId`](crate::record::ArchiveId).
    pub archives: Arc<[Archive]>,
    /// The file sets, indexed by [`FileSetId`].
    pub file_sets: Arc<[FileSet]>,
    /// The names of own fields, in the order of first use.
    pub own_field_names: Arc<Vec<OwnName>>,
    /// From the first to the last day of all dates that have both ends and are not doubtful; `None` if there is none.
    pub date_extent: Option<DateSpan>,
    /// What the backend can do.
    pub abilities: Abilities,
    /// How much has been read; `None` once everything is.
    pub progress: Option<LoadProgress>,
}

impl Summary {
    /// Returns the names of the files of a file set; none if there is no such file set.
    pub fn files_of(&self, file_set: FileSetId) -> &[String] {
        self.file_sets.get(file_set.index()).map_or(&[], |file_set| &file_set.files)
    }

    /// Returns the years of the records, such as `1945–1950`; `None` if no date is known.
    pub fn years(&self) -> Option<String> {
        let extent = self.date_extent?;
        let [first, last] = [extent.earliest, extent.latest].map(|day| day.to_ymd().0);
        Some(Date::with_span("", DateSpan::years(first, last, Precision::Year)).short())
    }

    /// Whether no record is known.
    pub fn is_empty(&self) -> bool {
        self.record_count.count() == 0
    }
}

/// What is said of an ability.
struct AbilityRow {
    /// What it is called.
    name: &'static str,
    /// What holds without it.
    without: &'static str,
}

registry! {
    /// Something that not every backend can do.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Ability: AbilityRow;
    /// To count all matches. Without it a [`Total`] may be a lower bound.
    ExactTotals => AbilityRow {
        name: "totals",
        without: "matches are counted up to a limit only",
    },
    /// To show any row by its number. Without it pages are reached by their tokens, and the first row always.
    GoToRow => AbilityRow {
        name: "rows",
        without: "only the next, the previous, the first and the last page can be gone to",
    },
    /// To find records that are in several files.
    Duplicates => AbilityRow {
        name: "duplicates",
        without: "duplicates are not looked for",
    },
    /// To find records like another one, with `like:`.
    MoreLikeThis => AbilityRow {
        name: "like:",
        without: "records like another one are not looked for",
    },
}

impl Ability {
    /// Returns what it is called.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns what holds without it.
    pub const fn without(self) -> &'static str {
        self.row().without
    }
}

/// What a backend can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// The orders that it can sort by, at least one.
    pub orders: Vec<OrderBy>,
    /// What it cannot do.
    pub missing: Vec<Ability>,
}

impl Default for Abilities {
    /// Returns all of them.
    fn default() -> Abilities {
        Abilities { orders: OrderBy::ALL.to_vec(), missing: Vec::new() }
    }
}

impl Abilities {
    /// Returns all but these.
    pub fn without(missing: impl IntoIterator<Item = Ability>) -> Abilities {
        Abilities { missing: missing.into_iter().collect(), ..Abilities::default() }
    }

    /// Whether the backend can do this.
    pub fn has(&self, ability: Ability) -> bool {
        !self.missing.contains(&ability)
    }

    /// Returns the order after this one among those that the backend can sort by. Relevance is left out without a filter.
    pub fn order_after(&self, order: OrderBy, has_filter: bool) -> OrderBy {
        let mut next = order.next(has_filter);
        while next != order && !self.orders.contains(&next) {
            next = next.next(has_filter);
        }
        next
    }
}

/// A number of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// There are exactly so many.
    Exact(usize),
    /// There are so many or more. A search engine stops counting at a limit, or a part of it does not answer.
    AtLeast(usize),
}

impl Total {
    /// Returns the number that is known.
    pub const fn count(self) -> usize {
        match self {
            Total::Exact(count) | Total::AtLeast(count) => count,
        }
    }

    /// Whether there may be more.
    pub const fn is_lower_bound(self) -> bool {
        matches!(self, Total::AtLeast(_))
    }
}

impl Default for Total {
    fn default() -> Total {
        Total::Exact(0)
    }
}

impl fmt::Display for Total {
    /// Writes `552`, or `at least 10000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Total::Exact(count) => write!(f, "{count}"),
            Total::AtLeast(count) => write!(f, "at least {count}"),
        }
    }
}

/// How much of the input has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadProgress {
    /// The number of bytes read so far.
    pub bytes_read: u64,
    /// The size of all inputs in bytes. `None` if it is unknown, as it is for a pipe.
    pub total_bytes: Option<u64>,
}

impl LoadProgress {
    /// Returns the fraction that was read, in thousandths, if the total is known and not 0.
    pub fn per_mille(self) -> Option<u64> {
        let total = self.total_bytes.filter(|total| *total > 0)?;
        Some(
            (u128::from(self.bytes_read.min(total)) * 1000 / u128::from(total))
                .try_into()
                .unwrap_or(0),
        )
    }
}
