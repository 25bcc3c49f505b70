//! text_popup.

pub mod state;
pub(crate) mod view;
