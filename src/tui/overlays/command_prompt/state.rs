//! The state of the prompt after `:`.

use crate::query::Target;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request, ViewRequest};
use crate::tui::hint::Hint;
use crate::tui::notice::Notice;
use crate::tui::prompt::Prompt;

/// The prompt after `:`.
#[derive(Clone, Debug, Default)]
pub struct CommandPrompt {
    /// The line of text.
    pub prompt: Prompt,
}

impl CommandPrompt {
    /// Returns what the text asks for: `210` goes to a position, `p3` to a page, `q` quits.
    fn request(&self) -> Option<Request> {
        let text = self.prompt.text().trim();
        if let Ok(position) = text.parse::<u64>() {
            return Some(Request::View(ViewRequest::Search(Target::Position(position))));
        }
        let page = text.strip_prefix('p').and_then(|page| page.trim().parse::<usize>().ok());
        if let Some(page) = page {
            return Some(Request::View(ViewRequest::GoToPage(page)));
        }
        match text {
            "" => None,
            "q" | "quit" => Some(Request::Quit),
            _ => Some(Notice::NoCommand(text.to_owned()).into()),
        }
    }
}

impl Component for CommandPrompt {
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
                let first = [Request::Close, Request::View(ViewRequest::PushHistory)];
                Some(first.into_iter().chain(self.request()).collect())
            }
            _ => None,
        }
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        vec![
            Hint::remark(":210 a position"),
            Hint::remark(":p3 a page"),
            Hint::keys(&[Command::StepBack], "back"),
        ]
    }
}
