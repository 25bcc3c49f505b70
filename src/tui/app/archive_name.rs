//! Naming the archive of the selected record, where its file does not name it.

use super::App;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::key_map::Focus;
use crate::tui::prompt::Prompt;
use crate::userdata::archive_names::ArchiveName;

/// The prompt for the name of an archive.
#[derive(Clone, Debug, Default)]
pub struct ArchiveNameState {
    /// The name, with the address behind it. It keeps what was typed last.
    pub prompt: Prompt,
    /// The files of the selected record, when the prompt opened.
    files: Vec<String>,
}

impl App {
    /// Opens the prompt for the name of the archive of the selected record.
    pub(super) fn begin_archive_name(&mut self) -> Vec<Effect> {
        let Some(row) = self.list.selected() else {
            return self.show_message("no record is selected");
        };
        let files = self.store.files_of(row.number).to_vec();
        if files != self.archive_name.files {
            self.archive_name = ArchiveNameState { prompt: Prompt::default(), files };
        }
        self.push_mode(Focus::ArchiveNamePrompt);
        Vec::new()
    }

    /// Edits the name in the prompt.
    pub(super) fn edit_archive_name(&mut self, command: Command) -> Vec<Effect> {
        self.archive_name.prompt.edit(command);
        Vec::new()
    }

    /// Keeps the name in the prompt.
    pub(super) fn accept_archive_name(&mut self) -> Vec<Effect> {
        let mut effects = self.set_focus(self.previous_focus);
        if self.archive_name.prompt.text().trim().is_empty() {
            effects.extend(self.show_message("no name was typed: nothing is changed"));
            return effects;
        }
        let name = ArchiveName::parse(self.archive_name.prompt.text());
        effects.push(Effect::NameArchive { files: self.archive_name.files.clone(), name });
        effects
    }
}
