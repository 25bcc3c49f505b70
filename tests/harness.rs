//! Runs the program's event loop without a terminal: a script of keys goes in, the drawn screen comes
//! out. Searches, copies and exports are answered by test doubles.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;

use fonds::formats::read::ReadOptions;
use fonds::load;
use fonds::load::Input;
use fonds::query::{
    Backend, LoadProgress, RecordHandle, RemappedRecords, SearchRequest, Selection, SharedBackend,
    UserMarks,
};
use fonds::record::Problem;
use fonds::store::StoreBackend;
use fonds::tui::action::{Action, EditedNote, LoadedRecords};
use fonds::tui::app::copy::{CopyContent, CopyRequest};
use fonds::tui::app::export::{ExportProgress, ExportRequest};
use fonds::tui::app::reload::ReloadedRecords;
use fonds::tui::app::{App, StartOptions};
use fonds::tui::effect::Generation;
use fonds::tui::key::Key;
use fonds::tui::key_map::KeyMap;
use fonds::tui::layout::Size;
use fonds::tui::runtime::event_loop::{CopyOutcome, Effects, Event, ExitReason, Screen, run};
use fonds::tui::runtime::excerpt_worker;
use fonds::tui::runtime::reload;
use fonds::tui::theme::{Theme, ThemeName};
use fonds::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

/// Effects that are done at once, so that a script is deterministic.
#[derive(Default)]
struct ImmediateEffects {
    /// The inputs that a reload reads.
    inputs: Vec<Input>,
}

impl Effects for ImmediateEffects {
    fn search(
        &mut self,
        generation: Generation,
        request: SearchRequest,
        backend: SharedBackend,
    ) -> Option<Action> {
        Some(answer(generation, &request, &*backend))
    }

    fn find_record(&mut self, key: String, backend: SharedBackend) -> Option<Action> {
        Some(look_up(key, backend))
    }

    fn reload(&mut self, before: SharedBackend) -> Option<Action> {
        Some(Action::Reloaded(reload::reload(&self.inputs, &ReadOptions::default(), &*before)))
    }

    fn remap_records(
        &mut self,
        reloaded: Box<ReloadedRecords>,
        previous: SharedBackend,
        selected: Option<RecordHandle>,
        user_marks: Arc<UserMarks>,
    ) -> Option<Action> {
        let remapped = RemappedRecords::find(&*reloaded.backend, &*previous, selected, &user_marks);
        Some(Action::RecordsRemapped { reloaded, remapped })
    }

    fn read_excerpt(&mut self, problem: Problem) -> Option<Action> {
        Some(Action::ExcerptRead(excerpt_worker::read_excerpt(&problem)))
    }

    fn copy(&mut self, request: &CopyRequest) -> CopyOutcome {
        copy_outcome(request)
    }

    fn edit_note(&mut self, text: &str) -> Result<EditedNote, String> {
        Ok(EditedNote { text: format!("{text} and\nmore\n"), warning: None })
    }

    fn export(&mut self, export: ExportRequest) -> Option<Action> {
        Some(export_outcome(export))
    }

    fn cancel_export(&mut self) -> Option<Action> {
        Some(Action::ExportDone { message: "stopped".to_owned(), written: false })
    }

    fn open_address(&mut self, address: &str) -> CopyOutcome {
        CopyOutcome { terminal_bytes: Vec::new(), message: format!("open {address}") }
    }
}

/// Effects whose searches are answered only after the last key: the slowest search there can be.
#[derive(Clone, Default)]
struct DelayedEffects {
    pending: Rc<RefCell<Vec<(Generation, SearchRequest, SharedBackend)>>>,
}

impl Effects for DelayedEffects {
    fn search(
        &mut self,
        generation: Generation,
        request: SearchRequest,
        backend: SharedBackend,
    ) -> Option<Action> {
        self.pending.borrow_mut().push((generation, request, backend));
        None
    }

    fn find_record(&mut self, key: String, backend: SharedBackend) -> Option<Action> {
        Some(look_up(key, backend))
    }

    fn copy(&mut self, request: &CopyRequest) -> CopyOutcome {
        copy_outcome(request)
    }

    fn export(&mut self, export: ExportRequest) -> Option<Action> {
        Some(export_outcome(export))
    }

    fn cancel_export(&mut self) -> Option<Action> {
        Some(Action::ExportDone { message: "stopped".to_owned(), written: false })
    }

    fn open_address(&mut self, address: &str) -> CopyOutcome {
        CopyOutcome { terminal_bytes: Vec::new(), message: format!("open {address}") }
    }
}

impl DelayedEffects {
    /// The responses to all pending searches, the newest first, until there are none.
    fn responses(self) -> impl Iterator<Item = Vec<Event>> {
        std::iter::from_fn(move || {
            let (generation, request, backend) = self.pending.borrow_mut().pop()?;
            Some(vec![Event::Action(answer(generation, &request, &*backend))])
        })
    }
}

/// The answer of a backend to a search.
fn answer(generation: Generation, request: &SearchRequest, backend: &dyn Backend) -> Action {
    match backend.search(request, &|| false) {
        Ok(response) => Action::SearchDone(generation, Box::new(response)),
        Err(error) => Action::SearchFailed(generation, error),
    }
}

/// Looks up a record by its key.
fn look_up(key: String, backend: SharedBackend) -> Action {
    let record = backend.find_by_key(&key);
    Action::RecordLookedUp { key, record, backend }
}

/// Describes what would be copied.
fn copy_outcome(request: &CopyRequest) -> CopyOutcome {
    let message = match request {
        CopyRequest::Records { content: CopyContent::Citation, style, records, .. }
            if !style.is_empty() =>
        {
            format!("copy Citation of {} in {style}", records.len())
        }
        CopyRequest::Records { content, records, .. } => {
            format!("copy {content:?} of {}", records.len())
        }
        CopyRequest::CommandLine(line) => format!("copy {line}"),
    };
    CopyOutcome { terminal_bytes: b"copied".to_vec(), message }
}

/// Describes what would be exported. A file `old.ris` exists always, and `large.ris` never gets
/// finished.
fn export_outcome(export: ExportRequest) -> Action {
    if export.file == "old.ris" && !export.replace {
        return Action::FileExists(Box::new(export));
    }
    let ExportRequest { selection, format, file, replace, .. } = export;
    let filter = match selection {
        Selection::Records { .. } => "is:marked".to_owned(),
        Selection::Rows { request, .. } => request.query.to_string(),
    };
    if file == "large.ris" {
        return Action::ExportProgressed(ExportProgress { file, written: 7, total: 9 });
    }
    let message = format!("export “{filter}” as {format} to {file}, replace: {replace}");
    Action::ExportDone { message, written: true }
}

/// A screen in memory.
struct TestScreen {
    terminal: Terminal<TestBackend>,
    theme: Theme,
    suspended: usize,
    written: Vec<u8>,
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

    fn write_raw(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.written.extend_from_slice(bytes);
        Ok(())
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        self.suspended += 1;
        Ok(())
    }

    fn resume(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// The program after a script.
pub(crate) struct Outcome {
    /// The state after the last event.
    pub(crate) app: App,
    /// Why the loop ended: [`ExitReason::Quit`] also where the script had no more keys.
    pub(crate) exit_reason: ExitReason,
    /// The screen as it was drawn last.
    pub(crate) buffer: Buffer,
}

impl Outcome {
    /// What the screen tells the user.
    pub(crate) fn message(&self) -> Option<String> {
        self.app.notice.as_ref().map(ToString::to_string)
    }
}

/// The program before the first key: its records, options and screen size.
pub(crate) struct Harness {
    /// Has the records, with the problems found in their files.
    pub(crate) loaded: (SharedBackend, Vec<Problem>),
    pub(crate) options: StartOptions,
    pub(crate) theme: ThemeName,
    pub(crate) width: u16,
    pub(crate) height: u16,
}

impl Harness {
    /// Opens the ten built-in records on a screen of this size.
    pub(crate) fn with_ten_records(width: u16, height: u16) -> Harness {
        Harness::open(&[Input::BuiltIn], width, height)
    }

    /// Opens files on a screen of this size.
    pub(crate) fn open(inputs: &[Input], width: u16, height: u16) -> Harness {
        let (store, problems) = load::read_all(inputs, &ReadOptions::default());
        let loaded: (SharedBackend, _) = (Arc::new(StoreBackend::new(store)), problems);
        let options = StartOptions { name: "archive.toml".to_owned(), ..StartOptions::default() };
        Harness { loaded, options, theme: ThemeName::DARK, width, height }
    }

    /// Presses the keys of a script such as `/soong<enter>jj`. In angle brackets are the names of keys,
    /// a new size (`<80x24>`), a paste (`<paste:text>`) or a click (`<click:x,y>`).
    pub(crate) fn press(&self, script: &str) -> Outcome {
        let files = self.options.files.iter().map(|file| Input::Path(file.into()));
        let mut effects = ImmediateEffects { inputs: files.collect() };
        self.run(self.script(script), &mut effects)
    }

    /// Presses all keys of a script before any search is answered.
    pub(crate) fn press_before_responses(&self, script: &str) -> Outcome {
        let mut effects = DelayedEffects::default();
        let responses = effects.clone().responses();
        self.run(self.script(script).chain(responses), &mut effects)
    }

    /// Presses the keys of a script while records are loaded in batches of `size`. A batch is added
    /// before each key whose index is in `arrivals`, the others after the last key. `resizes` holds
    /// indices of keys before which the screen takes another size; at the end it has its own again.
    pub(crate) fn press_while_loading(
        &self,
        script: &str,
        size: usize,
        arrivals: &[usize],
        resizes: &[(usize, Size)],
    ) -> Outcome {
        let screen = Size { width: self.width, height: self.height };
        let whole = StoreBackend::from_backend(&*self.loaded.0).expect("it is the in-memory store");
        let snapshots = crate::loading::snapshots(whole.store(), size);
        let mut batches = snapshots.into_iter().peekable();
        let mut events = vec![Event::Action(Action::Resize(screen))];
        let mut add_batch = |events: &mut Vec<Event>| {
            let Some(store) = batches.next() else { return false };
            let progress = batches
                .peek()
                .is_some()
                .then_some(LoadProgress { bytes_read: 1, total_bytes: Some(2) });
            let backend = Arc::new(whole.with_snapshot(store, progress));
            let arrival = LoadedRecords { backend, problems: Vec::new() };
            events.push(Event::Action(Action::Loaded(arrival)));
            true
        };
        for (index, key) in events_of(script).into_iter().enumerate() {
            for _ in arrivals.iter().filter(|arrival| **arrival == index) {
                add_batch(&mut events);
            }
            for (_, size) in resizes.iter().filter(|(before, _)| *before == index) {
                events.push(Event::Action(Action::Resize(*size)));
            }
            events.push(key);
        }
        events.push(Event::Action(Action::Resize(screen)));
        while add_batch(&mut events) {}
        self.run(events.into_iter().map(|event| vec![event]), &mut ImmediateEffects::default())
    }

    fn script(&self, script: &str) -> impl Iterator<Item = Vec<Event>> + use<> {
        let size = Size { width: self.width, height: self.height };
        let (backend, problems) = self.loaded.clone();
        let arrival = LoadedRecords { backend, problems };
        let first = [Event::Action(Action::Resize(size)), Event::Action(Action::Loaded(arrival))];
        first.into_iter().chain(events_of(script)).map(|event| vec![event])
    }

    fn run(&self, events: impl Iterator<Item = Vec<Event>>, effects: &mut dyn Effects) -> Outcome {
        let mut app = App::new(
            self.options.clone(),
            KeyMap::built_in().expect("the built-in key map is valid"),
        );
        let backend = TestBackend::new(self.width, self.height);
        let terminal = Terminal::new(backend).expect("the test backend never fails");
        let theme = Theme::built_in(self.theme).expect("the built-in theme is valid");
        let mut screen = TestScreen { terminal, theme, suspended: 0, written: Vec::new() };
        let exit_reason =
            run(&mut app, events, effects, &mut screen).expect("the test backend never fails");
        Outcome { app, exit_reason, buffer: screen.terminal.backend().buffer().clone() }
    }
}

/// The events of a script: one for each key, paste, click or resize.
pub(crate) fn events_of(script: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = script;
    while let Some(letter) = rest.chars().next() {
        let in_brackets = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let (event, after) = match in_brackets {
            Some((name, after)) if !name.is_empty() => (event_named(name), after),
            _ => (key_event(letter), &rest[letter.len_utf8()..]),
        };
        events.push(event);
        rest = after;
    }
    events
}

fn key_event(letter: char) -> Event {
    let space = Key::from_name("space").expect("space is a key");
    Event::Key(if letter == ' ' { space } else { Key::char(letter) })
}

fn event_named(name: &str) -> Event {
    let pair = |text: &str, sign: char| -> Option<(u16, u16)> {
        let (first, second) = text.split_once(sign)?;
        Some((first.parse().ok()?, second.parse().ok()?))
    };
    if let Some((width, height)) = pair(name, 'x') {
        return Event::Action(Action::Resize(Size { width, height }));
    }
    if let Some(text) = name.strip_prefix("paste:") {
        return Event::Action(Action::Paste(text.to_owned()));
    }
    if let Some((x, y)) = name.strip_prefix("click:").and_then(|at| pair(at, ',')) {
        return Event::Action(Action::Click { x, y });
    }
    for (wheel, down) in [("wheel-down:", true), ("wheel-up:", false)] {
        if let Some((x, y)) = name.strip_prefix(wheel).and_then(|at| pair(at, ',')) {
            return Event::Action(Action::Wheel { x, y, down });
        }
    }
    Event::Key(name.parse().expect("a key of the script"))
}

impl Outcome {
    /// The screen as text, line by line, without white space at the ends.
    pub(crate) fn text(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in 0..area.height {
            let mut line = String::new();
            let mut covered_columns = 0;
            for x in 0..area.width {
                if covered_columns > 0 {
                    covered_columns -= 1;
                    continue;
                }
                let symbol = self.buffer[(x, y)].symbol();
                covered_columns = fonds::text::width::display_width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            writeln!(text, "{}", line.trim_end()).expect("a string takes all");
        }
        text
    }

    /// The styles on the screen: row, columns and style of every run of cells that is not plain.
    pub(crate) fn styles(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let style = |x: u16| {
                    let cell = &self.buffer[(x, y)];
                    (cell.fg, cell.bg, cell.modifier)
                };
                let start = x;
                while x < area.width && style(x) == style(start) {
                    x += 1;
                }
                let (fg, bg, modifier) = style(start);
                let plain =
                    (ratatui::style::Color::Reset, ratatui::style::Color::Reset, Modifier::empty());
                if style(start) != plain {
                    writeln!(text, "{y:>2} {start}..{x} {fg} on {bg} {modifier:?}")
                        .expect("a string takes all");
                }
            }
        }
        text
    }

    /// The positions of the records on the page, in order.
    pub(crate) fn positions(&self) -> Vec<u64> {
        self.app.workspace.panes.list.rows.iter().filter_map(|row| row.record.position).collect()
    }

    /// The position of the selected record.
    pub(crate) fn selected(&self) -> Option<u64> {
        self.app.workspace.panes.list.selected().and_then(|row| row.record.position)
    }
}
