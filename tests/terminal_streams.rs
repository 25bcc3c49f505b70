//! The program on a real terminal with its arguments and its redirected input and output.

use std::thread;
use std::time::Duration;

use crate::pty::Setup;

const RESULTS_PAGE: &str = include_str!("import/results-page.txt");

#[test]
fn unreadable_file_is_reported_without_opening_the_screen() {
    let cases = [
        ("missing.txt", "missing.txt: there is no such file"),
        ("empty.txt", "empty.txt"),
        ("--input-format nonsense page.txt", "there is no format"),
        ("-", "standard input is this terminal"),
    ];
    for (arguments, message) in cases {
        let setup = Setup::program_between_stty("", arguments)
            .file("empty.txt", "")
            .file("page.txt", RESULTS_PAGE);
        let mut pty = setup.start();
        pty.assert_exits_and_restores(2);
        pty.wait_for_text(message);
        assert!(!pty.bytes().windows(8).any(|bytes| bytes == b"\x1b[?1049h"), "{arguments}");
    }
}

#[test]
fn error_in_one_file_is_shown_on_the_screen() {
    let setup = Setup::program(&["missing.txt", "page.txt"]).file("page.txt", RESULTS_PAGE);
    let mut pty = setup.start();
    pty.wait_for_ten_records();
    pty.wait_for_text("1 error (!)");
    pty.send("!");
    pty.wait_for_text("missing.txt: there is no such file");
}

#[test]
fn screen_writes_nothing_to_standard_output() {
    let other = Setup::script("tty > name; sleep 60").start();
    let name = other.folder.path().join("name");
    while std::fs::read_to_string(&name).map_or(0, |name| name.len()) == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let name = std::fs::read_to_string(name).expect("its name");
    let mut pty = Setup::script(&format!("\"$FONDS\" > {}", name.trim())).start();
    pty.wait_for_ten_records();
    pty.send("/soong\r");
    pty.wait_for_text("4 of 10");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    pty.assert_restored();
    assert_eq!(String::from_utf8_lossy(&other.bytes()), "");
}

#[test]
fn screen_works_with_redirected_standard_error() {
    let mut pty = Setup::script("\"$FONDS\" 2> errors; echo \"ended with $?.\"").start();
    pty.wait_for_ten_records();
    pty.send("/soong\r");
    pty.wait_for_text("4 of 10");
    pty.send("q");
    pty.wait_for_text("ended with 0.");
    pty.assert_restored();
    let errors = std::fs::read_to_string(pty.folder.path().join("errors"));
    assert_eq!(errors.expect("a file"), "");
}

#[test]
fn redirected_standard_output_prints_the_list() {
    let mut pty = Setup::script("\"$FONDS\" > list; echo \"ended with $?.\"").start();
    pty.wait_for_text("ended with 0.");
    assert_eq!(pty.wait_for_exit(), 0);
    let list = std::fs::read_to_string(pty.folder.path().join("list")).expect("a list");
    assert_eq!(list.lines().count(), 10);
    assert!(!pty.screen_text().contains("Soong"));
}

#[test]
fn keys_come_from_the_terminal_while_records_are_piped_in() {
    for source in ["cat page.txt |", "< page.txt"] {
        let script = match source.strip_prefix('<') {
            Some(_) => "\"$FONDS\" < page.txt".to_owned(),
            None => format!("{source} \"$FONDS\""),
        };
        let mut pty = Setup::script(&script).file("page.txt", RESULTS_PAGE).start();
        pty.wait_for_ten_records();
        pty.wait_for_text("standard input");
        pty.send("/soong");
        pty.wait_for_text("4 of 10");
        pty.send("\x03");
        assert_eq!(pty.wait_for_exit(), 0);
        pty.assert_restored();
    }
}

#[test]
fn list_on_a_terminal_is_aligned_without_control_characters() {
    let archive =
        "[[record]]\nposition = 1\ndate = \"1945\"\ntitle = \"Red \\u001b[31mcable\\u202e\"\n";
    let setup = Setup::program(&["list", "bad.toml"]).file("bad.toml", archive);
    let mut pty = setup.start();
    assert_eq!(pty.wait_for_exit(), 0);
    pty.wait_for_text("1  1945  Red cable");
    assert_eq!(String::from_utf8_lossy(&pty.bytes()), "1  1945  Red cable\r\n");
}

#[test]
fn pick_prints_the_chosen_records() {
    let script = "found=$($FONDS pick --filter soong); echo \"[$found] $?\"; \
                  none=$($FONDS pick --no-restore); echo \"[$none] $?\"; sleep 1";
    let mut pty = Setup::script(script).start();
    pty.wait_for_text("4 of 10 shown");
    pty.send("j  \r");
    pty.wait_for_text("10 of 10 shown");
    pty.send("q");
    pty.wait_for_text("[] 130");
    let text = pty.screen_text();
    assert!(text.contains("[208\t") || text.contains("[208 "), "{text}");
    assert!(text.contains("209 "), "{text}");
}
