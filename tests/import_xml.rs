//! Reading what archives hand out as XML, and MARC: small files of each kind, and what is told of them.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::import;
use fonds::import::{Format, Page, Sink};
use fonds::record::{Field, Problem, Record, Severity};
use proptest::prelude::*;

/// All that a reader handed over, in its order.
#[derive(Default)]
struct Taken {
    pages: Vec<Page>,
    records: Vec<Record>,
    problems: Vec<Problem>,
}

impl Sink for Taken {
    fn page(&mut self, page: Page) {
        self.pages.push(page);
    }
    fn record(&mut self, record: Record) {
        self.records.push(record);
    }
    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Reads bytes as a file.
fn read(name: &str, format: Option<Format>, mut bytes: &[u8]) -> Taken {
    let mut taken = Taken::default();
    import::read(name, format, &mut bytes, &mut taken).unwrap();
    taken
}

/// What was read as lines: pages, records with all their fields, problems.
fn told(taken: &Taken) -> String {
    let mut lines = Vec::new();
    for page in &taken.pages {
        let archive = &page.archive;
        let said = [&archive.title, &archive.source, &archive.url].into_iter().flatten().cloned();
        let own = archive.own.iter().map(|(name, value)| format!("{name}={value}"));
        lines.push(format!("[{}]", said.chain(own).collect::<Vec<_>>().join(" | ")));
    }
    for record in &taken.records {
        let span = record.date.span().map(|span| span.edtf()).unwrap_or_default();
        let text = &record.date.text;
        let date = (!text.is_empty()).then(|| format!("{text} ({span})"));
        let values = record.values.iter().map(|(field, value)| format!("{}={value}", field.key()));
        let own = record.own.iter().map(|(name, value)| format!("{name}={value}"));
        lines.push(date.into_iter().chain(values).chain(own).collect::<Vec<_>>().join(" | "));
    }
    for problem in &taken.problems {
        let mark = if problem.severity == Severity::Note { "note" } else { "FAULT" };
        lines.push(format!("{mark} {problem}"));
    }
    lines.join("\n")
}

/// The folder with files from outside, where the environment names one.
fn outside() -> Option<PathBuf> {
    let folder = std::env::var_os("FONDS_SAMPLES").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: FONDS_SAMPLES names no folder with files from outside");
    }
    folder
}

#[test]
fn show_outside() {
    let Some(folder) = outside() else { return };
    for kind in ["ead", "oai-pmh", "mods", "marcxml", "dpla"] {
        let mut files: Vec<_> = fs::read_dir(folder.join(kind)).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|it| it.extension().is_some_and(|it| it == "xml")) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let taken = read(&name, None, &fs::read(file).unwrap());
            println!("=== {kind}/{name}: {} records {} problems {:?}", taken.records.len(), taken.problems.len(), Format::detect(&fs::read(file).unwrap()));
            let all = told(&taken);
            for line in all.lines().take(4).chain(all.lines().filter(|it| it.starts_with("FAULT") || it.starts_with("note")).take(4)) {
                println!("{}", line.chars().take(1500).collect::<String>());
            }
        }
    }
}
