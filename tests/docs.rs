//! The examples in the documentation: what they print, and that their commands exist.
//!
//! A `console` block holds commands after `$ ` and what they print. A `sh` block holds commands that
//! need a terminal, a clipboard or another program, so only their arguments are checked.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Parser;
use fonds::cli::args::Arguments;

use crate::program::EXAMPLE_MESSAGE;

/// The documents with examples, in the root of the project.
const DOCUMENTS: &[&str] = &["README.md", "docs/manual.md", "docs/filter.md", "docs/formats.md"];

/// Set to `write` to put what the commands print now into the documents.
const UPDATE_VARIABLE: &str = "FONDS_DOCS";

/// The root of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder in which the examples run: a copy of `docs/examples`, a home of its own, and `fonds`
/// first in the search path.
struct Sandbox {
    folder: tempfile::TempDir,
    path: std::ffi::OsString,
}

impl Sandbox {
    fn new() -> Sandbox {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(root().join("docs/examples")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let program = PathBuf::from(env!("CARGO_BIN_EXE_fonds"));
        let mut paths = vec![program.parent().unwrap().to_owned()];
        paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        Sandbox { folder, path: std::env::join_paths(paths).unwrap() }
    }

    /// What a command prints, on standard output and standard error together.
    fn run(&self, command: &str) -> String {
        let home = self.folder.path().join(".home");
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("exec 2>&1; {command}")]).current_dir(self.folder.path());
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"] {
            shell.env(variable, &home);
        }
        shell.env("PATH", &self.path).env_remove("NO_COLOR").stdin(Stdio::null());
        let output = shell.output().unwrap();
        // A reader types the commands in a terminal, where this is not said.
        String::from_utf8(output.stdout).unwrap().replace(EXAMPLE_MESSAGE, "")
    }
}

/// A document whose `console` blocks show what their commands print now.
fn rendered(text: &str, sandbox: &Sandbox) -> String {
    let mut result = String::new();
    let mut language = None;
    for line in text.lines() {
        match (language, line.strip_prefix("```")) {
            (None, Some(name)) => language = Some(name),
            (Some(_), Some(_)) => language = None,
            (Some("console"), None) => {
                let Some(command) = line.strip_prefix("$ ") else { continue };
                writeln!(result, "{line}").unwrap();
                for printed in sandbox.run(command).lines() {
                    writeln!(result, "{}", printed.trim_end()).unwrap();
                }
                continue;
            }
            _ => {}
        }
        writeln!(result, "{line}").unwrap();
    }
    result
}

/// The commands of a document that call fonds, each with its line number.
fn fonds_commands(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut commands = Vec::new();
    let mut in_code = false;
    for (index, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("```") {
            in_code = matches!(name, "sh" | "console");
            continue;
        }
        let is_command = in_code && !line.starts_with('#');
        let words = is_command.then(|| shlex::split(line)).flatten().unwrap_or_default();
        for command in words.split(|word| ["|", "&&", ";"].contains(&word.as_str())) {
            let Some(start) = command.iter().position(|word| word == "fonds") else { continue };
            let is_redirect = |word: &String| word.starts_with(['>', '<']);
            let end = command.iter().position(is_redirect).unwrap_or(command.len());
            commands.push((index + 1, command[start..end].to_vec()));
        }
    }
    commands
}

#[test]
fn examples_print_what_the_documents_show() {
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let now = rendered(&text, &Sandbox::new());
        if std::env::var_os(UPDATE_VARIABLE).is_some_and(|value| value == "write") {
            fs::write(root().join(document), &now).unwrap();
        } else {
            assert_eq!(text, now, "{document}: {UPDATE_VARIABLE}=write accepts the printed output");
        }
    }
}

#[test]
fn commands_in_the_documents_parse() {
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for (line, words) in fonds_commands(&text) {
            let parsed = Arguments::try_parse_from(&words);
            assert!(parsed.is_ok(), "{document}:{line}: {words:?}: {}", parsed.unwrap_err());
        }
    }
}

#[test]
fn each_promise_names_tests_that_exist() {
    let text = fs::read_to_string(root().join("docs/promises.md")).unwrap();
    for section in text.split("\n## ").skip(1) {
        for promise in section.split("\n- ").skip(1) {
            let named = named_tests(promise);
            assert!(!named.is_empty(), "a promise without a test: {promise}");
            for (file, test) in named {
                let code = fs::read_to_string(root().join(format!("tests/{file}.rs")));
                let code = code.unwrap_or_else(|error| panic!("tests/{file}.rs: {error}"));
                let has_test = code.contains(&format!("#[test]\nfn {test}()"));
                assert!(has_test, "tests/{file}.rs has no test {test}");
            }
        }
    }
}

/// The tests that a promise names, each with its file: `file: test`.
fn named_tests(promise: &str) -> Vec<(&str, &str)> {
    promise.split('`').skip(1).step_by(2).filter_map(|code| code.split_once(": ")).collect()
}
