//! A key as the reader presses it, and the way it is written in key tables and in the help.

use std::fmt;
use std::str::FromStr;

/// Which key it is, without Ctrl and Alt. Shift is part of the letter (`G`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A letter, digit or sign.
    Char(char),
    /// A key with a name, from [`NAMED`].
    Named(&'static str),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

/// Every key that has a name: how key tables write it, and how the help shows it.
pub const NAMED: [(&str, &str); 15] = [
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
    /// A letter, digit or sign, without Ctrl and Alt.
    pub const fn char(letter: char) -> Key {
        Key { code: Code::Char(letter), ctrl: false, alt: false }
    }

    /// A key with a name from [`NAMED`]; nothing where there is no such name.
    pub fn named(name: &str) -> Option<Key> {
        let (name, _) = NAMED.iter().find(|(known, _)| *known == name)?;
        Some(Key { code: Code::Named(name), ctrl: false, alt: false })
    }

    /// What the key types into a line of text.
    pub fn typed(self) -> Option<char> {
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

    /// Reads `j`, `G`, `ctrl-d`, `alt-b`, `page-down`.
    fn from_str(text: &str) -> Result<Key, String> {
        let (ctrl, rest) = text.strip_prefix("ctrl-").map_or((false, text), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt-").map_or((false, rest), |rest| (true, rest));
        let mut letters = rest.chars();
        let key = match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(Key::char(letter)),
            _ => Key::named(rest),
        };
        key.map(|key| Key { ctrl, alt, ..key }).ok_or_else(|| {
            format!("{text:?} is no key: expected a letter, a name such as page-down, or ctrl- or alt- before one")
        })
    }
}

impl fmt::Display for Key {
    /// The key as the help shows it: `Ctrl-d`, `PgDn`, `G`.
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
                let shown = NAMED.iter().find(|(known, _)| *known == name).map_or(name, |(_, s)| s);
                f.write_str(shown)
            }
        }
    }
}
