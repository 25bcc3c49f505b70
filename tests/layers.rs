//! The arrows between the folders of `src`, and the crates that belong to one folder or file.

use std::fs;
use std::path::{Path, PathBuf};

/// Each folder and the folders it may use. `cli` and `tui/runtime` put the program together and may
/// use all.
const FOLDERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("files", &[]),
    ("record", &["text"]),
    ("query", &["text", "record"]),
    ("formats", &["text", "record"]),
    ("store", &["text", "record", "query"]),
    ("load", &["text", "record", "files", "formats", "store"]),
    ("userdata", &["text", "record", "files", "query"]),
    ("tui", &["text", "record", "query", "userdata"]),
    ("cli", ALL),
    ("tui/runtime", ALL),
];

/// All folders.
const ALL: &[&str] =
    &["text", "files", "record", "query", "formats", "store", "load", "userdata", "tui", "cli"];

/// Files that use a folder which theirs may not. Each has a reason and can go once a search can be
/// answered by something else than the store in memory.
const EXCEPTIONS: &[(&str, &str)] = &[
    // A search request names records by their number in the store, and so does its response.
    ("query/mod.rs", "store"),
    // Effects and actions carry snapshots of the store and numbers of its records.
    ("tui/action.rs", "load"),
    ("tui/action.rs", "store"),
    ("tui/app/copy.rs", "store"),
    ("tui/app/export.rs", "store"),
    ("tui/app/history.rs", "store"),
    ("tui/app/marks.rs", "store"),
    ("tui/app/mod.rs", "load"),
    ("tui/app/mod.rs", "store"),
    ("tui/app/provenance.rs", "store"),
    ("tui/app/reload.rs", "store"),
    ("tui/panes/detail/state.rs", "store"),
    ("tui/panes/list/state.rs", "store"),
    // The settings name a citation style.
    ("userdata/settings.rs", "formats"),
];

/// Crates and modules, and the only places below `src` that may name them: a folder ends in `/`.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("ratatui", &["view.rs", "tui/view/", "tui/theme.rs", "tui/runtime/"]),
    ("crossterm", &["tui/runtime/"]),
    ("fuzzy_matcher", &["query/fuzzy.rs"]),
    ("textwrap", &["text/wrap.rs"]),
    ("clap", &["cli/args.rs"]),
    ("std::fs", &["files/", "load/", "userdata/", "cli/", "tui/runtime/"]),
    ("std::thread", &["load/", "userdata/marks_file.rs", "cli/", "tui/runtime/"]),
    ("std::time", &["load/", "userdata/marks_file.rs", "cli/", "tui/runtime/"]),
    ("anyhow", &["files/", "userdata/", "cli/", "tui/runtime/", "main.rs"]),
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

/// The folder whose rule a file falls under: `tui/runtime` has one of its own.
fn folder_of(file: &str) -> &str {
    if file.starts_with("tui/runtime/") {
        return "tui/runtime";
    }
    file.split('/').next().unwrap()
}

/// Where a file uses a folder that it may not use.
fn arrows_broken(file: &str, text: &str) -> Vec<String> {
    let folder = folder_of(file);
    let Some((_, allowed)) = FOLDERS.iter().find(|(name, _)| *name == folder) else {
        let known = ["lib.rs", "main.rs"].contains(&folder);
        assert!(known, "{file} stands in no known folder");
        return Vec::new();
    };
    let own = file.split('/').next().unwrap();
    let excepted = |used: &str| EXCEPTIONS.contains(&(file, used));
    let mut broken = Vec::new();
    for (line, code) in written_out(text) {
        for (at, _) in code.match_indices("crate::") {
            let rest = code[at + 7..].chars();
            let used: String = rest.take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used != own && !allowed.contains(&used.as_str()) && !excepted(&used) {
                broken.push(format!("{file}:{line}: {folder} may not use {used:?}"));
            }
        }
        if ["use crate;", "use crate as "].iter().any(|whole| code.contains(whole)) {
            broken.push(format!("{file}:{line}: a folder is named by its own name"));
        }
        if code.contains("super::super::") {
            broken.push(format!("{file}:{line}: start from `crate` for what is further away"));
        }
    }
    broken
}

/// Whether a file stands at a place: a folder, or a file by its path or its name alone.
fn is_at(file: &str, place: &str) -> bool {
    file.starts_with(place) || file.rsplit('/').next() == Some(place)
}

/// Where a file names what belongs elsewhere.
fn things_broken(file: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    for (line, code) in written_out(text) {
        for (thing, places) in ONLY_IN {
            if names(&code, thing) && !places.iter().any(|place| is_at(file, place)) {
                broken.push(format!("{file}:{line}: {thing} belongs in {places:?}"));
            }
        }
        let state = file.starts_with("tui/") && !file.starts_with("tui/runtime/");
        if state && STATE.iter().any(|it| names(&code, it)) {
            broken.push(format!("{file}:{line}: state that changes while it is drawn"));
        }
    }
    broken
}

#[test]
fn no_folder_uses_one_it_may_not() {
    let broken: Vec<_> =
        sources().iter().flat_map(|(file, text)| arrows_broken(file, text)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn exceptions_are_still_needed() {
    for (file, used) in EXCEPTIONS {
        let (_, text) = sources().into_iter().find(|(name, _)| name == file).unwrap();
        let needed =
            written_out(&text).iter().any(|(_, line)| line.contains(&format!("crate::{used}")));
        assert!(needed, "{file} no longer uses {used}: take the exception away");
    }
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
        ("store/mod.rs", "use crate::tui::App;", 1),
        ("store/mod.rs", "\nuse crate::{record::Record, tui};", 2),
        ("store/mod.rs", "pub(super) use crate::{\n    record::{Date, Record},\n    load,\n};", 1),
        ("store/mod.rs", "pub use crate as all;", 1),
        ("store/mod.rs", "use crate::{self};", 1),
        ("store/mod.rs", "use crate::*;", 1),
        ("store/mod.rs", "fn f() -> crate::cli::X {}", 1),
        ("store/index/a.rs", "use super::super::tui;", 1),
        ("store/index/a.rs", "fn f() -> super::super::tui::App {}", 1),
    ] {
        let broken = arrows_broken(file, text);
        assert_eq!(broken.len(), 1, "{text}\n{broken:?}");
        assert!(broken[0].starts_with(&format!("{file}:{line}: ")), "{broken:?}");
    }
    for (file, text, line) in [
        ("store/evaluate/rank.rs", "use std::fs::File;", 1),
        (
            "store/evaluate/rank.rs",
            "use std::{\n    cmp::{self, Ordering},\n    fs,\n};\nfn f() {}",
            1,
        ),
        ("store/evaluate/rank.rs", "fn f() {\n    use std::{io, time::{Duration, Instant}};", 2),
        ("store/evaluate/rank.rs", "let now = std::time::Instant::now();", 1),
        ("store/evaluate/rank.rs", "use ::std::thread;", 1),
        ("store/evaluate/rank.rs", "use {std::thread, std::io};", 1),
        ("tui/runtime/x.rs", "use {clap::Parser, std::io};", 1),
        ("tui/layout.rs", "use std::{cell::Cell, rc::Rc};", 1),
        ("tui/layout.rs", "use core::cell::OnceCell;", 1),
        ("tui/panes/list/view.rs", "use core::{cell, fmt};", 1),
    ] {
        let broken = things_broken(file, text);
        assert!(!broken.is_empty(), "{text}");
        assert!(broken.iter().all(|it| it.starts_with(&format!("{file}:{line}: "))), "{broken:?}");
    }
    for (file, text) in [
        ("tui/layout.rs", "use crate::{tui, record::{Date, Record}, query};\nuse super::shown;"),
        ("tui/layout.rs", "use std::{cmp, fmt::{self, Write}};\nfn f(clap_like: u8) { a::fs(); }"),
        ("tui/layout.rs", "// crate::cli and std::fs are only spoken of\nfn f() {}"),
        ("tui/runtime/x.rs", "use std::{fs, thread, time::Instant};\nuse crate::{cli, store};"),
    ] {
        assert_eq!(arrows_broken(file, text), [""; 0], "{text}");
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
