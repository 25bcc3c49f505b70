//! The state of the question whether an existing file may be replaced: the export that waits for the answer.

use crate::tui::app::export::ExportRequest;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::effect::Effect;
use crate::tui::hint::Hint;
use crate::tui::modes::Mode;

/// The question whether the file of an export may be replaced.
#[derive(Clone, Debug)]
pub struct ConfirmReplace {
    /// The export.
    pub export: Box<ExportRequest>,
}

impl Component for ConfirmReplace {
    fn run(
        &mut self,
        command: Command,
        _count: Option<usize>,
        _context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        if command != Command::Accept {
            return None;
        }
        let export = ExportRequest { replace: true, ..(*self.export).clone() };
        Some(vec![Request::Close, Effect::Export(Box::new(export)).into()])
    }

    fn hints(&self, context: &Context<'_>) -> Vec<Hint> {
        let file = &self.export.file;
        let key = context.key_map.hint_key(Mode::ConfirmReplace, Command::Accept);
        let key = key.unwrap_or_default();
        vec![
            Hint::remark(format!("{file} exists already: {key} replaces it")),
            Hint::remark("any other key leaves it"),
        ]
    }
}
