//! The journal of a marks file: one change per line, as a JSON object.
//!
//! A line is a change only once it ends in a line break: what a killed program wrote of a line is
//! ignored, and cut off before the next change is appended.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::entry_fields::EntryFields;
use super::mark_entry::{MarkChange, MarkEntry, MarkOperation};
use crate::record::Problem;

/// The number of bytes that are read at once when the last line break is sought.
const CHUNK_BYTES: usize = 4096;

/// A change, as a line of the journal.
#[derive(Serialize, Deserialize)]
struct Line {
    op: Op,
    /// The entry. Its `note` is the new note.
    #[serde(flatten)]
    entry: EntryFields,
}

/// What changes.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Op {
    Mark,
    Unmark,
    Note,
}

/// The content of a journal.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// The changes, oldest first.
    pub(super) operations: Vec<MarkOperation>,
    /// The lines that are not changes, with what is wrong.
    pub(super) damaged: Vec<(Vec<u8>, Problem)>,
}

/// Returns the lines for changes.
pub(super) fn to_lines(operations: &[MarkOperation]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for MarkOperation { entry, change } in operations {
        let (op, note) = match change {
            MarkChange::Mark => (Op::Mark, None),
            MarkChange::Unmark => (Op::Unmark, None),
            MarkChange::SetNote(note) => (Op::Note, Some(note.clone())),
        };
        let entry = MarkEntry { marked: false, note: None, ..entry.clone() };
        let entry = EntryFields { note, ..EntryFields::from_entry(&entry) };
        serde_json::to_writer(&mut lines, &Line { op, entry })?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Reads a journal. `name` is the name of the file in messages.
pub(super) fn parse(name: &str, bytes: &[u8]) -> Journal {
    let complete = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
    let lines = bytes[..complete].split_inclusive(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let lines: Vec<(usize, &[u8])> =
        lines.enumerate().filter(|(_, line)| !line.is_empty()).collect();
    let parsed: Vec<_> = lines.par_iter().map(|(_, line)| parse_line(line)).collect();
    let mut journal = Journal::default();
    for ((index, line), outcome) in lines.into_iter().zip(parsed) {
        match outcome {
            Ok(operation) => journal.operations.push(operation),
            Err(message) => {
                let problem = Problem::error(name, Some(index + 1), message);
                journal.damaged.push((line.to_owned(), problem));
            }
        }
    }
    journal
}

/// Reads a line of a journal.
fn parse_line(line: &[u8]) -> Result<MarkOperation, String> {
    let line: Line = serde_json::from_slice(line).map_err(|error| {
        format!("this change of a mark cannot be read and is kept as it is: {error}")
    })?;
    let change = match line.op {
        Op::Mark => MarkChange::Mark,
        Op::Unmark => MarkChange::Unmark,
        Op::Note => MarkChange::SetNote(line.entry.note.clone().unwrap_or_default()),
    };
    let entry = EntryFields { marked: false, note: None, ..line.entry }.into_entry()?;
    Ok(MarkOperation { entry, change })
}

/// Appends lines, of which all or none are in the journal afterwards. The caller holds the lock.
/// Returns whether the journal was empty.
pub(super) fn append(journal: &mut File, lines: &[u8]) -> io::Result<bool> {
    let end = cut_torn_line(journal)?;
    journal.seek(SeekFrom::Start(end))?;
    if let Err(error) = journal.write_all(lines) {
        // If this fails too, the line is torn, and the next append cuts it off.
        let _ = journal.set_len(end);
        return Err(error);
    }
    Ok(end == 0)
}

/// Cuts off a line that a killed program did not complete. Returns the length of the journal. The caller
/// holds the lock.
pub(super) fn cut_torn_line(journal: &mut File) -> io::Result<u64> {
    let length = journal.metadata()?.len();
    let mut end = length;
    let mut chunk = [0; CHUNK_BYTES];
    while end > 0 {
        let size = CHUNK_BYTES.min(usize::try_from(end).unwrap_or(CHUNK_BYTES));
        let start = end - size as u64;
        journal.seek(SeekFrom::Start(start))?;
        journal.read_exact(&mut chunk[..size])?;
        if let Some(at) = memchr::memrchr(b'\n', &chunk[..size]) {
            end = start + at as u64 + 1;
            break;
        }
        end = start;
    }
    if end < length {
        journal.set_len(end)?;
    }
    Ok(end)
}
