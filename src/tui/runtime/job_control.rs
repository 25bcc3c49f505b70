//! Stops the program and lets a shell continue it (job control), and lends the terminal to another group of processes.

use std::fs::File;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use nix::sys::signal::{SigSet, Signal as SystemSignal};
use nix::unistd::{Pid, getpgid, getpgrp, getpid, getppid, getsid};
use rustix::process::{
    Signal, WaitOptions, kill_current_process_group, kill_process, kill_process_group, waitpid,
};
use rustix::termios::{tcgetpgrp, tcsetpgrp};

/// The largest number of processes between the program and its shell.
const MAX_PARENTS: usize = 64;

/// Whether a shell can continue the program after it has stopped: one of its parents is in another process group of
/// the same session (POSIX, “orphaned process group”).
///
/// In a container, a session or group may have begun outside of it. It is number 0 then (`pid_namespaces(7)`).
pub(super) fn has_shell() -> bool {
    let (Ok(session), group) = (getsid(None), getpgrp()) else { return false };
    // The leader of a session has no shell.
    if session == getpid() {
        return false;
    }
    let mut parent = Some(getppid()).filter(|parent| parent.as_raw() > 0);
    for _ in 0..MAX_PARENTS {
        let Some(process) = parent else { return false };
        if getsid(Some(process)) != Ok(session) {
            return false;
        }
        if getpgid(Some(process)) != Ok(group) {
            return true;
        }
        parent = parent_of(process);
    }
    false
}

/// Returns the parent of another process, on systems that have `/proc` (`proc_pid_stat(5)`).
fn parent_of(process: Pid) -> Option<Pid> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let parent = fields.split_whitespace().nth(1)?.parse().ok()?;
    Some(Pid::from_raw(parent)).filter(|parent| parent.as_raw() > 0)
}

/// Stops the program and those it was started with. Returns when it continues.
pub(super) fn stop_group() -> rustix::io::Result<()> {
    kill_current_process_group(Signal::STOP)
}

/// Stops the program alone. Returns when it continues.
pub(super) fn stop() {
    // It fails for no process that is its own.
    let _ = kill_process(rustix::process::getpid(), Signal::STOP);
}

/// A group of processes that the terminal is lent to: what is typed there, and Ctrl-C and Ctrl-Z, is for them alone.
pub(super) struct Borrower {
    terminal: File,
    /// Its first process, whose number is that of the group.
    group: rustix::process::Pid,
}

impl Borrower {
    /// Lends the terminal to a group whose first process has been started.
    pub(super) fn lend(terminal: File, group: rustix::process::Pid) -> Borrower {
        let borrower = Borrower { terminal, group };
        borrower.give();
        borrower
    }

    /// Gives the group the terminal, and continues it if it was stopped because it did not have it yet.
    fn give(&self) {
        set_group(&self.terminal, self.group);
        // It may have ended.
        let _ = kill_process_group(self.group, Signal::CONT);
    }

    /// Waits for the end of the first process. If it stops, the program stops with it, and both continue together.
    ///
    /// # Errors
    /// It cannot be waited for.
    pub(super) fn wait(&self) -> io::Result<ExitStatus> {
        loop {
            let status = match waitpid(Some(self.group), WaitOptions::UNTRACED) {
                Ok(Some((_, status))) => status,
                Ok(None) | Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            };
            let Some(signal) = status.stopping_signal() else {
                return Ok(ExitStatus::from_raw(status.as_raw()));
            };
            let wants_terminal = [Signal::TTIN.as_raw(), Signal::TTOU.as_raw()].contains(&signal)
                && has_terminal(&self.terminal);
            if !wants_terminal && has_shell() {
                take_back(&self.terminal);
                let _ = stop_group();
            }
            self.give();
        }
    }
}

/// Whether the group of this program has the terminal.
fn has_terminal(terminal: &File) -> bool {
    tcgetpgrp(terminal).is_ok_and(|group| group == rustix::process::getpgrp())
}

/// Gives the terminal back to the group of this program. Without a terminal nothing is done.
pub(super) fn take_back(terminal: &File) {
    set_group(terminal, rustix::process::getpgrp());
}

/// Sets the group of processes that has the terminal.
fn set_group(terminal: &File, group: rustix::process::Pid) {
    // A group without the terminal is stopped when it sets this, unless it blocks the signal (POSIX, `tcsetpgrp`).
    let mut stop = SigSet::empty();
    stop.add(SystemSignal::SIGTTOU);
    if stop.thread_block().is_ok() {
        // The terminal may be gone.
        let _ = tcsetpgrp(terminal, group);
        let _ = stop.thread_unblock();
    }
}
