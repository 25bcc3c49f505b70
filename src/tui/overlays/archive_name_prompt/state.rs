//! The state of the prompt for the name of an archive.

use std::sync::Arc;

use crate::record::{ArchiveName, ArchiveNameError};
use crate::tui::app::archive_name::{KeptArchiveName, PromptNumber};
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::effect::Effect;
use crate::tui::hint::Hint;
use crate::tui::notice::Notice;
use crate::tui::prompt::Prompt;

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

/// What became of the name that the prompt waits for.
pub(crate) enum NameReceived {
    /// It is in the prompt.
    Shown,
    /// The prompt waits for another one, or for none.
    Ignored,
    /// The archive cannot have a name, for this reason.
    Refused(String),
}

impl ArchiveNamePrompt {
    /// Returns a prompt that waits for the name that is kept.
    pub(crate) fn waiting(number: PromptNumber) -> ArchiveNamePrompt {
        ArchiveNamePrompt { number, is_waiting: true, ..ArchiveNamePrompt::default() }
    }

    /// Whether it waits for the name that is kept.
    pub(crate) const fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    /// Takes over the name that is kept, or why there can be none.
    pub(crate) fn receive(
        &mut self,
        number: PromptNumber,
        found: Result<KeptArchiveName, String>,
    ) -> NameReceived {
        if self.number != number || !self.is_waiting {
            return NameReceived::Ignored;
        }
        self.is_waiting = false;
        match found {
            Ok(KeptArchiveName { files, name }) => {
                self.prompt = Prompt::with_text(name.to_string());
                (self.files, self.is_kept) = (files, !name.is_empty());
                NameReceived::Shown
            }
            Err(why) => NameReceived::Refused(why),
        }
    }

    /// Keeps the name. Without a text, removes the name that is kept. The prompt stays open if the text is no name.
    fn accept(&mut self, context: &Context<'_>) -> Vec<Request> {
        let text = self.prompt.text().to_owned();
        let is_confirmed = self.questioned.as_ref() == Some(&text);
        let name = match ArchiveName::parse(&text) {
            Err(ArchiveNameError::AddressWithoutScheme(_)) if is_confirmed => {
                ArchiveName::parse_with_words(&text)
            }
            parsed => parsed,
        };
        match name {
            Err(error) => {
                self.questioned = Some(text);
                vec![Notice::BadArchiveName(error).into()]
            }
            Ok(name) if name.is_empty() && !self.is_kept => {
                vec![Request::Close, Notice::NoArchiveName.into()]
            }
            Ok(name) => {
                let files = std::mem::take(&mut self.files);
                let backend = Arc::clone(&context.records.backend);
                vec![Request::Close, Effect::NameArchive { files, name, backend }.into()]
            }
        }
    }
}

impl Component for ArchiveNamePrompt {
    fn part(&mut self) -> Option<&mut dyn Component> {
        Some(&mut self.prompt)
    }

    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        match command {
            Command::Accept => Some(self.accept(context)),
            _ => None,
        }
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        vec![
            Hint::remark("the archive, then its https:// address"),
            Hint::keys(&[Command::Accept], "keep, empty: remove"),
            Hint::keys(&[Command::StepBack], "back"),
        ]
    }
}
