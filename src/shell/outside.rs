//! The outside of the running program: its threads, the clipboard and the browser.

use std::sync::mpsc::Sender;

use super::browser;
use super::clipboard::Clipboard;
use super::copying;
use super::keeper::Keeper;
use super::place;
use super::run::{Copied, Event, Outside};
use super::search::SearchThread;
use crate::app::action::Action;
use crate::app::copying::Copying;
use crate::query::Question;
use crate::record::Problem;
use crate::store::{Change, Store};

/// Everything that the loop has carried out elsewhere.
pub(super) struct Live {
    search: SearchThread,
    keeper: Keeper,
    clipboard: Clipboard,
    events: Sender<Event>,
}

impl Live {
    /// With these threads, and those that tell `events` what became of something.
    pub(super) fn new(search: SearchThread, keeper: Keeper, events: Sender<Event>) -> Live {
        Live { search, keeper, clipboard: Clipboard::default(), events }
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
        place::look_up(problem, self.events.clone());
        None
    }

    fn copy(&mut self, copying: &Copying) -> Copied {
        match copying::text(copying) {
            Ok((text, what)) => self.clipboard.copy(&text, &what),
            Err(why) => Copied { bytes: Vec::new(), said: why },
        }
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
