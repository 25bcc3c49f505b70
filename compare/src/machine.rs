//! The machine of a run, and the versions of the compared programs.

use std::fs;
use std::num::NonZero;
use std::thread;

use crate::finders::FINDERS;
use crate::programs::PROGRAMS;

/// The lock file with the versions of the crates.
const LOCK_FILE: &str = include_str!("../Cargo.lock");
/// The value that is printed if the system reports none.
const UNKNOWN_VALUE: &str = "unknown";

/// Describes processor, cores, memory, system and load. Call it before measuring, which adds to the load.
pub fn description() -> String {
    let cores = thread::available_parallelism().map_or(0, NonZero::get);
    let [processor, memory, system, kernel, load] = [
        value_in_file("/proc/cpuinfo", "model name", ':'),
        value_in_file("/proc/meminfo", "MemTotal", ':').and_then(|memory| gibibytes(&memory)),
        value_in_file("/etc/os-release", "PRETTY_NAME", '='),
        fs::read_to_string("/proc/sys/kernel/osrelease").ok().map(|it| it.trim().to_owned()),
        fs::read_to_string("/proc/loadavg")
            .ok()
            .and_then(|it| Some(it.split(' ').next()?.to_owned())),
    ]
    .map(|known| known.unwrap_or_else(|| UNKNOWN_VALUE.to_owned()));
    format!(
        "{processor}, {cores} cores, {memory} of memory, {system}, kernel {kernel}; \
         load before the run: {load}"
    )
}

/// The peers with their versions and how to install them, one on each line.
pub fn peers() -> Vec<String> {
    let programs = PROGRAMS.iter().map(|program| {
        let version = program.version().unwrap_or_else(|| "is not installed".to_owned());
        format!("{} {version}: `{}`", program.name, program.install_command)
    });
    let crates = FINDERS.iter().map(|finder| finder.package).chain(["tantivy"]).map(locked_version);
    let sqlite =
        format!("SQLite {} with FTS5, in {}", rusqlite::version(), locked_version("rusqlite"));
    let mut all: Vec<String> = programs.chain(crates).chain([sqlite]).collect();
    all.dedup();
    all
}

/// Returns a crate with its locked version.
fn locked_version(name: &str) -> String {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let version = LOCK_FILE.split_once(&entry).and_then(|(_, rest)| rest.split('"').next());
    format!("{name} {}", version.unwrap_or(UNKNOWN_VALUE))
}

/// The value of a key in a file of key-value lines.
fn value_in_file(file: &str, key: &str, separator: char) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let value = text
        .lines()
        .filter_map(|line| line.split_once(separator))
        .find(|(name, _)| name.trim() == key);
    Some(value?.1.trim().trim_matches('"').to_owned())
}

/// Converts a text such as `123 kB` to gibibytes.
fn gibibytes(text: &str) -> Option<String> {
    let kibibytes: u64 = text.strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{} GiB", (kibibytes + (1 << 19)) >> 20))
}
