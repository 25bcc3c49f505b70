//! Takes the terminal, draws whole frames, and restores the terminal whatever happens.
//!
//! The screen never goes to standard output, which may be a pipe. It goes to standard error if that
//! is a terminal, else to the controlling terminal.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::panic;
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use rustix::termios::tcgetwinsize;

use super::event_loop::Screen;
use super::hyperlinks;
use super::job_control;
use super::sgr;
use super::terminal_writer::{OnReady, TerminalWriter};
use crate::cli::output::{eprint_line, eprint_lines};
use crate::tui::app::App;
use crate::tui::runtime::hyperlink_cells::LinkedCells;
use crate::tui::theme::Theme;
use crate::tui::view;

/// Whether the terminal is taken. It ensures that the terminal is restored exactly once.
static IS_ACTIVE: AtomicBool = AtomicBool::new(false);

/// Whether another program uses the terminal.
static IS_LENT: AtomicBool = AtomicBool::new(false);

/// Turns on reports of mouse buttons and the wheel, without a limit of 223 columns (xterm's control
/// sequences, mouse tracking). Unlike crossterm's sequence, it does not report every movement,
/// which would keep a remote connection busy.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
/// Turns the reports off.
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// How long the terminal may take to read what is still to be written when it is given back.
const DRAIN_LIMIT: Duration = Duration::from_millis(200);
/// The same while the program is being ended by force.
const ABANDON_LIMIT: Duration = Duration::from_millis(50);

/// The message of an error of the terminal.
const UNWRITABLE: &str = "the terminal cannot be written to";

/// The columns and rows of a terminal that does not know its size, as on a serial line.
const DEFAULT_SIZE: (u16, u16) = (80, 24);

/// Collects what the backend writes until the frame is complete.
#[derive(Clone, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: the backend flushes several times per frame.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal while the program uses it.
pub struct TerminalScreen {
    terminal: Terminal<CrosstermBackend<FrameBytes>>,
    frame: FrameBytes,
    /// The bytes of the last frame.
    last_frame: Vec<u8>,
    /// The cells of the last frame that are links.
    linked_cells: Vec<LinkedCells>,
    options: ScreenOptions,
}

/// How the screen looks and which features of the terminal it uses.
pub struct ScreenOptions {
    /// The colours.
    pub theme: Theme,
    /// Whether the screen receives mouse events.
    pub mouse: bool,
    /// Whether addresses are links.
    pub links: bool,
    /// Whether the terminal has colours.
    pub has_colours: bool,
}

/// Returns the writer to the terminal.
pub(super) fn writer() -> io::Result<&'static TerminalWriter> {
    static WRITER: OnceLock<TerminalWriter> = OnceLock::new();
    let output = output()?;
    Ok(WRITER.get_or_init(|| TerminalWriter::start(output)))
}

/// Returns where the screen goes: standard error if it is a terminal, else the controlling
/// terminal.
pub(super) fn output() -> io::Result<&'static File> {
    static OUTPUT: OnceLock<File> = OnceLock::new();
    if let Some(file) = OUTPUT.get() {
        return Ok(file);
    }
    let file = if io::stderr().is_terminal() {
        File::from(io::stderr().as_fd().try_clone_to_owned()?)
    } else {
        OpenOptions::new().read(true).write(true).open("/dev/tty")?
    };
    Ok(OUTPUT.get_or_init(|| file))
}

/// Returns where keys come from: standard input if it is a terminal, else the controlling terminal.
pub(super) fn input() -> io::Result<File> {
    if io::stdin().is_terminal() {
        return Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?));
    }
    OpenOptions::new().read(true).write(true).open("/dev/tty")
}

/// Whether another program uses the terminal.
pub(super) fn is_lent() -> bool {
    IS_LENT.load(Ordering::SeqCst)
}

/// Returns the columns and rows of the terminal.
///
/// # Errors
/// There is no terminal.
pub fn size() -> io::Result<(u16, u16)> {
    let size = tcgetwinsize(output()?)?;
    Ok(if size.ws_col == 0 || size.ws_row == 0 { DEFAULT_SIZE } else { (size.ws_col, size.ws_row) })
}

impl TerminalScreen {
    /// Takes the terminal. It is restored when this is dropped, and before a panic is printed.
    ///
    /// # Errors
    /// There is no terminal, or it cannot be written.
    pub(super) fn new(options: ScreenOptions, on_ready: OnReady) -> anyhow::Result<TerminalScreen> {
        let (width, height) = size().context("there is no terminal to draw on")?;
        let frame = FrameBytes::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let backend = CrosstermBackend::new(frame.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport })?;
        writer().context("there is no terminal to draw on")?.set_on_ready(on_ready);
        enter(options.mouse).context("the terminal cannot be set up")?;
        let (last_frame, linked_cells) = (Vec::new(), Vec::new());
        Ok(TerminalScreen { terminal, frame, last_frame, linked_cells, options })
    }

    /// Writes a frame as one synchronized update with a hidden cursor, unless it equals the last
    /// one.
    fn write_frame(&mut self, frame: Vec<u8>, links: &[u8]) -> io::Result<()> {
        let is_unchanged = frame == self.last_frame && links.is_empty();
        if is_unchanged || !IS_ACTIVE.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(frame.len() + links.len() + 32);
        queue!(bytes, BeginSynchronizedUpdate, cursor::Hide)?;
        bytes.extend_from_slice(&sgr::simplify(&frame, self.options.has_colours));
        bytes.extend_from_slice(links);
        queue!(bytes, EndSynchronizedUpdate)?;
        self.last_frame = frame;
        writer()?.send(&bytes);
        Ok(())
    }

    /// Makes the next frame redraw the whole screen.
    fn clear(&mut self, area: Rect) -> anyhow::Result<()> {
        self.last_frame.clear();
        self.linked_cells.clear();
        self.terminal.resize(area)?;
        Ok(())
    }
}

impl Drop for TerminalScreen {
    fn drop(&mut self) {
        leave();
    }
}

impl Screen for TerminalScreen {
    fn draw(&mut self, app: &App) -> anyhow::Result<()> {
        // A frame that is left out is drawn when the terminal has taken the last one.
        if !writer()?.begin_frame().context(UNWRITABLE)? {
            return Ok(());
        }
        let theme = &self.options.theme;
        let completed = self.terminal.draw(|frame| view::draw(frame, app, theme))?;
        let frame = std::mem::take(&mut *self.frame.0.borrow_mut());
        let mut links = Vec::new();
        if self.options.links {
            let linked = super::hyperlink_cells::find_linked_cells(app, completed.buffer);
            if linked != self.linked_cells || frame != self.last_frame {
                hyperlinks::write(&mut links, completed.buffer, &self.linked_cells, &linked)?;
            }
            self.linked_cells = linked;
        }
        self.write_frame(frame, &links).context(UNWRITABLE)
    }

    fn resize(&mut self, width: u16, height: u16) -> anyhow::Result<()> {
        self.clear(Rect::new(0, 0, width, height))
    }

    fn write_raw(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        writer().context(UNWRITABLE)?.send(bytes);
        Ok(())
    }

    fn lend(&mut self, borrower: &mut dyn FnMut()) -> anyhow::Result<()> {
        IS_LENT.store(true, Ordering::SeqCst);
        leave();
        borrower();
        IS_LENT.store(false, Ordering::SeqCst);
        self.resume()
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        if !job_control::has_shell() {
            return Ok(());
        }
        leave();
        job_control::stop_group()?;
        self.resume()
    }

    fn resume(&mut self) -> anyhow::Result<()> {
        // Another program may have changed the modes, and crossterm enters raw mode only from
        // outside of it.
        disable_raw_mode()?;
        enter(self.options.mouse)?;
        let area = self.terminal.get_frame().area();
        self.clear(area)
    }
}

/// Takes the terminal: raw mode, alternate screen, bracketed paste and the mouse.
fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    IS_ACTIVE.store(true, Ordering::SeqCst);
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        queue!(bytes, Print(MOUSE_ON))?;
    }
    writer()?.send(&bytes);
    Ok(())
}

/// Restores the terminal if it is taken. Errors are ignored: the terminal may be gone.
fn leave() {
    leave_within(DRAIN_LIMIT);
}

/// Restores the terminal while the program is being ended by force.
pub(super) fn abandon() {
    leave_within(ABANDON_LIMIT);
}

/// Restores the terminal if it is taken. What it does not read within `limit` is discarded.
fn leave_within(limit: Duration) {
    if !IS_ACTIVE.swap(false, Ordering::SeqCst) {
        return;
    }
    // On a terminal without an alternate screen, the shell goes on below what was drawn.
    let last_row = size().map_or(DEFAULT_SIZE.1, |(_, height)| height) - 1;
    let mut bytes = Vec::new();
    let _ = queue!(
        bytes,
        EndSynchronizedUpdate,
        Print(MOUSE_OFF),
        DisableBracketedPaste,
        cursor::MoveTo(0, last_row),
        Print("\r\n"),
        LeaveAlternateScreen,
        cursor::Show
    );
    if let Ok(writer) = writer() {
        writer.drain(limit);
        writer.send(&bytes);
        writer.drain(limit);
    }
    let _ = disable_raw_mode();
}

/// Sets a panic hook that restores the terminal before a panic of the main thread is printed.
///
/// `on_worker_panic` receives the message of a panic on another thread. The screen stays, so that the user
/// can read it and save what was written.
pub(super) fn restore_on_panic(on_worker_panic: Box<dyn Fn(String) + Send + Sync>) {
    panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        let message = format!("fonds has an error: {panic}");
        if thread.name() != Some("main") {
            return on_worker_panic(message);
        }
        leave();
        eprint_line(&message);
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            eprint_lines(&format!("{trace}\n"));
        }
    }));
}
