//! The prompt after `:`, for a position or a page.

pub mod state;
pub(crate) mod view;
