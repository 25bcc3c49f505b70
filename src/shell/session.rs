//! Where the reader was, kept from one run to the next: a small file for what was opened.

use std::fs;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::args::OrderName;
use super::files;
use super::load::Input;
use crate::app::App;
use crate::query::{Order, OrderBy};

/// Where the reader was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Session {
    /// The filter.
    pub(super) filter: String,
    /// The order that was chosen.
    pub(super) order: Option<OrderName>,
    /// Whether it is turned round.
    pub(super) reversed: bool,
    /// What the selected record is known by.
    pub(super) record: Option<String>,
    /// Whether the detail is hidden.
    pub(super) detail_hidden: bool,
}

impl Session {
    /// Where the reader is now.
    pub(super) fn of(app: &App) -> Session {
        let order = app.list.chosen;
        Session {
            filter: app.bar.text().to_owned(),
            order: order.map(|order| match order.by {
                OrderBy::Relevance => OrderName::Relevance,
                OrderBy::Date => OrderName::Date,
                OrderBy::Title => OrderName::Title,
                OrderBy::Archive => OrderName::Archive,
            }),
            reversed: order.is_some_and(|order| order.reversed),
            record: app.selected_key(),
            detail_hidden: app.is_detail_hidden(),
        }
    }

    /// The order, as it was chosen.
    pub(super) fn order(&self) -> Option<Order> {
        let by = match self.order? {
            OrderName::Relevance => OrderBy::Relevance,
            OrderName::Date => OrderBy::Date,
            OrderName::Title => OrderBy::Title,
            OrderName::Archive => OrderBy::Archive,
        };
        Some(Order { by, reversed: self.reversed })
    }

    /// Where the reader was when these were open; the beginning where that is not known. A session
    /// that cannot be read is of no more use than none.
    pub(super) fn read(inputs: &[Input]) -> Session {
        let text = file(inputs).and_then(|file| fs::read_to_string(file).ok());
        text.and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn write(&self, inputs: &[Input]) -> anyhow::Result<()> {
        let Some(file) = file(inputs) else { return Ok(()) };
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = toml::to_string(self)?;
        files::write_atomically(&file, true, |out| out.write_all(text.as_bytes()))?;
        Ok(())
    }
}

/// The file for what is open, in the reader's state folder (XDG, also on macOS); nothing for what is
/// piped in, which is another thing each time.
fn file(inputs: &[Input]) -> Option<PathBuf> {
    let mut whole = String::new();
    for input in inputs {
        match input {
            Input::BuiltIn => whole.push_str("built in"),
            Input::File(path) if !files::is_standard(path) => {
                whole.push_str(&fs::canonicalize(path).ok()?.to_string_lossy());
            }
            Input::File(_) | Input::Piped => return None,
        }
        whole.push('\n');
    }
    let folder = etcetera::choose_base_strategy().ok()?.state_dir()?.join("fonds").join("sessions");
    Some(folder.join(format!("{:016x}.toml", xxh3_64(whole.as_bytes()))))
}
