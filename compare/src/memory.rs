//! The memory of processes.

use std::fs;

/// The peak memory of a process so far in bytes, `None` if the system does not report it. `process` is a
/// process number, or `self`. Reads `VmHWM` of `/proc/PID/status` (proc(5)).
pub fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
