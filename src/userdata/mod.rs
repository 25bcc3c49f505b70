//! The user's own data on disk: marks and notes, settings, and sessions.
//!
//! This folder uses `text`, `record`, `query` and `files`, but neither the command line nor the
//! screen. Start with [`marks_file`]. All files are TOML, in the folders of the XDG specification.

pub mod marks_file;
pub(crate) mod session;
pub mod settings;
