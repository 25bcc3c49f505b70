//! The one-way rule: no room names a room to its right, and outside things stay in their files.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may name.
const ROOMS: &[(&str, &[&str])] = &[
    ("record", &["record"]),
    ("store", &["record", "store"]),
    ("import", &["record", "import"]),
    ("export", &["record", "export"]),
    ("query", &["record", "store", "query"]),
    ("app", &["record", "store", "query", "app"]),
    ("ui", &["record", "store", "query", "app", "ui"]),
    ("shell", &["record", "store", "import", "export", "query", "app", "ui", "shell"]),
];

/// What is named in the code, and the only places below `src` that may name it.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("ratatui", &["ui/", "shell/"]),
    ("crossterm", &["shell/"]),
    ("fuzzy_matcher", &["query/fuzzy.rs"]),
    ("textwrap", &["app/wrap.rs"]),
    ("clap", &["shell/args.rs"]),
    ("std::fs", &["shell/"]),
    ("std::thread", &["shell/"]),
    ("std::time", &["shell/"]),
    ("anyhow", &["shell/", "main.rs"]),
];

/// Every Rust file below `src`, with its path from there and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The lines of code of a file: without comments, and without its test module.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or("")))
}

/// Whether a path such as `std::fs` or `clap` is named as a whole.
fn names(line: &str, path: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part) && !line[..at].ends_with("::")
    })
}

#[test]
fn no_room_names_a_room_to_its_right() {
    let mut broken = Vec::new();
    for (file, text) in sources() {
        let room = file.split('/').next().unwrap();
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            let known = ["lib.rs", "main.rs"].contains(&room);
            assert!(known, "{file} stands in no room of the map");
            continue;
        };
        for (line, code) in code(&text) {
            for (at, _) in code.match_indices("crate::") {
                let named: String =
                    code[at + 7..].chars().take_while(|c| c.is_alphanumeric()).collect();
                if !allowed.contains(&named.as_str()) {
                    broken.push(format!("{file}:{line}: {room} may not name {named:?}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn outside_things_stay_in_their_files() {
    let mut broken = Vec::new();
    for (file, text) in sources() {
        for (line, code) in code(&text) {
            for (thing, places) in ONLY_IN {
                if names(code, thing) && !places.iter().any(|place| file.starts_with(place)) {
                    broken.push(format!("{file}:{line}: {thing} belongs in {places:?}"));
                }
            }
            let state = file.starts_with("app/") || file.starts_with("ui/");
            if state && (names(code, "Cell") || names(code, "RefCell") || names(code, "Mutex")) {
                broken.push(format!("{file}:{line}: state that changes while it is drawn"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_are_about_one_thing_and_say_what() {
    let mut broken = Vec::new();
    for (file, text) in sources() {
        if !text.starts_with("//!") {
            broken.push(format!("{file}: the first line says what lives in it"));
        }
        if code(&text).count() > 500 {
            broken.push(format!("{file}: more than 500 lines"));
        }
        let name = file.rsplit('/').next().unwrap().trim_end_matches(".rs");
        if ["util", "utils", "common", "misc", "helpers", "manager"].contains(&name) {
            broken.push(format!("{file}: a name that says nothing"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
