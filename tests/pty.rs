//! A person in front of a pseudo-terminal: types, looks at the screen until it shows something.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Screen};

/// The program.
pub(crate) const FONDS: &str = env!("CARGO_BIN_EXE_fonds");
/// How long something may take to show. It decides nothing but how long a failure lasts.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a terminal was told so far.
struct Heard {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// A terminal with something running in it, in a temporary folder.
pub(crate) struct Pty {
    /// The folder it runs in.
    pub(crate) folder: TempDir,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    heard: Arc<Mutex<Heard>>,
    listener: JoinHandle<()>,
}

/// What is to run in a terminal, and how.
pub(crate) struct Setup {
    folder: TempDir,
    command: CommandBuilder,
    size: PtySize,
}

/// A terminal of so many columns and rows.
fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

/// A size that is not nothing.
fn some(size: u16) -> NonZero<u16> {
    NonZero::new(size).expect("a size")
}

impl Setup {
    fn new(program: &str, arguments: &[&str]) -> Setup {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(folder.path());
        command.env("TERM", "xterm-256color");
        command.env("FONDS", FONDS);
        command.env("PS1", "shell> ");
        // What is kept stays in the folder.
        command.env("XDG_DATA_HOME", folder.path().join("data"));
        command.env("XDG_CONFIG_HOME", folder.path().join("config"));
        command.env("XDG_STATE_HOME", folder.path().join("state"));
        for name in ["TMUX", "DISPLAY", "WAYLAND_DISPLAY", "SSH_TTY", "SSH_CONNECTION", "BROWSER"] {
            command.env_remove(name);
        }
        for name in ["STY", "TERM_PROGRAM", "VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION"] {
            command.env_remove(name);
        }
        for name in ["NO_COLOR", "ENV", "BASH_ENV", "PROMPT_COMMAND", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        Setup { folder, command, size: size(80, 24) }
    }

    /// The program itself, as the leader of the session.
    pub(crate) fn program(arguments: &[&str]) -> Setup {
        Setup::new(FONDS, arguments)
    }

    /// A script of the shell; `$FONDS` is the program.
    pub(crate) fn script(script: &str) -> Setup {
        Setup::new("sh", &["-c", script])
    }

    /// A shell that the person types into.
    pub(crate) fn shell() -> Setup {
        Setup::new("sh", &["-i"])
    }

    /// The program inside a script that looks at the terminal's modes before and after it, and
    /// says at the end how the program ended; see [`Pty::leaves_all_as_it_was`]. `how` comes before
    /// the program and `arguments` after it.
    pub(crate) fn between(how: &str, arguments: &str) -> Setup {
        Setup::script(&format!(
            "stty -a > before; {how} sh -c 'echo $$ > pid; exec \"$FONDS\" {arguments}'; \
             echo \"ended with $?.\"; stty -a > after; echo all done"
        ))
    }

    /// With a file in the folder.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Setup {
        std::fs::write(self.folder.path().join(name), bytes).expect("a file");
        self
    }

    /// With a folder in the folder.
    pub(crate) fn folder(self, name: &str) -> Setup {
        std::fs::create_dir_all(self.folder.path().join(name)).expect("a folder");
        self
    }

    /// With a variable in the environment.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Setup {
        self.command.env(name, value);
        self
    }

    /// Starts it.
    pub(crate) fn start(self) -> Pty {
        let pair = native_pty_system().openpty(self.size).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(self.command).expect("a process");
        let parser = vt100::Parser::new(some(self.size.rows), some(self.size.cols), 0);
        let log = Arc::new(Mutex::new(Heard { parser, bytes: Vec::new() }));
        let mut output = pair.master.try_clone_reader().expect("its output");
        let told = Arc::clone(&log);
        let listener = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let mut heard = told.lock().unwrap_or_else(PoisonError::into_inner);
                heard.parser.process(&bytes[..count]);
                heard.bytes.extend_from_slice(&bytes[..count]);
            }
        });
        let keys = pair.master.take_writer().expect("its input");
        Pty { folder: self.folder, master: pair.master, keys, child, heard: log, listener }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Pty {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Types, or sends what a terminal sends by itself.
    pub(crate) fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("somebody to type to");
        self.keys.flush().expect("somebody to type to");
    }

    /// Gives the terminal another size, once what is there has been drawn.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.heard().parser.screen_mut().set_size(some(height), some(width));
        self.master.resize(size(width, height)).expect("another size");
    }

    /// Everything that was written to the terminal.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.heard().bytes.clone()
    }

    /// What stands on the screen.
    pub(crate) fn text(&self) -> String {
        self.heard().parser.screen().contents()
    }

    /// Asks something about the screen.
    pub(crate) fn look<T>(&self, ask: impl FnOnce(&Screen) -> T) -> T {
        ask(self.heard().parser.screen())
    }

    /// Waits until something is so on the screen.
    pub(crate) fn until(&self, what: &str, is: impl Fn(&Screen) -> bool) {
        self.hears(what, || self.look(&is));
    }

    /// Waits until something is so of what was written to the terminal.
    pub(crate) fn hears(&self, what: &str, is: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is() {
            assert!(Instant::now() < end, "not so: {what}\n{}", self.described());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the screen shows a text.
    pub(crate) fn shows(&self, text: &str) {
        self.until(&format!("shows “{text}”"), |screen| screen.contents().contains(text));
    }

    /// Waits until the screen shows a text no more.
    pub(crate) fn hides(&self, text: &str) {
        self.until(&format!("hides “{text}”"), |screen| !screen.contents().contains(text));
    }

    /// Waits until the screen is the shell's again.
    pub(crate) fn is_left(&self) {
        self.until("the shell's screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
    }

    /// Waits until the ten records are on the screen.
    pub(crate) fn opens(&self) {
        self.shows("201–210 of 552");
        self.shows("210  1945-07-09");
    }

    /// Waits until what was started has ended and all that it wrote was heard, and gives its exit
    /// code.
    pub(crate) fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            let status = self.child.try_wait().expect("a child");
            if let Some(status) = status.filter(|_| self.listener.is_finished()) {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it does not end\n{}", self.described());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The process of the program where it was started by [`Setup::between`], else of the child.
    pub(crate) fn pid(&self) -> Pid {
        let file = self.folder.path().join("pid");
        pid_in(&file)
            .or_else(|| Pid::from_raw(i32::try_from(self.child.process_id()?).ok()?))
            .expect("a process")
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("a process to signal");
    }

    /// Waits for the script of [`Setup::between`] to end, and checks that the program ended with
    /// this code and left the terminal as it was.
    pub(crate) fn leaves_all_as_it_was(&mut self, code: u32) {
        self.shows(&format!("ended with {code}."));
        self.shows("all done");
        assert_eq!(self.ends(), 0);
        let read = |name: &str| {
            std::fs::read_to_string(self.folder.path().join(name)).expect("what stty said")
        };
        assert_eq!(read("before"), read("after"), "stty -a");
        self.is_given_back();
    }

    /// Checks that the terminal is no longer in any mode of the program.
    pub(crate) fn is_given_back(&self) {
        self.look(|screen| {
            assert!(!screen.alternate_screen(), "the alternate screen is left");
            assert!(!screen.hide_cursor(), "the cursor is shown");
            assert!(!screen.bracketed_paste(), "pastes are keys again");
            assert!(screen.mouse_protocol_mode() == MouseProtocolMode::None, "no mouse reports");
            assert!(!screen.application_cursor() && !screen.application_keypad());
        });
        let modes = modes(&self.bytes());
        for (mode, set) in modes {
            assert_eq!(set, mode == "25", "the mode {mode} at the end\n{}", self.described());
        }
    }

    fn described(&self) -> String {
        let bytes = self.bytes();
        let tail = bytes.len().saturating_sub(600);
        let mut text = format!("the screen:\n{}\nthe last bytes: ", self.text());
        let _ = write!(text, "{}", bytes[tail..].escape_ascii());
        text
    }
}

/// The process whose number stands in a file.
pub(crate) fn pid_in(file: &Path) -> Option<Pid> {
    Pid::from_raw(std::fs::read_to_string(file).ok()?.trim().parse().ok()?)
}

/// Waits until a process has ended; one that nobody has asked about yet counts as ended.
pub(crate) fn is_gone_soon(pid: Pid) {
    let end = Instant::now() + PATIENCE;
    while is_alive(pid) {
        assert!(Instant::now() < end, "the process {pid:?} is still there");
        thread::sleep(Duration::from_millis(5));
    }
}

fn is_alive(pid: Pid) -> bool {
    match stat(pid) {
        Some(stat) => !matches!(stat.first().map(String::as_str), Some("Z" | "X")),
        None => {
            !Path::new("/proc/self").exists() && rustix::process::test_kill_process(pid).is_ok()
        }
    }
}

/// The fields of `/proc/PID/stat` from the third on, the state; none where there are no such files.
pub(crate) fn stat(pid: Pid) -> Option<Vec<String>> {
    let file = PathBuf::from(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    let text = std::fs::read_to_string(file).ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}

/// The private modes of a terminal that were ever set or reset in `bytes`, and how they are left.
fn modes(bytes: &[u8]) -> std::collections::BTreeMap<String, bool> {
    let text = String::from_utf8_lossy(bytes);
    let mut modes = std::collections::BTreeMap::new();
    for sequence in text.split("\x1b[?").skip(1) {
        let numbers = sequence.find(|c: char| !(c.is_ascii_digit() || c == ';'));
        let Some((numbers, rest)) = numbers.map(|at| sequence.split_at(at)) else { continue };
        for number in numbers.split(';').filter(|_| rest.starts_with(['h', 'l'])) {
            modes.insert(number.to_owned(), rest.starts_with('h'));
        }
    }
    modes
}
