//! The fields of a block as they are found, and whether some are among them, which is asked for each text of the block.

use super::block::{BlockField, is_date_field};
use crate::formats::field_names::FieldTarget;
use crate::record::Field;

/// The fields of a block.
#[derive(Default)]
pub(super) struct FieldList {
    fields: Vec<BlockField>,
    has_date: bool,
    has_id: bool,
    has_reference: bool,
}

impl FieldList {
    /// Adds a field at the end.
    pub(super) fn push(&mut self, field: BlockField) {
        let is_of = |wanted| field.target == Some(FieldTarget::Field(wanted));
        self.has_date = self.has_date || is_date_field(&field);
        self.has_id |= is_of(Field::Id);
        self.has_reference |= is_of(Field::ReferenceCode);
        self.fields.push(field);
    }

    /// Whether one of them is the date of a document.
    pub(super) fn has_date(&self) -> bool {
        self.has_date
    }

    /// Whether the structure says that one of them is an id.
    pub(super) fn has_id(&self) -> bool {
        self.has_id
    }

    /// Whether the structure says that one of them is a reference code.
    pub(super) fn has_reference(&self) -> bool {
        self.has_reference
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &BlockField> {
        self.fields.iter()
    }

    /// Makes the first field that `is_date` accepts the date of the record.
    pub(super) fn make_date(&mut self, is_date: impl Fn(&BlockField) -> bool) {
        if let Some(field) = self.fields.iter_mut().find(|field| is_date(field)) {
            field.target = Some(FieldTarget::Date);
            self.has_date = true;
        }
    }

    pub(super) fn into_vec(self) -> Vec<BlockField> {
        self.fields
    }
}

impl FromIterator<BlockField> for FieldList {
    fn from_iter<I: IntoIterator<Item = BlockField>>(fields: I) -> FieldList {
        let mut list = FieldList::default();
        fields.into_iter().for_each(|field| list.push(field));
        list
    }
}
