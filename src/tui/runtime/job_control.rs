//! Stops the program and lets a shell continue it (job control).

use nix::unistd::{Pid, getpgid, getpgrp, getpid, getppid, getsid};
use rustix::process::{Signal, kill_current_process_group, kill_process};

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
