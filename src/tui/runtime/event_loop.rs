//! The event loop: events in, effects out, a drawing when something changed.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::query::Question;
use crate::record::Problem;
use crate::store::{Change, Marked, RecordNumber, RecordSet, Store};
use crate::tui::action::{Action, Effect};
use crate::tui::app::App;
use crate::tui::app::copy::Copying;
use crate::tui::app::export::Export;
use crate::tui::app::reload::Again;
use crate::tui::key::Key;
use crate::tui::layout::Size;

/// What comes from outside.
#[derive(Debug)]
pub enum Event {
    /// The reader pressed a key.
    Key(Key),
    /// Something else happened: a paste, a resize, an answer, an arrival.
    Action(Action),
    /// The program was stopped and goes on: the screen may hold anything.
    Continued,
    /// The system asks the program to end, by a signal with this number.
    Signal(i32),
    /// The terminal is gone, or reading from it failed.
    TerminalLost(String),
}

/// Why the loop ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// The reader quit.
    Quit,
    /// The reader picked these records.
    Picked(RecordSet),
    /// By a signal with this number.
    Signal(i32),
    /// The terminal is gone.
    TerminalLost(String),
    /// Nothing could be read, for these reasons.
    NothingRead(Vec<Problem>),
}

/// Who answers questions: the searching thread, or in tests the desk itself. Who is nothing more keeps
/// nothing, finds nothing, and copies nothing.
pub trait Outside {
    /// Has a question answered. The answer is returned at once, or arrives as an event later.
    fn search(&mut self, generation: u64, question: Question, store: Store) -> Option<Action>;

    /// Has a change of marks and notes kept. What is kept is returned at once, or arrives later.
    fn keep(&mut self, count: u64, change: Change, store: Store) -> Option<Action> {
        let _ = (count, change, store);
        None
    }

    /// Looks for a record. It is returned at once, or arrives later.
    fn seek(&mut self, key: String, store: Store) -> Option<Action> {
        let _ = (key, store);
        None
    }

    /// Looks up the place of a problem. What stands there is returned at once, or arrives later.
    fn look_up(&mut self, problem: Problem) -> Option<Action> {
        let _ = problem;
        None
    }

    /// Reads the files again. What came of it is returned at once, or arrives later.
    fn read_again(&mut self, before: Store) -> Option<Action> {
        let _ = before;
        None
    }

    /// Finds records again in what was read. They are returned at once, or arrive later.
    fn recall(
        &mut self,
        again: Box<Again>,
        before: Store,
        selected: Option<RecordNumber>,
        marked: Arc<Marked>,
    ) -> Option<Action> {
        let recalled = again.store.recall(&before, selected, &marked);
        Some(Action::Recalled { again, recalled })
    }

    /// Copies something.
    fn copy(&mut self, copying: &Copying) -> Copied {
        let _ = copying;
        Copied::default()
    }

    /// Writes records into a file. What came of it is returned at once, or arrives later.
    fn export(&mut self, export: Export) -> Option<Action> {
        let _ = export;
        None
    }

    /// Stops writing, and leaves no file. What came of it is returned at once, or arrives later.
    fn stop_export(&mut self) -> Option<Action> {
        None
    }

    /// Has the reader edit a text elsewhere, on a terminal that was given back.
    ///
    /// # Errors
    /// Why nothing was written, as a sentence.
    fn edit(&mut self, text: &str) -> Result<String, String> {
        Ok(text.to_owned())
    }

    /// Opens an address in the browser, or copies it where there is none.
    fn open(&mut self, address: &str) -> Copied {
        let _ = address;
        Copied::default()
    }
}

/// What came of copying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// What the terminal is to be told, where the copy goes through it.
    pub bytes: Vec<u8>,
    /// What is to be said to the reader.
    pub said: String,
}

/// Where the state is drawn.
pub trait Screen {
    /// Draws the state.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    fn draw(&mut self, app: &App) -> anyhow::Result<()>;

    /// Takes a new size; the next drawing is a whole one.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    fn resize(&mut self, width: u16, height: u16) -> anyhow::Result<()>;

    /// Tells the terminal something that is no drawing.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    fn tell(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let _ = bytes;
        Ok(())
    }

    /// Gives the terminal back while something else has it.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    fn lend(&mut self, to: &mut dyn FnMut()) -> anyhow::Result<()> {
        to();
        Ok(())
    }

    /// Gives the terminal back, stops, and takes the terminal again when the program goes on.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    fn suspend(&mut self) -> anyhow::Result<()>;

    /// Takes the terminal again after the program was stopped from outside.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    fn resume(&mut self) -> anyhow::Result<()>;
}

/// Runs until something ends it. Each item of `events` is what came at once; after it the screen is
/// drawn once.
///
/// # Errors
/// Where the terminal cannot be written to.
pub fn run(
    app: &mut App,
    events: impl Iterator<Item = Vec<Event>>,
    outside: &mut dyn Outside,
    screen: &mut dyn Screen,
) -> anyhow::Result<Ending> {
    for batch in events {
        for event in batch {
            let action = match event {
                Event::Key(key) => Some(Action::Press(key)),
                Event::Action(action) => Some(action),
                Event::Continued => {
                    screen.resume()?;
                    None
                }
                Event::Signal(number) => return Ok(Ending::Signal(number)),
                Event::TerminalLost(why) => return Ok(Ending::TerminalLost(why)),
            };
            let Some(action) = action else { continue };
            if let Some(ending) = carry_out(app, action, outside, screen)? {
                return Ok(ending);
            }
        }
        if app.is_loaded() && app.store.is_empty() && app.has_faults() {
            return Ok(Ending::NothingRead(std::mem::take(&mut app.problems)));
        }
        screen.draw(app)?;
    }
    Ok(Ending::Quit)
}

/// Carries out an action and all that follows from it at once.
fn carry_out(
    app: &mut App,
    action: Action,
    outside: &mut dyn Outside,
    screen: &mut dyn Screen,
) -> anyhow::Result<Option<Ending>> {
    let mut waiting = VecDeque::from([action]);
    while let Some(action) = waiting.pop_front() {
        if let Action::Resize(size) = action {
            screen.resize(size.width, size.height)?;
        }
        for effect in app.update(action) {
            match effect {
                Effect::Pick(records) => return Ok(Some(Ending::Picked(records))),
                Effect::Quit => return Ok(Some(Ending::Quit)),
                Effect::Redraw => {
                    let Size { width, height } = app.layout.screen;
                    screen.resize(width, height)?;
                }
                Effect::Keep { count, change, store } => {
                    waiting.extend(outside.keep(count, change, store));
                }
                Effect::Seek { key, store } => waiting.extend(outside.seek(key, store)),
                Effect::LookUp(problem) => waiting.extend(outside.look_up(problem)),
                Effect::ReadAgain(before) => waiting.extend(outside.read_again(before)),
                Effect::Recall { again, before, selected, marked } => {
                    waiting.extend(outside.recall(again, before, selected, marked));
                }
                Effect::Copy(copying) => {
                    waiting.push_back(told(outside.copy(&copying), screen)?);
                }
                Effect::Edit(text) => {
                    let mut edited = None;
                    screen.lend(&mut || edited = Some(outside.edit(&text)))?;
                    waiting.extend(edited.map(Action::Edited));
                }
                Effect::StopExport => waiting.extend(outside.stop_export()),
                Effect::Export(export) => waiting.extend(outside.export(*export)),
                Effect::Open(address) => waiting.push_back(told(outside.open(&address), screen)?),
                Effect::Suspend => screen.suspend()?,
                Effect::Search { generation, question, store } => {
                    waiting.extend(outside.search(generation, question, store));
                }
            }
        }
    }
    Ok(None)
}

/// Tells the terminal of a copy, and what is to be said of it.
fn told(copied: Copied, screen: &mut dyn Screen) -> anyhow::Result<Action> {
    if !copied.bytes.is_empty() {
        screen.tell(&copied.bytes)?;
    }
    Ok(Action::Said(copied.said))
}
