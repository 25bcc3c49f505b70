//! The keys that were pressed of a command with several, and what a key does.

use crate::tui::action::Action;
use crate::tui::command::Command;
use crate::tui::key::Key;
use crate::tui::key_map::{KeyMap, KeyMatch};
use crate::tui::modes::Mode;

/// The keys that were pressed of a command with several.
#[derive(Clone, Debug, Default)]
pub(super) struct PendingKeys(Vec<Key>);

/// What a key press does.
#[derive(Clone, Debug)]
pub(super) enum KeyPress {
    /// It runs a command, or types something.
    Action(Action),
    /// A further key decides.
    Prefix,
    /// It leaves the keys that were pressed before it.
    LeftPrefix,
    /// Nothing.
    Nothing,
}

impl PendingKeys {
    /// Returns the keys that were pressed.
    pub(super) fn pressed(&self) -> &[Key] {
        &self.0
    }

    /// Forgets the keys that were pressed.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes a key. A key without a meaning leaves those before it.
    pub(super) fn press(&mut self, key: Key, mode: Mode, key_map: &KeyMap) -> KeyPress {
        let before = std::mem::take(&mut self.0);
        match key_map.find(mode, &before, key) {
            KeyMatch::Command(command) => KeyPress::Action(Action::Command(command)),
            KeyMatch::Prefix => {
                self.0 = before;
                self.0.push(key);
                KeyPress::Prefix
            }
            KeyMatch::Unbound if !before.is_empty() => KeyPress::LeftPrefix,
            KeyMatch::Unbound => typed(mode, key).map_or(KeyPress::Nothing, KeyPress::Action),
        }
    }

    /// Returns the action itself, or for a key press the action it has in this mode.
    pub(super) fn resolve(&self, action: &Action, mode: Mode, key_map: &KeyMap) -> Option<Action> {
        let Action::Press(key) = action else { return Some(action.clone()) };
        match key_map.find(mode, &self.0, *key) {
            KeyMatch::Command(command) => Some(Action::Command(command)),
            KeyMatch::Prefix => None,
            KeyMatch::Unbound => typed(mode, *key),
        }
    }

    /// Returns the letter of a key press that is Esc and a letter, which a terminal sends like Alt and a letter.
    ///
    /// A prompt is not left in this way, because a mistyped key would lose its text.
    pub(super) fn letter_after_esc(
        &self,
        action: &Action,
        mode: Mode,
        key_map: &KeyMap,
    ) -> Option<Key> {
        let Action::Press(key) = action else { return None };
        let keeps_text = mode.takes_text() && !matches!(mode, Mode::FilterBar | Mode::Popup);
        let is_bound = || key_map.find(mode, &self.0, *key) != KeyMatch::Unbound;
        (key.alt && !keeps_text && !is_bound()).then_some(Key { alt: false, ..*key })
    }
}

/// Returns what a key does that runs no command: it types a letter or a digit, or is no answer to a question.
fn typed(mode: Mode, key: Key) -> Option<Action> {
    match (mode, key.typed_char()) {
        (Mode::ConfirmReplace, _) => Some(Action::Command(Command::StepBack)),
        (mode, letter) if mode.takes_text() => letter.map(Action::Insert),
        (_, letter) => {
            let digit = letter.and_then(|letter| letter.to_digit(10));
            digit.and_then(|digit| u8::try_from(digit).ok()).map(Action::Digit)
        }
    }
}
