//! Addresses as terminal hyperlinks: which terminals get them, and what is written.

use fonds::tui::runtime::hyperlinks::terminal_supports_hyperlinks;

use crate::pty::{Setup, TestTerminal};

#[test]
fn hyperlink_support_is_detected_from_the_environment() {
    for (environment, is_supported) in [
        ("", false),
        ("TERM=xterm-256color", false),
        ("TERM=linux", false),
        ("TERM=xterm-kitty", true),
        ("TERM=foot", true),
        ("TERM=foot-extra", true),
        ("TERM=football", false),
        ("TERM=alacritty", true),
        ("TERM=xterm-ghostty", true),
        ("TERM=dumb TERM_PROGRAM=vscode TERM_PROGRAM_VERSION=1.90.0", false),
        ("TERM=xterm-256color TERM_PROGRAM=vscode TERM_PROGRAM_VERSION=1.90.0", true),
        ("TERM_PROGRAM=vscode TERM_PROGRAM_VERSION=1.71.2", false),
        ("TERM_PROGRAM=iTerm.app TERM_PROGRAM_VERSION=3.0.9", false),
        ("TERM_PROGRAM=iTerm.app TERM_PROGRAM_VERSION=3.4.23", true),
        ("TERM_PROGRAM=Apple_Terminal TERM_PROGRAM_VERSION=453", false),
        ("TERM_PROGRAM=WezTerm", true),
        ("WT_SESSION=1c0e", true),
        ("WT_SESSION=", false),
        ("TERM=xterm-256color VTE_VERSION=6800", true),
        ("TERM=xterm-256color VTE_VERSION=5002", false),
        ("VTE_VERSION=new", false),
        ("KONSOLE_VERSION=220401", true),
        ("KONSOLE_VERSION=190800", false),
        ("TERM=tmux-256color TMUX=/tmp/t,1,0 TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4", true),
        ("TERM=tmux-256color TMUX=/tmp/t,1,0 TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.5a", true),
        ("TERM=tmux-256color TMUX=/tmp/t,1,0 TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a", false),
        ("TERM=screen TMUX=/tmp/t,1,0 VTE_VERSION=6800", false),
        ("TERM=screen STY=1.tty VTE_VERSION=6800", false),
        ("TERM=screen STY=1.tty TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4", false),
    ] {
        let value = |name: &str| {
            let mut words = environment.split(' ').filter_map(|word| word.split_once('='));
            words.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        };
        assert_eq!(terminal_supports_hyperlinks(&value), is_supported, "{environment}");
    }
}

/// Two records whose addresses begin alike, one of them too long for a line, and a record whose address
/// contains an escape sequence.
const ARCHIVE: &str = r#"
[archive]
title = "Links"

[[record]]
title = "First"
date = "1945"
url = "https://archive.example/document/a-letter-that-is-called-by-a-name-too-long-for-a-line/1"
summary = "See http://elsewhere.example/é."

[[record]]
title = "Second"
date = "1946"
url = "https://archive.example/document/b"

[[record]]
title = "Third"
date = "1947"
url = "https://archive.example/\u001b]8;;http://evil.example\u0007x"
other = "javascript:alert(1) file:///etc/passwd"
"#;

/// Opens the records.
fn open(arguments: &[&str], environment: &[(&str, &str)]) -> TestTerminal {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["links.toml"]).collect();
    let setup = Setup::program(&arguments).file("links.toml", ARCHIVE);
    let setup = environment.iter().fold(setup, |setup, (name, value)| setup.env(name, value));
    let pty = setup.start();
    pty.wait_for_text("name-too-long-for-a-line/1");
    pty
}

/// The hyperlinks written so far: their address and their text.
fn written_links(pty: &TestTerminal) -> Vec<(String, String)> {
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut links = Vec::new();
    for sequence in text.split("\x1b]8;id=fonds;").skip(1) {
        let (address, rest) = sequence.split_once("\x1b\\").expect("an end of the sequence");
        let (shown, _) = rest.split_once("\x1b]8;;\x1b\\").expect("an end of the link");
        let mut letters = String::new();
        for (at, part) in shown.split("\x1b[").enumerate() {
            let end = part.find(|c: char| c.is_ascii_alphabetic()).map_or(0, |end| end + 1);
            letters.push_str(&part[if at == 0 { 0 } else { end }..]);
        }
        links.push((address.to_owned(), letters));
    }
    links
}

/// The last `count` hyperlinks that were written.
fn last_links(pty: &TestTerminal, count: usize) -> Vec<(String, String)> {
    let links = written_links(pty);
    links[links.len().saturating_sub(count)..].to_vec()
}

#[test]
fn address_in_the_detail_is_a_hyperlink() {
    let mut pty = open(&["--links", "always"], &[]);
    let long =
        "https://archive.example/document/a-letter-that-is-called-by-a-name-too-long-for-a-line/1";
    let links = last_links(&pty, 3);
    let elsewhere = ("http://elsewhere.example/%C3%A9", "http://elsewhere.example/é");
    assert_eq!((links[0].0.as_str(), links[0].1.as_str()), elsewhere);
    assert!(links[1..].iter().all(|(address, _)| address == long), "{links:?}");
    assert_eq!(links[1..].iter().map(|(_, shown)| shown.as_str()).collect::<String>(), long);
    pty.send("j");
    pty.wait_for_text("document/b");
    let second = "https://archive.example/document/b".to_owned();
    pty.wait_until("the second address", || {
        last_links(&pty, 1) == [(second.clone(), second.clone())]
    });
    pty.send("j");
    let third = "https://archive.example/x".to_owned();
    pty.wait_until("the third address", || last_links(&pty, 1) == [(third.clone(), third.clone())]);
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    let text = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!text.contains("evil"), "{text:?}");
    let count = |sequence: &str| text.matches(sequence).count();
    assert_eq!(count("\x1b]8;"), 2 * count("\x1b]8;;\x1b\\"), "every link is ended");
}

#[test]
fn popup_removes_the_hyperlinks_it_covers() {
    let mut pty = open(&["--links", "always"], &[]);
    pty.send("?");
    pty.wait_for_text("next record");
    let links_before = written_links(&pty).len();
    pty.send("\x1b");
    pty.wait_for_no_text("next record");
    pty.wait_until("links again", || written_links(&pty).len() > links_before);
}

#[test]
fn hyperlinks_depend_on_terminal_settings_and_option() {
    let supporting_terminal = [("VTE_VERSION", "7600")];
    for (arguments, environment, settings, linked) in [
        (&[][..], &[][..], "", false),
        (&[], &supporting_terminal, "", true),
        (&["--links", "never"], &supporting_terminal, "", false),
        (&["--links", "never"], &supporting_terminal, "links = \"always\"", false),
        (&["--links", "always"], &[], "links = \"never\"", true),
        (&[], &supporting_terminal, "links = \"never\"", false),
        (&[], &[], "links = \"always\"", true),
    ] {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["links.toml"]).collect();
        let setup = Setup::program(&arguments).file("links.toml", ARCHIVE);
        let setup = setup.folder("config/fonds").file("config/fonds/config.toml", settings);
        let setup = environment.iter().fold(setup, |setup, (name, value)| setup.env(name, value));
        let mut pty = setup.start();
        pty.wait_for_text("name-too-long-for-a-line/1");
        pty.send("q");
        assert_eq!(pty.wait_for_exit(), 0);
        assert_eq!(
            !written_links(&pty).is_empty(),
            linked,
            "{arguments:?} {environment:?} {settings}"
        );
    }
}
