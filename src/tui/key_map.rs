//! The key map: which key runs which command, by focus. It is parsed from TOML, and the help is
//! made from it.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::action::Action;
use super::command::Command;
use super::key::{Code, Key};

/// The built-in key map.
const BUILT_IN_KEYS: &str = include_str!("../../assets/keys.toml");

/// The pane, prompt or overlay that has the keyboard. It decides what a key does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Focus {
    /// The list of records.
    #[default]
    List,
    /// The detail next to or below the list.
    Detail,
    /// The detail over the whole width.
    FullWidth,
    /// The filter bar.
    FilterBar,
    /// The prompt after `:`, for a position or a page.
    CommandPrompt,
    /// The second key after `g`.
    GoTo,
    /// The prompt for a note.
    NotePrompt,
    /// The second key after `y`.
    Copy,
    /// A picker.
    Picker,
    /// The prompt for the name of a file to export to.
    FileNamePrompt,
    /// The prompt for the name of an archive.
    ArchiveNamePrompt,
    /// The question whether an existing file may be replaced.
    ConfirmReplace,
    /// A text popup: the help, the problems, or an excerpt.
    Popup,
    /// Not a focus of its own: keys of the list that do something else in `fonds pick`.
    Pick,
    /// Not a focus of its own: keys that work wherever no other table binds them.
    Everywhere,
}

impl Focus {
    /// Returns the heading of its keys in the help.
    pub const fn description(self) -> &'static str {
        match self {
            Focus::List => "in the list",
            Focus::Detail => "in the detail",
            Focus::FullWidth => "in full width",
            Focus::FilterBar => "in the filter bar",
            Focus::CommandPrompt => "after :",
            Focus::GoTo => "after g",
            Focus::NotePrompt => "in a note",
            Focus::Copy => "after y",
            Focus::Picker => "in a list of choices",
            Focus::FileNamePrompt => "in the name of a file",
            Focus::ArchiveNamePrompt => "in the name of an archive",
            Focus::ConfirmReplace => "when a file would be replaced",
            Focus::Popup => "in a popup",
            Focus::Pick => "in the list, to pick records",
            Focus::Everywhere => "everywhere",
        }
    }

    /// Whether characters are typed as text here, and do not run commands.
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Focus::FilterBar
                | Focus::CommandPrompt
                | Focus::NotePrompt
                | Focus::FileNamePrompt
                | Focus::ArchiveNamePrompt
                | Focus::Popup
        )
    }
}

/// Why a key map cannot be parsed.
#[derive(Debug, thiserror::Error)]
pub enum KeyMapError {
    /// It is not valid TOML, or names an unknown focus or command.
    #[error("the key table cannot be read: {0}")]
    Table(#[from] toml::de::Error),
    /// It names an unknown key.
    #[error("the key table cannot be read: {0}")]
    Key(String),
}

/// A command and the keys that run it, for the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHelp {
    /// The keys, the shortest first, separated by spaces: `j ↓`.
    pub keys: String,
    /// The command.
    pub command: Command,
}

/// The command of each key, by focus.
#[derive(Clone, Debug)]
pub struct KeyMap {
    bindings: HashMap<(Focus, Key), Command>,
}

impl KeyMap {
    /// Returns the built-in key map.
    ///
    /// # Errors
    /// Never in a released program: a test parses the built-in map.
    pub fn built_in() -> Result<KeyMap, KeyMapError> {
        KeyMap::parse(BUILT_IN_KEYS)
    }

    /// Parses a key map: a TOML table for each focus, with lines such as `j = "next-row"`.
    ///
    /// # Errors
    /// Fails if it is not valid TOML, or names an unknown focus, key or command.
    pub fn parse(text: &str) -> Result<KeyMap, KeyMapError> {
        let tables: BTreeMap<Focus, BTreeMap<String, Command>> = toml::from_str(text)?;
        let mut bindings = HashMap::new();
        for (focus, keys) in tables {
            for (key, command) in keys {
                let key: Key = key.parse().map_err(KeyMapError::Key)?;
                bindings.insert((focus, key), command);
            }
        }
        Ok(KeyMap { bindings })
    }

    /// Replaces keys of the list by those of [`Focus::Pick`].
    #[must_use]
    pub fn for_picking(mut self) -> KeyMap {
        let of_pick = self.bindings.iter().filter(|((focus, _), _)| *focus == Focus::Pick);
        let of_list: Vec<_> =
            of_pick.map(|((_, key), command)| ((Focus::List, *key), *command)).collect();
        self.bindings.extend(of_list);
        self
    }

    /// Returns the shortest key that runs a command at this focus; empty if there is none.
    pub fn key_for(&self, focus: Focus, command: Command) -> String {
        let help = self.help(focus).into_iter().find(|help| help.command == command);
        let keys = help.map(|help| help.keys).unwrap_or_default();
        keys.split(' ').next().unwrap_or_default().to_owned()
    }

    /// Whether a key runs a command at this focus.
    pub fn binds(&self, focus: Focus, key: Key) -> bool {
        [focus, Focus::Everywhere].iter().any(|focus| self.bindings.contains_key(&(*focus, key)))
    }

    /// Returns the action of a key press, or `None` if the key does nothing at this focus.
    pub fn action(&self, focus: Focus, key: Key) -> Option<Action> {
        let bound = |focus| self.bindings.get(&(focus, key)).copied();
        if let Some(command) = bound(focus).or_else(|| bound(Focus::Everywhere)) {
            return Some(Action::Command(command));
        }
        match (focus, key.code) {
            (Focus::GoTo | Focus::ConfirmReplace, _) => Some(Action::Command(Command::StepBack)),
            (focus, _) if focus.takes_text() => key.typed_char().map(Action::Insert),
            (_, Code::Char(letter @ '0'..='9')) if key.typed_char().is_some() => {
                letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).map(Action::Digit)
            }
            _ => None,
        }
    }

    /// Returns the commands that have a key at this focus, in the order of [`Command`].
    pub fn help(&self, focus: Focus) -> Vec<KeyHelp> {
        let mut keys: HashMap<Command, Vec<String>> = HashMap::new();
        for ((bound_focus, key), command) in &self.bindings {
            if *bound_focus == focus {
                keys.entry(*command).or_default().push(key.to_string());
            }
        }
        let mut rows: Vec<_> = keys.into_iter().collect();
        rows.sort_by_key(|(command, _)| *command as usize);
        let joined = |mut keys: Vec<String>| {
            keys.sort_by_key(|key| (key.chars().count(), key.clone()));
            keys.join(" ")
        };
        rows.into_iter().map(|(command, keys)| KeyHelp { keys: joined(keys), command }).collect()
    }
}
