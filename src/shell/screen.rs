//! Opening the screen: the loading, the searching and the terminal around the event loop.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crossterm::style::force_color_output;

use super::again::Sources;
use super::args::{ScreenOptions, Selection, ThemeChoice};
use super::commands::{Outcome, list};
use super::keeper::Keeper;
use super::ledger::Shelf;
use super::load::Input;
use super::outside::Live;
use super::run::{Ending, Event, run};
use super::search::SearchThread;
use super::session::Session;
use super::terminal::{self, LiveScreen};
use super::{events, files, load, order, tell, tell_problems};
use crate::app::action::{Action, Arrival};
use crate::app::keymap::Keymap;
use crate::app::{App, Opening};
use crate::ui::theme::{Theme, ThemeName};

/// How long the first drawing waits for the files: what is read by then is on the first frame, and
/// a file that cannot be read is told without opening the screen at all.
const PATIENCE: Duration = Duration::from_millis(25);

/// Opens the screen and runs until the reader quits or something ends it.
pub(super) fn open(selection: &Selection, options: &ScreenOptions) -> anyhow::Result<Outcome> {
    show(selection, options, false)
}

/// Opens the screen and prints the records that the reader picks.
pub(super) fn pick(selection: &Selection, options: &ScreenOptions) -> anyhow::Result<Outcome> {
    show(selection, options, true)
}

fn show(selection: &Selection, options: &ScreenOptions, picking: bool) -> anyhow::Result<Outcome> {
    let format = load::format(selection.format.as_deref())?;
    if selection.files.iter().any(|file| files::is_standard(file)) && io::stdin().is_terminal() {
        anyhow::bail!("standard input is this terminal: pipe a page into it (pbpaste | fonds -)");
    }
    let inputs = load::inputs(&selection.files);
    let opening = Opening {
        name: load::name_of(&inputs),
        files: selection.files.iter().map(|file| file.display().to_string()).collect(),
        page_size: options.page_size.map(usize::from),
        picking,
        ..beginning(selection, options, &inputs)
    };
    let theme = Theme::built_in(theme_name(options.theme))?;
    if options.theme.is_some() {
        // Else the terminal library leaves them out where the environment wants none.
        force_color_output(true);
    }
    let mut app = App::new(opening, Keymap::built_in()?);
    terminal::give_back_before_panics();
    let (sender, receiver) = channel();
    load::start(inputs.clone(), format, sender.clone());
    let first = first_events(&receiver);
    if let Some(outcome) = nothing_to_show(&first) {
        return Ok(outcome);
    }
    let sources = Sources { inputs: inputs.clone(), format, events: sender.clone() };
    sources.watch(options.watch);
    let mut outside = Live::new(
        SearchThread::start(sender.clone()),
        Keeper::start(Shelf::of(options.marks.as_deref()), sender.clone()),
        sources,
    );
    events::watch_signals(&sender)?;
    let mut screen = LiveScreen::take(theme, !options.no_mouse)?;
    events::watch_terminal(&sender);
    let opened = std::iter::once(std::iter::once(events::resized()).chain(first).collect());
    if options.force_panic {
        break_down();
    }
    let ending = run(&mut app, opened.chain(events::batches(&receiver)), &mut outside, &mut screen);
    // All is written before the terminal is given back: what is typed after that is the shell's.
    let kept = match ending {
        Ok(Ending::Quit | Ending::Picked(_)) => Session::of(&app).write(&inputs),
        _ => Ok(()),
    };
    drop(outside);
    drop(screen);
    if let Err(error) = kept {
        // What was asked for is done all the same.
        tell(&format!("fonds: where you were is not kept: {error:#}"));
    }
    let ending = ending?;
    let picked = matches!(ending, Ending::Picked(_));
    if let Ending::Picked(records) = &ending {
        let mut output = io::BufWriter::new(io::stdout().lock());
        list::print(&app.store, records, &mut output)?;
        output.flush()?;
    }
    Ok(match told(ending) {
        Outcome::Done if picking && !picked => Outcome::Signal(2),
        outcome => outcome,
    })
}

/// How the screen begins: as the arguments ask, else where the reader was the last time.
fn beginning(selection: &Selection, options: &ScreenOptions, inputs: &[Input]) -> Opening {
    // Which names the records have is not known yet: they only matter to terms of fields.
    let order = order(selection, &[]);
    if options.fresh || !selection.filter.is_empty() || order.is_some() || options.select.is_some()
    {
        let (filter, select) = (selection.filter.clone(), options.select.clone());
        return Opening { filter, order, select, ..Opening::default() };
    }
    let last = Session::read(inputs);
    let (order, detail_hidden) = (last.order(), last.detail_hidden);
    Opening { filter: last.filter, order, select: last.record, detail_hidden, ..Opening::default() }
}

/// What the files gave within the first moments.
fn first_events(receiver: &Receiver<Event>) -> Vec<Event> {
    let until = Instant::now() + PATIENCE;
    let mut events = Vec::new();
    while let Ok(event) = receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
        let arrived = matches!(&event, Event::Action(Action::Arrived(arrival))
            if arrival.progress.is_none() || !arrival.store.is_empty());
        events.push(event);
        if arrived {
            break;
        }
    }
    events
}

/// Where all that was read are faults, they are told instead of opening the screen.
fn nothing_to_show(events: &[Event]) -> Option<Outcome> {
    let mut told = Vec::new();
    for event in events {
        if let Event::Action(Action::Arrived(Arrival { store, problems, progress })) = event {
            told.extend(problems.iter().cloned());
            if progress.is_none() && store.is_empty() && super::has_faults(&told) {
                tell_problems(&told);
                return Some(Outcome::Faulty);
            }
        }
    }
    None
}

/// The theme that was asked for, else one without colours where the reader's environment says so: an
/// option goes before the environment (<https://no-color.org>).
fn theme_name(choice: Option<ThemeChoice>) -> ThemeName {
    let no_color = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match choice {
        Some(ThemeChoice::Light) => ThemeName::Light,
        Some(ThemeChoice::Mono) => ThemeName::Mono,
        None if no_color() => ThemeName::Mono,
        Some(ThemeChoice::Dark) | None => ThemeName::Dark,
    }
}

/// Says why the loop ended, where the reader does not know.
fn told(ending: Ending) -> Outcome {
    match ending {
        Ending::Quit | Ending::Picked(_) => Outcome::Done,
        Ending::Signal(number) => Outcome::Signal(u8::try_from(number).unwrap_or(0)),
        Ending::TerminalLost(why) => {
            tell(&format!("fonds: {why}"));
            Outcome::Faulty
        }
        Ending::NothingRead(problems) => {
            tell_problems(&problems);
            Outcome::Faulty
        }
    }
}

/// Breaks down as a mistake in the program would.
fn break_down() {
    let nothing: Option<io::Error> = None;
    assert!(nothing.is_some(), "asked to break down");
}
