//! Damaged compressed files: a flipped bit or a cut never gives other records without an error.

use std::fs;
use std::io::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::Compression;
use flate2::write::GzEncoder;
use fonds::formats::read;
use fonds::load::page_merger::PageMerger;
use fonds::record::Record;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::program::TestFolder;

/// The records and whether an error was given, for the bytes of a file.
fn read_records(name: &str, bytes: &[u8]) -> (Vec<Record>, bool) {
    let mut merger = PageMerger::new();
    let outcome = read::read(name, None, &mut &*bytes, &mut merger);
    let result = merger.finish();
    let has_error =
        outcome.is_err() || result.problems.iter().any(fonds::record::Problem::is_error);
    (result.records.into_iter().map(|sourced| sourced.record).collect(), has_error)
}

/// One gzip member or Zstandard frame.
type Compress = fn(&[u8]) -> Vec<u8>;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// The compressions, with the endings of their files.
const COMPRESSIONS: [(&str, Compress); 2] = [("gz", gzip), ("zst", zstd)];

/// Files that differ in how their parsers read them, by name.
const TEXTS: &[(&str, &str)] = &[
    (
        "a.jsonl",
        "{\"title\":\"Letter to Ilse\",\"date\":\"1951-03-02\"}\n{\"title\":\"Letter to Arkadi\"}\n",
    ),
    ("a.csv", "title,date,summary\nLetter to Ilse,1951,On the ferry\nMap of the lake,1952,Ink\n"),
    (
        "a.ris",
        "TY  - LETTER\nTI  - Letter to Ilse\nER  - \nTY  - MAP\nTI  - Map of the lake\nER  - \n",
    ),
    ("a.xml", "<dc><title>Letter to Ilse</title><date>1951</date></dc>"),
];

/// Copies of a file with one bit flipped, with a description of the bit: a bit of each byte, or each
/// bit if `FONDS_FUZZ_CASES` is set.
fn with_one_bit_flipped(bytes: &[u8]) -> impl Iterator<Item = (String, Vec<u8>)> {
    let step = if std::env::var_os("FONDS_FUZZ_CASES").is_some() { 1 } else { 9 };
    (0..bytes.len() * 8).step_by(step).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        (format!("bit {} of byte {}", bit % 8, bit / 8), flipped)
    })
}

/// The damage that went unnoticed: other records than those of the intact file, without an error.
fn unnoticed(
    name: &str,
    intact: &[u8],
    damaged: impl Iterator<Item = (String, Vec<u8>)>,
) -> Vec<String> {
    let (expected, _) = read_records(name, intact);
    assert!(!expected.is_empty(), "{name}");
    let mut wrong = Vec::new();
    for (what, bytes) in damaged {
        let (records, has_error) = read_records(name, &bytes);
        let is_sound = records == expected || has_error && expected.starts_with(&records);
        if !is_sound {
            wrong.push(format!("{name}: {what}: {} records, error: {has_error}", records.len()));
        }
    }
    wrong
}

#[test]
fn flipped_bit_of_a_compressed_file_is_noticed() {
    let mut wrong = Vec::new();
    for (ending, compress) in COMPRESSIONS {
        for (name, text) in TEXTS.iter().take(2) {
            let name = format!("{name}.{ending}");
            let (first, second) = text.as_bytes().split_at(text.len() / 2);
            let two = [compress(first), compress(second)].concat();
            wrong.extend(unnoticed(&name, &two, with_one_bit_flipped(&two)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn cut_compressed_file_is_noticed() {
    let mut wrong = Vec::new();
    for (ending, compress) in COMPRESSIONS {
        for (name, text) in TEXTS {
            let name = format!("{name}.{ending}");
            for split in (1..text.len()).step_by(7) {
                let (first, second) = text.as_bytes().split_at(split);
                let (first, second) = (compress(first), compress(second));
                let cut = first.len() + second.len() / 2;
                let two = [first, second].concat();
                let cuts = [cut, two.len() - 1]
                    .map(|at| (format!("cut at {at} after {split}"), two[..at].to_vec()));
                wrong.extend(unnoticed(&name, &two, cuts.into_iter()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

fn workbook() -> Vec<u8> {
    let text = include_str!("import_tables/book.xlsx.base64");
    BASE64_STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap()
}

#[test]
fn flipped_bit_of_a_workbook_is_noticed() {
    let intact = workbook();
    let wrong = unnoticed("a.xlsx", &intact, with_one_bit_flipped(&intact));
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn damaged_file_is_refused_in_one_sentence() {
    let text = TEXTS[0].1.repeat(20);
    for (ending, compress) in COMPRESSIONS {
        let mut flipped = compress(text.as_bytes());
        let checksum = flipped.len() - if ending == "gz" { 8 } else { 4 };
        flipped[checksum] ^= 1;
        let mut cut = compress(text.as_bytes());
        cut.truncate(cut.len() * 2 / 3);
        for (bytes, part) in [(&flipped, "does not fit its checksum"), (&cut, "ends too early")] {
            let name = format!("shelf/a.jsonl.{ending}");
            let folder = TestFolder::new();
            fs::create_dir(folder.path().join("shelf")).unwrap();
            fs::write(folder.path().join(&name), bytes).unwrap();
            let parts =
                [name.as_str(), part, "nothing of this file is shown", "get the file again"];
            folder.run(&["list", &name]).assert_refused(&parts);
            folder.run(&["list", "shelf"]).assert_refused(&parts);
            let piped = folder.run_with_input(&["list", "-"], bytes);
            piped.assert_refused(&["standard input", part, "get the file again"]);
            let check = folder.run(&["check", &name]);
            assert!(check.stdout.contains(part) && check.exit_code == Some(1), "{}", check.stdout);
        }
    }
    let mut book = workbook();
    let middle = book.len() / 2;
    book[middle] ^= 1;
    let folder = TestFolder::with_files(&[("book.xlsx", &book)]);
    folder.run(&["list", "book.xlsx"]).assert_refused(&[
        "book.xlsx",
        "damaged",
        "get the file again",
    ]);
}

#[test]
fn damage_behind_sound_frames_leaves_their_records() {
    for (ending, compress) in COMPRESSIONS {
        let (one, two) = TEXTS[0].1.split_at(TEXTS[0].1.find('\n').unwrap() + 1);
        let (one, two) = (compress(one.as_bytes()), compress(two.as_bytes()));
        let start = one.len();
        let mut both = [one, two].concat();
        let intact = both.clone();
        let last = both.len() - 1;
        both[last] ^= 0x80;
        let padded = [&intact[..], &[0; 600]].concat();
        let trailing = [&intact[..], b"\nThe end"].concat();
        let name = format!("a.jsonl.{ending}");
        let folder = TestFolder::new();
        for (bytes, count, part) in [
            (&both, 1, format!("from byte {start} on does not")),
            (&trailing, 2, format!("from byte {} on is", intact.len())),
            (&padded, 2, String::new()),
        ] {
            // Zstandard has no padding.
            if ending == "zst" && part.is_empty() {
                continue;
            }
            fs::write(folder.path().join(&name), bytes).unwrap();
            let result = folder.run(&["list", &name]);
            assert_eq!(result.stdout.lines().count(), count, "{name} {}", result.stderr);
            assert!(result.stderr.contains(&part), "{name}: {part}: {}", result.stderr);
            assert_eq!(result.exit_code, Some(if part.is_empty() { 0 } else { 2 }));
        }
    }
}

#[test]
fn large_damaged_file_is_refused_or_doubted() {
    // Larger than what is held back until a checksum is compared.
    let text = TEXTS[0].1.repeat(240_000);
    for (ending, compress) in COMPRESSIONS {
        let mut bytes = compress(text.as_bytes());
        let checksum = bytes.len() - if ending == "gz" { 8 } else { 4 };
        bytes[checksum] ^= 1;
        let name = format!("a.jsonl.{ending}");
        let folder = TestFolder::with_files(&[(&name, &bytes)]);
        // Its text is one record, again and again, which compresses to less than files do.
        let allowed = "--max-unpacked=1G";
        let result = folder.run(&["list", allowed, &name]);
        result.assert_refused(&[&name, "nothing of this file is shown"]);
        let piped = folder.run_with_input(&["count", allowed, "-"], &bytes);
        assert!(piped.stderr.contains("records of this file may be wrong"), "{}", piped.stderr);
        assert_eq!(piped.exit_code, Some(2), "{}", piped.stderr);
    }
}

#[test]
fn zstandard_file_without_checksum_gives_a_warning() {
    let mut bytes = zstd(TEXTS[0].1.as_bytes());
    bytes[4] &= !0b100;
    bytes.truncate(bytes.len() - 4);
    let folder = TestFolder::with_files(&[("a.jsonl.zst", &bytes)]);
    let result = folder.run(&["list", "a.jsonl.zst"]);
    assert_eq!(
        (result.stdout.lines().count(), result.exit_code),
        (2, Some(0)),
        "{}",
        result.stderr
    );
    assert!(result.stderr.contains("no checksum"), "{}", result.stderr);
    assert!(folder.run(&["check", "a.jsonl.zst"]).stdout.contains("no checksum"));
}
