//! Where the reader was, kept from one run to the next: a small file for what was opened.

use std::fs;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::files;
use crate::query::{Order, OrderBy};

/// Where the reader was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Session {
    /// The filter.
    pub(crate) filter: String,
    /// The order that was chosen.
    pub(crate) order: Option<OrderBy>,
    /// Whether it is turned round.
    pub(crate) reversed: bool,
    /// What the selected record is known by.
    pub(crate) record: Option<String>,
    /// Whether the detail is hidden.
    pub(crate) detail_hidden: bool,
}

impl Session {
    /// The order, as it was chosen.
    pub(crate) fn order(&self) -> Option<Order> {
        let by = self.order?;
        Some(Order { by, reversed: self.reversed })
    }

    /// Where the reader was when these were open; the beginning where that is not known. A session
    /// that cannot be read is of no more use than none.
    pub(crate) fn read(opened: Option<&str>) -> Session {
        let text = file(opened).and_then(|file| fs::read_to_string(file).ok());
        text.and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn write(&self, opened: Option<&str>) -> anyhow::Result<()> {
        let Some(file) = file(opened) else { return Ok(()) };
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = toml::to_string(self)?;
        files::write_atomically(&file, true, |out| out.write_all(text.as_bytes()))?;
        Ok(())
    }
}

/// The session file, in the user's state folder (XDG, also on macOS), for the inputs that `opened`
/// identifies.
fn file(opened: Option<&str>) -> Option<PathBuf> {
    let folder = etcetera::choose_base_strategy().ok()?.state_dir()?.join("fonds").join("sessions");
    Some(folder.join(format!("{:016x}.toml", xxh3_64(opened?.as_bytes()))))
}
