//! Naming the archive of the selected record, where its file does not name it.

use std::collections::HashMap;
use std::sync::Arc;

use super::App;
use crate::record::{ArchiveName, ArchiveNameError};
use crate::tui::effect::Effect;
use crate::tui::modes::Overlay;
use crate::tui::notice::Notice;
use crate::tui::prompt::Prompt;

/// The number of a prompt for the name of an archive, counted from the start of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromptNumber(u64);

/// The prompt for the name of an archive.
#[derive(Clone, Debug, Default)]
pub struct ArchiveNamePrompt {
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
            return self.tell(Notice::NoneSelected);
        };
        let provenance = row.provenance;
        let number = PromptNumber(self.last_archive_name_prompt.0 + 1);
        self.last_archive_name_prompt = number;
        let prompt = ArchiveNamePrompt { number, is_waiting: true, ..ArchiveNamePrompt::default() };
        let mut effects = self.open(Overlay::ArchiveNamePrompt(prompt));
        let backend = Arc::clone(&self.backend);
        effects.push(Effect::FindArchiveName { prompt: number, provenance, backend });
        effects
    }

    /// Whether the prompt is open and waits for the name that is kept.
    pub(super) fn is_finding_archive_name(&self) -> bool {
        matches!(self.modes.overlay(), Some(Overlay::ArchiveNamePrompt(it)) if it.is_waiting)
    }

    /// Puts the name that is kept into the prompt, or closes the prompt if there can be none. Then applies
    /// the keys that were pressed before it was found.
    pub(super) fn on_archive_name_found(
        &mut self,
        number: PromptNumber,
        found: Result<KeptArchiveName, String>,
    ) -> Vec<Effect> {
        let Some(Overlay::ArchiveNamePrompt(prompt)) = self.modes.overlay_mut() else {
            return Vec::new();
        };
        if prompt.number != number || !prompt.is_waiting {
            return Vec::new();
        }
        prompt.is_waiting = false;
        let mut effects = match found {
            Ok(KeptArchiveName { files, name }) => {
                prompt.prompt = Prompt::with_text(name.to_string());
                (prompt.files, prompt.is_kept) = (files, !name.is_empty());
                Vec::new()
            }
            Err(why) => {
                // Letters of a name are not to run as commands of the list.
                self.clear_queue();
                self.modes.pop();
                self.tell(Notice::Told(why))
            }
        };
        effects.extend(self.drain_queue());
        effects
    }

    /// Keeps the name in a prompt that was closed. Without a text, removes the name that is kept. The prompt opens again if
    /// the text is no name.
    pub(super) fn accept_archive_name(&mut self, mut prompt: ArchiveNamePrompt) -> Vec<Effect> {
        let text = prompt.prompt.text().to_owned();
        let is_confirmed = prompt.questioned.as_ref() == Some(&text);
        let name = match ArchiveName::parse(&text) {
            Err(ArchiveNameError::AddressWithoutScheme(_)) if is_confirmed => {
                ArchiveName::parse_with_words(&text)
            }
            parsed => parsed,
        };
        match name {
            Err(error) => {
                prompt.questioned = Some(text);
                self.open(Overlay::ArchiveNamePrompt(prompt));
                self.tell(Notice::BadArchiveName(error))
            }
            Ok(name) if name.is_empty() && !prompt.is_kept => self.tell(Notice::NoArchiveName),
            Ok(name) => {
                let (files, backend) = (prompt.files, Arc::clone(&self.backend));
                vec![Effect::NameArchive { files, name, backend }]
            }
        }
    }
}
