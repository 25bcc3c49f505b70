//! panes.

pub mod detail;
pub mod filter_bar;
pub mod list;
pub mod status;
