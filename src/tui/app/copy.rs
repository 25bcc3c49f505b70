//! Copying records, picking them for another program, and opening addresses.

use std::sync::Arc;

use super::scope::{ScopePurpose, ShownRecords};
use crate::query::{Order, RecordSet, SharedBackend};
use crate::record::{FILE_FIELD, Field};
use crate::text::shell;
use crate::tui::command::Command;
use crate::tui::component::Request;
use crate::tui::effect::Effect;
use crate::tui::modes::Overlay;
use crate::tui::notice::Notice;
use crate::tui::overlays::picker::state::{PickerItem, PickerKind, PickerState};

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

/// How records are copied and cited, and how the program was started.
#[derive(Clone, Debug, Default)]
pub struct CopyState {
    /// The name of the citation style.
    citation_style: String,
    /// The citation styles to choose from.
    citation_styles: Vec<PickerItem>,
    /// The files named on the command line, as quoted words.
    files: Vec<String>,
    /// The options for reading files, marks and settings, as quoted words.
    command_line_options: Vec<String>,
}

impl CopyState {
    /// Returns the state at the start.
    pub(super) fn new(
        citation_style: String,
        citation_styles: Vec<PickerItem>,
        files: Vec<String>,
        command_line_options: Vec<String>,
    ) -> CopyState {
        CopyState { citation_style, citation_styles, files, command_line_options }
    }

    /// Runs a command that copies or opens something; `None` for any other command.
    pub(super) fn run(&self, command: Command, shown: ShownRecords<'_>) -> Option<Vec<Request>> {
        let content = match command {
            Command::CopyCitation => CopyContent::Citation,
            Command::CopyTitle => CopyContent::Title,
            Command::CopyAddress => CopyContent::Address,
            Command::CopyId => CopyContent::Id,
            Command::CopySummary => CopyContent::Summary,
            Command::CopyAll => CopyContent::All,
            Command::PickStyle => return Some(vec![self.pick_citation_style()]),
            Command::CopyCommandLine => {
                let line = CopyRequest::CommandLine(self.command_line_text(shown));
                return Some(vec![Effect::Copy(line).into()]);
            }
            Command::OpenAddress => return Some(vec![open_address(shown)]),
            _ => return None,
        };
        Some(self.copy_content(content, shown))
    }

    /// Copies a part of the marked records, or else of the one under the cursor. Asks first if some
    /// of the marked records are not shown.
    fn copy_content(&self, content: CopyContent, shown: ShownRecords<'_>) -> Vec<Request> {
        if let Some(notice) = shown.open_range() {
            vec![notice.into()]
        } else if shown.hidden_marks() > 0 {
            shown.ask_for_scope(ScopePurpose::Copy(content))
        } else {
            vec![self.copy_records(content, shown.marked_or_current(), shown)]
        }
    }

    /// Copies a part of these records.
    pub(super) fn copy_records(
        &self,
        content: CopyContent,
        records: RecordSet,
        shown: ShownRecords<'_>,
    ) -> Request {
        if records.is_empty() {
            return Notice::NothingCopied.into();
        }
        let backend = Arc::clone(&shown.records.backend);
        let style = self.citation_style.clone();
        let (filter, order) = (shown.filter_bar.text().to_owned(), shown.list.sort_override);
        let request = CopyRequest::Records { content, style, records, filter, order, backend };
        Effect::Copy(request).into()
    }

    /// Returns what is copied and how, as the title of the keys that copy.
    pub(crate) fn title(&self, shown: ShownRecords<'_>) -> String {
        let marked = shown.marked_text().map(|marked| format!(" {marked}"));
        format!("copy{} · citations in {}", marked.unwrap_or_default(), self.citation_style)
    }

    /// Opens the picker of citation styles.
    fn pick_citation_style(&self) -> Request {
        let styles = self.citation_styles.clone();
        Overlay::Picker(PickerState::new(PickerKind::Style, styles, &self.citation_style)).into()
    }

    /// Copies the citation in a style, and keeps the style for later citations.
    pub(super) fn copy_citation_in(
        &mut self,
        style: String,
        shown: ShownRecords<'_>,
    ) -> Vec<Request> {
        self.citation_style = style;
        self.copy_content(CopyContent::Citation, shown)
    }

    /// Returns the shell command that opens the same view, quoted.
    fn command_line_text(&self, shown: ShownRecords<'_>) -> String {
        let mut words = vec!["fonds".to_owned()];
        words.extend(self.command_line_options.iter().cloned());
        words.extend(shown.list.keep_duplicates.then(|| "--keep-duplicates".to_owned()));
        // No argument can have a zero byte.
        let options = view_options(shown).into_iter().map(|option| option.replace('\0', ""));
        words.extend(options.map(|option| shell::word(option.as_bytes())));
        if !self.files.is_empty() {
            words.push("--".to_owned());
            words.extend(self.files.iter().cloned());
        }
        words.join(" ")
    }
}

/// Takes the records selected in this pick, or else the one under the cursor, and ends the
/// program. Without a record, the program ends too. Asks first if some are not shown.
pub(super) fn take(shown: ShownRecords<'_>) -> Vec<Request> {
    if let Some(notice) = shown.open_range() {
        return vec![notice.into()];
    }
    if shown.hidden_marks() > 0 {
        return shown.ask_for_scope(ScopePurpose::Take);
    }
    let records = shown.marked_or_current();
    if records.is_empty() && !shown.records.is_loaded() {
        return vec![Notice::ReadingFirst.into()];
    }
    vec![Effect::Pick(records).into()]
}

/// Returns filter, order and selected record as options.
///
/// If there are none, `--no-restore` keeps the last session from being restored.
fn view_options(shown: ShownRecords<'_>) -> Vec<String> {
    let mut arguments = Vec::new();
    let filter = shown.filter_bar.text().trim();
    if !filter.is_empty() {
        arguments.extend(["--filter".to_owned(), filter.to_owned()]);
    }
    if let Some(order) = shown.list.sort_override {
        arguments.extend(["--order".to_owned(), order.by.name().to_owned()]);
        arguments.extend(order.reversed.then(|| "--reverse".to_owned()));
    }
    if let Some(key) = shown.list.selected_key().filter(|_| shown.list.cursor > 0) {
        arguments.extend(["--select".to_owned(), key]);
    }
    if arguments.is_empty() {
        arguments.push("--no-restore".to_owned());
    }
    arguments
}

/// Opens the address of the selected record in the browser.
fn open_address(shown: ShownRecords<'_>) -> Request {
    let row = shown.list.selected();
    if let Some(address) = row.and_then(|row| row.record.first(Field::Url)) {
        return Effect::OpenAddress(address.to_owned()).into();
    }
    let picture = row.and_then(|row| {
        let (_, path) = row.record.own.iter().find(|(name, _)| name == FILE_FIELD)?;
        let opened = shown.records.summary.files_of(row.provenance.file_set).first()?;
        Some(Effect::OpenPicture { opened: opened.clone(), path: path.clone() })
    });
    picture.map_or_else(|| Notice::NoAddress.into(), Request::Effect)
}
