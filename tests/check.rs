//! `fonds check`: it reports the problems of loading, without keeping records in memory.

use std::io::Write as _;
use std::process::{Command, Stdio};

use fonds::cli::check;
use fonds::load::{Input, read_all};

/// Files by name: two results pages that repeat and contradict each other, and files with errors.
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
fn check_reports_the_same_problems_as_loading() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let inputs = [Input::Path(folder.path().to_owned()), Input::Path("gone".into())];
    let (_, problems) = read_all(&inputs, &fonds::formats::read::ReadOptions::default());
    let mut expected: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let mut out = Vec::new();
    check::print_problems(&inputs, &fonds::formats::read::ReadOptions::default(), &mut out)
        .unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    assert!(lines.iter().any(|line| line.contains("shown once")), "{text}");
    assert!(lines.len() >= 6, "{text}");
    expected.sort();
    lines.sort();
    assert_eq!(lines, expected);
}

/// The peak memory of a process so far, in KiB.
#[cfg(target_os = "linux")]
fn peak_memory_kib(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn check_runs_in_constant_memory() {
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
    let (early, bytes_written) = (peak_memory_kib(child.id()), 50 * many.len());
    for _ in 0..100 {
        input.write_all(many.as_bytes()).unwrap();
    }
    let late = peak_memory_kib(child.id());
    input.write_all(b"</dsc></archdesc></ead>").unwrap();
    drop(input);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(0), 0));
    assert!(
        late < early + 4096,
        "{early} KiB after {bytes_written} bytes, {late} after three times as many"
    );
}
