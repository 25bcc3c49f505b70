//! Hints: the most useful keys, for the message line and the border of a popup. The key table says which keys these are.

use std::borrow::Cow;

use super::command::Command;
use super::key_map::KeyMap;
use super::modes::Mode;

/// Some keys and what they do, or a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The keys of commands, and what they do.
    Keys(&'static [Command], Cow<'static, str>),
    /// A remark without keys.
    Remark(Cow<'static, str>),
}

impl Hint {
    /// Returns a hint of the keys of commands.
    pub fn keys(commands: &'static [Command], text: impl Into<Cow<'static, str>>) -> Hint {
        Hint::Keys(commands, text.into())
    }

    /// Returns a remark.
    pub fn remark(text: impl Into<Cow<'static, str>>) -> Hint {
        Hint::Remark(text.into())
    }

    /// Writes the hint with the keys of a mode; `None` if no key runs the command there.
    fn written(&self, key_map: &KeyMap, mode: Mode) -> Option<String> {
        match self {
            Hint::Remark(text) => Some(text.clone().into_owned()),
            Hint::Keys(commands, text) => {
                let mut written = String::new();
                for command in *commands {
                    let key = key_map.hint_key(mode, *command)?;
                    // Arrows stand together: `↑↓ Enter`.
                    let is_arrow = ["↑", "↓", "←", "→"].contains(&key.as_str());
                    if !is_arrow && !written.is_empty() {
                        written.push(' ');
                    }
                    written.push_str(&key);
                }
                Some(format!("{written} {text}"))
            }
        }
    }
}

/// Writes hints with the keys of a mode.
pub fn written(hints: &[Hint], key_map: &KeyMap, mode: Mode, separator: &str) -> String {
    let entries: Vec<String> =
        hints.iter().filter_map(|hint| hint.written(key_map, mode)).collect();
    entries.join(separator)
}
