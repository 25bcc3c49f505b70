//! The program's event loop without a terminal: searches are done at once, and the screen is in memory.

use std::sync::Arc;

use fonds::query::{SearchRequest, SharedBackend};
use fonds::store::StoreBackend;
use fonds::tui::action::{Action, LoadedRecords};
use fonds::tui::app::{App, StartOptions};
use fonds::tui::effect::Generation;
use fonds::tui::key_map::KeyMap;
use fonds::tui::layout::Size;
use fonds::tui::runtime::event_loop::{Effects, Event, Screen, run};
use fonds::tui::theme::{Theme, ThemeName};
use fonds::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::archive;

/// The program with the small archive opened.
pub(crate) struct Harness {
    app: App,
    effects: ImmediateEffects,
    screen: TestScreen,
}

impl Harness {
    /// Opens the archive on a screen of this size and draws the first page.
    pub(crate) fn open(size: Size) -> Harness {
        let backend = TestBackend::new(size.width, size.height);
        let mut harness = Harness {
            app: App::new(
                StartOptions::default(),
                KeyMap::built_in().expect("the built-in key map is valid"),
            ),
            effects: ImmediateEffects,
            screen: TestScreen {
                terminal: Terminal::new(backend).expect("the test backend never fails"),
                theme: Theme::built_in(ThemeName::DARK).expect("the built-in theme is valid"),
            },
        };
        let store = archive::store().clone();
        let all =
            LoadedRecords { backend: Arc::new(StoreBackend::new(store)), problems: Vec::new() };
        harness.handle(Action::Resize(size));
        harness.handle(Action::Loaded(all));
        harness
    }

    /// Handles an action and draws the result.
    pub(crate) fn handle(&mut self, action: Action) {
        let events = std::iter::once(vec![Event::Action(action)]);
        run(&mut self.app, events, &mut self.effects, &mut self.screen)
            .expect("the test backend never fails");
    }

    /// Draws every cell of the screen.
    pub(crate) fn draw(&mut self) {
        self.screen.terminal.clear().expect("the test backend never fails");
        self.screen.draw(&self.app).expect("the test backend never fails");
    }
}

/// Effects that are done at once.
#[derive(Default)]
struct ImmediateEffects;

impl Effects for ImmediateEffects {
    fn search(
        &mut self,
        generation: Generation,
        request: SearchRequest,
        backend: SharedBackend,
    ) -> Option<Action> {
        let response = backend.search(&request, &|| false).ok()?;
        Some(Action::SearchDone(generation, Box::new(response)))
    }
}

/// A screen in memory.
struct TestScreen {
    terminal: Terminal<TestBackend>,
    theme: Theme,
}

impl Screen for TestScreen {
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
