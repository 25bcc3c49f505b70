//! The command line that `Y` copies: it reopens the same files with the same view.

use base64::Engine as _;
use clap::FromArgMatches as _;
use fonds::cli::args::{Arguments, definition};

use crate::pty::{Setup, TestTerminal};

/// The text that was last sent to the terminal's clipboard.
pub(crate) fn last_copied_text(pty: &TestTerminal) -> Option<String> {
    let text = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let (_, sent) = text.rsplit_once("\x1b]52;c;")?;
    let end = sent.find(|letter: char| letter.is_control())?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(&sent[..end]).expect("base 64");
    Some(String::from_utf8(bytes).expect("text"))
}

/// A command line as parsed arguments, in their debug form.
fn parsed_arguments(words: &[String]) -> String {
    let matches = definition().try_get_matches_from(words).expect("arguments");
    format!("{:?}", Arguments::from_arg_matches(&matches).expect("arguments"))
}

#[test]
fn copied_command_line_reopens_the_same_view() {
    let table = "Titel;Datum;id;url\nRed “cable”;1945;a'b;https://a.example/1\n\
                 Blue cable;1946;$c;https://a.example/2\nBlack cable;1947;-d;https://a.example/3\n";
    // The arguments at start, the keys, and the expected arguments if they differ from those at start.
    for (start_arguments, keys, line) in [
        ("--no-restore -- t.csv", "", ""),
        ("-- t.csv", "", "--no-restore -- t.csv"),
        ("--filter 'red | blue' -- t.csv", "", ""),
        ("--order date --reverse -- t.csv", "", ""),
        ("--keep-duplicates --order title -- t.csv u.csv", "", ""),
        ("--order title -- t.csv u.csv", "=", "--keep-duplicates --order title -- t.csv u.csv"),
        (
            "--input-format csv --encoding utf-8 --input-columns id=Datum --input-columns title=Titel --no-restore -- t.csv",
            "",
            "",
        ),
        ("--marks 'my marks.toml' --filter '-is:marked' -- t.csv", "", ""),
        ("--theme mono --no-mouse --links never --style mla -- t.csv", "", "--no-restore -- t.csv"),
        ("--no-restore -- t.csv", "j", "--select '$c' -- t.csv"),
        ("--order archive --select -d -- t.csv", "", "--order archive --select -d -- t.csv"),
        ("--filter cable -- t.csv", "/ -undated\r", "--filter 'cable -undated' -- t.csv"),
    ] {
        let words = |line: &str| {
            let line = format!("fonds {line}");
            shlex::split(&line).expect("words")
        };
        let words_at_start = words(start_arguments);
        let arguments: Vec<&str> = words_at_start.iter().skip(1).map(String::as_str).collect();
        let mut pty = Setup::program(&arguments).file("t.csv", table).file("u.csv", table).start();
        // The detail shows the selected record.
        pty.wait_for_text(if start_arguments.contains("--select") {
            "\n Black cable"
        } else {
            "cable"
        });
        pty.send(keys);
        pty.send("Y");
        pty.wait_until("a copy", || last_copied_text(&pty).is_some());
        let copy = last_copied_text(&pty).expect("a copy");
        let copy = shlex::split(&copy).expect("words");
        let line = if line.is_empty() { start_arguments } else { line };
        assert_eq!(
            parsed_arguments(&copy),
            parsed_arguments(&words(line)),
            "{start_arguments} {keys}: {copy:?}"
        );
    }
}
