//! The source code of the program, for the tests that check how it is built.

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below `src`, with its path from there and its text.
pub(crate) fn sources() -> Vec<(String, String)> {
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
pub(crate) fn lines_of_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or("")))
}

/// The numbered lines of code of a file, in which each `use` declaration is one line with all its paths:
/// `use std::{fs, io::Read};` becomes `use std::fs; use std::io::Read;`.
pub(crate) fn expand_use_declarations(text: &str) -> Vec<(usize, String)> {
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
pub(crate) fn uses_path(line: &str, path: &str) -> bool {
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

/// Whether a line has this word, behind any path.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|found| found == word)
}

/// The string literals of a file with their lines, without the test module.
pub(crate) fn string_literals(text: &str) -> Vec<(usize, String)> {
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

/// Checks that no file of the program violates a rule.
pub(crate) fn assert_none(violations_of: impl Fn(&str, &str) -> Vec<String>) {
    let violations: Vec<String> =
        sources().iter().flat_map(|(file, text)| violations_of(file, text)).collect();
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}
