//! Which records a copy, an export or a pick acts on, and the question where some are not shown.

use super::App;
use super::copy::CopyContent;
use crate::query::RecordSet;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::modes::Mode;
use crate::tui::notice::Notice;
use crate::tui::overlays::picker::state::{PickerItem, PickerKind};

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

impl App {
    /// Returns the marked records, or else the one under the cursor.
    pub(super) fn marked_or_current(&self) -> RecordSet {
        let is_marked = !self.marks.user_marks.marked.is_empty();
        self.records_in(if is_marked { RecordScope::Marked } else { RecordScope::Current })
    }

    /// Returns the number of marked records that the filter hides.
    pub(super) fn hidden_marks(&self) -> usize {
        self.marks.user_marks.marked.len().saturating_sub(self.marks.shown().len())
    }

    /// Returns the word for records that `Space` has marked.
    const fn marked_word(&self) -> &'static str {
        if self.picking { "selected" } else { "marked" }
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
    pub(super) fn open_range(&self) -> Option<Notice> {
        self.marks.range_start?;
        let key = |command: Command| self.key_map.key_for(Mode::List, command);
        let (mark, verb) =
            if self.picking { (Command::Select, "selects") } else { (Command::Mark, "marks") };
        Some(Notice::OpenRange { key: key(mark), verb, leave: key(Command::StepBack) })
    }

    /// Returns the records of a scope, for those that a set of records describes.
    pub(super) fn records_in(&self, scope: RecordScope) -> RecordSet {
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

    /// Returns the scopes to choose from that differ and have records.
    pub(super) fn scopes(&self, purpose: ScopePurpose) -> Vec<RecordScope> {
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
    pub(super) fn ask_for_scope(&mut self, purpose: ScopePurpose) -> Vec<Effect> {
        let scopes = self.scopes(purpose).into_iter();
        let items = scopes.map(|scope| self.scope_item(scope)).collect();
        self.open_picker(PickerKind::Scope(purpose), items, "")
    }

    /// Acts on the records of the chosen scope.
    pub(crate) fn accept_scope(&mut self, purpose: ScopePurpose, item: &PickerItem) -> Vec<Effect> {
        let mut scopes = purpose.scopes().iter().copied();
        let Some(scope) = scopes.find(|scope| self.scope_name(*scope) == item.name) else {
            return Vec::new();
        };
        match purpose {
            ScopePurpose::Export => self.choose_export_format(scope),
            ScopePurpose::Copy(content) => self.copy_records(content, self.records_in(scope)),
            ScopePurpose::Take => vec![Effect::Pick(self.records_in(scope))],
        }
    }

    /// Returns the most useful keys of the list while the user picks records.
    pub(crate) fn picking_hint(&self) -> String {
        let key = |command: Command| self.key_map.key_for(Mode::List, command);
        let select = key(Command::Select);
        if self.marks.range_start.is_some() {
            let esc = key(Command::StepBack);
            return format!("{select} select the range   ↑↓ to its end   {esc} leave it");
        }
        let selected = self.marks.user_marks.marked.len();
        let take = match (selected, self.hidden_marks()) {
            (0, _) if self.list.selected().is_none() => "take nothing".to_owned(),
            (0, _) => format!("take it   {select} select"),
            (1, 0) => "take the selected one".to_owned(),
            (_, 0) => format!("take the {selected} selected"),
            (_, hidden) if hidden == selected => format!("take {selected} selected, not shown"),
            (_, hidden) => format!("take {selected} selected, {hidden} of them not shown"),
        };
        let filter = if self.filter_bar.is_empty() {
            format!("{} filter", key(Command::Filter))
        } else {
            format!("{} clear the filter", key(Command::StepBack))
        };
        let (enter, help, quit) = (key(Command::Take), key(Command::Help), key(Command::Quit));
        format!("{enter} {take}   {filter}   {help} keys   {quit} take none")
    }
}
