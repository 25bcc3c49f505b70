//! Loading: the records do not depend on buffer sizes, compression, batches or the order of arrival.

use std::fmt::Write as _;
use std::io::{BufReader, Write as _};
use std::sync::Arc;

use fonds::formats::read;
use fonds::formats::read::{PageStart, ParserCache, ReadOptions, RecordPart, Sink};
use fonds::load::{Input, read_all};
use fonds::query::RecordHandle;
use fonds::record::{ArchiveId, Date, Field, Problem, Record};
use fonds::store::{Segment, Store};
use proptest::prelude::*;

/// Everything that a parser delivers, in order.
#[derive(Debug, Default, PartialEq)]
struct Collected {
    records: Vec<Record>,
    problems: Vec<Problem>,
}

impl Sink for Collected {
    fn start_page(&mut self, _: PageStart) {}

    fn add_record(&mut self, record: Record) {
        self.records.push(record);
    }

    fn add_part(&mut self, part: RecordPart) {
        part.read(&mut ParserCache::default(), self);
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// Parses a file through a buffer of this size.
fn parse(name: &str, bytes: &[u8], buffer_size: usize) -> Collected {
    let mut collected = Collected::default();
    let mut bytes = BufReader::with_capacity(buffer_size, bytes);
    read::read(name, None, &mut bytes, &mut collected).unwrap();
    collected
}

fn record(values: &[(Field, &str)], date: &str, own: &[(&str, &str)]) -> Record {
    let mut record = Record { date: Date::parse(date), ..Record::default() };
    for (field, value) in values {
        record.push(*field, value);
    }
    record.own = own.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    record
}

#[test]
fn json_variants_parse_to_the_same_records() {
    use Field::{Id, People, Title, Url};
    let expected = vec![
        record(
            &[(Id, "7"), (Title, "A letter"), (People, "Stalin"), (People, "Soong")],
            "1945",
            &[],
        ),
        record(
            &[(Title, "“B”"), (Url, "https://example.org/b")],
            "",
            &[
                ("box.no", "12"),
                ("box.of", "a"),
                ("box.of", "b"),
                ("title", "other"),
                ("seen", "true"),
            ],
        ),
    ];
    let lines = r#"{"id":7,"title":"A letter","date":1945,"people":["Stalin","Soong"],"places":[],"rights":null}
{"title":["“B”"],"url":"https://example.org/b","box":{"no":12,"of":["a","b"]},"own":{"title":"other"},"seen":true}
"#;
    let (first, second) = lines.trim().split_once('\n').unwrap();
    let list = format!("[\n  {first},\n  {second}\n]");
    let object =
        format!(r#"{{"archive":{{"title":"Letters"}},"records":[{first},{second}],"total":2}}"#);
    for (name, text) in [
        ("lines.jsonl", lines.to_owned()),
        ("marked.jsonl", format!("\u{feff}{}", lines.trim())),
        ("list.json", list),
        ("object.json", object),
        ("windows.jsonl", lines.replace('\n', "\r\n\r\n")),
    ] {
        let collected = parse(name, text.as_bytes(), 64);
        assert_eq!(collected.records, expected, "{name}");
        assert_eq!(collected.problems, [], "{name}");
    }
}

#[test]
fn invalid_json_record_is_a_problem_with_its_line() {
    let text = "{\"title\":\"A\"}\nnonsense\n\n{\"title\":\"B\",\n[1]\n{}\n{\"title\":\"C\",\"position\":\"x\",\"date\":\"1996-07\"}";
    let collected = parse("a.jsonl", text.as_bytes(), 8);
    let titles: Vec<_> = collected.records.iter().filter_map(Record::title).collect();
    assert_eq!(titles, ["A", "C"]);
    let lines: Vec<_> = collected.problems.iter().filter_map(|problem| problem.line).collect();
    assert_eq!(lines, [2, 4, 5, 6, 7], "{:?}", collected.problems);
    assert!(collected.problems.iter().all(|problem| problem.file == "a.jsonl"));

    let truncated = parse_json("[{\"title\":\"A\"},\n{\"title\":\"B\"},\n{\"title\":");
    assert_eq!(truncated.records.len(), 2);
    assert_eq!((truncated.problems.len(), truncated.problems[0].line), (1, Some(3)));
}

fn parse_json(text: &str) -> Collected {
    parse("a.json", text.as_bytes(), 4096)
}

/// Writes a file of numbered records, compressed by `compress`.
fn write_numbered_records(
    folder: &std::path::Path,
    name: &str,
    compress: fn(&[u8]) -> Vec<u8>,
) -> Input {
    let mut text = String::new();
    for number in 0..20_000 {
        let title = format!("Cable No. {number}");
        let _ = writeln!(text, "{{\"id\":\"{number}\",\"title\":\"{title}\",\"date\":\"1945\"}}");
        if number % 1000 == 999 {
            text += "broken\n";
        }
    }
    let path = folder.join(name);
    std::fs::write(&path, compress(text.as_bytes())).unwrap();
    Input::Path(path)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    // Two members, as after appending to a gzip file.
    let (one, other) = bytes.split_at(bytes.len() / 2);
    let member = |bytes: &[u8]| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    };
    [member(one), member(other)].concat()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let (one, other) = bytes.split_at(bytes.len() / 2);
    let frame = |bytes| ruzstd::encoding::compress_to_vec(bytes, level);
    // A skippable frame between the two frames (RFC 8878, section 3.1.2).
    [frame(one), vec![0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3], frame(other)].concat()
}

#[test]
fn records_keep_the_order_of_their_file() {
    let folder = tempfile::tempdir().unwrap();
    for (name, compress) in [
        ("a.jsonl", <[u8]>::to_vec as fn(&[u8]) -> Vec<u8>),
        ("a.jsonl.gz", gzip),
        ("a.jsonl.zst", zstd),
    ] {
        let (store, problems) = read_all(
            &[write_numbered_records(folder.path(), name, compress)],
            &ReadOptions::default(),
        );
        assert_eq!(store.len(), 20_000, "{name}");
        for number in [0_u32, 1, 999, 1000, 10_000, 19_999] {
            let record = store.record(RecordHandle(number)).unwrap();
            assert_eq!(record.first(Field::Id), Some(number.to_string().as_str()), "{name}");
        }
        let lines: Vec<_> = problems.iter().filter_map(|problem| problem.line).collect();
        let expected: Vec<_> = (1..=20).map(|nth| nth * 1001).collect();
        assert_eq!(lines, expected, "{name}");
        assert!(store.segments().len() < 20, "small segments are merged");
    }
}

#[test]
fn truncated_gzip_keeps_the_records_before_the_cut() {
    let folder = tempfile::tempdir().unwrap();
    let input = write_numbered_records(folder.path(), "truncated.jsonl.gz", |bytes| {
        let packed = gzip(bytes);
        packed[..packed.len() * 3 / 4].to_vec()
    });
    let (store, problems) = read_all(&[input], &ReadOptions::default());
    assert!(store.len() > 10_000, "{}", store.len());
    assert!(problems.iter().any(|problem| problem.message.contains("cannot be read")));
}

/// A line of a file: mostly a record, sometimes anything else.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => ("[a-zäß“ ]{0,12}", 1900..1990).prop_map(|(title, year)| {
            format!("{{\"title\":\"{title}\",\"date\":\"{year}\",\"x\":[\"{title}\"]}}")
        }),
        1 => "\\PC{0,20}",
        1 => Just(String::new()),
        1 => Just("{\"title\":\"cut".to_owned()),
    ]
}

proptest! {
    #[test]
    fn buffer_size_does_not_change_what_is_parsed(
        lines in prop::collection::vec(line(), 0..30),
        buffer_size in 1_usize..200,
    ) {
        let text = format!("{{\"title\":\"first\"}}\n{}", lines.join("\n"));
        prop_assert_eq!(
            parse("a.jsonl", text.as_bytes(), buffer_size),
            parse("a.jsonl", text.as_bytes(), 1 << 20)
        );
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), json in "[\\[\\]{}\",:a-c0-9 \n]{0,80}") {
        parse("a.jsonl", &bytes, 16);
        parse("a.json", json.as_bytes(), 16);
        parse("a.jsonl", json.as_bytes(), 16);
    }

    #[test]
    fn merged_segments_keep_every_record(
        sizes in prop::collection::vec(1_usize..700, 1..20),
    ) {
        let mut store = Store::default();
        let mut number = 0;
        for size in sizes {
            let batch: Vec<_> = (number..number + size).map(|number| {
                let record = record(&[(Field::Id, &number.to_string())], "1945", &[("box", "1")]);
                fonds::record::SourcedRecord { archive: ArchiveId::from_index(number % 2), record }
            }).collect();
            store.append_or_merge(Segment::build(&batch));
            number += size;
        }
        prop_assert_eq!(store.len(), number);
        for wanted in 0..number {
            let at = RecordHandle(u32::try_from(wanted).unwrap());
            let (segment, within) = store.locate(at).unwrap();
            prop_assert_eq!(segment.archive_id(within), ArchiveId::from_index(wanted % 2));
            let id = wanted.to_string();
            let record = store.record(at).unwrap();
            prop_assert_eq!(record.first(Field::Id), Some(id.as_str()));
        }
    }
}

/// The snapshots of a store while it is loaded in batches of `size` records, without the empty one.
pub(crate) fn snapshots(store: &Store, size: usize) -> Vec<Store> {
    let all: Vec<_> = store
        .segments()
        .iter()
        .flat_map(|segment| {
            (0..segment.len()).map(|at| fonds::record::SourcedRecord {
                archive: segment.archive_id(at),
                record: segment.record(at).unwrap(),
            })
        })
        .collect();
    let mut growing = Store::default();
    growing.set_archives(store.archives().to_vec());
    let batches = all.chunks(size).map(|batch| {
        growing.append(Arc::new(Segment::build(batch)));
        growing.clone()
    });
    batches.collect()
}

#[test]
fn field_names_of_other_programs_are_recognised_in_json() {
    use Field::{Contributor, ContributorRole, Creator, Id, Subjects, Summary, Title, Url};
    let text = r#"[{"dcterms_title_display":["A letter"],"dc_date_display":"1945","creator_ssim":["Soong"],
        "dcterms_identifier_display":"https://example.org/1","type":"odd"},
        {"title":"B","dc:title":"other","identifier":"7","contributor":"Stalin","subject":["War"],
        "description":"About."}]"#;
    let read = parse("a.json", text.as_bytes(), 64);
    let letter = [(Title, "A letter"), (Creator, "Soong"), (Url, "https://example.org/1")];
    let b = [
        (Title, "B"),
        (Id, "7"),
        (Contributor, "Stalin"),
        (ContributorRole, ""),
        (Subjects, "War"),
        (Summary, "About."),
    ];
    let expected =
        vec![record(&letter, "1945", &[("type", "odd")]), record(&b, "", &[("dc:title", "other")])];
    assert_eq!(read.records, expected);
}
