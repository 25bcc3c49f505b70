//! The values of a field as a dictionary-coded column: each distinct value once, and for each record the numbers of
//! its values.
//!
//! Columns are made when a facet asks for them first, so that loading does not pay for them.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::value_counts::ValueCounts;
use crate::query::{CancelCheck, Cancelled, FacetField, check_cancelled};
use crate::record::FieldRef;
use crate::record::field_set::FieldSet;
use crate::store::evaluate::match_set::MatchSet;
use crate::store::{Segment, Store};

/// The values of a field in the records of a segment.
#[derive(Debug, Default)]
pub(super) struct ValueColumn {
    /// The distinct values, in the order of first use.
    values: Vec<Box<str>>,
    /// The codes of the values of all records, one record after the other. A record has each code once.
    codes: Vec<u32>,
    /// The end of each record's part of `codes`.
    ends: Vec<u32>,
    /// The counts of all records, by the values' codes.
    pub(super) totals: ValueCounts,
}

impl ValueColumn {
    /// Reads the values of a field.
    fn build(store: &Store, segment: &Segment, field: &FacetField) -> ValueColumn {
        let mut column = ValueColumn::default();
        let mut code_of: HashMap<Box<str>, u32, RandomState> = HashMap::default();
        for record in 0..segment.len() {
            let start = column.codes.len();
            for_each_value(store, segment, record, field, |value| {
                let code = *code_of.get(value).unwrap_or(&to_u32(column.values.len()));
                if code == to_u32(column.values.len()) {
                    column.values.push(value.into());
                    code_of.insert(value.into(), code);
                }
                if column.codes.get(start..).is_some_and(|codes| !codes.contains(&code)) {
                    column.codes.push(code);
                }
            });
            column.ends.push(to_u32(column.codes.len()));
        }
        let all = MatchSet::full(segment.len());
        column.totals = ValueCounts::of_matches(&column, segment, &all);
        column
    }

    /// The number of distinct values.
    pub(super) fn distinct(&self) -> usize {
        self.values.len()
    }

    /// The codes of a record's values.
    #[inline]
    pub(super) fn codes(&self, record: usize) -> &[u32] {
        let start = record.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let end = self.ends.get(record).copied().unwrap_or(0);
        self.codes.get(start.unwrap_or(0) as usize..end as usize).unwrap_or_default()
    }
}

/// Calls a function with each value of a field in a record.
fn for_each_value(
    store: &Store,
    segment: &Segment,
    record: usize,
    field: &FacetField,
    mut add: impl FnMut(&str),
) {
    let FacetField::Values { fields, own_names } = field else {
        let files = store.file_sets().get(segment.file_set(record).index());
        files.iter().flat_map(|files| &files.files).for_each(|file| add(file));
        return;
    };
    let known = fields.iter().map(|field| FieldSet::from_field(*field));
    let own = if own_names.is_empty() { FieldSet::EMPTY } else { FieldSet::OWN };
    let set = known.fold(own, |all, field| all | field);
    for (field, range) in segment.text_ranges_in(record, set) {
        let is_wanted = match field {
            FieldRef::Known(field) => fields.contains(&field),
            FieldRef::Own(name) => own_names.iter().any(|own| own == name),
            FieldRef::Date => false,
        };
        let value = if is_wanted { segment.text(range).trim() } else { "" };
        if !value.is_empty() {
            add(value);
        }
    }
}

/// The values of a field in a snapshot.
#[derive(Debug)]
pub(crate) struct FieldValues {
    store: Store,
    field: FacetField,
    /// The column of each segment.
    pub(super) columns: Vec<ValueColumn>,
    /// For each segment, the number in the snapshot of each of its distinct values.
    pub(super) numbers: Vec<Vec<u32>>,
    /// The segment of each value of the snapshot, and its code there.
    places: Vec<(usize, u32)>,
    /// The counts of all records, by the values' numbers.
    pub(super) totals: ValueCounts,
}

impl FieldValues {
    /// Reads the values of a field.
    fn build(
        store: &Store,
        field: &FacetField,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<FieldValues, Cancelled> {
        let columns = store.segments().par_iter().map(|segment| {
            check_cancelled(is_cancelled)?;
            Ok(ValueColumn::build(store, segment, field))
        });
        let columns: Vec<ValueColumn> = columns.collect::<Result<_, Cancelled>>()?;
        let mut known: HashMap<&str, u32, RandomState> = HashMap::default();
        let (mut places, mut numbers) = (Vec::new(), Vec::with_capacity(columns.len()));
        for (segment, column) in columns.iter().enumerate() {
            let mut in_segment = Vec::with_capacity(column.values.len());
            for (value, code) in column.values.iter().zip(0..) {
                let next = to_u32(places.len());
                let number = *known.entry(value).or_insert(next);
                if number == next {
                    places.push((segment, code));
                }
                in_segment.push(number);
            }
            numbers.push(in_segment);
        }
        let mut totals = ValueCounts::none(places.len());
        for (column, numbers) in columns.iter().zip(&numbers) {
            totals.add_segment(&column.totals, numbers);
        }
        let (store, field) = (store.clone(), field.clone());
        Ok(FieldValues { store, field, columns, numbers, places, totals })
    }

    /// The number of distinct values.
    pub(super) fn distinct(&self) -> usize {
        self.places.len()
    }

    /// The value with this number in the snapshot.
    pub(super) fn value(&self, number: usize) -> &str {
        let place = self.places.get(number);
        let value = place
            .and_then(|(segment, code)| self.columns.get(*segment)?.values.get(*code as usize));
        value.map_or("", |value| value)
    }
}

/// The number of fields whose values are kept.
const MAX_KEPT_FIELDS: usize = 16;

/// The values of the fields that were asked for last.
#[derive(Debug, Default)]
pub(crate) struct FieldValuesCache {
    kept: Vec<Arc<FieldValues>>,
}

impl FieldValuesCache {
    /// Returns the values of a field, and keeps them for the next time.
    pub(crate) fn get(
        &mut self,
        store: &Store,
        field: &FacetField,
        is_cancelled: CancelCheck<'_>,
    ) -> Result<Arc<FieldValues>, Cancelled> {
        self.kept.retain(|values| values.store.is_same(store));
        if let Some(values) = self.kept.iter().find(|values| values.field == *field) {
            return Ok(Arc::clone(values));
        }
        let values = Arc::new(FieldValues::build(store, field, is_cancelled)?);
        if self.kept.len() == MAX_KEPT_FIELDS {
            self.kept.remove(0);
        }
        self.kept.push(Arc::clone(&values));
        Ok(values)
    }
}

/// Converts a count that the number of records limits.
fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
