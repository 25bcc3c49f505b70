//! Ends the program after a signal, whatever it waits for.
//!
//! The event loop gets each signal as an event and ends in order: it saves, stops what is running, and
//! restores the terminal. If that takes too long, a thread restores the terminal, says what is not finished,
//! and ends the program.

use std::thread;
use std::time::Duration;

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGBUS, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP,
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
};
use signal_hook::low_level;

use super::marks_worker::MAX_SAVING_TIME;
use super::terminal;
use crate::cli::output::eprint_line;
use crate::files::cancel::report_unfinished;
use crate::files::waiting;

/// The signals that end the program and that it can handle. SEGV, ILL and FPE cannot be handled without
/// unsafe code, KILL and STOP by no program. PIPE is ignored: a closed pipe is an error of the write.
pub(super) const ENDING_SIGNALS: [i32; 16] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGTRAP, SIGBUS, SIGSYS,
    SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGIO,
];

/// How long the program may take to end in order.
const ORDERLY_END: Duration = Duration::from_millis(900);

/// How long each step of an orderly end may take after a signal.
const ENDING_STEP: Duration = Duration::from_millis(100);

/// How long the marks may take to be saved after a signal. Another program may hold their lock for a while.
const ENDING_SAVING: Duration = Duration::from_millis(600);

/// How long each step of an orderly end may take if the user quits.
const QUITTING_STEP: Duration = Duration::from_secs(1);

/// Returns more signals that end the program, on the systems that have them.
pub(super) fn system_signals() -> Vec<i32> {
    let mut signals = Vec::new();
    if cfg!(target_os = "linux") {
        /// The real-time signals that programs may use (`signal(7)`). The C library keeps two or three.
        const REAL_TIME: std::ops::RangeInclusive<i32> = 34..=64;
        signals.extend(REAL_TIME);
    }
    #[cfg(target_os = "linux")]
    signals.extend(
        [rustix::process::Signal::POWER, rustix::process::Signal::STKFLT]
            .map(rustix::process::Signal::as_raw),
    );
    signals
}

/// How long each step of the end may take.
pub(super) fn step_limit() -> Duration {
    if waiting::is_ending() { ENDING_STEP } else { QUITTING_STEP }
}

/// How long the marks may take to be saved at the end.
pub(super) fn saving_limit() -> Duration {
    if waiting::is_ending() { ENDING_SAVING } else { MAX_SAVING_TIME }
}

/// Gives the program a moment to end in order, then ends it with the exit code of the signal.
pub(super) fn end_soon(signal: i32) {
    waiting::ask_to_end(signal);
    thread::spawn(move || {
        thread::sleep(ORDERLY_END);
        terminal::abandon();
        report_unfinished(eprint_line);
        low_level::exit(128 + signal);
    });
}
