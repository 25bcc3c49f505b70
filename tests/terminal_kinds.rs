//! Terminals of other kinds, slow keys, pastes without an end, editors, and pipes that pause.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::pty::{Setup, TestTerminal};

/// Sends the bytes of a key one by one, with pauses.
fn send_slowly(pty: &mut TestTerminal, bytes: &str, pause: Duration) {
    for byte in bytes.chars() {
        pty.send(&byte.to_string());
        thread::sleep(pause);
    }
}

#[test]
fn a_key_whose_bytes_arrive_one_by_one_is_one_key() {
    let mut pty = Setup::program(&["--filter", "soong"]).start();
    pty.wait_for_text("4 of 10 shown");
    pty.wait_for_text("▌ 201");
    // Well below the limit of the decoder, since a busy machine makes each pause longer.
    send_slowly(&mut pty, "\x1b[B", Duration::from_millis(10));
    pty.wait_for_text("▌ 208");
    assert!(pty.screen_text().contains("4 of 10 shown"), "Esc would have cleared the filter");
}

#[test]
fn esc_and_a_letter_at_once_are_both_keys() {
    let mut pty = Setup::program(&["--filter", "soong"]).start();
    pty.wait_for_text("4 of 10 shown");
    pty.send("\x1bj");
    pty.wait_for_text("10 of 10 shown");
    pty.wait_for_text("▌ 202");
}

#[test]
fn a_paste_without_an_end_ends_by_silence() {
    let mut pty = Setup::program(&[]).start();
    pty.wait_for_ten_records();
    pty.send("\x1b[200~soong");
    pty.wait_for_text("4 of 10");
    pty.send("\r");
    pty.wait_for_text("4 of 10 shown");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
}

#[test]
fn a_paste_that_arrives_byte_by_byte_is_a_paste() {
    let mut pty = Setup::program(&[]).start();
    pty.wait_for_ten_records();
    send_slowly(&mut pty, "\x1b[200~qsoongq\x1b[201~", Duration::from_millis(5));
    pty.wait_for_text("/ qsoongq");
}

#[test]
fn a_paste_into_a_filter_is_another_word() {
    let mut pty = Setup::program(&["--filter", "soong"]).start();
    pty.wait_for_text("4 of 10 shown");
    pty.send("\x1b[200~stalin\x1b[201~");
    pty.wait_for_text("/ soong stalin");
}

#[test]
fn a_paste_into_a_note_keeps_its_lines() {
    let mut pty = Setup::program(&["--marks", "marks.toml"]).start();
    pty.wait_for_ten_records();
    pty.send("N");
    pty.wait_for_text("a note on this record");
    pty.send("\x1b[200~one\ntwo\x1b[201~");
    pty.wait_for_text("one↵two");
    pty.send("\r");
    pty.wait_until_screen("both lines of the note", |screen| {
        let text = screen.contents();
        text.contains("one") && text.contains("two") && !text.contains("one↵two")
    });
}

#[test]
fn terminal_without_a_screen_gets_the_list() {
    for name in ["dumb", "DUMB", "", "unknown", "network", "vt52"] {
        let mut pty = Setup::program(&[]).env("TERM", name).start();
        assert_eq!(pty.wait_for_exit(), 0, "{name}");
        let bytes = pty.bytes();
        assert!(!bytes.contains(&0x1b), "{name}: {}", bytes.escape_ascii());
        assert_eq!(String::from_utf8_lossy(&bytes).lines().count(), 10);
        let mut pty = Setup::program(&["pick"]).env("TERM", name).start();
        assert_eq!(pty.wait_for_exit(), 2, "{name}");
        pty.wait_for_text("records cannot be picked here");
    }
}

#[test]
fn colours_are_those_that_the_terminal_knows() {
    let styles = |name: &str| {
        let mut pty = Setup::program(&[]).env("TERM", name).start();
        pty.wait_for_ten_records();
        pty.send("q");
        assert_eq!(pty.wait_for_exit(), 0);
        let bytes = pty.bytes();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let with_colours = styles("xterm");
    assert!(!with_colours.contains("8;5;"), "the short form is enough");
    assert!(with_colours.contains("\x1b[36"), "{with_colours:?}");
    let without = styles("vt100");
    for colour in ["\x1b[3", "\x1b[4", "\x1b[9", "\x1b[10"] {
        let found = without.split(colour).skip(1).any(|rest| {
            rest.split_once('m')
                .is_some_and(|(codes, _)| codes.chars().all(|it| it.is_ascii_digit()))
        });
        assert!(!found, "{colour:?}");
    }
}

#[test]
fn the_shell_goes_on_below_the_screen_of_a_terminal_without_an_alternate_screen() {
    let mut pty = Setup::program(&[]).start();
    pty.wait_for_ten_records();
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("\x1b[24;1H\r\n\x1b[?1049l"), "the cursor goes to a new last line");
}

#[test]
fn notes_come_back_from_any_editor() {
    let cases = [
        ("printf 'caf\\351 x\\n' > \"$1\"", "$EDITOR_FILE", "café x"),
        ("echo 'what was saved' > \"$1\"; exit 1", "$EDITOR_FILE", "what was saved"),
        ("printf '\\357\\273\\277mark\\r\\n' > \"$1\"", "$EDITOR_FILE", "mark"),
        ("echo \"with $GREETING\" > \"$1\"", "GREETING=hello $EDITOR_FILE", "with hello"),
        ("echo 'from home' > \"$1\"", "~/editor", "from home"),
    ];
    for (script, editor, note) in cases {
        let setup = Setup::program(&["--marks", "marks.toml"])
            .file("editor", format!("#!/bin/sh\n{script}\n"));
        let file = setup.path().join("editor");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("its mode");
        let home = setup.path().display().to_string();
        let editor = editor.replace("$EDITOR_FILE", &file.display().to_string());
        let mut pty = setup.env("EDITOR", &editor).env("HOME", &home).start();
        pty.wait_for_ten_records();
        pty.send("N");
        pty.wait_for_text("a note on this record");
        pty.send("\x1be");
        pty.wait_for_text(&format!("My note     {note}"));
    }
}

#[test]
fn an_editor_that_is_missing_or_fails_leaves_the_note() {
    for (editor, message) in [
        ("/nowhere/editor", "there is no editor"),
        ("false", "the note is unchanged: false ended with an error"),
        ("'", "cannot be parsed"),
    ] {
        let mut pty = Setup::program(&["--marks", "marks.toml"]).env("EDITOR", editor).start();
        pty.wait_for_ten_records();
        pty.send("N");
        pty.wait_for_text("a note on this record");
        pty.send("typed\x1be");
        pty.wait_for_text(message);
        pty.wait_for_text("N typed");
    }
}

#[test]
fn a_killed_editor_leaves_the_terminal_and_what_it_saved() {
    let cases = [
        ("kill -9 $$", "N typed"),
        ("echo saved > \"$1\"; kill -9 $$", "My note     saved"),
        ("echo saved > \"$1\"; kill -TERM $$", "My note     saved"),
    ];
    for (script, note) in cases {
        let editor = format!("#!/bin/sh\nstty raw -echo -isig < /dev/tty\n{script}\n");
        let mut pty = Setup::program_between_stty("", "--no-restore --marks marks.toml")
            .file("editor", editor)
            .env("EDITOR", "sh ./editor")
            .start();
        pty.wait_for_ten_records();
        pty.send("N");
        pty.wait_for_text("a note on this record");
        pty.send("typed\x1be");
        pty.wait_for_text(note);
        pty.wait_for_text("was killed by signal");
        if note == "N typed" {
            pty.send("\r");
            pty.wait_for_text("My note     typed");
        }
        pty.send("q");
        pty.assert_exits_and_restores(0);
    }
}

/// Lists in JSON and XML: their beginning, a record, and the next one, which comes later.
const TREES_THAT_COME_SLOWLY: [[&str; 3]; 8] = [
    ["[", r#"{"title": "Letter 1", "date": "1945"},"#, r#"{"title": "Letter 2", "date": "1946"},"#],
    [
        r#"{"answer": {"docs": ["#,
        r#"{"name": "Letter 1", "written": {"on": 1}, "created": "1945"},"#,
        r#"{"name": "Letter 2", "written": {"on": 2}, "created": "1946"},"#,
    ],
    [
        "[",
        r#"{"id": "a", "type": "book", "title": "Letter 1", "issued": {"date-parts": [[1945]]}},"#,
        r#"{"id": "b", "type": "book", "title": "Letter 2", "issued": {"date-parts": [[1946]]}},"#,
    ],
    [
        "<letters>",
        "<letter><title>Letter 1</title><date>1945</date></letter>",
        "<letter><title>Letter 2</title><date>1946</date></letter>",
    ],
    // Its name alone says that it is a record: nothing has its plural, and it is the first one.
    [
        "<archive><year>2020</year>",
        "<document><title>Letter 1</title><date>1945</date></document>",
        "<document><title>Letter 2</title><date>1946</date></document>",
    ],
    [
        "<entries>",
        "<entry><title>Letter 1</title><author>Anna Roth</author></entry>",
        "<entry><title>Letter 2</title><author>Max Kern</author></entry>",
    ],
    [
        "<letterList>",
        "<letter><title>Letter 1</title><date>1945</date></letter>",
        "<letter><title>Letter 2</title><date>1946</date></letter>",
    ],
    [
        r#"<modsCollection xmlns="http://www.loc.gov/mods/v3">"#,
        "<mods><titleInfo><title>Letter 1</title></titleInfo></mods>",
        "<mods><titleInfo><title>Letter 2</title></titleInfo></mods>",
    ],
];

#[test]
fn records_of_a_pipe_are_shown_as_they_come() {
    let lines = "echo '{\"title\":\"Letter 1\"}'; read line < go; echo '{\"title\":\"Letter 2\"}'; read line < go";
    let table = "printf 'title,date\\nLetter 1,1945\\n'; read line < go; echo Letter 2,1946; read line < go";
    let marc = |title| {
        format!("printf '00051nam a2200037 a 4500245001300000\\03600\\037a{title}\\036\\035'")
    };
    let marc =
        format!("{}; read line < go; {}; read line < go", marc("Letter 1"), marc("Letter 2"));
    let setups = [
        format!("mkfifo go; ({marc}) | \"$FONDS\""),
        format!("mkfifo go; ({lines}) | \"$FONDS\""),
        format!("mkfifo go; ({table}) | \"$FONDS\""),
        format!("mkfifo go; ({lines}) | \"$FONDS\" /dev/stdin"),
        format!("mkfifo go pipe; ({lines}) > pipe & \"$FONDS\" pipe"),
        format!("mkfifo go pipe; ({table}) > pipe & \"$FONDS\" pipe"),
    ];
    let setups = setups.into_iter().chain(TREES_THAT_COME_SLOWLY.iter().map(|parts| {
        let [start, first, second] = parts.map(|part| format!("printf '%s\\n' '{part}'"));
        format!(
            "mkfifo go; ({start}; {first}; read line < go; {second}; read line < go) | \"$FONDS\""
        )
    }));
    for script in setups {
        let pty = Setup::script(&script).start();
        pty.wait_for_text("Letter 1");
        fs::write(pty.folder.path().join("go"), "\n").expect("a reader");
        pty.wait_for_text("Letter 2");
    }
}

/// Files whose pauses are not at the end of a line: what comes first, and what comes later.
fn files_that_pause() -> Vec<[Vec<u8>; 2]> {
    let texts = [
        // The second record has begun when the pipe pauses.
        [r#"[{"title":"Letter 1","date":"1945"},{"title":"Let"#, r#"ter 2","date":"1946"},{"#],
        [r#"{"records":[{"title":"Letter 1"},{"ti"#, r#"tle":"Letter 2"},{"ti"#],
        [r#"{"answer":{"docs":[{"name":"Letter 1","created":"1945"},{"na"#, r#"me":"Letter 2"},"#],
        [
            "@string{m = {Mill}}\n@book{a, title={Letter 1},\n year={1945}}\n@book{b,",
            "title={Letter 2}}",
        ],
        // What it inherits from came before it.
        [
            "@book{a, title={Letter 1}, location={Orla}}\n@inbook{b,",
            "crossref={a}, title={Letter 2}}\n",
        ],
    ];
    let message = |title: &str| {
        format!(
            "From anna@a.example Thu Jul 12 10:00:00 2019\nFrom: Anna <anna@a.example>\nTo: kern@a.example\n\
             Subject: {title}\nMessage-ID: <{title}@a.example>\n\nText\n\n"
        )
    };
    // The end of a message is the beginning of the next one.
    let mailbox = [message("Letter 1") + &message("Letter 2"), message("Letter 3")];
    let table = ["title,date\nLetter 1,1945\n", "Letter 2,1946\n"];
    let bytes = |[first, second]: [&str; 2]| [first.into(), second.into()];
    let mut files: Vec<_> = texts.into_iter().map(bytes).collect();
    files.push(mailbox.map(String::into_bytes));
    // One frame for both, and one for each.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let frame = table.map(|part| {
        encoder.write_all(part.as_bytes()).expect("memory");
        encoder.flush().expect("memory");
        std::mem::take(encoder.get_mut())
    });
    files.push(frame);
    files.push(table.map(|part| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(part.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    }));
    files
}

#[test]
fn whole_records_are_shown_although_the_pipe_pauses_behind_them() {
    let script = "mkfifo go; (cat first; read line < go; cat second; read line < go) | \"$FONDS\"";
    for [first, second] in files_that_pause() {
        let pty = Setup::script(script).file("first", first).file("second", second).start();
        pty.wait_for_text("Letter 1");
        fs::write(pty.folder.path().join("go"), "\n").expect("a reader");
        pty.wait_for_text("Letter 2");
    }
}

#[test]
fn records_of_a_pipe_that_never_pauses_are_shown_as_they_come() {
    // Each writes less than is read of a file at first, and then says that it was not seen.
    let producers = [
        ("echo title,date", "echo \"Letter $i,1945\"", 800),
        ("true", "echo \"{\\\"title\\\":\\\"Letter $i\\\"}\"", 600),
        // It is never at the end of a line when it waits.
        ("printf 'title,date\\nLet'", "printf \"ter $i,1945\\nLet\"", 800),
        ("echo '<letters>'", "echo \"<letter><title>Letter $i</title></letter>\"", 400),
    ];
    for (start, write, count) in producers {
        let producer = format!(
            "{start}; i=0; until [ -e seen ]; do i=$((i+1)); {write}; sleep .01; \
             if [ $i = {count} ]; then touch late; exit; fi; done"
        );
        let pty = Setup::script(&format!("({producer}) | \"$FONDS\" --no-restore")).start();
        pty.wait_for_text("Letter 1");
        pty.wait_for_text("Letter 8");
        let is_late = pty.folder.path().join("late").exists();
        fs::write(pty.folder.path().join("seen"), "").expect("a file");
        assert!(!is_late, "{write}");
    }
}
