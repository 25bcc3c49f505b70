//! The errors and warnings of the files: first one of each kind, then those of a kind.

pub mod state;
pub(crate) mod view;
