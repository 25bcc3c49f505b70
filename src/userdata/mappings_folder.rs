//! The folders for mappings that apply to files in any folder, and to search engines.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// Returns `fonds/mappings` in the configuration folder (XDG, also on macOS); `None` without a home folder.
pub(crate) fn mappings_folder() -> Option<PathBuf> {
    folder("mappings")
}

/// Returns `fonds/engines` in the configuration folder, with mappings for search engines; `None` without a home folder.
pub(crate) fn engine_mappings_folder() -> Option<PathBuf> {
    folder("engines")
}

/// Returns a folder of fonds in the configuration folder; `None` without a home folder.
fn folder(name: &str) -> Option<PathBuf> {
    let home = etcetera::choose_base_strategy().ok()?;
    Some(home.config_dir().join("fonds").join(name))
}
