//! Names that languages and times write in different ways: Mao Zedong and Mao Tse-tung, Beijing
//! and Peking.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold::fold;
use crate::text::words::words;

/// The names that come with the program.
static BUILT_IN: LazyLock<Spellings> = LazyLock::new(|| {
    Spellings::parse(include_str!("../../assets/transliterations.toml")).unwrap_or_default()
});

/// The spellings of names. What is looked up and what is found are folded words, one space between
/// two.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    /// The spellings of each name.
    names: Vec<Vec<String>>,
    /// Which names a spelling stands for: `chang` is Zhang as well as Chang.
    of: HashMap<String, Vec<usize>>,
}

/// A table as it is written: `names = [["Beijing", "Peking"], …]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The spellings of each name.
    names: Vec<Vec<String>>,
}

impl Spellings {
    /// The names that come with the program.
    pub fn built_in() -> &'static Spellings {
        &BUILT_IN
    }

    /// Reads a table.
    ///
    /// # Errors
    /// It is not TOML, or not of the form `names = [["Beijing", "Peking"], …]`.
    pub fn parse(table: &str) -> Result<Spellings, toml::de::Error> {
        let table: Table = toml::from_str(table)?;
        let mut spellings = Spellings::default();
        for name in &table.names {
            spellings.add(name);
        }
        Ok(spellings)
    }

    /// Adds the spellings of one name.
    pub fn add(&mut self, name: &[String]) {
        let mut known: Vec<String> = Vec::with_capacity(name.len());
        for spelling in name.iter().map(|spelling| parted(spelling)) {
            if !spelling.is_empty() && !known.contains(&spelling) {
                self.of.entry(spelling.clone()).or_default().push(self.names.len());
                known.push(spelling);
            }
        }
        self.names.push(known);
    }

    /// The other spellings of a folded name.
    pub fn others(&self, name: &str) -> impl Iterator<Item = String> + use<> {
        let name = parted(name);
        let of = self.of.get(&name).map(Vec::as_slice).unwrap_or_default();
        let mut others: Vec<String> = Vec::new();
        for spelling in of.iter().filter_map(|at| self.names.get(*at)).flatten() {
            if *spelling != name && !others.contains(spelling) {
                others.push(spelling.clone());
            }
        }
        others.into_iter()
    }
}

/// The folded words of a name, one space between two.
fn parted(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = words(&folded).filter_map(|word| folded.get(word)).collect();
    words.join(" ")
}
