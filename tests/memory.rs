//! The bound of the memory that reading takes (`docs/limits.md`), with files that once took many times as much.
//!
//! The peak is read from `/proc`, so that this is tried on Linux only.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use fonds::formats::read::ReadOptions;

use crate::program::TestFolder;

/// What the program itself, its tables of words and its batches take, in bytes.
const BASE: usize = 64 << 20;

/// How many times the bytes of the records, as JSON Lines, reading may take.
const TIMES_KEPT: usize = 4;

/// What each value may take beside its bytes: a value of one letter has a name, a place in its record and in the index.
const BYTES_PER_VALUE: usize = 100;

/// How many times its own bytes a file may take that must fit into memory.
const TIMES_WHOLE_FILE: usize = 60;

/// A file that is made of a number of parts.
type FileOf = fn(usize) -> String;

/// Returns a text made of these parts, one after the other.
fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, at| {
        all.push_str(&part(at));
        all
    })
}

/// The name of a file, its content, and the number of parts.
const FILES: &[(&str, FileOf, usize)] = &[
    (
        "columns.csv",
        |columns| {
            let names = repeated(columns, |at| format!(",c{at}"));
            let row = repeated(columns, |at| format!(",{}", at % 7));
            format!("title{names}\n") + &repeated(20, |at| format!("Letter {at}{row}\n"))
        },
        40_000,
    ),
    (
        "keys.jsonl",
        |keys| format!("{{\"title\":\"A\"{}}}\n", repeated(keys, |at| format!(",\"k{at}\":\"v\""))),
        150_000,
    ),
    (
        "keys.json",
        |keys| format!("[{{\"title\":\"A\"{}}}]", repeated(keys, |at| format!(",\"k{at}\":\"v\""))),
        150_000,
    ),
    (
        "subjects.csv",
        |count| format!("title,subjects\nA,\"{}\"\n", repeated(count, |at| format!("s{at}|"))),
        200_000,
    ),
    (
        "authors.ris",
        |count| {
            format!(
                "TY  - BOOK\nTI  - A\n{}ER  - \n",
                repeated(count, |at| format!("AU  - N{at}, A\n"))
            )
        },
        200_000,
    ),
    (
        "signs.xml",
        |count| {
            format!(
                "<records><record><title>A</title><note>{}</note></record></records>",
                "<".repeat(count)
            )
        },
        150_000,
    ),
    ("records.jsonl", |count| repeated(count, |at| format!("{{\"title\":\"w{at}\"}}\n")), 200_000),
    (
        "words.csv",
        |count| {
            format!("title,note\nA,\"{}\"\n", repeated(count, |at| format!("word{} ", at % 50_000)))
        },
        3_000_000,
    ),
    (
        "long.csv",
        |count| {
            format!(
                "title,note\n{}",
                repeated(count, |at| format!("A{at},{}\n", "mill ".repeat(20_000)))
            )
        },
        300,
    ),
];

/// Files of formats that must fit into memory.
const WHOLE_FILES: &[(&str, FileOf, usize)] = &[
    (
        "entries.toml",
        |count| repeated(count, |at| format!("[[record]]\ntitle = \"t{at}\"\n")),
        100_000,
    ),
    (
        "aliases.yaml",
        |layers| {
            let layer = |at| format!("- &l{} [{}]\n", at + 1, format!("*l{at},").repeat(9));
            format!("- &l0 [12.10, 12.20]\n{}", repeated(layers, layer))
        },
        12,
    ),
    (
        "entries.bib",
        |count| repeated(count, |at| format!("@book{{b{at}, title={{t{at}}}}}\n")),
        100_000,
    ),
];

/// Returns the largest resident set of a process that has not been waited for, in bytes (proc(5)).
fn peak(process: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok().map(|kilobytes| kilobytes << 10)
}

/// Waits for a process. Returns the largest peak that was seen meanwhile.
fn peak_until_end(mut child: Child) -> usize {
    let mut largest = 0;
    while child.try_wait().expect("the program").is_none() {
        largest = largest.max(peak(child.id()).unwrap_or(0));
        thread::sleep(Duration::from_millis(2));
    }
    largest
}

/// The bytes of the records of a file as JSON Lines, and the number of their values.
fn kept(folder: &Path, name: &str) -> (usize, usize) {
    let inputs = fonds::load::inputs_to_open(&[folder.join(name)]);
    let (store, _) = fonds::load::read_all(&inputs, &ReadOptions::default());
    let (mut bytes, mut values) = (0, 0);
    for segment in store.segments() {
        for record in (0..segment.len()).filter_map(|record| segment.record(record)) {
            values += record.values.len() + record.own.len();
            bytes += record
                .values
                .iter()
                .map(|(field, text)| field.key().len() + text.len() + 6)
                .sum::<usize>();
            bytes +=
                record.own.iter().map(|(name, text)| name.len() + text.len() + 6).sum::<usize>();
        }
    }
    (bytes, values)
}

/// Reads a file with the program. Returns its peak.
fn peak_of_reading(folder: &TestFolder, name: &str) -> usize {
    let mut command = folder.command(&["count", name]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    peak_until_end(command.spawn().expect("the program"))
}

#[test]
fn reading_takes_memory_for_what_is_kept() {
    let mut report = String::new();
    for (name, file_of, count) in FILES.iter().chain(WHOLE_FILES) {
        let text = file_of(*count);
        let folder = TestFolder::with_files(&[(name, text.as_bytes())]);
        let peak = peak_of_reading(&folder, name);
        let (bytes, values) = kept(folder.path(), name);
        let is_whole = WHOLE_FILES.iter().any(|(whole, ..)| whole == name);
        let of_file = if is_whole { TIMES_WHOLE_FILE * text.len() } else { 0 };
        let bound = BASE + TIMES_KEPT * bytes + BYTES_PER_VALUE * values + of_file;
        assert!(peak > 0, "{name}: the peak was not seen");
        if peak > bound {
            writeln!(report, "{name}: {peak} bytes, more than {bound}").expect("a text");
        }
    }
    assert!(report.is_empty(), "{report}");
}
