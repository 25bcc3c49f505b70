//! `fonds marks`: the saved marks and notes, and what became of their records.

use std::collections::{HashMap, HashSet};

use anyhow::Context;
use serde_json::{Value, json};

use super::args::MarksCommandArgs;
use super::engine;
use super::exit_code::{Outcome, has_errors};
use super::output::{
    eprint_each_problem, eprint_if_example, eprint_line, eprint_problems, write_stdout,
};
use super::read_options;
use crate::files;
use crate::load;
use crate::query::RecordHandle;
use crate::store::Store;
use crate::text::clean;
use crate::tui::runtime::saved_marks::{Extent, FoundMarks, SavedEntry, SavedMarks, new_entries};
use crate::userdata::mark_entry::{MarkEntry, operations_to_attach};
use crate::userdata::marks_file::{self, MarksLocation};

/// What became of the record of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It is this record of the opened files.
    OnRecord(RecordHandle),
    /// The entry is about what is open, or its file is gone, and no record is proven to be its own.
    Unclaimed,
    /// Its file is not open.
    Elsewhere,
}

impl State {
    /// The name, as it is printed.
    fn name(self) -> &'static str {
        match self {
            State::OnRecord(_) => "here",
            State::Unclaimed => "unclaimed",
            State::Elsewhere => "elsewhere",
        }
    }
}

/// Lists the saved entries, or attaches one to a record.
pub(super) fn run(arguments: &MarksCommandArgs) -> anyhow::Result<Outcome> {
    engine::refuse("marks", &arguments.files)?;
    let options = read_options::from_args(&arguments.read_args)?;
    let inputs = load::inputs_to_open(&arguments.files);
    eprint_if_example(&inputs);
    let (store, problems) = load::read_all(&inputs, &options);
    eprint_problems(&problems);
    let saved = SavedMarks::load(&MarksLocation::new(arguments.marks.as_deref()))?;
    eprint_each_problem(&saved.problems);
    let found = saved.find_records(&store, Extent::All);
    let states = states(&saved, &found);
    if let Some(attach) = &arguments.attach {
        attach_entry(attach, &saved, &states, &store)?;
        return Ok(Outcome::Success);
    }
    let is_listed = |state: State| !arguments.unclaimed || state == State::Unclaimed;
    let listed: Vec<(usize, State)> =
        states.into_iter().enumerate().filter(|(_, state)| is_listed(*state)).collect();
    write_stdout(|out| {
        if arguments.json {
            let objects: Vec<Value> = listed.iter().map(|it| object(&saved, *it)).collect();
            return writeln!(out, "{}", Value::Array(objects));
        }
        listed.iter().try_for_each(|it| writeln!(out, "{}", line(&saved, *it)))
    })?;
    Ok(match listed.len() {
        _ if has_errors(&problems) || has_errors(&saved.problems) => Outcome::Failure,
        0 => Outcome::Negative,
        _ => Outcome::Success,
    })
}

/// The state of each entry, in the order of the entries.
fn states(saved: &SavedMarks, found: &FoundMarks) -> Vec<State> {
    let records: HashMap<usize, RecordHandle> =
        found.records.iter().map(|(entry, record)| (*entry, *record)).collect();
    let unclaimed: HashSet<usize> = found.unclaimed.iter().copied().collect();
    let gone = saved.gone_files();
    let state = |(index, it): (usize, &SavedEntry)| match records.get(&index) {
        Some(number) => State::OnRecord(*number),
        None if unclaimed.contains(&index) => State::Unclaimed,
        None if gone.contains(it.entry.file.as_str()) => State::Unclaimed,
        None => State::Elsewhere,
    };
    saved.entries.iter().enumerate().map(state).collect()
}

/// An entry as a line: number, state, mark, date, title, note and file, separated by tabs. The id stands for a title
/// that was not kept.
fn line(saved: &SavedMarks, (index, state): (usize, State)) -> String {
    let Some(SavedEntry { entry, .. }) = saved.entries.get(index) else { return String::new() };
    let mark = if entry.marked { "marked" } else { "" };
    let note = entry.note.as_deref().unwrap_or_default();
    let number = (index + 1).to_string();
    let title = match entry.title.as_str() {
        "" => entry.id.as_deref().unwrap_or_default(),
        title => title,
    };
    let cells = [number.as_str(), state.name(), mark, &entry.date, title, note, origin(entry)];
    cells.map(|cell| clean::clean(cell).into_owned()).join("\t")
}

/// The archive of an entry, or its file if the archive has no name.
fn origin(entry: &MarkEntry) -> &str {
    if entry.archive.is_empty() { &entry.file } else { &entry.archive }
}

/// An entry as a JSON object.
fn object(saved: &SavedMarks, (index, state): (usize, State)) -> Value {
    let Some(SavedEntry { entry, path }) = saved.entries.get(index) else { return Value::Null };
    json!({
        "number": index + 1,
        "state": state.name(),
        "marked": entry.marked,
        "note": entry.note,
        "id": entry.id,
        "date": entry.date,
        "title": entry.title,
        "position": entry.position,
        "archive": entry.archive,
        "file": entry.file,
        "marks_file": path.display().to_string(),
    })
}

/// Moves the mark and the note of an entry to a record.
fn attach_entry(
    argument: &str,
    saved: &SavedMarks,
    states: &[State],
    store: &Store,
) -> anyhow::Result<()> {
    let (entry_number, key) = argument
        .split_once('=')
        .with_context(|| format!("--attach {argument}: give NUMBER=RECORD, such as 3=:210"))?;
    let index = entry_number.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let found = index.and_then(|index| Some((saved.entries.get(index)?, states.get(index)?)));
    let (SavedEntry { entry, path }, state) = found.with_context(|| {
        format!("--attach {argument}: fonds marks lists entries 1 to {}", saved.entries.len())
    })?;
    if let State::OnRecord(_) = state {
        anyhow::bail!("--attach {argument}: this entry belongs to a record already");
    }
    let number = find_record(store, key.trim())
        .with_context(|| format!("--attach {argument}: no record has this id or position"))?;
    let new = new_entries(store, &[number]).remove(0);
    marks_file::append(path, &operations_to_attach(entry, &new))?;
    eprint_line(&format!("fonds: attached in {}", files::display_name(path)));
    Ok(())
}

/// The record with an id, or with a position if a number begins with a colon.
fn find_record(store: &Store, key: &str) -> Option<RecordHandle> {
    let Some(position) = key.strip_prefix(':') else { return store.find_by_key(key) };
    let position: u64 = position.parse().ok()?;
    let numbers = (0..store.len()).filter_map(|index| u32::try_from(index).ok());
    numbers.map(RecordHandle).find(|number| store.position_of(*number) == Some(position))
}
