//! The question whether an existing file may be replaced. It is asked in the message line, so it has no view of its own.

pub mod state;
