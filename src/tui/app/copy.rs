//! Copying records, picking them for another program, and opening addresses.

use super::App;
use super::scope::ScopePurpose;
use std::sync::Arc;

use crate::query::{Order, OrderBy, RecordSet, SharedBackend};
use crate::record::{FILE_FIELD, Field};
use crate::text::shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::notice::Notice;
use crate::tui::overlays::picker::state::PickerKind;

/// The part of a record that is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyContent {
    /// The citation.
    Citation,
    /// The title and the date.
    Title,
    /// The web address.
    Address,
    /// The id.
    Id,
    /// The summary.
    Summary,
    /// All fields.
    All,
}

impl CopyContent {
    /// Returns what it is called, singular and plural.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            CopyContent::Citation => ("citation", "citations"),
            CopyContent::Title => ("title and date", "titles and dates"),
            CopyContent::Address => ("address", "addresses"),
            CopyContent::Id => ("id", "ids"),
            CopyContent::Summary => ("summary", "summaries"),
            CopyContent::All => ("record", "records"),
        }
    }
}

/// Something to copy to the clipboard.
#[derive(Clone, Debug)]
pub enum CopyRequest {
    /// A part of each of these records.
    Records {
        /// The part of each record.
        content: CopyContent,
        /// The name of the citation style.
        style: String,
        /// The records.
        records: RecordSet,
        /// The filter and the order of the screen, in which the records are copied.
        filter: String,
        /// The order that the user chose.
        order: Option<Order>,
        /// The backend that the handles belong to.
        backend: SharedBackend,
    },
    /// The shell command that opens the same view.
    CommandLine(String),
}

impl App {
    /// Runs a command that copies, exports or opens something; returns `None` for any other
    /// command.
    pub(super) fn run_copy_command(&mut self, command: Command) -> Option<Vec<Effect>> {
        let content = match command {
            Command::CopyCitation => CopyContent::Citation,
            Command::CopyTitle => CopyContent::Title,
            Command::CopyAddress => CopyContent::Address,
            Command::CopyId => CopyContent::Id,
            Command::CopySummary => CopyContent::Summary,
            Command::CopyAll => CopyContent::All,
            Command::PickStyle => return Some(self.pick_citation_style()),
            Command::Export => return Some(self.begin_export()),
            Command::CopyCommandLine => return Some(self.copy_command_line()),
            Command::OpenAddress => return Some(self.open_address()),
            Command::NameArchive => return Some(self.begin_archive_name()),
            _ => return None,
        };
        Some(self.copy_content(content))
    }

    /// Takes the records selected in this pick, or else the one under the cursor, and ends the
    /// program. Without a record, the program ends too. Asks first if some are not shown.
    pub(super) fn take(&mut self) -> Vec<Effect> {
        if self.export.progress.is_some() {
            return self.tell(Notice::Exporting);
        }
        if let Some(notice) = self.open_range() {
            return self.tell(notice);
        }
        if self.hidden_marks() > 0 {
            return self.ask_for_scope(ScopePurpose::Take);
        }
        let records = self.marked_or_current();
        if records.is_empty() && !self.is_loaded() {
            return self.tell(Notice::ReadingFirst);
        }
        vec![Effect::Pick(records)]
    }

    /// Copies a part of the marked records, or else of the one under the cursor. Asks first if some
    /// of the marked records are not shown.
    fn copy_content(&mut self, content: CopyContent) -> Vec<Effect> {
        if let Some(notice) = self.open_range() {
            self.tell(notice)
        } else if self.hidden_marks() > 0 {
            self.ask_for_scope(ScopePurpose::Copy(content))
        } else {
            self.copy_records(content, self.marked_or_current())
        }
    }

    /// Copies a part of these records.
    pub(super) fn copy_records(&mut self, content: CopyContent, records: RecordSet) -> Vec<Effect> {
        if records.is_empty() {
            return self.tell(Notice::NothingCopied);
        }
        let backend = Arc::clone(&self.backend);
        let style = self.citation_style.clone();
        let (filter, order) = (self.filter_bar.text().to_owned(), self.list.sort_override);
        let request = CopyRequest::Records { content, style, records, filter, order, backend };
        vec![Effect::Copy(request)]
    }

    /// Opens the picker of citation styles.
    fn pick_citation_style(&mut self) -> Vec<Effect> {
        let current = self.citation_style.clone();
        self.open_picker(PickerKind::Style, self.citation_styles.clone(), &current)
    }

    /// Copies the citation in a style, and keeps the style for later citations.
    pub(crate) fn copy_citation_in(&mut self, style: String) -> Vec<Effect> {
        self.citation_style = style;
        self.copy_content(CopyContent::Citation)
    }

    /// Copies the shell command that opens the same view.
    fn copy_command_line(&mut self) -> Vec<Effect> {
        vec![Effect::Copy(CopyRequest::CommandLine(self.command_line_text()))]
    }

    /// Returns the shell command that opens the same view, quoted.
    fn command_line_text(&self) -> String {
        let mut words = vec!["fonds".to_owned()];
        words.extend(self.command_line_options.iter().cloned());
        words.extend(self.list.keep_duplicates.then(|| "--keep-duplicates".to_owned()));
        // No argument can have a zero byte.
        let options = self.view_options().into_iter().map(|option| option.replace('\0', ""));
        words.extend(options.map(|option| shell::word(option.as_bytes())));
        if !self.files.is_empty() {
            words.push("--".to_owned());
            words.extend(self.files.iter().cloned());
        }
        words.join(" ")
    }

    /// Returns filter, order and selected record as options.
    ///
    /// If there are none, `--no-restore` keeps the last session from being restored.
    fn view_options(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        let filter = self.filter_bar.text().trim();
        if !filter.is_empty() {
            arguments.extend(["--filter".to_owned(), filter.to_owned()]);
        }
        if let Some(order) = self.list.sort_override {
            let by = match order.by {
                OrderBy::Relevance => "relevance",
                OrderBy::Date => "date",
                OrderBy::Title => "title",
                OrderBy::Archive => "archive",
            };
            arguments.extend(["--order".to_owned(), by.to_owned()]);
            arguments.extend(order.reversed.then(|| "--reverse".to_owned()));
        }
        if let Some(key) = self.selected_key().filter(|_| self.list.cursor > 0) {
            arguments.extend(["--select".to_owned(), key]);
        }
        if arguments.is_empty() {
            arguments.push("--no-restore".to_owned());
        }
        arguments
    }

    /// Opens the address of the selected record in the browser.
    fn open_address(&mut self) -> Vec<Effect> {
        let row = self.list.selected();
        if let Some(address) = row.and_then(|row| row.record.first(Field::Url)) {
            return vec![Effect::OpenAddress(address.to_owned())];
        }
        let picture = row.and_then(|row| {
            let (_, path) = row.record.own.iter().find(|(name, _)| name == FILE_FIELD)?;
            let opened = self.summary.files_of(row.provenance.file_set).first()?;
            Some(Effect::OpenPicture { opened: opened.clone(), path: path.clone() })
        });
        if let Some(effect) = picture {
            return vec![effect];
        }
        self.tell(Notice::NoAddress)
    }
}
