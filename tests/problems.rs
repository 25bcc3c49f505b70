//! What could not be read: listed, and looked at in the place where it stands.

use std::io::Write as _;

use fonds::load::Input;
use fonds::record::Problem;
use fonds::tui::runtime::excerpt_worker;

use crate::stage::Stage;

/// JSON Lines of which every tenth line is none.
fn lines() -> String {
    let line = |at: usize| match at % 10 {
        3 => format!("this is line {at}\n"),
        _ => format!("{{\"title\": \"Cable {at}\"}}\n"),
    };
    (1..=120).map(line).collect()
}

/// The lines in a file, opened on a screen.
fn stage(bytes: &[u8], name: &str) -> (Stage, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    (Stage::of(&[Input::File(file)], 80, 24), folder)
}

#[test]
fn enter_shows_the_place_of_a_problem_and_esc_goes_back() {
    let (stage, _folder) = stage(lines().as_bytes(), "lines.jsonl");
    let list = stage.play("!<down><down>");
    let popup = list.app.popup.clone().expect("the problems");
    assert_eq!((popup.title.as_str(), popup.cursor), ("problems", Some(2)));
    let place = stage.play("!<down><down><enter>");
    let popup = place.app.popup.clone().expect("the place");
    assert!(popup.title.ends_with("lines.jsonl:23"), "{}", popup.title);
    let text = place.text();
    for said in ["this is line 23", "Cable 22", "Cable 24", "Esc back to the problems"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let back = stage.play("!<down><down><enter><esc>");
    assert_eq!(back.text(), list.text());
    let gone = stage.play("!<down><down><enter><esc><esc>");
    assert!(gone.app.popup.is_none());
    assert_eq!(stage.play("!<end><enter>").app.popup.unwrap().title, {
        popup.title.replace(":23", ":113")
    });
}

#[test]
fn a_filter_selects_among_what_it_leaves() {
    let (stage, _folder) = stage(lines().as_bytes(), "lines.jsonl");
    let found = stage.play("!:53:<enter>").app.popup.unwrap();
    assert!(found.title.ends_with(":53"), "{}", found.title);
    assert!(stage.play("!zzz<enter>").app.popup.is_none(), "nothing is selected: it is left");
}

#[test]
fn any_text_is_shown_and_what_cannot_be_is_said() {
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
        let problem = Problem::fault(&file.to_string_lossy(), Some(23), "odd");
        let found = excerpt_worker::read(&problem);
        assert_eq!(found.said, None, "{name}");
        assert!(found.lines.contains(&(23, "this is line 23".to_owned())), "{name}");
        let first = found.lines.first().map(|(number, _)| *number);
        assert!(first == Some(1) && found.lines.len() == 63, "{name} {}", found.lines.len());
        assert!(found.lines.iter().all(|(_, text)| text.len() <= 2000), "{name}");
    }
    let said = |file: &str, line| excerpt_worker::read(&Problem::fault(file, line, "odd")).said;
    let there = folder.path().join("a.jsonl");
    let there = there.to_string_lossy();
    assert_eq!(
        said(&there, None).unwrap(),
        "this is said of the file as a whole, or of a record by its number"
    );
    assert!(said(&there, Some(999)).unwrap().starts_with("the file has changed"));
    assert!(said("standard input", Some(1)).unwrap().starts_with("what was piped in"));
    assert!(said("no such file", Some(1)).unwrap().contains("no such file"));
}
