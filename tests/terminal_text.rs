//! Control characters and escape sequences of files and arguments reach no terminal and no clipboard.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fonds::tui::runtime::browser::{self, browser_command};
use fonds::tui::runtime::editor;
use fonds::tui::runtime::sgr;

use crate::pty::Setup;

/// A record whose title sets the clipboard, changes the window's title, ends a paste and runs a command.
const HOSTILE: &str = "{\"title\":\"Red \\u001b]52;c;aGk=\\u0007cable\\u001b]0;owned\\u0007\\u001b[201~ \\u009b31mto \\u001b[2Jyou\",\
     \"date\":\"1945\"}\n";

/// Whether bytes have a control character besides line ends, or one in two bytes of UTF-8.
pub(crate) fn has_controls(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.chars().any(|letter| letter.is_control() && !"\r\n\t".contains(letter))
}

#[test]
fn output_on_a_terminal_has_no_controls() {
    let commands = [
        "\"$FONDS\" list bad.jsonl",
        "\"$FONDS\" show bad.jsonl",
        "\"$FONDS\" list --json bad.jsonl",
        "\"$FONDS\" cite bad.jsonl",
        "\"$FONDS\" check bad.jsonl",
        "\"$FONDS\" convert --archive-title x bad.jsonl",
        "\"$FONDS\" convert --archive-title x --format csv bad.jsonl",
        "\"$FONDS\" export --format text bad.jsonl",
        "\"$FONDS\" export --format ris bad.jsonl",
        "\"$FONDS\" check --mapping bad.jsonl",
        "printf 'July \\033]0;x\\0077, 1945\\n' | \"$FONDS\" dates",
        "\"$FONDS\" \"$(printf '\\033]0;x\\007missing')\"",
        "\"$FONDS\" list \"$(printf -- '--no-such-\\033]0;x\\007option')\"",
        "\"$FONDS\" list --limit \"$(printf '\\033[31mabc')\" bad.jsonl",
        "\"$FONDS\" list --filter \"$(printf '\\033]0;x\\007')\" bad.jsonl",
        "\"$FONDS\" export --format \"$(printf '\\033[31mabc')\" bad.jsonl",
    ];
    for command in commands {
        let mut pty = Setup::script(command).file("bad.jsonl", HOSTILE).start();
        pty.wait_for_exit();
        let bytes = pty.bytes();
        // The program itself erases its progress line.
        let text = String::from_utf8_lossy(&bytes).replace("\r\x1b[K", "");
        assert!(!text.is_empty(), "{command}: it prints something");
        assert!(!has_controls(text.as_bytes()), "{command}: {text:?}");
    }
}

#[test]
fn picked_records_on_a_terminal_have_no_controls() {
    let mut pty = Setup::program(&["pick", "bad.jsonl"]).file("bad.jsonl", HOSTILE).start();
    pty.wait_for_text("Red cable");
    pty.send("\r");
    assert_eq!(pty.wait_for_exit(), 0);
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let (_, printed) = text.rsplit_once("\x1b[?25h").expect("the end of the screen");
    assert!(printed.contains("Red cable"), "{printed:?}");
    assert!(!has_controls(printed.as_bytes()), "{printed:?}");
}

#[test]
fn copied_text_has_no_controls() {
    let copied = copied_text(HOSTILE, "ya");
    assert!(copied.contains("Red cable to you"), "{copied:?}");
    assert!(!has_controls(copied.as_bytes()), "{copied:?}");
}

/// Returns what these keys copy of the records of a file, of which one has "Red cable" in its title.
fn copied_text(file: &str, keys: &str) -> String {
    let mut pty = Setup::program(&["bad.jsonl"]).file("bad.jsonl", file).start();
    pty.wait_for_text("Red cable");
    pty.send(keys);
    pty.wait_for_text("sent ");
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let (_, sequence) = text.rsplit_once("\x1b]52;c;").expect("a copy");
    let (encoded, _) = sequence.split_once('\x07').expect("its end");
    let copied = STANDARD.decode(encoded).expect("base64");
    String::from_utf8(copied).expect("UTF-8")
}

#[test]
fn copied_titles_addresses_ids_and_citations_are_one_line() {
    let file = "{\"title\":\"\\nRed cable\\ntouch hit\\r\\n\\u202eend\\u2066 of\\u2028it\\u2029\",\"date\":\"1945\",\
         \"id\":\"7\\ntouch hit\",\"url\":\"https://archive.example/7\\ntouch hit\",\"summary\":\"One\\nTwo\"}\n\
         {\"title\":\"B\\nC\",\"date\":\"1946\"}\n";
    for (keys, copied) in [
        ("yy", "Red cable touch hit end of it, 1945"),
        ("yc", "Red cable touch hit end of it, 1945, https://archive.example/7 touch hit."),
        ("yi", "7 touch hit"),
        ("  yy", "Red cable touch hit end of it, 1945\nB C, 1946"),
        ("ys", "One\nTwo"),
    ] {
        assert_eq!(copied_text(file, keys), copied, "{keys}");
    }
    let address = copied_text(&file.replace("\\ntouch hit\",\"summ", "\\u202ehit\",\"summ"), "yu");
    assert_eq!(address, "https://archive.example/7hit");
}

#[test]
fn an_address_is_never_part_of_a_command() {
    let address = "https://example.org/$(touch hit);'x'";
    let command = |text: &str| {
        let words = shlex::split(text).expect("words");
        browser_command(&words, address).map(|(program, arguments)| {
            let mut all = vec![program];
            all.extend(arguments);
            all
        })
    };
    let cases: [(&str, &[&str]); 9] = [
        ("firefox", &["firefox", address]),
        ("firefox --new-tab", &["firefox", "--new-tab", address]),
        ("firefox %s --new-tab", &["firefox", address, "--new-tab"]),
        ("chrome --app=%s", &["chrome", "--app=https://example.org/$(touch hit);'x'"]),
        ("sh -c 'echo %s'", &["sh", "-c", "echo \"$1\"", "sh", address]),
        ("sh -c 'echo \"%s\"'", &["sh", "-c", "echo \"$1\"", "sh", address]),
        ("/bin/bash -ec \"echo '%s'\"", &["/bin/bash", "-ec", "echo \"$1\"", "/bin/bash", address]),
        ("env zsh -c 'echo %s'", &["env", "zsh", "-c", "echo \"$1\"", "env", address]),
        ("sh -c 'echo \"$0\"'", &["sh", "-c", "echo \"$0\"", address]),
    ];
    for (text, expected) in cases {
        assert_eq!(command(text).expect("a command"), expected, "{text}");
    }
    for refused in [
        "python3 -c 'open(\"%s\")'",
        "ssh host 'open %s'",
        "sh -c 'ssh host \"open %s\"'",
        "awk 'BEGIN{x=%s}'",
    ] {
        assert_eq!(command(refused), None, "{refused}");
    }
}

#[test]
fn only_web_addresses_are_opened() {
    for address in ["javascript:alert(1)", "file:///etc/passwd", "--help", "/bin/sh", "data:,x", ""]
    {
        assert_eq!(browser::open(address), Err(browser::OpenError::NotWebAddress), "{address}");
    }
}

#[test]
fn an_editor_may_write_other_encodings_and_line_ends() {
    for (bytes, text) in [
        (&b"plain\n"[..], "plain\n"),
        (b"caf\xe9 \x93x\x94", "café “x”"),
        (b"\xef\xbb\xbfone\r\ntwo\rthree", "one\ntwo\nthree"),
        ("é".as_bytes(), "é"),
        (b"", ""),
    ] {
        assert_eq!(editor::decode(bytes), text);
    }
}

#[test]
fn colours_have_the_form_that_old_terminals_know() {
    for (frame, with_colours, without) in [
        ("\x1b[38;5;1mred", "\x1b[31mred", "red"),
        ("\x1b[38;5;15;48;5;8mx", "\x1b[97;100mx", "x"),
        ("\x1b[1;38;5;7;49mx\x1b[0m", "\x1b[1;37;49mx\x1b[0m", "\x1b[1mx\x1b[0m"),
        ("\x1b[38;5;200mx", "\x1b[38;5;200mx", "x"),
        ("\x1b[38;2;1;2;3mx\x1b[39m\x1b[59m", "\x1b[38;2;1;2;3mx\x1b[39m", "x"),
        ("\x1b[2;5Hx\x1b[K\x1b[?25l", "\x1b[2;5Hx\x1b[K\x1b[?25l", "\x1b[2;5Hx\x1b[K\x1b[?25l"),
        ("\x1b[mx", "\x1b[mx", "\x1b[mx"),
    ] {
        let simple = |has_colours| String::from_utf8(sgr::simplify(frame.as_bytes(), has_colours));
        assert_eq!(simple(true).expect("UTF-8"), with_colours, "{frame:?}");
        assert_eq!(simple(false).expect("UTF-8"), without, "{frame:?}");
    }
}
