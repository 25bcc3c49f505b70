//! Files from outside: what each of them gives, line by line in `tests/outside.txt`.
//!
//! The files stand in the folder that `FONDS_SAMPLES` names. What is better than its line is to be
//! written down as well as what is worse: `FONDS_OUTSIDE=write` writes all lines anew.

use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use fonds::formats::read;
use fonds::formats::read::Format;
use fonds::load::page_merger::{Gathered, Gathering};

/// What the files gave when that was last written down.
const WRITTEN: &str = include_str!("outside.txt");

/// What stands above the lines.
const HEAD: &str = "\
# Files from outside: the format found, records, dated records, notes, faults.
# FONDS_SAMPLES names their folder; FONDS_OUTSIDE=write writes these lines anew.
";

/// All files below a folder that are to be read, by their names from there, in order.
pub(crate) fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut waiting = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(inner) = waiting.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                waiting.push(path);
            } else if name != "SOURCES.md" && !name.ends_with(".expected.json") {
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

/// The line of a file.
fn line(name: &str, path: &Path) -> String {
    let mut begun = Vec::new();
    File::open(path).unwrap().take(16 * 1024).read_to_end(&mut begun).unwrap();
    let format = Format::detect(&begun).or_else(|| Format::of_name(name));
    let format = format.unwrap_or(Format::ResultsPage).name();
    let mut gathering = Gathering::new();
    let mut bytes = BufReader::new(File::open(path).unwrap());
    read::read(name, None, &mut bytes, &mut gathering).unwrap();
    let Gathered { records, problems, .. } = gathering.finish();
    let dated = records.iter().filter(|it| it.record.date.reading.span().is_some()).count();
    let faults = problems.iter().filter(|problem| problem.is_fault()).count();
    let (records, notes) = (records.len(), problems.len() - faults);
    format!("{name}: {format}, {records} records, {dated} dated, {notes} notes, {faults} faults")
}

#[test]
fn each_file_gives_what_is_written_down() {
    let Some(folder) = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from) else {
        println!("skipped: FONDS_SAMPLES names no folder with files from outside");
        return;
    };
    let found: Vec<String> = files(&folder).iter().map(|(name, path)| line(name, path)).collect();
    if std::env::var_os("FONDS_OUTSIDE").is_some_and(|told| told == "write") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside.txt");
        fs::write(path, format!("{HEAD}{}\n", found.join("\n"))).unwrap();
        return;
    }
    let written: Vec<&str> = WRITTEN.lines().filter(|line| !line.starts_with('#')).collect();
    let new = found.iter().filter(|line| !written.contains(&line.as_str()));
    let gone = written.iter().filter(|line| !found.iter().any(|found| found == *line));
    let changes: Vec<String> =
        gone.map(|line| format!("- {line}")).chain(new.map(|line| format!("+ {line}"))).collect();
    assert!(
        changes.is_empty(),
        "tests/outside.txt says otherwise; if this is better, FONDS_OUTSIDE=write:\n{}",
        changes.join("\n")
    );
}
