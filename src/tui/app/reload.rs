//! Reading the files again: what was read before stays until what is read now is whole.

use super::App;
use crate::query::Place;
use crate::record::Problem;
use crate::store::{Change, Recalled, Store};
use crate::tui::action::{Action, Effect};
use crate::tui::key_map::Focus;

/// What the files hold now.
#[derive(Clone, Debug)]
pub struct Again {
    /// All records.
    pub store: Store,
    /// What could not be read, and what the reader should know.
    pub problems: Vec<Problem>,
    /// How many records were not there before.
    pub more: usize,
    /// How many records are no longer there.
    pub fewer: usize,
}

/// Where the reading is.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadingAgain {
    /// Whether the files are being read.
    under_way: bool,
    /// Whether a file has changed since that began.
    changed: bool,
    /// What was read, while the reader is in the middle of something.
    waiting: Option<Box<Again>>,
}

impl App {
    /// Has the files read again, as the reader asked.
    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        if !self.is_loaded() || self.again.under_way {
            return self.say("the files are still being read");
        }
        self.say("reading the files again ...");
        self.have_read_again()
    }

    /// Has the files read again, since one has changed: now, or once they are read.
    pub(super) fn files_changed(&mut self) -> Vec<Effect> {
        if !self.is_loaded() || self.again.under_way {
            self.again.changed = true;
            return Vec::new();
        }
        self.have_read_again()
    }

    fn have_read_again(&mut self) -> Vec<Effect> {
        (self.again.under_way, self.again.changed) = (true, false);
        vec![Effect::ReadAgain(self.store.clone())]
    }

    /// Takes in what became of it. Records that are not there keep nobody from those that were.
    pub(super) fn was_read_again(&mut self, read: Result<Box<Again>, String>) -> Vec<Effect> {
        self.again.under_way = false;
        match read {
            Err(why) => self.say(&why),
            Ok(again) if again.store.is_empty() && !self.store.is_empty() => {
                let fault = again.problems.iter().find(|problem| problem.is_fault());
                let why = fault.map_or("there is no record".to_owned(), Problem::to_string);
                self.say(&format!("read again: {why}; what was read before stays"))
            }
            Ok(again) => {
                self.again.waiting = Some(again);
                Vec::new()
            }
        }
    }

    /// Goes on with what waits, once the reader is in the middle of nothing that stands on numbers of
    /// records.
    pub(super) fn go_on_reading(&mut self) -> Vec<Effect> {
        if !self.may_go_on() {
            return Vec::new();
        }
        if let Some(again) = self.again.waiting.take() {
            let selected = self.list.selected().map(|row| row.number);
            let marked = self.marks.marked.clone();
            let before = self.store.clone();
            return vec![Effect::Recall { again, before, selected, marked }];
        }
        if self.again.changed && !self.again.under_way {
            return self.have_read_again();
        }
        Vec::new()
    }

    /// Whether nothing is out, or being written, that stands on the numbers of records.
    fn may_go_on(&self) -> bool {
        self.focus != Focus::Note && !self.is_asking() && self.is_loaded()
    }

    /// Puts what was read in the place of what was before: filter, order, selection and marks stay.
    pub(super) fn put_in_place(&mut self, again: Box<Again>, recalled: Recalled) -> Vec<Effect> {
        if !self.may_go_on() {
            self.again.waiting = Some(again);
            return Vec::new();
        }
        self.store = again.store;
        self.problems = again.problems;
        self.views.forget_records();
        self.marks.recall(recalled.marked);
        let said = |count: usize, word: &str| match count {
            1 => format!("1 record {word}"),
            _ => format!("{count} records {word}"),
        };
        self.say(&match (again.more, again.fewer) {
            (0, 0) => "read again: the same records".to_owned(),
            (more, 0) => format!("read again: {}", said(more, "more")),
            (0, fewer) => format!("read again: {}", said(fewer, "fewer")),
            (more, fewer) => format!("read again: {}, {fewer} fewer", said(more, "more")),
        });
        let row = Place::Row(self.list.cursor);
        let mut effects = vec![self.keep(Change::default())];
        effects.extend(self.ask(recalled.selected.map_or(row, Place::Record)));
        effects
    }

    /// Whether an action is about files that are read again.
    pub(super) fn is_about_files(action: &Action) -> bool {
        matches!(action, Action::FilesChanged | Action::ReadAgain(_) | Action::Recalled { .. })
    }
}
