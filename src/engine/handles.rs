//! The numbers that stand for the documents of an index while it is open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::query::RecordHandle;

/// The documents that were seen, by their numbers and by their ids.
#[derive(Debug, Default)]
pub(super) struct Handles(Mutex<Table>);

#[derive(Debug, Default)]
struct Table {
    ids: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Handles {
    /// Returns the handle of a document. One that was not seen before gets the next number.
    pub(super) fn handle(&self, id: &str) -> RecordHandle {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = table.numbers.get(id) {
            return RecordHandle(*number);
        }
        let number = u32::try_from(table.ids.len()).unwrap_or(u32::MAX);
        let id: Arc<str> = id.into();
        table.ids.push(Arc::clone(&id));
        table.numbers.insert(id, number);
        RecordHandle(number)
    }

    /// Returns the ids of documents. Numbers that were not given out are left out.
    pub(super) fn ids(&self, records: &mut dyn Iterator<Item = RecordHandle>) -> Vec<Arc<str>> {
        records.filter_map(|record| self.id(record)).collect()
    }

    /// Returns the id of a document; `None` if the number was not given out.
    pub(super) fn id(&self, record: RecordHandle) -> Option<Arc<str>> {
        let table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        table.ids.get(usize::try_from(record.0).ok()?).map(Arc::clone)
    }
}
