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
const NAME_BACKENDS: &[&str] = &["store/", "load/", "cli/", "tui/runtime/", "main.rs"];

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

/// Names of keys. Only the screen knows which key does what.
const KEY_NAMES: &[&str] = &[
    "Enter",
    "Esc",
    "Escape",
    "Ctrl",
    "Backspace",
    "PgUp",
    "PgDn",
    "PageUp",
    "PageDown",
    "Space bar",
];

/// The string literals of a file with their lines, without the test module.
fn string_literals(text: &str) -> Vec<(usize, String)> {
    let code: Vec<&str> = text.lines().take_while(|line| line.trim() != "#[cfg(test)]").collect();
    let code = code.join("\n");
    let mut literals = Vec::new();
    let (mut rest, mut line) = (code.as_str(), 1);
    while let Some(start) = rest.find(['"', '/', '\'']) {
        line += rest[..start].matches('\n').count();
        let hashes = rest[..start].len() - rest[..start].trim_end_matches('#').len();
        let is_raw = rest[..start - hashes].ends_with('r');
        let from = &rest[start..];
        let (literal, length) = if from.starts_with("//") {
            (None, from.find('\n').unwrap_or(from.len()))
        } else if from.starts_with("'\"'") || from.starts_with("'\\\"'") {
            (None, from[1..].find('\'').map_or(1, |end| end + 2))
        } else if let Some(inside) = from.strip_prefix('"') {
            let end = if is_raw {
                inside.find(&format!("\"{}", "#".repeat(hashes)))
            } else {
                let mut is_escaped = false;
                inside.find(|letter| {
                    let is_end = letter == '"' && !is_escaped;
                    is_escaped = letter == '\\' && !is_escaped;
                    is_end
                })
            };
            let end = end.map_or(from.len(), |end| end + 1);
            (Some(&from[1..end.max(1)]), (end + 1).min(from.len()))
        } else {
            (None, 1)
        };
        literals.extend(literal.map(|literal| (line, literal.to_owned())));
        line += from[..length].matches('\n').count();
        rest = &from[length..];
    }
    literals
}

/// The strings outside the screen that name a key.
fn key_name_violations(file: &str, text: &str) -> Vec<String> {
    if file.starts_with("tui/") {
        return Vec::new();
    }
    let literals = string_literals(text).into_iter();
    let names = literals.filter(|(_, literal)| {
        let is_question = literal.starts_with("? ") || literal.contains(" ? ");
        is_question || KEY_NAMES.iter().any(|name| uses_path(literal, name))
    });
    names.map(|(line, literal)| format!("{file}:{line}: a key in {literal:?}")).collect()
}

#[test]
fn no_string_outside_the_screen_names_a_key() {
    assert_none(key_name_violations);
    for text in [
        "let it = \"Enter keeps it\";",
        "let it = r#\"the key \"Esc\" leaves\"#;",
        "let quote = '\"'; // a comment\nlet it = \"a \\\" and Ctrl+C\";",
        "let it = \"there is none: ? lists them\";",
        "#[error(\n    \"type it\n     and Backspace\"\n)]",
    ] {
        assert_eq!(key_name_violations("query/a.rs", text).len(), 1, "{text}");
        assert_eq!(key_name_violations("tui/app/a.rs", text), [""; 0], "{text}");
    }
    for text in [
        "// \"Enter\" in a comment",
        "let enter = Enter(\"a title\");",
        "let it = \"EnterPrise and Center\";",
        "let it = \"what?\";",
        "let it = ('\"', \"Entering\", 'E');",
    ] {
        assert_eq!(key_name_violations("query/a.rs", text), [""; 0], "{text}");
    }
}

/// Checks that no file of the program violates a rule.
fn assert_none(violations_of: impl Fn(&str, &str) -> Vec<String>) {
    let violations: Vec<String> =
        sources().iter().flat_map(|(file, text)| violations_of(file, text)).collect();
    assert!(violations.is_empty(), "{}", violations.join("\n"));
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

/// The most lines of a file.
const MAX_FILE_LINES: usize = 500;
/// The most lines of a function, which a lint checks.
const MAX_FUNCTION_LINES: usize = 60;

/// What is wrong with a file as a whole.
fn shape_violations(file: &str, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    if !text.starts_with("//!") {
        violations.push(format!("{file}: the first line must be a doc comment"));
    }
    if lines_of_code(text).count() > MAX_FILE_LINES {
        violations.push(format!("{file}: more than {MAX_FILE_LINES} lines"));
    }
    let name = file.rsplit('/').next().unwrap().trim_end_matches(".rs");
    if ["util", "utils", "common", "misc", "helpers", "manager"].contains(&name) {
        violations.push(format!("{file}: the name is meaningless"));
    }
    if text.contains("clippy::too_many_lines") {
        violations.push(format!("{file}: a function may not have more lines than others"));
    }
    violations
}

#[test]
fn files_begin_with_a_doc_comment_and_are_short() {
    assert_none(shape_violations);
    let long = "//! Long.\n".to_owned() + &"fn f() {}\n".repeat(MAX_FILE_LINES);
    for (file, text) in [
        ("store/a.rs", "use std::fmt;"),
        ("store/a.rs", long.as_str()),
        ("store/utils.rs", "//! Many things."),
        ("store/a.rs", "//! A.\n#[allow(clippy::too_many_lines)]\nfn f() {}"),
    ] {
        assert_eq!(shape_violations(file, text).len(), 1, "{text}");
    }
}

#[test]
fn lint_of_long_functions_is_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = fs::read_to_string(root.join("clippy.toml")).unwrap();
    let threshold = format!("too-many-lines-threshold = {MAX_FUNCTION_LINES}\n");
    assert!(settings.contains(&threshold), "{settings}");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\ntoo_many_lines = \"warn\"\n"));
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
