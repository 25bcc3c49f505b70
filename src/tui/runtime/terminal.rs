//! The terminal: taken, drawn on in whole frames, and given back whatever happens.
//!
//! The screen never goes to standard output, which belongs to pipes: it goes to standard error where
//! that is a terminal, else to the controlling terminal.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::panic;
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

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
use rustix::process::{Signal, getpid, getsid, kill_current_process_group};
use rustix::termios::tcgetwinsize;

use super::event_loop::Screen;
use super::hyperlinks;
use crate::tui::app::App;
use crate::tui::theme::Theme;
use crate::tui::view;
use crate::tui::view::hyperlink_cells::Linked;

/// Whether the terminal is taken, so that it is given back once and only then.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is lent to another program, which signals from the keyboard are for.
static LENT: AtomicBool = AtomicBool::new(false);

/// Reports presses and the wheel, in the form without a limit of 223 columns (xterm's control
/// sequences, mouse tracking). Every movement, as crossterm asks for, would keep a remote line busy.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
/// Ends the reports.
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// The size where the terminal does not know its own, as on a serial line.
const SIZE: (u16, u16) = (80, 24);

/// What the backend writes, kept until the frame is whole.
#[derive(Clone, Default)]
struct FrameBytes(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// The backend flushes several times a frame; the frame is written when it is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal while the program has it.
pub struct LiveScreen {
    terminal: Terminal<CrosstermBackend<FrameBytes>>,
    frame: FrameBytes,
    /// The last frame that was written.
    written: Vec<u8>,
    /// The cells of the last frame that lead to addresses.
    linked: Vec<Linked>,
    look: Look,
}

/// How the terminal is used.
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Whether addresses are links.
    pub links: bool,
}

/// Where the screen goes: standard error where it is a terminal, else the controlling terminal.
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

/// Where keys come from: standard input where it is a terminal, else the controlling terminal.
pub(super) fn input() -> io::Result<File> {
    if io::stdin().is_terminal() {
        return Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?));
    }
    OpenOptions::new().read(true).write(true).open("/dev/tty")
}

/// Whether the terminal is lent to another program.
pub(super) fn is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}

/// The size of the terminal in columns and rows.
///
/// # Errors
/// Where there is no terminal.
pub fn size() -> io::Result<(u16, u16)> {
    let size = tcgetwinsize(output()?)?;
    Ok(if size.ws_col == 0 || size.ws_row == 0 { SIZE } else { (size.ws_col, size.ws_row) })
}

impl LiveScreen {
    /// Takes the terminal. It is given back when this is dropped, and before a panic is told.
    ///
    /// # Errors
    /// Where there is no terminal to take.
    pub fn take(look: Look) -> anyhow::Result<LiveScreen> {
        let (width, height) = size().context("there is no terminal to draw on")?;
        let frame = FrameBytes::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let backend = CrosstermBackend::new(frame.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport })?;
        enter(look.mouse).context("the terminal cannot be taken")?;
        Ok(LiveScreen { terminal, frame, written: Vec::new(), linked: Vec::new(), look })
    }

    /// Writes what was drawn as one synchronized update, with the cursor out of the way. The same bytes
    /// twice would set the cells to what they are: nothing has changed then.
    fn write_frame(&mut self, drawn: Vec<u8>, links: &[u8]) -> io::Result<()> {
        let same = drawn == self.written && links.is_empty();
        if same || !TAKEN.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(drawn.len() + links.len() + 32);
        queue!(bytes, BeginSynchronizedUpdate, cursor::Hide)?;
        bytes.extend_from_slice(&drawn);
        bytes.extend_from_slice(links);
        queue!(bytes, EndSynchronizedUpdate)?;
        self.written = drawn;
        output()?.write_all(&bytes)
    }

    /// Has the next drawing be a whole one.
    fn clear(&mut self, area: Rect) -> anyhow::Result<()> {
        self.written.clear();
        self.linked.clear();
        self.terminal.resize(area)?;
        Ok(())
    }
}

impl Drop for LiveScreen {
    fn drop(&mut self) {
        leave();
    }
}

impl Screen for LiveScreen {
    fn draw(&mut self, app: &App) -> anyhow::Result<()> {
        let theme = &self.look.theme;
        let completed = self.terminal.draw(|frame| view::draw(frame, app, theme))?;
        // The backend collected this.
        let drawn = std::mem::take(&mut *self.frame.0.borrow_mut());
        let mut links = Vec::new();
        if self.look.links {
            let linked = view::hyperlink_cells::of(app, completed.buffer);
            if linked != self.linked || drawn != self.written {
                hyperlinks::write(&mut links, completed.buffer, &self.linked, &linked)?;
            }
            self.linked = linked;
        }
        self.write_frame(drawn, &links).context("the terminal cannot be written to")
    }

    fn resize(&mut self, width: u16, height: u16) -> anyhow::Result<()> {
        self.clear(Rect::new(0, 0, width, height))
    }

    fn tell(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        output()
            .and_then(|mut file| file.write_all(bytes))
            .context("the terminal cannot be written to")
    }

    fn lend(&mut self, to: &mut dyn FnMut()) -> anyhow::Result<()> {
        LENT.store(true, Ordering::SeqCst);
        leave();
        to();
        LENT.store(false, Ordering::SeqCst);
        self.resume()
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        // A session leader has no shell that could bring it back.
        if getsid(None).is_ok_and(|session| session == getpid()) {
            return Ok(());
        }
        leave();
        // The system passes over this signal where no shell watches the group; then it goes on.
        kill_current_process_group(Signal::TSTP)?;
        self.resume()
    }

    fn resume(&mut self) -> anyhow::Result<()> {
        // Whoever had the terminal may have changed its modes, and raw mode is only entered by
        // those who are not in it.
        disable_raw_mode()?;
        enter(self.look.mouse)?;
        let area = self.terminal.get_frame().area();
        self.clear(area)
    }
}

/// Takes the terminal: raw mode, the other screen, pastes as pastes.
fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        queue!(bytes, Print(MOUSE_ON))?;
    }
    output()?.write_all(&bytes)
}

/// Gives the terminal back, once. Nothing can be done about errors: the terminal may be gone.
fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    let _ = queue!(
        bytes,
        EndSynchronizedUpdate,
        Print(MOUSE_OFF),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = output().and_then(|mut file| file.write_all(&bytes));
    let _ = disable_raw_mode();
}

/// Has panics told on a terminal that was given back. A panic beside the main thread ends the
/// program too: a screen that no longer searches or loads would only seem to work.
pub fn give_back_before_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        leave();
        before(panic);
        if std::thread::current().name() != Some("main") {
            std::process::exit(101);
        }
    }));
}
