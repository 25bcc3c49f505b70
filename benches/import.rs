//! Importing: what the formats cost beside the libraries that read their bytes and do nothing.

use std::fmt::Write as _;
use std::sync::OnceLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fonds::import::{self, Memory, Page, Part, Sink};
use fonds::record::{Problem, Record};
use quick_xml::events::Event;
use serde::de::IgnoredAny;

use crate::parse::Passing;

/// How many records a file has.
const RECORDS: usize = 12_000;

/// What a record says of its content.
const ABOUT: &str = "Letters, telegrams and notes of conversations between the embassy and the \
    ministry, with enclosures, on the delivery of machines, the visit of a delegation, and the price \
    of it all; some of the copies are faint, and a few pages are missing at the end of the folder.";

/// The date of a record.
fn date(at: usize) -> String {
    format!("{}-{:02}", 1900 + at % 90, 1 + at % 12)
}

/// A finding aid of some megabytes.
fn ead() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
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
    })
}

/// A table of some megabytes.
fn csv() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = "id,title,date,summary,people,places,box\n".to_owned();
        for at in 0..RECORDS {
            let (box_number, date) = (at / 20, date(at));
            let begins = format!("{at},Folder {at},{date}");
            let ends = format!("\"Soong, T. V.\",Peking,{box_number}");
            let _ = writeln!(text, "{begins},\"{ABOUT}\",{ends}");
        }
        text
    })
}

/// JSON Lines of some megabytes.
fn json() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
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
    })
}

/// Reads a text with fonds.
fn fonds(bencher: Bencher<'_, '_>, text: &str) {
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        import::read("archive", None, &mut text.as_bytes(), &mut Passing::default())
    });
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

/// Makes the records of a text once more from themselves, one after the other: nothing that reads
/// them can be faster.
fn records(bencher: Bencher<'_, '_>, text: &str) {
    let mut kept = Kept::default();
    import::read("archive", None, &mut text.as_bytes(), &mut kept).expect("a text in memory");
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        for record in &kept.0 {
            black_box(record.clone());
        }
    });
}

/// A finding aid as records.
#[divan::bench]
fn ead_fonds(bencher: Bencher<'_, '_>) {
    fonds(bencher, ead());
}

/// The same, its tags and texts alone.
#[divan::bench]
fn ead_quick_xml(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(ead())).bench_local(|| {
        let mut reader = quick_xml::Reader::from_reader(ead().as_bytes());
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).expect("sound XML") {
                Event::Eof => break,
                event => drop(black_box(event)),
            }
        }
    });
}

/// Its records alone.
#[divan::bench]
fn ead_records(bencher: Bencher<'_, '_>) {
    records(bencher, ead());
}

/// A table as records.
#[divan::bench]
fn csv_fonds(bencher: Bencher<'_, '_>) {
    fonds(bencher, csv());
}

/// The same, its cells alone.
#[divan::bench]
fn csv_csv(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(csv())).bench_local(|| {
        let mut reader = csv::Reader::from_reader(csv().as_bytes());
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row).expect("a sound table") {
            black_box(&row);
        }
    });
}

/// Its records alone.
#[divan::bench]
fn csv_records(bencher: Bencher<'_, '_>) {
    records(bencher, csv());
}

/// JSON Lines as records.
#[divan::bench]
fn json_lines_fonds(bencher: Bencher<'_, '_>) {
    fonds(bencher, json());
}

/// The same, looked through alone.
#[divan::bench]
fn json_lines_serde_json(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(json())).bench_local(|| {
        for line in json().lines() {
            black_box(serde_json::from_slice::<IgnoredAny>(line.as_bytes()).expect("sound JSON"));
        }
    });
}

/// Its records alone.
#[divan::bench]
fn json_lines_records(bencher: Bencher<'_, '_>) {
    records(bencher, json());
}
