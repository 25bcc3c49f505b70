//! The marks and notes of the user: marking rows, ranges and all matches; writing notes.

use std::ops::Range;
use std::sync::Arc;

use super::App;
use crate::query::Target;
use crate::query::{MarksChange, RecordHandle, RecordSet, Suggestion, UserMarks};
use crate::text::clean;
use crate::tui::action::EditedNote;
use crate::tui::command::Command;
use crate::tui::effect::{AttachRequest, Effect, MarksRequest};
use crate::tui::modes::{Mode, Overlay};
use crate::tui::notice::Notice;
use crate::tui::overlays::picker::state::{PickerItem, PickerKind};
use crate::tui::prompt::Prompt;
use crate::userdata::mark_entry::MarkEntry;

/// Stands for a line end in the prompt for a note, which has one line.
const LINE_END_SIGN: &str = "↵";

/// Returns the note in a prompt, with its line ends.
pub(super) fn note_of(prompt: &Prompt) -> String {
    prompt.text().replace(LINE_END_SIGN, "\n")
}

/// Returns a text for the prompt for a note: a sign stands for each line end.
pub(super) fn with_line_end_signs(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\n'], LINE_END_SIGN)
}

/// Returns the effect that opens the note in a prompt in the editor.
pub(super) fn edit_note(prompt: &Prompt) -> Effect {
    Effect::EditNote(note_of(prompt))
}

/// Rows to mark, whose records are not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowsToMark {
    /// The rows, among all records that match.
    pub(super) rows: Range<usize>,
    /// Whether to invert the marks; otherwise all rows are marked.
    pub(super) invert: bool,
}

/// The state of marks and notes.
#[derive(Clone, Debug, Default)]
pub struct MarksState {
    /// The marks and notes on the screen. While the user picks, the marks are those of this pick
    /// alone, which begins without any and saves none.
    pub user_marks: Arc<UserMarks>,
    /// While the user picks, the saved marks and notes, which only the filter uses.
    saved_marks: Option<Arc<UserMarks>>,
    /// The marked records that match the filter.
    shown: RecordSet,
    /// The row where the range begins that is being marked.
    pub range_start: Option<usize>,
    /// Why the last changes are not saved yet; `None` if they are.
    pub not_saved: Option<String>,
    /// The saved marks and notes about what is open that belong to no record.
    pub unclaimed: Arc<[MarkEntry]>,
    /// Whether the filter searches for marks or notes.
    pub(super) filter_uses_marks: bool,
    /// The record whose note is being written.
    note_record: Option<RecordHandle>,
    /// The number of changes by the user. Saved marks with an older number are ignored.
    change_count: u64,
}

impl MarksState {
    /// Returns the state without marks and notes. `picking` says whether the user picks records.
    pub(super) fn new(picking: bool) -> MarksState {
        MarksState { saved_marks: picking.then(Arc::default), ..MarksState::default() }
    }

    /// Returns the marks and notes that the filter searches for.
    pub(super) fn for_filter(&self) -> &Arc<UserMarks> {
        self.saved_marks.as_ref().unwrap_or(&self.user_marks)
    }

    /// Returns the marked records that match the filter.
    pub(super) fn shown(&self) -> &RecordSet {
        &self.shown
    }

    /// Takes over which of the marked records match the filter, from a response.
    pub(super) fn set_shown(&mut self, shown: &RecordSet) {
        self.shown.clone_from(shown);
    }

    /// Applies a change by the user. It only concerns records that are shown.
    fn apply(&mut self, change: &MarksChange) {
        Arc::make_mut(&mut self.user_marks).apply(change);
        self.shown.insert_all(&change.marked);
        self.shown.remove_all(&change.unmarked);
    }

    /// Takes over the saved marks and notes.
    fn set_saved(&mut self, saved: Arc<UserMarks>) {
        match &mut self.saved_marks {
            None => self.user_marks = saved,
            Some(before) => {
                Arc::make_mut(&mut self.user_marks).notes.clone_from(&saved.notes);
                *before = saved;
            }
        }
    }

    /// Whether a row is in the range that is being marked. The range ends at the cursor.
    pub fn is_in_range(&self, row: usize, cursor: usize) -> bool {
        self.range_start.is_some_and(|from| (from.min(cursor)..=from.max(cursor)).contains(&row))
    }

    /// Replaces all marks and notes after a reload. Pending updates for the old records are
    /// ignored.
    pub(super) fn replace(&mut self, user_marks: UserMarks) {
        // The saved marks have numbers of the old records. They are read again.
        self.saved_marks = self.saved_marks.take().map(|_| Arc::default());
        self.user_marks = Arc::new(user_marks);
        self.range_start = None;
        self.change_count += 1;
    }
}

impl App {
    /// Runs a command about marks or notes; returns `None` for any other command.
    pub(super) fn run_mark_command(&mut self, command: Command) -> Option<Vec<Effect>> {
        Some(match command {
            Command::Mark | Command::Select if self.marks.range_start.is_some() => self.end_range(),
            Command::Mark | Command::Select => self.toggle_mark(),
            Command::MarkRange | Command::SelectRange => match self.marks.range_start {
                Some(_) => self.end_range(),
                None => self.begin_range(),
            },
            Command::MarkAll | Command::SelectAll => self.mark_rows(0..usize::MAX, false),
            Command::InvertMarks | Command::InvertSelection => self.mark_rows(0..usize::MAX, true),
            Command::Note => self.begin_note(),
            Command::AttachMark => self.choose_unclaimed(),
            Command::RefuseNote => self.tell(Notice::NotesNotKept),
            _ => return None,
        })
    }

    /// Marks or unmarks the selected record, then goes to the next one.
    ///
    /// If the filter searches for marks, the row may disappear, so the cursor stays.
    fn toggle_mark(&mut self) -> Vec<Effect> {
        let Some(row) = self.list.selected() else { return Vec::new() };
        let selected: RecordSet = [row.handle].into_iter().collect();
        let change = MarksChange::toggle(&selected, &self.marks.user_marks);
        let mut effects = self.change_marks(&change);
        if self.picking || !self.marks.filter_uses_marks {
            effects.extend(self.move_cursor(Command::NextRow, None));
        }
        effects
    }

    /// Begins a range at the cursor.
    fn begin_range(&mut self) -> Vec<Effect> {
        if self.list.selected().is_some() {
            self.marks.range_start = Some(self.list.cursor);
        }
        Vec::new()
    }

    /// Marks the rows from the start of the range to the cursor.
    fn end_range(&mut self) -> Vec<Effect> {
        let Some(from) = self.marks.range_start.take() else { return Vec::new() };
        let (first, last) = (from.min(self.list.cursor), from.max(self.list.cursor));
        self.mark_rows(first..last + 1, false)
    }

    /// Starts a search for the records at these rows, to mark them.
    fn mark_rows(&mut self, rows: Range<usize>, invert: bool) -> Vec<Effect> {
        if self.list.selected().is_none() {
            return Vec::new();
        }
        self.pending_query.rows_to_mark = Some(RowsToMark { rows, invert });
        self.search(self.selected_target())
    }

    /// Marks the records that the search found at the rows.
    pub(super) fn mark_found(
        &mut self,
        rows_to_mark: &RowsToMark,
        records: &RecordSet,
    ) -> Vec<Effect> {
        let change = if rows_to_mark.invert {
            MarksChange::toggle(records, &self.marks.user_marks)
        } else {
            MarksChange::mark(records)
        };
        self.change_marks(&change)
    }

    /// Changes marks and notes, saves the change, and updates the screen.
    fn change_marks(&mut self, change: &MarksChange) -> Vec<Effect> {
        if change.is_empty() {
            return Vec::new();
        }
        self.marks.apply(change);
        if self.picking {
            return Vec::new();
        }
        self.marks.change_count += 1;
        let mut effects = vec![self.save_marks(change.clone())];
        effects.extend(self.refresh_marks());
        effects
    }

    /// Returns the effect that saves a change. An empty change only reads the saved marks.
    pub(super) fn save_marks(&self, change: MarksChange) -> Effect {
        Effect::SaveMarks(MarksRequest {
            change_count: self.marks.change_count,
            change,
            backend: Arc::clone(&self.backend),
            is_loaded: self.is_loaded(),
        })
    }

    /// Replaces the marks by the saved ones, unless the user has changed more since.
    pub(super) fn on_marks_updated(
        &mut self,
        change_count: u64,
        user_marks: Arc<UserMarks>,
    ) -> Vec<Effect> {
        if change_count != self.marks.change_count || user_marks == *self.marks.for_filter() {
            return Vec::new();
        }
        self.marks.set_saved(user_marks);
        let mut effects = self.refresh_marks();
        if !self.is_searching() && !self.picking {
            // Which of the marked records are shown is not known yet.
            effects.extend(self.repeat_search());
        }
        effects
    }

    /// Remembers why changes are not saved yet, for the status line; `None` if all are saved.
    pub(super) fn on_marks_saved(&mut self, not_saved: Option<String>) -> Vec<Effect> {
        self.marks.not_saved = not_saved;
        Vec::new()
    }

    /// Updates detail and list after marks or notes have changed.
    fn refresh_marks(&mut self) -> Vec<Effect> {
        self.refresh_detail();
        match () {
            // Whether the pending search uses marks is not known yet.
            () if self.is_searching() => self.repeat_search(),
            () if self.marks.filter_uses_marks => self.search(Target::Row(self.list.cursor)),
            () => Vec::new(),
        }
    }

    /// Writes a suggestion. Where there are no marks or notes, it says which key makes one. A pick makes none.
    pub(super) fn with_key_hint(&self, suggestion: &Suggestion) -> String {
        let key = |command: Command| self.key_map.key_for(Mode::List, command);
        match suggestion {
            _ if self.picking => suggestion.to_string(),
            Suggestion::NoneMarked => format!("{suggestion}: {} marks one", key(Command::Mark)),
            Suggestion::NoneNoted => format!("{suggestion}: {} writes one", key(Command::Note)),
            _ => suggestion.to_string(),
        }
    }

    /// Returns the note on the selected record.
    pub fn note(&self) -> Option<&str> {
        self.marks.user_marks.note(self.list.selected()?.handle)
    }

    /// Opens the prompt for a note on the selected record.
    fn begin_note(&mut self) -> Vec<Effect> {
        let Some(row) = self.list.selected() else { return Vec::new() };
        self.marks.note_record = Some(row.handle);
        let note = self.note().unwrap_or_default().to_owned();
        if note.contains('\n') {
            // The prompt has only one line.
            return vec![Effect::EditNote(note)];
        }
        self.open(Overlay::NotePrompt(Prompt::with_text(note)))
    }

    /// Opens a picker with the unclaimed marks and notes, to attach one to the selected record.
    fn choose_unclaimed(&mut self) -> Vec<Effect> {
        if self.list.selected().is_none() || self.marks.unclaimed.is_empty() {
            return self.tell(Notice::NothingUnclaimed);
        }
        let item = |(index, entry): (usize, &MarkEntry)| {
            let kind = if entry.marked { "mark" } else { "note" };
            let note = entry.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
            let text = format!("{} {}{note}", entry.date, entry.title);
            PickerItem {
                name: format!("{} {kind}", index + 1),
                description: clean::clean(&text).into_owned(),
                ..PickerItem::default()
            }
        };
        let items = self.marks.unclaimed.iter().enumerate().map(item).collect();
        self.open_picker(PickerKind::Unclaimed, items, "")
    }

    /// Attaches the unclaimed entry at this index to the selected record.
    pub(crate) fn attach_unclaimed(&mut self, index: usize) -> Vec<Effect> {
        let record = self.list.selected().map(|row| row.handle);
        match (self.marks.unclaimed.get(index).cloned(), record) {
            (Some(entry), Some(record)) => {
                let backend = Arc::clone(&self.backend);
                vec![Effect::AttachMark(AttachRequest { entry, record, backend })]
            }
            _ => Vec::new(),
        }
    }

    /// Saves the note that the user is writing when the program is interrupted, if there is one.
    pub(crate) fn keep_typed_note(&mut self) -> Vec<Effect> {
        let Some(Overlay::NotePrompt(prompt)) = self.modes.overlay() else { return Vec::new() };
        let note = note_of(prompt);
        if note == self.note().unwrap_or_default() {
            return Vec::new();
        }
        self.save_note(&note)
    }

    /// Saves the note from the editor. After an error the prompt stays as it was.
    pub(super) fn on_note_edited(&mut self, outcome: Result<EditedNote, String>) -> Vec<Effect> {
        match outcome {
            Ok(EditedNote { text, warning }) => {
                if self.mode() == Mode::NotePrompt {
                    self.modes.pop();
                }
                let mut effects = self.save_note(&text);
                effects.extend(warning.into_iter().flat_map(|it| self.tell(Notice::Told(it))));
                effects
            }
            Err(why) => self.tell(Notice::Told(why)),
        }
    }

    /// Saves the note on the record it was opened for.
    pub(super) fn save_note(&mut self, note: &str) -> Vec<Effect> {
        match self.marks.note_record.take() {
            Some(record) => self.change_marks(&MarksChange::set_note(record, note)),
            None => Vec::new(),
        }
    }
}
