//! The state of the prompt for a note.

use crate::query::{MarksChange, RecordHandle};
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, NoteDraft, Request, ViewRequest};
use crate::tui::effect::Effect;
use crate::tui::hint::Hint;
use crate::tui::modes::Mode;
use crate::tui::notice::Notice;
use crate::tui::prompt::Prompt;

/// Stands for a line end in the prompt, which has one line.
const LINE_END_SIGN: &str = "↵";

/// The prompt for a note on a record.
#[derive(Clone, Debug)]
pub struct NotePrompt {
    /// The line of text.
    pub prompt: Prompt,
    /// The record.
    record: RecordHandle,
    /// The key of the record.
    record_key: String,
    /// The saved note; empty if there is none.
    saved: String,
}

impl NotePrompt {
    /// Returns a prompt for the note on a record: with the draft that was kept, else with the saved note.
    pub(crate) fn new(
        record: RecordHandle,
        record_key: String,
        saved: &str,
        draft: Option<&str>,
    ) -> NotePrompt {
        let text = with_line_end_signs(draft.unwrap_or(saved));
        NotePrompt { prompt: Prompt::with_text(text), record, record_key, saved: saved.to_owned() }
    }

    /// Returns the note, with its line ends.
    fn note(&self) -> String {
        self.prompt.text().replace(LINE_END_SIGN, "\n")
    }

    /// Returns the change that saves the note; `None` if it is the saved one.
    pub(crate) fn change(&self) -> Option<MarksChange> {
        let note = self.note();
        (note != self.saved).then(|| MarksChange::set_note(self.record, &note))
    }

    /// Returns the request that keeps a draft, or forgets the kept one if there is nothing to lose.
    fn keep_draft(&self) -> NoteDraft {
        let note = self.note();
        let is_lost = note != self.saved && !note.trim().is_empty();
        let text = if is_lost { note } else { String::new() };
        NoteDraft { record_key: self.record_key.clone(), text }
    }

    /// Returns the request that forgets the draft.
    fn forget_draft(&self) -> Request {
        let record_key = self.record_key.clone();
        Request::View(ViewRequest::KeepDraft(NoteDraft { record_key, text: String::new() }))
    }
}

/// Returns a text for the prompt: a sign stands for each line end.
fn with_line_end_signs(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\n'], LINE_END_SIGN)
}

impl Component for NotePrompt {
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
                let change = MarksChange::set_note(self.record, &self.note());
                Some(vec![
                    Request::Close,
                    self.forget_draft(),
                    Request::View(ViewRequest::ChangeMarks(change)),
                ])
            }
            Command::EditNote => Some(vec![Effect::EditNote(self.note()).into()]),
            _ => None,
        }
    }

    fn insert(&mut self, text: &str, _context: &Context<'_>) -> Vec<Request> {
        self.prompt.insert(&with_line_end_signs(text));
        Vec::new()
    }

    fn leave(&mut self, context: &Context<'_>) -> Vec<Request> {
        let draft = self.keep_draft();
        let key = || context.key_map.key_for(Mode::List, Command::Note);
        let told = (!draft.text.is_empty()).then(|| Notice::DraftKept { key: key() }.into());
        std::iter::once(Request::View(ViewRequest::KeepDraft(draft))).chain(told).collect()
    }

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        vec![
            Hint::remark("a note on this record"),
            Hint::keys(&[Command::Accept], "keep"),
            Hint::keys(&[Command::EditNote], "your editor"),
            Hint::keys(&[Command::StepBack], "back"),
        ]
    }
}
