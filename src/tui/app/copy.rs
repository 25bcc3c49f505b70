//! What is taken away from the screen: copied, or opened in the browser.

use super::App;
use super::export::STILL_WRITING;
use crate::query::OrderBy;
use crate::record::Field;
use crate::store::{RecordSet, Store};
use crate::tui::action::{Command, Effect};
use crate::tui::key_map::Focus;
use crate::tui::overlays::picker::state::About;

/// What of a record is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its citation.
    Citation,
    /// Its title and its date.
    Title,
    /// Its address.
    Address,
    /// Its identifier.
    Id,
    /// Its summary.
    Summary,
    /// All its fields.
    All,
}

impl Part {
    /// What it is called, of one record and of several.
    pub const fn says(self) -> (&'static str, &'static str) {
        match self {
            Part::Citation => ("citation", "citations"),
            Part::Title => ("title and date", "titles and dates"),
            Part::Address => ("address", "addresses"),
            Part::Id => ("id", "ids"),
            Part::Summary => ("summary", "summaries"),
            Part::All => ("record", "records"),
        }
    }
}

/// What is to be copied.
#[derive(Clone, Debug)]
pub enum Copying {
    /// A part of some records.
    Records {
        /// The part.
        part: Part,
        /// The name of the style, for a citation.
        style: String,
        /// The records.
        records: RecordSet,
        /// The snapshot they stand in.
        store: Store,
    },
    /// The command line that shows what is on the screen.
    CommandLine(String),
}

impl App {
    /// Carries out what takes something away; nothing where the command is no such thing.
    pub(super) fn taking_away(&mut self, command: Command) -> Option<Vec<Effect>> {
        let part = match command {
            Command::Copy => {
                self.step_aside(Focus::Copy);
                return Some(Vec::new());
            }
            Command::CopyCitation => Part::Citation,
            Command::CopyTitle => Part::Title,
            Command::CopyAddress => Part::Address,
            Command::CopyId => Part::Id,
            Command::CopySummary => Part::Summary,
            Command::CopyAll => Part::All,
            Command::ChooseStyle => return Some(self.choose_style()),
            Command::Export => return Some(self.export()),
            Command::CopyCommandLine => return Some(self.copy_command_line()),
            Command::OpenAddress => return Some(self.open_address()),
            _ => return None,
        };
        Some(self.copy(part))
    }

    /// The records that are taken away: the marked ones, else the selected one.
    fn taken(&self) -> RecordSet {
        if self.marks.marked.records.is_empty() {
            self.list.selected().map(|row| row.number).into_iter().collect()
        } else {
            self.marks.marked.records.clone()
        }
    }

    /// Whether Enter picks the records for another program.
    pub(super) fn is_picking(&self) -> bool {
        self.picking && self.focus == Focus::List
    }

    /// Picks the marked records, else the selected one.
    pub(super) fn pick(&mut self) -> Vec<Effect> {
        if self.export.writing.is_some() {
            return self.say(STILL_WRITING);
        }
        let records = self.taken();
        if records.is_empty() {
            return self.say("no record is selected: q leaves without one");
        }
        vec![Effect::Pick(records)]
    }

    fn copy(&mut self, part: Part) -> Vec<Effect> {
        let mut effects = self.focus_on(self.pane());
        let records = self.taken();
        if records.is_empty() {
            self.message = Some("no record is selected, nothing is copied".to_owned());
            return effects;
        }
        let store = self.store.clone();
        let style = self.style.clone();
        effects.push(Effect::Copy(Copying::Records { part, style, records, store }));
        effects
    }

    /// Asks for a style of citations.
    fn choose_style(&mut self) -> Vec<Effect> {
        let last = self.style.clone();
        self.choose_from(About::Style, self.styles.clone(), &last);
        Vec::new()
    }

    /// Copies the citation in this style, which is used from now on.
    pub(crate) fn cite_in(&mut self, style: String) -> Vec<Effect> {
        self.style = style;
        self.copy(Part::Citation)
    }

    fn copy_command_line(&mut self) -> Vec<Effect> {
        let mut effects = self.focus_on(self.pane());
        effects.push(Effect::Copy(Copying::CommandLine(self.command_words())));
        effects
    }

    /// The command line that shows what is on the screen, quoted for the shell.
    fn command_words(&self) -> String {
        let mut words = vec!["fonds".to_owned()];
        words.extend(self.reading_words.iter().cloned());
        words.extend(self.list.apart.then(|| "--apart".to_owned()));
        words.extend(self.view_words());
        if !self.files.is_empty() {
            words.push("--".to_owned());
            words.extend(self.files.iter().cloned());
        }
        // Only a zero byte cannot be quoted, and no argument has one.
        let words = words.iter().map(|word| word.replace('\0', "")).collect::<Vec<_>>();
        shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default()
    }

    /// Filter, order and place as arguments. Without any the program would begin where it was left.
    fn view_words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let filter = self.bar.text().trim();
        if !filter.is_empty() {
            words.extend(["--filter".to_owned(), filter.to_owned()]);
        }
        if let Some(order) = self.list.chosen {
            let by = match order.by {
                OrderBy::Relevance => "relevance",
                OrderBy::Date => "date",
                OrderBy::Title => "title",
                OrderBy::Archive => "archive",
            };
            words.extend(["--order".to_owned(), by.to_owned()]);
            words.extend(order.reversed.then(|| "--reverse".to_owned()));
        }
        if let Some(key) = self.selected_key().filter(|_| self.list.cursor > 0) {
            words.extend(["--select".to_owned(), key]);
        }
        if words.is_empty() {
            words.push("--fresh".to_owned());
        }
        words
    }

    /// Opens the address of the selected record in the browser.
    fn open_address(&mut self) -> Vec<Effect> {
        let row = self.list.selected();
        if let Some(address) = row.and_then(|row| row.record.first(Field::Url)) {
            return vec![Effect::Open(address.to_owned())];
        }
        self.say("this record has no address")
    }
}
