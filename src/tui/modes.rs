//! The modes of the screen: the pane that has the keyboard, and a stack of overlays over it.
//!
//! The topmost overlay has the keyboard. Esc takes it off the stack, and the one below it, or the pane, has the
//! keyboard again.

use serde::Deserialize;

use super::app::archive_name::ArchiveNamePrompt;
use super::app::export::ExportRequest;
use super::layout::Size;
use super::overlays::picker::state::PickerState;
use super::overlays::text_popup::state::TextPopupState;
use super::prompt::Prompt;

/// What has the keyboard: a pane or an overlay. It decides what a key does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
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
    /// The prompt for a note.
    NotePrompt,
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
}

impl Mode {
    /// All modes, in the order of the help.
    pub const ALL: [Mode; 11] = [
        Mode::List,
        Mode::Picker,
        Mode::FileNamePrompt,
        Mode::ArchiveNamePrompt,
        Mode::ConfirmReplace,
        Mode::NotePrompt,
        Mode::Detail,
        Mode::FullWidth,
        Mode::FilterBar,
        Mode::CommandPrompt,
        Mode::Popup,
    ];

    /// Returns the heading of its keys in the help.
    pub const fn description(self) -> &'static str {
        match self {
            Mode::List => "in the list",
            Mode::Detail => "in the detail",
            Mode::FullWidth => "in full width",
            Mode::FilterBar => "in the filter bar",
            Mode::CommandPrompt => "after :",
            Mode::NotePrompt => "in a note",
            Mode::Picker => "in a list of choices",
            Mode::FileNamePrompt => "in the name of a file",
            Mode::ArchiveNamePrompt => "in the name of an archive",
            Mode::ConfirmReplace => "when a file would be replaced",
            Mode::Popup => "in a popup",
        }
    }

    /// Whether characters are typed as text here, and do not run commands.
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Mode::FilterBar
                | Mode::CommandPrompt
                | Mode::NotePrompt
                | Mode::FileNamePrompt
                | Mode::ArchiveNamePrompt
                | Mode::Popup
        )
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

/// Something over the panes that has the keyboard while it is the topmost, with its state.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The prompt after `:`.
    CommandPrompt(Prompt),
    /// The prompt for a note on a record.
    NotePrompt(Prompt),
    /// The prompt for the name of a file to export to.
    FileNamePrompt(Prompt),
    /// The prompt for the name of an archive.
    ArchiveNamePrompt(ArchiveNamePrompt),
    /// The question whether the file of an export may be replaced.
    ConfirmReplace(Box<ExportRequest>),
    /// A picker.
    Picker(PickerState),
    /// A text popup.
    Popup(Box<TextPopupState>),
}

impl Overlay {
    /// Returns the mode in which it has the keyboard.
    pub const fn mode(&self) -> Mode {
        match self {
            Overlay::CommandPrompt(_) => Mode::CommandPrompt,
            Overlay::NotePrompt(_) => Mode::NotePrompt,
            Overlay::FileNamePrompt(_) => Mode::FileNamePrompt,
            Overlay::ArchiveNamePrompt(_) => Mode::ArchiveNamePrompt,
            Overlay::ConfirmReplace(_) => Mode::ConfirmReplace,
            Overlay::Picker(_) => Mode::Picker,
            Overlay::Popup(_) => Mode::Popup,
        }
    }

    /// Returns the sign and the text of a prompt, which is drawn in place of the filter bar.
    pub fn prompt(&self) -> Option<(&'static str, &Prompt)> {
        match self {
            Overlay::CommandPrompt(prompt) => Some((":", prompt)),
            Overlay::NotePrompt(prompt) => Some(("N", prompt)),
            Overlay::FileNamePrompt(prompt) => Some((">", prompt)),
            Overlay::ArchiveNamePrompt(ArchiveNamePrompt { prompt, .. }) => Some(("A", prompt)),
            Overlay::ConfirmReplace(_) | Overlay::Picker(_) | Overlay::Popup(_) => None,
        }
    }

    /// Returns the line of text that is typed into it.
    pub fn prompt_mut(&mut self) -> Option<&mut Prompt> {
        match self {
            Overlay::CommandPrompt(prompt)
            | Overlay::NotePrompt(prompt)
            | Overlay::FileNamePrompt(prompt)
            | Overlay::ArchiveNamePrompt(ArchiveNamePrompt { prompt, .. }) => Some(prompt),
            Overlay::ConfirmReplace(_) | Overlay::Picker(_) | Overlay::Popup(_) => None,
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
        match self.overlay() {
            Some(Overlay::Popup(popup)) => Some(popup),
            _ => None,
        }
    }

    /// Gives the keyboard to a pane. All overlays are closed.
    pub(crate) fn enter(&mut self, pane: Pane) {
        self.pane = pane;
        self.overlays.clear();
    }

    /// Opens an overlay over what has the keyboard.
    pub(crate) fn push(&mut self, overlay: Overlay) {
        self.overlays.push(overlay);
    }

    /// Closes the topmost overlay and returns it.
    pub(crate) fn pop(&mut self) -> Option<Overlay> {
        self.overlays.pop()
    }

    /// Lays the popups out for a new size of the screen.
    pub(crate) fn lay_out(&mut self, screen: Size) {
        for overlay in &mut self.overlays {
            if let Overlay::Popup(popup) = overlay {
                popup.lay_out(screen);
            }
        }
    }
}
