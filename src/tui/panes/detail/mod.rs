//! detail.

pub mod state;
pub(crate) mod view;
