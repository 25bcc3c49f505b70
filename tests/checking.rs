//! `fonds check`: it says what is wrong, and keeps no record for it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use fonds::cli::check;
use fonds::load::{Input, read_all};

/// Pages that say things of each other, and a table, each under its name.
const FILES: &[(&str, &str)] = &[
    (
        "1.txt",
        "1 - 2 of 3\n\n\nJuly 12, 1945\n\nA letter\n\nOf it.\n\n\nJuly 13, 1945\n\nB\n\nC.\n",
    ),
    (
        "2.txt",
        "1 - 2 of 4\n\n\nJuly 12, 1945\n\nA letter\n\nOf it.\n\n\nJuly 14, 1945\n\nD\n\nE.\n",
    ),
    ("3.csv", "title,date\nA,1945-02-31\nB\n"),
    ("4.jsonl", "{\"title\": \"A\"}\nno line\n{\"title\": \"B\"}\n"),
    ("5.toml", "[[record]]\ntitle = {}\n"),
];

#[test]
fn it_says_what_is_said_where_the_records_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let inputs = [Input::File(folder.path().to_owned()), Input::File("gone".into())];
    let (_, problems) = read_all(&inputs, &fonds::formats::read::Options::default());
    let mut kept: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let mut out = Vec::new();
    check::run(&inputs, &fonds::formats::read::Options::default(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut said: Vec<String> = text.lines().map(str::to_owned).collect();
    assert!(said.iter().any(|line| line.contains("shown once")), "{text}");
    assert!(said.len() >= 6, "{text}");
    kept.sort();
    said.sort();
    assert_eq!(said, kept);
}

/// How much memory the program had at most so far, in KiB.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_larger_than_its_memory_is_checked() {
    let one = "<c01><did><unittitle>Folder of letters</unittitle><unitdate>1945</unitdate></did>\
               <scopecontent><p>What they say of each other.</p></scopecontent></c01>\n";
    let mut child = Command::new(env!("CARGO_BIN_EXE_fonds"))
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"<ead><archdesc><did><unittitle>Papers</unittitle></did><dsc>").unwrap();
    let many = one.repeat(1000);
    for _ in 0..50 {
        input.write_all(many.as_bytes()).unwrap();
    }
    let (early, taken) = (peak(child.id()), 50 * many.len());
    for _ in 0..100 {
        input.write_all(many.as_bytes()).unwrap();
    }
    let late = peak(child.id());
    input.write_all(b"</dsc></archdesc></ead>").unwrap();
    drop(input);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(0), 0));
    assert!(
        late < early + 4096,
        "{early} KiB after {taken} bytes, {late} after three times as many"
    );
}
