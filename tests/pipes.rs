//! Files that come through a pipe, without a name that says what they are.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::fs::{OFlags, fcntl_setfl};

use crate::program::{EXAMPLE_MESSAGE, RunResult, TestFolder};
use crate::pty::FONDS_PROGRAM;

/// The name of a file, and its content.
const FILES: [(&str, &str); 9] = [
    (
        "short.eml",
        "From: Anna Roth <roth@archive.example>\nTo: kern@archive.example\nSubject: The mill\n\
         Date: Fri, 12 Apr 2019 10:00:00 +0200\n\nDear Max,\n\nthe mill is sold.\n",
    ),
    (
        "folded.eml",
        "Date: 12 Apr 2019 10:00:00 +0200\nSubject: The mill\n and the harbour\nFrom: roth@archive.example\n\nText\n",
    ),
    (
        "above.csv",
        "Letters of the mill\nPrinted on 3 May 2019\n\nTitle,Date,Place\nThe mill,1945,Aa\nThe harbour,1946,Bb\n",
    ),
    (
        "above.csv",
        "\"Letters, papers and maps\",,\nTitle;Date\nThe mill;1945\nThe harbour;1946\nThe road;1947\n",
    ),
    ("above.tsv", "Letters\n\nTitle\tDate\nThe mill\t1945\nThe harbour\t1946\n"),
    ("plain.csv", "Title,Date\nThe mill,1945\n"),
    ("a.ris", "TY  - BOOK\nTI  - The mill\nER  - \n"),
    ("a.jsonl", "{\"title\":\"The mill\"}\n{\"title\":\"The harbour\"}\n"),
    ("a.bib", "@book{a, title={The mill}, year={1945}}\n"),
];

#[test]
fn files_are_read_from_a_pipe_as_from_their_names() {
    for (name, text) in FILES {
        let folder = TestFolder::with_files(&[(name, text.as_bytes())]);
        let named = folder.run(&["list", name]);
        let piped = folder.run_with_input(&["list"], text.as_bytes());
        assert_eq!(named.exit_code, Some(0), "{name}: {}", named.stderr);
        assert_eq!(piped.stdout, named.stdout, "{name}: {}", piped.stderr);
    }
}

#[test]
fn texts_from_a_pipe_are_no_mail_or_table_by_chance() {
    for text in [
        "From: Keller\nTo: Weidl\nDate: 12 July 1945\nSubject: The mill\n\nText\n",
        "From: roth@archive.example\nDate: 12 July 1945\n\nText\n",
        "1 - 1 of 1\n\nJuly 1, 1945\n\nA letter, with a date, and a title\n",
    ] {
        let folder = TestFolder::new();
        let piped = folder.run_with_input(&["check", "-"], text.as_bytes());
        let said = piped.stdout + &piped.stderr;
        assert!(!said.contains("mail") && !said.contains("table"), "{text}: {said}");
    }
}

/// As in a job of cron, whose standard input is `/dev/null` or closed.
#[test]
fn without_a_pipe_and_a_file_commands_say_that_they_read_the_example() {
    let one: (&str, &[u8]) = ("archive.toml", b"[[record]]\ntitle = \"A\"\n");
    let folders = [TestFolder::new(), TestFolder::with_files(&[one])];
    for (folder, expected) in folders.iter().zip(["10", "1"]) {
        for input in ["</dev/null", "<&-"] {
            for (command, is_of_folder) in [("count", false), ("count archive.toml", true)] {
                let script = format!("\"$FONDS\" {command} {input}");
                let mut shell = Command::new("sh");
                shell.args(["-c", &script]).env("FONDS", FONDS_PROGRAM).current_dir(folder.path());
                shell.stdout(Stdio::piped()).stderr(Stdio::piped());
                let result = RunResult::of(shell.spawn().expect("a shell"));
                if is_of_folder && expected == "10" {
                    assert_eq!(result.exit_code, Some(2), "{script}");
                    continue;
                }
                let message = if expected == "10" { EXAMPLE_MESSAGE } else { "" };
                assert_eq!(
                    (result.stdout.trim_end(), &*result.stderr),
                    (expected, message),
                    "{script}"
                );
                assert_eq!(result.exit_code, Some(0), "{script}");
            }
        }
    }
}

/// Another program may have set a pipe to fail instead of blocking.
#[test]
fn pipe_that_does_not_block_is_waited_for() {
    let text: &[u8] = b"Title,Date\nThe mill,1945\nThe harbour,1946\n";
    for arguments in
        [&["count"][..], &["list", "-"], &["check"], &["convert", "--format", "jsonl"], &["dates"]]
    {
        let folder = TestFolder::new();
        let expected = folder.run_with_input(arguments, text);
        let (reader, mut writer) = std::io::pipe().expect("a pipe");
        fcntl_setfl(&reader, OFlags::NONBLOCK).expect("a pipe that does not block");
        let child = folder.command(arguments).stdin(Stdio::from(reader)).spawn();
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            std::thread::sleep(Duration::from_millis(100));
            writer.write_all(line).expect("a reader");
        }
        drop(writer);
        let result = RunResult::of(child.expect("the program"));
        let all = |it: &RunResult| (it.exit_code, it.stdout.clone(), it.stderr.clone());
        assert_eq!(all(&result), all(&expected), "{arguments:?}");
    }
}

/// What is kept does not depend on when the parts of a list come.
#[test]
fn a_reference_list_that_comes_in_parts_is_read_as_a_whole() {
    let parts = [
        "Letters of the mill\n@string{m = {Mill}}\n@book{a, title={One} # m, year={1945}}\n@inbook{b, cross",
        "ref={later}, title={Two}}\n% a comment\n@book{c, title={Thr\u{e9}e}}\n@book{d, title={Four} year={1946}}\n",
        "@book{later, title={The volume}, publisher={M\u{fc}hle}}\n\nbehind\n@inbook{e, crossref={later}, title={Five}}",
        "\n@book{f, crossref={nowhere}, title={Six}, note=unknown}\n@book{, title={Seven}}\n@comment{last}\n",
    ];
    for arguments in [&["list", "-"][..], &["convert", "--format", "jsonl"], &["check", "-"]] {
        let folder = TestFolder::new();
        let expected = folder.run_with_input(arguments, parts.concat().as_bytes());
        let mut child = folder.command(arguments).stdin(Stdio::piped()).spawn().expect("it");
        let mut input = child.stdin.take().expect("a pipe");
        for part in parts {
            input.write_all(part.as_bytes()).expect("a reader");
            std::thread::sleep(Duration::from_millis(150));
        }
        drop(input);
        let result = RunResult::of(child);
        let all = |it: &RunResult| (it.exit_code, it.stdout.clone(), it.stderr.clone());
        assert_eq!(all(&result), all(&expected), "{arguments:?}");
    }
}
