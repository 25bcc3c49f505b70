//! Checks which folders of `src` use which others, and that some crates are used in one place only.

use crate::source_code::{assert_none, expand_use_declarations, sources, uses_path};

/// Each folder and the folders it may use. `cli` and `tui/runtime` assemble the program and may use all.
const FOLDERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("files", &["text"]),
    ("record", &["text"]),
    ("query", &["text", "record"]),
    ("formats", &["text", "record"]),
    ("store", &["text", "record", "query"]),
    ("engine", &["text", "record", "files", "query"]),
    ("load", &["text", "record", "files", "query", "formats", "store"]),
    ("userdata", &["text", "record", "files", "query"]),
    ("tui", &["text", "record", "query", "userdata"]),
    ("cli", ALL_FOLDERS),
    ("tui/runtime", ALL_FOLDERS),
];

/// All folders.
const ALL_FOLDERS: &[&str] = &[
    "text", "files", "record", "query", "formats", "store", "engine", "load", "userdata", "tui",
    "cli",
];

/// Crates and modules, and the only files and folders below `src` that may use them. A folder ends in `/`.
const RESTRICTED_CRATES: &[(&str, &[&str])] = &[
    ("ratatui", &["view.rs", "tui/theme.rs", "tui/runtime/"]),
    ("crossterm", &["tui/runtime/"]),
    ("fuzzy_matcher", &["query/fuzzy.rs"]),
    ("textwrap", &["text/wrap.rs"]),
    ("clap", &["cli/args/"]),
    ("calendrical_calculations", &["record/date/calendar.rs"]),
    ("std::fs", &["files/", "load/", "userdata/", "cli/", "tui/runtime/"]),
    ("std::thread", &["files/", "load/", "engine/http/", "cli/", "tui/runtime/"]),
    (
        "std::time",
        &[
            "files/",
            "load/",
            "engine/http/",
            "marks_file.rs",
            "userdata/saved_archive_names.rs",
            "cli/",
            "tui/runtime/",
        ],
    ),
    ("anyhow", &["files/", "userdata/", "cli/", "tui/runtime/", "main.rs"]),
    ("ureq", &["engine/http/"]),
];

/// Types with interior mutability.
const MUTABLE_CELL_TYPES: &[&str] = &["std::cell", "core::cell", "RefCell", "Mutex", "static mut"];

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

/// The lines on which a module of `formats` uses one that comes later.
fn one_way_violations(file: &str, text: &str) -> Vec<String> {
    let rules = ONE_WAY_MODULES.iter().filter(|(folder, _)| file.starts_with(folder));
    let modules = rules.flat_map(|(_, modules)| *modules);
    let violations = modules.flat_map(|module| {
        let path = format!("crate::{module}");
        let lines = expand_use_declarations(text).into_iter();
        let found = lines.filter(move |(_, line)| uses_path(line, &path));
        found.map(move |(line, _)| format!("{file}:{line}: {module} comes later"))
    });
    violations.collect()
}

#[test]
fn modules_of_formats_use_each_other_in_one_direction() {
    assert_none(one_way_violations);
    let text = "use crate::formats::{read, write::Writer};";
    assert_eq!(one_way_violations("formats/read/ris.rs", text).len(), 1);
    assert_eq!(one_way_violations("formats/write/ris.rs", text).len(), 1);
    assert_eq!(one_way_violations("formats/mod.rs", text), [""; 0]);
}

/// Files and folders that may name the in-memory store as a backend, and the numbers of its records.
const NAME_BACKENDS: &[&str] = &["store/", "engine/", "load/", "cli/", "tui/runtime/", "main.rs"];

/// What belongs to the in-memory store.
const STORE_TYPES: &[&str] = &["StoreBackend", "store::Store", "Searcher"];

/// The lines on which a file names a backend, or makes a handle or takes a number out of one, though it may only pass
/// handles on.
fn backend_violations(file: &str, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    if NAME_BACKENDS.iter().any(|location| file.starts_with(location)) {
        return violations;
    }
    for (line, code) in expand_use_declarations(text) {
        if STORE_TYPES.iter().any(|name| uses_path(&code, name)) {
            violations.push(format!("{file}:{line}: a concrete backend"));
        }
        let is_number =
            ["RecordHandle(", "handle.0", "record.0"].iter().any(|it| code.contains(it));
        if is_number && !file.starts_with("query/") {
            violations.push(format!("{file}:{line}: the number of a record"));
        }
    }
    violations
}

#[test]
fn only_who_puts_the_program_together_names_a_backend() {
    assert_none(backend_violations);
    for (file, text) in [
        ("tui/app/mod.rs", "let it = StoreBackend::new(store);"),
        ("tui/panes/list/state.rs", "let next = RecordHandle(3);"),
        ("tui/panes/list/view.rs", "let at = row.handle.0 + 1;"),
        ("query/backend.rs", "fn f(store: &store::Store) {}"),
        ("userdata/claim.rs", "let found = Searcher::default();"),
    ] {
        assert_eq!(backend_violations(file, text).len(), 1, "{text}");
        assert_eq!(backend_violations("cli/count.rs", text), [""; 0], "{text}");
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
