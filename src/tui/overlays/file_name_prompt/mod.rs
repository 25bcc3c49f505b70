//! The prompt for the name of a file to export to.

pub mod state;
pub(crate) mod view;
