//! What the screen does after a worker thread has panicked.

use super::{App, reload};
use crate::record::Problem;
use crate::tui::effect::Effect;
use crate::tui::notice::Notice;

impl App {
    /// Tells the user that a worker thread has panicked. Nothing that it may have been working on is waited for
    /// any longer, so that the user can go on, save and quit.
    pub(super) fn on_worker_failed(&mut self, message: String) -> Vec<Effect> {
        self.problems.push(Problem::error("fonds", None, message.clone()));
        self.summary.progress = None;
        self.export.progress = None;
        self.reload = reload::ReloadState::default();
        let mut effects = self.give_up_search();
        effects.extend(self.tell(Notice::Stopped(message.clone())));
        // A panic can cause another one. The first tells more.
        self.failure.get_or_insert(message);
        effects
    }
}
