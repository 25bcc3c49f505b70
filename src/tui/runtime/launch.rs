//! Opens the screen: starts the workers, takes the terminal and runs the event loop.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crossterm::style::force_color_output;
use signal_hook::consts::SIGHUP;

use super::editor;
use super::effect_runner::EffectRunner;
use super::ending;
use super::event_loop::{Effects, Event, ExitReason, run};
use super::export_worker::ExportWorker;
use super::input;
use super::input::TerminalInputLock;
use super::last_saving;
use super::load_worker;
use super::marks_worker::{MarksAccess, MarksWorker};
use super::reload::Reloader;
use super::search_worker::SearchWorker;
use super::terminal;
use super::terminal::{ScreenOptions, TerminalScreen};
use super::terminal_kind;
use crate::cli::archive_names::ArchiveNames;
use crate::cli::args::{QueryArgs, ScreenArgs};
use crate::cli::cite::parse_style;
use crate::cli::engine;
use crate::cli::exit_code::{Outcome, has_errors};
use crate::cli::output::{eprint_line, eprint_problems};
use crate::cli::pick::PickOutput;
use crate::cli::read_options;
use crate::cli::requested_rows::{in_order, requested_order};
use crate::files::cancel::report_unfinished;
use crate::files::waiting::Unfinished;
use crate::formats::cite::Style;
use crate::formats::write::Format;
use crate::load::Input;
use crate::query::{RecordSet, Summary};
use crate::tui::action::{Action, LoadedRecords};
use crate::tui::app::{App, StartOptions};
use crate::tui::effect::Effect;
use crate::tui::key_map::KeyMap;
use crate::tui::overlays::picker::state::PickerItem;
use crate::tui::theme::{Theme, ThemeName};
use crate::userdata::marks_file::MarksLocation;
use crate::userdata::session::Session;
use crate::userdata::settings::{HyperlinkMode, Settings};
use crate::{files, load};

/// How long the first frame waits for the files. Records read by then are on the first frame. If no
/// file can be read, the errors are printed and the screen does not open.
const FIRST_FRAME_WAIT: Duration = Duration::from_millis(25);

/// How long the first frame waits if all files are small. They are read in a moment, unless the
/// machine is very busy.
const FIRST_FRAME_WAIT_SMALL_FILES: Duration = Duration::from_secs(2);

/// Opens the screen and runs until the user quits or something else ends it.
pub(crate) fn open(query: &QueryArgs, screen_args: &ScreenArgs) -> anyhow::Result<Outcome> {
    open_screen(query, screen_args, None)
}

/// Opens the screen and prints the records that the user picks.
pub(crate) fn pick(
    query: &QueryArgs,
    screen_args: &ScreenArgs,
    output: PickOutput,
) -> anyhow::Result<Outcome> {
    // A pick begins with what its arguments ask for, not where the last session ended.
    let screen_args = ScreenArgs { no_restore: true, ..screen_args.clone() };
    open_screen(query, &screen_args, Some(output))
}

/// Returns the options that the application state starts with.
fn start_options(
    query: &QueryArgs,
    screen_args: &ScreenArgs,
    settings: &Settings,
    inputs: &[Input],
) -> anyhow::Result<StartOptions> {
    let requested = screen_args.style.as_deref().map(parse_style).transpose()?;
    let style =
        requested.or(settings.style.as_deref().and_then(Style::from_name)).unwrap_or_default();
    Ok(StartOptions {
        name: load::display_name(inputs),
        files: query.files.iter().map(|file| files::shell_word(file)).collect(),
        command_line_options: record_options(query, screen_args),
        page_size: screen_args.page_size.or(settings.page_size).map(usize::from),
        columns: match screen_args.columns.as_slice() {
            [] => settings.columns.clone().unwrap_or_default(),
            names => names.to_vec(),
        },
        citation_styles: Style::all().map(style_choice).collect(),
        citation_style: style.name().to_owned(),
        formats: Format::all().map(format_choice).collect(),
        ..initial_view(query, screen_args, inputs)
    })
}

/// Returns the options of the screen, from the arguments and the settings.
fn screen_options(screen_args: &ScreenArgs, settings: &Settings) -> anyhow::Result<ScreenOptions> {
    if screen_args.theme.is_some() || settings.theme.is_some() {
        // Otherwise the terminal library omits colours if NO_COLOR is set.
        force_color_output(true);
    }
    let links = screen_args.links.map(HyperlinkMode::from).or(settings.links).unwrap_or_default();
    Ok(ScreenOptions {
        theme: Theme::built_in(theme_name(screen_args.theme, settings.theme))?,
        mouse: !screen_args.no_mouse && settings.mouse.unwrap_or(true),
        links: links.is_enabled(),
        has_colours: terminal_kind::has_colours(),
    })
}

/// Opens the screen and runs the event loop. Picked records are printed to `pick_output`.
fn open_screen(
    query: &QueryArgs,
    screen_args: &ScreenArgs,
    pick_output: Option<PickOutput>,
) -> anyhow::Result<Outcome> {
    let read_options = read_options::from_args(&query.read_args)?;
    // A wrong address is told before the screen opens.
    let address = engine::address_of_arguments(&query.files, &query.read_args)?;
    if address.is_some() && screen_args.watch {
        anyhow::bail!("--watch is for files: it does not work with a search engine yet");
    }
    if query.files.iter().any(|file| files::is_standard(file)) && io::stdin().is_terminal() {
        anyhow::bail!("standard input is this terminal: pipe a page into it (pbpaste | fonds -)");
    }
    let inputs = query.inputs();
    let (settings, problems) = Settings::load(&Style::names());
    let start_options = StartOptions {
        picking: pick_output.is_some(),
        keep_duplicates: query.keep_duplicates,
        problems,
        ..start_options(query, screen_args, &settings, &inputs)?
    };
    let screen_options = screen_options(screen_args, &settings)?;
    let mut app = App::new(start_options, KeyMap::built_in()?);
    let (sender, receiver) = channel();
    let panic_events = sender.clone();
    terminal::restore_on_panic(Box::new(move |message| {
        // Sending fails only after the user has quit.
        let _ = panic_events.send(Event::Action(Action::WorkerFailed(message)));
    }));
    load_worker::start(inputs.clone(), read_options.clone(), sender.clone());
    let first = first_events(&receiver, &inputs);
    if let Some(outcome) = report_if_nothing_read(&first) {
        return Ok(outcome);
    }
    let reloader =
        Reloader { inputs: inputs.clone(), options: read_options, events: sender.clone() };
    if screen_args.watch {
        reloader.watch();
    }
    let input_lock = TerminalInputLock::default();
    let mut effects = EffectRunner::new(
        SearchWorker::start(sender.clone()),
        marks_worker(screen_args, pick_output.is_some(), &sender),
        ExportWorker::new(sender.clone()),
        input_lock.clone(),
        reloader,
        ArchiveNames::load(&query.archive_args),
    );
    input::watch_signals(&sender)?;
    let ready_events = sender.clone();
    let on_ready = Box::new(move || _ = ready_events.send(Event::TerminalReady));
    let mut screen = TerminalScreen::new(screen_options, on_ready)?;
    input::watch_terminal(&sender, &input_lock);
    let first_batch = std::iter::once(input::resize_event()).chain(first).collect();
    let batches = std::iter::once(first_batch).chain(input::event_batches(&receiver));
    match screen_args.force_panic.as_deref() {
        Some("worker") => _ = std::thread::spawn(panic_for_test),
        Some(_) => panic_for_test(),
        None => {}
    }
    let exit_reason = run(&mut app, batches, &mut effects, &mut screen);
    let opened = OpenedScreen { app, effects, screen, events: receiver, input_lock };
    finish(opened, exit_reason, &inputs, pick_output)
}

/// What is open until the program ends.
struct OpenedScreen {
    app: App,
    effects: EffectRunner,
    screen: TerminalScreen,
    events: Receiver<Event>,
    input_lock: TerminalInputLock,
}

/// Saves what is left, restores the terminal, and reports why the event loop ended.
fn finish(
    opened: OpenedScreen,
    exit_reason: anyhow::Result<ExitReason>,
    inputs: &[Input],
    pick_output: Option<PickOutput>,
) -> anyhow::Result<Outcome> {
    let OpenedScreen { mut app, mut effects, mut screen, events, input_lock } = opened;
    let exit_reason = match exit_reason {
        // Whether its signal, its end or a failed write comes first is chance.
        Ok(ExitReason::TerminalLost(_)) | Err(_) if input::is_hung_up() => {
            Ok(ExitReason::Signal(SIGHUP))
        }
        exit_reason => exit_reason,
    };
    if is_interrupted(&exit_reason) {
        keep_typed_note(&mut app, &mut effects);
    }
    // The workers finish before the terminal is restored: keys typed after that go to the shell.
    let saved_session = match exit_reason {
        Ok(ExitReason::Picked(_) | ExitReason::NothingRead(_)) => Ok(()),
        _ if pick_output.is_some() => Ok(()),
        _ => session(&app).save(session_key(inputs).as_deref()),
    };
    // Marks are saved before anything that may take long.
    let mut unsaved = last_saving::finish_marks(&mut effects, &mut app, &mut screen, &events);
    if unsaved.is_empty() {
        editor::forget_interrupted_note();
    }
    effects.finish_copies(ending::step_limit());
    take_last_events(&events, &mut app, &mut screen);
    let stopped_file = effects.finish_export(ending::step_limit());
    let names = effects.archive_names().clone();
    input_lock.keep();
    drop(screen);
    unsaved.extend(app.failure.clone());
    report_unsaved(&unsaved, saved_session.err());
    report_stopped(stopped_file.as_deref());
    match (exit_reason?, pick_output) {
        (ExitReason::Signal(number), _) => Ok(report_exit(ExitReason::Signal(number))),
        _ if !unsaved.is_empty() || stopped_file.is_some() => Ok(Outcome::Failure),
        (ExitReason::Picked(records), Some(output)) => print_picked(&app, &records, output, &names),
        (ExitReason::Quit, Some(_)) => Ok(Outcome::Signal(2)),
        (exit_reason, _) => Ok(report_exit(exit_reason)),
    }
}

/// Prints which files were not written, also one whose export the end of the program stopped.
fn report_stopped(file: Option<&str>) {
    match file {
        Some(file) if Unfinished::list().is_empty() => {
            eprint_line(&format!("fonds: stopped before {file} was written"));
        }
        _ => report_unfinished(eprint_line),
    }
}

/// Whether something else than the user ended the event loop.
fn is_interrupted(exit_reason: &anyhow::Result<ExitReason>) -> bool {
    !matches!(
        exit_reason,
        Ok(ExitReason::Quit | ExitReason::Picked(_) | ExitReason::NothingRead(_))
    )
}

/// Saves the note that the user was writing when the program was interrupted.
fn keep_typed_note(app: &mut App, effects: &mut EffectRunner) {
    for effect in app.keep_typed_note() {
        if let Effect::SaveMarks(request) = effect {
            effects.save_marks(request);
        }
    }
}

/// Passes on the texts that the terminal is to copy, and learns of workers that failed at the end.
fn take_last_events(events: &Receiver<Event>, app: &mut App, screen: &mut TerminalScreen) {
    for event in events.try_iter() {
        last_saving::take_late_event(event, app, screen);
    }
}

/// Prints the picked records in the order of the screen.
fn print_picked(
    app: &App,
    records: &RecordSet,
    output: PickOutput,
    archive_names: &ArchiveNames,
) -> anyhow::Result<Outcome> {
    let (filter, order) =
        (app.workspace.panes.filter_bar.text(), app.workspace.panes.list.sort_override);
    let rows = in_order(&*app.workspace.records.backend, records, filter, order)?;
    output.print(&*app.workspace.records.backend, rows, archive_names)
}

/// Starts the marks worker. While records are picked it writes nothing.
fn marks_worker(screen_args: &ScreenArgs, is_picking: bool, events: &Sender<Event>) -> MarksWorker {
    let location = MarksLocation::new(screen_args.marks.as_deref());
    let access = if is_picking { MarksAccess::ReadOnly } else { MarksAccess::ReadWrite };
    MarksWorker::start(location, access, events.clone())
}

/// Prints what could not be saved, and where the rest of it is. Without its session the program still did
/// its work, so that changes no exit code.
fn report_unsaved(marks: &[String], session: Option<anyhow::Error>) {
    for message in marks {
        eprint_line(&format!("fonds: {message}"));
    }
    if let Some(error) = session {
        eprint_line(&format!("fonds: the session is not saved: {error:#}"));
    }
}

/// Returns the view to start with: the one that the arguments ask for, else that of the last
/// session.
fn initial_view(query: &QueryArgs, screen_args: &ScreenArgs, inputs: &[Input]) -> StartOptions {
    // The own fields of the records are not known yet. They only matter for terms that name one.
    let order = requested_order(query, &[]);
    let is_requested = screen_args.no_restore
        || !query.filter.is_empty()
        || order.is_some()
        || screen_args.select.is_some();
    if is_requested {
        let (filter, select) = (query.filter.clone(), screen_args.select.clone());
        return StartOptions { filter, order, select, ..StartOptions::default() };
    }
    let last = Session::load(session_key(inputs).as_deref());
    let (order, detail_hidden) = (last.order(), last.detail_hidden);
    let (filter, select) = (last.filter, last.record);
    StartOptions { filter, order, select, detail_hidden, ..StartOptions::default() }
}

/// Returns a text that identifies what is open in later runs: the address of an index, or the files.
fn session_key(inputs: &[Input]) -> Option<String> {
    match engine::address_of_inputs(inputs) {
        Ok(Some(address)) => Some(address.to_string()),
        _ => load::identity(inputs),
    }
}

/// Returns the session to save: the current filter, order and selected record.
fn session(app: &App) -> Session {
    let order = app.workspace.panes.list.sort_override;
    Session {
        filter: app.workspace.panes.filter_bar.text().to_owned(),
        order: order.map(|order| order.by),
        reversed: order.is_some_and(|order| order.reversed),
        record: app.workspace.panes.list.selected_key(),
        detail_hidden: app.workspace.panes.detail_hidden,
    }
}

/// Returns the given options that decide which records there are, how they are shown and cited, and which are marked, as
/// quoted words of a shell command.
fn record_options(query: &QueryArgs, screen_args: &ScreenArgs) -> Vec<String> {
    let read_args = &query.read_args;
    let archive_args = &query.archive_args;
    let single = [
        ("--archive-title", &archive_args.archive_title),
        ("--archive-url", &archive_args.archive_url),
        ("--input-format", &read_args.input_format),
        ("--encoding", &read_args.encoding),
        ("--records", &read_args.records),
    ];
    let single = single.into_iter().filter_map(|(option, value)| Some((option, value.clone()?)));
    let columns =
        read_args.input_columns.iter().map(|columns| ("--input-columns", columns.clone()));
    let shown = screen_args.columns.join(",");
    let shown = (!shown.is_empty()).then_some(("--columns", shown));
    let texts = single
        .chain(columns)
        .chain(shown)
        .map(|(option, value)| (option, files::shell_word(value.as_ref())));
    let marks = screen_args.marks.as_ref().map(|file| ("--marks", files::shell_word(file)));
    texts.chain(marks).flat_map(|(option, word)| [option.to_owned(), word]).collect()
}

/// Returns the picker item of a citation style.
fn style_choice(style: Style) -> PickerItem {
    let (name, description) = (style.name().to_owned(), style.description().to_owned());
    PickerItem { name, description, extension: String::new() }
}

/// Returns the picker item of an export format.
fn format_choice(format: Format) -> PickerItem {
    let (name, description) = (format.name().to_owned(), format.description().to_owned());
    let extension = format.endings().first().map_or_else(String::new, |&it| it.to_owned());
    PickerItem { name, description, extension }
}

/// Returns the events up to the first records or the end of loading, but waits only a short time.
fn first_events(receiver: &Receiver<Event>, inputs: &[Input]) -> Vec<Event> {
    let is_remote = !matches!(engine::address_of_inputs(inputs), Ok(None));
    let is_small = !is_remote && inputs.iter().all(Input::is_small);
    let wait = if is_small { FIRST_FRAME_WAIT_SMALL_FILES } else { FIRST_FRAME_WAIT };
    let deadline = Instant::now() + wait;
    let mut events = Vec::new();
    while let Ok(event) = receiver.recv_timeout(deadline.saturating_duration_since(Instant::now()))
    {
        let has_records_or_is_complete = matches!(&event, Event::Action(Action::Loaded(update))
            if is_worth_showing(&update.backend.summary()));
        events.push(event);
        if has_records_or_is_complete {
            break;
        }
    }
    events
}

/// Whether there are records, or all files are read.
fn is_worth_showing(summary: &Summary) -> bool {
    summary.progress.is_none() || !summary.is_empty()
}

/// If loading has ended with errors and without records, prints the problems and returns the
/// outcome.
fn report_if_nothing_read(events: &[Event]) -> Option<Outcome> {
    let mut all_problems = Vec::new();
    for event in events {
        if let Event::Action(Action::Loaded(LoadedRecords { backend, problems })) = event {
            let summary = backend.summary();
            all_problems.extend(problems.iter().cloned());
            if summary.progress.is_none() && summary.is_empty() && has_errors(&all_problems) {
                eprint_problems(&all_problems);
                return Some(Outcome::Failure);
            }
        }
    }
    None
}

/// Returns the theme of the arguments or the settings, else one without colours if `NO_COLOR` is
/// set.
///
/// Arguments and settings override the environment (<https://no-color.org>).
fn theme_name(argument: Option<ThemeName>, setting: Option<ThemeName>) -> ThemeName {
    let no_color = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match argument {
        Some(theme) => theme,
        None if setting.is_none() && (no_color() || !terminal_kind::has_colours()) => {
            ThemeName::MONO
        }
        None => setting.unwrap_or_default(),
    }
}

/// Prints why the event loop ended, unless the user ended it, and returns the outcome.
fn report_exit(exit_reason: ExitReason) -> Outcome {
    match exit_reason {
        ExitReason::Quit | ExitReason::Picked(_) => Outcome::Success,
        ExitReason::Signal(number) => Outcome::Signal(u8::try_from(number).unwrap_or(0)),
        ExitReason::TerminalLost(why) => {
            eprint_line(&format!("fonds: {why}"));
            Outcome::Failure
        }
        ExitReason::NothingRead(problems) => {
            eprint_problems(&problems);
            Outcome::Failure
        }
    }
}

/// Panics, as a bug would, to test that the terminal is restored.
fn panic_for_test() {
    let nothing: Option<io::Error> = None;
    assert!(nothing.is_some(), "panic requested by --force-panic");
}
