//! The state of the help.

use crate::query::{Abilities, FIELD_HELP};
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::hint::Hint;
use crate::tui::key_map::{KeyHelp, KeyMap};
use crate::tui::layout::Size;
use crate::tui::modes::Mode;
use crate::tui::overlays::text_popup::state::{PopupRow, TextPopupState};

/// The signs in the list, and what they mean.
const LIST_SIGNS: [(&str, &str); 5] = [
    ("●", "you marked this record"),
    ("✎", "you wrote a note on this record"),
    ("1945!", "a doubtful date: not understood, or not with certainty; the detail says why"),
    ("1945?", "a date of which the archive is not certain"),
    ("‹", "this record has no title: these are the first words of it"),
];

/// The help.
#[derive(Clone, Debug)]
pub struct HelpState {
    /// The text.
    pub popup: TextPopupState,
}

impl HelpState {
    /// Returns all keys, those of the mode `from` first, then the signs in the list, the names of fields in the
    /// filter, and what the backend cannot do.
    pub(crate) fn new(
        key_map: &KeyMap,
        abilities: &Abilities,
        from: Mode,
        screen: Size,
    ) -> HelpState {
        let others = Mode::ALL.iter().copied().filter(|mode| *mode != from);
        let modes = std::iter::once(from).chain(others);
        let tables = modes.map(|mode| (mode.description(), key_map.help(mode)));
        let tables = tables.chain([("everywhere", key_map.help_everywhere())]);
        let rows = tables.flat_map(|(heading, help)| {
            let entry =
                |help: KeyHelp| PopupRow::Entry(help.keys, help.command.description().to_owned());
            std::iter::once(PopupRow::Heading(heading.to_owned()))
                .chain(help.into_iter().map(entry))
        });
        let entry =
            |(label, text): &(&str, &str)| PopupRow::Entry((*label).to_owned(), (*text).to_owned());
        let heading = |text: &str| std::iter::once(PopupRow::Heading(text.to_owned()));
        let missing = abilities.missing.iter().map(|it| (it.name(), it.without()));
        let missing: Vec<(&str, &str)> = missing.collect();
        let missing_heading = (!missing.is_empty()).then(|| heading("not with these records"));
        let rows = rows
            .chain(heading("signs in the list"))
            .chain(LIST_SIGNS.iter().map(entry))
            .chain(heading("fields in the filter"))
            .chain(FIELD_HELP.iter().map(entry))
            .chain(missing_heading.into_iter().flatten())
            .chain(missing.iter().map(entry));
        HelpState { popup: TextPopupState::new("keys", rows.collect(), screen) }
    }

    /// Returns the hints for the lower border.
    pub(crate) fn footer() -> Vec<Hint> {
        vec![
            Hint::remark("type to filter"),
            Hint::keys(&[Command::ScrollUp, Command::ScrollDown], "scroll"),
            Hint::keys(&[Command::StepBack], "closes"),
        ]
    }
}

impl Component for HelpState {
    fn part(&mut self) -> Option<&mut dyn Component> {
        Some(&mut self.popup)
    }

    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        _context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        match command {
            Command::Help | Command::ShowExcerpt => Some(vec![Request::Close]),
            _ => None,
        }
    }

    fn hints(&self, context: &Context<'_>) -> Vec<Hint> {
        self.popup.hints(context)
    }
}
