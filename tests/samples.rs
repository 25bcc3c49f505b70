//! Sample files from real archives and programs: what each of them gives, one line per file in
//! `tests/samples.txt`.
//!
//! `FONDS_SAMPLES` names the folder of the samples. Any change fails the test, also an improvement:
//! `FONDS_SAMPLE_RESULTS=write` records the new results.

use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use fonds::formats::read;
use fonds::formats::read::Format;
use fonds::load::page_merger::{MergedPages, PageMerger};

/// The recorded results.
const RECORDED_RESULTS: &str = include_str!("samples.txt");

/// The comment at the top of the recorded results.
const RESULTS_HEADER: &str = "\
# Sample files: the detected format, records, dated records, warnings, errors.
# FONDS_SAMPLES names their folder; FONDS_SAMPLE_RESULTS=write records these lines again.
";

/// All sample files below a folder, sorted, each with its path relative to the folder.
pub(crate) fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if name != "SOURCES.md" && !name.ends_with(".expected.json") {
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

/// The result of a file as a line.
fn result_line(name: &str, path: &Path) -> String {
    let mut start = Vec::new();
    File::open(path).unwrap().take(16 * 1024).read_to_end(&mut start).unwrap();
    let format = Format::detect(&start).or_else(|| Format::from_file_name(name));
    let format = format.unwrap_or(Format::ResultsPage).name();
    let mut merger = PageMerger::new();
    let mut bytes = BufReader::new(File::open(path).unwrap());
    read::read(name, None, &mut bytes, &mut merger).unwrap();
    let MergedPages { records, problems, .. } = merger.finish();
    let dated = records.iter().filter(|it| it.record.date.parsed.span().is_some()).count();
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let (records, warnings) = (records.len(), problems.len() - errors);
    format!(
        "{name}: {format}, {records} records, {dated} dated, {warnings} warnings, {errors} errors"
    )
}

#[test]
fn sample_files_give_the_recorded_results() {
    let Some(folder) = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from) else {
        println!("skipped: FONDS_SAMPLES names no folder of sample files");
        return;
    };
    let found: Vec<String> =
        files(&folder).iter().map(|(name, path)| result_line(name, path)).collect();
    if std::env::var_os("FONDS_SAMPLE_RESULTS").is_some_and(|value| value == "write") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples.txt");
        fs::write(path, format!("{RESULTS_HEADER}{}\n", found.join("\n"))).unwrap();
        return;
    }
    let recorded: Vec<&str> =
        RECORDED_RESULTS.lines().filter(|line| !line.starts_with('#')).collect();
    let new = found.iter().filter(|line| !recorded.contains(&line.as_str()));
    let gone = recorded.iter().filter(|line| !found.iter().any(|found| found == *line));
    let changes: Vec<String> =
        gone.map(|line| format!("- {line}")).chain(new.map(|line| format!("+ {line}"))).collect();
    assert!(
        changes.is_empty(),
        "the results differ from tests/samples.txt; FONDS_SAMPLE_RESULTS=write records the new ones:\n{}",
        changes.join("\n")
    );
}
