//! fonds in this process: loading a file, and a query from its text to the drawn page.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use fonds::formats::read::ReadOptions;
use fonds::load;
use fonds::load::Input;
use fonds::query::{
    AggregateRequest, Backend, DateUnit, FacetField, FacetRequest, HistogramRequest, Query,
    RecordHandle, SearchRequest, SharedBackend, Target, UserMarks, parse,
};
use fonds::store::{Store, StoreBackend};
use fonds::tui::action::{Action, LoadedRecords};
use fonds::tui::app::{App, StartOptions};
use fonds::tui::effect::Generation;
use fonds::tui::key::Key;
use fonds::tui::key_map::KeyMap;
use fonds::tui::layout::Size;
use fonds::tui::runtime::event_loop::{Effects, Event, Screen, run};
use fonds::tui::theme::{Theme, ThemeName};
use fonds::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde::{Deserialize, Serialize};

use crate::timing::{Timing, repeated, timed};

/// The size of the screen.
const SCREEN_SIZE: Size = Size { width: 120, height: 40 };

/// Loads a file as the program does.
///
/// # Errors
/// A part of the file could not be read, so that the figures would be for another archive.
pub fn load(file: &Path) -> anyhow::Result<Store> {
    let (store, problems) =
        load::read_all(&[Input::Path(file.to_owned())], &ReadOptions::default());
    if let Some(error) = problems.iter().find(|problem| problem.is_error()) {
        anyhow::bail!("fonds could not read the whole file: {error}");
    }
    ensure!(!store.is_empty(), "{} has no records", file.display());
    Ok(store)
}

/// The matches and the time of one query.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QueryMeasurement {
    /// The number of matching records.
    pub matches: usize,
    /// The time from the text to the drawn page, without earlier results.
    pub time: Timing,
    /// The slowest key press while the query is typed letter by letter.
    pub slowest: KeyPress,
}

/// A key press while a query is typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct KeyPress {
    /// The filter after the key press.
    pub text: String,
    /// The time from the key press to the drawn page.
    pub time: Duration,
}

/// Runs one query several times, then types it letter by letter.
///
/// # Errors
/// The screen does not show the results of the query.
pub fn measure_query(
    store: &Store,
    text: &str,
    repeats: usize,
) -> anyhow::Result<QueryMeasurement> {
    let (matches, time) = repeated(repeats, || {
        let mut session = Session::open(store)?;
        let time = session.handle(Event::Action(Action::Paste(text.to_owned())))?;
        Ok((session.matches(store, text)?, time))
    })?;
    Ok(QueryMeasurement { matches, time, slowest: slowest_key_press(store, text)? })
}

/// The time of facets of people and a histogram by years, together, over all records.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CountsMeasurement {
    /// The first time, in which the values of the field are read too.
    pub first: Duration,
    /// The times after it.
    pub later: Timing,
}

/// The number of values of a facet.
const FACET_LIMIT: usize = 20;

/// Counts people and years of all records several times.
///
/// # Errors
/// Not all records are counted.
pub fn measure_counts(store: &Store, repeats: usize) -> anyhow::Result<CountsMeasurement> {
    let backend = StoreBackend::new(store.clone());
    let field =
        FacetField::from_name("people", store.own_field_names()).map_err(anyhow::Error::msg)?;
    let wanted = AggregateRequest {
        facets: vec![FacetRequest::new(field, FACET_LIMIT)],
        histogram: Some(HistogramRequest::new(DateUnit::Year)),
    };
    let request = SearchRequest::new(Query::default(), Target::Row(0), 1);
    let count = || {
        let (response, time) = timed(|| backend.aggregate(&request, &wanted, &|| false));
        ensure!(response?.match_count.count() == store.len(), "not all records were counted");
        Ok(time)
    };
    let first = count()?;
    let later = (0..repeats).map(|_| count()).collect::<anyhow::Result<Vec<_>>>()?;
    let later = Timing::from_times(later).context("it was counted once at least")?;
    Ok(CountsMeasurement { first, later })
}

/// The number of marks.
const MARK_COUNT: usize = 200_000;

/// Searches for marked records several times, without earlier results. At most every second record is marked.
///
/// # Errors
/// Not all marked records are found.
pub fn measure_marked(store: &Store, repeats: usize) -> anyhow::Result<Timing> {
    let marked = MARK_COUNT.min(store.len() / 2);
    let step = store.len() / marked.max(1);
    let numbers = (0..marked).map(|mark| u32::try_from(mark * step));
    let handles = numbers.collect::<Result<Vec<u32>, _>>()?.into_iter().map(RecordHandle);
    let user_marks = UserMarks { marked: handles.collect(), ..UserMarks::default() };
    let query = parse("is:marked", store.own_field_names());
    let request = SearchRequest {
        user_marks: Arc::new(user_marks),
        ..SearchRequest::new(query, Target::Row(0), SCREEN_SIZE.height.into())
    };
    let (_, time) = repeated(repeats, || {
        let backend = StoreBackend::new(store.clone());
        let (response, time) = timed(|| backend.search(&request, &|| false));
        ensure!(response?.match_count.count() == marked, "not all marked records are found");
        Ok(((), time))
    })?;
    Ok(time)
}

/// Types a text, and returns the key press that took longest until the results were drawn.
fn slowest_key_press(store: &Store, text: &str) -> anyhow::Result<KeyPress> {
    let mut session = Session::open(store)?;
    session.handle(Event::Key(Key::char('/')))?;
    let mut slowest = KeyPress::default();
    for letter in text.chars() {
        let key = if letter == ' ' { Key::from_name("space") } else { Some(Key::char(letter)) };
        let key = key.context("fonds does not handle the space bar")?;
        let time = session.handle(Event::Key(key))?;
        if time > slowest.time {
            slowest =
                KeyPress { text: session.app.workspace.panes.filter_bar.text().to_owned(), time };
        }
    }
    session.matches(store, text)?;
    Ok(slowest)
}

/// The program without terminal and threads: its event loop, its searcher and its screen.
struct Session {
    app: App,
    effects: ImmediateEffects,
    screen: TestScreen,
}

impl Session {
    /// Opens these records and draws the first page.
    fn open(store: &Store) -> anyhow::Result<Session> {
        let terminal = Terminal::new(TestBackend::new(SCREEN_SIZE.width, SCREEN_SIZE.height))?;
        let mut session = Session {
            app: App::new(StartOptions::default(), KeyMap::built_in()?),
            effects: ImmediateEffects,
            screen: TestScreen { terminal, theme: Theme::built_in(ThemeName::DARK)? },
        };
        let all = LoadedRecords {
            backend: Arc::new(StoreBackend::new(store.clone())),
            problems: Vec::new(),
        };
        session.handle(Event::Action(Action::Resize(SCREEN_SIZE)))?;
        session.handle(Event::Action(Action::Loaded(all)))?;
        Ok(session)
    }

    /// Handles an event, and returns the time until the screen was drawn.
    fn handle(&mut self, event: Event) -> anyhow::Result<Duration> {
        let events = std::iter::once(vec![event]);
        let (result, time) =
            timed(|| run(&mut self.app, events, &mut self.effects, &mut self.screen));
        result?;
        Ok(time)
    }

    /// The number of matches. Checks that the screen shows the results of this query.
    fn matches(&self, store: &Store, text: &str) -> anyhow::Result<usize> {
        let (filter_bar, list) =
            (&self.app.workspace.panes.filter_bar, &self.app.workspace.panes.list);
        let filter = filter_bar.text();
        ensure!(filter == text, "{text:?} was typed, but the filter bar has {filter:?}");
        ensure!(list.total.count() == store.len(), "{text:?} did not search all records");
        Ok(list.match_count.count())
    }
}

/// Effects that are done at once, on the same thread.
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
