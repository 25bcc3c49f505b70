//! The names of collections and archives, each once.

use std::collections::{BTreeSet, HashSet};

use super::punctuation::tidy;
use super::title::{bare_name, is_same_name};
use crate::formats::rich_text;

/// The most marks of a location behind which a name may end.
const MAX_MARKS: usize = 40;
/// What may follow a name at the beginning of a location.
const MARKS: [char; 5] = [',', '.', ';', ' ', ':'];

/// Returns the distinct names, tidied, in their order. A name that is cut off (`Keller pap…`) is left out if the
/// whole one is there.
pub(super) fn distinct<'t>(names: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut seen = HashSet::new();
    let names = names.map(|name| tidy(&rich_text::to_plain(name)));
    let names: Vec<(String, String)> = names
        .filter(|name| !name.is_empty())
        .map(|name| (bare_name(&name), name))
        .filter(|(bare, _)| seen.insert(bare.clone()))
        .collect();
    let whole: BTreeSet<&str> = names
        .iter()
        .filter(|(_, name)| !name.ends_with('…'))
        .map(|(bare, _)| bare.as_str())
        .collect();
    let is_whole = |(bare, name): &&(String, String)| {
        let mut longer = whole.range(bare.as_str()..);
        !name.ends_with('…') || longer.next().is_none_or(|long| !long.starts_with(bare.as_str()))
    };
    names.iter().filter(is_whole).map(|(_, name)| name.clone()).collect()
}

/// Names that are not said again in a location.
pub(super) struct NameSet<'n> {
    names: HashSet<&'n str>,
    bare: HashSet<String>,
    /// The names that are cut off.
    cut: Vec<&'n str>,
}

impl<'n> NameSet<'n> {
    pub(super) fn new(names: impl Iterator<Item = &'n str> + Clone) -> NameSet<'n> {
        NameSet {
            names: names.clone().collect(),
            bare: names.clone().map(bare_name).collect(),
            cut: names.filter(|name| name.ends_with('…')).take(MAX_MARKS).collect(),
        }
    }

    /// Returns a location without the parts that are one of the names. `None` if nothing is left.
    pub(super) fn remove_from(&self, text: &str) -> Option<String> {
        let mut rest = text.trim();
        while let Some(behind) = self.without_first_name(rest) {
            rest = behind.trim_start_matches(MARKS);
        }
        let is_kept = |part: &&str| !self.has(part);
        let kept: Vec<&str> = rest.split(", ").filter(is_kept).collect();
        Some(kept.join(", ")).filter(|kept| !kept.is_empty())
    }

    /// Whether a text is one of the names.
    fn has(&self, text: &str) -> bool {
        self.bare.contains(&bare_name(text)) || self.cut.iter().any(|name| is_same_name(name, text))
    }

    /// Returns what stands behind the name that a text begins with.
    fn without_first_name<'t>(&self, text: &'t str) -> Option<&'t str> {
        let ends = text.match_indices(MARKS).take(MAX_MARKS).map(|(at, _)| at);
        let ends: Vec<usize> = ends.filter(|at| *at > 0).collect();
        let is_name =
            |at: &&usize| text.get(..**at).is_some_and(|start| self.names.contains(start));
        text.get(*ends.iter().rev().find(is_name)?..)
    }
}
