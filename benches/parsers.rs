//! Compares the parsers of fonds with the libraries they use, which only pass over the same bytes:
//! `cargo bench --bench parsers`, or `cargo bench --bench parsers -- EAD` for one format.
//!
//! Both parse the same text alternately, many times, so that other load on the machine slows both. A ratio
//! is taken from two consecutive times; the median of the ratios and their quartiles are printed. Each
//! format runs in its own process, because records cost more in memory that another format has fragmented.

#![allow(clippy::expect_used, reason = "a benchmark that cannot start panics")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use fonds::formats::read;
use fonds::formats::read::{PageStart, ParserCache, RecordPart, Sink};
use fonds::record::{Problem, Record};
use quick_xml::events::Event;
use serde::de::IgnoredAny;

mod discard_sink;

use discard_sink::DiscardSink;

/// The number of records in a file.
const RECORDS: usize = 36_000;

/// The number of times that each text is parsed.
const REPETITIONS: usize = 50;

/// The summary of every record.
const SUMMARY: &str = "Letters, telegrams and notes of conversations between the embassy and the \
    ministry, with enclosures, on the delivery of machines, the visit of a delegation, and the price \
    of it all; some of the copies are faint, and a few pages are missing at the end of the folder.";

/// A format, and the library that parses its bytes.
struct ParserComparison {
    name: &'static str,
    /// Generates the text.
    text: fn() -> String,
    library: &'static str,
    /// Parses the text with the library and keeps nothing.
    parse_with_library: fn(&str),
}

/// The option that makes a process measure one format and print its row.
const SINGLE_FORMAT_OPTION: &str = "--alone";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |option: &str| arguments.iter().any(|word| word == option);
    // `cargo test` runs benchmarks without this option, only to see that they work.
    let repetitions = if has("--bench") { REPETITIONS } else { 1 };
    let names: Vec<&String> = arguments.iter().filter(|word| !word.starts_with('-')).collect();
    let mut formats = vec![
        ParserComparison {
            name: "EAD",
            text: ead,
            library: "quick-xml",
            parse_with_library: quick_xml,
        },
        ParserComparison { name: "CSV", text: csv, library: "csv", parse_with_library: csv_cells },
        ParserComparison {
            name: "JSON Lines",
            text: json,
            library: "serde_json",
            parse_with_library: serde_json,
        },
    ];
    if !names.is_empty() {
        formats.retain(|format| names.iter().any(|name| format.name.contains(name.as_str())));
    }
    if has(SINGLE_FORMAT_OPTION) {
        for format in formats {
            println!("{}", format.measure(repetitions));
        }
        return;
    }
    println!(
        "| format | MB | fonds | its records alone | library | passes over it | as fast as it |"
    );
    println!("|---|--:|--:|--:|---|--:|---|");
    for format in formats {
        let options = arguments.iter().filter(|word| word.starts_with('-'));
        let program = std::env::current_exe().expect("a running bench has a file");
        let status =
            Command::new(program).args(options).args([SINGLE_FORMAT_OPTION, format.name]).status();
        assert!(status.expect("the process starts").success(), "{}", format.name);
    }
}

impl ParserComparison {
    /// Measures the format and returns its row of the table.
    fn measure(&self, repetitions: usize) -> String {
        let text = (self.text)();
        let (fonds, library): (Vec<_>, Vec<_>) = (0..repetitions)
            .map(|_| (time(|| read(&text)), time(|| (self.parse_with_library)(&text))))
            .unzip();
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
            milliseconds(time_record_creation(&text, repetitions)),
            self.library,
            milliseconds(library),
            ratios[repetitions / 2],
            ratios[repetitions / 4],
            ratios[repetitions * 3 / 4],
        )
    }
}

/// How long it takes to create the records of a text, without parsing. The records are kept in memory,
/// which makes allocations slower, so this is measured last.
fn time_record_creation(text: &str, repetitions: usize) -> Vec<Duration> {
    let mut sink = KeepingSink::default();
    read::read("archive", None, &mut text.as_bytes(), &mut sink).expect("a text in memory");
    (0..repetitions).map(|_| time(|| sink.clone_records())).collect()
}

/// Parses a text with fonds.
fn read(text: &str) {
    read::read("archive", None, &mut text.as_bytes(), &mut DiscardSink::default())
        .expect("a text in memory");
}

/// Measures how long something takes.
fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The median of some times.
fn milliseconds(mut times: Vec<Duration>) -> String {
    times.sort();
    format!("{:.1} ms", times[times.len() / 2].as_secs_f64() * 1e3)
}

/// Keeps all records.
#[derive(Default)]
struct KeepingSink(Vec<Record>);

impl Sink for KeepingSink {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        self.0.push(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        assert!(!problem.is_error(), "{problem}");
    }
}

impl KeepingSink {
    /// Clones the records one by one. No parser that creates them can be faster.
    fn clone_records(&self) {
        for record in &self.0 {
            black_box(record.clone());
        }
    }
}

/// Passes over a finding aid with quick-xml.
fn quick_xml(text: &str) {
    let mut reader = quick_xml::Reader::from_reader(text.as_bytes());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).expect("valid XML") {
            Event::Eof => break,
            event => drop(black_box(event)),
        }
    }
}

/// Passes over a table with csv.
fn csv_cells(text: &str) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).expect("a valid table") {
        black_box(&row);
    }
}

/// Passes over JSON Lines with `serde_json`.
fn serde_json(text: &str) {
    for line in text.lines() {
        black_box(serde_json::from_slice::<IgnoredAny>(line.as_bytes()).expect("valid JSON"));
    }
}

/// A finding aid of several megabytes.
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
    <p>{SUMMARY}</p>
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

/// A table of several megabytes.
fn csv() -> String {
    let mut text = "id,title,date,summary,people,places,box\n".to_owned();
    for at in 0..RECORDS {
        let (box_number, date) = (at / 20, date(at));
        let start = format!("{at},Folder {at},{date}");
        let end = format!("\"Soong, T. V.\",Peking,{box_number}");
        let _ = writeln!(text, "{start},\"{SUMMARY}\",{end}");
    }
    text
}

/// JSON Lines of several megabytes.
fn json() -> String {
    let mut text = String::new();
    for at in 0..RECORDS {
        let record = serde_json::json!({
            "id": at.to_string(),
            "title": format!("Folder {at}"),
            "date": date(at),
            "summary": SUMMARY,
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
