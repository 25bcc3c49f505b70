//! Naming the archive of the selected record, where its file does not name it.

use std::collections::HashMap;
use std::sync::Arc;

use super::App;
use crate::record::{ArchiveName, ArchiveNameError};
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::key_map::Focus;
use crate::tui::prompt::Prompt;

/// The number of a prompt for the name of an archive, counted from the start of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromptNumber(u64);

/// The prompt for the name of an archive.
#[derive(Clone, Debug, Default)]
pub struct ArchiveNameState {
    /// The name, with the address behind it.
    pub prompt: Prompt,
    /// The number of this prompt.
    number: PromptNumber,
    /// Whether the name that is kept is not found yet.
    is_waiting: bool,
    /// The files of the archive of the selected record, when the prompt opened.
    files: Vec<String>,
    /// Whether a name is kept.
    is_kept: bool,
    /// The text that `Enter` did not accept the last time.
    questioned: Option<String>,
}

/// The name that is kept for an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptArchiveName {
    /// The files of the archive, as the user named them.
    pub files: Vec<String>,
    /// The name; an empty one if none is kept.
    pub name: ArchiveName,
}

/// The titles that the user gave to archives, by the files of their records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenTitles(HashMap<Vec<String>, String>);

impl GivenTitles {
    /// Returns the title given to the archive of records of these files.
    pub(crate) fn of_files(&self, files: &[String]) -> Option<&str> {
        self.0.get(files).map(String::as_str)
    }

    /// Returns the title if all of this many file sets have the same one.
    pub(crate) fn only(&self, file_sets: usize) -> Option<&str> {
        let mut titles = self.0.values();
        let first = titles.next()?;
        (self.0.len() == file_sets && titles.all(|title| title == first)).then_some(first)
    }
}

impl FromIterator<(Vec<String>, String)> for GivenTitles {
    fn from_iter<T: IntoIterator<Item = (Vec<String>, String)>>(titles: T) -> GivenTitles {
        GivenTitles(titles.into_iter().collect())
    }
}

impl App {
    /// Opens the prompt for the name of the archive of the selected record, and asks for the one that is kept.
    pub(super) fn begin_archive_name(&mut self) -> Vec<Effect> {
        let Some(row) = self.list.selected() else {
            return self.show_message("no record is selected");
        };
        let provenance = row.provenance;
        let prompt = PromptNumber(self.archive_name.number.0 + 1);
        self.archive_name =
            ArchiveNameState { number: prompt, is_waiting: true, ..ArchiveNameState::default() };
        self.push_mode(Focus::ArchiveNamePrompt);
        vec![Effect::FindArchiveName { prompt, provenance, backend: Arc::clone(&self.backend) }]
    }

    /// Whether the prompt is open and waits for the name that is kept.
    pub(super) fn is_finding_archive_name(&self) -> bool {
        self.focus == Focus::ArchiveNamePrompt && self.archive_name.is_waiting
    }

    /// Puts the name that is kept into the prompt, or closes the prompt if there can be none. Then applies
    /// the keys that were pressed before it was found.
    pub(super) fn on_archive_name_found(
        &mut self,
        prompt: PromptNumber,
        found: Result<KeptArchiveName, String>,
    ) -> Vec<Effect> {
        if !self.is_finding_archive_name() || self.archive_name.number != prompt {
            return Vec::new();
        }
        self.archive_name.is_waiting = false;
        let mut effects = match found {
            Ok(KeptArchiveName { files, name }) => {
                let state = &mut self.archive_name;
                state.prompt = Prompt::with_text(name.to_string());
                (state.files, state.is_kept) = (files, !name.is_empty());
                Vec::new()
            }
            Err(why) => {
                // Letters of a name are not to run as commands of the list.
                self.clear_queue();
                let mut effects = self.set_focus(self.previous_focus);
                effects.extend(self.show_message(&why));
                effects
            }
        };
        effects.extend(self.drain_queue());
        effects
    }

    /// Edits the name in the prompt.
    pub(super) fn edit_archive_name(&mut self, command: Command) -> Vec<Effect> {
        self.archive_name.prompt.edit(command);
        Vec::new()
    }

    /// Keeps the name in the prompt. Without a text, removes the name that is kept. The prompt stays open if
    /// the text is no name.
    pub(super) fn accept_archive_name(&mut self) -> Vec<Effect> {
        let state = &mut self.archive_name;
        let text = state.prompt.text().to_owned();
        let is_confirmed = state.questioned.as_ref() == Some(&text);
        let name = match ArchiveName::parse(&text) {
            Err(ArchiveNameError::AddressWithoutScheme(_)) if is_confirmed => {
                ArchiveName::parse_with_words(&text)
            }
            parsed => parsed,
        };
        let name = match name {
            Ok(name) => name,
            Err(error) => {
                state.questioned = Some(text);
                return self.show_message(&error.to_string());
            }
        };
        let (files, is_kept) = (state.files.clone(), state.is_kept);
        let mut effects = self.set_focus(self.previous_focus);
        if name.is_empty() && !is_kept {
            effects.extend(self.show_message("no name was typed: nothing is changed"));
        } else {
            effects.push(Effect::NameArchive { files, name, backend: Arc::clone(&self.backend) });
        }
        effects
    }
}
