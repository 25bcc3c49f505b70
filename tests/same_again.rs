//! The command line that shows what is on the screen: it opens the very same.

use base64::Engine as _;
use clap::FromArgMatches as _;
use fonds::cli::args::{Arguments, definition};

use crate::pty::{Pty, Setup};

/// What was last sent to the terminal to be copied.
fn copied(pty: &Pty) -> Option<String> {
    let text = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let (_, sent) = text.rsplit_once("\x1b]52;c;")?;
    let end = sent.find(|letter: char| letter.is_control())?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(&sent[..end]).expect("base 64");
    Some(String::from_utf8(bytes).expect("text"))
}

/// A command line as the program understands it.
fn understood(words: &[String]) -> String {
    let matches = definition().try_get_matches_from(words).expect("arguments");
    format!("{:?}", Arguments::from_arg_matches(&matches).expect("arguments"))
}

#[test]
fn the_command_line_of_the_screen_opens_the_same() {
    let table = "Titel;Datum;id;url\nRed “cable”;1945;a'b;https://a.example/1\n\
                 Blue cable;1946;$c;https://a.example/2\nBlack cable;1947;-d;https://a.example/3\n";
    // How it is opened, what is typed, and the line where it is another.
    for (opened, keys, line) in [
        ("--fresh -- t.csv", "", ""),
        ("-- t.csv", "", "--fresh -- t.csv"),
        ("--filter 'red | blue' -- t.csv", "", ""),
        ("--order date --reverse -- t.csv", "", ""),
        ("--apart --order title -- t.csv u.csv", "", ""),
        ("--order title -- t.csv u.csv", "=", "--apart --order title -- t.csv u.csv"),
        ("--from csv --encoding utf-8 --map id=Datum --map title=Titel --fresh -- t.csv", "", ""),
        ("--marks 'my marks.toml' --filter '-is:marked' -- t.csv", "", ""),
        ("--theme mono --no-mouse --links never --style mla -- t.csv", "", "--fresh -- t.csv"),
        ("--fresh -- t.csv", "j", "--select '$c' -- t.csv"),
        ("--order archive --select -d -- t.csv", "", "--order archive --select -d -- t.csv"),
        ("--filter cable -- t.csv", "/ -undated\r", "--filter 'cable -undated' -- t.csv"),
    ] {
        let words = |line: &str| {
            let line = format!("fonds {line}");
            shlex::split(&line).expect("words")
        };
        let opening = words(opened);
        let arguments: Vec<&str> = opening.iter().skip(1).map(String::as_str).collect();
        let mut pty = Setup::program(&arguments).file("t.csv", table).file("u.csv", table).start();
        // The detail shows the record that is selected.
        pty.shows(if opened.contains("--select") { "\n Black cable" } else { "cable" });
        pty.send(keys);
        pty.send("Y");
        pty.hears("a copy", || copied(&pty).is_some());
        let copy = copied(&pty).expect("a copy");
        let copy = shlex::split(&copy).expect("words");
        let line = if line.is_empty() { opened } else { line };
        assert_eq!(understood(&copy), understood(&words(line)), "{opened} {keys}: {copy:?}");
    }
}
