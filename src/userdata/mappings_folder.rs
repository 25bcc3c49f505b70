//! The folder for mappings that apply to files in any folder.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// Returns `fonds/mappings` in the configuration folder (XDG, also on macOS); `None` without a home folder.
pub(crate) fn mappings_folder() -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.config_dir().join("fonds").join("mappings"))
}
