//! The signals that were ignored when the program started.
//!
//! `nohup` ignores HUP for the program that it starts, and a shell without job control ignores INT and QUIT for what it
//! starts with `&`. Such a signal stays ignored (POSIX, `nohup` and “Asynchronous Lists” of the shell).

use std::fs;
use std::sync::OnceLock;

/// The signals that were ignored when they were first asked for: bit 0 is signal 1.
static IGNORED: OnceLock<u64> = OnceLock::new();

/// Whether a signal was ignored before the program handled any. Only Linux says so; elsewhere none is.
pub(super) fn is_ignored(signal: i32) -> bool {
    let ignored = IGNORED.get_or_init(|| {
        fs::read_to_string("/proc/self/status").map_or(0, |status| ignored_in(&status))
    });
    let bit = u32::try_from(signal).ok().and_then(|number| number.checked_sub(1));
    bit.and_then(|bit| ignored.checked_shr(bit)).is_some_and(|bits| bits & 1 == 1)
}

/// The ignored signals in the status of a process (proc(5)).
fn ignored_in(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::ignored_in;

    #[test]
    fn ignored_signals_are_bits_of_a_mask() {
        let status =
            "SigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000002\n";
        assert_eq!(ignored_in(status), 0x1001);
        assert_eq!(ignored_in("Name:\tfonds\n"), 0);
    }
}
