//! The modes of the screen: the pane that has the keyboard, and a stack of overlays over it.
//!
//! The topmost overlay has the keyboard. Esc takes it off the stack, and the one below it, or the pane, has the
//! keyboard again.

use serde::Deserialize;

use super::component::{Component, Request};
use super::layout::Size;
use super::overlays::archive_name_prompt::state::ArchiveNamePrompt;
use super::overlays::command_prompt::state::CommandPrompt;
use super::overlays::confirm_replace::state::ConfirmReplace;
use super::overlays::excerpt::state::ExcerptState;
use super::overlays::file_name_prompt::state::FileNamePrompt;
use super::overlays::help::state::HelpState;
use super::overlays::note_prompt::state::NotePrompt;
use super::overlays::picker::state::PickerState;
use super::overlays::problems::state::ProblemsState;
use super::overlays::text_popup::state::TextPopupState;

/// What is typed in a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    /// Characters run commands.
    Commands,
    /// Characters are text.
    Text,
}

/// Makes the enum of modes and their table: a mode without its row does not compile.
macro_rules! modes {
    ($($(#[$attribute:meta])* $name:ident $typing:ident $description:literal,)*) => {
        /// What has the keyboard: a pane or an overlay. It decides what a key does.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Mode {
            $($(#[$attribute])* $name,)*
        }

        impl Mode {
            /// All modes, in the order of the help.
            pub const ALL: &'static [Mode] = &[$(Mode::$name,)*];

            /// Returns the heading of its keys in the help.
            pub const fn description(self) -> &'static str {
                match self { $(Mode::$name => $description,)* }
            }

            /// Returns what is typed here.
            const fn typing(self) -> Typing {
                match self { $(Mode::$name => Typing::$typing,)* }
            }
        }
    };
}

modes! {
    /// The list of records.
    #[default]
    List Commands "in the list",
    /// A picker.
    Picker Commands "in a list of choices",
    /// The prompt for the name of a file to export to.
    FileNamePrompt Text "in the name of a file",
    /// The prompt for the name of an archive.
    ArchiveNamePrompt Text "in the name of an archive",
    /// The question whether an existing file may be replaced.
    ConfirmReplace Commands "when a file would be replaced",
    /// The prompt for a note.
    NotePrompt Text "in a note",
    /// The detail next to or below the list.
    Detail Commands "in the detail",
    /// The detail over the whole width.
    FullWidth Commands "in full width",
    /// The filter bar.
    FilterBar Text "in the filter bar",
    /// The prompt after `:`, for a position or a page.
    CommandPrompt Text "after :",
    /// A text popup: the help, the problems, or an excerpt.
    Popup Text "in a popup",
}

impl Mode {
    /// Whether characters are typed as text here, and do not run commands.
    pub fn takes_text(self) -> bool {
        self.typing() == Typing::Text
    }
}

/// A pane that can have the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list of records.
    #[default]
    List,
    /// The detail next to or below the list.
    Detail,
    /// The detail over the whole width.
    FullWidth,
    /// The filter bar.
    FilterBar,
}

impl Pane {
    /// Returns the mode in which it has the keyboard.
    pub const fn mode(self) -> Mode {
        match self {
            Pane::List => Mode::List,
            Pane::Detail => Mode::Detail,
            Pane::FullWidth => Mode::FullWidth,
            Pane::FilterBar => Mode::FilterBar,
        }
    }
}

/// Where an overlay is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayPlace {
    /// In place of the filter bar, so that everything else stays visible.
    FilterBar,
    /// In place of the message line.
    MessageLine,
    /// In a box over the panes.
    Box,
}

/// Makes the enum of overlays and their table: an overlay without its row does not compile.
macro_rules! overlays {
    ($($(#[$attribute:meta])* $name:ident($state:ty) in $mode:ident at $place:ident,)*) => {
        /// Something over the panes that has the keyboard while it is the topmost, with its state.
        #[derive(Clone, Debug)]
        pub enum Overlay {
            $($(#[$attribute])* $name($state),)*
        }

        impl Overlay {
            /// Returns the mode in which it has the keyboard.
            pub const fn mode(&self) -> Mode {
                match self { $(Overlay::$name(_) => Mode::$mode,)* }
            }

            /// Returns where it is drawn.
            pub const fn place(&self) -> OverlayPlace {
                match self { $(Overlay::$name(_) => OverlayPlace::$place,)* }
            }

            /// Returns it as a component.
            pub(crate) fn component(&self) -> &dyn Component {
                match self { $(Overlay::$name(state) => state,)* }
            }

            /// Returns it as a component.
            pub(crate) fn component_mut(&mut self) -> &mut dyn Component {
                match self { $(Overlay::$name(state) => state,)* }
            }
        }
    };
}

overlays! {
    /// The prompt after `:`.
    CommandPrompt(CommandPrompt) in CommandPrompt at FilterBar,
    /// The prompt for a note on a record.
    NotePrompt(NotePrompt) in NotePrompt at FilterBar,
    /// The prompt for the name of a file to export to.
    FileNamePrompt(FileNamePrompt) in FileNamePrompt at FilterBar,
    /// The prompt for the name of an archive.
    ArchiveNamePrompt(ArchiveNamePrompt) in ArchiveNamePrompt at FilterBar,
    /// The question whether the file of an export may be replaced.
    ConfirmReplace(ConfirmReplace) in ConfirmReplace at MessageLine,
    /// A picker.
    Picker(PickerState) in Picker at Box,
    /// All keys.
    Help(HelpState) in Popup at Box,
    /// The problems of the files.
    Problems(ProblemsState) in Popup at Box,
    /// The lines of a file around a problem.
    Excerpt(ExcerptState) in Popup at Box,
}

impl Overlay {
    /// Returns its text popup, if it is one.
    pub fn popup(&self) -> Option<&TextPopupState> {
        match self {
            Overlay::Help(help) => Some(&help.popup),
            Overlay::Problems(problems) => Some(&problems.popup),
            Overlay::Excerpt(excerpt) => Some(&excerpt.popup),
            Overlay::CommandPrompt(_)
            | Overlay::NotePrompt(_)
            | Overlay::FileNamePrompt(_)
            | Overlay::ArchiveNamePrompt(_)
            | Overlay::ConfirmReplace(_)
            | Overlay::Picker(_) => None,
        }
    }
}

/// The pane that has the keyboard, or has it again when all overlays are closed, and the overlays over it.
#[derive(Clone, Debug, Default)]
pub struct ModeStack {
    pane: Pane,
    /// The topmost overlay last.
    overlays: Vec<Overlay>,
}

impl ModeStack {
    /// Returns what has the keyboard.
    pub fn mode(&self) -> Mode {
        self.overlays.last().map_or(self.pane.mode(), Overlay::mode)
    }

    /// Returns the pane that has the keyboard, or has it again when all overlays are closed.
    pub fn pane(&self) -> Pane {
        self.pane
    }

    /// Returns the topmost overlay.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlays.last()
    }

    /// Returns the topmost overlay.
    pub fn overlay_mut(&mut self) -> Option<&mut Overlay> {
        self.overlays.last_mut()
    }

    /// Returns where the topmost overlay is drawn, if there is one.
    pub fn overlay_place(&self) -> Option<OverlayPlace> {
        self.overlay().map(Overlay::place)
    }

    /// Returns all overlays, the topmost last.
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// Whether an overlay of this mode is open, on top or below others.
    pub fn has(&self, mode: Mode) -> bool {
        self.overlays.iter().any(|overlay| overlay.mode() == mode)
    }

    /// Returns the topmost overlay if it is a popup.
    pub fn popup(&self) -> Option<&TextPopupState> {
        self.overlay().and_then(Overlay::popup)
    }

    /// Gives the keyboard to a pane. Returns the overlays that this closes, the topmost last.
    pub(crate) fn enter(&mut self, pane: Pane) -> Vec<Overlay> {
        self.pane = pane;
        std::mem::take(&mut self.overlays)
    }

    /// Opens an overlay over what has the keyboard.
    pub(crate) fn push(&mut self, overlay: Overlay) -> Vec<Request> {
        self.overlays.push(overlay);
        Vec::new()
    }

    /// Closes the topmost overlay.
    pub(crate) fn close(&mut self) -> Vec<Request> {
        self.overlays.pop();
        Vec::new()
    }

    /// Closes the topmost overlay and returns it.
    pub(crate) fn pop(&mut self) -> Option<Overlay> {
        self.overlays.pop()
    }

    /// Lays the overlays out for a new size of the screen.
    pub(crate) fn lay_out(&mut self, screen: Size) {
        for overlay in &mut self.overlays {
            overlay.component_mut().lay_out(screen);
        }
    }
}
