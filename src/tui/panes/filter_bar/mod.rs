//! filter_bar.

pub mod state;
pub(crate) mod view;
