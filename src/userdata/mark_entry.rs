//! An entry of a marks file: what identifies a record, its mark and its note.

use crate::record::RecordKey;

/// What a marks file keeps of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarkEntry {
    /// The identity of the archive; empty if the file names none.
    pub archive: String,
    /// The path of the file, as it was when the record was marked.
    pub file: String,
    /// The record's own id.
    pub id: Option<String>,
    /// The title as the file writes it.
    pub title: String,
    /// The date as the file writes it.
    pub date: String,
    /// The position in the listing.
    pub position: Option<u64>,
    /// The number of records before it in its file that cannot be told apart from it.
    pub repetition: u32,
    /// Whether another record of its archive or file had the same id, or without ids looked much the same:
    /// see [`crate::store::Lookalikes`].
    pub lookalike: bool,
    /// A hash of all other values: see [`crate::record::fingerprint::CONTENT_VERSION`]. `None` if there are none,
    /// or if the entry has the hash of another version.
    pub content: Option<u64>,
    /// What the file says of the record, before it is parsed: see [`crate::record::SourceHash`]. `None` if
    /// it says the same of another record.
    pub source: Option<u64>,
    /// Whether the record is marked.
    pub marked: bool,
    /// The user's note.
    pub note: Option<String>,
    /// How an entry of the first version of marks files identifies its record.
    pub legacy: Option<RecordKey>,
}

impl MarkEntry {
    /// Returns the entry without its mark and its note: what identifies its record.
    #[must_use]
    pub fn evidence(&self) -> MarkEntry {
        MarkEntry { marked: false, note: None, ..self.clone() }
    }
}

/// A change to the entry of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkChange {
    /// Marks the record.
    Mark,
    /// Removes the mark.
    Unmark,
    /// Sets the note; an empty one removes it.
    SetNote(String),
}

impl MarkChange {
    /// Applies the change to an entry.
    pub fn apply_to(&self, entry: &mut MarkEntry) {
        match self {
            MarkChange::Mark => entry.marked = true,
            MarkChange::Unmark => entry.marked = false,
            MarkChange::SetNote(note) => {
                entry.note = (!note.trim().is_empty()).then(|| note.trim().to_owned());
            }
        }
    }
}

/// A change, and the entry that it applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkOperation {
    /// The entry; its own mark and note do not matter.
    pub entry: MarkEntry,
    /// What changes.
    pub change: MarkChange,
}

/// Returns the changes that move the mark and the note of an entry to another one. The new entry comes
/// first, so that nothing is lost in between.
pub fn operations_to_attach(entry: &MarkEntry, new: &MarkEntry) -> Vec<MarkOperation> {
    let mark = entry.marked.then_some(MarkChange::Mark);
    let note = entry.note.clone().map(MarkChange::SetNote);
    let add = mark.into_iter().chain(note);
    let add = add.map(|change| MarkOperation { entry: new.evidence(), change });
    let remove = [MarkChange::Unmark, MarkChange::SetNote(String::new())];
    let remove = remove.map(|change| MarkOperation { entry: entry.evidence(), change });
    add.chain(remove).collect()
}
