//! The state of the question whether an existing file may be replaced: the export that waits for the answer.

use crate::tui::app::export::ExportRequest;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::effect::Effect;
use crate::tui::hint::{self, Hint};
use crate::tui::key_map::KeyMap;
use crate::tui::modes::Mode;

/// The question whether the file of an export may be replaced.
#[derive(Clone, Debug)]
pub struct ConfirmReplace {
    /// The export.
    pub export: Box<ExportRequest>,
}

impl ConfirmReplace {
    /// Returns the question, with the keys that answer it.
    pub(crate) fn question(&self, key_map: &KeyMap) -> String {
        let answers =
            hint::written(&ConfirmReplace::answers(), key_map, Mode::ConfirmReplace, "   ");
        format!("{} exists already: {answers}", self.export.file)
    }

    /// Returns the answers, the most important first.
    fn answers() -> Vec<Hint> {
        vec![Hint::keys(&[Command::Accept], "replaces it"), Hint::remark("any other key leaves it")]
    }
}

impl Component for ConfirmReplace {
    fn run_own(
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

    fn hints(&self, _context: &Context<'_>) -> Vec<Hint> {
        ConfirmReplace::answers()
    }
}
