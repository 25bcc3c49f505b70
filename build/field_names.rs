//! Compiles the names of fields in `assets/fields/`, and the words that names are made of, into sorted tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::{language_files, read_table, strings, sub_table};

#[path = "../src/formats/field_names/fold.rs"]
mod fold;

/// What fields of a name fill, as Rust expressions with their ranks.
type Names = BTreeMap<String, BTreeMap<String, usize>>;

/// The table of a file that has the words that names are made of, with a list for each kind of word.
const WORDS_KEY: &str = "words";

/// Returns the table of names as Rust source.
///
/// A name in several lists keeps each of their targets, with the best of its ranks.
pub(crate) fn source(folder: &Path) -> String {
    let mut names = Names::new();
    for path in language_files(folder) {
        for (key, list) in read_table(&path) {
            if key == WORDS_KEY {
                continue;
            }
            for (written, rank) in strings(&list).zip(0..) {
                let simple = fold::fold_name(written);
                assert!(!simple.is_empty(), "{}: {written:?} has no letters", path.display());
                let best = names.entry(simple).or_default().entry(target(&key)).or_insert(rank);
                *best = rank.min(*best);
            }
        }
    }
    let mut source = format!("static NAMES: [(&str, &[KnownName]); {}] = [\n", names.len());
    for (name, targets) in names {
        let mut targets: Vec<(usize, String)> =
            targets.into_iter().map(|(target, rank)| (rank, target)).collect();
        targets.sort();
        let known: Vec<String> = targets
            .into_iter()
            .map(|(rank, target)| format!("KnownName {{ target: {target}, rank: {rank} }}"))
            .collect();
        let name = name.escape_default();
        writeln!(source, "(\"{name}\", &[{}]),", known.join(", ")).expect("a string takes all");
    }
    source.push_str("];\n");
    source
}

/// Returns the words that names are made of as Rust source: a set for each kind of word, in all languages together.
///
/// A word with `*` at its end stands for all that begin with it.
pub(crate) fn words_source(folder: &Path) -> String {
    let mut kinds: BTreeMap<String, [BTreeSet<String>; 2]> = BTreeMap::new();
    for path in language_files(folder) {
        for (kind, list) in sub_table(&read_table(&path), WORDS_KEY) {
            let [whole, beginnings] = kinds.entry(kind.to_uppercase()).or_default();
            for written in strings(list) {
                let words = if written.ends_with('*') { &mut *beginnings } else { &mut *whole };
                let simple = fold::fold_name(written);
                assert!(!simple.is_empty(), "{}: {written:?} has no letters", path.display());
                words.insert(simple);
            }
        }
    }
    let mut source = String::new();
    for (kind, sets) in kinds {
        let [whole, beginnings] = sets.map(Vec::from_iter);
        writeln!(
            source,
            "pub(super) static {kind}: WordSet = WordSet {{ whole: &{whole:?}, beginnings: &{beginnings:?} }};"
        )
        .expect("a string takes all");
    }
    source
}

/// Returns what the names under a key fill, as a Rust expression.
fn target(key: &str) -> String {
    let variant = crate::camel_case(key);
    match key {
        "date"
        | "begin"
        | "end"
        | "year"
        | "month"
        | "day"
        | "date_event"
        | "date_coverage"
        | "date_certainty"
        | "position"
        | "contributor_by_role" => {
            format!("FieldTarget::{variant}")
        }
        _ => format!("FieldTarget::Field(Field::{variant})"),
    }
}
