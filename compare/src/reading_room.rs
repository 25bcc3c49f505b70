//! fonds itself: a file loaded, a query from its text to the drawn page.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use fonds::tui::action::Action;
use fonds::load::Arrival;
use fonds::tui::key::Key;
use fonds::tui::key_map::Keymap;
use fonds::tui::layout::Size;
use fonds::tui::app::{App, Opening};
use fonds::formats::read::Options;
use fonds::store::Desk;
use fonds::query::Question;
use fonds::load;
use fonds::load::Input;
use fonds::tui::runtime::event_loop::{Event, Outside, Screen, run};
use fonds::store::Store;
use fonds::tui::view;
use fonds::tui::theme::{Theme, ThemeName};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde::{Deserialize, Serialize};

use crate::timing::{Timing, repeated, timed};

/// The screen that is drawn.
const SCREEN: Size = Size { width: 120, height: 40 };

/// Loads a file as the program does, to the last record.
///
/// # Errors
/// Something in it could not be read: then the figures would be of another archive.
pub fn load(file: &Path) -> anyhow::Result<Store> {
    let (store, problems) = load::read_all(&[Input::File(file.to_owned())], &Options::default());
    if let Some(fault) = problems.iter().find(|problem| problem.is_fault()) {
        anyhow::bail!("fonds could not read all of it: {fault}");
    }
    ensure!(!store.is_empty(), "{} holds no record", file.display());
    Ok(store)
}

/// What one query found and how long it took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// How many records fit.
    pub shown: usize,
    /// From the text to the drawn page, each time with a desk that remembers nothing.
    pub whole: Timing,
    /// The slowest letter of all, typed one after the other with one desk, each drawn.
    pub slowest: Letter,
}

/// A letter that was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Letter {
    /// What stood in the bar with it.
    pub text: String,
    /// From the letter to the drawn page.
    pub time: Duration,
}

/// Asks one query several times, then types it letter by letter.
///
/// # Errors
/// The answer on the screen is not that of the query.
pub fn ask(store: &Store, text: &str, repeats: usize) -> anyhow::Result<Asked> {
    let (shown, whole) = repeated(repeats, || {
        let mut room = Room::open(store)?;
        let time = room.timed(Event::Action(Action::Paste(text.to_owned())))?;
        Ok((room.shown(store, text)?, time))
    })?;
    Ok(Asked { shown, whole, slowest: slowest_letter(store, text)? })
}

/// Types a text and says which letter took longest to be answered and drawn.
fn slowest_letter(store: &Store, text: &str) -> anyhow::Result<Letter> {
    let mut room = Room::open(store)?;
    room.timed(Event::Key(Key::char('/')))?;
    let mut slowest = Letter::default();
    for letter in text.chars() {
        let key = if letter == ' ' { Key::named("space") } else { Some(Key::char(letter)) };
        let key = key.context("fonds knows no space bar")?;
        let time = room.timed(Event::Key(key))?;
        if time > slowest.time {
            slowest = Letter { text: room.app.bar.text().to_owned(), time };
        }
    }
    room.shown(store, text)?;
    Ok(slowest)
}

/// The program but for the terminal and the threads: its loop, its desk, its drawing.
struct Room {
    app: App,
    desk: AtOnce,
    paper: Paper,
}

impl Room {
    /// Opens a room over these records and draws its first page.
    fn open(store: &Store) -> anyhow::Result<Room> {
        let terminal = Terminal::new(TestBackend::new(SCREEN.width, SCREEN.height))?;
        let mut room = Room {
            app: App::new(Opening::default(), Keymap::built_in()?),
            desk: AtOnce::default(),
            paper: Paper { terminal, theme: Theme::built_in(ThemeName::Dark)? },
        };
        let all = Arrival { store: store.clone(), problems: Vec::new(), progress: None };
        room.timed(Event::Action(Action::Resize(SCREEN)))?;
        room.timed(Event::Action(Action::Arrived(all)))?;
        Ok(room)
    }

    /// Lets something happen, up to the drawing after it, and says how long that took.
    fn timed(&mut self, event: Event) -> anyhow::Result<Duration> {
        let events = std::iter::once(vec![event]);
        let played = timed(|| run(&mut self.app, events, &mut self.desk, &mut self.paper));
        played.0?;
        Ok(played.1)
    }

    /// How many records are shown, after a look whether it is this query that was answered.
    fn shown(&self, store: &Store, text: &str) -> anyhow::Result<usize> {
        let App { bar, list, .. } = &self.app;
        ensure!(bar.text() == text, "{text:?} was typed and {:?} stands in the bar", bar.text());
        ensure!(list.total == store.len(), "{text:?} was not asked of all records");
        Ok(list.shown)
    }
}

/// A desk that answers at once, on the thread that asks.
#[derive(Default)]
struct AtOnce(Desk);

impl Outside for AtOnce {
    fn search(&mut self, generation: u64, question: Question, store: Store) -> Option<Action> {
        let answer = self.0.answer(&store, &question, &|| false)?;
        Some(Action::Answered(generation, Box::new(answer)))
    }
}

/// A terminal on paper.
struct Paper {
    terminal: Terminal<TestBackend>,
    theme: Theme,
}

impl Screen for Paper {
    fn draw(&mut self, app: &App) -> anyhow::Result<()> {
        self.terminal.draw(|frame| view::draw(frame, app, &self.theme))?;
        Ok(())
    }

    fn resize(&mut self, width: u16, height: u16) -> anyhow::Result<()> {
        self.terminal.backend_mut().resize(width, height);
        Ok(())
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        Ok(())
    }

    fn resume(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}
