//! The outside of the running program: its threads, the clipboard and the browser.

use std::sync::Arc;

use super::browser;
use super::clipboard::Clipboard;
use super::copy_text;
use super::editor;
use super::event_loop::{Copied, Outside};
use super::excerpt_worker;
use super::export_worker::Exporter;
use super::input::Gate;
use super::marks_worker::Keeper;
use super::reload::Sources;
use super::search_worker::SearchThread;
use crate::query::Question;
use crate::record::Problem;
use crate::store::{Change, Marked, RecordNumber, Store};
use crate::tui::action::Action;
use crate::tui::app::copy::Copying;
use crate::tui::app::export::Export;
use crate::tui::app::reload::Again;

/// Everything that the loop has carried out elsewhere.
pub(super) struct Live {
    search: SearchThread,
    keeper: Keeper,
    exporter: Exporter,
    gate: Gate,
    clipboard: Clipboard,
    sources: Sources,
}

impl Live {
    /// With these threads, and with files that can be read again.
    pub(super) fn new(
        search: SearchThread,
        keeper: Keeper,
        exporter: Exporter,
        gate: Gate,
        sources: Sources,
    ) -> Live {
        Live { search, keeper, exporter, gate, clipboard: Clipboard::default(), sources }
    }
}

impl Outside for Live {
    fn search(&mut self, generation: u64, question: Question, store: Store) -> Option<Action> {
        self.search.search(generation, question, store);
        None
    }

    fn keep(&mut self, count: u64, change: Change, store: Store) -> Option<Action> {
        self.keeper.keep(count, change, store);
        None
    }

    fn seek(&mut self, key: String, store: Store) -> Option<Action> {
        self.keeper.seek(key, store);
        None
    }

    fn look_up(&mut self, problem: Problem) -> Option<Action> {
        excerpt_worker::look_up(problem, self.sources.events.clone());
        None
    }

    fn read_again(&mut self, before: Store) -> Option<Action> {
        self.sources.read(before);
        None
    }

    fn recall(
        &mut self,
        again: Box<Again>,
        before: Store,
        selected: Option<RecordNumber>,
        marked: Arc<Marked>,
    ) -> Option<Action> {
        self.sources.recall(again, before, selected, marked);
        None
    }

    fn copy(&mut self, copying: &Copying) -> Copied {
        match copy_text::text(copying) {
            Ok((text, what)) => self.clipboard.copy(&text, &what),
            Err(why) => Copied { bytes: Vec::new(), said: why },
        }
    }

    fn export(&mut self, export: Export) -> Option<Action> {
        Some(self.exporter.export(export))
    }

    fn stop_export(&mut self) -> Option<Action> {
        self.exporter.stop();
        None
    }

    fn edit(&mut self, text: &str) -> Result<String, String> {
        let _held = self.gate.hold();
        editor::edit(text)
    }

    fn open(&mut self, address: &str) -> Copied {
        match browser::open(address) {
            Ok(with) => Copied { bytes: Vec::new(), said: format!("given to {with}: {address}") },
            Err(browser::Refusal::NoAddress) => {
                let said = format!("“{address}” is not opened: only http and https addresses are");
                Copied { bytes: Vec::new(), said }
            }
            Err(browser::Refusal::NoBrowser) => {
                let copied = self.clipboard.copy(address, "the address");
                Copied { said: format!("no browser here: {address} ({})", copied.said), ..copied }
            }
        }
    }
}
