//! Exporting records: choosing records, format and file, and following the progress.

use std::sync::Arc;

use super::App;
use super::scope::{RecordScope, ScopePurpose};
use crate::query::{Order, SharedBackend, UserMarks};
use crate::tui::effect::Effect;
use crate::tui::modes::Overlay;
use crate::tui::notice::Notice;
use crate::tui::overlays::picker::state::{PickerItem, PickerKind};
use crate::tui::prompt::Prompt;

/// The maximum number of characters of an archive's title in the suggested file name.
const MAX_FILE_STEM_CHARS: usize = 48;
/// The filter that finds the marked records.
const MARKED_FILTER: &str = "is:marked";

/// An export to a file.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// The filter that finds the records.
    pub filter: String,
    /// The order of the records; `None` for the default order.
    pub order: Option<Order>,
    /// Whether duplicates are written too.
    pub keep_duplicates: bool,
    /// All marks and notes.
    pub user_marks: Arc<UserMarks>,
    /// The backend to export from.
    pub backend: SharedBackend,
    /// The name of the format.
    pub format: String,
    /// The file, as the user typed it.
    pub file: String,
    /// Whether an existing file may be replaced.
    pub replace: bool,
}

/// The progress of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportProgress {
    /// The file, as the user typed it.
    pub file: String,
    /// How many records are written so far.
    pub written: usize,
    /// How many records will be written; 0 if that is not known yet.
    pub total: usize,
}

/// The state of exporting.
#[derive(Clone, Debug, Default)]
pub struct ExportState {
    /// The formats to choose from.
    pub formats: Vec<PickerItem>,
    /// Which records to export.
    scope: RecordScope,
    /// The chosen format, or the one chosen the last time.
    format: PickerItem,
    /// The progress of the running export.
    pub progress: Option<ExportProgress>,
    /// Whether the program quits when the running export is done.
    quit_when_done: bool,
}

impl ExportState {
    /// Returns a state with these formats to choose from.
    pub(super) fn with_formats(formats: Vec<PickerItem>) -> ExportState {
        ExportState { formats, ..ExportState::default() }
    }
}

impl App {
    /// Starts an export: asks which records, if there is more than one possibility.
    pub(super) fn begin_export(&mut self) -> Vec<Effect> {
        if self.export.progress.is_some() {
            return self.tell(Notice::Exporting);
        }
        if self.summary.is_empty() {
            return self.tell(Notice::NothingToExport);
        }
        if let Some(notice) = self.open_range() {
            return self.tell(notice);
        }
        // What a filter leaves out is exported only if the user chooses it.
        match self.scopes(ScopePurpose::Export).as_slice() {
            [only] if self.filter_bar.is_empty() => self.choose_export_format(*only),
            _ => self.ask_for_scope(ScopePurpose::Export),
        }
    }

    /// Keeps which records were chosen, and asks for the format.
    pub(crate) fn choose_export_format(&mut self, scope: RecordScope) -> Vec<Effect> {
        self.export.scope = scope;
        let last = self.export.format.name.clone();
        self.open_picker(PickerKind::Format, self.export.formats.clone(), &last)
    }

    /// Keeps the chosen format, and asks for the file name.
    pub(crate) fn choose_export_file(&mut self, item: PickerItem) -> Vec<Effect> {
        let name = format!("{}.{}", suggested_file_stem(&self.archive_name()), item.extension);
        self.export.format = item;
        self.open(Overlay::FileNamePrompt(Prompt::with_text(name)))
    }

    /// Starts the export to a file.
    pub(super) fn start_export(&mut self, file: &str) -> Vec<Effect> {
        if file.is_empty() {
            return self.tell(Notice::NoFile);
        }
        vec![Effect::Export(Box::new(self.export_request(file.to_owned())))]
    }

    /// Returns the export of the chosen records to a file.
    fn export_request(&self, file: String) -> ExportRequest {
        let ExportState { scope, format, .. } = &self.export;
        let user_marks = self.marks.for_filter();
        let filter = self.filter_bar.text().trim();
        let (filter, user_marks) = match scope {
            RecordScope::Filtered => (filter.to_owned(), Arc::clone(user_marks)),
            RecordScope::All => (String::new(), Arc::clone(user_marks)),
            RecordScope::Marked | RecordScope::ShownMarked | RecordScope::Current => {
                let (marked, notes) = (self.records_in(*scope), user_marks.notes.clone());
                (
                    MARKED_FILTER.to_owned(),
                    Arc::new(UserMarks { marked, notes, ..UserMarks::default() }),
                )
            }
        };
        ExportRequest {
            order: self.list.sort_override,
            // Every marked record was counted, also where two are duplicates.
            keep_duplicates: self.list.keep_duplicates || filter == MARKED_FILTER,
            filter,
            user_marks,
            backend: Arc::clone(&self.backend),
            format: format.name.clone(),
            file,
            replace: false,
        }
    }

    /// Keeps the progress of the export. The first time, it also shows a message.
    pub(super) fn on_export_progress(&mut self, progress: ExportProgress) -> Vec<Effect> {
        let file = progress.file.clone();
        match self.export.progress.replace(progress) {
            None => self.tell(Notice::ExportBegun(file)),
            Some(_) => Vec::new(),
        }
    }

    /// Shows the result of an export. Quits if the user has asked for it and the file was written.
    pub(super) fn on_export_done(&mut self, message: String, written: bool) -> Vec<Effect> {
        self.export.progress = None;
        let mut effects = self.tell(Notice::Told(message));
        if std::mem::take(&mut self.export.quit_when_done) && written {
            effects.push(Effect::Quit);
        }
        effects
    }

    /// Quits when the running export is done. A second call quits at once.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if self.export.progress.is_none() || self.export.quit_when_done {
            return vec![Effect::Quit];
        }
        self.export.quit_when_done = true;
        self.tell(Notice::QuitsAfterExport)
    }

    /// Asks whether an existing file may be replaced.
    pub(super) fn on_file_exists(&mut self, export: ExportRequest) -> Vec<Effect> {
        self.open(Overlay::ConfirmReplace(Box::new(export)))
    }
}

/// Returns a file name without extension, made of the words of the archive's title.
fn suggested_file_stem(archive: &str) -> String {
    let title = archive.split(".toml").next().unwrap_or(archive).to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(MAX_FILE_STEM_CHARS).collect();
    if name.is_empty() { "records".to_owned() } else { name.trim_end_matches('-').to_owned() }
}
