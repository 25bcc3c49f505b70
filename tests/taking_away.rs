//! Taking records away: citations, exports and settings, on the stage and in a terminal.

use fonds::formats::cite::Style;
use fonds::formats::write::Format;
use fonds::tui::overlays::picker::state::Offer;
use fonds::tui::theme::ThemeName;
use fonds::userdata::settings::HyperlinkMode;
use fonds::userdata::settings::Settings;

use crate::program::Folder;
use crate::pty::Setup;
use crate::stage::Stage;

/// The ten records, with all styles and formats to choose from.
fn stage(width: u16, height: u16) -> Stage {
    let mut stage = Stage::of_ten(width, height);
    let offer = |name: &str, says: &str, ending: &str| Offer {
        name: name.to_owned(),
        says: says.to_owned(),
        ending: ending.to_owned(),
    };
    "chicago-note".clone_into(&mut stage.opening.style);
    stage.opening.styles =
        Style::all().map(|style| offer(style.name(), style.description(), "")).collect();
    stage.opening.formats = Format::all()
        .map(|format| offer(format.name(), format.description(), format.endings()[0]))
        .collect();
    stage
}

#[test]
fn a_style_is_chosen_and_used_from_then_on() {
    let stage = stage(80, 24);
    for (script, said) in [
        ("yc", "copy Citation of 1 in chicago-note"),
        ("yCj<enter>", "copy Citation of 1 in chicago-bibliography"),
        ("yCG<enter>j<esc>yc", "copy Citation of 1 in csl-json"),
        ("  yCk<enter>", "copy Citation of 2 in archive"),
        ("yCG<esc>yc", "copy Citation of 1 in chicago-note"),
        ("yCG<enter>yCgjj<enter>yc", "copy Citation of 1 in chicago-bibliography"),
    ] {
        for played in [stage.play(script), stage.play_before_answers(script)] {
            assert_eq!(played.app.message.as_deref(), Some(said), "{script:?}");
        }
    }
    assert_eq!(stage.play("yC<esc>jj").selected(), Some(203));
}

#[test]
fn records_are_exported_in_a_few_keys() {
    let stage = stage(80, 24);
    for (script, said) in [
        ("e<enter><enter>", "export “” as ris to archive.ris, replace: false"),
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
        ("/xyzzy<enter>e<enter><ctrl-u>x<enter>", "export “” as ris to x, replace: false"),
        ("e<enter><ctrl-u><enter>", "no file is named, nothing is exported"),
        (
            "eG<enter><ctrl-u>x<enter>e<enter><ctrl-u>y<enter>",
            "export “” as dublin-core to y, replace: false",
        ),
    ] {
        for played in [stage.play(script), stage.play_before_answers(script)] {
            assert_eq!(played.app.message.as_deref(), Some(said), "{script:?}");
        }
    }
    for left in ["e<esc>jj", "e<enter><esc>jj", "e<enter><ctrl-u>old.ris<enter>njj"] {
        let played = stage.play(left);
        assert_eq!((played.selected(), played.app.message), (Some(203), None), "{left:?}");
    }
    let replaced = stage.play("e<enter><ctrl-u>old.ris<enter>y").app.message;
    assert_eq!(replaced.as_deref(), Some("export “” as ris to old.ris, replace: true"));
    let asked = stage.play("e<enter><ctrl-u>old.ris<enter>").text();
    assert!(asked.contains("old.ris exists already: y replaces it"), "{asked}");
}

#[test]
fn popups_look_as_they_were_approved() {
    let scripts = [
        ("copy", "y"),
        ("styles", "yC"),
        ("what", "/soong<enter> e"),
        ("formats", "e"),
        ("name", "e<enter>"),
    ];
    for (name, script) in scripts {
        for (width, height) in [(60, 20), (80, 24), (120, 36)] {
            let played = stage(width, height).play(script);
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), played.text());
        }
    }
}

#[test]
fn popups_are_drawn_at_any_size() {
    for script in ["y", "yCG", " e", "eG", "e<enter>", "e<enter><ctrl-u>old.ris<enter>"] {
        for (width, height) in [(1, 1), (2, 2), (4, 3), (9, 5), (20, 6), (300, 100)] {
            stage(width, height).play(script);
        }
    }
    let small = stage(30, 8).play("yCG").text();
    assert!(small.contains("csl-json"), "the cursor is seen: {small}");
}

#[test]
fn settings_are_read_key_by_key() {
    let read = |text: &str| {
        let (settings, problems) = Settings::parse("config.toml", text);
        (settings, problems.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let (settings, said) = read(
        "style = \"mla\"\ntheme = \"light\"\nmouse = false\nlinks = \"never\"\npage_size = 7\n",
    );
    let expected = Settings {
        style: Some(Style::Mla),
        theme: Some(ThemeName::Light),
        mouse: Some(false),
        links: Some(HyperlinkMode::Never),
        page_size: Some(7),
    };
    assert_eq!((settings, said), (expected, Vec::new()));
    assert_eq!(read(""), (Settings::default(), Vec::new()));
    for (text, line, says) in [
        ("\nstyle = \"turabian\"", 2, "chicago-note"),
        ("theme = 1", 1, "dark, light or mono"),
        ("\n\nmouse = \"yes\"", 3, "true or false"),
        ("links = true", 1, "auto, always or never"),
        ("page_size = 0", 1, "from 1 on"),
        ("page_size = -1", 1, "from 1 on"),
        ("page_size = 99999999", 1, "from 1 on"),
        ("colour = \"red\"", 1, "there is no setting \"colour\": there are style, theme"),
        ("[style]\na = 1", 1, "chicago-note"),
        ("mouse = true\nhalf =", 2, "the settings are passed over"),
    ] {
        let (_, said) = read(text);
        assert_eq!(said.len(), 1, "{text:?}: {said:?}");
        let start = format!("config.toml:{line}: ");
        assert!(said[0].starts_with(&start) && said[0].contains(says), "{text:?}: {said:?}");
    }
    let (settings, said) = read("mouse = 3\nstyle = \"apa\"");
    assert_eq!((settings.style, said.len()), (Some(Style::Apa), 1), "a bad key spoils no other");
}

/// Three records, of which one is marked and another has a note.
fn marked_folder() -> Folder {
    let archive = "[archive]\nurl = \"https://a.org/\"\n\n[[record]]\nid = \"1\"\ntitle = \"One\"\n\
                   note = \"of the archive\"\n\n[[record]]\nid = \"2\"\ntitle = \"Two\"\n\n\
                   [[record]]\nid = \"3\"\ntitle = \"Three\"\n";
    let marks = "[[record]]\narchive = \"https://a.org/\"\nid = \"2\"\nmarked = true\n\
                 note = \"see the diary\"\n\n[[record]]\narchive = \"https://a.org/\"\nid = \"3\"\n\
                 note = \"odd\"\n";
    Folder::with(&[("archive.toml", archive.as_bytes()), ("marks.toml", marks.as_bytes())])
}

#[test]
fn marks_and_notes_count_outside_the_screen() {
    let folder = marked_folder();
    let titles = |arguments: &[&str]| {
        let ran = folder.run(&[arguments, &["--marks", "marks.toml"]].concat());
        let titles: Vec<_> = ran.out.lines().filter_map(|line| line.split('\t').nth(2)).collect();
        (titles.join(" "), ran.code)
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
    assert_eq!(count.out, "2\n");
    let cited = folder.run(&["cite", "--marked", "--marks", "marks.toml", "--style", "archive"]);
    assert!(cited.out.contains("Two") && cited.out.lines().count() == 1, "{}", cited.out);
    let bad = Folder::with(&[("marks.toml", b"[[record]\nhalf")]);
    bad.run(&["list", "--marked", "--marks", "marks.toml"]).is_refused(&["marks.toml"]);
}

#[test]
fn notes_go_along_where_they_are_asked_for() {
    let folder = marked_folder();
    let export =
        |more: &[&str]| folder.run(&[&["export", "--marks", "marks.toml"], more].concat()).out;
    let ris = export(&["--marked", "--format", "ris"]);
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 1, "{ris}");
    assert!(ris.contains("N1  - my note: see the diary"), "{ris}");
    assert!(export(&["--noted", "--format", "biblatex"]).contains("my note: see the diary"));
    let jsonl = export(&["--filter", "note:diary", "--format", "jsonl"]);
    assert!(jsonl.contains("\"my note\":\"see the diary\""), "{jsonl}");
    let all = export(&["--format", "ris"]);
    assert!(!all.contains("diary") && all.contains("note: of the archive"), "{all}");
    let toml = export(&["--noted", "--format", "toml"]);
    let again = folder.run_on(&["list", "--json", "-"], toml.as_bytes()).out;
    assert!(
        again.contains("\"my note\": \"odd\"") || again.contains("\"my note\":\"odd\""),
        "{again}"
    );
}

#[test]
fn the_style_is_set_once() {
    let folder = marked_folder();
    let cite = |config: &str, more: &[&str]| {
        std::fs::create_dir_all(folder.path().join("config/fonds")).expect("a folder");
        std::fs::write(folder.path().join("config/fonds/config.toml"), config).expect("a file");
        let mut command = folder.command(&[&["cite", "-n", "1", "archive.toml"], more].concat());
        let ran = command.env("XDG_CONFIG_HOME", folder.path().join("config")).output();
        let ran = ran.expect("the program");
        (
            String::from_utf8_lossy(&ran.stdout).into_owned(),
            String::from_utf8_lossy(&ran.stderr).into_owned(),
        )
    };
    assert!(cite("style = \"ris\"", &[]).0.starts_with("TY  - "));
    assert!(!cite("style = \"ris\"", &["--style", "mla"]).0.starts_with("TY  - "));
    let (out, said) = cite("\nstyle = 1", &[]);
    assert!(out.contains("One") && said.contains("config.toml:2: style is passed over"), "{said}");
}

#[test]
fn a_citation_is_copied_and_records_are_exported_in_a_terminal() {
    let mut pty = Setup::program(&["--style", "mla"]).start();
    pty.shows("201–210");
    pty.send("yc");
    pty.shows("the citation (mla)");
    pty.send("/soong\r");
    pty.shows("4 of 10 shown");
    pty.send(" e\x1b[B\r\r");
    pty.shows("the file to write");
    pty.send("\x15soong.ris\r");
    pty.shows("wrote 4 records to soong.ris");
    let ris = std::fs::read_to_string(pty.folder.path().join("soong.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 4);
    pty.send("e\r\r\x15soong.ris\r");
    pty.shows("soong.ris exists already: y replaces it");
    pty.send("y");
    pty.shows("wrote 1 record to soong.ris");
    let ris = std::fs::read_to_string(pty.folder.path().join("soong.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 1);
    pty.send("e\r\r\x15no/x.ris\r");
    pty.shows("nothing is exported: no/x.ris: the folder no is not there");
    pty.send("q");
}

#[test]
fn picked_records_are_printed_in_a_format() {
    let script = "$FONDS pick --filter soong --format ris > set.ris; echo \"ended with $?.\"; \
                  $FONDS pick --format nosuch; sleep 1";
    let mut pty = Setup::script(script).start();
    pty.shows("4 of 10 shown");
    pty.send("j  \r");
    pty.shows("ended with 0.");
    pty.shows("there is no format");
    let ris = std::fs::read_to_string(pty.folder.path().join("set.ris")).expect("the file");
    assert_eq!(ris.matches("TY  - MANSCPT").count(), 2);
}

#[test]
fn a_note_is_written_in_the_editor() {
    let stage = stage(80, 24);
    let noted = |script: &str| {
        let app = stage.play(script).app;
        app.note().map(str::to_owned)
    };
    assert_eq!(noted("Nsee<alt-e>").as_deref(), Some("see and\nmore"));
    assert_eq!(
        noted("Nsee<alt-e>N").as_deref(),
        Some("see and\nmore and\nmore"),
        "no line holds it"
    );
    assert_eq!(noted("Nsee<alt-e>/note:more").as_deref(), Some("see and\nmore"));
}

#[test]
fn the_terminal_is_lent_to_the_editor() {
    let editor = "#!/bin/sh\nstty -a > modes\nprintf 'type: '\nread -r typed\n\
                  printf '%s\\nsecond line\\n' \"$typed\" >> \"$2\"\necho \"$1\" > argument\n";
    let mut pty = Setup::script("stty -a > before; \"$FONDS\"; stty -a > after; echo all done")
        .file("editor", editor)
        .env("VISUAL", "sh './editor' --wait")
        .start();
    pty.opens();
    pty.send("Nmine\x1be");
    pty.shows("type: ");
    pty.send("jjqQ\r");
    pty.shows("jjqQ");
    pty.shows("second line");
    pty.shows("my note");
    pty.send("/note:second");
    pty.shows("1 of 10 shown");
    pty.send("\r");
    pty.send("q");
    pty.shows("all done");
    let read = |name: &str| std::fs::read_to_string(pty.folder.path().join(name)).expect("a file");
    assert_eq!(read("modes"), read("before"), "it was given back as it was");
    assert_eq!(read("after"), read("before"));
    assert_eq!(read("argument"), "--wait\n");
}

#[test]
fn an_editor_that_fails_leaves_the_note_as_it_was() {
    for (editor, says) in
        [("false", "false ended with an error"), ("no-such-editor", "VISUAL or EDITOR")]
    {
        let mut pty = Setup::program(&[]).env("VISUAL", editor).start();
        pty.opens();
        pty.send("Nmine\x1be");
        pty.shows(says);
        pty.send("\r");
        pty.shows("my note     mine");
    }
}
