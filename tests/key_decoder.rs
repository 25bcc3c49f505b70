//! Keys, pastes and mouse events from the bytes of a terminal, however the bytes are cut.

use std::time::Duration;

use fonds::tui::runtime::key_decoder::KeyDecoder;

/// The bytes of a terminal, and the events that they are in debug form: keys in the form of the help.
const CASES: &[(&str, &[&str])] = &[
    ("j", &["j"]),
    ("Gé蒋😀", &["G", "é", "蒋", "😀"]),
    ("\r\t\x7f \x03\x1a", &["Enter", "Tab", "Backspace", "Space", "Ctrl-c", "Ctrl-z"]),
    ("\x1b[A\x1b[B\x1b[C\x1b[D", &["↑", "↓", "→", "←"]),
    ("\x1bOA\x1bOB\x1bOH\x1bOF\x1bOM", &["↑", "↓", "Home", "End", "Enter"]),
    ("\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[H\x1b[F", &["Home", "End", "Home", "End", "Home", "End"]),
    ("\x1b[3~\x1b[5~\x1b[6~\x1b[Z", &["Delete", "PgUp", "PgDn", "Shift-Tab"]),
    ("\x1b[1;5C\x1b[1;3D\x1b[5;5~", &["Ctrl-→", "Alt-←", "Ctrl-PgUp"]),
    ("\x1bb\x1b\x7fx", &["Alt-b", "Alt-Backspace", "x"]),
    ("\x1b[27;5;99~\x1b[99;5u\x1b[27u", &["Ctrl-c", "Ctrl-c", "Esc"]),
    // Ctrl-C ends the program also right behind Esc.
    ("\x1b\x03\x1b\x1b\x03", &["Esc", "Ctrl-c", "Esc", "Esc", "Ctrl-c"]),
    // Keys that have no meaning here.
    ("\x1b[15~\x1bOP\x1b[[A\x1b[Ix", &["x"]),
    ("\x1b[<0;10;6M\x1b[<0;10;6m\x1b[<65;1;1M", &["click 9 5", "wheel 0 0 true"]),
    ("\x1b[M *&", &["click 9 5"]),
    ("\x1b[<0;65535;65535M", &["click 0 0"]),
    ("\x1b[200~q\nq\x1b[201~j", &["paste \"q\\nq\"", "j"]),
    ("\x1b[200~a\x1b[20b\x03c\x1b[201~", &["paste \"a\\u{1b}[20b\\u{3}c\""]),
    ("\x1b[200~\x1b[201~", &["paste \"\""]),
];

/// Writes events as the cases do.
fn described(events: Vec<fonds::tui::runtime::event_loop::Event>) -> Vec<String> {
    use fonds::tui::action::Action;
    use fonds::tui::runtime::event_loop::Event;

    let describe = |event| match event {
        Event::Key(key) => key.to_string(),
        Event::Action(Action::Paste(text)) => format!("paste {text:?}"),
        Event::Action(Action::Click { x, y }) => format!("click {x} {y}"),
        Event::Action(Action::Wheel { x, y, down }) => format!("wheel {x} {y} {down}"),
        other => format!("{other:?}"),
    };
    events.into_iter().map(describe).collect()
}

#[test]
fn bytes_mean_the_same_however_they_are_cut() {
    for (bytes, expected) in CASES {
        let bytes = bytes.as_bytes();
        for size in 1..=bytes.len() {
            let mut decoder = KeyDecoder::default();
            let mut events = Vec::new();
            for part in bytes.chunks(size) {
                events.extend(decoder.push(part));
            }
            assert_eq!(
                described(events),
                *expected,
                "{:?} in parts of {size}",
                bytes.escape_ascii().to_string()
            );
            assert_eq!(decoder.wait(), None, "nothing is left");
        }
    }
}

#[test]
fn silence_ends_an_unfinished_key_or_paste() {
    for (bytes, before, rest) in [
        ("\x1b", vec![], vec!["Esc"]),
        ("\x1b\x1b", vec!["Esc"], vec!["Esc"]),
        ("\x1b[", vec![], vec!["Alt-["]),
        ("\x1bO", vec![], vec!["Alt-O"]),
        ("\x1b[1;", vec![], vec!["Esc", "[", "1", ";"]),
        ("\x1b[\r", vec!["Esc", "[", "Enter"], vec![]),
        ("\x1b[200~soong", vec![], vec!["paste \"soong\""]),
        ("\x1b[200~soong\x03", vec![], vec!["paste \"soong\"", "Ctrl-c"]),
        ("\x1b[200~\x03", vec![], vec!["Ctrl-c"]),
    ] {
        let mut decoder = KeyDecoder::default();
        assert_eq!(described(decoder.push(bytes.as_bytes())), before, "{bytes:?}");
        if !rest.is_empty() {
            let wait = decoder.wait().expect("something is unfinished");
            assert!(wait > Duration::from_millis(100) && wait <= Duration::from_secs(2));
        }
        let described_rest = described(decoder.take_rest());
        // An introducer alone may also be Alt and a letter, which is the same as Esc and the letter.
        let split: Vec<&str> = rest.clone();
        let alternative = match split.as_slice() {
            ["Alt-["] => vec!["Esc", "["],
            _ => split,
        };
        assert!(
            described_rest == rest || described_rest == alternative,
            "{bytes:?}: {described_rest:?}"
        );
    }
}

#[test]
fn bytes_that_are_no_letters_are_ignored() {
    let mut decoder = KeyDecoder::default();
    assert_eq!(described(decoder.push(b"a\xffb\xc3(c\xe8\x92")), ["a", "b", "(", "c"]);
    assert!(decoder.wait().is_some());
    assert_eq!(described(decoder.take_rest()), Vec::<String>::new());
    assert_eq!(described(decoder.push(b"d")), ["d"]);
}

#[test]
fn an_endless_paste_is_cut_and_its_end_is_found() {
    let mut decoder = KeyDecoder::default();
    assert!(decoder.push(b"\x1b[200~").is_empty());
    for _ in 0..3000 {
        assert!(decoder.push(&[b'x'; 1024]).is_empty());
    }
    let events = described(decoder.push(b"\x1b[201~j"));
    assert_eq!(events.len(), 2);
    assert!(events[0].len() < 2 << 20);
    assert_eq!(events[1], "j");
}
