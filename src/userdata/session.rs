//! The session: filter, order and selection, kept for the next start with the same input files.

use std::path::PathBuf;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::files::{self, IfExists, Privacy};
use crate::query::{Order, OrderBy};

/// What the user saw last. Every key may be missing in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Session {
    /// The text of the filter.
    pub(crate) filter: String,
    /// What the records are sorted by, if the user chose it.
    pub(crate) order: Option<OrderBy>,
    /// Whether the order is reversed.
    pub(crate) reversed: bool,
    /// The key of the selected record: see [`RecordKey`](crate::record::RecordKey).
    pub(crate) record: Option<String>,
    /// Whether the detail pane is hidden.
    pub(crate) detail_hidden: bool,
}

impl Session {
    /// The order with its direction, if the user chose one.
    pub(crate) fn order(&self) -> Option<Order> {
        let by = self.order?;
        Some(Order { by, reversed: self.reversed })
    }

    /// Loads the session of the inputs that `input_key` identifies.
    ///
    /// Returns the default session if there is none, or if its file cannot be read.
    pub(crate) fn load(input_key: Option<&str>) -> Session {
        let text =
            session_file(input_key).and_then(|file| files::read_private(&file).ok().flatten());
        text.and_then(|text| toml::from_str(&text).ok()).unwrap_or_default()
    }

    /// Saves the session of the inputs that `input_key` identifies; does nothing without inputs.
    ///
    /// # Errors
    /// The file or its folder cannot be written.
    pub(crate) fn save(&self, input_key: Option<&str>) -> anyhow::Result<()> {
        let Some(file) = session_file(input_key) else { return Ok(()) };
        if let Some(folder) = file.parent() {
            files::create_private_folder(folder)?;
        }
        let text = toml::to_string(self)?;
        files::write_atomically(&file, IfExists::Replace, Privacy::Private, |out| {
            out.write_all(text.as_bytes())
        })?;
        Ok(())
    }
}

/// The path of the session file of the inputs that `input_key` identifies.
fn session_file(input_key: Option<&str>) -> Option<PathBuf> {
    Some(session_folder()?.join(format!("{:016x}.toml", xxh3_64(input_key?.as_bytes()))))
}

/// The folder of all sessions, in the user's state folder (XDG, also on macOS).
pub(super) fn session_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.state_dir()?.join("fonds").join("sessions"))
}
