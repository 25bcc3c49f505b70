//! The prompt for a note on a record.

pub mod state;
pub(crate) mod view;
