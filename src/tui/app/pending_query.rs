//! Questions to the desk and their answers: which one counts, and what waits for it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::App;
use super::marks::Choice;
use crate::query::{Answer, Place, Question};
use crate::tui::action::{Action, Command, Effect};
use crate::tui::key_map::Focus;

/// What is being asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    /// The number of the newest question.
    generation: u64,
    /// The place the newest question asks for, until it is answered.
    place: Option<Place>,
    /// What is to be done with the records at some places, once the desk has named them.
    pub(super) choose: Option<Choice>,
    /// Whether the newest question is asked of no record at all.
    of_none: bool,
    /// Whether more was read since: the question is asked again once it is answered, so that it is
    /// answered however fast the files come in.
    more: bool,
    /// What the reader did since, in order: it starts from what the answer will show.
    waiting: VecDeque<Action>,
}

impl App {
    /// Asks for a place in the list as filter and order are now.
    pub(super) fn ask(&mut self, place: Place) -> Vec<Effect> {
        self.asking.generation += 1;
        self.asking.place = Some(place);
        self.asking.of_none = self.store.is_empty();
        self.asking.more = false;
        let question = Question {
            text: self.bar.text().to_owned(),
            order: self.list.chosen,
            place,
            rows: self.list.page_rows.max(1),
            marked: Arc::clone(&self.marks.marked),
            apart: self.list.apart,
            choose: self.asking.choose.as_ref().map(|choice| choice.places.clone()),
        };
        let store = self.store.clone();
        vec![Effect::Search { generation: self.asking.generation, question, store }]
    }

    /// Asks again for what is being asked for, or else for the selected record: there are other
    /// records or other pages now.
    pub(super) fn ask_again(&mut self) -> Vec<Effect> {
        let selected = self.list.selected().map(|row| Place::Record(row.number));
        let place = self.asking.place.or(selected).unwrap_or(Place::Row(self.list.cursor));
        self.ask(place)
    }

    /// Asks again, since more was read: when the question that is out is answered, unless it was asked
    /// of nothing.
    pub(super) fn ask_about_more(&mut self) -> Vec<Effect> {
        if self.asking.place.is_some() && !self.asking.of_none {
            self.asking.more = true;
            return Vec::new();
        }
        self.ask_again()
    }

    /// Whether a question is out.
    pub(super) fn is_asking(&self) -> bool {
        self.asking.place.is_some()
    }

    /// The place of the selected record, to come back to when filter or order change.
    pub(super) fn selected_place(&self) -> Place {
        self.list.selected().map_or(Place::Row(0), |row| Place::Record(row.number))
    }

    /// Carries out what the reader did, or keeps it until the question that is out is answered: the
    /// same keys lead to the same place however fast the search is.
    pub(super) fn in_turn(&mut self, action: Action) -> Vec<Effect> {
        if self.may_run(&action) && (self.asking.waiting.is_empty() || self.is_urgent(&action)) {
            return self.carry_out(action);
        }
        self.asking.waiting.push_back(action);
        Vec::new()
    }

    /// Carries out what waited, as far as no other question comes out of it.
    fn catch_up(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(action) = self.asking.waiting.pop_front() {
            if !self.may_run(&action) {
                self.asking.waiting.push_front(action);
                break;
            }
            effects.extend(self.carry_out(action));
        }
        effects
    }

    /// Whether an action can be carried out now. While a question is out, only the editing of the
    /// filter can: it does not start from what is shown.
    fn may_run(&self, action: &Action) -> bool {
        self.asking.place.is_none() || self.is_urgent(action) || self.edits_filter(action)
    }

    /// Whether an action is for the terminal and not for what is shown.
    fn is_urgent(&self, action: &Action) -> bool {
        matches!(
            self.meaning(action),
            Some(Action::Command(Command::QuitAnyway | Command::Suspend | Command::Redraw))
        )
    }

    fn edits_filter(&self, action: &Action) -> bool {
        let history = [Command::OlderFilter, Command::NewerFilter];
        self.focus == Focus::Bar
            && match self.meaning(action) {
                Some(Action::Insert(_)) => true,
                Some(Action::Command(command)) => command.edits() || history.contains(&command),
                _ => false,
            }
    }

    /// What an action means where the reader is: a key what its table says.
    fn meaning(&self, action: &Action) -> Option<Action> {
        match action {
            Action::Press(key) => self.keymap.action(self.focus, *key),
            other => Some(other.clone()),
        }
    }

    /// Moves the cursor.
    pub(super) fn move_cursor(&mut self, command: Command, count: Option<usize>) -> Vec<Effect> {
        match self.list.target(command, count) {
            Some(row) if row == self.list.cursor => self.say_where_it_ends(command),
            Some(row) => self.go(row),
            None => Vec::new(),
        }
    }

    /// Takes over the answer to the newest question; older ones are of no use.
    pub(super) fn answered(&mut self, generation: u64, answer: &Answer) -> Vec<Effect> {
        if generation != self.asking.generation {
            return Vec::new();
        }
        if let (Some(Place::Position(position)), None) = (self.asking.place, answer.place) {
            self.message = Some(missing_position(position, answer));
            return self.ask(self.selected_place());
        }
        self.asking.place = None;
        self.list.show(answer);
        self.bar.hints.clone_from(&answer.hints);
        self.highlighter = Arc::clone(&answer.highlighter);
        self.show_detail();
        self.marks.asked_for = answer.asks_marks;
        let mut effects = match self.asking.choose.take() {
            Some(choice) => self.chosen(&choice, &answer.chosen),
            None => Vec::new(),
        };
        effects.extend(self.catch_up());
        if self.asking.more && self.asking.place.is_none() {
            effects.extend(self.ask_again());
        }
        effects
    }
}

/// Why a position cannot be gone to.
fn missing_position(position: u64, answer: &Answer) -> String {
    if answer.exists {
        let shown = answer.shown;
        format!("position {position} is not among the {shown} shown: Esc clears the filter")
    } else {
        format!("there is no position {position} here: 12G goes to the twelfth row")
    }
}
