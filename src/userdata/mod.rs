//! userdata.

pub mod marks_file;
pub(crate) mod session;
pub mod settings;
