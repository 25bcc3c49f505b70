//! A popup in which one of several is chosen: what to export, a format, a style.

use crate::text::width::columns;
use crate::tui::action::{Command, Effect};
use crate::tui::app::App;
use crate::tui::key_map::Focus;
use crate::tui::layout::{Area, Size};

/// Something that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// What it is, in a few words.
    pub says: String,
    /// How the names of its files end, without the dot; empty where it is for no file.
    pub ending: String,
}

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Which records are exported.
    Records,
    /// The format they are exported in.
    Format,
    /// The style of citations.
    Style,
}

/// The state of the popup.
#[derive(Clone, Debug)]
pub struct ChooserState {
    /// What is being chosen.
    pub about: About,
    /// What there is to choose from, at least one.
    pub offers: Vec<Offer>,
    /// The one that Enter takes.
    pub cursor: usize,
}

impl ChooserState {
    /// What stands over it.
    pub const fn title(&self) -> &'static str {
        match self.about {
            About::Records => "export what?",
            About::Format => "in which format?",
            About::Style => "cite in which style?",
        }
    }

    /// How many columns the names take.
    pub fn name_width(&self) -> usize {
        self.offers.iter().map(|offer| columns(&offer.name)).max().unwrap_or(0)
    }

    /// Where it stands on a screen, its borders with it.
    pub fn area(&self, screen: Size) -> Area {
        let says = self.offers.iter().map(|offer| columns(&offer.says)).max().unwrap_or(0);
        let width = (self.name_width() + 2 + says).max(columns(self.title()) + 2) + 4;
        centred(width, self.offers.len() + 2, screen)
    }

    /// The first offer that is shown where there is room for so many.
    pub fn first(&self, rows: usize) -> usize {
        (self.cursor + 1).saturating_sub(rows.max(1))
    }

    fn step(&mut self, command: Command) {
        let last = self.offers.len().saturating_sub(1);
        self.cursor = match command {
            Command::ScrollDown => (self.cursor + 1).min(last),
            Command::ScrollUp => self.cursor.saturating_sub(1),
            Command::ScrollTop => 0,
            Command::ScrollBottom => last,
            _ => self.cursor,
        };
    }
}

/// A box of this size in the middle of a screen, no larger than that.
pub fn centred(width: usize, height: usize, screen: Size) -> Area {
    let width = u16::try_from(width).unwrap_or(u16::MAX).min(screen.width);
    let height = u16::try_from(height).unwrap_or(u16::MAX).min(screen.height);
    Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}

impl App {
    /// Opens the popup, with the cursor on the offer of this name, else on the first.
    pub(crate) fn choose_from(&mut self, about: About, offers: Vec<Offer>, name: &str) {
        let cursor = offers.iter().position(|offer| offer.name == name).unwrap_or(0);
        self.chooser = Some(ChooserState { about, offers, cursor });
        self.step_aside(Focus::Choice);
    }

    /// Moves the cursor of the popup.
    pub(crate) fn move_choice(&mut self, command: Command) -> Vec<Effect> {
        if let Some(chooser) = &mut self.chooser {
            chooser.step(command);
        }
        Vec::new()
    }

    /// Takes the offer under the cursor.
    pub(crate) fn take_choice(&mut self) -> Vec<Effect> {
        let effects = self.focus_on(self.before);
        let Some(ChooserState { about, mut offers, cursor }) = self.chooser.take() else {
            return effects;
        };
        if cursor >= offers.len() {
            return effects;
        }
        let offer = offers.swap_remove(cursor);
        let more = match about {
            About::Records => self.export_records(&offer),
            About::Format => self.export_format(offer),
            About::Style => self.cite_in(offer.name),
        };
        effects.into_iter().chain(more).collect()
    }
}
