//! What reading a format costs beside the library that reads its bytes and does nothing:
//! `cargo bench --bench beside`, or `cargo bench --bench beside -- EAD` for one of them.
//!
//! Both read the same text in turn, many times, so that whatever else the machine does slows both.
//! A ratio is of two times that stand beside each other; the middle one of them is told, and where
//! the middle half of them lies. Each format has a process of its own: records are dearer in memory
//! that another format has left in pieces.

#![allow(clippy::expect_used, reason = "a bench that cannot begin says why")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use fonds::formats::read;
use fonds::formats::read::{Memory, Page, Part, Sink};
use fonds::record::{Problem, Record};
use quick_xml::events::Event;
use serde::de::IgnoredAny;

mod passing;

use passing::Passing;

/// How many records a file has.
const RECORDS: usize = 36_000;

/// How often each is read.
const TURNS: usize = 50;

/// What a record says of its content.
const ABOUT: &str = "Letters, telegrams and notes of conversations between the embassy and the \
    ministry, with enclosures, on the delivery of machines, the visit of a delegation, and the price \
    of it all; some of the copies are faint, and a few pages are missing at the end of the folder.";

/// A format beside its library.
struct Beside {
    name: &'static str,
    /// Makes the text.
    text: fn() -> String,
    library: &'static str,
    /// Looks through the text and keeps nothing.
    passing: fn(&str),
}

/// Says that this process is for one format.
const ALONE: &str = "--alone";

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let has = |option: &str| asked.iter().any(|word| word == option);
    // Without it a test asks whether the benches run at all.
    let turns = if has("--bench") { TURNS } else { 1 };
    let names: Vec<&String> = asked.iter().filter(|word| !word.starts_with('-')).collect();
    let mut formats = vec![
        Beside { name: "EAD", text: ead, library: "quick-xml", passing: quick_xml },
        Beside { name: "CSV", text: csv, library: "csv", passing: csv_cells },
        Beside { name: "JSON Lines", text: json, library: "serde_json", passing: serde_json },
    ];
    if !names.is_empty() {
        formats.retain(|format| names.iter().any(|name| format.name.contains(name.as_str())));
    }
    if has(ALONE) {
        for format in formats {
            println!("{}", format.measured(turns));
        }
        return;
    }
    println!(
        "| format | MB | fonds | its records alone | library | passes over it | as fast as it |"
    );
    println!("|---|--:|--:|--:|---|--:|---|");
    for format in formats {
        let options = asked.iter().filter(|word| word.starts_with('-'));
        let this = std::env::current_exe().expect("a running bench has a file");
        let end = Command::new(this).args(options).args([ALONE, format.name]).status();
        assert!(end.expect("it runs once more").success(), "{}", format.name);
    }
}

impl Beside {
    /// A line of the table.
    fn measured(&self, turns: usize) -> String {
        let text = (self.text)();
        let (fonds, library): (Vec<_>, Vec<_>) =
            (0..turns).map(|_| (time(|| read(&text)), time(|| (self.passing)(&text)))).unzip();
        let mut ratios: Vec<f64> = library
            .iter()
            .zip(&fonds)
            .map(|(library, fonds)| library.as_secs_f64() / fonds.as_secs_f64())
            .collect();
        ratios.sort_by(f64::total_cmp);
        format!(
            "| {} | {:.1} | {} | {} | {} | {} | {:.2} ({:.2} to {:.2}) |",
            self.name,
            f64::from(u32::try_from(text.len()).expect("some megabytes")) / 1e6,
            milliseconds(fonds),
            milliseconds(records(&text, turns)),
            self.library,
            milliseconds(library),
            ratios[turns / 2],
            ratios[turns / 4],
            ratios[turns * 3 / 4],
        )
    }
}

/// How long the records of a text take alone. They are kept for it: all else is measured before, since
/// records are dearer in memory that is full of others.
fn records(text: &str, turns: usize) -> Vec<Duration> {
    let mut kept = Kept::default();
    read::read("archive", None, &mut text.as_bytes(), &mut kept).expect("a text in memory");
    (0..turns).map(|_| time(|| kept.again())).collect()
}

/// Reads a text with fonds.
fn read(text: &str) {
    read::read("archive", None, &mut text.as_bytes(), &mut Passing::default())
        .expect("a text in memory");
}

/// How long something takes.
fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The middle one of some times.
fn milliseconds(mut times: Vec<Duration>) -> String {
    times.sort();
    format!("{:.1} ms", times[times.len() / 2].as_secs_f64() * 1e3)
}

/// Keeps the records that it is given.
#[derive(Default)]
struct Kept(Vec<Record>);

impl Sink for Kept {
    fn page(&mut self, _: Page) {}

    fn record(&mut self, record: Record) {
        self.0.push(record);
    }

    fn part(&mut self, part: Part) {
        part.read(&mut Memory::default(), self);
    }

    fn problem(&mut self, problem: Problem) {
        assert!(!problem.is_fault(), "{problem}");
    }
}

impl Kept {
    /// Makes the records once more from themselves, one after the other: nothing that reads them
    /// can be faster.
    fn again(&self) {
        for record in &self.0 {
            black_box(record.clone());
        }
    }
}

/// The tags and texts of a finding aid alone.
fn quick_xml(text: &str) {
    let mut reader = quick_xml::Reader::from_reader(text.as_bytes());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).expect("sound XML") {
            Event::Eof => break,
            event => drop(black_box(event)),
        }
    }
}

/// The cells of a table alone.
fn csv_cells(text: &str) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).expect("a sound table") {
        black_box(&row);
    }
}

/// Objects that are looked through alone.
fn serde_json(text: &str) {
    for line in text.lines() {
        black_box(serde_json::from_slice::<IgnoredAny>(line.as_bytes()).expect("sound JSON"));
    }
}

/// A finding aid of some megabytes.
fn ead() -> String {
    let files: String = (0..RECORDS).fold(String::new(), |mut text, at| {
        let (box_number, date) = (at / 20, date(at));
        let _ = writeln!(
            text,
            r#"<c02 id="c{at}" level="file">
  <did>
    <unittitle>Folder {at}, <emph>copies</emph></unittitle>
    <unitdate normal="{date}">{date}</unitdate>
    <container type="box">{box_number}</container>
    <container type="folder">{at}</container>
  </did>
  <scopecontent>
    <p>{ABOUT}</p>
  </scopecontent>
  <controlaccess>
    <persname>Soong, T. V.</persname>
    <geogname>Peking</geogname>
  </controlaccess>
</c02>"#
        );
        text
    });
    let did = |title: &str| format!("<did><unittitle>{title}</unittitle></did>");
    let (papers, series) = (did("Papers"), did("Letters"));
    format!("<ead><archdesc>{papers}<dsc><c01>{series}{files}</c01></dsc></archdesc></ead>")
}

/// A table of some megabytes.
fn csv() -> String {
    let mut text = "id,title,date,summary,people,places,box\n".to_owned();
    for at in 0..RECORDS {
        let (box_number, date) = (at / 20, date(at));
        let begins = format!("{at},Folder {at},{date}");
        let ends = format!("\"Soong, T. V.\",Peking,{box_number}");
        let _ = writeln!(text, "{begins},\"{ABOUT}\",{ends}");
    }
    text
}

/// JSON Lines of some megabytes.
fn json() -> String {
    let mut text = String::new();
    for at in 0..RECORDS {
        let record = serde_json::json!({
            "id": at.to_string(),
            "title": format!("Folder {at}"),
            "date": date(at),
            "summary": ABOUT,
            "people": ["Soong, T. V."],
            "box": at / 20,
        });
        let _ = writeln!(text, "{record}");
    }
    text
}

/// The date of a record.
fn date(at: usize) -> String {
    format!("{}-{:02}", 1900 + at % 90, 1 + at % 12)
}
