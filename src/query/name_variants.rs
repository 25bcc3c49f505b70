//! Different spellings of the same name: Mao Zedong and Mao Tse-tung, Beijing and Peking.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold::fold;
use crate::text::words::words;

/// The names that are built into the program.
static BUILT_IN_NAMES: LazyLock<NameVariants> = LazyLock::new(|| {
    NameVariants::parse(include_str!("../../assets/transliterations.toml")).unwrap_or_default()
});

/// The spellings of names. Spellings are folded words with one space between them.
#[derive(Clone, Debug, Default)]
pub struct NameVariants {
    /// The spellings of each name.
    names: Vec<Vec<String>>,
    /// For each spelling, the indices in `names` of the names it can mean. `chang` is Zhang as well
    /// as Chang.
    names_by_variant: HashMap<String, Vec<usize>>,
}

/// The TOML form of the table: `names = [["Beijing", "Peking"], …]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The spellings of each name.
    names: Vec<Vec<String>>,
}

impl NameVariants {
    /// The names that are built into the program.
    pub fn built_in() -> &'static NameVariants {
        &BUILT_IN_NAMES
    }

    /// Parses a table in TOML.
    ///
    /// # Errors
    /// Returns an error if the text is not TOML of the form `names = [["Beijing", "Peking"], …]`.
    pub fn parse(table: &str) -> Result<NameVariants, toml::de::Error> {
        let table: Table = toml::from_str(table)?;
        let mut variants = NameVariants::default();
        for name in &table.names {
            variants.add(name);
        }
        Ok(variants)
    }

    /// Adds one name with all its spellings.
    pub fn add(&mut self, name: &[String]) {
        let mut known: Vec<String> = Vec::with_capacity(name.len());
        for variant in name.iter().map(|variant| join_words(variant)) {
            if !variant.is_empty() && !known.contains(&variant) {
                self.names_by_variant.entry(variant.clone()).or_default().push(self.names.len());
                known.push(variant);
            }
        }
        self.names.push(known);
    }

    /// Returns the other spellings of a name.
    pub fn variants_of(&self, name: &str) -> impl Iterator<Item = String> + use<> {
        let name = join_words(name);
        let indices = self.names_by_variant.get(&name).map(Vec::as_slice).unwrap_or_default();
        let names = indices.iter().filter_map(|i| self.names.get(*i));
        others(names, |variant| *variant == name)
    }

    /// Returns the other spellings of the names of which a spelling begins with these letters. Those that begin so
    /// themselves are left out. What is not longer than a whole name is no beginning of another one: `lenin` is no Leningrad.
    pub fn variants_of_longer(&self, beginning: &str) -> impl Iterator<Item = String> + use<> {
        let beginning = join_words(beginning);
        let begins = |variant: &String| variant.starts_with(&beginning);
        let shorter: Vec<(usize, &String)> = self
            .names
            .iter()
            .enumerate()
            .flat_map(|(name, variants)| variants.iter().map(move |variant| (name, variant)))
            .filter(|(_, variant)| begins(variant))
            .collect();
        let is_meant = |name: usize, variant: &String| {
            let hides = |(other, short): &(usize, &String)| {
                *other != name && variant.len() > short.len() && variant.starts_with(short.as_str())
            };
            begins(variant) && !shorter.iter().any(hides)
        };
        let names = self.names.iter().enumerate().filter_map(|(name, variants)| {
            variants.iter().any(|variant| is_meant(name, variant)).then_some(variants)
        });
        others(names, begins)
    }
}

/// Returns the spellings of names, each once, but for those that are the typed one.
fn others<'a>(
    names: impl Iterator<Item = &'a Vec<String>>,
    is_typed: impl Fn(&String) -> bool,
) -> std::vec::IntoIter<String> {
    let mut others: Vec<String> = Vec::new();
    for variant in names.flatten() {
        if !is_typed(variant) && !others.contains(variant) {
            others.push(variant.clone());
        }
    }
    others.into_iter()
}

/// Returns the folded words of a name with one space between them.
fn join_words(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = words(&folded).filter_map(|word| folded.get(word)).collect();
    words.join(" ")
}
