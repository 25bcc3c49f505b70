//! The program without a terminal: arguments, standard output, standard error, exit codes.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::pty::FONDS;

const PAGE: &str = include_str!("import/results-page.txt");
/// Longer than a pipe holds.
const MANY: usize = 20_000;

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Checks that it was refused: nothing on standard output, one line that says each of `says`.
    #[track_caller]
    pub(crate) fn is_refused(&self, says: &[&str]) {
        assert_eq!(self.out, "");
        assert_eq!(self.err.lines().count(), 1, "one sentence: {}", self.err);
        for said in says {
            assert!(self.err.contains(said), "“{said}” in {}", self.err);
        }
        assert_eq!(self.code, Some(2), "{}", self.err);
    }

    /// Checks that these records were listed, by their positions, and nothing was said.
    #[track_caller]
    pub(crate) fn lists(&self, positions: &[u64]) {
        let listed: Vec<_> = self.out.lines().map(|line| line.split('\t').next()).collect();
        let positions: Vec<_> = positions.iter().map(u64::to_string).collect();
        assert_eq!(listed, positions.iter().map(|p| Some(p.as_str())).collect::<Vec<_>>());
        assert_eq!(self.code, Some(i32::from(positions.is_empty())), "{}", self.err);
    }
}

/// A folder with some files to run the program in.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn with(files: &[(&str, &[u8])]) -> Folder {
        let folder = Folder::new();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("a file");
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(FONDS);
        command.args(arguments).current_dir(self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_on(arguments, b"")
    }

    pub(crate) fn run_on(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the program");
        // It may well end before it has read everything.
        let _ = child.stdin.take().expect("its input").write_all(input);
        let output = child.wait_with_output().expect("its output");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// An archive of many records.
fn many() -> String {
    (1..=MANY).fold(String::new(), |mut archive, number| {
        let _ = write!(archive, "[[record]]\ndate = \"1945\"\ntitle = \"Cable No. {number}\"\n\n");
        archive
    })
}

const ALL: [u64; 10] = [201, 202, 203, 204, 205, 206, 207, 208, 209, 210];

#[test]
fn the_ten_records_are_listed_a_line_each() {
    let folder = Folder::new();
    for arguments in [&["list"][..], &[]] {
        let ran = folder.run(arguments);
        ran.lists(&ALL);
        assert_eq!(ran.err, "");
        let first = ran.out.lines().next();
        assert_eq!(
            first,
            Some("201\t1945-07-12\tRecord of a Meeting Between T.V. Soong and Stalin")
        );
        assert!(ran.out.lines().all(|line| line.split('\t').count() == 3));
    }
}

#[test]
fn a_filter_and_an_order_are_the_same_with_and_without_list() {
    let folder = Folder::new();
    for list in [&["list"][..], &[]] {
        let run = |more: &[&str]| folder.run(&[list, more].concat());
        let mut soong: Vec<u64> = run(&["--filter", "soong"])
            .out
            .lines()
            .filter_map(|line| line.split('\t').next()?.parse().ok())
            .collect();
        soong.sort_unstable();
        assert_eq!(soong, [201, 208, 209, 210]);
        run(&["--order", "archive"]).lists(&ALL);
        let titles = run(&["--order", "title"]);
        titles.lists(&[202, 208, 209, 204, 203, 207, 201, 210, 206, 205]);
        run(&["--filter", "nosuchword"]).lists(&[]);
    }
}

#[test]
fn a_filter_may_begin_with_a_hyphen() {
    let folder = Folder::new();
    for arguments in [
        &["list", "--filter", "-stalin"][..],
        &["list", "-f", "-stalin"],
        &["--filter=-stalin"],
        &["--filter", "-stalin"],
    ] {
        let ran = folder.run(arguments);
        assert!(matches!(ran.code, Some(0 | 1)), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains("argument"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn what_is_opened() {
    let folder = Folder::with(&[
        ("page.txt", PAGE.as_bytes()),
        ("other.toml", b"[[record]]\ntitle = \"Another\"\nposition = 7\n"),
        ("list", b"[[record]]\ntitle = \"Called like a command\"\nposition = 8\n"),
    ]);
    folder.run(&["page.txt"]).lists(&ALL);
    folder.run(&["list", "page.txt"]).lists(&ALL);
    folder.run(&["./list"]).lists(&[8]);
    folder.run(&["list", "./list", "other.toml"]).lists(&[7, 8]);
    folder.run_on(&[], PAGE.as_bytes()).lists(&ALL);
    folder.run_on(&["-"], PAGE.as_bytes()).lists(&ALL);
    folder.run_on(&["list", "-"], PAGE.as_bytes()).lists(&ALL);
    folder.run_on(&["list"], PAGE.as_bytes()).lists(&ALL);
    // A file that is named is opened, whatever is piped in.
    folder.run_on(&["other.toml"], PAGE.as_bytes()).lists(&[7]);
    folder.run(&["list", "--format", "results-page", "page.txt"]).lists(&ALL);
}

#[test]
fn without_a_file_the_archive_that_stands_here_is_opened() {
    let folder = Folder::with(&[("archive.toml", b"[[record]]\ntitle = \"Mine\"\nposition = 3\n")]);
    folder.run(&[]).lists(&[3]);
    folder.run(&["list"]).lists(&[3]);
    // So it is where standard input is an empty file.
    std::fs::write(folder.path().join("empty"), "").expect("a file");
    let empty = std::fs::File::open(folder.path().join("empty")).expect("a file");
    let ran = folder.command(&["list"]).stdin(empty).output().expect("its output");
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "3\tundated\tMine\n", "{ran:?}");
}

#[test]
fn what_cannot_be_read_is_one_sentence_about_the_file() {
    let half = include_str!("../archive.toml").split_at(700).0;
    let folder = Folder::with(&[
        ("empty.txt", b""),
        ("noise.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\xff\xfe\x80\x81\0\0\0"),
        ("cut.toml", half.as_bytes()),
    ]);
    std::fs::create_dir(folder.path().join("folder")).expect("a folder");
    let cases: [(&str, &[&str]); 5] = [
        ("missing.txt", &["there is no such file"]),
        ("empty.txt", &["empty"]),
        ("noise.bin", &["not text"]),
        ("cut.toml", &["TOML"]),
        ("folder", &["there is no file in this folder"]),
    ];
    for (file, says) in cases {
        for arguments in [&["list", file][..], &[file]] {
            folder.run(arguments).is_refused(&[says, &[file]].concat());
        }
    }
    let ran = folder.run_on(&["-"], b"");
    ran.is_refused(&["standard input"]);
}

#[test]
fn a_fault_beside_a_good_file_hides_nothing() {
    let folder = Folder::with(&[("page.txt", PAGE.as_bytes()), ("empty.txt", b"")]);
    for bad in ["missing.txt", "empty.txt"] {
        for arguments in [[bad, "page.txt"], ["page.txt", bad]] {
            let ran = folder.run(&arguments);
            assert_eq!(ran.out.lines().count(), 10);
            assert!(ran.err.contains(bad), "{}", ran.err);
            assert_eq!(ran.code, Some(2));
        }
    }
}

#[test]
fn a_cut_results_page_is_listed_with_a_note() {
    let (cut, _) = PAGE.split_once("December 18, 1944").expect("the seventh record");
    let folder = Folder::with(&[("cut.txt", cut.as_bytes())]);
    let ran = folder.run(&["cut.txt"]);
    ran.lists(&ALL[..6]);
    assert!(ran.err.contains("cut.txt") && ran.err.contains("6 of 10 records"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
}

#[test]
fn a_reader_who_has_read_enough_is_no_error() {
    let folder = Folder::with(&[("many.toml", many().as_bytes())]);
    let all = [&["list", "missing.txt", "many.toml"][..], &["convert", "many.toml"]];
    for arguments in all {
        let mut child = folder.command(arguments).spawn().expect("the program");
        let mut few = [0; 16];
        child.stdout.take().expect("its output").read_exact(&mut few).expect("something");
        let output = child.wait_with_output().expect("its end");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(!err.contains("ipe") && err.contains("missing.txt") == (arguments.len() > 2));
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn all_of_a_long_list_is_printed() {
    let folder = Folder::with(&[("many.toml", many().as_bytes())]);
    let ran = folder.run(&["list", "many.toml"]);
    assert_eq!(ran.out.lines().count(), MANY);
    assert_eq!(ran.out.lines().last(), Some("\t1945\tCable No. 20000"));
}

#[test]
fn values_are_written_as_they_are_but_for_what_parts_columns_and_lines() {
    let archive = "[[record]]\nposition = 1\ndate = \"so\\tme\\nday\"\n\
        title = \"Red \\u001b[31mca\\tble\\nof\\r\\u202e 1945\"\n";
    let folder = Folder::with(&[("archive.toml", archive.as_bytes())]);
    let ran = folder.run(&["list"]);
    assert_eq!(ran.out, "1\tso me day\tRed \u{1b}[31mca ble of \u{202e} 1945\n");
}

#[test]
fn without_a_position_its_column_is_empty() {
    let archive = "[[record]]\ntitle = \"One\"\n[[record]]\ntitle = \"Two\"\nposition = 7\n";
    let folder = Folder::with(&[("archive.toml", archive.as_bytes())]);
    let mut lines: Vec<_> = folder.run(&["list"]).out.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    assert_eq!(lines, ["\tundated\tOne", "7\tundated\tTwo"]);
}

#[test]
fn what_stands_for_a_title_is_marked_and_cut() {
    let long = "word ".repeat(40);
    let archive = format!(
        "[[record]]\nposition = 1\nsummary = \"A short one.\"\n\
         [[record]]\nposition = 2\nsummary = \"{long}\"\n\
         [[record]]\nposition = 3\nsummary = \"{}\"\n\
         [[record]]\nposition = 4\ndate = \"1945\"\n\
         [[record]]\nposition = 5\ntitle = \"{long}\"\n",
        "史".repeat(100)
    );
    let folder = Folder::with(&[("archive.toml", archive.as_bytes())]);
    let ran = folder.run(&["list"]);
    let headings: Vec<_> = ran.out.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    let words = ["word"; 16].join(" ");
    assert_eq!(
        headings,
        [
            "‹A short one.",
            &format!("‹{words}…"),
            &format!("‹{}…", "史".repeat(80)),
            "untitled",
            long.trim_end()
        ]
    );
}

#[test]
fn the_undated_records_that_a_date_leaves_out_are_counted() {
    let archive = "[[record]]\ndate = \"1945\"\ntitle = \"Red cable\"\nposition = 1\n\
        [[record]]\ntitle = \"Red letter\"\n[[record]]\ntitle = \"Blue letter\"\n";
    let folder = Folder::with(&[("archive.toml", archive.as_bytes())]);
    for (filter, said) in [
        ("1945", "fonds: 2 undated records are left out by the date\n"),
        ("red 1945", "fonds: 1 undated record is left out by the date\n"),
        ("cable", ""),
        ("cable 1945", ""),
    ] {
        let ran = folder.run(&["list", "--filter", filter]);
        ran.lists(&[1]);
        assert_eq!(ran.err, said, "{filter}");
    }
}

#[test]
fn the_order_in_force_is_turned_round() {
    let folder = Folder::new();
    let listed = |filter: &str, more: &[&str]| {
        let ran = folder.run(&[&["list", "--filter", filter], more].concat());
        ran.out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for (filter, order) in [
        ("", "archive"),
        ("1945", "archive"),
        ("-stalin", "archive"),
        ("soong", "relevance"),
        ("stalin soong", "relevance"),
        ("title:stalin 1945", "relevance"),
    ] {
        let turned = listed(filter, &["--reverse"]);
        assert_eq!(turned, listed(filter, &["--reverse", "--order", order]), "{filter}");
        assert_eq!(listed(filter, &[]), listed(filter, &["--order", order]), "{filter}");
    }
    let archive = "[[record]]\ntitle = \"Cable\"\nsummary = \"Of Soong.\"\nposition = 1\n\
        [[record]]\ntitle = \"Soong\"\nposition = 2\n";
    let folder = Folder::with(&[("archive.toml", archive.as_bytes())]);
    folder.run(&["list", "--filter", "soong"]).lists(&[2, 1]);
    folder.run(&["list", "--filter", "soong", "--reverse"]).lists(&[1, 2]);
}

#[test]
fn what_is_said_about_a_file_is_fit_to_be_shown() {
    let folder = Folder::new();
    let ran = folder.run(&["list", "\u{1b}]0;title\u{7}gone\n.txt"]);
    assert!(!ran.err.trim_end().contains(|c: char| c.is_control()), "{:?}", ran.err);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn help_and_version_are_said_on_standard_output() {
    let folder = Folder::new();
    let ran = folder.run(&["--version"]);
    assert_eq!(ran.out, format!("fonds {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let says: [(&[&str], &[&str]); 4] = [
        (
            &["--help"],
            &["Usage: fonds", "--filter", "--no-mouse", "fonds --filter 'soong 1945-07'"],
        ),
        (&["list", "--help"], &["Exit code: 0"]),
        (&["convert", "--help"], &["-o archive.toml"]),
        (&["dates", "--help"], &["--edtf"]),
    ];
    for (arguments, says) in says {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        for said in says {
            assert!(ran.out.contains(said), "“{said}” in {}", ran.out);
        }
        assert!(!ran.out.contains("force-panic"), "a hidden option is shown");
        let widest = ran.out.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{}", ran.out);
    }
}

#[test]
fn a_mistake_in_the_arguments_is_refused() {
    let folder = Folder::with(&[("page.txt", PAGE.as_bytes())]);
    let cases: [(&[&str], &str); 6] = [
        (&["--nonsense"], "--nonsense"),
        (&["list", "--order", "colour"], "colour"),
        (&["--page-size", "0"], "--page-size"),
        (&["--theme", "pink"], "pink"),
        (&["list", "--format", "cuneiform", "page.txt"], "there is no format \"cuneiform\""),
        (&["convert", "--format", "cuneiform", "page.txt"], "there is no format \"cuneiform\""),
    ];
    for (arguments, says) in cases {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.contains(says), "“{says}” in {}", ran.err);
    }
}

#[test]
fn dates_are_read_from_standard_input() {
    let ran = Folder::new().run_on(&["dates"], b"July 12, 1945\nno date at all\n");
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], "July 12, 1945\t1945-07-12\t1945-07-12\t1945-07-12\t1945-07-12");
    assert!(lines[1].starts_with("no date at all\t\t\t\t"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn a_page_is_converted_and_opened() {
    let folder = Folder::with(&[("page.txt", PAGE.as_bytes())]);
    let ran = folder.run(&["convert", "page.txt", "-o", "mine.toml"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    folder.run(&["mine.toml"]).lists(&ALL);
    let ran = folder.run(&["convert", "page.txt", "-o", "mine.toml"]);
    ran.is_refused(&["mine.toml", "--force"]);
    let piped = folder.run_on(&["convert"], PAGE.as_bytes());
    assert_eq!(piped.out, std::fs::read_to_string(folder.path().join("mine.toml")).expect("it"));
}

#[test]
fn an_output_in_a_folder_that_is_not_there_is_one_sentence() {
    let folder = Folder::with(&[("page.txt", PAGE.as_bytes())]);
    let ran = folder.run(&["convert", "page.txt", "-o", "nodir/x.toml"]);
    ran.is_refused(&["nodir/x.toml", "the folder nodir is not there"]);
    assert!(!ran.err.contains(".fonds-") && !ran.err.contains("os error"), "{}", ran.err);
    assert!(!folder.path().join("nodir").exists());
}

#[test]
fn what_convert_says_is_fit_to_be_shown() {
    let folder = Folder::new();
    let ran = folder.run(&["convert", "\u{1b}]0;title\u{7}gone\n.txt"]);
    assert!(!ran.err.trim_end().contains(|c: char| c.is_control()), "{:?}", ran.err);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 1));
}
