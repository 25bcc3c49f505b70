//! The user's own data on disk: marks and notes, settings, and sessions.
//!
//! This folder uses `text`, `record`, `query` and `files`, but neither the command line nor the
//! screen. Start with [`marks_file`]. All files are TOML, in the folders of the XDG specification.

pub mod claim;
mod claim_pairs;
mod entry_fields;
mod entry_text;
mod journal;
pub(crate) mod mappings_folder;
pub mod mark_entry;
mod marks_error;
pub mod marks_file;
mod marks_location;
mod marks_paths;
mod marks_text;
mod opened_file;
mod rescue;
pub mod saved_archive_names;
pub(crate) mod session;
pub mod settings;
pub mod theme_name;

use std::path::Path;

use crate::files;
use marks_file::MarksLocation;

/// Removes temporary files that a killed program left in the folders of marks and sessions, or
/// beside a marks file that the user named.
pub(crate) fn remove_abandoned_temporary_files(named_marks_file: Option<&Path>) {
    let named = named_marks_file.and_then(|file| files::real_path(file).ok());
    let marks = match MarksLocation::new(None) {
        MarksLocation::Folder(folder) => Some(folder),
        MarksLocation::SingleFile(_) | MarksLocation::Unavailable => None,
    };
    let beside_named = named.as_deref().and_then(Path::parent);
    let sessions = session::session_folder();
    for folder in [marks.as_deref(), sessions.as_deref(), beside_named].into_iter().flatten() {
        files::remove_abandoned_temporary_files(folder);
    }
}
