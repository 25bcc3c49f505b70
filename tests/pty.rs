//! Runs programs in a pseudo-terminal: sends keys, and waits until the screen shows what is expected.

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
pub(crate) const FONDS_PROGRAM: &str = env!("CARGO_BIN_EXE_fonds");
/// How long to wait for an expected state. It only decides how long a failing test takes.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Everything that was written to a terminal, as bytes and as a screen.
struct TerminalOutput {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// Whether the terminal has stopped reading.
    is_paused: bool,
}

/// A terminal with something running in it, in a temporary folder.
pub(crate) struct TestTerminal {
    /// The folder it runs in.
    pub(crate) folder: TempDir,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Arc<Mutex<TerminalOutput>>,
    output_thread: JoinHandle<()>,
}

/// What to run in a terminal: a command, its environment, its files and the size of the screen.
pub(crate) struct Setup {
    folder: TempDir,
    command: CommandBuilder,
    size: PtySize,
}

/// The size of a terminal in columns and rows.
fn pty_size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

/// Converts a width or height, which is never zero.
fn non_zero(size: u16) -> NonZero<u16> {
    NonZero::new(size).expect("a size")
}

/// Opens the ten records.
pub(crate) fn open_ten_records() -> TestTerminal {
    let pty = Setup::program(&[]).start();
    pty.wait_for_ten_records();
    pty
}

impl Setup {
    fn new(program: &str, arguments: &[&str]) -> Setup {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(folder.path());
        command.env("TERM", "xterm-256color");
        command.env("FONDS", FONDS_PROGRAM);
        command.env("PS1", "shell> ");
        // Marks, settings and sessions are kept in the temporary folder.
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
        Setup { folder, command, size: pty_size(80, 24) }
    }

    /// Runs the program itself, as the leader of the session.
    pub(crate) fn program(arguments: &[&str]) -> Setup {
        Setup::new(FONDS_PROGRAM, arguments)
    }

    /// Runs a shell script; `$FONDS` is the program.
    pub(crate) fn script(script: &str) -> Setup {
        Setup::new("sh", &["-c", script])
    }

    /// Runs an interactive shell.
    pub(crate) fn shell() -> Setup {
        Setup::new("sh", &["-i"])
    }

    /// Runs the program in a script that saves the terminal's modes before and after it and prints
    /// its exit code; see [`TestTerminal::assert_exits_and_restores`]. `prefix` comes
    /// before the program and `arguments` after it.
    pub(crate) fn program_between_stty(prefix: &str, arguments: &str) -> Setup {
        Setup::script(&format!(
            "stty -a > before; {prefix} sh -c 'echo $$ > pid; exec \"$FONDS\" {arguments}'; \
             echo \"ended with $?.\"; stty -a > after; echo all done"
        ))
    }

    /// Adds a file to the folder.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Setup {
        std::fs::write(self.folder.path().join(name), bytes).expect("a file");
        self
    }

    /// Adds a subfolder to the folder.
    pub(crate) fn folder(self, name: &str) -> Setup {
        std::fs::create_dir_all(self.folder.path().join(name)).expect("a folder");
        self
    }

    /// Sets the size of the screen.
    pub(crate) fn size(self, width: u16, height: u16) -> Setup {
        Setup { size: pty_size(width, height), ..self }
    }

    /// The folder it will run in.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Setup {
        self.command.env(name, value);
        self
    }

    /// Starts the command.
    pub(crate) fn start(self) -> TestTerminal {
        let pair = native_pty_system().openpty(self.size).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(self.command).expect("a process");
        let parser = vt100::Parser::new(non_zero(self.size.rows), non_zero(self.size.cols), 0);
        let log =
            Arc::new(Mutex::new(TerminalOutput { parser, bytes: Vec::new(), is_paused: false }));
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let log_writer = Arc::clone(&log);
        let output_thread = thread::spawn(move || {
            let mut bytes = [0; 4096];
            let is_paused = || log_writer.lock().unwrap_or_else(PoisonError::into_inner).is_paused;
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                while is_paused() {
                    thread::sleep(Duration::from_millis(5));
                }
                let mut output = log_writer.lock().unwrap_or_else(PoisonError::into_inner);
                output.parser.process(&bytes[..count]);
                output.bytes.extend_from_slice(&bytes[..count]);
            }
        });
        let keys = pair.master.take_writer().expect("its input");
        TestTerminal {
            folder: self.folder,
            master: pair.master,
            keys,
            child,
            output: log,
            output_thread,
        }
    }
}

impl Drop for TestTerminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl TestTerminal {
    fn output(&self) -> MutexGuard<'_, TerminalOutput> {
        self.output.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends keys, or sequences that a terminal sends by itself.
    pub(crate) fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("a process that reads");
        self.keys.flush().expect("a process that reads");
    }

    /// Makes the terminal stop reading, or read on.
    pub(crate) fn pause_reading(&self, is_paused: bool) {
        self.output().is_paused = is_paused;
    }

    /// Waits until the process has ended, also while its output is not read. Returns how long that took and its exit
    /// code.
    pub(crate) fn wait_for_end(&mut self) -> (Duration, u32) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return (began.elapsed(), status.exit_code());
            }
            assert!(began.elapsed() < TIMEOUT, "the process does not end\n{}", self.description());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.output().parser.screen_mut().set_size(non_zero(height), non_zero(width));
        self.master.resize(pty_size(width, height)).expect("another size");
    }

    /// All bytes that were written to the terminal.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.output().bytes.clone()
    }

    /// The text on the screen.
    pub(crate) fn screen_text(&self) -> String {
        self.output().parser.screen().contents()
    }

    /// Evaluates a function of the screen.
    pub(crate) fn with_screen<T>(&self, query: impl FnOnce(&Screen) -> T) -> T {
        query(self.output().parser.screen())
    }

    /// Waits until a condition of the screen is met.
    pub(crate) fn wait_until_screen(&self, condition: &str, is_met: impl Fn(&Screen) -> bool) {
        self.wait_until(condition, || self.with_screen(&is_met));
    }

    /// Waits until a condition is met, and fails with the screen if it is not.
    pub(crate) fn wait_until(&self, condition: &str, is_met: impl Fn() -> bool) {
        let end = Instant::now() + TIMEOUT;
        while !is_met() {
            assert!(
                Instant::now() < end,
                "timed out waiting for: {condition}\n{}",
                self.description()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the screen shows a text.
    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_until_screen(&format!("shows “{text}”"), |screen| {
            screen.contents().contains(text)
        });
    }

    /// Waits until the screen no longer shows a text.
    pub(crate) fn wait_for_no_text(&self, text: &str) {
        self.wait_until_screen(&format!("hides “{text}”"), |screen| {
            !screen.contents().contains(text)
        });
    }

    /// Waits until the program has left the alternate screen.
    pub(crate) fn wait_for_main_screen(&self) {
        self.wait_until_screen("the shell's screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
    }

    /// Waits until the ten records are on the screen.
    pub(crate) fn wait_for_ten_records(&self) {
        self.wait_for_text("201–210 of 552");
        self.wait_for_text("210  1945-07-09");
    }

    /// Waits until the record with this position is selected.
    pub(crate) fn wait_for_selection(&self, position: &str) {
        self.wait_until_screen(&format!("selects {position}"), |screen| {
            let (_, width) = screen.size();
            let mut selected = screen.rows(0, width.into()).filter(|row| row.starts_with('▌'));
            selected.next().is_some_and(|row| row.contains(position)) && selected.next().is_none()
        });
    }

    /// Waits until the command has exited and all its output was read. Returns the exit code.
    pub(crate) fn wait_for_exit(&mut self) -> u32 {
        let end = Instant::now() + TIMEOUT;
        loop {
            let status = self.child.try_wait().expect("a child");
            if let Some(status) = status.filter(|_| self.output_thread.is_finished()) {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "the process does not exit\n{}", self.description());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The process of the program if it was started by [`Setup::program_between_stty`], else of the child.
    pub(crate) fn pid(&self) -> Pid {
        let file = self.folder.path().join("pid");
        read_pid(&file)
            .or_else(|| Pid::from_raw(i32::try_from(self.child.process_id()?).ok()?))
            .expect("a process")
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("a process to signal");
    }

    /// Waits for the script of [`Setup::program_between_stty`] to end. Checks the exit code of
    /// the program, and that it left the terminal as it was.
    pub(crate) fn assert_exits_and_restores(&mut self, code: u32) {
        self.wait_for_text(&format!("ended with {code}."));
        self.wait_for_text("all done");
        assert_eq!(self.wait_for_exit(), 0);
        let read = |name: &str| {
            std::fs::read_to_string(self.folder.path().join(name)).expect("the output of stty")
        };
        assert_eq!(read("before"), read("after"), "stty -a");
        self.assert_restored();
    }

    /// Checks that the terminal is no longer in any mode of the program.
    pub(crate) fn assert_restored(&self) {
        self.with_screen(|screen| {
            assert!(!screen.alternate_screen(), "the alternate screen is left");
            assert!(!screen.hide_cursor(), "the cursor is shown");
            assert!(!screen.bracketed_paste(), "pastes are keys again");
            assert!(screen.mouse_protocol_mode() == MouseProtocolMode::None, "no mouse reports");
            assert!(!screen.application_cursor() && !screen.application_keypad());
        });
        let modes = private_modes(&self.bytes());
        for (mode, set) in modes {
            assert_eq!(set, mode == "25", "the mode {mode} at the end\n{}", self.description());
        }
    }

    fn description(&self) -> String {
        let bytes = self.bytes();
        let tail = bytes.len().saturating_sub(600);
        let mut text = format!("the screen:\n{}\nthe last bytes: ", self.screen_text());
        let _ = write!(text, "{}", bytes[tail..].escape_ascii());
        text
    }
}

/// Reads a process number from a file.
pub(crate) fn read_pid(file: &Path) -> Option<Pid> {
    Pid::from_raw(std::fs::read_to_string(file).ok()?.trim().parse().ok()?)
}

/// Waits until a process has ended. A zombie, whose exit code nobody has read yet, counts as ended.
pub(crate) fn wait_for_process_end(pid: Pid) {
    let end = Instant::now() + TIMEOUT;
    while is_running(pid) {
        assert!(Instant::now() < end, "the process {pid:?} is still there");
        thread::sleep(Duration::from_millis(5));
    }
}

fn is_running(pid: Pid) -> bool {
    match process_stat(pid) {
        Some(stat) => !matches!(stat.first().map(String::as_str), Some("Z" | "X")),
        None => {
            !Path::new("/proc/self").exists() && rustix::process::test_kill_process(pid).is_ok()
        }
    }
}

/// The fields of `/proc/PID/stat` from the third (the state) on. `None` on systems without `/proc`.
pub(crate) fn process_stat(pid: Pid) -> Option<Vec<String>> {
    let file = PathBuf::from(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    let text = std::fs::read_to_string(file).ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}

/// The private terminal modes that `bytes` set or reset, and whether each is set at the end.
fn private_modes(bytes: &[u8]) -> std::collections::BTreeMap<String, bool> {
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
