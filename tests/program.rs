//! The program without a terminal: arguments, standard output, standard error and exit codes.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::pty::FONDS_PROGRAM;

const RESULTS_PAGE: &str = include_str!("import/results-page.txt");
/// Enough records that the list does not fit in the buffer of a pipe.
const MANY_RECORDS: usize = 20_000;

/// The result of running the program.
pub(crate) struct RunResult {
    pub(crate) exit_code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl RunResult {
    /// Checks that the command failed: exit code 2, nothing on standard output, and one line of error
    /// message that contains each of `parts`.
    #[track_caller]
    pub(crate) fn assert_refused(&self, parts: &[&str]) {
        assert_eq!(self.stdout, "");
        let message = self.stderr.trim_start_matches(EXAMPLE_MESSAGE);
        assert_eq!(message.lines().count(), 1, "one sentence: {}", self.stderr);
        for part in parts {
            assert!(self.stderr.contains(part), "“{part}” in {}", self.stderr);
        }
        assert_eq!(self.exit_code, Some(2), "{}", self.stderr);
    }

    /// Checks that the records with these positions were listed in this order.
    #[track_caller]
    pub(crate) fn assert_lists(&self, positions: &[u64]) {
        let listed: Vec<_> = self.stdout.lines().map(|line| line.split('\t').next()).collect();
        let positions: Vec<_> = positions.iter().map(u64::to_string).collect();
        assert_eq!(listed, positions.iter().map(|p| Some(p.as_str())).collect::<Vec<_>>());
        assert_eq!(self.exit_code, Some(i32::from(positions.is_empty())), "{}", self.stderr);
    }
}

/// A temporary folder in which the program runs.
pub(crate) struct TestFolder(TempDir);

impl TestFolder {
    pub(crate) fn new() -> TestFolder {
        TestFolder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn with_files(files: &[(&str, &[u8])]) -> TestFolder {
        let folder = TestFolder::new();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("a file");
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(FONDS_PROGRAM);
        command.args(arguments).current_dir(self.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> RunResult {
        RunResult::of(self.command(arguments).spawn().expect("the program"))
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> RunResult {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the program");
        // The program may end before it has read everything.
        let _ = child.stdin.take().expect("its input").write_all(input);
        RunResult::of(child)
    }
}

impl RunResult {
    /// Waits for the end of the program.
    pub(crate) fn of(child: Child) -> RunResult {
        let output = child.wait_with_output().expect("its output");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        RunResult {
            exit_code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// An archive file with many records.
fn many_records() -> String {
    (1..=MANY_RECORDS).fold(String::new(), |mut archive, number| {
        let _ = write!(archive, "[[record]]\ndate = \"1945\"\ntitle = \"Cable No. {number}\"\n\n");
        archive
    })
}

/// What a command says that reads the built-in example without a terminal.
pub(crate) const EXAMPLE_MESSAGE: &str =
    "fonds: this is the built-in example: name a file, or pipe records in\n";

const ALL_POSITIONS: [u64; 10] = [201, 202, 203, 204, 205, 206, 207, 208, 209, 210];

#[test]
fn ten_records_are_listed_one_on_each_line() {
    let folder = TestFolder::new();
    for arguments in [&["list"][..], &[]] {
        let result = folder.run(arguments);
        result.assert_lists(&ALL_POSITIONS);
        assert_eq!(result.stderr, EXAMPLE_MESSAGE);
        let first = result.stdout.lines().next();
        assert_eq!(
            first,
            Some("201\t1945-07-12\tRecord of a Meeting Between T.V. Soong and Stalin")
        );
        assert!(result.stdout.lines().all(|line| line.split('\t').count() == 3));
    }
}

#[test]
fn filter_and_order_work_with_and_without_the_list_command() {
    let folder = TestFolder::new();
    for list in [&["list"][..], &[]] {
        let run = |more: &[&str]| folder.run(&[list, more].concat());
        let mut soong: Vec<u64> = run(&["--filter", "soong"])
            .stdout
            .lines()
            .filter_map(|line| line.split('\t').next()?.parse().ok())
            .collect();
        soong.sort_unstable();
        assert_eq!(soong, [201, 208, 209, 210]);
        run(&["--order", "archive"]).assert_lists(&ALL_POSITIONS);
        let titles = run(&["--order", "title"]);
        titles.assert_lists(&[202, 208, 209, 204, 203, 207, 201, 210, 206, 205]);
        run(&["--filter", "nosuchword"]).assert_lists(&[]);
    }
}

#[test]
fn filter_may_begin_with_a_hyphen() {
    let folder = TestFolder::new();
    for arguments in [
        &["list", "--filter", "-stalin"][..],
        &["list", "-f", "-stalin"],
        &["--filter=-stalin"],
        &["--filter", "-stalin"],
    ] {
        let result = folder.run(arguments);
        assert!(matches!(result.exit_code, Some(0 | 1)), "{arguments:?}: {}", result.stderr);
        assert!(!result.stderr.contains("argument"), "{arguments:?}: {}", result.stderr);
    }
}

#[test]
fn arguments_and_standard_input_decide_what_is_opened() {
    let folder = TestFolder::with_files(&[
        ("page.txt", RESULTS_PAGE.as_bytes()),
        ("other.toml", b"[[record]]\ntitle = \"Another\"\nposition = 7\n"),
        ("list", b"[[record]]\ntitle = \"Called like a command\"\nposition = 8\n"),
    ]);
    folder.run(&["page.txt"]).assert_lists(&ALL_POSITIONS);
    folder.run(&["list", "page.txt"]).assert_lists(&ALL_POSITIONS);
    folder.run(&["./list"]).assert_lists(&[8]);
    // Two archives without a name or an address are not one: each keeps its place.
    folder.run(&["list", "./list", "other.toml"]).assert_lists(&[8, 7]);
    folder.run_with_input(&[], RESULTS_PAGE.as_bytes()).assert_lists(&ALL_POSITIONS);
    folder.run_with_input(&["-"], RESULTS_PAGE.as_bytes()).assert_lists(&ALL_POSITIONS);
    folder.run_with_input(&["list", "-"], RESULTS_PAGE.as_bytes()).assert_lists(&ALL_POSITIONS);
    folder.run_with_input(&["list"], RESULTS_PAGE.as_bytes()).assert_lists(&ALL_POSITIONS);
    // A named file is opened even if something is piped in.
    folder.run_with_input(&["other.toml"], RESULTS_PAGE.as_bytes()).assert_lists(&[7]);
    folder
        .run(&["list", "--input-format", "results-page", "page.txt"])
        .assert_lists(&ALL_POSITIONS);
}

#[test]
fn archive_toml_in_the_current_folder_is_the_default() {
    let folder = TestFolder::with_files(&[(
        "archive.toml",
        b"[[record]]\ntitle = \"Mine\"\nposition = 3\n",
    )]);
    folder.run(&[]).assert_lists(&[3]);
    folder.run(&["list"]).assert_lists(&[3]);
}

#[test]
fn empty_pipe_has_no_records() {
    let folder =
        TestFolder::with_files(&[("empty", b""), ("archive.toml", b"[[record]]\ntitle = \"A\"\n")]);
    for arguments in
        [&["list"][..], &["count"], &["export", "--format", "ris"], &["list", "-"], &[]]
    {
        let piped = folder.run_with_input(arguments, b"");
        let empty = std::fs::File::open(folder.path().join("empty")).expect("a file");
        let from_file = folder.command(arguments).stdin(empty).spawn().expect("the program");
        for result in [piped, RunResult::of(from_file)] {
            assert_eq!(result.exit_code, Some(1), "{arguments:?}");
            assert_eq!(result.stdout.trim_end_matches(['0', '\n']), "");
            assert!(result.stderr.starts_with("standard input: nothing came through the pipe"));
        }
    }
}

#[test]
fn format_of_a_list_is_refused_with_the_command_that_writes_it() {
    let folder = TestFolder::new();
    for command in ["list", "show", "count"] {
        let result = folder.run(&[command, "--format", "csv"]);
        assert_eq!(result.exit_code, Some(2));
        assert!(result.stderr.contains("fonds export FILE --format csv"), "{}", result.stderr);
    }
}

#[test]
fn unreadable_file_is_reported_in_one_line() {
    let half = include_str!("../archive.toml").split_at(700).0;
    let folder = TestFolder::with_files(&[
        ("empty.txt", b""),
        ("noise.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\xff\xfe\x80\x81\0\0\0"),
        ("cut.toml", half.as_bytes()),
    ]);
    std::fs::create_dir(folder.path().join("folder")).expect("a folder");
    let cases: [(&str, &[&str]); 5] = [
        ("missing.txt", &["there is no such file"]),
        ("empty.txt", &["empty"]),
        ("noise.bin", &["neither text nor a format"]),
        ("cut.toml", &["TOML"]),
        ("folder", &["there is no file in this folder"]),
    ];
    for (file, parts) in cases {
        for arguments in [&["list", file][..], &[file]] {
            folder.run(arguments).assert_refused(&[parts, &[file]].concat());
        }
    }
}

#[test]
fn error_in_one_file_hides_no_other_file() {
    let folder =
        TestFolder::with_files(&[("page.txt", RESULTS_PAGE.as_bytes()), ("empty.txt", b"")]);
    for bad in ["missing.txt", "empty.txt"] {
        for arguments in [[bad, "page.txt"], ["page.txt", bad]] {
            let result = folder.run(&arguments);
            assert_eq!(result.stdout.lines().count(), 10);
            assert!(result.stderr.contains(bad), "{}", result.stderr);
            assert_eq!(result.exit_code, Some(2));
        }
    }
}

#[test]
fn truncated_results_page_is_listed_with_a_warning() {
    let (cut, _) = RESULTS_PAGE.split_once("December 18, 1944").expect("the seventh record");
    let folder = TestFolder::with_files(&[("cut.txt", cut.as_bytes())]);
    let result = folder.run(&["cut.txt"]);
    result.assert_lists(&ALL_POSITIONS[..6]);
    assert!(
        result.stderr.contains("cut.txt") && result.stderr.contains("6 of 10 records"),
        "{}",
        result.stderr
    );
    assert_eq!(result.stderr.lines().count(), 1);
}

#[test]
fn closed_pipe_is_no_error() {
    let folder = TestFolder::with_files(&[("many.toml", many_records().as_bytes())]);
    let all = [&["list", "missing.txt", "many.toml"][..], &["convert", "many.toml"]];
    for arguments in all {
        let mut child = folder.command(arguments).spawn().expect("the program");
        let mut first_bytes = [0; 16];
        child.stdout.take().expect("its output").read_exact(&mut first_bytes).expect("something");
        let output = child.wait_with_output().expect("its end");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(!err.contains("ipe") && err.contains("missing.txt") == (arguments.len() > 2));
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn long_list_is_printed_completely() {
    let folder = TestFolder::with_files(&[("many.toml", many_records().as_bytes())]);
    let result = folder.run(&["list", "many.toml"]);
    assert_eq!(result.stdout.lines().count(), MANY_RECORDS);
    assert_eq!(result.stdout.lines().last(), Some("\t1945\tCable No. 20000"));
}

#[test]
fn tabs_and_line_breaks_in_values_become_spaces() {
    let archive = "[[record]]\nposition = 1\ndate = \"so\\tme\\nday\"\n\
        title = \"Red \\u001b[31mca\\tble\\nof\\r\\u202e 1945\"\n";
    let folder = TestFolder::with_files(&[("archive.toml", archive.as_bytes())]);
    let result = folder.run(&["list"]);
    assert_eq!(result.stdout, "1\tso me day!\tRed \u{1b}[31mca ble of \u{202e} 1945\n");
}

#[test]
fn missing_position_leaves_its_column_empty() {
    let archive = "[[record]]\ntitle = \"One\"\n[[record]]\ntitle = \"Two\"\nposition = 7\n";
    let folder = TestFolder::with_files(&[("archive.toml", archive.as_bytes())]);
    let mut lines: Vec<_> = folder.run(&["list"]).stdout.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    assert_eq!(lines, ["\tundated\tOne", "7\tundated\tTwo"]);
}

#[test]
fn summary_in_place_of_a_title_is_marked_and_shortened() {
    let long = "word ".repeat(40);
    let archive = format!(
        "[[record]]\nposition = 1\nsummary = \"A short one.\"\n\
         [[record]]\nposition = 2\nsummary = \"{long}\"\n\
         [[record]]\nposition = 3\nsummary = \"{}\"\n\
         [[record]]\nposition = 4\ndate = \"1945\"\n\
         [[record]]\nposition = 5\ntitle = \"{long}\"\n",
        "史".repeat(100)
    );
    let folder = TestFolder::with_files(&[("archive.toml", archive.as_bytes())]);
    let result = folder.run(&["list"]);
    let headings: Vec<_> =
        result.stdout.lines().filter_map(|line| line.split('\t').nth(2)).collect();
    let words = ["word"; 16].join(" ");
    assert_eq!(
        headings,
        [
            "‹A short one.",
            &format!("‹{words}…"),
            &format!("‹{}…", "史".repeat(80)),
            "[1945]",
            long.trim_end()
        ]
    );
}

#[test]
fn undated_records_excluded_by_a_date_are_counted() {
    let archive = "[[record]]\ndate = \"1945\"\ntitle = \"Red cable\"\nposition = 1\n\
        [[record]]\ntitle = \"Red letter\"\n[[record]]\ntitle = \"Blue letter\"\n";
    let folder = TestFolder::with_files(&[("archive.toml", archive.as_bytes())]);
    for (filter, message) in [
        ("1945", "fonds: 2 undated records are left out by the date\n"),
        ("red 1945", "fonds: 1 undated record is left out by the date\n"),
        ("cable", ""),
        ("cable 1945", ""),
    ] {
        let result = folder.run(&["list", "--filter", filter]);
        result.assert_lists(&[1]);
        assert_eq!(result.stderr, message, "{filter}");
    }
}

#[test]
fn reverse_applies_to_the_current_order() {
    let folder = TestFolder::new();
    let listed = |filter: &str, more: &[&str]| {
        let result = folder.run(&[&["list", "--filter", filter], more].concat());
        result.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for (filter, order) in [
        ("", "archive"),
        ("1945", "archive"),
        ("-stalin", "archive"),
        ("soong", "relevance"),
        ("stalin soong", "relevance"),
        ("title:stalin 1945", "relevance"),
    ] {
        let reversed = listed(filter, &["--reverse"]);
        assert_eq!(reversed, listed(filter, &["--reverse", "--order", order]), "{filter}");
        assert_eq!(listed(filter, &[]), listed(filter, &["--order", order]), "{filter}");
    }
    let archive = "[[record]]\ntitle = \"Cable\"\nsummary = \"Of Soong.\"\nposition = 1\n\
        [[record]]\ntitle = \"Soong\"\nposition = 2\n";
    let folder = TestFolder::with_files(&[("archive.toml", archive.as_bytes())]);
    folder.run(&["list", "--filter", "soong"]).assert_lists(&[2, 1]);
    folder.run(&["list", "--filter", "soong", "--reverse"]).assert_lists(&[1, 2]);
}

#[test]
fn messages_contain_no_control_characters() {
    let folder = TestFolder::new();
    let result = folder.run(&["list", "\u{1b}]0;title\u{7}gone\n.txt"]);
    assert!(!result.stderr.trim_end().contains(|c: char| c.is_control()), "{:?}", result.stderr);
    assert_eq!(result.exit_code, Some(2));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = TestFolder::new();
    let result = folder.run(&["--version"]);
    assert_eq!(result.stdout, format!("fonds {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!((result.exit_code, result.stderr.as_str()), (Some(0), ""));
    let cases: [(&[&str], &[&str]); 4] = [
        (
            &["--help"],
            &["Usage: fonds", "--filter", "--no-mouse", "fonds --filter 'soong 1945-07'"],
        ),
        (&["list", "--help"], &["Exit code: 0"]),
        (&["convert", "--help"], &["-o archive.toml"]),
        (&["dates", "--help"], &["--edtf"]),
    ];
    for (arguments, parts) in cases {
        let result = folder.run(arguments);
        assert_eq!((result.exit_code, result.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        for part in parts {
            assert!(result.stdout.contains(part), "“{part}” in {}", result.stdout);
        }
        assert!(!result.stdout.contains("force-panic"), "a hidden option is listed");
        let widest = result.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{}", result.stdout);
    }
}

#[test]
fn invalid_arguments_are_rejected() {
    let folder = TestFolder::with_files(&[("page.txt", RESULTS_PAGE.as_bytes())]);
    let cases: [(&[&str], &str); 16] = [
        (&["--nonsense"], "--nonsense"),
        (&["lst", "page.txt"], "neither a command nor a file \"lst\": did you mean “fonds list”?"),
        (&["exprt"], "did you mean “fonds export”?"),
        (&["cuont", "page.txt", "--filter", "cable"], "did you mean “fonds count”?"),
        (&["lists.csv"], "lists.csv: there is no such file"),
        (&["cite", "--style", "chicgo-note", "page.txt"], "(did you mean chicago-note?)"),
        (&["cite", "--style", "cuneiform", "page.txt"], "no style \"cuneiform\": --style takes"),
        (&["export", "--format", "bibltex", "page.txt"], "(did you mean biblatex?)"),
        (&["list", "--input-format", "csvv", "page.txt"], "(did you mean csv?)"),
        (&["list", "--columns", "tilte", "page.txt"], "no column “tilte”: try title, position, "),
        (&["list", "--filter", "cable OR", "page.txt"], "“OR” needs a word on both sides"),
        (&["list", "--order", "colour"], "colour"),
        (&["--page-size", "0"], "--page-size"),
        (&["--theme", "pink"], "pink"),
        (&["list", "--input-format", "cuneiform", "page.txt"], "there is no format \"cuneiform\""),
        (
            &["convert", "--format", "cuneiform", "page.txt"],
            "fonds convert writes toml, jsonl and csv, not cuneiform",
        ),
    ];
    for (arguments, part) in cases {
        let result = folder.run(arguments);
        assert_eq!((result.exit_code, result.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(result.stderr.contains(part), "“{part}” in {}", result.stderr);
    }
}

#[test]
fn dates_are_read_from_standard_input() {
    let result = TestFolder::new().run_with_input(&["dates"], b"July 12, 1945\nno date at all\n");
    let lines: Vec<_> = result.stdout.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], "July 12, 1945\t1945-07-12\t1945-07-12\t1945-07-12\t1945-07-12");
    assert!(lines[1].starts_with("no date at all\t\t\t\t"));
    assert_eq!((result.exit_code, result.stderr.as_str()), (Some(0), ""));
}

#[test]
fn results_page_is_converted_and_opened() {
    let folder = TestFolder::with_files(&[("page.txt", RESULTS_PAGE.as_bytes())]);
    let result = folder.run(&["convert", "page.txt", "-o", "mine.toml"]);
    assert_eq!(
        (result.exit_code, result.stdout.as_str(), result.stderr.as_str()),
        (Some(0), "", "")
    );
    folder.run(&["mine.toml"]).assert_lists(&ALL_POSITIONS);
    let result = folder.run(&["convert", "page.txt", "-o", "mine.toml"]);
    result.assert_refused(&["mine.toml", "--force"]);
    let piped = folder.run_with_input(&["convert"], RESULTS_PAGE.as_bytes());
    assert_eq!(piped.stdout, std::fs::read_to_string(folder.path().join("mine.toml")).expect("it"));
}

#[test]
fn missing_output_folder_is_reported_in_one_line() {
    let folder = TestFolder::with_files(&[("page.txt", RESULTS_PAGE.as_bytes())]);
    let result = folder.run(&["convert", "page.txt", "-o", "nodir/x.toml"]);
    result.assert_refused(&["nodir/x.toml", "the folder nodir does not exist"]);
    assert!(
        !result.stderr.contains(".fonds-") && !result.stderr.contains("os error"),
        "{}",
        result.stderr
    );
    assert!(!folder.path().join("nodir").exists());
}

#[test]
fn convert_messages_contain_no_control_characters() {
    let folder = TestFolder::new();
    let result = folder.run(&["convert", "\u{1b}]0;title\u{7}gone\n.txt"]);
    assert!(!result.stderr.trim_end().contains(|c: char| c.is_control()), "{:?}", result.stderr);
    assert_eq!((result.exit_code, result.stderr.lines().count()), (Some(2), 1));
}
