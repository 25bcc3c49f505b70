//! The lines of a file around a problem.

pub mod state;
pub(crate) mod view;
