//! A key press, and how the key map and the help write it.

use std::fmt;
use std::str::FromStr;

/// A key without Ctrl and Alt. Shift is part of the character (`G`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A key that types a character.
    Char(char),
    /// A key with a name from [`KEY_NAMES`].
    Named(&'static str),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// Every key with a name: as the key map writes it, and as the help shows it.
pub const KEY_NAMES: [(&str, &str); 15] = [
    ("enter", "Enter"),
    ("esc", "Esc"),
    ("tab", "Tab"),
    ("back-tab", "Shift-Tab"),
    ("backspace", "Backspace"),
    ("delete", "Delete"),
    ("space", "Space"),
    ("left", "←"),
    ("right", "→"),
    ("up", "↑"),
    ("down", "↓"),
    ("home", "Home"),
    ("end", "End"),
    ("page-up", "PgUp"),
    ("page-down", "PgDn"),
];

impl Key {
    /// The key Esc.
    pub const ESC: Key = Key { code: Code::Named("esc"), ctrl: false, alt: false };

    /// Returns the key that types a character, without Ctrl and Alt.
    pub const fn char(letter: char) -> Key {
        Key { code: Code::Char(letter), ctrl: false, alt: false }
    }

    /// Returns the key with a name from [`KEY_NAMES`], or `None` if there is no such name.
    pub fn from_name(name: &str) -> Option<Key> {
        let (name, _) = KEY_NAMES.iter().find(|(known, _)| *known == name)?;
        Some(Key { code: Code::Named(name), ctrl: false, alt: false })
    }

    /// Returns the character that the key types into a line of text.
    pub fn typed_char(self) -> Option<char> {
        match self.code {
            _ if self.ctrl || self.alt => None,
            Code::Char(letter) => Some(letter),
            Code::Named("space") => Some(' '),
            Code::Named(_) => None,
        }
    }
}

impl FromStr for Key {
    type Err = String;

    /// Parses `j`, `G`, `ctrl-d`, `alt-b`, `page-down`.
    fn from_str(text: &str) -> Result<Key, String> {
        let (ctrl, rest) = text.strip_prefix("ctrl-").map_or((false, text), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt-").map_or((false, rest), |rest| (true, rest));
        let mut characters = rest.chars();
        let key = match (characters.next(), characters.next()) {
            (Some(letter), None) => Some(Key::char(letter)),
            _ => Key::from_name(rest),
        };
        key.map(|key| Key { ctrl, alt, ..key }).ok_or_else(|| {
            format!("{text:?} is not a key: expected a letter, a name such as page-down, or ctrl- or alt- before one")
        })
    }
}

impl fmt::Display for Key {
    /// Writes the key as the help shows it: `Ctrl-d`, `PgDn`, `G`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            Code::Char(letter) => write!(f, "{letter}"),
            Code::Named(name) => {
                let shown =
                    KEY_NAMES.iter().find(|(known, _)| *known == name).map_or(name, |(_, s)| s);
                f.write_str(shown)
            }
        }
    }
}
