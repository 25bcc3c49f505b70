//! Runs a program as a process, and measures its time and peak memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::memory;

/// The time between two samples of the memory of a process. Memory that is allocated in the last interval
/// before the process ends is missed.
const SAMPLE_INTERVAL: Duration = Duration::from_millis(10);

/// The time and peak memory of a process.
#[derive(Clone, Copy, Debug)]
pub struct ProcessMeasurement {
    /// The time from the start of the process to its end.
    pub time: Duration,
    /// The peak memory in bytes, if the system reports it.
    pub peak_bytes: Option<u64>,
}

/// What all processes have in common.
pub struct Environment<'p> {
    /// The archive, as the last argument.
    pub archive: &'p Path,
    /// An empty folder for settings and data of the user.
    pub home: &'p Path,
}

impl Environment<'_> {
    /// Runs a command of a program. Returns `None`, after a message, if it fails.
    pub fn run(&self, program: &Path, arguments: &[&str]) -> Option<ProcessMeasurement> {
        let result = self.measure(program, arguments);
        result.inspect_err(|error| eprintln!("{error}")).ok()
    }

    /// Runs a command of a program, whose output is discarded.
    fn measure(&self, program: &Path, arguments: &[&str]) -> anyhow::Result<ProcessMeasurement> {
        let mut command = Command::new(program);
        command.args(arguments).arg(self.archive);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(variable, self.home);
        }
        let start = Instant::now();
        let mut child = command.spawn()?;
        let (id, has_ended) = (child.id(), AtomicBool::new(false));
        let (status, time, peak_bytes) = thread::scope(|scope| {
            let sampler = scope.spawn(|| sample_peak(id, &has_ended));
            let status = child.wait();
            let time = start.elapsed();
            has_ended.store(true, Ordering::Relaxed);
            (status, time, sampler.join().ok().flatten())
        });
        // Exit code 1 means no match, or problems in a file.
        let code = status?.code();
        ensure!(matches!(code, Some(0 | 1)), "{command:?} ended with {code:?}");
        Ok(ProcessMeasurement { time, peak_bytes })
    }
}

/// Samples the peak memory of a process until it has ended. Returns the last sample.
fn sample_peak(process: u32, has_ended: &AtomicBool) -> Option<u64> {
    let mut peak = None;
    while !has_ended.load(Ordering::Relaxed) {
        peak = memory::peak(&process.to_string()).or(peak);
        thread::sleep(SAMPLE_INTERVAL);
    }
    peak
}
