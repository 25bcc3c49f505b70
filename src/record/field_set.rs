//! Sets of fields, one bit each: where a word occurs, and where a term looks for it.

use std::ops::{BitAnd, BitOr};

use super::Field;

/// A set of fields. All fields under their files' own names share one bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldSet(u16);

impl FieldSet {
    /// No field.
    pub const NONE: FieldSet = FieldSet(0);
    /// The fields under their files' own names.
    pub const OWN: FieldSet = FieldSet(1 << Field::ALL.len());
    /// The fields that a term without a field's name looks into: a field that this program has no
    /// place for is one of them.
    pub const BARE: FieldSet = FieldSet(
        FieldSet::of(Field::Title).0
            | FieldSet::of(Field::Summary).0
            | FieldSet::of(Field::People).0
            | FieldSet::of(Field::Places).0
            | FieldSet::of(Field::Subjects).0
            | FieldSet::of(Field::Source).0
            | FieldSet::OWN.0,
    );

    /// One field alone.
    pub const fn of(field: Field) -> FieldSet {
        FieldSet(1 << field as u16)
    }

    /// Whether there is no field in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a field is in both sets.
    pub const fn meets(self, other: FieldSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no field is in it that is not in the other.
    pub const fn is_only(self, other: FieldSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// The field of the set in which a word says most of what a record is about: the title, else the
    /// people, else one that is not the summary.
    #[must_use]
    pub const fn best(self) -> FieldSet {
        let (title, people) = (FieldSet::of(Field::Title), FieldSet::of(Field::People));
        if self.meets(title) {
            title
        } else if self.meets(people) {
            people
        } else if self.is_only(FieldSet::of(Field::Summary)) {
            self
        } else {
            FieldSet::of(Field::Places)
        }
    }

    /// The set as bits, for storing it.
    pub(crate) fn bits(self) -> u16 {
        self.0
    }

    /// The set with these bits.
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
