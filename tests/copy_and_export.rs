//! Copying citations, exporting records, settings, and notes in an editor.

use fonds::formats::cite::Style;
use fonds::formats::write::Format;
use fonds::tui::overlays::picker::state::PickerItem;
use fonds::tui::theme::ThemeName;
use fonds::userdata::settings::HyperlinkMode;
use fonds::userdata::settings::Settings;

use crate::harness::Harness;
use crate::program::TestFolder;
use crate::pty::{Setup, TestTerminal};

/// Opens the ten records, with all citation styles and export formats to choose from.
fn harness(width: u16, height: u16) -> Harness {
    let mut harness = Harness::with_ten_records(width, height);
    let choice = |name: &str, description: &str, extension: &str| PickerItem {
        name: name.to_owned(),
        description: description.to_owned(),
        extension: extension.to_owned(),
    };
    "chicago-note".clone_into(&mut harness.options.citation_style);
    harness.options.citation_styles =
        Style::all().map(|style| choice(style.name(), style.description(), "")).collect();
    harness.options.formats = Format::all()
        .map(|format| choice(format.name(), format.description(), format.endings()[0]))
        .collect();
    harness
}

#[test]
fn chosen_citation_style_is_used_from_then_on() {
    let harness = harness(80, 24);
    for (script, message) in [
        ("yc", "copy Citation of 1 in chicago-note"),
        ("yCj<enter>", "copy Citation of 1 in chicago-bibliography"),
        ("yCG<enter>j<esc>yc", "copy Citation of 1 in csl-json"),
        ("  yCk<enter>", "copy Citation of 2 in archive"),
        ("yCG<esc>yc", "copy Citation of 1 in chicago-note"),
        ("yCG<enter>yCgjj<enter>yc", "copy Citation of 1 in chicago-bibliography"),
    ] {
        for outcome in [harness.press(script), harness.press_before_responses(script)] {
            assert_eq!(outcome.message().as_deref(), Some(message), "{script:?}");
        }
    }
    assert_eq!(harness.press("yC<esc>jj").selected(), Some(203));
}

#[test]
fn export_asks_for_scope_format_and_file() {
    let harness = harness(80, 24);
    for (script, message) in [
        (
            "e<enter><enter>",
            "export “” as ris to wilson-center-digital-archive.ris, replace: false",
        ),
        ("e<enter><ctrl-u>~/x.ris<enter>", "export “” as ris to ~/x.ris, replace: false"),
        ("ej<enter><ctrl-u>a b<enter>", "export “” as biblatex to a b, replace: false"),
        (" e<enter><enter><ctrl-u>x<enter>", "export “is:marked” as ris to x, replace: false"),
        (" ej<enter><enter><ctrl-u>x<enter>", "export “” as ris to x, replace: false"),
        (
            "/soong<enter>e<enter><enter><ctrl-u>x<enter>",
            "export “soong” as ris to x, replace: false",
        ),
        (
            "/soong<enter> ej<enter><enter><ctrl-u>x<enter>",
            "export “soong” as ris to x, replace: false",
        ),
        ("/xyzzy<enter>e<enter><enter><ctrl-u>x<enter>", "export “” as ris to x, replace: false"),
        (
            "  /soong<enter>ej<enter><enter><ctrl-u>x<enter>",
            "export “is:marked” as ris to x, replace: false",
        ),
        (
            "  /soong<enter>ejj<enter><enter><ctrl-u>x<enter>",
            "export “soong” as ris to x, replace: false",
        ),
        ("e<enter><ctrl-u><enter>", "no file is named, nothing is exported"),
        (
            "eG<enter><ctrl-u>x<enter>e<enter><ctrl-u>y<enter>",
            "export “” as dublin-core to y, replace: false",
        ),
    ] {
        for outcome in [harness.press(script), harness.press_before_responses(script)] {
            assert_eq!(outcome.message().as_deref(), Some(message), "{script:?}");
        }
    }
    for script in ["e<esc>jj", "e<enter><esc>jj", "e<enter><ctrl-u>old.ris<enter>njj"] {
        let outcome = harness.press(script);
        assert_eq!((outcome.selected(), outcome.message()), (Some(203), None), "{script:?}");
    }
    let replaced = harness.press("e<enter><ctrl-u>old.ris<enter>y").message();
    assert_eq!(replaced.as_deref(), Some("export “” as ris to old.ris, replace: true"));
    let asked = harness.press("e<enter><ctrl-u>old.ris<enter>").text();
    assert!(asked.contains("old.ris exists already: y replaces it"), "{asked}");
}

#[test]
fn copying_asks_if_some_of_the_marked_records_are_not_shown() {
    let harness = harness(80, 24);
    for (script, message) in [
        // All marked records are shown: nothing is asked.
        ("  yy", Some("copy Title of 2")),
        ("/soong<enter>  <esc>yy", Some("copy Title of 2")),
        ("/soong<enter>  yy", Some("copy Title of 2")),
        ("  /is:marked<enter>yy", Some("copy Title of 2")),
        // A range looks marked, but is not yet.
        ("jVjyy", Some("a range is open: Space marks it   Esc leaves it")),
        ("jVje", Some("a range is open: Space marks it   Esc leaves it")),
        ("jVj yy", Some("copy Title of 2")),
        // None is shown.
        ("j  /soong<enter>yy", None),
        ("j  /soong<enter>yy<enter>", Some("copy Title of 2")),
        ("j  /soong<enter>jyyj<enter>", Some("copy Title of 1")),
        ("j  /soong<enter>yy<esc>", None),
        ("j  /zzzz<enter>yy", None),
        ("j  /zzzz<enter>yy<enter>", Some("copy Title of 2")),
        // Some are shown.
        ("   /soong<enter>yc<enter>", Some("copy Citation of 3 in chicago-note")),
        ("   /soong<enter>ycj<enter>", Some("copy Citation of 1 in chicago-note")),
        ("   /soong<enter>ycjj<enter>", Some("copy Citation of 1 in chicago-note")),
        ("   /soong<enter>yu<enter>", Some("copy Address of 3")),
        ("   /soong<enter>ys<enter>", Some("copy Summary of 3")),
        ("   /soong<enter>ya<enter>", Some("copy All of 3")),
        ("   /soong<enter>yi<enter>", Some("copy Id of 3")),
        ("   /soong<enter><enter>yy<enter>", Some("copy Title of 3")),
        ("   /soong<enter>yCG<enter>", None),
        ("   /soong<enter>yCG<enter><enter>", Some("copy Citation of 3 in csl-json")),
        ("   /soong<enter>yCG<enter><esc><esc>yc", Some("copy Citation of 3 in csl-json")),
    ] {
        for outcome in [harness.press(script), harness.press_before_responses(script)] {
            assert_eq!(outcome.message().as_deref(), message, "{script:?}");
        }
    }
    let kept = harness.press("j  /soong<enter>yy<esc>j");
    assert_eq!(kept.selected(), Some(208), "Esc goes back to the list");
}

#[test]
fn screen_says_what_a_copy_or_an_export_acts_on() {
    for (width, height) in [(60, 20), (80, 24)] {
        let harness = harness(width, height);
        for (script, parts) in [
            ("  y", &["copy 2 marked · citations in"][..]),
            ("  /soong<enter>y", &["copy 2 marked (1 shown) · citations in"]),
            (
                "   /soong<enter>yc",
                &[
                    "not all are shown: copy what?",
                    "marked            3 records, 2 of them not shown",
                    "marked and shown  1 record",
                    "under the cursor  1 record",
                ],
            ),
            ("j  /zzzz<enter>yc", &["marked  2 records, not shown"]),
            (
                "   /soong<enter>e",
                &[
                    "marked            3 records, 2 of them not shown",
                    "marked and shown  1 record",
                    "filtered          4 records",
                    "all               10 records",
                ],
            ),
            ("j /soong<enter>e", &["marked    1 record, not shown", "filtered  4 records"]),
            ("   e", &["marked  3 records", "all     10 records"]),
            ("/zzzz<enter>e", &["export what?", "all  10 records"]),
        ] {
            let text = harness.press(script).text();
            for part in parts {
                assert!(text.contains(part), "{script:?} at {width}x{height}: {part:?}\n{text}");
            }
        }
    }
}

#[test]
fn popups_match_their_snapshots() {
    let scripts = [
        ("copy", "y"),
        ("copy_scope", "   /soong<enter>yc"),
        ("styles", "yC"),
        ("scope", "/soong<enter> e"),
        ("formats", "e"),
        ("file_name", "e<enter>"),
    ];
    for (name, script) in scripts {
        for (width, height) in [(60, 20), (80, 24), (120, 36)] {
            let outcome = harness(width, height).press(script);
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), outcome.text());
        }
    }
}

#[test]
fn popups_are_drawn_at_any_size() {
    for script in ["y", "yCG", " e", "eG", "e<enter>", "e<enter><ctrl-u>old.ris<enter>"] {
        for (width, height) in [(1, 1), (2, 2), (4, 3), (9, 5), (20, 6), (300, 100)] {
            harness(width, height).press(script);
        }
    }
    let small = harness(30, 8).press("yCG").text();
    assert!(small.contains("csl-json"), "the cursor is visible: {small}");
}

#[test]
fn filter_that_reorders_letters_is_escaped_in_the_copied_command() {
    let mut harness = harness(80, 24);
    harness.options.filter = "so\u{202e}ong".to_owned();
    let message = harness.press("Y").message().unwrap();
    assert!(message.contains("--filter \"$(printf 'so\\342\\200\\256ong')\""), "{message:?}");
    assert!(!message.contains('\u{202e}'), "{message:?}");
    harness.options.filter = "zoë soong".to_owned();
    let message = harness.press("Y").message().unwrap();
    assert!(message.contains("--filter 'zoë soong'"), "{message}");
}

#[test]
fn invalid_setting_does_not_affect_the_others() {
    let read = |text: &str| {
        let (settings, problems) = Settings::parse("config.toml", text, &Style::names());
        (settings, problems.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let (settings, messages) = read(
        "style = \"mla\"\ntheme = \"light\"\nmouse = false\nlinks = \"never\"\npage_size = 7\ncolumns = [\"date\", \"title\"]\n",
    );
    let expected = Settings {
        style: Some("mla".to_owned()),
        theme: ThemeName::from_name("light"),
        mouse: Some(false),
        links: Some(HyperlinkMode::Never),
        page_size: Some(7),
        columns: Some(vec!["date".to_owned(), "title".to_owned()]),
    };
    assert_eq!((settings, messages), (expected, Vec::new()));
    assert_eq!(read(""), (Settings::default(), Vec::new()));
    for (text, line, part) in [
        ("\nstyle = \"turabian\"", 2, "chicago-note"),
        ("theme = 1", 1, "one of dark, light, mono"),
        ("\n\nmouse = \"yes\"", 3, "true or false"),
        ("links = true", 1, "auto, always or never"),
        ("page_size = 0", 1, "from 1 on"),
        ("page_size = -1", 1, "from 1 on"),
        ("columns = \"date\"", 1, "a list of names"),
        ("columns = [\"date\", 1]", 1, "a list of names"),
        ("page_size = 99999999", 1, "from 1 on"),
        ("colour = \"red\"", 1, "there is no setting \"colour\": the settings are style, theme"),
        ("[style]\na = 1", 1, "chicago-note"),
        ("mouse = true\nhalf =", 2, "the settings are ignored"),
    ] {
        let (_, messages) = read(text);
        assert_eq!(messages.len(), 1, "{text:?}: {messages:?}");
        let start = format!("config.toml:{line}: ");
        assert!(
            messages[0].starts_with(&start) && messages[0].contains(part),
            "{text:?}: {messages:?}"
        );
    }
    let (settings, messages) = read("mouse = 3\nstyle = \"apa\"");
    assert_eq!(
        (settings.style.as_deref(), messages.len()),
        (Some("apa"), 1),
        "an invalid key leaves the others in force"
    );
}

/// A folder with three records: one is marked and has a note, another has a note.
fn marked_folder() -> TestFolder {
    let archive = "[archive]\nurl = \"https://a.org/\"\n\n[[record]]\nid = \"1\"\ntitle = \"One\"\n\
                   note = \"of the archive\"\n\n[[record]]\nid = \"2\"\ntitle = \"Two\"\n\n\
                   [[record]]\nid = \"3\"\ntitle = \"Three\"\n";
    let marks = "[[record]]\narchive = \"https://a.org/\"\nid = \"2\"\nmarked = true\n\
                 note = \"see the diary\"\n\n[[record]]\narchive = \"https://a.org/\"\nid = \"3\"\n\
                 note = \"odd\"\n";
    TestFolder::with_files(&[
        ("archive.toml", archive.as_bytes()),
        ("marks.toml", marks.as_bytes()),
    ])
}

#[test]
fn commands_filter_by_marks_and_notes() {
    let folder = marked_folder();
    let titles = |arguments: &[&str]| {
        let result = folder.run(&[arguments, &["--marks", "marks.toml"]].concat());
        let titles: Vec<_> =
            result.stdout.lines().filter_map(|line| line.split('\t').nth(2)).collect();
        (titles.join(" "), result.exit_code)
    };
    for (arguments, found) in [
        (&["list", "--marked"][..], "Two"),
        (&["list", "--noted"], "Two Three"),
        (&["list", "--noted", "--marked"], "Two"),
        (&["list", "--filter", "is:marked | one"], "One Two"),
        (&["list", "--filter", "-is:noted"], "One"),
        (&["list", "--filter", "note:diary"], "Two"),
        (&["list", "--filter", "note:archive"], "One"),
        (&["list", "--filter", "note:diary | note:archive"], "One Two"),
        (&["list", "--filter", "-note:archive -note:odd"], "Two"),
        (&["list", "--filter", "note:\"the archive\""], "One"),
        (&["list", "--noted", "--filter", "| three | one"], "Three"),
        (&["list", "--marked", "--filter", "one"], ""),
        (&["--filter", "is:marked"], "Two"),
    ] {
        let expected = (found.to_owned(), Some(i32::from(found.is_empty())));
        assert_eq!(titles(arguments), expected, "{arguments:?}");
    }
    let count = folder.run(&["count", "--noted", "--marks", "marks.toml"]);
    assert_eq!(count.stdout, "2\n");
    let cited = folder.run(&["cite", "--marked", "--marks", "marks.toml", "--style", "archive"]);
    assert!(cited.stdout.contains("Two") && cited.stdout.lines().count() == 1, "{}", cited.stdout);
    let bad = TestFolder::with_files(&[("marks.toml", b"[[record]\nhalf")]);
    let refused = bad.run(&["list", "--marked", "--marks", "marks.toml"]);
    assert_eq!(refused.exit_code, Some(2));
    assert!(refused.stderr.starts_with("marks.toml:1: "), "{}", refused.stderr);
}

#[test]
fn notes_are_exported_if_records_are_selected_by_mark_or_note() {
    let folder = marked_folder();
    let export =
        |more: &[&str]| folder.run(&[&["export", "--marks", "marks.toml"], more].concat()).stdout;
    let ris = export(&["--marked", "--format", "ris"]);
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 1, "{ris}");
    assert!(ris.contains("N1  - [fonds] my note: see the diary"), "{ris}");
    assert!(export(&["--noted", "--format", "biblatex"]).contains("my note: see the diary"));
    let jsonl = export(&["--filter", "note:diary", "--format", "jsonl"]);
    assert!(jsonl.contains("\"my note\":\"see the diary\""), "{jsonl}");
    let all = export(&["--format", "ris"]);
    assert!(!all.contains("diary") && all.contains("note: of the archive"), "{all}");
    let toml = export(&["--noted", "--format", "toml"]);
    let listed = folder.run_with_input(&["list", "--json", "-"], toml.as_bytes()).stdout;
    assert!(
        listed.contains("\"my note\": \"odd\"") || listed.contains("\"my note\":\"odd\""),
        "{listed}"
    );
}

#[test]
fn citation_style_comes_from_settings_unless_given() {
    let folder = marked_folder();
    let cite = |config: &str, more: &[&str]| {
        std::fs::create_dir_all(folder.path().join("config/fonds")).expect("a folder");
        std::fs::write(folder.path().join("config/fonds/config.toml"), config).expect("a file");
        let mut command = folder.command(&[&["cite", "-n", "1", "archive.toml"], more].concat());
        let result = command.env("XDG_CONFIG_HOME", folder.path().join("config")).output();
        let result = result.expect("the program");
        (
            String::from_utf8_lossy(&result.stdout).into_owned(),
            String::from_utf8_lossy(&result.stderr).into_owned(),
        )
    };
    assert!(cite("style = \"ris\"", &[]).0.starts_with("TY  - "));
    assert!(!cite("style = \"ris\"", &["--style", "mla"]).0.starts_with("TY  - "));
    let (out, messages) = cite("\nstyle = 1", &[]);
    assert!(
        out.contains("One") && messages.contains("config.toml:2: style is ignored"),
        "{messages}"
    );
}

#[test]
fn copy_and_export_work_in_a_terminal() {
    let mut pty = Setup::program(&["--style", "mla"]).start();
    pty.wait_for_text("201–210");
    pty.send("yc");
    pty.wait_for_text("the citation (mla)");
    pty.send("/soong\r");
    pty.wait_for_text("4 of 10 shown");
    pty.send(" e\x1b[B\r\r");
    pty.wait_for_text("the file to write");
    pty.send("\x15soong.ris\r");
    pty.wait_for_text("wrote 4 records to soong.ris");
    let ris = std::fs::read_to_string(pty.folder.path().join("soong.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 4);
    pty.send("e\r\r\x15soong.ris\r");
    pty.wait_for_text("soong.ris exists already: y replaces it");
    pty.send("y");
    pty.wait_for_text("wrote 1 record to soong.ris");
    let ris = std::fs::read_to_string(pty.folder.path().join("soong.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 1);
    pty.send("e\r\r\x15no/x.ris\r");
    pty.wait_for_text("nothing is exported: the folder no does not exist: no/x.ris");
    pty.send("q");
}

#[test]
fn exported_marked_records_are_those_that_were_counted() {
    let record = "[[record]]\nid = \"1\"\ntitle = \"Cable\"\n";
    let other = "[[record]]\nid = \"2\"\ntitle = \"Letter\"\n";
    let archive = "[archive]\nurl = \"https://a.org/\"\n\n";
    let mut pty = Setup::program(&["a.toml", "b.toml"])
        .file("a.toml", format!("{archive}{record}{other}"))
        .file("b.toml", format!("{archive}{record}"))
        .start();
    pty.wait_for_text("2 of 2 shown");
    // Both copies of the first record and the second are marked, then one copy is hidden.
    pty.send("=*");
    pty.wait_for_text("3 marked");
    pty.send("=");
    pty.wait_for_text("3 marked (2 shown)");
    for (keys, count) in [("\r", 3), ("j\r", 2)] {
        pty.send("e");
        pty.wait_for_text("3 records, 1 of them not shown");
        pty.send(&format!("{keys}\r\x15{count}.ris\r"));
        pty.wait_for_text(&format!("wrote {count} records to {count}.ris"));
        let file = pty.folder.path().join(format!("{count}.ris"));
        let ris = std::fs::read_to_string(file).expect("the file");
        assert_eq!(ris.matches("TY  - ").count(), count);
    }
    pty.send("yy\r");
    pty.wait_for_text("sent 3 titles and dates to the terminal to copy");
}

#[test]
fn saved_marks_that_the_filter_hides_are_asked_about() {
    let mut pty = Setup::program(&[]).start();
    pty.wait_for_ten_records();
    pty.send("  ");
    pty.wait_for_text("2 marked");
    pty.send("q");
    assert_eq!(pty.wait_for_exit(), 0);
    let data = pty.folder.path().join("data");
    let mut pty = Setup::program(&["--filter", "soong"])
        .env("XDG_DATA_HOME", data.to_str().expect("a path"))
        .start();
    pty.wait_for_text("2 marked (1 shown)");
    pty.send("yc");
    pty.wait_for_text("2 records, 1 of them not shown");
    pty.send("\r");
    pty.wait_for_text("sent 2 citations");
}

#[test]
fn pick_prints_records_in_the_given_format() {
    let script = "$FONDS pick --filter soong --format ris > set.ris; echo \"ended with $?.\"; \
                  $FONDS pick --format nosuch; sleep 1";
    let mut pty = Setup::script(script).start();
    pty.wait_for_text("4 of 10 shown");
    pty.send("j  \r");
    pty.wait_for_text("ended with 0.");
    pty.wait_for_text("there is no format");
    let ris = std::fs::read_to_string(pty.folder.path().join("set.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 2);
}

#[test]
fn note_can_be_written_in_an_editor() {
    let harness = harness(80, 24);
    let noted = |script: &str| {
        let app = harness.press(script).app;
        app.workspace.note().map(str::to_owned)
    };
    assert_eq!(noted("Nsee<alt-e>").as_deref(), Some("see and\nmore"));
    assert_eq!(
        noted("Nsee<alt-e>N").as_deref(),
        Some("see and\nmore and\nmore"),
        "a note of two lines is only edited in the editor"
    );
    assert_eq!(noted("Nsee<alt-e>/note:more").as_deref(), Some("see and\nmore"));
}

/// Types a note and goes on with it in the editor. The key of the editor is sent by itself, because an Esc whose second
/// byte comes late is Esc.
fn write_note_in_editor(pty: &mut TestTerminal, note: &str) {
    pty.send("N");
    pty.wait_for_text("a note on this record");
    pty.send(note);
    pty.wait_for_text(note);
    pty.send("\x1be");
}

#[test]
fn editor_gets_the_terminal_and_gives_it_back() {
    let editor = "#!/bin/sh\nstty -a > modes\nprintf 'type: '\nread -r typed\n\
                  printf '%s\\nsecond line\\n' \"$typed\" >> \"$2\"\necho \"$1\" > argument\n";
    let mut pty = Setup::script("stty -a > before; \"$FONDS\"; stty -a > after; echo all done")
        .file("editor", editor)
        .env("VISUAL", "sh './editor' --wait")
        .start();
    pty.wait_for_ten_records();
    write_note_in_editor(&mut pty, "mine");
    pty.wait_for_text("type: ");
    pty.send("jjqQ\r");
    pty.wait_for_text("jjqQ");
    pty.wait_for_text("second line");
    pty.wait_for_text("My note");
    pty.send("/note:second");
    pty.wait_for_text("1 of 10 shown");
    pty.send("\r");
    pty.send("q");
    pty.wait_for_text("all done");
    let read = |name: &str| std::fs::read_to_string(pty.folder.path().join(name)).expect("a file");
    assert_eq!(read("modes"), read("before"), "the editor gets a terminal in its original modes");
    assert_eq!(read("after"), read("before"));
    assert_eq!(read("argument"), "--wait\n");
}

#[test]
fn failing_editor_leaves_the_note_unchanged() {
    for (editor, expected) in
        [("false", "false ended with an error"), ("no-such-editor", "VISUAL or EDITOR")]
    {
        let mut pty = Setup::program(&[]).env("VISUAL", editor).start();
        pty.wait_for_ten_records();
        write_note_in_editor(&mut pty, "mine");
        pty.wait_for_text(expected);
        pty.send("\r");
        pty.wait_for_text("My note     mine");
    }
}
