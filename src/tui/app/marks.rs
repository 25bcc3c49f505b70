//! The marks and notes of the user, and the notes that were begun and are not saved.

use std::collections::HashMap;
use std::sync::Arc;

use crate::query::{MarksChange, RecordHandle, RecordSet, SearchResponse, Suggestion, UserMarks};
use crate::record::{Record, RecordKey};
use crate::text::clean;
use crate::tui::command::Command;
use crate::tui::component::{NoteDraft, Request};
use crate::tui::effect::{Effect, MarksRequest};
use crate::tui::key_map::KeyMap;
use crate::tui::modes::{Mode, Overlay};
use crate::tui::notice::Notice;
use crate::tui::overlays::note_prompt::state::NotePrompt;
use crate::tui::overlays::picker::state::{PickerItem, PickerKind, PickerState};
use crate::tui::panes::list::state::ListRow;
use crate::tui::records::OpenRecords;
use crate::userdata::mark_entry::MarkEntry;

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
    /// Why the last changes are not saved yet; `None` if they are.
    pub not_saved: Option<String>,
    /// The saved marks and notes about what is open that belong to no record.
    pub unclaimed: Arc<[MarkEntry]>,
    /// Whether the filter searches for marks or notes.
    pub(super) filter_uses_marks: bool,
    /// The record whose note is being written, with its key.
    note_record: Option<(RecordHandle, String)>,
    /// The notes that were begun and are not saved, by the keys of their records.
    drafts: HashMap<String, String>,
    /// Whether the user was told of them when quitting.
    told_of_draft: bool,
    /// The number of changes by the user. Saved marks with an older number are ignored.
    change_count: u64,
}

impl MarksState {
    /// Returns the state without marks and notes. `picking` says whether the user picks records.
    pub(super) fn new(picking: bool) -> MarksState {
        MarksState { saved_marks: picking.then(Arc::default), ..MarksState::default() }
    }

    /// Returns the marks and notes that the filter searches for.
    pub(crate) fn for_filter(&self) -> &Arc<UserMarks> {
        self.saved_marks.as_ref().unwrap_or(&self.user_marks)
    }

    /// Returns the marked records that match the filter.
    pub(crate) fn shown(&self) -> &RecordSet {
        &self.shown
    }

    /// Whether the user picks records for another program.
    pub(crate) fn is_picking(&self) -> bool {
        self.saved_marks.is_some()
    }

    /// Takes over which of the marked records match the filter, from a response.
    pub(super) fn on_response(&mut self, response: &SearchResponse) {
        self.filter_uses_marks = response.uses_marks;
        self.shown.clone_from(&response.selection_matches);
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

    /// Replaces all marks and notes after a reload. Pending updates for the old records are
    /// ignored.
    pub(super) fn replace(&mut self, user_marks: UserMarks) {
        // The saved marks are about the old records. They are read again.
        self.saved_marks = self.saved_marks.take().map(|_| Arc::default());
        self.user_marks = Arc::new(user_marks);
        self.change_count += 1;
    }

    /// Changes marks and notes by the user. Returns the effect that saves the change; a pick saves none.
    pub(super) fn change(&mut self, change: &MarksChange, records: &OpenRecords) -> Option<Effect> {
        self.apply(change);
        if self.is_picking() {
            return None;
        }
        self.change_count += 1;
        Some(self.save(change.clone(), records))
    }

    /// Returns the effect that saves a change. An empty change only reads the saved marks.
    pub(super) fn save(&self, change: MarksChange, records: &OpenRecords) -> Effect {
        Effect::SaveMarks(MarksRequest {
            change_count: self.change_count,
            change,
            backend: Arc::clone(&records.backend),
            is_loaded: records.is_loaded(),
        })
    }

    /// Replaces the marks by the saved ones, unless the user has changed more since. Returns whether they are others.
    pub(super) fn update(&mut self, change_count: u64, user_marks: Arc<UserMarks>) -> bool {
        let is_new = change_count == self.change_count && user_marks != *self.for_filter();
        if is_new {
            self.set_saved(user_marks);
        }
        is_new
    }

    /// Opens the prompt for a note on a record, with the draft that was kept, if there is one.
    pub(super) fn begin_note(&mut self, row: Option<&ListRow>) -> Vec<Request> {
        let Some(row) = row else { return Vec::new() };
        let record_key = RecordKey::from_record(&row.record).to_string();
        self.note_record = Some((row.handle, record_key.clone()));
        let note = self.user_marks.note(row.handle).unwrap_or_default();
        let draft = self.drafts.get(&record_key).map(String::as_str);
        if draft.is_none() && note.contains('\n') {
            // The prompt has only one line.
            return vec![Effect::EditNote(note.to_owned()).into()];
        }
        let prompt = NotePrompt::new(row.handle, record_key, note, draft);
        let told = draft.map(|_| Notice::DraftOffered.into());
        std::iter::once(Overlay::NotePrompt(prompt).into()).chain(told).collect()
    }

    /// Returns the change that saves a note on the record it was begun for.
    pub(super) fn finish_note(&mut self, note: &str) -> Option<MarksChange> {
        let (record, key) = self.note_record.take()?;
        self.drafts.remove(&key);
        Some(MarksChange::set_note(record, note))
    }

    /// Keeps a note that was begun, or forgets it.
    pub(super) fn keep_draft(&mut self, draft: NoteDraft) {
        let NoteDraft { record_key, text } = draft;
        self.told_of_draft = false;
        if text.is_empty() {
            self.drafts.remove(&record_key);
        } else {
            self.drafts.insert(record_key, text);
        }
    }

    /// Returns the note on a record that was begun and is not saved.
    pub(crate) fn draft(&self, record: &Record) -> Option<&str> {
        if self.drafts.is_empty() {
            return None;
        }
        self.drafts.get(&RecordKey::from_record(record).to_string()).map(String::as_str)
    }

    /// Returns the key of a record with a note that was begun and is not saved, and what to tell before that is lost; `None`
    /// if there is none, or if this was told before.
    pub(super) fn warn_of_draft(&mut self, key_map: &KeyMap) -> Option<(String, Notice)> {
        let record_key = self.drafts.keys().min().filter(|_| !self.told_of_draft)?.clone();
        self.told_of_draft = true;
        let key_for = |command| key_map.key_for(Mode::List, command);
        let (key, quit) = (key_for(Command::Note), key_for(Command::Quit));
        Some((record_key, Notice::DraftLeft { key, quit }))
    }

    /// Takes over why changes are not saved yet, for the status line; `None` if all are saved.
    pub(super) fn set_not_saved(&mut self, why: Option<String>) -> Vec<Request> {
        self.not_saved = why;
        Vec::new()
    }

    /// Opens a picker with the unclaimed marks and notes, to attach one to the selected record.
    pub(super) fn choose_unclaimed(&self, selected: Option<RecordHandle>) -> Request {
        if selected.is_none() || self.unclaimed.is_empty() {
            return Notice::NothingUnclaimed.into();
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
        let items = self.unclaimed.iter().enumerate().map(item).collect();
        Overlay::Picker(PickerState::new(PickerKind::Unclaimed, items, "")).into()
    }

    /// Writes a suggestion. Where there are no marks or notes, it says which key makes one. A pick makes none.
    pub(super) fn with_key_hint(&self, suggestion: &Suggestion, key_map: &KeyMap) -> String {
        let key = |command: Command| key_map.key_for(Mode::List, command);
        match suggestion {
            _ if self.is_picking() => suggestion.to_string(),
            Suggestion::NoneMarked => format!("{suggestion}: {} marks one", key(Command::Mark)),
            Suggestion::NoneNoted => format!("{suggestion}: {} writes one", key(Command::Note)),
            Suggestion::UnknownField { nearest, .. } if nearest.is_empty() => {
                format!("{suggestion}; {} lists the fields", key(Command::Help))
            }
            _ => suggestion.to_string(),
        }
    }
}
