//! Checks the length of files and functions, where keys are named, and how the components of the screen are built.

use std::fs;
use std::path::Path;

use crate::source_code::{
    assert_none, expand_use_declarations, has_word, lines_of_code, sources, string_literals,
    uses_path,
};

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
        assert!(has(&format!("{folder}/view.rs")), "{folder} has no view.rs");
    }
}
