//! What the figures were taken on, and with which versions.

use std::fs;
use std::num::NonZero;
use std::thread;

use crate::finders::FINDERS;
use crate::programs::PROGRAMS;

/// What is locked: the versions of the crates.
const LOCK: &str = include_str!("../Cargo.lock");
/// What is not to be had from the system.
const UNKNOWN: &str = "unknown";

/// Processor, cores, memory, system, and how busy it is. To be asked before anything is measured,
/// since that keeps it busy.
pub fn machine() -> String {
    let cores = thread::available_parallelism().map_or(0, NonZero::get);
    let [processor, memory, system, kernel, load] = [
        line("/proc/cpuinfo", "model name", ':'),
        line("/proc/meminfo", "MemTotal", ':').and_then(|memory| gibibytes(&memory)),
        line("/etc/os-release", "PRETTY_NAME", '='),
        fs::read_to_string("/proc/sys/kernel/osrelease").ok().map(|it| it.trim().to_owned()),
        fs::read_to_string("/proc/loadavg")
            .ok()
            .and_then(|it| Some(it.split(' ').next()?.to_owned())),
    ]
    .map(|known| known.unwrap_or_else(|| UNKNOWN.to_owned()));
    format!(
        "{processor}, {cores} cores, {memory} of memory, {system}, kernel {kernel}; \
         load before the run: {load}"
    )
}

/// The peers, one a line: the version of each and how it is had.
pub fn peers() -> Vec<String> {
    let programs = PROGRAMS.iter().map(|program| {
        let version = program.version().unwrap_or_else(|| "is not installed".to_owned());
        format!("{} {version}: `{}`", program.name, program.had_by)
    });
    let crates = FINDERS.iter().map(|finder| finder.package).chain(["tantivy"]).map(locked);
    let sqlite = format!("SQLite {} with FTS5, in {}", rusqlite::version(), locked("rusqlite"));
    let mut all: Vec<String> = programs.chain(crates).chain([sqlite]).collect();
    all.dedup();
    all
}

/// A crate with the version that is locked.
fn locked(name: &str) -> String {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let version = LOCK.split_once(&entry).and_then(|(_, rest)| rest.split('"').next());
    format!("{name} {}", version.unwrap_or(UNKNOWN))
}

/// What a file of settings says for a key.
fn line(file: &str, key: &str, sign: char) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let value =
        text.lines().filter_map(|line| line.split_once(sign)).find(|(of, _)| of.trim() == key);
    Some(value?.1.trim().trim_matches('"').to_owned())
}

/// A number of kibibytes, as the system says it, in gibibytes.
fn gibibytes(text: &str) -> Option<String> {
    let kibibytes: u64 = text.strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{} GiB", (kibibytes + (1 << 19)) >> 20))
}
