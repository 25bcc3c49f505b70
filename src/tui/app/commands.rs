//! What each command does: a short way from the command to the pane that owns it.

use super::App;
use crate::query::{Order, OrderBy, Place};
use crate::tui::action::{Command, Effect};
use crate::tui::key_map::Focus;
use crate::tui::line_edit;
use crate::tui::overlays::text_popup::state::PopupState;

/// How many rows one step of the mouse wheel moves.
const WHEEL_ROWS: usize = 3;
/// How many letters of a paste are taken: more were never meant as a filter, and each key after
/// them would be slow.
const PASTE: usize = 4096;

impl App {
    /// Carries out a command.
    pub(super) fn command(&mut self, command: Command) -> Vec<Effect> {
        self.message = None;
        let count = self.list.count.take();
        match command {
            Command::Filter => self.focus_on(Focus::Bar),
            Command::Accept => self.accept(),
            // A number that was typed is the first thing to step back from.
            Command::StepBack if count.is_some() && self.focus != Focus::GoTo => Vec::new(),
            Command::StepBack => self.step_back(),
            Command::Quit => self.quit(),
            Command::QuitAnyway => vec![Effect::Quit],
            Command::Suspend => vec![Effect::Suspend],
            Command::Redraw => vec![Effect::Redraw],
            Command::ChangePane => self.change_pane(),
            Command::ToggleDetail => self.toggle_detail(),
            Command::Read if self.is_picking() => self.pick(),
            Command::Read => self.read(true),
            Command::GoTo => self.go_to(count),
            Command::CommandLine => self.open_command_line(),
            Command::Help => self.open_popup(PopupState::keys),
            Command::Problems => self.open_problems(),
            Command::ReadAgain => self.read_again(),
            Command::ShowPlace => self.show_place(),
            Command::NextOrder => self.reorder(self.list.next_order(!self.bar.is_empty())),
            Command::ReverseOrder => {
                let order = self.list.order;
                self.reorder(Order { reversed: !order.reversed, ..order })
            }
            Command::ShowApart => self.show_apart(),
            Command::OlderFilter | Command::NewerFilter => self.browse_history(command),
            Command::NextHit | Command::PreviousHit => self.go_to_hit(command),
            Command::FirstRow if self.focus == Focus::GoTo => self.go_first(count),
            Command::LastRow if self.focus == Focus::GoTo => {
                self.focus = Focus::List;
                self.move_cursor(command, None)
            }
            _ => self
                .marking(command)
                .or_else(|| self.taking_away(command))
                .or_else(|| self.viewing(command))
                .unwrap_or_else(|| self.move_or_edit(command, count)),
        }
    }

    /// Movements in the list, in the detail and in popups, and the editing of lines.
    fn move_or_edit(&mut self, command: Command, count: Option<usize>) -> Vec<Effect> {
        if self.list.target(command, count).is_some() {
            if matches!(command, Command::FirstRow | Command::LastRow) {
                self.leave_view();
            }
            return self.move_cursor(command, count);
        }
        match self.focus {
            Focus::Bar if line_edit::edit(&mut self.bar.line, command) => self.filter_changed(),
            Focus::Note => self.edit_note(command),
            Focus::FileName => self.edit_file_name(command),
            Focus::Choice => self.move_choice(command),
            Focus::CommandLine => {
                line_edit::edit(&mut self.command_line, command);
                Vec::new()
            }
            Focus::Popup => self.move_popup(command),
            _ => {
                self.detail.scroll_by(command, count.unwrap_or(1));
                Vec::new()
            }
        }
    }

    /// Types text into the line where the reader is; elsewhere it opens the filter.
    pub(super) fn insert(&mut self, text: &str) -> Vec<Effect> {
        match (self.focus, &mut self.popup) {
            (Focus::CommandLine, _) => line_edit::insert(&mut self.command_line, text),
            (Focus::Note, _) => line_edit::insert(&mut self.marks.line, text),
            (Focus::FileName, _) => line_edit::insert(&mut self.export.line, text),
            (Focus::Popup, Some(popup)) => {
                line_edit::insert(&mut popup.filter, text);
                popup.fit(self.layout.screen);
            }
            _ => {
                line_edit::insert(&mut self.bar.line, text);
                return self.filter_changed();
            }
        }
        Vec::new()
    }

    /// Text that was pasted never runs as commands: where there is no line it opens the filter.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.focus.is_line() {
            effects = self.focus_on(Focus::Bar);
        }
        let text = text.trim_matches(['\r', '\n']);
        let whole = text.char_indices().nth(PASTE);
        let end = whole.map_or(text.len(), |(at, _)| at);
        effects.extend(self.insert(text.get(..end).unwrap_or(text)));
        if whole.is_some() {
            effects.extend(self.say(&format!("only the first {PASTE} letters were pasted")));
        }
        effects
    }

    /// The filter has another text: the best hit is selected, and without a filter the same record.
    fn filter_changed(&mut self) -> Vec<Effect> {
        self.message = None;
        self.marks.range = None;
        self.bar.edited();
        let place = if self.bar.is_empty() { self.selected_place() } else { Place::Row(0) };
        self.ask(place)
    }

    fn browse_history(&mut self, command: Command) -> Vec<Effect> {
        let older = command == Command::OlderFilter;
        let found = if older { self.bar.older() } else { self.bar.newer() };
        if found {
            return self.ask(Place::Row(0));
        }
        self.say(if older { "no older filter" } else { "no newer filter" })
    }

    /// Another order; the selected record stays selected. The order that would be in force anyway is
    /// no choice: with the next filter it may be another.
    fn reorder(&mut self, order: Order) -> Vec<Effect> {
        self.leave_view();
        self.marks.range = None;
        let anyway = if self.bar.is_empty() { OrderBy::Archive } else { OrderBy::Relevance };
        self.list.chosen = (order != Order { by: anyway, reversed: false }).then_some(order);
        let place = self.selected_place();
        self.ask(place)
    }

    /// Goes to a pane or a line; the layout may change with it.
    pub(crate) fn focus_on(&mut self, focus: Focus) -> Vec<Effect> {
        if focus == Focus::Bar && self.focus != Focus::Bar {
            self.leave_view();
        }
        self.focus = focus;
        if matches!(focus, Focus::List | Focus::Bar) {
            self.reading = false;
        }
        self.lay_out()
    }

    fn change_pane(&mut self) -> Vec<Effect> {
        if self.focus == Focus::Detail {
            return self.focus_on(Focus::List);
        }
        self.detail_hidden = false;
        self.focus_on(Focus::Detail)
    }

    fn toggle_detail(&mut self) -> Vec<Effect> {
        self.detail_hidden = !self.detail_hidden;
        self.focus_on(Focus::List)
    }

    /// Opens the record in full width, or goes back to the list.
    fn read(&mut self, reading: bool) -> Vec<Effect> {
        if reading && self.list.selected().is_none() {
            return Vec::new();
        }
        self.reading = reading;
        self.focus_on(if reading { Focus::Reading } else { Focus::List })
    }

    /// The first key of two was pressed; with a count before it, the second is not needed.
    fn go_to(&mut self, count: Option<usize>) -> Vec<Effect> {
        self.list.count = count;
        self.step_aside(Focus::GoTo);
        Vec::new()
    }

    fn go_first(&mut self, count: Option<usize>) -> Vec<Effect> {
        self.leave_view();
        self.focus = Focus::List;
        self.move_cursor(Command::FirstRow, count)
    }

    fn open_command_line(&mut self) -> Vec<Effect> {
        self.command_line.reset();
        self.step_aside(Focus::CommandLine);
        Vec::new()
    }

    /// Esc: steps back one thing, and never quits.
    fn step_back(&mut self) -> Vec<Effect> {
        match self.focus {
            Focus::Popup => self.leave_popup(),
            Focus::GoTo
            | Focus::CommandLine
            | Focus::Note
            | Focus::Copy
            | Focus::Choice
            | Focus::FileName
            | Focus::Replace => self.focus_on(self.before),
            Focus::Detail => self.focus_on(Focus::List),
            Focus::Reading => self.read(false),
            Focus::Bar => {
                self.bar.remember();
                self.focus_on(Focus::List)
            }
            Focus::List if self.marks.range.take().is_some() => Vec::new(),
            Focus::List | Focus::Everywhere if self.export.writing.is_some() => {
                vec![Effect::StopExport]
            }
            Focus::List | Focus::Everywhere if self.bar.text().is_empty() => Vec::new(),
            Focus::List | Focus::Everywhere => {
                self.leave_view();
                self.bar.remember();
                self.bar.line.reset();
                self.filter_changed()
            }
        }
    }

    /// Enter in a line of text.
    fn accept(&mut self) -> Vec<Effect> {
        match self.focus {
            Focus::Note => return self.end_note(),
            Focus::Choice => return self.take_choice(),
            Focus::FileName => return self.end_file_name(),
            Focus::Replace => return self.replace(),
            Focus::CommandLine => {}
            _ => {
                self.bar.remember();
                return self.focus_on(Focus::List);
            }
        }
        let text = self.command_line.value().trim().to_owned();
        let mut effects = self.focus_on(self.before);
        effects.extend(self.run_line(&text));
        effects
    }

    /// `:210` goes to a position, `:p3` to a page, `:q` quits.
    fn run_line(&mut self, text: &str) -> Vec<Effect> {
        self.leave_view();
        if let Ok(position) = text.parse::<u64>() {
            return self.ask(Place::Position(position));
        }
        if let Some(page) =
            text.strip_prefix('p').and_then(|page| page.trim().parse::<usize>().ok())
        {
            let last = self.list.pages();
            if page == 0 || page > last {
                return self.say(&format!("there is no page {page}: the last one is {last}"));
            }
            let row = (page - 1).saturating_mul(self.list.page_rows);
            return self.ask(Place::Row(row));
        }
        match text {
            "" => Vec::new(),
            "q" | "quit" => self.quit(),
            _ => self.say(&format!(
                "“{text}” is no place: :210 goes to a position, :p3 to a page, :q quits"
            )),
        }
    }

    fn go_to_hit(&mut self, command: Command) -> Vec<Effect> {
        if let Some((hit, hits)) = self.detail.go_to_hit(command == Command::NextHit) {
            return self.say(&format!("line {hit} of {hits} with a hit"));
        }
        self.say(if self.bar.is_empty() { "no filter, no hits" } else { "no hit in this record" })
    }

    fn open_popup(
        &mut self,
        make: fn(&crate::tui::key_map::Keymap, Focus, crate::tui::layout::Size) -> PopupState,
    ) -> Vec<Effect> {
        let popup = make(&self.keymap, self.focus, self.layout.screen);
        self.popup = Some(popup);
        self.step_aside(Focus::Popup);
        Vec::new()
    }

    fn move_popup(&mut self, command: Command) -> Vec<Effect> {
        let screen = self.layout.screen;
        let Some(popup) = &mut self.popup else { return Vec::new() };
        if popup.select(command) {
            return Vec::new();
        }
        let page = popup.rows().max(1);
        let target = match command {
            Command::ScrollDown => popup.scroll + 1,
            Command::ScrollUp => popup.scroll.saturating_sub(1),
            Command::ScrollPageDown => popup.scroll + page,
            Command::ScrollPageUp => popup.scroll.saturating_sub(page),
            Command::ScrollTop => 0,
            Command::ScrollBottom => usize::MAX,
            _ => {
                if line_edit::edit(&mut popup.filter, command) {
                    popup.fit(screen);
                }
                return Vec::new();
            }
        };
        popup.scroll_to(target);
        Vec::new()
    }

    /// A click selects the row under it, or goes to the pane under it.
    pub(super) fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        if self.popup.is_some() {
            return Vec::new();
        }
        let layout = self.layout;
        if layout.list.contains(x, y) {
            let row = self.list.first + usize::from(y - layout.list.y);
            let mut effects = self.focus_on(Focus::List);
            if row < self.list.first + self.list.rows.len() {
                effects.extend(self.go(row));
            }
            return effects;
        }
        match () {
            () if layout.bar.contains(x, y) => self.focus_on(Focus::Bar),
            () if layout.detail.contains(x, y) && !self.reading => self.focus_on(Focus::Detail),
            () => Vec::new(),
        }
    }

    /// The wheel moves what is under the pointer.
    pub(super) fn wheel(&mut self, x: u16, y: u16, down: bool) -> Vec<Effect> {
        let scroll = if down { Command::ScrollDown } else { Command::ScrollUp };
        if let Some(popup) = &mut self.popup {
            let by = if down { WHEEL_ROWS } else { 0 };
            let up = if down { 0 } else { WHEEL_ROWS };
            if !popup.select(scroll) {
                popup.scroll_to((popup.scroll + by).saturating_sub(up));
            }
        } else if self.layout.list.contains(x, y) {
            let command = if down { Command::NextRow } else { Command::PreviousRow };
            return self.move_cursor(command, Some(WHEEL_ROWS));
        } else if self.layout.detail.contains(x, y) {
            self.detail.scroll_by(scroll, WHEEL_ROWS);
        }
        Vec::new()
    }

    /// Says at the end of the list that it ends there.
    pub(super) fn say_where_it_ends(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::NextPage => self.say("this is the last page"),
            Command::PreviousPage => self.say("this is the first page"),
            _ => Vec::new(),
        }
    }

    /// Says something to the reader until the next key.
    pub(super) fn say(&mut self, message: &str) -> Vec<Effect> {
        self.message = Some(message.to_owned());
        Vec::new()
    }

    /// How many problems are faults, and how many are notes.
    pub fn problem_counts(&self) -> (usize, usize) {
        let faults = self.problems.iter().filter(|problem| problem.is_fault()).count();
        (faults, self.problems.len() - faults)
    }
}
