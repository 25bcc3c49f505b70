//! Marks and notes: what the reader does with the records of the list.

use std::ops::Range;
use std::sync::Arc;

use tui_input::Input;

use super::App;
use crate::query::Place;
use crate::store::{Change, Marked, RecordNumber, RecordSet};
use crate::tui::action::{Command, Effect};
use crate::tui::key_map::Focus;
use crate::tui::line_edit;

/// What is to be done with the records at some places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// The places, among all that is shown.
    pub(super) places: Range<usize>,
    /// Whether their marks are turned round; else all are marked.
    pub(super) invert: bool,
}

/// The state of marks and notes.
#[derive(Clone, Debug, Default)]
pub struct MarksState {
    /// What is marked and noted.
    pub marked: Arc<Marked>,
    /// The place where a range begins that the reader is marking.
    pub range: Option<usize>,
    /// The line in which a note is written.
    pub line: Input,
    /// Whether the filter asks for marks or notes.
    pub(super) asked_for: bool,
    /// The record that the note is on.
    noting: Option<RecordNumber>,
    /// How many changes were made; an older state that comes from the file does not count.
    changes: u64,
}

impl MarksState {
    /// Whether a row is in the range that is being marked, which ends at the cursor.
    pub fn is_in_range(&self, place: usize, cursor: usize) -> bool {
        self.range.is_some_and(|from| (from.min(cursor)..=from.max(cursor)).contains(&place))
    }
}

impl MarksState {
    /// Takes over what is marked of other records. What was asked about the old ones counts no more.
    pub(super) fn recall(&mut self, marked: Marked) {
        self.marked = Arc::new(marked);
        self.range = None;
        self.changes += 1;
    }
}

impl App {
    /// Carries out what marks and notes ask for; nothing where the command is no such thing.
    pub(super) fn marking(&mut self, command: Command) -> Option<Vec<Effect>> {
        Some(match command {
            Command::Mark if self.marks.range.is_some() => self.end_range(),
            Command::Mark => self.mark_and_go_on(),
            Command::MarkRange => match self.marks.range {
                Some(_) => self.end_range(),
                None => self.begin_range(),
            },
            Command::MarkAll => self.choose(0..usize::MAX, false),
            Command::InvertMarks => self.choose(0..usize::MAX, true),
            Command::Note => self.begin_note(),
            _ => return None,
        })
    }

    /// Turns the mark of the selected record round and goes to the next one, unless the filter shows
    /// others now.
    fn mark_and_go_on(&mut self) -> Vec<Effect> {
        let Some(row) = self.list.selected() else { return Vec::new() };
        let one: RecordSet = [row.number].into_iter().collect();
        let change = Change::inverting(&one, &self.marks.marked);
        let mut effects = self.change(&change);
        if !self.marks.asked_for {
            effects.extend(self.move_cursor(Command::NextRow, None));
        }
        effects
    }

    fn begin_range(&mut self) -> Vec<Effect> {
        if self.list.selected().is_some() {
            self.marks.range = Some(self.list.cursor);
        }
        Vec::new()
    }

    fn end_range(&mut self) -> Vec<Effect> {
        let Some(from) = self.marks.range.take() else { return Vec::new() };
        let (first, last) = (from.min(self.list.cursor), from.max(self.list.cursor));
        self.choose(first..last + 1, false)
    }

    /// Has the desk say which records stand at these places, to mark them.
    fn choose(&mut self, places: Range<usize>, invert: bool) -> Vec<Effect> {
        if self.list.selected().is_none() {
            return Vec::new();
        }
        self.asking.choose = Some(Choice { places, invert });
        self.ask(self.selected_place())
    }

    /// Marks the records that the desk found at the places that were chosen.
    pub(super) fn chosen(&mut self, choice: &Choice, records: &RecordSet) -> Vec<Effect> {
        let change = if choice.invert {
            Change::inverting(records, &self.marks.marked)
        } else {
            Change::marking(records)
        };
        self.change(&change)
    }

    /// Changes marks and notes here, and has the change kept. A filter that asks for them may show
    /// other records then.
    fn change(&mut self, change: &Change) -> Vec<Effect> {
        if change.is_nothing() {
            return Vec::new();
        }
        Arc::make_mut(&mut self.marks.marked).apply(change);
        self.marks.changes += 1;
        let mut effects = vec![self.keep(change.clone())];
        effects.extend(self.show_marks());
        effects
    }

    /// The effect that keeps a change, and finds what was kept before.
    pub(super) fn keep(&self, change: Change) -> Effect {
        Effect::Keep { count: self.marks.changes, change, store: self.store.clone() }
    }

    /// Takes over what is kept, unless more was changed since.
    pub(super) fn kept(&mut self, count: u64, marked: Arc<Marked>) -> Vec<Effect> {
        if count != self.marks.changes || marked == self.marks.marked {
            return Vec::new();
        }
        self.marks.marked = marked;
        self.show_marks()
    }

    /// Shows other marks and notes.
    fn show_marks(&mut self) -> Vec<Effect> {
        self.show_detail();
        match () {
            // What it asks for is not known yet: it may be this.
            () if self.is_asking() => self.ask_again(),
            () if self.marks.asked_for => self.ask(Place::Row(self.list.cursor)),
            () => Vec::new(),
        }
    }

    /// The note on the selected record.
    pub fn note(&self) -> Option<&str> {
        self.marks.marked.note(self.list.selected()?.number)
    }

    /// Opens the line for a note on the selected record.
    fn begin_note(&mut self) -> Vec<Effect> {
        let Some(row) = self.list.selected() else { return Vec::new() };
        self.marks.noting = Some(row.number);
        let note = self.note().unwrap_or_default().to_owned();
        if note.contains('\n') {
            // A line cannot hold it.
            return vec![Effect::Edit(note)];
        }
        self.marks.line = Input::new(note);
        self.step_aside(Focus::Note);
        Vec::new()
    }

    /// Edits the line of the note, or has it edited elsewhere.
    pub(super) fn edit_note(&mut self, command: Command) -> Vec<Effect> {
        if command == Command::EditNote {
            return vec![Effect::Edit(self.marks.line.value().to_owned())];
        }
        line_edit::edit(&mut self.marks.line, command);
        Vec::new()
    }

    /// Keeps the note that was written.
    pub(super) fn end_note(&mut self) -> Vec<Effect> {
        let note = self.marks.line.value().to_owned();
        self.keep_note(&note)
    }

    /// Keeps what was written in the editor; where nothing was, the line is as it was.
    pub(super) fn edited(&mut self, outcome: Result<String, String>) -> Vec<Effect> {
        match outcome {
            Ok(note) => self.keep_note(&note),
            Err(why) => self.say(&why),
        }
    }

    fn keep_note(&mut self, note: &str) -> Vec<Effect> {
        let mut effects = self.focus_on(self.pane());
        if let Some(record) = self.marks.noting.take() {
            effects.extend(self.change(&Change::noting(record, note)));
        }
        effects
    }
}
