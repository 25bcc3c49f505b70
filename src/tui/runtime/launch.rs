//! Opening the screen: the loading, the searching and the terminal around the event loop.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crossterm::style::force_color_output;

use super::effect_runner::Live;
use super::event_loop::{Ending, Event, run};
use super::export_worker::Exporter;
use super::input;
use super::input::Gate;
use super::load_worker;
use super::marks_worker::Keeper;
use super::reload::Sources;
use super::search_worker::SearchThread;
use super::terminal;
use super::terminal::{LiveScreen, Look};
use crate::cli::args::{ScreenOptions, Selection, ThemeArg};
use crate::cli::exit_code::Outcome;
use crate::cli::read_options::options as read_options;
use crate::cli::requested_rows::placed;
use crate::cli::{export, list};
use crate::cli::{order, tell, tell_problems};
use crate::formats::cite::Style;
use crate::formats::write::{Format, Set};
use crate::load::Arrival;
use crate::load::Input;
use crate::store::{RecordSet, Store};
use crate::tui::action::Action;
use crate::tui::app::{App, Opening};
use crate::tui::key_map::Keymap;
use crate::tui::overlays::picker::state::Offer;
use crate::tui::theme::{Theme, ThemeName};
use crate::userdata::marks_file::Shelf;
use crate::userdata::session::Session;
use crate::userdata::settings::{HyperlinkMode, Settings};
use crate::{files, load};

/// How long the first drawing waits for the files: what is read by then is on the first frame, and
/// a file that cannot be read is told without opening the screen at all.
const PATIENCE: Duration = Duration::from_millis(25);

/// How long it waits for files that are surely read in a moment, unless the machine has no time for it.
const PATIENCE_WITH_SMALL: Duration = Duration::from_secs(2);

/// Opens the screen and runs until the reader quits or something ends it.
pub(crate) fn open(selection: &Selection, options: &ScreenOptions) -> anyhow::Result<Outcome> {
    show(selection, options, None)
}

/// Opens the screen and prints the records that the reader picks, in the format of this name.
pub(crate) fn pick(
    selection: &Selection,
    options: &ScreenOptions,
    format: Option<&str>,
) -> anyhow::Result<Outcome> {
    let format = format.map(|name| export::format(Some(name), None)).transpose()?;
    show(selection, options, Some(Picking { format }))
}

/// How picked records are printed.
#[derive(Clone, Copy)]
struct Picking {
    /// The format; without one it is a line a record.
    format: Option<Format>,
}

/// What the screen is opened with.
fn opening(
    selection: &Selection,
    options: &ScreenOptions,
    settings: &Settings,
    inputs: &[Input],
) -> anyhow::Result<Opening> {
    let named = options.style.as_deref().map(export::style).transpose()?;
    let style = named.or(settings.style).unwrap_or_default();
    Ok(Opening {
        name: load::name_of(inputs),
        files: selection.files.iter().map(|file| file.display().to_string()).collect(),
        reading_words: reading_words(selection, options),
        page_size: options.page_size.or(settings.page_size).map(usize::from),
        styles: Style::all().map(style_offer).collect(),
        style: style.name().to_owned(),
        formats: Format::all().map(format_offer).collect(),
        ..beginning(selection, options, inputs)
    })
}

/// Opens the screen; where records are to be picked, they are printed.
fn show(
    selection: &Selection,
    options: &ScreenOptions,
    picking: Option<Picking>,
) -> anyhow::Result<Outcome> {
    let reading = read_options(&selection.reading)?;
    if selection.files.iter().any(|file| files::is_standard(file)) && io::stdin().is_terminal() {
        anyhow::bail!("standard input is this terminal: pipe a page into it (pbpaste | fonds -)");
    }
    let inputs = load::inputs(&selection.files);
    let (settings, problems) = Settings::read();
    let opening = Opening {
        picking: picking.is_some(),
        apart: selection.apart,
        problems,
        ..opening(selection, options, &settings, &inputs)?
    };
    let theme = Theme::built_in(theme_name(options.theme, settings.theme))?;
    if options.theme.is_some() || settings.theme.is_some() {
        // Else the terminal library leaves them out where the environment wants none.
        force_color_output(true);
    }
    let mut app = App::new(opening, Keymap::built_in()?);
    terminal::give_back_before_panics();
    let (sender, receiver) = channel();
    load_worker::start(inputs.clone(), reading.clone(), sender.clone());
    let first = first_events(&receiver, &inputs);
    if let Some(outcome) = nothing_to_show(&first) {
        return Ok(outcome);
    }
    let sources = Sources { inputs: inputs.clone(), options: reading, events: sender.clone() };
    sources.watch(options.watch);
    let gate = Gate::default();
    let mut outside = Live::new(
        SearchThread::start(sender.clone()),
        Keeper::start(Shelf::of(options.marks.as_deref()), sender.clone()),
        Exporter::new(sender.clone()),
        gate.clone(),
        sources,
    );
    input::watch_signals(&sender)?;
    let mut screen = LiveScreen::take(Look {
        theme,
        mouse: !options.no_mouse && settings.mouse.unwrap_or(true),
        links: options
            .links
            .map(HyperlinkMode::from)
            .or(settings.links)
            .unwrap_or_default()
            .are_written(),
    })?;
    input::watch_terminal(&sender, &gate);
    let opened = std::iter::once(std::iter::once(input::resized()).chain(first).collect());
    if options.force_panic {
        break_down();
    }
    let ending = run(&mut app, opened.chain(input::batches(&receiver)), &mut outside, &mut screen);
    // All is written before the terminal is given back: what is typed after that is the shell's.
    let kept = match ending {
        Ok(Ending::Quit | Ending::Picked(_)) => {
            session(&app).write(load::identity(&inputs).as_deref())
        }
        _ => Ok(()),
    };
    drop(outside);
    drop(screen);
    if let Err(error) = kept {
        // What was asked for is done all the same.
        tell(&format!("fonds: where you were is not kept: {error:#}"));
    }
    match ending? {
        Ending::Picked(records) => print_picked(&app.store, &records, picking),
        Ending::Quit if picking.is_some() => Ok(Outcome::Signal(2)),
        ending => Ok(told(ending)),
    }
}

/// Prints what was picked: a line a record, or in the format that was named.
fn print_picked(
    store: &Store,
    records: &RecordSet,
    picking: Option<Picking>,
) -> anyhow::Result<Outcome> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    match picking.and_then(|picking| picking.format) {
        Some(format) => {
            export::fits(format, store.sources())?;
            let set = Set { archives: store.sources(), records: &mut placed(store, records) };
            format.write(&mut output, set)?;
        }
        None => list::print(store, records, &mut output)?,
    }
    output.flush()?;
    Ok(Outcome::Done)
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
    let last = Session::read(load::identity(inputs).as_deref());
    let (order, detail_hidden) = (last.order(), last.detail_hidden);
    Opening { filter: last.filter, order, select: last.record, detail_hidden, ..Opening::default() }
}

/// What the screen shows now, to be kept for the next run.
fn session(app: &App) -> Session {
    let order = app.list.chosen;
    Session {
        filter: app.bar.text().to_owned(),
        order: order.map(|order| order.by),
        reversed: order.is_some_and(|order| order.reversed),
        record: app.selected_key(),
        detail_hidden: app.is_detail_hidden(),
    }
}

/// The options that decide which records there are and which are marked, as they were given.
fn reading_words(selection: &Selection, options: &ScreenOptions) -> Vec<String> {
    let reading = &selection.reading;
    let marks = options.marks.as_ref().map(|file| file.display().to_string());
    let one = [("--from", &reading.format), ("--encoding", &reading.encoding), ("--marks", &marks)];
    let one = one.into_iter().filter_map(|(option, value)| Some((option, value.clone()?)));
    let columns = reading.columns.iter().map(|columns| ("--map", columns.clone()));
    one.chain(columns).flat_map(|(option, value)| [option.to_owned(), value]).collect()
}

/// A style, to be chosen.
fn style_offer(style: Style) -> Offer {
    let (name, says) = (style.name().to_owned(), style.description().to_owned());
    Offer { name, says, ending: String::new() }
}

/// A format, to be chosen.
fn format_offer(format: Format) -> Offer {
    let (name, says) = (format.name().to_owned(), format.description().to_owned());
    let ending = format.endings().first().map_or_else(String::new, |&it| it.to_owned());
    Offer { name, says, ending }
}

/// What the files gave within the first moments.
fn first_events(receiver: &Receiver<Event>, inputs: &[Input]) -> Vec<Event> {
    let is_small = inputs.iter().all(Input::is_small);
    let until = Instant::now() + if is_small { PATIENCE_WITH_SMALL } else { PATIENCE };
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
            if progress.is_none() && store.is_empty() && crate::cli::has_faults(&told) {
                tell_problems(&told);
                return Some(Outcome::Faulty);
            }
        }
    }
    None
}

/// The theme that was asked for or set, else one without colours where the reader's environment says
/// so: options and settings go before the environment (<https://no-color.org>).
fn theme_name(choice: Option<ThemeArg>, set: Option<ThemeName>) -> ThemeName {
    let no_color = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match choice {
        Some(choice) => choice.into(),
        None if set.is_none() && no_color() => ThemeName::Mono,
        None => set.unwrap_or_default(),
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
