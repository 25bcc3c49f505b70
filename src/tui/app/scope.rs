//! Which records a copy, an export or a pick acts on, and the question where some are not shown.

use std::sync::Arc;

use super::copy::CopyContent;
use super::marks::MarksState;
use crate::query::{RecordSet, SearchRequest, Selection, parse};
use crate::tui::command::Command;
use crate::tui::component::Request;
use crate::tui::effect::{AttachRequest, Effect};
use crate::tui::hint::{self, Hint};
use crate::tui::key_map::KeyMap;
use crate::tui::modes::{Mode, Overlay};
use crate::tui::notice::Notice;
use crate::tui::overlays::picker::state::{PickerItem, PickerKind, PickerState};
use crate::tui::panes::filter_bar::state::FilterBarState;
use crate::tui::panes::list::state::ListState;
use crate::tui::records::OpenRecords;

/// What is shown, selected and marked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShownRecords<'a> {
    /// The list.
    pub(crate) list: &'a ListState,
    /// The filter bar.
    pub(crate) filter_bar: &'a FilterBarState,
    /// The marks and notes.
    pub(crate) marks: &'a MarksState,
    /// What is known of all records.
    pub(crate) records: &'a OpenRecords,
    /// Which key runs which command.
    pub(crate) key_map: &'a KeyMap,
}

/// The records that something is done with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RecordScope {
    /// The marked records, shown or not; in a pick the selected ones.
    Marked,
    /// The marked records that match the filter.
    ShownMarked,
    /// The record under the cursor.
    Current,
    /// The records that match the filter.
    Filtered,
    /// All records.
    #[default]
    All,
}

/// What is done with the records of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopePurpose {
    /// Export them to a file.
    Export,
    /// Copy a part of each.
    Copy(CopyContent),
    /// Take them, in a pick.
    Take,
}

impl ScopePurpose {
    /// Returns the question that is asked.
    pub(crate) const fn question(self) -> &'static str {
        match self {
            ScopePurpose::Export => "export what?",
            ScopePurpose::Copy(_) => "not all are shown: copy what?",
            ScopePurpose::Take => "not all are shown: take what?",
        }
    }

    /// Returns the scopes to choose from, the first of them under the cursor.
    const fn scopes(self) -> &'static [RecordScope] {
        match self {
            ScopePurpose::Export => &[
                RecordScope::Marked,
                RecordScope::ShownMarked,
                RecordScope::Filtered,
                RecordScope::All,
            ],
            ScopePurpose::Copy(_) | ScopePurpose::Take => {
                &[RecordScope::Marked, RecordScope::ShownMarked, RecordScope::Current]
            }
        }
    }
}

impl ShownRecords<'_> {
    /// Returns the marked records, or else the one under the cursor.
    pub(crate) fn marked_or_current(&self) -> RecordSet {
        let is_marked = !self.marks.user_marks.marked.is_empty();
        self.records_in(if is_marked { RecordScope::Marked } else { RecordScope::Current })
    }

    /// Returns the number of marked records that the filter hides.
    pub(crate) fn hidden_marks(&self) -> usize {
        self.marks.user_marks.marked.len().saturating_sub(self.marks.shown().len())
    }

    /// Returns the word for records that `Space` has marked.
    fn marked_word(&self) -> &'static str {
        if self.marks.is_picking() { "selected" } else { "marked" }
    }

    /// Returns how many records are marked, and how many of them are shown if not all are.
    pub(crate) fn marked_text(&self) -> Option<String> {
        let (marked, word) = (self.marks.user_marks.marked.len(), self.marked_word());
        let shown = self.marks.shown().len();
        (marked > 0).then(|| match self.hidden_marks() {
            0 => format!("{marked} {word}"),
            _ => format!("{marked} {word} ({shown} shown)"),
        })
    }

    /// Returns why nothing is done while a range is open: its records look marked, but are not yet.
    pub(crate) fn open_range(&self) -> Option<Notice> {
        self.list.range_start?;
        let key = |command: Command| self.key_map.key_for(Mode::List, command);
        let (mark, verb) = if self.marks.is_picking() {
            (Command::Select, "selects")
        } else {
            (Command::Mark, "marks")
        };
        Some(Notice::OpenRange { key: key(mark), verb, leave: key(Command::StepBack) })
    }

    /// Returns the records of a scope, for those that a set of records describes.
    pub(crate) fn records_in(&self, scope: RecordScope) -> RecordSet {
        match scope {
            RecordScope::Marked => self.marks.user_marks.marked.clone(),
            RecordScope::ShownMarked => self.marks.shown().clone(),
            RecordScope::Current => {
                self.list.selected().map(|row| row.handle).into_iter().collect()
            }
            // A filter describes these.
            RecordScope::Filtered | RecordScope::All => RecordSet::default(),
        }
    }

    /// Returns the records of a scope, in the order of the screen.
    pub(crate) fn selection(&self, scope: RecordScope) -> Selection {
        let order = self.list.sort_override;
        let filter = match scope {
            RecordScope::Filtered => self.filter_bar.text(),
            RecordScope::All => "",
            // Every marked record was counted, also where two are duplicates.
            RecordScope::Marked | RecordScope::ShownMarked | RecordScope::Current => {
                return Selection::Records { records: self.records_in(scope), order };
            }
        };
        let request = SearchRequest {
            order,
            user_marks: Arc::clone(self.marks.for_filter()),
            keep_duplicates: self.list.keep_duplicates,
            ..SearchRequest::for_rows(parse(filter, &self.records.summary.own_field_names))
        };
        request.into()
    }

    /// Returns the scopes to choose from that differ and have records.
    pub(crate) fn scopes(&self, purpose: ScopePurpose) -> Vec<RecordScope> {
        let has_records = |scope: &RecordScope| match scope {
            RecordScope::Marked => self.scope_len(*scope) > 0,
            RecordScope::ShownMarked => self.scope_len(*scope) > 0 && self.hidden_marks() > 0,
            RecordScope::Current => self.list.selected().is_some(),
            RecordScope::Filtered => {
                !self.filter_bar.is_empty() && self.list.match_count.count() > 0
            }
            RecordScope::All => true,
        };
        purpose.scopes().iter().copied().filter(has_records).collect()
    }

    /// Returns the number of records in a scope.
    fn scope_len(&self, scope: RecordScope) -> usize {
        match scope {
            RecordScope::Marked => self.marks.user_marks.marked.len(),
            RecordScope::ShownMarked => self.marks.shown().len(),
            RecordScope::Current => usize::from(self.list.selected().is_some()),
            RecordScope::Filtered => self.list.match_count.count(),
            RecordScope::All => self.list.total.count(),
        }
    }

    /// Returns what the picker calls a scope.
    fn scope_name(&self, scope: RecordScope) -> String {
        match scope {
            RecordScope::Marked => self.marked_word().to_owned(),
            RecordScope::ShownMarked => format!("{} and shown", self.marked_word()),
            RecordScope::Current => "under the cursor".to_owned(),
            RecordScope::Filtered => "filtered".to_owned(),
            RecordScope::All => "all".to_owned(),
        }
    }

    /// Returns a scope as an item of the picker, with the number of its records.
    fn scope_item(&self, scope: RecordScope) -> PickerItem {
        let count = match self.scope_len(scope) {
            1 => "1 record".to_owned(),
            count => format!("{count} records"),
        };
        let not_shown = if scope == RecordScope::Marked { self.hidden_marks() } else { 0 };
        let description = match not_shown {
            0 => count,
            _ if self.marks.shown().is_empty() => format!("{count}, not shown"),
            hidden => format!("{count}, {hidden} of them not shown"),
        };
        PickerItem { name: self.scope_name(scope), description, extension: String::new() }
    }

    /// Asks which records to act on.
    pub(crate) fn ask_for_scope(&self, purpose: ScopePurpose) -> Vec<Request> {
        let scopes = self.scopes(purpose).into_iter();
        let items = scopes.map(|scope| self.scope_item(scope)).collect();
        vec![Overlay::Picker(PickerState::new(PickerKind::Scope(purpose), items, "")).into()]
    }

    /// Returns the scope that an item of the picker names.
    pub(crate) fn picked_scope(
        &self,
        purpose: ScopePurpose,
        item: &PickerItem,
    ) -> Option<RecordScope> {
        let mut scopes = purpose.scopes().iter().copied();
        scopes.find(|scope| self.scope_name(*scope) == item.name)
    }

    /// Attaches the unclaimed mark or note at this index to the selected record.
    pub(crate) fn attach_unclaimed(&self, index: usize) -> Option<Request> {
        let entry = self.marks.unclaimed.get(index).cloned()?;
        let record = self.list.selected()?.handle;
        let backend = Arc::clone(&self.records.backend);
        Some(Effect::AttachMark(AttachRequest { entry, record, backend }).into())
    }

    /// Returns the most useful keys of the list while the user picks records.
    pub(crate) fn picking_hint(&self) -> String {
        if self.list.range_start.is_some() {
            let hints = [
                Hint::keys(&[Command::Select], "select the range"),
                Hint::keys(&[Command::PreviousRow, Command::NextRow], "to its end"),
                Hint::keys(&[Command::StepBack], "leave it"),
            ];
            return hint::written(&hints, self.key_map, Mode::List, "   ");
        }
        let selected = self.marks.user_marks.marked.len();
        let takes_current = selected == 0 && self.list.selected().is_some();
        let take = match (selected, self.hidden_marks()) {
            (0, _) if takes_current => "take it".to_owned(),
            (0, _) => "take nothing".to_owned(),
            (1, 0) => "take the selected one".to_owned(),
            (_, 0) => format!("take the {selected} selected"),
            (_, hidden) if hidden == selected => format!("take {selected} selected, not shown"),
            (_, hidden) => format!("take {selected} selected, {hidden} of them not shown"),
        };
        let select = takes_current.then(|| Hint::keys(&[Command::Select], "select"));
        let filter = if self.filter_bar.is_empty() {
            Hint::keys(&[Command::Filter], "filter")
        } else {
            Hint::keys(&[Command::StepBack], "clear the filter")
        };
        let last = [
            filter,
            Hint::keys(&[Command::Help], "keys"),
            Hint::keys(&[Command::Quit], "take none"),
        ];
        let first = [Hint::keys(&[Command::Take], take)];
        let hints: Vec<Hint> = first.into_iter().chain(select).chain(last).collect();
        hint::written(&hints, self.key_map, Mode::List, "   ")
    }
}
