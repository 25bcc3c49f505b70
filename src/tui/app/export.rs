//! Exporting records: choosing records, format and file, and following the progress.

use std::sync::Arc;

use super::scope::{RecordScope, ScopePurpose, ShownRecords};
use crate::query::{Selection, SharedBackend, UserMarks};
use crate::tui::component::Request;
use crate::tui::effect::Effect;
use crate::tui::modes::Overlay;
use crate::tui::notice::Notice;
use crate::tui::overlays::file_name_prompt::state::FileNamePrompt;
use crate::tui::overlays::picker::state::{PickerItem, PickerKind, PickerState};
use crate::tui::prompt::Prompt;

/// The maximum number of characters of an archive's title in the suggested file name.
const MAX_FILE_STEM_CHARS: usize = 48;

/// An export to a file.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// The records.
    pub selection: Selection,
    /// The notes to write with them, if the selection asks for notes or marks.
    pub notes: Arc<UserMarks>,
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

    /// Starts an export: asks which records, if there is more than one possibility.
    pub(super) fn begin(&mut self, shown: ShownRecords<'_>) -> Vec<Request> {
        if self.progress.is_some() {
            return vec![Notice::Exporting.into()];
        }
        if shown.records.summary.is_empty() {
            return vec![Notice::NothingToExport.into()];
        }
        if let Some(notice) = shown.open_range() {
            return vec![notice.into()];
        }
        // What a filter leaves out is exported only if the user chooses it.
        match shown.scopes(ScopePurpose::Export).as_slice() {
            [only] if shown.filter_bar.is_empty() => vec![self.choose_format(*only)],
            _ => shown.ask_for_scope(ScopePurpose::Export),
        }
    }

    /// Keeps which records were chosen, and asks for the format.
    pub(super) fn choose_format(&mut self, scope: RecordScope) -> Request {
        self.scope = scope;
        let formats = self.formats.clone();
        Overlay::Picker(PickerState::new(PickerKind::Format, formats, &self.format.name)).into()
    }

    /// Keeps the chosen format, and asks for the file name.
    pub(super) fn choose_file(&mut self, item: PickerItem, archive_name: &str) -> Request {
        let name = format!("{}.{}", suggested_file_stem(archive_name), item.extension);
        self.format = item;
        Overlay::FileNamePrompt(FileNamePrompt { prompt: Prompt::with_text(name) }).into()
    }

    /// Starts the export to a file.
    pub(super) fn start(&self, file: String, shown: ShownRecords<'_>) -> Request {
        if file.is_empty() {
            return Notice::NoFile.into();
        }
        Effect::Export(Box::new(self.request(file, shown))).into()
    }

    /// Returns the export of the chosen records to a file.
    fn request(&self, file: String, shown: ShownRecords<'_>) -> ExportRequest {
        ExportRequest {
            selection: shown.selection(self.scope),
            notes: Arc::clone(shown.marks.for_filter()),
            backend: Arc::clone(&shown.records.backend),
            format: self.format.name.clone(),
            file,
            replace: false,
        }
    }

    /// Keeps the progress of the export. The first time, it also shows a message.
    pub(super) fn on_progress(&mut self, progress: ExportProgress) -> Vec<Request> {
        let file = progress.file.clone();
        match self.progress.replace(progress) {
            None => vec![Notice::ExportBegun(file).into()],
            Some(_) => Vec::new(),
        }
    }

    /// Shows the result of an export. Quits if the user has asked for it and the file was written.
    pub(super) fn on_done(&mut self, message: String, written: bool) -> Vec<Request> {
        self.progress = None;
        let quits = std::mem::take(&mut self.quit_when_done) && written;
        let quit = quits.then_some(Request::Effect(Effect::Quit));
        std::iter::once(Notice::Told(message).into()).chain(quit).collect()
    }

    /// Quits when the running export is done. A second call quits at once.
    pub(super) fn quit(&mut self) -> Request {
        if self.progress.is_none() || self.quit_when_done {
            return Effect::Quit.into();
        }
        self.quit_when_done = true;
        Notice::QuitsAfterExport.into()
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
