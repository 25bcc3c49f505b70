//! Which key does what, where: one table, read from TOML; the help is made from it.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::action::{Action, Command};
use super::key::{Code, Key};

/// The key table that is built in.
const BUILT_IN: &str = include_str!("../../assets/keys.toml");

/// Where the reader is: it decides what a key does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Focus {
    /// In the list of records.
    #[default]
    List,
    /// In the detail beside or below the list.
    Detail,
    /// In a record in full width.
    Reading,
    /// In the filter bar.
    Bar,
    /// In the line after `:`.
    CommandLine,
    /// After the first key of two.
    GoTo,
    /// In the line of a note.
    Note,
    /// After the key that copies.
    Copy,
    /// In a popup in which one of several is chosen.
    Choice,
    /// In the line that names a file.
    FileName,
    /// Asked whether a file may be replaced.
    Replace,
    /// In a popup: all keys, or the problems.
    Popup,
    /// Wherever no other table has the key.
    Everywhere,
}

impl Focus {
    /// Where it is, for the help.
    pub const fn says(self) -> &'static str {
        match self {
            Focus::List => "in the list",
            Focus::Detail => "in the detail",
            Focus::Reading => "while reading",
            Focus::Bar => "in the filter bar",
            Focus::CommandLine => "after :",
            Focus::GoTo => "after g",
            Focus::Note => "in a note",
            Focus::Copy => "after y",
            Focus::Choice => "in a list to choose from",
            Focus::FileName => "in the name of a file",
            Focus::Replace => "asked whether a file is replaced",
            Focus::Popup => "in a popup",
            Focus::Everywhere => "everywhere",
        }
    }

    /// Whether letters are text here.
    pub const fn is_line(self) -> bool {
        matches!(
            self,
            Focus::Bar | Focus::CommandLine | Focus::Note | Focus::FileName | Focus::Popup
        )
    }
}

/// A key table that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum KeymapError {
    /// It is no TOML, or names a place or a command that does not exist.
    #[error("the key table cannot be read: {0}")]
    Table(#[from] toml::de::Error),
    /// It names a key that does not exist.
    #[error("the key table cannot be read: {0}")]
    Key(String),
}

/// Which key does what, where.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: HashMap<(Focus, Key), Command>,
}

impl Keymap {
    /// The key table that is built in.
    ///
    /// # Errors
    /// Never for a released program: a test reads the table.
    pub fn built_in() -> Result<Keymap, KeymapError> {
        Keymap::parse(BUILT_IN)
    }

    /// Reads a key table: a TOML table for each place, a key and a command on each line.
    ///
    /// # Errors
    /// Where it is no TOML, or names a place, key or command that does not exist.
    pub fn parse(text: &str) -> Result<Keymap, KeymapError> {
        let places: BTreeMap<Focus, BTreeMap<String, Command>> = toml::from_str(text)?;
        let mut bindings = HashMap::new();
        for (focus, keys) in places {
            for (key, command) in keys {
                let key: Key = key.parse().map_err(KeymapError::Key)?;
                bindings.insert((focus, key), command);
            }
        }
        Ok(Keymap { bindings })
    }

    /// What a key press means in a place; nothing where it means nothing.
    pub fn action(&self, focus: Focus, key: Key) -> Option<Action> {
        let bound = |focus| self.bindings.get(&(focus, key)).copied();
        if let Some(command) = bound(focus).or_else(|| bound(Focus::Everywhere)) {
            return Some(Action::Command(command));
        }
        match (focus, key.code) {
            (Focus::GoTo | Focus::Replace, _) => Some(Action::Command(Command::StepBack)),
            (focus, _) if focus.is_line() => key.typed().map(Action::Insert),
            (_, Code::Char(letter @ '0'..='9')) if key.typed().is_some() => {
                letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).map(Action::Digit)
            }
            _ => None,
        }
    }

    /// All that can be done in a place: the commands in their order, and the keys of each.
    pub fn help(&self, focus: Focus) -> Vec<(String, Command)> {
        let mut keys: HashMap<Command, Vec<String>> = HashMap::new();
        for ((place, key), command) in &self.bindings {
            if *place == focus {
                keys.entry(*command).or_default().push(key.to_string());
            }
        }
        let mut rows: Vec<_> = keys.into_iter().collect();
        rows.sort_by_key(|(command, _)| *command as usize);
        let joined = |mut keys: Vec<String>| {
            keys.sort_by_key(|key| (key.chars().count(), key.clone()));
            keys.join(" ")
        };
        rows.into_iter().map(|(command, keys)| (joined(keys), command)).collect()
    }
}
