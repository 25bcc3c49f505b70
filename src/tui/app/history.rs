//! Views: filter, order and place, to go back to and to come back to.

use super::App;
use crate::query::{Order, Place};
use crate::record::RecordKey;
use crate::store::RecordNumber;
use crate::tui::action::{Command, Effect};
use crate::tui::panes::filter_bar::state::FilterBarState;

/// How many views are remembered.
const MOST: usize = 1000;

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct View {
    /// The text of the filter.
    filter: String,
    /// The order that was chosen.
    order: Option<Order>,
    /// The selected record.
    record: Option<RecordNumber>,
}

/// The views before and after the one that is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Views {
    /// Those before, the last one last.
    before: Vec<View>,
    /// Those that were left by going back, the last one last.
    after: Vec<View>,
    /// The key of a record to select as soon as it is read.
    sought: Option<String>,
}

impl Views {
    /// No views yet; a record to be selected.
    pub(super) fn seeking(key: Option<String>) -> Views {
        Views { sought: key, ..Views::default() }
    }
}

impl Views {
    /// Forgets which records were selected, where their numbers mean others.
    pub(super) fn forget_records(&mut self) {
        let views = self.before.iter_mut().chain(&mut self.after);
        views.for_each(|view| view.record = None);
    }
}

impl App {
    fn view(&self) -> View {
        View {
            filter: self.bar.text().to_owned(),
            order: self.list.chosen,
            record: self.list.selected().map(|row| row.number),
        }
    }

    /// Remembers the view, before it is left.
    pub(super) fn leave_view(&mut self) {
        let view = self.view();
        self.views.after.clear();
        self.views.sought = None;
        if self.views.before.last() != Some(&view) {
            self.views.before.push(view);
        }
        if self.views.before.len() > MOST {
            self.views.before.remove(0);
        }
    }

    /// Goes to the view before or after; nothing where the command is no such thing.
    pub(super) fn viewing(&mut self, command: Command) -> Option<Vec<Effect>> {
        let now = self.view();
        let views = &mut self.views;
        let (from, to) = match command {
            Command::Undo => (&mut views.before, &mut views.after),
            Command::Redo => (&mut views.after, &mut views.before),
            _ => return None,
        };
        // The view that is shown is none to go to.
        let Some(view) = std::iter::from_fn(|| from.pop()).find(|view| *view != now) else {
            let way = if command == Command::Undo { "before" } else { "after" };
            return Some(self.say(&format!("no view {way} this one")));
        };
        to.push(now);
        self.bar.remember();
        self.bar.line = FilterBarState::with_text(&view.filter).line;
        self.bar.edited();
        self.list.chosen = view.order;
        self.marks.range = None;
        Some(self.ask(view.record.map_or(Place::Row(0), Place::Record)))
    }

    /// Looks for the record that is to be selected, where there is one.
    pub(super) fn seek(&self) -> Option<Effect> {
        let key = self.views.sought.clone()?;
        Some(Effect::Seek { key, store: self.store.clone() })
    }

    /// Selects the record that was looked for, unless the reader went elsewhere.
    pub(super) fn sought(&mut self, key: &str, record: Option<RecordNumber>) -> Vec<Effect> {
        if self.views.sought.as_deref() != Some(key) {
            return Vec::new();
        }
        match record {
            Some(record) => {
                self.views.sought = None;
                self.ask(Place::Record(record))
            }
            None if self.is_loaded() => {
                self.views.sought = None;
                self.say(&format!("there is no record “{key}” here"))
            }
            None => Vec::new(),
        }
    }

    /// What the selected record is known by.
    pub fn selected_key(&self) -> Option<String> {
        self.list.selected().map(|row| RecordKey::of(&row.record).to_string())
    }

    /// Whether the detail is hidden.
    pub fn is_detail_hidden(&self) -> bool {
        self.detail_hidden
    }
}
