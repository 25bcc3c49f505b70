//! Rescue files: changes of marks and notes that could not be saved, as a marks file of their own.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::entry_text;
use super::mark_entry::{MarkChange, MarkEntry, MarkOperation};
use super::marks_error::MarksError;
use super::marks_paths::MarksPaths;
use super::marks_text::{evidence_hash, is_same_record};
use crate::files::{self, FileError, FileErrorKind, IfExists, Privacy};

/// Writes changes that cannot be saved to a new file that `--marks` reads: beside the marks file, otherwise
/// in the user's state folder, otherwise in the folder for temporary files. Returns its path.
///
/// # Errors
/// None of these can be written; the error is that of the first.
pub fn write_rescue(path: &Path, operations: &[MarkOperation]) -> Result<PathBuf, MarksError> {
    let text = text(&files::display_name(path), operations);
    // A path that cannot be resolved is still a place to write to.
    let file = MarksPaths::new(path).map_or_else(|_| path.to_owned(), |paths| paths.file);
    let name = file.file_name().unwrap_or_default();
    let state = etcetera::choose_base_strategy().ok().and_then(|home| home.state_dir());
    let state = state.map(|folder| folder.join("fonds").join(name));
    let temporary = std::env::temp_dir().join(name);
    let mut first_error = None;
    for file in [Some(file.clone()), state, Some(temporary)].into_iter().flatten() {
        match write_beside(&file, text.as_bytes()) {
            Ok(rescue) => return Ok(rescue),
            Err(error) => _ = first_error.get_or_insert(error),
        }
    }
    let error = first_error.unwrap_or_else(|| FileErrorKind::NotFound.for_path(path));
    Err(MarksError::File(error))
}

/// Writes a rescue file under the first name that is free.
fn write_beside(file: &Path, bytes: &[u8]) -> Result<PathBuf, FileError> {
    if let Some(folder) = file.parent() {
        files::create_private_folder(folder)?;
    }
    let mut number = 0;
    loop {
        number += 1;
        let suffix = match number {
            1 => ".rescue.toml".to_owned(),
            _ => format!(".rescue-{number}.toml"),
        };
        let rescue = files::with_suffix(file, &suffix);
        if fs::symlink_metadata(&rescue).is_ok() {
            continue;
        }
        let write = |out: &mut dyn std::io::Write| out.write_all(bytes);
        match files::write_atomically(&rescue, IfExists::Refuse, Privacy::Private, write) {
            Ok(()) => return Ok(rescue),
            // Another program has created it in the meantime.
            Err(FileError { kind: FileErrorKind::AlreadyExists, .. }) => {}
            Err(error) => return Err(error),
        }
    }
}

/// The last changes of a record.
struct LastChanges<'o> {
    entry: &'o MarkEntry,
    marked: Option<bool>,
    note: Option<&'o str>,
}

/// The text of a rescue file. A mark or note that was removed is written as `false` or as empty, for people
/// who read the file.
fn text(name: &str, operations: &[MarkOperation]) -> String {
    let name = name.replace(char::is_control, " ");
    let mut text = format!(
        "# Changes of marks and notes that could not be saved in {name}.\n\
         # fonds shows them if this file is named after --marks.\n"
    );
    for LastChanges { entry, marked, note } in last_changes(operations) {
        let saved_note = note.filter(|note| !note.is_empty()).map(str::to_owned);
        let entry = MarkEntry { marked: marked == Some(true), note: saved_note, ..entry.clone() };
        text.push('\n');
        text.push_str(&entry_text::new_entry(&entry));
        if marked == Some(false) {
            text.push_str("marked = false\n");
        }
        if note == Some("") {
            text.push_str("note = \"\"\n");
        }
    }
    text
}

/// Returns the last changes of each record, in the order of the first ones.
fn last_changes(operations: &[MarkOperation]) -> Vec<LastChanges<'_>> {
    let mut changes: Vec<LastChanges> = Vec::new();
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    for MarkOperation { entry, change } in operations {
        let same = index.entry(evidence_hash(entry)).or_default();
        let found = same.iter().find(|at| is_same_record(changes[**at].entry, entry)).copied();
        let at = found.unwrap_or_else(|| {
            same.push(changes.len());
            changes.push(LastChanges { entry, marked: None, note: None });
            changes.len() - 1
        });
        match change {
            MarkChange::Mark => changes[at].marked = Some(true),
            MarkChange::Unmark => changes[at].marked = Some(false),
            MarkChange::SetNote(note) => changes[at].note = Some(note.trim()),
        }
    }
    changes
}
