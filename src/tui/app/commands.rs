//! Runs commands: passes each one to the pane, prompt or overlay that handles it.

use super::App;
use super::export::ExportRequest;
use super::marks::{edit_note, note_of, with_line_end_signs};
use crate::query::{Order, OrderBy, Target};
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::modes::{Mode, Overlay, Pane};
use crate::tui::notice::Notice;
use crate::tui::overlays::text_popup::state::TextPopupState;
use crate::tui::prompt::Prompt;

/// How many rows one step of the mouse wheel moves.
const WHEEL_ROWS: usize = 3;
/// The maximum number of characters that are pasted. A longer text is hardly meant as a filter, and
/// would make every further key slow.
const MAX_PASTE_CHARS: usize = 4096;

/// The numbers of errors and warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemCounts {
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
}

impl App {
    /// Runs a command at the current focus.
    pub(super) fn run_command(&mut self, command: Command) -> Vec<Effect> {
        self.notice = None;
        let count = self.list.typed_count.take();
        match command {
            Command::Filter => self.enter(Pane::FilterBar),
            Command::Accept => self.accept_input(),
            // Esc first clears a number that was typed.
            Command::StepBack if count.is_some() => Vec::new(),
            Command::StepBack => self.step_back(),
            Command::Quit => self.quit(),
            Command::QuitAnyway => vec![Effect::Quit],
            Command::Suspend => vec![Effect::Suspend],
            Command::Redraw => vec![Effect::Redraw],
            Command::ChangePane => self.change_pane(),
            Command::ToggleDetail => self.toggle_detail(),
            Command::ToggleTechnical => {
                self.detail.toggle_technical();
                self.refresh_detail();
                Vec::new()
            }
            Command::Take => self.take(),
            Command::OpenRecord => self.open_full_width(),
            Command::CommandPrompt => self.open(Overlay::CommandPrompt(Prompt::default())),
            Command::Help => self.open_help(),
            Command::Problems => self.open_problems(),
            Command::Reload => self.reload_files(),
            Command::TryAgain => self.try_again(),
            Command::ShowExcerpt => self.request_excerpt(),
            Command::NextOrder => self.sort_by(self.list.next_order(!self.filter_bar.is_empty())),
            Command::ReverseOrder => {
                let order = self.list.order;
                self.sort_by(Order { reversed: !order.reversed, ..order })
            }
            Command::ToggleDuplicates => self.toggle_duplicates(),
            Command::OlderFilter | Command::NewerFilter => self.browse_filter_history(command),
            Command::NextHit | Command::PreviousHit => self.go_to_hit(command),
            _ => self
                .run_mark_command(command)
                .or_else(|| self.run_copy_command(command))
                .or_else(|| self.run_history_command(command))
                .unwrap_or_else(|| self.move_or_edit(command, count)),
        }
    }

    /// Runs a command that moves the cursor, scrolls, or edits a line of text.
    fn move_or_edit(&mut self, command: Command, count: Option<usize>) -> Vec<Effect> {
        if self.list.cursor_after(command, count).is_some() {
            if matches!(command, Command::FirstRow | Command::LastRow) {
                self.push_history();
            }
            return self.move_cursor(command, count);
        }
        let Some(overlay) = self.modes.overlay_mut() else {
            if self.modes.pane() == Pane::FilterBar && self.filter_bar.line.edit(command) {
                return self.on_filter_edited();
            }
            self.detail.scroll_by(command, count.unwrap_or(1));
            return Vec::new();
        };
        match overlay {
            Overlay::NotePrompt(prompt) if command == Command::EditNote => {
                return vec![edit_note(prompt)];
            }
            Overlay::Picker(picker) => picker.move_cursor(command),
            Overlay::Popup(popup) => popup.run(command, self.layout.screen),
            overlay => {
                if let Some(prompt) = overlay.prompt_mut() {
                    prompt.edit(command);
                }
            }
        }
        Vec::new()
    }

    /// Inserts text into the overlay that has the keyboard, else into the filter.
    pub(super) fn insert_text(&mut self, text: &str) -> Vec<Effect> {
        match self.modes.overlay_mut() {
            Some(Overlay::NotePrompt(prompt)) => prompt.insert(&with_line_end_signs(text)),
            Some(Overlay::Popup(popup)) => {
                popup.filter.insert(text);
                popup.lay_out(self.layout.screen);
            }
            Some(overlay) => {
                if let Some(prompt) = overlay.prompt_mut() {
                    prompt.insert(text);
                }
            }
            None => {
                self.filter_bar.line.insert(text);
                return self.on_filter_edited();
            }
        }
        Vec::new()
    }

    /// Inserts pasted text. It never runs as commands: without a prompt it goes into the filter.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.mode().takes_text() {
            effects = self.enter(Pane::FilterBar);
            // What was typed before and what is pasted now are two words.
            let typed = self.filter_bar.text();
            if !(typed.is_empty() || typed.ends_with(char::is_whitespace)) {
                self.filter_bar.line.insert(" ");
            }
        }
        let text = text.trim_matches(['\r', '\n']);
        let cut = text.char_indices().nth(MAX_PASTE_CHARS);
        let end = cut.map_or(text.len(), |(byte, _)| byte);
        effects.extend(self.insert_text(text.get(..end).unwrap_or(text)));
        if cut.is_some() {
            effects.extend(self.tell(Notice::PastedInPart(MAX_PASTE_CHARS)));
        }
        effects
    }

    /// Searches for the edited filter and selects the first row; without a filter, the same record.
    fn on_filter_edited(&mut self) -> Vec<Effect> {
        self.notice = None;
        self.marks.range_start = None;
        self.filter_bar.leave_history();
        let target =
            if self.filter_bar.is_empty() { self.selected_target() } else { Target::Row(0) };
        self.search(target)
    }

    /// Puts an older or newer filter from the history into the filter bar.
    fn browse_filter_history(&mut self, command: Command) -> Vec<Effect> {
        let older = command == Command::OlderFilter;
        let found = if older { self.filter_bar.show_older() } else { self.filter_bar.show_newer() };
        if found {
            return self.search(Target::Row(0));
        }
        self.tell(if older { Notice::NoOlderFilter } else { Notice::NoNewerFilter })
    }

    /// Sorts by another order. The selected record stays selected.
    ///
    /// The default order of the current filter is not kept as an override, since the next filter
    /// may have another default.
    fn sort_by(&mut self, order: Order) -> Vec<Effect> {
        self.push_history();
        self.marks.range_start = None;
        let default =
            if self.filter_bar.is_empty() { OrderBy::Archive } else { OrderBy::Relevance };
        self.list.sort_override =
            (order != Order { by: default, reversed: false }).then_some(order);
        let target = self.selected_target();
        self.search(target)
    }

    /// Gives the keyboard to a pane, and updates the layout.
    pub(crate) fn enter(&mut self, pane: Pane) -> Vec<Effect> {
        if pane == Pane::FilterBar && self.mode() != Mode::FilterBar {
            self.push_history();
        }
        self.modes.enter(pane);
        if matches!(pane, Pane::List | Pane::FilterBar) {
            self.full_width = false;
        }
        self.lay_out()
    }

    /// Moves the focus from the list to the detail, or back.
    fn change_pane(&mut self) -> Vec<Effect> {
        if self.mode() == Mode::Detail {
            return self.enter(Pane::List);
        }
        self.detail_hidden = false;
        self.enter(Pane::Detail)
    }

    /// Hides or shows the detail.
    fn toggle_detail(&mut self) -> Vec<Effect> {
        self.detail_hidden = !self.detail_hidden;
        self.enter(Pane::List)
    }

    /// Shows the selected record in full width.
    fn open_full_width(&mut self) -> Vec<Effect> {
        if self.list.selected().is_none() {
            return Vec::new();
        }
        self.full_width = true;
        self.enter(Pane::FullWidth)
    }

    /// Closes the topmost overlay, else leaves the pane for the list, else clears the filter. It never quits.
    fn step_back(&mut self) -> Vec<Effect> {
        if self.modes.pop().is_some() {
            return Vec::new();
        }
        match self.modes.pane() {
            Pane::Detail | Pane::FullWidth => self.enter(Pane::List),
            Pane::FilterBar => {
                self.filter_bar.remember();
                self.enter(Pane::List)
            }
            Pane::List if self.marks.range_start.take().is_some() => Vec::new(),
            Pane::List if self.export.progress.is_some() => vec![Effect::CancelExport],
            Pane::List if self.filter_bar.text().is_empty() => Vec::new(),
            Pane::List => {
                self.push_history();
                self.filter_bar.remember();
                self.filter_bar.line.clear();
                self.on_filter_edited()
            }
        }
    }

    /// Accepts the text of the prompt, the item of the picker, or the answer to the question that has the keyboard, and
    /// closes it; without an overlay, the filter.
    fn accept_input(&mut self) -> Vec<Effect> {
        match self.modes.pop() {
            None => {
                self.filter_bar.remember();
                self.enter(Pane::List)
            }
            Some(Overlay::CommandPrompt(prompt)) => self.run_prompt_command(prompt.text().trim()),
            Some(Overlay::NotePrompt(prompt)) => self.save_note(&note_of(&prompt)),
            Some(Overlay::FileNamePrompt(prompt)) => self.start_export(prompt.text().trim()),
            Some(Overlay::ArchiveNamePrompt(prompt)) => self.accept_archive_name(prompt),
            Some(Overlay::ConfirmReplace(export)) => {
                vec![Effect::Export(Box::new(ExportRequest { replace: true, ..*export }))]
            }
            Some(Overlay::Picker(picker)) => self.accept_picked(picker),
            Some(popup @ Overlay::Popup(_)) => self.open(popup),
        }
    }

    /// Runs the text after `:`. `210` goes to a position, `p3` to a page, `q` quits.
    fn run_prompt_command(&mut self, text: &str) -> Vec<Effect> {
        self.push_history();
        if let Ok(position) = text.parse::<u64>() {
            return self.search(Target::Position(position));
        }
        if let Some(page) =
            text.strip_prefix('p').and_then(|page| page.trim().parse::<usize>().ok())
        {
            let last = self.list.page_count().count();
            if page == 0 || page > last {
                return self.tell(Notice::NoPage { page, last });
            }
            let row = (page - 1).saturating_mul(self.list.page_rows);
            return self.search(Target::Row(row));
        }
        match text {
            "" => Vec::new(),
            "q" | "quit" => self.quit(),
            _ => self.tell(Notice::NoCommand(text.to_owned())),
        }
    }

    /// Goes to the next or previous line with a hit, and shows its number.
    fn go_to_hit(&mut self, command: Command) -> Vec<Effect> {
        let hit = if command == Command::NextHit {
            self.detail.go_to_next_hit()
        } else {
            self.detail.go_to_previous_hit()
        };
        self.tell(match hit {
            Some(hit) => Notice::Hit(hit),
            None if self.filter_bar.is_empty() => Notice::NoFilter,
            None => Notice::NoHit,
        })
    }

    /// Opens the help, with the keys of the current mode first.
    fn open_help(&mut self) -> Vec<Effect> {
        let popup = TextPopupState::from_key_map(&self.key_map, self.mode(), self.layout.screen);
        self.open(Overlay::Popup(Box::new(popup)))
    }

    /// Selects the row that was clicked, or moves the focus to the pane.
    pub(super) fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        if self.modes.popup().is_some() {
            return Vec::new();
        }
        let layout = self.layout;
        if layout.list.contains(x, y) {
            let row = self.list.first_row + usize::from(y - layout.list.y);
            let mut effects = self.enter(Pane::List);
            if row < self.list.first_row + self.list.rows.len() {
                effects.extend(self.move_cursor_to(row));
            }
            return effects;
        }
        match () {
            () if layout.filter_bar.contains(x, y) => self.enter(Pane::FilterBar),
            () if layout.detail.contains(x, y) && !self.full_width => self.enter(Pane::Detail),
            () => Vec::new(),
        }
    }

    /// Scrolls the popup, list or detail under the mouse pointer.
    pub(super) fn wheel(&mut self, x: u16, y: u16, down: bool) -> Vec<Effect> {
        let scroll = if down { Command::ScrollDown } else { Command::ScrollUp };
        if let Some(Overlay::Popup(popup)) = self.modes.overlay_mut() {
            let by = if down { WHEEL_ROWS } else { 0 };
            let up = if down { 0 } else { WHEEL_ROWS };
            if !popup.move_selection(scroll) {
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

    /// Shows a message when the page cannot be turned because it is the first or last one.
    pub(super) fn show_list_end_message(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::NextPage => self.tell(Notice::LastPage),
            Command::PreviousPage => self.tell(Notice::FirstPage),
            _ => Vec::new(),
        }
    }

    /// Tells the user something until the next key.
    pub(crate) fn tell(&mut self, notice: Notice) -> Vec<Effect> {
        self.notice = Some(notice);
        Vec::new()
    }

    /// Counts the errors and warnings.
    pub fn problem_counts(&self) -> ProblemCounts {
        let errors = self.problems.iter().filter(|problem| problem.is_error()).count();
        ProblemCounts { errors, warnings: self.problems.len() - errors }
    }
}
