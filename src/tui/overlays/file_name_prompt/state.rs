//! The state of the prompt for the name of a file to export to.

use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::hint::Hint;
use crate::tui::prompt::Prompt;

/// The prompt for the name of a file to export to.
#[derive(Clone, Debug, Default)]
pub struct FileNamePrompt {
    /// The line of text.
    pub prompt: Prompt,
}

impl Component for FileNamePrompt {
    fn part(&mut self) -> Option<&mut dyn Component> {
        Some(&mut self.prompt)
    }

    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        _context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        match command {
            Command::Accept => {
                let file = self.prompt.text().trim().to_owned();
                Some(vec![Request::Close, Request::Export(file)])
            }
            _ => None,
        }
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        vec![
            Hint::remark("the file to write"),
            Hint::keys(&[Command::Accept], "write it"),
            Hint::remark("~ is your home"),
            Hint::keys(&[Command::StepBack], "back"),
        ]
    }
}
