//! The names that the user gives to archives, where their files do not name them.

use std::collections::HashMap;
use std::sync::Arc;

use super::workspace::Workspace;
use crate::record::ArchiveName;
use crate::tui::component::Request;
use crate::tui::effect::Effect;
use crate::tui::modes::{ModeStack, Overlay};
use crate::tui::notice::Notice;
use crate::tui::overlays::archive_name_prompt::state::{ArchiveNamePrompt, NameReceived};

/// The number of a prompt for the name of an archive, counted from the start of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromptNumber(u64);

/// The prompts for the names of archives.
#[derive(Clone, Debug, Default)]
pub(super) struct ArchiveNaming {
    /// The number of the last prompt.
    last_prompt: PromptNumber,
}

impl ArchiveNaming {
    /// Opens the prompt for the name of the archive of the selected record, and asks for the one that is kept.
    pub(super) fn begin(&mut self, workspace: &Workspace) -> Vec<Request> {
        let Some(row) = workspace.panes.list.selected() else {
            return vec![Notice::NoneSelected.into()];
        };
        let (prompt, provenance) = (PromptNumber(self.last_prompt.0 + 1), row.provenance);
        self.last_prompt = prompt;
        let backend = Arc::clone(&workspace.records.backend);
        let overlay = Overlay::ArchiveNamePrompt(ArchiveNamePrompt::waiting(prompt));
        vec![overlay.into(), Effect::FindArchiveName { prompt, provenance, backend }.into()]
    }
}

/// Passes the name that is kept to the prompt that waits for it, or closes the prompt if there can be none.
pub(super) fn pass_to_prompt(
    modes: &mut ModeStack,
    number: PromptNumber,
    found: Result<KeptArchiveName, String>,
) -> NameReceived {
    let Some(Overlay::ArchiveNamePrompt(prompt)) = modes.overlay_mut() else {
        return NameReceived::Ignored;
    };
    let received = prompt.receive(number, found);
    if matches!(received, NameReceived::Refused(_)) {
        modes.pop();
    }
    received
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
