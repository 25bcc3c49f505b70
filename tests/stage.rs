//! The production loop on a stage: scripted keys instead of a terminal, a desk that answers at once.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use fonds::formats::read::Options;
use fonds::load;
use fonds::load::Input;
use fonds::load::{Arrival, Progress};
use fonds::query::Question;
use fonds::record::Problem;
use fonds::store::Searcher;
use fonds::store::{Change, Store};
use fonds::tui::action::Action;
use fonds::tui::app::copy::{Copying, Part};
use fonds::tui::app::export::{Export, Writing};
use fonds::tui::app::{App, Opening};
use fonds::tui::key::Key;
use fonds::tui::key_map::Keymap;
use fonds::tui::layout::Size;
use fonds::tui::runtime::event_loop::{Copied, Ending, Event, Outside, Screen, run};
use fonds::tui::runtime::excerpt_worker;
use fonds::tui::runtime::reload;
use fonds::tui::theme::{Theme, ThemeName};
use fonds::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

/// A desk that answers at once, so that a script is deterministic.
#[derive(Default)]
struct AtOnce(Searcher, Vec<Input>);

impl Outside for AtOnce {
    fn search(&mut self, generation: u64, question: Question, store: Store) -> Option<Action> {
        let answer = self.0.answer(&store, &question, &|| false).expect("nobody stops it");
        Some(Action::Answered(generation, Box::new(answer)))
    }

    fn keep(&mut self, count: u64, change: Change, store: Store) -> Option<Action> {
        let _ = (count, change, store);
        None
    }

    fn seek(&mut self, key: String, store: Store) -> Option<Action> {
        let record = store.known_as(&key);
        Some(Action::Sought(key, record))
    }

    fn read_again(&mut self, before: Store) -> Option<Action> {
        Some(Action::ReadAgain(reload::read(&self.1, &Options::default(), &before)))
    }

    fn look_up(&mut self, problem: Problem) -> Option<Action> {
        Some(Action::Looked(excerpt_worker::read(&problem)))
    }

    fn copy(&mut self, copying: &Copying) -> Copied {
        copied(copying)
    }

    fn edit(&mut self, text: &str) -> Result<String, String> {
        Ok(format!("{text} and\nmore\n"))
    }

    fn export(&mut self, export: Export) -> Option<Action> {
        Some(exported(export))
    }

    fn stop_export(&mut self) -> Option<Action> {
        Some(Action::Exported { said: "stopped".to_owned(), written: false })
    }

    fn open(&mut self, address: &str) -> Copied {
        Copied { bytes: Vec::new(), said: format!("open {address}") }
    }
}

/// A desk that answers only when all keys are in: the slowest search there can be.
#[derive(Clone, Default)]
struct AtLast(Rc<RefCell<Vec<(u64, Question, Store)>>>);

impl Outside for AtLast {
    fn search(&mut self, generation: u64, question: Question, store: Store) -> Option<Action> {
        self.0.borrow_mut().push((generation, question, store));
        None
    }

    fn keep(&mut self, count: u64, change: Change, store: Store) -> Option<Action> {
        let _ = (count, change, store);
        None
    }

    fn seek(&mut self, key: String, store: Store) -> Option<Action> {
        let record = store.known_as(&key);
        Some(Action::Sought(key, record))
    }

    fn copy(&mut self, copying: &Copying) -> Copied {
        copied(copying)
    }

    fn export(&mut self, export: Export) -> Option<Action> {
        Some(exported(export))
    }

    fn stop_export(&mut self) -> Option<Action> {
        Some(Action::Exported { said: "stopped".to_owned(), written: false })
    }

    fn open(&mut self, address: &str) -> Copied {
        Copied { bytes: Vec::new(), said: format!("open {address}") }
    }
}

impl AtLast {
    /// The answers, one after the other, while there are questions; also to those of long ago.
    fn answers(self) -> impl Iterator<Item = Vec<Event>> {
        let mut desk = Searcher::default();
        std::iter::from_fn(move || {
            let (generation, question, store) = self.0.borrow_mut().pop()?;
            let answer = desk.answer(&store, &question, &|| false).expect("nobody stops it");
            Some(vec![Event::Action(Action::Answered(generation, Box::new(answer)))])
        })
    }
}

/// Says what would be copied.
fn copied(copying: &Copying) -> Copied {
    let said = match copying {
        Copying::Records { part: Part::Citation, style, records, .. } if !style.is_empty() => {
            format!("copy Citation of {} in {style}", records.len())
        }
        Copying::Records { part, records, .. } => format!("copy {part:?} of {}", records.len()),
        Copying::CommandLine(line) => format!("copy {line}"),
    };
    Copied { bytes: b"copied".to_vec(), said }
}

/// Says what would be exported; there is always a file `old.ris` already, and `large.ris` is never
/// whole.
fn exported(export: Export) -> Action {
    if export.file == "old.ris" && !export.replace {
        return Action::Exists(Box::new(export));
    }
    let Export { filter, format, file, replace, .. } = export;
    if file == "large.ris" {
        return Action::Writing(Writing { file, written: 7, total: 9 });
    }
    let said = format!("export “{filter}” as {format} to {file}, replace: {replace}");
    Action::Exported { said, written: true }
}

/// A screen on paper.
struct Paper {
    terminal: Terminal<TestBackend>,
    theme: Theme,
    suspended: usize,
    told: Vec<u8>,
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

    fn tell(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.told.extend_from_slice(bytes);
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

/// What came of a script.
pub(crate) struct Played {
    /// The state at the end.
    pub(crate) app: App,
    /// Why it ended: [`Ending::Quit`] also where the script was over.
    pub(crate) ending: Ending,
    /// The last drawing.
    pub(crate) buffer: Buffer,
}

/// What is on the stage before the first key.
pub(crate) struct Stage {
    /// The records, and what went wrong reading them.
    pub(crate) read: (Store, Vec<Problem>),
    pub(crate) opening: Opening,
    pub(crate) theme: ThemeName,
    pub(crate) width: u16,
    pub(crate) height: u16,
}

impl Stage {
    /// The ten records that are built in, on a screen of this size.
    pub(crate) fn of_ten(width: u16, height: u16) -> Stage {
        Stage::of(&[Input::BuiltIn], width, height)
    }

    /// What these files hold, on a screen of this size.
    pub(crate) fn of(inputs: &[Input], width: u16, height: u16) -> Stage {
        let read = load::read_all(inputs, &Options::default());
        let opening = Opening { name: "archive.toml".to_owned(), ..Opening::default() };
        Stage { read, opening, theme: ThemeName::Dark, width, height }
    }

    /// Plays a script of keys: `/soong<enter>jj`, names of keys in angle brackets, `<80x24>` is a
    /// new size, `<paste:text>` a paste, `<click:x,y>` a click.
    pub(crate) fn play(&self, script: &str) -> Played {
        let files = self.opening.files.iter().map(|file| Input::File(file.into()));
        let mut desk = AtOnce(Searcher::default(), files.collect());
        self.run(self.script(script), &mut desk)
    }

    /// Plays a script to its end before any question is answered.
    pub(crate) fn play_before_answers(&self, script: &str) -> Played {
        let mut desk = AtLast::default();
        let answers = desk.clone().answers();
        self.run(self.script(script).chain(answers), &mut desk)
    }

    /// Plays a script while the records arrive: `arrivals` are the keys before which one more batch
    /// comes in; what is left comes after the last key. `resizes` are keys before which the screen
    /// takes another size; in the end it has its own again.
    pub(crate) fn play_while_loading(
        &self,
        script: &str,
        size: usize,
        arrivals: &[usize],
        resizes: &[(usize, Size)],
    ) -> Played {
        let screen = Size { width: self.width, height: self.height };
        let snapshots = crate::loading::snapshots(&self.read.0, size);
        let mut coming = snapshots.into_iter().peekable();
        let mut events = vec![Event::Action(Action::Resize(screen))];
        let mut arrive = |events: &mut Vec<Event>| {
            let Some(store) = coming.next() else { return false };
            let progress = coming.peek().is_some().then_some(Progress { read: 1, total: Some(2) });
            let arrival = Arrival { store, problems: Vec::new(), progress };
            events.push(Event::Action(Action::Arrived(arrival)));
            true
        };
        for (at, key) in keys(script).into_iter().enumerate() {
            for _ in arrivals.iter().filter(|arrival| **arrival == at) {
                arrive(&mut events);
            }
            for (_, size) in resizes.iter().filter(|(before, _)| *before == at) {
                events.push(Event::Action(Action::Resize(*size)));
            }
            events.push(key);
        }
        events.push(Event::Action(Action::Resize(screen)));
        while arrive(&mut events) {}
        self.run(events.into_iter().map(|event| vec![event]), &mut AtOnce::default())
    }

    fn script(&self, script: &str) -> impl Iterator<Item = Vec<Event>> + use<> {
        let size = Size { width: self.width, height: self.height };
        let (store, problems) = self.read.clone();
        let arrival = Arrival { store, problems, progress: None };
        let opening =
            [Event::Action(Action::Resize(size)), Event::Action(Action::Arrived(arrival))];
        opening.into_iter().chain(keys(script)).map(|event| vec![event])
    }

    fn run(&self, events: impl Iterator<Item = Vec<Event>>, desk: &mut dyn Outside) -> Played {
        let mut app = App::new(self.opening.clone(), Keymap::built_in().expect("a sound table"));
        let backend = TestBackend::new(self.width, self.height);
        let terminal = Terminal::new(backend).expect("paper");
        let theme = Theme::built_in(self.theme).expect("a sound theme");
        let mut paper = Paper { terminal, theme, suspended: 0, told: Vec::new() };
        let ending = run(&mut app, events, desk, &mut paper).expect("paper lasts");
        Played { app, ending, buffer: paper.terminal.backend().buffer().clone() }
    }
}

/// The events of a script.
pub(crate) fn keys(script: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = script;
    while let Some(letter) = rest.chars().next() {
        let inside = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let (event, after) = match inside {
            Some((name, after)) if !name.is_empty() => (named(name), after),
            _ => (typed(letter), &rest[letter.len_utf8()..]),
        };
        events.push(event);
        rest = after;
    }
    events
}

fn typed(letter: char) -> Event {
    let space = Key::named("space").expect("space is a key");
    Event::Key(if letter == ' ' { space } else { Key::char(letter) })
}

fn named(name: &str) -> Event {
    let two = |text: &str, sign: char| -> Option<(u16, u16)> {
        let (one, other) = text.split_once(sign)?;
        Some((one.parse().ok()?, other.parse().ok()?))
    };
    if let Some((width, height)) = two(name, 'x') {
        return Event::Action(Action::Resize(Size { width, height }));
    }
    if let Some(text) = name.strip_prefix("paste:") {
        return Event::Action(Action::Paste(text.to_owned()));
    }
    if let Some((x, y)) = name.strip_prefix("click:").and_then(|at| two(at, ',')) {
        return Event::Action(Action::Click { x, y });
    }
    for (wheel, down) in [("wheel-down:", true), ("wheel-up:", false)] {
        if let Some((x, y)) = name.strip_prefix(wheel).and_then(|at| two(at, ',')) {
            return Event::Action(Action::Wheel { x, y, down });
        }
    }
    Event::Key(name.parse().expect("a key of the script"))
}

impl Played {
    /// The drawing as text, line by line, without the white space at the ends.
    pub(crate) fn text(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in 0..area.height {
            let mut line = String::new();
            let mut covered = 0;
            for x in 0..area.width {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = self.buffer[(x, y)].symbol();
                covered = fonds::text::width::columns(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            writeln!(text, "{}", line.trim_end()).expect("a string takes all");
        }
        text
    }

    /// The look of the drawing: row, columns and style of every run that is not plain.
    pub(crate) fn looks(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let look = |x: u16| {
                    let cell = &self.buffer[(x, y)];
                    (cell.fg, cell.bg, cell.modifier)
                };
                let from = x;
                while x < area.width && look(x) == look(from) {
                    x += 1;
                }
                let (fg, bg, modifier) = look(from);
                let plain =
                    (ratatui::style::Color::Reset, ratatui::style::Color::Reset, Modifier::empty());
                if look(from) != plain {
                    writeln!(text, "{y:>2} {from}..{x} {fg} on {bg} {modifier:?}")
                        .expect("as above");
                }
            }
        }
        text
    }

    /// The positions of the records on the page, in order.
    pub(crate) fn positions(&self) -> Vec<u64> {
        self.app.list.rows.iter().filter_map(|row| row.record.position).collect()
    }

    /// The position of the selected record.
    pub(crate) fn selected(&self) -> Option<u64> {
        self.app.list.selected().and_then(|row| row.record.position)
    }
}
