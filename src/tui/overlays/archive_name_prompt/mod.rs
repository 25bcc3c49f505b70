//! The prompt for the name of the archive of a record whose file does not name it.

pub mod state;
pub(crate) mod view;
