//! Checks which folders of `src` use which others, and that some crates are used in one place only.

use std::fs;
use std::path::{Path, PathBuf};

/// Each folder and the folders it may use. `cli` and `tui/runtime` assemble the program and may use all.
const FOLDERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("files", &["text"]),
    ("record", &["text"]),
    ("query", &["text", "record"]),
    ("formats", &["text", "record"]),
    ("store", &["text", "record", "query"]),
    ("load", &["text", "record", "files", "query", "formats", "store"]),
    ("userdata", &["text", "record", "files", "query"]),
    ("tui", &["text", "record", "query", "userdata"]),
    ("cli", ALL_FOLDERS),
    ("tui/runtime", ALL_FOLDERS),
];

/// All folders.
const ALL_FOLDERS: &[&str] =
    &["text", "files", "record", "query", "formats", "store", "load", "userdata", "tui", "cli"];

/// Crates and modules, and the only files and folders below `src` that may use them. A folder ends in `/`.
const RESTRICTED_CRATES: &[(&str, &[&str])] = &[
    ("ratatui", &["view.rs", "tui/theme.rs", "tui/runtime/"]),
    ("crossterm", &["tui/runtime/"]),
    ("fuzzy_matcher", &["query/fuzzy.rs"]),
    ("textwrap", &["text/wrap.rs"]),
    ("clap", &["cli/args/"]),
    ("calendrical_calculations", &["record/date/calendar.rs"]),
    ("std::fs", &["files/", "load/", "userdata/", "cli/", "tui/runtime/"]),
    ("std::thread", &["files/", "load/", "cli/", "tui/runtime/"]),
    (
        "std::time",
        &[
            "files/",
            "load/",
            "marks_file.rs",
            "userdata/saved_archive_names.rs",
            "cli/",
            "tui/runtime/",
        ],
    ),
    ("anyhow", &["files/", "userdata/", "cli/", "tui/runtime/", "main.rs"]),
];

/// Types with interior mutability.
const MUTABLE_CELL_TYPES: &[&str] = &["std::cell", "core::cell", "RefCell", "Mutex", "static mut"];

/// Every Rust file below `src`, with its path from there and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The numbered lines of code of a file, without comments and without the test module.
fn lines_of_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or("")))
}

/// The numbered lines of code of a file, in which each `use` declaration is one line with all its paths:
/// `use std::{fs, io::Read};` becomes `use std::fs; use std::io::Read;`.
fn expand_use_declarations(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, line) in lines_of_code(text) {
        let (at, whole) = match open.take() {
            Some((at, before)) => (at, before + " " + line.trim()),
            None => (at, line.to_owned()),
        };
        match use_tree(&whole) {
            Some(_) if !whole.contains(';') => open = Some((at, whole)),
            Some(tree) => lines.push((at, paths_of("", tree).join(" "))),
            None => lines.push((at, whole)),
        }
    }
    lines.extend(open);
    lines
}

/// The tree of a `use` declaration, if the line begins one.
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
fn paths_of(before: &str, tree: &str) -> Vec<String> {
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
    branches.flat_map(|branch| paths_of(&before, branch)).collect()
}

/// Whether a line contains a path such as `std::fs` or `clap`, not as part of a longer name.
fn uses_path(line: &str, path: &str) -> bool {
    let is_identifier_character = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        let start = line[..at].strip_suffix("::").unwrap_or(&line[..at]);
        let is_nested =
            start.len() < at && start.chars().next_back().is_some_and(is_identifier_character);
        !before.is_some_and(is_identifier_character)
            && !after.is_some_and(is_identifier_character)
            && !is_nested
    })
}

/// The folder whose rule applies to a file. `tui/runtime` has its own rule.
fn folder_of(file: &str) -> &str {
    if file.starts_with("tui/runtime/") {
        return "tui/runtime";
    }
    file.split('/').next().unwrap()
}

/// The lines on which a file uses a folder that it may not use.
fn folder_violations(file: &str, text: &str) -> Vec<String> {
    let folder = folder_of(file);
    let Some((_, allowed)) = FOLDERS.iter().find(|(name, _)| *name == folder) else {
        let known = ["lib.rs", "main.rs"].contains(&folder);
        assert!(known, "{file} is in no known folder");
        return Vec::new();
    };
    let own = file.split('/').next().unwrap();
    let mut violations = Vec::new();
    for (line, code) in expand_use_declarations(text) {
        for (at, _) in code.match_indices("crate::") {
            let rest = code[at + 7..].chars();
            let used: String = rest.take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used != own && !allowed.contains(&used.as_str()) {
                violations.push(format!("{file}:{line}: {folder} may not use {used:?}"));
            }
        }
        if ["use crate;", "use crate as "].iter().any(|crate_import| code.contains(crate_import)) {
            violations.push(format!("{file}:{line}: name each folder of the crate that is used"));
        }
        if code.contains("super::super::") {
            violations.push(format!("{file}:{line}: use a path from `crate` instead"));
        }
    }
    violations
}

/// Whether a file is the given file, by path or by name alone, or is inside the given folder.
fn is_at(file: &str, location: &str) -> bool {
    file.starts_with(location) || file.rsplit('/').next() == Some(location)
}

/// The lines on which a file uses a crate or module that belongs elsewhere.
fn crate_violations(file: &str, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    for (line, code) in expand_use_declarations(text) {
        for (name, allowed) in RESTRICTED_CRATES {
            if uses_path(&code, name) && !allowed.iter().any(|location| is_at(file, location)) {
                violations.push(format!("{file}:{line}: {name} belongs in {allowed:?}"));
            }
        }
        let state = file.starts_with("tui/") && !file.starts_with("tui/runtime/");
        if state && MUTABLE_CELL_TYPES.iter().any(|it| uses_path(&code, it)) {
            violations
                .push(format!("{file}:{line}: interior mutability in the state of the screen"));
        }
    }
    violations
}

#[test]
fn folders_use_only_allowed_folders() {
    let violations: Vec<_> =
        sources().iter().flat_map(|(file, text)| folder_violations(file, text)).collect();
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

/// Folders of `formats` and the modules of it that they may not use: data flows from `read` and `write` to
/// `cite`.
const ONE_WAY_MODULES: &[(&str, &[&str])] = &[
    ("formats/read/", &["formats::write", "formats::cite"]),
    ("formats/write/", &["formats::read", "formats::cite"]),
    ("formats/document/", &["formats::read", "formats::write", "formats::cite"]),
    ("formats/cite/", &["formats::read"]),
];

#[test]
fn modules_of_formats_use_each_other_in_one_direction() {
    for (file, text) in sources() {
        let rules = ONE_WAY_MODULES.iter().filter(|(folder, _)| file.starts_with(folder));
        for module in rules.flat_map(|(_, modules)| *modules) {
            let mut lines = expand_use_declarations(&text).into_iter();
            let path = format!("crate::{module}");
            let found = lines.find(|(_, line)| uses_path(line, &path));
            assert!(found.is_none(), "{file} may not use {module}: {found:?}");
        }
    }
}

#[test]
fn external_crates_stay_in_their_files() {
    let violations: Vec<_> =
        sources().iter().flat_map(|(file, text)| crate_violations(file, text)).collect();
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn violations_are_found_in_every_form_of_use() {
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
        let violations = folder_violations(file, text);
        assert_eq!(violations.len(), 1, "{text}\n{violations:?}");
        assert!(violations[0].starts_with(&format!("{file}:{line}: ")), "{violations:?}");
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
        let violations = crate_violations(file, text);
        assert!(!violations.is_empty(), "{text}");
        assert!(
            violations.iter().all(|it| it.starts_with(&format!("{file}:{line}: "))),
            "{violations:?}"
        );
    }
    for (file, text) in [
        ("tui/layout.rs", "use crate::{tui, record::{Date, Record}, query};\nuse super::shown;"),
        ("tui/layout.rs", "use std::{cmp, fmt::{self, Write}};\nfn f(clap_like: u8) { a::fs(); }"),
        ("tui/layout.rs", "// crate::cli and std::fs are only mentioned\nfn f() {}"),
        ("tui/runtime/x.rs", "use std::{fs, thread, time::Instant};\nuse crate::{cli, store};"),
    ] {
        assert_eq!(folder_violations(file, text), [""; 0], "{text}");
        assert_eq!(crate_violations(file, text), [""; 0], "{text}");
    }
}

#[test]
fn files_begin_with_a_doc_comment_and_are_short() {
    let mut violations = Vec::new();
    for (file, text) in sources() {
        if !text.starts_with("//!") {
            violations.push(format!("{file}: the first line must be a doc comment"));
        }
        if lines_of_code(&text).count() > 500 {
            violations.push(format!("{file}: more than 500 lines"));
        }
        let name = file.rsplit('/').next().unwrap().trim_end_matches(".rs");
        if ["util", "utils", "common", "misc", "helpers", "manager"].contains(&name) {
            violations.push(format!("{file}: the name is meaningless"));
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

/// Whether a line has this word, behind any path.
fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|found| found == word)
}

/// The files that implement the state of the screen.
fn files_with_impl_app(sources: &[(String, String)]) -> Vec<&str> {
    let is_impl = |line: &str| {
        let line = line.trim_start();
        line.starts_with("impl") && has_word(line.split('{').next().unwrap_or(""), "App")
    };
    let has_impl = |text: &str| lines_of_code(text).any(|(_, line)| is_impl(line));
    sources.iter().filter(|(_, text)| has_impl(text)).map(|(file, _)| file.as_str()).collect()
}

#[test]
fn state_of_the_screen_is_implemented_in_one_file() {
    assert_eq!(files_with_impl_app(&sources()), ["tui/app/mod.rs"]);
    let source = |text: &str| vec![("tui/panes/list/state.rs".to_owned(), text.to_owned())];
    for text in ["impl App {", "impl super::App {", "impl Clone for App {", "    impl<'a> App {"] {
        assert_eq!(files_with_impl_app(&source(text)).len(), 1, "{text}");
    }
    for text in ["// impl App {", "impl Append {", "fn f(app: &App) {}"] {
        assert_eq!(files_with_impl_app(&source(text)).len(), 0, "{text}");
    }
}

/// The lines on which a pane or an overlay uses the whole state of the screen.
fn component_violations(file: &str, text: &str) -> Vec<String> {
    let is_component = file.starts_with("tui/panes/") || file.starts_with("tui/overlays/");
    let lines = expand_use_declarations(text).into_iter();
    let found = lines.filter(|(_, line)| is_component && has_word(line, "App"));
    found.map(|(line, _)| format!("{file}:{line}: a component gets a narrow context")).collect()
}

#[test]
fn components_do_not_see_the_whole_screen() {
    let violations: Vec<_> =
        sources().iter().flat_map(|(file, text)| component_violations(file, text)).collect();
    assert!(violations.is_empty(), "{}", violations.join("\n"));
    for text in
        ["use crate::tui::app::App;", "use crate::tui::app::{App, scope};", "fn f(a: &App) {}"]
    {
        assert_eq!(component_violations("tui/panes/list/view.rs", text).len(), 1, "{text}");
        assert_eq!(component_violations("tui/view.rs", text), [""; 0], "{text}");
    }
}

#[test]
fn each_component_has_a_folder_with_its_state_and_its_view() {
    let sources = sources();
    let has = |file: &str| sources.iter().any(|(name, _)| name == file);
    let folders = sources.iter().filter_map(|(file, _)| {
        let folder = file.strip_suffix("/mod.rs")?;
        let (parent, _) = folder.rsplit_once('/')?;
        ["tui/panes", "tui/overlays"].contains(&parent).then_some(folder)
    });
    for folder in folders {
        assert!(has(&format!("{folder}/state.rs")), "{folder} has no state.rs");
        // The question is asked in the message line.
        let has_view = has(&format!("{folder}/view.rs")) || folder.ends_with("/confirm_replace");
        assert!(has_view, "{folder} has no view.rs");
    }
}
