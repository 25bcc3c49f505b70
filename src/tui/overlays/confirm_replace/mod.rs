//! The question whether an existing file may be replaced. It is asked in the message line.

pub mod state;
pub(crate) mod view;
