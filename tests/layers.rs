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

/// What holds state that changes behind a shared reference.
const STATE: &[&str] = &["std::cell", "core::cell", "RefCell", "Mutex", "static mut"];

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

/// The code of a file line by line, each `use` declaration as one line with all its paths written
/// out: `use std::{fs, io::Read};` is `use std::fs; use std::io::Read;`.
fn written_out(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, line) in code(text) {
        let (at, whole) = match open.take() {
            Some((at, before)) => (at, before + " " + line.trim()),
            None => (at, line.to_owned()),
        };
        match use_tree(&whole) {
            Some(_) if !whole.contains(';') => open = Some((at, whole)),
            Some(tree) => lines.push((at, paths("", tree).join(" "))),
            None => lines.push((at, whole)),
        }
    }
    lines.extend(open);
    lines
}

/// What a `use` declaration brings in, where the line begins one.
fn use_tree(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
        Some(rest) => rest.trim_start(),
        None => line,
    };
    Some(line.strip_prefix("use ")?.split(';').next().unwrap_or("").trim())
}

/// All paths of a tree such as `std::{fs, io::{Read, Write}}`, as `use` declarations.
fn paths(before: &str, tree: &str) -> Vec<String> {
    let Some((start, group)) = tree.split_once('{') else {
        return vec![format!("use {before}{};", tree.trim())];
    };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let before = format!("{before}{}", start.trim());
    let mut depth = 0;
    let branches = group.split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    let branches = branches.map(str::trim).filter(|branch| !branch.is_empty());
    branches.flat_map(|branch| paths(&before, branch)).collect()
}

/// Whether a path such as `std::fs` or `clap` is named as a whole.
fn names(line: &str, path: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        let start = line[..at].strip_suffix("::").unwrap_or(&line[..at]);
        let inside = start.len() < at && start.chars().next_back().is_some_and(part);
        !before.is_some_and(part) && !after.is_some_and(part) && !inside
    })
}

/// Where a file names a room that it may not name.
fn rooms_broken(file: &str, text: &str) -> Vec<String> {
    let room = file.split('/').next().unwrap();
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        let known = ["lib.rs", "main.rs"].contains(&room);
        assert!(known, "{file} stands in no room of the map");
        return Vec::new();
    };
    let mut broken = Vec::new();
    for (line, code) in written_out(text) {
        for (at, _) in code.match_indices("crate::") {
            let rest = code[at + 7..].chars();
            let named: String = rest.take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !allowed.contains(&named.as_str()) {
                broken.push(format!("{file}:{line}: {room} may not name {named:?}"));
            }
        }
        if ["use crate;", "use crate as "].iter().any(|whole| code.contains(whole)) {
            broken.push(format!("{file}:{line}: a room is named by its own name"));
        }
        if code.contains("super::super::") {
            broken.push(format!("{file}:{line}: what is further away is named from `crate` on"));
        }
    }
    broken
}

/// Where a file names what belongs elsewhere.
fn things_broken(file: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    for (line, code) in written_out(text) {
        for (thing, places) in ONLY_IN {
            if names(&code, thing) && !places.iter().any(|place| file.starts_with(place)) {
                broken.push(format!("{file}:{line}: {thing} belongs in {places:?}"));
            }
        }
        let state = file.starts_with("app/") || file.starts_with("ui/");
        if state && STATE.iter().any(|it| names(&code, it)) {
            broken.push(format!("{file}:{line}: state that changes while it is drawn"));
        }
    }
    broken
}

#[test]
fn no_room_names_a_room_to_its_right() {
    let broken: Vec<_> =
        sources().iter().flat_map(|(file, text)| rooms_broken(file, text)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn outside_things_stay_in_their_files() {
    let broken: Vec<_> =
        sources().iter().flat_map(|(file, text)| things_broken(file, text)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn what_is_named_is_found_however_it_is_written() {
    for (file, text, line) in [
        ("store/mod.rs", "use crate::app::App;", 1),
        ("store/mod.rs", "\nuse crate::{record::Record, app};", 2),
        ("store/mod.rs", "pub(super) use crate::{\n    record::{Date, Record},\n    ui,\n};", 1),
        ("store/mod.rs", "pub use crate as all;", 1),
        ("store/mod.rs", "use crate::{self};", 1),
        ("store/mod.rs", "use crate::*;", 1),
        ("store/mod.rs", "fn f() -> crate::shell::X {}", 1),
        ("store/words/a.rs", "use super::super::app;", 1),
        ("store/words/a.rs", "fn f() -> super::super::app::App {}", 1),
    ] {
        let broken = rooms_broken(file, text);
        assert_eq!(broken.len(), 1, "{text}\n{broken:?}");
        assert!(broken[0].starts_with(&format!("{file}:{line}: ")), "{broken:?}");
    }
    for (file, text, line) in [
        ("query/rank.rs", "use std::fs::File;", 1),
        ("query/rank.rs", "use std::{\n    cmp::{self, Ordering},\n    fs,\n};\nfn f() {}", 1),
        ("query/rank.rs", "fn f() {\n    use std::{io, time::{Duration, Instant}};", 2),
        ("query/rank.rs", "let now = std::time::Instant::now();", 1),
        ("query/rank.rs", "use ::std::thread;", 1),
        ("query/rank.rs", "use {std::thread, std::io};", 1),
        ("shell/load.rs", "use {clap::Parser, std::io};", 1),
        ("app/list.rs", "use std::{cell::Cell, rc::Rc};", 1),
        ("app/list.rs", "use core::cell::OnceCell;", 1),
        ("ui/list.rs", "use core::{cell, fmt};", 1),
    ] {
        let broken = things_broken(file, text);
        assert!(!broken.is_empty(), "{text}");
        assert!(broken.iter().all(|it| it.starts_with(&format!("{file}:{line}: "))), "{broken:?}");
    }
    for (file, text) in [
        ("app/list.rs", "use crate::{app, record::{Date, Record}, store};\nuse super::shown;"),
        ("app/list.rs", "use std::{cmp, fmt::{self, Write}};\nfn f(clap_like: u8) { a::fs(); }"),
        ("app/list.rs", "// crate::ui and std::fs are only spoken of\nfn f() {}"),
        ("shell/load.rs", "use std::{fs, thread, time::Instant};\nuse crate::{app, ui};"),
    ] {
        assert_eq!(rooms_broken(file, text), [""; 0], "{text}");
        assert_eq!(things_broken(file, text), [""; 0], "{text}");
    }
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
