//! What a reference list defines for its entries: `@string{jan = "January"}`.

use std::collections::{HashMap, HashSet};

/// The definitions so far, by their names in small letters.
#[derive(Debug, Default)]
pub(super) struct Definitions<'t> {
    texts: HashMap<String, &'t str>,
}

impl<'t> Definitions<'t> {
    /// Takes a definition, in place of an earlier one of the same name.
    pub(super) fn add(&mut self, text: &'t str) {
        let inside = text.split_once(['{', '(']).map_or("", |(_, inside)| inside);
        let name = inside.split('=').next().unwrap_or("").trim().to_lowercase();
        self.texts.insert(name, text);
    }

    /// An entry below the definitions that its words may stand for, and those that these need. So an
    /// entry takes no longer where many others are defined.
    pub(super) fn above(&self, entry: &str) -> String {
        let (mut used, mut above) = (HashSet::new(), Vec::new());
        let mut waiting = self.used_by(entry);
        while let Some((name, text)) = waiting.pop() {
            if used.insert(name) {
                above.push(text);
                waiting.extend(self.used_by(text));
            }
        }
        above.reverse();
        above.concat()
    }

    /// The definitions that a text names.
    fn used_by(&self, text: &str) -> Vec<(&str, &'t str)> {
        let words = text.split(|c: char| c.is_whitespace() || "{}()=,#\"".contains(c));
        let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
        let found = words.filter_map(|word| self.texts.get_key_value(&word));
        found.map(|(name, text)| (name.as_str(), *text)).collect()
    }
}
