//! A screen without a terminal: the loop of the program, a desk that answers at once, paper.

use fonds::load::Arrival;
use fonds::query::Question;
use fonds::store::Searcher;
use fonds::store::Store;
use fonds::tui::action::Action;
use fonds::tui::app::{App, Opening};
use fonds::tui::key_map::Keymap;
use fonds::tui::layout::Size;
use fonds::tui::runtime::event_loop::{Event, Outside, Screen, run};
use fonds::tui::theme::{Theme, ThemeName};
use fonds::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::archive;

/// A screen with the small archive on it.
pub(crate) struct Stage {
    app: App,
    desk: AtOnce,
    paper: Paper,
}

impl Stage {
    /// A screen of this size, with its first page drawn.
    pub(crate) fn of(size: Size) -> Stage {
        let backend = TestBackend::new(size.width, size.height);
        let mut stage = Stage {
            app: App::new(Opening::default(), Keymap::built_in().expect("a sound table")),
            desk: AtOnce::default(),
            paper: Paper {
                terminal: Terminal::new(backend).expect("paper"),
                theme: Theme::built_in(ThemeName::Dark).expect("a sound theme"),
            },
        };
        let store = archive::store().clone();
        let all = Arrival { store, problems: Vec::new(), progress: None };
        stage.play(Action::Resize(size));
        stage.play(Action::Arrived(all));
        stage
    }

    /// Lets something happen and draws what comes of it.
    pub(crate) fn play(&mut self, action: Action) {
        let events = std::iter::once(vec![Event::Action(action)]);
        run(&mut self.app, events, &mut self.desk, &mut self.paper).expect("paper lasts");
    }

    /// Draws the state once more, every cell anew.
    pub(crate) fn draw(&mut self) {
        self.paper.terminal.clear().expect("paper");
        self.paper.draw(&self.app).expect("paper lasts");
    }
}

/// A desk that answers at once.
#[derive(Default)]
struct AtOnce(Searcher);

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
