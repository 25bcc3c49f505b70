//! The list of problems on the screen, and the excerpt of a file around a problem.

use std::io::Write as _;

use fonds::formats::read;
use fonds::load::Input;
use fonds::load::page_merger::PageMerger;
use fonds::record::{Problem, ProblemGroups, Severity};
use fonds::tui::runtime::excerpt_worker;

use crate::harness::Harness;

/// JSON Lines in which one line of every ten is not JSON.
fn lines() -> String {
    let line = |at: usize| match at % 10 {
        3 => format!("this is line {at}\n"),
        _ => format!("{{\"title\": \"Cable {at}\"}}\n"),
    };
    (1..=120).map(line).collect()
}

/// Opens a file with these bytes on a screen.
fn harness(bytes: &[u8], name: &str) -> (Harness, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    (Harness::open(&[Input::Path(file)], 80, 24), folder)
}

#[test]
fn enter_shows_the_excerpt_of_a_problem_and_esc_returns() {
    let (harness, _folder) = harness(lines().as_bytes(), "lines.jsonl");
    let kinds = harness.press("!");
    assert_eq!(kinds.app.modes.popup().cloned().expect("the problems").title, "problems");
    let text = kinds.text();
    assert!(text.contains("12 errors") && text.contains("lines.jsonl:3:"), "{text}");
    assert!(!text.contains("lines.jsonl:13:"), "{text}");
    let list = harness.press("!<enter><down><down>");
    let popup = list.app.modes.popup().cloned().expect("the problems of a kind");
    assert_eq!((popup.title.as_str(), popup.cursor), ("12 of this kind", Some(2)));
    let excerpt = harness.press("!<enter><down><down><enter>");
    let popup = excerpt.app.modes.popup().cloned().expect("the place");
    assert!(popup.title.ends_with("lines.jsonl:23"), "{}", popup.title);
    let text = excerpt.text();
    for text_part in ["this is line 23", "Cable 22", "Cable 24", "Esc back to the problems"] {
        assert!(text.contains(text_part), "{text_part}\n{text}");
    }
    let back = harness.press("!<enter><down><down><enter><esc>");
    assert_eq!(back.text(), list.text());
    assert_eq!(harness.press("!<enter><down><esc>").text(), kinds.text());
    let gone = harness.press("!<enter><down><down><enter><esc><esc><esc>");
    assert!(gone.app.modes.popup().is_none());
    assert_eq!(harness.press("!<enter><end><enter>").app.modes.popup().cloned().unwrap().title, {
        popup.title.replace(":23", ":113")
    });
}

#[test]
fn filter_of_the_problem_list_narrows_the_selection() {
    let (harness, _folder) = harness(lines().as_bytes(), "lines.jsonl");
    let found = harness.press("!<enter>:53:<enter>").app.modes.popup().cloned().unwrap();
    assert!(found.title.ends_with(":53"), "{}", found.title);
    assert!(
        harness.press("!zzz<enter>").app.modes.popup().is_none(),
        "nothing is selected, so the list closes"
    );
}

#[test]
fn excerpts_are_shown_for_any_encoding_or_explain_why_not() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(lines().as_bytes()).unwrap();
    let utf16: Vec<u8> =
        format!("\u{feff}{}", lines()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.jsonl", lines().into_bytes()),
        ("a.jsonl.gz", packed.finish().unwrap()),
        ("b.jsonl", utf16),
        ("windows.jsonl", lines().replace('\n', "\r\n").into_bytes()),
        ("long.jsonl", lines().replace("Cable 20", &"x".repeat(100_000)).into_bytes()),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let problem = Problem::error(&file.to_string_lossy(), Some(23), "odd");
        let found = excerpt_worker::read_excerpt(&problem);
        assert_eq!(found.error, None, "{name}");
        assert!(found.lines.contains(&(23, "this is line 23".to_owned())), "{name}");
        let first = found.lines.first().map(|(number, _)| *number);
        assert!(first == Some(1) && found.lines.len() == 63, "{name} {}", found.lines.len());
        assert!(found.lines.iter().all(|(_, text)| text.len() <= 2000), "{name}");
    }
    let reason =
        |file: &str, line| excerpt_worker::read_excerpt(&Problem::error(file, line, "odd")).error;
    let path = folder.path().join("a.jsonl");
    let path = path.to_string_lossy();
    assert_eq!(
        reason(&path, None).unwrap(),
        "this problem is about a whole file or a record: it has no line"
    );
    assert!(reason(&path, Some(999)).unwrap().starts_with("the file has changed"));
    assert!(reason("standard input", Some(1)).unwrap().starts_with("piped input"));
    assert!(reason("no such file", Some(1)).unwrap().contains("no such file"));
}

#[test]
fn errors_of_bibtex_name_their_line_behind_tildes() {
    let tildes = r"\textasciitilde{} ".repeat(5);
    let file =
        |end: &str| format!("% list\n@misc{{a,\n  note = {{{tildes}}},\n  title = {{A}}{end}");
    for (end, line, message) in [
        ("\n  year = {1945},\n}\n", 5, "a comma is missing"),
        (",\n  year = {1945},\n  pages = }\n", 6, "this entry cannot be read"),
    ] {
        let mut merger = PageMerger::new();
        read::read("a.bib", None, &mut file(end).as_bytes(), &mut merger).unwrap();
        let problems = merger.finish().problems;
        assert_eq!(problems[0].line, Some(line), "{problems:?}");
        assert!(problems[0].message.contains(message), "{problems:?}");
    }
}

#[test]
fn problems_of_one_kind_are_counted_and_the_first_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    // Lines with an error, in each of two files, and signs with one in a page of XML.
    let lines = |count: usize| "{\"title\": \"Cable\"}\n".to_owned() + &"no line\n".repeat(count);
    let signs = format!(
        "<records><record><title>A</title><note>{}</note></record></records>",
        "<".repeat(5_000)
    );
    let files = [("a.jsonl", lines(2_500)), ("b.jsonl", lines(1)), ("c.xml", signs)];
    let inputs = files.each_ref().map(|(name, text)| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        Input::Path(file)
    });
    let (_, problems) = fonds::load::read_all(&inputs, &read::ReadOptions::default());
    let of = |name: &str| -> Vec<&Problem> {
        problems.iter().filter(|it| it.is_error() && it.file.ends_with(name)).collect()
    };
    for (name, count) in [("a.jsonl", 2_500), ("b.jsonl", 1), ("c.xml", 5_000)] {
        let found = of(name);
        assert_eq!(found.iter().map(|it| it.count()).sum::<usize>(), count, "{name}");
        assert!(found.len() < 1_100, "{name}: {}", found.len());
    }
    let groups = ProblemGroups::new(&problems);
    assert_eq!(groups.count(Severity::Error), 7_501);
    let lines: Vec<String> = groups.sorted().iter().map(ToString::to_string).collect();
    assert!(
        lines.iter().any(|it| it.contains("c.xml:1") && it.contains("4,999 more")),
        "{lines:?}"
    );
    assert!(
        lines.iter().any(|it| it.contains("a.jsonl:2") && it.contains("b.jsonl)")),
        "{lines:?}"
    );
}
