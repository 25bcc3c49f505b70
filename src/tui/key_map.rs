//! The key map: which keys run which command, by mode. It is parsed from TOML, and the help and the hints are made
//! from it.
//!
//! A command can have several keys after each other: `g g`. The keys of a mode are a trie: each key leads to a
//! command or to further keys.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::command::Command;
use super::key::Key;
use super::modes::Mode;

/// The built-in key map.
const BUILT_IN_KEYS: &str = include_str!("../../assets/keys.toml");

/// A table of the key map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Table {
    /// Keys of the list that do something else in `fonds pick`.
    Pick,
    /// Keys that work wherever no other table binds them.
    Everywhere,
    /// The keys of a mode.
    #[serde(untagged)]
    Mode(Mode),
}

/// Why a key map cannot be parsed.
#[derive(Debug, thiserror::Error)]
pub enum KeyMapError {
    /// It is not valid TOML, or names an unknown mode or command.
    #[error("the key table cannot be read: {0}")]
    Table(#[from] toml::de::Error),
    /// It names an unknown key.
    #[error("the key table cannot be read: {0}")]
    Key(String),
    /// Keys run a command and begin others.
    #[error("the key table cannot be read: {0:?} runs a command and begins other keys")]
    Prefix(String),
}

/// A command and the keys that run it, for the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHelp {
    /// The keys, the shortest first, separated by spaces: `j ↓`.
    pub keys: String,
    /// The command.
    pub command: Command,
}

/// What a key does, after those pressed before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMatch {
    /// It runs a command.
    Command(Command),
    /// A further key decides.
    Prefix,
    /// It has no meaning here.
    Unbound,
}

/// Keys, and what each of them leads to.
#[derive(Clone, Debug, Default)]
struct KeyTrie(HashMap<Key, Node>);

/// What a key leads to.
#[derive(Clone, Debug)]
enum Node {
    Command(Command),
    Keys(KeyTrie),
}

impl KeyTrie {
    /// Binds a command to keys after each other; returns whether they neither begin other keys nor are begun by others.
    fn insert(&mut self, keys: &[Key], command: Command) -> bool {
        let Some((first, rest)) = keys.split_first() else { return false };
        if rest.is_empty() {
            return !matches!(self.0.insert(*first, Node::Command(command)), Some(Node::Keys(_)));
        }
        let node = self.0.entry(*first).or_insert_with(|| Node::Keys(KeyTrie::default()));
        match node {
            Node::Keys(trie) => trie.insert(rest, command),
            Node::Command(_) => false,
        }
    }

    /// Returns what keys after each other lead to.
    fn find(&self, keys: &[Key]) -> Option<&Node> {
        let (first, rest) = keys.split_first()?;
        match self.0.get(first)? {
            node if rest.is_empty() => Some(node),
            Node::Keys(trie) => trie.find(rest),
            Node::Command(_) => None,
        }
    }

    /// Collects the commands with their keys, each written without what is `before` it.
    fn collect(&self, before: &str, found: &mut HashMap<Command, Vec<String>>) {
        for (key, node) in &self.0 {
            let keys = format!("{before}{key}");
            match node {
                Node::Command(command) => found.entry(*command).or_default().push(keys),
                Node::Keys(trie) => trie.collect(&keys, found),
            }
        }
    }

    /// Replaces the keys that another trie binds.
    fn extend(&mut self, other: &KeyTrie) {
        self.0.extend(other.0.clone());
    }

    /// Returns the commands in their order, each with its keys, the shortest first.
    fn help(&self) -> Vec<KeyHelp> {
        let mut found: HashMap<Command, Vec<String>> = HashMap::new();
        self.collect("", &mut found);
        let mut rows: Vec<_> = found.into_iter().collect();
        rows.sort_by_key(|(command, _)| *command as usize);
        let joined = |mut keys: Vec<String>| {
            keys.sort_by_key(|key| (key.chars().count(), key.clone()));
            keys.join(" ")
        };
        rows.into_iter().map(|(command, keys)| KeyHelp { keys: joined(keys), command }).collect()
    }
}

/// The keys of each mode.
#[derive(Clone, Debug)]
pub struct KeyMap {
    tables: HashMap<Table, KeyTrie>,
}

impl KeyMap {
    /// Returns the built-in key map.
    ///
    /// # Errors
    /// Never in a released program: a test parses the built-in map.
    pub fn built_in() -> Result<KeyMap, KeyMapError> {
        KeyMap::parse(BUILT_IN_KEYS)
    }

    /// Parses a key map: a TOML table for each mode, with lines such as `j = "next-row"` and `"g g" = "first-row"`.
    ///
    /// # Errors
    /// Fails if it is not valid TOML, names an unknown mode, key or command, or if keys run a command and begin others.
    pub fn parse(text: &str) -> Result<KeyMap, KeyMapError> {
        let parsed: BTreeMap<Table, BTreeMap<String, Command>> = toml::from_str(text)?;
        let mut tables: HashMap<Table, KeyTrie> = HashMap::new();
        for (table, bindings) in parsed {
            let trie = tables.entry(table).or_default();
            for (written, command) in bindings {
                let keys: Result<Vec<Key>, String> =
                    written.split_whitespace().map(str::parse).collect();
                let keys = keys.map_err(KeyMapError::Key)?;
                if !trie.insert(&keys, command) {
                    return Err(KeyMapError::Prefix(written));
                }
            }
        }
        Ok(KeyMap { tables })
    }

    /// Replaces keys of the list by those for picking records.
    #[must_use]
    pub fn for_picking(mut self) -> KeyMap {
        if let Some(pick) = self.tables.get(&Table::Pick).cloned() {
            self.tables.entry(Table::Mode(Mode::List)).or_default().extend(&pick);
        }
        self
    }

    /// Returns the shortest keys that run a command in this mode; empty if there are none.
    pub fn key_for(&self, mode: Mode, command: Command) -> String {
        let help = self.help(mode).into_iter().find(|help| help.command == command);
        let keys = help.map(|help| help.keys).unwrap_or_default();
        keys.split(' ').next().unwrap_or_default().to_owned()
    }

    /// Returns the key of a command to show in a hint: arrows before other named keys, and these before letters.
    pub fn hint_key(&self, mode: Mode, command: Command) -> Option<String> {
        let here = self.help(mode).into_iter().chain(self.help_everywhere());
        let keys = here.filter(|help| help.command == command).map(|help| help.keys).next()?;
        keys.split(' ').min_by_key(|key| hint_rank(key)).map(str::to_owned)
    }

    /// Returns what a key does in this mode after the keys `before` it, which alone run no command.
    pub fn find(&self, mode: Mode, before: &[Key], key: Key) -> KeyMatch {
        let keys: Vec<Key> = before.iter().copied().chain([key]).collect();
        let bound = |table, keys: &[Key]| self.tables.get(&table)?.find(keys);
        let node = bound(Table::Mode(mode), &keys).or_else(|| bound(Table::Everywhere, &[key]));
        match node {
            Some(Node::Command(command)) => KeyMatch::Command(*command),
            Some(Node::Keys(_)) => KeyMatch::Prefix,
            None => KeyMatch::Unbound,
        }
    }

    /// Returns the commands that have keys in this mode, in the order of [`Command`].
    pub fn help(&self, mode: Mode) -> Vec<KeyHelp> {
        self.tables.get(&Table::Mode(mode)).map(KeyTrie::help).unwrap_or_default()
    }

    /// Returns the commands that have keys in every mode.
    pub fn help_everywhere(&self) -> Vec<KeyHelp> {
        self.tables.get(&Table::Everywhere).map(KeyTrie::help).unwrap_or_default()
    }

    /// Returns the commands that further keys run in this mode after the keys `before` them.
    pub fn help_after(&self, mode: Mode, before: &[Key]) -> Vec<KeyHelp> {
        match self.tables.get(&Table::Mode(mode)).and_then(|trie| trie.find(before)) {
            Some(Node::Keys(trie)) => trie.help(),
            _ => Vec::new(),
        }
    }
}

/// Returns how readily a key is shown in a hint, the readiest first.
fn hint_rank(key: &str) -> (usize, usize) {
    const NAMED_KEYS: [&str; 8] = ["↑", "↓", "←", "→", "Esc", "Enter", "Tab", "Space"];
    let is_letter = key.chars().nth(1).is_none();
    let rank =
        NAMED_KEYS.iter().position(|named| *named == key).map_or(NAMED_KEYS.len(), |rank| rank);
    (rank + usize::from(rank == NAMED_KEYS.len() && !is_letter), key.len())
}
