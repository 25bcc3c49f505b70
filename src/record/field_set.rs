//! Sets of fields, one bit each. They record where a word occurs and where a term searches.

use std::ops::{BitAnd, BitOr};

use super::Field;

/// A set of fields.
///
/// All own fields share one bit, and so do the fields about where a record is kept: a set fits two
/// bytes, which an index stores for each word. Bits of rare fields are high, because postings
/// store small sets in fewer bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldSet(u16);

impl FieldSet {
    /// The empty set.
    pub const EMPTY: FieldSet = FieldSet(0);
    /// The own fields.
    pub const OWN: FieldSet = FieldSet(1 << 11);
    /// The fields that share the bit of [`FieldSet::from_field`] with others.
    const SHARED: FieldSet = FieldSet(1 << 15);
    /// The fields with names of people and corporate bodies: see [`Field::NAMES`].
    pub const NAMES: FieldSet = FieldSet(
        FieldSet::from_field(Field::Creator).0
            | FieldSet::from_field(Field::Recipient).0
            | FieldSet::from_field(Field::Contributor).0
            | FieldSet::from_field(Field::People).0,
    );
    /// The fields that a term without a field name searches. The own fields are among them.
    pub const DEFAULT_SEARCH: FieldSet = FieldSet(
        FieldSet::from_field(Field::Title).0
            | FieldSet::from_field(Field::Summary).0
            | FieldSet::NAMES.0
            | FieldSet::from_field(Field::Places).0
            | FieldSet::from_field(Field::Subjects).0
            | FieldSet::from_field(Field::Source).0
            | FieldSet::OWN.0
            | FieldSet::SHARED.0,
    );

    /// Returns the set of one field, with the fields that share its bit.
    pub const fn from_field(field: Field) -> FieldSet {
        match field {
            Field::Creator => FieldSet(1 << 12),
            Field::Recipient => FieldSet(1 << 13),
            Field::Contributor => FieldSet(1 << 14),
            Field::ContributorRole
            | Field::Repository
            | Field::ArchivePlace
            | Field::Series
            | Field::Box
            | Field::Folder
            | Field::ReferenceCode
            | Field::PreferredCitation
            | Field::Container => FieldSet::SHARED,
            _ => FieldSet(1 << field as u16),
        }
    }

    /// Whether the bit of a field stands for other fields too, so that only the texts tell which one
    /// has a word.
    pub const fn is_shared(field: Field) -> bool {
        FieldSet::from_field(field).0 == FieldSet::SHARED.0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two sets have a field in common.
    pub const fn intersects(self, other: FieldSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every field of this set is in the other set.
    pub const fn is_subset_of(self, other: FieldSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// Returns the field of the set in which a word is most significant.
    ///
    /// This is the title, otherwise `People`, which represents all names, otherwise `Places`, which represents all other
    /// fields. A set of the summary alone stays as it is, because a word there is least
    /// significant.
    #[must_use]
    pub const fn best_field(self) -> FieldSet {
        let (title, people) =
            (FieldSet::from_field(Field::Title), FieldSet::from_field(Field::People));
        if self.intersects(title) {
            title
        } else if self.intersects(FieldSet::NAMES) {
            people
        } else if self.is_subset_of(FieldSet::from_field(Field::Summary)) {
            self
        } else {
            FieldSet::from_field(Field::Places)
        }
    }

    /// Returns the set as bits, for storing it.
    pub(crate) fn bits(self) -> u16 {
        self.0
    }

    /// Returns the set with these bits.
    pub(crate) fn from_bits(bits: usize) -> FieldSet {
        FieldSet(u16::try_from(bits).unwrap_or_default())
    }
}

impl BitOr for FieldSet {
    type Output = FieldSet;

    fn bitor(self, other: FieldSet) -> FieldSet {
        FieldSet(self.0 | other.0)
    }
}

impl BitAnd for FieldSet {
    type Output = FieldSet;

    fn bitand(self, other: FieldSet) -> FieldSet {
        FieldSet(self.0 & other.0)
    }
}
